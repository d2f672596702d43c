// Typed indexes. Id<Token> cannot be mixed up with Id<Sentence>, costs four bytes and means "position in
// the column of that record type". The default is "none".
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace annalist {

template <class Record>
struct Id {
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  std::uint32_t value = kNone;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t v) : value(static_cast<std::uint32_t>(v)) {}
  constexpr explicit operator bool() const { return value != kNone; }
  constexpr auto operator<=>(const Id&) const = default;
};

/// A half-open run of records in one column: [first, first + count).
template <class Record>
struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;

  constexpr bool empty() const { return count == 0; }
  constexpr std::uint32_t end() const { return first + count; }
  constexpr bool contains(Id<Record> id) const { return id.value >= first && id.value < first + count; }
  constexpr Id<Record> operator[](std::size_t i) const { return Id<Record>(first + i); }
  constexpr bool operator==(const Range&) const = default;
};

}  // namespace annalist
