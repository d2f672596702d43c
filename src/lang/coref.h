// The stage that finds out which mentions are one: names of one actor, "the group", "he", "we" in quotations.
// Deterministic sieves over the parse and the actor links; no model. Cost grows with the number of mentions.
#pragma once

#include <memory>
#include <vector>

#include "doc/stage.h"
#include "lang/coref_words.h"

namespace annalist {

class Coref {
 public:
  using reads = Layers<Block, Sentence, Token, Syntax, DeedTag, Mention, ActorLink>;
  using writes = Layers<Entity, MentionEntity>;
  static constexpr std::string_view name = "coref";

  /// Reads patterns/coref.tsv.
  static Result<Coref> load(const std::vector<DataText>& files);
  explicit Coref(lang::CorefWords words)
      : words_(std::make_shared<const lang::CorefWords>(std::move(words))) {}

  /// Entities stand in the order of their first mention. All names are kept; of other mentions those that are
  /// actors, or things that the model says were hit or used in an incident, or that are mentioned again. A
  /// mention that belongs nowhere has no entity.
  void run(Document& doc, Workspace& workspace) const;

 private:
  std::shared_ptr<const lang::CorefWords> words_;
};

}  // namespace annalist
