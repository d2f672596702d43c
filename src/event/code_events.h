// The event stage: who did what to whom, where and when, by the codebook; and what follows from it for who
// stands with or against whom and who holds which place.
//
// Immutable after load, shared by all threads. Needs the parse; roles, mentions, actors, places and times
// make it better and may be missing. Sentences outside the body (teasers, boilerplate) are not coded.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "doc/stage.h"
#include "event/codebook.h"
#include "event/senses.h"

namespace annalist {

class CodeEvents {
 public:
  using reads = Layers<Block, Sentence, Token, Syntax, DeedTag, SenseTag, Predicate, Argument, Mention, Time,
                       Place, ActorLink, Entity, MentionEntity>;
  using writes = Layers<Event, EventMention, EventArg, EventPlace, Why, Relation, Control>;
  static constexpr std::string_view name = "event";

  /// From the texts below data/codebook/. Errors name file:line and what is wrong there.
  static Result<CodeEvents> load(const std::vector<DataText>& files);

  void run(Document& doc, Workspace& workspace) const;

  const event::Codebook& codebook() const { return *codebook_; }

  struct FrameFailure {
    std::string where;  // file:line of the entry
    std::string entry, sentence, problem;
  };
  /// Runs the codebook's own examples: every `must` sentence must give an event of the entry's type, or one
  /// that the entry had a part in (or a relation of its kind), no `mustnot` sentence may. `parse` turns a
  /// sentence into a document with every layer this stage reads. Returns what failed, in file order. With
  /// `texts`, only what stands in the texts of those names.
  std::vector<FrameFailure> check_frames(const std::function<Document(std::string_view)>& parse,
                                         const std::vector<std::string>& texts = {}) const;

 private:
  CodeEvents(std::shared_ptr<const event::Codebook> codebook, std::shared_ptr<const event::Senses> senses)
      : codebook_(std::move(codebook)), senses_(std::move(senses)) {}
  std::shared_ptr<const event::Codebook> codebook_;
  std::shared_ptr<const event::Senses> senses_;
};

}  // namespace annalist
