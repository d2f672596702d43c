// Tables of P-codes. Two passes over the mapped file: the units above the deepest level, which have no rows
// of their own, get their middle from the places in them; then every row becomes a place.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
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

constexpr int kLevels = 5;
constexpr std::uint8_t kVillage = 24, kUnitImportance[] = {60, 24, 16};

/// What a column holds: "adm4_en" -> level 4, name in "en".
struct Column {
  enum Kind { none, name, code, lat, lon, type, population } kind = none;
  int level = 0;
  std::string language;
};

/// In lower case without anything but letters and digits; "admin" is "adm", "name" is left away.
std::string plain_column(std::string_view s) {
  std::string out;
  for (char c : lower(s))
    if (is_alpha(c) || is_digit(c)) out += c;
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"admin", "adm"}, {"name", ""}})
    for (std::size_t at; (at = out.find(from)) != std::string::npos;) out.replace(at, from.size(), to);
  return out;
}

Column column_of(std::string_view title) {
  const std::string s = plain_column(title);
  if (s == "lat" || s == "latitude" || s == "y") return {Column::lat, 0, {}};
  if (s == "lon" || s == "lng" || s == "long" || s == "longitude" || s == "x") return {Column::lon, 0, {}};
  if (s == "type" || s == "class") return {Column::type, 0, {}};
  if (s == "population" || s == "pop" || s == "totalpopulation") return {Column::population, 0, {}};
  if (s.size() < 4 || !s.starts_with("adm") || !is_digit(s[3])) return {};
  const int level = s[3] - '0';
  if (level < 1 || level > kLevels) return {};
  const std::string rest = s.substr(4);
  if (rest == "pcode" || rest == "code" || rest == "id") return {Column::code, level, {}};
  if (rest.empty() || (rest.size() == 2 && rest != "id")) return {Column::name, level, rest};
  return {};
}

struct Row {
  std::array<std::string, kLevels + 1> code;
  std::array<std::vector<std::pair<std::string, std::string>>, kLevels + 1> names;  // language, name
  double lat = 0, lon = 0;
  std::string type;
  std::uint32_t population = 0;
  int level = 0;  // the deepest that has a code

  std::string_view name(int at) const {
    for (const auto& [language, n] : names[at])
      if (language == "en" || language.empty()) return n;
    return names[at].empty() ? std::string_view() : std::string_view(names[at].front().second);
  }
};

bool parse_double(std::string_view s, double& out) {
  s = trim(s);
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out);
  return error == std::errc() && end == s.data() + s.size() && std::isfinite(out);
}

/// Reads rows of either form. A CSV cell may be quoted, but a line break in one is not understood.
class TableReader {
 public:
  TableReader(std::string_view text, const std::string& path) : lines_(text, path), text_(text) {}

  /// False at the end; an Error with the line.
  Result<bool> next(Row& row) {
    while (lines_.next()) {
      if (trim(lines_.line()).empty()) continue;
      if (auto s = lines_.check(); !s) return std::unexpected(s.error());
      if (lines_.line().front() == '{') return json(row);
      if (columns_.empty()) {
        if (auto s = header(); !s) return std::unexpected(s.error());
        continue;
      }
      return csv(row);
    }
    return false;
  }
  std::string where() const { return lines_.where(); }

 private:
  Result<bool> json(Row& row) {
    row = {};
    const std::string_view line = lines_.line();
    simdjson::dom::element root;
    simdjson::dom::object object;
    if (parser_.parse(line.data(), line.size()).get(root) || root.get(object))
      return fail("not a JSON object", where());
    bool lat = false, lon = false;
    for (const auto& [key, value] : object) {
      const Column c = column_of(key);
      if (c.kind == Column::none) continue;
      double number = 0;
      std::string_view text;
      std::string cell;
      if (!value.get(number)) {
        if (c.kind == Column::lat || c.kind == Column::lon) {
          (c.kind == Column::lat ? row.lat : row.lon) = number;
          (c.kind == Column::lat ? lat : lon) = true;
          continue;
        }
        cell = std::to_string(static_cast<long long>(number));
      } else if (!value.get(text)) {
        cell = text;
      }
      if (auto s = put(row, c, cell, lat, lon); !s) return std::unexpected(s.error());
    }
    return complete(row, lat, lon);
  }

  Status header() {
    const std::string_view line = lines_.line();
    for (const char c : {',', ';', '\t'})
      if (std::count(line.begin(), line.end(), c) > std::count(line.begin(), line.end(), separator_))
        separator_ = c;
    bool code = false, point = false;
    for (const std::string& title : cells(line)) {
      columns_.push_back(column_of(title));
      code |= columns_.back().kind == Column::code;
      point |= columns_.back().kind == Column::lat;
    }
    if (!code || !point)
      return fail("no columns of P-codes and points", where(),
                  "the header must name them like adm1_en, adm1_pcode, ..., lat, lon");
    return {};
  }

