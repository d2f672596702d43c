// What the parser gets wrong against all grammar, as whole news sentences show it, put right after it.
// A pure function of one reading.
#pragma once

#include <span>
#include <string_view>

#include "lang/heads.h"
#include "lang/model.h"

namespace annalist::lang {

/// - A verb with an object and no auxiliary of the passive is active, whatever its subject is called: "a bomb
///   killed ten". "Soldiers given medals" keeps its form, which is no past tense.
/// - What stands before the words that somebody says belongs to them, not to the saying: "In X, a strike
///   killed ten, the governor said."
/// - Nor does who says it act in those words: in "A has not let B go, two officials said" the officials may
///   hang on "let".
void mend_trees(const Model& model, std::span<const std::string_view> words, Parsed& parsed);

}  // namespace annalist::lang
