#include "place/filing.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/strings.h"
#include "base/utf8.h"
#include "place/name_key.h"

namespace annalist {
namespace {

// Countries whose names reach English through several transliterations; their towns get a skeleton key.
constexpr std::string_view kSkeletonCountries =
    "AE AF AM AZ BD BG BH BY DJ DZ EG EH ER ET GE IL IN IQ IR JO KG KR KW KZ LB LK LY MA MD MK MM MN MR NP "
    "OM "
    "PK PS QA RS RU SA SD SO SS SY TD TJ TM TN UA UZ XK YE";

// Words that name the class of a unit, and may be left away: "Laurel County" -> "Laurel".
constexpr std::string_view kClassWords[] = {"province",
                                            "governorate",
                                            "state",
                                            "region",
                                            "oblast",
                                            "department",
                                            "district",
                                            "county",
                                            "parish",
                                            "kray",
                                            "krai",
                                            "republic",
                                            "prefecture",
                                            "municipality",
                                            "regency",
                                            "muhafazat",
                                            "raion",
                                            "rayon",
                                            "municipio",
                                            "wilaya",
                                            "okrug",
                                            "borough",
                                            "kabupaten",
                                            "circle",
                                            "cercle",
                                            "arrondissement",
                                            "division",
                                            "sub prefecture",
                                            "departamento",
                                            "departement",
                                            "provincia",
                                            "partido",
                                            "zone",
                                            "canton",
                                            "upazila",
                                            "township",
                                            "woreda",
                                            "powiat",
                                            "gmina",
                                            "obshtina",
                                            "opstina",
                                            "opcina",
                                            "kota",
                                            "concelho",
                                            "comuna",
                                            "judetul",
                                            "landkreis",
                                            "ilcesi",
                                            "zila",
                                            "tehsil",
                                            "city of",
                                            "town of",
                                            "locality",
                                            "liwa",
                                            "qada",
                                            "mantiqat",
                                            "shahrestan e",
                                            "amphoe",
                                            "huyen",
                                            "markaz",
                                            "daira",
                                            "caza",
                                            "commune",
                                            "distrito",
                                            "gemeente",
                                            "okres",
                                            "nomos",
                                            "nohiyai",
                                            "tumani",
                                            "audany",
                                            "oras",
                                            "municipiul",
                                            "kommune",
                                            "kommun",
                                            "gorodskoy okrug",
                                            "politischer bezirk"};

/// What stands between a class word and the name: "Province du Sanmatenga".
constexpr std::string_view kLinks[] = {"de la ", "de los ", "de las ", "del ", "de ", "du ", "des ",
                                       "d ",     "do ",     "da ",     "dos ", "of ", "di "};

}  // namespace

bool is_skeleton_country(std::string_view iso2) {
  return iso2.size() == 2 && kSkeletonCountries.find(iso2) != std::string_view::npos;
}

/// 0..255: ten steps a doubling of population above 500, and a bonus for the kind.
std::uint8_t importance(std::uint32_t population, PlaceKind kind, std::size_t alternates) {
  double score = population > 0 ? 8 * std::log2(std::max(1.0, population / 250.0)) : 0;
  if (kind == PlaceKind::capital) score += 40;
  if (kind == PlaceKind::seat) score += 16;
  if (kind == PlaceKind::section) score *= 0.5;
  score += std::min(40.0, 1.2 * static_cast<double>(alternates));
  return static_cast<std::uint8_t>(std::clamp(score, 0.0, 255.0));
}

PlaceKind kind_of_town(std::string_view feature) {
  if (feature == "PPLC") return PlaceKind::capital;
  if (feature == "PPLA") return PlaceKind::seat;
  if (feature == "PPLX") return PlaceKind::section;
  return PlaceKind::town;
}

PlaceKind kind_of_area(std::string_view feature) {
  if (feature == "CONT" || feature == "RGNL") return PlaceKind::continent;
  if (feature == "ADM2") return PlaceKind::admin2;
  if (feature == "TERR") return PlaceKind::admin1;
  if (feature == "PPL") return PlaceKind::town;
  if (feature == "PPLX") return PlaceKind::section;
  constexpr std::array<std::string_view, 8> kWater = {"OCN",  "SEA", "GULF", "BAY",
                                                      "STRT", "LK",  "STM",  "CNL"};
  if (std::find(kWater.begin(), kWater.end(), feature) != kWater.end()) return PlaceKind::water;
  constexpr std::array<std::string_view, 9> kBuilt = {"MILB", "AIRB", "AIRP", "CMPRF", "PSTB",
                                                      "PRN",  "DAM",  "PS",   "S"};
  if (std::find(kBuilt.begin(), kBuilt.end(), feature) != kBuilt.end()) return PlaceKind::facility;
  return PlaceKind::region;
}

/// Airport and language codes ("LAX") stand among the alternate names; they are no names.
bool is_code(std::string_view name) {
  return name.size() <= 4 && std::all_of(name.begin(), name.end(), [](char c) { return is_upper(c); });
}

/// Latin, Cyrillic or Arabic letters: the scripts that a report in English may give a name in.
bool is_filed_script(std::string_view key) {
  for (std::size_t at = 0; at < key.size();) {
    const char32_t c = next_code_point(key, at);
    if (c >= 0x80 && !(c >= 0x400 && c <= 0x52F) && !(c >= 0x620 && c <= 0x6FF)) return false;
  }
  return true;
}

bool is_latin(std::string_view key) {
  return std::all_of(key.begin(), key.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string without_class_word(std::string_view key) {
  for (std::string_view word : kClassWords) {
    if (key.size() > word.size() + 1 && key.ends_with(word) && key[key.size() - word.size() - 1] == ' ')
      return std::string(key.substr(0, key.size() - word.size() - 1));
    if (key.size() > word.size() + 1 && key.starts_with(word) && key[word.size()] == ' ') {
      std::string_view rest = trim(key.substr(word.size() + 1));
      for (const std::string_view link : kLinks)
        if (rest.starts_with(link)) {
          rest.remove_prefix(link.size());
          break;
        }
      return std::string(rest);
    }
  }
  return {};
}

std::string with_article(std::string_view key) {
  for (const std::string_view link : {" de la ", " de las ", " de los ", " de el "})
    if (const auto at = key.find(link); at != std::string_view::npos)
      for (const std::string_view word : kClassWords)
        if (key.substr(0, at) == word) return std::string(key.substr(at + 4));
  return {};
}

std::string_view without_article(std::string_view key) {
  for (const std::string_view article : {"la ", "le ", "les ", "el ", "los ", "las "})
    if (key.starts_with(article) && key.find(' ', article.size()) != std::string_view::npos)
      return key.substr(article.size());
  return {};
}

/// "Syrian" -> "Syrians"; empty where English has no such plural.
std::string plural_of(std::string_view demonym) {
  for (std::string_view end : {"s", "h", "se", "ss", "men", "man", "z", "."})
    if (demonym.ends_with(end)) return {};
  return std::string(demonym) + "s";
}

}  // namespace annalist
