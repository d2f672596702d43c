// The actor stage: every mention -> who it is, as far as words, data and the report's date tell.
//
// Reads the parse and the mentions; uses resolved places where the place stage has run. Writes one ActorLink
// a mention, same index. Pronouns and mentions that name no actor get kind none; coreference (src/lang)
// supplies what pronouns mean. Nothing here looks at other documents.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "actor/actor_base.h"
#include "doc/stage.h"

namespace annalist {

class ResolveActors {
 public:
  using reads = Layers<Sentence, Token, Syntax, Mention, Place>;
  using writes = Layers<ActorLink>;
  static constexpr std::string_view name = "actors";

  /// Builds the stage from the texts that ActorBase::load takes.
  static Result<ResolveActors> load(const std::vector<DataText>& files);
  explicit ResolveActors(std::shared_ptr<const ActorBase> base) : base_(std::move(base)) {}

  void run(Document& doc, Workspace& workspace) const;
  const ActorBase& base() const { return *base_; }

 private:
  std::shared_ptr<const ActorBase> base_;
};

}  // namespace annalist
