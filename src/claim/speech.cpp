#include "claim/speech.h"

#include <algorithm>

namespace annalist::claims {
namespace {

constexpr std::uint32_t kNoDraft = 0xFFFFFFFFu;
constexpr int kLeastSpeech = 140;  // 255ths by which the model must hold a word for a cue to give it speech
constexpr std::uint32_t kMaxReach = 40;  // tokens between a quotation and a cue that may still own it

struct Run {
  std::uint32_t begin, end;  // tokens
  bool empty() const { return begin >= end; }
};

class Attacher {
 public:
  Attacher(const Context& c, std::vector<Draft>& drafts) : c_(c), drafts_(drafts) {}

  void run() {
    const std::size_t n = c_.quotes.size();
    runs_.resize(n);
    owner_.assign(n, kNoDraft);
    for (std::size_t q = 0; q < n; ++q) runs_[q] = run_of(c_.quotes[q].inner);
    index_drafts();
    for (std::size_t q = 0; q < n; ++q)
      if (!runs_[q].empty()) owner_[q] = owner_by_cue(q);
    for (std::size_t q = 0; q < n; ++q)
      if (!runs_[q].empty()) owner_[q] != kNoDraft ? give(q, owner_[q]) : carry(q);
    for (Draft& d : drafts_) {
      tidy(d.content);
      cut_far_side(d);
    }
  }

 private:
  Run run_of(Span s) const {
    const auto tokens = c_.doc.all<Token>();
    const auto by_begin = [](const Token& t, std::uint32_t b) { return t.span.begin < b; };
    const auto a = std::lower_bound(tokens.begin(), tokens.end(), s.begin, by_begin);
    const auto b = std::lower_bound(a, tokens.end(), s.end, by_begin);
    return {static_cast<std::uint32_t>(a - tokens.begin()), static_cast<std::uint32_t>(b - tokens.begin())};
  }
  std::uint32_t sentence_of(std::uint32_t t) const { return c_.tree.token(Id<Token>(t)).sentence; }

  void index_drafts() {
    first_draft_.assign(c_.doc.all<Sentence>().size() + 1, 0);
    for (const Draft& d : drafts_) ++first_draft_[d.sentence + 1];
    for (std::size_t s = 1; s < first_draft_.size(); ++s) first_draft_[s] += first_draft_[s - 1];
  }

  bool takes_speech(const Draft& d) const {
    if (d.tagged && d.cue_share < kLeastSpeech) return false;
    return !d.cue || d.cue->type == CueClass::preposition || d.cue->has(FrameKind::quote);
  }

  /// A sentence in marks, not a name in marks.
  bool is_speech(Run r) const {
    if (r.end - r.begin >= 8) return true;
    bool verb = false;
    for (std::uint32_t t = r.begin; t < r.end; ++t)
      verb |= c_.tree[Id<Token>(t)].upos == Upos::verb || c_.tree[Id<Token>(t)].upos == Upos::aux;
    return verb && r.end - r.begin >= 3;
  }

  std::uint32_t owner_by_cue(std::size_t q) const {
    const Run r = runs_[q];
    std::uint32_t best = kNoDraft, best_size = 0xFFFFFFFFu;
    const std::uint32_t s0 = sentence_of(r.begin), s1 = sentence_of(r.end - 1);
    // First choice: the smallest content that overlaps the quotation and whose cue stands outside it.
    for (std::uint32_t s : {s0, s1})
      for (std::uint32_t i = first_draft_[s]; i < first_draft_[s + 1]; ++i) {
        const Draft& d = drafts_[i];
        if (outside_level(d) != c_.quotes[q].parent || !overlaps(d.content, r)) continue;
        if (d.content.size() < best_size) best = i, best_size = static_cast<std::uint32_t>(d.content.size());
      }
    if (best != kNoDraft) return takes_speech(drafts_[best]) || !is_speech(r) ? best : kNoDraft;
    // Second: the nearest cue that takes speech and has none, or has other speech of the same sentence.
    std::uint32_t best_distance = kMaxReach;
    const bool speech = is_speech(r);
    for (std::uint32_t s : {s1, s0})
      for (std::uint32_t i = first_draft_[s]; i < first_draft_[s + 1]; ++i) {
        const Draft& d = drafts_[i];
        if (outside_level(d) != c_.quotes[q].parent || !takes_speech(d)) continue;
        if (!d.content.empty() && !(speech && quoted(d))) continue;
        const std::uint32_t t = d.cue_token.value;
        const std::uint32_t distance = t < r.begin ? r.begin - t : t >= r.end ? t - r.end : kMaxReach;
        if (!speech && distance > 4) continue;
        if (distance < best_distance) best = i, best_distance = distance;
      }
    return best;
  }

