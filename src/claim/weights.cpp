#include "claim/weights.h"

#include <algorithm>
#include <charconv>

#include "base/strings.h"

namespace annalist::claims {
namespace {

constexpr std::uint64_t kBasis = 14695981039346656037u;

std::uint64_t hash(std::uint64_t h, std::string_view s) {
  for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return h;
}

}  // namespace

void Features::add(std::string_view name, std::string_view value) {
  hashes_.push_back(hash(hash(hash(kBasis, name), "="), value));
  if (keep_texts_) texts_.push_back(std::string(name) + "=" + std::string(value));
}

void Features::add(std::string_view name, int value) {
  char digits[12];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  add(name, std::string_view(digits, static_cast<std::size_t>(end - digits)));
}

void Features::add(std::string_view name, std::string_view a, std::string_view b) {
  hashes_.push_back(hash(hash(hash(hash(hash(kBasis, name), "="), a), ","), b));
  if (keep_texts_) texts_.push_back(std::string(name) + "=" + std::string(a) + "," + std::string(b));
}

Result<Weights> Weights::load(const DataText& file) {
  Weights out;
  int at = -1, line_number = 0;
  for (std::string_view line : split(file.text, '\n')) {
    ++line_number;
    if (line.empty() || line[0] == '#') continue;
    const std::string where = std::string(file.name) + ":" + std::to_string(line_number);
    if (line == "[accept]" || line == "[cue]" || line == "[source]" || line == "[content]") {
      at = line == "[accept]" ? 0 : line == "[cue]" ? 1 : line == "[source]" ? 2 : 3;
      continue;
    }
    const std::size_t tab = line.rfind('\t');
    float weight = 0;
    if (tab == line.npos || at < 0 ||
        std::from_chars(line.data() + tab + 1, line.data() + line.size(), weight).ec != std::errc())
      return fail("not a feature and its weight: '" + std::string(line) + "'", where,
                  "make the file again with train/claims/fit.py");
    if (weight != 0) out.tables_[at].put(hash(kBasis, line.substr(0, tab)), weight);
  }
  return out;
}

void Weights::Table::put(std::uint64_t hash, float weight) {
  if (2 * (used + 1) > slots.size()) {
    std::vector<Slot> old = std::move(slots);
    slots.assign(std::max<std::size_t>(16, 2 * old.size()), {});
    used = 0;
    for (const Slot& s : old)
      if (s.weight != 0) put(s.hash, s.weight);
  }
  std::size_t i = hash & (slots.size() - 1);
  while (slots[i].weight != 0 && slots[i].hash != hash) i = (i + 1) & (slots.size() - 1);
  used += slots[i].weight == 0;
  slots[i] = {hash, weight};
}

float Weights::Table::at(std::uint64_t hash) const {
  if (slots.empty()) return 0;
  for (std::size_t i = hash & (slots.size() - 1); slots[i].weight != 0; i = (i + 1) & (slots.size() - 1))
    if (slots[i].hash == hash) return slots[i].weight;
  return 0;
}

float Weights::score(Decision decision, const Features& features) const {
  const Table& of = tables_[static_cast<std::size_t>(decision)];
  float sum = 0;
  for (const std::uint64_t h : features.hashes()) sum += of.at(h);
  return sum;
}

}  // namespace annalist::claims
