// One number out of several: what each source says of the dead of an event, and the policies by which exports
// settle on low, best and high. Pure functions over a Document, or over figures from many reports.
//
// `store` and the exports call figures_of() for each report of one happening, join the lists, and settle().
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "doc/document.h"

namespace annalist {

/// What one voice says. `value` has best, or low and high where only bounds are said.
struct Figure {
  Count value;
  bool party = false;       // by a side of the fight
  bool admission = false;   // against its own interest
  bool reserve = false;     // "probably", "at least some": said with reserve
  std::uint32_t voice = 0;  // equal for figures of one source; the last one stands
};

enum class CountPolicy : std::uint8_t {
  /// ACLED: where sources differ, the most conservative number: low = best = high = the lowest best figure.
  conservative,
  /// The median of the voices as best (the lower of two middle ones), their least and greatest as bounds.
  median,
  /// UCDP GED: low is the lowest figure; best the one most sources give, a third party's or an admission
  /// before a party's own, the lower where as many give either; high the highest reasonable one: a party's
  /// figure more than three times the highest of everybody else is left out.
  ucdp,
};

/// The number of all figures by a policy; unknown if there are none.
Count settle(std::span<const Figure> figures, CountPolicy policy);

/// What the claims of a report say of the dead of an event; without any, the event's own count as the voice
/// of the report.
std::vector<Figure> figures_of(const Document& doc, Id<Event> event);

}  // namespace annalist
