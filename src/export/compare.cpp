#include "export/compare.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <tuple>

#include "base/strings.h"

namespace annalist {
namespace {

// What is further away than this is no near miss either.
constexpr int kMissDays = 14;
constexpr double kMissKm = 150;
constexpr double kEarth = 6371, kRadian = 3.14159265358979323846 / 180;

double km_between(const ComparedEvent& a, const ComparedEvent& b) {
  const double lat = (b.lat - a.lat) * kRadian, lon = (b.lon - a.lon) * kRadian;
  const double h = std::pow(std::sin(lat / 2), 2) +
                   std::cos(a.lat * kRadian) * std::cos(b.lat * kRadian) * std::pow(std::sin(lon / 2), 2);
  return 2 * kEarth * std::asin(std::min(1.0, std::sqrt(h)));
}

int days_between(const ComparedEvent& a, const ComparedEvent& b) {
  return std::max({0, b.from.value - a.to.value, a.from.value - b.to.value});
}

/// Words of names that say who, not what kind: "Military Forces of Syria (2000-)" -> syria.
std::set<std::string> telling_words(const std::vector<std::string>& actors) {
  static const std::set<std::string, std::less<>> kPlain = {
      "armed",      "army",     "civilians", "defence", "defense",      "force",    "forces", "front",
      "government", "group",    "militants", "militia", "military",     "movement", "people", "police",
      "rebels",     "security", "state",     "the",     "unidentified", "unknown"};
  std::set<std::string> out;
  for (const std::string& name : actors) {
    const std::string folded = fold(name);
    for (const std::string_view word : split_list(folded, ' '))
      if (word.size() > 2 && !is_digit(word[0]) && !kPlain.contains(word)) out.emplace(word);
  }
  return out;
}

struct Known {
  const ComparedEvent* event;
  std::set<std::string> words;
  std::string place;
  std::size_t index;
};

std::vector<Known> known(const std::vector<ComparedEvent>& events) {
  std::vector<Known> out;
  for (std::size_t i = 0; i < events.size(); ++i)
    out.push_back({&events[i], telling_words(events[i].actors), fold(events[i].place), i});
  std::ranges::sort(out, [](const Known& a, const Known& b) {
    return std::tie(a.event->from, a.event->id, a.index) < std::tie(b.event->from, b.event->id, b.index);
  });
  return out;
}

struct Meeting {
  int days = 0;
  double km = -1;  // negative: no two points
  bool place = false, kind = false, actor = false;
  double score = 0;
};

Meeting meet(const Known& a, const Known& b, CompareLimits limits) {
  const ComparedEvent &x = *a.event, &y = *b.event;
  Meeting m;
  m.days = days_between(x, y);
  m.kind = x.kind == y.kind;
  const bool one_country = x.country.empty() || y.country.empty() || x.country == y.country;
  const bool one_name = !a.place.empty() && a.place == b.place && one_country;
  double near = 0.3;  // 0..1: only the country is known of one
  if (x.located && y.located) m.km = km_between(x, y);
  if (m.km >= 0 && !x.whole_country && !y.whole_country) {
    const double allowed = limits.km + x.radius + y.radius;
    m.place = one_name || m.km <= allowed;
    near = one_name ? 1 : 1 - m.km / (allowed + 1);
  } else {
    m.place = one_name || (one_country && !x.country.empty() && !y.country.empty());
  }
  m.actor = std::ranges::any_of(a.words, [&](const std::string& w) { return b.words.contains(w); });
  const bool both_count = x.deaths >= 0 && y.deaths >= 0;
  const double most = double(std::max<std::int64_t>({x.deaths, y.deaths, 1}));
  const double dead = both_count ? 1 - double(std::abs(x.deaths - y.deaths)) / most : 0.5;
  m.score = 0.35 / (1 + m.days) + 0.3 * std::max(0.0, near) + 0.25 * m.actor + 0.1 * dead;
  return m;
}

std::string say(const Meeting& m) {
  std::string out = m.days == 0   ? "same day"
                    : m.days == 1 ? "1 day apart"
                                  : std::to_string(m.days) + " days apart";
  char km[48];
  std::snprintf(km, sizeof km, ", %.0f km apart", m.km);
  out += m.km < 0 ? ", same country" : km;
  out += m.kind ? ", same kind" : ", another kind";
  return out + (m.actor ? ", an actor in common" : ", no actor in common");
}

struct Miss {
  double score = -1;
  std::string what;
};

void note(Miss& miss, const Meeting& m, const std::string& other, bool taken) {
  // A pair that only lost to a better one comes nearest; then what differs in least.
  const double near = m.score + (m.kind ? 0.5 : 0) + (taken ? 2 : 0);
  if (near <= miss.score) return;
  miss = {near, (taken ? "fits, but another pair fits better: " : "nearest: ") + other + ", " + say(m)};
}

}  // namespace

std::vector<ComparedPair> compare_events(const std::vector<ComparedEvent>& ours,
                                         const std::vector<ComparedEvent>& theirs, CompareLimits limits) {
  const std::vector<Known> a = known(ours), b = known(theirs);
  // An event that lasts may begin long before; none is looked for further back than the longest.
  int longest = 0;
  for (const Known& k : b) longest = std::max(longest, k.event->to.value - k.event->from.value);
  struct Fit {
    std::size_t i, k;
    Meeting m;
  };
  std::vector<Fit> fits;
  std::vector<Miss> miss_a(a.size()), miss_b(b.size());
  const int reach = std::max(limits.days, kMissDays);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto first = std::ranges::lower_bound(b, a[i].event->from - reach - longest, {},
                                                [](const Known& k) { return k.event->from; });
    for (auto it = first; it != b.end() && it->event->from <= a[i].event->to + reach; ++it) {
      const auto k = std::size_t(it - b.begin());
      if (days_between(*a[i].event, *it->event) > reach) continue;
      const Meeting m = meet(a[i], *it, limits);
      if (m.place && m.kind && m.days <= limits.days) {
        fits.push_back({i, k, m});
      } else if (m.place || (m.km >= 0 && m.km <= kMissKm)) {
        note(miss_a[i], m, it->event->id, false);
        note(miss_b[k], m, a[i].event->id, false);
      }
    }
  }
  std::ranges::sort(fits, [](const Fit& x, const Fit& y) {
    return std::tuple(-x.m.score, x.i, x.k) < std::tuple(-y.m.score, y.i, y.k);
  });
  std::vector<bool> used_a(a.size()), used_b(b.size());
  std::vector<ComparedPair> out;
  for (const Fit& f : fits) {
    if (used_a[f.i] || used_b[f.k]) {
      if (!used_a[f.i]) note(miss_a[f.i], f.m, b[f.k].event->id, true);
      if (!used_b[f.k]) note(miss_b[f.k], f.m, a[f.i].event->id, true);
      continue;
    }
    used_a[f.i] = used_b[f.k] = true;
    out.push_back({a[f.i].index, b[f.k].index, f.m.days, f.m.km, f.m.actor, f.m.score, say(f.m)});
  }
  std::ranges::sort(out, [&](const ComparedPair& x, const ComparedPair& y) {
    return std::tuple(ours[x.ours].from, ours[x.ours].id, x.ours) <
           std::tuple(ours[y.ours].from, ours[y.ours].id, y.ours);
  });
  const auto alone = [&](const std::vector<Known>& side, const std::vector<bool>& used,
                         const std::vector<Miss>& miss, const std::vector<Known>& other, bool is_ours) {
    Day first, last;
    std::set<std::string> countries;
    for (const Known& k : other) {
      if (!first || k.event->from < first) first = k.event->from;
      if (!last || k.event->to > last) last = k.event->to;
      countries.insert(k.event->country);
    }
    for (std::size_t i = 0; i < side.size(); ++i) {
      if (used[i]) continue;
      const ComparedEvent& e = *side[i].event;
      ComparedPair p;
      (is_ours ? p.ours : p.theirs) = side[i].index;
      if (!miss[i].what.empty())
        p.why = miss[i].what;
      else if (!e.located && e.country.empty())
        p.why = "no place is given";
      else if (!first || e.to < first || e.from > last)
        p.why = "the other data set has nothing of these days";
      else if (!e.country.empty() && !countries.contains(e.country))
        p.why = "the other data set has nothing of " + e.country;
      else
        p.why = "nothing within " + std::to_string(kMissDays) + " days and " + std::to_string(int(kMissKm)) +
                " km";
      out.push_back(std::move(p));
    }
  };
  alone(a, used_a, miss_a, b, true);
  alone(b, used_b, miss_b, a, false);
  return out;
}

}  // namespace annalist
