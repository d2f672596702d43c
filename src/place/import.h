// `annalist gazetteer import`: merges a GeoNames dump, a table of P-codes (OCHA) or administrative polygons
// (GeoJSON) into a gazetteer. What is the same place keeps its entry and gains names and the other source's
// id; the rest is added. Every entry remembers its source and licence (docs/formats/gazetteer.md).
//
// Input is mapped and read line by line, name keys are sorted in runs on disk: memory stays bounded by the
// gazetteer that is merged into, not by the file. The result appears only when everything was read.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace annalist {

struct ImportOptions {
  std::string base;     // the gazetteer to merge into
  std::string out;      // may be the same path
  std::string country;  // ISO 3166-1 alpha-2 of rows that do not say it
  std::string licence;  // of the file; empty: the usual one of its kind
  std::string level;    // GeoJSON only: "adm1", "adm2" or "region"; empty: from the properties
  std::function<void(std::uint64_t rows)> progress;  // called every million rows; may be empty
};

struct ImportReport {
  std::uint64_t rows = 0, added = 0, joined = 0, left_out = 0, polygons = 0;
};

/// A dump of GeoNames: 19 tab-separated columns (allCountries.txt, SY.txt). Roads, hotels, schools and other
/// things that no report means by a name are left out.
Result<ImportReport> import_geonames(const std::string& path, const ImportOptions& options);

/// A table of places with P-codes, CSV with a header or JSON lines: adm1_en, adm1_pcode, ... down to the
/// deepest level, lat, lon; names in other languages as adm4_ar. Column names in the styles of OCHA's
/// releases (admin4Name_en, ADM4_EN) are understood.
Result<ImportReport> import_pcodes(const std::string& path, const ImportOptions& options);

/// Polygons of units (a FeatureCollection): they give the units they match, by code or name, their outline,
/// middle and reach.
Result<ImportReport> import_geojson(const std::string& path, const ImportOptions& options);

}  // namespace annalist
