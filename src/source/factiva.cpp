// Factiva exports. XML: <ppsarticle> with named parts. HTML: one table an article, a row a field with its
// code (HD headline, BY byline, PD date, SN source, LP and TD text, AN accession number).
#include "base/strings.h"
#include "base/utf8.h"
#include "source/input.h"
#include "source/source.h"
#include "source/xml.h"

namespace annalist::source {

namespace {

constexpr std::size_t kMaxFile = 256u << 20;

void add_paragraphs(std::string_view content, std::string_view name, std::string& text) {
  for (const std::string& p : paragraphs_in(content, name)) text += (text.empty() ? "" : "\n\n") + p;
}

Result<RawPage> whole(RawPage page, const std::string& text) {
  if (text.empty()) return fail("the article has no text", page.origin);
  page.bytes = page.headline.empty() ? text : page.headline + "\n\n" + text;
  page.form = RawPage::Form::text;
  return page;
}

Result<RawPage> from_xml(std::string_view article, RawPage page) {
  page.id = first_of(article, {"accessionNo"});
  page.headline = plain_text(element(article, "headline"));
  page.publisher = first_of(article, {"sourceName", "publisherName"});
  page.date = plain_text(element(article, "publicationDate"));
  if (const std::string by = plain_text(element(article, "byline")); !by.empty()) page.authors.push_back(by);
  std::string text;
  add_paragraphs(element(article, "leadParagraph"), "paragraph", text);
  add_paragraphs(element(article, "tailParagraphs"), "paragraph", text);
  return whole(std::move(page), text);
}

Result<RawPage> from_html(std::string_view article, RawPage page) {
  std::string text, time;
  Elements rows(article, "tr");
  while (rows.next()) {
    Elements cells(rows.content, "td");
    if (!cells.next()) continue;
    const std::string code = plain_text(cells.content);
    std::string_view value = cells.next() ? cells.content : std::string_view();
    const std::string key(trim(std::string_view(code).substr(0, code.find("\xC2\xA0"))));
    if (key == "HD") page.headline = plain_text(value);
    if (key == "BY") page.authors.push_back(plain_text(value));
    if (key == "PD") page.date = plain_text(value);
    if (key == "SN") page.publisher = plain_text(value);
    if (key == "AN") page.id = plain_text(value);
    if (key == "LP" || key == "TD") add_paragraphs(value, "p", text);
  }
  if (const std::size_t blank = page.id.rfind(' '); blank != page.id.npos)
    page.id = page.id.substr(blank + 1);
  return whole(std::move(page), text);
}

class FactivaReader : public RecordReader {
 public:
  FactivaReader(std::unique_ptr<Input> input, std::string name, bool html)
      : input_(std::move(input)), name_(std::move(name)), html_(html) {}

  std::optional<Result<RawPage>> next() override {
    if (!loaded_) {
      loaded_ = true;
      text_ = input_->peek(kMaxFile + 1);
      if (text_.size() > kMaxFile) {
        text_.clear();
        return fail("the file is larger than 256 MiB", name_, "export fewer articles at a time");
      }
      if (!is_valid_utf8(text_)) text_ = repair_utf8(text_);
      at_ = find(0);
      if (at_ == text_.npos) return fail("no article in the Factiva export", name_);
    }
    if (at_ >= text_.size()) return std::nullopt;
    // An article reaches to the next one, whatever is broken in it.
    const std::size_t end = std::min(find(at_ + 1), text_.size());
    const std::string_view article = std::string_view(text_).substr(at_, end - at_);
    at_ = end;
    RawPage page;
    page.origin = name_ + ", article " + std::to_string(++number_);
    return html_ ? from_html(article, std::move(page)) : from_xml(article, std::move(page));
  }

 private:
  std::size_t find(std::size_t from) const {
    if (!html_) return text_.find("<ppsarticle>", from);
    // The classes are "article enArticle", "article frArticle" ...: the language of the interface.
    for (std::size_t at = text_.find("class=\"article ", from); at != text_.npos;
         at = text_.find("class=\"article ", at + 1)) {
      const std::size_t quote = text_.find('"', at + 7);
      if (quote != text_.npos && std::string_view(text_).substr(0, quote).ends_with("Article")) return at;
    }
    return text_.npos;
  }

  std::unique_ptr<Input> input_;
  std::string name_, text_;
  bool html_, loaded_ = false;
  std::size_t at_ = 0, number_ = 0;
};

}  // namespace

std::unique_ptr<RecordReader> read_factiva(std::unique_ptr<Input> input, std::string name, bool html) {
  return std::make_unique<FactivaReader>(std::move(input), std::move(name), html);
}

}  // namespace annalist::source
