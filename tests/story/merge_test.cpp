#include <doctest/doctest.h>

#include <algorithm>

#include "story/merge.h"
#include "story/stories.h"

using namespace annalist;
using namespace annalist::story;

namespace {

/// A report with one capture; the caller changes what the case is about.
Told report(std::string id, std::string day, std::string words) {
  Told t;
  t.rows.uid = "d" + id;
  t.rows.published_date = day;
  t.published = Day::parse_iso(day);
  t.publisher = "paper " + id;
  t.headline = words;
  t.text = words;
  t.rows.places = {{"geonames:1", "Hilltown", "PPL", "SY", "Idlib", 35.6, 36.5, true},
                   {"geonames:2", "Faraway", "PPL", "SY", "Homs", 34.7, 36.7, true}};
  t.rows.actors = {{"red-army", "Red Army", "armed_group", "SYR", "", "", "", true},
                   {"blue-army", "Blue Army", "armed_group", "SYR", "", "", "", true}};
  store::EventRow e;
  e.uid = "e" + id;
  e.type = "capture", e.status = "actual";
  e.date_from = e.date_to = day, e.date_precision = "day";
  e.place = 0, e.place_precision = "exact";
  e.confidence = 0.5F;
  e.actors = {{"actor", "Red Army", 0, 0, {}}};
  t.rows.events = {e};
  t.dated = {true};
  std::size_t at = 0;
  while (at < words.size()) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    t.words[words.substr(at, end - at)] += 1;
    at = end + 1;
  }
  return t;
}

std::vector<store::MergedEvent> merged(std::vector<Told> reports, const Said& said = {}) {
  sort_reports(reports);
  return merge_events(reports, find_voices(reports), {{"capture", {"enter"}}}, said);
}

}  // namespace

TEST_CASE("two reports of one capture are one event that says why") {
  Told a = report("1", "2014-11-01", "rebels lost hilltown"),
       b = report("2", "2014-11-01", "insurgents take hilltown");
  a.rows.events[0].deaths = {3, 3, 3};
  b.rows.events[0].deaths = {5, 5, 8};
  b.rows.events[0].type = "enter";
  const auto out = merged({a, b});
  REQUIRE(out.size() == 1);
  CHECK(out[0].uid == "m1");
  CHECK(out[0].type == "capture");  // the more telling type
  CHECK(out[0].members.size() == 2);
  CHECK(out[0].deaths.low == 3);
  CHECK(out[0].deaths.high == 8);
  CHECK(out[0].deaths.best == 3);  // as many voices for each: the lower one
  CHECK(out[0].sources == 2);
  CHECK(out[0].why.find("both in Hilltown") != std::string::npos);
  CHECK(merged({b, a})[0].uid == "m1");  // whichever comes first
}

TEST_CASE("what contradicts is never merged") {
  const Told a = report("1", "2014-11-01", "hilltown falls");
  Told day = report("2", "2014-11-09", "hilltown falls");
  CHECK(merged({a, day}).size() == 2);
  Told place = report("2", "2014-11-01", "hilltown falls");
  place.rows.events[0].place = 1;
  CHECK(merged({a, place}).size() == 2);
  Told side = report("2", "2014-11-01", "hilltown falls");
  side.rows.events[0].actors[0].actor = side.rows.events[0].actors[0].side = 1;
  CHECK(merged({a, side}).size() == 2);
  Told plan = report("2", "2014-11-01", "hilltown falls");
  plan.rows.events[0].status = "planned";
  CHECK(merged({a, plan}).size() == 2);
}

