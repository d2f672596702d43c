// How a source stands to what it says, as far as the words said show it: plain "said" with "would return" in
// its content predicts, with "we will fight on" vows, with "must leave" demands. The verb's own stance
// (claims-verbs.txt) comes first; this reads on where the verb only asserts. Stateless, any thread.
#pragma once

#include "claim/draft.h"

namespace annalist::claims {

/// The stance of a draft by verb and content. `entity`: of every draft, none if unknown.
Stance stance_of(const Context& context, const Draft& draft, Id<Entity> entity);

/// What the words of the content take back: "may", "probably", "whether".
Certainty certainty_of(const Context& context, const Draft& draft);

/// True if the topmost predicate of the content is negated.
bool content_denies(const Context& context, const Draft& draft);

/// "I", "we".
bool first_person(const Context& context, const Source& source);

}  // namespace annalist::claims
