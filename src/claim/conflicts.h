// Claims about one event that cannot both be right: did it happen, how many, why.
#pragma once

#include <vector>

#include "claim/link.h"

namespace annalist::claims {

struct Clash {
  Id<Event> event;
  ConflictKind kind = ConflictKind::polarity;
  std::vector<std::uint32_t> drafts;  // sorted
};

/// Finds conflicts between different sources, ordered by event, then kind. A denied event that was kept apart
/// from the asserted one is joined to it where type and arguments agree, and so are accounts of the causes of
/// one event: the statement about the other event is added to `statements`.
std::vector<Clash> find_conflicts(const Context& context, const std::vector<Draft>& drafts,
                                  const std::vector<Id<Entity>>& entity, std::vector<Statement>& statements);

}  // namespace annalist::claims
