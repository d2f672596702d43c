// What the page tests share: the word lists of the repository and a reader built from them.
#pragma once

#include <string>
#include <vector>

#include "page/patterns.h"
#include "page/reader.h"

namespace annalist::test {

const page::Patterns& patterns();
const Reader& reader();
Document read(std::string bytes, RawPage::Form form = RawPage::Form::unknown);
/// "headline: ...", one line a block.
std::string dump(const Document& doc);
bool has_code(const Document& doc, std::string_view code);

}  // namespace annalist::test
