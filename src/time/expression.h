// A time expression as the grammar reads it: what the words say, before anybody asks which day they mean.
#pragma once

#include <cstdint>

#include "time/lexicon.h"

namespace annalist::timex {

/// How an expression gets its value.
enum class Shape : std::uint8_t {
  calendar,   // year, month, day, season, quarter, half, decade, century, weekday: whatever is given
  unit,       // "last week", "this year": `relation` + `unit`
  shifted,    // "three days ago", "two weeks later", "yesterday": `amount` `unit`s in direction `shift`
  clock,      // a time of day alone: "10:35 a.m."; the day comes from the context
  feast,      // `feast` of `year`
  duration,   // "three days"
  span,       // "the past three days", "the next few weeks": a duration fixed to an anchor
  set,        // "every day", "Mondays"
  age,        // "a 25-year-old": read so that "25-year" is not, but no time
  reference,  // "now", "recently": value from the lexicon
};

struct Expression {
  std::uint32_t begin = 0, end = 0;  // atoms, end past the last
  Shape shape = Shape::calendar;

  // Calendar fields; 0 (weekday: 0) where not given. A year before Christ has `bc`.
  int year = 0;
  std::uint8_t month = 0, day = 0, weekday = 0;
  std::uint8_t quarter = 0, half = 0;
  std::uint8_t century = 0;
  std::int16_t decade = -1;  // 90 = "the nineties", 1990 = "the 1990s"
  bool bc = false;
  std::int16_t hijri_year = 0;  // of a feast or a month of the Islamic calendar
  std::uint8_t hijri_day = 0;   // of such a month
  bool week_of = false;         // "the week of March 8"
  Season season = Season::none;

  // Time of day.
  Part part = Part::none;
  std::int16_t hour = -1, minute = -1, second = -1;

  Unit unit = Unit::none;
  Relation relation = Relation::none;
  Shift shift = Shift::none;
  /// Tenths of `unit`; -1: not given. "two and a half years" is 25.
  std::int32_t amount = -1;
  Vague vague = Vague::none;  // the amount is "few", "several", or a bare plural (some)
  Mod mod = Mod::none;
  bool anaphoric = false;      // "the next day", "two days later": counts from the last date, not from today
  Unit compared = Unit::none;  // "the year-ago quarter": what lies a year back
  bool until_now = false;      // "for a week now"
  bool ahead = false;          // "in two days": with a verb in the future, counted from now
  std::uint32_t index = 0;     // of a reference or feast in the lexicon; of a set, the period
  bool has_period = false;     // `index` is a period
};

}  // namespace annalist::timex
