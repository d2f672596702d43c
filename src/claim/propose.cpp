#include "claim/draft_view.h"
#include "claim/speech.h"
#include "claim/tagged.h"

namespace annalist::claims {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFFu;
constexpr std::uint32_t kCueGap = 4;  // words between parts of a cue
constexpr int kLeastSource = 60;
constexpr std::size_t kNeighbours = 40;  // drafts on either side that are looked at: long texts stay linear

class Proposer : DraftView {
 public:
  Proposer(const Context& c, const std::vector<Draft>& drafts, std::size_t at, bool texts)
      : DraftView(c, drafts, at, texts), drafts_(drafts), at_(at) {}

  Proposal run() {
    Proposal out;
    out.accept = Features(texts_);
    accept(out.accept);
    propose_cues(out.cues);
    propose_sources(out.sources);
    return out;
  }

 private:
  // ---- is it one -------------------------------------------------------------------------------------

  void accept(Features& f) const {
    const Id<Token> head(std::size_t{head_});
    const std::string lemma = lower(tree_.lemma(head));
    const std::string_view how = d_.tagged ? "tagged" : rule();
    int cue = 0;
    for (std::uint32_t t : cue_) cue = std::max(cue, any(t, Role::cue));
    f.add("bias");
    f.add("rule", how);
    f.add("lemma", lemma);
    f.add("lemma-pos", lemma, pos(head_));
    f.add("rel", relation(head_), pos(head_));
    f.add("cue", step(cue));
    f.add("head", step(any(head_, Role::cue)));
    f.add(d_.tagged ? "tagged-cue" : "rule-cue", step(cue));
    f.add("rule-cue", how, std::string_view("0123456789").substr(static_cast<std::size_t>(step(cue)) / 2, 1));
    f.add("source", source_.empty() ? "no" : pos(d_.source.head ? d_.source.head.value : source_.back()));
    f.add("source-share", source_.empty() ? -1 : step(mean(source_, Role::source)));
    f.add("sentence-source", step(most(first_, end_, Role::source)));
    f.add("content", bin(static_cast<std::uint32_t>(d_.content.size())));
    f.add("content-share", d_.content.empty() ? -1 : step(mean(d_.content, Role::content)));
    f.add("content-before", step(most(first_, head_, Role::content)));
    f.add("content-after", step(most(head_ + 1, end_, Role::content)));
    f.add("cue-in-content", step(any(head_, Role::content)));
    f.add("in-quote", c_.quote_of[head_] != Quote::kNone ? "y" : "n");
    bool quoted = false;
    const bool all = all_quoted(c_, d_, quoted);
    f.add("quoted", all ? "all" : quoted ? "some" : "no");
    f.add("next", pos(cue_.empty() ? head_ + 1 : cue_.back() + 1));
    f.add("headline",
          c_.doc[c_.doc.all<Sentence>()[d_.sentence].block].kind == BlockKind::headline ? "y" : "n");
    const auto coarse = [&](int share) { return bin_text(step(share) / 2); };
    const int source_share = source_.empty() ? 0 : mean(source_, Role::source);
    f.add("cue-lemma", coarse(cue), lemma);
    f.add("source-lemma", source_.empty() ? "no" : coarse(source_share), lemma);
    f.add("cue-source", coarse(cue), source_.empty() ? "no" : coarse(source_share));
    f.add("cue-content", coarse(cue), d_.content.empty() ? "no" : coarse(mean(d_.content, Role::content)));
    f.add("rel-lemma", relation(head_), lemma);
    f.add("next-word", low(cue_.empty() ? head_ + 1 : cue_.back() + 1));
    f.add("before-word", low(cue_.empty() ? head_ - 1 : cue_.front() - 1));
    for (Id<Token> child : tree_.children(head))
      if (!c_.is_punct(child.value)) f.add("has", name_of(tree_[child].deprel), pos(child.value));
    f.add("source-side",
          source_.empty()          ? "no"
          : source_.back() < head_ ? "before"
                                   : "after",
          relation(head_));
    std::uint32_t near = kNone;
    const std::size_t from = at_ > kNeighbours ? at_ - kNeighbours : 0;
    for (std::size_t i = from; i < std::min(drafts_.size(), at_ + kNeighbours); ++i)
      if (i != at_ && drafts_[i].sentence == d_.sentence) {
        const std::uint32_t t = drafts_[i].cue_token.value;
        near = std::min(near, t > head_ ? t - head_ : head_ - t);
        f.add("inside-of", std::binary_search(drafts_[i].content.begin(), drafts_[i].content.end(), head_)
                               ? drafts_[i].tagged ? "tagged" : "rule"
                               : "no");
      }
    f.add("other-cue", near == kNone ? -1 : bin(near));
  }

