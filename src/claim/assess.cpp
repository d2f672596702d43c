#include "claim/assess.h"

#include <algorithm>

#include "claim/source.h"

namespace annalist::claims {
namespace {

/// A source as one voice among those that speak of an event.
struct Voice {
  bool narrator = false;
  Id<Entity> entity, side;
  std::string_view words;
  SourceKind kind = SourceKind::anonymous;
  bool party = false;
};

class Judge {
 public:
  Judge(const Context& c, const std::vector<Draft>& drafts, const std::vector<Id<Entity>>& entity)
      : c_(c), drafts_(drafts), entity_(entity) {}

  Judged run(Id<Event> event, const std::vector<const Statement*>& statements, bool contested) {
    Judged out;
    Assessment& a = out.record;
    std::vector<Voice> yes, no;
    bool own_voice = false, third_party = false, firm = false, admitted = false, named = false;
    for (const Statement* s : statements) {
      const Draft& d = drafts_[s->draft];
      if (!s->settled) {
        out.steps.push_back({"leaves it open", s->draft});
        continue;
      }
      const Voice v = voice_of(event, s->draft);
      std::vector<Voice>& side = s->positive ? yes : no;
      const bool again = std::any_of(side.begin(), side.end(), [&](const Voice& w) { return same(v, w); });
      const bool leans =
          !again && std::any_of(side.begin(), side.end(), [&](const Voice& w) { return leaning(v, w); });
      if (s->admission) {
        admitted |= s->positive;
        a.admissions = static_cast<std::uint16_t>(a.admissions + (s->positive ? 1 : 0));
        out.steps.push_back({"admits it against its own interest", s->draft});
      } else if (!s->positive) {
        out.steps.push_back({v.party ? "a party denies it" : "denies it", s->draft});
      } else if (v.narrator) {
        out.steps.push_back({"told in the report's own voice", s->draft});
      } else if (d.certainty != Certainty::certain || d.stance == Stance::hedges) {
        out.steps.push_back({"says so with reserve", s->draft});
      } else {
        out.steps.push_back({v.party ? "a party says so" : "says so", s->draft});
      }
      if (again) continue;
      if (leans) out.steps.push_back({"stands on the side of a voice counted before", s->draft});
      side.push_back(v);
      if (v.party) ++(s->positive ? a.parties_for : a.parties_against);
      if (!s->positive) continue;
      const bool reserve = d.certainty != Certainty::certain || d.stance == Stance::hedges;
      own_voice |= v.narrator && !reserve;
      third_party |= !v.narrator && !v.party && v.kind != SourceKind::anonymous && !reserve;
      named |= !v.narrator && (v.entity || v.kind != SourceKind::anonymous);
      firm |= !reserve;
      if (!leans) ++a.independent;
    }
    a.sources_for = static_cast<std::uint16_t>(yes.size());
    a.sources_against = static_cast<std::uint16_t>(no.size());
    const auto close = [&](Standing standing, const char* rule) {
      a.standing = standing;
      out.steps.push_back({rule, 0xFFFFFFFFu});
    };
    if (contested || (!yes.empty() && !no.empty()))
      close(Standing::contested, "contested: asserted and denied");
    else if (!no.empty() || c_.doc[event].status == EventStatus::denied)
      close(Standing::denied, "denied: nobody asserts it");
    else if (yes.empty())
      close(Standing::unverified, "unverified: nobody vouches for it");
    else if (admitted)
      close(Standing::uncontested, "uncontested: admitted by the side it harms");
    else if (own_voice)
      close(Standing::uncontested, "uncontested: the report vouches for it");
    else if (third_party)
      close(Standing::uncontested, "uncontested: a source that is no party says so");
    else if (a.independent > 1 && firm)
      close(Standing::uncontested, "uncontested: several independent sources say so");
    else if (!firm)
      close(Standing::unverified, "unverified: said with reserve only");
    else if (!named)
      close(Standing::unverified, "unverified: nobody with a name says so");
    else
      close(Standing::unverified, "unverified: one side's word alone");
    return out;
  }

