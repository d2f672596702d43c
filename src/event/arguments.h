// Who stands where around a word: its logical subject, object and prepositional phrases, the same for active,
// passive, nominal, relative, participial, controlled and coordinated uses. Reads the parse first and the
// roles where the parse is silent. Walks are bounded; a tree of any shape costs O(children) a word.
#pragma once

#include <vector>

#include "event/scene.h"

namespace annalist::event {

struct Slot {
  SlotRef ref;
  Id<Token> head;
};
using Slots = std::vector<Slot>;

/// The first filler of a slot; none if it is empty.
Id<Token> filler(const Slots& slots, SlotRef ref);

class Arguments {
 public:
  explicit Arguments(const Scene& scene) : scene_(scene) {}

  /// Appends the slots of a verb (or a predicate adjective).
  void of_verb(Id<Token> verb, Slots& out) const;
  /// Appends the slots of an event noun: "rebels' attack on X by Y". With `of_is_subject`, "of X" is who does
  /// it.
  void of_noun(Id<Token> noun, bool of_is_subject, Slots& out) const;
  /// Adds `owner` slots: who holds the object ("the stronghold of the rebels", "rebel-held town").
  void add_owner(Slots& out) const;

  bool is_passive(Id<Token> verb) const;
  /// Logical subject or object of a verb; none if elided or unknown.
  Id<Token> subject(Id<Token> verb, int depth = 0) const;
  Id<Token> object(Id<Token> verb, int depth = 0) const;
  /// "after an attack killed ten": the noun before a finite verb that the parse gave to the word "after".
  Id<Token> hidden_subject(Id<Token> verb) const;
  /// The word itself, or what a relative pronoun stands for.
  Id<Token> antecedent(Id<Token> t) const;
  /// The word that carries the meaning: the fighters of "dozens of fighters".
  Id<Token> content(Id<Token> t) const;

 private:
  bool reduced_passive(Id<Token> verb) const;
  bool takes_object(Id<Token> verb) const;
  Id<Token> subject_of_noun(Id<Token> noun, int depth) const;
  /// "the Harbour Arena bombing": a building's name before the noun did nothing.
  bool names_a_site(Id<Token> word) const;
  Id<Token> nearest_name(Id<Token> up, Id<Token> verb) const;
  /// What a participle after a noun describes: mostly that noun; "a campaign against the front led by X" the
  /// front.
  Id<Token> described(Id<Token> participle) const;
  void prepositional(Id<Token> head, Slots& out, bool passive) const;
  bool shelters(Id<Token> verb, Id<Token> deed) const;
  Id<Token> harm_before(Id<Token> verb, Id<Token> up) const;
  Id<Token> asked(Id<Token> verb, Id<Token> infinitive) const;
  bool judged(Id<Token> noun, Id<Token> doer) const;
  void from_roles(Id<Token> predicate, Slots& out) const;
  /// "blamed the attack on the rebels": on whom a deed is laid.
  Id<Token> blamed(Id<Token> noun) const;
  Id<Token> topic(Id<Token> noun) const;
  void inner(Id<Token> infinitive, Slots& out) const;
  void obliged(Id<Token> clause, Slots& out) const;
  void purpose(Id<Token> child, Slots& out) const;
  void beside_object(Id<Token> object, Slots& out) const;
  const Scene& scene_;
};

}  // namespace annalist::event
