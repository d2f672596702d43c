// The words the codebook knows, as numbers. Word 0 means "not in the codebook", so one array lookup rejects
// most of a document. Built once while loading, then only read: shared by all threads.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "doc/document.h"

namespace annalist::event {

using Word = std::uint32_t;

/// A set of named word classes ("armed", "place", ...), one bit each; up to 128.
__extension__ using ClassMask = unsigned __int128;

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
