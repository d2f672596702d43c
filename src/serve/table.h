// Rows of an SQL query as JSON, and parameters that a route does not know. Shared by the api_*.cpp files.
#pragma once

#include <functional>
#include <initializer_list>
#include <string_view>

#include "serve/app.h"

namespace annalist::serve {

/// Columns are named as in the SELECT; names that begin with "n_" are numbers, with "b_" true or false, with
/// "f_" decimals, all without the prefix.
Status write_table(store::Statement& q, JsonWriter& json);
/// {name: rows, ...more}
Response table(Result<store::Statement> q, std::string_view name,
               const std::function<void(JsonWriter&)>& more = {});
/// Any parameter that a route does not know is a mistake worth telling.
std::expected<void, Wrong> only(const Request& request, std::initializer_list<std::string_view> known);

}  // namespace annalist::serve
