#include "claim/stance.h"

#include <algorithm>
#include <optional>

namespace annalist::claims {
namespace {

bool holds(const Draft& d, Id<Token> t) {
  return std::binary_search(d.content.begin(), d.content.end(), t.value);
}

/// The words of the content that nothing else in it governs: one a sentence, as a rule.
std::vector<Id<Token>> tops(const Context& c, const Draft& d) {
  std::vector<Id<Token>> out;
  for (const std::uint32_t t : d.content) {
    const Id<Token> id(std::size_t{t}), up = c.tree.head(id);
    if (!c.is_punct(t) && (!up || !holds(d, up))) out.push_back(id);
  }
  return out;
}

bool is_first_person(const Tree& tree, Id<Token> t) {
  return tree[t].upos == Upos::pron &&
         (tree[t].is(MorphFlag::first_person) || tree.lemma(t) == "I" || tree.lemma(t) == "we");
}

/// True if the speaker is who does it: "we" and "I" in a quotation, outside "he" or the speaker by name.
bool speaker_does(const Context& c, const Draft& d, Id<Token> predicate, Id<Entity> entity) {
  const Id<Token> s = c.tree.child(predicate, Deprel::nsubj);
  if (!s) return false;
  if (c.quote_of[s.value] != c.quote_of[d.cue_token.value]) return is_first_person(c.tree, s);
  const std::uint32_t m = c.mention_of_head[s.value];
  const auto links = c.doc.all<MentionEntity>();
  return entity && m < links.size() && links[m].entity == entity;
}

/// "will leave", "is going to leave", reported "would leave"; not "would have left".
bool is_future(const Context& c, const Draft& d, Id<Token> predicate) {
  const Tree& tree = c.tree;
  bool will = false;
  for (Id<Token> child : tree.children(predicate)) {
    if (tree[child].deprel != Deprel::aux) continue;
    const std::string_view lemma = tree.lemma(child), form = tree.text(child);
    if (lemma == "have") return false;
    const bool reported = c.quote_of[child.value] == c.quote_of[d.cue_token.value];
    // "would" is "will" told later; in the speaker's own words it is a condition.
    const bool would = form == "would" || form == "'d" || form == "\u2019d";
    will |= (lemma == "will" || lemma == "shall" || would) && (!would || reported);
  }
  if (will) return true;
  const auto x = tree.child(predicate, Deprel::xcomp);
  return tree.lemma(predicate) == "go" && tree.text(predicate) == "going" && x && marked_by(tree, x, "to");
}

/// "must leave", "should leave"; not "must have left".
bool is_demand(const Context& c, Id<Token> predicate) {
  const Tree& tree = c.tree;
  bool must = false;
  for (Id<Token> child : tree.children(predicate)) {
    const std::string_view lemma = tree.lemma(child);
    if (tree[child].deprel == Deprel::cop || tree[child].deprel == Deprel::expl)
      return false;  // "must be ill"
    if (tree[child].deprel != Deprel::aux) continue;
    if (lemma == "have") return false;
    must |= lemma == "must" || lemma == "should" || lemma == "ought";
  }
  return must;
}

/// "Why did they leave? Who sent them?": every sentence of a quotation asks.
bool is_question(const Context& c, const Draft& d) {
  const auto tokens = c.doc.all<Token>();
  for (std::size_t i = 0; i < d.content.size(); ++i) {
    const std::uint32_t last = d.content[i];
    if (i + 1 < d.content.size() && tokens[d.content[i + 1]].sentence == tokens[last].sentence) continue;
    if (c.quote_of[last] == c.quote_of[d.cue_token.value]) return false;
    const bool asks = c.form(last) == "?" || (last + 1 < c.tree.size() && c.form(last + 1) == "?" &&
                                              c.quote_of[last + 1] == c.quote_of[last]);
    if (!asks) return false;
  }
  return true;
}

}  // namespace

Stance stance_of(const Context& c, const Draft& d, Id<Entity> entity) {
  if (d.stance != Stance::asserts || d.narrator || d.attitude || d.content.empty()) return d.stance;
  if (is_question(c, d)) return Stance::doubts;
  std::optional<Stance> out;
  for (const Id<Token> t : tops(c, d)) {
    const Upos pos = c.tree[t].upos;
    const bool clause =
        pos == Upos::verb || c.tree.has_child(t, Deprel::cop) || c.tree.has_child(t, Deprel::nsubj);
    if (!clause) continue;
    const bool own = speaker_does(c, d, t, entity);
    const Stance here = is_future(c, d, t)        ? own && pos == Upos::verb ? Stance::vows : Stance::predicts
                        : is_demand(c, t) && !own ? Stance::demands
                                                  : Stance::asserts;
    if (out && *out != here) return Stance::asserts;  // both told and foretold
    out = here;
  }
  return out.value_or(Stance::asserts);
}

Certainty certainty_of(const Context& c, const Draft& d) {
  Certainty out = d.certainty;
  for (std::uint32_t t : d.content) {
    const Id<Token> id(t), up = c.tree.head(id);
    if (!up || !holds(d, up)) continue;
    if (const Id<Token> over = c.tree.head(up); over && holds(d, over)) continue;  // not at the top
    const std::string_view lemma = c.tree.lemma(id);
    const Deprel rel = c.tree[id].deprel;
    if (rel == Deprel::aux && (lemma == "may" || lemma == "might" || lemma == "could"))
      return Certainty::possible;
    if (rel == Deprel::advmod && (lemma == "perhaps" || lemma == "maybe" || lemma == "possibly"))
      return Certainty::possible;
    if (rel == Deprel::advmod && (lemma == "probably" || lemma == "likely" || lemma == "apparently"))
      out = std::max(out, Certainty::probable);
    if (rel == Deprel::mark && lemma == "whether") return Certainty::unknown;
  }
  return out;
}

bool content_denies(const Context& c, const Draft& d) {
  const std::vector<Id<Token>> all = tops(c, d);
  // "does not hesitate to kill" says that they do.
  return !all.empty() && is_negated(c.tree, all.front()) &&
         c.cues.find(CueClass::negator, c.tree.lemma(all.front())).empty();
}

bool first_person(const Context& c, const Source& s) { return s.head && is_first_person(c.tree, s.head); }

}  // namespace annalist::claims
