// The dateline at the head of a report: "BEIRUT, Nov 1 (Reuters) -", "RAFAH, Gaza Strip (AP) —",
// "SAN SALVADOR, 3 JAN 90 (ACAN-EFE) -- [TEXT]".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "page/patterns.h"

namespace annalist::page {

struct DatelineHit {
  std::string place;   // "RAFAH, Gaza Strip"; empty when only an agency stands there
  std::string agency;  // proper name, or as written in the brackets
  Day date;
  std::size_t bytes = 0;  // of the paragraph, up to and with the dash and marks such as [TEXT]
};

/// Reads a dateline at the very start of a paragraph. A date without a year is taken from `published`
/// (the nearest such day not after the day following it); none when that is unknown.
std::optional<DatelineHit> read_dateline(std::string_view paragraph, Day published, const Patterns& patterns);

}  // namespace annalist::page
