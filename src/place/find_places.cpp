#include "place/find_places.h"

#include <algorithm>
#include <cmath>

#include "place/resolve.h"
#include "place/spot.h"
#include "place/stand_in.h"

namespace annalist {
namespace {

constexpr std::size_t kAlternatives = 3;
constexpr unsigned kWidestHolder = 400;  // km: reach of what may lend a name its point

PlacePrecision precision_of(const PlaceRecord& p, bool near) {
  switch (p.kind) {
    case PlaceKind::continent:
    case PlaceKind::country:
      return PlacePrecision::country;
    case PlaceKind::admin1:
      return PlacePrecision::admin1;
    case PlaceKind::admin2:
      // "ADM2?" stands at the middle of its first-level unit (place/build.cpp).
      return p.feature_code() == "ADM2?" ? PlacePrecision::admin1 : PlacePrecision::admin2;
    case PlaceKind::region:
    case PlaceKind::water:
      return p.radius_km > 100 ? PlacePrecision::admin1 : PlacePrecision::near;
    default:
      return near ? PlacePrecision::near : PlacePrecision::exact;
  }
}

PlaceRole role_of(const PlaceCandidate& c, const PlaceRecord& p) {
  if (c.dateline) return PlaceRole::dateline;
  if (c.demonym) return PlaceRole::demonym;
  if (c.embedded) return PlaceRole::actor;
  const bool rules = p.kind == PlaceKind::country || p.kind == PlaceKind::capital;
  return c.actor && rules ? PlaceRole::actor : PlaceRole::mention;
}

}  // namespace

Result<FindPlaces> FindPlaces::load(const Gazetteer& gazetteer, const std::vector<DataText>& files) {
  FindPlaces stage;
  stage.gazetteer_ = &gazetteer;
  auto words = PlaceWords::load(files);
  if (!words) return std::unexpected(words.error());
  stage.words_ = std::move(*words);
  const auto weights = PlaceWeights::load(files);
  if (!weights) return std::unexpected(weights.error());
  stage.weights_ = *weights;
  return stage;
}

void FindPlaces::run(Document& doc, Workspace&) const {
  const Gazetteer& gaz = *gazetteer_;
  const auto candidates = spot_places(doc, gaz, words_);
  std::vector<float> belief(candidates.size());
  std::vector<bool> accepted(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const float score = weights_.score(candidates[i].cues);
    accepted[i] = score > weights_.floor;
    belief[i] = 1 / (1 + std::exp(-score));
  }
  const auto names = resolve_places(doc, gaz, weights_, candidates, accepted);

  const auto substitutes = stand_ins(doc, gaz, candidates, names, accepted, weights_.unresolved);
  std::vector<Place> places;
  std::vector<PlaceAlternative> alternatives;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!accepted[i]) continue;
    const PlaceCandidate& c = candidates[i];
    Place place;
    place.span = c.span;
    place.tokens = c.tokens;
    const auto& options = names[i].options;
    if (options.empty() || options[0].score < weights_.unresolved) {
      place.name = doc.intern(doc.text(c.span));
      place.role = c.dateline ? PlaceRole::dateline : PlaceRole::mention;
      place.score = belief[i] * 0.5f;
      if (const StandIn& known = substitutes[i]; known.within) {
        const PlaceRecord& holder = gaz[known.within];
        if (holder.kind != PlaceKind::country) place.within = doc.intern(gaz.id(holder));
        place.country = doc.intern(gaz.country(holder));
        place.admin1 = doc.intern(gaz.admin1_name(holder));
        // The middle of a country or of a wide region would place nothing.
        if (holder.kind > PlaceKind::country && holder.radius_km <= kWidestHolder) {
          place.lat = static_cast<float>(holder.lat());
          place.lon = static_cast<float>(holder.lon());
          place.precision = std::max(precision_of(holder, false), PlacePrecision::near);
          place.placed = true;
        }
      } else if (known.country < gaz.countries().size()) {
        place.country = doc.intern(gaz.countries()[known.country].code2());
      }
      places.push_back(place);
      continue;
    }
    const PlaceRecord& best = gaz[options[0].place];
    place.name = doc.intern(gaz.name(best));
    place.gazetteer = doc.intern(gaz.id(best));
    place.feature = doc.intern(best.feature_code());
    place.country = doc.intern(gaz.country(best));
    place.admin1 = doc.intern(gaz.admin1_name(best));
    place.lat = static_cast<float>(best.lat());
    place.lon = static_cast<float>(best.lon());
    place.score = belief[i] * options[0].probability;
    place.precision = precision_of(best, c.near);
    place.role = role_of(c, best);
    place.resolved = place.placed = true;
    place.alternatives = {static_cast<std::uint32_t>(alternatives.size()), 0};
    for (std::size_t k = 1; k < options.size() && k <= kAlternatives; ++k) {
      const PlaceRecord& other = gaz[options[k].place];
      alternatives.push_back({doc.intern(gaz.id(other)), doc.intern(gaz.name(other)),
                              static_cast<float>(other.lat()), static_cast<float>(other.lon()),
                              belief[i] * options[k].probability});
      ++place.alternatives.count;
    }
    places.push_back(place);
  }
  doc.fill(places);
  doc.fill(alternatives);
}

}  // namespace annalist
