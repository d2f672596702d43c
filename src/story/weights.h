// The weights of the two logistic models of this folder, read from data/story/same-event.tsv.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"

namespace annalist::story {

struct Weights {
  std::map<std::string, float, std::less<>> report, mention;  // name -> weight; "bias" among them
  float threshold = 0.3F;                                     // average likelihood that joins two clusters

  /// Finds "story/same-event.tsv" among the texts. Columns: model, name, weight.
  static Result<Weights> load(const std::vector<DataText>& texts);
};

/// The weight of each name, 0 where there is none, and the bias last.
std::vector<float> in_order(const std::map<std::string, float, std::less<>>& weights,
                            const std::vector<std::string_view>& names);
float logistic(float x);

}  // namespace annalist::story
