#include "place/geonames.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/strings.h"

namespace annalist {
namespace {

template <class T>
bool parse(std::string_view s, T& out) {
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out);
  return error == std::errc() && end == s.data() + s.size();
}

}  // namespace

Result<GeonamesRow> parse_geonames_line(std::string_view line) {
  std::array<std::string_view, 19> cells;
  const auto tabs = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t'));
  if (tabs + 1 != cells.size())
    return fail("not a line of a GeoNames dump: " + std::to_string(tabs + 1) + " columns, not 19");
  for (std::size_t n = 0, from = 0; n < cells.size(); ++n) {
    const std::size_t to = std::min(line.find('\t', from), line.size());
    cells[n] = line.substr(from, to - from);
    from = to + 1;
  }
  GeonamesRow row;
  if (!parse(cells[4], row.lat) || !parse(cells[5], row.lon) || !(std::abs(row.lat) <= 90) ||
      !(std::abs(row.lon) <= 180))
    return fail("not a line of a GeoNames dump: columns 5 and 6 are no point on the globe");
  row.id = cells[0];
  row.name = cells[1];
  row.ascii_name = cells[2];
  row.alternate_names = cells[3];
  row.feature_class = cells[6];
  row.feature = cells[7];
  row.country = cells[8];
  row.admin1 = cells[10];
  row.admin2 = cells[11];
  std::uint64_t population = 0;
  if (parse(cells[14], population))
    row.population = static_cast<std::uint32_t>(std::min<std::uint64_t>(population, 0xFFFFFFFFu));
  return row;
}

Result<std::vector<GeonamesRow>> read_geonames(std::string_view text, std::string_view file) {
  std::vector<GeonamesRow> rows;
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) continue;
    auto row = parse_geonames_line(line);
    if (!row) return fail(row.error().what, std::string(file) + ":" + std::to_string(number));
    rows.push_back(*row);
  }
  return rows;
}

Result<std::vector<AdminName>> read_admin_names(std::string_view json, std::string_view file) {
  simdjson::dom::parser parser;
  simdjson::dom::array list;
  if (parser.parse(simdjson::padded_string(json)).get(list))
    return fail("not a JSON list", std::string(file));
  std::vector<AdminName> out;
  for (simdjson::dom::element item : list) {
    std::string_view code, name;
    if (item["code"].get(code) || item["name"].get(name))
      return fail("entry " + std::to_string(out.size()) + " has no code or name", std::string(file));
    out.push_back({std::string(code), std::string(name)});
  }
  return out;
}

}  // namespace annalist
