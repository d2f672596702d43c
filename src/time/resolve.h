// From what an expression says to the days it means. One Resolver walks one document from first to last
// expression and remembers the last date named. Not thread-safe; cheap to make.
#pragma once

#include <string>

#include "doc/enums.h"
#include "time/calendar.h"
#include "time/expression.h"

namespace annalist::timex {

/// A TIMEX3 value and the days it covers (inclusive; none where it covers no certain days).
struct Meaning {
  std::string value;
  TimeType type = TimeType::date;
  Mod mod = Mod::none;
  DayRange days;
};

/// News counts from the day of the report; a narrative (a history, a chronicle) from the last date it named.
enum class Mode : std::uint8_t { news, narrative };

struct Context {
  Tense tense = Tense::unknown;
  std::uint32_t sentence = 0, block = 0;
};

class Resolver {
 public:
  /// `reference` may be none: then deictic expressions get values with X ("XXXX-XX-XX") and no days.
  Resolver(const Lexicon& lexicon, Day reference, Mode mode)
      : lexicon_(lexicon), reference_(reference), mode_(mode) {}

  /// What `e` means here; remembers it as the last date where it is one.
  Meaning resolve(const Expression& e, const Context& context);

 private:
  /// A stretch of the calendar with the unit it is told in.
  struct Point {
    Day day;  // first day
    Unit unit = Unit::none;
    Season season = Season::none;
    int bc_year = 0;  // a year before Christ, which has no Day
    explicit operator bool() const { return static_cast<bool>(day) || bc_year != 0; }
  };

  Point anchor(const Expression& e) const;
  Point base(bool anaphoric) const;
  int infer_year(const Expression& e, int month, int day) const;
  int year_by_direction(int month, int day, Relation relation, const Point& from) const;
  Meaning calendar(const Expression& e);
  Meaning weekday(const Expression& e);
  Meaning period_of_year(const Expression& e);
  Meaning unit(const Expression& e);
  Meaning shifted(const Expression& e);
  Meaning feast(const Expression& e);
  Meaning clock(const Expression& e);
  Meaning span(const Expression& e);
  Meaning duration(const Expression& e) const;
  Meaning set(const Expression& e) const;
  Meaning reference(const Expression& e) const;
  Meaning point_meaning(const Point& p, const Expression& e);
  Point step(Point from, Unit unit, int steps) const;
  void remember(const Point& p);

  const Lexicon& lexicon_;
  Day reference_;
  Mode mode_;
  Context context_;
  Point last_;
  Point last_quarter_;  // what "a year ago" is compared with in reports of results
  std::uint32_t last_quarter_block_ = 0;
  std::uint32_t last_sentence_ = 0, last_block_ = 0;
};

}  // namespace annalist::timex
