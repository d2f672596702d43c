#include "page/charset.h"

#include <iconv.h>
#include <uchardet/uchardet.h>

#include <algorithm>
#include <optional>

#include "base/strings.h"
#include "base/utf8.h"

namespace annalist::page {

namespace {

/// The charset of the first <meta charset=...> or http-equiv form within 2 KiB.
std::string meta_charset(std::string_view bytes) {
  const std::string head = lower(bytes.substr(0, 2048));
  for (std::size_t at = head.find("charset="); at != head.npos; at = head.find("charset=", at + 1)) {
    if (head.rfind("<meta", at) == head.npos && head.rfind("<?xml", at) == head.npos) continue;
    std::size_t from = at + 8;
    while (from < head.size() && (head[from] == '"' || head[from] == '\'' || head[from] == ' ')) ++from;
    std::size_t to = from;
    while (to < head.size() &&
           (is_alpha(head[to]) || is_digit(head[to]) || head[to] == '-' || head[to] == '_'))
      ++to;
    if (to > from) return head.substr(from, to - from);
  }
  return {};
}

/// As the HTML standard has it: pages that say Latin-1 mean Windows-1252.
std::string web_name(std::string_view name) {
  const std::string n = lower(trim(name));
  if (n == "iso-8859-1" || n == "latin1" || n == "latin-1" || n == "us-ascii" || n == "ascii")
    return "windows-1252";
  if (n == "iso-8859-9") return "windows-1254";
  if (n == "gb2312" || n == "gbk") return "gb18030";
  if (n == "ks_c_5601-1987" || n == "euc-kr") return "cp949";
  if (n == "utf8") return "utf-8";
  return n;
}

/// nullopt when the charset is unknown to iconv.
std::optional<Decoded> convert(std::string_view bytes, const std::string& charset) {
  iconv_t state = iconv_open("UTF-8", charset.c_str());
  if (state == iconv_t(-1)) return std::nullopt;
  Decoded out;
  out.text.resize(bytes.size() * 2 + 64);
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size(), used = 0;
  while (in_left > 0) {
    if (out.text.size() - used < 32) out.text.resize(out.text.size() * 2);
    char* to = out.text.data() + used;
    std::size_t room = out.text.size() - used - 16;
    const std::size_t before = room;
    const std::size_t rc = iconv(state, &in, &in_left, &to, &room);
    used += before - room;
    if (rc != std::size_t(-1) || errno == E2BIG) continue;
    out.repaired = true;  // EILSEQ or EINVAL: replace one byte, go on
    out.text.replace(used, 3, "\xEF\xBF\xBD");
    used += 3;
    ++in;
    --in_left;
  }
  out.text.resize(used);
  iconv_close(state);
  return out;
}

std::string guess(std::string_view bytes) {
  uchardet_t detector = uchardet_new();
  std::string name;
  if (uchardet_handle_data(detector, bytes.data(), std::min<std::size_t>(bytes.size(), 256 * 1024)) == 0) {
    uchardet_data_end(detector);
    name = uchardet_get_charset(detector);
  }
  uchardet_delete(detector);
  return name.empty() ? "windows-1252" : web_name(name);
}

}  // namespace

bool looks_binary(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return false;
  for (std::string_view magic : {"%PDF", "\x89PNG", "GIF8", "\xFF\xD8\xFF", "PK\x03\x04", "\x1F\x8B",
                                 "\x7F"
                                 "ELF",
                                 "RIFF"})
    if (head.starts_with(magic)) return true;
  const auto controls = std::count_if(head.begin(), head.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && !is_space(c) && c != 0x1B;
  });
  return std::size_t(controls) * 20 > head.size();
}

Decoded decode(std::string_view bytes, std::string_view declared, bool html) {
  std::string charset;
  bool valid = false;
  if (bytes.starts_with("\xEF\xBB\xBF")) {
    bytes.remove_prefix(3);
    charset = "utf-8";
  } else if (bytes.starts_with("\xFF\xFE")) {
    bytes.remove_prefix(2);
    charset = "utf-16le";
  } else if (bytes.starts_with("\xFE\xFF")) {
    bytes.remove_prefix(2);
    charset = "utf-16be";
  } else if (valid = is_valid_utf8(bytes); valid) {
    charset = "utf-8";  // hardly ever by chance, whatever the page says
  } else {
    charset = web_name(declared);
    if (charset.empty() && html) charset = web_name(meta_charset(bytes));
    if (charset.starts_with("utf-16")) charset = "utf-8";  // a page that could be read so far is not UTF-16
  }
  Decoded out;
  if (charset == "utf-8") {
    if (valid && bytes.find('\0') == bytes.npos) return {std::string(bytes), false};
    out.text = repair_utf8(bytes);
    out.repaired = out.text != bytes;
    // A few broken bytes in a UTF-8 page, or a page that is something else altogether?
    if (!out.repaired ||
        std::count(out.text.begin(), out.text.end(), '\xEF') * 50 < std::ptrdiff_t(out.text.size()))
      return out;
    charset.clear();
  }
  std::optional<Decoded> converted;
  if (!charset.empty()) converted = convert(bytes, charset);
  if (!converted) converted = convert(bytes, guess(bytes));
  if (!converted) converted = convert(bytes, "windows-1252");
  if (!converted) return {repair_utf8(bytes), true};
  if (converted->text.find('\0') != std::string::npos) converted->text = repair_utf8(converted->text);
  return std::move(*converted);
}

}  // namespace annalist::page
