// How sure a word's state in the encoder makes its senses: dot products with a few learned vectors, kept in
// the layer SenseTag. What they mean for a type of event, and which weights are no vectors, the event stage
// knows.
//
// Immutable after load, shared by all threads.
#pragma once

#include <array>
#include <vector>

#include "base/result.h"
#include "doc/records.h"
#include "pack/data_text.h"

namespace annalist::lang {

class SenseViews {
 public:
  /// Reads the lines `view` of patterns/sense-weights.txt; each must have `hidden` numbers, the floats of a
  /// state of the encoder that they were fitted to. Without that text there are none: empty(). An Error names
  /// file and line.
  static Result<SenseViews> load(const std::vector<DataText>& files, std::size_t hidden);

  bool empty() const { return weights_.empty(); }

  /// The dot products of a word's state with the views. One written order of sums: the same bits everywhere.
  SenseTag read(const float* state) const;

 private:
  static constexpr std::size_t kViews = 2 * SenseTag::kKinds;
  std::vector<std::array<float, kViews>> weights_;  // by number of the state
};

}  // namespace annalist::lang
