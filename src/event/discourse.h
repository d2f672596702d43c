// Place and time of events whose own words give none: from the sentence, from what was told before, from the
// headline, from what the whole report speaks of. Says for each event what its place and its time rest on.
// A dateline never places an event: it is where the story was filed.
#pragma once

#include <vector>

#include "event/draft.h"
#include "event/merge.h"

namespace annalist::event {

/// Fills place, places, from, to, precision and the two bases of every event. Places and times that the words
/// gave stay; a mere country gives way to a finer place in it that the sentence puts the event in.
/// O(events x (places + sentences within reach)).
void place_and_date(const Scene& scene, const std::vector<Draft>& drafts, std::vector<Merged>& events);

}  // namespace annalist::event
