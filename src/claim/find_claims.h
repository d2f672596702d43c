// The stage that finds who says what: claims with source, cue, content and stance, the events they speak of,
// and the conflicts between them.
//
// Immutable after load and shared by all threads. It owns its cues. Engine data: patterns/claims-verbs.txt,
// claims-nouns.txt, claims-other.txt, claims-sources.txt.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "claim/cues.h"
#include "claim/weights.h"
#include "doc/stage.h"
#include "pack/data_text.h"

namespace annalist {

class FindClaims {
 public:
  using reads =
      Layers<Block, Sentence, Token, Syntax, ModelTags, Predicate, Argument, Mention, ActorLink, Entity,
             MentionEntity, Time, Place, Event, EventMention, EventArg, EventPlace, Relation>;
  using writes = Layers<Claim, ClaimContent, ClaimEvent, Conflict, ConflictClaim, Assessment, AssessmentStep>;
  static constexpr std::string_view name = "claims";

  /// Takes the texts it knows from `files`; errors name file and line.
  static Result<FindClaims> load(const std::vector<DataText>& files);

  /// Claims are ordered by where they begin in the text. Sources keep the outlet's own voice apart: form and
  /// source kind `narrator`, no span. O(tokens) but for denials (at most 400 statements are compared).
  void run(Document& doc, Workspace& workspace) const;

  const claims::CueTable& cues() const { return cues_; }

 private:
  FindClaims(claims::CueTable cues, claims::Weights weights)
      : cues_(std::move(cues)), weights_(std::move(weights)) {}
  claims::CueTable cues_;
  claims::Weights weights_;
};

}  // namespace annalist
