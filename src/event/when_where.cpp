#include "event/when_where.h"

#include <algorithm>

#include "event/aside.h"
#include "event/place_anaphor.h"

namespace annalist::event {
namespace {

constexpr int kYear = 365;
constexpr std::uint32_t kReach = 3;  // sentences over which a place may be inherited
constexpr int kOldSaying = 7;    // days: what was reported so long before the report is not of its own day
constexpr int kOtherScene = 60;  // days: what happened so long before is another scene

bool is_coarse(const Place& p) { return p.precision == PlacePrecision::country; }

/// "US forces", "Turkey's army", "a US citizen": a country that says whose, not where.
bool names_side(const Scene& scene, Id<Token> t) {
  const Id<Place> p = scene.place(t);
  if (!p || !is_coarse(scene.doc()[p])) return false;
  const Id<Token> first = scene.top_conjunct(t);
  const Deprel d = scene.deprel(first);
  const Id<Token> head = scene.head(first), of = scene.preposition(first);
  const bool owns =
      d == Deprel::nmod && of && scene.tree().lemma(of) == "of";  // "the governments of A and B"
  if (d != Deprel::amod && d != Deprel::compound && d != Deprel::nmod_poss && !owns) return false;
  return head && !scene.place(head) && scene.can_act(head);
}

bool crosses_clause(Deprel d) {
  return d == Deprel::acl_relcl || d == Deprel::acl || d == Deprel::advcl || d == Deprel::ccomp ||
         d == Deprel::parataxis || d == Deprel::xcomp;
}

class Reader {
 public:
  Reader(const Scene& scene, const Arguments& arguments, std::span<const Draft> told)
      : scene_(scene), tree_(scene.tree()), arguments_(arguments), told_(told) {
    const Words& words = scene.codebook().words();
    for (const std::string_view w :
         {"in", "at", "near", "inside", "outside", "around", "across", "on", "of", "along", "throughout",
          "within", "between", "over", "against", "towards"})
      at_.push_back(words.find(w));
    from_ = words.find("from");
    for (const std::string_view w : {"to", "into", "toward", "towards", "onto"}) to_.push_back(words.find(w));
  }

  void where(Draft& draft) {
    for (const PlaceHint& hint : draft.place_hints) add(draft, hint.role, meant(hint.head));
    from_slots(draft, draft.slots, true);
    if (draft.place) return;
    if (const Predicate* predicate = scene_.predicate(draft.clause))
      for (const Argument& a : scene_.doc()[predicate->arguments])
        if (a.label == RoleLabel::loc && a.head)
          add(draft, EventPlaceRole::at, place_of_phrase(scene_, a.head));
    for (const EventRole role : {EventRole::target, EventRole::actor})
      for (const Participant& p : draft.participants)
        if (!draft.place && p.role == role) {
          add(draft, EventPlaceRole::at, place_below(p.head));
          if (role == EventRole::target)
            add(draft, EventPlaceRole::at, place_told_before(scene_, p.head, told_));
        }
    if (!draft.place)
      for (const Id<Token> c : tree_.children(draft.trigger))
        if ((tree_[c].deprel == Deprel::compound || tree_[c].deprel == Deprel::nmod_poss) &&
            scene_.place(c) && !names_doer(draft, c))
          add(draft, EventPlaceRole::at, scene_.place(c));
    if (!draft.place) descend(draft);
    if (!draft.place) climb(draft);
    if (!draft.place) only_place(draft);
  }

