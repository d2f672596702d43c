#include "claim/conflicts.h"

#include <algorithm>
#include <string>

#include "base/strings.h"
#include "claim/rivals.h"
#include "claim/values.h"

namespace annalist::claims {
namespace {

class Comparer {
 public:
  Comparer(const Context& c, const std::vector<Draft>& drafts, const std::vector<Id<Entity>>& entity,
           std::vector<Statement>& statements)
      : c_(c), drafts_(drafts), entity_(entity), statements_(statements) {}

  std::vector<Clash> run() {
    join_like();
    by_event_.assign(c_.doc.all<Event>().size(), {});
    for (std::size_t i = 0; i < statements_.size(); ++i)
      if (statements_[i].event.value < by_event_.size())
        by_event_[statements_[i].event.value].push_back(static_cast<std::uint32_t>(i));
    for (std::size_t e = 0; e < by_event_.size(); ++e) {
      if (by_event_[e].size() < 2 || by_event_[e].size() > kMostStatements) continue;
      polarity(e);
      count(e);
      cause(e);
    }
    rivals();
    return std::move(out_);
  }

 private:
  /// Two voices: different entities, or one of them the narrator, or different words where no entity is
  /// known.
  bool different_sources(std::uint32_t a, std::uint32_t b) const {
    const Draft &x = drafts_[a], &y = drafts_[b];
    if (x.narrator != y.narrator) return true;
    if (x.narrator) return false;
    if (entity_[a] || entity_[b]) return entity_[a] != entity_[b];
    return c_.doc.text(x.source.span) != c_.doc.text(y.source.span);
  }

  // ---- polarity ------------------------------------------------------------------------------------

  void polarity(std::size_t e) {
    std::vector<std::uint32_t> yes, no;
    for (std::uint32_t i : by_event_[e]) {
      const Statement& s = statements_[i];
      if (!s.settled) continue;
      (s.positive ? yes : no).push_back(s.draft);
    }
    std::vector<std::uint32_t> sides;
    for (std::uint32_t a : yes)
      for (std::uint32_t b : no)
        if (different_sources(a, b)) {
          sides.push_back(a);
          sides.push_back(b);
        }
    add(e, ConflictKind::polarity, std::move(sides));
  }

  /// A denial, or an account of causes, whose event stands alone is about the like event that another source
  /// tells of: "none defected" and "dozens joined them", "forced to leave" and "why we pulled out".
  void join_like() {
    const std::size_t own = statements_.size();
    if (own > kMostStatements) return;
    for (std::size_t i = 0; i < own; ++i) {
      const Statement s = statements_[i];
      if (!s.settled || (s.positive && !gives_cause(s)) || told_by_another(s, own)) continue;
      if (const Id<Event> best = like_event(s, own))
        statements_.push_back({s.draft, best, s.trigger, s.positive, true, s.values});
    }
    std::stable_sort(statements_.begin(), statements_.end(),
                     [](const Statement& a, const Statement& b) { return a.draft < b.draft; });
  }

  bool told_by_another(const Statement& of, std::size_t own) const {
    for (std::size_t i = 0; i < own; ++i)
      if (const Statement& s = statements_[i];
          s.event == of.event && s.positive && s.settled && different_sources(s.draft, of.draft))
        return true;
    return false;
  }

  Id<Event> like_event(const Statement& of, std::size_t own) const {
    Id<Event> best;
    int best_score = 0;
    for (std::size_t i = 0; i < own; ++i) {
      const Statement& s = statements_[i];
      if (!s.positive || !s.settled || s.event == of.event || !different_sources(s.draft, of.draft)) continue;
      if (const int score = likeness(s.event, of); score > best_score) best = s.event, best_score = score;
    }
    return best;
  }

