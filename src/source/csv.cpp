// CSV and TSV (RFC 4180, lenient): a header, then a record a row. Which column is what: the caller's mapping,
// else the usual names.
#include <algorithm>
#include <array>

#include "base/strings.h"
#include "base/utf8.h"
#include "source/input.h"
#include "source/source.h"

namespace annalist::source {

namespace {

enum Field { id, text, html, url, publisher, headline, date, author, field_count };
constexpr std::array<std::string_view, field_count> kFields = {"id",        "text",     "html", "url",
                                                               "publisher", "headline", "date", "author"};
/// Names that other tools give these columns, in order of preference.
constexpr std::array<std::string_view, field_count> kUsual = {
    "id;doc id;document id;article id;docid;uid;accession number;key",
    "text;body;content;full text;fulltext;article text;article;story;notes",
    "html",
    "url;link;source url;address",
    "publisher;source;outlet;source name;newspaper;publication;site",
    "headline;title",
    "date;published;publication date;published at;pub date;publish date;pubdate;event date;datetime",
    "author;authors;byline"};

class CsvReader : public RecordReader {
 public:
  CsvReader(std::unique_ptr<Input> input, std::string name, char separator, ColumnNames columns)
      : input_(std::move(input)),
        name_(std::move(name)),
        separator_(separator),
        columns_(std::move(columns)) {}

  std::optional<Result<RawPage>> next() override {
    if (ended_) return std::nullopt;
    if (!headed_) {
      headed_ = true;
      if (const Status head = read_head(); !head) {
        ended_ = true;
        return std::unexpected(head.error());
      }
    }
    while (true) {
      const std::string where = name_ + ":" + std::to_string(line_);
      switch (read_row()) {
        case Row::none:
          if (const auto gap = input_->gap()) {
            input_->resume();
            return fail(*gap, where);
          }
          return std::nullopt;
        case Row::unclosed:
          return fail("a quoted value has no end within " + std::to_string(kMaxPage) + " bytes", where);
        case Row::read:
          break;
      }
      if (row_.size() == 1 && trim(row_[0]).empty()) continue;
      return page_of(where);
    }
  }

 private:
  enum class Row { read, none, unclosed };

  Status read_head() {
    if (input_->peek(3).starts_with("\xEF\xBB\xBF")) input_->skip(3);
    if (separator_ == '\0') {
      // The separator is the mark that stands most often in the header outside quotes.
      const std::string_view head = input_->peek(64 * 1024);
      const std::string_view first = head.substr(0, head.find('\n'));
      separator_ = ',';
      for (char c : {';', '\t', '|'})
        if (std::ranges::count(first, c) > std::ranges::count(first, separator_)) separator_ = c;
    }
    if (read_row() != Row::read) return fail("no header", name_);
    column_.fill(-1);
    std::vector<std::string> names;
    for (const std::string& n : row_) names.push_back(fold(n));
    for (const auto& [field, column] : columns_) {
      const auto f = std::ranges::find(kFields, field);
      if (f == kFields.end())
        return fail("\"" + field + "\" is no field", name_,
                    "id, text, html, url, publisher, headline, date, author");
      const auto at = std::ranges::find(names, fold(column));
      if (at == names.end())
        return fail("there is no column \"" + column + "\"", name_ + ":1", "columns: " + listed());
      column_[std::size_t(f - kFields.begin())] = int(at - names.begin());
    }
    for (std::size_t f = 0; f < field_count; ++f) {
      if (column_[f] >= 0) continue;
      for (std::string_view usual : split_list(kUsual[f])) {
        const auto at = std::ranges::find(names, usual);
        const int found = int(at - names.begin());
        if (at == names.end() || std::ranges::find(column_, found) != column_.end()) continue;
        column_[f] = found;
        break;
      }
    }
    if (column_[text] < 0 && column_[html] < 0)
      return fail("no column holds the text", name_ + ":1", "--columns text=NAME; columns: " + listed());
    width_ = row_.size();
    return {};
  }

  std::string listed() const {
    std::string out;
    for (const std::string& n : row_) out += (out.empty() ? "" : ", ") + n.substr(0, 40);
    return out.substr(0, 300);
  }

  /// Fills row_. A value in quotes may hold separators and line breaks; "" in it is a quote.
  Row read_row() {
    row_.assign(1, {});
    bool quoted = false, any = false;
    std::size_t bytes = 0, lines = 0;
    while (true) {
      const std::string_view have = input_->peek(2);
      if (have.empty()) {
        line_ += lines;
        return any ? Row::read : Row::none;
      }
      std::size_t at = 0;
      bool done = false;
      // All that is there at once, but for the last byte: what a quote means depends on the next.
      const std::size_t most = have.size() == 1 ? 1 : have.size() - 1;
      while (at < most && !done) {
        const char c = have[at++];
        any = true;
        if (quoted) {
          if (c == '"' && at < have.size() && have[at] == '"') {
            row_.back() += '"';
            ++at;
          } else if (c == '"') {
            quoted = false;
          } else {
            row_.back() += c;
            lines += c == '\n';
          }
        } else if (c == '"' && row_.back().empty()) {
          quoted = true;
        } else if (c == separator_) {
          row_.emplace_back();
        } else if (c == '\n') {
          ++lines;
          done = true;
        } else if (c != '\r') {
          row_.back() += c;
        }
      }
      bytes += at;
      input_->skip(at);
      if (done) {
        line_ += lines;
        return Row::read;
      }
      if (bytes > 2 * kMaxPage) {  // no row is that long: a quote is missing
        line_ += lines;
        return Row::unclosed;
      }
    }
  }

  Result<RawPage> page_of(const std::string& where) {
    if (row_.size() < width_ && (column_[text] >= int(row_.size()) || column_[html] >= int(row_.size())))
      return fail("the row has " + std::to_string(row_.size()) + " values of " + std::to_string(width_),
                  where);
    const auto value = [&](Field f) {
      return column_[f] >= 0 && std::size_t(column_[f]) < row_.size() ? row_[std::size_t(column_[f])]
                                                                      : std::string();
    };
    RawPage page;
    page.origin = where;
    page.id = trim(value(id));
    page.url = trim(value(url));
    page.publisher = trim(value(publisher));
    page.headline = collapse_spaces(value(headline));
    page.date = trim(value(date));
    if (const std::string by = collapse_spaces(value(author)); !by.empty()) page.authors.push_back(by);
    page.form = RawPage::Form::html;
    page.bytes = value(html);
    if (trim(page.bytes).empty()) {
      page.form = RawPage::Form::text;
      page.bytes = value(text);
    }
    if (trim(page.bytes).empty()) return fail("the row has no text", where);
    return page;
  }

  std::unique_ptr<Input> input_;
  std::string name_;
  char separator_;
  ColumnNames columns_;
  std::vector<std::string> row_;
  std::array<int, field_count> column_{};
  std::size_t width_ = 0, line_ = 1;
  bool headed_ = false, ended_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> read_csv(std::unique_ptr<Input> input, std::string name, char separator,
                                       ColumnNames columns) {
  return std::make_unique<CsvReader>(std::move(input), std::move(name), separator, std::move(columns));
}

}  // namespace annalist::source
