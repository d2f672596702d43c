// FEATS string -> MorphFlag bits.
#pragma once

#include <cstdint>
#include <string_view>

#include "doc/enums.h"

namespace annalist {

/// The flags of a CoNLL-U FEATS value such as "Mood=Ind|Tense=Past|VerbForm=Fin".
std::uint16_t morph_flags(std::string_view feats);

/// The Deprel of a CoNLL-U relation; an unknown subtype falls back to its base, an unknown base to dep.
Deprel deprel_of(std::string_view name);

}  // namespace annalist
