#include "page/date_text.h"

#include <algorithm>
#include <cstdio>

#include "base/strings.h"
#include "base/utf8.h"

namespace annalist::page {

namespace {

bool word_byte(char c) { return is_alpha(c) || (c & 0x80) != 0; }

/// Reads up to `most` digits at `at`. Moves `at`; -1 when there is none.
int number(std::string_view s, std::size_t& at, std::size_t most, std::size_t* digits = nullptr) {
  std::size_t n = 0;
  int value = 0;
  while (at + n < s.size() && n < most && is_digit(s[at + n])) value = value * 10 + (s[at + n++] - '0');
  if (n == 0) return -1;
  if (at + n < s.size() && is_digit(s[at + n])) return -1;
  at += n;
  if (digits) *digits = n;
  return value;
}

void blanks(std::string_view s, std::size_t& at, std::string_view also = "") {
  while (at < s.size()) {
    if (is_space(s[at]) || also.find(s[at]) != also.npos)
      ++at;
    else if (s.substr(at, 2) == "\xC2\xA0")
      at += 2;
    else
      break;
  }
}

/// A month's name at `at`, with its full stop. 0 for none.
int month_name(std::string_view s, std::size_t& at, const Patterns& patterns) {
  std::string word;
  std::size_t p = at;
  while (p < s.size() && word_byte(s[p]) && p - at < 40) {
    const std::size_t from = p;
    const char32_t c = next_code_point(s, p);
    if (c < 0x80)
      word += to_lower(char(c));
    else if ((c >= 0xC0 && c <= 0xDE) || (c >= 0x410 && c <= 0x42F))
      append_utf8(word, c + 0x20);
    else if (c == 0xA0) {
      p = from;
      break;
    } else
      word.append(s.substr(from, p - from));
  }
  const auto it = patterns.months.find(word);
  if (it == patterns.months.end()) return 0;
  at = p;
  if (at < s.size() && s[at] == '.') ++at;
  return it->second;
}

/// Reads a year at `at`; -1 when there is none.
int read_year(std::string_view s, std::size_t& at, bool short_years) {
  std::size_t digits = 0;
  const int year = number(s, at, 4, &digits);
  if (digits == 4) return year >= 1900 && year <= 2100 ? year : -1;
  if (digits == 2 && short_years) return year >= 40 ? 1900 + year : 2000 + year;
  return -1;
}

/// Words that may stand between the parts of a date: "1 de noviembre de 2014", "1st", "Nov 1, at".
void day_suffix(std::string_view s, std::size_t& at) {
  for (std::string_view suffix : {"st", "nd", "rd", "th", "er", "º", "ª", "e"})
    if (starts_with_ignore_case(s.substr(at), suffix) &&
        (at + suffix.size() >= s.size() || !word_byte(s[at + suffix.size()]))) {
      at += suffix.size();
      break;
    }
  if (at < s.size() && s[at] == '.') ++at;
}

void small_words(std::string_view s, std::size_t& at) {
  for (bool again = true; again;) {
    again = false;
    blanks(s, at, ",");
    for (std::string_view w : {"de ", "del ", "of ", "d'", "di ", "do "})
      if (starts_with_ignore_case(s.substr(at), w)) {
        at += w.size();
        again = true;
      }
  }
}

std::optional<Stamp> stamp(int year, int month, int day) {
  const Day d = Day::from_ymd(year, unsigned(month), unsigned(day));
  if (!d) return std::nullopt;
  Stamp out;
  out.value = d.iso();
  return out;
}

/// "T08:00:00.000+02:00" or " 08:00" after a date: added to the stamp.
void read_clock(std::string_view s, std::size_t& at, Stamp& out) {
  std::size_t p = at;
  if (p < s.size() && (s[p] == 'T' || s[p] == 't'))
    ++p;
  else {
    const std::size_t before = p;
    blanks(s, p);
    if (p == before) return;
  }
  std::size_t digits = 0;
  const int hour = number(s, p, 2, &digits);
  if (hour < 0 || hour > 23 || p >= s.size() || s[p] != ':') return;
  ++p;
  const int minute = number(s, p, 2, &digits);
  if (minute < 0 || minute > 59 || digits != 2) return;
  int second = -1;
  if (p + 2 < s.size() && s[p] == ':' && is_digit(s[p + 1])) {
    ++p;
    second = number(s, p, 2, &digits);
    if (second < 0 || second > 60) return;
    if (p < s.size() && s[p] == '.') {
      ++p;
      while (p < s.size() && is_digit(s[p])) ++p;
    }
  }
  std::size_t after = p;
  blanks(s, after);
  const std::string_view meridiem = s.substr(after, 2);
  int hour24 = hour;
  if (equals_ignore_case(meridiem, "pm") && hour < 12) hour24 += 12;
  if (equals_ignore_case(meridiem, "am") && hour == 12) hour24 = 0;
  char buffer[32];
  if (second >= 0)
    std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d", hour24, minute, second);
  else
    std::snprintf(buffer, sizeof buffer, "T%02d:%02d", hour24, minute);
  out.value += buffer;
  out.precision = second >= 0 ? DatePrecision::second : DatePrecision::minute;
  at = p;
  if (p < s.size() && s[p] == 'Z') {
    out.value += 'Z';
    at = p + 1;
  } else if (p + 4 < s.size() && (s[p] == '+' || s[p] == '-') && is_digit(s[p + 1]) && is_digit(s[p + 2])) {
    std::size_t q = p + 3;
    if (s[q] == ':') ++q;
    if (q + 2 <= s.size() && is_digit(s[q]) && is_digit(s[q + 1])) {
      out.value += s[p];
      out.value += s.substr(p + 1, 2);
      out.value += ':';
      out.value += s.substr(q, 2);
      at = q + 2;
    }
  }
}

/// A date that begins with digits at `at`.
std::optional<Stamp> from_digits(std::string_view s, std::size_t& at, const Patterns& patterns,
                                 NumericOrder order, bool short_years) {
  std::size_t p = at, digits = 0;
  const int first = number(s, p, 8, &digits);
  if (first < 0 || p >= s.size()) return std::nullopt;
  std::optional<Stamp> out;
  if (digits == 4 && first >= 1900 && first <= 2100) {
    std::size_t q = p;
    const char sep = s[q];
    int month = -1, day = -1;
    if (sep == '-' || sep == '/' || sep == '.') {
      ++q;
      month = number(s, q, 2);
      if (month > 0 && q < s.size() && s[q] == sep) {
        ++q;
        day = number(s, q, 2);
        if (day < 0) {  // "2014-11-01T": number() refuses nothing but more digits
          return std::nullopt;
        }
      }
    } else if (s.substr(q, 3) == "年") {
      q += 3;
      blanks(s, q);
      month = number(s, q, 2);
      if (s.substr(q, 3) == "月") {
        q += 3;
        blanks(s, q);
        day = number(s, q, 2);
        if (s.substr(q, 3) == "日") q += 3;
      }
    } else {
      blanks(s, q);
      month = month_name(s, q, patterns);
      if (month > 0) {
        blanks(s, q);
        day = number(s, q, 2);
      }
    }
    if (month > 0 && day > 0) out = stamp(first, month, day);
    if (out) p = q;
  } else if (digits <= 2 && first >= 1 && first <= 31) {
    std::size_t q = p;
    const char sep = s[q];
    // "4.2.2022", and with blanks behind the stops: "4. 2. 2022".
    const std::size_t gap = sep == '.' && q + 2 < s.size() && s[q + 1] == ' ' ? 1 : 0;
    if ((sep == '/' || sep == '.' || sep == '-') && q + 1 + gap < s.size() && is_digit(s[q + 1 + gap])) {
      q += 1 + gap;
      const int second = number(s, q, 2);
      if (second > 0 && q < s.size() && s[q] == sep) {
        ++q;
        if (gap && q < s.size() && s[q] == ' ') ++q;
        const int year = read_year(s, q, short_years || sep == '.');
        if (year > 0) {
          const bool month_first = sep == '/' && order == NumericOrder::month_first;
          out = month_first ? stamp(year, first, second) : stamp(year, second, first);
          if (!out) out = month_first ? stamp(year, second, first) : stamp(year, first, second);
        }
      }
    } else {
      day_suffix(s, q);
      if (q < s.size() && s[q] == '-') ++q;
      small_words(s, q);
      const int month = month_name(s, q, patterns);
      if (month > 0) {
        if (q < s.size() && (s[q] == '-' || s[q] == '\'')) ++q;
        small_words(s, q);
        const int year = read_year(s, q, short_years);
        if (year > 0) out = stamp(year, month, first);
      }
    }
    if (out) p = q;
  }
  if (out) at = p;
  return out;
}

/// A date that begins with the name of a month at `at`: "Nov 01,2014", "November 1st 2014".
std::optional<Stamp> from_month(std::string_view s, std::size_t& at, const Patterns& patterns) {
  std::size_t p = at;
  const int month = month_name(s, p, patterns);
  if (month == 0) return std::nullopt;
  blanks(s, p, "/-");
  const int day = number(s, p, 2);
  if (day < 1 || day > 31) return std::nullopt;
  day_suffix(s, p);
  blanks(s, p, ",/-");
  const int year = read_year(s, p, false);
  if (year < 0) return std::nullopt;
  auto out = stamp(year, month, day);
  if (out) at = p;
  return out;
}

void skip_clock_words(std::string_view s, std::size_t& at) {
  std::size_t p = at;
  blanks(s, p, ",|-");
  for (std::string_view w : {"at ", "um ", "à ", "a las "})
    if (starts_with_ignore_case(s.substr(p), w)) p += w.size();
  blanks(s, p);
  if (p > at && p < s.size() && is_digit(s[p])) at = p - 1;
}

}  // namespace

std::optional<DateHit> find_date(std::string_view text, const Patterns& patterns, NumericOrder order,
                                 bool short_years) {
  if (std::ranges::none_of(text, is_digit)) return std::nullopt;  // most lines, and no date is without
  bool word_before = false;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    const std::size_t from = at;
    if (is_digit(c) && (from == 0 || (!is_digit(text[from - 1]) && text[from - 1] != '.'))) {
      if (auto hit = from_digits(text, at, patterns, order, short_years)) {
        std::size_t end = at;
        if (end < text.size() && text[end] != 'T') skip_clock_words(text, end);
        read_clock(text, end, *hit);
        if (hit->precision != DatePrecision::day) at = end;
        return DateHit{std::move(*hit), {std::uint32_t(from), std::uint32_t(at)}};
      }
      while (at < text.size() && is_digit(text[at])) ++at;
      word_before = false;
      continue;
    }
    if (word_byte(c) && !word_before) {
      if (auto hit = from_month(text, at, patterns)) {
        std::size_t end = at;
        skip_clock_words(text, end);
        read_clock(text, end, *hit);
        if (hit->precision != DatePrecision::day) at = end;
        return DateHit{std::move(*hit), {std::uint32_t(from), std::uint32_t(at)}};
      }
    }
    word_before = word_byte(c) && text.substr(at, 2) != "\xC2\xA0";
    ++at;
    while (at < text.size() && (text[at] & 0xC0) == 0x80) ++at;
  }
  return std::nullopt;
}

