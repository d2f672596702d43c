// The stage that reads: sentences of the coded blocks go through the encoder and come out with lemmas, tags,
// trees, predicates with their arguments, and mentions. Models are shared; a Workspace holds the scratch.
#pragma once

#include <memory>
#include <string>

#include "doc/document.h"
#include "doc/stage.h"
#include "lang/model.h"

namespace annalist {

class Analyse {
 public:
  using reads = Layers<Block, Sentence, Token>;
  using writes = Layers<Syntax, ModelTags, Predicate, Argument, Mention>;
  static constexpr std::string_view name = "analyse";

  /// `gate`, if given, is the fast tier of the same file: it reads first, and `model` reads again the
  /// sentences that may hold an event (gate.h).
  explicit Analyse(std::shared_ptr<const lang::Model> model, std::shared_ptr<const lang::Model> gate = {})
      : model_(std::move(model)), gate_(std::move(gate)) {}
  /// Opens the model file of lang::Model::open.
  static Result<Analyse> open(const std::string& path);

  /// Words outside the coded blocks get no analysis: lemma = lower-cased form, upos X, no head, no features.
  /// The result depends on the text and the model alone: not on threads, machine or what ran before.
  void run(Document& doc, Workspace& work) const;

  const lang::Model& model() const { return *model_; }

 private:
  std::shared_ptr<const lang::Model> model_, gate_;
};

}  // namespace annalist
