#include "claim/rivals.h"

#include <algorithm>

#include "base/strings.h"
#include "claim/values.h"

namespace annalist::claims {
namespace {

constexpr std::uint32_t kReach = 4;  // sentences between two accounts
constexpr std::size_t kMost = 400;

class Rivals {
 public:
  Rivals(const Context& c, const std::vector<Draft>& drafts, const std::vector<Id<Entity>>& entity,
         const std::vector<Statement>& statements)
      : c_(c), drafts_(drafts), entity_(entity), statements_(statements) {}

  std::vector<Rival> run() {
    if (statements_.size() > kMost) return {};
    for (std::size_t i = 0; i < statements_.size(); ++i)
      for (std::size_t j = i + 1; j < statements_.size(); ++j) {
        if (!comparable(statements_[i], statements_[j])) continue;
        for (const ConflictKind kind : {ConflictKind::actor, ConflictKind::place, ConflictKind::time})
          if (rival(statements_[i], statements_[j], kind)) {
            out_.push_back({i, j, kind});
            break;
          }
      }
    return std::move(out_);
  }

 private:
  bool comparable(const Statement& a, const Statement& b) const {
    if (!a.positive || !b.positive || !a.settled || !b.settled || !a.trigger || !b.trigger) return false;
    const Draft &x = drafts_[a.draft], &y = drafts_[b.draft];
    if (a.draft == b.draft || x.narrator || y.narrator) return false;
    const std::uint32_t far = x.sentence > y.sentence ? x.sentence - y.sentence : y.sentence - x.sentence;
    if (far > kReach) return false;
    if (entity_[a.draft] || entity_[b.draft]) {
      if (same_side(c_, entity_[a.draft], entity_[b.draft])) return false;
    } else if (c_.doc.text(x.source.span) == c_.doc.text(y.source.span)) {
      return false;
    }
    if (c_.doc[a.event].type == c_.doc[b.event].type) return true;
    const auto p = c_.cues.find(CueClass::kin, c_.doc.str(c_.doc[a.event].type));
    const auto q = c_.cues.find(CueClass::kin, c_.doc.str(c_.doc[b.event].type));
    return std::find_first_of(p.begin(), p.end(), q.begin(), q.end()) != p.end();
  }

  bool rival(const Statement& a, const Statement& b, ConflictKind kind) const {
    const bool actors = a.values.actor && b.values.actor && !same_side(c_, a.values.actor, b.values.actor);
    const bool places = places_clash(c_.doc, a.values.place, b.values.place);
    const bool times = times_clash(c_.doc, a.values.time, b.values.time);
    switch (kind) {
      case ConflictKind::actor:
        return actors && !places && !times && crossed(a, b) && (victims(a, b) || where(a, b) || definite(b));
      case ConflictKind::place:
        return places && !actors && !times && (victims(a, b) || doers(a, b) || definite(b));
      case ConflictKind::time:
        return times && !actors && !places && (victims(a, b) || doers(a, b) || definite(b)) &&
               a.event == b.event;
      default:
        return false;
    }
  }

  /// Each points at the other, or one does and the other accuses.
  bool crossed(const Statement& a, const Statement& b) const {
    const bool at_b = same_side(c_, a.values.actor, entity_[b.draft]) || meant(a, b);
    const bool at_a = same_side(c_, b.values.actor, entity_[a.draft]) || meant(b, a);
    const bool accused =
        drafts_[a.draft].stance == Stance::accuses || drafts_[b.draft].stance == Stance::accuses;
    const bool both =
        drafts_[a.draft].stance == Stance::accuses && drafts_[b.draft].stance == Stance::accuses;
    return (at_a && at_b) || both || ((at_a || at_b) && accused);
  }
  /// The doer that `a` names is who speaks in `b`, or speaks for it.
  bool meant(const Statement& a, const Statement& b) const {
    const Id<Entity> side = affiliation_of(c_, drafts_[b.draft].source, entity_[b.draft]);
    return same_side(c_, a.values.actor, side);
  }

  bool share(const Statement& a, const Statement& b, EventRole role) const {
    for (const EventArg& p : c_.doc[c_.doc[a.event].args])
      for (const EventArg& q : c_.doc[c_.doc[b.event].args]) {
        if (p.role != role || q.role != role) continue;
        if (p.entity && p.entity == q.entity) return true;
        if (equals_ignore_case(c_.doc.text(p.span), c_.doc.text(q.span)) && p.span.size() > 3) return true;
      }
    return false;
  }
  bool victims(const Statement& a, const Statement& b) const { return share(a, b, EventRole::target); }
  bool doers(const Statement& a, const Statement& b) const {
    return share(a, b, EventRole::actor) || share(a, b, EventRole::instrument);
  }
  bool where(const Statement& a, const Statement& b) const {
    if (a.values.place && b.values.place)
      return c_.doc[a.values.place].gazetteer == c_.doc[b.values.place].gazetteer;
    const Id<Place> p = c_.doc[a.event].place, q = c_.doc[b.event].place;
    return p && q && (p == q || (c_.doc[p].resolved && c_.doc[p].gazetteer == c_.doc[q].gazetteer));
  }
  /// "the blast", "it": what is told was told before.
  bool definite(const Statement& s) const {
    const auto points = [&](Id<Token> t) {
      if (c_.tree[t].upos == Upos::pron) return c_.tree.lemma(t) == "it" || c_.tree.lemma(t) == "this";
      const auto det = c_.tree.child(t, Deprel::det);
      return det &&
             (c_.tree.lemma(det) == "the" || c_.tree.lemma(det) == "this" || c_.tree.lemma(det) == "that");
    };
    if (c_.tree[s.trigger].upos == Upos::noun) return points(s.trigger);
    for (const Deprel rel : {Deprel::nsubj, Deprel::nsubj_pass, Deprel::obj})
      if (const auto child = c_.tree.child(s.trigger, rel); child && points(child)) return true;
    return false;
  }

  const Context& c_;
  const std::vector<Draft>& drafts_;
  const std::vector<Id<Entity>>& entity_;
  const std::vector<Statement>& statements_;
  std::vector<Rival> out_;
};

}  // namespace

std::vector<Rival> find_rivals(const Context& c, const std::vector<Draft>& drafts,
                               const std::vector<Id<Entity>>& entity,
                               const std::vector<Statement>& statements) {
  return Rivals(c, drafts, entity, statements).run();
}

}  // namespace annalist::claims
