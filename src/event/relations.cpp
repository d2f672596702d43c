#include "event/relations.h"

#include <algorithm>

#include "event/status.h"

namespace annalist::event {
namespace {

constexpr std::size_t kMost = 300;
constexpr std::size_t kMostAllies = 5;  // actors of one attack whose pairs are told as allies

class Collector {
 public:
  Collector(const Scene& scene, std::vector<Relation> known) : scene_(scene), out_(std::move(known)) {}

  void add(Id<Token> a, RelationKind kind, Id<Token> b, Span span, Day from = {}, Day to = {}) {
    if (!a || !b || out_.size() >= kMost) return;
    Id<Entity> x = scene_.entity(a), y = scene_.entity(b);
    if (!x || !y || x == y || !scene_.can_act(a) || !scene_.can_act(b)) return;
    if (kind == RelationKind::leads && !is_person(a)) return;  // "Syria's government": a state leads nothing
    // "European leaders": the adjective says where they are from.
    if (kind == RelationKind::leads && scene_.upos(b) == Upos::adj) return;
    // "the minister joined his colleague for talks"
    if (kind == RelationKind::joined && scene_.doc()[y].type == EntityType::per) return;
    const bool symmetric = kind == RelationKind::hostile || kind == RelationKind::allied ||
                           kind == RelationKind::negotiates_with;
    if (symmetric && y < x) std::swap(x, y);
    // "members of the Front killed ten": a part is no ally of its whole.
    const auto one_side = [&](const Relation& r) {
      return (r.kind == RelationKind::part_of || r.kind == RelationKind::leads) &&
             ((r.a == x && r.b == y) || (r.a == y && r.b == x));
    };
    for (const Relation& r : out_)
      if ((r.a == x && r.b == y && r.kind == kind) || (symmetric && one_side(r))) return;
    // The words that say so: from the one to the other.
    out_.push_back({x, y, kind, span.join(words_for(a, x)).join(words_for(b, y)), from, to});
  }

  std::vector<Relation> take() { return std::move(out_); }

 private:
  /// The words that name it: for a pronoun those of the same sentence that it stands for.
  Span words_for(Id<Token> t, Id<Entity> entity) const {
    const Tree& tree = scene_.tree();
    Span out = tree.token(t).span;
    if (scene_.upos(t) != Upos::pron) return out;
    for (std::uint32_t k = tree.sentence_of(t).tokens.first; k < t.value; ++k) {
      const Id<Mention> m = scene_.mention(Id<Token>(k));
      if (m && scene_.doc()[m].head == Id<Token>(k) && scene_.doc()[m].form != MentionForm::pronoun &&
          scene_.entity(Id<Token>(k)) == entity)
        out = scene_.doc()[m].span.join(tree.token(t).span);
    }
    return out;
  }

  bool is_person(Id<Token> t) const {
    if (const ActorLink* link = scene_.actor(t))
      if (link->kind == ActorKind::state || link->kind == ActorKind::igo) return false;
    return !scene_.place(t);
  }

  const Scene& scene_;
  std::vector<Relation> out_;
};

class Patterns {
 public:
  Patterns(const Scene& scene, const Arguments& arguments, Collector& out)
      : scene_(scene), tree_(scene.tree()), book_(scene.codebook()), arguments_(arguments), out_(out) {}

  void at(Id<Token> t) {
    belongs(t);
    const Word w = scene_.word(t);
    if (w == 0 || book_.relations_of(w).empty()) return;
    for (const std::uint32_t index : book_.relations_of(w)) {
      const RelationPattern& p = book_.relations()[index];
      Slots slots;
      if (p.trigger == TriggerKind::noun) {
        if (!scene_.is_noun(t) || (p.b.front().kind != SlotKind::self && no_longer(t))) continue;
        noun_slots(t, slots);
      } else {
        const bool verb = p.trigger == TriggerKind::verb;
        if (verb ? !scene_.is_verb(t) : scene_.upos(t) != Upos::adj && !scene_.is_verb(t)) continue;
        if (p.particle != 0 && !has_small_word(t, p.particle)) continue;
        arguments_.of_verb(t, slots);
        if (scene_.deprel(t) == Deprel::acl || scene_.deprel(t) == Deprel::amod) holder(t, slots);
      }
      Draft as_draft;
      as_draft.trigger = as_draft.clause = t;
      if (p.trigger != TriggerKind::noun) {
        const EventStatus status = read_status(scene_, arguments_, as_draft).status;
        // "the alliance's efforts to defeat X": trying is hostile.
        const bool tries = p.kind == RelationKind::hostile && tree_[t].is(MorphFlag::infinitive);
        if (status == EventStatus::denied || (status == EventStatus::hypothetical && !tries)) continue;
      }
      pair(p, slots, t);
    }
  }

