// Events, reports, actors and the rest as the JSON of the API (docs/api/openapi.yaml), read from the store by
// SQL. One connection, one thread at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "serve/event_columns.h"
#include "store/sqlite.h"

namespace annalist::serve {

/// A column of a table of events: its name, and text, integer, decimal, boolean or date.
struct TableColumn {
  std::string_view name, type;
};

class EventJson {
 public:
  EventJson(store::Db& db, const EventColumns& columns) : db_(db), columns_(columns) {}

  /// The row of a uid: of a merged event, of an event, or "~KEY" with a key of the columns. kNoRow: none.
  /// Follows redirects, and an event leads to the merged event that holds it.
  Result<std::uint32_t> find(std::string_view uid);
  /// The store id of the mention that speaks for a row: its own, or the best of a merged event.
  Result<std::int64_t> best_mention(std::uint32_t row);
  /// One object of a list.
  Status write_row(std::uint32_t row, JsonWriter& json);
  /// Everything that is known of one event.
  Status write_full(std::uint32_t row, JsonWriter& json);
  /// The fields of a row as text, in the order of table_columns, for CSV and other tables.
  static const std::vector<TableColumn>& table_columns();
  Result<std::vector<std::string>> table_row(std::uint32_t row);
  /// A GeoJSON feature; geometry null where the place is not known.
  Status write_feature(std::uint32_t row, JsonWriter& json);
  /// The uids of the events of single reports that a uid stands for.
  Result<std::vector<std::string>> members(std::string_view uid);

 private:
  struct Argument {
    std::string id, name, role, kind, country;
  };
  struct Base {
    std::string uid, type, status, from, to, precision, place_id, place, country, admin1, place_precision,
        quote, headline, url, site, published, document, review, rules, cameo, plover, acled, story;
    bool located = false, contested = false;
    double lat = 0, lon = 0, confidence = 0;
    std::int64_t dead[3] = {-1, -1, -1}, hurt[3] = {-1, -1, -1}, taken[3] = {-1, -1, -1};
    std::int64_t reports = 1, sources = 1, claims = 0;
    std::vector<Argument> actors;
    std::vector<std::int64_t> events;  // store ids of its members, the best first
  };
  Result<Base> base(std::uint32_t row);
  /// The store ids of a row's events as a JSON list, for `IN (SELECT value FROM json_each(?))`: the statement
  /// is compiled once, whatever their number.
  static std::string members_json(const Base& b);
  void write_common(std::uint32_t row, const Base& b, JsonWriter& json);
  Status write_statements(const Base& b, JsonWriter& json);
  Status write_mentions(const Base& b, JsonWriter& json);
  Status write_documents(const Base& b, JsonWriter& json);
  Status write_revisions(const Base& b, JsonWriter& json);

  store::Db& db_;
  const EventColumns& columns_;
};

/// A cell of CSV, quoted where it must be; one that a spreadsheet would take for a formula gets an
/// apostrophe.
void append_csv(std::string& out, std::string_view cell);
/// Calls `each` for every row of a statement that is bound.
Status for_each(store::Statement& q, const auto& each) {
  while (true) {
    const auto more = q.step();
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
    each(q);
  }
}

}  // namespace annalist::serve
