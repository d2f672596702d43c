#include "event/merge.h"

#include <algorithm>
#include <cmath>

#include "event/main_event.h"

namespace annalist::event {
namespace {

constexpr double kNearKm = 25;
constexpr std::uint32_t kRecall = 3;  // sentences over which "many died" means the deaths told before

double km(const Place& a, const Place& b) {
  // Flat-earth distance is enough to tell neighbours from strangers.
  constexpr double kDegree = 111.2;
  const double y = (a.lat - b.lat) * kDegree;
  const double x = (a.lon - b.lon) * kDegree * std::cos((a.lat + b.lat) * 0.00872664626);
  return std::sqrt(x * x + y * y);
}

enum class Fit { clash, open, shared };

class Merger {
 public:
  Merger(const Scene& scene, std::vector<Draft>& drafts, const std::vector<Relation>& said)
      : scene_(scene),
        said_(said),
        doc_(scene.doc()),
        tree_(scene.tree()),
        book_(scene.codebook()),
        drafts_(drafts) {}

  std::vector<Merged> run() {
    for (std::uint32_t i = 0; i < drafts_.size(); ++i) {
      Draft& draft = drafts_[i];
      if (draft.absorbed != Draft::kNone) continue;
      if (book_.frames()[draft.frame].recalls) {
        recall(i);
        continue;
      }
      std::size_t best = events_.size();
      int best_score = 0;
      for (std::size_t e = events_.size(); e-- > 0;) {
        const int score = fit(draft, events_[e]);
        if (score > best_score) {
          best_score = score;
          best = e;
        }
      }
      if (best < events_.size())
        join(i, best);
      else if (events_.size() < kMostEvents)
        open(i);
    }
    for (std::uint32_t i = 0; i < drafts_.size(); ++i)
      if (drafts_[i].absorbed != Draft::kNone && drafts_[drafts_[i].absorbed].event != Draft::kNone) {
        drafts_[i].event = drafts_[drafts_[i].absorbed].event;
        events_[drafts_[i].event].mentions.push_back(i);
      }
    for (Merged& m : events_) finish(m);
    choose_main(scene_, drafts_, events_);
    return std::move(events_);
  }

 private:
  // ---- does a draft tell of that event? ------------------------------------------------------------

  /// Who a word stands for: "the group" of a named one is that one.
  const ActorLink* side(Id<Token> t) const {
    const ActorLink* own = scene_.actor(t);
    if (own && own->id) return own;
    const Id<Entity> e = scene_.entity(t);
    const Id<ActorLink> whole = e ? doc_[e].actor : Id<ActorLink>();
    return whole && doc_[whole].id ? &doc_[whole] : own;
  }

  bool named(Id<Token> t) const {
    if (const ActorLink* link = side(t); link && !link->id.empty()) return true;
    const Id<Mention> m = scene_.mention(t);
    return m && doc_[m].form == MentionForm::name;
  }

  bool same_one(Id<Token> a, Id<Token> b) const {
    if (a == b) return true;
    const Id<Entity> x = scene_.entity(a), y = scene_.entity(b);
    if (x && y) {
      if (x == y) return true;
      const ActorLink *p = side(a), *q = side(b);
      if (p && q && !p->id.empty() && p->id == q->id) return true;
    }
    return !named(a) && !named(b) && tree_[a].lemma == tree_[b].lemma && scene_.is_noun(a);
  }

  /// A person's name in full says more than a part of it or a pronoun.
  bool names_better(const Participant& p, const Participant& q) const {
    const Id<Mention> m = scene_.mention(p.head), n = scene_.mention(q.head);
    if (!m || !n || doc_[m].form != MentionForm::name || doc_[m].type != EntityType::per) return false;
    if (doc_[n].form == MentionForm::pronoun) return true;
    return doc_[n].form == MentionForm::name && doc_[m].tokens.count > doc_[n].tokens.count;
  }

  bool names_any(const std::vector<Participant>& all, EventRole role) const {
    return std::any_of(all.begin(), all.end(),
                       [&](const Participant& p) { return p.role == role && named(p.head); });
  }

  /// The report says that one leads the other or is part of it.
  bool said_one_side(Id<Token> a, Id<Token> b) const {
    const Id<Entity> x = scene_.entity(a), y = scene_.entity(b);
    return x && y && std::any_of(said_.begin(), said_.end(), [&](const Relation& r) {
             return (r.kind == RelationKind::leads || r.kind == RelationKind::part_of) &&
                    ((r.a == x && r.b == y) || (r.a == y && r.b == x));
           });
  }

