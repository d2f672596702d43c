// Runs the example sentences of data/patterns/claims-*.txt through the stage.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "claim/find_claims.h"
#include "doc/document.h"

namespace annalist::claims {

struct FailedExample {
  std::string cue;  // id of the entry
  std::string problem, sentence;
};

/// `parse` makes a document of a sentence with all layers before the claims filled. A must example needs a
/// claim whose cue, source and content touch the marked words; a mustnot example must have none whose cue is
/// a word of its entry. An example with "? " in front is known to fail; it is named when it no longer does.
std::vector<FailedExample> check_examples(const FindClaims& stage,
                                          const std::function<Document(std::string_view)>& parse);

}  // namespace annalist::claims
