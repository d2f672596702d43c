// Builds a Document from CoNLL-U text, so that stages after the parser can be tested on hand-made trees.
// Comment lines understood: "# date = 2014-11-01" (publication date), "# headline" (the next sentence is a
// headline block),
// "# newpar" (a new paragraph block starts). Fills Block, Sentence, Token, Syntax; nothing else.
#pragma once

#include <string_view>

#include "doc/document.h"

namespace annalist::test {

/// Fails the test run (throws std::runtime_error) on malformed input: the fault is the test's.
Document document_from_conllu(std::string_view conllu);

}  // namespace annalist::test
