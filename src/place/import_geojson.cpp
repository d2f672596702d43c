// Administrative polygons: outlines of units that the gazetteer has, or new units.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include <simdjson.h>

#include "base/file.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "place/filing.h"
#include "place/import.h"
#include "place/import_lines.h"
#include "place/merge_pack.h"

namespace annalist {
namespace {

namespace dom = simdjson::dom;
constexpr double kTolerance = 0.002;                  // degrees, about 200 m: outlines are simplified to this
using Ring = std::vector<std::pair<double, double>>;  // lat, lon

/// Douglas-Peucker without recursion.
Ring simplified(const Ring& in) {
  if (in.size() < 5) return in;
  std::vector<bool> keep(in.size());
  keep.front() = keep.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> todo;
  // A closed ring has no length between its ends: split it at its farthest point first.
  std::size_t far = 0;
  double most = -1;
  for (std::size_t i = 1; i + 1 < in.size(); ++i) {
    const double d = std::hypot(in[i].first - in[0].first, in[i].second - in[0].second);
    if (d > most) {
      most = d;
      far = i;
    }
  }
  keep[far] = true;
  todo.emplace_back(0, far);
  todo.emplace_back(far, in.size() - 1);
  while (!todo.empty()) {
    const auto [a, b] = todo.back();
    todo.pop_back();
    const double dy = in[b].first - in[a].first, dx = in[b].second - in[a].second;
    const double length = std::hypot(dx, dy);
    double worst = kTolerance;
    std::size_t at = 0;
    for (std::size_t i = a + 1; i < b; ++i) {
      const double y = in[i].first - in[a].first, x = in[i].second - in[a].second;
      const double d = length > 0 ? std::abs(dx * y - dy * x) / length : std::hypot(x, y);
      if (d > worst) {
        worst = d;
        at = i;
      }
    }
    if (at == 0) continue;
    keep[at] = true;
    todo.emplace_back(a, at);
    todo.emplace_back(at, b);
  }
  Ring out;
  for (std::size_t i = 0; i < in.size(); ++i)
    if (keep[i]) out.push_back(in[i]);
  return out;
}

Status read_ring(dom::element ring, Outline& out) {
  dom::array points;
  if (ring.get(points)) return fail("a ring is no list of points");
  Ring all;
  for (dom::element e : points) {
    dom::array pair;
    if (e.get(pair) || pair.size() < 2) return fail("a point is no pair of numbers");
    double lon = 0, lat = 0;
    if (pair.at(0).get(lon) || pair.at(1).get(lat)) return fail("a point is no pair of numbers");
    if (!(std::abs(lat) <= 90) || !(std::abs(lon) <= 180))
      return fail("a point is not on the globe", {}, "coordinates must be longitude and latitude (WGS 84)");
    all.emplace_back(lat, lon);
  }
  if (all.size() > 1 && all.front() == all.back()) all.pop_back();
  if (all.size() < 3) return fail("a ring of fewer than three points");
  out.rings.push_back(simplified(all));
  return {};
}

Status read_polygon(dom::element coordinates, Outline& out) {
  dom::array rings;
  if (coordinates.get(rings)) return fail("a polygon is no list of rings");
  for (dom::element ring : rings)
    if (auto s = read_ring(ring, out); !s) return s;
  return {};
}

Result<Outline> read_outline(dom::element feature) {
  Outline out;
  std::string_view type;
  dom::element coordinates;
  if (feature["geometry"]["type"].get(type) || feature["geometry"]["coordinates"].get(coordinates))
    return fail("no geometry");
  Status status;
  if (type == "Polygon") {
    status = read_polygon(coordinates, out);
  } else if (type == "MultiPolygon") {
    dom::array parts;
    if (coordinates.get(parts)) return fail("a multipolygon is no list of polygons");
    for (dom::element part : parts)
      if (status) status = read_polygon(part, out);
  } else {
    return fail("geometry '" + std::string(type) + "'", {}, "only Polygon and MultiPolygon are units");
  }
  if (!status) return std::unexpected(status.error());
  if (out.rings.empty()) return fail("an empty polygon");
  return out;
}

/// The first of the properties that the file has; empty if none.
std::string property(dom::element feature, std::initializer_list<std::string_view> names) {
  dom::object all;
  if (feature["properties"].get(all)) return {};
  for (std::string_view name : names)
    for (const auto& [key, value] : all) {
      std::string_view text;
      if (lower(key) == name && !value.get(text) && !trim(text).empty()) return std::string(trim(text));
    }
  return {};
}

struct Feature {
  std::string code, name, local, country, level;
};

Feature properties_of(dom::element f, const ImportOptions& options) {
  Feature out;
  for (const char level : {'3', '2', '1'}) {  // the deepest level that the file names is what it draws
    const std::string adm = std::string("adm") + level, admin = std::string("admin") + level;
    if (!out.name.empty()) break;
    out.name = property(f, {adm + "_en", admin + "name_en", adm + "_name", std::string("name_") + level});
    out.code = property(f, {adm + "_pcode", admin + "pcode", std::string("gid_") + level});
    out.local = property(f, {adm + "_ar", admin + "name_ar", std::string("nl_name_") + level});
    if (!out.name.empty()) out.level = adm;
  }
  if (out.name.empty()) {
    out.name = property(f, {"nen", "name_en", "shapename", "name", "admin"});
    out.code = property(f, {"p", "pcode", "iso_3166_2", "shapeiso", "code", "id"});
    out.local = property(f, {"nar", "name_ar", "name_local"});
    const std::string type = lower(property(f, {"shapetype", "level", "adm_level"}));
    if (type == "adm1" || type == "adm2" || type == "adm3") out.level = type;
  }
  if (!options.level.empty()) out.level = options.level;
  out.country = options.country;
  if (out.country.empty()) out.country = property(f, {"iso_a2", "iso2", "country"});
  if (out.country.size() != 2 && out.code.size() > 2) out.country = out.code.substr(0, 2);
  for (char& c : out.country) c = is_lower(c) ? static_cast<char>(c - 32) : c;
  return out;
}

}  // namespace

Result<ImportReport> import_geojson(const std::string& path, const ImportOptions& options) {
  auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  LineReader lines(*text, path);
  while (lines.next())
    if (auto s = lines.check(); !s && s.error().what != "a line of more than a megabyte")
      return std::unexpected(s.error());
  dom::parser parser;
  dom::element root;
  if (const auto error = parser.parse(*text).get(root))
    return fail(std::string("not JSON: ") + simdjson::error_message(error), path);
  dom::array features;
  if (root["features"].get(features))
    return fail("no FeatureCollection", path,
                "units come as {\"type\":\"FeatureCollection\",\"features\":[...]}");
  auto merge = PackMerge::open(options.base, options.out,
                               source_line("outlines", path, options.licence, "licence not stated"));
  if (!merge) return std::unexpected(merge.error());
  ImportReport report;
  std::set<std::string> seen;
  for (dom::element f : features) {
    const std::string where = path + ", feature " + std::to_string(++report.rows);
    const auto outline = read_outline(f);
    if (!outline) return fail(outline.error().what, where, outline.error().remedy);
    const Feature about = properties_of(f, options);
    if (about.name.empty())
      return fail("no name among the properties", where, "name it adm1_en, name_en, shapeName or name");
    if (!about.code.empty() && !seen.insert(about.code).second)
      return fail("code " + about.code + " stands twice", where);
    NewPlace p;
    p.id = "ocha:" + (about.code.empty() ? about.name : about.code);
    p.name = about.name;
    if (!about.local.empty()) p.names.emplace_back(about.local, NameKind::alias);
    p.country = merge->base().country_index(about.country);
    if (p.country == PlaceRecord::kNoCountry)
      return fail("'" + about.country + "' is no country", where, "say --country XX");
    double min_lat = 90, max_lat = -90, min_lon = 180, max_lon = -180;
    for (const Ring& ring : outline->rings)
      for (const auto& [lat, lon] : ring) {
        min_lat = std::min(min_lat, lat);
        max_lat = std::max(max_lat, lat);
        min_lon = std::min(min_lon, lon);
        max_lon = std::max(max_lon, lon);
      }
    p.lat = (min_lat + max_lat) / 2;
    p.lon = (min_lon + max_lon) / 2;
    p.radius_km = static_cast<unsigned>(distance_km(min_lat, min_lon, max_lat, max_lon) / 2) + 1;
    p.better_point = true;
    Id<PlaceRecord> same = about.code.empty() ? Id<PlaceRecord>() : merge->by_id(p.id);
    // Without a level: as the gazetteer has it under this code, else a unit of the first level if it fits
    // one.
    const std::string level = about.level;
    p.kind = level == "region"                    ? PlaceKind::region
             : level == "adm2" || level == "adm3" ? PlaceKind::admin2
                                                  : PlaceKind::admin1;
    if (!same) same = merge->same_place(p);
    if (!same && level.empty()) {
      p.kind = PlaceKind::admin2;
      same = merge->same_place(p);
    }
    p.feature = p.kind == PlaceKind::admin1   ? "ADM1"
                : p.kind == PlaceKind::region ? "RGN"
                : level == "adm3"             ? "ADM3"
                                              : "ADM2";
    Id<PlaceRecord> place = same;
    if (same) {
      ++report.joined;
      if (auto s = merge->join(same, p); !s) return std::unexpected(s.error());
    } else {
      p.importance = p.kind == PlaceKind::admin1 ? 60 : 24;
      const auto added = merge->add(p);
      if (!added) return std::unexpected(added.error());
      place = *added;
      ++report.added;
    }
    if (auto s = merge->outline(place, *outline); !s) return std::unexpected(s.error());
    ++report.polygons;
  }
  if (report.rows == 0) return fail("no features", path);
  if (auto s = merge->finish(); !s) return std::unexpected(s.error());
  return report;
}

}  // namespace annalist
