// What the claim stage works on before it writes records: attributions under construction and the shared
// views they are built from. Private to src/claim; one document, one thread.
#pragma once

#include <span>
#include <vector>

#include "claim/cues.h"
#include "claim/quotes.h"
#include "doc/tree.h"

namespace annalist::claims {

/// Who speaks. `mention_head` is the word that a mention of the source is looked up by: the head of the
/// phrase, or the antecedent when the phrase is a relative pronoun.
struct Source {
  Id<Token> head;
  Id<Token> mention_head;
  Span span;
};

/// One attribution. Content is a sorted list of token indexes, so that cue and source can be cut out of it.
struct Draft {
  const Cue* cue = nullptr;  // none: speech without a cue, or a headline's colon
  Id<Token> cue_token;
  Span cue_span;
  Source source;
  std::vector<std::uint32_t> content;
  std::uint32_t sentence = 0;
  Stance stance = Stance::asserts;
  Certainty certainty = Certainty::certain;
  bool positive = true;
  bool narrator = false;
  bool turn = false;           // a speaker's turn in a transcript
  bool tagged = false;         // found by the model's tags, not by a cue of the data
  bool attitude = false;       // held or done rather than said; the narrator still tells what is in it
  std::uint8_t cue_share = 0;  // of the likeliest cue word, in 255ths
  std::uint32_t speaker_of = 0xFFFFFFFFu;  // the draft whose source this one shares: carried speech
};

/// Read-only views of one document, built once a run.
struct Context {
  explicit Context(const Document& d, const CueTable& c);

  const Document& doc;
  const CueTable& cues;
  Tree tree;
  std::span<const ModelTags> tags;  // one a token, or empty
  std::vector<Quote> quotes;
  std::vector<std::uint32_t> quote_of;           // token -> innermost quotation, or Quote::kNone
  std::vector<std::uint32_t> mention_of_head;    // token -> mention with that head, or none
  std::vector<std::uint32_t> place_at, time_at;  // token -> place or time expression over it, or none
  std::vector<bool> eventive;                    // token -> trigger of an event mention or a predicate noun
  std::vector<bool> triggers;                    // token -> trigger of an event mention

  /// The mentions of an entity, in text order.
  std::span<const std::uint32_t> mentions_of(Id<Entity> entity) const {
    if (!entity || entity.value + 1 >= first_mention_.size()) return {};
    return std::span(mentions_).subspan(first_mention_[entity.value],
                                        first_mention_[entity.value + 1] - first_mention_[entity.value]);
  }
  std::string_view form(std::uint32_t t) const { return tree.text(Id<Token>(t)); }
  bool is_punct(std::uint32_t t) const { return tree[Id<Token>(t)].upos == Upos::punct; }
  bool is_body(const Sentence& s) const { return doc[s.block].is_body(); }

 private:
  std::vector<std::uint32_t> mentions_, first_mention_;  // by entity
};

constexpr std::uint32_t kNoToken = 0xFFFFFFFFu;

/// Adds the subtree of `root` to `out` (unsorted), leaving out the subtree of `without`. Walks at most the
/// tokens of the sentence, so that a looping tree ends.
void add_subtree(const Tree& tree, Id<Token> root, Id<Token> without, std::vector<std::uint32_t>& out);

/// Sorts, makes unique.
void tidy(std::vector<std::uint32_t>& tokens);

/// The runs of a content as spans: gaps of punctuation are bridged, punctuation and unpaired quotation marks
/// at the ends are cut.
std::vector<Span> spans_of(const Context& context, const std::vector<std::uint32_t>& content);

/// True if the predicate is negated: "not", "never", "no fighters ...", "nobody ...".
bool is_negated(const Tree& tree, Id<Token> predicate);

/// The dependent that marks `t` as "of X", "for X", "to X": its case or mark child with that word.
bool marked_by(const Tree& tree, Id<Token> t, std::string_view word);

}  // namespace annalist::claims
