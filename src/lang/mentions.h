// Who and what a text speaks of: names from the tagger, noun phrases and pronouns from the tree.
#pragma once

#include <span>
#include <vector>

#include "doc/document.h"
#include "doc/tree.h"
#include "lang/model.h"
#include "lang/territory.h"

namespace annalist::lang {

/// Name tags of the document's tokens, by token; tokens outside the coded text have tag 0 ("O").
using TokenTags = std::vector<std::uint8_t>;

/// Appends the mentions of one sentence, by beginning, longer ones first:
/// - every tagged name; its head is the word of the span whose own head lies outside;
/// - every noun phrase headed by a NOUN, or by a PROPN that no name covers, with the words of Tree::phrase;
/// - with `territory`, who holds a place in "under rebel control", though the noun heads no phrase;
/// - every personal, possessive and reflexive pronoun that is no expletive.
/// A noun inside a name makes no mention of its own.
void find_mentions(const Tree& tree, const Sentence& sentence, const Model& model, const TokenTags& tags,
                   std::vector<Mention>& out, const TerritoryWords* territory = nullptr);

}  // namespace annalist::lang
