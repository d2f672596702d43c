#include "claim/choose.h"

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "claim/speech.h"
#include "claim/tagged.h"

namespace annalist::claims {
namespace {

using Tokens = std::vector<std::uint32_t>;
using Role = ModelTags::Role;

constexpr std::uint32_t kNone = 0xFFFFFFFFu;
constexpr int kLeastSource = 60, kLeastContent = 110;
constexpr std::size_t kNeighbours = 40;  // drafts on either side that are looked at: long texts stay linear

/// Likelihoods in steps that are finer near 0 and 1.
int step(int share) {
  static constexpr std::array<int, 9> bounds = {3, 13, 38, 77, 128, 179, 217, 242, 252};
  return static_cast<int>(std::upper_bound(bounds.begin(), bounds.end(), share) - bounds.begin());
}

int bin(std::uint32_t n) {
  return n < 5 ? static_cast<int>(n) : n < 8 ? 5 : n < 12 ? 6 : n < 20 ? 7 : n < 40 ? 8 : 9;
}

std::string_view pos_name(Upos p) { return name_of(p); }

class Proposer {
 public:
  Proposer(const Context& c, const std::vector<Draft>& drafts, std::size_t at, bool texts)
      : c_(c), tree_(c.tree), drafts_(drafts), at_(at), d_(drafts[at]), texts_(texts) {
    const Sentence& s = c.doc.all<Sentence>()[d_.sentence];
    first_ = s.tokens.first;
    end_ = s.tokens.end();
    head_ = d_.cue_token.value;
    cue_ = words(d_.cue_span);
    source_ = d_.source.span.empty() ? Tokens() : words(d_.source.span);
  }

  Proposal run() {
    Proposal out;
    out.accept = Features(texts_);
    accept(out.accept);
    propose_cues(out.cues);
    propose_sources(out.sources);
    propose_contents(out.contents);
    return out;
  }

 private:
  Tokens words(Span span) const {
    Tokens out;
    const auto tokens = c_.doc.all<Token>();
    auto t = std::lower_bound(tokens.begin(), tokens.end(), span.begin,
                              [](const Token& x, std::uint32_t b) { return x.span.begin < b; });
    for (; t != tokens.end() && t->span.begin < span.end && t->span.end <= span.end; ++t)
      out.push_back(static_cast<std::uint32_t>(t - tokens.begin()));
    return out;
  }
  int any(std::uint32_t t, Role r) const {
    return t < c_.tags.size() && t >= first_ && t < end_ ? std::min(255, c_.tags[t].any(r)) : 0;
  }
  int begin(std::uint32_t t, Role r) const {
    return t < c_.tags.size() && t >= first_ && t < end_ ? c_.tags[t].begin[r] : 0;
  }
  int mean(const Tokens& tokens, Role r) const {
    int sum = 0, n = 0;
    for (std::uint32_t t : tokens)
      if (!c_.is_punct(t) && t >= first_ && t < end_) sum += any(t, r), ++n;
    return n ? sum / n : 0;
  }
  int most(std::uint32_t a, std::uint32_t b, Role r) const {
    int out = 0;
    for (std::uint32_t t = a; t < b; ++t) out = std::max(out, any(t, r));
    return out;
  }
  std::string_view rule() const { return d_.cue ? std::string_view(d_.cue->id) : "none"; }
  std::string_view pos(std::uint32_t t) const {
    return t >= first_ && t < end_ ? pos_name(tree_[Id<Token>(std::size_t(t))].upos) : "edge";
  }
  std::string low(std::uint32_t t) const {
    return t >= first_ && t < end_ ? lower(c_.form(t)) : std::string("edge");
  }
  std::string_view relation(std::uint32_t t) const {
    return name_of(tree_[Id<Token>(std::size_t(t))].deprel);
  }

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

  // ---- spans -----------------------------------------------------------------------------------------

  /// What the borders of a span say.
  void borders(Features& f, std::uint32_t a, std::uint32_t b, Role r) const {
    f.add("begin", step(begin(a, r)));
    f.add("first", step(any(a, r)));
    f.add("before", step(a > first_ ? any(a - 1, r) : 0));
    f.add("last", step(any(b, r)));
    f.add("after", step(any(b + 1, r)));
    f.add("next-begins", step(begin(b + 1, r)));
    f.add("first-pos", pos(a));
    f.add("before-pos", pos(a == first_ ? end_ : a - 1));
    f.add("last-pos", pos(b));
    f.add("after-pos", pos(b + 1));
    f.add("first-word", low(a));
    f.add("last-word", low(b));
    f.add("after-word", low(b + 1));
  }

