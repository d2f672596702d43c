#include "story/weights.h"

#include <charconv>
#include <cmath>

#include "pack/stanza.h"

namespace annalist::story {

Result<Weights> Weights::load(const std::vector<DataText>& texts) {
  constexpr std::string_view kFile = "story/same-event.tsv";
  Weights out;
  for (const DataText& text : texts) {
    if (text.name != kFile) continue;
    const auto table = parse_table(text.text, "data/" + std::string(kFile));
    if (!table) return std::unexpected(table.error());
    for (const auto& row : table->rows) {
      float value = 0;
      if (row.size() != 3)
        return fail("three columns are needed: model, name, weight", "data/" + std::string(kFile));
      const auto [end, fault] = std::from_chars(row[2].data(), row[2].data() + row[2].size(), value);
      if (fault != std::errc() || end != row[2].data() + row[2].size())
        return fail("'" + row[2] + "' is no number", "data/" + std::string(kFile));
      if (row[0] == "report")
        out.report[row[1]] = value;
      else if (row[0] == "mention")
        out.mention[row[1]] = value;
      else if (row[0] == "threshold")
        out.threshold = value;
      else
        return fail("'" + row[0] + "' is no model", "data/" + std::string(kFile),
                    "report, mention or threshold");
    }
    return out;
  }
  return fail("not among the data texts", "data/" + std::string(kFile), "rebuild annalist.codebook");
}

std::vector<float> in_order(const std::map<std::string, float, std::less<>>& weights,
                            const std::vector<std::string_view>& names) {
  std::vector<float> out;
  for (std::string_view name : names) {
    const auto it = weights.find(name);
    out.push_back(it == weights.end() ? 0.0F : it->second);
  }
  const auto bias = weights.find("bias");
  out.push_back(bias == weights.end() ? 0.0F : bias->second);
  return out;
}

float logistic(float x) { return 1.0F / (1.0F + std::exp(-x)); }

}  // namespace annalist::story
