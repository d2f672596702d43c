// ARC 1.0, what crawlers wrote before WARC: a line "URL IP date type length", then that many bytes.
#include <charconv>

#include "base/strings.h"
#include "source/http.h"
#include "source/input.h"
#include "source/source.h"

namespace annalist::source {

namespace {

constexpr std::size_t kMaxLine = 64 * 1024;

class ArcReader : public RecordReader {
 public:
  ArcReader(std::unique_ptr<Input> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)) {}

  std::optional<Result<RawPage>> next() override {
    while (true) {
      const std::string where = name_ + ", byte " + std::to_string(input_->offset());
      bool too_long = false;
      if (!input_->line(line_, kMaxLine, &too_long)) {
        const auto gap = input_->gap();
        if (!gap) return std::nullopt;
        input_->resume();
        return fail(*gap, where);
      }
      if (trim(line_).empty()) continue;
      // The address may hold blanks: the fields are counted from the end.
      std::vector<std::string_view> fields = split_list(line_, ' ');
      std::size_t length = 0;
      const std::string_view last = fields.back();
      const auto [end, fault] = std::from_chars(last.data(), last.data() + last.size(), length);
      if (too_long || fields.size() < 5 || fault != std::errc() || end != last.data() + last.size()) {
        if (skipping_) continue;
        skipping_ = true;
        return fail("no ARC record begins here; skipped to the next one", where);
      }
      skipping_ = false;
      const bool html = fields[fields.size() - 2] == "text/html";
      const std::string url(trim(
          std::string_view(line_).substr(0, std::size_t(fields[fields.size() - 4].data() - line_.data()))));
      if (!html || length > kMaxPage) {
        input_->skip(length);
        if (html) return fail("the record is larger than a page may be (32 MiB)", where);
        continue;
      }
      const std::string_view bytes = input_->peek(length).substr(0, length);
      const bool cut = bytes.size() < length;
      const auto response = read_http(bytes);
      input_->skip(length);
      if (!response) return fail(response.error().what, where + " (" + url + ")");
      if (response->status < 200 || response->status > 299) continue;
      RawPage page;
      page.url = url;
      page.charset = response->charset;
      page.bytes = response->body;
      page.form = RawPage::Form::html;
      page.origin = where;
      page.truncated = cut || response->truncated;
      return page;
    }
  }

 private:
  std::unique_ptr<Input> input_;
  std::string name_, line_;
  bool skipping_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> read_arc(std::unique_ptr<Input> input, std::string name) {
  return std::make_unique<ArcReader>(std::move(input), std::move(name));
}

}  // namespace annalist::source
