// Each distinct string of a document is stored once; records hold a StrId. Id 0 is the empty string.
// Ids are given in order of first use, so equal inputs give equal ids. Not thread-safe; one owner.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/arena.h"

namespace annalist {

struct StrId {
  std::uint32_t value = 0;
  constexpr bool empty() const { return value == 0; }
  constexpr explicit operator bool() const { return value != 0; }
  constexpr bool operator==(const StrId&) const = default;
};

class Interner {
 public:
  explicit Interner(Arena& arena) : arena_(&arena) { strings_.push_back({}); }

  StrId intern(std::string_view s) {
    if (s.empty()) return {};
    if (auto it = ids_.find(s); it != ids_.end()) return {it->second};
    const std::string_view kept = arena_->copy(s);
    const auto id = static_cast<std::uint32_t>(strings_.size());
    strings_.push_back(kept);
    ids_.emplace(kept, id);
    return {id};
  }

  /// The string of an id of this interner.
  std::string_view operator[](StrId id) const { return strings_[id.value]; }

 private:
  Arena* arena_;
  std::vector<std::string_view> strings_;
  std::unordered_map<std::string_view, std::uint32_t> ids_;
};

}  // namespace annalist
