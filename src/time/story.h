// Where the telling of a document stands: the last date named, and the main line that side remarks ("as in
// 1967", "published in 2005") leave and return to. One a document; not thread-safe.
#pragma once

#include <cstdint>

#include "time/calendar.h"

namespace annalist::timex {

/// A stretch of the calendar with the unit it is told in.
struct Point {
  Day day;  // first day
  Unit unit = Unit::none;
  Season season = Season::none;
  int bc_year = 0;  // a year before Christ, which has no Day
  explicit operator bool() const { return static_cast<bool>(day) || bc_year != 0; }
  int year() const { return int(day.ymd().year()); }
  int month() const { return int(unsigned(day.ymd().month())); }
};

struct Context {
  Tense tense = Tense::unknown;
  std::uint32_t sentence = 0, block = 0;
};

class Story {
 public:
  explicit Story(Day today) : today_(today) {}

  /// A date was named. `own_year`: with its year, not with one inferred from the story.
  void note(const Point& p, bool own_year, const Context& at);

  /// The last date named; none before the first.
  const Point& last() const { return last_; }
  /// The last date named that the report can tell of: not one to come ("the results are due on Monday").
  const Point& last_told() const { return told_; }
  bool last_in_sentence(const Context& at) const {
    return last_ && at_.sentence == at.sentence && at_.block == at.block;
  }
  bool last_in_block(const Context& at) const { return last_ && at_.block == at.block; }

  /// The date whose year a date without one shares: the last in the same sentence, else the main line.
  const Point& line(const Context& at) const { return last_in_sentence(at) || !line_ ? last_ : line_; }

  /// The quarter last named within two paragraphs, or none: what "a year ago" is compared with.
  Point quarter(const Context& at) const {
    return quarter_ && at.block - quarter_block_ < 2 ? quarter_ : Point{};
  }
  const Point& any_quarter() const { return quarter_; }

 private:
  Day today_;
  Point last_, told_, line_, quarter_;
  Context at_;
  std::uint32_t quarter_block_ = 0;
  int aside_ = 0;  // year of the latest side remark
};

}  // namespace annalist::timex
