// Text -> sentences and words, in the manner of UD English EWT: contractions, possessives and most hyphened
// words are taken apart, numbers, times, addresses and abbreviations stay whole.
//
// One pass over the bytes, linear in them. Immutable after load; shared by all threads.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "doc/stage.h"
#include "pack/data_text.h"

namespace annalist {

namespace segment {

/// What a full stop after a word means.
enum class Abbreviation : std::uint8_t { none, title, number, calendar, other };

/// Word lists of data/patterns/abbreviations.txt; every key is lower case, without the final stop.
struct Words {
  std::unordered_map<std::string, Abbreviation> abbreviations;
  std::unordered_set<std::string> starters, prefixes, units;
  std::unordered_map<std::string, std::uint32_t> together;  // bytes of the first of two words
};

}  // namespace segment

/// Fills Sentence and Token from the coded blocks (Block::is_body). A sentence never crosses a block, a
/// line break inside a block is a blank, and a block ends its last sentence whatever its punctuation.
/// A run of 400 words without an end is cut, so that no later stage meets an endless sentence.
class Segment {
 public:
  /// Text beyond this many bytes of a document is not coded (a book, a dump): half a minute of one core. A
  /// long report has 30 KiB.
  static constexpr std::uint32_t kMaxCodedBytes = 512 * 1024;

  using reads = Layers<Block>;
  using writes = Layers<Sentence, Token>;
  static constexpr std::string_view name = "segment";

  /// Needs "patterns/abbreviations.txt".
  static Result<Segment> load(const std::vector<DataText>& files);

  void run(Document& doc, Workspace& work) const;

  /// Sentences and words of one stretch of text, appended. `block` goes into the sentences. True if a run of
  /// words without an end was cut.
  bool split(std::string_view text, Span span, Id<Block> block, std::vector<Sentence>& sentences,
             std::vector<Token>& tokens) const;

 private:
  segment::Words words_;
};

}  // namespace annalist