  void propose_cues(std::vector<Candidate>& out) {
    const std::uint32_t ra = cue_.empty() ? head_ : cue_.front(), rb = cue_.empty() ? head_ : cue_.back();
    std::uint32_t a = head_;
    const auto helps = [&](std::uint32_t t) {
      const Id<Token> id(std::size_t{t});
      if (tree_.head(id).value != head_) return false;
      const Deprel rel = tree_[id].deprel;
      return rel == Deprel::aux || rel == Deprel::aux_pass || rel == Deprel::advmod ||
             (rel == Deprel::mark && tree_[id].upos == Upos::part);
    };
    while (a > first_ && helps(a - 1)) --a;
    std::vector<std::uint32_t> starts = {ra, head_, a}, ends = {rb, head_};
    std::uint32_t ta = kNone, tb = kNone;
    const std::uint32_t core_a = std::min(ra, head_), core_b = std::max(rb, head_);
    for (const int least : {35, 60, 110, 150})
      for (const TagRun run : tag_runs(c_, Role::cue, first_, end_, least)) {
        // "has in the past described": another part of the cue may stand a few words off.
        if (run.first > core_b + kCueGap || run.last + kCueGap < core_a) continue;
        starts.push_back(run.first);
        ends.push_back(run.last);
        if (least == 110 && run.first <= core_b && run.last >= core_a) ta = run.first, tb = run.last;
      }
    for (std::uint32_t k = 1; k <= 2; ++k)
      if (head_ + k < end_ &&
          (tree_[Id<Token>(std::size_t(head_ + k))].upos == Upos::adp || c_.form(head_ + k) == ":"))
        ends.push_back(head_ + k);
    // "said on Thursday", "said sarcastically": what stands right behind the verb.
    for (Id<Token> child : tree_.children(Id<Token>(std::size_t{head_}))) {
      const Deprel rel = tree_[child].deprel;
      if (child.value <= head_ ||
          (rel != Deprel::obl && rel != Deprel::obl_unmarked && rel != Deprel::advmod))
        continue;
      Tokens branch;
      add_subtree(tree_, child, {}, branch);
      tidy(branch);
      if (branch.front() == head_ + 1) ends.push_back(branch.back());
    }
    if (head_ > a) starts.push_back(head_ - 1);
    tidy(starts);
    tidy(ends);
    const std::string lemma = lower(tree_.lemma(Id<Token>(std::size_t{head_})));
    for (const std::uint32_t x : starts)
      for (const std::uint32_t y : ends) {
        if (x > y || y - x > 7) continue;
        if (x > core_b || y < core_a || y >= end_) continue;
        Features f(texts_);
        borders(f, x, y, Role::cue);
        f.add("rule-tag", x == ra && y == rb ? "rule" : "other", x == ta && y == tb ? "tag" : "other");
        f.add("rule-start", x == ra ? "y" : "n", rule());
        f.add("rule-end", y == rb ? "y" : "n", rule());
        f.add("head-only", x == head_ && y == head_ ? "y" : "n", pos(head_));
        f.add("length", bin(y - x));
        f.add("mean", step(mean(range(x, y), Role::cue)));
        f.add("left", bin_text(bin(x <= head_ ? head_ - x : 9)), rel_left(x));
        f.add("right", bin_text(bin(y >= head_ ? y - head_ : 9)), y > head_ ? relation(y) : "-");
        f.add("lemma-end", lemma, low(y));
        f.add("lemma-next", lemma, low(y + 1));
        f.add("break", bin_text(step(any(y, Role::cue))), bin_text(step(any(y + 1, Role::cue))));
        f.add("onset", bin_text(step(any(x, Role::cue))),
              bin_text(step(x > first_ ? any(x - 1, Role::cue) : 0)));
        f.add("end-rel", y == head_ ? "head" : relation(y), pos(y + 1));
        f.add("next-content", bin_text(step(any(y + 1, Role::content))),
              bin_text(step(begin(y + 1, Role::content))));
        int gap = 0;
        for (std::uint32_t t = x; t <= y; ++t) gap += any(t, Role::cue) < 60;
        f.add("gap", gap);
        f.add("source-inside", most(x, y + 1, Role::source) > 127 ? "y" : "n");
        out.push_back({range(x, y), std::move(f)});
      }
    if (out.empty()) out.push_back({range(ra, rb), Features(texts_)});
  }
  std::string_view rel_left(std::uint32_t x) const { return x < head_ ? relation(x) : "-"; }