  static Tokens range(std::uint32_t a, std::uint32_t b) {
    Tokens out;
    for (std::uint32_t t = a; t <= b; ++t) out.push_back(t);
    return out;
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
    for (const int least : {60, 110, 150})
      for (const TagRun run : tag_runs(c_, Role::cue, first_, end_, least))
        if (run.first <= std::max(rb, head_) && run.last >= std::min(ra, head_)) {
          starts.push_back(run.first);
          ends.push_back(run.last);
          if (least == 110) ta = run.first, tb = run.last;
        }
    for (std::uint32_t k = 1; k <= 2; ++k)
      if (head_ + k < end_ &&
          (tree_[Id<Token>(std::size_t(head_ + k))].upos == Upos::adp || c_.form(head_ + k) == ":"))
        ends.push_back(head_ + k);
    if (head_ > a) starts.push_back(head_ - 1);
    tidy(starts);
    tidy(ends);
    for (const std::uint32_t x : starts)
      for (const std::uint32_t y : ends) {
        if (x > y || y - x > 7) continue;
        if (x > std::max(head_, ra) || y < std::min(head_, ra)) continue;
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
        f.add("source-inside", most(x, y + 1, Role::source) > 127 ? "y" : "n");
        out.push_back({range(x, y), std::move(f)});
      }
    if (out.empty()) out.push_back({range(ra, rb), Features(texts_)});
  }
  std::string_view rel_left(std::uint32_t x) const { return x < head_ ? relation(x) : "-"; }

