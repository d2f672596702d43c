#include "place/import_lines.h"

#include "base/strings.h"
#include "base/utf8.h"

namespace annalist {

bool LineReader::next() {
  if (at_ >= text_.size()) return false;
  const std::size_t end = std::min(text_.find('\n', at_), text_.size());
  line_ = text_.substr(at_, end - at_);
  at_ = end + 1;
  ++number_;
  if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
  return true;
}

Status LineReader::check() const {
  constexpr std::size_t kLongest = std::size_t(1) << 20;
  if (line_.size() > kLongest) return fail("a line of more than a megabyte", where());
  if (line_.starts_with("\x28\xB5\x2F\xFD") || line_.starts_with("\x1F\x8B") ||
      line_.starts_with("PK\x03\x04"))
    return fail("a compressed file", where(), "unpack it first (zstd -d, gunzip, unzip)");
  if (line_.find('\0') != std::string_view::npos) return fail("holds NUL bytes: no text", where());
  if (!is_valid_utf8(line_)) return fail("not UTF-8", where(), "convert it: iconv -t utf-8");
  return {};
}

std::string source_line(std::string_view kind, const std::string& path, std::string_view licence,
                        std::string_view usual) {
  std::string name = path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
  std::string out =
      std::string(kind) + ": " + name + " (" + std::string(licence.empty() ? usual : licence) + ")";
  for (char& c : out)
    if (c == '\n') c = ' ';
  return out;
}

}  // namespace annalist
