// Which place is said to lie in which: "X, Y", "X (Y)", "X in Y province". Fills PlaceCandidate::holder and
// what goes with it. Free functions over one document's candidates; any thread.
#pragma once

#include <vector>

#include "doc/document.h"
#include "place/gazetteer.h"
#include "place/spot.h"
#include "place/words.h"

namespace annalist {

/// Whether place p lies in place q, the record of `id`: by unit codes, or by distance for regions.
bool lies_in(const Gazetteer& gaz, const PlaceRecord& p, const PlaceRecord& q, Id<PlaceRecord> id);

/// Links the candidates of a document, in text order, to their holders and shares class words along lists.
void link_holders(const Document& doc, const Gazetteer& gazetteer, const PlaceWords& words,
                  std::vector<PlaceCandidate>& candidates);

}  // namespace annalist
