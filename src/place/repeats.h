// What one mention of a name says for the others of its document: that it stood in a clear place position, or
// behind a given name. Pure function, any thread.
#pragma once

#include <vector>

#include "place/spot.h"

namespace annalist {

/// Sets the cues `elsewhere` and `person_elsewhere`. O(candidates).
void mark_repeats(std::vector<PlaceCandidate>& candidates);

}  // namespace annalist