  static std::string_view bin_text(int n) {
    static constexpr std::string_view names[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    return names[std::clamp(n, 0, 9)];
  }

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

  // ---- content ---------------------------------------------------------------------------------------

  void propose_contents(std::vector<Candidate>& out) {
    std::vector<bool> left_out(end_ - first_, false);
    for (const Tokens* part : {&cue_, &source_})
      for (std::uint32_t t : *part)
        if (t >= first_ && t < end_) left_out[t - first_] = true;
    Tokens abroad, at_home;  // of the rule's content
    for (std::uint32_t t : d_.content) (t >= first_ && t < end_ ? at_home : abroad).push_back(t);
    std::vector<Tokens> sets;
    std::vector<std::string_view> names;
    const auto add = [&](std::string_view name, Tokens tokens) {
      std::erase_if(tokens, [&](std::uint32_t t) { return t >= first_ && t < end_ && left_out[t - first_]; });
      trim(tokens);
      if (std::find(sets.begin(), sets.end(), tokens) != sets.end()) return;
      sets.push_back(std::move(tokens));
      names.push_back(name);
    };
    add("rule", at_home);
    const std::uint32_t cb = cue_.empty() ? head_ : cue_.back(), ca = cue_.empty() ? head_ : cue_.front();
    const Tokens rule_set = sets[0];
    Tokens before, after, near_before, near_after, united = at_home;
    for (const int least : {kLeastContent, 50}) {
      before.clear(), after.clear(), near_before.clear(), near_after.clear(), united = at_home;
      const std::vector<TagRun> runs = merged(least);
      for (const TagRun run : runs) {
        const Tokens r = range(run.first, run.last);
        if (run.last < ca) near_before = r;
        if (run.first > cb && near_after.empty()) near_after = r;
        for (std::uint32_t t : r) (t < ca ? before : after).push_back(t);
        if (std::any_of(r.begin(), r.end(), [&](std::uint32_t t) {
              return std::binary_search(at_home.begin(), at_home.end(), t);
            }))
          united.insert(united.end(), r.begin(), r.end());
      }
      tidy(united);
      Tokens both = before;
      both.insert(both.end(), after.begin(), after.end());
      if (!near_after.empty()) add("near-after", near_after);
      if (!near_before.empty()) add("near-before", near_before);
      if (!after.empty()) add("after", after);
      if (!before.empty()) add("before", before);
      if (!both.empty()) add("both", both);
      if (!united.empty()) add("united", united);
      Tokens cut;
      for (std::uint32_t t : at_home)
        if (any(t, Role::content) >= least) cut.push_back(t);
      if (!cut.empty()) add("cut", fill(cut, at_home));
    }
    Tokens rest;
    if (cb + 1 < end_) {
      rest = range(cb + 1, end_ - 1);
      add("rest", rest);
    }
    if (ca > first_) add("front", range(first_, ca - 1));
    // What the tree hangs on the cue behind it, with and without what stands at its end.
    for (Id<Token> child : tree_.children(Id<Token>(std::size_t{head_}))) {
      const Deprel rel = tree_[child].deprel;
      if (rel != Deprel::ccomp && rel != Deprel::xcomp && rel != Deprel::obj && rel != Deprel::obl &&
          rel != Deprel::acl && rel != Deprel::nmod && rel != Deprel::advcl && rel != Deprel::parataxis &&
          rel != Deprel::nsubj && rel != Deprel::nsubj_pass)
        continue;
      Tokens branch;
      add_subtree(tree_, child, {}, branch);
      tidy(branch);
      add(name_of(rel), branch);
      if (!near_after.empty() && child.value > head_) {
        Tokens u = branch;
        u.insert(u.end(), near_after.begin(), near_after.end());
        tidy(u);
        add("branch-united", u);
      }
    }
    if (!at_home.empty() && at_home.front() > cb && !rest.empty()) {
      add("rule-to-end", range(at_home.front(), end_ - 1));
      if (!near_after.empty() && near_after.back() > at_home.front())
        add("rule-to-tag", range(at_home.front(), near_after.back()));
      if (!near_after.empty() && near_after.front() < at_home.back())
        add("tag-to-rule", range(near_after.front(), at_home.back()));
    }
    for (std::size_t i = 0; i < sets.size(); ++i) {
      Candidate one;
      one.features = Features(texts_);
      describe(one.features, sets[i], names[i], rule_set);
      one.tokens = abroad;
      one.tokens.insert(one.tokens.end(), sets[i].begin(), sets[i].end());
      tidy(one.tokens);
      if (one.tokens.empty() && i > 0) continue;
      out.push_back(std::move(one));
    }
  }

  /// Runs of content words, over gaps of one or two words that are neither cue nor source.
  std::vector<TagRun> merged(int least) const {
    std::vector<TagRun> out;
    for (std::uint32_t t = first_; t < end_; ++t) {
      if (any(t, Role::content) < least) continue;
      const bool bridge = !out.empty() && t - out.back().last <= 3 && begin(t, Role::content) < 128 &&
                          most(out.back().last + 1, t, Role::cue) < 100 &&
                          most(out.back().last + 1, t, Role::source) < 100;
      if (bridge || (!out.empty() && t == out.back().last + 1))
        out.back().last = t;
      else
        out.push_back({t, t});
    }
    return out;
  }
  /// The words of `of` between the first and the last of `some`.
  static Tokens fill(const Tokens& some, const Tokens& of) {
    Tokens out;
    for (std::uint32_t t : of)
      if (t >= some.front() && t <= some.back()) out.push_back(t);
    return out;
  }
  void trim(Tokens& tokens) const {
    while (!tokens.empty() && c_.is_punct(tokens.back())) tokens.pop_back();
    std::size_t skip = 0;
    while (skip < tokens.size() && c_.is_punct(tokens[skip])) ++skip;
    tokens.erase(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(skip));
  }

  void describe(Features& f, const Tokens& set, std::string_view name, const Tokens& rule_set) const {
    f.add("kind", name);
    f.add("kind-rule", name, rule());
    f.add("kind-rel", name, relation(head_));
    if (set.empty()) {
      f.add("empty", d_.tagged ? "tagged" : "rule");
      return;
    }
    const std::uint32_t a = set.front(), b = set.back();
    borders(f, a, b, Role::content);
    const std::uint32_t cb = cue_.empty() ? head_ : cue_.back();
    f.add("same-start", !rule_set.empty() && rule_set.front() == a ? "y" : rule_set.empty() ? "-" : "n");
    f.add("same-end", !rule_set.empty() && rule_set.back() == b ? "y" : rule_set.empty() ? "-" : "n");
    f.add("mean", step(mean(set, Role::content)));
    int outside = 0;
    std::vector<bool> in(end_ - first_, false);
    for (std::uint32_t t : set) in[t - first_] = true;
    for (std::uint32_t t = first_; t < end_; ++t)
      if (!in[t - first_] && !c_.is_punct(t) && any(t, Role::content) > 127) ++outside;
    f.add("outside", bin(static_cast<std::uint32_t>(outside)));
    int doubtful = 0;
    for (std::uint32_t t : set)
      if (!c_.is_punct(t) && any(t, Role::content) < 100) ++doubtful;
    f.add("doubtful", bin(static_cast<std::uint32_t>(doubtful)));
    f.add("side", b < head_ ? "before" : a > cb ? "after" : "both", relation(head_));
    f.add("touches", a == cb + 1 ? "y" : "n", low(cb + 1));
    f.add("to-end", b + 1 >= end_ || (b + 2 >= end_ && c_.is_punct(b + 1)) ? "y" : "n",
          b > head_ ? "after" : "before");
    f.add("from-start", a == first_ || (a == first_ + 1 && c_.is_punct(first_)) ? "y" : "n",
          a > head_ ? "after" : "before");
    f.add("length", bin(static_cast<std::uint32_t>(set.size())));
    f.add("gap", set.size() == b - a + 1 ? "n" : "y");
    bool cues = false;
    for (std::uint32_t t : set) cues |= any(t, Role::cue) > 127;
    f.add("cue-inside", cues ? "y" : "n");
    f.add("quote",
          c_.quote_of[a] == c_.quote_of[b] ? c_.quote_of[a] == Quote::kNone ? "none" : "one" : "across");
    f.add("quote-start", a > first_ && c_.quote_of[a] != c_.quote_of[a - 1] ? "y" : "n");
    f.add("quote-end", b + 1 < end_ && c_.quote_of[b] != c_.quote_of[b + 1] ? "y" : "n");
  }

  const Context& c_;
  const Tree& tree_;
  const std::vector<Draft>& drafts_;
  std::size_t at_;
  const Draft& d_;
  bool texts_;
  std::uint32_t first_ = 0, end_ = 0, head_ = 0;
  Tokens cue_, source_;
};

}  // namespace

Proposal propose(const Context& c, const std::vector<Draft>& drafts, std::size_t at, bool texts) {
  return Proposer(c, drafts, at, texts).run();
}

}  // namespace annalist::claims
