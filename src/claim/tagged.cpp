#include "claim/tagged.h"

#include <algorithm>

#include "claim/content.h"
#include "claim/source.h"

namespace annalist::claims {
namespace {

constexpr int kLeastCue = 60;  // 255ths; what follows is weighed afterwards

bool is_passive(const Tree& tree, Id<Token> verb) {
  return tree.has_child(verb, Deprel::aux_pass) || tree.has_child(verb, Deprel::nsubj_pass);
}

/// The word of the run that the others hang on; a verb before anything else.
Id<Token> head_of(const Tree& tree, TagRun run) {
  Id<Token> head;
  for (std::uint32_t t = run.first; t <= run.last; ++t) {
    const Id<Token> id(t), up = tree.head(id);
    const bool outer = !up || up.value < run.first || up.value > run.last;
    const Upos pos = tree[id].upos;
    if (pos == Upos::punct && t != run.first) continue;
    if (!head || (outer && pos == Upos::verb && tree[head].upos != Upos::verb) ||
        (outer && tree.head(head) && tree.head(head).value >= run.first && tree.head(head).value <= run.last))
      head = id;
  }
  return head;
}

/// The entry of the data for that word, if only its frames did not fit; else a plain statement.
const Cue& cue_of(const Context& c, Id<Token> head) {
  static const Cue plain = [] {
    Cue cue;
    cue.id = "tagged";
    cue.frames = {{FrameKind::clause, {}}, {FrameKind::quote, {}}};
    return cue;
  }();
  const Upos pos = c.tree[head].upos;
  if (pos != Upos::verb && pos != Upos::noun) return plain;
  const auto known = c.cues.find(pos == Upos::verb ? CueClass::verb : CueClass::noun, c.tree.lemma(head));
  return known.empty() ? plain : c.cues[known[0]];
}

/// Clauses, infinitives and objects: what a verb unknown as a cue may govern.
std::vector<std::uint32_t> governed(const Context& c, Id<Token> head) {
  std::vector<std::uint32_t> out;
  for (Id<Token> child : c.tree.children(head)) {
    switch (c.tree[child].deprel) {
      case Deprel::ccomp:
      case Deprel::xcomp:
      case Deprel::obj:
      case Deprel::acl:
        add_subtree(c.tree, child, {}, out);
        break;
      default:
        break;
    }
  }
  tidy(out);
  return out;
}

}  // namespace

std::vector<TagRun> tag_runs(const Context& c, ModelTags::Role role, std::uint32_t first, std::uint32_t end,
                             int least) {
  std::vector<TagRun> out;
  if (c.tags.empty()) return out;
  for (std::uint32_t t = first; t < end && t < c.tags.size(); ++t) {
    const ModelTags& tag = c.tags[t];
    if (tag.any(role) < least) continue;
    const bool goes_on = !out.empty() && out.back().last + 1 == t && tag.begin[role] <= tag.inside[role];
    if (goes_on)
      out.back().last = t;
    else
      out.push_back({t, t});
  }
  return out;
}

void add_tagged(const Context& c, std::vector<Draft>& drafts) {
  if (c.tags.empty()) return;
  std::vector<bool> taken(c.tree.size(), false);
  for (const Draft& d : drafts) {
    if (d.cue_token) taken[d.cue_token.value] = true;
    for (Id<Token> t = c.tree.at(d.cue_span.begin);
         t && t.value < c.tree.size() && c.tree.token(t).span.begin < d.cue_span.end;
         t = Id<Token>(std::size_t(t.value) + 1))
      taken[t.value] = true;
  }
  const auto sentences = c.doc.all<Sentence>();
  std::vector<Draft> added;
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    if (!c.is_body(sentences[s])) continue;
    for (const TagRun run :
         tag_runs(c, ModelTags::cue, sentences[s].tokens.first, sentences[s].tokens.end(), kLeastCue)) {
      if (std::any_of(taken.begin() + run.first, taken.begin() + run.last + 1, [](bool x) { return x; }))
        continue;
      const Id<Token> head = head_of(c.tree, run);
      if (!head) continue;
      Draft d;
      d.tagged = true;
      d.cue = &cue_of(c, head);
      d.attitude = d.cue->id == "tagged";
      d.stance = d.cue->stance;
      d.certainty = d.cue->certainty;
      d.positive = d.cue->positive;
      for (std::uint32_t t = run.first; t <= run.last; ++t)
        d.cue_share =
            std::max(d.cue_share, static_cast<std::uint8_t>(std::min(255, c.tags[t].any(ModelTags::cue))));
      d.cue_token = head;
      d.cue_span = c.tree.token(Id<Token>(std::size_t(run.first)))
                       .span.join(c.tree.token(Id<Token>(std::size_t(run.last))).span);
      d.sentence = static_cast<std::uint32_t>(s);
      const Upos pos = c.tree[head].upos;
      if (pos == Upos::verb || pos == Upos::aux)
        d.source = source_of_verb(c, head, is_passive(c.tree, head));
      else if (pos == Upos::noun)
        d.source = source_of_noun(c, head);
      d.content = governed(c, head);
      std::erase_if(d.content, [&](std::uint32_t t) {
        const Span span = c.tree.token(Id<Token>(std::size_t(t))).span;
        return d.cue_span.contains(span) || (!d.source.span.empty() && d.source.span.contains(span));
      });
      added.push_back(std::move(d));
    }
  }
  drafts.insert(drafts.end(), std::make_move_iterator(added.begin()), std::make_move_iterator(added.end()));
  std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
    return a.sentence != b.sentence ? a.sentence < b.sentence : a.cue_token < b.cue_token;
  });
}

}  // namespace annalist::claims
