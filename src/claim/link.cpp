#include "claim/link.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist::claims {
namespace {

constexpr std::uint32_t kNoDraft = 0xFFFFFFFFu;
constexpr std::uint32_t kAnswerReach = 12;  // sentences between a claim and its answer

/// token -> innermost draft whose content holds it.
std::vector<std::uint32_t> innermost(const Context& c, const std::vector<Draft>& drafts) {
  std::vector<std::uint32_t> order(drafts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return drafts[a].content.size() > drafts[b].content.size();
  });
  std::vector<std::uint32_t> out(c.tree.size(), kNoDraft);
  for (std::uint32_t i : order)
    if (!drafts[i].attitude)
      for (std::uint32_t t : drafts[i].content) out[t] = i;
  return out;
}

/// The claim that draft i answers: the nearest by another source before it, the narrator's only if there is
/// no other; a denial does not answer a denial.
std::uint32_t answered(const std::vector<Draft>& drafts, const std::vector<Id<Entity>>& entity,
                       std::size_t i) {
  std::uint32_t narrator = kNoDraft;
  for (std::size_t j = i; j-- > 0 && drafts[i].sentence - drafts[j].sentence <= kAnswerReach;) {
    if (entity[j] && entity[j] == entity[i]) continue;
    if (drafts[i].stance == Stance::denies && drafts[j].stance == Stance::denies) continue;
    if (!drafts[j].narrator) return static_cast<std::uint32_t>(j);
    if (narrator == kNoDraft && drafts[j].sentence != drafts[i].sentence)
      narrator = static_cast<std::uint32_t>(j);
  }
  return narrator;
}

/// "Denied that he knew of the killings": the knowledge is denied, not the killings.
bool only_known_of(const Context& c, const Draft& d, Id<Token> t) {
  for (t = c.tree.head(t); t && std::binary_search(d.content.begin(), d.content.end(), t.value);
       t = c.tree.head(t))
    if (!c.cues.find(CueClass::knowing, c.tree.lemma(t)).empty()) return true;
  return false;
}

/// What the content tells by the way: "accused them of sheltering the group, which ended a truce in May".
bool by_the_way(const Context& c, const Draft& d, Id<Token> t) {
  for (; t && std::binary_search(d.content.begin(), d.content.end(), t.value); t = c.tree.head(t)) {
    const Deprel rel = c.tree[t].deprel;
    if (rel == Deprel::acl_relcl) return true;
    if (rel == Deprel::advcl && (marked_by(c.tree, t, "since") || marked_by(c.tree, t, "after") ||
                                 marked_by(c.tree, t, "before") || marked_by(c.tree, t, "when")))
      return true;
  }
  return false;
}

bool is_settled(const Draft& d) {
  return d.stance != Stance::doubts && d.stance != Stance::demands && d.certainty != Certainty::unknown;
}

}  // namespace

bool refers(const Context& c, const Draft& d) {
  if (d.content.size() > 12 || d.stance == Stance::demands) return false;
  for (std::uint32_t t : d.content) {
    const Id<Token> id(t), up = c.tree.head(id);
    if (up && std::binary_search(d.content.begin(), d.content.end(), up.value)) continue;
    // "reports that ..." says for itself what it is about.
    for (Deprel own : {Deprel::acl, Deprel::acl_relcl, Deprel::ccomp, Deprel::nmod})
      if (const Id<Token> clause = c.tree.child(id, own); clause && clause != d.cue_token) return false;
    const std::string_view lemma = c.tree.lemma(id);
    const Upos pos = c.tree[id].upos;
    if (pos == Upos::noun && c.cues.is_statement(lemma)) return true;
    if (pos == Upos::pron && (lemma == "it" || lemma == "this" || lemma == "that" || lemma == "these" ||
                              lemma == "which"))  // "accused them of looting, which they denied"
      return true;
  }
  return false;
}

bool negated_in_content(const Context& c, const Draft& d, Id<Token> t) {
  bool negative = false;
  for (std::size_t steps = 0; t && steps < c.tree.sentence_of(t).tokens.count; ++steps, t = c.tree.head(t)) {
    if (!std::binary_search(d.content.begin(), d.content.end(), t.value)) break;
    // "does not hesitate to kill", "did not fail to": two negations that leave it standing.
    negative ^= is_negated(c.tree, t) && c.cues.find(CueClass::negator, c.tree.lemma(t)).empty();
    // "would not take part in the assault" denies no assault: only the core of the clause is negated.
    const Deprel rel = c.tree[t].deprel;
    const bool core = rel == Deprel::ccomp || rel == Deprel::xcomp || rel == Deprel::conj ||
                      rel == Deprel::obj || rel == Deprel::nsubj || rel == Deprel::nsubj_pass ||
                      rel == Deprel::csubj;
    if (!core) break;
    // Nor does "nobody said that they attacked" deny an attack.
    const Id<Token> up = c.tree.head(t);
    if (rel == Deprel::ccomp && up && !c.cues.find(CueClass::verb, c.tree.lemma(up)).empty()) break;
  }
  return negative;
}

