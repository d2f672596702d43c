// Actors without a name: "Syrian rebels", "a police officer", "fighters loyal to Haftar", "An Al Nusra
// fighter".
//
// The head noun gives a kind; modifiers, possessors, "of" and "affiliated to" complements give side and
// country; both give the CAMEO code. The rules of precedence stand beside the code in compose.cpp.
#pragma once

#include "actor/context.h"

namespace annalist {

/// The actor that the phrase headed by `head` describes; kind none when the noun names no actor. Reads the
/// drafts of name mentions. Never follows more than `depth` complements.
ActorDraft compose(const ActorContext& context, Id<Token> head, int depth = 3);

/// Fills the drafts of all nominal mentions.
void compose_nominals(ActorContext& context);

}  // namespace annalist
