#include <cmath>

#include "claim/draft_view.h"
#include "claim/tagged.h"

namespace annalist::claims {
namespace {

constexpr int kLeastContent = 110;
constexpr std::size_t kMostGrid = 10;  // spans between any start and end that are looked at

class Contents : DraftView {
 public:
  using DraftView::DraftView;

  std::vector<Candidate> run() {
    std::vector<Candidate> out;
    std::vector<bool> left_out(end_ - first_, false);
    for (std::uint32_t t : source_)
      if (t >= first_ && t < end_) left_out[t - first_] = true;
    // What the rule joined to the cue behind it ("called on", "gave a") may be content yet.
    for (std::uint32_t t : cue_)
      if (t >= first_ && t < end_ && t <= head_) left_out[t - first_] = true;
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
    for (Tokens& grid : further_contents(sets, ca, cb)) add("grid", std::move(grid));
    std::vector<float> fits(sets.size());
    for (std::size_t i = 0; i < sets.size(); ++i) fits[i] = likelihood(sets[i], left_out);
    const float best = *std::max_element(fits.begin(), fits.end());
    // Of the many, the likeliest; in training all, for the wrong ones teach.
    std::vector<float> order;
    for (std::size_t i = 0; i < sets.size(); ++i)
      if (names[i] == "grid") order.push_back(fits[i]);
    std::sort(order.rbegin(), order.rend());
    const float least = order.size() > kMostGrid ? order[kMostGrid] : -1e9f;
    for (std::size_t i = 0; i < sets.size(); ++i) {
      if (!texts_ && names[i] == "grid" && fits[i] < least) continue;
      Candidate one;
      one.features = Features(texts_);
      describe(one.features, sets[i], names[i], rule_set);
      if (!sets[i].empty()) structure(one.features, sets[i], left_out, best - fits[i]);
      one.tokens = abroad;
      one.tokens.insert(one.tokens.end(), sets[i].begin(), sets[i].end());
      tidy(one.tokens);
      if (one.tokens.empty() && i > 0) continue;
      out.push_back(std::move(one));
    }
    return out;
  }

