// What the model's tags of deeds (DeedTag) say beside the frames: a doer, victim, thing or weapon
// that the report names away from the verb, and whether a sentence with a violent word tells of an incident
// at all. Frames propose, tags fill and doubt: no event comes from a tag alone. Without the tags nothing
// changes.
#pragma once

#include <vector>

#include "event/draft.h"

namespace annalist::event {

/// Gives the violent drafts of a long report the participants that only the tags know. Before status is read.
void fill_from_deeds(const Scene& scene, std::span<const DeedTag> tags, std::vector<Draft>& drafts);

/// Takes from the violent drafts of a long report whom the tags know in no part of an incident. After counts.
void drop_untold(const Scene& scene, std::span<const DeedTag> tags, std::vector<Draft>& drafts);

/// Marks as generic the violent nouns of a long report that lack a side, a number, a day and an event told
/// before, and in whose sentence no word has a part in an incident. After status.
void doubt_by_deeds(const Scene& scene, std::span<const DeedTag> tags, std::vector<Draft>& drafts);

/// How sure the model is, of 255, that the sentence of the draft tells such an act of the police; -1: no
/// tags.
int police_share(const Scene& scene, std::span<const DeedTag> tags, const Draft& draft);

}  // namespace annalist::event
