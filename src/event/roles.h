// From slots to participants: which filler may be an actor, a target, a place; conjuncts, partitives, weapons
// that stand for who fires them; and the means that make a type more telling.
#pragma once

#include "event/draft.h"

namespace annalist::event {

/// Fills participants, place hints and the means of a draft from its slots.
void fill_roles(const Scene& scene, const Arguments& arguments, const Frame& frame, Draft& draft);

/// False when the type asks for participants that the text does not give (speech acts need political ones).
bool acceptable(const Scene& scene, const Draft& draft);

}  // namespace annalist::event
