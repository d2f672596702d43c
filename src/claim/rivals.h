// Claims by different sources that tell one happening with another doer, place or time: "the army said rebels
// shelled the market" and "the rebels said the army did".
#pragma once

#include <vector>

#include "claim/link.h"

namespace annalist::claims {

/// A pair of statements that cannot both be right.
struct Rival {
  std::size_t a = 0, b = 0;  // into `statements`; a stands first in the text
  ConflictKind kind = ConflictKind::actor;
};

/// Only attributed, settled, positive statements with a trigger are compared, a few sentences apart at most.
/// Two doers are rivals where the one who speaks is the one whom the other names, or where both accuse; two
/// places or times where a doer, a victim or the definite words ("the blast") say that one event is meant.
/// `entity` gives the source of each draft. O(n^2) over at most 400 statements.
std::vector<Rival> find_rivals(const Context& context, const std::vector<Draft>& drafts,
                               const std::vector<Id<Entity>>& entity,
                               const std::vector<Statement>& statements);

}  // namespace annalist::claims
