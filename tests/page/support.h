// What the page tests share: the word lists of the repository and a reader built from them.
#pragma once

#include <string>
#include <vector>

#include "page/patterns.h"
#include "page/reader.h"

namespace annalist::test {

const page::Patterns& patterns();
const Reader& reader();
/// A reader that knows one more data text.
Result<Reader> reader_with(std::string_view name, std::string_view text);
Document read(std::string bytes, RawPage::Form form = RawPage::Form::unknown);
/// A page of this head and body.
Document read_page(const std::string& head, const std::string& body,
                   std::string url = "https://news.example.org/a-1", const std::string& language = "en");
/// Two paragraphs of a report, no day in them.
extern const std::string kProse;
/// "headline: ...", one line a block.
std::string dump(const Document& doc);
bool has_code(const Document& doc, std::string_view code);

}  // namespace annalist::test
