// Codes of other data sets: countries under their numbers, CAMEO labels, Goldstein and PLOVER scores.
// Made from data/places/countries.tsv, data/places/country_codes.tsv and data/codebook/scales.tsv; immutable.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"

namespace annalist {

struct CountryCodes {
  std::string iso2, iso3, name, isonum, gw, cow, fips, region;  // "" for none
};

class Codes {
 public:
  static Result<Codes> load(const std::vector<DataText>& texts);
  /// By ISO 3166-1 alpha-2 or alpha-3; an empty record when unknown.
  const CountryCodes& country(std::string_view iso) const;
  /// The alpha-2 code of the country that has `value` in a column: "name", "isonum", "gw", "fips"; "" for
  /// none.
  std::string iso2_of(std::string_view column, std::string_view value) const;
  struct Scale {
    std::string label, score;
  };
  /// "cameo" "190"; an empty record when unknown.
  const Scale& scale(std::string_view scheme, std::string_view code) const;

 private:
  std::map<std::string, CountryCodes, std::less<>> countries_;
  std::map<std::string, std::string, std::less<>> by_code_;  // "fips SY", "name syria" -> SY
  std::map<std::string, Scale, std::less<>> scales_;
};

}  // namespace annalist
