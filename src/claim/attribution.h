// Finds the attributions of a document: a cue, its source, its content and how it is said. Direct speech is
// attached afterwards (claim/speech.h), so that a draft here may still be without content.
#pragma once

#include <vector>

#include "claim/draft.h"

namespace annalist::claims {

/// Drafts of all body sentences, ordered by cue. O(tokens).
std::vector<Draft> find_attributions(const Context& context);

}  // namespace annalist::claims
