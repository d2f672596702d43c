// What the language model's attribution tags say: runs of words that it holds for who speaks, for what makes
// it speech, for what is said; and the attributions that the rules have no cue for.
#pragma once

#include <vector>

#include "claim/draft.h"

namespace annalist::claims {

/// Words [first, last] of one sentence with the tag of one role.
struct TagRun {
  std::uint32_t first = 0, last = 0;
};

/// The runs of a role within tokens [first, end): every word at least `least` 255ths likely, broken where a
/// word is likelier the first of a span than a further word of one. Empty where the model has no tags.
std::vector<TagRun> tag_runs(const Context& context, ModelTags::Role role, std::uint32_t first,
                             std::uint32_t end, int least);

/// Adds a draft for every run of cue words that no draft's cue touches, with the source and the content that
/// the tree gives such a word. Which of them stand is decided later (claim/choose.h).
void add_tagged(const Context& context, std::vector<Draft>& drafts);

}  // namespace annalist::claims
