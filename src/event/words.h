// The words the codebook knows, as numbers. Word 0 means "not in the codebook", so one array lookup rejects
// most of a document. Built once while loading, then only read: shared by all threads.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "doc/document.h"

namespace annalist::event {

using Word = std::uint32_t;

/// A set of named word classes ("armed", "place", ...), one bit each.
class ClassMask {
 public:
  static constexpr std::size_t kMost = 256;  // classes

  constexpr ClassMask(std::uint64_t low = 0) : bits_{low} {}  // 0: none; 1: the first class, to be shifted
  explicit constexpr operator bool() const { return *this != ClassMask(); }
  friend constexpr bool operator==(const ClassMask&, const ClassMask&) = default;
  friend constexpr ClassMask operator|(ClassMask a, const ClassMask& b) { return a |= b; }
  friend constexpr ClassMask operator&(ClassMask a, const ClassMask& b) {
    for (std::size_t i = 0; i < kWords; ++i) a.bits_[i] &= b.bits_[i];
    return a;
  }
  friend constexpr ClassMask operator^(ClassMask a, const ClassMask& b) {
    for (std::size_t i = 0; i < kWords; ++i) a.bits_[i] ^= b.bits_[i];
    return a;
  }
  friend constexpr ClassMask operator~(ClassMask a) {
    for (std::uint64_t& word : a.bits_) word = ~word;
    return a;
  }
  constexpr ClassMask& operator|=(const ClassMask& b) {
    for (std::size_t i = 0; i < kWords; ++i) bits_[i] |= b.bits_[i];
    return *this;
  }
  /// The set of the class `n` alone, if this is that of the first one.
  friend constexpr ClassMask operator<<(const ClassMask& a, std::size_t n) {
    ClassMask out;
    out.bits_[n / 64] = a.bits_[0] << (n % 64);
    return out;
  }

 private:
  static constexpr std::size_t kWords = kMost / 64;
  std::array<std::uint64_t, kWords> bits_;
};

class Words {
 public:
  Word add(std::string_view word) {
    if (const Word known = find(word)) return known;
    const auto id = static_cast<Word>(classes_.size());
    ids_.emplace(std::string(word), id);
    classes_.push_back(0);
    return id;
  }
  Word find(std::string_view word) const {
    const auto it = ids_.find(word);
    return it == ids_.end() ? 0 : it->second;
  }
  std::size_t size() const { return classes_.size(); }
  ClassMask classes(Word w) const { return classes_[w]; }
  void mark(Word w, ClassMask mask) { classes_[w] |= mask; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::unordered_map<std::string, Word, Hash, std::equal_to<>> ids_;
  std::vector<ClassMask> classes_{0};
};

}  // namespace annalist::event