  /// A leader and the group led, a group and what it is part of: one may stand for the other.
  bool same_side(Id<Token> a, Id<Token> b) const {
    if (said_one_side(a, b)) return true;
    const ActorLink *p = side(a), *q = side(b);
    return p && q &&
           ((!p->part_of.empty() && p->part_of == q->id) || (!q->part_of.empty() && q->part_of == p->id) ||
            state_and_arm(a, b));
  }

  /// "Russia" and "Russian forces", "Moscow" and "the Russian army": a state and what acts in its name.
  static bool acts_for(const ActorLink& state, const ActorLink& arm) {
    return state.kind == ActorKind::state && of_state(arm.kind) && !state.country.empty() &&
           state.country == arm.country;
  }

  static bool of_state(ActorKind kind) {
    return kind == ActorKind::military || kind == ActorKind::police || kind == ActorKind::government ||
           kind == ActorKind::state;
  }

  /// Forces of a state, other fighters, a crowd: told apart where the words or the kind are plain. "The
  /// group" may be anybody named before.
  enum class Camp { unknown, state, fighters, crowd };
  Camp camp(Id<Token> t) const {
    const ActorLink* link = side(t);
    const ActorKind kind = link ? link->kind : ActorKind::none;
    const bool mob = scene_.has(t, Class::bare_crowd) && !scene_.is(t, Class::political);
    // The Free Syrian Army is no army of a state: of whom is known what he is, his words say nothing.
    const bool known = link && !link->id.empty() && kind != ActorKind::none && kind != ActorKind::other;
    if (of_state(kind) || (!known && scene_.is_noun(t) && scene_.is(t, Class::state_force)))
      return Camp::state;
    if (scene_.has(t, Class::protest_crowd) || mob || kind == ActorKind::protesters ||
        kind == ActorKind::civilians)
      return Camp::crowd;
    return kind == ActorKind::armed_group || kind == ActorKind::opposition ||
                   kind == ActorKind::unknown_armed || (scene_.is_noun(t) && scene_.has(t, Class::armed))
               ? Camp::fighters
               : Camp::unknown;
  }

  /// Two nominals for different kinds of people, or two names, tell of different sides.
  bool different(Id<Token> a, Id<Token> b, EventRole role) const {
    if (named(a) && named(b)) return !same_side(a, b);
    // Police who fired and a mob that attacked: two acts. Of those hit, "people" may be the soldiers.
    const Camp x = camp(a), y = camp(b);
    const bool crowd = x == Camp::crowd || y == Camp::crowd;
    if (x != y && x != Camp::unknown && y != Camp::unknown && (!crowd || role == EventRole::actor))
      return true;
    const ActorLink *p = side(a), *q = side(b);
    if (p && q && !p->country.empty() && !q->country.empty() && p->country != q->country) return true;
    const ClassMask kSides = mask(Class::armed);
    return p && q && ((p->kind == ActorKind::civilians) != (q->kind == ActorKind::civilians)) &&
           ((scene_.classes(a) ^ scene_.classes(b)) & kSides) != 0;
  }

  bool state_and_arm(Id<Token> a, Id<Token> b) const {
    const ActorLink *p = side(a), *q = side(b);
    return p && q && (acts_for(*p, *q) || acts_for(*q, *p));
  }

  Fit participants(const std::vector<Participant>& a, const std::vector<Participant>& b,
                   EventRole role) const {
    bool any_a = false, any_b = false, all_different = true;
    for (const Participant& p : a) {
      if (p.role != role) continue;
      any_a = true;
      for (const Participant& q : b) {
        if (q.role != role) continue;
        any_b = true;
        if (same_one(p.head, q.head) || state_and_arm(p.head, q.head)) return Fit::shared;
        all_different &= different(p.head, q.head, role);
      }
    }
    if (!any_a) return Fit::open;
    return any_b && all_different ? Fit::clash : Fit::open;
  }

  /// "took control of the city": the place told before, not merely the scene at hand.
  bool points_at_place(const Draft& draft) const {
    if (book_.type(draft.type).group != "territory") return false;
    return std::any_of(draft.slots.begin(), draft.slots.end(), [&](const Slot& s) {
      if (!scene_.is_noun(s.head) || !scene_.has(s.head, Class::place) || scene_.place(s.head)) return false;
      if (tree_[s.head].is(MorphFlag::plural)) return false;
      return std::any_of(tree_.children(s.head).begin(), tree_.children(s.head).end(), [&](Id<Token> c) {
        return tree_[c].deprel == Deprel::det && (tree_.lemma(c) == "the" || tree_.lemma(c) == "this");
      });
    });
  }

