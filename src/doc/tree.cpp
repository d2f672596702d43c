#include "doc/tree.h"

#include <algorithm>

namespace annalist {

Tree::Tree(const Document& doc) : doc_(&doc), tokens_(doc.all<Token>()), syntax_(doc.all<Syntax>()) {
  const std::size_t n = syntax_.size();
  first_child_.assign(n + 1, 0);
  for (const Syntax& s : syntax_)
    if (s.head) ++first_child_[s.head.value + 1];
  for (std::size_t i = 0; i < n; ++i) first_child_[i + 1] += first_child_[i];
  children_.resize(n ? first_child_[n] : 0);
  std::vector<std::uint32_t> next(first_child_.begin(), first_child_.end());
  for (std::size_t i = 0; i < n; ++i)
    if (syntax_[i].head) children_[next[syntax_[i].head.value]++] = Id<Token>(i);
}

Id<Token> Tree::child(Id<Token> t, Deprel rel) const {
  for (Id<Token> c : children(t))
    if (syntax_[c.value].deprel == rel) return c;
  return {};
}

Id<Token> Tree::child(Id<Token> t, Deprel rel, std::string_view lemma) const {
  for (Id<Token> c : children(t))
    if (syntax_[c.value].deprel == rel && doc_->str(syntax_[c.value].lemma) == lemma) return c;
  return {};
}

bool Tree::dominates(Id<Token> ancestor, Id<Token> t) const {
  // Heads come from a checked tree, but a document read from JSON may hold a loop: bound the walk.
  for (std::size_t steps = 0; t && steps <= syntax_.size(); ++steps, t = head(t))
    if (t == ancestor) return true;
  return false;
}

Span Tree::subtree(Id<Token> t) const {
  Span out = token(t).span;
  std::vector<Id<Token>> todo{t};
  for (std::size_t i = 0; i < todo.size() && i <= syntax_.size(); ++i)
    for (Id<Token> c : children(todo[i])) {
      out = out.join(token(c).span);
      todo.push_back(c);
    }
  return out;
}

Span Tree::phrase(Id<Token> t) const {
  Span out = token(t).span;
  for (Id<Token> c : children(t)) {
    switch (syntax_[c.value].deprel) {
      case Deprel::case_:
      case Deprel::cc:
      case Deprel::conj:
      case Deprel::punct:
      case Deprel::acl_relcl:
      case Deprel::appos:
      case Deprel::parataxis:
      case Deprel::cop:
      case Deprel::mark:
      case Deprel::aux:
      case Deprel::nsubj:
      case Deprel::nsubj_pass:
      case Deprel::advcl:
      case Deprel::discourse:
      case Deprel::list:
      case Deprel::advcl_relcl:
      case Deprel::csubj:
      case Deprel::ccomp:
        // A possessive 's is a case child that belongs to the possessor, not to the phrase.
        continue;
      default:
        out = out.join(subtree(c));
    }
  }
  return out;
}

Id<Token> Tree::at(std::uint32_t byte) const {
  auto it = std::upper_bound(tokens_.begin(), tokens_.end(), byte,
                             [](std::uint32_t b, const Token& t) { return b < t.span.begin; });
  if (it == tokens_.begin()) return {};
  --it;
  return it->span.contains(byte) ? Id<Token>(static_cast<std::size_t>(it - tokens_.begin())) : Id<Token>();
}

}  // namespace annalist
