// UTF-8: decoding, repair, and the one conversion between byte offsets (C++) and code points (JSON).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace annalist {

/// Decodes the code point at `s[at]` and moves `at` past it. Bytes that are no UTF-8 give U+FFFD, one each.
/// `at` must be < s.size().
char32_t next_code_point(std::string_view s, std::size_t& at);

void append_utf8(std::string& out, char32_t c);

bool is_valid_utf8(std::string_view s);

/// `s` with every byte that is no UTF-8 replaced by U+FFFD; NUL bytes too.
std::string repair_utf8(std::string_view s);

std::size_t count_code_points(std::string_view s);

/// Byte <-> code point offsets of one text. Building is O(bytes), both directions O(1) amortised (a table
/// entry every 64 bytes). Pure ASCII costs nothing.
class OffsetMap {
 public:
  explicit OffsetMap(std::string_view text);
  std::uint32_t to_code_points(std::uint32_t byte) const;
  std::uint32_t to_bytes(std::uint32_t code_point) const;
  Span to_code_points(Span s) const { return {to_code_points(s.begin), to_code_points(s.end)}; }
  Span to_bytes(Span s) const { return {to_bytes(s.begin), to_bytes(s.end)}; }

 private:
  std::string_view text_;
  bool ascii_ = false;
  std::vector<std::uint32_t> code_points_at_;  // code points before byte 64 * i
};

}  // namespace annalist
