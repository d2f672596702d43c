// A Word file -> its paragraphs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace annalist::source {

struct DocxParagraph {
  std::string text;          // blanks collapsed
  bool section_end = false;  // the last of its section
};

/// Paragraphs in order, those of tables too; headers, footers and notes left out. Errors: no Word file,
/// behind a password, broken.
Result<std::vector<DocxParagraph>> read_docx(std::string_view bytes);

}  // namespace annalist::source
