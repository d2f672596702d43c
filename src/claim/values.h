// What one claim says of an event by itself: how many, who, where, when; and who stands on whose side.
#pragma once

#include "claim/draft.h"

namespace annalist::claims {

struct Values {
  std::int32_t count = -1;  // how many it befell; -1: not said
  Id<Entity> actor;
  Id<Place> place;
  Id<Time> time;
};

/// The values in the clause of `trigger`, as far as they stand in the content of the draft.
Values values_of(const Context& context, const Draft& draft, Id<Event> event, Id<Token> trigger);

/// How many the verb's patient are: "killed 12 people", "the death toll was 17"; -1 if not said.
std::int32_t number_at(const Context& context, Id<Token> trigger);

/// One side: the same entity or actor, one a part, member or leader of the other by the actor data or by what
/// the report says.
bool same_side(const Context& context, Id<Entity> a, Id<Entity> b);

/// Two places of which neither holds the other: told apart by name, country and at least 25 km.
bool places_clash(const Document& doc, Id<Place> a, Id<Place> b);
/// Two expressions that share no day.
bool times_clash(const Document& doc, Id<Time> a, Id<Time> b);

/// For whom the source speaks: "a spokesman for the army", "a fighter from the front", "army spokesman", and
/// who a leader leads. None if the words do not say.
Id<Entity> affiliation_of(const Context& context, const Source& source, Id<Entity> entity);

/// When it was said: the time expression on the cue ("said on Sunday").
Id<Time> said_at(const Context& context, const Draft& draft);

}  // namespace annalist::claims
