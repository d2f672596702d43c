// TIMEX3 value strings (ISO-TimeML, section on TIMEX3): the only place that knows how they are spelled.
#pragma once

#include <string>

#include "doc/enums.h"
#include "time/calendar.h"
#include "time/expression.h"

namespace annalist::timex {

/// TIME for what is told to a part of a day, else DATE.
TimeType type_of(const Expression& e);
/// "BC0490"
std::string bc_value(int year);
std::string day_value(Day day);
std::string month_value(Day day);
std::string year_value(int year);
std::string week_value(Day day);
std::string season_value(int year, Season season);
/// The value of the calendar unit that holds `day`: "2014-11", "2014-W44", "2014-Q4", "201".
std::string unit_value(Day day, Unit unit);
/// The days of that unit.
DayRange unit_days(Day day, Unit unit);
/// "T22:00", "TNI", "" as the expression gives it.
std::string time_suffix(const Expression& e);
/// "P2Y", "PT3H", "P2Y6M", "PXD" when the count is vague. `tenths` are tenths of the unit.
std::string period_value(Unit unit, std::int32_t tenths, bool vague);

}  // namespace annalist::timex