  std::vector<std::string> cells(std::string_view line) const {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
        out.back() += '"';
        ++i;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator_ && !quoted) {
        out.emplace_back();
      } else {
        out.back() += c;
      }
    }
    return out;
  }

  Result<bool> csv(Row& row) {
    row = {};
    const auto values = cells(lines_.line());
    if (values.size() != columns_.size())
      return fail(
          std::to_string(values.size()) + " columns, the header has " + std::to_string(columns_.size()),
          where());
    bool lat = false, lon = false;
    for (std::size_t i = 0; i < values.size(); ++i)
      if (auto s = put(row, columns_[i], values[i], lat, lon); !s) return std::unexpected(s.error());
    return complete(row, lat, lon);
  }

  Status put(Row& row, const Column& c, const std::string& raw, bool& lat, bool& lon) const {
    const std::string value(trim(raw));
    if (value.empty()) return {};
    switch (c.kind) {
      case Column::name:
        row.names[c.level].emplace_back(c.language, value);
        break;
      case Column::code:
        row.code[c.level] = value;
        row.level = std::max(row.level, c.level);
        break;
      case Column::lat:
        if (!(lat = parse_double(value, row.lat))) return fail("'" + value + "' is no latitude", where());
        break;
      case Column::lon:
        if (!(lon = parse_double(value, row.lon))) return fail("'" + value + "' is no longitude", where());
        break;
      case Column::type:
        row.type = value;
        break;
      case Column::population:
        if (double n = 0; parse_double(value, n) && n > 0) row.population = std::uint32_t(std::min(n, 4e9));
        break;
      case Column::none:
        break;
    }
    return {};
  }

  Result<bool> complete(const Row& row, bool lat, bool lon) const {
    if (row.level == 0) return fail("no P-code", where(), "columns are named like adm4_pcode");
    if (row.name(row.level).empty()) return fail("no name for P-code " + row.code[row.level], where());
    if (!lat || !lon || !(std::abs(row.lat) <= 90) || !(std::abs(row.lon) <= 180))
      return fail("no point on the globe", where(), "columns are named lat and lon");
    return true;
  }

  LineReader lines_;
  std::string_view text_;
  std::vector<Column> columns_;
  char separator_ = ',';
  simdjson::dom::parser parser_;
};

struct Unit {
  Row row;  // the first that names it
  int level = 0;
  double lat = 0, lon = 0, min_lat = 90, max_lat = -90, min_lon = 180, max_lon = -180;
  std::uint32_t places = 0;
  std::uint64_t population = 0;
};

class PcodeImport {
 public:
  PcodeImport(PackMerge& merge, const ImportOptions& options) : merge_(merge), options_(options) {}

  Status collect(TableReader& reader) {
    std::map<std::string, std::uint64_t> seen;
    Row row;
    for (;;) {
      const auto more = reader.next(row);
      if (!more) return std::unexpected(more.error());
      if (!*more) break;
      // Quarters of a town carry the code of the town.
      if (!seen.emplace(row.code[row.level], 0).second && !is_section(row))
        return fail("P-code " + row.code[row.level] + " stands twice", reader.where());
      if (auto s = country_of(row); !s) return fail(s.error().what, reader.where(), s.error().remedy);
      for (int level = 1; level < row.level; ++level) {
        if (row.code[level].empty()) continue;
        Unit& u = units_[{level, row.code[level]}];
        if (u.places == 0) u.row = row;
        u.level = level;
        u.lat += row.lat;
        u.lon += row.lon;
        u.min_lat = std::min(u.min_lat, row.lat);
        u.max_lat = std::max(u.max_lat, row.lat);
        u.min_lon = std::min(u.min_lon, row.lon);
        u.max_lon = std::max(u.max_lon, row.lon);
        u.population += row.population;
        ++u.places;
      }
    }
    return {};
  }

  Status add_units(ImportReport& report) {
    for (const auto& [key, u] : units_) {
      NewPlace p = place_of(u.row, u.level);
      p.lat = (u.lat / u.places + (u.min_lat + u.max_lat) / 2) / 2;
      p.lon = (u.lon / u.places + (u.min_lon + u.max_lon) / 2) / 2;
      p.population = static_cast<std::uint32_t>(std::min<std::uint64_t>(u.population, 4000000000u));
      p.radius_km = static_cast<unsigned>(distance_km(u.min_lat, u.min_lon, u.max_lat, u.max_lon) / 2) + 1;
      if (auto s = take(p, u.level, report); !s) return s;
    }
    return {};
  }

