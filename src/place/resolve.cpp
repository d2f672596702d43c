#include "place/resolve.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <unordered_map>

#include "place/holders.h"
#include "place/name_key.h"

namespace annalist {
namespace {

constexpr std::size_t kMostOptions = 200;  // of one name
constexpr std::size_t kMostSettled = 60;   // distinct places that distances are measured to
constexpr float kKnownPlace = 0.45f;       // importance above which a name needs no holder
constexpr float kShortForUnit = 1.0f;
constexpr float kAliasGap = 2.5f;
constexpr std::size_t kFewOptions = 3;
constexpr float kMayHold = 0.5f;  // of a unit, in "X, Y" with an X that the gazetteer lacks
constexpr double kNearPart = 50;  // km
constexpr float kNowhere = 0.4f;
constexpr float kEvidence = 2, kMostOfAll = 0.7f;  // names, and share of all, that set a report in a country
constexpr std::size_t kListReach = 4;              // names on each side
constexpr float kMargin = 1.5f;                    // a name is clear when its best place leads by this much

float& trait(Traits& t, Trait which) { return t[static_cast<std::size_t>(which)]; }
float trait(const Traits& t, Trait which) { return t[static_cast<std::size_t>(which)]; }

/// The publisher's country, as far as the host name's last label tells it.
std::uint16_t home_country(const Document& doc, const Gazetteer& gaz) {
  std::string_view host = doc.page().canonical_url.empty() ? std::string_view(doc.page().url)
                                                           : std::string_view(doc.page().canonical_url);
  if (const auto at = host.find("://"); at != std::string_view::npos) host.remove_prefix(at + 3);
  host = host.substr(0, host.find_first_of("/?#:"));
  const auto dot = host.rfind('.');
  if (dot == std::string_view::npos || host.size() - dot != 3) return PlaceRecord::kNoCountry;
  std::string code = {static_cast<char>(host[dot + 1] & ~0x20), static_cast<char>(host[dot + 2] & ~0x20)};
  if (code == "UK") code = "GB";
  return gaz.country_index(code);
}

class Resolver {
 public:
  Resolver(const Document& doc, const Gazetteer& gaz, const PlaceWeights& weights,
           const std::vector<PlaceCandidate>& candidates, const std::vector<bool>& accepted)
      : gaz_(gaz),
        weights_(weights),
        candidates_(candidates),
        accepted_(accepted),
        names_(candidates.size()),
        home_(home_country(doc, gaz)) {}

  std::vector<ResolvedName> run() {
    for (std::size_t i = 0; i < candidates_.size(); ++i) start(i);
    for (std::size_t i = 0; i < candidates_.size(); ++i) mark_holders(i);
    rescore();
    for (int pass = 0; pass < 2; ++pass) {
      gather(pass == 1);
      for (std::size_t i = 0; i < candidates_.size(); ++i) add_context(i, pass == 1);
      rescore();
    }
    one_sense();
    drop_outsiders();
    drop_far_parts();
    for (ResolvedName& name : names_) set_probabilities(name);
    return std::move(names_);
  }

 private:
  void start(std::size_t i);
  void mark_units(std::vector<PlaceOption>& options, const PlaceCandidate& c) const;
  void mark_holders(std::size_t held);
  void drop_outsiders();
  void drop_far_parts();
  void gather(bool places_too);
  float list_kin(std::size_t i, const PlaceRecord& p) const;
  void add_context(std::size_t i, bool distances);
  void rescore();
  void one_sense();
  void stay_in(std::size_t i, std::uint16_t country);
  static void set_probabilities(ResolvedName& name);

