// What is said: the content that a cue's frames pick out of the tree.
#pragma once

#include <vector>

#include "claim/draft.h"

namespace annalist::claims {

/// The content of a verb by the first of its frames that fits, sorted; empty if none does. `preposition` gets
/// the word that belongs to the cue rather than to the content ("called for").
std::vector<std::uint32_t> content_of_verb(const Context& context, const Cue& cue, Id<Token> verb,
                                           bool passive, Id<Token>& preposition);

/// The content of a noun ("the claim that ...", "a threat to ...").
std::vector<std::uint32_t> content_of_noun(const Context& context, const Cue& cue, Id<Token> noun);

/// The clause around `inside`: its topmost predicate below the sentence root or the next clause boundary.
/// `to_root` climbs to the root of the sentence whatever lies between.
Id<Token> clause_around(const Context& context, Id<Token> inside, bool to_root);

}  // namespace annalist::claims
