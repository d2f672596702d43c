// LexisNexis exports. TXT: "3 of 10 DOCUMENTS", centred source and date, headline, KEY: value lines, the text
// wrapped at a fixed width, KEY: value lines, copyright. DOCX (Nexis Uni): headline, source and date, keys,
// "Body", the text, "Load-Date:", "End of Document". The keys come in the language of the export.
#include <algorithm>
#include <array>

#include "base/strings.h"
#include "base/utf8.h"
#include "source/docx.h"
#include "source/input.h"
#include "source/source.h"

namespace annalist::source {

namespace {

constexpr std::size_t kMaxFile = 256u << 20;

template <std::size_t N>
bool in(const std::array<std::string_view, N>& list, std::string_view s) {
  return std::find(list.begin(), list.end(), s) != list.end();
}

// Keys folded: English, German, French, Spanish, Italian, Portuguese, Dutch.
constexpr std::array<std::string_view, 9> kByline = {"byline", "autor",  "auteur", "verfasser", "von",
                                                     "par",    "autore", "author", "por"};
constexpr std::array<std::string_view, 7> kLength = {"length",    "lange",   "longueur", "longitud",
                                                     "lunghezza", "tamanho", "lengte"};
constexpr std::array<std::string_view, 3> kHeadline = {"headline", "title", "titre"};
constexpr std::array<std::string_view, 4> kBody = {"body", "text", "corps", "cuerpo"};
constexpr std::array<std::string_view, 33> kTail = {
    "load date",        "language",      "graphic",
    "publication type", "journal code",  "subject",
    "organization",     "company",       "ticker",
    "industry",         "person",        "geographic",
    "country",          "city",          "state",
    "acc no",           "type",          "classification",
    "update",           "sprache",       "grafik",
    "publikationstyp",  "zeitungs code", "rubrik",
    "date chargement",  "langue",        "type de publication",
    "fecha de carga",   "lengua",        "idioma",
    "copyright",        "url",           "notes"};

struct Key {
  std::string name;  // folded; empty: the line is no key
  std::string_view value;
};

/// "LOAD-DATE: January 3, 2012", "Length: 355 words": a few words, a colon, at the start of a line.
Key key_of(std::string_view line, bool capitals) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos || colon == 0 || colon > 28 || is_space(line[0])) return {};
  const std::string_view name = line.substr(0, colon);
  if (capitals && std::any_of(name.begin(), name.end(), is_lower)) return {};
  if (std::any_of(name.begin(), name.end(), is_digit) || std::count(name.begin(), name.end(), ' ') > 3)
    return {};
  return {fold(name), trim(line.substr(colon + 1))};
}

/// A line with a day and a year: "January 11, 2010 Monday", "1. Juli 2019".
bool has_date(std::string_view line) {
  if (line.size() > 120) return false;
  bool year = false, day = false;
  for (std::size_t at = 0; at < line.size();) {
    std::size_t n = 0;
    while (at + n < line.size() && is_digit(line[at + n])) ++n;
    year |= n == 4 && (line.substr(at).starts_with("19") || line.substr(at).starts_with("20"));
    day |= n == 1 || n == 2;
    at += std::max<std::size_t>(n, 1);
  }
  return year && day;
}

/// "3 of 10 DOCUMENTS", "Dokument 3 von 10".
bool is_count(std::string_view line) {
  line = trim(line);
  if (line.size() < 10 || line.size() > 60) return false;
  const std::string s = lower(line);
  int numbers = 0;
  for (std::size_t i = 0; i < s.size(); ++i) numbers += is_digit(s[i]) && (i == 0 || !is_digit(s[i - 1]));
  if (numbers != 2 || (s.find("document") == s.npos && s.find("dokument") == s.npos)) return false;
  const bool link = s.find(" of ") != s.npos || s.find(" von ") != s.npos || s.find(" de ") != s.npos ||
                    s.find(" di ") != s.npos || s.find(" van ") != s.npos || s.find(" sur ") != s.npos;
  return link && split_list(s, ' ').size() <= 5;
}

void add_author(std::string_view value, RawPage& page) {
  if (!value.empty()) page.authors.push_back(collapse_spaces(value));
}