  /// 0: not the same happening. Same or kindred type; no places in contradiction; somebody shared. Only where
  /// nothing known tells them apart may a denial of the same type go without.
  int likeness(Id<Event> a, const Statement& of) const {
    const Event &x = c_.doc[a], &y = c_.doc[of.event];
    const bool same_type = x.type == y.type;
    if (!same_type && !kin(c_.doc.str(x.type), c_.doc.str(y.type))) return 0;
    // "No one was hurt" denies no attack that hurt no one.
    if (only_no_harm(y) && !(x.deaths.best > 0 || x.injured.best > 0)) return 0;
    // Who denies that he killed somebody does not deny that two sides fought.
    if (!same_type && !has(x, EventRole::target) && has(y, EventRole::target) && two_sided(x)) return 0;
    int shared = 0;
    if (x.place && y.place) {
      const Place &p = c_.doc[x.place], &q = c_.doc[y.place];
      const bool same =
          p.resolved && q.resolved ? p.gazetteer == q.gazetteer : c_.doc.text(p.span) == c_.doc.text(q.span);
      // Of a place that is not in the gazetteer little is known; kindred types need more care than equal
      // ones.
      if (!same && (!same_type || (p.resolved && q.resolved))) return 0;
      shared += same ? 2 : 0;
    }
    bool x_known = false, y_known = false;
    for (const EventArg& p : c_.doc[x.args]) {
      x_known |= named(p);
      for (const EventArg& q : c_.doc[y.args])
        if (const Id<Entity> e = meant_by(q, of.draft); p.entity && p.entity == e) shared += 2;
    }
    for (const EventArg& q : c_.doc[y.args]) y_known |= named(q);
    if (!shared && (!same_type || of.positive || (x_known && y_known))) return 0;
    return shared + (same_type ? 2 : 1);
  }

  /// Denied, and told with no dead or no injured, and by whom it is not said.
  bool only_no_harm(const Event& e) const {
    return e.status == EventStatus::denied && (e.deaths.best == 0 || e.injured.best == 0) &&
           !has(e, EventRole::actor);
  }

  bool has(const Event& e, EventRole role) const {
    const auto args = c_.doc[e.args];
    return std::any_of(args.begin(), args.end(), [&](const EventArg& a) { return a.role == role; });
  }
  bool two_sided(const Event& e) const {
    const auto args = c_.doc[e.args];
    return std::count_if(args.begin(), args.end(),
                         [](const EventArg& a) { return a.role == EventRole::actor; }) > 1;
  }

  /// "we" in somebody's words is the speaker.
  Id<Entity> meant_by(const EventArg& a, std::uint32_t draft) const {
    const std::string_view words = c_.doc.text(a.span);
    return equals_ignore_case(words, "we") || words == "I" ? entity_[draft] : a.entity;
  }

  bool kin(std::string_view a, std::string_view b) const {
    const auto of_a = c_.cues.find(CueClass::kin, a), of_b = c_.cues.find(CueClass::kin, b);
    return std::find_first_of(of_a.begin(), of_a.end(), of_b.begin(), of_b.end()) != of_a.end();
  }

  bool named(const EventArg& a) const {
    if (!a.entity) return false;
    const Id<Mention> best = c_.doc[a.entity].best;
    return best && c_.doc[best].form == MentionForm::name;
  }

  // ---- numbers -------------------------------------------------------------------------------------

  void count(std::size_t e) {
    std::vector<std::uint32_t> sides;
    const auto& ids = by_event_[e];
    for (std::size_t i = 0; i < ids.size() && ids.size() <= kMostStatements; ++i)
      for (std::size_t j = i + 1; j < ids.size(); ++j) {
        const Statement &a = statements_[ids[i]], &b = statements_[ids[j]];
        if (!a.positive || !b.positive || !different_sources(a.draft, b.draft)) continue;
        if (!comparable(ids, i, j)) continue;
        const int x = a.values.count, y = b.values.count;
        if (x < 0 || y < 0 || x == y) continue;
        sides.push_back(a.draft);
        sides.push_back(b.draft);
      }
    add(e, ConflictKind::count, std::move(sides));
  }

  /// Killed goes with killed, not with wounded: the same verb, or the first that each says of the event.
  bool comparable(const std::vector<std::uint32_t>& ids, std::size_t i, std::size_t j) const {
    const Statement &a = statements_[ids[i]], &b = statements_[ids[j]];
    if (!a.trigger || !b.trigger) return false;
    if (c_.tree.lemma(a.trigger) == c_.tree.lemma(b.trigger)) return true;
    const auto first = [&](std::size_t k) {
      return k == 0 || statements_[ids[k - 1]].draft != statements_[ids[k]].draft;
    };
    return first(i) && first(j);
  }

