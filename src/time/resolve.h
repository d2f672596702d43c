// From what an expression says to the days it means. One Resolver walks one document from first to last
// expression and remembers the last date named. Not thread-safe; cheap to make.
#pragma once

#include <string>

#include "doc/enums.h"
#include "time/calendar.h"
#include "time/expression.h"
#include "time/story.h"

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

class Resolver {
 public:
  /// `reference` may be none: then deictic expressions get values with X ("XXXX-XX-XX") and no days.
  Resolver(const Lexicon& lexicon, Day reference, Mode mode)
      : lexicon_(lexicon), today_{reference, Unit::day, Season::none, 0}, mode_(mode), story_(reference) {}

  /// What `e` means here; remembers it as the last date where it is one.
  Meaning resolve(const Expression& e, const Context& context);

 private:
  const Point& base(bool anaphoric) const;
  int infer_year(const Expression& e, int month, int day) const;
  int year_by_direction(int month, int day, Relation relation, const Point& from) const;
  Meaning calendar(const Expression& e);
  Meaning weekday(const Expression& e);
  Meaning period_of_year(const Expression& e);
  Meaning unit(const Expression& e);
  Meaning shifted(const Expression& e);
  Meaning feast(const Expression& e);
  Meaning clock(const Expression& e);
  Meaning part_of_date(const Expression& e);
  Meaning span(const Expression& e);
  Meaning duration(const Expression& e) const;
  Meaning set(const Expression& e) const;
  Meaning reference(const Expression& e) const;
  Meaning point_meaning(const Point& p, const Expression& e);
  Point step(Point from, Unit unit, int steps) const;

  const Lexicon& lexicon_;
  Point today_;  // the day of the report
  Mode mode_;
  Context context_;
  Story story_;
};

}  // namespace annalist::timex
