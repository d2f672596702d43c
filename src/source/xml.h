// A tolerant look at XML: feeds and exports are often no well-formed documents, so nothing here builds a tree
// or fails. Views point into the text that was given; what is broken is read as far as it goes.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace annalist::source {

/// Undoes CDATA and the entities of XML.
std::string unescape_xml(std::string_view s);

/// The content of the first <name ...>...</name> in `item`, raw; `attributes` gets what stands in the tag. A
/// prefix of a namespace belongs to the name.
std::string_view element(std::string_view item, std::string_view name,
                         std::string_view* attributes = nullptr);

/// The value of an attribute out of what element() gave, unescaped; "" for none.
std::string attribute(std::string_view attributes, std::string_view name);

/// The unescaped content of the first of `names` that is there and not blank.
std::string first_of(std::string_view item, std::initializer_list<std::string_view> names);

/// Words of mixed content: tags dropped, entities undone, blanks collapsed.
std::string plain_text(std::string_view raw);

/// Goes from one element of a name to the next: `content` and `attributes` of it, false at the end. An
/// element without an end tag reaches up to the next of its name.
class Elements {
 public:
  Elements(std::string_view text, std::string_view name) : text_(text), name_(name) {}
  bool next();
  std::string_view content, attributes;

 private:
  std::string_view text_, name_;
  std::size_t at_ = 0;
  bool unended_ = false;
};

/// The paragraphs of mixed content: every <name> in it, or where there is none its lines, of which an
/// indented one or one behind a blank line begins a paragraph.
std::vector<std::string> paragraphs_in(std::string_view content, std::string_view name);

}  // namespace annalist::source
