// What is known of a name that no gazetteer has, or has only elsewhere: the place that the text says it lies
// in, else the country that the report speaks of. Pure functions, any thread.
#pragma once

#include <vector>

#include "place/gazetteer.h"
#include "place/resolve.h"
#include "place/spot.h"

namespace annalist {

struct StandIn {
  Id<PlaceRecord> within;  // stated by the text: "X in Y province", "X (Y)"; its point may stand for X's
  Id<PlaceRecord> beside;  // the nearest resolved place in its sentence, smaller than a country
  std::uint16_t country = PlaceRecord::kNoCountry;  // of `within`; else of the names around it
};

/// Parallel to `candidates`; empty entries for names that are resolved or not accepted. `unresolved` is the
/// score below which a name's best place is not believed. O(candidates^2) at worst, for unresolved ones.
std::vector<StandIn> stand_ins(const Document& doc, const Gazetteer& gazetteer,
                               const std::vector<PlaceCandidate>& candidates,
                               const std::vector<ResolvedName>& names, const std::vector<bool>& accepted,
                               float unresolved);

}  // namespace annalist
