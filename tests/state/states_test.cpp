#include "state/states.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace annalist;

namespace {

struct Change {
  const char* date;
  const char* how;
  int from, to;
};

/// One report with changes of one place. Actors: 0 rebels, 1 the army of Syria, 2 another group.
store::DocumentRows report(std::string uid, std::vector<Change> changes) {
  store::DocumentRows doc;
  doc.uid = std::move(uid);
  doc.published_date = "2015-01-01";
  doc.places = {{"geonames:1", "Hilltown", "PPL", "SY", "Idlib", 35.6, 36.5, true}};
  doc.actors = {{"red-army", "Red Army", "armed_group", "SYR", "", "", "", true},
                {"~military:SYR:", "military (SYR)", "military", "SYR", "", "", "", false},
                {"blue-army", "Blue Army", "armed_group", "SYR", "", "", "", true}};
  for (const Change& c : changes) {
    store::EventRow e;
    e.uid = "e" + doc.uid + std::to_string(doc.events.size());
    e.status = "actual", e.confidence = 0.8F, e.date_precision = *c.date ? "day" : "unknown";
    store::ControlRow row;
    row.date = c.date, row.how = c.how, row.place = 0, row.from = c.from, row.to = c.to;
    row.event = int(doc.events.size());
    doc.events.push_back(e);
    doc.controls.push_back(row);
  }
  return doc;
}

std::string at(const std::vector<store::State>& states, const char* day) {
  return state::holder_at(states, "geonames:1", Day::parse_iso(day)).name;
}

const state::CountryNames kCountries = {{"SYR", "Syria"}};

}  // namespace

TEST_CASE(
    "captures open and close; soldiers hold for their country; what came before is known from the loser") {
  const auto a = report("a", {{"2013-05-01", "captured", 1, 0}}),
             b = report("b", {{"2014-02-01", "captured", -1, 1}});
  const auto states = state::find_states({&b, &a}, kCountries);
  CHECK(at(states, "2013-01-01") == "Syria");
  CHECK(at(states, "2013-06-01") == "Red Army");
  CHECK(at(states, "2014-03-01") == "Syria");
  const auto red = std::ranges::find(states, "Red Army", &store::State::a_name);
  REQUIRE(red != states.end());
  CHECK(red->valid_from == "2013-05-01");
  CHECK(red->valid_to == "2014-02-01");
  CHECK(red->members.size() == 2);  // what opened and what closed it
}

TEST_CASE("who withdraws holds no longer; who enters a held place only contests it") {
  const auto a = report("a", {{"2013-05-01", "captured", -1, 0}, {"2013-08-01", "withdrew", 0, -1}});
  const auto left = state::find_states({&a}, kCountries);
  CHECK(at(left, "2013-07-01") == "Red Army");
  CHECK(at(left, "2013-09-01") == "");
  const auto b = report("b", {{"2013-05-01", "captured", -1, 0}, {"2013-08-01", "entered", -1, 2}});
  const auto entered = state::find_states({&b}, kCountries);
  CHECK(state::holder_at(entered, "geonames:1", Day::parse_iso("2013-09-01")).contested);
}

TEST_CASE("a place told to be contested keeps its holder, in doubt; contested alone holds nobody") {
  const auto a = report("a", {{"2013-05-01", "captured", -1, 0}, {"2013-08-01", "contested", -1, -1}});
  const auto states = state::find_states({&a}, kCountries);
  const auto then = state::holder_at(states, "geonames:1", Day::parse_iso("2013-09-01"));
  CHECK(then.name == "Red Army");
  CHECK(then.contested);
  const auto b = report("b", {{"2013-08-01", "contested", -1, -1}});
  CHECK(state::find_states({&b}, kCountries).empty());
}

TEST_CASE("background without a day gives an undated state") {
  const auto a = report("a", {{"", "captured", -1, 0}});
  const auto states = state::find_states({&a}, kCountries);
  REQUIRE(states.size() == 1);
  CHECK(states[0].status == "undated");
  CHECK(states[0].valid_from.empty());
}

