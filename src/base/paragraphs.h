// Lines of plain text -> paragraphs.
#pragma once

#include <string_view>
#include <vector>

#include "base/span.h"

namespace annalist {

/// The paragraphs of `text`, in order, without the blanks at their ends. A line is a paragraph, unless the
/// text was wrapped at a fixed width or a line breaks off inside a sentence: then it goes on in the next. A
/// blank line always divides. Linear in the text.
std::vector<Span> paragraphs_of(std::string_view text);

/// Ends with a full stop, question or exclamation mark, or one of them and closing quotes or brackets.
bool ends_like_sentence(std::string_view text);

}  // namespace annalist
