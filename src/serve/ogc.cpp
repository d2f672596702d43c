// OGC API - Features, Part 1 core and GeoJSON: what QGIS, GDAL (driver OAPIF) and R's sf need to open the
// events as a layer. Filters of the API work here, too.
#include <algorithm>
#include <cmath>

#include "base/date.h"
#include "base/json.h"
#include "base/strings.h"
#include "serve/app.h"

namespace annalist::serve {
namespace {

void link(JsonWriter& json, std::string_view rel, std::string_view type, std::string_view href,
          std::string_view title) {
  json.begin_object()
      .field("rel", rel)
      .field("type", type)
      .field("href", href)
      .field("title", title)
      .end_object();
}

// A GIS wants flat attributes of one type each: the columns of the tables, null where a cell is empty.
void feature(JsonWriter& json, const std::vector<std::string>& cells) {
  const auto& columns = EventJson::table_columns();
  std::string_view lat, lon;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == "latitude") lat = cells[i];
    if (columns[i].name == "longitude") lon = cells[i];
  }
  json.begin_object().field("type", "Feature").field("id", cells.front()).key("geometry");
  if (lat.empty() || lon.empty()) {
    json.null();
  } else {
    json.begin_object().field("type", "Point").key("coordinates").begin_array().raw(lon);
    json.raw(lat).end_array().end_object();
  }
  json.key("properties").begin_object();
  for (std::size_t i = 1; i < columns.size(); ++i) {
    json.key(columns[i].name);
    const bool words = columns[i].type == "text" || columns[i].type == "date";
    words || cells[i].empty() ? json.string_or_null(cells[i]) : json.raw(cells[i]);
  }
  json.end_object().end_object();
}

// Where and when all events lie.
void extent(JsonWriter& json, const EventColumns& c) {
  float west = 180, south = 90, east = -180, north = -90;
  for (std::size_t i = 0; i < c.size(); ++i) {
    if (std::isnan(c.lat[i])) continue;
    west = std::min(west, c.lon[i]), east = std::max(east, c.lon[i]);
    south = std::min(south, c.lat[i]), north = std::max(north, c.lat[i]);
  }
  if (west > east) west = -180, east = 180, south = -90, north = 90;
  json.key("extent").begin_object().key("spatial").begin_object().key("bbox").begin_array().begin_array();
  for (const float v : {west, south, east, north}) json.number(v);
  json.end_array().end_array().end_object();
  const auto first = std::ranges::upper_bound(c.from, EventColumns::kNoDay);  // rows come by day
  if (first != c.from.end()) {
    json.key("temporal").begin_object().key("interval").begin_array().begin_array();
    json.string(Day{*first}.iso() + "T00:00:00Z").string(Day{std::ranges::max(c.to)}.iso() + "T23:59:59Z");
    json.end_array().end_array().end_object();
  }
  json.end_object();
}

// The types of the attributes, so that a GIS need not guess them from the first page.
void schema(JsonWriter& json, const std::string& base) {
  json.begin_object().field("$schema", "https://json-schema.org/draft/2020-12/schema");
  json.field("$id", base + "/ogc/collections/events/schema").field("type", "object").key("properties");
  json.begin_object().key("geometry").begin_object();
  json.field("$ref", "https://geojson.org/schema/Point.json").end_object();
  json.key("properties").begin_object().field("type", "object").key("properties").begin_object();
  for (const TableColumn& c : EventJson::table_columns()) {
    if (c.name == "id") continue;
    json.key(c.name).begin_object();
    json.field("type", c.type == "decimal"                    ? "number"
                       : c.type == "text" || c.type == "date" ? "string"
                                                              : c.type);
    if (c.type == "date") json.field("format", "date");
    json.end_object();
  }
  json.end_object().end_object().end_object().end_object();
}