  Status add_row(const Row& row, ImportReport& report) {
    NewPlace p = place_of(row, row.level);
    if (const Id<PlaceRecord> town = merge_.by_id(p.id); town && is_section(row)) {
      if (towns_[p.id].contains(std::string(p.name))) {  // a quarter without a name of its own
        ++report.left_out;
        return {};
      }
      p.id += "/" + std::string(p.name);
    }
    towns_[p.id].emplace(p.name);
    p.lat = row.lat;
    p.lon = row.lon;
    p.population = row.population;
    if (p.kind == PlaceKind::town) p.importance = std::max(kVillage, importance(row.population, p.kind, 0));
    return take(p, row.level, report);
  }

 private:
  static bool is_section(const Row& row) { return row.type == "N" || lower(row.type).starts_with("neighb"); }

  Result<std::uint16_t> country_of(const Row& row) const {
    std::string code = options_.country;
    for (int level = 1; code.empty() && level <= row.level; ++level)
      if (const std::string& c = row.code[level]; c.size() > 2 && is_alpha(c[0]) && is_alpha(c[1]))
        code = c.substr(0, 2);
    for (char& c : code) c = static_cast<char>(c & ~0x20);
    const std::uint16_t country = merge_.base().country_index(code);
    if (country == PlaceRecord::kNoCountry)
      return fail("P-code " + row.code[row.level] + " does not tell the country", {}, "say --country XX");
    return country;
  }

  NewPlace place_of(const Row& row, int level) const {
    NewPlace p;
    p.id = "ocha:" + row.code[level];
    p.name = row.name(level);
    for (const auto& [language, name] : row.names[level])
      if (name != p.name) p.names.emplace_back(name, NameKind::alias);
    // "Maaret Elnaasan - Maaret Elhaski": two names of one place.
    if (const auto dash = p.name.find(" - "); dash != p.name.npos)
      for (const std::string_view half : {trim(p.name.substr(0, dash)), trim(p.name.substr(dash + 3))})
        if (half.size() > 2) p.names.emplace_back(half, NameKind::official);
    p.country = country_of(row).value_or(PlaceRecord::kNoCountry);
    if (level > 1) p.admin1 = merge_.by_id("ocha:" + row.code[1]);
    for (int up = 2; up < level && !p.admin2; ++up) p.admin2 = merge_.by_id("ocha:" + row.code[up]);
    static constexpr std::string_view kFeatures[] = {"ADM1", "ADM2", "ADM3"};
    if (level <= 3) {
      p.kind = level == 1 ? PlaceKind::admin1 : PlaceKind::admin2;
      p.feature = kFeatures[level - 1];
      p.importance = kUnitImportance[level - 1];
    } else {
      const bool section = is_section(row);
      p.kind = section ? PlaceKind::section : PlaceKind::town;
      p.feature = section ? "PPLX" : "PPL";
    }
    return p;
  }

  Status take(const NewPlace& p, int level, ImportReport& report) {
    Id<PlaceRecord> same = merge_.by_id(p.id);
    // A unit of the third level has no counterpart in the base; a namesake of the second is another unit.
    if (!same && level != 3) same = merge_.same_place(p);
    if (same) {
      ++report.joined;
      merge_.remember(p.id, same);
      return merge_.join(same, p);
    }
    const auto added = merge_.add(p);
    if (!added) return std::unexpected(added.error());
    merge_.remember(p.id, *added);
    ++report.added;
    return {};
  }

  PackMerge& merge_;
  const ImportOptions& options_;
  std::map<std::pair<int, std::string>, Unit> units_;
  std::map<std::string, std::set<std::string>> towns_;  // id -> names that were given under it
};

}  // namespace

Result<ImportReport> import_pcodes(const std::string& path, const ImportOptions& options) {
  auto file = MappedFile::open(path);
  if (!file) return std::unexpected(file.error());
  auto merge = PackMerge::open(options.base, options.out,
                               source_line("P-codes", path, options.licence, "OCHA, CC BY-IGO"));
  if (!merge) return std::unexpected(merge.error());
  PcodeImport import(*merge, options);
  {
    TableReader reader(file->bytes(), path);
    if (auto s = import.collect(reader); !s) return std::unexpected(s.error());
  }
  ImportReport report;
  if (auto s = import.add_units(report); !s) return std::unexpected(s.error());
  TableReader reader(file->bytes(), path);
  Row row;
  for (;;) {
    const auto more = reader.next(row);
    if (!more) return std::unexpected(more.error());
    if (!*more) break;
    ++report.rows;
    if (options.progress && report.rows % 1000000 == 0) options.progress(report.rows);
    if (auto s = import.add_row(row, report); !s) return std::unexpected(s.error());
  }
  if (report.rows == 0) return fail("no rows", path);
  if (auto s = merge->finish(); !s) return std::unexpected(s.error());
  return report;
}

}  // namespace annalist