 private:
  bool is_body(Id<Token> t) const {
    const Id<Mention> m = scene_.mention(t);
    if (!m || scene_.doc()[m].head != t || scene_.doc()[m].form != MentionForm::name || scene_.place(t))
      return false;
    const EntityType type = scene_.doc()[m].type;
    return type == EntityType::org || type == EntityType::group;
  }

  /// A word for who leads: "commander"; not one for those led, as in "his forces".
  bool says_lead(Id<Token> t) const {
    return std::any_of(book_.relations_of(scene_.word(t)).begin(), book_.relations_of(scene_.word(t)).end(),
                       [&](std::uint32_t r) {
                         const RelationPattern& p = book_.relations()[r];
                         return p.kind == RelationKind::leads && p.trigger == TriggerKind::noun &&
                                p.b.front().kind != SlotKind::self;
                       });
  }

  /// "Front fighters" says no more than its words; "Air Force lieutenant Omar Haddad" tells of somebody.
  bool named_person(Id<Token> t) const {
    const Id<Entity> e = scene_.entity(t);
    if (!e || scene_.doc()[e].type != EntityType::per || !scene_.doc()[e].best) return false;
    return scene_.doc()[scene_.doc()[e].best].form == MentionForm::name;
  }

  /// Who is from a body that the words name: "airmen from the Third Wing", "experts of the Fund", "Air Force
  /// lieutenant Omar Haddad". Who leads it is told by a pattern.
  void belongs(Id<Token> t) {
    if (!scene_.is_noun(t) || says_lead(t)) return;
    const Id<Mention> m = scene_.mention(t);
    if (!m || scene_.doc()[m].head != t) return;
    const bool name = scene_.doc()[m].form == MentionForm::name;
    if (name ? scene_.doc()[m].type != EntityType::per
             : !scene_.is(t, Class::person) && !scene_.is(t, Class::armed))
      return;
    bool leads = false;
    for (const Id<Token> c : tree_.children(t)) leads |= says_lead(c);
    for (const Id<Token> c : tree_.children(t)) {
      if (!is_body(c)) continue;
      const Deprel d = tree_[c].deprel;
      bool from = (d == Deprel::compound || d == Deprel::nmod_unmarked) && named_person(t);
      if (d == Deprel::nmod && !name)
        if (const Id<Token> p = scene_.preposition(c)) {
          const std::string_view word = tree_.lemma(p);
          from = word == "from" || word == "of" || word == "with";
        }
      if (from && !leads) out_.add(t, RelationKind::part_of, c, tree_.token(t).span);
    }
  }

  bool has_small_word(Id<Token> t, Word small) const {
    for (const Id<Token> c : tree_.children(t)) {
      if (scene_.word(c) == small) return true;
      if (const Id<Token> p = scene_.preposition(c); p && scene_.word(p) == small) return true;
    }
    return false;
  }

  /// "a group affiliated to X": what the participle describes is its subject too.
  void holder(Id<Token> t, Slots& slots) const {
    if (!filler(slots, {SlotKind::subject, 0}) && tree_.head(t))
      slots.push_back({{SlotKind::subject, 0}, tree_.head(t)});
  }

  /// "Omar and Ali, head of X": Ali is.
  Id<Token> last_named(Id<Token> first, Id<Token> before) const {
    Id<Token> last = first;
    for (const Id<Token> c : tree_.children(first))
      if (tree_[c].deprel == Deprel::conj && scene_.is_noun(c) && c < before) last = c;
    return last;
  }

  /// "support for the army and the villagers in their fight against Y": theirs is the fight who stand before
  /// it, the first of them.
  Id<Token> those_before(Id<Token> noun, Id<Token> their) const {
    const Id<Token> in = scene_.preposition(noun);
    if (scene_.upos(their) != Upos::pron || tree_.lemma(their) != "their" || !in || in.value == 0 ||
        in.value + 1 != their.value || tree_.lemma(in) != "in")
      return {};
    Id<Token> before(in.value - 1);
    if (!scene_.is_noun(before) || !scene_.can_act(before)) return {};
    const bool many = tree_[before].is(MorphFlag::plural) || tree_[before].deprel == Deprel::conj;
    for (int i = 0; i < 6 && tree_[before].deprel == Deprel::conj && scene_.is_noun(tree_.head(before)); ++i)
      before = tree_.head(before);
    return many ? before : Id<Token>();
  }

  /// "the former leader", "would later become the leader": nobody who leads.
  bool no_longer(Id<Token> noun) const {
    for (const Id<Token> c : tree_.children(noun)) {
      const std::string_view lemma = tree_.lemma(c);
      if (lemma == "former" || lemma == "ex" || lemma == "late" || lemma == "previous" || lemma == "then")
        return true;
    }
    return false;
  }

