// The codes of other schemes for a merged event: ACLED by who fights whom, PLOVER contexts by the words
// around it.
#pragma once

#include <string>

#include "event/merge.h"

namespace annalist::event {

/// The first rule of the type that fits the event's sides and, for a demonstration, what the events told
/// near it say; null when ACLED has none. O(events).
const AcledRule* acled_of(const Scene& scene, const std::vector<Draft>& drafts,
                          const std::vector<Merged>& events, const Merged& event);

/// The PLOVER type and mode by the event's type and status; null: none.
const PloverRule* plover_of(const Scene& scene, const Merged& event);

/// PLOVER contexts, in the order of contexts.txt, joined by '|': those of the type, and those whose words
/// stand in a sentence that mentions the event.
std::string contexts_of(const Scene& scene, const std::vector<Draft>& drafts, const Merged& event);

/// 0..1: how complete and how plainly said the event is.
float confidence_of(const Merged& event);

}  // namespace annalist::event
