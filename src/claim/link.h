// What the claims are about: the events in their contents, the events of the claim they answer, and the
// events that only the report itself tells.
#pragma once

#include <vector>

#include "claim/draft.h"
#include "claim/values.h"

namespace annalist::claims {

/// That a draft speaks of an event, and whether it says that it happened.
struct Statement {
  std::uint32_t draft = 0;
  Id<Event> event;
  Id<Token> trigger;  // none when the link is by reference ("denied the report")
  bool positive = true;
  bool settled = true;  // false: doubted, asked, supposed; no side in a conflict
  Values values = {};   // in the words of this claim
  bool admission = false;
};

/// Adds a draft in the narrator's voice for every body sentence that tells of an event outside all other
/// contents: its content is the sentence without what others say in it.
void add_narrator(const Context& context, std::vector<Draft>& drafts);

/// Statements ordered by draft, then trigger. An event mention counts for the innermost content around it.
/// A content that only refers ("the report", "the accusation") takes the statements of the nearest claim by
/// another source before it. `entity` gives the source of each draft.
std::vector<Statement> link_events(const Context& context, const std::vector<Draft>& drafts,
                                   const std::vector<Id<Entity>>& entity);

/// True if the content only points at something said before: "the report", "it". What is wanted does not:
/// "asked for comment".
bool refers(const Context& context, const Draft& draft);

/// True if the words between the top of the content and `t` negate it: "no fighters had defected".
bool negated_in_content(const Context& context, const Draft& draft, Id<Token> t);

}  // namespace annalist::claims