  /// "X is an affiliate of Y", "X, the leader of Y,", "Y leader X", "Y's leader, X": the noun is said of
  /// `subj`.
  void noun_slots(Id<Token> noun, Slots& slots) const {
    const auto put = [&](SlotKind kind, Id<Token> t) {
      if (t) slots.push_back({{kind, 0}, arguments_.antecedent(t)});
    };
    for (const Id<Token> c : tree_.children(noun)) {
      const Deprel d = tree_[c].deprel;
      if (d == Deprel::nsubj) put(SlotKind::subject, c);
      if (d == Deprel::appos || d == Deprel::flat) put(SlotKind::subject, c);
      if (d == Deprel::nmod_poss) {
        const Id<Token> those = those_before(noun, c);
        put(SlotKind::owner, those ? those : c);
      }
      if (d == Deprel::compound && scene_.can_act(c)) put(SlotKind::owner, c);
      if (d == Deprel::amod && scene_.mention(c)) put(SlotKind::owner, c);
      if (d == Deprel::nmod)
        if (const Id<Token> p = scene_.preposition(c); p && scene_.word(p))
          slots.push_back({{SlotKind::preposition, scene_.word(p)}, c});
    }
    slots.push_back({{SlotKind::self, 0}, noun});
    const Deprel d = tree_[noun].deprel;
    // "X in the fight against Y", "support for X in the fight against Y"
    if (d == Deprel::nmod && scene_.preposition(noun) && tree_.lemma(scene_.preposition(noun)) == "in") {
      const Id<Token> up = tree_.head(noun);
      if (scene_.can_act(up)) put(SlotKind::subject, up);
      for (const Id<Token> c : tree_.children(up))
        if (const Id<Token> p = scene_.preposition(c);
            p && c < noun && !scene_.can_act(up) && tree_.lemma(p) == "for" && scene_.can_act(c))
          put(SlotKind::subject, c);
    }
    if (d == Deprel::appos || d == Deprel::compound || (d == Deprel::flat && tree_.head(noun)))
      put(SlotKind::subject, d == Deprel::appos ? last_named(tree_.head(noun), noun) : tree_.head(noun));
    if (d == Deprel::xcomp || d == Deprel::obl) {
      // "is defined as part of X", "became the head of X"
      const Id<Token> verb = tree_.head(noun);
      const Id<Token> as = scene_.preposition(noun);
      if (verb && scene_.is_verb(verb) && (d == Deprel::xcomp || (as && tree_.lemma(as) == "as")))
        put(SlotKind::subject,
            arguments_.is_passive(verb) ? arguments_.object(verb) : arguments_.subject(verb));
    }
    if (const Id<Mention> m = scene_.mention(noun); m && !filler(slots, {SlotKind::subject, 0})) {
      // "rebel leader Jamal Amin" tagged as one name: the noun itself stands for the person.
      slots.push_back({{SlotKind::subject, 0}, noun});
    }
  }

  void pair(const RelationPattern& p, const Slots& slots, Id<Token> t) {
    for (const SlotRef& a : p.a)
      for (const Slot& x : slots) {
        if (!(x.ref == a)) continue;
        for (const SlotRef& b : p.b)
          for (const Slot& y : slots)
            if (y.ref == b)
              for (const Id<Token> i : with_conjuncts(x.head))
                for (const Id<Token> k : with_conjuncts(y.head))
                  if ((y.ref.kind != SlotKind::self || is_his(i)) && !comes_from(p, y, k))
                    out_.add(said_of(whom(i)), p.kind, whom(k), tree_.token(t).span);
      }
  }

  /// "citizens from Jordan": where they come from, nothing they are part of.
  bool comes_from(const RelationPattern& p, const Slot& b, Id<Token> t) const {
    return p.kind == RelationKind::part_of && b.ref.kind == SlotKind::preposition && scene_.place(t) &&
           scene_.preposition(b.head) && tree_.lemma(scene_.preposition(b.head)) == "from";
  }

  /// "his fighters": the pronoun tells of a person.
  bool is_his(Id<Token> t) const {
    if (scene_.upos(t) != Upos::pron) return false;
    const Id<Entity> e = scene_.entity(t);
    return e && scene_.doc()[e].type == EntityType::per && !tree_[t].is(MorphFlag::plural);
  }

  /// "dozens of fighters" are the fighters; "members of X" are not X.
  Id<Token> whom(Id<Token> t) const {
    return scene_.has(t, Class::person) && scene_.is_noun(t) ? t : arguments_.content(t);
  }