 private:
  Voice voice_of(Id<Event> event, std::uint32_t draft) const {
    const Draft& d = drafts_[draft];
    Voice v;
    v.narrator = d.narrator;
    if (d.narrator) return v;
    v.entity = entity_[draft];
    v.side = affiliation_of(c_, d.source, v.entity);
    v.words = c_.doc.text(d.source.span);
    v.kind = kind_of(c_, d.source, v.entity);
    v.party = v.kind == SourceKind::party;
    for (const EventArg& a : c_.doc[c_.doc[event].args])
      v.party |= a.entity && (same_side(c_, a.entity, v.entity) || same_side(c_, a.entity, v.side));
    return v;
  }
  static bool same(const Voice& a, const Voice& b) {
    if (a.narrator || b.narrator) return a.narrator == b.narrator;
    if (a.entity || b.entity) return a.entity == b.entity;
    return a.words == b.words;
  }
  /// Members of one side are no two witnesses.
  bool leaning(const Voice& a, const Voice& b) const {
    for (const Id<Entity> x : {a.entity, a.side})
      for (const Id<Entity> y : {b.entity, b.side})
        if (same_side(c_, x, y)) return true;
    return false;
  }

  const Context& c_;
  const std::vector<Draft>& drafts_;
  const std::vector<Id<Entity>>& entity_;
};

}  // namespace

void mark_admissions(const Context& c, const std::vector<Draft>& drafts,
                     const std::vector<Id<Entity>>& entity, std::vector<Statement>& statements) {
  for (Statement& s : statements) {
    const Draft& d = drafts[s.draft];
    if (d.narrator || !s.positive || !s.settled) continue;
    if (d.stance != Stance::asserts && d.stance != Stance::confirms) continue;
    const std::string_view type = c.doc.str(c.doc[s.event].type);
    const bool as_doer = !c.cues.find(CueClass::shame, type).empty();
    const bool as_victim = !c.cues.find(CueClass::loss, type).empty();
    if (!as_doer && !as_victim) continue;
    const Id<Entity> side = affiliation_of(c, d.source, entity[s.draft]);
    for (const EventArg& a : c.doc[c.doc[s.event].args]) {
      const bool counts =
          (as_doer && a.role == EventRole::actor) || (as_victim && a.role == EventRole::target);
      if (counts && a.entity && (same_side(c, a.entity, entity[s.draft]) || same_side(c, a.entity, side)))
        s.admission = true;
    }
  }
}

void mark_charges(const Context& c, std::vector<Draft>& drafts, const std::vector<Id<Entity>>& entity,
                  const std::vector<Statement>& statements) {
  for (const Statement& s : statements) {
    Draft& d = drafts[s.draft];
    if (d.narrator || d.stance != Stance::asserts || !s.positive) continue;
    const Event& e = c.doc[s.event];
    if (e.status != EventStatus::generic || c.cues.find(CueClass::shame, c.doc.str(e.type)).empty()) continue;
    if (kind_of(c, d.source, entity[s.draft]) != SourceKind::party) continue;
    const Id<Entity> side = affiliation_of(c, d.source, entity[s.draft]);
    bool others = false, own = false;
    for (const EventArg& a : c.doc[e.args]) {
      if (a.role != EventRole::actor || !a.entity) continue;
      const bool ours = same_side(c, a.entity, entity[s.draft]) || same_side(c, a.entity, side);
      (ours ? own : others) = true;
    }
    if (others && !own) d.stance = Stance::accuses;
  }
}

std::vector<Judged> assess(const Context& c, const std::vector<Draft>& drafts,
                           const std::vector<Id<Entity>>& entity, const std::vector<Statement>& statements,
                           const std::vector<Clash>& clashes) {
  const std::size_t n = c.doc.all<Event>().size();
  std::vector<std::vector<const Statement*>> of(n);
  for (const Statement& s : statements)
    if (s.event.value < n) of[s.event.value].push_back(&s);
  std::vector<bool> contested(n, false);
  for (const Clash& clash : clashes)
    if (clash.kind == ConflictKind::polarity && clash.event.value < n) contested[clash.event.value] = true;
  Judge judge(c, drafts, entity);
  std::vector<Judged> out;
  for (std::size_t e = 0; e < n; ++e) out.push_back(judge.run(Id<Event>(e), of[e], contested[e]));
  return out;
}

}  // namespace annalist::claims
