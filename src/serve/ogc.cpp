// OGC API - Features, Part 1 core and GeoJSON: what QGIS, GDAL (driver OAPIF) and R's sf need to open the
// events as a layer. Filters of the API work here, too.
#include <algorithm>
#include <charconv>

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

void collection(JsonWriter& json, const std::string& base) {
  json.begin_object().field("id", "events").field("title", "Events");
  json.field("description", "Events of all reports, with who, when, where, and how contested");
  json.field("itemType", "feature")
      .key("crs")
      .begin_array()
      .string("http://www.opengis.net/def/crs/OGC/1.3/CRS84")
      .end_array();
  json.key("extent").begin_object().key("spatial").begin_object().key("bbox").begin_array().begin_array();
  for (const int v : {-180, -90, 180, 90}) json.number(v);
  json.end_array().end_array().end_object().end_object().key("links").begin_array();
  link(json, "items", "application/geo+json", base + "/ogc/collections/events/items", "Events as GeoJSON");
  link(json, "self", "application/json", base + "/ogc/collections/events", "This collection");
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
    collection(json, base);
    json.end_array().end_object();
    return r;
  }
  if (s.size() < 3 || s[1] != "collections" || s[2] != "events")
    return not_found("there is one collection, events");
  if (s.size() == 3) {
    collection(json, base);
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
    if (const Status ok = events.write_feature(*row, json); !ok) return broken(ok.error());
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
  for (std::size_t i = *offset; i < end; ++i)
    if (const Status ok = events.write_feature((**rows)[i], json); !ok) return broken(ok.error());
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
