#include "claim/silence.h"

#include <algorithm>

namespace annalist::claims {
namespace {

/// "no group", "neither side", "nobody"
bool is_nobody(const Tree& tree, Id<Token> head) {
  const std::string_view own = tree.lemma(head);
  if (own == "nobody" || own == "none") return true;
  const auto children = tree.children(head);
  return std::any_of(children.begin(), children.end(), [&](Id<Token> c) {
    const std::string_view lemma = tree.lemma(c);
    return tree[c].deprel == Deprel::det && (lemma == "no" || lemma == "neither");
  });
}

}  // namespace

bool says_nothing(const Context& c, const Draft& draft) {
  if (draft.source.head && is_nobody(c.tree, draft.source.head)) return true;
  if (!draft.cue_token || !is_negated(c.tree, draft.cue_token)) return false;
  return std::any_of(draft.content.begin(), draft.content.end(), [&](std::uint32_t t) {
    const Id<Token> id(t);
    return c.tree.head(id) == draft.cue_token && !c.cues.find(CueClass::unanswered, c.tree.lemma(id)).empty();
  });
}

}  // namespace annalist::claims
