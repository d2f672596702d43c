// Dates in page text, attributes and addresses. Only whole calendar dates count: day, month and year.
#pragma once

#include <optional>
#include <string_view>

#include "base/date.h"
#include "base/span.h"
#include "doc/document.h"
#include "page/patterns.h"

namespace annalist::page {

struct DateHit {
  Stamp stamp;  // source not set
  Span span;    // bytes of the searched text
};

/// How "03/04/2015" is meant.
enum class NumericOrder : std::uint8_t { day_first, month_first };

/// The first date of `text`: ISO 8601 (with time and zone), "1 Nov 2014", "November 1st, 2014",
/// "1. November 2014", "01.11.2014", "2014/11/01", "2014年11月1日". Years 1900 to 2100; with
/// `short_years` also "3 JAN 90".
std::optional<DateHit> find_date(std::string_view text, const Patterns& patterns,
                                 NumericOrder order = NumericOrder::month_first, bool short_years = false);

/// "Nov 1" or "1 November" at the start of `text`, without a year: month and day, and the bytes read.
struct MonthDay {
  int month = 0, day = 0;
  std::size_t bytes = 0;
};
std::optional<MonthDay> read_month_day(std::string_view text, const Patterns& patterns);

/// A machine-written date value ("2014-11-01T08:00:00+02:00", "Sat, 01 Nov 2014 08:00:00 GMT", 1414828800).
std::optional<Stamp> read_date_value(std::string_view value, const Patterns& patterns, NumericOrder order);

/// "/2014/11/01/", "/20141101-", "2014-11-01" in an address.
std::optional<Stamp> date_in_url(std::string_view url);

}  // namespace annalist::page