std::optional<MonthDay> read_month_day(std::string_view s, const Patterns& patterns) {
  std::size_t at = 0;
  MonthDay out;
  if (out.month = month_name(s, at, patterns); out.month > 0) {
    blanks(s, at);
    out.day = number(s, at, 2);
  } else {
    out.day = number(s, at, 2);
    if (out.day < 1) return std::nullopt;
    blanks(s, at);
    out.month = month_name(s, at, patterns);
  }
  if (out.month < 1 || out.day < 1 || out.day > 31) return std::nullopt;
  out.bytes = at;
  return out;
}

std::optional<Stamp> read_date_value(std::string_view value, const Patterns& patterns, NumericOrder order) {
  value = trim(value);
  if (value.size() > 120) return std::nullopt;
  if (value.find_first_not_of("0123456789") == value.npos) {
    std::size_t at = 0;
    if (value.size() == 8) {
      const int n = number(value, at, 8);
      return stamp(n / 10000, n / 100 % 100, n % 100);
    }
    if (value.size() == 10 || value.size() == 13) {  // seconds or milliseconds since 1970
      long long seconds = 0;
      for (char c : value.substr(0, 10)) seconds = seconds * 10 + (c - '0');
      Stamp out;
      out.value = Day{std::int32_t(seconds / 86400)}.iso();
      return out;
    }
    return std::nullopt;
  }
  if (value.size() > 15 && value.find_first_not_of("0123456789TZ") == value.npos && value[8] == 'T') {
    std::size_t at = 0;
    const int n = number(value.substr(0, 8), at, 8);
    return stamp(n / 10000, n / 100 % 100, n % 100);
  }
  auto hit = find_date(value, patterns, order);
  if (!hit) return std::nullopt;
  return hit->stamp;
}