  Fit where(const Draft& draft, const Merged& event) const {
    if (!draft.place || !event.place) return Fit::open;
    if (draft.place == event.place)
      return draft.place_inherited && !points_at_place(draft) ? Fit::open : Fit::shared;
    const Place &a = doc_[draft.place], &b = doc_[event.place];
    if (!a.gazetteer.empty() && a.gazetteer == b.gazetteer) return Fit::shared;
    if (doc_.text(a.span) == doc_.text(b.span)) return Fit::shared;
    if (!a.resolved || !b.resolved) {
      // A village that no gazetteer has may lie in the region told beside it.
      const Place& other = a.resolved ? a : b;
      const bool region = other.resolved && other.precision >= PlacePrecision::admin1 &&
                          (!a.country || !b.country || a.country == b.country);
      return draft.place_inherited || region ? Fit::open : Fit::clash;
    }
    if (a.country != b.country) return Fit::clash;
    const bool coarse = a.precision == PlacePrecision::country || b.precision == PlacePrecision::country;
    if (coarse) return Fit::open;
    const bool region = a.precision == PlacePrecision::admin1 || b.precision == PlacePrecision::admin1;
    if (a.admin1 == b.admin1 && region) return Fit::shared;
    return km(a, b) <= kNearKm ? Fit::shared : draft.place_inherited ? Fit::open : Fit::clash;
  }

  bool one_region(Id<Place> a, Id<Place> b) const {
    return doc_[a].resolved && doc_[b].resolved && doc_[a].country == doc_[b].country && doc_[a].admin1 &&
           doc_[a].admin1 == doc_[b].admin1;
  }

  Fit when(const Draft& draft, const Merged& event) const {
    if (!draft.dated_by_text || !event.dated_by_text) return Fit::open;
    const Day a1 = draft.from ? draft.from : draft.to, a2 = draft.to ? draft.to : draft.from;
    const Day b1 = event.from ? event.from : event.to, b2 = event.to ? event.to : event.from;
    if (!a1 || !b1) return Fit::open;
    if (a2 < b1 || b2 < a1) return Fit::clash;
    return a1 == b1 && a2 == b2 ? Fit::shared : Fit::open;
  }

  bool joinable(TypeId a, TypeId b) const {
    if (a == b) return true;
    const auto joins = [&](TypeId x, TypeId y) {
      const auto& list = book_.type(x).joins;
      return std::find(list.begin(), list.end(), y) != list.end();
    };
    return joins(a, b) || joins(b, a);
  }

  bool statuses_fit(EventStatus a, EventStatus b) const {
    if (a == b || (is_real(a) && is_real(b))) return true;
    return (a == EventStatus::denied && is_real(b)) || (b == EventStatus::denied && is_real(a));
  }

  /// "the attack", "this raid": told before. "another attack": not.
  enum class Definite { no, fresh, anaphor };
  Definite definiteness(const Draft& draft) const {
    if (!scene_.is_noun(draft.trigger)) return Definite::no;
    for (const Id<Token> c : tree_.children(draft.trigger)) {
      const std::string_view lemma = tree_.lemma(c);
      if (lemma == "another" || lemma == "second" || lemma == "third" || lemma == "separate" ||
          lemma == "other" || lemma == "similar" || lemma == "previous" || lemma == "earlier")
        return Definite::fresh;
    }
    for (const Id<Token> c : tree_.children(draft.trigger)) {
      const std::string_view lemma = tree_.lemma(c);
      if (tree_[c].deprel == Deprel::det &&
          (lemma == "the" || lemma == "this" || lemma == "that" || lemma == "these"))
        return Definite::anaphor;
      if (tree_[c].deprel == Deprel::nmod_poss) return Definite::anaphor;
    }
    return Definite::no;
  }

  /// "several villages" are not "the town".
  bool objects_differ(const Draft& a, const Draft& b) const {
    const Id<Token> x = filler(a.slots, {SlotKind::object, 0}), y = filler(b.slots, {SlotKind::object, 0});
    if (!x || !y || !scene_.is_noun(x) || !scene_.is_noun(y)) return false;
    // "captured X", "captured Z": two towns that no gazetteer has
    const bool names = scene_.upos(x) == Upos::propn && scene_.upos(y) == Upos::propn && !scene_.place(x) &&
                       !scene_.place(y) && tree_.text(x) != tree_.text(y);
    return names || tree_[x].is(MorphFlag::plural) != tree_[y].is(MorphFlag::plural);
  }

