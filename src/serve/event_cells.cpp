// An event as a row of a table and as a feature of a map.
#include <charconv>

#include "base/strings.h"
#include "serve/event_json.h"

namespace annalist::serve {
namespace {

std::string number_text(double v) {
  char buffer[48];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::fixed).ptr;
  return {buffer, end};
}

}  // namespace

void append_csv(std::string& out, std::string_view cell) {
  const bool formula =
      !cell.empty() &&
      (cell.front() == '=' || cell.front() == '@' || cell.front() == '\t' ||
       ((cell.front() == '+' || cell.front() == '-') && cell.size() > 1 && !is_digit(cell[1])));
  if (!formula && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    out.append(cell);
    return;
  }
  out += '"';
  if (formula) out += '\'';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

Status EventJson::write_feature(std::uint32_t row, JsonWriter& json) {
  const auto b = base(row);
  if (!b) return std::unexpected(b.error());
  json.begin_object().field("type", "Feature").field("id", b->uid).key("geometry");
  if (b->located) {
    json.begin_object()
        .field("type", "Point")
        .key("coordinates")
        .begin_array()
        .number(float(b->lon))
        .number(float(b->lat));
    json.end_array().end_object();
  } else {
    json.null();
  }
  json.key("properties").begin_object();
  write_common(row, *b, json);
  json.end_object().end_object();
  return {};
}

const std::vector<TableColumn>& EventJson::table_columns() {
  static const std::vector<TableColumn> columns = {{"id", "text"},
                                                   {"type", "text"},
                                                   {"group", "text"},
                                                   {"status", "text"},
                                                   {"contested", "boolean"},
                                                   {"date_from", "date"},
                                                   {"date_to", "date"},
                                                   {"date_precision", "text"},
                                                   {"actors", "text"},
                                                   {"targets", "text"},
                                                   {"actor_ids", "text"},
                                                   {"place", "text"},
                                                   {"place_id", "text"},
                                                   {"country", "text"},
                                                   {"admin1", "text"},
                                                   {"latitude", "decimal"},
                                                   {"longitude", "decimal"},
                                                   {"geo_precision", "text"},
                                                   {"deaths_low", "integer"},
                                                   {"deaths_best", "integer"},
                                                   {"deaths_high", "integer"},
                                                   {"injured_low", "integer"},
                                                   {"injured_best", "integer"},
                                                   {"injured_high", "integer"},
                                                   {"reports", "integer"},
                                                   {"sources", "integer"},
                                                   {"claims", "integer"},
                                                   {"confidence", "decimal"},
                                                   {"review", "text"},
                                                   {"cameo", "text"},
                                                   {"plover", "text"},
                                                   {"acled_sub_event", "text"},
                                                   {"quote", "text"},
                                                   {"headline", "text"},
                                                   {"outlet", "text"},
                                                   {"published", "text"},
                                                   {"url", "text"},
                                                   {"document", "text"}};
  return columns;
}

Result<std::vector<std::string>> EventJson::table_row(std::uint32_t row) {
  const auto b = base(row);
  if (!b) return std::unexpected(b.error());
  const auto names = [&](bool targets, bool as_ids) {
    std::string joined;
    for (const Argument& a : b->actors) {
      const bool target = a.role == "target";
      if (as_ids ? a.id.empty() : target != targets) continue;
      joined += (joined.empty() ? "" : "; ") + (as_ids ? a.id : a.name);
    }
    return joined;
  };
  const auto count = [](std::int64_t n) { return n < 0 ? std::string() : std::to_string(n); };
  std::vector<std::string> cells = {b->uid,
                                    b->type,
                                    columns_.groups.ids[columns_.group[row]],
                                    b->status,
                                    b->contested ? "true" : "false",
                                    b->from,
                                    b->to,
                                    b->precision,
                                    names(false, false),
                                    names(true, false),
                                    names(false, true),
                                    b->place,
                                    b->place_id,
                                    b->country,
                                    b->admin1,
                                    b->located ? number_text(b->lat) : "",
                                    b->located ? number_text(b->lon) : "",
                                    b->place_precision,
                                    count(b->dead[0]),
                                    count(b->dead[1]),
                                    count(b->dead[2]),
                                    count(b->hurt[0]),
                                    count(b->hurt[1]),
                                    count(b->hurt[2]),
                                    std::to_string(b->reports),
                                    std::to_string(b->sources),
                                    std::to_string(b->claims),
                                    number_text(float(b->confidence)),
                                    b->review,
                                    b->cameo,
                                    b->plover,
                                    b->acled,
                                    b->quote,
                                    b->headline,
                                    b->site,
                                    b->published,
                                    b->url,
                                    b->document};
  return cells;
}

}  // namespace annalist::serve
