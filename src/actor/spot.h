// Names of the base that stand in the text, whether or not the name finder saw them: the tagger of names is
// not of one mind about "Islamic State", "Oath Keepers" or a bare "FSB", the list is.
#pragma once

#include <vector>

#include "actor/context.h"

namespace annalist {

/// The longest known names of every sentence, left to right, without overlap. A name of one word counts only
/// as an acronym written as in the base, or as a proper noun that no other name covers.
std::vector<ActorSpot> spot_names(const ActorContext& context);

}  // namespace annalist
