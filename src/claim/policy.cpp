#include "claim/policy.h"

#include <algorithm>
#include <map>

namespace annalist {
namespace {

std::int32_t middle(const Count& c) {
  if (c.best >= 0) return c.best;
  return c.low >= 0 ? c.low : c.high;  // "at least 12" stands for 12
}
std::int32_t lowest(const Count& c) { return c.low >= 0 ? c.low : middle(c); }
std::int32_t highest(const Count& c) { return std::max(c.high, middle(c)); }

/// The last figure of every voice, in the order of their first words.
std::vector<Figure> one_a_voice(std::span<const Figure> figures) {
  std::vector<Figure> out;
  for (const Figure& f : figures) {
    if (!f.value.known()) continue;
    const auto at = std::find_if(out.begin(), out.end(), [&](const Figure& x) { return x.voice == f.voice; });
    if (at == out.end())
      out.push_back(f);
    else
      *at = f;
  }
  return out;
}

/// Third parties and admissions before a party's own word, firm before reserved.
int trust(const Figure& f) { return (f.party && !f.admission ? 0 : 2) + (f.reserve ? 0 : 1); }

Count by_ucdp(const std::vector<Figure>& all) {
  std::map<std::int32_t, std::pair<int, int>> told;  // number -> trust of the best voice, voices
  std::int32_t low = -1, others = -1;
  for (const Figure& f : all) {
    auto& [most, voices] = told[middle(f.value)];
    most = std::max(most, trust(f));
    ++voices;
    low = low < 0 ? lowest(f.value) : std::min(low, lowest(f.value));
    if (!f.party || f.admission) others = std::max(others, highest(f.value));
  }
  std::int32_t best = -1, high = low;
  std::pair<int, int> most{-1, -1};
  for (const auto& [number, weight] : told)
    if (weight > most) best = number, most = weight;
  for (const Figure& f : all) {
    const bool boast = f.party && !f.admission && others >= 0 && highest(f.value) > 3 * std::max(others, 1);
    if (!boast) high = std::max(high, highest(f.value));
  }
  return {low, best, std::max(high, best)};
}

}  // namespace

Count settle(std::span<const Figure> figures, CountPolicy policy) {
  const std::vector<Figure> all = one_a_voice(figures);
  if (all.empty()) return {};
  if (policy == CountPolicy::ucdp) return by_ucdp(all);
  std::vector<std::int32_t> numbers;
  std::int32_t low = lowest(all[0].value), high = highest(all[0].value);
  for (const Figure& f : all) {
    numbers.push_back(middle(f.value));
    low = std::min(low, lowest(f.value));
    high = std::max(high, highest(f.value));
  }
  std::sort(numbers.begin(), numbers.end());
  if (policy == CountPolicy::conservative) return {numbers[0], numbers[0], numbers[0]};
  return {low, numbers[(numbers.size() - 1) / 2], high};
}

std::vector<Figure> figures_of(const Document& doc, Id<Event> event) {
  std::vector<Figure> out;
  const Event& e = doc[event];
  const auto within = [](const Count& c, std::int32_t n) {
    return c.known() && (n == c.best || n == c.low || n == c.high ||
                         (c.low >= 0 && c.high >= 0 && n >= c.low && n <= c.high));
  };
  for (std::size_t i = 0; i < doc.all<Claim>().size(); ++i) {
    const Claim& c = doc.all<Claim>()[i];
    for (const ClaimEvent& s : doc[c.events]) {
      if (s.event != event || !s.positive || !s.settled || s.count < 0) continue;
      // A number counts as one of the dead if the event's own count of them knows it.
      if (!within(e.deaths, s.count)) continue;
      Figure f;
      f.value.best = s.count;
      f.party = c.source_kind == SourceKind::party;
      f.admission = s.admission;
      f.reserve = c.certainty != Certainty::certain || c.stance == Stance::hedges;
      f.voice = c.source_kind == SourceKind::narrator ? 0
                : c.source                            ? 1 + c.source.value
                                                      : 0x80000000u + static_cast<std::uint32_t>(i);
      out.push_back(f);
    }
  }
  if (out.empty() && e.deaths.known()) out.push_back({e.deaths});
  return out;
}

}  // namespace annalist
