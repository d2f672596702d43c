#include "claim/content.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist::claims {
namespace {

using Tokens = std::vector<std::uint32_t>;

Tokens subtree(const Context& c, Id<Token> root, Id<Token> without = {}) {
  Tokens out;
  add_subtree(c.tree, root, without, out);
  tidy(out);
  return out;
}

void join(Tokens& to, const Tokens& from) {
  to.insert(to.end(), from.begin(), from.end());
  tidy(to);
}

void drop(Tokens& from, Id<Token> t) { std::erase(from, t.value); }

bool any_eventive(const Context& c, const Tokens& tokens) {
  return std::any_of(tokens.begin(), tokens.end(), [&](std::uint32_t t) { return c.eventive[t]; });
}

/// "killing them", not "they were killing": without subject and auxiliary.
bool is_gerund(const Context& c, Id<Token> t) {
  const Syntax& s = c.tree[t];
  return s.upos == Upos::verb && (s.is(MorphFlag::gerund) || c.tree.text(t).ends_with("ing")) &&
         !c.tree.has_child(t, Deprel::aux) && !c.tree.has_child(t, Deprel::nsubj);
}

/// "backed the account, saying: 'It fell'": the parser may hang what is said on the first verb. The
/// participle of `verb` that speaks between it and `clause`, or none.
Id<Token> speaks_between(const Context& c, Id<Token> verb, Id<Token> clause) {
  const Tree& tree = c.tree;
  for (Id<Token> child : tree.children(verb)) {
    if (tree[child].deprel != Deprel::advcl || child < verb || clause < child) continue;
    if (tree.has_child(child, Deprel::ccomp) || tree.has_child(child, Deprel::obj)) continue;
    for (std::uint32_t cue : c.cues.find(CueClass::verb, tree.lemma(child)))
      if (c.cues[cue].has(FrameKind::quote)) return child;
  }
  return {};
}

/// ccomp, a parataxis after a colon or with a quotation, or the clause that the verb is put behind or
/// between.
Tokens clause_content(const Context& c, Id<Token> verb) {
  const Tree& tree = c.tree;
  Tokens out;
  for (Id<Token> child : tree.children(verb))
    if (tree[child].deprel == Deprel::ccomp && !is_gerund(c, child) && !speaks_between(c, verb, child))
      join(out, subtree(c, child));
  if (const Id<Token> up = tree.head(verb); out.empty() && up && tree[verb].deprel == Deprel::advcl)
    for (Id<Token> child : tree.children(up))
      if (tree[child].deprel == Deprel::ccomp && verb < child && speaks_between(c, up, child) == verb)
        join(out, subtree(c, child));
  // "said that ..., and that ...": the second clause may hang on the verb.
  if (!out.empty())
    for (Id<Token> child : tree.children(verb))
      if (tree[child].deprel == Deprel::conj && marked_by(tree, child, "that")) join(out, subtree(c, child));
  if (!out.empty()) return out;
  const Deprel rel = tree[verb].deprel;
  const bool as_clause = rel == Deprel::advcl && marked_by(tree, verb, "as");
  if ((rel == Deprel::parataxis || as_clause) && tree.head(verb) && !tree.has_child(verb, Deprel::obj)) {
    const Id<Token> clause = clause_around(c, tree.head(verb), false);
    const std::uint32_t first = tree.sentence_of(verb).tokens.first;
    // A verb set off by punctuation alone is put into the clause; with words of its own it is another clause.
    if (tree.has_child(verb, Deprel::nsubj) || verb.value == first || c.is_punct(verb.value - 1))
      return subtree(c, clause, verb);
  }
  for (Id<Token> child : tree.children(verb))
    if (tree[child].deprel == Deprel::parataxis && child.value > verb.value)
      for (std::uint32_t t = verb.value + 1; t < child.value; ++t)
        if (c.form(t) == ":" ||
            (c.quote_of[child.value] != Quote::kNone && c.quote_of[verb.value] == Quote::kNone))
          return subtree(c, child);
  return {};
}

/// The thing acted on: the object, in the passive the subject. With conjuncts and what hangs on them.
Id<Token> object_of(const Context& c, Id<Token> verb, bool passive) {
  return c.tree.child(verb, passive ? Deprel::nsubj_pass : Deprel::obj);
}

/// "denied the report", "confirmed it": what was said before, taken up by name or pronoun.
bool answers(const Context& c, const Cue& cue, Id<Token> object) {
  if (c.tree[object].upos == Upos::noun) return c.cues.is_statement(c.tree.lemma(object));
  return c.tree[object].upos == Upos::pron &&
         (cue.stance == Stance::denies || cue.stance == Stance::confirms);
}

/// "..., a claim the army rejected": the noun for what was said, which the clause describes.
Tokens described_statement(const Context& c, Id<Token> verb) {
  const Id<Token> noun = c.tree[verb].deprel == Deprel::acl_relcl ? c.tree.head(verb) : Id<Token>();
  if (!noun || !c.tree.has_child(verb, Deprel::nsubj) || !c.cues.is_statement(c.tree.lemma(noun))) return {};
  return subtree(c, noun, verb);
}

Tokens object_content(const Context& c, const Cue& cue, Id<Token> verb, bool passive) {
  const Id<Token> object = object_of(c, verb, passive);
  if (!object) return described_statement(c, verb);
  Tokens out = subtree(c, object);
  if (cue.need == Need::event && !any_eventive(c, out) && !answers(c, cue, object)) return {};
  if (cue.need == Need::statement && !c.cues.is_statement(c.tree.lemma(object))) return {};
  return out;
}

Tokens oblique_content(const Context& c, const Cue& cue, Id<Token> verb, const std::string& word,
                       Id<Token>& preposition) {
  const Tree& tree = c.tree;
  for (Id<Token> child : tree.children(verb)) {
    const Deprel rel = tree[child].deprel;
    if (rel != Deprel::obl && rel != Deprel::advcl && rel != Deprel::nmod && rel != Deprel::ccomp) continue;
    if (child.value < verb.value || !marked_by(tree, child, word)) continue;
    Tokens out = subtree(c, child);
    if (cue.need == Need::event && !any_eventive(c, out)) return {};
    for (Id<Token> mark : tree.children(child))
      if ((tree[mark].deprel == Deprel::case_ || tree[mark].deprel == Deprel::mark) &&
          tree.text(mark) == word)
        preposition = mark;
    drop(out, preposition);
    for (Id<Token> act : tree.children(verb))  // "called on both sides to stop"
      if ((tree[act].deprel == Deprel::xcomp || tree[act].deprel == Deprel::advcl) && child < act &&
          marked_by(tree, act, "to"))
        join(out, subtree(c, act));
    return out;
  }
  return {};
}

/// Object and second part: "accused [them of looting]", "called [the raid a crime]".
Tokens object_with_content(const Context& c, Id<Token> verb, const std::string& word, bool passive) {
  const Tree& tree = c.tree;
  Id<Token> object = object_of(c, verb, passive);
  if (!object && !passive) object = tree.child(verb, Deprel::iobj);
  if (!object) return {};
  Tokens out = subtree(c, object);
  bool found = false;
  for (Id<Token> child : tree.children(verb)) {
    const Deprel rel = tree[child].deprel;
    if (child == object || child.value < verb.value) continue;
    const bool second = word.empty() ? rel == Deprel::xcomp && !marked_by(tree, child, "to")
                                     : (rel == Deprel::obl || rel == Deprel::advcl || rel == Deprel::xcomp ||
                                        rel == Deprel::ccomp) &&
                                           marked_by(tree, child, word);
    if (!second) continue;
    join(out, subtree(c, child));
    found = true;
  }
  if (!found && !word.empty())  // the parser may hang the second part on the object
    for (Id<Token> child : tree.children(object))
      found |= (tree[child].deprel == Deprel::nmod || tree[child].deprel == Deprel::acl) &&
               child.value > verb.value && marked_by(tree, child, word);
  return found ? out : Tokens();
}

Tokens by_frame(const Context& c, const Cue& cue, const Frame& frame, Id<Token> verb, bool passive,
                Id<Token>& preposition) {
  const Tree& tree = c.tree;
  switch (frame.kind) {
    case FrameKind::clause:
      return passive ? Tokens() : clause_content(c, verb);
    case FrameKind::passive_clause: {
      if (!passive) return {};
      for (Deprel rel : {Deprel::ccomp, Deprel::csubj_pass, Deprel::csubj})
        if (const auto child = tree.child(verb, rel)) return subtree(c, child);
      return {};
    }
    case FrameKind::infinitive: {
      const auto x = tree.child(verb, Deprel::xcomp);
      return x && !passive && marked_by(tree, x, "to") ? subtree(c, x) : Tokens();
    }
    case FrameKind::gerund:
      for (Id<Token> child : tree.children(verb)) {
        const Deprel rel = tree[child].deprel;
        if ((rel == Deprel::xcomp || rel == Deprel::ccomp || rel == Deprel::advcl) &&
            child.value > verb.value && is_gerund(c, child) &&
            !(rel == Deprel::advcl && c.is_punct(verb.value + 1)))
          return subtree(c, child);
      }
      return {};
    case FrameKind::subject_to: {
      const auto x = tree.child(verb, Deprel::xcomp);
      auto s = tree.child(verb, Deprel::nsubj_pass);
      if (!s) s = tree.child(verb, Deprel::nsubj);
      if (!x || !s || !(passive || cue.narrator) || !marked_by(tree, x, "to")) return {};
      Tokens out = subtree(c, s);
      join(out, subtree(c, x));
      return out;
    }
    case FrameKind::object:
      return object_content(c, cue, verb, passive);
    case FrameKind::oblique:
      return oblique_content(c, cue, verb, frame.word, preposition);
    case FrameKind::object_with:
      return object_with_content(c, verb, frame.word, passive);
    case FrameKind::quote:
      return {};
  }
  return {};
}

}  // namespace