Result<RawPage> whole(RawPage page, const std::vector<std::string>& paragraphs) {
  std::string text;
  for (const std::string& p : paragraphs) text += (text.empty() ? "" : "\n\n") + p;
  if (text.empty()) return fail("the document has no text", page.origin);
  page.bytes = page.headline.empty() ? text : page.headline + "\n\n" + text;
  page.form = RawPage::Form::text;
  return page;
}

/// Lines joined to paragraphs at blank lines. Copyright lines stand indented at the end.
std::vector<std::string> join_lines(const std::vector<std::string_view>& lines, std::size_t from,
                                    std::size_t to) {
  std::vector<std::string> out;
  std::string paragraph;
  for (std::size_t i = from; i <= to; ++i) {
    const std::string_view line = i < to ? trim(lines[i]) : std::string_view();
    if (!line.empty()) {
      paragraph.append(paragraph.empty() ? "" : " ").append(line);
      continue;
    }
    if (!paragraph.empty()) out.push_back(std::move(paragraph));
    paragraph.clear();
  }
  return out;
}

bool indented(std::string_view line) { return line.starts_with("        "); }

Result<RawPage> from_text(const std::vector<std::string_view>& lines, std::size_t from, std::size_t to,
                          RawPage page) {
  std::size_t at = from, length = to, last_key = to;
  std::string headline;
  bool dated = false;
  for (; at < to; ++at) {
    const std::string_view line = lines[at];
    if (trim(line).empty()) continue;
    const Key key = key_of(line, true);
    if (key.name.empty()) {
      // Behind a key: the rest of its value, or the text when no length will come.
      if (last_key != to) {
        if (trim(lines[at - 1]).empty()) break;
        continue;
      }
      if (indented(line) && page.publisher.empty())
        page.publisher = trim(line);
      else if (!dated && has_date(line))
        page.date = trim(line), dated = true;
      else if (!indented(line))
        headline.append(headline.empty() ? "" : " ").append(trim(line));
      continue;
    }
    last_key = at;
    if (in(kByline, key.name)) add_author(key.value, page);
    if (in(kHeadline, key.name)) headline = key.value;
    if (in(kLength, key.name)) {
      length = at + 1;
      break;
    }
  }
  page.headline = collapse_spaces(headline);
  std::size_t begin = length != to ? length : at, end = begin;
  for (; end < to; ++end) {
    if (in(kTail, key_of(lines[end], true).name)) break;
    if (indented(lines[end]) && lower(lines[end]).find("copyright") != std::string::npos) break;
  }
  return whole(std::move(page), join_lines(lines, begin, end));
}

class NexisTextReader : public RecordReader {
 public:
  NexisTextReader(std::unique_ptr<Input> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)) {}

  std::optional<Result<RawPage>> next() override {
    if (!loaded_) {
      loaded_ = true;
      text_ = input_->peek(kMaxFile + 1);
      if (text_.size() > kMaxFile) {
        text_.clear();
        return fail("the file is larger than 256 MiB", name_, "export fewer documents at a time");
      }
      if (text_.starts_with("\xEF\xBB\xBF")) text_.erase(0, 3);
      if (!is_valid_utf8(text_)) latin_to_utf8();
      for (std::string_view line : split(text_, '\n')) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines_.push_back(line);
      }
      while (at_ < lines_.size() && !is_count(lines_[at_])) ++at_;
      if (at_ == lines_.size()) return fail("no document in the Nexis export", name_);
    }
    if (at_ >= lines_.size()) return std::nullopt;
    std::size_t end = at_ + 1;
    while (end < lines_.size() && !is_count(lines_[end])) ++end;
    RawPage page;
    page.origin = name_ + ":" + std::to_string(at_ + 1);
    const std::size_t from = at_ + 1;
    at_ = end;
    return from_text(lines_, from, end, std::move(page));
  }

 private:
  /// Old exports are Latin-1.
  void latin_to_utf8() {
    std::string out;
    for (char c : text_) append_utf8(out, static_cast<unsigned char>(c));
    text_ = std::move(out);
  }

  std::unique_ptr<Input> input_;
  std::string name_, text_;
  std::vector<std::string_view> lines_;
  bool loaded_ = false;
  std::size_t at_ = 0;
};

