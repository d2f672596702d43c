// Calendar arithmetic that time values need beyond base/date.h: months, ISO weeks, Easter, the tabular Hijri
// calendar. Pure functions; years outside 1..9999 give no day.
#pragma once

#include "base/date.h"
#include "time/lexicon.h"

namespace annalist::timex {

/// Inclusive run of days; both none where nothing is known.
struct DayRange {
  Day from, to;
};

struct IsoWeek {
  int year = 0, week = 0;
};

int days_in_month(int year, int month);
/// Day of a month that is clamped to the month's length ("31 February" -> the last of February).
Day clamped(int year, int month, int day);
Day add_months(Day day, int months);
IsoWeek iso_week(Day day);
Day monday_of(IsoWeek week);
Day easter(int year);
/// Day of the arithmetic (tabular, civil epoch) Islamic calendar; announced dates differ by up to two days.
Day from_hijri(int year, int month, int day);
int hijri_year(Day day);

DayRange month_range(int year, int month, int months = 1);
/// Meteorological seasons; winter begins in December of `year`.
DayRange season_range(int year, Season season);
/// The days of a feast in that Gregorian year. A Hijri feast that falls twice into it gives the first.
DayRange feast_range(const Feast& feast, int year);
/// The days of a Hijri feast in that Hijri year.
DayRange hijri_range(const Feast& feast, int hijri_year);

}  // namespace annalist::timex
