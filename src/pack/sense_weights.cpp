#include "pack/sense_weights.h"

#include <charconv>

#include "base/strings.h"

namespace annalist {

Status each_sense_weight(const std::vector<DataText>& files,
                         const std::function<Status(const SenseLine&)>& take) {
  for (const DataText& file : files) {
    if (file.name != kSenseWeights) continue;
    std::size_t number = 0;
    for (const std::string_view line : split(file.text, '\n')) {
      ++number;
      if (line.empty() || line.starts_with('#')) continue;
      SenseLine out;
      out.where = std::string(kSenseWeights) + ":" + std::to_string(number);
      const auto cells = split(line, '\t');
      out.key = cells[0];
      for (std::size_t i = 1; i < cells.size(); ++i) {
        float value = 0;
        const std::string_view cell = cells[i];
        if (const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
            fault != std::errc() || end != cell.data() + cell.size())
          return fail("'" + std::string(cell) + "' is no number", out.where, "train/senses/fit.py writes it");
        out.values.push_back(value);
      }
      if (const Status done = take(out); !done) return done;
    }
  }
  return {};
}

}  // namespace annalist
