// Our own additions to GeoNames, as read from data/places: countries, aliases and points of first-level
// units, names of towns and towns, and named regions, bases, camps, crossings. Reading checks the entries;
// placing them is build.h.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"

namespace annalist {

struct OverlayCountry {
  std::string iso2, iso3, geonames, name, capital;
  double lat = 0, lon = 0;
  std::uint32_t population = 0;
  std::string neighbours;  // "IQ;JO"
  std::vector<std::string> aliases, demonyms;
};

/// A first-level unit that GeoNames has, under its code: [SY.12]. It adds names, or corrects the point.
struct OverlayUnit {
  std::string code;  // "SY.12"
  std::string name;  // empty: GeoNames' own
  bool has_point = false;
  double lat = 0, lon = 0;
  std::vector<std::string> aliases, demonyms;
  std::string where;
};

struct OverlayRegion {
  std::string id, name, type, feature;
  std::vector<std::string> countries;  // alpha-2; empty for seas and world regions
  double lat = 0, lon = 0;
  unsigned radius_km = 0;
  std::vector<std::string> aliases, demonyms;
  std::string where;
};

/// A line of towns.tsv: names for a town that GeoNames has under its number, or a town of our own.
struct OverlayTown {
  std::string id;       // "172955", or "hpakant-mm"
  std::string country;  // alpha-2
  std::vector<std::string> names;
  bool has_point = false;  // our own
  double lat = 0, lon = 0;
};

struct Overlay {
  std::vector<OverlayTown> towns;
  std::vector<OverlayCountry> countries;
  std::vector<OverlayUnit> units;
  std::vector<OverlayRegion> regions;
};

/// Reads "places/countries.tsv", "places/admin1.txt", "places/regions.txt" and "places/towns.tsv" out of
/// `files`. An Error names the file and line of a missing file, an unknown key, type or country, a point off
/// the globe, or a name that two regions of one country share.
Result<Overlay> read_overlay(const std::vector<DataText>& files);

}  // namespace annalist
