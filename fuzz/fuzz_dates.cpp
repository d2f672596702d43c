// Dates, datelines and addresses in running text: no crash, and only days that exist.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "fuzz_data.h"
#include "page/date_text.h"
#include "page/dateline.h"
#include "page/patterns.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace annalist;
  static const page::Patterns patterns = *page::Patterns::load(fuzz::data_texts());
  const std::string text = repair_utf8({reinterpret_cast<const char*>(data), size});
  for (const auto order : {page::NumericOrder::day_first, page::NumericOrder::month_first}) {
    for (const bool short_years : {false, true})
      if (const auto hit = page::find_date(text, patterns, order, short_years)) {
        if (hit->span.begin >= hit->span.end || hit->span.end > text.size()) __builtin_trap();
        if (!hit->stamp.day()) __builtin_trap();
      }
    if (const auto stamp = page::read_date_value(text, patterns, order); stamp && !stamp->day())
      __builtin_trap();
  }
  if (const auto stamp = page::date_in_url(text); stamp && !stamp->day()) __builtin_trap();
  if (const auto hit = page::read_dateline(text, Day::from_ymd(2015, 3, 4), patterns))
    if (hit->bytes > text.size()) __builtin_trap();
  static_cast<void>(page::read_month_day(text, patterns));
  return 0;
}
