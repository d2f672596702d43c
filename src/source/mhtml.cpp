// MHTML: a page saved by a browser as a mail of many parts. The first HTML part is the page.
#include <algorithm>
#include <cstdint>

#include "base/strings.h"
#include "source/input.h"
#include "source/source.h"

namespace annalist::source {

namespace {

/// The header fields of a part as lower-case name and value, folded lines joined; moves `s` behind them.
std::vector<std::pair<std::string, std::string>> take_fields(std::string_view& s) {
  std::vector<std::pair<std::string, std::string>> out;
  while (!s.empty() && out.size() < 200) {
    const std::size_t end = std::min(s.find('\n'), s.size());
    const std::string_view line = s.substr(0, end);
    s.remove_prefix(std::min(end + 1, s.size()));
    if (trim(line).empty()) break;
    const std::size_t colon = line.find(':');
    if (is_space(line.front()) && !out.empty())
      out.back().second.append(" ").append(trim(line));
    else if (colon != line.npos)
      out.emplace_back(lower(trim(line.substr(0, colon))), trim(line.substr(colon + 1)));
  }
  return out;
}

std::string field(const std::vector<std::pair<std::string, std::string>>& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return {};
}

std::string parameter(std::string_view value, std::string_view name) {
  const std::size_t at = lower(value).find(std::string(name) + "=");
  if (at == std::string::npos) return {};
  std::string_view rest = value.substr(at + name.size() + 1);
  if (rest.starts_with('"')) return std::string(rest.substr(1, std::min(rest.find('"', 1), rest.size()) - 1));
  return std::string(trim(rest.substr(0, rest.find(';'))));
}

int hex_digit(char c) {
  c = to_lower(c);
  return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string unquote_printable(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t at = 0; at < s.size(); ++at) {
    if (s[at] != '=') {
      out += s[at];
      continue;
    }
    if (at + 2 < s.size() && hex_digit(s[at + 1]) >= 0 && hex_digit(s[at + 2]) >= 0) {
      out += char(hex_digit(s[at + 1]) * 16 + hex_digit(s[at + 2]));
      at += 2;
    } else if (const std::size_t end = s.substr(at + 1, 200).find('\n');
               end != s.npos && trim(s.substr(at + 1, end)).empty()) {
      at += 1 + end;  // a line broken for the mail
    } else {
      out += '=';
    }
  }
  return out;
}

std::string unbase64(std::string_view s) {
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (char c : s) {
    const int v = is_upper(c)   ? c - 'A'
                  : is_lower(c) ? c - 'a' + 26
                  : is_digit(c) ? c - '0' + 52
                  : c == '+'    ? 62
                  : c == '/'    ? 63
                                : -1;
    if (v < 0) continue;
    bits = (bits << 6 | std::uint32_t(v)) & 0xFFFFFF;
    have += 6;
    if (have >= 8) {
      have -= 8;
      out += char(bits >> have & 0xFF);
    }
  }
  return out;
}

class MhtmlReader : public RecordReader {
 public:
  MhtmlReader(std::unique_ptr<Input> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)) {}

  std::optional<Result<RawPage>> next() override {
    if (done_) return std::nullopt;
    done_ = true;
    const std::string_view all = input_->peek(2 * kMaxPage);
    std::string_view rest = all;
    auto fields = take_fields(rest);
    const std::string address = field(fields, "snapshot-content-location");
    const std::string boundary = parameter(field(fields, "content-type"), "boundary");
    RawPage page;
    page.origin = name_;
    page.form = RawPage::Form::html;
    bool ended = true;
    if (!boundary.empty()) {
      const std::string mark = "--" + boundary;
      std::string_view part;
      for (std::size_t at = rest.find(mark); at != rest.npos;) {
        std::string_view from = rest.substr(std::min(rest.find('\n', at), rest.size() - 1) + 1);
        const std::size_t end = from.find(mark);
        part = from.substr(0, end);
        fields = take_fields(part);
        const std::string type = lower(field(fields, "content-type"));
        if (type.starts_with("text/html") || type.starts_with("application/xhtml")) {
          ended = end != from.npos;
          break;
        }
        part = {};
        at = end == from.npos ? rest.npos : std::size_t(from.data() - rest.data()) + end;
      }
      rest = part;
    }
    if (trim(rest).empty()) return fail("no HTML part in the saved page", name_);
    const std::string coding = lower(field(fields, "content-transfer-encoding"));
    page.bytes = coding == "quoted-printable" ? unquote_printable(rest)
                 : coding == "base64"         ? unbase64(rest)
                                              : std::string(rest);
    page.url = field(fields, "content-location");
    if (!page.url.starts_with("http")) page.url = address;
    page.charset = lower(parameter(field(fields, "content-type"), "charset"));
    page.truncated =
        !ended || all.size() >= 2 * kMaxPage || page.bytes.size() > kMaxPage || input_->gap().has_value();
    if (page.bytes.size() > kMaxPage) page.bytes.resize(kMaxPage);
    return page;
  }

 private:
  std::unique_ptr<Input> input_;
  std::string name_;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> read_mhtml(std::unique_ptr<Input> input, std::string name) {
  return std::make_unique<MhtmlReader>(std::move(input), std::move(name));
}

}  // namespace annalist::source