std::optional<Stamp> date_in_url(std::string_view url) {
  url = url.substr(0, 1000);
  for (std::size_t at = 0; at + 8 <= url.size(); ++at) {
    if (!is_digit(url[at]) || (at > 0 && is_digit(url[at - 1]))) continue;
    std::size_t p = at, digits = 0;
    const int first = number(url, p, 8, &digits);
    if (digits == 8 && first >= 19900101 && first <= 21001231)
      if (auto out = stamp(first / 10000, first / 100 % 100, first % 100)) return out;
    // "29-10-2021"; with slashes it could be anything.
    if (digits == 2 && p + 8 <= url.size() && url[p] == '-' && first >= 1 && first <= 31) {
      std::size_t q = p + 1, more = 0;
      const int second = number(url, q, 2, &more);
      if (second >= 1 && second <= 12 && more == 2 && q < url.size() && url[q] == '-') {
        ++q;
        const int year = number(url, q, 4, &more);
        if (more == 4 && year >= 1990 && year <= 2100)
          if (auto out = stamp(year, second, first)) return out;
      }
    }
    if (digits != 4 || first < 1990 || first > 2100 || p >= url.size()) continue;
    const char sep = url[p];
    if (sep != '/' && sep != '-' && sep != '_') continue;
    ++p;
    const int month = number(url, p, 2);
    if (month < 1 || p >= url.size() || url[p] != sep) continue;
    ++p;
    const int day = number(url, p, 2);
    if (day < 1) continue;
    if (auto out = stamp(first, month, day)) return out;
  }
  return std::nullopt;
}

}  // namespace annalist::page
