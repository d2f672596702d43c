// A text with the spans of its records marked, as HTML. Spans may nest and cross: the text is cut at every
// boundary and each piece names all records it belongs to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"

namespace annalist {

/// Appends `s` with &, <, > and quotes escaped.
void append_html(std::string& out, std::string_view s);

struct Mark {
  Span span;
  std::string_view css;  // one class; static
  std::string record;    // HTML id of the record: "d1-v3"
};

/// The marks of everything a document holds. `prefix` makes record ids unique on the page ("d1-").
std::vector<Mark> marks_of(const Document& doc, std::string_view prefix);

/// Appends the words of `span`, marked. `marks` are sorted by begin (marks_of does).
void append_marked(const Document& doc, Span span, const std::vector<Mark>& marks, std::string& out);

}  // namespace annalist
