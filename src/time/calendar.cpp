#include "time/calendar.h"

#include <algorithm>

namespace annalist::timex {

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && std::chrono::year(year).is_leap() ? 29 : kDays[(month - 1) % 12];
}

Day clamped(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return {};
  return Day::from_ymd(year, unsigned(month), unsigned(std::clamp(day, 1, days_in_month(year, month))));
}

Day add_months(Day day, int months) {
  if (!day || months < -120000 || months > 120000) return {};
  const auto ymd = day.ymd();
  const int index = int(ymd.year()) * 12 + int(unsigned(ymd.month())) - 1 + months;
  if (index < 12) return {};
  return clamped(index / 12, index % 12 + 1, int(unsigned(ymd.day())));
}

IsoWeek iso_week(Day day) {
  const int weekday = (int(day.weekday()) + 6) % 7;  // 0 = Monday
  const Day thursday = day - weekday + 3;
  const int year = int(thursday.ymd().year());
  return {year, (thursday.value - Day::from_ymd(year, 1, 1).value) / 7 + 1};
}

Day monday_of(IsoWeek week) {
  const Day fourth = Day::from_ymd(week.year, 1, 4);
  return fourth - (int(fourth.weekday()) + 6) % 7 + 7 * (week.week - 1);
}

// The anonymous Gregorian computus (Meeus, Jones, Butcher).
Day easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
  const int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return clamped(year, n / 31, n % 31 + 1);
}

namespace {
// Days before the first of a Hijri year since the epoch: 354 a year and 11 leap days in 30 years.
constexpr int kHijriEpoch = -492148;  // 16 July 622 (Julian) as day number
int hijri_new_year(int year) { return kHijriEpoch + (year - 1) * 354 + (3 + 11 * year) / 30; }
}  // namespace

Day from_hijri(int year, int month, int day) {
  return {hijri_new_year(year) + (59 * (month - 1) + 1) / 2 + day - 1};
}

int hijri_year(Day day) {
  int year = (day.value - kHijriEpoch) * 30 / 10631 + 1;
  while (hijri_new_year(year + 1) <= day.value) ++year;
  while (hijri_new_year(year) > day.value) --year;
  return year;
}

DayRange month_range(int year, int month, int months) {
  const Day first = clamped(year, month, 1);
  if (!first) return {};
  const Day after = add_months(first, months);
  return after ? DayRange{first, after - 1} : DayRange{};
}

DayRange season_range(int year, Season season) {
  constexpr int kFirst[] = {1, 3, 6, 9, 12};
  return month_range(year, kFirst[static_cast<int>(season)], 3);
}

DayRange hijri_range(const Feast& feast, int year) {
  const Day first = from_hijri(year, feast.month, feast.day);
  return {first, first + (feast.days - 1)};
}

DayRange feast_range(const Feast& feast, int year) {
  Day first;
  switch (feast.calendar) {
    case Feast::Calendar::gregorian:
      first = clamped(year, feast.month, feast.day);
      break;
    case Feast::Calendar::easter:
      if (const Day sunday = easter(year)) first = sunday + feast.day;
      break;
    case Feast::Calendar::weekday: {
      if (feast.day > 0) {
        const Day start = clamped(year, feast.month, 1);
        if (!start) return {};
        first = start + (feast.weekday % 7 - int(start.weekday()) + 7) % 7 + 7 * (feast.day - 1);
      } else {
        const Day last = clamped(year, feast.month, 31);
        if (!last) return {};
        first = last - (int(last.weekday()) - feast.weekday % 7 + 7) % 7;
      }
      break;
    }
    case Feast::Calendar::hijri: {
      const Day start = clamped(year, 1, 1);
      if (!start) return {};
      first = from_hijri(hijri_year(start), feast.month, feast.day);
      if (first < start) first = from_hijri(hijri_year(start) + 1, feast.month, feast.day);
      break;
    }
  }
  return first ? DayRange{first, first + (feast.days - 1)} : DayRange{};
}

}  // namespace annalist::timex
