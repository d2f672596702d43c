#include "time/resolve.h"

#include <cstdlib>

#include "time/values.h"

namespace annalist::timex {
namespace {

int year_of(Day day) { return int(day.ymd().year()); }
int month_of(Day day) { return int(unsigned(day.ymd().month())); }

TimeType type_of(const Expression& e) {
  return e.hour >= 0 || e.part != Part::none ? TimeType::time : TimeType::date;
}

/// Days in one unit, for spans whose ends need no precision.
double days_in(Unit unit) {
  switch (unit) {
    case Unit::second:
    case Unit::minute:
    case Unit::hour:
      return 0;
    case Unit::week:
      return 7;
    case Unit::fortnight:
      return 14;
    case Unit::month:
      return 30.44;
    case Unit::quarter:
      return 91.3;
    case Unit::semester:
      return 182.6;
    case Unit::year:
      return 365.25;
    case Unit::decade:
      return 3652.5;
    case Unit::century:
      return 36525;
    case Unit::millennium:
      return 365250;
    default:
      return 1;
  }
}

/// What a vague count stands for when days must be told: the least and the most, in units.
struct Bounds {
  double low, high;
};
Bounds bounds(const Expression& e) {
  if (e.amount >= 0) return {e.amount / 10.0, e.amount / 10.0};
  switch (e.vague) {
    case Vague::few:
      return {2, 4};
    case Vague::several:
      return {3, 7};
    case Vague::many:
      return {5, 20};
    default:
      return {2, 6};
  }
}

Day move(Day from, double units, Unit unit) {
  if (!from) return {};
  const double days = units * days_in(unit);
  if (days > 700000 || days < -700000) return {};
  const double months = units * (unit == Unit::month     ? 1
                                 : unit == Unit::quarter ? 3
                                 : unit == Unit::year    ? 12
                                 : unit == Unit::decade  ? 120
                                 : unit == Unit::century ? 1200
                                                         : 0);
  if (months != 0) return add_months(from, static_cast<int>(months));
  return from + static_cast<int>(days);
}

std::string bc(int year) {
  std::string digits = std::to_string(year);
  return "BC" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

constexpr int kAgainstTense = 4;  // how much farther a date seems that lies against the tense of its clause

}  // namespace

void Resolver::remember(const Point& p) {
  if (!p) return;
  last_ = p;
  if (p.unit == Unit::quarter) {
    last_quarter_ = p;
    last_quarter_block_ = context_.block;
  }
  last_sentence_ = context_.sentence;
  last_block_ = context_.block;
}

/// The date an expression counts from: the last one named for anaphoric words, else the day of the report.
Resolver::Point Resolver::base(bool anaphoric) const {
  const bool use_last = last_ && (anaphoric || mode_ == Mode::narrative);
  if (use_last) return last_;
  return {reference_, Unit::day, Season::none, 0};
}

Resolver::Point Resolver::step(Point from, Unit unit, int steps) const {
  if (!from.day) return {};
  Point p;
  p.unit = unit;
  switch (unit) {
    case Unit::day:
      p.day = from.day + steps;
      break;
    case Unit::weekend:
    case Unit::week:
      p.day = monday_of(iso_week(from.day)) + 7 * steps;
      break;
    case Unit::fortnight:
      p.day = from.day + 14 * steps;
      break;
    case Unit::month:
      p.day = add_months(unit_days(from.day, Unit::month).from, steps);
      break;
    case Unit::quarter:
      p.day = add_months(unit_days(from.day, Unit::quarter).from, 3 * steps);
      break;
    case Unit::semester:
      p.day = add_months(unit_days(from.day, Unit::semester).from, 6 * steps);
      break;
    case Unit::decade:
      p.day = clamped(year_of(from.day) / 10 * 10 + 10 * steps, 1, 1);
      break;
    case Unit::century:
      p.day = clamped(year_of(from.day) / 100 * 100 + 100 * steps, 1, 1);
      break;
    default:
      p.day = clamped(year_of(from.day) + steps, 1, 1);
      p.unit = Unit::year;
  }
  return p;
}

Meaning Resolver::point_meaning(const Point& p, const Expression& e) {
  Meaning m;
  m.type = type_of(e);
  m.mod = e.mod;
  if (p.bc_year) {
    m.value = bc(p.bc_year);
  } else {
    m.value = p.season != Season::none && p.day ? season_value(year_of(p.day), p.season)
                                                : unit_value(p.day, p.unit);
    m.days =
        p.season != Season::none && p.day ? season_range(year_of(p.day), p.season) : unit_days(p.day, p.unit);
  }
  if (p.unit == Unit::day) m.value += time_suffix(e);
  remember(p);
  return m;
}

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
  const int ahead_cost = (behind.value - now.value) * (context_.tense == Tense::future    ? 1
                                                       : context_.tense == Tense::unknown ? 2
                                                                                          : kAgainstTense);
  return back_cost <= ahead_cost ? year_of(before) : year_of(behind);
}

int Resolver::infer_year(const Expression& e, int month, int day) const {
  const Point ref{reference_, Unit::day, Season::none, 0};
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
  if (mode_ == Mode::narrative && last_.day) {
    const int y = year_of(last_.day), m = month_of(last_.day);
    const bool coarse = last_.unit >= Unit::year;
    if (e.relation == Relation::last || e.relation == Relation::previous)
      return !coarse && month >= m ? y - 1 : y;
    if (e.relation == Relation::next || e.relation == Relation::following)
      return !coarse && month <= m ? y + 1 : y;
    // A chronicle moves forward: January after November is next year's.
    if (!coarse && m - month >= 7) return y + 1;
    return y;
  }
  // A year named in the same sentence holds for its other dates.
  if (last_.day && last_sentence_ == context_.sentence && last_block_ == context_.block &&
      e.relation == Relation::none && reference_ && year_of(last_.day) < year_of(reference_) - 1)
    return year_of(last_.day);
  if (!ref.day) return last_.day ? year_of(last_.day) : 0;
  return year_by_direction(month, day, e.relation, ref);
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
  const bool told = mode_ == Mode::narrative && last_;
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
      else if (context_.tense == Tense::future)
        shift = ahead;
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
    const bool told = mode_ == Mode::narrative && last_;
    if (told) {
      if (last_.unit < Unit::year && e.relation == Relation::none && first_month + 6 < now_month) ++y;
      if ((e.relation == Relation::next || e.relation == Relation::following) && begun &&
          last_.unit < Unit::year)
        ++y;
      if ((e.relation == Relation::last || e.relation == Relation::previous) && !over &&
          last_.unit < Unit::year)
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
            : (mode_ == Mode::narrative && last_.day ? year_of(last_.day) / 100 * 100 : 1900) + e.decade;
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

Meaning Resolver::unit(const Expression& e) {
  // "the end of the year" of a report is this year's, unless its sentence speaks of another.
  bool anaphoric = e.anaphoric;
  if (e.relation == Relation::same && mode_ == Mode::news && e.unit != Unit::day &&
      last_sentence_ != context_.sentence)
    anaphoric = false;
  Point from = base(anaphoric);
  int steps = 0;
  if (e.unit == Unit::quarter && (e.relation == Relation::same || e.relation == Relation::latest)) {
    if (last_quarter_ && e.relation == Relation::same) return point_meaning(last_quarter_, e);
    return point_meaning(step(from, Unit::quarter, -1), e);
  }
  if (e.unit == Unit::weekend && e.relation == Relation::none && from.day) {
    const bool begun = from.day.weekday() == 0 || from.day.weekday() == 6;
    steps = context_.tense == Tense::future || begun || mode_ == Mode::narrative ? 0 : -1;
  }
  switch (e.relation) {
    case Relation::last:
    case Relation::past:
    case Relation::previous:
      steps = -1;
      break;
    case Relation::next:
    case Relation::following:
      steps = 1;
      break;
    case Relation::latest:
      steps = e.unit == Unit::quarter ? -1 : 0;
      break;
    default:
      break;
  }
  if (!from) {
    Meaning m;
    m.type = type_of(e);
    m.mod = e.mod;
    m.value = e.unit == Unit::year    ? "XXXX"
              : e.unit == Unit::month ? "XXXX-XX"
                                      : "XXXX-XX-XX" + time_suffix(e);
    return m;
  }
  if (from.bc_year) {
    Meaning m = point_meaning({{}, Unit::year, Season::none, from.bc_year - steps}, e);
    return m;
  }
  // "the next day" after "in June": some day of that month.
  if (from.unit > e.unit && e.unit < Unit::month && anaphoric) {
    Meaning m;
    m.type = type_of(e);
    m.mod = e.mod;
    m.days = from.season != Season::none ? season_range(year_of(from.day), from.season)
                                         : unit_days(from.day, from.unit);
    m.value =
        from.unit == Unit::month ? month_value(from.day) + "-XX" : year_value(year_of(from.day)) + "-XX-XX";
    m.value += time_suffix(e);
    return m;
  }
  return point_meaning(step(from, e.unit, steps), e);
}

Meaning Resolver::shifted(const Expression& e) {
  const bool back = e.shift == Shift::ago || e.shift == Shift::earlier;
  const bool named_day =
      e.unit == Unit::day && !e.anaphoric && e.amount >= 0 && e.amount <= 20 && e.begin + 1 == e.end;
  Point from = e.anaphoric ? base(true) : Point{reference_, Unit::day, Season::none, 0};
  if (named_day && mode_ == Mode::narrative) {
    Meaning m;  // "today" in a history is no day of the calendar
    m.type = type_of(e);
    m.value = "PRESENT_REF";
    return m;
  }
  Meaning m;
  m.type = type_of(e);
  m.mod = e.mod;
  if (e.amount < 0) {
    const Bounds b = bounds(e);
    const double sign = back ? -1 : 1;
    m.value = back ? "PAST_REF" : "FUTURE_REF";
    if (from.day && from.unit <= Unit::day) {
      const Day near = move(from.day, sign * b.low, e.unit), far = move(from.day, sign * b.high, e.unit);
      if (near && far) m.days = back ? DayRange{far, near} : DayRange{near, far};
    }
    return m;
  }
  if (!from) {
    m.value = "XXXX-XX-XX";
    return m;
  }
  if (from.bc_year) {
    if (e.unit != Unit::year) {
      m.value = bc(from.bc_year);
      return m;
    }
    return point_meaning({{}, Unit::year, Season::none, from.bc_year + (back ? 1 : -1) * (e.amount / 10)}, e);
  }
  const int sign = back ? -1 : 1;
  if (e.unit <= Unit::hour) {
    m.type = TimeType::time;
    const Day day = from.day + sign * int(e.amount / 10.0 /
                                          (e.unit == Unit::hour     ? 24
                                           : e.unit == Unit::minute ? 1440
                                                                    : 86400));
    m.value = day_value(day);
    m.days = {day, day};
    return m;
  }
  const int months = static_cast<int>(e.amount *
                                      (e.unit == Unit::year       ? 12
                                       : e.unit == Unit::decade   ? 120
                                       : e.unit == Unit::century  ? 1200
                                       : e.unit == Unit::month    ? 1
                                       : e.unit == Unit::quarter  ? 3
                                       : e.unit == Unit::semester ? 6
                                                                  : 0) /
                                      10);
  Point p;
  if (months != 0) {
    p.day = add_months(from.day, sign * months);
    p.unit = months % 12 == 0 && e.unit >= Unit::year ? Unit::year : Unit::month;
    // "compared with a year ago" beside "the third quarter" is that quarter a year before.
    const bool close = last_quarter_ && context_.block - last_quarter_block_ < 2;
    const Point near = close ? last_quarter_ : Point{};
    const bool quarter = near && e.unit == Unit::year && months == 12 && back;
    if (quarter) {
      p.day = add_months(near.day, -months);
      p.unit = Unit::quarter;
    } else if (e.anaphoric && e.unit == Unit::year && from.unit == Unit::month &&
               from.season == Season::none) {
      p.unit = Unit::month;
    }
    if (!p.day) {
      m.value = back ? "PAST_REF" : "FUTURE_REF";
      return m;
    }
    // A comparison with the year before does not move the story there.
    const Point kept = last_, kept_quarter = last_quarter_;
    m = point_meaning(p, e);
    if (mode_ == Mode::news && back) last_ = kept, last_quarter_ = kept_quarter;
    return m;
  }
  const int days = static_cast<int>(e.amount * days_in(e.unit) / 10);
  if (days > 3000000) {
    m.value = back ? "PAST_REF" : "FUTURE_REF";
    return m;
  }
  if (from.unit > Unit::weekend && e.anaphoric && e.unit < from.unit) {
    m.value =
        from.unit == Unit::month ? month_value(from.day) + "-XX" : year_value(year_of(from.day)) + "-XX-XX";
    m.days = unit_days(from.day, from.unit);
    return m;
  }
  p.day = from.day + sign * days;
  p.unit = (e.unit == Unit::week || e.unit == Unit::fortnight) && !e.anaphoric ? Unit::week : Unit::day;
  return point_meaning(p, e);
}

Meaning Resolver::feast(const Expression& e) {
  const Feast& f = lexicon_.feast(e.index);
  const Point from = base(e.anaphoric);
  int y = e.year;
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
  m.days = y ? feast_range(f, y) : DayRange{};
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
  remember({m.days.from, Unit::day, Season::none, 0});
  return m;
}

Meaning Resolver::clock(const Expression& e) {
  const bool told_here = last_ && last_.unit == Unit::day && last_block_ == context_.block;
  const Point day = base(told_here);
  if (!day.day || day.unit > Unit::day) {
    Meaning m;
    m.type = TimeType::time;
    m.mod = e.mod;
    m.value = "XXXX-XX-XX" + time_suffix(e);
    return m;
  }
  return point_meaning(day, e);
}

Meaning Resolver::duration(const Expression& e) const {
  Meaning m;
  m.type = TimeType::duration;
  m.mod = e.mod;
  m.value = period_value(e.unit, e.amount, e.vague != Vague::none);
  if (e.until_now && reference_ && mode_ == Mode::news) {
    m.days = {move(reference_, -bounds(e).high, e.unit), reference_};
    if (!m.days.from) m.days = {};
  }
  return m;
}

Meaning Resolver::span(const Expression& e) {
  Meaning m = duration(e);
  const Point from = base(e.anaphoric);
  if (!from.day || from.unit > Unit::day) return m;
  const double most = bounds(e).high;
  switch (e.relation) {
    case Relation::last:
    case Relation::past:
    case Relation::previous:
      m.days = {move(from.day, -most, e.unit), from.day};
      break;
    case Relation::next:
    case Relation::following:
      m.days = {from.day, move(from.day, most, e.unit)};
      break;
    default:
      return m;
  }
  if (!m.days.from || !m.days.to) m.days = {};
  return m;
}

Meaning Resolver::set(const Expression& e) const {
  Meaning m;
  m.type = TimeType::set;
  m.mod = e.mod;
  if (e.has_period)
    m.value = lexicon_.period(e.index);
  else if (e.weekday)
    m.value = "XXXX-WXX-" + std::to_string(e.weekday) + time_suffix(e);
  else if (e.month)
    m.value = "XXXX" + month_value(clamped(2000, e.month, 1)).substr(4);
  else if (e.season != Season::none)
    m.value = "XXXX" + season_value(2000, e.season).substr(4);
  else if (e.part != Part::none)
    m.value = "XXXX-XX-XX" + time_suffix(e);
  else
    m.value = period_value(e.unit, e.amount, e.vague != Vague::none);
  return m;
}

Meaning Resolver::reference(const Expression& e) const {
  const Reference& r = lexicon_.reference(e.index);
  Meaning m;
  m.type = r.type;
  m.value = r.value;
  m.mod = e.mod;
  if (r.value == "PRESENT_REF" && reference_ && mode_ == Mode::news) m.days = {reference_, reference_};
  return m;
}

Meaning Resolver::resolve(const Expression& e, const Context& context) {
  context_ = context;
  switch (e.shape) {
    case Shape::calendar:
      return calendar(e);
    case Shape::unit:
      return unit(e);
    case Shape::shifted:
      return shifted(e);
    case Shape::clock:
      return clock(e);
    case Shape::feast:
      return feast(e);
    case Shape::duration:
      return duration(e);
    case Shape::span:
      return span(e);
    case Shape::set:
      return set(e);
    case Shape::age:
      return {};
    case Shape::reference:
      return reference(e);
  }
  return {};
}

}  // namespace annalist::timex