TEST_CASE("what was last heard of long ago fades away") {
  const auto a = report("a", {{"2003-05-01", "captured", -1, 0}});
  const auto states = state::find_states({&a}, kCountries);
  CHECK(state::holder_at(states, "geonames:1", Day::parse_iso("2004-05-01")).confidence <
        state::holder_at(states, "geonames:1", Day::parse_iso("2003-06-01")).confidence);
  CHECK(at(states, "2023-05-01") == "");
}

TEST_CASE("relations open, last while they are told, and end with a defection") {
  auto a = report("a", {}), b = report("b", {});
  a.relations = {{"part_of", "Red Army", "Blue Army", "2013-01-01", "", 0, 2, {}}};
  b.relations = {{"defected_from", "Red Army", "Blue Army", "2013-09-01", "", 0, 2, {}}};
  const auto states = state::find_states({&a, &b}, kCountries);
  REQUIRE(states.size() == 1);
  CHECK(states[0].attribute == "member_of");
  CHECK(states[0].valid_from == "2013-01-01");
  CHECK(states[0].valid_to == "2013-09-01");
  CHECK(states[0].status == "closed");
}

TEST_CASE("what is said to be held is so before the day's changes, and undated where the words are") {
  const auto a =
      report("a", {{"2013-05-01", "captured", -1, 0}, {"2013-05-01", "held", -1, 1}, {"", "held", -1, 2}});
  const auto states = state::find_states({&a}, kCountries);
  CHECK(at(states, "2013-05-02") == "Red Army");
  CHECK(std::ranges::any_of(
      states, [](const store::State& s) { return s.status == "undated" && s.a == "blue-army"; }));
}

TEST_CASE("what is told before a day of its year came before it") {
  auto a = report("a", {{"2013-12-31", "captured", -1, 0}, {"2013-10-03", "captured", 0, 1}});
  a.events[0].date_precision = "year", a.events[0].date_from = "2013-01-01";
  const auto states = state::find_states({&a}, kCountries);
  CHECK(at(states, "2013-06-01") == "Red Army");
  CHECK(at(states, "2014-02-01") == "Syria");
}

TEST_CASE("a holder goes by the name it has on the day, and for the side it is on") {
  const std::vector<DataText> texts = {
      {"actors/groups.txt",
       "[red-army]\nname: Red Army\n\n[scarlet]\nname: Scarlet Front\n\n[rose]\nname: Rose League\n"},
      {"actors/links.tsv",
       "actor\tlink\tother\tfrom\tto\nred-army\trenamed_to\tscarlet\t2014-03\t2014-03\nscarlet\tmember_"
       "of\trose\t2014-06\t-\n"
       "red-army\tsplit_from\tblue-army\t2010\t2010\n"},
      {"actors/sides.tsv", "actor\tother\tfrom\tto\nblue-army\tSYR\t2012\t2013\n"},
      {"places/countries.tsv", "iso2\tiso3\tname\nSY\tSYR\tSyria\n"}};
  const auto successors = state::Successors::load(texts);
  REQUIRE(successors);
  const auto a = report("a", {{"2013-05-01", "captured", -1, 0}});
  const auto states = state::find_states({&a}, kCountries);
  const auto on = [&](const char* day) {
    return state::holder_at(states, "geonames:1", Day::parse_iso(day), *successors);
  };
  CHECK(on("2014-03-30").name == "Red Army");
  CHECK(on("2014-04-01").name == "Scarlet Front");
  CHECK(on("2014-04-01").side.empty());
  CHECK(on("2014-07-01").side_name == "Rose League");
  CHECK(successors->side("blue-army", Day::parse_iso("2013-12-31")) == "SYR");
  CHECK(successors->side("blue-army", Day::parse_iso("2014-01-01")).empty());
  CHECK_FALSE(state::Successors::load({{"actors/sides.tsv", "actor\tfrom\nx\t2012\n"}}));
}