void add_narrator(const Context& c, std::vector<Draft>& drafts) {
  std::vector<bool> said(c.tree.size(), false), cue(c.tree.size(), false);
  for (const Draft& d : drafts) {
    if (d.attitude) continue;
    for (std::uint32_t t : d.content) said[t] = true;
    if (d.cue) cue[d.cue_token.value] = true;
  }
  const auto sentences = c.doc.all<Sentence>();
  for (std::size_t s = 0; s < sentences.size(); ++s) {
    if (!c.is_body(sentences[s])) continue;
    bool own = false, own_besides_cues = false;
    for (std::uint32_t t = sentences[s].tokens.first; t < sentences[s].tokens.end() && t < c.tree.size(); ++t)
      if (c.triggers[t] && !said[t]) {
        own = true;
        own_besides_cues |= !cue[t];
      }
    if (!own) continue;
    Draft d;
    d.narrator = true;
    d.sentence = static_cast<std::uint32_t>(s);
    d.cue_token = Id<Token>(sentences[s].tokens.first);
    for (std::uint32_t t = sentences[s].tokens.first; t < sentences[s].tokens.end(); ++t)
      if (!own_besides_cues || (!said[t] && !cue[t])) d.content.push_back(t);
    drafts.push_back(std::move(d));
  }
}

std::vector<Statement> link_events(const Context& c, const std::vector<Draft>& drafts,
                                   const std::vector<Id<Entity>>& entity) {
  std::vector<Statement> out;
  const std::vector<std::uint32_t> inner = innermost(c, drafts);
  std::vector<bool> cue(c.tree.size(), false);
  for (const Draft& d : drafts)
    if (d.cue) cue[d.cue_token.value] = true;
  for (const EventMention& m : c.doc.all<EventMention>()) {
    if (!m.trigger || m.trigger.value >= inner.size() || !m.event) continue;
    const std::uint32_t i = inner[m.trigger.value];
    if (i == kNoDraft) continue;
    // "denied the accusation" is about what was charged, not about the charging.
    if (!drafts[i].narrator && c.cues.is_statement(c.tree.lemma(m.trigger)) && refers(c, drafts[i])) continue;
    const bool negative = negated_in_content(c, drafts[i], m.trigger);
    // The narrator denies an event only where the event itself was coded as denied.
    const bool settled = is_settled(drafts[i]) &&
                         (drafts[i].positive || !only_known_of(c, drafts[i], m.trigger)) &&
                         !(drafts[i].narrator && negative && c.doc[m.event].status != EventStatus::denied);
    out.push_back({i, m.event, m.trigger, drafts[i].positive != negative, settled,
                   values_of(c, drafts[i], m.event, m.trigger)});
  }
  std::stable_sort(out.begin(), out.end(), [](const Statement& a, const Statement& b) {
    return a.draft != b.draft ? a.draft < b.draft : a.trigger < b.trigger;
  });
  // Answers: drafts are in text order, so the claim answered stands before.
  const std::size_t own = out.size();
  std::vector<std::uint32_t> first(drafts.size() + 1, 0);
  for (const Statement& s : out) ++first[s.draft + 1];
  for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
  // The narrator's "he denied it" is no happening to deny.
  const auto speech_act = [&](const Statement& x) { return x.trigger && cue[x.trigger.value]; };
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    const Draft& d = drafts[i];
    if (d.narrator || first[i] != first[i + 1] || !refers(c, d)) continue;
    const std::uint32_t j = answered(drafts, entity, i);
    if (j == kNoDraft) continue;
    for (std::uint32_t k = first[j]; k < first[j + 1] && k < own; ++k) {
      const Statement s = out[k];
      if (speech_act(s) || (s.trigger && by_the_way(c, drafts[j], s.trigger))) continue;
      out.push_back({static_cast<std::uint32_t>(i), s.event, {}, d.positive == s.positive, is_settled(d)});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Statement& a, const Statement& b) { return a.draft < b.draft; });
  return out;
}

}  // namespace annalist::claims
