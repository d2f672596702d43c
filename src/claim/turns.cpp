#include "claim/turns.h"

#include <algorithm>
#include <string>

#include "base/strings.h"

namespace annalist::claims {
namespace {

constexpr std::uint32_t kLongestLabel = 7;  // words before the colon
constexpr std::size_t kMostBlocks = 12;     // paragraphs that one turn may run on for

/// Tokens [first, colon) of a paragraph name the speaker; no label: colon is 0.
struct Turn {
  std::uint32_t first = 0, colon = 0, end = 0;
};

bool all_capitals(std::string_view s) {
  return s.size() > 1 && std::none_of(s.begin(), s.end(), is_lower) &&
         std::any_of(s.begin(), s.end(), is_upper);
}

class Reader {
 public:
  explicit Reader(const Context& c) : c_(c), tree_(c.tree) {}

  std::vector<Turn> run() const {
    std::vector<Turn> out;
    const auto sentences = c_.doc.all<Sentence>();
    for (std::size_t s = 0; s < sentences.size();) {
      const Id<Block> block = sentences[s].block;
      const std::uint32_t first = sentences[s].tokens.first;
      std::uint32_t end = first;
      for (; s < sentences.size() && sentences[s].block == block; ++s)
        end = std::max(end, sentences[s].tokens.end());
      end = std::min<std::uint32_t>(end, static_cast<std::uint32_t>(tree_.size()));
      const BlockKind kind = c_.doc[block].kind;
      if ((kind != BlockKind::paragraph && kind != BlockKind::headline) || first >= end) continue;
      // The first turn of a bare text is taken for its headline; "Rebels: army shells port" is one.
      out.push_back({first, label_end(first, end, kind == BlockKind::headline), end});
    }
    return out;
  }

 private:
  /// The colon behind a speaker's name, if there is something behind it; else 0.
  std::uint32_t label_end(std::uint32_t first, std::uint32_t end, bool headline) const {
    std::uint32_t colon = first;
    while (colon < end && colon - first <= kLongestLabel && c_.form(colon) != ":") ++colon;
    if (colon == first || colon + 1 >= end || c_.form(colon) != ":") return 0;
    if (colon == first + 1 && (c_.form(first) == "Q" || c_.form(first) == "A")) return colon;
    bool capitals = true, names = true, known = false;
    for (std::uint32_t t = first; t < colon; ++t) {
      if (c_.is_punct(t)) continue;
      const std::string_view form = c_.form(t);
      const Upos pos = tree_[Id<Token>(std::size_t{t})].upos;
      if (c_.place_at[t] != kNoToken || pos == Upos::verb || pos == Upos::num) names = false;
      capitals = capitals && (all_capitals(form) || form.ends_with('.'));
      names = names && is_upper(form[0]);
      SourceKind kind;
      known = known || pos == Upos::propn || c_.cues.source_kind(lower(form), kind) || role(lower(form));
    }
    // "MR. HASSAN:", "Reporter:", "Ali Hasan:"; not "KABUL:", not "There was one condition:".
    return (capitals || (names && !headline)) && known && c_.place_at[first] == kNoToken ? colon : 0;
  }
  static bool role(std::string_view w) {
    return w == "question" || w == "answer" || w == "interviewer" || w == "moderator" || w == "host" ||
           w == "speaker";
  }

  const Context& c_;
  const Tree& tree_;
};

}  // namespace

void add_turns(const Context& c, std::vector<Draft>& drafts) {
  const std::vector<Turn> blocks = Reader(c).run();
  if (std::count_if(blocks.begin(), blocks.end(), [](const Turn& t) { return t.colon > 0; }) < 2) return;
  std::vector<Draft> turns;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Turn& t = blocks[i];
    if (!t.colon) continue;
    Draft d;
    d.turn = true;
    d.cue_token = Id<Token>(std::size_t{t.colon});
    d.cue_span = c.tree.token(d.cue_token).span;
    d.sentence = c.tree.token(d.cue_token).sentence;
    Id<Token> head(std::size_t{t.colon - 1});
    while (head.value > t.first && c.is_punct(head.value)) head = Id<Token>(std::size_t{head.value - 1});
    d.source = {head, head, c.tree.token(Id<Token>(std::size_t{t.first})).span.join(c.tree.token(head).span)};
    for (std::uint32_t k = t.colon + 1; k < t.end; ++k) d.content.push_back(k);
    for (std::size_t j = i + 1; j < blocks.size() && !blocks[j].colon && j - i <= kMostBlocks; ++j)
      for (std::uint32_t k = blocks[j].first; k < blocks[j].end; ++k) d.content.push_back(k);
    if (c.form(d.content.back()) == "?") d.stance = Stance::doubts, d.certainty = Certainty::unknown;
    turns.push_back(std::move(d));
  }
  std::erase_if(drafts, [&](const Draft& d) {
    return !d.cue && std::any_of(turns.begin(), turns.end(), [&](const Draft& t) {
      return t.cue_span.contains(d.cue_span) && !d.cue_span.empty();
    });
  });
  drafts.insert(drafts.end(), std::make_move_iterator(turns.begin()), std::make_move_iterator(turns.end()));
}

}  // namespace annalist::claims