  /// A place without coordinates gives way, as the main place, to the one it is said to lie in: "Harim
  /// (Idlib)".
  void stand_in(Draft& draft) const {
    if (!draft.place || scene_.doc()[draft.place].resolved) return;
    constexpr std::uint32_t kNear = 8;
    const Place& unknown = scene_.doc()[draft.place];
    const Range<Token> tokens = scene_.tree().sentence_of(Id<Token>(unknown.tokens.first)).tokens;
    for (std::uint32_t t = unknown.tokens.end(); t < tokens.end() && t < unknown.tokens.end() + kNear; ++t) {
      const Id<Place> p = scene_.place(Id<Token>(t));
      if (!p || !scene_.doc()[p].resolved) continue;
      // "Harim was captured by Russia": who acts is not where it happened.
      if (std::any_of(draft.participants.begin(), draft.participants.end(),
                      [&](const Participant& q) { return q.head == Id<Token>(t); }))
        continue;
      if (std::none_of(draft.places.begin(), draft.places.end(),
                       [&](const EventPlace& q) { return q.place == p; }))
        draft.places.push_back({p, EventPlaceRole::at});
      draft.place = p;
      return;
    }
  }

  void when(Draft& draft) {
    const Id<Time> time = nearest_time(draft);
    const Day today = scene_.doc().reference_day();
    if (time) {
      const Time& t = scene_.doc()[time];
      draft.time = time;
      draft.from = t.from;
      draft.to = t.to;
      if (const Time* other = range_mate(time)) {
        if (other->from && (!draft.from || other->from < draft.from)) draft.from = other->from;
        if (other->to && (!draft.to || other->to > draft.to)) draft.to = other->to;
      }
      draft.dated_by_text = true;
      // "Under blockade since 2022": from then until now; a state that lasts goes on.
      const bool goes_on = today && t.from && t.from < today && begins(t) && !is_over(draft.clause);
      if (goes_on) draft.to = today;
      const int days = draft.from && draft.to ? draft.to.value - draft.from.value : 0;
      draft.precision = days < 1      ? TimePrecision::day
                        : days <= 7   ? TimePrecision::week
                        : days <= 31  ? TimePrecision::month
                        : days <= 366 ? TimePrecision::year
                                      : TimePrecision::unknown;
      if (!today) return;
      if (goes_on) {
        const bool real = draft.status == EventStatus::actual || draft.status == EventStatus::historical;
        if (real && scene_.codebook().type(draft.type).lasting) draft.status = EventStatus::ongoing;
        return;
      }
      if (draft.status == EventStatus::actual && t.to && t.to.value < today.value - kYear)
        draft.status = EventStatus::historical;
      // "will meet on Friday" said in the present: a date to come is a plan. One day's grace for time zones.
      if (draft.status == EventStatus::actual && t.from && t.from.value > today.value + 1)
        draft.status = EventStatus::planned;
      return;
    }
    if (!is_real(draft.status) || !today) return;
    // "The town was in rebel hands": then, not now.
    if (scene_.codebook().type(draft.type).standing && !is_present(draft.clause)) return;
    if (const Id<Time> said = told_on(draft);
        said && scene_.doc()[said].to.value + kOldSaying < today.value) {
      draft.time = said;
      draft.from = draft.to = scene_.doc()[said].from;
      draft.precision = TimePrecision::day;
      draft.dated_by_text = true;
      return;
    }
    const bool perfect = tree_.child(draft.clause, Deprel::aux, "have").value != Id<Token>::kNone;
    if (perfect && draft.sentence > 1) return;
    draft.from = draft.to = today;
  }

 private:
  void add(Draft& draft, EventPlaceRole role, Id<Place> place) {
    if (!place) return;
    for (const EventPlace& p : draft.places)
      if (p.place == place) return;
    draft.places.push_back({place, role});
    // The scene of the event: where it is at; else where it leads from (a withdrawal) or to.
    if (!draft.place || (is_coarse(scene_.doc()[draft.place]) && !is_coarse(scene_.doc()[place]) &&
                         role == EventPlaceRole::at))
      draft.place = place;
  }

  void from_slots(Draft& draft, const Slots& slots, bool moves) {
    for (const Slot& s : slots) {
      if (s.ref.kind != SlotKind::preposition || scene_.time(s.head)) continue;
      const Word p = s.ref.preposition;
      if (std::find(at_.begin(), at_.end(), p) != at_.end())
        add(draft, EventPlaceRole::at, meant(s.head));
      else if (moves && p == from_)
        add(draft, EventPlaceRole::from, meant(s.head));
      else if (moves && std::find(to_.begin(), to_.end(), p) != to_.end())
        add(draft, EventPlaceRole::to, meant(s.head));
    }
  }

