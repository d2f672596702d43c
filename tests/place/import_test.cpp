#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "base/file.h"
#include "place/import.h"
#include "place/name_key.h"
#include "tiny.h"

using namespace annalist;
using namespace annalist::test;

namespace {

/// The tiny gazetteer as a file to merge into, and where the result goes.
ImportOptions into_tiny(const std::string& name) {
  ImportOptions options;
  options.base = temporary_file("import_base.gaz", build_gazetteer(tiny_sources()).value());
  options.out = (std::filesystem::temp_directory_path() / ("annalist_" + name)).string();
  std::filesystem::remove(options.out);
  return options;
}

std::string geonames_line(int id, std::string_view name, std::string_view others, std::string_view lat,
                          std::string_view lon, std::string_view feature, std::string_view unit) {
  const std::string feature_class = feature.starts_with("PPL") ? "P" : feature.starts_with("ADM") ? "A" : "T";
  return std::to_string(id) + "\t" + std::string(name) + "\t" + std::string(name) + "\t" +
         std::string(others) + "\t" + std::string(lat) + "\t" + std::string(lon) + "\t" + feature_class +
         "\t" + std::string(feature) + "\tSY\t\t" + std::string(unit) +
         "\t\t\t\t0\t\t\tAsia/Damascus\t2020-01-01\n";
}

const PlaceRecord* find(const Gazetteer& gaz, std::string_view name, std::string_view id) {
  for (const Posting p : gaz.find(name_key(name)))
    if (gaz.id(gaz[p.place()]) == id) return &gaz[p.place()];
  return nullptr;
}

constexpr std::string_view kTable =
    "admin1Name_en,admin1Pcode,admin2Name_en,admin2Pcode,admin4Name_en,admin4Name_ar,admin4Pcode,lat,lon\n"
    "Idleb,SY07,Ariha,SY0705,\"Kafr Lata, East\",\xD9\x83\xD9\x81\xD8\xB1 "
    "\xD9\x84\xD8\xA7\xD8\xAA\xD8\xA7,C1,35.79,36.60\n"
    "Idleb,SY07,Ariha,SY0705,Deir Sunbul,,C2,35.701,36.611\n"
    "Hama,SY05,Ghab,SY0502,Deir Sunbul,,C3,35.50,36.44\n";

}  // namespace

TEST_CASE("import: a GeoNames dump adds villages and mountains, and joins what is known") {
  auto options = into_tiny("geonames.gaz");
  const std::string dump =
      geonames_line(6, "Dayr Sunbul", "Deir Sonbol", "35.70", "36.61", "PPL", "12") +
      geonames_line(900, "Kansafra", "Kinsafra", "35.66", "36.51", "PPL", "12") +
      geonames_line(901, "Jabal Wasit", "", "35.8", "36.4", "MT", "12") +
      geonames_line(902, "Idlib Governorate", "Muhafazat Idlib", "35.8", "36.7", "ADM1", "12");
  const auto report = import_geonames(temporary_file("SY.txt", dump), options);
  REQUIRE_MESSAGE(report.has_value(), report.error().message());
  CHECK(report->rows == 4);
  CHECK(report->added == 2);
  CHECK(report->joined == 2);
  const auto gaz = Gazetteer::open(options.out);
  REQUIRE(gaz.has_value());
  CHECK(gaz->pack().verify().has_value());
  CHECK(gaz->size() == tiny_gazetteer().size() + 2);
  const PlaceRecord* village = find(*gaz, "Kansafra", "geonames:900");
  REQUIRE(village);
  CHECK(gaz->country(*village) == "SY");
  CHECK(gaz->admin1_name(*village) == "Idlib");
  CHECK(village->source == 1);
  const PlaceRecord* unit = find(*gaz, "Idlib Governorate", "geonames:SY.12");
  REQUIRE(unit);
  CHECK(gaz->other_ids(*unit) == "geonames:902");
  CHECK(unit->lon() == doctest::Approx(36.7));
  CHECK(find(*gaz, "Damascus", "geonames:5") != nullptr);  // what was there is there
  CHECK(gaz->sources().find("SY.txt (CC BY 4.0)") != std::string_view::npos);
}

TEST_CASE("import: a table of P-codes keeps both ids, and tells namesakes apart") {
  auto options = into_tiny("pcodes.gaz");
  options.licence = "test licence";
  const auto report = import_pcodes(temporary_file("pcodes.csv", kTable), options);
  REQUIRE_MESSAGE(report.has_value(), report.error().message());
  CHECK(report->rows == 3);
  const auto gaz = Gazetteer::open(options.out);
  REQUIRE(gaz.has_value());
  const PlaceRecord* known = find(*gaz, "Dayr Sunbul", "geonames:6");
  REQUIRE(known);
  CHECK(gaz->other_ids(*known) == "ocha:C2");
  CHECK(find(*gaz, "Deir Sunbul", "geonames:6") == known);
  const PlaceRecord* other = find(*gaz, "Deir Sunbul", "ocha:C3");
  REQUIRE(other);
  CHECK(gaz->admin1_name(*other) == "Hama");
  const PlaceRecord* quoted = find(*gaz, "Kafr Lata, East", "ocha:C1");
  REQUIRE(quoted);
  CHECK(gaz->admin1_name(*quoted) == "Idlib");
  CHECK(find(*gaz, "\xD9\x83\xD9\x81\xD8\xB1 \xD9\x84\xD8\xA7\xD8\xAA\xD8\xA7", "ocha:C1") == quoted);
  CHECK(gaz->sources().find("test licence") != std::string_view::npos);
}

