// From a filter to SQL: which condition drives the query, what is left to check row by row.
//
// A query starts from a short list (a rare word, a few ids), from events that an index gives with their days
// (of an actor, in a box), or walks an index in the order of the page, and checks the rest, so that a page of
// a hundred is quick whether the selection is small or large.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "store/candidates.h"
#include "store/filter.h"
#include "store/sqlite.h"

namespace annalist::store {

using Bound = std::variant<std::int64_t, double, std::string>;

struct Plan {
  std::string with;   // "WITH hits(id) AS MATERIALIZED (...) " or ""
  std::string from;   // "FROM ... events e ...", and "JOIN documents d ..." where that is needed
  std::string where;  // "WHERE ..."
  std::string order;  // "ORDER BY ..."
  std::vector<Bound> args;
  std::shared_ptr<Narrowing> narrowing;  // bound last, if set
  /// Set: events come from here in the order of the page, and the SQL says of one, whose id and day are its
  /// first two parameters, whether it belongs; it has no order then.
  std::shared_ptr<Candidates> candidates;
  void bind(Statement& s) const;
};

/// What a plan is for.
struct Use {
  bool paged = false;       // the order and the cursor of the page count
  bool reports = false;     // what is selected says something of the report: `documents d` must be joined
  bool candidates = false;  // the caller can take them
};

/// Plans a selection.
Result<Plan> make_plan(Db& db, EventFilter filter, const PageRequest& page, Use use);
/// The ids of a page, at most `limit`.
Result<std::vector<std::int64_t>> page_ids(Db& db, const Plan& plan, std::size_t limit);

/// A query FTS5 accepts: `words` itself if it parses, else its words, each quoted.
Result<std::string> match_query(Db& db, std::string_view table, std::string_view words);

/// "12~2014-11-01~345": revision, key, id.
struct Cursor {
  std::int64_t revision = 0, id = 0;
  std::string key;
};
std::string write_cursor(const Cursor& c);
Result<Cursor> read_cursor(std::string_view text);

Status register_functions(Db& db);

}  // namespace annalist::store
