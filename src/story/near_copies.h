// Near copies among many texts: wire stories reprinted, cut, or updated.
//
// Word 5-grams of the folded text are hashed; MinHash signatures (42 bands of 3 rows) give candidate pairs
// with a Jaccard of .3 or more at 69 % recall, of .5 or more at 99.6 %; exact measures of each candidate
// decide. Deterministic. Memory: 8 bytes a word and 1 KiB a document. After A. Broder, "On the resemblance
// and containment of documents" (1997).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace annalist {

enum class CopyKind : std::uint8_t { same, copy, update };

struct CopyPair {
  std::uint32_t a = 0, b = 0;  // indexes of the texts, a < b
  CopyKind kind = CopyKind::copy;
  float jaccard = 0;
  float containment = 0;  // share of the shorter text's 5-grams that stand in the longer
};

class NearCopies {
 public:
  /// Adds a text; its index is the number of texts added before.
  void add(std::string_view text);
  /// All pairs with a Jaccard of at least `jaccard`, or a containment of at least `containment`, in order of
  /// a, b. `same`: equal when folded. `update`: one holds most of the other and has a fifth more to say. Else
  /// `copy`.
  std::vector<CopyPair> pairs(float jaccard = 0.3F, float containment = 0.5F) const;

 private:
  static constexpr std::size_t kBands = 42, kRows = 3;
  std::vector<std::vector<std::uint64_t>> shingles_;  // a text: its 5-gram hashes, sorted, each once
  std::vector<std::uint64_t> whole_;                  // a text: hash of the whole folded text
  std::vector<std::uint64_t> bands_;                  // kBands band hashes a text
};

}  // namespace annalist
