#include "event/arguments.h"

namespace annalist::event {
namespace {

constexpr int kDeep = 8;
constexpr SlotRef kSubject{SlotKind::subject, 0};
constexpr SlotRef kObject{SlotKind::object, 0};
constexpr SlotRef kIndirect{SlotKind::indirect, 0};
constexpr SlotRef kClause{SlotKind::clause, 0};
constexpr SlotRef kInfinitive{SlotKind::infinitive, 0};
constexpr SlotRef kInner{SlotKind::inner, 0};
constexpr SlotRef kObliged{SlotKind::obliged, 0};
constexpr SlotRef kThat{SlotKind::that, 0};
constexpr SlotRef kPurpose{SlotKind::purpose, 0};

}  // namespace

Id<Token> filler(const Slots& slots, SlotRef ref) {
  for (const Slot& s : slots)
    if (s.ref == ref) return s.head;
  return {};
}

bool Arguments::reduced_passive(Id<Token> verb) const {
  // "villages captured by rebels", "backed by Turkey, they ...": a past participle without its own subject.
  const Tree& tree = scene_.tree();
  const Syntax& s = tree[verb];
  if (!(s.is(MorphFlag::participle) && s.is(MorphFlag::past)) && !s.is(MorphFlag::passive)) return false;
  if (s.deprel != Deprel::acl && s.deprel != Deprel::advcl && s.deprel != Deprel::amod &&
      s.deprel != Deprel::conj)
    return false;
  if (s.deprel == Deprel::conj) {
    const Id<Token> first = tree.head(verb);
    return first && tree[first].deprel != Deprel::conj && !tree.has_child(verb, Deprel::nsubj) &&
           !tree.has_child(verb, Deprel::aux) && scene_.is_verb(first) && reduced_passive(first);
  }
  if (tree.has_child(verb, Deprel::nsubj)) return false;
  for (const Id<Token> c : tree.children(verb))
    if (tree[c].deprel == Deprel::aux) return false;  // "having captured"
  return !tree.has_child(verb, Deprel::obj) || s.deprel == Deprel::acl;
}

bool Arguments::is_passive(Id<Token> verb) const {
  const Tree& tree = scene_.tree();
  for (const Id<Token> c : tree.children(verb)) {
    const Deprel d = tree[c].deprel;
    if (d == Deprel::aux_pass || d == Deprel::nsubj_pass || d == Deprel::csubj_pass) return true;
    if (d == Deprel::nsubj) return false;
  }
  if (reduced_passive(verb)) return true;
  // "were attacked and killed": the second verb shares the auxiliary.
  if (tree[verb].deprel == Deprel::conj && tree[verb].is(MorphFlag::participle) &&
      !tree.has_child(verb, Deprel::aux) && !tree.has_child(verb, Deprel::obj)) {
    const Id<Token> first = tree.head(verb);
    if (first && scene_.is_verb(first) && tree[first].deprel != Deprel::conj) return is_passive(first);
  }
  return false;
}

Id<Token> Arguments::antecedent(Id<Token> t) const {
  if (!t || !scene_.has(t, Class::relative)) return t;
  if (scene_.upos(t) != Upos::pron && scene_.upos(t) != Upos::det && scene_.upos(t) != Upos::adv) return t;
  Id<Token> up = t;
  for (int i = 0; i < kDeep && up; ++i, up = scene_.head(up)) {
    if (scene_.deprel(up) == Deprel::acl_relcl || scene_.deprel(up) == Deprel::advcl_relcl)
      return scene_.head(up);
    if (scene_.deprel(up) == Deprel::ccomp && i > 1) break;
  }
  return t;
}

Id<Token> Arguments::described(Id<Token> participle) const {
  const Id<Token> up = scene_.head(participle);
  if (!scene_.has(participle, Class::led) || !scene_.has(up, Class::event_noun) ||
      participle.value < up.value + 2)
    return antecedent(up);
  const Id<Token> before(participle.value - 1);
  const Id<Mention> m = scene_.mention(before);
  const Id<Token> nearer = m ? scene_.doc()[m].head : before;
  return scene_.is_noun(nearer) && scene_.can_act(nearer) && nearer.value > up.value ? nearer
                                                                                     : antecedent(up);
}

Id<Token> Arguments::content(Id<Token> t) const {
  const Tree& tree = scene_.tree();
  for (int i = 0; i < 3; ++i) {
    if (!scene_.has(t, Class::partitive) && scene_.upos(t) != Upos::num) return t;
    Id<Token> inner;
    for (const Id<Token> c : tree.children(t))
      if (tree[c].deprel == Deprel::nmod && scene_.preposition(c) &&
          (tree.lemma(scene_.preposition(c)) == "of" || tree.lemma(scene_.preposition(c)) == "among")) {
        inner = c;
        break;
      }
    if (!inner) return t;
    t = inner;
  }
  return t;
}

Id<Token> Arguments::subject(Id<Token> verb, int depth) const {
  const Tree& tree = scene_.tree();
  if (depth > kDeep) return {};
  const bool passive = is_passive(verb);
  for (const Id<Token> c : tree.children(verb)) {
    const Deprel d = tree[c].deprel;
    if (d == Deprel::nsubj && !passive) return antecedent(c);
    // "in Homs, a man was killed": the parse may take the place for the doer.
    const Id<Token> p = d == Deprel::obl_agent ? scene_.preposition(c) : Id<Token>();
    if (d == Deprel::obl_agent && (!p || tree.lemma(p) == "by")) return c;
    if (passive && d == Deprel::obl && scene_.preposition(c) && tree.lemma(scene_.preposition(c)) == "by" &&
        !scene_.time(c))
      return c;
  }
  if (passive) {
    // "US-backed rebels", "rebel-held town": the doer stands before the participle.
    if (tree[verb].deprel == Deprel::amod)
      for (const Id<Token> c : tree.children(verb))
        if (c < verb && (scene_.is_noun(c) || scene_.upos(c) == Upos::adj)) return c;
    // "X was captured by Y": the parse may hang Y, behind the verb, on the X before it.
    for (const Id<Token> s : tree.children(verb))
      if (tree[s].deprel == Deprel::nsubj_pass && s < verb)
        for (const Id<Token> c : tree.children(s))
          if (verb < c && scene_.preposition(c) && tree.lemma(scene_.preposition(c)) == "by" &&
              !scene_.time(c))
            return c;
    return {};
  }
  const Id<Token> up = tree.head(verb);
  if (!up) return {};
  switch (tree[verb].deprel) {
    case Deprel::conj: {
      if (!scene_.is_verb(up) && scene_.upos(up) != Upos::adj) return {};
      if (const Id<Token> nearer = harm_before(verb, up)) return subject(nearer, depth + 1);
      // Under a passive first conjunct the shared subject is what the second verb has as subject:
      // "they were surrounded and fled".
      return is_passive(up) ? object(up, depth + 1) : subject(up, depth + 1);
    }
    case Deprel::xcomp:
    case Deprel::ccomp:
    case Deprel::advcl: {
      // A finite clause never borrows the subject of the main clause: it has its own, which the parse may
      // hide.
      if (tree[verb].deprel == Deprel::advcl && tree[verb].is(MorphFlag::finite)) return hidden_subject(verb);
      if (scene_.is_noun(up)) return subject_of_noun(up, depth + 1);
      // "were killed by soldiers storming the camp": who stands right before it
      if (tree[verb].deprel == Deprel::advcl && is_passive(up) && tree.text(verb).ends_with("ing") &&
          verb.value > 0)
        if (const Id<Token> agent = tree.child(up, Deprel::obl_agent);
            agent && agent < verb && tree.dominates(agent, Id<Token>(verb.value - 1)))
          return agent;
      // "bombed a monastery sheltering families, killing ten": those who bombed killed
      if (const Id<Token> deed = tree.head(up); deed && tree[up].deprel == Deprel::advcl &&
                                                tree[verb].deprel == Deprel::advcl && shelters(up, deed))
        return subject(deed, depth + 1);
      if (tree[verb].deprel == Deprel::advcl && shelters(verb, up)) return tree.child(up, Deprel::obj);
      const Id<Token> above = scene_.has(up, Class::asks_on) ? asked(up, verb) : object(up, depth + 1);
      const Id<Token> mark = tree.child(verb, Deprel::mark);
      const bool to = mark && tree.lemma(mark) == "to";
      const bool controls = tree[verb].deprel == Deprel::xcomp || (to && scene_.has(up, Class::asks_on)) ||
                            (mark && (tree.lemma(mark) == "of" || tree.lemma(mark) == "from" ||
                                      tree.lemma(mark) == "into" || tree.lemma(mark) == "for"));
      if (controls && above && !scene_.has(up, Class::subject_control) && !is_passive(up)) return above;
      if (tree[verb].deprel == Deprel::ccomp && !to && !tree[verb].is(MorphFlag::infinitive) &&
          !tree[verb].is(MorphFlag::gerund) && !tree[verb].is(MorphFlag::participle))
        return {};
      return is_passive(up) ? above : subject(up, depth + 1);
    }
    case Deprel::acl:
      if (const Id<Token> hidden = tree[verb].is(MorphFlag::finite) ? hidden_subject(verb) : Id<Token>())
        return hidden;
      // "put out a report accusing the army": who put it out accuses.
      if (tree[verb].is(MorphFlag::infinitive) || scene_.has(up, Class::event_noun) ||
          (tree.text(verb).ends_with("ing") && !scene_.can_act(content(up)) && !scene_.place(up) &&
           !scene_.has(up, Class::property) && !scene_.has(up, Class::place)))
        return subject_of_noun(up, depth + 1);
      return tree[verb].is(MorphFlag::finite) ? nearest_name(up, verb) : antecedent(up);
    case Deprel::acl_relcl:
      // "the rebels holding the town" is acl; a relative clause without any subject has the head as one.
      return tree.has_child(verb, Deprel::obj) ? up : Id<Token>();
    case Deprel::amod:
    case Deprel::compound:
      return up;
    case Deprel::parataxis:
    case Deprel::root:
    default:
      return {};
  }
}

/// "sheltering" right behind the object of `deed`: what that building did.
bool Arguments::shelters(Id<Token> verb, Id<Token> deed) const {
  const Id<Token> o = scene_.tree().child(deed, Deprel::obj);
  return o && o.value + 1 == verb.value && scene_.has(verb, Class::contains);
}

/// "suspended talks after an attack killed two soldiers and wounded ten": killing and wounding go together,
/// whatever verb the parse puts beside the wounding.
Id<Token> Arguments::harm_before(Id<Token> verb, Id<Token> up) const {
  const auto harms = [&](Id<Token> t) { return scene_.has(t, Class::death) || scene_.has(t, Class::wound); };
  if (!harms(verb) || harms(up)) return {};
  for (std::uint32_t t = verb.value; t-- > up.value + 1;)
    if (scene_.is_verb(Id<Token>(t)) && harms(Id<Token>(t)) && scene_.deprel(Id<Token>(t)) != Deprel::conj)
      return Id<Token>(t);
  return {};
}

/// Who is asked by a verb that puts him behind a preposition, else its object.
Id<Token> Arguments::asked(Id<Token> verb, Id<Token> infinitive) const {
  const Tree& tree = scene_.tree();
  for (const Id<Token> c : tree.children(verb))
    if (tree[c].deprel == Deprel::obl && c < infinitive && verb < c && scene_.preposition(c) &&
        scene_.is_noun(c) && !scene_.time(c))
      return c;
  return object(verb, 1);
}

/// "In Homs, a group of men attacked ...": read as if the verb described the place; who stands last before it
/// does it.
Id<Token> Arguments::nearest_name(Id<Token> up, Id<Token> verb) const {
  const Tree& tree = scene_.tree();
  Id<Token> last = up;
  for (const Id<Token> c : tree.children(up)) {
    if (c > verb || c < up || !scene_.is_noun(c) || scene_.preposition(c)) continue;
    if (tree[c].deprel == Deprel::appos || tree[c].deprel == Deprel::conj) last = c;
  }
  return antecedent(last);
}

Id<Token> Arguments::hidden_subject(Id<Token> verb) const {
  const Tree& tree = scene_.tree();
  for (const Id<Token> c : tree.children(verb)) {
    if (c > verb || tree[c].deprel != Deprel::obl) continue;
    const Id<Token> p = scene_.preposition(c);
    if (p && scene_.has(p, Class::clause_link)) return c;
  }
  return {};
}

Id<Token> Arguments::subject_of_noun(Id<Token> noun, int depth) const {
  const Tree& tree = scene_.tree();
  if (depth > kDeep) return {};
  Id<Token> owner;
  for (const Id<Token> c : tree.children(noun)) {
    const Deprel d = tree[c].deprel;
    if (d == Deprel::nmod && scene_.preposition(c) && tree.lemma(scene_.preposition(c)) == "by") return c;
    if (d == Deprel::nmod_poss) owner = c;
  }
  if (owner) return owner;
  const Id<Token> up = tree.head(noun);
  if (!up) return {};
  if ((tree[noun].deprel == Deprel::obj || tree[noun].deprel == Deprel::obl) && scene_.is_verb(up))
    return is_passive(up) ? object(up, depth + 1) : subject(up, depth + 1);
  return {};
}

/// True when the codebook knows the verb with an object only: "attack", not "defect".
bool Arguments::takes_object(Id<Token> verb) const {
  const Codebook& book = scene_.codebook();
  bool takes = false;
  for (const Trigger& t : book.triggers(scene_.word(verb))) {
    if (t.kind != TriggerKind::verb || t.middle != 0) continue;
    for (const Need& n : book.frames()[t.frame].needs)
      if (n.slot == kObject) {
        if (n.bar && n.classes == 0) return false;
        takes |= !n.bar;
      }
  }
  return takes;
}

Id<Token> Arguments::object(Id<Token> verb, int depth) const {
  const Tree& tree = scene_.tree();
  if (depth > kDeep) return {};
  for (const Id<Token> c : tree.children(verb)) {
    const Deprel d = tree[c].deprel;
    if (d == Deprel::obj || d == Deprel::nsubj_pass) return antecedent(c);
  }
  const Id<Token> up = tree.head(verb);
  if (up && is_passive(verb)) {
    if (const Id<Token> subject_child = tree.child(verb, Deprel::nsubj)) return antecedent(subject_child);
    switch (tree[verb].deprel) {
      case Deprel::acl:
        return described(verb);
      case Deprel::acl_relcl:
      case Deprel::amod:
        return antecedent(up);
      case Deprel::advcl:
      case Deprel::xcomp:
        if (scene_.is_noun(up)) return up;
        if (tree[verb].deprel == Deprel::xcomp && object(up, depth + 1) && !is_passive(up))
          return object(up, depth + 1);
        return is_passive(up) ? object(up, depth + 1) : subject(up, depth + 1);
      case Deprel::conj:
        if (scene_.is_verb(up)) return is_passive(up) ? object(up, depth + 1) : subject(up, depth + 1);
        return {};
      default:
        return {};
    }
  }
  if (up && tree[verb].deprel == Deprel::conj && scene_.is_verb(up)) {
    // "attacked and captured the town": the object hangs on one of the two and stands after both.
    const Id<Token> shared = tree.child(up, Deprel::obj);
    if (shared && shared.value > verb.value) return shared;
  }
  // "attacked and wounded a guard": it may as well hang on the second.
  if (depth == 0 && verb.value + 2 < tree.size() && takes_object(verb) && !is_passive(verb))
    if (const Id<Token> next(verb.value + 2); tree[next].deprel == Deprel::conj && tree.head(next) == verb &&
                                              scene_.is_verb(next) && !tree.has_child(next, Deprel::nsubj) &&
                                              !is_passive(next))
      if (const Id<Token> shared = tree.child(next, Deprel::obj)) return shared;
  if (up && tree[verb].deprel == Deprel::acl_relcl && tree.has_child(verb, Deprel::nsubj)) {
    // "the village the rebels captured", "that the rebels captured" with the pronoun read as a mark
    const Id<Token> own = tree.child(verb, Deprel::nsubj);
    bool has_oblique_pronoun = false;
    for (const Id<Token> c : tree.children(verb))
      has_oblique_pronoun |= scene_.has(c, Class::relative) && tree[c].deprel != Deprel::mark;
    if (!has_oblique_pronoun && !scene_.has(own, Class::relative)) return up;
  }
  return {};
}

void Arguments::prepositional(Id<Token> head, Slots& out, bool passive) const {
  const Tree& tree = scene_.tree();
  const Id<Token> blame = scene_.is_noun(head) ? blamed(head) : Id<Token>();
  for (const Id<Token> c : tree.children(head)) {
    if (c == blame) continue;
    const Deprel d = tree[c].deprel;
    if (d == Deprel::advmod && scene_.has(c, Class::relative) && tree.lemma(c) == "where") {
      if (const Word in = scene_.codebook().words().find("in"))
        out.push_back({{SlotKind::preposition, in}, antecedent(c)});
      continue;
    }
    if (d != Deprel::obl && d != Deprel::nmod && d != Deprel::obl_unmarked && d != Deprel::obl_agent)
      continue;
    if (passive && d == Deprel::obl_agent) continue;
    const Id<Token> preposition = scene_.preposition(c);
    if (!preposition) continue;
    const Word word = scene_.word(preposition);
    if (word != 0) out.push_back({{SlotKind::preposition, word}, antecedent(c)});
  }
}

/// "X condemned the attack", "X said the fighting went on": the roles may give the attack to X.
bool Arguments::judged(Id<Token> noun, Id<Token> doer) const {
  const Tree& tree = scene_.tree();
  if (tree.dominates(noun, doer)) return false;
  if (tree[noun].deprel == Deprel::obl && hidden_subject(tree.head(noun)) == noun) return true;
  Id<Token> up = noun;
  for (int i = 0; i < kDeep && up; ++i, up = tree.head(up))
    if (up != noun && scene_.is_verb(up) && tree.dominates(up, doer))
      return scene_.has(up, Class::judging) || scene_.has(up, Class::report);
  return false;
}

void Arguments::from_roles(Id<Token> t, Slots& out) const {
  const Predicate* predicate = scene_.predicate(t);
  if (!predicate) return;
  for (const Argument& a : scene_.doc()[predicate->arguments]) {
    if (!a.head || a.head.value >= scene_.tree().size()) continue;
    if (scene_.is_noun(t) && a.label == RoleLabel::arg0 && names_a_site(a.head)) continue;
    if (a.label == RoleLabel::arg0 && !filler(out, kSubject) && filler(out, kObject) != antecedent(a.head)) {
      // "a war against X": X stands under its preposition, and is not who wages it.
      const Id<Token> p = scene_.is_noun(t) ? scene_.preposition(a.head) : Id<Token>();
      const std::string_view lemma = p ? scene_.tree().lemma(p) : std::string_view("by");
      if (scene_.is_noun(t) && judged(t, a.head)) continue;
      if (lemma == "by" || lemma == "of" || lemma == "from" || lemma == "between")
        out.push_back({kSubject, antecedent(a.head)});
    } else if (a.label == RoleLabel::arg1 && !filler(out, kObject) &&
               filler(out, kSubject) != antecedent(a.head)) {
      // A prepositional argument is found under its preposition; as "object" it would say too much.
      if (!scene_.preposition(a.head) && !scene_.is_verb(a.head) && !(scene_.is_noun(t) && a.head < t))
        out.push_back({kObject, antecedent(a.head)});
    }
  }
}

void Arguments::inner(Id<Token> infinitive, Slots& out) const {
  // Whom the content of a vow is aimed at: "vowed to attack X", "... to continue the fight against X".
  const Tree& tree = scene_.tree();
  const auto aimed = [&](Id<Token> holder) {
    for (const Id<Token> c : tree.children(holder)) {
      const Id<Token> p = scene_.preposition(c);
      if (p && (tree.lemma(p) == "against" || tree.lemma(p) == "on") && scene_.can_act(content(c)))
        out.push_back({kInner, c});
    }
  };
  aimed(infinitive);
  const Id<Token> o = tree.child(infinitive, Deprel::obj);
  if (!o) return;
  aimed(o);
  if (scene_.can_act(content(o)) && !scene_.place(o)) out.push_back({kInner, o});
}

void Arguments::obliged(Id<Token> clause, Slots& out) const {
  const Tree& tree = scene_.tree();
  for (const Id<Token> c : tree.children(clause)) {
    if (tree[c].deprel != Deprel::aux && tree[c].deprel != Deprel::aux_pass) continue;
    const std::string_view lemma = tree.lemma(c);
    if (lemma != "must" && lemma != "should" && lemma != "ought") continue;
    const Id<Token> who = is_passive(clause) ? object(clause) : subject(clause);
    if (who) out.push_back({kObliged, who});
    return;
  }
  // "demanded that the minister resign"
  const Id<Token> up = tree.head(clause);
  const Governor* g = up ? scene_.codebook().governor(scene_.word(up), scene_.upos(up)) : nullptr;
  const Id<Token> bare = tree.child(clause, Deprel::aux_pass);
  if (g && g->status == EventStatus::demanded && !tree.child(clause, Deprel::aux) &&
      tree.text(bare ? bare : clause) == tree.lemma(bare ? bare : clause)) {
    const Id<Token> who = is_passive(clause) ? object(clause) : subject(clause);
    if (who) out.push_back({kObliged, who});
    return;
  }
  // "needs to", "has to"
  if (tree.lemma(clause) == "need" || tree.lemma(clause) == "have")
    if (const Id<Token> what = tree.child(clause, Deprel::xcomp);
        what && tree[what].is(MorphFlag::infinitive))
      if (const Id<Token> who = subject(clause)) out.push_back({kObliged, who});
}

void Arguments::purpose(Id<Token> child, Slots& out) const {
  // "gathered to denounce", "marched, demanding reform and calling for an inquiry"
  const Tree& tree = scene_.tree();
  const Deprel d = tree[child].deprel;
  if (d != Deprel::advcl && d != Deprel::xcomp && d != Deprel::acl) return;
  const Id<Token> mark = tree.child(child, Deprel::mark);
  const bool infinitive = mark && tree.lemma(mark) == "to";
  if (!infinitive && (mark || !tree.text(child).ends_with("ing"))) return;
  out.push_back({kPurpose, child});
  for (const Id<Token> c : tree.children(child))
    if (tree[c].deprel == Deprel::conj && scene_.is_verb(c)) out.push_back({kPurpose, c});
}

void Arguments::beside_object(Id<Token> o, Slots& out) const {
  // What may as well hang on the verb: "ordered the ministry to pay", "discussed the truce with the envoy".
  const Tree& tree = scene_.tree();
  for (const Id<Token> c : tree.children(o)) {
    if (tree[c].deprel == Deprel::acl && tree[c].is(MorphFlag::infinitive)) {
      out.push_back({kClause, c});
      out.push_back({kInfinitive, c});
      inner(c, out);
    } else if (tree[c].deprel == Deprel::nmod || (tree[c].deprel == Deprel::flat && scene_.preposition(c))) {
      // "discussed Libya with President X": the parse may take it for one name
      const Id<Token> p = scene_.preposition(c);
      const Word word = p ? scene_.word(p) : 0;
      if (word != 0 && tree.lemma(p) != "of" && !filler(out, {SlotKind::preposition, word}))
        out.push_back({{SlotKind::preposition, word}, antecedent(c)});
    }
  }
}

void Arguments::of_verb(Id<Token> verb, Slots& out) const {
  const Tree& tree = scene_.tree();
  const bool passive = is_passive(verb);
  if (const Id<Token> s = subject(verb)) out.push_back({kSubject, s});
  const Id<Token> o = object(verb);
  if (o) out.push_back({kObject, o});
  for (const Id<Token> c : tree.children(verb)) {
    if (tree[c].deprel == Deprel::iobj) {
      out.push_back({kIndirect, c});
      if (!o) out.push_back({kObject, c});  // "warned the rebels that ..."
    }
    // "called the king": no clause, though the parse may say so; the object, where there is no other
    if (tree[c].deprel == Deprel::xcomp && scene_.is_noun(c) && !tree.has_child(c, Deprel::cop) &&
        !tree.has_child(c, Deprel::mark)) {
      if (!filler(out, kObject)) out.push_back({kObject, c});
    } else if (tree[c].deprel == Deprel::xcomp && scene_.upos(c) == Upos::adj &&
               !tree.has_child(c, Deprel::cop) && !tree.has_child(c, Deprel::mark)) {
      // "called the report baseless": a judgement, no clause
    } else if (tree[c].deprel == Deprel::ccomp || tree[c].deprel == Deprel::xcomp) {
      out.push_back({kClause, c});
      if (tree[c].deprel == Deprel::ccomp) {
        if (!tree[c].is(MorphFlag::infinitive)) out.push_back({kThat, c});
        obliged(c, out);
      }
    }
    purpose(c, out);
    if (tree[c].deprel == Deprel::xcomp && scene_.is_verb(c)) {
      out.push_back({kInfinitive, c});
      inner(c, out);
    }
  }
  prepositional(verb, out, passive);
  if (o && tree.head(o) == verb) beside_object(o, out);
  from_roles(verb, out);
}

bool Arguments::names_a_site(Id<Token> word) const {
  return scene_.upos(word) == Upos::propn && scene_.has(word, Class::place);
}

}  // namespace annalist::event
