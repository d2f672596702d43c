#include "event/place_anaphor.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace annalist::event {
namespace {

constexpr std::uint32_t kReach = 6;  // sentences

enum class Sort { none, country, admin1, admin2, town, village };

Sort sort_of(std::string_view noun) {
  constexpr std::array<std::pair<std::string_view, Sort>, 13> kNouns = {{{"country", Sort::country},
                                                                         {"nation", Sort::country},
                                                                         {"province", Sort::admin1},
                                                                         {"governorate", Sort::admin1},
                                                                         {"oblast", Sort::admin1},
                                                                         {"district", Sort::admin2},
                                                                         {"county", Sort::admin2},
                                                                         {"town", Sort::town},
                                                                         {"city", Sort::town},
                                                                         {"village", Sort::village},
                                                                         {"hamlet", Sort::village},
                                                                         {"suburb", Sort::village},
                                                                         {"settlement", Sort::village}}};
  for (const auto& [word, sort] : kNouns)
    if (word == noun) return sort;
  return Sort::none;
}

/// Of a country or a province: no village, and no suburb of itself.
bool is_capital(const Document& doc, const Place& p) {
  return p.feature && (doc.str(p.feature) == "PPLC" || doc.str(p.feature) == "PPLA");
}

bool fits(const Document& doc, const Place& p, Sort sort) {
  if (p.role == PlaceRole::dateline || p.role == PlaceRole::demonym) return false;
  switch (sort) {
    case Sort::country:
      return p.placed && p.precision == PlacePrecision::country && p.country;
    case Sort::admin1:
      return p.placed && p.precision == PlacePrecision::admin1;
    case Sort::admin2:
      return p.placed && p.precision == PlacePrecision::admin2;
    case Sort::village:
      if (is_capital(doc, p)) return false;
      [[fallthrough]];
    default:
      // A village that no gazetteer has is one, too.
      return !p.resolved || !p.feature || doc.str(p.feature).starts_with("PPL");
  }
}

}  // namespace

bool may_mean(const Scene& scene, Id<Token> noun, Id<Place> place) {
  const Sort sort = sort_of(scene.tree().lemma(noun));
  return sort != Sort::none && (sort != Sort::village || !is_capital(scene.doc(), scene.doc()[place]));
}

Id<Place> place_told_before(const Scene& scene, Id<Token> head, std::span<const Draft> told) {
  const Tree& tree = scene.tree();
  const Sort sort = sort_of(tree.lemma(head));
  if (sort == Sort::none) return {};
  bool definite = false;
  for (const Id<Token> c : tree.children(head)) {
    const Deprel d = tree[c].deprel;
    definite |= d == Deprel::det && (tree.lemma(c) == "the" || tree.lemma(c) == "this");
    // "the town of the refugees", "the northern town": another one.
    if (d == Deprel::nmod || d == Deprel::nmod_poss || d == Deprel::nummod || scene.place(c)) return {};
  }
  if (!definite) return {};
  const Document& doc = scene.doc();
  const std::uint32_t sentence = tree.token(head).sentence;
  // "A teacher who fled to X": where people went is not the scene. Nobody fled to a place of these sentences
  // in one before them.
  std::size_t near = told.size();
  while (near > 0 && told[near - 1].sentence + kReach >= sentence) --near;
  const auto fled_to = [&](Id<Place> place) {
    return std::ranges::any_of(told.subspan(near), [&](const Draft& d) {
      return d.place == place && scene.codebook().type(d.type).group == "people" &&
             std::ranges::any_of(d.places, [&](const EventPlace& p) {
               return p.place == place && p.role == EventPlaceRole::to;
             });
    });
  };
  std::string_view country;
  for (std::size_t k = told.size(); k-- > 0;) {
    const Draft& before = told[k];
    if (before.sentence > sentence || before.sentence + kReach < sentence) break;
    if (!before.place || fled_to(before.place)) continue;
    const Place& p = doc[before.place];
    if (p.tokens.first >= head.value) continue;
    if (fits(doc, p, sort)) return before.place;
    if (sort == Sort::country && country.empty() && p.country) country = doc.str(p.country);
  }
  // Else what was named last and is not merely where somebody came from.
  const auto places = doc.all<Place>();
  for (std::size_t i = places.size(); i-- > 0;) {
    const Place& p = places[i];
    if (!p.tokens.count || p.tokens.first >= head.value || !fits(doc, p, sort)) continue;
    if (tree.token(Id<Token>(p.tokens.first)).sentence + kReach < sentence) break;
    if (!country.empty() && doc.str(p.country) != country) continue;
    const Id<Token> preposition = scene.preposition(Id<Token>(p.tokens.first));
    if (fled_to(Id<Place>(i))) continue;
    if (!preposition || tree.lemma(preposition) != "from") return Id<Place>(i);
  }
  return {};
}

}  // namespace annalist::event
