// The dependency tree of a document, indexed for walking: children, subtrees, paths. A view over the Token
// and Syntax layers; valid while the Document lives. Build once a stage: O(tokens).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "doc/document.h"

namespace annalist {

class Tree {
 public:
  explicit Tree(const Document& doc);

  const Document& doc() const { return *doc_; }
  std::size_t size() const { return syntax_.size(); }

  const Token& token(Id<Token> t) const { return tokens_[t.value]; }
  const Syntax& operator[](Id<Token> t) const { return syntax_[t.value]; }
  std::string_view text(Id<Token> t) const { return doc_->text(tokens_[t.value].span); }
  std::string_view lemma(Id<Token> t) const { return doc_->str(syntax_[t.value].lemma); }
  Id<Token> head(Id<Token> t) const { return syntax_[t.value].head; }
  const Sentence& sentence_of(Id<Token> t) const { return doc_->all<Sentence>()[tokens_[t.value].sentence]; }

  /// Dependents of a token, in text order.
  std::span<const Id<Token>> children(Id<Token> t) const {
    return std::span(children_).subspan(first_child_[t.value],
                                        first_child_[t.value + 1] - first_child_[t.value]);
  }
  /// First child with that relation, or none.
  Id<Token> child(Id<Token> t, Deprel rel) const;
  bool has_child(Id<Token> t, Deprel rel) const { return static_cast<bool>(child(t, rel)); }
  /// First child with that relation and lemma, or none.
  Id<Token> child(Id<Token> t, Deprel rel, std::string_view lemma) const;
  /// True if `ancestor` is `t` or above it.
  bool dominates(Id<Token> ancestor, Id<Token> t) const;
  /// The words of the whole subtree, first to last (may hold foreign words if the tree crosses).
  Span subtree(Id<Token> t) const;
  /// The subtree as a noun phrase: without a leading preposition, relative clauses, appositions, trailing
  /// punctuation, or coordinated siblings.
  Span phrase(Id<Token> t) const;
  /// The token whose span covers that byte, or none. O(log n).
  Id<Token> at(std::uint32_t byte) const;

 private:
  const Document* doc_;
  std::span<const Token> tokens_;
  std::span<const Syntax> syntax_;
  std::vector<std::uint32_t> first_child_;
  std::vector<Id<Token>> children_;
};

}  // namespace annalist
