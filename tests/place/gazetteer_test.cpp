#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "place/name_key.h"
#include "place/overlay.h"
#include "tiny.h"

using namespace annalist;
using namespace annalist::test;

namespace {

std::set<std::string> ids(std::span<const Posting> found) {
  std::set<std::string> out;
  for (Posting p : found) out.emplace(tiny_gazetteer().id(tiny_gazetteer()[p.place()]));
  return out;
}

const PlaceRecord& only(std::string_view name) {
  const auto found = tiny_gazetteer().find(name_key(name));
  REQUIRE(found.size() == 1);
  return tiny_gazetteer()[found[0].place()];
}

}  // namespace

TEST_CASE("keys: spellings of one name meet, other names do not") {
  CHECK(name_key("St. Louis") == name_key("Saint Louis"));
  CHECK(name_key("Mount Sinjar") == name_key("Mt. Sinjar"));
  CHECK(name_key("Stone") == "stone");
  CHECK(loose_key("az zabadani") == "zabadani");
  CHECK(loose_key("deir ez zor") == loose_key("deir al zor"));
  CHECK(loose_key("al") == "al");
  CHECK(skeleton_key("deir sonbol") == skeleton_key("dayr sunbul"));
  CHECK(skeleton_key("khan sheikhoun") != skeleton_key("kafr nabl"));
  CHECK(skeleton_key("bara") == "");
  CHECK(edit_distance("sonbol", "sunbul", 5) == 2);
  CHECK(edit_distance("a", "abcdefgh", 3) == 4);
}

TEST_CASE("gazetteer: official names, aliases, articles, consonants and demonyms find their places") {
  const Gazetteer& g = tiny_gazetteer();
  CHECK(ids(g.find("paris")) == std::set<std::string>{"geonames:1", "geonames:2"});
  CHECK(g.id(g[g.find("paris")[0].place()]) == "geonames:1");  // the more important first
  CHECK(ids(g.find("idleb")) == std::set<std::string>{"geonames:4"});
  CHECK(g.find("idleb")[0].kind() == NameKind::alias);
  CHECK(g.find("par").empty());  // an airport code is no name
  CHECK(ids(g.find("zabadani")) == std::set<std::string>{"geonames:11"});
  CHECK(ids(g.find_skeleton(skeleton_key("deir sonbol"))) ==
        std::set<std::string>{"geonames:19", "geonames:6"});
  CHECK(g.find("syrian")[0].kind() == NameKind::demonym);
  CHECK(g.find("syrians")[0].place() == g.find("syria")[0].place());
  CHECK(g.find("atlantis").empty());
}

TEST_CASE("gazetteer: units stand at the middle of their towns unless the overlay knows better") {
  const PlaceRecord& texas = only("Texas");
  CHECK(texas.lat() == doctest::Approx(31.25));
  CHECK(texas.kind == PlaceKind::admin1);
  CHECK(texas.feature_code() == "ADM1");
  CHECK(only("Lamar County").lat() == doctest::Approx(33.66));
  CHECK(only("Illinois").lat() > 39.8);
  CHECK(only("Illinois").lat() < 41.9);
  // No town of it is known: it is somewhere in its state.
  const PlaceRecord& empty = only("Empty County");
  CHECK(empty.lat_e5 == only("Illinois").lat_e5);
  CHECK(empty.radius_km == only("Illinois").radius_km);
  CHECK(tiny_gazetteer().admin1_name(empty) == "Illinois");
  CHECK(tiny_gazetteer().find("nowhere").empty());
}

TEST_CASE("gazetteer: a place knows its country and its unit") {
  const Gazetteer& g = tiny_gazetteer();
  CHECK(g.country(only("Austin")) == "US");
  CHECK(g.admin1_name(only("Austin")) == "Texas");
  CHECK(g.admin1_name(only("Jabal al-Zawiya")) == "Idlib");  // by the nearest town
  CHECK(g.country(only("Middle East")) == "");
  CHECK(g.are_neighbours(g.country_index("SY"), g.country_index("LB")));
  CHECK_FALSE(g.are_neighbours(g.country_index("SY"), g.country_index("FR")));
  CHECK(g.country_index("ZZ") == PlaceRecord::kNoCountry);
  CHECK(distance_km(48.85, 2.35, 51.51, -0.13) == doctest::Approx(344).epsilon(0.01));
}

TEST_CASE("gazetteer: the same sources give the same bytes") {
  CHECK(*build_gazetteer(tiny_sources()) == *build_gazetteer(tiny_sources()));
}

TEST_CASE("gazetteer: a missing, foreign or damaged file is an error that names it and the remedy") {
  const auto missing = Gazetteer::open("/nonexistent/annalist.gazetteer");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message().find("/nonexistent/annalist.gazetteer") != std::string::npos);
  CHECK(missing.error().remedy.find("make data") != std::string::npos);

  const std::string bytes = *build_gazetteer(tiny_sources());
  for (const std::string& bad : {std::string("hello"), bytes.substr(0, bytes.size() / 2)}) {
    const std::string path = temporary_file("bad.gazetteer", bad);
    const auto opened = Gazetteer::open(path);
    std::filesystem::remove(path);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().message().find(path) != std::string::npos);
  }
}

