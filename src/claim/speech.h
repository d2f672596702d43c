// Direct speech: which quotation belongs to which attribution, and who speaks where no cue says so.
#pragma once

#include <vector>

#include "claim/draft.h"

namespace annalist::claims {

/// Gives every quotation that is speech to a draft: to the one whose content it overlaps, else to the nearest
/// cue of its sentence, else to the speaker of the quotation before it. A quotation that opens a paragraph
/// without a cue goes on with the last speaker of the paragraph before, as a draft of its own. Quoted names
/// and single words ("the 'Free Army'") belong to nobody.
void attach_speech(const Context& context, std::vector<Draft>& drafts);

/// Makes a draft of its own of every further sentence of a speech that tells of an event of force or of what
/// changes the ground; other sentences stay with the claim they continue. Drops drafts that ended without
/// content.
void split_by_event(const Context& context, std::vector<Draft>& drafts);

/// True if all words of the content stand in quotation marks; `any` is set if some do.
bool all_quoted(const Context& context, const Draft& draft, bool& any);

}  // namespace annalist::claims
