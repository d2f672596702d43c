// What a selection of events can ask for: one vocabulary for the command line, the server and the exports.
//
// Values of one key are alternatives, different keys must all hold. The default selection is what the
// codebook puts into event tables: actual and ongoing, current, not rejected by a reviewer, of reports not
// retracted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace annalist::store {

/// Degrees, WGS 84. west > east: the box crosses the 180th meridian.
struct Box {
  double west = -180, south = -90, east = 180, north = 90;
};

struct EventFilter {
  std::string from, to;  // ISO days, inclusive; events whose days overlap; empty: open
  std::vector<std::string> types, statuses, countries, admin1s, places;
  std::vector<std::string> actors, targets;  // uids of actors; `actors` in any role
  std::vector<std::string> actor_kinds;
  std::vector<std::string> sites, agencies, languages;
  std::vector<std::string> documents, stories, merged, uids;
  std::vector<std::string> reviews;  // accepted, rejected, edited, none
  std::optional<Box> box;
  std::optional<bool> contested, main;
  std::string text;  // full text of evidence, names and places
  std::int64_t min_deaths = -1;
  double min_confidence = 0;
  bool any_status = false;
  std::int64_t as_of = 0;  // a revision; 0: now
  std::int64_t since = 0;  // only records of later revisions
};

/// Sets one condition from text: `key` as in filter_keys(), `value` as a person types it; several values are
/// joined by commas. An Error names the key or the value that is wrong.
Status set_filter(EventFilter& filter, std::string_view key, std::string_view value);

struct FilterKey {
  std::string_view name, value, help;
};
/// Every key with what it takes and means, for help texts and the OpenAPI description.
const std::vector<FilterKey>& filter_keys();

enum class Order : std::uint8_t {
  newest,    // day, latest first
  oldest,    // day, earliest first
  recorded,  // as they came in, latest first
};

struct PageRequest {
  std::size_t limit = 100;
  std::string cursor;  // Page::next of the page before; empty: the first
  Order order = Order::newest;
  /// Only what a line of a table shows: id, day, type, status, names, place, counts. The rest stays empty. A
  /// page of a hundred then takes a seventh of the pages of the file.
  bool brief = false;
};

}  // namespace annalist::store