TEST_CASE("import: a place with two names is found by each") {
  auto options = into_tiny("halves.gaz");
  const std::string table =
      std::string(kTable) + "Idleb,SY07,Ariha,SY0705,Kafr Wasta - Bara Gharbi,,C9,35.75,36.55\n";
  REQUIRE(import_pcodes(temporary_file("halves.csv", table), options).has_value());
  const auto gaz = Gazetteer::open(options.out);
  REQUIRE(gaz.has_value());
  CHECK(find(*gaz, "Kafr Wasta", "ocha:C9") != nullptr);
  CHECK(find(*gaz, "Bara Gharbi", "ocha:C9") != nullptr);
}

TEST_CASE("import: importing twice changes nothing more") {
  auto options = into_tiny("twice.gaz");
  const std::string table = temporary_file("pcodes.csv", kTable);
  REQUIRE(import_pcodes(table, options).has_value());
  const auto first = Gazetteer::open(options.out);
  REQUIRE(first.has_value());
  ImportOptions again = options;
  again.base = options.out;
  again.out = options.out + ".again";
  const auto report = import_pcodes(table, again);
  REQUIRE(report.has_value());
  CHECK(report->added == 0);
  const auto second = Gazetteer::open(again.out);
  REQUIRE(second.has_value());
  CHECK(second->size() == first->size());
}

TEST_CASE("import: outlines say what lies in a unit") {
  auto options = into_tiny("outline.gaz");
  const std::string json =
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"adm1_en":"Idlib",)"
      R"("adm1_pcode":"SY07"},"geometry":{"type":"Polygon","coordinates":[[[36.2,35.4],[37.2,35.4],[37.2,36.3],)"
      R"([36.2,36.3],[36.2,35.4]],[[36.5,35.6],[36.6,35.6],[36.6,35.7],[36.5,35.7],[36.5,35.6]]]}}]})";
  const auto report = import_geojson(temporary_file("units.geojson", json), options);
  REQUIRE_MESSAGE(report.has_value(), report.error().message());
  CHECK(report->joined == 1);
  CHECK(report->polygons == 1);
  const auto gaz = Gazetteer::open(options.out);
  REQUIRE(gaz.has_value());
  const auto postings = gaz->find("idlib");
  Id<PlaceRecord> unit;
  for (const Posting p : postings)
    if ((*gaz)[p.place()].kind == PlaceKind::admin1) unit = p.place();
  REQUIRE(unit);
  CHECK(gaz->within(35.9, 36.7, unit) == true);
  CHECK(gaz->within(35.65, 36.55, unit) == false);  // a hole
  CHECK(gaz->within(33.5, 36.3, unit) == false);
  CHECK(!gaz->within(35.9, 36.7, Id<PlaceRecord>(0)).has_value());
  CHECK(gaz->other_ids((*gaz)[unit]) == "ocha:SY07");
}

TEST_CASE("import: bad files are errors with a line, and leave nothing behind") {
  const std::string good = geonames_line(900, "Kansafra", "", "35.66", "36.51", "PPL", "12");
  struct Case {
    std::string text, what;
    bool table;
  };
  const Case cases[] = {
      {good + "901\tshort\tline\n", ":2: not a line of a GeoNames dump: 3 columns, not 19", false},
      {good + good, ":2: id 900 stands twice", false},
      {good + geonames_line(901, "Bad \xFF name", "", "35", "36", "PPL", "12"), ":2: not UTF-8", false},
      {geonames_line(900, "Far", "", "95.0", "36", "PPL", "12"), ":1: not a line of a GeoNames dump", false},
      {geonames_line(900, "Far", "", "nan", "36", "PPL", "12"), ":1: not a line of a GeoNames dump", false},
      {"", "no rows", false},
      {"PK\x03\x04 zipped", "compressed", false},
      {"a,b,c\n1,2,3\n", ":1: no columns of P-codes", true},
      {std::string(kTable) + "x,y\n", ":5: 2 columns, the header has 9", true},
      {std::string(kTable) + "Idleb,SY07,Ariha,SY0705,Again,,C2,35,36\n", ":5: P-code C2 stands twice", true},
      {std::string(kTable) + "Idleb,SY07,Ariha,SY0705,Far,,C9,135,36\n", ":5: no point on the globe", true},
      {std::string(kTable) + "Idleb,SY07,Ariha,SY0705,Odd,,C9,north,36\n", ":5: 'north' is no latitude",
       true},
      {"{\"adm1_en\": \"X\"\n", ":1: not a JSON object", true},
  };
  for (const Case& c : cases) {
    auto options = into_tiny("bad.gaz");
    const std::string path = temporary_file("bad.input", c.text);
    const auto report = c.table ? import_pcodes(path, options) : import_geonames(path, options);
    REQUIRE_MESSAGE(!report.has_value(), c.what);
    CHECK_MESSAGE(report.error().message().find(c.what) != std::string::npos, report.error().message());
    CHECK(!std::filesystem::exists(options.out));
    CHECK(!std::filesystem::exists(options.out + ".part"));
  }
  auto options = into_tiny("bad.gaz");
  for (const std::string json :
       {R"({"type":"FeatureCollection"})", "[", R"({"features":[{"geometry":null}]})"})
    CHECK(!import_geojson(temporary_file("bad.geojson", json), options).has_value());
}
