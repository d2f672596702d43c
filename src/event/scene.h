// One document seen by the codebook: its tree, every lemma as a codebook word, and for each token the
// mention, entity, actor, place, time and roles that stand there. Borrows the Document and the Codebook;
// built once a document, O(tokens); one thread.
#pragma once

#include <vector>

#include "doc/tree.h"
#include "event/codebook.h"

namespace annalist::event {

class Scene {
 public:
  Scene(const Document& doc, const Codebook& codebook);

  const Document& doc() const { return *doc_; }
  const Codebook& codebook() const { return *codebook_; }
  const Tree& tree() const { return tree_; }

  Upos upos(Id<Token> t) const { return tree_[t].upos; }
  Deprel deprel(Id<Token> t) const { return tree_[t].deprel; }
  Id<Token> head(Id<Token> t) const { return tree_.head(t); }
  bool is_noun(Id<Token> t) const { return upos(t) == Upos::noun || upos(t) == Upos::propn; }
  bool is_verb(Id<Token> t) const { return upos(t) == Upos::verb; }

  /// The token's lemma, or its lower-cased form when the lemma is unknown, as a codebook word; 0: neither.
  Word word(Id<Token> t) const { return words_[t.value]; }
  Word form(Id<Token> t) const { return forms_[t.value]; }
  bool has(Id<Token> t, Class c) const { return (word_classes(t) & mask(c)) != 0; }
  ClassMask word_classes(Id<Token> t) const { return codebook_->words().classes(words_[t.value]); }
  /// What the token stands for: the classes of its word, and those of the entity, actor or place there.
  ClassMask classes(Id<Token> t) const;
  bool is(Id<Token> t, Class c) const { return (classes(t) & mask(c)) != 0; }

  /// The mention whose head is the token, else the smallest one around it; none if there is none.
  Id<Mention> mention(Id<Token> t) const { return mentions_[t.value]; }
  Id<Entity> entity(Id<Token> t) const;
  /// What the token's mention, or the entity it belongs to, says of the actor; null if nothing.
  const ActorLink* actor(Id<Token> t) const;
  /// The place named by words that include the token; none for speaker places and datelines.
  Id<Place> place(Id<Token> t) const { return places_[t.value]; }
  Id<Time> time(Id<Token> t) const { return times_[t.value]; }
  const Predicate* predicate(Id<Token> t) const;

  /// The child of `t` that is its preposition (its first one), or none.
  Id<Token> preposition(Id<Token> t) const { return tree_.child(t, Deprel::case_); }
  /// True if "the", "this" or "that" stands before the noun.
  bool points_at(Id<Token> noun) const;
  /// The first of coordinated words: "Kenya" of "Kenya and Uganda" for either.
  Id<Token> top_conjunct(Id<Token> t) const;
  /// True for somebody or something that acts: an actor, a person, a group, a pronoun for one.
  bool can_act(Id<Token> t) const;
  bool in_body(Id<Token> t) const { return body_[tree_.token(t).sentence]; }
  bool in_headline(Id<Token> t) const;
  /// True for the half of "sit-in" that stands for both.
  bool is_joined(Id<Token> t) const { return joined_[t.value]; }

 private:
  bool called_a_place(Id<Token> t) const;
  void mark_towns();
  /// The segmentation cuts "cease-fire" in three, the codebook knows it as one word.
  void join_hyphens();

  const Document* doc_;
  const Codebook* codebook_;
  Tree tree_;
  std::vector<Word> words_, forms_;
  std::vector<Id<Mention>> mentions_;
  std::vector<Id<Place>> places_;
  std::vector<bool> echoes_;  // a place that the name tagger took for somebody
  std::vector<Id<Time>> times_;
  std::vector<std::uint32_t> predicates_;
  std::vector<bool> body_;    // by sentence
  std::vector<bool> joined_;  // stands for a hyphenated word
};

}  // namespace annalist::event