  std::uint32_t outside_level(const Draft& d) const { return c_.quote_of[d.cue_token.value]; }
  static bool overlaps(const std::vector<std::uint32_t>& content, Run r) {
    const auto at = std::lower_bound(content.begin(), content.end(), r.begin);
    return at != content.end() && *at < r.end;
  }
  bool quoted(const Draft& d) const {
    bool any = false;
    return all_quoted(c_, d, any) && any;
  }

  /// "'They left,' he said, using the word 'left'": once a quotation on one side of the cue is the speech,
  /// what stands unquoted on the other side is the narrator's.
  void cut_far_side(Draft& d) const {
    if (!d.cue || d.cue->type != CueClass::verb) return;
    const std::uint32_t level = c_.quote_of[d.cue_token.value], cue = d.cue_token.value;
    const auto behind = std::lower_bound(d.content.begin(), d.content.end(), cue);
    const auto speech = [&](auto from, auto to) {
      bool any = false;
      for (auto t = from; t != to; ++t)
        if (!c_.is_punct(*t)) {
          if (c_.quote_of[*t] == level || c_.quote_of[*t] == Quote::kNone) return false;
          any = true;
        }
      return any;
    };
    const auto unquoted = [&](auto from, auto to) {
      return std::all_of(from, to,
                         [&](std::uint32_t t) { return c_.is_punct(t) || c_.quote_of[t] == level; });
    };
    if (speech(d.content.begin(), behind) && unquoted(behind, d.content.end()))
      d.content.erase(behind, d.content.end());
  }

  void give(std::size_t q, std::uint32_t draft) {
    Draft& d = drafts_[draft];
    const Run r = runs_[q];
    // A quotation that only touches the content belongs to it as a whole.
    for (std::uint32_t t = r.begin; t < r.end; ++t) d.content.push_back(t);  // sorted once, at the end
    if (c_.quotes[q].parent == Quote::kNone && is_speech(r)) last_ = {static_cast<std::uint32_t>(q), draft};
  }

  /// A quotation that no cue of its own sentences takes.
  void carry(std::size_t q) {
    const Quote& quote = c_.quotes[q];
    const Run r = runs_[q];
    if (quote.parent != Quote::kNone || !is_speech(r)) return;
    const auto sentences = c_.doc.all<Sentence>();
    const std::uint32_t s = sentence_of(r.begin);
    const bool opens_sentence =
        sentences[s].span.begin >= quote.outer.begin || r.begin <= sentences[s].tokens.first + 1;
    if (!opens_sentence) return;
    if (const std::uint32_t next = sentence_of(r.end - 1) + 1;
        next < sentences.size() && sentences[next].block == sentences[s].block)
      for (std::uint32_t i = first_draft_[next]; i < first_draft_[next + 1]; ++i)
        if (drafts_[i].content.empty() && takes_speech(drafts_[i]) &&
            drafts_[i].cue_token.value < sentences[next].tokens.first + 4) {
          owner_[q] = i;
          give(q, i);
          return;
        }
    if (const std::uint32_t i = announced(s);
        i != kNoDraft && sentences[s].span.begin + 1 >= quote.outer.begin) {
      owner_[q] = i;
      give(q, i);
      return;
    }
    if (last_.quote == Quote::kNone) return;
    const Run before = runs_[last_.quote];
    const std::uint32_t s_before = sentence_of(before.end - 1);
    const Id<Block> here = sentences[s].block, there = sentences[s_before].block;
    if (here == there && s - s_before <= 2) {
      owner_[q] = last_.draft;
      give(q, last_.draft);
    } else if (next_body_block(there) == here && sentences[s].span.begin <= c_.doc[here].span.begin) {
      Draft d;
      d.cue_token = Id<Token>(r.begin);
      d.sentence = s;
      d.speaker_of =
          drafts_[last_.draft].speaker_of == kNoDraft ? last_.draft : drafts_[last_.draft].speaker_of;
      for (std::uint32_t t = r.begin; t < r.end; ++t) d.content.push_back(t);
      drafts_.push_back(std::move(d));
      last_ = {static_cast<std::uint32_t>(q), static_cast<std::uint32_t>(drafts_.size() - 1)};
    }
  }

