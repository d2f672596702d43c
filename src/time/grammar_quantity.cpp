// Counts of time units: durations, spans up to or from a date, distances ("ago"), sets.
#include "time/reader.h"

namespace annalist::timex {

/// A whole number in digits or words: "25", "twenty-five", "two hundred", "one hundred and fifty".
std::size_t Reader::integer(std::size_t i, std::int32_t& value) const {
  const Atom& n = a_[i];
  if (n.kind == Atom::Kind::number) {
    if (n.ordinal || n.number < 0 || n.decimal) return 0;
    value = n.number;
    if (a_.is(i + 1, WordClass::scale) && value < 1000) {
      value *= a_.value(i + 1, WordClass::scale);
      return i + 2;
    }
    return i + 1;
  }
  std::int32_t total = 0, part = 0;
  std::size_t j = i;
  bool any_word = false, ones = false;
  for (int words = 0; words < 8; ++words) {
    const std::size_t k = any_word ? hyphen(j) : j;
    if (a_.is(k, WordClass::number)) {
      const int v = a_.value(k, WordClass::number);
      if (ones || (part % 100 != 0 && v >= 10)) break;
      part += v;
      ones = v < 20;
      j = k + 1;
    } else if (a_.is(k, WordClass::scale) && any_word) {
      const int scale = a_.value(k, WordClass::scale);
      if (scale == 1000) {
        total = (part == 0 ? 1 : part) * 1000;
        part = 0;
      } else {
        part *= scale;
      }
      ones = false;
      j = k + 1;
    } else if (a_.is(k, "and") && any_word && (part >= 100 || total > 0) && part % 100 == 0 &&
               a_.is(k + 1, WordClass::number)) {
      j = k + 1;
      continue;
    } else {
      break;
    }
    any_word = true;
    if (part > 100000) break;
  }
  if (!any_word) return 0;
  value = total + part;
  return j;
}

/// "two", "2 1/2", "two and a half", "a", "a few", "a couple of", "two to three", "several", "dozens of".
bool Reader::count(std::size_t i, Count& c) const {
  const auto half_behind = [&](std::size_t j) {
    if (a_.is(j, "and") && a_.is(j + 1, "a") && a_.is(j + 2, "half")) return j + 3;
    if (a_.is(j, "and") && a_.is(j + 1, "half")) return j + 2;
    const std::size_t k = hyphen(j);
    if (a_[k].number == 1 && a_[k].digits == 1 && a_.is(k + 1, "/") && a_[k + 2].number == 2) return k + 3;
    return j;
  };
  if (a_[i].kind == Atom::Kind::number && a_[i].decimal) {
    c.tenths = a_[i].number;
    c.end = i + 1;
    return c.tenths >= 0;
  }
  std::int32_t value = 0;
  if (std::size_t end = integer(i, value)) {
    if (value > 9999999) return false;
    c.tenths = value * 10;
    c.end = half_behind(end);
    if (c.end != end) c.tenths += 5;
    // "two or three weeks": the lower bound stands for both.
    if (any(end, {"to", "or", "-"})) {
      std::int32_t upper = 0;
      const std::size_t k = integer(end + 1, upper);
      if (k && upper > value && upper < 10 * value + 10 &&
          (!a_.is(end, "-") || a_[i].kind == Atom::Kind::number)) {
        c.end = k;
        c.range = true;
      }
    }
    return true;
  }
  std::size_t j = i;
  c.article = any(i, {"a", "an"});
  if (c.article || a_.is(i, "the")) ++j;
  if (a_.is(j, WordClass::vague) && !a_.is(j, "recent")) {
    const auto vague = static_cast<Vague>(a_.value(j, WordClass::vague));
    if (j != i && vague != Vague::few && vague != Vague::couple) return false;
    if (a_.is(j, "some")) return false;
    c.end = j + 1;
    if (a_.is(c.end, "of")) ++c.end;
    if (any(c.end, {"dozen", "hundred", "thousand"})) ++c.end;
    if (vague == Vague::couple) {
      c.tenths = 20;
      c.range = true;
    } else {
      c.vague = vague;
    }
    c.article = false;
    return true;
  }
  if (c.article) {
    c.tenths = 10;
    c.end = j;
    if (a_.is(j, WordClass::scale)) {
      c.tenths = 10 * a_.value(j, WordClass::scale);
      c.article = false;
      c.end = j + 1;
    }
    return true;
  }
  if (a_.is(i, "another") || a_.is(i, "half")) {
    c.tenths = a_.is(i, "half") ? 5 : 10;
    c.end = i + 1;
    if (a_.is(i, "half")) {
      if (!any(c.end, {"a", "an", "-"})) return false;
      ++c.end;
    } else {
      std::int32_t n = 0;
      if (const std::size_t end = integer(c.end, n)) {
        c.tenths = n * 10;
        c.end = end;
      }
    }
    return true;
  }
  if (a_.is(i, WordClass::plural_scale) && a_.is(i + 1, "of")) {
    c.vague = Vague::many;
    c.end = i + 2;
    return true;
  }
  return false;
}

std::size_t Reader::unit(std::size_t i, Unit& unit, bool& plural) const {
  plural = a_.is(i, WordClass::units);
  if (plural)
    unit = static_cast<Unit>(a_.value(i, WordClass::units));
  else if (a_.is(i, WordClass::unit))
    unit = static_cast<Unit>(a_.value(i, WordClass::unit));
  else
    return 0;
  return i + 1;
}

/// A count and a unit, and what may follow: "three days", "two-week", "25-year-old", "a year ago",
/// "six days later", "a week now", "nine months of 1989".
std::size_t Reader::counted(std::size_t i, Expression& e) const {
  Count c;
  if (!count(i, c)) return 0;
  std::size_t j = hyphen(c.end);
  const bool dash = j != c.end;
  if (!dash && any(j, {"more", "full", "whole", "consecutive", "straight", "long", "additional", "successive",
                       "trading", "bloody", "good", "short", "further", "entire", "business", "working",
                       "solid", "brief"}))
    ++j;
  bool plural = false;
  Unit unit = Unit::none;
  std::size_t end = this->unit(j, unit, plural);
  if (!end) return 0;
  if (!plural && c.article) {
    // "a second attack", "a quarter of the city", "a minute detail"
    if (unit == Unit::second || (unit == Unit::quarter && !any(end, {"ago", "earlier", "later"}))) return 0;
  }
  if (unit == Unit::weekend || (unit == Unit::second && !plural && !dash)) return 0;
  if (unit == Unit::quarter && (a_.is(end, "of") || c.tenths > 10000)) return 0;  // "the 1988 quarter"
  e.shape = Shape::duration;
  e.unit = unit;
  e.amount = c.tenths;
  e.vague = c.vague;
  if (c.range) e.mod = Mod::approx;
  // "a year and a half"
  if (!dash && a_.is(end, "and") && a_.is(end + 1, "a") && a_.is(end + 2, "half") && c.tenths >= 0) {
    e.amount += 5;
    end += 3;
  }
  if (a_.is(end, "-") && any(end + 1, {"old", "olds"})) {
    e.shape = Shape::age;
    return end + 2;
  }
  if (a_.is(end, "-") && a_.is(end + 1, "long")) return end + 2;
  if (a_.is(end, "-") && c.article && a_.is(end + 1, WordClass::shift)) return 0;  // "a year-earlier loss"
  if ((a_.is(end, "old") && !dash) || (a_.is(end, "of") && a_.is(end + 1, "age"))) {
    e.shape = Shape::age;
    return a_.is(end, "old") ? end + 1 : end + 2;
  }
  if (a_.is(end, "or") && a_.is(end + 1, "so")) {
    e.mod = Mod::approx;
    end += 2;
  }
  const std::size_t k = a_.is(end, "-") && a_.is(end + 1, WordClass::shift) ? end + 1 : end;
  if (a_.is(k, WordClass::shift)) {
    auto shift = static_cast<Shift>(a_.value(k, WordClass::shift));
    // "two days before the vote" counts from an event, "two days before." from the last date.
    const bool before = any(k, {"before", "previously"});
    if (!before || a_[k + 1].kind != Atom::Kind::word) {
      e.shape = Shape::shifted;
      e.shift = shift;
      e.anaphoric = shift == Shift::earlier || shift == Shift::later;
      return k + 1;
    }
  }
  if (a_.is(end, "from") && any(end + 1, {"now", "today", "yesterday", "tomorrow"})) {
    e.shape = Shape::shifted;
    e.shift = Shift::hence;
    return end + 2;
  }
  e.ahead = i > 0 && any(i - 1, {"in", "within"});
  if (any(end, {"now"}) && i > 0 && a_.is(i - 1, "for")) {
    e.until_now = true;
    return end + 1;
  }
  // "three times a day", "$40 a month": how often, not how long.
  if (c.article && !dash && i > 0) {
    const Atom& before = a_[i - 1];
    const bool rate = before.kind == Atom::Kind::number ||
                      any(i - 1, {"times", "twice", "once", "dollars", "million", "billion", "percent", "%",
                                  "barrels", "hours", "tons", "tonnes", "people", "pounds", "euros"});
    if (rate && a_.lower(end - 1) == a_.lower(j)) {
      e.shape = Shape::set;
      e.amount = 10;
    }
  }
  return end;
}

/// "the past three days", "the next few weeks", "the first nine months", "recent months", "the weeks ahead".
std::size_t Reader::span(std::size_t i, Expression& e) const {
  std::size_t j = a_.is(i, "the") || any(i, {"these", "his", "their", "its", "her"}) ? i + 1 : i;
  const bool the = j != i;
  Unit unit = Unit::none;
  bool plural = false;
  e.shape = Shape::span;
  if (a_.is(j, "recent")) {
    e.relation = Relation::last;
    e.vague = Vague::some;
    const std::size_t end = this->unit(j + 1, unit, plural);
    e.unit = unit;
    return end && plural ? end : 0;
  }
  const bool related = a_.is(j, WordClass::relation) && !a_.is(j, "that") && !a_.is(j, "this");
  const bool counted_from_edge = any(j, {"first", "final", "early", "opening", "closing"});
  if (related || counted_from_edge) {
    const auto relation = related ? static_cast<Relation>(a_.value(j, WordClass::relation)) : Relation::none;
    if (counted_from_edge && !the) return 0;
    Count c;
    std::size_t k = j + 1;
    if (count(k, c) && !c.article) {
      k = hyphen(c.end);
      if (any(k, {"more", "full", "trading", "consecutive", "long"})) ++k;
    } else {
      c = {};
      c.vague = Vague::some;
    }
    const std::size_t end = this->unit(k, unit, plural);
    if (!end || unit == Unit::weekend) return 0;
    if (!plural && c.tenths < 0) {  // "the last week": a date, unless it says of what
      Expression whole;
      const bool part = the && a_.is(end, "of") && (counted_from_edge || relation == Relation::last);
      if (!part || !calendar(end + 1, whole) || (whole.year == 0 && whole.month == 0)) return 0;
      c.vague = Vague::none;
      c.tenths = 10;
    }
    if (c.vague == Vague::some && !the && relation != Relation::past && relation != Relation::next) return 0;
    e.unit = unit;
    e.amount = c.tenths;
    e.vague = c.vague;
    e.relation = relation;
    if (c.range) e.mod = Mod::approx;
    e.anaphoric =
        relation == Relation::following || relation == Relation::previous || relation == Relation::same;
    if (counted_from_edge || relation == Relation::latest) e.shape = Shape::duration;
    // "the first ten months of 1915", "the last week of August"
    if (the && a_.is(end, "of") && (counted_from_edge || relation == Relation::last)) {
      Expression whole;
      const std::size_t behind = calendar(end + 1, whole);
      if (behind && (whole.year != 0 || whole.month != 0) && !whole.bc) {
        e.year = whole.year;
        e.month = whole.month;
        e.day = whole.day;
        e.season = whole.season;
        e.quarter = whole.quarter;
        e.half = whole.half;
        if (counted_from_edge && a_.is(j, "first")) e.relation = Relation::next;
        e.shape = Shape::duration;
        return behind;
      }
    }
    if (a_.is(end, "or") && a_.is(end + 1, "so")) {
      e.mod = Mod::approx;
      return end + 2;
    }
    return end;
  }
  if (the && this->unit(j, unit, plural) && plural && any(j + 1, {"ahead"})) {
    e.relation = Relation::next;
    e.vague = Vague::some;
    e.unit = unit;
    return j + 2;
  }
  // "the nine months", "the two days"
  std::int32_t n = 0;
  if (a_.is(i, "the")) {
    if (const std::size_t end = integer(j, n)) {
      const std::size_t behind = this->unit(hyphen(end), unit, plural);
      if (behind && plural && n > 0 && n < 1000) {
        e.shape = Shape::duration;
        e.unit = unit;
        e.amount = n * 10;
        return behind;
      }
    }
  }
  return 0;
}

/// "year-long", "decades-long", "month-old".
std::size_t Reader::hyphenated(std::size_t i, Expression& e) const {
  Unit unit = Unit::none;
  bool plural = false;
  const bool the = a_.is(i, "the");
  const std::size_t end = this->unit(the ? i + 1 : i, unit, plural);
  if (!end) return 0;
  // "year-ago", "the year-earlier quarter": one year before the date spoken of
  if (!plural && a_.is(end, "-") && any(end + 1, {"ago", "earlier"})) {
    e.shape = Shape::shifted;
    e.unit = unit;
    e.amount = 10;
    e.shift = a_.is(end + 1, "ago") ? Shift::ago : Shift::earlier;
    e.anaphoric = e.shift == Shift::earlier;
    if (a_.is(end + 2, "quarter")) e.compared = Unit::quarter;
    if (any(end + 2, {"quarter", "period", "month"})) return end + 3;
    return the ? 0 : end + 2;
  }
  if (the) return 0;
  if (!a_.is(end, "-") || !any(end + 1, {"long", "old"})) return 0;
  if (a_.is(end + 1, "old") || (i > 0 && (a_.is(i - 1, "-") || a_[i - 1].kind == Atom::Kind::number)))
    return 0;
  e.shape = Shape::duration;
  e.unit = unit;
  if (plural)
    e.vague = Vague::some;
  else
    e.amount = 10;
  return end + 2;
}

/// "days of fighting", "hours after", "weeks later", "for years": a plural without a count.
std::size_t Reader::bare_units(std::size_t i, Expression& e) const {
  if (!a_.is(i, WordClass::units)) return 0;
  e.unit = static_cast<Unit>(a_.value(i, WordClass::units));
  if (e.unit == Unit::weekend || e.unit == Unit::second || e.unit == Unit::quarter ||
      e.unit == Unit::semester)
    return 0;
  e.shape = Shape::duration;
  e.vague = Vague::some;
  if (any(i + 1, {"ago", "earlier", "later"})) {
    e.shape = Shape::shifted;
    e.shift = static_cast<Shift>(a_.value(i + 1, WordClass::shift));
    e.anaphoric = e.shift != Shift::ago;
    return i + 2;
  }
  const bool before =
      i > 0 && any(i - 1, {"for", "after", "within", "in", "of", "over", "took", "take", "spent", "last",
                           "lasted", "until", "many", "several", "by", "and", "or", "for", "before"});
  const bool after = any(i + 1, {"after", "before", "of", "to"});
  return (before || after || i == 0) && !any(i + 1, {"'"}) ? i + 1 : 0;
}

/// "every day", "each of the past three years" is not; "per month", "daily", "Mondays", "Tuesday nights".
std::size_t Reader::set(std::size_t i, Expression& e) const {
  e.shape = Shape::set;
  if (a_.is(i, WordClass::every)) {
    std::size_t j = i + 1;
    std::int32_t n = 1;
    Unit unit = Unit::none;
    bool plural = false;
    if (a_.is(j, "other")) {
      n = 2;
      ++j;
    } else if (any(j, {"single"})) {
      ++j;
    } else if (a_.is(j, "few")) {
      e.vague = Vague::few;
      ++j;
    } else if (const std::size_t end = integer(j, n)) {
      j = end;
    }
    if (const std::size_t end = this->unit(j, unit, plural)) {
      if (unit == Unit::second && a_.is(i, "every") && !plural) return 0;
      e.unit = unit;
      e.amount = e.vague == Vague::few ? -1 : n * 10;
      return end;
    }
    if (n != 1) return 0;
    if (a_.is(j, WordClass::weekday)) {
      e.weekday = static_cast<std::uint8_t>(a_.value(j, WordClass::weekday));
      ++j;
      if (a_.is(j, WordClass::part)) e.part = static_cast<Part>(a_.value(j++, WordClass::part));
      return j;
    }
    if (a_.is(j, WordClass::month) && a_[j].capital) {
      e.month = static_cast<std::uint8_t>(a_.value(j, WordClass::month));
      return j + 1;
    }
    if (a_.is(j, WordClass::season)) {
      e.season = static_cast<Season>(a_.value(j, WordClass::season));
      return j + 1;
    }
    if (a_.is(j, WordClass::part)) {
      e.part = static_cast<Part>(a_.value(j, WordClass::part));
      return j + 1;
    }
    return 0;
  }
  if (a_.is(i, WordClass::set)) {
    // "The Daily Star", "annual report": names and adjectives of things, not sets.
    if (a_[i].capital || a_[i + 1].capital || any(i, {"annual"}) ||
        any(i + 1, {"newspaper", "paper", "life", "-"}))
      return 0;
    e.has_period = true;
    e.index = static_cast<std::uint32_t>(a_.value(i, WordClass::set));
    return i + 1;
  }
  if (a_.is(i, WordClass::weekdays) && a_[i].capital) {
    e.weekday = static_cast<std::uint8_t>(a_.value(i, WordClass::weekdays));
    return i + 1;
  }
  if (a_.is(i, WordClass::weekday) && any(i + 1, {"mornings", "afternoons", "evenings", "nights"})) {
    e.weekday = static_cast<std::uint8_t>(a_.value(i, WordClass::weekday));
    e.part = static_cast<Part>(a_.value(i + 1, WordClass::part));
    return i + 2;
  }
  return 0;
}

/// "about two years", "more than a week", "nearly four years ago", "around 7:15 p.m.".
std::size_t Reader::approximate(std::size_t i, Expression& e) const {
  std::size_t j = 0;
  Mod mod = Mod::none;
  if (const Phrase* found = phrase(i, Phrase::Kind::word)) {
    const Word& word = lexicon_.phrase_word(found->index);
    if (word.is(WordClass::approx)) {
      mod = static_cast<Mod>(word.value(WordClass::approx));
      j = i + found->words.size();
    }
  }
  if (!j && a_.is(i, WordClass::approx)) {
    mod = static_cast<Mod>(a_.value(i, WordClass::approx));
    j = i + 1;
  }
  if (!j || mod == Mod::none) return 0;
  // "over the next weeks", "over several years": during them, not longer than them
  if (any(i, {"over", "under"}) &&
      (a_.is(j, "the") || a_.is(j, WordClass::vague) || a_.is(j + 1, WordClass::vague)))
    return 0;
  Expression inner;
  std::size_t end = counted(j, inner);
  if (!end) {
    inner = {};
    end = span(j, inner);
  }
  Expression time;
  if (const std::size_t k = mod == Mod::approx ? clock_with_day(j, time) : 0; k > end && time.hour >= 0) {
    end = k;
    inner = time;
  }
  if (!end && any(i, {"around", "about", "circa"})) {
    // "around 1990", "around the end of the year": a date that is not exact
    Expression date;
    end = point(j, date);
    const bool fits = end && (date.year != 0 || date.month != 0 || date.mod != Mod::none);
    if (!fits || date.mod != Mod::none) return 0;
    inner = date;
  }
  if (!end) return 0;
  e = inner;
  if (e.mod == Mod::none || e.shape == Shape::duration || e.shape == Shape::span) e.mod = mod;
  return end;
}

}  // namespace annalist::timex
