// WARC/0.18 to 1.1 (ISO 28500): the pages of an archive: HTML responses and resources, and the plain text
// that conversion records hold.
#include <algorithm>
#include <optional>

#include "base/strings.h"
#include "source/http.h"
#include "source/input.h"
#include "source/source.h"

namespace annalist::source {

namespace {

constexpr std::size_t kMaxHeader = 256 * 1024;
constexpr std::uint64_t kMaxRecord = kMaxPage + kMaxHeader;

struct Header {
  std::string type, uri, content_type;
  std::optional<std::uint64_t> length;
};

class WarcReader : public RecordReader {
 public:
  WarcReader(std::unique_ptr<Input> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)) {}

  std::optional<Result<RawPage>> next() override {
    while (true) {
      skip_blank_lines();
      const std::uint64_t offset = input_->offset();
      const std::string where = name_ + ", byte " + std::to_string(offset);
      if (input_->at_end()) {
        const auto gap = input_->gap();
        if (!gap) return std::nullopt;
        input_->resume();
        return fail(*gap, where);
      }
      if (!input_->peek(5).starts_with("WARC/")) {
        resync();
        return fail("no WARC record begins here; skipped to the next one", where);
      }
      const auto header = read_header();
      if (!header) {
        resync();
        return fail("the WARC header has no end", where);
      }
      if (!header->length) {
        resync();
        return fail("the WARC record has no usable Content-Length", where);
      }
      const bool wanted =
          header->type == "response" || header->type == "resource" || header->type == "conversion";
      if (!wanted || *header->length > kMaxRecord) {
        const bool lost = wanted;
        skip_body(*header->length);
        if (lost) return fail("the record is larger than a page may be (32 MiB)", where);
        continue;
      }
      if (auto page = read_response(*header, where)) return page;
    }
  }

 private:
  void skip_blank_lines() {
    while (true) {
      const std::string_view have = input_->peek(1);
      const std::size_t n = std::min(have.find_first_not_of("\r\n"), have.size());
      if (n == 0) return;
      input_->skip(n);
    }
  }

  /// To the next "WARC/" at the start of a line behind this byte, or to the end or a gap.
  void resync() {
    input_->skip(1);
    while (true) {
      const std::string_view have = input_->peek(64 * 1024);
      const std::size_t hit = have.find("\nWARC/");
      if (hit != have.npos) return input_->skip(hit + 1);
      if (have.size() < 64 * 1024) return input_->skip(have.size());
      input_->skip(have.size() - 6);
    }
  }

  std::optional<Header> read_header() {
    std::size_t end = 0;
    std::string_view have;
    for (std::size_t want = 4096;; want *= 2) {
      have = input_->peek(want);
      const std::size_t a = have.find("\r\n\r\n"), b = have.find("\n\n");
      if (a != have.npos || b != have.npos) {
        end = std::min(a == have.npos ? a : a + 4, b == have.npos ? b : b + 2);
        break;
      }
      if (have.size() < want || want > kMaxHeader) return std::nullopt;
    }
    Header out;
    for (std::string_view line : split(have.substr(0, end), '\n')) {
      const std::size_t colon = line.find(':');
      if (colon == line.npos) continue;
      const std::string key = lower(trim(line.substr(0, colon)));
      const std::string_view value = trim(line.substr(colon + 1));
      if (key == "warc-type") out.type = lower(value);
      if (key == "warc-target-uri") out.uri = value;
      if (key == "content-type") out.content_type = lower(value);
      if (key == "content-length") out.length = number(value);
    }
    if (out.uri.starts_with('<') && out.uri.ends_with('>')) out.uri = out.uri.substr(1, out.uri.size() - 2);
    input_->skip(end);
    return out;
  }

  static std::optional<std::uint64_t> number(std::string_view s) {
    if (s.empty() || s.size() > 12) return std::nullopt;
    std::uint64_t n = 0;
    for (char c : s) {
      if (!is_digit(c)) return std::nullopt;
      n = n * 10 + std::uint64_t(c - '0');
    }
    return n;
  }

  void skip_body(std::uint64_t length) {
    while (length > 0 && !input_->at_end()) {
      const auto step = std::size_t(std::min<std::uint64_t>(length, 1u << 20));
      input_->skip(step);
      length -= step;
    }
  }

  /// Nothing when the response is no HTML page of a successful request.
  std::optional<Result<RawPage>> read_response(const Header& header, const std::string& where) {
    auto length = std::size_t(*header.length);
    const std::string_view have = input_->peek(length + 9);
    std::string_view body = have.substr(0, length);
    bool truncated = body.size() < length;
    // A length that is too large would swallow the records behind: their headers show where this one ends.
    const std::string_view behind = have.substr(body.size());
    const bool clean = trim(behind).empty() || trim(behind).starts_with("WARC/");
    if (truncated || !clean)
      if (const std::size_t cut = body.find("\r\n\r\nWARC/1."); cut != body.npos) {
        body = body.substr(0, cut);
        truncated = true;
      }
    length = body.size();
    if (header.type != "response") return read_resource(header, where, body, truncated);
    const auto response = read_http(body);
    input_->skip(length);
    const auto gap = input_->gap();
    if (truncated && gap && input_->at_end()) input_->resume();
    if (!response)
      return fail(response.error().what, where + (header.uri.empty() ? "" : " (" + header.uri + ")"));
    if (response->status < 200 || response->status > 299) return std::nullopt;
    if (response->content_type != "text/html" && response->content_type != "application/xhtml+xml")
      return std::nullopt;
    RawPage page;
    page.url = header.uri;
    page.charset = response->charset;
    page.bytes = response->body;
    page.form = RawPage::Form::html;
    page.origin = where;
    page.truncated = truncated || response->truncated;
    return page;
  }

  /// A page without the HTTP response around it.
  std::optional<Result<RawPage>> read_resource(const Header& header, const std::string& where,
                                               std::string_view body, bool truncated) {
    const bool html =
        header.content_type.starts_with("text/html") || header.content_type.starts_with("application/xhtml");
    const bool text = header.type == "conversion" && header.content_type.starts_with("text/plain");
    RawPage page;
    if (html || text) {
      page.url = header.uri;
      page.bytes = body;
      page.form = html ? RawPage::Form::html : RawPage::Form::text;
      page.origin = where;
      page.truncated = truncated;
    }
    input_->skip(body.size());
    if (!html && !text) return std::nullopt;
    return page;
  }

  std::unique_ptr<Input> input_;
  std::string name_;
};

}  // namespace

std::unique_ptr<RecordReader> read_warc(std::unique_ptr<Input> input, std::string name) {
  return std::make_unique<WarcReader>(std::move(input), std::move(name));
}

}  // namespace annalist::source
