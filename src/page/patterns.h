// The word lists the page readers decide by, from data/patterns. Immutable after load.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "pack/data_text.h"
#include "page/sites.h"

namespace annalist::page {

/// A table of words that is asked by views.
struct WordHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view s) const { return hash64(s); }
};
template <class Value>
using WordTable = std::unordered_map<std::string, Value, WordHash, std::equal_to<>>;

/// A set of phrases with four ways to ask. Phrases are normalised by phrase_key.
class Phrases {
 public:
  void add(std::string_view phrase);
  /// `key` is one of the phrases.
  bool equals(std::string_view key) const { return all_.contains(std::string(key)); }
  /// A phrase is the beginning of `key`, up to the end of a word. Returns its bytes, 0 for none.
  std::size_t begins(std::string_view key) const;
  bool ends(std::string_view key) const;
  bool inside(std::string_view key) const;
  bool empty() const { return all_.empty(); }

 private:
  std::unordered_set<std::string> all_;
  std::bitset<4096> begins_;  // by the first two bytes of the phrases
  // The same by first and by last byte: most lines begin and end like no phrase.
  std::array<std::vector<std::string>, 256> by_first_, by_last_;
};

/// Lower case (ASCII), typographic apostrophes straight, blanks collapsed, marks around the line dropped.
std::string phrase_key(std::string_view line);

/// What a word of a class name says of the part of a page it names.
/// `never` is outside and `unseen` aside even where most of the prose stands there: comments, hidden parts.
enum class PageToken : std::uint8_t { never, outside, aside, unseen, body };

struct Patterns {
  Phrases section_heading, inset_heading, teaser_start, teaser_start_bare, boilerplate, boilerplate_start,
      signoff_start, signoff_inside, caption_start, caption_inside, byline_start, byline_end, updated_before,
      no_dateline, no_author, author_role, consent, paywall, live_headline, subtitle_name, revised_start,
      revised_inside;
  WordTable<std::string> agencies;  // key -> proper name
  WordTable<int> months;            // lower-case name -> 1..12
  WordTable<PageToken> page_tokens;
  std::vector<std::string> languages;       // English first, at most 64
  WordTable<std::uint64_t> function_words;  // bit i: of languages[i]

  SiteRules sites;

  /// Needs patterns/{agencies,page_phrases,page_tokens,months,languages}.txt; reads
  /// pages/sites.txt where it is there.
  static Result<Patterns> load(const std::vector<DataText>& files);

  /// The proper name of an agency, or "".
  std::string_view agency(std::string_view name) const;
};

}  // namespace annalist::page
