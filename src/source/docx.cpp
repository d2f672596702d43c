#include "source/docx.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"
#include "source/xml.h"
#include "source/zip.h"

namespace annalist::source {

namespace {

constexpr std::size_t kMaxXml = 256u << 20;

/// Collects the text runs of a paragraph: <w:t> content; tabs and breaks are blanks.
std::string runs(std::string_view p) {
  std::string out;
  for (std::size_t at = p.find('<'); at != p.npos; at = p.find('<', at + 1)) {
    const std::string_view tag = p.substr(at);
    if (tag.starts_with("<w:tab") || tag.starts_with("<w:br") || tag.starts_with("<w:cr")) out += ' ';
    if (!tag.starts_with("<w:t>") && !tag.starts_with("<w:t ")) continue;
    const std::size_t open = p.find('>', at);
    const std::size_t end = open == p.npos ? p.npos : p.find('<', open);
    if (end == p.npos) break;
    const std::string_view text = p.substr(open + 1, end - open - 1);
    // unescape_xml trims: blanks at the ends of a run are kept here.
    if (!text.empty() && is_space(text.front())) out += ' ';
    out += unescape_xml(text);
    if (!text.empty() && is_space(text.back())) out += ' ';
    at = end - 1;
  }
  return collapse_spaces(out);
}

}  // namespace

Result<std::vector<DocxParagraph>> read_docx(std::string_view bytes) {
  if (is_compound_file(bytes))
    return fail("an old Word file, or one behind a password", {},
                "open it and save it as DOCX without a password");
  auto xml = zip_member(bytes, "word/document.xml", kMaxXml);
  if (!xml) return std::unexpected(xml.error());
  if (!is_valid_utf8(*xml)) *xml = repair_utf8(*xml);
  std::vector<DocxParagraph> out;
  // A text box puts paragraphs inside a paragraph; by ends alone they come out one after the other.
  const std::string_view all = *xml;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find("</w:p>", at), all.size());
    const std::string_view p = all.substr(at, end - at);
    out.push_back({runs(p), p.find("<w:sectPr") != p.npos});
    at = end + 6;
  }
  return out;
}

}  // namespace annalist::source
