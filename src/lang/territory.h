// What the tree says of ground and of whose it is: "X fell to the rebels", "X is under rebel control".
// Immutable after load, shared by all threads. Data: patterns/territory.txt.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/tree.h"
#include "pack/data_text.h"

namespace annalist::lang {

class TerritoryWords {
 public:
  /// Takes patterns/territory.txt from `files`; errors name file and line.
  static Result<TerritoryWords> load(const std::vector<DataText>& files);

  /// True where only a place stands so: it is under somebody's control, is retaken, falls to the rebels.
  bool is_ground(const Tree& tree, Id<Token> name) const;

  /// True where it goes from one side's hands to another's: it falls to the rebels, the army loses it to
  /// them. No body does that either.
  bool changes_hands(const Tree& tree, Id<Token> name) const;

  /// True for who holds a place in "under rebel control", "in army hands": a noun that heads no phrase.
  bool is_holder(const Tree& tree, Id<Token> noun) const;

 private:
  using Words = std::set<std::string, std::less<>>;

  bool in(const Words& words, const Tree& tree, Id<Token> t) const { return words.contains(tree.lemma(t)); }
  bool under_power(const Tree& tree, Id<Token> noun) const;
  bool to_a_force(const Tree& tree, Id<Token> verb) const;

  Words power_, hands_, taken_, part_, disputed_, force_;
};

}  // namespace annalist::lang
