// Whether the words say that it happened, is going on, is planned, threatened, demanded, possible, denied,
// past or habitual. One walk from the trigger to the root of its sentence: what stands on the way (negation,
// modals, "if", and the governing words of codebook/status.txt) decides.
#pragma once

#include "event/draft.h"

namespace annalist::event {

struct Reading {
  EventStatus status = EventStatus::actual;
  bool hedged = false;  // "reportedly", "alleged"
};

/// The reading of a draft. O(depth of the tree), bounded.
Reading read_status(const Scene& scene, const Arguments& arguments, const Draft& draft);

/// True for a noun that speaks of a kind of happening: "bombings have become rarer". To be asked when
/// participants, place and time are read: a bare plural with any of them tells of real ones.
bool speaks_of_kind(const Scene& scene, const Draft& draft);

}  // namespace annalist::event