  const Gazetteer& gaz_;
  const PlaceWeights& weights_;
  const std::vector<PlaceCandidate>& candidates_;
  const std::vector<bool>& accepted_;
  std::vector<ResolvedName> names_;
  std::uint16_t home_;
  std::uint16_t dateline_country_ = PlaceRecord::kNoCountry;
  std::map<std::uint16_t, float> countries_;  // country -> evidence
  std::map<std::uint32_t, float> units_;      // first-level unit -> evidence
  float country_total_ = 0, unit_total_ = 0;
  struct Settled {
    std::string_view key;
    Id<PlaceRecord> place;
  };
  std::vector<Settled> settled_;
};

void Resolver::start(std::size_t i) {
  const PlaceCandidate& c = candidates_[i];
  for (const Posting posting : c.postings) {
    if (names_[i].options.size() == kMostOptions) break;
    const NameKind name = posting.kind();
    if (c.demonym != (name == NameKind::demonym)) continue;
    const PlaceRecord& p = gaz_[posting.place()];
    PlaceOption option;
    option.place = posting.place();
    Traits& t = option.traits;
    trait(t, Trait::importance) = p.importance / 255.0f;
    // Other names of countries are as good as theirs: "US" is no village.
    if (name == NameKind::alias &&
        p.kind != PlaceKind::country)  // "Idleb" says as much as "Idlib"; "Lutece" less than "Paris"
      trait(t, Trait::alias) = std::min(1.0f, kAliasGap * spelling_gap(c.key, name_key(gaz_.name(p))));
    // "Gaza" for Gaza Province is less than for the city of that very name.
    const bool short_for_unit =
        p.kind == PlaceKind::admin1 && name == NameKind::official && c.key != name_key(gaz_.name(p));
    trait(t, Trait::loose) = name == NameKind::loose ? 1.0f : short_for_unit ? kShortForUnit : 0.0f;
    trait(t, Trait::skeleton) = name == NameKind::skeleton;
    if (c.skeleton) {
      const float spelling = spelling_gap(c.key, name_key(gaz_.name(p)));
      if (spelling > kFarSpelling) continue;
      trait(t, Trait::spelling) = spelling;
    }
    constexpr std::pair<PlaceKind, Trait> kKinds[] = {
        {PlaceKind::country, Trait::country}, {PlaceKind::admin1, Trait::admin1},
        {PlaceKind::admin2, Trait::admin2},   {PlaceKind::capital, Trait::capital},
        {PlaceKind::seat, Trait::seat},       {PlaceKind::section, Trait::section},
        {PlaceKind::region, Trait::region},   {PlaceKind::continent, Trait::region},
        {PlaceKind::water, Trait::water},     {PlaceKind::facility, Trait::facility}};
    for (const auto& [kind, which] : kKinds)
      if (p.kind == kind) trait(t, which) = 1;
    if (c.class_kinds) {
      const bool fits = (c.class_kinds & mask_of(p.kind)) != 0;
      trait(t, Trait::class_match) = fits;
      trait(t, Trait::class_clash) = !fits;
    }
    trait(t, Trait::home_country) = home_ != PlaceRecord::kNoCountry && p.country == home_;
    names_[i].options.push_back(option);
  }
  mark_units(names_[i].options, c);
}

/// "Aleppo" alone is the city, not the governorate around it, if most of the unit lives there.
void Resolver::mark_units(std::vector<PlaceOption>& options, const PlaceCandidate& c) const {
  constexpr std::uint64_t kShare = 5;
  if (c.class_kinds & mask_of(PlaceKind::admin1)) return;
  for (PlaceOption& unit : options) {
    const PlaceRecord& u = gaz_[unit.place];
    if (u.kind != PlaceKind::admin1) continue;
    for (const PlaceOption& town : options) {
      const PlaceRecord& t = gaz_[town.place];
      const bool inside = t.admin1 == unit.place || (t.kind == PlaceKind::capital && t.country == u.country);
      // Belém is rarely called Pará, nor Oklahoma City Oklahoma; but Santiago de los Caballeros Santiago.
      const bool aside = trait(town.traits, Trait::alias) > trait(unit.traits, Trait::alias);
      if (aside && !name_key(gaz_.name(t)).starts_with(c.key + " de ")) continue;
      // A capital needs no share: "Washington" alone is not the state.
      if (t.kind > PlaceKind::admin2 && inside &&
          (t.kind == PlaceKind::capital || t.population * kShare >= u.population))
        trait(unit.traits, Trait::town_of_unit) = 1;
    }
  }
}

void Resolver::rescore() {
  for (ResolvedName& name : names_) {
    for (PlaceOption& o : name.options) o.score = weights_.score(o.traits);
    std::stable_sort(name.options.begin(), name.options.end(),
                     [](const PlaceOption& a, const PlaceOption& b) { return a.score > b.score; });
  }
}

/// Counts, once a name, what the settled names say about where the report is set.
void Resolver::gather(bool places_too) {
  countries_.clear();
  units_.clear();
  settled_.clear();
  country_total_ = unit_total_ = 0;
  std::unordered_map<std::string_view, bool> seen;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const auto& options = names_[i].options;
    if (!accepted_[i] || options.empty()) continue;
    const PlaceRecord& p = gaz_[options[0].place];
    if (candidates_[i].outside && p.importance / 255.0f < kKnownPlace) continue;
    // "Moreno square" says nothing of where the town of Moreno lies.
    if (candidates_[i].part && trait(options[0].traits, Trait::class_match) == 0) continue;
    if (candidates_[i].dateline && dateline_country_ == PlaceRecord::kNoCountry)
      dateline_country_ = p.country;
    if (!seen.emplace(candidates_[i].key, true).second) continue;
    const float lead = options.size() > 1 ? options[0].score - options[1].score : 9.0f;
    const bool whole = p.kind == PlaceKind::country;
    if (p.country != PlaceRecord::kNoCountry && (whole || lead > kMargin)) {
      const float weight = whole ? 1.0f : lead > 2 * kMargin ? 1.0f : 0.5f;
      countries_[p.country] += weight;
      country_total_ += weight;
      if (p.admin1) {
        units_[p.admin1.value] += weight;
        unit_total_ += weight;
      }
    }
    if (places_too && !whole && p.kind != PlaceKind::continent && p.radius_km < 400 &&
        settled_.size() < kMostSettled)
      settled_.push_back({candidates_[i].key, options[0].place});
  }
}

/// "Oregon, Washington and Idaho": the state, not the capital.
float Resolver::list_kin(std::size_t i, const PlaceRecord& p) const {
  if (p.kind < PlaceKind::country || p.kind > PlaceKind::admin2) return 0;
  float kin = 0, all = 0;
  const auto count = [&](std::size_t k) {
    if (names_[k].options.empty() || candidates_[k].key == candidates_[i].key) return;
    const PlaceRecord& other = gaz_[names_[k].options[0].place];
    all += 1;
    kin += other.kind == p.kind && (p.kind == PlaceKind::country || other.country == p.country);
  };
  for (std::size_t k = i; k > 0 && i - k < kListReach && candidates_[k - 1].list_next; --k) count(k - 1);
  for (std::size_t k = i; k + 1 < names_.size() && k - i < kListReach && candidates_[k].list_next; ++k)
    count(k + 1);
  return all > 0 ? kin / all : 0;
}

void Resolver::add_context(std::size_t i, bool distances) {
  const PlaceCandidate& c = candidates_[i];
  const PlaceOption* holder = c.holder < names_.size() && !c.outside && !names_[c.holder].options.empty()
                                  ? &names_[c.holder].options[0]
                                  : nullptr;
  const PlaceRecord* y = holder ? &gaz_[holder->place] : nullptr;
  // What the name itself brought into the counts must not speak for it.
  std::uint16_t own_country = PlaceRecord::kNoCountry;
  Id<PlaceRecord> own_unit;
  if (accepted_[i] && !names_[i].options.empty()) {
    own_country = gaz_[names_[i].options[0].place].country;
    own_unit = gaz_[names_[i].options[0].place].admin1;
  }
  float all = country_total_, most = 0;
  for (const auto& [country, weight] : countries_) {
    if (country == own_country)
      all -= std::min(weight, 1.0f);
    else
      most = std::max(most, weight);
  }
  const bool set_elsewhere = most >= kEvidence && most >= kMostOfAll * all;
  for (PlaceOption& o : names_[i].options) {
    const PlaceRecord& p = gaz_[o.place];
    Traits& t = o.traits;
    if (y) {
      const bool inside = lies_in(gaz_, p, *y, holder->place);
      const float sure = c.explicit_holder ? 1.0f : 0.7f;
      trait(t, Trait::holder) = inside ? sure : 0;
      trait(t, Trait::holder_clash) = inside ? 0 : sure;
    }
    trait(t, Trait::list_kin) = list_kin(i, p);
    // A sea or a continent lies in no country: it must not lose to a hamlet for that.
    float same = p.country == PlaceRecord::kNoCountry ? kNowhere * country_total_ : 0, near_by = 0, unit = 0;
    for (const auto& [country, weight] : countries_) {
      const float w = country == own_country ? weight - std::min(weight, 1.0f) : weight;
      if (country == p.country)
        same += w;
      else if (gaz_.are_neighbours(country, p.country))
        near_by += w;
    }
    if (p.admin1 && p.kind != PlaceKind::admin1)
      if (const auto it = units_.find(p.admin1.value); it != units_.end())
        unit = it->second - (p.admin1 == own_unit ? std::min(it->second, 1.0f) : 0.0f);
    trait(t, Trait::same_country) = country_total_ > 0 ? same / country_total_ : 0;
    trait(t, Trait::neighbour) = country_total_ > 0 ? near_by / country_total_ : 0;
    trait(t, Trait::same_admin1) = unit_total_ > 0 ? unit / unit_total_ : 0;
    trait(t, Trait::dateline_country) =
        dateline_country_ != PlaceRecord::kNoCountry && p.country == dateline_country_ && !c.dateline;
    if (!distances || p.kind == PlaceKind::country || p.kind == PlaceKind::continent) continue;
    double nearest = 1e9;
    for (const Settled& s : settled_)
      if (s.key != c.key && s.place != o.place) nearest = std::min(nearest, distance_km(p, gaz_[s.place]));
    if (nearest > 1e8) continue;
    trait(t, Trait::near_50) = nearest < 50;
    trait(t, Trait::near_200) = nearest >= 50 && nearest < 200;
    trait(t, Trait::near_1000) = nearest >= 200 && nearest < 1000;
    trait(t, Trait::far) = nearest >= 1000;
    // The less known a place, the less likely that a report set in one other country means it.
    const bool alone =
        nearest >= 1000 && same + near_by == 0 && set_elsewhere && p.kind != PlaceKind::capital;
    trait(t, Trait::outlier) = alone ? 1 - trait(t, Trait::importance) : 0;
  }
}

void Resolver::one_sense() {
  // The mention that knows best speaks for all of its name: the one with a container, else the clearest.
  std::unordered_map<std::string_view, std::size_t> best;
  const auto knows = [&](std::size_t i) {
    const auto& o = names_[i].options;
    const float lead = o.size() > 1 ? o[0].score - o[1].score : 9.0f;
    return lead + (candidates_[i].explicit_holder ? 100.0f : 0.0f);
  };
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (!accepted_[i] || names_[i].options.empty() || candidates_[i].demonym) continue;
    const auto [it, fresh] = best.emplace(candidates_[i].key, i);
    if (!fresh && knows(i) > knows(it->second)) it->second = i;
  }
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const PlaceCandidate& c = candidates_[i];
    if (c.demonym || c.explicit_holder || names_[i].options.empty()) continue;
    const auto it = best.find(c.key);
    if (it == best.end() || it->second == i) continue;
    if (trait(names_[i].options[0].traits, Trait::holds) > 0) continue;  // "Idlib (Idlib)": the unit
    const auto source = names_[it->second].options[0];
    if (c.class_kinds) {
      // "X township (X district, Y)": another X, but of the same country.
      if (candidates_[it->second].explicit_holder) stay_in(i, gaz_[source.place].country);
      continue;
    }
    if (candidates_[it->second].class_kinds && !candidates_[it->second].explicit_holder) continue;
    auto& options = names_[i].options;
    for (std::size_t k = 1; k < options.size(); ++k)
      if (options[k].place == source.place) {
        options[k].score = std::max(source.score, options[0].score + 0.01f);
        std::rotate(options.begin(), options.begin() + static_cast<std::ptrdiff_t>(k),
                    options.begin() + static_cast<std::ptrdiff_t>(k) + 1);
        break;
      }
  }
}

