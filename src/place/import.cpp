#include "place/import.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "base/file.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "place/filing.h"
#include "place/geonames.h"
#include "place/import_lines.h"
#include "place/merge_pack.h"

namespace annalist {
namespace {

constexpr std::uint64_t kMostIds = std::uint64_t(1) << 31;
constexpr std::uint8_t kNamedArea =
    30;  // importance of a mountain, river or camp of which nothing more is known

/// What of GeoNames' classes is worth a name in reports. Class A, P, T, L, V whole, but for what is named
/// nowhere; of waters and buildings the kinds that stand for places.
bool is_kept(char feature_class, std::string_view code) {
  static constexpr std::array<std::string_view, 9> kWaters = {"STM",  "LK",  "SEA", "GULF", "BAY",
                                                              "STRT", "RSV", "WAD", "CNL"};
  static constexpr std::array<std::string_view, 16> kSites = {"AIRB", "AIRF", "AIRP",  "AIRS", "MILB", "INSM",
                                                              "FT",   "PRN",  "DAM",   "PS",   "PSN",  "PSH",
                                                              "PSTB", "PSTC", "CMPRF", "CMP"};
  const auto has = [&](const auto& list) { return std::find(list.begin(), list.end(), code) != list.end(); };
  switch (feature_class) {
    case 'A':
      return !code.ends_with("H") && !code.starts_with("PCL");
    case 'P':
      return code != "PPLH" && code != "PPLQ" && code != "PPLCH";
    case 'T':
    case 'L':
    case 'V':
      return code != "LTER" && code != "RKS" && code != "RK";
    case 'H':
      return has(kWaters);
    case 'S':
      return has(kSites);
    default:
      return false;
  }
}

PlaceKind kind_of(char feature_class, std::string_view code) {
  if (feature_class == 'P') return kind_of_town(code);
  if (feature_class == 'A') return code == "ADM1" ? PlaceKind::admin1 : PlaceKind::admin2;
  if (feature_class == 'H') return PlaceKind::water;
  return feature_class == 'S' ? PlaceKind::facility : kind_of_area(code);
}

}  // namespace

Result<ImportReport> import_geonames(const std::string& path, const ImportOptions& options) {
  auto file = MappedFile::open(path);
  if (!file) return std::unexpected(file.error());
  auto merge =
      PackMerge::open(options.base, options.out, source_line("GeoNames", path, options.licence, "CC BY 4.0"));
  if (!merge) return std::unexpected(merge.error());
  const Gazetteer& base = merge->base();
  ImportReport report;
  std::vector<bool> seen;
  LineReader lines(file->bytes(), path);
  while (lines.next()) {
    if (lines.line().empty()) continue;
    if (auto s = lines.check(); !s) return std::unexpected(s.error());
    ++report.rows;
    if (options.progress && report.rows % 1000000 == 0) options.progress(report.rows);
    const auto row = parse_geonames_line(lines.line());
    if (!row)
      return fail(
          row.error().what, lines.where(),
          "a GeoNames dump has 19 tab-separated columns: id, name, ascii name, other names, latitude, "
          "longitude, ...");
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(row->id.data(), row->id.data() + row->id.size(), number);
    if (error != std::errc() || end != row->id.data() + row->id.size() || number >= kMostIds)
      return fail("'" + std::string(row->id.substr(0, 40)) + "' is no GeoNames id", lines.where());
    if (number >= seen.size()) seen.resize(std::max<std::size_t>(number + 1, seen.size() * 2));
    if (seen[number]) return fail("id " + std::string(row->id) + " stands twice", lines.where());
    seen[number] = true;
    const char feature_class = row->feature_class.empty() ? '?' : row->feature_class[0];
    const Id<PlaceRecord> known = merge->by_id("geonames:" + std::string(row->id));
    if (row->name.empty() || (!known && !is_kept(feature_class, row->feature))) {
      ++report.left_out;
      continue;
    }
    NewPlace p;
    p.id = "geonames:" + std::string(row->id);
    p.name = row->name;
    p.feature = row->feature;
    p.lat = row->lat;
    p.lon = row->lon;
    p.population = row->population;
    p.kind = kind_of(feature_class, row->feature);
    p.country = base.country_index(row->country);
    p.names.emplace_back(row->ascii_name, NameKind::official);
    for (std::string_view name : split_list(row->alternate_names, ','))
      p.names.emplace_back(name, NameKind::alias);
    const std::string unit = "geonames:" + std::string(row->country) + "." + std::string(row->admin1);
    p.admin1 = merge->by_id(unit);
    if (!row->admin2.empty()) p.admin2 = merge->by_id(unit + "." + std::string(row->admin2));
    p.importance = feature_class == 'P'
                       ? importance(p.population, p.kind, p.names.size() - 1)
                       : std::uint8_t(std::min<std::size_t>(kNamedArea + p.names.size(), 90));
    // A unit is in the gazetteer under its code; its number and its own point come from here.
    Id<PlaceRecord> same = known;
    if (!same && row->feature == "ADM1") same = p.admin1;
    if (!same && row->feature == "ADM2") same = p.admin2;
    if (!same) same = merge->same_place(p);
    p.better_point = p.kind == PlaceKind::admin1 || p.kind == PlaceKind::admin2;
    if (same) {
      ++report.joined;
      if (auto s = merge->join(same, p); !s) return std::unexpected(s.error());
      continue;
    }
    if (p.kind == PlaceKind::admin1) p.importance = 60;
    const auto added = merge->add(p);
    if (!added) return std::unexpected(added.error());
    ++report.added;
    if (row->feature == "ADM1") merge->remember(unit, *added);
    if (row->feature == "ADM2" && !row->admin2.empty())
      merge->remember(unit + "." + std::string(row->admin2), *added);
  }
  if (report.rows == 0) return fail("no rows", path);
  if (auto s = merge->finish(); !s) return std::unexpected(s.error());
  return report;
}

}  // namespace annalist
