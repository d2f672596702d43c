// Which language a text is in, well enough to say "not English" safely.
#pragma once

#include <string>
#include <string_view>

#include "page/patterns.h"

namespace annalist::page {

/// ISO 639-1 code. Script decides for non-Latin text, frequent function words for Latin text. English unless
/// at least eight words speak for another language, so that snippets and name lists stay English; "und"
/// when most letters are of a script of no known language. `declared` (the page's own claim) only breaks
/// ties. Looks at the first 8 KiB.
std::string guess_language(std::string_view text, std::string_view declared, const Patterns& patterns);

}  // namespace annalist::page