  void propose_sources(std::vector<Candidate>& out) {
    std::vector<std::array<std::uint32_t, 2>> spans;
    if (!source_.empty()) {
      spans.push_back({source_.front(), source_.back()});
      if (d_.source.head) {
        const Tokens bare = words(tree_.phrase(d_.source.head));
        if (!bare.empty()) {
          spans.push_back({bare.front(), bare.back()});
          spans.push_back({source_.front(), bare.back()});
        }
      }
    }
    const std::vector<TagRun> runs = tag_runs(c_, Role::source, first_, end_, kLeastSource);
    const std::vector<TagRun> sure = tag_runs(c_, Role::source, first_, end_, 128);
    for (const auto* list : {&runs, &sure})
      for (const TagRun run : *list) {
        spans.push_back({run.first, run.last});
        if (!source_.empty() && run.first <= source_.back() && run.last >= source_.front()) {
          spans.push_back({run.first, source_.back()});
          spans.push_back({source_.front(), run.last});
        }
      }
    std::sort(spans.begin(), spans.end());
    spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
    const std::uint32_t ca = cue_.empty() ? head_ : cue_.front(), cb = cue_.empty() ? head_ : cue_.back();
    int best = 0;
    for (const TagRun run : sure) best = std::max(best, mean(range(run.first, run.last), Role::source));
    {
      Features f(texts_);
      f.add("none");
      f.add("none-rule", source_.empty() ? "n" : "y", rule());
      f.add("none-rel", relation(head_), pos(head_));
      f.add("none-share", source_.empty() ? -1 : step(mean(source_, Role::source)));
      f.add("none-best", step(best));
      f.add("none-tagged", d_.tagged ? "y" : "n");
      out.push_back({{}, std::move(f)});
    }
    for (const auto [a, b] : spans) {
      if (a > b) continue;
      const bool home = a >= first_ && b < end_;
      Features f(texts_);
      borders(f, a, b, Role::source);
      const bool as_rule = !source_.empty() && a == source_.front() && b == source_.back();
      const bool as_tag =
          std::any_of(sure.begin(), sure.end(), [&](TagRun r) { return r.first == a && r.last == b; });
      const bool near_rule = !source_.empty() && a <= source_.back() && b >= source_.front();
      f.add("rule-tag",
            as_rule           ? "rule"
            : near_rule       ? "near"
            : source_.empty() ? "none"
                              : "other",
            as_tag ? "tag" : "other");
      f.add("rule", as_rule ? "y" : "n", rule());
      f.add("length", bin(b - a));
      f.add("mean", step(mean(range(a, b), Role::source)));
      f.add("home", home ? "y" : "n");
      f.add("side", b < ca ? "before" : a > cb ? "after" : "across", relation(head_));
      f.add("far",
            bin_text(bin(b < ca   ? ca - b - 1
                         : a > cb ? a - cb - 1
                                  : 0)),
            b < ca   ? "before"
            : a > cb ? "after"
                     : "across");
      f.add("tie", tie(a, b), pos(head_));
      f.add("level", c_.quote_of[a] == c_.quote_of[head_] ? "same" : "other");
      f.add("other-cue-between", cue_between(b < ca ? b + 1 : cb + 1, b < ca ? ca : a) ? "y" : "n");
      f.add("content", step(mean(range(a, b), Role::content)));
      out.push_back({range(a, b), std::move(f)});
    }
  }
  /// How the span hangs together with the cue.
  std::string_view tie(std::uint32_t a, std::uint32_t b) const {
    for (std::uint32_t t = a; t <= b; ++t) {
      const Id<Token> id(std::size_t{t}), up = tree_.head(id);
      if (up && up.value >= a && up.value <= b) continue;
      if (up && up.value == head_) return name_of(tree_[id].deprel);
      if (tree_.head(Id<Token>(std::size_t{head_})) == id) return "above";
      return "far";
    }
    return "loop";
  }
  bool cue_between(std::uint32_t a, std::uint32_t b) const {
    for (std::uint32_t t = a; t < b; ++t)
      if (any(t, Role::cue) > 127) return true;
    return false;
  }

  const std::vector<Draft>& drafts_;
  std::size_t at_;
};

}  // namespace

Proposal propose(const Context& c, const std::vector<Draft>& drafts, std::size_t at, bool texts) {
  Proposal out = Proposer(c, drafts, at, texts).run();
  out.contents = propose_contents(c, drafts, at, texts);
  return out;
}

}  // namespace annalist::claims
