// The stage that reads: sentences of the coded blocks go through the encoder and come out with lemmas, tags,
// trees, predicates with their arguments, and mentions. Models are shared; a Workspace holds the scratch.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "doc/document.h"
#include "doc/stage.h"
#include "lang/model.h"

namespace annalist {

namespace lang {
class GateWords;
class SenseViews;
class TerritoryWords;
}  // namespace lang

/// Sentences behind the gate: all, and those that the accurate tier read.
struct GateCount {
  std::uint64_t sentences = 0, passed = 0;
};

class Analyse {
 public:
  using reads = Layers<Block, Sentence, Token>;
  using writes = Layers<Syntax, ModelTags, DeedTag, SenseTag, Predicate, Argument, Mention>;
  static constexpr std::string_view name = "analyse";

  explicit Analyse(std::shared_ptr<const lang::Model> model) : model_(std::move(model)) {}
  /// For run_again(): `second` is the accurate tier of the file whose fast tier `model` is. `territory` tells
  /// places and their holders from the words around them; `senses`, or null, reads states of the accurate
  /// tier.
  Analyse(std::shared_ptr<const lang::Model> model, std::shared_ptr<const lang::Model> second,
          std::shared_ptr<const lang::GateWords> gate, std::shared_ptr<const lang::TerritoryWords> territory,
          std::shared_ptr<const lang::SenseViews> senses)
      : model_(std::move(model)),
        second_(std::move(second)),
        gate_(std::move(gate)),
        territory_(std::move(territory)),
        senses_(std::move(senses)) {}
  /// Opens the model file of lang::Model::open.
  static Result<Analyse> open(const std::string& path);

  /// Words outside the coded blocks get no analysis: lemma = lower-cased form, upos X, no head, no features.
  /// The result depends on the text and the model alone: not on threads, machine or what ran before.
  void run(Document& doc, Workspace& work) const;

  /// The same for a document that run() has just read with this Workspace, with the accurate tier where an
  /// event may stand: in the sentences that `found` marks (a byte a sentence) and those that the gate lets
  /// pass. Returns how many of the coded sentences these were.
  GateCount run_again(Document& doc, Workspace& work, std::span<const std::uint8_t> found) const;

  const lang::Model& model() const { return *model_; }

 private:
  std::shared_ptr<const lang::Model> model_, second_;
  std::shared_ptr<const lang::GateWords> gate_;
  std::shared_ptr<const lang::TerritoryWords> territory_;
  std::shared_ptr<const lang::SenseViews> senses_;  // none: no layer SenseTag
};

}  // namespace annalist
