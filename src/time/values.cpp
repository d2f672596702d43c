#include "time/values.h"

#include <cstdio>

namespace annalist::timex {
namespace {

template <class... Args>
std::string format(const char* pattern, Args... args) {
  char buffer[48];
  const int n = std::snprintf(buffer, sizeof buffer, pattern, args...);
  return std::string(buffer, n > 0 ? static_cast<std::size_t>(n) : 0);
}

int year_of(Day day) { return int(day.ymd().year()); }
int month_of(Day day) { return int(unsigned(day.ymd().month())); }

}  // namespace

TimeType type_of(const Expression& e) {
  return e.hour >= 0 || e.part != Part::none ? TimeType::time : TimeType::date;
}

std::string bc_value(int year) {
  std::string digits = std::to_string(year);
  return "BC" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

std::string day_value(Day day) { return day.iso(); }
std::string month_value(Day day) { return format("%04d-%02d", year_of(day), month_of(day)); }
std::string year_value(int year) { return format("%04d", year); }

std::string week_value(Day day) {
  const IsoWeek w = iso_week(day);
  return format("%04d-W%02d", w.year, w.week);
}

std::string season_value(int year, Season season) {
  constexpr const char* kNames[] = {"", "SP", "SU", "FA", "WI"};
  return format("%04d-%s", year, kNames[static_cast<int>(season)]);
}

std::string unit_value(Day day, Unit unit) {
  if (!day) return "XXXX-XX-XX";
  const int y = year_of(day), m = month_of(day);
  switch (unit) {
    case Unit::weekend:
      return week_value(day) + "-WE";
    case Unit::week:
    case Unit::fortnight:
      return week_value(day);
    case Unit::month:
      return month_value(day);
    case Unit::quarter:
      return format("%04d-Q%d", y, (m + 2) / 3);
    case Unit::semester:
      return format("%04d-H%d", y, m <= 6 ? 1 : 2);
    case Unit::year:
      return year_value(y);
    case Unit::decade:
      return format("%03d", y / 10);
    case Unit::century:
      return format("%02d", y / 100);
    case Unit::millennium:
      return format("%d", y / 1000);
    default:
      return day_value(day);
  }
}

DayRange unit_days(Day day, Unit unit) {
  if (!day) return {};
  const int y = year_of(day), m = month_of(day);
  const auto years = [](int first, int count) {
    const Day from = clamped(first < 1 ? 1 : first, 1, 1), to = clamped(first + count - 1, 12, 31);
    return from && to ? DayRange{from, to} : DayRange{};
  };
  switch (unit) {
    case Unit::weekend: {
      const Day monday = monday_of(iso_week(day));
      return {monday + 5, monday + 6};
    }
    case Unit::week:
    case Unit::fortnight: {
      const Day monday = monday_of(iso_week(day));
      return {monday, monday + 6};
    }
    case Unit::month:
      return month_range(y, m);
    case Unit::quarter:
      return month_range(y, (m - 1) / 3 * 3 + 1, 3);
    case Unit::semester:
      return month_range(y, m <= 6 ? 1 : 7, 6);
    case Unit::year:
      return years(y, 1);
    case Unit::decade:
      return years(y / 10 * 10, 10);
    case Unit::century:
      return years(y / 100 * 100, 100);
    case Unit::millennium:
      return years(y / 1000 * 1000, 1000);
    default:
      return {day, day};
  }
}

std::string time_suffix(const Expression& e) {
  constexpr const char* kParts[] = {"", "TMO", "TMI", "TAF", "TEV", "TNI", "TDT"};
  if (e.hour >= 0) {
    if (e.second >= 0) return format("T%02d:%02d:%02d", e.hour, e.minute, e.second);
    if (e.minute >= 0) return format("T%02d:%02d", e.hour, e.minute);
    return format("T%02d", e.hour);
  }
  return kParts[static_cast<int>(e.part)];
}

std::string period_value(Unit unit, std::int32_t tenths, bool vague) {
  struct Form {
    const char* prefix;
    char letter;
    int factor;
  };
  const Form form = [&]() -> Form {
    switch (unit) {
      case Unit::second:
        return {"PT", 'S', 1};
      case Unit::minute:
        return {"PT", 'M', 1};
      case Unit::hour:
        return {"PT", 'H', 1};
      case Unit::week:
        return {"P", 'W', 1};
      case Unit::fortnight:
        return {"P", 'W', 2};
      case Unit::month:
        return {"P", 'M', 1};
      case Unit::quarter:
        return {"P", 'Q', 1};
      case Unit::semester:
        return {"P", 'M', 6};
      case Unit::year:
        return {"P", 'Y', 1};
      case Unit::decade:
        return {"P", 'Y', 10};
      case Unit::century:
        return {"P", 'Y', 100};
      case Unit::millennium:
        return {"P", 'Y', 1000};
      default:
        return {"P", 'D', 1};
    }
  }();
  if (vague || tenths < 0) return std::string(form.prefix) + "X" + form.letter;
  const std::int64_t total = std::int64_t(tenths) * form.factor;
  if (total % 10 == 0)
    return format("%s%lld%c", form.prefix, static_cast<long long>(total / 10), form.letter);
  // Halves are told in the next smaller unit where there is one.
  const long long whole = total / 10;
  const bool half = total % 10 == 5;
  if (half && unit == Unit::hour) return whole ? format("PT%lldH30M", whole) : "PT30M";
  if (half && unit == Unit::minute) return whole ? format("PT%lldM30S", whole) : "PT30S";
  if (half && unit == Unit::year) return whole ? format("P%lldY6M", whole) : "P6M";
  return format("%s%lld.%lld%c", form.prefix, whole, static_cast<long long>(total % 10), form.letter);
}

}  // namespace annalist::timex
