// Calendar days as a number, proleptic Gregorian, no zones. Day 0 is 1970-01-01.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace annalist {

struct Day {
  static constexpr std::int32_t kNone = INT32_MIN;
  std::int32_t value = kNone;

  constexpr explicit operator bool() const { return value != kNone; }
  constexpr auto operator<=>(const Day&) const = default;
  constexpr Day operator+(int days) const { return {value + days}; }
  constexpr Day operator-(int days) const { return {value - days}; }

  static constexpr Day from_ymd(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day ymd{std::chrono::year(year), std::chrono::month(month),
                                          std::chrono::day(day)};
    if (!ymd.ok()) return {};
    return {static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count())};
  }
  constexpr std::chrono::year_month_day ymd() const {
    return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(value)));
  }
  /// 0 = Sunday ... 6 = Saturday.
  constexpr unsigned weekday() const {
    return std::chrono::weekday(std::chrono::sys_days(std::chrono::days(value))).c_encoding();
  }
  /// "2014-11-01", or "" for none.
  std::string iso() const {
    if (!*this) return {};
    const auto d = ymd();
    char buffer[24];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", int(d.year()), unsigned(d.month()),
                  unsigned(d.day()));
    return buffer;
  }
  /// Reads the leading "YYYY-MM-DD" of `s`; none when it is not a real day.
  static Day parse_iso(std::string_view s) {
    if (s.size() < 10 || s[4] != '-' || s[7] != '-') return {};
    int parts[3] = {0, 0, 0};
    const int begin[3] = {0, 5, 8}, end[3] = {4, 7, 10};
    for (int p = 0; p < 3; ++p)
      for (int i = begin[p]; i < end[p]; ++i) {
        if (s[i] < '0' || s[i] > '9') return {};
        parts[p] = parts[p] * 10 + (s[i] - '0');
      }
    return from_ymd(parts[0], unsigned(parts[1]), unsigned(parts[2]));
  }
};

}  // namespace annalist