Id<Token> clause_around(const Context& c, Id<Token> inside, bool to_root) {
  const Tree& tree = c.tree;
  for (std::size_t steps = 0; steps < tree.sentence_of(inside).tokens.count; ++steps) {
    const Id<Token> up = tree.head(inside);
    if (!up) return inside;
    const Deprel rel = tree[inside].deprel;
    const bool boundary = rel == Deprel::ccomp || rel == Deprel::acl_relcl || rel == Deprel::parataxis;
    if (boundary && !to_root) return inside;
    inside = up;
  }
  return inside;
}

Tokens content_of_verb(const Context& c, const Cue& cue, Id<Token> verb, bool passive,
                       Id<Token>& preposition) {
  for (const Frame& frame : cue.frames) {
    Tokens out = by_frame(c, cue, frame, verb, passive, preposition);
    drop(out, verb);
    if (!out.empty()) return out;
  }
  return {};
}

Tokens content_of_noun(const Context& c, const Cue& cue, Id<Token> noun) {
  const Tree& tree = c.tree;
  for (const Frame& frame : cue.frames)
    for (Id<Token> child : tree.children(noun)) {
      if (child.value < noun.value) continue;
      const Deprel rel = tree[child].deprel;
      const bool clausal = rel == Deprel::acl || rel == Deprel::ccomp;
      switch (frame.kind) {
        case FrameKind::clause:
          if (clausal && marked_by(tree, child, "that")) return subtree(c, child);
          break;
        case FrameKind::infinitive:
          if (clausal && marked_by(tree, child, "to")) return subtree(c, child);
          break;
        case FrameKind::oblique:
          if ((rel == Deprel::nmod || clausal) && marked_by(tree, child, frame.word)) {
            Tokens out = subtree(c, child);
            if (any_eventive(c, out)) return out;
          }
          break;
        default:
          break;
      }
    }
  return {};
}

}  // namespace annalist::claims
