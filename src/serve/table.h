// Rows of an SQL query as JSON, and parameters that a route does not know. Shared by the api_*.cpp files.
#pragma once

#include <functional>
#include <initializer_list>
#include <string_view>

#include "serve/app.h"

namespace annalist::serve {

/// Columns are named as in the SELECT; names that begin with "n_" are numbers, with "b_" true or false, with
/// "f_" decimals, all without the prefix.
/// Returns how many rows were written.
Result<std::size_t> write_table(store::Statement& q, JsonWriter& json);
/// The rows of `sql`, whose first parameter is `bound`, under `key`.
Result<std::size_t> write_query(JsonWriter& json, std::string_view key, store::Db& db, std::string_view bound,
                                const std::string& sql);
/// The same for several, one after the other.
struct Section {
  std::string_view key;
  std::string sql;
};
Status write_queries(JsonWriter& json, store::Db& db, std::string_view bound,
                     const std::vector<Section>& sections);
/// {name: rows, ...more}
Response table(Result<store::Statement> q, std::string_view name,
               const std::function<void(JsonWriter&)>& more = {});
/// How many rows of a list, and after which one.
struct Paging {
  std::int64_t limit, after;
};
/// Reads `limit` (1 to `most`, else `usual`) and the parameter `after`.
std::expected<Paging, Wrong> paging(const Request& request, std::size_t usual, std::size_t most,
                                    std::string_view after = "cursor");
/// Any parameter that a route does not know is a mistake worth telling.
std::expected<void, Wrong> only(const Request& request, std::initializer_list<std::string_view> known);

}  // namespace annalist::serve
