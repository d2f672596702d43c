// Interviews and transcripts: paragraphs that open with who speaks and a colon ("Q:", "MR. HASSAN:"). What
// follows is said by that speaker up to the next such paragraph, whatever the tags and the rules for colons
// make of it. Stateless, any thread; O(tokens).
#pragma once

#include <vector>

#include "claim/draft.h"

namespace annalist::claims {

/// If two or more paragraphs are turns, adds a draft for each, in place of what was found for its colon.
void add_turns(const Context& context, std::vector<Draft>& drafts);

/// "State television quoted a commander as saying that ...": adds the outlet's draft around the commander's.
void add_carriers(const Context& context, std::vector<Draft>& drafts);

}  // namespace annalist::claims
