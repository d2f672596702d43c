// Who stands with or against whom: said outright ("led by", "an affiliate of", "backed by") or shown by
// events.
#pragma once

#include <vector>

#include "event/merge.h"

namespace annalist::event {

/// Relations between entities, one a (a, kind, b); the first evidence counts. Symmetric kinds are stored with
/// the entity first mentioned as `a`.
std::vector<Relation> relations_of(const Scene& scene, const Arguments& arguments,
                                   const std::vector<Draft>& drafts, const std::vector<Merged>& events);

}  // namespace annalist::event
