// Dates told by their distance from another date, parts of the day, times on the clock.
#include "time/reader.h"

namespace annalist::timex {

/// "today", "yesterday", "the day before yesterday", "the day after tomorrow", "tonight".
std::size_t Reader::named_day(std::size_t i, Expression& e) const {
  const auto set = [&](int days) {
    e.shape = Shape::shifted;
    e.unit = Unit::day;
    e.shift = days < 0 ? Shift::ago : Shift::hence;
    e.amount = 10 * (days < 0 ? -days : days);
  };
  const std::size_t j = a_.is(i, "the") ? i + 1 : i;
  if (a_.is(j, "day") && any(j + 1, {"before", "after"}) && a_.is(j + 2, WordClass::day)) {
    const int step = a_.is(j + 1, "before") ? -1 : 1;
    set(a_.value(j + 2, WordClass::day) + step);
    return j + 3;
  }
  if (a_.is(i, WordClass::day)) {
    set(a_.value(i, WordClass::day));
    return i + 1;
  }
  if (a_.is(i, WordClass::daypart)) {
    set(0);
    e.part = static_cast<Part>(a_.value(i, WordClass::daypart));
    return i + 1;
  }
  if (a_.is(i, "overnight")) {
    if (a_[i + 1].kind == Atom::Kind::word && i > 0 && any(i - 1, {"an", "the"})) return 0;
    set(0);
    e.part = Part::night;
    return i + 1;
  }
  return 0;
}

/// "last week", "this past spring", "the following day", "that same month", "next Monday", "last June".
std::size_t Reader::related(std::size_t i, Expression& e) const {
  const bool the = a_.is(i, "the");
  std::size_t j = the ? i + 1 : i;
  // "the day before", "the year after", with no word of what: counted from the last date
  if (the && a_.is(j, WordClass::unit) && any(j + 1, {"before", "after"}) &&
      a_[j + 2].kind == Atom::Kind::mark) {
    e.shape = Shape::unit;
    e.unit = static_cast<Unit>(a_.value(j, WordClass::unit));
    e.relation = a_.is(j + 1, "before") ? Relation::previous : Relation::following;
    e.anaphoric = true;
    return e.unit >= Unit::day && e.unit <= Unit::year ? j + 2 : 0;
  }
  if (!a_.is(j, WordClass::relation)) return 0;
  auto relation = static_cast<Relation>(a_.value(j, WordClass::relation));
  if (a_.is(j, "that") && the) return 0;
  ++j;
  bool same = relation == Relation::same;
  while (a_.is(j, WordClass::relation)) {  // "this past", "this coming", "that same", "the very same"
    const auto more = static_cast<Relation>(a_.value(j, WordClass::relation));
    // "said that last week", "the week following last month": two phrases, not one
    const bool joins = more == Relation::same || relation == Relation::this_ || relation == Relation::current;
    if (!joins) return 0;
    if (more == Relation::same) same = true;
    if (more == Relation::past) relation = Relation::last;
    if (more == Relation::next) relation = Relation::next;
    if (more == Relation::current) relation = Relation::current;
    ++j;
  }
  if (same && relation != Relation::that) relation = Relation::same;
  if (any(j, {"fiscal", "calendar", "very"})) ++j;
  e.relation = relation;
  e.anaphoric = relation == Relation::that || relation == Relation::same || relation == Relation::following ||
                relation == Relation::previous || (the && (relation == Relation::next));
  if (a_.is(j, WordClass::unit)) {
    e.shape = Shape::unit;
    e.unit = static_cast<Unit>(a_.value(j, WordClass::unit));
    if (e.unit <= Unit::hour || e.unit == Unit::fortnight) return 0;
    // "this second", "last minute", "past day" name no date; "that day" does, "that decade" hardly.
    if (a_[j + 1].kind == Atom::Kind::mark && a_.is(j + 1, "-")) return 0;
    if (e.unit == Unit::quarter && a_.is(j + 1, "of")) return 0;
    // "the past year": the twelve months up to now.
    if (relation == Relation::past && the) {
      e.shape = Shape::span;
      e.amount = 10;
    }
    if (relation == Relation::latest && e.unit < Unit::quarter) return 0;
    return j + 1;
  }
  if (a_.is(j, WordClass::season)) {
    e.season = static_cast<Season>(a_.value(j, WordClass::season));
    return a_.is(j + 1, "of") ? 0 : j + 1;
  }
  if (a_.is(j, WordClass::weekday) && a_[j].capital && a_.lower(j).size() > 5) {
    e.weekday = static_cast<std::uint8_t>(a_.value(j, WordClass::weekday));
    Expression date;
    const std::size_t end = weekday_date(j, date);
    if (date.day != 0) {
      e = date;
      return end;
    }
    return j + 1;
  }
  if (a_.is(j, WordClass::month) && a_[j].capital) {
    Expression date;
    const std::size_t end = month_day(j, date);
    if (!end) {
      e.month = static_cast<std::uint8_t>(a_.value(j, WordClass::month));
      return j + 1;
    }
    if (date.year == 0 && date.unit == Unit::none) date.relation = relation, date.anaphoric = e.anaphoric;
    e = date;
    return end;
  }
  if (a_.is(j, WordClass::part)) {
    e.shape = Shape::unit;
    e.unit = Unit::day;
    e.part = static_cast<Part>(a_.value(j, WordClass::part));
    return j + 1;
  }
  Expression day;
  if (const std::size_t end = feast(j, day)) {
    day.relation = relation;
    e = day;
    return end;
  }
  return 0;
}

/// "the quarter", "the year", "the month": only as the end of an edge ("the end of the month").
std::size_t Reader::unit_of(std::size_t i, Expression& e) const {
  if (!a_.is(i, "the") || !a_.is(i + 1, WordClass::unit)) return 0;
  const auto unit = static_cast<Unit>(a_.value(i + 1, WordClass::unit));
  if (unit < Unit::day || unit > Unit::century || unit == Unit::fortnight) return 0;
  e.shape = Shape::unit;
  e.unit = unit;
  e.relation = unit == Unit::day ? Relation::current : Relation::same;
  e.anaphoric = true;
  return i + 2;
}

/// "over the weekend", "for the quarter", "in the year": the unit under way or spoken of, as an adverb.
std::size_t Reader::current_unit(std::size_t i, Expression& e) const {
  const std::size_t end = unit_of(i, e);
  if (!end) return 0;
  if (e.unit == Unit::weekend) {
    e.relation = Relation::none;
    e.anaphoric = false;
    return end;
  }
  const bool adverb = i > 0 && any(i - 1, {"for", "in", "of", "during", "over", "throughout"});
  if (!adverb || (e.unit != Unit::week && e.unit != Unit::quarter && e.unit != Unit::year)) return 0;
  if (a_.is(end, "of") || a_.is(end, "-") || a_.is(end, "'")) return 0;
  if (any(end, {"ended", "ending", "to"}) && e.unit == Unit::year) {
    e.shape = Shape::duration;
    e.amount = 10;
  }
  return end;
}

/// "year-end", "year's end", "month's end".
std::size_t Reader::year_end(std::size_t i, Expression& e) const {
  const std::size_t j = a_.is(i, "the") ? i + 1 : i;
  if (!a_.is(j, WordClass::unit)) return 0;
  const auto unit = static_cast<Unit>(a_.value(j, WordClass::unit));
  if (unit != Unit::year && unit != Unit::month && unit != Unit::week) return 0;
  std::size_t k = j + 1;
  if (a_.is(k, "'") && a_.is(k + 1, "s"))
    k += 2;
  else if (a_.is(k, "-"))
    ++k;
  else if (unit != Unit::year)
    return 0;
  if (!a_.is(k, "end")) return 0;
  e.shape = Shape::unit;
  e.unit = unit;
  e.relation = Relation::same;
  e.anaphoric = true;
  e.mod = Mod::end;
  return k + 1;
}

/// A time of day: "10:35 a.m. EST", "3 p.m.", "0930 GMT", "9 o'clock", "noon", "4 in the morning".
std::size_t Reader::clock(std::size_t i, Expression& e) const {
  e.shape = Shape::clock;
  const auto with_zone = [&](std::size_t j) { return a_.is(j, WordClass::zone) && a_[j].upper ? j + 1 : j; };
  if (a_.is(i, WordClass::clock)) {
    const int minutes = a_.value(i, WordClass::clock);
    e.hour = static_cast<std::int16_t>(minutes / 60);
    e.minute = static_cast<std::int16_t>(minutes % 60);
    return with_zone(i + 1);
  }
  const Atom& h = a_[i];
  if (h.kind != Atom::Kind::number || h.decimal || h.grouped || h.ordinal || h.number < 0) {
    // "nine o'clock"
    std::int32_t value = 0;
    const std::size_t end = integer(i, value);
    if (!end || value < 1 || value > 12 || !a_.is(end, "o") || !a_.is(end + 1, "'") ||
        !a_.is(end + 2, "clock"))
      return 0;
    e.hour = static_cast<std::int16_t>(value);
    e.minute = 0;
    return end + 3;
  }
  // "0930 GMT", and "at 2030": no year stands behind "at"
  const bool zoned = with_zone(i + 1) != i + 1;
  if (h.digits == 4 && (zoned || (i > 0 && a_.is(i - 1, "at"))) && h.number / 100 < 24 &&
      h.number % 100 < 60) {
    e.hour = static_cast<std::int16_t>(h.number / 100);
    e.minute = static_cast<std::int16_t>(h.number % 100);
    return zoned ? i + 2 : i + 1;
  }
  if (h.number > 24 || h.digits > 2) return 0;
  e.hour = static_cast<std::int16_t>(h.number);
  std::size_t j = i + 1;
  const bool colon =
      (a_.is(j, ":") || (a_.is(j, ".") && a_.is(j + 2, WordClass::meridiem))) && glued(j) && glued(j + 1);
  if (colon && a_[j + 1].digits == 2 && a_[j + 1].number < 60) {
    e.minute = static_cast<std::int16_t>(a_[j + 1].number);
    j += 2;
    if (a_.is(j, ":") && glued(j) && glued(j + 1) && a_[j + 1].digits == 2 && a_[j + 1].number < 60) {
      e.second = static_cast<std::int16_t>(a_[j + 1].number);
      j += 2;
    }
  }
  if (a_.is(j, WordClass::meridiem) && e.hour >= 1 && e.hour <= 12) {
    const int noon = a_.value(j, WordClass::meridiem);
    e.hour = static_cast<std::int16_t>(e.hour % 12 + noon);
    if (e.minute < 0) e.minute = 0;
    return with_zone(j + 1);
  }
  if (a_.is(j, "o") && a_.is(j + 1, "'") && a_.is(j + 2, "clock")) {
    if (e.minute < 0) e.minute = 0;
    return j + 3;
  }
  if (a_.is(j, "in") && a_.is(j + 1, "the") && any(j + 2, {"morning", "afternoon", "evening"}) &&
      e.hour <= 12 && i > 0 &&
      any(i - 1, {"at", "around", "about", "by", "until", "since", "before", "after", "from"})) {
    if (!a_.is(j + 2, "morning") && e.hour < 12) e.hour = static_cast<std::int16_t>(e.hour + 12);
    if (e.minute < 0) e.minute = 0;
    return j + 3;
  }
  if (e.minute < 0 || e.hour > 23) return 0;
  const std::size_t zone = with_zone(j);
  if (zone != j) return zone;
  const bool at =
      i > 0 && any(i - 1, {"at", "by", "around", "about", "before", "after", "until", "since", "from", "to"});
  return at && !(a_[j].kind == Atom::Kind::mark && any(j, {":", "%"})) ? j : 0;
}

/// A time and the day it belongs to: "10 p.m. Wednesday", "5 p.m. EST, Nov. 2", "noon on Thursday".
std::size_t Reader::clock_with_day(std::size_t i, Expression& e) const {
  const std::size_t end = clock(i, e);
  if (!end) return 0;
  std::size_t j = end;
  if (a_.is(j, ",")) ++j;
  Expression day;
  std::size_t behind = weekday_date(j, day);
  const auto try_rule = [&](auto rule) {
    Expression other;
    const std::size_t k = (this->*rule)(j, other);
    if (k > behind) {
      behind = k;
      day = other;
    }
  };
  try_rule(&Reader::month_day);
  try_rule(&Reader::day_month);
  try_rule(&Reader::numeric_date);
  try_rule(&Reader::named_day);
  const bool has_day = behind && (day.weekday != 0 || day.day != 0 || day.shape == Shape::shifted);
  if (!has_day) return end;
  day.hour = e.hour;
  day.minute = e.minute;
  day.second = e.second;
  e = day;
  return behind;
}

/// "the night of April 18, 1775", "the morning of Sunday", "that morning" is `related`.
std::size_t Reader::part_of_day(std::size_t i, Expression& e) const {
  std::size_t j = a_.is(i, "the") ? i + 1 : i;
  Mod mod = Mod::none;
  if (a_.is(j, WordClass::modifier)) {
    mod = static_cast<Mod>(a_.value(j, WordClass::modifier));
    j = hyphen(j + 1);
    if (any(j, {"hours"})) ++j;
  }
  if (any(j, {"hours"}) && a_.is(j + 1, "of")) return 0;
  if (!a_.is(j, WordClass::part)) return 0;
  const auto part = static_cast<Part>(a_.value(j, WordClass::part));
  ++j;
  const bool link = any(j, {"of", "on"});
  const std::size_t k = link ? j + 1 : (a_.is(j, ",") ? j + 1 : j);
  const std::size_t the = a_.is(k, "the") ? k + 1 : k;
  Expression day;
  std::size_t end = calendar(k, day);
  if (!end && the != k) end = calendar(the, day);
  if (!end) end = named_day(k, day);
  if (!end || !(day.day != 0 || day.weekday != 0 || day.shape == Shape::shifted)) return 0;
  if (!link && k == j && day.shape != Shape::shifted && day.weekday == 0) return 0;
  e = day;
  e.part = part;
  e.mod = mod;
  return end;
}

/// A date with a part of day behind it: "Friday night", "yesterday morning", "early Tuesday".
std::size_t Reader::with_part(std::size_t i, Expression& e) const {
  Expression other;
  std::size_t end = calendar(i, e);
  if (const std::size_t k = named_day(i, other); k > end) {
    end = k;
    e = other;
  }
  other = {};
  if (const std::size_t k = related(i, other); k > end) {
    end = k;
    e = other;
  }
  if (!end) return 0;
  const bool day = e.day != 0 || e.weekday != 0 || (e.shape == Shape::shifted && e.unit == Unit::day) ||
                   (e.shape == Shape::unit && e.unit == Unit::day) || e.shape == Shape::feast;
  if (day && e.part == Part::none) {
    std::size_t j = end;
    if (a_.is(j, ",") && e.weekday == 0) ++j;
    if (a_.is(j, WordClass::modifier) && a_.is(j + 1, WordClass::part)) {
      e.mod = static_cast<Mod>(a_.value(j, WordClass::modifier));
      ++j;
    }
    if (a_.is(j, WordClass::part) && !a_.is(j, "daylight") && (j == end || e.mod != Mod::none)) {
      e.part = static_cast<Part>(a_.value(j, WordClass::part));
      return j + 1;
    }
  }
  return end;
}

/// Any expression that names one stretch of the calendar or of a day.
std::size_t Reader::point(std::size_t i, Expression& e) const {
  constexpr Rule kRules[] = {&Reader::with_part, &Reader::clock_with_day, &Reader::part_of_day,
                             &Reader::year_end};
  return longest_of(kRules, i, e);
}

/// "the end of 1942", "the beginning of October", "the latter part of the year", "the week of March 8".
std::size_t Reader::edge(std::size_t i, Expression& e) const {
  std::size_t j = a_.is(i, "the") ? i + 1 : i;
  const bool the = j != i;
  Mod mod = Mod::none;
  bool week = false;
  if (any(j, {"very"})) ++j;
  if (any(j, {"latter", "last", "later"}) && any(j + 1, {"part", "days", "half", "months"}) &&
      a_.is(j + 2, "of")) {
    mod = Mod::end;
    if (!a_.is(j + 1, "part")) return 0;
    j += 2;
  } else if (any(j, {"early", "first"}) && any(j + 1, {"part"}) && a_.is(j + 2, "of")) {
    mod = Mod::start;
    j += 2;
  } else if (a_.is(j, WordClass::edge)) {
    mod = static_cast<Mod>(a_.value(j, WordClass::edge));
    ++j;
  } else if (the && any(j, {"week", "weekend"})) {
    week = true;
    ++j;
  } else {
    return 0;
  }
  if (!a_.is(j, "of")) return 0;
  ++j;
  Expression inner;
  std::size_t end = point(j, inner);
  Expression other;
  if (const std::size_t k = unit_of(j, other); k > end && !week) {
    end = k;
    inner = other;
  }
  if (!end || inner.hour >= 0) return 0;
  if (week && inner.day == 0) return 0;
  if (!the && !after_preposition(i)) return 0;
  e = inner;
  e.week_of = week;
  if (mod != Mod::none) e.mod = mod;
  return end;
}

/// "early October", "mid-1942", "late last week", "earlier this month", "early in 1941", "later that day".
std::size_t Reader::modified(std::size_t i, Expression& e) const {
  if (!a_.is(i, WordClass::modifier)) return 0;
  const auto mod = static_cast<Mod>(a_.value(i, WordClass::modifier));
  const bool comparative = any(i, {"earlier", "later"});
  std::size_t j = hyphen(i + 1);
  const bool in = a_.is(j, "in") && !comparative;
  const bool in_unit =
      any(j, {"in", "on"}) && a_.is(j + 1, "the") && any(j + 2, {"year", "month", "week", "day"});
  Expression inner;
  std::size_t end = 0;
  if (in_unit) {
    end = unit_of(j + 1, inner);
  } else {
    if (in) ++j;
    end = point(j, inner);
    if (!end && a_.is(j, "the")) end = point(j + 1, inner);
  }
  if (!end || (inner.hour >= 0 && inner.shape == Shape::clock)) return 0;
  if (comparative && inner.shape == Shape::calendar && inner.weekday == 0 &&
      inner.relation == Relation::none && !(in || inner.year != 0 || inner.month != 0))
    return 0;
  e = inner;
  e.mod = mod;
  return end;
}

}  // namespace annalist::timex
