// Resolver: expressions that name a place in the calendar.
#include "time/resolve.h"
#include "time/values.h"

namespace annalist::timex {
namespace {

int year_of(Day day) { return int(day.ymd().year()); }
int month_of(Day day) { return int(unsigned(day.ymd().month())); }

constexpr int kAgainstTense = 4;  // how much farther a date seems that lies against the tense of its clause
constexpr int kYearTurns = 7;     // a chronicle that falls back by so many months has passed New Year

}  // namespace

int Resolver::year_by_direction(int month, int day, Relation relation, const Point& from) const {
  const Day now = from.day;
  const int y = year_of(now);
  const int here = month_of(now) * 32 + (day ? int(unsigned(now.ymd().day())) : 0);
  const int there = month * 32 + day;
  switch (relation) {
    case Relation::last:
    case Relation::past:
    case Relation::previous:
      return there < here ? y : y - 1;
    case Relation::next:
    case Relation::following:
      return there > here ? y : y + 1;
    case Relation::this_:
    case Relation::current:
      return y;
    default:
      break;
  }
  // Otherwise the nearer of the two candidates, with distances against the tense counted as longer.
  const Day target = clamped(y, month, day ? day : 15);
  const bool ahead = day ? there >= here : month >= month_of(now);
  const Day before = ahead ? clamped(y - 1, month, day ? day : 15) : target;
  const Day behind = ahead ? target : clamped(y + 1, month, day ? day : 15);
  if (!before || !behind || (!day && month == month_of(now)) || there == here) return y;
  const int back_cost = (now.value - before.value) * (context_.tense == Tense::future ? kAgainstTense : 1);
  const int ahead_cost = (behind.value - now.value) * (context_.tense == Tense::future ? 1
                                                       : context_.tense != Tense::past ? 2
                                                                                       : kAgainstTense);
  return back_cost <= ahead_cost ? year_of(before) : year_of(behind);
}

int Resolver::infer_year(const Expression& e, int month, int day) const {
  if (e.unit == Unit::year && e.relation != Relation::none) {
    const bool back = e.relation == Relation::that || e.relation == Relation::same ||
                      e.relation == Relation::previous || e.relation == Relation::following || e.anaphoric;
    const Point from = base(back);
    if (!from.day) return 0;
    const int steps =
        e.relation == Relation::last || e.relation == Relation::past || e.relation == Relation::previous ? -1
        : e.relation == Relation::next || e.relation == Relation::following                              ? 1
                                                                                                         : 0;
    return year_of(from.day) + steps;
  }
  if (mode_ == Mode::narrative && story_.last().day) {
    const Point& line = story_.line(context_);
    const int y = line.year(), m = line.month();
    const bool coarse = line.unit >= Unit::year;
    if (e.relation == Relation::last || e.relation == Relation::previous)
      return !coarse && month >= m ? y - 1 : y;
    if (e.relation == Relation::next || e.relation == Relation::following)
      return !coarse && month <= m ? y + 1 : y;
    // A chronicle moves forward: January after November is next year's.
    if (!coarse && m - month >= kYearTurns) return y + 1;
    return y;
  }
  // A year of the past named in the same sentence holds for its other dates.
  if (story_.last_in_sentence(context_) && story_.last().day && e.relation == Relation::none && today_ &&
      story_.last().year() < today_.year() - 1)
    return story_.last().year();
  if (!today_) return story_.last().day ? story_.last().year() : 0;
  return year_by_direction(month, day, e.relation, today_);
}

Meaning Resolver::weekday(const Expression& e) {
  Point from = base(e.anaphoric);
  if (!from.day) {
    Meaning m;
    m.value = "XXXX-WXX-" + std::to_string(e.weekday) + time_suffix(e);
    m.type = type_of(e);
    m.mod = e.mod;
    return m;
  }
  const bool told = mode_ == Mode::narrative && story_.last();
  const int here = int(from.day.weekday() + 6) % 7 + 1;
  const int back = (here - e.weekday + 7) % 7, ahead = (7 - back) % 7;
  int shift = -back;
  switch (e.relation) {
    case Relation::last:
    case Relation::past:
    case Relation::previous:
      shift = back == 0 ? -7 : -back;
      break;
    case Relation::next:
    case Relation::following:
      shift = ahead == 0 ? 7 : ahead;
      break;
    case Relation::this_:
    case Relation::current:
      shift = context_.tense == Tense::past && e.relation == Relation::this_ ? -back : ahead;
      break;
    default:
      if (told)
        shift = ahead;
      else if (context_.tense == Tense::future || context_.tense == Tense::going)
        shift = ahead;  // "is hosting talks on Wednesday"
  }
  return point_meaning({from.day + shift, Unit::day, Season::none, 0}, e);
}

/// Quarters, halves and seasons, with or without a year.
Meaning Resolver::period_of_year(const Expression& e) {
  const int first_month = e.season != Season::none ? 3 * static_cast<int>(e.season)
                          : e.quarter              ? 3 * e.quarter - 2
                                                   : 6 * e.half - 5;
  Point p;
  p.unit = e.quarter ? Unit::quarter : e.half ? Unit::semester : Unit::month;
  p.season = e.season;
  int y = e.year;
  if (e.bc) {
    Meaning m = point_meaning({{}, Unit::year, Season::none, e.year}, e);
    constexpr const char* kSuffix[] = {"", "-SP", "-SU", "-FA", "-WI"};
    m.value += kSuffix[static_cast<int>(e.season)];
    return m;
  }
  if (!y && e.unit == Unit::year) y = infer_year(e, first_month, 0);
  if (!y) {
    const Point from = base(e.anaphoric);
    if (!from.day) {
      Meaning m;
      m.value = e.season != Season::none ? "XXXX" + season_value(2000, e.season).substr(4)
                                         : "XXXX-Q" + std::to_string(e.quarter);
      m.mod = e.mod;
      return m;
    }
    const int now_year = year_of(from.day), now_month = month_of(from.day);
    y = now_year;
    const bool begun = first_month <= now_month, over = first_month + 3 <= now_month;
    const bool told = mode_ == Mode::narrative && story_.last();
    if (told) {
      if (from.unit < Unit::year && e.relation == Relation::none && first_month + 6 < now_month) ++y;
      if ((e.relation == Relation::next || e.relation == Relation::following) && begun &&
          from.unit < Unit::year)
        ++y;
      if ((e.relation == Relation::last || e.relation == Relation::previous) && !over &&
          from.unit < Unit::year)
        --y;
    } else if (e.relation == Relation::last || e.relation == Relation::past ||
               e.relation == Relation::previous) {
      if (!over || (e.season != Season::none && now_month - first_month < 5 && now_month - first_month < 3))
        --y;
    } else if (e.relation == Relation::next || e.relation == Relation::following) {
      if (begun) ++y;
    } else if (e.relation != Relation::this_ && e.relation != Relation::current) {
      // Results of a quarter are awaited and told soon after it ends.
      const bool just_over = e.quarter && now_month - first_month < 6;
      if (context_.tense == Tense::future) {
        if (over && !just_over) ++y;
      } else if (!begun) {
        --y;
      }
    }
  }
  p.day = clamped(y, first_month, 1);
  return point_meaning(p, e);
}

Meaning Resolver::calendar(const Expression& e) {
  if (e.decade >= 0) {
    const int first =
        e.decade >= 1000
            ? e.decade
            : (mode_ == Mode::narrative && story_.last().day ? story_.last().year() / 100 * 100 : 1900) +
                  e.decade;
    return point_meaning({clamped(first, 1, 1), Unit::decade, Season::none, 0}, e);
  }
  if (e.century) {
    Meaning m;
    m.mod = e.mod;
    const std::string digits = std::to_string(e.bc ? e.century : e.century - 1);
    m.value = (e.bc ? "BC" : "") + std::string(digits.size() < 2 ? "0" : "") + digits;
    if (!e.bc && e.century > 1) m.days = unit_days(clamped((e.century - 1) * 100, 1, 1), Unit::century);
    return m;
  }
  if (e.season != Season::none || e.quarter || e.half) return period_of_year(e);
  if (e.weekday && !e.day) return weekday(e);
  if (e.bc) {
    Meaning m = point_meaning({{}, Unit::year, Season::none, e.year}, e);
    if (e.month) m.value += month_value(clamped(2000, e.month, 1)).substr(4);
    if (e.day) m.value += day_value(clamped(2000, e.month, e.day)).substr(7);
    return m;
  }
  int y = e.year, month = e.month;
  if (!month && e.day) {  // "the 17th"
    const Point from = base(true);
    if (from.day) {
      y = year_of(from.day);
      month = month_of(from.day);
    }
  }
  if (!month && !e.day) return point_meaning({clamped(y, 1, 1), Unit::year, Season::none, 0}, e);
  if (!y) {
    y = infer_year(e, month, e.day);
    // A weekday given with the date says which year is meant.
    if (e.weekday && y) {
      for (const int offset : {0, -1, 1, -2, 2}) {
        const Day d = clamped(y + offset, month, e.day);
        if (d && int(d.weekday() + 6) % 7 + 1 == e.weekday) {
          y += offset;
          break;
        }
      }
    }
  }
  if (!y || !month) {
    Meaning m;
    m.type = type_of(e);
    m.mod = e.mod;
    m.value = "XXXX" + (month ? month_value(clamped(2000, month, 1)).substr(4) : std::string("-XX"));
    if (e.day) m.value += day_value(clamped(2000, month ? month : 1, e.day)).substr(7) + time_suffix(e);
    return m;
  }
  if (e.week_of && e.day) return point_meaning({clamped(y, month, e.day), Unit::week, Season::none, 0}, e);
  return point_meaning(
      {clamped(y, month, e.day ? e.day : 1), e.day ? Unit::day : Unit::month, Season::none, 0}, e);
}

Meaning Resolver::feast(const Expression& e) {
  const Feast& f = lexicon_.feast(e.index);
  const Point from = base(e.anaphoric);
  int y = e.year;
  if (e.hijri_year) y = year_of(hijri_range(f, e.hijri_year).from);
  if (!y && e.unit == Unit::year) y = infer_year(e, 1, 1);
  if (!y && from.day) {
    y = year_of(from.day);
    const DayRange here = feast_range(f, y);
    const bool future = context_.tense == Tense::future || e.relation == Relation::next;
    if (here.from && mode_ == Mode::news) {
      if (e.relation == Relation::last ? here.from >= from.day : (!future && here.from > from.day + 31))
        --y;
      else if (future && here.to < from.day)
        ++y;
    }
  }
  Meaning m;
  m.type = type_of(e);
  m.mod = f.calendar == Feast::Calendar::hijri && e.mod == Mod::none ? Mod::approx : e.mod;
  m.days = e.hijri_year ? hijri_range(f, e.hijri_year) : y ? feast_range(f, y) : DayRange{};
  if (m.days.from && e.hijri_day) m.days.from = m.days.to = m.days.from + (e.hijri_day - 1);
  if (!m.days.from) {
    m.value = "XXXX-XX-XX";
    return m;
  }
  if (e.week_of) return point_meaning({m.days.from, Unit::week, Season::none, 0}, e);
  m.value = day_value(m.days.from);
  if (m.days.to != m.days.from)
    m.value += "/" + day_value(m.days.to);
  else
    m.value += time_suffix(e);
  story_.note({m.days.from, Unit::day, Season::none, 0}, e.year != 0 || e.hijri_year != 0, context_);
  return m;
}

}  // namespace annalist::timex
