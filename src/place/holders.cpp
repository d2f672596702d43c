#include "place/holders.h"

#include <algorithm>

#include "base/strings.h"
#include "place/name_key.h"

namespace annalist {
namespace {

constexpr std::size_t kMostHolders = 16, kMostNamesakes = 200;  // of one name, that are looked at
constexpr double kFarHolder = 120;   // km from a town to another that it may be said to lie in
constexpr float kWeakHolder = 0.5f;  // "X in Y" says less than "X, Y"

class Linker {
 public:
  Linker(const Document& doc, const Gazetteer& gaz, const PlaceWords& words, std::vector<PlaceCandidate>& out)
      : doc_(doc), gaz_(gaz), words_(words), tokens_(doc.all<Token>()), out_(out) {}

  void link_holders();

 private:
  bool leads_in(std::string_view between) const;
  bool is_namesake(const PlaceCandidate& c, Posting p) const;
  bool holds(const PlaceCandidate& y, const PlaceCandidate& x) const;
  void link_through(const std::vector<bool>& comma);

  const Document& doc_;
  const Gazetteer& gaz_;
  const PlaceWords& words_;
  std::span<const Token> tokens_;
  std::vector<PlaceCandidate>& out_;
};

/// Between a place and the one around it: "in", "village in the", "a town in northern"; not "against the war
/// in".
bool Linker::leads_in(std::string_view between) const {
  static constexpr std::string_view kPlain[] = {"a",       "an",       "the", "in",   "of",
                                                "within",  "inside",   "at",  "near", "just",
                                                "located", "situated", "on",  "and"};
  for (std::size_t at = 0; at < between.size();) {
    const std::size_t stop = std::min(between.find(' ', at), between.size());
    std::string_view w = between.substr(at, stop - at);
    at = stop + 1;
    while (!w.empty() && (w.front() == ',' || w.front() == '(' || w.front() == ')')) w.remove_prefix(1);
    while (!w.empty() && w.back() == ',') w.remove_suffix(1);
    if (w.empty() || std::find(std::begin(kPlain), std::end(kPlain), w) != std::end(kPlain)) continue;
    if (!kinds(words_.class_after, w) && !kinds(words_.class_of, w) && !words_.direction.contains(w))
      return false;
  }
  return true;
}

/// Whether the place counts as one of that name: those found by their consonants alone must be spelt alike.
bool Linker::is_namesake(const PlaceCandidate& c, Posting p) const {
  return !c.skeleton || spelling_gap(c.key, name_key(gaz_.name(gaz_[p.place()]))) <= kFarSpelling;
}

bool Linker::holds(const PlaceCandidate& y, const PlaceCandidate& x) const {
  for (std::size_t m = 0; m < y.postings.size() && m < kMostHolders; ++m) {
    const Id<PlaceRecord> id = y.postings[m].place();
    for (std::size_t k = 0; k < x.postings.size() && k < kMostNamesakes; ++k)
      if (lies_in(gaz_, gaz_[x.postings[k].place()], gaz_[id], id) && is_namesake(x, x.postings[k]))
        return true;
  }
  return false;
}

/// "X, Y, Z" where Y, as far as the gazetteer has it, does not hold X: Z does, or lends X its name.
void Linker::link_through(const std::vector<bool>& comma) {
  for (std::size_t i = out_.size(); i-- > 0;) {
    PlaceCandidate& a = out_[i];
    if (i + 1 >= out_.size() || !comma[i] || a.explicit_holder) continue;
    const PlaceCandidate& b = out_[i + 1];
    if (b.holder >= out_.size() || a.cue(Cue::country) || a.cue(Cue::admin1)) continue;
    const bool held = holds(out_[b.holder], a);
    if (!held && (a.holder < out_.size() || !(b.postings.empty() || b.skeleton))) continue;
    a.holder = b.holder;
    a.explicit_holder = held;
    a.outside = !held;
    if (held) a.cue(Cue::container) = 1;
  }
}

void Linker::link_holders() {
  std::vector<bool> commas(out_.size());
  for (std::uint32_t i = 0; i + 1 < out_.size(); ++i) {
    PlaceCandidate &a = out_[i], &b = out_[i + 1];
    if (a.demonym || b.demonym || b.span.begin < a.span.end || b.span.begin - a.span.end > 24) continue;
    if (tokens_[a.tokens.first].sentence != tokens_[b.tokens.first].sentence) continue;
    std::string between = lower(collapse_spaces(doc_.text(Span{a.span.end, b.span.begin})));
    // "X village (Y", "X village, Y": the class word of X does not part them.
    if (const auto blank = between.find_first_of(" ,("); blank != std::string::npos && blank > 0)
      if (kinds(words_.class_after, between.substr(0, blank)))
        between = std::string(trim(std::string_view(between).substr(blank)));
    const bool comma = between == "," || between == "(";
    const bool in = between == "of" || between == "in the" ||
                    ((between == "in" || between.ends_with(" in") || between.ends_with(" in the") ||
                      between.ends_with("province of")) &&
                     leads_in(between));
    if (between == "and" || between == "or" || between == ", and" || comma) {
      a.cue(Cue::list) = b.cue(Cue::list) = 1;
      a.list_next = between != "(";
      // "the provinces of X and Y", "X and Y provinces": the class word is for both.
      if (!b.class_kinds) b.class_kinds = a.class_of_list;
      b.class_of_list |= b.class_kinds ? a.class_of_list : KindMask(0);
      if (!a.class_kinds && between != "(") a.class_kinds = b.class_plural;
    }
    if ((!comma && !in) || (a.cue(Cue::country) && b.cue(Cue::country))) continue;
    // "X, Y" holds only if some X lies in some Y.
    bool held = false, town = false, has_unit = false, beside = false;
    for (std::size_t m = 0; m < b.postings.size() && m < kMostHolders && !held; ++m) {
      const Id<PlaceRecord> id = b.postings[m].place();
      const PlaceRecord& y = gaz_[id];
      for (std::size_t k = 0; k < a.postings.size() && k < kMostNamesakes && !held; ++k) {
        const PlaceRecord& x = gaz_[a.postings[k].place()];
        held = lies_in(gaz_, x, y, id) && is_namesake(a, a.postings[k]);
        beside |= y.kind > PlaceKind::admin2 && x.kind > PlaceKind::admin2 && x.country == y.country &&
                  distance_km(x, y) < kFarHolder;
      }
      town |= y.kind > PlaceKind::admin2;
      has_unit |= y.kind == PlaceKind::admin1 || y.kind == PlaceKind::admin2;
    }
    const bool unknown = a.postings.empty() || a.skeleton;
    const bool same = a.key == b.key;  // "Rangamati upazila (Rangamati)"
    const bool unit = !b.postings.empty() &&
                      (gaz_[b.postings.front().place()].kind <= PlaceKind::admin2 || (unknown && has_unit));
    // The last of a list ("in X, Y and Z") holds nothing.
    const std::string_view after = trim(doc_.text().substr(b.span.end, 6));
    const bool next = i + 2 < out_.size() && out_[i + 2].span.begin <= b.span.end + 2;
    const bool list =
        between == "," &&
        ((after.starts_with(",") && next) || after.starts_with("and ") || after.starts_with(", and")) &&
        !(next && holds(out_[i + 2], b));
    commas[i] = comma;
    // "Georgia, Oklahoma and Wisconsin": a list of units, though towns of those names lie in each other.
    const bool units = list && a.cue(Cue::admin1) && b.cue(Cue::admin1);
    if (held && !units) {
      // "Melitopol, Zaporizhia" is a place, whatever the name tagger took it for.
      if (comma && !a.cue(Cue::org_word) && !a.cue(Cue::given_name)) a.embedded = b.embedded = false;
      a.holder = i + 1;
      a.explicit_holder = comma;
      a.cue(Cue::container) = comma ? 1 : kWeakHolder;
      if (comma) b.cue(Cue::contained) = 1;
    } else if (unit && (b.class_kinds || between == "(" || !town) && !a.cue(Cue::country) &&
               !a.cue(Cue::admin1)) {
      a.holder = i + 1;
      a.outside = true;
      if (in) a.cue(Cue::container) = kWeakHolder;
      // It is said to hold a place, if one that the gazetteer lacks.
      if (comma && (unknown || same)) b.cue(Cue::contained) = kWeakHolder;
    } else if (!a.cue(Cue::country) && !a.cue(Cue::admin1) && !list &&
               (comma || between == "in" || between == "of" || between == "in the") &&
               (unknown || (comma && has_unit && !beside))) {
      a.holder = i + 1;
      a.outside = true;
      if (comma && unknown && has_unit) b.cue(Cue::contained) = kWeakHolder;
    }
  }
  link_through(commas);
  // "X, Y and Z counties": the class word is for all of them.
  for (std::size_t i = out_.size(); i-- > 1;) {
    PlaceCandidate& a = out_[i - 1];
    if (!a.list_next || a.class_kinds || a.holder < out_.size()) continue;
    a.class_kinds = a.class_plural = out_[i].class_plural;
  }
}

}  // namespace

bool lies_in(const Gazetteer& gaz, const PlaceRecord& p, const PlaceRecord& q, Id<PlaceRecord> id) {
  if (p.kind <= q.kind && q.kind != PlaceKind::region) return false;
  switch (q.kind) {
    case PlaceKind::country:
      return p.country == q.country && p.country != PlaceRecord::kNoCountry;
    case PlaceKind::admin1:
      return p.admin1 == id || (!p.admin1 && gaz.within(p.lat(), p.lon(), id).value_or(false));
    case PlaceKind::admin2:
      return p.admin2 == id || (!p.admin2 && gaz.within(p.lat(), p.lon(), id).value_or(false));
    case PlaceKind::region:
      if (const auto inside = gaz.within(p.lat(), p.lon(), id)) return *inside;
      return q.radius_km > 0 && p.kind > PlaceKind::admin1 && distance_km(p, q) <= q.radius_km;
    default:
      return false;
  }
}

void link_holders(const Document& doc, const Gazetteer& gazetteer, const PlaceWords& words,
                  std::vector<PlaceCandidate>& candidates) {
  Linker(doc, gazetteer, words, candidates).link_holders();
}

}  // namespace annalist
