// "The town", "the country": the place, told before, that a definite class noun stands for. That is the scene
// of the last event whose place is of that class, not the place named last: "Rebels seized X. Fighters came
// from Y. They looted the town."
#pragma once

#include <span>

#include "event/draft.h"
#include "event/scene.h"

namespace annalist::event {

/// True for "village", "district", a noun that says which sort of place, unless it is too small for that one.
bool may_mean(const Scene& scene, Id<Token> noun, Id<Place> place);

/// `told`: the drafts before, in order, with their places. None if `head` is no such noun, names a place
/// itself, or nothing that fits was told within a few sentences. O(drafts and places within reach).
Id<Place> place_told_before(const Scene& scene, Id<Token> head, std::span<const Draft> told);

}  // namespace annalist::event