 private:
  /// Spans on one side of the cue between every start and every end that something speaks for: other
  /// proposals, and the places where the tags or a phrase of the tree break off.
  std::vector<Tokens> further_contents(const std::vector<Tokens>& sets, std::uint32_t ca,
                                       std::uint32_t cb) const {
    constexpr std::size_t kMost = 6;  // of each; the likeliest breaks
    std::vector<Tokens> out;
    for (const bool behind : {true, false}) {
      const std::uint32_t from = behind ? cb + 1 : first_, to = behind ? end_ : std::min(ca, end_);
      if (from >= to) continue;
      std::vector<std::uint32_t> starts, ends;
      if (behind)
        for (std::uint32_t t = head_ + 1; t <= cb + 1 && t < to; ++t) starts.push_back(t);
      for (const Tokens& s : sets)
        if (!s.empty() && s.front() >= from && s.back() < to)
          starts.push_back(s.front()), ends.push_back(s.back());
      std::vector<std::pair<int, std::uint32_t>> breaks;
      for (std::uint32_t t = from; t < to; ++t) {
        if (c_.is_punct(t)) continue;
        if (begin(t, Role::content) > 50) starts.push_back(t);
        const std::uint32_t next = word_behind(t);
        if (next >= to || any(t, Role::content) < 60) continue;
        const int drop = any(t, Role::content) - any(next, Role::content);
        if (drop > 12 || next > t + 1 || new_phrase(next))
          breaks.emplace_back(-drop - (next > t + 1 ? 20 : 0), t);
      }
      std::sort(breaks.begin(), breaks.end());
      for (std::size_t k = 0; k < std::min(kMost, breaks.size()); ++k) ends.push_back(breaks[k].second);
      tidy(starts);
      tidy(ends);
      for (const std::uint32_t a : starts)
        for (const std::uint32_t b : ends)
          if (a <= b) out.push_back(range(a, b));
    }
    return out;
  }
  /// The next word that is no punctuation, or the end of the sentence.
  std::uint32_t word_behind(std::uint32_t t) const {
    do ++t;
    while (t < end_ && c_.is_punct(t));
    return t;
  }
  /// A conjunct, clause or phrase that may be put on begins here.
  bool new_phrase(std::uint32_t t) const {
    switch (tree_[Id<Token>(std::size_t{t})].deprel) {
      case Deprel::cc:
      case Deprel::mark:
      case Deprel::case_:
        return true;
      default:
        return false;
    }
  }
  /// How well a set agrees with the tags: the log likelihood of its words being content and the others none.
  float likelihood(const Tokens& set, const std::vector<bool>& left_out) const {
    float sum = 0;
    std::size_t k = 0;
    for (std::uint32_t t = first_; t < end_; ++t) {
      while (k < set.size() && set[k] < t) ++k;
      if (c_.is_punct(t) || left_out[t - first_]) continue;
      const float p = (static_cast<float>(any(t, Role::content)) + 2) / 259;
      sum += std::log(k < set.size() && set[k] == t ? p : 1 - p);
    }
    return sum;
  }
  /// What the tree and the tags as a whole say of a content.
  void structure(Features& f, const Tokens& set, const std::vector<bool>& left_out, float worse) const {
    static constexpr std::array<float, 7> bounds = {0.01f, 0.5f, 1, 2, 4, 8, 16};
    f.add("worse",
          bin_text(static_cast<int>(std::upper_bound(bounds.begin(), bounds.end(), worse) - bounds.begin())));
    const std::uint32_t a = set.front(), b = set.back();
    std::vector<bool> in(end_ - first_, false);
    for (std::uint32_t t : set) in[t - first_] = true;
    const auto inside = [&](Id<Token> t) {
      return t && t.value >= first_ && t.value < end_ && in[t.value - first_];
    };
    int broken = 0, foreign = 0, least = 255, most_out = 0;
    std::string_view cut = "none", tie = "none";
    for (std::uint32_t t = first_; t < end_; ++t) {
      if (c_.is_punct(t) || left_out[t - first_]) continue;
      const Id<Token> id(std::size_t{t}), up = tree_.head(id);
      if (in[t - first_]) {
        least = std::min(least, any(t, Role::content));
        const bool at_cue = up && up.value >= first_ && up.value < end_ && left_out[up.value - first_];
        if (inside(up)) continue;
        if (at_cue && tie == "none") tie = name_of(tree_[id].deprel);
        if (!at_cue) ++foreign;
      } else {
        if (t > a) most_out = std::max(most_out, any(t, Role::content));
        if (!inside(up)) continue;
        ++broken;
        if (t > b && cut == "none") cut = name_of(tree_[id].deprel);
      }
    }
    f.add("broken", broken);
    f.add("foreign", foreign);
    f.add("cut", cut);
    f.add("cut-rule", cut, rule());
    f.add("tie", tie, pos(head_));
    f.add("least", step(least));
    f.add("most-out", step(most_out));
    const std::uint32_t next = word_behind(b);
    f.add("break", bin_text(step(any(b, Role::content))), bin_text(step(any(next, Role::content))));
    f.add("onset", bin_text(step(any(a, Role::content))),
          bin_text(step(a > first_ ? any(a - 1, Role::content) : 0)));
    f.add("next-word", low(next));
    f.add("next-rel", next < end_ ? relation(next) : "edge", next > b + 1 ? "apart" : "next");
    f.add("next-tie", next < end_ && inside(tree_.head(Id<Token>(std::size_t{next}))) ? "y" : "n",
          next < end_ ? relation(next) : "edge");
    f.add("last-rel", relation(b));
    f.add("first-rel", relation(a));
    const std::string lemma = lower(tree_.lemma(Id<Token>(std::size_t{head_})));
    f.add("lemma-first", lemma, low(a));
    f.add("lemma-pos", lemma, pos(a));
    f.add("lemma-tie", lemma, tie);
    f.add("lemma-side", lemma, b < head_ ? "before" : a > head_ ? "after" : "both");
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
};

}  // namespace

std::vector<Candidate> propose_contents(const Context& c, const std::vector<Draft>& drafts, std::size_t at,
                                        bool texts) {
  return Contents(c, drafts, at, texts).run();
}

}  // namespace annalist::claims
