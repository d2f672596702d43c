// One sense a document: the tagger reads sentence by sentence and may call one name a town here and a body
// there.
#pragma once

#include <span>

#include "doc/document.h"
#include "doc/tree.h"
#include "lang/territory.h"

namespace annalist::lang {

/// Gives all names of the same words one type: the one most of them have, of equals the one that comes first
/// in the text. A name that is the last word of a person's fuller name is that person, unless most of its own
/// mentions say otherwise. With `territory`, a name tagged as a person's that stands once where only ground
/// does is a place. `mentions` of the whole document.
void settle_name_types(const Tree& tree, std::span<Mention> mentions,
                       const TerritoryWords* territory = nullptr);

}  // namespace annalist::lang
