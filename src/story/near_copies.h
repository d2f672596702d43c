// Near copies among many texts: wire stories reprinted, cut, or updated.
//
// Exact: every pair of texts that share enough word 5-grams is found, whatever the collection; no sketch
// decides. A text's 5-grams are hashed; an index of those that several texts share counts what each pair has
// in common. 5-grams that more than 400 texts share (a stock table's heading, a story in a thousand papers)
// are not counted one by one but as an upper bound, and pairs that the bound lets through are measured in
// full. A text that shares nothing but such 5-grams with others is compared with its nearest eight only, so
// that a thousand copies of one story hang together without a million pairs.
//
// Deterministic. Memory: 8 bytes a word, and 8 for each word of a shared 5-gram. Linear in the texts but for
// the pairs themselves. Measures after A. Broder, "On the resemblance and containment of documents" (1997).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace annalist {

enum class CopyKind : std::uint8_t { same, copy, update };

struct CopyText {
  std::string_view text;       // of the report: without what stands around it
  std::string_view when = {};  // when it was published, ISO 8601; empty: unknown
  bool revised = false;        // it says of itself that it corrects or updates an earlier version
};

struct CopyPair {
  std::uint32_t a = 0, b = 0;  // indexes of the texts: a came first, b copies it
  CopyKind kind = CopyKind::copy;
  float jaccard = 0;
  float containment = 0;  // share of the shorter text's 5-grams that stand in the longer
};

class NearCopies {
 public:
  /// Adds a text; its index is the number of texts added before. Keeps nothing of it but hashes.
  void add(const CopyText& text);
  /// All pairs with a Jaccard of at least `jaccard`, or a containment of at least `containment`, in order of
  /// the smaller, then the larger index. `same`: word for word. `update`: the later says so, or it holds most
  /// of the earlier and has a fifth more to say. Else `copy`. Which came first: by the time of publication;
  /// where that is not known or the same, by the marks of a revision, then by having less to say, then by
  /// index.
  std::vector<CopyPair> pairs(float jaccard = 0.3F, float containment = 0.5F) const;

 private:
  struct Text {
    std::uint64_t whole = 0;  // hash of all its words
    std::string when;
    bool revised = false;
  };
  std::size_t size(std::size_t i) const { return begin_[i + 1] - begin_[i]; }
  CopyPair judged(std::uint32_t i, std::uint32_t j, std::size_t both) const;
  std::vector<Text> texts_;
  std::vector<std::uint64_t>
      grams_;  // hashes of the 5-grams, text after text, each text's sorted and each once
  std::vector<std::size_t> begin_{0};           // where the grams of a text begin; one more than texts
  std::vector<std::uint64_t> words_, scratch_;  // of add
};

}  // namespace annalist
