#include "base/utf8.h"

#include <algorithm>
#include <cstring>

namespace annalist {
namespace {

constexpr std::uint32_t kStride = 64;
constexpr bool is_lead(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// Length of the well-formed sequence at s[at], 0 if none (RFC 3629: no overlongs, no surrogates).
std::size_t sequence_length(std::string_view s, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[at + i]); };
  const auto tail = [&](std::size_t i) { return at + i < s.size() && (byte(i) & 0xC0) == 0x80; };
  const unsigned char b = byte(0);
  if (b < 0x80) return 1;
  if (b >= 0xC2 && b <= 0xDF) return tail(1) ? 2 : 0;
  if (b >= 0xE0 && b <= 0xEF) {
    if (!tail(1) || !tail(2)) return 0;
    if ((b == 0xE0 && byte(1) < 0xA0) || (b == 0xED && byte(1) > 0x9F)) return 0;
    return 3;
  }
  if (b >= 0xF0 && b <= 0xF4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if ((b == 0xF0 && byte(1) < 0x90) || (b == 0xF4 && byte(1) > 0x8F)) return 0;
    return 4;
  }
  return 0;
}

}  // namespace

char32_t next_code_point(std::string_view s, std::size_t& at) {
  const std::size_t n = sequence_length(s, at);
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(s[at + i]));
  };
  char32_t c = 0xFFFD;
  if (n == 1) c = byte(0);
  if (n == 2) c = (byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
  if (n == 3) c = (byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
  if (n == 4) c = (byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
  at += n ? n : 1;
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  const auto put = [&](char32_t v) { out.push_back(static_cast<char>(v)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18), put(0x80 | (c >> 12 & 0x3F)), put(0x80 | (c >> 6 & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

bool is_valid_utf8(std::string_view s) {
  for (std::size_t at = 0; at < s.size();) {
    // Eight bytes of ASCII at once: most of any page.
    std::uint64_t word = 0;
    while (at + sizeof word <= s.size()) {
      std::memcpy(&word, s.data() + at, sizeof word);
      if (word & 0x8080808080808080u) break;
      at += sizeof word;
    }
    if (at == s.size()) break;
    const std::size_t n = sequence_length(s, at);
    if (!n) return false;
    at += n;
  }
  return true;
}

std::string repair_utf8(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t at = 0; at < s.size();) {
    const std::size_t n = sequence_length(s, at);
    if (n && s[at] != '\0')
      out.append(s.substr(at, n));
    else
      append_utf8(out, 0xFFFD);
    at += n ? n : 1;
  }
  return out;
}

std::size_t count_code_points(std::string_view s) {
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), is_lead));
}

OffsetMap::OffsetMap(std::string_view text) : text_(text) {
  ascii_ =
      std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (ascii_) return;
  code_points_at_.reserve(text.size() / kStride + 2);
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i % kStride == 0) code_points_at_.push_back(count);
    count += is_lead(text[i]);
  }
  code_points_at_.push_back(count);
}

std::uint32_t OffsetMap::to_code_points(std::uint32_t byte) const {
  byte = std::min(byte, static_cast<std::uint32_t>(text_.size()));
  if (ascii_) return byte;
  const std::uint32_t block = byte / kStride;
  std::uint32_t count = code_points_at_[std::min<std::size_t>(block, code_points_at_.size() - 1)];
  for (std::uint32_t i = block * kStride; i < byte; ++i) count += is_lead(text_[i]);
  return count;
}

std::uint32_t OffsetMap::to_bytes(std::uint32_t code_point) const {
  if (ascii_) return std::min(code_point, static_cast<std::uint32_t>(text_.size()));
  // The last block that starts at or before the code point.
  auto it = std::upper_bound(code_points_at_.begin(), code_points_at_.end() - 1, code_point);
  const auto block = static_cast<std::uint32_t>(it - code_points_at_.begin()) - 1;
  std::uint32_t count = code_points_at_[block];
  std::uint32_t i = block * kStride;
  for (; i < text_.size(); ++i) {
    if (!is_lead(text_[i])) continue;
    if (count == code_point) return i;
    ++count;
  }
  return static_cast<std::uint32_t>(text_.size());
}

}  // namespace annalist
