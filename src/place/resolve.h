// Resolving: which place of the gazetteer each spotted name means. A linear score over traits of name and
// place (place/weights.h) in three passes: countries and clear names first; then all with the countries and
// units those speak for; then all with the distance to what is settled. One sense a document for a name,
// unless a mention has its own container or class word.
#pragma once

#include <vector>

#include "doc/document.h"
#include "place/gazetteer.h"
#include "place/spot.h"
#include "place/weights.h"

namespace annalist {

struct PlaceOption {
  Id<PlaceRecord> place;
  Traits traits{};
  float score = 0;
  float probability = 0;  // softmax over the options of the name
};

struct ResolvedName {
  std::vector<PlaceOption> options;  // best first; empty: not in the gazetteer
};

/// Parallel to `candidates`. `accepted[i]` says whether candidate i is taken for a place: only those speak
/// for countries and neighbours. O(candidates * options).
std::vector<ResolvedName> resolve_places(const Document& doc, const Gazetteer& gazetteer,
                                         const PlaceWeights& weights,
                                         const std::vector<PlaceCandidate>& candidates,
                                         const std::vector<bool>& accepted);

}  // namespace annalist