void Resolver::stay_in(std::size_t i, std::uint16_t country) {
  auto& options = names_[i].options;
  std::erase_if(options, [&](const PlaceOption& o) { return gaz_[o.place].country != country; });
}

/// In "X, Y" only the places Y that hold an X are in question; if the gazetteer has no such X, the units.
void Resolver::mark_holders(std::size_t held) {
  const PlaceCandidate& c = candidates_[held];
  if (c.holder >= names_.size()) return;
  if (!c.explicit_holder) {
    // Or those of the country of the X that it does have.
    const auto& xs = names_[held].options;
    const bool known = c.key != candidates_[c.holder].key && !xs.empty() && xs.size() <= kFewOptions;
    if (candidates_[c.holder].cue(Cue::contained) == 0 && !known) return;
    for (PlaceOption& y : names_[c.holder].options)
      if ((gaz_[y.place].kind == PlaceKind::admin1 || gaz_[y.place].kind == PlaceKind::admin2) &&
          (!known || std::any_of(xs.begin(), xs.end(), [&](const PlaceOption& x) {
            return gaz_[x.place].country == gaz_[y.place].country;
          })))
        trait(y.traits, Trait::holds) = std::max(trait(y.traits, Trait::holds), kMayHold);
    return;
  }
  for (PlaceOption& y : names_[c.holder].options)
    for (const PlaceOption& x : names_[held].options)
      if (lies_in(gaz_, gaz_[x.place], gaz_[y.place], y.place)) {
        trait(y.traits, Trait::holds) = 1;
        trait(y.traits, Trait::town_of_unit) = 0;
        break;
      }
}