  /// "the US withdrawal", "a US airstrike" happened elsewhere; "the Syria war" did not.
  bool names_doer(const Draft& draft, Id<Token> t) const {
    if (!is_coarse(scene_.doc()[scene_.place(t)])) return false;
    return !scene_.codebook().type(draft.type).violent ||
           std::any_of(draft.participants.begin(), draft.participants.end(),
                       [&](const Participant& p) { return p.head == t; });
  }

  /// The place of a phrase by its name, or by "the town" for one told before.
  Id<Place> meant(Id<Token> head) const {
    const Id<Place> named = place_of_phrase(scene_, head);
    return named ? named : place_told_before(scene_, head, told_);
  }

  /// A place that a modifier of the participant names: "an army base in Homs".
  Id<Place> place_below(Id<Token> head) const {
    const Id<Place> found = place_of_phrase(scene_, head);
    return found && scene_.place(head) != found ? found : Id<Place>();
  }

  /// "was found killed near X": what the verb's complement says of the same scene.
  void descend(Draft& draft) {
    for (const Id<Token> c : tree_.children(draft.clause)) {
      if (tree_[c].deprel != Deprel::xcomp) continue;
      Slots slots;
      for (const Id<Token> below : tree_.children(c))
        if (const Id<Token> p = tree_[below].deprel == Deprel::obl ? scene_.preposition(below) : Id<Token>();
            p && scene_.word(p))
          slots.push_back({{SlotKind::preposition, scene_.word(p)}, below});
      from_slots(draft, slots, false);
    }
  }

  /// Locative phrases of the verbs above, as far as they speak of the same scene.
  void climb(Draft& draft) {
    Id<Token> at = draft.clause;
    for (int i = 0; i < 5 && at && !draft.place; ++i) {
      const Deprel d = tree_[at].deprel;
      const Id<Token> up = tree_.head(at);
      if (!up || d == Deprel::ccomp || d == Deprel::parataxis) break;
      // "Turkey, which invaded": who, not where.
      const Id<Place> described =
          d == Deprel::acl_relcl || d == Deprel::acl ? place_of_phrase(scene_, up) : Id<Place>();
      if (described && !is_coarse(scene_.doc()[described])) add(draft, EventPlaceRole::at, described);
      if (scene_.has(up, Class::report)) break;
      Slots slots;
      for (const Id<Token> c : tree_.children(up)) {
        const Id<Token> p = tree_[c].deprel == Deprel::obl || tree_[c].deprel == Deprel::nmod
                                ? scene_.preposition(c)
                                : Id<Token>();
        if (p && c != at && scene_.word(p)) slots.push_back({{SlotKind::preposition, scene_.word(p)}, c});
        if (scene_.is_verb(up) && tree_[c].deprel == Deprel::obj && c != at)
          slots.push_back({{SlotKind::preposition, at_.front()}, c});
      }
      from_slots(draft, slots, false);
      at = up;
    }
  }

  /// The sentence's place when the parse tied none: the first that follows a preposition of place and is not
  /// a speaker's, else the only one there.
  void only_place(Draft& draft) {
    const Range<Token> tokens = scene_.doc().all<Sentence>()[draft.sentence].tokens;
    Id<Place> located, fine, coarse;
    bool several = false;
    for (std::uint32_t t = tokens.first; t < tokens.end() && !located; ++t) {
      const Id<Token> token(t);
      const Id<Place> p = scene_.place(token);
      if (!p || p == fine || p == coarse || of_speaker(scene_, token) || names_side(scene_, token)) continue;
      if (of_talks(scene_, token, draft.type)) continue;
      const Id<Token> preposition = scene_.preposition(token);
      const bool led =
          preposition && std::find(at_.begin(), at_.end(), scene_.word(preposition)) != at_.end();
      // A country that nothing lies in is somebody's, or somebody: "Turkey released a US pastor".
      const bool country = is_coarse(scene_.doc()[p]);
      if (country && !led) continue;
      Id<Place>& slot = country ? coarse : fine;
      several |= static_cast<bool>(slot);
      if (!slot) slot = p;
      if (led && !country) located = p;
    }
    if (!located && several) return;
    const Id<Place> found = located ? located : fine ? fine : coarse;
    if (!found) return;
    add(draft, EventPlaceRole::at, found);
    draft.place_inherited = true;
  }