TEST_CASE("build: bad sources are errors that name file and line") {
  GazetteerSources s = tiny_sources();
  s.towns = "1\tParis\n";
  auto built = build_gazetteer(s);
  REQUIRE_FALSE(built);
  CHECK(built.error().where == "cities500.txt:1");

  s = tiny_sources();
  s.admin1 = "{";
  CHECK(build_gazetteer(s).error().where == "admin1.json");

  s = tiny_sources();
  s.overlay[1].text = "[SY.99]\nname: Nowhere\n";
  CHECK(build_gazetteer(s).error().where == "places/admin1.txt:1");
}

TEST_CASE("overlay: each kind of slip is caught") {
  const auto error_of = [](std::string_view regions) {
    auto files = tiny_sources().overlay;
    files[2].text = regions;
    const auto read = read_overlay(files);
    return read ? std::string() : read.error().message();
  };
  const std::string good = "[a]\nname: A\ntype: base\npoint: 1, 2\ncountry: SY\n";
  CHECK(error_of(good) == "");
  CHECK(error_of("[a]\nname: A\ntype: castle\npoint: 1, 2\n").find("castle") != std::string::npos);
  CHECK(error_of("[a]\nname: A\ntype: base\npoint: 91, 2\n").find("globe") != std::string::npos);
  CHECK(error_of("[a]\nname: A\ntype: base\npoint: 1, 2\ncountry: QQ\n").find("QQ") != std::string::npos);
  CHECK(error_of("[a]\nname: A\ntype: base\npoint: 1, 2\nradius: -3\n").find("radius") != std::string::npos);
  CHECK(error_of(good + "[b]\nname: B\nalias: a\ntype: base\npoint: 1, 2\ncountry: SY\n").find("[a]") !=
        std::string::npos);
  CHECK(error_of(good + "[b]\nname: A\ntype: base\npoint: 1, 2\ncountry: LB\n") == "");  // another country
}

TEST_CASE("gazetteer: English names of towns, and towns of our own") {
  const Gazetteer& g = tiny_gazetteer();
  CHECK(g.id(only("Bengasi")) == "geonames:10");
  CHECK(g.find("bengasi")[0].kind() == NameKind::official);
  const PlaceRecord& ours = only("Ras Lanuf");
  CHECK(g.id(ours) == "annalist:ras-lanuf-ly");
  CHECK(ours.kind == PlaceKind::town);
  CHECK(g.country(ours) == "LY");
}

TEST_CASE("overlay: a wrong line of towns is an error that names it") {
  const auto error_of = [](const std::string& line) {
    GazetteerSources sources = tiny_sources();
    const std::string text = "id\tcountry\tnames\tlat\tlon\n" + line + "\n";
    sources.overlay.back().text = text;
    const auto overlay = read_overlay(sources.overlay);
    return overlay ? std::string() : overlay.error().message();
  };
  CHECK(error_of("a-ly\tLY\tA\t1\t2") == "");
  CHECK(error_of("a-ly\tQQ\tA\t1\t2").find("QQ") != std::string::npos);
  CHECK(error_of("a-ly\tLY\tA\t-\t-").find("point") != std::string::npos);
  CHECK(error_of("10\tLY\tA\t1\t2").find("point") != std::string::npos);
  CHECK(error_of("a-ly\tLY\tA\t91\t2").find("globe") != std::string::npos);
  CHECK(error_of("a-ly\tLY\t-\t1\t2").find("name") != std::string::npos);
  CHECK(error_of("a-ly\tLY\tA\t1\t2\na-ly\tLY\tA\t1\t2").find("twice") != std::string::npos);
  CHECK(error_of("a-ly\tLY\tA").find("towns.tsv") != std::string::npos);
}

TEST_CASE("data/places: the overlay that ships is sound") {
  const std::string countries = repository_file("data/places/countries.tsv"),
                    units = repository_file("data/places/admin1.txt"),
                    regions = repository_file("data/places/regions.txt"),
                    towns = repository_file("data/places/towns.tsv");
  const auto overlay = read_overlay({{"places/countries.tsv", countries},
                                     {"places/admin1.txt", units},
                                     {"places/regions.txt", regions},
                                     {"places/towns.tsv", towns}});
  REQUIRE_MESSAGE(overlay, (overlay ? std::string() : overlay.error().message()));
  CHECK(overlay->countries.size() >= 195);
  CHECK(overlay->regions.size() >= 900);
  CHECK(overlay->towns.size() >= 350);
  std::set<std::string> codes, demonyms;
  for (const OverlayCountry& c : overlay->countries) codes.insert(c.iso2);
  for (const OverlayCountry& c : overlay->countries) {
    for (std::string_view n : std::vector<std::string>{c.neighbours}) {
      for (std::size_t at = 0; at < n.size(); at += 3)
        CHECK_MESSAGE(codes.contains(std::string(n.substr(at, 2))),
                      c.iso2 << ": neighbour " << n.substr(at, 2));
    }
    for (const std::string& d : c.demonyms)
      CHECK_MESSAGE((demonyms.insert(name_key(d)).second || d == "Congolese"), "demonym given twice: " << d);
  }
  for (const OverlayUnit& u : overlay->units)
    CHECK_MESSAGE((!u.name.empty() || !u.aliases.empty() || u.has_point || !u.demonyms.empty()),
                  u.where << " says nothing");
}