  bool counts_differ(const Count& a, const Count& b) const {
    return a.known() && b.known() && a.best >= 0 && b.best >= 0 && a.best != b.best;
  }

  /// "the bomb exploded", "the offensive ... attacked": a noun and the verb it hangs on.
  bool one_phrase(const Draft& draft, const Merged& event) const {
    for (const std::uint32_t m : event.mentions) {
      const Draft& other = drafts_[m];
      if (other.sentence != draft.sentence) continue;
      if (tree_.head(draft.trigger) == other.trigger || tree_.head(other.trigger) == draft.trigger) {
        const Deprel d = tree_.head(draft.trigger) == other.trigger ? tree_[draft.trigger].deprel
                                                                    : tree_[other.trigger].deprel;
        if (d == Deprel::nsubj || d == Deprel::nsubj_pass || d == Deprel::obj || d == Deprel::obl ||
            d == Deprel::nmod || d == Deprel::obl_agent || d == Deprel::appos)
          return true;
      }
    }
    return false;
  }

  /// A denial answers what was told shortly before of the same kind of people: "the rebels pulled out ...
  /// denied that its fighters had withdrawn".
  bool answers(const Draft& draft, const Merged& event) const {
    constexpr std::uint32_t kReach = 3;  // sentences
    if ((draft.status == EventStatus::denied) == (event.status == EventStatus::denied)) return false;
    if (draft.type != event.type || draft.sentence > drafts_[event.mentions.back()].sentence + kReach)
      return false;
    for (const Participant& p : draft.participants)
      for (const Participant& q : event.participants) {
        if (p.role != EventRole::actor || q.role != EventRole::actor) continue;
        const ActorLink *a = side(p.head), *b = side(q.head);
        if (a && b && a->kind == b->kind && !a->country.empty() && a->country == b->country) return true;
      }
    return false;
  }

  /// "killings", without whom or by whom: no mention of one killing.
  bool in_general(const Draft& draft) const {
    return scene_.is_noun(draft.trigger) && draft.participants.empty() && !draft.deaths.known() &&
           tree_[draft.trigger].is(MorphFlag::plural) && book_.type(draft.type).group == "harm" &&
           definiteness(draft) == Definite::no;
  }

  static bool suffers(const Draft& draft) {
    return std::any_of(draft.participants.begin(), draft.participants.end(),
                       [](const Participant& p) { return p.role == EventRole::target; });
  }

  /// "Gangs have kidnapped hundreds in the past three years": no single deed, which "the kidnapping" could
  /// mean.
  bool is_pattern(const Merged& event) const {
    constexpr int kMonth = 31;
    return event.dated_by_text && event.from && event.to && event.to.value - event.from.value > kMonth;
  }

  /// "the attack", "the raid" without a doer or means of its own: any fight or harm told before.
  bool means_any(const Draft& draft, const Merged& event) const {
    const TypeInfo& type = book_.type(event.type);
    return type.violent && (type.group == "fight" || type.group == "harm") &&
           book_.type(draft.type).name == "attack";
  }