  bool is_present(Id<Token> clause) const {
    if (tree_[clause].is(MorphFlag::finite)) return !tree_[clause].is(MorphFlag::past);
    for (const Id<Token> c : tree_.children(clause))
      if (tree_[c].is(MorphFlag::finite)) return !tree_[c].is(MorphFlag::past);
    return false;
  }

  /// "Since 2022".
  bool begins(const Time& t) const {
    constexpr std::uint32_t kBefore = 14;
    const std::uint32_t begin = t.span.begin > kBefore ? t.span.begin - kBefore : 0;
    const std::string_view before = scene_.doc().text(Span{begin, t.span.begin});
    const std::string_view own = scene_.doc().text(t.span);
    return own.starts_with("since ") || before.ends_with("since ") || before.ends_with("Since ") ||
           before.ends_with("since the ") || before.ends_with("since early ") ||
           before.ends_with("since late ");
  }

  /// Told in the past or past perfect: "had been under siege since".
  bool is_over(Id<Token> clause) const {
    const auto past = [&](Id<Token> t) {
      return tree_[t].is(MorphFlag::finite) && tree_[t].is(MorphFlag::past);
    };
    if (past(clause)) return true;
    for (const Id<Token> c : tree_.children(clause))
      if ((tree_[c].deprel == Deprel::aux || tree_[c].deprel == Deprel::cop ||
           tree_[c].deprel == Deprel::aux_pass) &&
          past(c))
        return true;
    return false;
  }

  /// "Rejected", "has rejected": the verb itself says that it is done.
  bool is_done(const Draft& draft) const {
    if (draft.trigger != draft.clause || draft.status != EventStatus::actual) return false;
    return is_over(draft.clause) || tree_.child(draft.clause, Deprel::aux, "have").value != Id<Token>::kNone;
  }

  /// The verb or trigger that a time expression hangs on.
  Id<Token> anchor(Id<Token> t, const Draft& draft) const {
    for (int i = 0; i < 8 && t; ++i) {
      if (t == draft.trigger || t == draft.clause) return t;
      if (scene_.is_verb(t)) return t;
      const Id<Token> up = tree_.head(t);
      if (!up) return t;
      t = up;
    }
    return {};
  }

  int distance(Id<Token> from, Id<Token> to) const {
    Id<Token> at = from;
    for (int i = 0; i < 6 && at; ++i) {
      if (at == to) return i;
      if (arguments_.hidden_subject(at)) return -1;  // "suspended talks a day after an attack killed two"
      if (tree_[at].deprel == Deprel::ccomp &&
          scene_.has(tree_.head(at) ? tree_.head(at) : at, Class::report))
        return -1;
      at = tree_.head(at);
    }
    return -1;
  }

  /// The other end of "from May 2012 until July 2013", "between 3 and 7 March"; null if it is no range.
  const Time* range_mate(Id<Time> time) const {
    const auto times = scene_.doc().all<Time>();
    const auto joined = [&](const Time& a, const Time& b) {
      if (!a.from || !b.to || a.from > b.to || b.span.begin < a.span.end || b.span.begin - a.span.end > 12)
        return false;
      constexpr std::uint32_t kBefore = 9;
      const std::uint32_t begin = a.span.begin > kBefore ? a.span.begin - kBefore : 0;
      const std::string_view before = scene_.doc().text(Span{begin, a.span.begin});
      const std::string_view middle = scene_.doc().text(Span{a.span.end, b.span.begin});
      const auto has = [](std::string_view s, std::string_view w) { return s.find(w) != s.npos; };
      const bool from = before.ends_with("rom ") || before.ends_with("rom the ");
      const bool between = before.ends_with("etween ") || before.ends_with("ween the ");
      return (from && (has(middle, " to ") || has(middle, "til") || has(middle, "through"))) ||
             (between && has(middle, " and "));
    };
    const std::size_t i = time.value;
    if (i + 1 < times.size() && joined(times[i], times[i + 1])) return &times[i + 1];
    if (i > 0 && joined(times[i - 1], times[i])) return &times[i - 1];
    return nullptr;
  }