void collection(JsonWriter& json, const std::string& base, const EventColumns& c) {
  json.begin_object().field("id", "events").field("title", "Events");
  json.field("description", "Events of all reports, with who, when, where, and how contested");
  json.field("itemType", "feature")
      .key("crs")
      .begin_array()
      .string("http://www.opengis.net/def/crs/OGC/1.3/CRS84")
      .end_array();
  extent(json, c);
  json.key("links").begin_array();
  link(json, "items", "application/geo+json", base + "/ogc/collections/events/items", "Events as GeoJSON");
  link(json, "self", "application/json", base + "/ogc/collections/events", "This collection");
  for (const std::string_view rel : {"describedby", "describedBy"})  // GDAL 3.6 knows the second spelling
    link(json, rel, "application/schema+json", base + "/ogc/collections/events/schema",
         "Types of the attributes");
  json.end_array().end_object();
}

}  // namespace

Response App::ogc(const Request& request) {
  const auto& s = request.segments;
  const std::string host(request.header("host"));
  const std::string base = (request.header("x-forwarded-proto") == "https" ? "https://" : "http://") + host;
  Response r = json_response({});
  JsonWriter json(r.body);
  if (s.size() == 1) {
    json.begin_object()
        .field("title", "Annalist")
        .field("description", "Events coded from news reports")
        .key("links")
        .begin_array();
    link(json, "self", "application/json", base + "/ogc", "This page");
    link(json, "service-desc", "application/yaml", base + "/v1/openapi.yaml", "The API");
    link(json, "conformance", "application/json", base + "/ogc/conformance", "What is conformed to");
    link(json, "data", "application/json", base + "/ogc/collections", "Collections");
    json.end_array().end_object();
    return r;
  }
  if (s.size() == 2 && s[1] == "conformance") {
    json.begin_object().key("conformsTo").begin_array();
    json.string("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core");
    json.string("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson");
    json.end_array().end_object();
    return r;
  }
  if (s.size() == 2 && s[1] == "collections") {
    json.begin_object().key("links").begin_array();
    link(json, "self", "application/json", base + "/ogc/collections", "Collections");
    json.end_array().key("collections").begin_array();
    collection(json, base, *columns());
    json.end_array().end_object();
    return r;
  }
  if (s.size() < 3 || s[1] != "collections" || s[2] != "events")
    return not_found("there is one collection, events");
  if (s.size() == 3) {
    collection(json, base, *columns());
    return r;
  }
  if (s[3] == "schema" && s.size() == 4) {
    schema(json, base);
    r.headers.front().second = "application/schema+json";
    return r;
  }
  if (s[3] != "items" || s.size() > 5) return not_found("there is nothing here but items");
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  EventJson events(reader->db(), *c);
  if (s.size() == 5) {
    const auto row = events.find(s[4]);
    if (!row) return broken(row.error());
    if (*row == EventColumns::kNoRow) return not_found("there is no event " + s[4].substr(0, 80));
    const auto cells = events.table_row(*row);
    if (!cells) return broken(cells.error());
    feature(json, *cells);
    r.headers.front().second = "application/geo+json";
    return r;
  }
  const auto limit = number_param(request, "limit", 100, 1, 10000);
  const auto offset = number_param(request, "offset", 0, 0, 999999999);
  if (!limit) return wrong_parameter(limit.error());
  if (!offset) return wrong_parameter(offset.error());
  auto rows = this->rows(request, c, reader->db(), {"limit", "offset", "f"});
  if (!rows) return std::move(rows.error());
  r.headers.front().second = "application/geo+json";
  const std::size_t end = std::min((*rows)->size(), *offset + *limit);
  json.begin_object().field("type", "FeatureCollection").field("numberMatched", (*rows)->size());
  json.field("numberReturned", end > *offset ? end - *offset : 0).key("features").begin_array();
  for (std::size_t i = *offset; i < end; ++i) {
    const auto cells = events.table_row((**rows)[i]);
    if (!cells) return broken(cells.error());
    feature(json, *cells);
  }
  json.end_array().key("links").begin_array();
  link(json, "self", "application/geo+json", base + request.target, "This page");
  if (end < (*rows)->size()) {
    std::string next = base + "/ogc/collections/events/items?";
    for (const auto& [key, value] : request.query)
      if (key != "offset") next += encode_component(key) + "=" + encode_component(value) + "&";
    link(json, "next", "application/geo+json", next + "offset=" + std::to_string(end), "The next page");
  }
  json.end_array().end_object();
  return r;
}

}  // namespace annalist::serve
