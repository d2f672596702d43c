// Dates that name a place in the calendar: years, months, days, seasons, quarters, feasts.
#include "time/calendar.h"
#include "time/reader.h"

namespace annalist::timex {
namespace {

bool plain_number(const Atom& a, int low, int high) {
  return a.kind == Atom::Kind::number && !a.decimal && !a.grouped && a.number >= low && a.number <= high;
}

/// Two-digit years are taken to lie between 1930 and 2029.
int full_year(int two_digits) { return two_digits + (two_digits < 30 ? 2000 : 1900); }

}  // namespace

std::size_t Reader::year_in_words(std::size_t i, int& year) const {
  // "nineteen ninety-seven", "twenty fourteen"
  if (a_.is(i, WordClass::number)) {
    const int head = a_.value(i, WordClass::number);
    if (head >= 16 && head <= 20) {
      std::int32_t tail = 0;
      const std::size_t end = integer(hyphen(i + 1), tail);
      if (end && tail >= 10 && tail <= 99) {
        year = head * 100 + tail;
        return end;
      }
    }
    // "two thousand [and five]"
    if (head == 2 && a_.is(i + 1, "thousand")) {
      std::int32_t tail = 0;
      const std::size_t from = a_.is(i + 2, "and") ? i + 3 : i + 2;
      const std::size_t end = integer(from, tail);
      year = 2000 + (end && tail < 100 ? tail : 0);
      return end && tail < 100 ? end : i + 2;
    }
  }
  return 0;
}

std::size_t Reader::year(std::size_t i, int& year, bool& bc) const {
  const Atom& n = a_[i];
  bc = false;
  if (plain_number(n, 1, 9999) && !n.ordinal) {
    const bool era = a_.is(i + 1, WordClass::era) && a_[i + 1].upper;
    if (era) {
      year = n.number;
      bc = a_.value(i + 1, WordClass::era) == 1;
      return i + 2;
    }
    // "264 to 241 BC": the era stands behind the second year only.
    if (any(i + 1, {"-", "to", "and"}) && plain_number(a_[i + 2], 1, 9999) && a_[i + 2].number < n.number &&
        a_.is(i + 3, WordClass::era) && a_[i + 3].upper && a_.value(i + 3, WordClass::era) == 1) {
      year = n.number;
      bc = true;
      return i + 1;
    }
    if (n.digits == 4 && n.number >= 1000 && n.number <= 2100 && !(a_.is(i + 1, "s") && glued(i + 1))) {
      year = n.number;
      return i + 1;
    }
  }
  return 0;
}

std::size_t Reader::month_name(std::size_t i, Expression& e) const {
  if (!a_.is(i, WordClass::month) || !a_[i].capital) return 0;
  e.month = static_cast<std::uint8_t>(a_.value(i, WordClass::month));
  return i + 1;
}

/// Past the full stop of an abbreviated month, if a number follows it.
std::size_t Reader::behind_month(std::size_t i) const {
  const bool stop = a_.is(i, ".") && glued(i) && a_.lower(i - 1).size() <= 4;
  return stop && a_[i + 1].kind == Atom::Kind::number ? i + 1 : i;
}

/// An optional year behind a day or month: ", 2014", "2014", "'44", "of that year", "last year". Never 0.
std::size_t Reader::year_behind(std::size_t i, Expression& e) const {
  std::size_t j = a_.is(i, ",") ? i + 1 : i;
  int y = 0;
  bool bc = false;
  if (const std::size_t end = year(j, y, bc); end && !a_.is(end, "%")) {
    e.year = y;
    e.bc = bc;
    return end;
  }
  if (a_.is(j, "'") && a_[j + 1].digits == 2 && glued(j + 1) && plain_number(a_[j + 1], 0, 99)) {
    e.year = full_year(a_[j + 1].number);
    return j + 2;
  }
  if (const std::size_t end = year_in_words(j, y)) {
    e.year = y;
    return end;
  }
  j = a_.is(i, "of") ? i + 1 : i;
  if (j != i) {
    if (const std::size_t end = year(j, y, bc)) {
      e.year = y;
      e.bc = bc;
      return end;
    }
  }
  const std::size_t the = j != i && a_.is(j, "the") ? j + 1 : j;
  if (a_.is(the, WordClass::relation) && a_.is(the + 1, "year")) {
    e.relation = static_cast<Relation>(a_.value(the, WordClass::relation));
    e.unit = Unit::year;
    return the + 2;
  }
  return i;
}

/// "30 February": the month is all that can be believed.
void drop_impossible_day(Expression& e) {
  constexpr int kLeapYear = 2000;
  if (e.month && e.day > days_in_month(e.year ? e.year : kLeapYear, e.month)) e.day = 0;
}

std::size_t Reader::month_day(std::size_t i, Expression& e) const {
  std::size_t j = month_name(i, e);
  if (!j) return 0;
  j = behind_month(j);
  const Atom& n = a_[j];
  const bool small = plain_number(n, 1, 31) && n.digits <= 2 && !a_.is(j + 1, "%") &&
                     !(a_.is(j + 1, ":") && glued(j + 1) && glued(j + 2)) &&
                     !a_.is(j + 1, WordClass::meridiem);
  if (small) {
    e.day = static_cast<std::uint8_t>(n.number);
  } else if (a_.is(j, WordClass::ordinal) && !a_.is(j, "second")) {
    e.day = static_cast<std::uint8_t>(a_.value(j, WordClass::ordinal));
  }
  if (e.day) {
    const std::size_t end = year_behind(j + 1, e);
    drop_impossible_day(e);
    return end;
  }
  const std::size_t end = year_behind(j, e);
  if (end != j) return end;
  // A bare month. "May" and "March" are other words too, and short forms ("Jan", "Dec") may be names.
  const bool is_short = (a_.lower(i).size() < 4 || a_.is(i, "sept")) && !a_.is(i, "may");
  if (is_short) {
    const bool led = i > 0 && any(i - 1, {"in", "since", "until", "by", "during", "last", "next"});
    if (!led || (a_[i + 1].kind == Atom::Kind::word && !preposition(i + 1))) return 0;
  }
  if (a_.is(i, "may") || a_.is(i, "march") || a_.is(i, "mar")) {
    const bool related = i > 0 && (a_.is(i - 1, WordClass::relation) || a_.is(i - 1, WordClass::modifier) ||
                                   any(i - 1, {"-", "and", "or", "each", "every"}));
    if (!after_preposition(i) && !related) return 0;
  }
  return i + 1;
}

std::size_t Reader::day_month(std::size_t i, Expression& e) const {
  std::size_t j = a_.is(i, "the") ? i + 1 : i;
  const bool the = j != i;
  int day = 0;
  if (plain_number(a_[j], 1, 31) && a_[j].digits <= 2 && (!the || a_[j].ordinal || a_[j + 1].capital)) {
    day = a_[j].number;
    ++j;
  } else if (a_.is(j, WordClass::ordinal)) {
    day = a_.value(j, WordClass::ordinal);
    ++j;
  } else {
    return 0;
  }
  if (a_.is(j, "day") && a_.is(j + 1, "of")) ++j;
  if (a_.is(j, "of") || a_.is(j, "-") || a_.is(j, "/")) ++j;
  const std::size_t end = month_name(j, e);
  if (!end) return 0;
  e.day = static_cast<std::uint8_t>(day);
  std::size_t k = a_.is(end, ".") && glued(end) && a_[end + 1].kind == Atom::Kind::number ? end + 1 : end;
  if ((a_.is(k, "-") || a_.is(k, "/")) && glued(k) && glued(k + 1)) ++k;
  // "3 JAN 90", "19-Nov-12": two digits are a year only in such terse forms.
  const bool dashes = a_.is(j - 1, "-") && k != end && glued(j) && glued(k);
  const bool terse = a_[j].upper || dashes;
  if (terse && a_[k].digits == 2 && plain_number(a_[k], 0, 99) && !a_[k].ordinal) {
    e.year = full_year(a_[k].number);
    drop_impossible_day(e);
    return k + 1;
  }
  const std::size_t behind = year_behind(k, e);
  drop_impossible_day(e);
  return behind != k ? behind : end;
}

std::size_t Reader::numeric_date(std::size_t i, Expression& e) const {
  const Atom &x = a_[i], &y = a_[i + 2], &z = a_[i + 4];
  const bool marks =
      (a_.is(i + 1, "-") || a_.is(i + 1, "/") || a_.is(i + 1, ".")) && a_.lower(i + 1) == a_.lower(i + 3);
  const bool tight = glued(i + 1) && glued(i + 2) && glued(i + 3) && glued(i + 4);
  if (!marks || !tight || !plain_number(y, 1, 31) || y.digits > 2) return 0;
  if (i > 0 && glued(i) && any(i - 1, {"-", "/", "."})) return 0;
  int yy = 0, mm = 0, dd = 0;
  if (x.digits == 4 && plain_number(x, 1000, 2100) && plain_number(z, 1, 31)) {
    yy = x.number, mm = y.number, dd = z.number;
  } else if (plain_number(x, 1, 31) && (z.digits == 4 || z.digits == 2) && plain_number(z, 0, 2100)) {
    yy = z.digits == 2 ? full_year(z.number) : z.number;
    // Slashes are American unless the first number cannot be a month; dots are European.
    const bool day_first = a_.is(i + 1, ".") || x.number > 12;
    mm = day_first ? y.number : x.number, dd = day_first ? x.number : y.number;
    if (mm > 12) std::swap(mm, dd);
  } else {
    return 0;
  }
  if (mm < 1 || mm > 12 || dd < 1 || yy < 1000) return 0;
  if (dd > days_in_month(yy, mm)) return 0;  // 31/02 is no day, and nobody knows which was meant
  e.year = yy, e.month = static_cast<std::uint8_t>(mm), e.day = static_cast<std::uint8_t>(dd);
  return i + 5;
}

std::size_t Reader::weekday_date(std::size_t i, Expression& e) const {
  if (!a_.is(i, WordClass::weekday) || !a_[i].capital) return 0;
  const bool full = a_.lower(i).size() > 5;
  e.weekday = static_cast<std::uint8_t>(a_.value(i, WordClass::weekday));
  std::size_t j = i + 1;
  if (!full && a_.is(j, ".") && glued(j)) ++j;
  const std::size_t after_stop = j;
  if (a_.is(j, ",")) ++j;
  if (a_.is(j, "the")) ++j;
  Expression date;
  std::size_t end = month_day(j, date);
  if (!end || date.day == 0) {
    date = {};
    end = day_month(j, date);
  }
  if (!end) {
    date = {};
    end = numeric_date(j, date);
  }
  if (end && date.day != 0) {
    date.weekday = e.weekday;
    e = date;
    return end;
  }
  // "Sun", "Sat" and "Mon" alone are no weekdays in running text.
  return full ? i + 1 : (after_stop != i + 1 && a_.is(after_stop, WordClass::part) ? after_stop : 0);
}

std::size_t Reader::bare_year(std::size_t i, Expression& e) const {
  std::size_t j = i;
  bool marked = false;
  if (a_.is(j, "the") && any(j + 1, {"year", "years", "fiscal"})) ++j;
  if (a_.is(j, "fiscal")) ++j, marked = true;
  if (any(j, {"year", "years"})) ++j, marked = true;
  int y = 0;
  bool bc = false;
  if (marked) {
    if (const std::size_t end = year_in_words(j, y)) {
      e.year = y;
      return end;
    }
  }
  if (marked && a_.is(j, "'")) ++j;
  const std::size_t end = year(j, y, bc);
  if (!end) {
    if (a_.is(j, "'") && glued(j + 1) && a_[j].space_before && a_[j + 1].digits == 2 && !a_[j + 1].ordinal &&
        plain_number(a_[j + 1], 0, 99) && !(a_.is(j + 2, "s") && glued(j + 2)) && after_preposition(j)) {
      e.year = full_year(a_[j + 1].number);
      return j + 2;
    }
    if (marked || !after_preposition(i)) return 0;
    const std::size_t words = year_in_words(j, y);
    if (!words || y == 2000) return 0;
    e.year = y;
    return words;
  }
  e.year = y;
  e.bc = bc;
  if (marked || bc || end > j + 1) return end;
  if (i > 0 && a_.is(i - 1, "at") && y / 100 < 24 && y % 100 < 60) return 0;  // a time of day
  // A lone four-digit number: a year unless the words around it count, measure or number something.
  if (i > 0 && !a_[i].space_before && any(i - 1, {"-", "/", ".", ":", ",", "+", "$", "#", "\""})) {
    // "1914-1918", "mid-1989", "post-1959"; but not "MI-1630", "3.1998"
    const bool dash = i > 1 && a_.is(i - 1, "-");
    const bool range = dash && a_[i - 2].digits == 4;
    const bool prefix = dash && (a_.is(i - 2, WordClass::modifier) || any(i - 2, {"pre", "post"}));
    if (!range && !prefix) return 0;
  }
  if (i > 0 &&
      any(i - 1, {"no", "number", "flight", "about", "some", "nearly", "almost", "only", "over", "than",
                  "least", "$", "#", "approximately", "total", "route", "room", "area", "boeing"}))
    return 0;
  if (any(end,
          {"%",          "percent",    "people", "men",     "troops",     "soldiers", "dead",   "miles",
           "kilometers", "kilometres", "km",     "m",       "meters",     "metres",   "feet",   "tons",
           "tonnes",     "points",     "yards",  "gmt",     "hours",      "dollars",  "rebels", "fighters",
           "civilians",  "prisoners",  "killed", "wounded", "casualties", "members",  "houses", "refugees",
           "families",   "workers",    "jobs",   "shares",  "years",      "days",     "others", "more",
           "tanks",      "aircraft",   "guns",   "rounds",  "ships",      "local",    "est",    "edt"}))
    return 0;
  if (a_.is(end, ":") && glued(end) && a_[end + 1].kind == Atom::Kind::number) return 0;
  if (any(end, {"-", "/"}) && a_.lower(end) == a_.lower(end + 2) && glued(end) && glued(end + 2))
    return 0;                                                          // 2014-13-45
  const bool attributive = y >= 1500 && i > 0 && a_.is(i - 1, "the");  // "the 1777 campaign"
  if (y < 1800 && !attributive && !after_preposition(i) &&
      !any(i > 0 ? i - 1 : i, {"(", "-", "and", "early", "late"}))
    return 0;
  return end;
}

std::size_t Reader::decade(std::size_t i, Expression& e) const {
  std::size_t j = a_.is(i, "the") ? i + 1 : i;
  // "the early 1980s", "the mid-1990s", "the late nineties"
  if (j != i && a_.is(j, WordClass::modifier)) {
    e.mod = static_cast<Mod>(a_.value(j, WordClass::modifier));
    j = hyphen(j + 1);
  }
  const bool apostrophe = a_.is(j, "'");
  const std::size_t n = apostrophe ? j + 1 : j;
  if (a_[n].kind == Atom::Kind::number && a_[n].number % 10 == 0 && !a_[n].ordinal) {
    std::size_t s = n + 1;
    if (a_.is(s, "'") && glued(s)) ++s;
    if (!a_.is(s, "s") || !glued(s)) return 0;
    if (a_[n].digits == 4 && a_[n].number >= 1000 && a_[n].number <= 2100) {
      e.decade = static_cast<std::int16_t>(a_[n].number);
      return s + 1;
    }
    const bool list = i > 1 && any(i - 1, {"and", "or", "to"}) && a_.is(i - 2, "s");
    if (a_[n].digits == 2 && (apostrophe || j != i || list)) {
      e.decade = static_cast<std::int16_t>(a_[n].number);
      return s + 1;
    }
    return 0;
  }
  if (a_.is(n, WordClass::decade) && j != i && !any(n + 1, {"of"})) {
    e.decade = static_cast<std::int16_t>(a_.value(n, WordClass::decade));
    return n + 1;
  }
  return 0;
}

std::size_t Reader::century(std::size_t i, Expression& e) const {
  std::size_t j = a_.is(i, "the") ? i + 1 : i;
  if (j != i && a_.is(j, WordClass::modifier)) {
    e.mod = static_cast<Mod>(a_.value(j, WordClass::modifier));
    j = hyphen(j + 1);
  }
  int n = 0;
  if (a_[j].ordinal && a_[j].number >= 1 && a_[j].number <= 22) {
    n = a_[j].number;
    ++j;
  } else if (a_.is(j, WordClass::ordinal)) {
    n = a_.value(j, WordClass::ordinal);
    ++j;
  } else if (a_.is(j, "twenty") && a_.is(hyphen(j + 1), "first")) {
    n = 21;
    j = hyphen(j + 1) + 1;
  } else {
    return 0;
  }
  j = hyphen(j);
  if (!a_.is(j, "century")) return 0;
  e.century = static_cast<std::uint8_t>(n);
  ++j;
  if (a_.is(j, WordClass::era) && a_[j].upper) {
    e.bc = a_.value(j, WordClass::era) == 1;
    ++j;
  }
  return j;
}

std::size_t Reader::quarter(std::size_t i, Expression& e) const {
  std::size_t j = a_.is(i, "the") || a_.is(i, "a") || a_.is(i, "its") ? i + 1 : i;
  int y = 0;
  bool bc = false;
  // "the 1990 second quarter", "this year's third quarter", "the fiscal first quarter", "the year-ago
  // quarter"
  if (const std::size_t end = year(j, y, bc)) {
    e.year = y;
    j = end;
  } else if (a_.is(j, WordClass::relation) && a_.is(j + 1, "year") && a_.is(j + 2, "'") &&
             a_.is(j + 3, "s")) {
    e.relation = static_cast<Relation>(a_.value(j, WordClass::relation));
    e.unit = Unit::year;
    j += 4;
  } else if (any(j, {"year"}) && a_.is(j + 1, "-") && any(j + 2, {"ago", "earlier"})) {
    e.relation = Relation::last;
    e.unit = Unit::year;
    e.anaphoric = true;
    j += 3;
  }
  if (any(j, {"fiscal"})) j = hyphen(j + 1);
  int n = 0;
  if (a_.is(j, WordClass::ordinal)) {
    n = a_.value(j, WordClass::ordinal);
  } else if (a_[j].ordinal) {
    n = a_[j].number;
  } else if (a_.is(j, "last") || a_.is(j, "final")) {
    n = a_.is(hyphen(j + 1), "half") ? 2 : 4;
  }
  if (n < 1 || n > 4) return 0;
  std::size_t k = hyphen(j + 1);
  // In "a third-quarter loss" the article belongs to the loss.
  if (k != j + 1 && (a_.is(i, "a") || a_.is(i, "the") || a_.is(i, "its"))) return 0;
  const bool half = a_.is(k, "half");
  if (!half && !a_.is(k, "quarter")) return 0;
  (half ? e.half : e.quarter) = static_cast<std::uint8_t>(n);
  if (half && n > 2) return 0;
  ++k;
  const bool had_year = e.year != 0 || e.unit == Unit::year;
  if (!had_year) {
    std::size_t of = a_.is(k, "of") ? k + 1 : k;
    if (of != k && any(of, {"fiscal"})) ++of;
    if (const std::size_t end = year(of, y, bc)) {
      e.year = y;
      return end;
    }
    const std::size_t behind = year_behind(k, e);
    if (behind != k) return behind;
    if (a_.is(k, "of") && a_.is(k + 1, "the") && any(k + 2, {"year"})) {
      e.relation = Relation::this_;
      e.unit = Unit::year;
      return k + 3;
    }
    // The half of a match, and "the last quarter of the city", are no dates.
    if (half || a_.is(k, "of") || a_.is(j, "last")) return 0;
  }
  return k;
}

std::size_t Reader::season(std::size_t i, Expression& e) const {
  std::size_t j = a_.is(i, "the") ? i + 1 : i;
  const bool the = j != i;
  if (the && a_.is(j, WordClass::modifier)) {
    e.mod = static_cast<Mod>(a_.value(j, WordClass::modifier));
    j = hyphen(j + 1);
  }
  if (!a_.is(j, WordClass::season)) return 0;
  e.season = static_cast<Season>(a_.value(j, WordClass::season));
  const std::size_t k = j + 1;
  const std::size_t end = year_behind(k, e);
  if (end != k) {
    // "winter 1941-42": the name of the season is that of its first year.
    return end;
  }
  // Without a year: "the fall of the city", "a spring", "Camp Summer" are something else.
  if (a_.is(k, "of") || (a_[j].capital && !the) || a_.is(k, "'")) return 0;
  const bool fixed =
      the || after_preposition(i) || (i > 0 && (a_.is(i - 1, WordClass::modifier) || a_.is(i - 1, "-")));
  if (!fixed) return 0;
  if (a_.is(j, "fall") &&
      !(i > 0 && any(i - 1, {"in", "by", "since", "until", "this", "last", "next", "early", "late"})))
    return 0;
  if (!the && a_[k].kind == Atom::Kind::word && !preposition(k) && a_[k].space_before && !a_.is(k, "and"))
    return 0;
  return k;
}

std::size_t Reader::feast(std::size_t i, Expression& e) const {
  const Phrase* found = phrase(i, Phrase::Kind::feast);
  if (!found || !a_[i].capital) return 0;
  e.shape = Shape::feast;
  e.index = found->index;
  std::size_t end = i + found->words.size();
  const Feast& feast = lexicon_.feast(found->index);
  if (feast.calendar == Feast::Calendar::hijri) {
    // "Muharram 1436 AH". Of the months but two, each is a family name too: "in the month of Rajab".
    const bool month = feast.days >= 29;
    if (plain_number(a_[end], 1200, 1600) && a_[end].digits == 4) {
      e.hijri_year = static_cast<std::int16_t>(a_[end].number);
      ++end;
      if (any(end, {"ah", "hijri", "h"})) ++end;
      return end;
    }
    const bool told = i > 1 && a_.is(i - 1, "of") && any(i - 2, {"month", "day"});
    if (month && !told && !e.hijri_day && !any(i, {"ramadan", "ramadhan", "muharram"})) return 0;
  }
  if (a_.is(end, "day") && a_[end].capital) ++end;
  if (a_.is(end, WordClass::part)) {
    e.part = static_cast<Part>(a_.value(end, WordClass::part));
    ++end;
  } else if (a_.is(end, "week")) {
    e.week_of = true;
    ++end;
  }
  return year_behind(end, e);
}

/// "15 Sha'ban 1435", "the 10th of Muharram".
std::size_t Reader::hijri_date(std::size_t i, Expression& e) const {
  std::size_t j = a_.is(i, "the") ? i + 1 : i;
  const Atom& day = a_[j];
  if (!plain_number(day, 1, 30) && !(day.ordinal && day.number >= 1 && day.number <= 30)) return 0;
  ++j;
  if (a_.is(j, "of")) ++j;
  const Phrase* found = phrase(j, Phrase::Kind::feast);
  if (!found) return 0;
  const Feast& feast = lexicon_.feast(found->index);
  if (feast.calendar != Feast::Calendar::hijri || feast.days < 29) return 0;
  e.hijri_day = static_cast<std::uint8_t>(day.number);
  return this->feast(j, e);
}

/// "the 17th" with no month: a day of the month last spoken of.
std::size_t Reader::ordinal_day(std::size_t i, Expression& e) const {
  if (!a_.is(i, "the") || !a_[i + 1].ordinal || a_[i + 1].number < 1 || a_[i + 1].number > 31) return 0;
  if (!after_preposition(i)) return 0;
  const Atom& next = a_[i + 2];
  if (next.kind == Atom::Kind::word && !preposition(i + 2) &&
      !any(i + 2, {"and", "when", "but", "as", "a", "he", "they"}))
    return 0;
  if (any(i + 2, {"-", "'"})) return 0;
  e.day = static_cast<std::uint8_t>(a_[i + 1].number);
  return i + 2;
}

std::size_t Reader::calendar(std::size_t i, Expression& e) const {
  constexpr Rule kRules[] = {&Reader::numeric_date, &Reader::weekday_date, &Reader::month_day,
                             &Reader::day_month,    &Reader::quarter,      &Reader::decade,
                             &Reader::century,      &Reader::season,       &Reader::feast,
                             &Reader::hijri_date,   &Reader::bare_year,    &Reader::ordinal_day};
  return longest_of(kRules, i, e);
}

}  // namespace annalist::timex