  /// "X is one of the groups fighting Y": what is said of the groups is said of X.
  Id<Token> said_of(Id<Token> t) const {
    Id<Token> at = t;
    for (int i = 0; i < 3; ++i) {
      if (tree_.has_child(at, Deprel::cop)) {
        const Id<Token> subject = tree_.child(at, Deprel::nsubj);
        return subject ? arguments_.antecedent(subject) : t;
      }
      const Id<Token> up = tree_.head(at);
      const bool part = up && tree_[at].deprel == Deprel::nmod &&
                        (scene_.has(up, Class::partitive) || scene_.upos(up) == Upos::num);
      if (!part) return t;
      at = up;
    }
    return t;
  }

  std::vector<Id<Token>> with_conjuncts(Id<Token> t) const {
    std::vector<Id<Token>> out{t};
    for (const Id<Token> c : tree_.children(t))
      if (tree_[c].deprel == Deprel::conj && scene_.is_noun(c) && out.size() < 6) out.push_back(c);
    return out;
  }

  const Scene& scene_;
  const Tree& tree_;
  const Codebook& book_;
  const Arguments& arguments_;
  Collector& out_;
};

/// Who fights, joins or helps whom by one telling of an event. Tellings are not mixed: what was put together
/// from many sentences says nothing of each pair.
void from_telling(const Scene& scene, const Merged& e, const Draft& d, Collector& out) {
  const TypeInfo& type = scene.codebook().type(e.type);
  std::vector<Id<Token>> actors, targets;
  for (const Participant& p : d.participants)
    (p.role == EventRole::actor ? actors : targets).push_back(p.head);
  const auto armed = [&](Id<Token> t) { return scene.is(t, Class::armed) || scene.is(t, Class::political); };
  const auto force = [&](Id<Token> t) { return scene.is(t, Class::armed) && !scene.place(t); };
  // "Soldiers, tribesmen and militiamen stormed the town": who fights side by side. A long list tells no
  // more.
  if (!type.symmetric && (type.group == "fight" || type.group == "territory") && actors.size() <= kMostAllies)
    for (std::size_t i = 0; i < actors.size(); ++i)
      for (std::size_t k = i + 1; k < actors.size(); ++k)
        if (force(actors[i]) && force(actors[k]))
          out.add(actors[i], RelationKind::allied, actors[k], d.span, e.from, e.to);
  if (type.symmetric && type.group == "fight" && actors.size() == 2)
    out.add(actors[0], RelationKind::hostile, actors[1], d.span, e.from, e.to);
  for (const Id<Token> a : actors)
    for (const Id<Token> t : targets) {
      const bool hostile = (type.group == "fight" || type.name == "capture" || type.name == "siege" ||
                            type.name == "killing" || type.name == "abduction") &&
                           armed(a) && (armed(t) || scene.is(t, Class::person));
      const bool taken = type.name == "arrest" && force(a) && scene.is(t, Class::person) && scene.actor(a) &&
                         scene.actor(a)->kind == ActorKind::military;
      if (hostile || taken) out.add(a, RelationKind::hostile, t, d.span, e.from, e.to);
      if (type.name == "join" || type.name == "defect")
        out.add(a, RelationKind::joined, t, d.span, e.from, e.to);
      if (type.name == "split") out.add(a, RelationKind::defected_from, t, d.span, e.from, e.to);
      if (type.name == "support" || type.name == "aid")
        out.add(a, force(a) && force(t) ? RelationKind::allied : RelationKind::supports, t, d.span, e.from,
                e.to);
    }
  if (type.symmetric && (type.name == "consult" || type.name == "ceasefire" || type.name == "agree") &&
      actors.size() == 2)
    out.add(actors[0], RelationKind::negotiates_with, actors[1], d.span, e.from, e.to);
}

}  // namespace

std::vector<Relation> said_relations(const Scene& scene, const Arguments& arguments) {
  Collector out(scene, {});
  Patterns patterns(scene, arguments, out);
  for (const Sentence& s : scene.doc().all<Sentence>())
    if (s.tokens.count > 0 && scene.in_body(s.tokens[0]))
      for (std::uint32_t t = s.tokens.first; t < s.tokens.end(); ++t) patterns.at(Id<Token>(t));
  return out.take();
}

std::vector<Relation> relations_of(const Scene& scene, const std::vector<Relation>& said,
                                   const std::vector<Draft>& drafts, const std::vector<Merged>& events) {
  Collector out(scene, said);
  for (const Merged& e : events)
    if (happened(e.status))
      for (const std::uint32_t m : e.mentions) from_telling(scene, e, drafts[m], out);
  return out.take();
}

}  // namespace annalist::event
