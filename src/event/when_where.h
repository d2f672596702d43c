// Where and when: ties Place and Time records to drafts through the parse, not by being near. A speaker's
// place and day ("said in Damascus on Monday") are the claim's, not the event's.
#pragma once

#include <vector>

#include "event/draft.h"

namespace annalist::event {

/// The place a noun phrase speaks of: its own name, or the nearest one below it ("several villages in ...").
/// Among equals the finer one. None if it names no place.
Id<Place> place_of_phrase(const Scene& scene, Id<Token> head);

/// Fills place, places, time, from, to and precision of the drafts [first, last) of one sentence from that
/// sentence; may turn actual into historical or planned when the date says so.
void read_when_where(const Scene& scene, const Arguments& arguments, std::vector<Draft>& drafts,
                     std::size_t first, std::size_t last);

/// True when `before` is background ("in 2021, ...") to `draft`, which tells of now: it lends no scene.
bool tells_of_earlier(const Scene& scene, const Draft& before, const Draft& draft);

/// Lets drafts without a place take it from a neighbour that shares a participant, or from the lead.
void inherit_places(const Scene& scene, std::vector<Draft>& drafts);

}  // namespace annalist::event
