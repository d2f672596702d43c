#include "lang/senses.h"

#include <algorithm>
#include <string>

#include "base/strings.h"
#include "pack/sense_weights.h"

namespace annalist::lang {

Result<SenseViews> SenseViews::load(const std::vector<DataText>& files, std::size_t hidden) {
  SenseViews out;
  if (std::ranges::none_of(files, [](const DataText& f) { return f.name == kSenseWeights; })) return out;
  out.weights_.assign(hidden, {});
  std::size_t seen = 0;
  const Status read = each_sense_weight(files, [&](const SenseLine& line) -> Status {
    constexpr std::array<std::string_view, kViews> kNames{"word deed", "word talk", "report deed",
                                                          "report talk"};
    for (std::size_t v = 0; v < kViews; ++v) {
      if (line.key != "view " + std::string(kNames[v])) continue;
      if (line.values.size() != hidden)
        return fail("a view of another size than the encoder's states", line.where,
                    "fit it again: train/senses");
      for (std::size_t i = 0; i < hidden; ++i) out.weights_[i][v] = line.values[i];
      ++seen;
    }
    return {};
  });
  if (!read) return std::unexpected(read.error());
  if (seen != kViews)
    return fail("not every view is given once", std::string(kSenseWeights), "run `make data`");
  return out;
}

SenseTag SenseViews::read(const float* state) const {
  std::array<float, kViews> sum{};
  for (std::size_t i = 0; i < weights_.size(); ++i)
    for (std::size_t v = 0; v < kViews; ++v) sum[v] += state[i] * weights_[i][v];
  return {{sum[0], sum[1]}, {sum[2], sum[3]}, true};
}

}  // namespace annalist::lang