  /// 0: another event. Else the more the better.
  int fit(const Draft& draft, const Merged& event) const {
    const Definite definite = definiteness(draft);
    const Draft& lead = drafts_[event.mentions.front()];
    const bool same_group = book_.type(draft.type).group == book_.type(event.type).group;
    const bool before =
        draft.sentence > lead.sentence ||
        (draft.sentence == lead.sentence && lead.trigger < draft.trigger && draft.clause != lead.clause);
    const bool anaphor = definite == Definite::anaphor && before && book_.type(draft.type).violent &&
                         (same_group || means_any(draft, event));
    if (!joinable(draft.type, event.type) && !anaphor) return 0;
    if (definite == Definite::fresh || !statuses_fit(draft.status, event.status)) return 0;
    if (in_general(draft) != in_general(lead)) return 0;
    if (anaphor && !tree_[draft.trigger].is(MorphFlag::plural) && is_pattern(event)) return 0;
    if (same_group && book_.type(draft.type).violent && joinable(draft.type, event.type) &&
        one_phrase(draft, event))
      return 9;
    const Fit actor = participants(draft.participants, event.participants, EventRole::actor);
    Fit target = participants(draft.participants, event.participants, EventRole::target);
    // "Killed dozens of militants, the army said, while X said the raids killed 46 people": one deed,
    // disputed.
    if (anaphor && target == Fit::clash && !names_any(draft.participants, EventRole::target) &&
        !names_any(event.participants, EventRole::target))
      target = Fit::open;
    const bool top = draft.sentence <= 3 && scene_.in_headline(lead.trigger);
    Fit place = where(draft, event);
    const Fit time = when(draft, event);
    // A headline names the region or the next large town: "Kaduna highway" for a village of Kaduna.
    if (top && place == Fit::clash && one_region(draft.place, event.place)) place = Fit::open;
    if (actor == Fit::clash || target == Fit::clash || place == Fit::clash || time == Fit::clash) return 0;
    // "denied killing civilians" answers no report of a clash.
    const bool answer = (draft.status == EventStatus::denied) != (event.status == EventStatus::denied);
    if (answer && book_.type(event.type).symmetric && !book_.type(draft.type).symmetric && suffers(draft))
      return 0;
    const std::string& group = book_.type(draft.type).group;
    if (group == "territory" && objects_differ(draft, lead)) return 0;
    if (draft.sentence == lead.sentence && draft.clause != lead.clause && !anaphor && place != Fit::shared &&
        actor != Fit::shared)
      return 0;
    // "While Kabul said the raids killed 46": another number for what was told.
    if (counts_differ(draft.deaths, event.deaths) && !top && !anaphor && place != Fit::shared) return 0;
    int score = 0;
    score += actor == Fit::shared ? 3 : 0;
    score += target == Fit::shared ? 2 : 0;
    score += place == Fit::shared ? 3 : 0;
    score += !draft.place && event.place && points_at_place(draft) ? 3 : 0;
    score += time == Fit::shared ? 1 : 0;
    score += draft.type == event.type ? 1 : 0;
    score += anaphor ? 3 : 0;
    // "The attack" is the one just told, rather than one of its very type further back.
    score += anaphor && draft.sentence <= drafts_[event.mentions.back()].sentence + 1 ? 1 : 0;
    score += answers(draft, event) ? 3 : 0;
    score += top ? 3 : 0;
    // Speech acts are many and alike: only the same speaker towards the same side is one.
    if (book_.type(draft.type).political && !(actor == Fit::shared && target == Fit::shared))
      return top ? score : 0;
    return score >= 3 ? score : 0;
  }

  // ---- putting together ------------------------------------------------------------------------------

  bool names_unlocated(const Draft& d) const {
    const Id<Token> o = filler(d.slots, {SlotKind::object, 0});
    return o && book_.type(d.type).group == "territory" && scene_.upos(o) == Upos::propn &&
           scene_.is(o, Class::place) && !scene_.place(o);
  }

  void open(std::uint32_t i) {
    Draft& d = drafts_[i];
    d.event = static_cast<std::uint32_t>(events_.size());
    events_.push_back({{i},
                       d.type,
                       d.mode,
                       d.status,
                       d.participants,
                       d.places,
                       d.place,
                       d.time,
                       d.from,
                       d.to,
                       d.precision,
                       d.dated_by_text,
                       d.hedged,
                       false,
                       names_unlocated(d),
                       d.deaths,
                       d.injured,
                       d.abducted});
  }

  void join(std::uint32_t i, std::size_t at) {
    Draft& d = drafts_[i];
    Merged& e = events_[at];
    d.event = static_cast<std::uint32_t>(at);
    e.mentions.push_back(i);
    e.unlocated |= names_unlocated(d);
    const auto& joins = book_.type(d.type).joins;
    if (std::find(joins.begin(), joins.end(), e.type) != joins.end()) {
      e.type = d.type;
      e.mode = d.mode;
    }
    if (is_real(d.status) && !is_real(e.status)) e.status = d.status;
    for (const Participant& p : d.participants) {
      const auto known = std::ranges::find_if(e.participants,
                                              [&](const Participant& q) { return same_one(p.head, q.head); });
      if (known == e.participants.end())
        e.participants.push_back(p);
      else if (names_better(p, *known))
        *known = {known->role, p.head, p.span};
    }
    for (const EventPlace& p : d.places)
      if (std::none_of(e.places.begin(), e.places.end(),
                       [&](const EventPlace& q) { return q.place == p.place; }))
        e.places.push_back(p);
    if (d.place && (!e.place || (!d.place_inherited && doc_[d.place].precision < doc_[e.place].precision)))
      e.place = d.place;
    if ((d.dated_by_text && !e.dated_by_text) || (!e.from && !e.to)) {
      e.time = d.time;
      e.from = d.from;
      e.to = d.to;
      e.precision = d.precision;
      e.dated_by_text = d.dated_by_text;
    }
    e.hedged = e.hedged && d.hedged;
    take_counts(e, d);
  }

