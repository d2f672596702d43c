// The selection of events that a request asks for, read from its query. One vocabulary for lists, facets,
// streams and OGC API - Features.
#pragma once

#include <expected>

#include "serve/event_columns.h"
#include "serve/http.h"

namespace annalist::serve {

/// A parameter that is wrong: which, and why.
struct Wrong {
  std::string field, detail;
};

/// Reads from, to, datetime, bbox, type, group, actor, country, admin1, place, status, review, precision,
/// story, contested, min_sources, deaths, q. Repeated values are alternatives. `also` names further
/// parameters that the request may carry; any other one is wrong.
std::expected<Selection, Wrong> parse_selection(const Request& request,
                                                const std::vector<std::string_view>& also);

}  // namespace annalist::serve
