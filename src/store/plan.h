// From a filter to SQL: which condition drives the query, what is left to check row by row.
//
// A query starts either from a short list of candidates (a rare word, a small box, an actor with few events)
// or walks an index in the order of the page and checks the rest, so that a page of a hundred is quick
// whether the selection is small or large.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "store/filter.h"
#include "store/sqlite.h"

namespace annalist::store {

using Bound = std::variant<std::int64_t, double, std::string>;

/// Ids of events that a full-text query found or an actor has, for `annalist_has(?, id)`.
struct IdSet {
  std::vector<std::uint64_t> bits;
  void add(std::int64_t id) {
    const auto at = std::size_t(id) >> 6;
    if (at >= bits.size()) bits.resize(at + 1);
    bits[at] |= std::uint64_t(1) << (id & 63);
  }
  /// Leaves what is in both.
  void keep(const IdSet& other) {
    bits.resize(std::min(bits.size(), other.bits.size()));
    for (std::size_t i = 0; i < bits.size(); ++i) bits[i] &= other.bits[i];
  }
  bool has(std::int64_t id) const {
    const auto at = std::size_t(id) >> 6;
    return id >= 0 && at < bits.size() && (bits[at] >> (id & 63) & 1) != 0;
  }
};

struct Plan {
  std::string with;   // "WITH hits(id) AS MATERIALIZED (...) " or ""
  std::string from;   // "FROM ... events e ... JOIN documents d ..."
  std::string where;  // "WHERE ..."
  std::string order;  // "ORDER BY ..."
  std::vector<Bound> args;
  std::shared_ptr<IdSet> found;  // bound last, if set
  void bind(Statement& s) const;
};

/// Plans a selection. `paged`: the order and the cursor of `page` count.
Result<Plan> make_plan(Db& db, EventFilter filter, const PageRequest& page, bool paged);

/// A query FTS5 accepts: `words` itself if it parses, else its words, each quoted.
Result<std::string> match_query(Db& db, std::string_view table, std::string_view words);

/// Runs of cells that cover a box; at most 32.
std::vector<std::pair<std::int64_t, std::int64_t>> cells_of(const Box& box);

/// "12~2014-11-01~345": revision, key, id.
struct Cursor {
  std::int64_t revision = 0, id = 0;
  std::string key;
};
std::string write_cursor(const Cursor& c);
Result<Cursor> read_cursor(std::string_view text);

Status register_functions(Db& db);

}  // namespace annalist::store