  /// "The mayor released this statement:" and a new paragraph with the statement: the last cue of the
  /// sentence before sentence `s`, if that ends with a colon.
  std::uint32_t announced(std::uint32_t s) const {
    const auto sentences = c_.doc.all<Sentence>();
    if (s == 0 || sentences[s - 1].tokens.empty() || !c_.is_body(sentences[s - 1])) return kNoDraft;
    const std::uint32_t colon = sentences[s - 1].tokens.end() - 1;
    if (c_.form(colon) != ":" || sentences[s].block.value > sentences[s - 1].block.value + 1) return kNoDraft;
    for (std::uint32_t i = first_draft_[s]; i-- > first_draft_[s - 1];)
      if (drafts_[i].cue && !drafts_[i].narrator && c_.quote_of[drafts_[i].cue_token.value] == Quote::kNone)
        return i;
    return kNoDraft;
  }

  Id<Block> next_body_block(Id<Block> b) const {
    const auto blocks = c_.doc.all<Block>();
    for (std::size_t i = b.value + std::size_t(1); i < blocks.size(); ++i)
      if (blocks[i].is_body()) return Id<Block>(i);
    return {};
  }

  struct Last {
    std::uint32_t quote = Quote::kNone, draft = kNoDraft;
  };

  const Context& c_;
  std::vector<Draft>& drafts_;
  std::vector<Run> runs_;
  std::vector<std::uint32_t> owner_;
  std::vector<std::uint32_t> first_draft_;  // of each sentence, among the drafts with a cue
  Last last_;
};

}  // namespace

bool all_quoted(const Context& c, const Draft& d, bool& any) {
  // One level deeper than the cue: what the narrator does not say himself.
  const std::uint32_t level = d.cue ? c.quote_of[d.cue_token.value] : Quote::kNone;
  bool all = true;
  any = false;
  for (std::uint32_t t : d.content) {
    if (c.is_punct(t)) continue;
    const bool in = c.quote_of[t] != level && c.quote_of[t] != Quote::kNone;
    any |= in;
    all &= in;
  }
  return all && any;
}

void attach_speech(const Context& context, std::vector<Draft>& drafts) { Attacher(context, drafts).run(); }

namespace {

/// Words of events of force and of what changes the ground: each is told and answered for itself. Other
/// events go with the speech around them.
std::vector<bool> happenings(const Context& c) {
  std::vector<bool> out(c.tree.size(), false);
  for (const EventMention& m : c.doc.all<EventMention>())
    if (m.trigger && m.trigger.value < out.size() && m.event)
      out[m.trigger.value] = !c.doc[m.event].acled_type.empty();
  return out;
}

}  // namespace

void split_by_event(const Context& c, std::vector<Draft>& drafts) {
  const std::vector<bool> tells = happenings(c);
  const auto tokens = c.doc.all<Token>();
  const std::size_t count = drafts.size();
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<std::uint32_t> kept;
    std::vector<Draft> further;
    const std::vector<std::uint32_t> content = std::move(drafts[i].content);
    std::uint32_t home = drafts[i].sentence;
    const bool at_home = std::any_of(content.begin(), content.end(),
                                     [&](std::uint32_t t) { return tokens[t].sentence == home; });
    if (!at_home && !content.empty()) home = tokens[content.front()].sentence;
    for (std::size_t a = 0; a < content.size();) {
      std::size_t b = a;
      bool event = false;
      for (; b < content.size() && tokens[content[b]].sentence == tokens[content[a]].sentence; ++b)
        event |= tells[content[b]];
      const std::vector<std::uint32_t> part(content.begin() + static_cast<std::ptrdiff_t>(a),
                                            content.begin() + static_cast<std::ptrdiff_t>(b));
      if (event && tokens[content[a]].sentence != home) {
        Draft d = drafts[i];
        d.content = part;
        further.push_back(std::move(d));
      } else
        kept.insert(kept.end(), part.begin(), part.end());
      a = b;
    }
    drafts[i].content = std::move(kept);
    for (Draft& d : further) drafts.push_back(std::move(d));
  }
}

}  // namespace annalist::claims
