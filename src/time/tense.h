// Which way a clause looks: back or ahead. Decides whether "on Saturday" is the last one or the next.
#pragma once

#include "doc/document.h"
#include "time/lexicon.h"

namespace annalist::timex {

/// The tense of the clause around token `at` of sentence `s`. From the parse where Syntax is filled, else
/// from the nearest telling word form. Bounded work: at most a few dozen tokens are looked at.
Tense tense_around(const Document& doc, const Lexicon& lexicon, const Sentence& s, std::uint32_t at);

}  // namespace annalist::timex
