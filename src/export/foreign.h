// Event tables of other data sets, read back: ACLED and UCDP GED by their header, GDELT 2.0 by its 61 unnamed
// columns. A table is read whole; rows that cannot be read are named, the rest stands. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "export/codes.h"

namespace annalist {

/// What two data sets can agree on without knowing each other's codes.
enum class EventKind : std::uint8_t { violence, demonstration, strategic, other };

/// An event of any data set, as far as a comparison needs it.
struct ComparedEvent {
  std::string id, code;  // code: the type in the words or numbers of the foreign scheme
  EventKind kind = EventKind::other;
  Day from, to;
  std::string place, country;  // country: ISO 3166-1 alpha-2
  bool located = false;
  double lat = 0, lon = 0;
  double radius = 0;  // km around the point that may be meant
  bool whole_country = false;
  std::vector<std::string> actors;
  std::int64_t deaths = -1;  // -1: not said
};

enum class ForeignForm : std::uint8_t { acled, ucdp, gdelt };
std::string_view name_of(ForeignForm form);

struct ForeignTable {
  ForeignForm form = ForeignForm::acled;
  std::vector<ComparedEvent> events;
  std::vector<Error> bad_rows;  // file:line and what is wrong
};

/// Reads the table; an Error says that it is none of the three, or which column it lacks.
Result<ForeignTable> read_foreign(std::string_view text, const std::string& name, const Codes& codes);

/// The broad kind of an ACLED event type, or of a CAMEO code.
EventKind kind_of_acled(std::string_view event_type);
EventKind kind_of_cameo(std::string_view code);

}  // namespace annalist
