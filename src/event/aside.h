// Places that a sentence names in passing: where somebody speaks, where a deal was struck.
#pragma once

#include "event/scene.h"

namespace annalist::event {

/// Within the words of somebody who speaks, as who he is or where he speaks. "Observers heard explosions near
/// X" tells of X: nobody speaks near, along or between places.
bool of_speaker(const Scene& scene, Id<Token> place);

/// "freed in a deal that was brokered in X", "after talks in X": there it was talked about, where a deed of
/// that type was not done.
bool of_talks(const Scene& scene, Id<Token> place, TypeId deed);

}  // namespace annalist::event
