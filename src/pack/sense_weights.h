// Reads patterns/sense-weights.txt, the weights of the scorer of senses: lines "key TAB number TAB number
// ...". The encoder's vectors in it are for lang, the rest for event.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"

namespace annalist {

inline constexpr std::string_view kSenseWeights = "patterns/sense-weights.txt";

struct SenseLine {
  std::string_view key;
  std::vector<float> values;
  std::string where;  // file:line
};

/// Hands each line on, in order; ends with the first Error, its own or that of `take`.
Status each_sense_weight(const std::vector<DataText>& files,
                         const std::function<Status(const SenseLine&)>& take);

}  // namespace annalist
