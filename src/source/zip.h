// One file out of a zip archive in memory (DOCX). Not a general unzipper: stored and deflated members only.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace annalist::source {

/// The contents of the member `name`, at most `cap` bytes. Errors say what is wrong: no zip, no such member,
/// encrypted, broken data, larger than the cap.
Result<std::string> zip_member(std::string_view archive, std::string_view name, std::size_t cap);

/// A Microsoft compound file: old DOC, or an Office file behind a password.
bool is_compound_file(std::string_view bytes);

}  // namespace annalist::source
