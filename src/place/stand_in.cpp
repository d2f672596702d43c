#include "place/stand_in.h"

#include <map>
#include <string_view>

namespace annalist {
namespace {

constexpr int kLongestChain = 4;           // "X (Y, Z, W)"
constexpr std::uint32_t kNearTokens = 15;  // how far a neighbour in the sentence speaks for a name
constexpr std::uint32_t kBeside = 4;       // tokens between names of one list
constexpr float kMostOfAll = 0.6f;         // share of the names that makes a country the report's
constexpr float kOtherName = 0.6f;         // an alias so far from the name of the place says nothing
constexpr float kDemonymVote = 0.5f, kActorVote = 0.5f, kDatelineVote = 0.25f;

class Finder {
 public:
  Finder(const Document& doc, const Gazetteer& gaz, const std::vector<PlaceCandidate>& candidates,
         const std::vector<ResolvedName>& names, const std::vector<bool>& accepted, float unresolved)
      : tokens_(doc.all<Token>()),
        gaz_(gaz),
        candidates_(candidates),
        names_(names),
        accepted_(accepted),
        unresolved_(unresolved) {}

  std::vector<StandIn> run() const {
    std::vector<StandIn> out(candidates_.size());
    std::map<std::string_view, Id<PlaceRecord>> stated;  // by key: one sense a document
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (!accepted_[i] || known(i)) continue;
      out[i].within = stated_holder(i);
      if (out[i].within) stated.emplace(candidates_[i].key, out[i].within);
    }
    const std::uint16_t country = of_report();
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (!accepted_[i] || known(i)) continue;
      if (const auto it = stated.find(candidates_[i].key); !out[i].within && it != stated.end())
        out[i].within = it->second;
      if (out[i].within) out[i].country = gaz_[out[i].within].country;
      out[i].beside = neighbour(i);
      if (out[i].country == PlaceRecord::kNoCountry && out[i].beside)
        out[i].country = gaz_[out[i].beside].country;
      if (out[i].country == PlaceRecord::kNoCountry) out[i].country = country;
      if (out[i].country == PlaceRecord::kNoCountry) out[i].country = only_country(i);
    }
    share_country(out);
    agree(out);
    return out;
  }

 private:
  bool known(std::size_t i) const {
    return !names_[i].options.empty() && names_[i].options[0].score >= unresolved_;
  }
  const PlaceRecord& best(std::size_t i) const { return gaz_[names_[i].options[0].place]; }

  Id<PlaceRecord> stated_holder(std::size_t i) const {
    std::size_t at = candidates_[i].holder;
    for (int k = 0; k < kLongestChain && at < candidates_.size(); ++k) {
      if (accepted_[at] && known(at)) return names_[at].options[0].place;
      at = candidates_[at].holder;
    }
    return {};
  }

  /// No place of that name is believed, but all that are known lie in one country.
  std::uint16_t only_country(std::size_t i) const {
    std::uint16_t country = PlaceRecord::kNoCountry;
    const PlaceCandidate& c = candidates_[i];
    if (c.skeleton || c.cue(Cue::in_word) + c.cue(Cue::list) + c.cue(Cue::class_of) == 0) return country;
    for (const PlaceOption& o : names_[i].options) {
      const std::uint16_t its = gaz_[o.place].country;
      if (o.traits[static_cast<std::size_t>(Trait::alias)] > kOtherName) return PlaceRecord::kNoCountry;
      if (its == PlaceRecord::kNoCountry || (country != PlaceRecord::kNoCountry && its != country))
        return PlaceRecord::kNoCountry;
      country = its;
    }
    return country;
  }

  /// "X, Y sub-county (Z)": what is known of Z's country holds for those beside it.
  void share_country(std::vector<StandIn>& out) const {
    for (std::size_t i = out.size(); i-- > 1;) {
      StandIn& before = out[i - 1];
      const PlaceCandidate &a = candidates_[i - 1], &b = candidates_[i];
      if (!accepted_[i - 1] || known(i - 1) || before.country != PlaceRecord::kNoCountry) continue;
      if (!known(i) && a.cue(Cue::list) > 0 && b.tokens.first - a.tokens.end() < kBeside)
        before.country = out[i].country;
    }
  }

  /// A name of which nothing is known lies where all else that its sentence names lies.
  void agree(std::vector<StandIn>& out) const {
    const std::vector<StandIn> told = out;
    for (std::size_t i = 0; i < out.size(); ++i) {
      if (!accepted_[i] || known(i) || out[i].country != PlaceRecord::kNoCountry) continue;
      std::uint16_t country = PlaceRecord::kNoCountry;
      bool one = true;
      for (std::size_t k = 0; k < out.size() && one; ++k) {
        const PlaceCandidate& c = candidates_[k];
        if (!accepted_[k] || c.demonym || c.embedded || c.actor || c.dateline) continue;
        if (tokens_[c.tokens.first].sentence != tokens_[candidates_[i].tokens.first].sentence) continue;
        const std::uint16_t its = known(k) ? best(k).country : told[k].country;
        if (its == PlaceRecord::kNoCountry || its == country) continue;
        one = country == PlaceRecord::kNoCountry;
        country = its;
      }
      if (one) out[i].country = country;
    }
  }

  Id<PlaceRecord> neighbour(std::size_t i) const {
    const Range<Token> own = candidates_[i].tokens;
    Id<PlaceRecord> best_place;
    std::uint32_t nearest = kNearTokens;
    for (std::size_t k = 0; k < candidates_.size(); ++k) {
      const PlaceCandidate& c = candidates_[k];
      if (!accepted_[k] || !known(k) || c.demonym || c.embedded || c.actor || c.dateline) continue;
      const PlaceRecord& p = best(k);
      if (p.country == PlaceRecord::kNoCountry || p.kind == PlaceKind::country) continue;
      if (tokens_[c.tokens.first].sentence != tokens_[own.first].sentence) continue;
      const std::uint32_t gap =
          c.tokens.first > own.first ? c.tokens.first - own.first : own.first - c.tokens.first;
      if (gap < nearest) {
        nearest = gap;
        best_place = names_[k].options[0].place;
      }
    }
    return best_place;
  }

  std::uint16_t of_report() const {
    std::map<std::uint16_t, float> votes;
    float total = 0;
    for (std::size_t k = 0; k < candidates_.size(); ++k) {
      const PlaceCandidate& c = candidates_[k];
      if (!accepted_[k] || !known(k) || best(k).country == PlaceRecord::kNoCountry) continue;
      const float weight = c.dateline              ? kDatelineVote
                           : c.demonym             ? kDemonymVote
                           : c.embedded || c.actor ? kActorVote
                                                   : 1.0f;
      votes[best(k).country] += weight;
      total += weight;
    }
    for (const auto& [country, weight] : votes)
      if (weight >= kMostOfAll * total) return country;
    return PlaceRecord::kNoCountry;
  }

  std::span<const Token> tokens_;
  const Gazetteer& gaz_;
  const std::vector<PlaceCandidate>& candidates_;
  const std::vector<ResolvedName>& names_;
  const std::vector<bool>& accepted_;
  float unresolved_;
};

}  // namespace

std::vector<StandIn> stand_ins(const Document& doc, const Gazetteer& gazetteer,
                               const std::vector<PlaceCandidate>& candidates,
                               const std::vector<ResolvedName>& names, const std::vector<bool>& accepted,
                               float unresolved) {
  return Finder(doc, gazetteer, candidates, names, accepted, unresolved).run();
}

}  // namespace annalist
