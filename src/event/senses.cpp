#include "event/senses.h"

#include <algorithm>
#include <string>

#include "pack/sense_weights.h"

namespace annalist::event {

Result<Senses> Senses::load(const std::vector<DataText>& files, const Codebook& book) {
  Senses out;
  out.types_.resize(book.types().size());
  const Status read = each_sense_weight(files, [&](const SenseLine& line) -> Status {
    if (line.key.starts_with("view ")) return {};  // for lang
    if (line.values.size() != 1)
      return fail("one number expected", line.where, "train/senses/fit.py writes it");
    const float value = line.values[0];
    const auto name = [&](std::string_view key) {
      return line.key.starts_with(key) ? line.key.substr(key.size()) : std::string_view();
    };
    if (line.key == "bias") {
      out.bias_ = value;
    } else if (line.key == "least") {
      out.least_ = value;
    } else if (line.key == "caution") {
      out.caution_ = value;
    } else if (line.key == "short") {
      out.short_ = value;
    } else if (line.key == "centre deed") {
      out.centre_[SenseTag::deed] = value;
    } else if (line.key == "centre talk") {
      out.centre_[SenseTag::talk] = value;
    } else if (const std::string_view group = name("talk "); !group.empty()) {
      for (std::size_t t = 0; t < out.types_.size(); ++t)
        if (book.types()[t].group == group) out.types_[t].kind = SenseTag::talk;
    } else if (const std::string_view type = name("type "); !type.empty()) {
      // A codebook of one's own may lack types, and add some that nobody learned.
      if (const auto id = book.type_named(type)) {
        out.types_[*id].known = true;
        out.types_[*id].weight = value;
      }
    } else {
      return fail("unknown key '" + std::string(line.key) + "'", line.where, "train/senses/fit.py writes it");
    }
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return out;
}

Senses::Report Senses::report(std::span<const SenseTag> words) const {
  Report out;
  float count = 0;
  for (const SenseTag& w : words) {
    if (!w.read) continue;
    for (std::size_t k = 0; k < out.view.size(); ++k) out.view[k] += w.report[k];
    ++count;
  }
  if (count == 0) return {centre_, 0};
  out.weight = count / (count + short_);
  for (std::size_t k = 0; k < out.view.size(); ++k)
    out.view[k] = centre_[k] + (out.view[k] / count - centre_[k]) * out.weight;
  return out;
}

std::optional<float> Senses::score(TypeId type, const SenseTag& word, const Report& report) const {
  if (type >= types_.size() || !types_[type].known || !word.read) return {};
  const Type& t = types_[type];
  return bias_ + t.weight + word.word[t.kind] + report.view[t.kind];
}

bool Senses::may_be(TypeId type, const SenseTag& word, const Report& report) const {
  const std::optional<float> s = score(type, word, report);
  return !s || *s >= least_ - caution_ * (1 - report.weight);
}

}  // namespace annalist::event