  // ---- causes --------------------------------------------------------------------------------------

  void cause(std::size_t e) {
    std::vector<std::uint32_t> with_cause;
    for (std::uint32_t i : by_event_[e])
      if (statements_[i].positive && gives_cause(statements_[i])) with_cause.push_back(statements_[i].draft);
    std::vector<std::uint32_t> sides;
    for (std::size_t i = 0; i < with_cause.size(); ++i)
      for (std::size_t j = i + 1; j < with_cause.size(); ++j)
        if (different_sources(with_cause[i], with_cause[j])) {
          sides.push_back(with_cause[i]);
          sides.push_back(with_cause[j]);
        }
    add(e, ConflictKind::cause, std::move(sides));
  }

  /// "... because ...", "... to protect ...", "forcing X to ...", "why we ...".
  bool gives_cause(const Statement& s) const {
    if (!s.trigger) return false;
    const Tree& tree = c_.tree;
    for (Id<Token> child : tree.children(s.trigger)) {
      if (tree[child].deprel == Deprel::advmod && tree.lemma(child) == "why") return true;
      if (tree[child].deprel == Deprel::obl && marked_by(tree, child, "because")) return true;
      if (tree[child].deprel == Deprel::advcl)
        for (std::string_view mark : {"because", "since", "so", "to"})
          if (marked_by(tree, child, mark)) return true;
    }
    const Id<Token> up = tree.head(s.trigger);
    if (!up || tree[s.trigger].deprel != Deprel::xcomp) return false;
    const std::string_view lemma = tree.lemma(up);
    return lemma == "force" || lemma == "compel" || lemma == "drive" || lemma == "oblige" || lemma == "push";
  }

  // ---- who, where, when ----------------------------------------------------------------------------

  /// The later account is about the event of the first as well, with its own doer, place or time.
  void rivals() {
    const std::vector<Rival> found = find_rivals(c_, drafts_, entity_, statements_);
    std::vector<Statement> more;
    for (const Rival& r : found) {
      const Statement &a = statements_[r.a], &b = statements_[r.b];
      if (b.event != a.event) {
        Statement s = b;
        s.event = a.event;
        more.push_back(s);
      }
      const auto same = [&](const Clash& c) { return c.event == a.event && c.kind == r.kind; };
      auto at = std::find_if(out_.begin(), out_.end(), same);
      if (at == out_.end()) at = out_.insert(out_.end(), Clash{a.event, r.kind, {}});
      at->drafts.push_back(a.draft);
      at->drafts.push_back(b.draft);
      tidy(at->drafts);
    }
    if (found.empty()) return;
    statements_.insert(statements_.end(), more.begin(), more.end());
    std::stable_sort(statements_.begin(), statements_.end(),
                     [](const Statement& a, const Statement& b) { return a.draft < b.draft; });
    std::stable_sort(out_.begin(), out_.end(), [](const Clash& a, const Clash& b) {
      return a.event != b.event ? a.event < b.event : a.kind < b.kind;
    });
  }

  void add(std::size_t e, ConflictKind kind, std::vector<std::uint32_t> sides) {
    tidy(sides);
    if (sides.size() >= 2) out_.push_back({Id<Event>(e), kind, std::move(sides)});
  }

  static constexpr std::size_t kMostStatements = 400;

  const Context& c_;
  const std::vector<Draft>& drafts_;
  const std::vector<Id<Entity>>& entity_;
  std::vector<Statement>& statements_;
  std::vector<std::vector<std::uint32_t>> by_event_;
  std::vector<Clash> out_;
};

}  // namespace

std::vector<Clash> find_conflicts(const Context& context, const std::vector<Draft>& drafts,
                                  const std::vector<Id<Entity>>& entity, std::vector<Statement>& statements) {
  return Comparer(context, drafts, entity, statements).run();
}

}  // namespace annalist::claims
