// The words time expressions are made of, read from data/time/*. Immutable after load, shared by all threads;
// the texts it was loaded from may go away.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "doc/enums.h"
#include "pack/data_text.h"

namespace annalist::timex {

/// What a word can be; a word may be several things ("second": unit and ordinal).
enum class WordClass : std::uint8_t {
  month,         // value 1..12
  weekday,       // 1 = Monday .. 7 = Sunday
  weekdays,      // the same, plural: "Mondays"
  unit,          // Unit
  units,         // Unit, plural
  season,        // Season
  part,          // part of day, as Part
  clock,         // "noon": minutes after midnight
  number,        // 1..90
  scale,         // hundred, thousand, dozen
  plural_scale,  // hundreds, ...: a vague count
  ordinal,       // 1..30
  vague,         // few, several, many, some: a count without a number, see Vague
  decade,        // nineties: 90
  day,           // today 0, yesterday -1, tomorrow 1
  daypart,       // tonight: Part
  relation,      // last, this, next: Relation
  modifier,      // early, mid, late: Edge
  edge,          // beginning, middle, end: Edge
  approx,        // nearly, "more than": Mod
  shift,         // ago, later: Shift
  meridiem,      // am 0, pm 12
  era,           // bc 1, ad 0
  zone,          // a time zone
  every,         // every, each, per
  set,           // daily: a period, see Lexicon::period
  tense,         // will, was: a form that shows the tense of its clause, as Tense
  count_
};

enum class Unit : std::uint8_t {
  none,
  second,
  minute,
  hour,
  day,
  weekend,
  week,
  fortnight,
  month,
  quarter,
  semester,
  year,
  decade,
  century,
  millennium
};
enum class Tense : std::uint8_t { unknown, past, future, going };  // going: "is hosting"
enum class Season : std::uint8_t { none, spring, summer, fall, winter };
enum class Part : std::uint8_t { none, morning, midday, afternoon, evening, night, daytime };
enum class Vague : std::uint8_t { none, few, several, many, couple, some, recent };
enum class Relation : std::uint8_t {
  none,
  last,
  past,
  previous,
  this_,
  current,
  next,
  following,
  that,
  same,
  latest
};
enum class Edge : std::uint8_t { none, start, mid, end };
enum class Shift : std::uint8_t { none, ago, earlier, later, hence };
enum class Mod : std::uint8_t {
  none,
  start,
  mid,
  end,
  approx,
  less_than,
  more_than,
  equal_or_less,
  equal_or_more,
  before,
  after
};

/// The TIMEX3 `mod` of a Mod; "" for none.
std::string_view name_of_mod(Mod m);

struct Word {
  std::uint32_t classes = 0;
  std::int16_t values[static_cast<std::size_t>(WordClass::count_)] = {};
  bool is(WordClass c) const { return (classes >> static_cast<unsigned>(c) & 1u) != 0; }
  int value(WordClass c) const { return values[static_cast<std::size_t>(c)]; }
};

/// A run of words with a meaning of its own: an approximator ("more than"), a reference, a feast.
struct Phrase {
  enum class Kind : std::uint8_t { word, reference, feast };
  std::vector<std::string> words;  // lower case; punctuation marks are words of their own
  Kind kind = Kind::word;
  std::uint32_t index = 0;  // into Lexicon::words / references / feasts
};

struct Reference {
  std::string id, value;
  TimeType type = TimeType::date;
  std::vector<std::string> after, not_after, before, not_before;
  std::vector<std::string> must, must_not;  // sentences; for tests
  std::vector<std::string> phrases;
};

struct Feast {
  enum class Calendar : std::uint8_t { gregorian, easter, weekday, hijri };
  Calendar calendar = Calendar::gregorian;
  int month = 0, day = 0, weekday = 0, days = 1;
};

class Lexicon {
 public:
  /// Reads "time/words.tsv", "time/refs.txt" and "time/feasts.tsv"; other names are passed over.
  static Result<Lexicon> load(const std::vector<DataText>& files);

  /// The word in lower case, or null.
  const Word* find(std::string_view lower) const {
    const auto it = words_.find(lower);
    return it == words_.end() ? nullptr : &it->second;
  }
  /// The phrases that begin with that lower-case word, longest first.
  const std::vector<Phrase>* phrases(std::string_view first) const {
    const auto it = phrases_.find(first);
    return it == phrases_.end() ? nullptr : &it->second;
  }
  const Word& phrase_word(std::uint32_t index) const { return phrase_words_[index]; }
  const Reference& reference(std::uint32_t index) const { return references_[index]; }
  const Feast& feast(std::uint32_t index) const { return feasts_[index]; }
  const std::string& period(std::uint32_t index) const { return periods_[index]; }
  const std::vector<Reference>& references() const { return references_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  template <class V>
  using Map = std::unordered_map<std::string, V, Hash, std::equal_to<>>;

  Status load_words(const DataText& file);
  Status load_references(const DataText& file);
  Status load_feasts(const DataText& file);
  void add_phrase(std::string_view text, Phrase::Kind kind, std::uint32_t index);

  Map<Word> words_;
  Map<std::vector<Phrase>> phrases_;
  std::vector<Word> phrase_words_;
  std::vector<Reference> references_;
  std::vector<Feast> feasts_;
  std::vector<std::string> periods_;
};

}  // namespace annalist::timex
