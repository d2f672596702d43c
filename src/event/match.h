// Finds the triggers of a document and fills the frames they evoke. One trigger gives at most one draft: the
// frame whose conditions hold and say most, if the scorer of senses does not rule its type out.
#pragma once

#include <vector>

#include "event/draft.h"
#include "event/senses.h"

namespace annalist::event {

/// Drafts in text order. Sentences outside the body, and sentences a sense filter catches, give none.
std::vector<Draft> find_drafts(const Scene& scene, const Arguments& arguments, const Senses& senses);

}  // namespace annalist::event
