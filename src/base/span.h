// A half-open run of UTF-8 bytes [begin, end) of one document's text. JSON counts code points instead;
// base/utf8.h converts.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace annalist {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return end <= begin; }
  constexpr bool contains(std::uint32_t at) const { return begin <= at && at < end; }
  constexpr bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  constexpr bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  /// The smallest span that holds both. An empty span adds nothing.
  constexpr Span join(Span other) const {
    if (empty()) return other;
    if (other.empty()) return *this;
    return {std::min(begin, other.begin), std::max(end, other.end)};
  }
  constexpr auto operator<=>(const Span&) const = default;
};

}  // namespace annalist