/// "Bara in Idlib province", and the gazetteer knows a Bara only elsewhere: better no place than that one.
void Resolver::drop_outsiders() {
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const PlaceCandidate& c = candidates_[i];
    if (!c.outside || !accepted_[c.holder] || names_[i].options.empty()) continue;
    if (gaz_[names_[i].options[0].place].importance / 255.0f < kKnownPlace) names_[i].options.clear();
  }
}

/// "Moreno square" in a report about La Plata is not the town of Moreno in another country.
void Resolver::drop_far_parts() {
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    auto& options = names_[i].options;
    if (!candidates_[i].part || options.empty() || trait(options[0].traits, Trait::class_match) > 0) continue;
    const Traits& t = options[0].traits;
    const bool home = trait(t, Trait::same_country) + trait(t, Trait::neighbour) > 0;
    if (home && gaz_[options[0].place].importance / 255.0f >= kKnownPlace) continue;
    const bool near = std::any_of(settled_.begin(), settled_.end(), [&](const Settled& s) {
      return s.key != candidates_[i].key && distance_km(gaz_[options[0].place], gaz_[s.place]) < kNearPart;
    });
    if (!near && !settled_.empty()) options.clear();
  }
}

void Resolver::set_probabilities(ResolvedName& name) {
  if (name.options.empty()) return;
  double sum = 0;
  for (const PlaceOption& o : name.options) sum += std::exp(double(o.score) - name.options[0].score);
  for (PlaceOption& o : name.options)
    o.probability = static_cast<float>(std::exp(double(o.score) - name.options[0].score) / sum);
}

}  // namespace

std::vector<ResolvedName> resolve_places(const Document& doc, const Gazetteer& gazetteer,
                                         const PlaceWeights& weights,
                                         const std::vector<PlaceCandidate>& candidates,
                                         const std::vector<bool>& accepted) {
  return Resolver(doc, gazetteer, weights, candidates, accepted).run();
}

}  // namespace annalist
