// All current events as columns in memory: what facets, timeline, map and every list are computed from.
//
// A row is a merged event, or an event of one report that no merged event holds. Rows are ordered by day,
// then key. SQLite answers for one event in microseconds and for a group-by over a million in seconds; these
// arrays answer for a million in some milliseconds (docs/decisions/0006). Immutable after `load` and shared
// by all threads; a change in the store makes new columns.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "store/sqlite.h"

namespace annalist::serve {

/// The codebook's types: name, group, what it means.
struct TypeEntry {
  std::string name, group, what;
};

/// Strings as numbers, in the order first met; 0 is "".
class Dictionary {
 public:
  Dictionary() { add("", ""); }
  std::uint32_t add(std::string_view id, std::string_view name);
  /// -1 when unknown.
  std::int64_t find(std::string_view id) const;
  std::size_t size() const { return ids.size(); }
  std::vector<std::string> ids, names;

 private:
  std::unordered_map<std::string, std::uint32_t> index_;
};

/// A selection as the API takes it: values of one key are alternatives, different keys must all hold.
struct Selection {
  std::vector<std::string> types, groups, actors, countries, admin1s, places, statuses, reviews, precisions,
      stories;
  std::optional<bool> contested;
  std::int32_t from = INT32_MIN, to = INT32_MAX;
  bool dated = false;  // from or to was given: events without a day are out
  std::int64_t min_sources = 0, min_deaths = -1;
  bool boxed = false;
  double west = -180, south = -90, east = 180, north = 90;
  std::string words;  // full text
};

struct EventColumns {
  std::int64_t revision = 0;
  std::string
      version;  // names these rows in this order: packed answers of different versions do not fit together
  std::vector<std::uint32_t> key;  // store id * 2, + 1 for a merged event
  std::vector<std::int32_t> from, to;
  std::vector<float> lat, lon, radius;                       // NaN: not known
  std::vector<std::uint16_t> type, country, admin1, deaths;  // deaths: best, 65535 not known
  std::vector<std::uint8_t> group, status, precision, review, contested, sources;
  std::vector<std::uint32_t> place, story;
  std::vector<std::uint32_t> actor_start,
      actor;  // actors of row i: actor[actor_start[i]] until actor_start[i + 1]
  Dictionary types, groups, countries, admin1s, statuses, precisions, reviews, places, stories, actors;
  std::vector<std::uint32_t> row_of_event, row_of_merged;  // by store id; kNoRow: none

  static constexpr std::uint32_t kNoRow = UINT32_MAX;
  static constexpr std::int32_t kNoDay = INT32_MIN;

  std::size_t size() const { return key.size(); }
  static Result<std::shared_ptr<const EventColumns>> load(store::Db& db,
                                                          const std::vector<TypeEntry>& codebook);

  /// The rows of a selection, by day. Full text is asked of `db`.
  Result<std::vector<std::uint32_t>> select(const Selection& selection, store::Db& db) const;
  Result<std::vector<std::uint32_t>> rows_with(std::string_view words, store::Db& db) const;
  /// GET /v1/columns: little-endian arrays behind a JSON head.
  std::string pack() const;
};

/// What a person types, as a query that FTS5 always accepts: words all needed, "a phrase", -without, begin*,
/// OR. Empty when nothing is left to look for.
std::string fts_query(std::string_view words);

}  // namespace annalist::serve
