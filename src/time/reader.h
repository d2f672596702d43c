// The rules of the grammar, one method a rule. A rule takes the atom it starts at and returns the atom past
// its end, or 0 when it does not apply (no rule reads nothing, so 0 is never an end). Private to the grammar
// files.
#pragma once

#include <span>

#include "time/expression.h"
#include "time/lexer.h"

namespace annalist::timex {

class Reader {
 public:
  Reader(const AtomList& atoms, const Lexicon& lexicon) : a_(atoms), lexicon_(lexicon) {}

  /// The longest expression that starts at atom `i`.
  std::size_t longest(std::size_t i, Expression& e) const;

  /// "5 and" of "5 and 9 September", "1939" of nothing: a bare day number that shares the month behind it.
  std::size_t shared_day(std::size_t i, Expression& e) const;
  /// "41" of "1939-41", "6" of "April 4-6": the second end of a range whose first end is `first`.
  std::size_t range_end(std::size_t i, const Expression& first, Expression& e) const;

 private:
  struct Count {
    std::int32_t tenths = -1;
    Vague vague = Vague::none;
    bool article = false;  // "a", "an"
    bool range = false;    // "two to three"
    std::size_t end = 0;
  };

  using Rule = std::size_t (Reader::*)(std::size_t, Expression&) const;
  /// What the rule that reads furthest makes of atom `i`; the first of equals.
  std::size_t longest_of(std::span<const Rule> rules, std::size_t i, Expression& e) const;

  // grammar_calendar.cpp: what the calendar names
  std::size_t year(std::size_t i, int& year, bool& bc) const;
  std::size_t year_in_words(std::size_t i, int& year) const;
  std::size_t month_name(std::size_t i, Expression& e) const;
  std::size_t behind_month(std::size_t i) const;
  std::size_t year_behind(std::size_t i, Expression& e) const;
  std::size_t month_day(std::size_t i, Expression& e) const;
  std::size_t day_month(std::size_t i, Expression& e) const;
  std::size_t numeric_date(std::size_t i, Expression& e) const;
  std::size_t weekday_date(std::size_t i, Expression& e) const;
  std::size_t bare_year(std::size_t i, Expression& e) const;
  std::size_t decade(std::size_t i, Expression& e) const;
  std::size_t century(std::size_t i, Expression& e) const;
  std::size_t quarter(std::size_t i, Expression& e) const;
  std::size_t season(std::size_t i, Expression& e) const;
  std::size_t feast(std::size_t i, Expression& e) const;
  std::size_t hijri_date(std::size_t i, Expression& e) const;
  std::size_t ordinal_day(std::size_t i, Expression& e) const;
  std::size_t calendar(std::size_t i, Expression& e) const;

  // grammar_relative.cpp: what is counted from another date, parts of day, clock
  std::size_t named_day(std::size_t i, Expression& e) const;
  std::size_t related(std::size_t i, Expression& e) const;
  std::size_t unit_of(std::size_t i, Expression& e) const;
  std::size_t current_unit(std::size_t i, Expression& e) const;
  std::size_t year_end(std::size_t i, Expression& e) const;
  std::size_t clock(std::size_t i, Expression& e) const;
  std::size_t clock_with_day(std::size_t i, Expression& e) const;
  std::size_t part_of_day(std::size_t i, Expression& e) const;
  std::size_t with_part(std::size_t i, Expression& e) const;
  std::size_t point(std::size_t i, Expression& e) const;
  std::size_t edge(std::size_t i, Expression& e) const;
  std::size_t modified(std::size_t i, Expression& e) const;

  // grammar_quantity.cpp: counts, durations, sets
  std::size_t integer(std::size_t i, std::int32_t& value) const;
  bool count(std::size_t i, Count& c) const;
  std::size_t unit(std::size_t i, Unit& unit, bool& plural) const;
  std::size_t counted(std::size_t i, Expression& e) const;
  std::size_t span(std::size_t i, Expression& e) const;
  std::size_t hyphenated(std::size_t i, Expression& e) const;
  std::size_t bare_units(std::size_t i, Expression& e) const;
  std::size_t set(std::size_t i, Expression& e) const;
  std::size_t approximate(std::size_t i, Expression& e) const;

  // grammar.cpp
  std::size_t reference(std::size_t i, Expression& e) const;
  const Phrase* phrase(std::size_t i, Phrase::Kind kind) const;
  std::size_t hyphen(std::size_t i) const { return a_.is(i, "-") ? i + 1 : i; }
  bool glued(std::size_t i) const { return i < a_.size() && !a_[i].space_before; }
  bool any(std::size_t i, std::initializer_list<std::string_view> words) const;
  bool preposition(std::size_t i) const;
  /// True if the atom before `i` may stand before a date used as an adverb ("in", "since", start of a block).
  bool after_preposition(std::size_t i) const { return i > 0 && preposition(i - 1); }

  const AtomList& a_;
  const Lexicon& lexicon_;
};

}  // namespace annalist::timex
