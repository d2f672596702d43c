// The words that attribute: cues of claims and kinds of sources, read from data/patterns/claims-*.txt.
// A CueTable is immutable after load and shared by all threads; the views it hands out live as long as it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "doc/enums.h"
#include "pack/data_text.h"

namespace annalist::claims {

/// `light` verbs carry a noun ("issued a denial"), `negator` verbs undo one ("declined to confirm"),
/// `kin` are types of events that may name one happening, a `channel` is where it was said ("in a
/// statement").
/// `unanswered`: what somebody leaves without an answer, and so says nothing. `knowing`: who denies it denies
/// the knowledge, not the deed.
/// A `carrier` hands on what another says ("quoted a commander as saying").
/// `shame` are types of events that do their doer no credit, `loss` such as harm whom they befall: to tell of
/// one's own is an admission.
enum class CueClass : std::uint8_t {
  verb,
  noun,
  adverb,
  preposition,
  light,
  negator,
  channel,
  kin,
  shame,
  loss,
  carrier,
  knowing,
  unanswered,
  count
};

/// Where the content of a cue stands. `word` of a Frame is the preposition for the last three.
enum class FrameKind : std::uint8_t {
  clause,          // "said that ...", "..., he said"
  quote,           // direct speech
  infinitive,      // "vowed to fight"
  gerund,          // "denied killing"
  object,          // "announced a truce"
  passive_clause,  // "it was reported that ..."
  subject_to,      // "is believed to have fled"
  oblique,         // "called for a truce"
  object_with,     // "accused them of looting"; no word: "called the raid a crime"
};

struct Frame {
  FrameKind kind;
  std::string word;
};

/// What the object of a cue must be, so that "revealed their faces" is no claim.
enum class Need : std::uint8_t { none, event, statement };

struct Cue {
  std::string id;  // "vow", for tests and traces
  CueClass type = CueClass::verb;
  Stance stance = Stance::asserts;
  Certainty certainty = Certainty::certain;
  bool positive = true;
  bool carries = false;   // a pronoun source is the last speaker
  bool finite = false;    // only as a finite verb: "knew that", not "to know that"
  bool narrator = false;  // nobody's claim but the report's own
  Need need = Need::none;
  std::vector<Frame> frames;

  bool has(FrameKind kind) const {
    for (const Frame& f : frames)
      if (f.kind == kind) return true;
    return false;
  }
};

/// A sentence of the data with its mark-up: [source] <cue> {content}.
struct Example {
  std::string cue;   // id of the entry
  std::string text;  // without the marks
  std::string source, cue_words, content;
  bool must = true;
  bool missed = false;  // written with "? " in front: known not to hold yet
};

class CueTable {
 public:
  /// Reads every text named "patterns/claims-*.txt". Errors name file and line: an unknown key or value, an
  /// entry without lemma or without examples.
  static Result<CueTable> load(const std::vector<DataText>& files);

  /// The cues of a lemma ("say", "point out", "according to") in file order; empty if it is none.
  std::span<const std::uint32_t> find(CueClass type, std::string_view lemma) const;
  const Cue& operator[](std::uint32_t i) const { return cues_[i]; }
  /// True if some preposition of several words begins with that word ("according").
  bool starts_preposition(std::string_view word) const { return preposition_starts_.contains(word); }
  /// True if the noun names something said: "report", "accusation".
  bool is_statement(std::string_view noun) const;

  /// The kind a head noun (or "compound noun") gives its bearer.
  bool source_kind(std::string_view noun, SourceKind& kind) const;

  /// True for entries that are no cues by themselves: negators, channels, kin and the like.
  bool is_helper(std::string_view id) const {
    for (const Cue& cue : cues_)
      if (cue.id == id) return cue.type > CueClass::preposition;
    return false;
  }
  std::span<const Example> examples() const { return examples_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
  };
  template <class V>
  using Map = std::unordered_map<std::string, V, Hash, std::equal_to<>>;

  Status read_cues(const DataText& file, CueClass type);
  Status read_sources(const DataText& file);

  std::vector<Cue> cues_;
  Map<std::vector<std::uint32_t>> by_lemma_[static_cast<std::size_t>(CueClass::count)];
  Map<bool> preposition_starts_;
  Map<SourceKind> sources_;
  std::vector<Example> examples_;
};

}  // namespace annalist::claims
