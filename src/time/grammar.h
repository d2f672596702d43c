// The grammar of time expressions: which runs of atoms are one, and what they say. Hand-written recursive
// descent with bounded look-ahead: every rule reads at most a few dozen atoms, so a block costs time linear
// in its length. Immutable, shared by all threads.
#pragma once

#include <vector>

#include "time/expression.h"
#include "time/lexer.h"

namespace annalist::timex {

/// Appends the expressions of `atoms`, left to right, without overlap; the longest reading at a place wins.
void find_expressions(const AtomList& atoms, const Lexicon& lexicon, std::vector<Expression>& out);

}  // namespace annalist::timex
