// Whether a word is meant in the sense of an event type: "the shares rallied" is no protest. The frames
// propose, a learned linear scorer over the encoder's view of the word and of the whole report (layer
// SenseTag) rules out what it is sure to be another sense. It adds no event, and says nothing where the layer
// is missing, of types that it has not learned, and of frames of imported dictionaries.
//
// Immutable after load, shared by all threads.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "doc/records.h"
#include "event/codebook.h"
#include "pack/data_text.h"

namespace annalist::event {

class Senses {
 public:
  /// What the words of a report say of its kind, and how much that is worth: towards 1 in long ones.
  struct Report {
    std::array<float, SenseTag::kKinds> view{};
    float weight = 0;
  };

  Senses() = default;  // rules nothing out
  /// Reads patterns/sense-weights.txt: lines `bias`, `least`, `caution`, `short`, `centre KIND`, `type NAME`
  /// and `talk GROUP` (groups of types that the views `talk` are for). Without that text nothing is ruled
  /// out.
  static Result<Senses> load(const std::vector<DataText>& files, const Codebook& book);

  /// The mean view of the words that the accurate tier has read. Short reports say less: it is drawn to that
  /// of the middle report.
  Report report(std::span<const SenseTag> words) const;

  /// How likely the word is meant as `type`, as a logit; none for what was not learned.
  std::optional<float> score(TypeId type, const SenseTag& word, const Report& report) const;
  /// False if the word is surely no `type`; of short reports less is sure.
  bool may_be(TypeId type, const SenseTag& word, const Report& report) const;

 private:
  struct Type {
    bool known = false;
    SenseTag::Kind kind = SenseTag::deed;
    float weight = 0;
  };
  std::vector<Type> types_;  // by TypeId
  std::array<float, SenseTag::kKinds> centre_{};
  float bias_ = 0, least_ = 0, caution_ = 0, short_ = 0;
};

}  // namespace annalist::event
