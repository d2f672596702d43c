// How a report leaves each of its events standing: who says so, who denies it, whose word it rests on, by
// rules that leave a trace. It never decides who is right. Rules: docs/formats/document.md.
#pragma once

#include <string>
#include <vector>

#include "claim/conflicts.h"

namespace annalist::claims {

/// One event's assessment; the trace names drafts (kNoDraft for the closing step).
struct Judged {
  struct Step {
    const char* rule;
    std::uint32_t draft;
  };
  Assessment record;  // trace left empty
  std::vector<Step> steps;
};

/// "This group does not hesitate to kill civilians", said by a party of another: what one side charges the
/// other with in general, for no event of its own, accuses.
void mark_charges(const Context& context, std::vector<Draft>& drafts, const std::vector<Id<Entity>>& entity,
                  const std::vector<Statement>& statements);

/// Marks the statements that go against the interest of the side that makes them: an army that tells of its
/// own retreat or losses.
void mark_admissions(const Context& context, const std::vector<Draft>& drafts,
                     const std::vector<Id<Entity>>& entity, std::vector<Statement>& statements);

/// One a event, in order.
std::vector<Judged> assess(const Context& context, const std::vector<Draft>& drafts,
                           const std::vector<Id<Entity>>& entity, const std::vector<Statement>& statements,
                           const std::vector<Clash>& clashes);

}  // namespace annalist::claims
