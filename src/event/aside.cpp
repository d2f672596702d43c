#include "event/aside.h"

namespace annalist::event {
namespace {

constexpr int kDeep = 6;

}  // namespace

bool of_speaker(const Scene& scene, Id<Token> place) {
  const Tree& tree = scene.tree();
  if (const Id<Token> p = scene.preposition(place); p && scene.has(p, Class::spread)) return false;
  Id<Token> t = place;
  for (int i = 0; i < kDeep && t; ++i) {
    const Id<Token> up = tree.head(t);
    if (!up) return false;
    const Deprel d = tree[t].deprel;
    if (scene.has(up, Class::report) && scene.is_verb(up) && d != Deprel::ccomp && d != Deprel::parataxis &&
        d != Deprel::xcomp)
      return true;
    // "A claim Islamabad dismissed": who judges it.
    if (d == Deprel::nsubj && scene.has(up, Class::judging) && scene.is_verb(up)) return true;
    t = up;
  }
  return false;
}

bool of_talks(const Scene& scene, Id<Token> place, TypeId deed) {
  const TypeInfo& type = scene.codebook().type(deed);
  if (!type.violent && type.group != "territory" && type.group != "harm" && type.name != "release")
    return false;
  const Tree& tree = scene.tree();
  const Id<Token> p = scene.preposition(place);
  if (!p || (tree.lemma(p) != "in" && tree.lemma(p) != "at")) return false;
  const Id<Token> up = tree.head(place);
  return up && scene.has(up, Class::brokered);
}

}  // namespace annalist::event
