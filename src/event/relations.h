// Who stands with or against whom: said outright ("led by", "an affiliate of", "backed by") or shown by
// events.
#pragma once

#include <vector>

#include "event/merge.h"

namespace annalist::event {

/// Relations between entities that the text states outright, by the patterns of relations.txt; one a
/// (a, kind, b), the first evidence counts. Symmetric kinds are stored with the entity first met as `a`.
std::vector<Relation> said_relations(const Scene& scene, const Arguments& arguments);

/// `said`, and after them the ones that the events show.
std::vector<Relation> relations_of(const Scene& scene, const std::vector<Relation>& said,
                                   const std::vector<Draft>& drafts, const std::vector<Merged>& events);

}  // namespace annalist::event
