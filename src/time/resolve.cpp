#include "time/resolve.h"

#include <algorithm>

#include "time/values.h"

namespace annalist::timex {
namespace {

int year_of(Day day) { return int(day.ymd().year()); }

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

constexpr std::int64_t kPastAllMonths = 1'000'000;  // further than any year of four digits

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

}  // namespace

/// The date an expression counts from: the last one named for anaphoric words, else the day of the report.
const Point& Resolver::base(bool anaphoric) const {
  if (mode_ == Mode::narrative) return story_.last() ? story_.last() : today_;
  if (!anaphoric || !story_.last()) return today_;
  return context_.tense == Tense::future || !story_.last_told() ? story_.last() : story_.last_told();
}

Point Resolver::step(Point from, Unit unit, int steps) const {
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
    m.value = bc_value(p.bc_year);
  } else {
    m.value = p.season != Season::none && p.day ? season_value(year_of(p.day), p.season)
                                                : unit_value(p.day, p.unit);
    m.days =
        p.season != Season::none && p.day ? season_range(year_of(p.day), p.season) : unit_days(p.day, p.unit);
  }
  if (p.unit == Unit::day) m.value += time_suffix(e);
  story_.note(p, e.year != 0 || mode_ == Mode::news, context_);
  return m;
}

Meaning Resolver::unit(const Expression& e) {
  // "the end of the year" of a report is this year's, unless its sentence speaks of another.
  bool anaphoric = e.anaphoric;
  if (e.relation == Relation::same && mode_ == Mode::news && e.unit != Unit::day &&
      !story_.last_in_sentence(context_))
    anaphoric = false;
  // "Earlier in the day" opens a paragraph: the day of the news, whatever day was named in another.
  if (e.relation == Relation::current && mode_ == Mode::news && e.unit == Unit::day &&
      !story_.last_in_block(context_))
    anaphoric = false;
  Point from = base(anaphoric);
  int steps = 0;
  if (e.unit == Unit::quarter && (e.relation == Relation::same || e.relation == Relation::latest)) {
    if (story_.any_quarter() && e.relation == Relation::same)
      return point_meaning(Point(story_.any_quarter()), e);
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
  Point from = e.anaphoric ? base(true) : today_;
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
      m.value = bc_value(from.bc_year);
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
  const std::int64_t per_unit = e.unit == Unit::year       ? 12
                                : e.unit == Unit::decade   ? 120
                                : e.unit == Unit::century  ? 1200
                                : e.unit == Unit::month    ? 1
                                : e.unit == Unit::quarter  ? 3
                                : e.unit == Unit::semester ? 6
                                                           : 0;
  const int months = static_cast<int>(std::min(e.amount * per_unit / 10, kPastAllMonths));
  Point p;
  if (months != 0) {
    p.day = add_months(from.day, sign * months);
    p.unit = months % 12 == 0 && e.unit >= Unit::year ? Unit::year : Unit::month;
    // "compared with a year ago" beside "the third quarter" is that quarter a year before.
    Point near = story_.quarter(context_);
    if (!near && e.compared == Unit::quarter)
      near = story_.any_quarter() ? story_.any_quarter() : step(today_, Unit::quarter, -1);
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
    const Story kept = story_;
    m = point_meaning(p, e);
    if (mode_ == Mode::news && back) story_ = kept;
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

Meaning Resolver::clock(const Expression& e) {
  const bool told_here = story_.last_in_block(context_) && story_.last().unit == Unit::day;
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
  if (e.until_now && today_.day && mode_ == Mode::news) {
    m.days = {move(today_.day, -bounds(e).high, e.unit), today_.day};
    if (!m.days.from) m.days = {};
  }
  if (e.ahead && context_.tense == Tense::future && today_ && mode_ == Mode::news) {
    m.days = {move(today_.day, bounds(e).low, e.unit), move(today_.day, bounds(e).high, e.unit)};
    if (!m.days.from || !m.days.to) m.days = {};
  }
  return m;
}

/// "the first ten months of 1915", "the last week of August": a duration at one end of a date.
Meaning Resolver::part_of_date(const Expression& e) {
  Expression whole = e;
  whole.shape = Shape::calendar;
  whole.unit = Unit::none;
  whole.relation = Relation::none;
  whole.mod = Mod::none;
  const DayRange days = calendar(whole).days;
  Meaning m = duration(e);
  if (!days.from || !days.to) return m;
  const double units = bounds(e).high;
  if (e.relation == Relation::next) {
    const Day end = move(days.from, units, e.unit);
    m.days = {days.from, end && end > days.from ? std::min(end - 1, days.to) : days.to};
  } else if (e.relation == Relation::last) {
    const Day begin = move(days.to + 1, -units, e.unit);
    m.days = {begin && begin <= days.to ? std::max(begin, days.from) : days.from, days.to};
  } else {
    m.days = days;
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
  if (r.value == "PRESENT_REF" && today_.day && mode_ == Mode::news) m.days = {today_.day, today_.day};
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
      return e.year != 0 || e.month != 0 ? part_of_date(e) : duration(e);
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