  /// "the 2021 coup in which it ousted the president": the day of the noun that the clause describes.
  bool dates_antecedent(Id<Token> t, const Draft& draft) const {
    if (tree_[draft.clause].deprel != Deprel::acl_relcl) return false;
    const Id<Token> noun = tree_.head(draft.clause);
    const Deprel d = tree_[t].deprel;
    return noun && tree_.head(t) == noun && scene_.has(noun, Class::event_noun) &&
           (d == Deprel::compound || d == Deprel::nummod || d == Deprel::amod || d == Deprel::nmod ||
            d == Deprel::nmod_unmarked || d == Deprel::nmod_poss);
  }

  /// "Rejected the results of Thursday's election": the day of the vote, not of its rejection. What happens
  /// in, or is done by, an event of a day happens on that day: "died in Monday's attack", "Monday's attack
  /// killed".
  bool dates_topic(Id<Token> t, const Draft& draft) const {
    const Deprel d = tree_[t].deprel;
    if (d != Deprel::nmod_poss && d != Deprel::compound && d != Deprel::nummod && d != Deprel::amod)
      return false;
    const Id<Token> noun = tree_.head(t);
    if (!noun || noun == draft.trigger || scene_.is_verb(noun)) return false;
    const Deprel role = tree_[noun].deprel;
    if (role == Deprel::nmod || role == Deprel::nmod_poss) return noun != draft.clause;
    return role == Deprel::obj && scene_.codebook().type(draft.type).group == "speech";
  }

  /// "reported on 3 February that shells had hit the market": the day of the saying, where the words name
  /// one.
  Id<Time> told_on(const Draft& draft) const {
    Id<Token> verb = draft.clause;
    for (int i = 0; i < 6 && verb; ++i, verb = tree_.head(verb)) {
      if (tree_[verb].deprel == Deprel::ccomp || tree_[verb].deprel == Deprel::parataxis) break;
    }
    const Id<Token> up = verb ? tree_.head(verb) : Id<Token>();
    if (!up || !scene_.has(up, Class::report)) return {};
    Id<Time> first;
    const Range<Token> tokens = scene_.doc().all<Sentence>()[draft.sentence].tokens;
    for (std::uint32_t t = tokens.first; t < tokens.end(); ++t) {
      const Id<Time> time = scene_.time(Id<Token>(t));
      if (!time || anchor(Id<Token>(t), draft) != up) continue;
      const Time& said = scene_.doc()[time];
      if (said.from && said.from == said.to && (!first || said.from < scene_.doc()[first].from)) first = time;
    }
    return first;
  }

  Id<Time> nearest_time(const Draft& draft) const {
    const Range<Token> tokens = scene_.doc().all<Sentence>()[draft.sentence].tokens;
    const bool done = scene_.doc().reference_day() && is_done(draft);
    Id<Time> best;
    int least = 100;
    for (std::uint32_t t = tokens.first; t < tokens.end(); ++t) {
      const Id<Time> time = scene_.time(Id<Token>(t));
      if (!time || time == best) continue;
      const Time& record = scene_.doc()[time];
      if (!record.from && !record.to) continue;
      // "Rejected a truce next month": the month of the truce. One day's grace for time zones.
      if (done && record.from.value > scene_.doc().reference_day().value + 1) continue;
      if (dates_antecedent(Id<Token>(t), draft)) return time;
      if (dates_topic(Id<Token>(t), draft)) continue;
      const Id<Token> a = anchor(Id<Token>(t), draft);
      if (!a) continue;
      int d = a == draft.trigger || a == draft.clause ? 0 : distance(draft.clause, a);
      if (d < 0) continue;
      if (a != draft.clause && scene_.has(a, Class::report)) continue;  // the day of the saying
      d = 2 * d + (record.type == TimeType::duration || record.type == TimeType::set ? 1 : 0);
      if (d < least) {
        least = d;
        best = time;
      }
    }
    return best;
  }

