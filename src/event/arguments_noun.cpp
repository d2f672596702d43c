// What stands around an event noun, and who holds the object of any.
#include "event/arguments.h"

namespace annalist::event {
namespace {

constexpr SlotRef kSubject{SlotKind::subject, 0};
constexpr SlotRef kObject{SlotKind::object, 0};
constexpr SlotRef kOwner{SlotKind::owner, 0};
constexpr SlotRef kTopic{SlotKind::topic, 0};

}  // namespace

void Arguments::of_noun(Id<Token> noun, bool of_is_subject, Slots& out) const {
  const Tree& tree = scene_.tree();
  Id<Token> by, owner, of, modifier;
  for (const Id<Token> c : tree.children(noun)) {
    const Id<Token> preposition = scene_.preposition(c);
    switch (tree[c].deprel) {
      case Deprel::nmod:
        if (preposition && tree.lemma(preposition) == "by") by = c;
        if (preposition && tree.lemma(preposition) == "of") of = c;
        break;
      case Deprel::nmod_poss:
        owner = antecedent(c);
        break;
      case Deprel::compound:
      case Deprel::amod:
        out.push_back({{SlotKind::modifier, 0}, c});
        // "rebel attack", "Israeli strikes"; "US-led strikes", where the side is inside the adjective
        if (scene_.has(c, Class::led)) {
          for (const Id<Token> inner : tree.children(c))
            if (scene_.is_noun(inner) || scene_.upos(inner) == Upos::adj) modifier = inner;
        } else if (!modifier && scene_.can_act(c) && (!scene_.place(c) || scene_.actor(c)) &&
                   !names_a_site(c) && (scene_.is_noun(c) || scene_.actor(c))) {
          modifier = c;
        }
        break;
      case Deprel::acl:
        purpose(c, out);
        // "attacks carried out by rebels", "a raid targeting the camp"
        if (is_passive(c) && !by && described(c) == noun) by = subject(c);
        if (!is_passive(c) && tree.child(c, Deprel::obj))
          out.push_back({kObject, tree.child(c, Deprel::obj)});
        break;
      default:
        break;
    }
  }
  // "X is the largest donor", "X remains a donor"
  const auto said_of = [&](Id<Token> who) {
    if (who && scene_.can_act(content(who)) && !by && !owner) out.push_back({kSubject, antecedent(who)});
  };
  said_of(tree.child(noun, Deprel::nsubj));
  if (tree[noun].deprel == Deprel::xcomp && tree.head(noun) && scene_.is_verb(tree.head(noun)))
    said_of(tree.child(tree.head(noun), Deprel::nsubj));
  if (!by) by = blamed(noun);
  if (by) out.push_back({kSubject, by});
  // "the town's capture by rebels", "the town's shelling": an owner that cannot act is what was done to.
  if (owner)
    out.push_back({by || (!of_is_subject && !scene_.can_act(content(owner))) ? kObject : kSubject, owner});
  if (of) out.push_back({of_is_subject && !by && !owner ? kSubject : kObject, of});
  if (modifier && !filler(out, kSubject)) out.push_back({kSubject, modifier});
  prepositional(noun, out, false);
  from_roles(noun, out);
  if (const Id<Token> t = topic(noun)) out.push_back({kTopic, t});
}

Id<Token> Arguments::blamed(Id<Token> noun) const {
  const Tree& tree = scene_.tree();
  const Id<Token> verb = tree.head(noun);
  const Deprel d = tree[noun].deprel;
  if (!verb || (d != Deprel::obj && d != Deprel::nsubj_pass) || !scene_.has(verb, Class::lays_on)) return {};
  for (const Id<Token> holder : {noun, verb})
    for (const Id<Token> c : tree.children(holder))
      if (const Id<Token> p = scene_.preposition(c);
          p && c > noun && tree.lemma(p) == "on" && !scene_.time(c) && scene_.can_act(content(c)))
        return c;
  return {};
}

Id<Token> Arguments::topic(Id<Token> noun) const {
  const Tree& tree = scene_.tree();
  if (const Id<Token> own = tree.child(noun, Deprel::nsubj); own && tree.has_child(noun, Deprel::cop))
    return antecedent(own);
  const Id<Token> up = tree.head(noun);
  if (!up) return {};
  switch (tree[noun].deprel) {
    case Deprel::obl:
    case Deprel::xcomp:
    case Deprel::advcl:
      if (scene_.is_noun(up)) return up;
      return is_passive(up) || tree.child(up, Deprel::obj) ? object(up) : subject(up);
    case Deprel::nmod:
    case Deprel::acl:
    case Deprel::acl_relcl:
      return up;
    case Deprel::conj:
      return tree.has_child(up, Deprel::cop) || scene_.is_verb(up) ? subject(up) : Id<Token>();
    default:
      return {};
  }
}

void Arguments::add_owner(Slots& out) const {
  const Tree& tree = scene_.tree();
  const Id<Token> o = filler(out, kObject);
  if (!o) return;
  const auto take = [&](Id<Token> c) {
    // "Mexico's policy" has an owner; "Syria's Idlib region" only lies there.
    const bool lies_there = scene_.place(c) && (scene_.is(o, Class::place) || !scene_.actor(c));
    if (scene_.can_act(content(c)) && !lies_there) out.push_back({kOwner, c});
  };
  for (const Id<Token> c : tree.children(o)) {
    switch (tree[c].deprel) {
      case Deprel::nmod:
        if (const Id<Token> p = scene_.preposition(c); p && tree.lemma(p) == "of") take(c);
        break;
      case Deprel::nmod_poss:
        take(c);
        break;
      case Deprel::compound:
        take(c);
        break;
      case Deprel::amod:
      case Deprel::acl:
        // "rebel-held town", "a village held by the rebels"
        if (scene_.has(c, Class::held)) {
          if (const Id<Token> s = subject(c); s && s != o) take(s);
          for (const Id<Token> inner : tree.children(c))
            if (tree[inner].deprel == Deprel::compound || tree[inner].deprel == Deprel::obl ||
                tree[inner].deprel == Deprel::advmod)
              if (scene_.upos(inner) != Upos::adv) take(inner);
        }
        break;
      case Deprel::appos:
        // "Tal Abyad, the stronghold of the group"
        for (const Id<Token> inner : tree.children(c))
          if (tree[inner].deprel == Deprel::nmod_poss ||
              (tree[inner].deprel == Deprel::nmod && scene_.preposition(inner) &&
               tree.lemma(scene_.preposition(inner)) == "of"))
            take(inner);
        break;
      default:
        break;
    }
  }
}

}  // namespace annalist::event
