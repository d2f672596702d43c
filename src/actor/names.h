// Names in the text -> entries of the base; names nobody knows -> guessed actors.
#pragma once

#include <string>
#include <string_view>

#include "actor/context.h"

namespace annalist {

/// Fills the drafts of all name mentions that the base, the country table or the report itself explains:
/// names and acronyms by date and country, "Full Name (FN)", family names of persons named in full, short
/// forms
/// ("the Revolutionary Front" after "the Syria Revolutionary Front").
void link_names(ActorContext& context);

/// Guesses the kind and country of the names that link_names left open, from the words in the name, from
/// titles before it and from apposition; then passes the guesses on to their short forms. Guessed drafts
/// carry ActorFlag::guessed. Runs after link_names.
void guess_names(ActorContext& context);

/// The entry that a name means in this report; null when none, or when the report gives too little support.
/// Candidates are weighed by: validity on the reference day, country in the report, the full name elsewhere
/// in the report, priority. An entry of negative priority needs its country or its full name in the report; a
/// bare family name needs the country or a term of office on that day.
const ActorEntry* entry_for(const ActorContext& context, std::string_view text, EntityType type);

/// The country of what stands before or after a head as its owner: "Chile's Ministry of Mines", "the Omani
/// parliament", "trade unions in Denmark"; empty when nothing says.
std::string owner_country(const ActorContext& context, Id<Token> head);

/// What an entry means on the reference day.
ActorDraft draft_of(const ActorContext& context, const ActorEntry& entry);
/// A state as an actor.
ActorDraft draft_of(const ActorCountry& country);

}  // namespace annalist