/// Word files: Nexis Uni exports document by document, others as one page.
class DocxReader : public RecordReader {
 public:
  DocxReader(std::unique_ptr<Input> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)) {}

  std::optional<Result<RawPage>> next() override {
    if (!loaded_) {
      loaded_ = true;
      const std::string_view bytes = input_->peek(kMaxFile + 1);
      if (bytes.size() > kMaxFile) return fail("the file is larger than 256 MiB", name_);
      auto read = read_docx(bytes);
      if (!read) return fail(read.error().what, name_, read.error().remedy);
      paragraphs_ = std::move(*read);
      const auto end = std::ranges::find(paragraphs_, "End of Document", &DocxParagraph::text);
      nexis_ = end != paragraphs_.end();
      if (!nexis_) return plain();
    }
    while (nexis_ && at_ < paragraphs_.size()) {
      const std::size_t from = at_;
      while (at_ < paragraphs_.size() && paragraphs_[at_].text != "End of Document") ++at_;
      const std::size_t end = at_++;
      if (end == paragraphs_.size() && find_body(from, end) == end)
        return std::nullopt;  // what follows the last
      return one(from, end);
    }
    return std::nullopt;
  }

 private:
  Result<RawPage> plain() {
    std::vector<std::string> text;
    for (const DocxParagraph& p : paragraphs_)
      if (!p.text.empty()) text.push_back(p.text);
    RawPage page;
    page.origin = name_;
    return whole(std::move(page), text);
  }

  /// The paragraph "Body", else the one with the length.
  std::size_t find_body(std::size_t from, std::size_t to) const {
    std::size_t length = to;
    for (std::size_t i = from; i < to; ++i) {
      if (in(kBody, fold(paragraphs_[i].text))) return i;
      if (length == to && in(kLength, key_of(paragraphs_[i].text, false).name)) length = i;
    }
    return length;
  }

  Result<RawPage> one(std::size_t from, std::size_t to) {
    RawPage page;
    page.origin = name_ + ", document " + std::to_string(++number_);
    const std::size_t body = find_body(from, to);
    if (body == to) return fail("no text between the heads of the document", page.origin);
    // The list of contents and the page before stand in sections of their own.
    std::size_t head = from;
    for (std::size_t i = from; i < body; ++i)
      if (paragraphs_[i].section_end) head = i + 1;
    int line = 0;
    for (std::size_t i = head; i < body; ++i) {
      const std::string& text = paragraphs_[i].text;
      if (text.empty()) continue;
      const Key key = key_of(text, false);
      if (in(kByline, key.name)) {
        add_author(key.value, page);
      } else if (line == 0) {
        page.headline = text;
        ++line;
      } else if (page.date.empty() && has_date(text)) {
        page.date = text;
      } else if (line == 1 && key.name.empty()) {
        page.publisher = text;
        ++line;
      }
    }
    std::vector<std::string> text;
    for (std::size_t i = body + 1; i < to; ++i) {
      const std::string& p = paragraphs_[i].text;
      const Key key = key_of(p, false);
      if (in(kTail, key.name.empty() ? fold(p) : key.name)) break;
      if (!p.empty()) text.push_back(p);
    }
    return whole(std::move(page), text);
  }

  std::unique_ptr<Input> input_;
  std::string name_;
  std::vector<DocxParagraph> paragraphs_;
  bool loaded_ = false, nexis_ = false;
  std::size_t at_ = 0, number_ = 0;
};

}  // namespace

bool looks_like_nexis(std::string_view head) {
  std::size_t at = 0;
  for (int lines = 0; lines < 200 && at < head.size(); ++lines) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    const std::string_view line = head.substr(at, end - at);
    if (indented(line) && is_count(line)) return true;
    at = end + 1;
  }
  return false;
}

std::unique_ptr<RecordReader> read_nexis(std::unique_ptr<Input> input, std::string name) {
  return std::make_unique<NexisTextReader>(std::move(input), std::move(name));
}

std::unique_ptr<RecordReader> open_docx(std::unique_ptr<Input> input, std::string name) {
  return std::make_unique<DocxReader>(std::move(input), std::move(name));
}

}  // namespace annalist::source
