// What a person should look at in the actor data: dates that overlap, leave gaps or contradict each other,
// names that two actors share, persons who may be one. Loading (actor_base) refuses what is wrong; this tells
// what is odd.
#pragma once

#include <string>
#include <vector>

#include "actor/actor_base.h"

namespace annalist {

/// "file:line: what it is; what to do", grouped by kind and in file order within it. Ends of terms that are
/// known to the year or month only are given that much room.
std::vector<std::string> check_actors(const ActorBase& base);

}  // namespace annalist
