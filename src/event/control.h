// What events say of who holds a place.
#pragma once

#include <vector>

#include "event/merge.h"

namespace annalist::event {

/// One Control record a place that an actual capture, entry, withdrawal, handover or siege changes hands or
/// is threatened, and one, without an event, a `standing` that tells whose a place is or that it is
/// contested. `events` and the Event records written from them have the same indexes; `drafts` are those they
/// were merged from, `statements` those of `standing`.
std::vector<Control> control_of(const Scene& scene, const std::vector<Draft>& drafts,
                                const std::vector<Merged>& events, const std::vector<Draft>& statements,
                                const std::vector<Merged>& standing);

}  // namespace annalist::event
