#include "claim/turns.h"

#include <algorithm>
#include <string>

#include "base/strings.h"
#include "claim/source.h"

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

void add_carriers(const Context& c, std::vector<Draft>& drafts) {
  static const Cue plain = [] {
    Cue cue;
    cue.id = "hand-on";
    return cue;
  }();
  const Tree& tree = c.tree;
  const std::size_t count = drafts.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (!drafts[i].cue || drafts[i].narrator || drafts[i].attitude || drafts[i].content.empty()) continue;
    const Id<Token> verb = drafts[i].cue_token, carrier = tree.head(verb);
    if (!carrier || c.cues.find(CueClass::carrier, tree.lemma(carrier)).empty() || verb < carrier) continue;
    if (tree.token(carrier).sentence != tree.token(verb).sentence) continue;
    const bool passive =
        tree.has_child(carrier, Deprel::nsubj_pass) || tree.has_child(carrier, Deprel::aux_pass);
    if (const Id<Token> object = tree.child(carrier, Deprel::obj); object && object < verb && !passive) {
      drafts[i].source = source_at(c, object);
      if (drafts[i].cue_span.contains(tree.token(carrier).span)) drafts[i].cue_span = tree.token(verb).span;
    }
    Draft d;
    d.cue = &plain;
    d.cue_token = carrier;
    d.cue_span = tree.token(carrier).span;
    d.sentence = drafts[i].sentence;
    d.source = source_of_verb(c, carrier, passive);
    if (!d.source.head || d.source.span == drafts[i].source.span)
      continue;  // "was quoted as saying": by whom?
    // All of what is handed on: who says it, the verb of saying, what is said.
    const auto outside = [&](std::uint32_t t) {
      const Span s = tree.token(Id<Token>(std::size_t{t})).span;
      return t == carrier.value || d.source.span.contains(s);
    };
    d.content = drafts[i].content;
    for (std::uint32_t t = carrier.value + 1; t < d.content.front() && t < tree.size(); ++t)
      d.content.push_back(t);
    d.content.push_back(verb.value);
    tidy(d.content);
    std::erase_if(d.content, outside);
    if (d.content.size() > drafts[i].content.size()) drafts.push_back(std::move(d));
  }
}

}  // namespace annalist::claims