TEST_CASE("what a person said of two events goes before all else") {
  const Told a = report("1", "2014-11-01", "rebels lost hilltown"),
             b = report("2", "2014-11-01", "insurgents take hilltown"),
             c = report("3", "2014-11-01", "hilltown in new hands");
  CHECK(merged({a, b, c}).size() == 1);
  const auto apart = merged({a, b, c}, {{{"e1", "e2"}}, {}});
  REQUIRE(apart.size() == 2);  // the third joins one of them and bridges nothing
  for (const auto& m : apart)
    CHECK(std::ranges::count_if(m.members, [](const auto& x) { return x.uid == "e1" || x.uid == "e2"; }) ==
          1);
  CHECK(merged({c, b, a}, {{{"e1", "e2"}}, {}})[0].members.size() == apart[0].members.size());

  Told far = report("4", "2014-12-24", "another day, another place");
  far.rows.events[0].place = 1;
  CHECK(merged({a, far}).size() == 2);
  const auto same = merged({a, far}, {{}, {{"e1", "e4"}}});
  REQUIRE(same.size() == 1);
  CHECK(same[0].uid == "m1");
  CHECK(same[0].members[1].why.find("a reviewer says") != std::string::npos);
  Told two = report("5", "2014-11-01", "one report, told twice");
  two.rows.events.push_back(two.rows.events[0]);
  two.rows.events[1].uid = "e6";
  two.dated.push_back(true);
  CHECK(merged({two}).size() == 2);
  CHECK(merged({two}, {{}, {{"e5", "e6"}}}).size() == 1);
  CHECK(merged({a}, {{}, {{"e1", "e9"}}}).size() == 1);  // nobody tells of the other

  // Said to be the same through a third, and to be kept apart: apart, though the third goes with one.
  const auto both = merged({a, b, far}, {{{"e1", "e2"}}, {{"e1", "e4"}, {"e2", "e4"}}});
  REQUIRE(both.size() == 2);
}

TEST_CASE("a denial stays beside what it denies") {
  const Told a = report("1", "2014-11-01", "hilltown falls");
  Told b = report("2", "2014-11-01", "army denies loss");
  b.rows.events[0].status = "denied";
  const auto out = merged({a, b});
  REQUIRE(out.size() == 1);
  CHECK(out[0].contested);
  CHECK(out[0].status == "actual");
}

TEST_CASE("a report's own day may lie after the event, a told day not") {
  Told a = report("1", "2014-11-01", "hilltown falls"), b = report("2", "2014-11-03", "hilltown had fallen");
  CHECK(merged({a, b}).size() == 2);
  b.dated[0] = false;
  CHECK(merged({a, b}).size() == 1);
}

TEST_CASE("a copy is of an earlier report, also where the first of a day is the longer one") {
  std::string words;
  for (int i = 0; i < 60; ++i) words += "word" + std::to_string(i * 37) + " ";
  std::vector<Told> reports = {
      report("1", "2014-11-01", words + words.substr(0, 90) + "and more of it all the day"),
      report("2", "2014-11-01", words), report("3", "2014-11-02", words)};
  sort_reports(reports);
  const Voices voices = find_voices(reports);
  CHECK(voices.copies.size() == 2);
  for (const auto& [copy, original] : voices.copies) CHECK(original.of < copy);
  CHECK(find_stories(reports, voices).size() == 1);
}

TEST_CASE("stories follow a matter over days, in any order of arrival") {
  const std::vector<Told> reports = {
      report("1", "2014-11-01", "hilltown siege broken insurgents column valley"),
      report("2", "2014-11-03", "hilltown siege insurgents column retreat"),
      report("3", "2014-11-02", "parliament budget vote minister resign"),
      report("4", "2014-12-20", "hilltown siege insurgents column valley")};
  auto there = reports;
  there[2].rows.events.clear();
  auto back = there;
  std::ranges::reverse(back);
  sort_reports(there), sort_reports(back);
  const auto out = find_stories(there, find_voices(there)), same = find_stories(back, find_voices(back));
  REQUIRE(out.size() == 3);
  CHECK(out[0].uid == "s1");
  CHECK(out[0].members.size() == 2);
  CHECK(out[0].date_to == "2014-11-03");
  REQUIRE(same.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(out[i].members.size() == same[i].members.size());
}
