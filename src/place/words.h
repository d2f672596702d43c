// The word lists of data/places/words.txt: class words ("province"), cues ("in", "said"), and words that
// look like places and are not. Immutable after load, shared by threads. Keys are lower case.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"
#include "place/gazetteer.h"

namespace annalist {

/// A set of PlaceKinds, one bit each.
using KindMask = std::uint16_t;
constexpr KindMask mask_of(PlaceKind k) { return static_cast<KindMask>(1u << static_cast<unsigned>(k)); }

struct WordHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
};
using WordSet = std::unordered_set<std::string, WordHash, std::equal_to<>>;
using KindWords = std::unordered_map<std::string, KindMask, WordHash, std::equal_to<>>;

struct PlaceWords {
  /// "Idlib province", "province of Idlib", "Mount Sinjar", "Idlib governor": the kinds that the class word
  /// allows.
  KindWords class_after, class_of, class_before, class_rules;
  WordSet preposition_in, preposition_at, direction, near_of, near, speech, title, given, org_after,
      org_before, place_head, part;
  WordSet never, never_phrase;

  /// Needs "places/words.txt"; an Error names an unknown entry or kind.
  static Result<PlaceWords> load(const std::vector<DataText>& files);
};

/// The kinds a word allows, or 0.
inline KindMask kinds(const KindWords& words, std::string_view word) {
  const auto it = words.find(word);
  return it == words.end() ? KindMask(0) : it->second;
}

}  // namespace annalist
