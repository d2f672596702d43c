// One draft as the proposers see it: its sentence, words and the tags over them, and what the borders of a
// span say. Private to propose*.cpp; scratch of one thread.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "claim/choose.h"

namespace annalist::claims {

class DraftView {
 public:
  using Tokens = std::vector<std::uint32_t>;
  using Role = ModelTags::Role;

  DraftView(const Context& c, const std::vector<Draft>& drafts, std::size_t at, bool texts)
      : c_(c), tree_(c.tree), d_(drafts[at]), texts_(texts) {
    const Sentence& s = c.doc.all<Sentence>()[d_.sentence];
    first_ = s.tokens.first;
    end_ = s.tokens.end();
    head_ = d_.cue_token.value;
    cue_ = words(d_.cue_span);
    source_ = d_.source.span.empty() ? Tokens() : words(d_.source.span);
  }

 protected:
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
    return t >= first_ && t < end_ ? name_of(tree_[Id<Token>(std::size_t(t))].upos) : "edge";
  }
  std::string low(std::uint32_t t) const {
    return t >= first_ && t < end_ ? lower(c_.form(t)) : std::string("edge");
  }
  std::string_view relation(std::uint32_t t) const {
    return name_of(tree_[Id<Token>(std::size_t(t))].deprel);
  }

  /// Likelihoods in steps that are finer near 0 and 1.
  static int step(int share) {
    static constexpr std::array<int, 9> bounds = {3, 13, 38, 77, 128, 179, 217, 242, 252};
    return static_cast<int>(std::upper_bound(bounds.begin(), bounds.end(), share) - bounds.begin());
  }
  static int bin(std::uint32_t n) {
    return n < 5 ? static_cast<int>(n) : n < 8 ? 5 : n < 12 ? 6 : n < 20 ? 7 : n < 40 ? 8 : 9;
  }
  static std::string_view bin_text(int n) {
    static constexpr std::string_view names[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    return names[std::clamp(n, 0, 9)];
  }

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

  const Context& c_;
  const Tree& tree_;
  const Draft& d_;
  bool texts_;
  std::uint32_t first_ = 0, end_ = 0, head_ = 0;
  Tokens cue_, source_;
};

/// The contents that are proposed for a draft, with their features; never empty.
std::vector<Candidate> propose_contents(const Context& context, const std::vector<Draft>& drafts,
                                        std::size_t at, bool texts);

}  // namespace annalist::claims
