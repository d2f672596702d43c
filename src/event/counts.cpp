#include "event/counts.h"

#include <algorithm>

namespace annalist::event {
namespace {

constexpr std::int32_t kMost = 10'000'000;
constexpr SlotRef kSubject{SlotKind::subject, 0};
constexpr SlotRef kObject{SlotKind::object, 0};

/// "1,200" or "12" as a number; -1 if it is none.
std::int32_t digits(std::string_view s) {
  std::int64_t value = 0;
  bool any = false;
  for (const char c : s) {
    if (c == ',') continue;
    if (c < '0' || c > '9') return -1;
    any = true;
    value = value * 10 + (c - '0');
    if (value > kMost) return -1;
  }
  return any ? static_cast<std::int32_t>(value) : -1;
}

bool is_year(std::string_view s) {
  const std::int32_t n = digits(s);
  return s.size() == 4 && n >= 1900 && n <= 2099;
}

/// "at least", "more than", "up to" before a number, wherever the parse hangs them.
void bound(const Scene& scene, Id<Token> number, Count& count) {
  const Tree& tree = scene.tree();
  const std::uint32_t first = tree.sentence_of(number).tokens.first;
  bool least = false, most = false;
  for (std::uint32_t back = 1; back <= 3 && number.value >= first + back; ++back) {
    const Id<Token> t(number.value - back);
    if (scene.upos(t) == Upos::punct || scene.is_verb(t)) break;
    const ClassMask classes = scene.word_classes(t) | scene.codebook().words().classes(scene.form(t));
    least |= (classes & mask(Class::at_least)) != 0;
    most |= (classes & mask(Class::at_most)) != 0;
  }
  if (most)
    count.low = -1;
  else if (least)
    count.high = -1;
}

/// The value of a number token, multipliers included: "two hundred", "1.2 million" is left unread.
Count number_at(const Scene& scene, Id<Token> t, int depth = 0) {
  const std::string_view text = scene.tree().text(t);
  if (const std::int32_t n = digits(text); n >= 0) return {n, n, n};
  const NumberWord* word = scene.form(t) ? scene.codebook().number(scene.form(t)) : nullptr;
  if (!word && scene.word(t)) word = scene.codebook().number(scene.word(t));
  if (!word) return {};
  Count out{word->low, word->best, word->high};
  if (out.best < 12 || depth > 3) return out;
  for (const Id<Token> c : scene.tree().children(t)) {
    const Deprel d = scene.deprel(c);
    if (d != Deprel::compound && d != Deprel::nummod && d != Deprel::flat) continue;
    const Count inner = number_at(scene, c, depth + 1);
    if (inner.best <= 0 || inner.high > kMost / out.high) continue;
    if (inner.best < out.best || out.best == 12)
      out = {inner.low * out.low, inner.best * out.best, inner.high * out.high};
    else
      out = {inner.low + out.low, inner.best + out.best, inner.high + out.high};
  }
  return out;
}

bool negated(const Scene& scene, Id<Token> head) {
  if (scene.has(head, Class::negative)) return true;
  for (const Id<Token> c : scene.tree().children(head))
    if (scene.deprel(c) == Deprel::det && scene.has(c, Class::negative)) return true;
  return false;
}

Count one_phrase(const Scene& scene, const Arguments& arguments, Id<Token> head) {
  const Tree& tree = scene.tree();
  if (negated(scene, head)) return {0, 0, 0};
  Count own = number_at(scene, head);
  if (own.known()) {
    bound(scene, head, own);
    return own;
  }
  for (const Id<Token> c : tree.children(head)) {
    const Deprel d = tree[c].deprel;
    if (d != Deprel::nummod && d != Deprel::amod && d != Deprel::det && d != Deprel::compound) continue;
    // "a 1982 massacre" names a year, "1982 people" a number.
    if (scene.time(c) || (d != Deprel::nummod && is_year(tree.text(c)))) continue;
    Count n = number_at(scene, c);
    if (!n.known()) continue;
    bound(scene, c, n);
    return n;
  }
  const Id<Token> who = arguments.content(head);
  if (tree[head].is(MorphFlag::plural) || tree[who].is(MorphFlag::plural)) return {};
  const Id<Mention> m = scene.mention(who);
  if (m && scene.doc()[m].type == EntityType::per && scene.doc()[m].form == MentionForm::name)
    return {1, 1, 1};
  // "a soldier", "the driver", "his brother"
  if (!scene.has(who, Class::person) && !scene.has(who, Class::armed)) return {};
  if (scene.has(who, Class::collective) || !scene.is_noun(who)) return {};
  for (const Id<Token> c : tree.children(who))
    if (tree[c].deprel == Deprel::det || tree[c].deprel == Deprel::nmod_poss) return {1, 1, 1};
  return {};
}

Count add(Count a, Count b) {
  const auto sum = [](std::int32_t x, std::int32_t y) {
    return x < 0 || y < 0 ? -1 : std::min(x + y, kMost);
  };
  return {sum(a.low, b.low), sum(a.best, b.best), sum(a.high, b.high)};
}

/// The number after "to", "at", "of" beside "toll": "the death toll rose to 40", "a toll of 12".
Count toll(const Scene& scene, const Arguments& arguments, Id<Token> noun) {
  const Tree& tree = scene.tree();
  for (const Id<Token> holder : {noun, tree.head(noun), tree.child(noun, Deprel::nmod)}) {
    if (!holder) continue;
    for (const Id<Token> c : tree.children(holder)) {
      const Deprel d = tree[c].deprel;
      if (d != Deprel::obl && d != Deprel::nmod && d != Deprel::obj) continue;
      const Id<Token> p = scene.preposition(c);
      if (p && tree.lemma(p) == "from") continue;
      const Count n = one_phrase(scene, arguments, c);
      if (n.known() && n.best > 0 && !scene.time(c)) return n;
    }
  }
  return {};
}

/// "39 people dead and 20 injured": the bare number right before the word of harm, whatever it hangs on.
Count number_before(const Scene& scene, Id<Token> harm) {
  if (harm.value == scene.tree().sentence_of(harm).tokens.first || !scene.is_verb(harm)) return {};
  const Id<Token> before(harm.value - 1);
  // "in May 2017 killed 22": no year is a number of dead
  return scene.upos(before) == Upos::num && !scene.time(before) ? number_at(scene, before) : Count{};
}

/// How many the draft says were hit.
Count victims(const Scene& scene, const Arguments& arguments, const Draft& draft) {
  Count n;
  if (scene.is_noun(draft.trigger)) n = one_phrase(scene, arguments, draft.trigger);
  if (!n.known()) n = number_before(scene, draft.trigger);
  if (n.known()) return n;
  for (const SlotRef& ref :
       scene.codebook().frames()[draft.frame].roles[static_cast<std::size_t>(FrameRole::target)])
    if (const Id<Token> victim = filler(draft.slots, ref);
        victim && !scene.time(victim) && !scene.has(arguments.content(victim), Class::aircraft_word))
      return quantity(scene, arguments, victim);
  return {};
}

/// "shot dead", "beaten to death", "shot and killed".
bool says_dead(const Scene& scene, Id<Token> verb) {
  return std::ranges::any_of(scene.tree().children(verb), [&](Id<Token> c) {
    return scene.has(c, Class::death) && !scene.has(c, Class::may_live);
  });
}

bool in_body_part(const Scene& scene, Id<Token> verb) {
  return std::ranges::any_of(scene.tree().children(verb),
                             [&](Id<Token> c) { return scene.has(c, Class::limb); });
}

void own_counts(const Scene& scene, const Arguments& arguments, Draft& draft) {
  const bool death = scene.has(draft.trigger, Class::death), wound = scene.has(draft.trigger, Class::wound),
             taken = scene.has(draft.trigger, Class::abducted) &&
                     scene.codebook().type(draft.type).name == "abduction";
  const Frame& frame = scene.codebook().frames()[draft.frame];
  if (frame.recalls && scene.is_noun(draft.trigger)) {
    if (!frame.result) return;  // "14 strikes" counts no dead
    // "the number of injured": of whom it counts is said behind it.
    const Id<Token> of = scene.tree().child(draft.trigger, Deprel::nmod);
    Count& count = of && scene.has(of, Class::wound) ? draft.injured : draft.deaths;
    count = one_phrase(scene, arguments, draft.trigger);
    if (!count.known()) count = toll(scene, arguments, draft.trigger);
    return;
  }
  if (!death && !wound && !taken) return;
  // "A guard was shot in the leg": hit, not dead, unless the words say so ("shot dead", "stabbed to death").
  if (death && scene.has(draft.trigger, Class::may_live) && !says_dead(scene, draft.trigger)) {
    if (!in_body_part(scene, draft.trigger)) return;
    draft.injured = victims(scene, arguments, draft);
    return;
  }
  const Count n = victims(scene, arguments, draft);
  if (!n.known()) return;
  (death ? draft.deaths : wound ? draft.injured : draft.abducted) = n;
}

/// The clause a harm hangs in: "leaving 12 people dead" is the clause of "leaving".
Id<Token> harm_clause(const Scene& scene, Id<Token> t) {
  const auto acts = [&](Id<Token> w) {  // "denied killing": a clause of its own
    return scene.tree()[w].is(MorphFlag::gerund) || scene.tree()[w].is(MorphFlag::infinitive);
  };
  for (int i = 0; i < 3 && scene.deprel(t) == Deprel::xcomp && scene.head(t) && !acts(t); ++i)
    t = scene.head(t);
  return t;
}

bool brought_by(const Scene& scene, const Arguments& arguments, const Draft& harm, const Draft& event) {
  const Tree& tree = scene.tree();
  const Id<Token> clause = harm_clause(scene, harm.clause);
  for (const Slot& s : harm.slots)
    if (s.head == event.trigger && s.ref != kObject) return true;
  if (scene.is_verb(clause) && arguments.subject(clause) == event.trigger) return true;
  const Id<Token> up = tree.head(clause);
  const Deprel d = tree[clause].deprel;
  if (up && (up == event.clause || up == event.trigger) &&
      (d == Deprel::advcl || d == Deprel::acl || d == Deprel::acl_relcl || d == Deprel::parataxis))
    return true;
  if (d == Deprel::conj && up == event.clause && !tree.has_child(clause, Deprel::nsubj)) return true;
  // "killed and wounded": two harms of one clause
  if (d == Deprel::conj && up == event.clause && scene.codebook().frames()[event.frame].result) return true;
  // "killed and nine wounded when a bomb went off": the clause may hang on either harm.
  Id<Token> governor = tree.head(event.clause);
  if (governor && tree[governor].deprel == Deprel::conj && tree.head(governor) == clause &&
      (scene.has(governor, Class::wound) || scene.has(governor, Class::death)))
    governor = clause;
  if (tree[event.clause].deprel == Deprel::advcl && governor == clause) {
    const Id<Token> mark = tree.child(event.clause, Deprel::mark);
    const std::string_view how = mark ? tree.lemma(mark) : std::string_view();
    // "killed since the offensive began" counts more than one deed.
    return mark && how != "to" && how != "if" && how != "since" && how != "until" && how != "before";
  }
  return false;
}

void take(Count& to, const Count& from) {
  if (!to.known()) to = from;
}

void absorb(const Scene& scene, Draft& event, const Draft& harm) {
  take(event.deaths, harm.deaths);
  take(event.injured, harm.injured);
  take(event.abducted, harm.abducted);
  if (scene.codebook().type(event.type).symmetric) return;
  for (const EventRole role : {EventRole::target, EventRole::actor}) {
    const auto plays = [&](const Participant& p) { return p.role == role; };
    if (std::any_of(event.participants.begin(), event.participants.end(), plays)) continue;
    for (const Participant& p : harm.participants)
      if (plays(p) && p.head != event.trigger) event.participants.push_back(p);
  }
}

}  // namespace

namespace {

/// "39 people dead and 20 injured": the 20 are not among the dead, though the parse joins the numbers.
bool counts_other_harm(const Scene& scene, Id<Token> number) {
  const Id<Token> next(number.value + 1);
  return scene.upos(number) == Upos::num && next.value < scene.tree().size() &&
         (scene.has(next, Class::wound) || scene.has(next, Class::death));
}

}  // namespace

Count quantity(const Scene& scene, const Arguments& arguments, Id<Token> head) {
  Count total = one_phrase(scene, arguments, head);
  const Id<Token> name = scene.tree().child(head, Deprel::appos);
  // "the commander X and 27 of his fighters": the parse may hang the others on the name.
  for (const Id<Token> holder : {head, name}) {
    if (!holder) continue;
    for (const Id<Token> c : scene.tree().children(holder))
      if (scene.deprel(c) == Deprel::conj && (scene.is_noun(c) || scene.upos(c) == Upos::num) &&
          !counts_other_harm(scene, c)) {
        const Count more = one_phrase(scene, arguments, c);
        if (total.known() && more.known()) total = add(total, more);
      }
  }
  return total;
}

void read_counts(const Scene& scene, const Arguments& arguments, std::vector<Draft>& drafts,
                 std::size_t first, std::size_t last) {
  for (std::size_t i = first; i < last; ++i) own_counts(scene, arguments, drafts[i]);
  const auto& frames = scene.codebook().frames();
  for (std::size_t h = first; h < last; ++h) {
    if (!frames[drafts[h].frame].result || frames[drafts[h].frame].recalls) continue;
    std::size_t best = last;
    for (std::size_t e = first; e < last; ++e) {
      const TypeInfo& type = scene.codebook().type(drafts[e].type);
      const bool event_is_harm = frames[drafts[e].frame].result;
      if (e == h || drafts[e].absorbed != Draft::kNone || !type.violent) continue;
      if (type.group == "harm" && !event_is_harm) continue;  // a kidnapping brings no death by itself
      // Of two harms the killing stands: wounds flow into it.
      if (event_is_harm &&
          !(scene.has(drafts[e].trigger, Class::death) && scene.has(drafts[h].trigger, Class::wound)))
        continue;
      if (!brought_by(scene, arguments, drafts[h], drafts[e]) &&
          !(event_is_harm && brought_by(scene, arguments, drafts[e], drafts[h])))
        continue;
      if (best == last || (frames[drafts[best].frame].result && !event_is_harm)) best = e;
    }
    if (best == last) continue;
    absorb(scene, drafts[best], drafts[h]);
    drafts[h].absorbed = static_cast<std::uint32_t>(best);
  }
  // A wound that flowed into a killing goes on to what brought the killing.
  for (std::size_t h = first; h < last; ++h) {
    std::uint32_t& to = drafts[h].absorbed;
    if (to == Draft::kNone) continue;
    for (int i = 0; i < 4 && drafts[to].absorbed != Draft::kNone; ++i) {
      absorb(scene, drafts[drafts[to].absorbed], drafts[h]);
      to = drafts[to].absorbed;
    }
  }
}

}  // namespace annalist::event
