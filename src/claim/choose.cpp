#include "claim/choose.h"

#include <algorithm>

#include "claim/speech.h"

namespace annalist::claims {
namespace {

using Tokens = std::vector<std::uint32_t>;

constexpr std::uint32_t kNone = 0xFFFFFFFFu;
constexpr float kTrustInRules = 2.0f;    // for a cue of the data that carries an event
constexpr float kSourceMargin = 1.0f;    // by which another source must beat that of the tree
constexpr std::uint32_t kFarther = 8;    // words by which one cue stands farther from the same content
constexpr std::size_t kNeighbours = 40;  // drafts on either side that are looked at: long texts stay linear

const Candidate* best_of(const Weights& weights, Decision decision, const std::vector<Candidate>& all) {
  const Candidate* best = nullptr;
  float most = 0;
  for (const Candidate& one : all) {
    const float score = weights.score(decision, one.features);
    if (!best || score > most) best = &one, most = score;
  }
  return best;
}

Span span_of(const Context& c, const Tokens& tokens) {
  return c.tree.token(Id<Token>(std::size_t(tokens.front())))
      .span.join(c.tree.token(Id<Token>(std::size_t(tokens.back()))).span);
}

/// The word of the phrase that the others hang on.
Id<Token> top_of(const Context& c, const Tokens& tokens) {
  for (std::uint32_t t : tokens) {
    const Id<Token> id(std::size_t{t}), up = c.tree.head(id);
    if (!c.is_punct(t) && (!up || up.value < tokens.front() || up.value > tokens.back())) return id;
  }
  return Id<Token>(std::size_t(tokens.front()));
}

/// A claim within what somebody else says: the tags know only the outer one, so the rule stands.
bool inside_another(const std::vector<Draft>& drafts, std::size_t at) {
  if (drafts[at].tagged) return false;
  const std::size_t from = at > kNeighbours ? at - kNeighbours : 0;
  for (std::size_t i = from; i < std::min(drafts.size(), at + kNeighbours); ++i)
    if (i != at && !drafts[i].tagged && drafts[i].content.size() > drafts[at].content.size() &&
        std::binary_search(drafts[i].content.begin(), drafts[i].content.end(), drafts[at].cue_token.value))
      return true;
  return false;
}

/// The proposal that is the rule's own source; the first (no source) if it is not among them.
const Candidate& of_rule(const Context& c, const Proposal& p, const Draft& d) {
  for (const Candidate& one : p.sources)
    if (!one.tokens.empty() && span_of(c, one.tokens) == d.source.span) return one;
  return p.sources.front();
}

/// A verb or noun of saying with a clause or a quotation: a statement even where no frame of the data fits.
bool is_speech(const Context& c, const Draft& d) {
  if (d.cue->id == "tagged") return false;
  for (const std::uint32_t t : d.content) {
    const Id<Token> id(std::size_t{t});
    if (c.quote_of[t] != c.quote_of[d.cue_token.value]) return true;
    const Deprel rel = c.tree[id].deprel;
    if (c.tree.head(id) == d.cue_token && (rel == Deprel::ccomp || rel == Deprel::parataxis)) return true;
  }
  return false;
}

/// "showed them the way", "demand for bread": what is taken for content tells of nothing, so nothing is said.
bool only_things(const Context& c, const Draft& d) {
  return std::none_of(d.content.begin(), d.content.end(), [&](std::uint32_t t) {
    const Id<Token> id(std::size_t{t});
    const Upos pos = c.tree[id].upos;
    return pos == Upos::verb || pos == Upos::aux || c.eventive[t] ||
           c.quote_of[t] != c.quote_of[d.cue_token.value] ||
           (pos == Upos::noun && c.cues.is_statement(c.tree.lemma(id)));
  });
}

/// "denied it", "confirmed this".
bool answers(const Draft& d) {
  return d.stance == Stance::denies || d.stance == Stance::confirms || d.stance == Stance::doubts;
}

/// True if `tokens` would give up all of a quotation that the draft holds: whose speech it is the marks say.
bool leaves_speech(const Context& c, const Draft& d, const Tokens& tokens) {
  bool quoted = false;
  return all_quoted(c, d, quoted) && std::none_of(tokens.begin(), tokens.end(), [&](std::uint32_t t) {
           return std::binary_search(d.content.begin(), d.content.end(), t);
         });
}

/// Sets cue, source and content of an accepted draft.
void take(const Context& c, const Weights& weights, const Proposal& p, Draft& d) {
  if (const Candidate* cue = best_of(weights, Decision::cue, p.cues)) d.cue_span = span_of(c, cue->tokens);
  const Candidate* source = best_of(weights, Decision::source, p.sources);
  const bool keeps = source && !d.tagged && d.source.head && !source->features.hashes().empty() &&
                     weights.score(Decision::source, source->features) <
                         weights.score(Decision::source, of_rule(c, p, d).features) + kSourceMargin;
  if (source && !keeps) {
    if (source->tokens.empty()) {
      d.source = {};
    } else {
      d.source.span = span_of(c, source->tokens);
      const bool same_head = d.source.head && std::binary_search(source->tokens.begin(), source->tokens.end(),
                                                                 d.source.head.value);
      if (!same_head) d.source.head = d.source.mention_head = top_of(c, source->tokens);
    }
  }
  const Candidate* content = best_of(weights, Decision::content, p.contents);
  if (content && !leaves_speech(c, d, content->tokens)) d.content = content->tokens;
  std::erase_if(d.content, [&](std::uint32_t t) {
    const Span s = c.tree.token(Id<Token>(std::size_t(t))).span;
    return d.cue_span.contains(s) || (!d.source.span.empty() && d.source.span.contains(s));
  });
}

/// "issued a statement in which he vowed": of a cue that only the tags know and a rule's cue inside its
/// content, the rule's stands; so it does with the same content.
void drop_around(const Context& c, const std::vector<Draft>& drafts, std::vector<bool>& gone) {
  const auto far = [&](const Draft& d) {
    const std::uint32_t t = d.cue_token.value;
    return t < d.content.front() ? d.content.front() - t : t > d.content.back() ? t - d.content.back() : 0u;
  };
  const auto is_verb = [&](const Draft& d) { return c.tree[d.cue_token].upos == Upos::verb; };
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (gone[i] || drafts[i].content.empty()) continue;
    const std::size_t from = i > kNeighbours ? i - kNeighbours : 0;
    for (std::size_t j = from; j < std::min(drafts.size(), i + kNeighbours); ++j) {
      if (j == i || gone[j] || drafts[j].tagged || !drafts[j].cue || drafts[j].sentence != drafts[i].sentence)
        continue;
      const auto& content = drafts[i].content;
      if (!drafts[i].tagged) {
        // "Backed by Islamists, the front accused him of theft": nobody backs the words that another says.
        // "said in a statement that ...": the verb and the noun found the same saying.
        const bool same = content == drafts[j].content;
        const bool one_cue = drafts[i].cue_span.overlaps(drafts[j].cue_span);
        const bool verb = is_verb(drafts[i]), other_verb = is_verb(drafts[j]);
        gone[i] = same && (one_cue ? other_verb > verb || (other_verb == verb && j < i)
                                   : far(drafts[i]) > far(drafts[j]) + kFarther);
        if (gone[i]) break;
        continue;
      }
      if (content != drafts[j].content &&
          !std::binary_search(content.begin(), content.end(), drafts[j].cue_token.value))
        continue;
      if (c.quote_of[drafts[j].cue_token.value] != Quote::kNone) continue;
      gone[i] = true;
      break;
    }
  }
}

}  // namespace

