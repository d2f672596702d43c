#include "place/stand_in.h"

#include <map>
#include <string_view>

namespace annalist {
namespace {

constexpr int kLongestChain = 4;           // "X (Y, Z, W)"
constexpr std::uint32_t kNearTokens = 15;  // how far a neighbour in the sentence speaks for a name
constexpr float kMostOfAll = 0.6f;         // share of the names that makes a country the report's
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
      if (out[i].country == PlaceRecord::kNoCountry) out[i].country = of_neighbour(i);
      if (out[i].country == PlaceRecord::kNoCountry) out[i].country = country;
    }
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

  std::uint16_t of_neighbour(std::size_t i) const {
    const Range<Token> own = candidates_[i].tokens;
    std::uint16_t country = PlaceRecord::kNoCountry;
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
        country = p.country;
      }
    }
    return country;
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
