// 64-bit hashes for tables and shingles. The same on every machine; not for secrets.
#pragma once

#include <cstdint>
#include <string_view>

namespace annalist {

/// Spreads the bits of a number: the finaliser of splitmix64.
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30, x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27, x *= 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// FNV-1a, spread.
constexpr std::uint64_t hash64(std::string_view s) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix64(h);
}

}  // namespace annalist
