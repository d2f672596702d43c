#include "export/codes.h"

#include <algorithm>

#include "base/strings.h"
#include "pack/stanza.h"

namespace annalist {
namespace {

Result<Table> table_of(const std::vector<DataText>& texts, std::string_view name) {
  const auto it = std::ranges::find(texts, name, &DataText::name);
  if (it == texts.end())
    return fail("the codebook has no " + std::string(name), {}, "run `annalist data build`");
  return parse_table(it->text, name);
}

/// The cell of a row under a column name; '-' is nothing.
struct Row {
  const Table& table;
  const std::vector<std::string>& cells;
  std::string operator[](std::string_view column) const {
    const auto at = std::ranges::find(table.columns, column);
    if (at == table.columns.end()) return {};
    const std::string& cell = cells[std::size_t(at - table.columns.begin())];
    return cell == "-" ? std::string() : cell;
  }
};

}  // namespace

Result<Codes> Codes::load(const std::vector<DataText>& texts) {
  Codes out;
  const auto names = table_of(texts, "places/countries.tsv");
  if (!names) return std::unexpected(names.error());
  const auto codes = table_of(texts, "places/country_codes.tsv");
  if (!codes) return std::unexpected(codes.error());
  const auto scales = table_of(texts, "codebook/scales.tsv");
  if (!scales) return std::unexpected(scales.error());
  for (const auto& cells : names->rows) {
    const Row row{*names, cells};
    CountryCodes c;
    c.iso2 = row["iso2"], c.iso3 = row["iso3"], c.name = row["name"];
    out.countries_[c.iso2] = c;
  }
  for (const auto& cells : codes->rows) {
    const Row row{*codes, cells};
    const auto it = out.countries_.find(row["iso2"]);
    if (it == out.countries_.end())
      return fail("'" + row["iso2"] + "' is not in countries.tsv", "places/country_codes.tsv");
    CountryCodes& c = it->second;
    c.isonum = row["isonum"], c.gw = row["gw"], c.cow = row["cow"], c.fips = row["fips"],
    c.region = row["region"];
  }
  std::vector<CountryCodes> all;
  for (const auto& [iso2, c] : out.countries_) {
    all.push_back(c);
    for (const auto& [column, value] : {std::pair("name ", fold(c.name)), std::pair("isonum ", c.isonum),
                                        std::pair("gw ", c.gw), std::pair("fips ", c.fips)})
      if (!value.empty()) out.by_code_.emplace(column + value, iso2);
  }
  for (CountryCodes& c : all) out.countries_.emplace(c.iso3, c);
  for (const auto& cells : scales->rows) {
    const Row row{*scales, cells};
    out.scales_[row["scheme"] + " " + row["code"]] = {row["label"], row["score"]};
  }
  return out;
}

const CountryCodes& Codes::country(std::string_view iso) const {
  static const CountryCodes none;
  const auto it = countries_.find(iso);
  return it == countries_.end() ? none : it->second;
}

std::string Codes::iso2_of(std::string_view column, std::string_view value) const {
  const std::string key =
      std::string(column) + " " + (column == "name" ? fold(value) : std::string(trim(value)));
  const auto it = by_code_.find(key);
  return it == by_code_.end() ? std::string() : it->second;
}

const Codes::Scale& Codes::scale(std::string_view scheme, std::string_view code) const {
  static const Scale none;
  const auto it = scales_.find(std::string(scheme) + " " + std::string(code));
  return it == scales_.end() ? none : it->second;
}

}  // namespace annalist
