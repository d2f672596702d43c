// Whose words: the source of a cue, found over the tree, and the kind of source it is.
#pragma once

#include "claim/draft.h"

namespace annalist::claims {

/// The source of a verb: its subject, or the subject it shares (conjunction, participle, control), or in the
/// passive its agent. Without one the head is none.
Source source_of_verb(const Context& context, Id<Token> verb, bool passive);

/// The source of a noun: its possessor, its agent ("by", "from"), or the subject of the verb that carries it
/// ("issued a denial").
Source source_of_noun(const Context& context, Id<Token> noun);

/// The whole noun phrase of a head: titles, appositions, coordinated heads and relative clauses included,
/// without a leading preposition and without edge punctuation.
Source source_at(const Context& context, Id<Token> head);

/// What kind of source speaks: by the actor that the words name, by the head noun, its titles and
/// appositions. `entity` may be none.
SourceKind kind_of(const Context& context, const Source& source, Id<Entity> entity);

/// The entity of a source: of the mention with the same head, else none.
Id<Entity> entity_of(const Context& context, const Source& source);

}  // namespace annalist::claims