bool accompanies(const Context& c, const Draft& d) {
  const Syntax& s = c.tree[d.cue_token];
  if ((s.deprel != Deprel::advcl && s.deprel != Deprel::acl) || !s.is(MorphFlag::passive) ||
      d.content.empty() || c.tree.has_child(d.cue_token, Deprel::aux_pass) ||
      !c.tree.has_child(d.cue_token, Deprel::obl_agent))
    return false;
  return std::none_of(d.content.begin(), d.content.end(), [&](std::uint32_t t) {
    return c.tree.dominates(d.cue_token, Id<Token>(std::size_t(t)));
  });
}

void choose(const Context& c, const Weights& weights, std::vector<Draft>& drafts) {
  if (c.tags.empty() || weights.empty()) {
    return;
  }
  std::vector<Draft> out = drafts;
  std::vector<bool> gone(drafts.size(), false);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Draft& d = out[i];
    if (!d.cue && !d.cue_span.size()) continue;  // carried speech stands with its speaker
    if (d.narrator || inside_another(drafts, i)) continue;
    const Proposal p = propose(c, drafts, i, false);
    const bool tells = !d.tagged && std::any_of(d.content.begin(), d.content.end(),
                                                [&](std::uint32_t t) { return c.triggers[t]; });
    // "according to" and the other set phrases say so by themselves.
    const bool set_phrase = d.cue && d.cue->type == CueClass::preposition;
    if (!set_phrase && weights.score(Decision::accept, p.accept) < (tells ? -kTrustInRules : 0.0f)) {
      gone[i] = true;
      continue;
    }
    take(c, weights, p, d);
    if (accompanies(c, d)) {
      gone[i] = true;
      continue;
    }
    // What is wanted, planned or done to a coded event the event's own record tells.
    d.attitude = d.tagged ? !is_speech(c, d) : !answers(d) && only_things(c, d);
    gone[i] = d.tagged && d.attitude &&
              (c.triggers[d.cue_token.value] || std::any_of(d.content.begin(), d.content.end(),
                                                            [&](std::uint32_t t) { return c.triggers[t]; }));
  }
  drop_around(c, out, gone);
  // Carried speech whose speaker is gone goes too.
  std::vector<std::uint32_t> place(drafts.size(), kNone);
  std::vector<Draft> kept;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (gone[i] || (out[i].speaker_of != kNone && gone[out[i].speaker_of])) {
      gone[i] = true;
      continue;
    }
    place[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(out[i]));
  }
  for (Draft& d : kept)
    if (d.speaker_of != kNone) d.speaker_of = place[d.speaker_of];
  drafts = std::move(kept);
}

}  // namespace annalist::claims
