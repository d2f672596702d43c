// How many were killed, wounded or taken, as the words beside an event give it: "at least 12 people,
// including two children", "dozens", "killing 12 and wounding 30", "the death toll rose to 40", "no one was
// hurt".
#pragma once

#include <vector>

#include "event/draft.h"

namespace annalist::event {

/// The number a noun phrase states, with its bounds, conjuncts added up; unknown when it states none.
/// "no one" is 0, one named person is 1.
Count quantity(const Scene& scene, const Arguments& arguments, Id<Token> head);

/// Gives the drafts [first, last) of one sentence their casualties, and lets a harm that another event of the
/// sentence brought ("the blast killed 12") flow into that event: its draft is then `absorbed`.
void read_counts(const Scene& scene, const Arguments& arguments, std::vector<Draft>& drafts,
                 std::size_t first, std::size_t last);

}  // namespace annalist::event
