// The learned part of attribution: which drafts stand, and which words are their cue, source and content.
// Rules and the language model's tags propose, linear scorers (claim/weights.h) choose. Without tags or
// weights everything stays as the rules have it.
#pragma once

#include <functional>
#include <vector>

#include "claim/draft.h"
#include "claim/weights.h"

namespace annalist::claims {

/// One way to fill a role of a draft: tokens, sorted (none: no source), and what speaks for it.
struct Candidate {
  std::vector<std::uint32_t> tokens;
  Features features;
};

/// All that is proposed for one draft. `cues` and `contents` are never empty.
struct Proposal {
  Features accept;
  std::vector<Candidate> cues, sources, contents;
};

/// Proposals for draft `at`. `texts` keeps the features readable, for training.
Proposal propose(const Context& context, const std::vector<Draft>& drafts, std::size_t at, bool texts);

/// "Backed by others, the front attacked": a participle of what is done to the subject says nothing of what
/// the subject does; such a draft is no claim.
bool accompanies(const Context& context, const Draft& draft);

/// Removes the drafts that the scorer does not accept and sets cue, source and content of the others.
void choose(const Context& context, const Weights& weights, std::vector<Draft>& drafts);

}  // namespace annalist::claims