  /// The first number stands for "best"; later ones widen the bounds.
  static void widen(Count& to, const Count& from) {
    if (!from.known()) return;
    if (!to.known()) {
      to = from;
      return;
    }
    const auto lowest = [](std::int32_t a, std::int32_t b) { return a < 0 ? b : b < 0 ? a : std::min(a, b); };
    to.low = lowest(to.low, from.low);
    to.high = std::max(to.high, from.high);
  }

  static void take_counts(Merged& e, const Draft& d) {
    widen(e.deaths, d.deaths);
    widen(e.injured, d.injured);
    widen(e.abducted, d.abducted);
  }

  /// "The toll rose to 40" speaks of the event told last that had dead, "put the number of injured at 40" of
  /// the one that had injured, else of the violent one told last; "the human toll of the war" of none. "Said
  /// that women and children died" needs no number.
  void recall(std::uint32_t i) {
    Draft& d = drafts_[i];
    const bool wounds = d.injured.known();
    const Count& told = wounds ? d.injured : d.deaths;
    // Of nouns "the strike" is enough, "the toll" is not.
    const bool points = definiteness(d) == Definite::anaphor && !book_.frames()[d.frame].result;
    if (!told.known() && scene_.is_noun(d.trigger) && !points) return;
    const auto count_of = [&](Merged& m) -> Count& { return wounds ? m.injured : m.deaths; };
    std::size_t at = events_.size();
    for (std::size_t e = events_.size(); e-- > 0;) {
      if (!book_.type(events_[e].type).violent || !is_real(events_[e].status)) continue;
      if (at == events_.size()) at = e;
      if (count_of(events_[e]).best <= 0) continue;
      at = e;
      break;
    }
    if (at == events_.size()) return;
    if (!told.known() && d.sentence > drafts_[events_[at].mentions.back()].sentence + kRecall) return;
    d.event = static_cast<std::uint32_t>(at);
    events_[at].mentions.push_back(i);
    if (!told.known()) return;
    Count& count = count_of(events_[at]);
    // "One was killed. 1 fatality." sums up; a larger number is news, unless it is somebody's estimate.
    const bool estimate = tree_[d.trigger].deprel == Deprel::obj;
    if (estimate && count.known())
      widen(count, told);
    else if (told.best >= count.best)
      count = told;
  }

  /// A side named in one mention and described in another is one side: the name stays.
  void finish(Merged& m) {
    std::sort(m.mentions.begin(), m.mentions.end());
    if (m.mentions.size() < 2) return;
    for (const EventRole role : {EventRole::actor, EventRole::target}) {
      const bool name = std::any_of(m.participants.begin(), m.participants.end(),
                                    [&](const Participant& p) { return p.role == role && named(p.head); });
      if (!name) continue;
      const bool person = std::ranges::all_of(m.participants, [&](const Participant& p) {
        return p.role != role || !named(p.head) || is_person(p.head);
      });
      std::erase_if(m.participants, [&](const Participant& p) {
        return p.role == role && !named(p.head) && !beside_name(m, p) && !(person && several(p.head));
      });
    }
  }

  bool is_person(Id<Token> t) const {
    const Id<Mention> m = scene_.mention(t);
    return m && doc_[m].type == EntityType::per;
  }
  /// "23 students", "dozens of soldiers": more than the one who is named elsewhere.
  bool several(Id<Token> t) const { return scene_.is_noun(t) && tree_[t].is(MorphFlag::plural); }

  /// Named beside it in the same mention ("the Badr Brigade and allied fighters"): a second participant.
  bool beside_name(const Merged& m, const Participant& p) const {
    for (const Participant& q : m.participants)
      if (q.role == p.role && named(q.head) && tree_.token(q.head).sentence == tree_.token(p.head).sentence)
        return true;
    return false;
  }

  const Scene& scene_;
  const std::vector<Relation>& said_;
  const Document& doc_;
  const Tree& tree_;
  const Codebook& book_;
  std::vector<Draft>& drafts_;
  std::vector<Merged> events_;
};

}  // namespace

std::vector<Merged> merge(const Scene& scene, std::vector<Draft>& drafts, const std::vector<Relation>& said) {
  return Merger(scene, drafts, said).run();
}

}  // namespace annalist::event