  const Scene& scene_;
  const Tree& tree_;
  const Arguments& arguments_;
  std::span<const Draft> told_;
  std::vector<Word> at_, to_;
  Word from_ = 0;
};

}  // namespace

Id<Place> place_of_phrase(const Scene& scene, Id<Token> head) {
  const Tree& tree = scene.tree();
  std::vector<std::pair<Id<Token>, int>> todo{{head, 0}};
  Id<Place> coarse, fine;
  int fine_depth = 100;
  for (std::size_t i = 0; i < todo.size() && todo.size() < 64; ++i) {
    const auto [t, depth] = todo[i];
    if (depth > fine_depth) break;
    if (const Id<Place> p = scene.place(t)) {
      const Place& place = scene.doc()[p];
      if (place.precision == PlacePrecision::country) {
        if (!coarse && !names_side(scene, t)) coarse = p;
      } else if (!fine || place.precision < scene.doc()[fine].precision) {
        fine = p;
        fine_depth = depth;
      }
    }
    if (depth >= 4) continue;
    for (const Id<Token> c : tree.children(t)) {
      const Deprel d = tree[c].deprel;
      if (crosses_clause(d) || d == Deprel::conj) continue;
      // What describes an actor places nothing: "the stronghold of Western-backed rebels".
      const bool describes = d == Deprel::amod || d == Deprel::compound;
      if (describes && (scene.is_verb(c) || (!scene.place(t) && scene.can_act(t) && t != head))) continue;
      todo.emplace_back(c, depth + 1);
    }
  }
  return fine ? fine : coarse;
}

void read_when_where(const Scene& scene, const Arguments& arguments, std::vector<Draft>& drafts,
                     std::size_t first, std::size_t last) {
  if (first == last) return;
  Reader reader(scene, arguments, std::span<const Draft>(drafts).first(first));
  for (std::size_t i = first; i < last; ++i) {
    reader.where(drafts[i]);
    reader.stand_in(drafts[i]);
    reader.when(drafts[i]);
  }
}

bool tells_of_earlier(const Scene& scene, const Draft& before, const Draft& draft) {
  const auto past = [&](const Draft& d) {
    const Day today = scene.doc().reference_day();
    return d.status == EventStatus::historical ||
           (today && d.dated_by_text && d.to && d.to.value + kOtherScene < today.value);
  };
  return past(before) && !past(draft);
}

void inherit_places(const Scene& scene, std::vector<Draft>& drafts) {
  const auto shares = [&](const Draft& a, const Draft& b) {
    for (const Participant& p : a.participants)
      for (const Participant& q : b.participants)
        if (scene.entity(p.head) && scene.entity(p.head) == scene.entity(q.head)) return true;
    return false;
  };
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Draft& draft = drafts[i];
    const TypeInfo& type = scene.codebook().type(draft.type);
    if (draft.place ||
        !(type.violent || type.group == "territory" || type.group == "alignment" || type.group == "protest"))
      continue;
    for (std::size_t k = i; k-- > 0;) {
      const Draft& before = drafts[k];
      if (before.sentence + kReach < draft.sentence) break;
      if (!before.place || before.place_inherited || is_coarse(scene.doc()[before.place])) continue;
      if (tells_of_earlier(scene, before, draft)) continue;
      if (!shares(draft, before) && before.sentence + 1 < draft.sentence) continue;
      draft.place = before.place;
      draft.place_inherited = true;
      draft.places.push_back({before.place, EventPlaceRole::at});
      break;
    }
  }
}

}  // namespace annalist::event
