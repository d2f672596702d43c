#include "place/overlay.h"

#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/strings.h"
#include "pack/stanza.h"
#include "place/name_key.h"

namespace annalist {
namespace {

// The `type:` of a region and the GeoNames feature code that comes nearest.
constexpr std::array<std::pair<std::string_view, std::string_view>, 37> kTypes = {{
    {"continent", "CONT"}, {"world region", "RGNL"}, {"region", "RGN"},   {"historical region", "RGNH"},
    {"front", "RGN"},      {"mountains", "MTS"},     {"mountain", "MT"},  {"hills", "HLLS"},
    {"valley", "VAL"},     {"plain", "PLN"},         {"desert", "DSRT"},  {"forest", "FRST"},
    {"peninsula", "PEN"},  {"island", "ISL"},        {"islands", "ISLS"}, {"coast", "CST"},
    {"ocean", "OCN"},      {"sea", "SEA"},           {"gulf", "GULF"},    {"bay", "BAY"},
    {"strait", "STRT"},    {"lake", "LK"},           {"river", "STM"},    {"canal", "CNL"},
    {"base", "MILB"},      {"airbase", "AIRB"},      {"airport", "AIRP"}, {"camp", "CMPRF"},
    {"crossing", "PSTB"},  {"prison", "PRN"},        {"dam", "DAM"},      {"plant", "PS"},
    {"site", "S"},         {"town", "PPL"},          {"section", "PPLX"}, {"district", "ADM2"},
    {"territory", "TERR"},
}};

std::string_view feature_of(std::string_view type) {
  for (const auto& [name, code] : kTypes)
    if (name == type) return code;
  return {};
}

bool parse_number(std::string_view s, double& out) {
  s = trim(s);
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out);
  return error == std::errc() && end == s.data() + s.size() && std::isfinite(out);
}

bool on_globe(double lat, double lon) { return std::abs(lat) <= 90 && std::abs(lon) <= 180; }

/// "35.75, 36.5"
bool parse_point(std::string_view s, double& lat, double& lon) {
  const auto parts = split(s, ',');
  return parts.size() == 2 && parse_number(parts[0], lat) && parse_number(parts[1], lon) &&
         on_globe(lat, lon);
}

std::vector<std::string> strings(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

std::vector<std::string> cell_list(const std::string& cell) {
  return cell == "-" ? std::vector<std::string>() : strings(split_list(cell));
}

Result<std::vector<OverlayCountry>> read_countries(const DataText& file) {
  const auto table = parse_table(file.text, file.name);
  if (!table) return std::unexpected(table.error());
  constexpr std::array<std::string_view, 11> kColumns = {"iso2",       "iso3",    "geonames", "name",
                                                         "capital",    "lat",     "lon",      "population",
                                                         "neighbours", "aliases", "demonyms"};
  std::array<std::size_t, kColumns.size()> at{};
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const auto column = table->column(kColumns[i], file.name);
    if (!column) return std::unexpected(column.error());
    at[i] = *column;
  }
  std::vector<OverlayCountry> out;
  std::set<std::string> seen;
  for (const auto& row : table->rows) {
    OverlayCountry c{row[at[0]], row[at[1]], row[at[2]], row[at[3]], row[at[4]], 0, 0, 0, {}, {}, {}};
    const std::string where = std::string(file.name) + ", country " + c.iso2;
    if (c.iso2.size() != 2 || c.iso3.size() != 3) return fail("codes must be of 2 and 3 letters", where);
    if (!seen.insert(c.iso2).second) return fail("stands twice", where);
    if (!parse_number(row[at[5]], c.lat) || !parse_number(row[at[6]], c.lon) || !on_globe(c.lat, c.lon))
      return fail("not a point on the globe", where);
    double population = 0;
    if (!parse_number(row[at[7]], population) || population < 0) return fail("population", where);
    c.population = static_cast<std::uint32_t>(std::min(population, 4e9));
    c.neighbours = row[at[8]] == "-" ? "" : row[at[8]];
    c.aliases = cell_list(row[at[9]]);
    c.demonyms = cell_list(row[at[10]]);
    out.push_back(std::move(c));
  }
  return out;
}

Result<std::vector<OverlayUnit>> read_units(const DataText& file, const std::set<std::string>& countries) {
  const auto stanzas = parse_stanzas(file.text, file.name, {"name", "alias", "demonym", "point", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  std::vector<OverlayUnit> out;
  for (const Stanza& s : *stanzas) {
    OverlayUnit u;
    u.code = s.id;
    u.where = s.where();
    if (u.code.size() < 4 || u.code[2] != '.' || !countries.contains(u.code.substr(0, 2)))
      return fail("[" + s.id + "] is no code of a first-level unit", s.where(), "write [SY.12]");
    u.name = s.get("name");
    u.aliases = strings(s.list("alias"));
    u.demonyms = strings(s.list("demonym"));
    if (const auto point = s.get("point"); !point.empty()) {
      if (!parse_point(point, u.lat, u.lon)) return fail("not a point on the globe", s.where());
      u.has_point = true;
    }
    out.push_back(std::move(u));
  }
  return out;
}

Result<std::vector<OverlayTown>> read_towns(const DataText& file, const std::set<std::string>& countries) {
  const auto table = parse_table(file.text, file.name);
  if (!table) return std::unexpected(table.error());
  constexpr std::array<std::string_view, 5> kColumns = {"id", "country", "names", "lat", "lon"};
  std::array<std::size_t, kColumns.size()> at{};
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const auto column = table->column(kColumns[i], file.name);
    if (!column) return std::unexpected(column.error());
    at[i] = *column;
  }
  std::vector<OverlayTown> out;
  std::set<std::string> seen;
  for (const auto& row : table->rows) {
    OverlayTown t{row[at[0]], row[at[1]], cell_list(row[at[2]]), false, 0, 0};
    const std::string where = std::string(file.name) + ", town " + t.id;
    if (t.id.empty() || !seen.insert(t.id).second) return fail("no id, or one that stands twice", where);
    if (!countries.contains(t.country)) return fail("unknown country '" + t.country + "'", where);
    if (t.names.empty()) return fail("no name", where);
    const bool number = t.id.find_first_not_of("0123456789") == std::string::npos;
    t.has_point = row[at[3]] != "-";
    if (number == t.has_point)
      return fail("a GeoNames number goes without a point, an id of our own with one", where);
    if (t.has_point &&
        (!parse_number(row[at[3]], t.lat) || !parse_number(row[at[4]], t.lon) || !on_globe(t.lat, t.lon)))
      return fail("not a point on the globe", where);
    out.push_back(std::move(t));
  }
  return out;
}

Result<std::vector<OverlayRegion>> read_regions(const DataText& file,
                                                const std::set<std::string>& countries) {
  const auto stanzas = parse_stanzas(
      file.text, file.name, {"name", "alias", "demonym", "type", "point", "radius", "country", "note"});
  if (!stanzas) return std::unexpected(stanzas.error());
  std::vector<OverlayRegion> out;
  std::map<std::string, std::string> owner;  // country + key -> region
  for (const Stanza& s : *stanzas) {
    OverlayRegion r;
    r.id = s.id;
    r.where = s.where();
    r.name = s.get("name");
    r.type = s.get("type");
    r.feature = feature_of(r.type);
    r.aliases = strings(s.list("alias"));
    r.demonyms = strings(s.list("demonym"));
    r.countries = strings(s.list("country"));
    if (r.name.empty()) return fail("no name", s.where());
    if (r.feature.empty()) return fail("unknown type '" + r.type + "'", s.where());
    if (!parse_point(s.get("point"), r.lat, r.lon)) return fail("not a point on the globe", s.where());
    double radius = 0;
    if (const auto text = s.get("radius");
        !text.empty() && (!parse_number(text, radius) || radius < 0 || radius > 20000))
      return fail("radius must be 0 to 20,000 km", s.where());
    r.radius_km = static_cast<unsigned>(radius);
    for (const std::string& c : r.countries)
      if (!countries.contains(c)) return fail("unknown country '" + c + "'", s.where());
    std::vector<std::string> names = r.aliases;
    names.push_back(r.name);
    std::set<std::string> own;
    for (const std::string& n : names) {
      const std::string key = (r.countries.empty() ? "" : r.countries.front()) + "/" + name_key(n);
      if (!own.insert(key).second) return fail("'" + n + "' is given twice", s.where());
      const auto [it, fresh] = owner.emplace(key, r.id);
      if (!fresh) return fail("'" + n + "' is also a name of [" + it->second + "]", s.where());
    }
    out.push_back(std::move(r));
  }
  return out;
}

}  // namespace

Result<Overlay> read_overlay(const std::vector<DataText>& files) {
  constexpr std::array<std::string_view, 4> kNames = {"places/countries.tsv", "places/admin1.txt",
                                                      "places/regions.txt", "places/towns.tsv"};
  std::array<const DataText*, kNames.size()> found{};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    for (const DataText& file : files)
      if (file.name == kNames[i]) found[i] = &file;
    if (!found[i]) return fail("missing", "data/" + std::string(kNames[i]));
  }
  Overlay overlay;
  auto countries = read_countries(*found[0]);
  if (!countries) return std::unexpected(countries.error());
  overlay.countries = std::move(*countries);
  std::set<std::string> codes;
  for (const OverlayCountry& c : overlay.countries) codes.insert(c.iso2);
  auto units = read_units(*found[1], codes);
  if (!units) return std::unexpected(units.error());
  overlay.units = std::move(*units);
  auto regions = read_regions(*found[2], codes);
  if (!regions) return std::unexpected(regions.error());
  overlay.regions = std::move(*regions);
  auto towns = read_towns(*found[3], codes);
  if (!towns) return std::unexpected(towns.error());
  overlay.towns = std::move(*towns);
  return overlay;
}

}  // namespace annalist
