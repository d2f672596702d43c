// JSON and JSONL records: {"id", "html" | "text" | "path", "url", "publisher", "headline", "date"}. JSON
// Feeds too.
#include <simdjson.h>

#include <filesystem>

#include "base/strings.h"
#include "source/input.h"
#include "source/source.h"

namespace annalist::source {

namespace {

constexpr std::size_t kMaxLine = 4 * kMaxPage;  // escapes can double or more what they stand for
constexpr std::size_t kMaxFile = 1u << 30;

using simdjson::dom::element;

std::string text_of(element record, std::string_view key) {
  element value;
  if (record[key].get(value)) return {};
  std::string_view s;
  if (!value.get(s)) return std::string(s);
  if (value.is_int64() || value.is_uint64() || value.is_double()) return simdjson::to_string(value);
  return {};
}

bool has_text(element record, std::string_view key) {
  std::string_view s;
  return !record[key].get(s);
}

/// One record as a page. `where` names it in errors.
Result<RawPage> page_of(element record, const std::string& where, const std::string& folder) {
  if (!record.is_object()) return fail("the record is no object", where);
  RawPage page;
  page.origin = where;
  page.id = text_of(record, "id");
  page.url = text_of(record, "url");
  page.publisher = text_of(record, "publisher");
  page.headline = text_of(record, "headline");
  page.date = text_of(record, "date");
  if (has_text(record, "html")) {
    page.form = RawPage::Form::html;
    page.bytes = text_of(record, "html");
  } else if (has_text(record, "text")) {
    page.form = RawPage::Form::text;
    page.bytes = text_of(record, "text");
  } else if (const std::string path = text_of(record, "path"); !path.empty()) {
    if (folder == kNoFiles) return fail("records that were sent may not name files (\"path\")", where);
    const std::filesystem::path file = std::filesystem::path(folder) / path;
    auto bytes = open_file(file.string());
    if (!bytes) return fail(bytes.error().what + " (" + path + ")", where);
    Input input(std::move(*bytes));
    input.inflate();
    const std::string_view all = input.peek(kMaxPage + 1);
    page.truncated = all.size() > kMaxPage;
    page.bytes = all.substr(0, kMaxPage);
    if (lower(path).ends_with(".txt")) page.form = RawPage::Form::text;
  } else {
    return fail("the record has none of \"html\", \"text\", \"path\"", where);
  }
  if (page.bytes.size() > kMaxPage) {
    page.bytes.resize(kMaxPage);
    page.truncated = true;
  }
  return page;
}

/// One item of a JSON Feed.
Result<RawPage> item_of(element item, const std::string& where, const std::string& publisher) {
  if (!item.is_object()) return fail("the item is no object", where);
  RawPage page;
  page.origin = where;
  page.id = text_of(item, "id");
  page.url = text_of(item, "url");
  page.publisher = publisher;
  page.headline = collapse_spaces(text_of(item, "title"));
  page.date = text_of(item, "date_published");
  element author;
  if (!item["author"].get(author))
    if (std::string name = text_of(author, "name"); !name.empty()) page.authors.push_back(std::move(name));
  simdjson::dom::array authors;
  if (!item["authors"].get(authors))
    for (element a : authors)
      if (std::string name = text_of(a, "name"); !name.empty()) page.authors.push_back(std::move(name));
  page.form = RawPage::Form::html;
  page.bytes = text_of(item, "content_html");
  if (!page.bytes.empty()) return page;
  page.form = RawPage::Form::text;
  page.bytes = text_of(item, "content_text");
  if (page.bytes.empty()) page.bytes = text_of(item, "summary");
  if (trim(page.bytes).empty()) return fail("the item has no text", where);
  return page;
}

class JsonlReader : public RecordReader {
 public:
  JsonlReader(std::unique_ptr<Input> input, std::string name, std::string folder)
      : input_(std::move(input)), name_(std::move(name)), folder_(std::move(folder)) {}

  std::optional<Result<RawPage>> next() override {
    bool too_long = false;
    while (true) {
      if (!input_->line(line_, kMaxLine, &too_long)) {
        const auto gap = input_->gap();
        if (!gap) return std::nullopt;
        input_->resume();
        return fail(*gap, name_ + ", line " + std::to_string(number_ + 1));
      }
      ++number_;
      const std::string where = name_ + ":" + std::to_string(number_);
      if (too_long) return fail("the line is longer than " + std::to_string(kMaxLine) + " bytes", where);
      std::string_view line = trim(line_);
      if (number_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
      if (line.empty()) continue;
      element record;
      if (const auto error = parser_.parse(line.data(), line.size()).get(record))
        return fail(std::string("no JSON: ") + simdjson::error_message(error), where);
      return page_of(record, where, folder_);
    }
  }

 private:
  std::unique_ptr<Input> input_;
  std::string name_, folder_, line_;
  simdjson::dom::parser parser_;
  std::size_t number_ = 0;
};

/// One object or an array of them.
class JsonReader : public RecordReader {
 public:
  JsonReader(std::unique_ptr<Input> input, std::string name, std::string folder)
      : input_(std::move(input)), name_(std::move(name)), folder_(std::move(folder)) {}

  std::optional<Result<RawPage>> next() override {
    if (!loaded_) {
      loaded_ = true;
      std::string_view bytes = input_->peek(kMaxFile + 1);
      if (bytes.size() > kMaxFile) return fail("the file is larger than 1 GiB", name_, "use JSONL");
      if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
      if (trim(bytes).empty()) return fail("the file is empty", name_);
      if (const auto error = parser_.parse(bytes.data(), bytes.size()).get(root_))
        return fail(std::string("no JSON: ") + simdjson::error_message(error), name_);
      feed_ =
          root_.is_object() && text_of(root_, "version").find("jsonfeed.org/version") != std::string::npos;
      if (feed_) {
        publisher_ = text_of(root_, "title");
        if (root_["items"].get(root_) || !root_.is_array()) return fail("the feed has no items", name_);
      }
      if (!root_.is_array()) return page_of(root_, name_, folder_);
      records_ = simdjson::dom::array(root_);
      at_ = records_.begin();
      array_ = true;
    }
    if (!array_ || !(at_ != records_.end())) return std::nullopt;
    const element record = *at_;
    ++at_;
    if (feed_) return item_of(record, name_ + ", item " + std::to_string(++number_), publisher_);
    return page_of(record, name_ + ", record " + std::to_string(++number_), folder_);
  }

 private:
  std::unique_ptr<Input> input_;
  std::string name_, folder_;
  simdjson::dom::parser parser_;
  element root_;
  simdjson::dom::array records_;
  simdjson::dom::array::iterator at_;
  std::string publisher_;
  bool loaded_ = false, array_ = false, feed_ = false;
  std::size_t number_ = 0;
};

}  // namespace

std::unique_ptr<RecordReader> read_jsonl(std::unique_ptr<Input> input, std::string name, std::string folder) {
  return std::make_unique<JsonlReader>(std::move(input), std::move(name), std::move(folder));
}

std::unique_ptr<RecordReader> read_json(std::unique_ptr<Input> input, std::string name, std::string folder) {
  return std::make_unique<JsonReader>(std::move(input), std::move(name), std::move(folder));
}

}  // namespace annalist::source
