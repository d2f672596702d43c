// What looks like a claim and says nothing: "did not answer calls", "no group claimed the attack".
#pragma once

#include "claim/draft.h"

namespace annalist::claims {

/// True if nobody is its source, or if it only leaves a call or a question without an answer.
bool says_nothing(const Context& c, const Draft& draft);

}  // namespace annalist::claims
