#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "base/date.h"
#include "store/cells.h"
#include "store/plan.h"
#include "store/rows.h"
#include "store/store.h"

using namespace annalist;
using namespace annalist::store;

namespace {

/// A store in a file of its own, gone with the test.
struct TestStore {
  std::string path = std::filesystem::temp_directory_path() /
                     ("annalist_test_" + std::to_string(std::random_device{}()) + ".db");
  Store store = *Store::open(path, Store::Mode::create);
  ~TestStore() {
    for (const char* end : {"", "-wal", "-shm"}) std::remove((path + end).c_str());
  }
};

/// What verify finds, joined.
std::string faults(Store& store) {
  std::string out;
  const auto found = store.verify(true);
  for (const std::string& f : *found) out += f + "\n";
  return out;
}

std::string report(const std::string& id, const std::string& day, const std::string& type,
                   const std::string& more = {}) {
  return R"({"schema":"annalist/document/1","id":")" + id +
         R"(","engine":{"version":"t","model":"m","codebook":"c","gazetteer":"g"},)"
         R"("page":{"url":"https://www.paper.example/)" +
         id + R"(","authors":[],"published":{"value":")" + day +
         R"(","precision":"day","source":"url"},"language":"en","kind":"article"},"text":"Rebels took Ālden on )" +
         day + ". " + id +
         R"(","sentences":[{"start":0,"end":20,"block":0}],"blocks":[{"start":0,"end":20,"kind":"paragraph"}],)"
         R"("entities":[{"id":"e1","type":"GROUP","name":"Rebels","actor":{"id":"north-front","name":"North Front","kind":"armed_group","country":"SYR","codes":{}},)"
         R"("mentions":[{"start":0,"end":6,"form":"name"}]}],)"
         R"("places":[{"id":"p1","start":12,"end":17,"text":"Ālden","name":"Alden","lat":35.5,"lon":36.5,"gazetteer":"geonames:1","feature":"PPL","country":"SY",)"
         R"("admin1":"Idlib","precision":"exact","score":1,"role":"mention","alternatives":[]}],)"
         R"("events":[{"id":"v1","type":")" +
         type +
         R"(","trigger":{"start":7,"end":11},"mentions":[{"start":7,"end":11}],)"
         R"("actors":[{"role":"actor","entity":"e1","start":0,"end":6}],"place":"p1","places":[{"place":"p1","role":"at"}],)"
         R"("time":{"from":")" +
         day + R"(","to":")" + day +
         R"(","precision":"day"},"status":"actual","contested":false,"main":true,)"
         R"("claims":["c1"],"confidence":0.5,"why":[{"rule":"capture.v.take","start":7,"end":11}]}],)"
         R"("claims":[{"id":"c1","source":{"entity":null,"name":null,"kind":"narrator"},"cue":null,"content":[{"start":0,"end":17}],"form":"narrator",)"
         R"("stance":"asserts","polarity":"+","certainty":"certain","via":null,"events":["v1"]}])" +
         more + "}";
}

}  // namespace

TEST_CASE("a report goes in once and its words come out") {
  TestStore t;
  const auto first = t.store.ingest_json(report("a", "2015-03-14", "capture"), "a");
  REQUIRE(first);
  CHECK(first->outcome == Store::Outcome::added);
  CHECK(t.store.ingest_json(report("a", "2015-03-14", "capture"), "a")->outcome == Store::Outcome::same);
  const auto page = t.store.events({}, {});
  REQUIRE(page->items.size() == 1);
  const auto detail = t.store.event(page->items[0].uid);
  REQUIRE(detail);
  CHECK(detail->event.sentence == "Rebels took Ālden on");
  CHECK(detail->event.place.uid == "geonames:1");
  CHECK(detail->event.arguments[0].actor.uid == "north-front");
  CHECK(detail->evidence[0].words == "took");
  REQUIRE(detail->claims.size() == 1);
  CHECK(detail->claims[0].words == "Rebels took Ālden");
  CHECK(*t.store.coding(first->uid) == report("a", "2015-03-14", "capture"));
  CHECK(faults(t.store) == "");
}

TEST_CASE("another coding closes what differs and keeps what is equal") {
  TestStore t;
  REQUIRE(t.store.ingest_json(report("a", "2015-03-14", "capture"), "a"));
  const std::string before = t.store.events({}, {})->items[0].uid;
  const std::int64_t then = *t.store.revision();
  const auto again = t.store.ingest_json(report("a", "2015-03-14", "enter"), "a");
  REQUIRE(again);
  CHECK(again->outcome == Store::Outcome::recoded);
  CHECK(again->changes.size() == 2);  // a capture gone, an enter new
  CHECK(t.store.events({}, {})->items[0].type == "enter");
  EventFilter past;
  past.as_of = then;
  REQUIRE(t.store.events(past, {})->items.size() == 1);
  CHECK(t.store.events(past, {})->items[0].uid == before);
  CHECK(faults(t.store) == "");
}

TEST_CASE("pages fit together while others write") {
  TestStore t;
  for (int i = 0; i < 25; ++i)
    REQUIRE(t.store.ingest_json(
        report("r" + std::to_string(i), i % 3 ? "2015-03-14" : "2015-03-15", "capture"), "r"));
  PageRequest request{10, {}, Order::newest};
  const auto first = t.store.events({}, request);
  REQUIRE(first->items.size() == 10);
  REQUIRE(t.store.ingest_json(report("late", "2015-03-14", "capture"), "late"));
  std::size_t seen = 10;
  std::string last = first->items.back().date;
  for (request.cursor = first->next; !request.cursor.empty();) {
    const auto next = t.store.events({}, request);
    REQUIRE(next);
    for (const EventRecord& e : next->items) {
      CHECK(e.date <= last);
      CHECK(e.headline.empty());
      last = e.date;
    }
    seen += next->items.size();
    request.cursor = next->next;
  }
  CHECK(seen == 25);
  CHECK(*t.store.count({}) == 26);
  CHECK_FALSE(t.store.events({}, {10, "nonsense", Order::newest}));
}

TEST_CASE("a verdict is a version") {
  TestStore t;
  REQUIRE(t.store.ingest_json(report("a", "2015-03-14", "capture"), "a"));
  const std::string uid = t.store.events({}, {})->items[0].uid;
  CHECK_FALSE(t.store.review({uid, "edited", "me", "", {{"date_from", "14 March"}}}));
  CHECK_FALSE(t.store.review({uid, "edited", "me", "", {{"digest", "1"}}}));
  REQUIRE(
      t.store.review({uid, "edited", "me", "a day late", {{"date_from", "2015-03-13"}, {"lat", "10.5"}}}));
  const auto now = t.store.event(uid);
  CHECK(now->event.date == "2015-03-13");
  CHECK(now->event.place.lat == doctest::Approx(10.5));
  CHECK(now->claims.size() == 1);
  EventFilter text;
  text.text = "Alden";
  CHECK(*t.store.count(text) == 1);
  CHECK(t.store.versions(uid)->size() == 2);
  REQUIRE(t.store.review({uid, "rejected", "me", "", {}}));
  CHECK(*t.store.count({}) == 0);
  CHECK(faults(t.store) == "");
}

TEST_CASE("what is about many reports is versioned and redirected") {
  TestStore t;
  REQUIRE(t.store.ingest_json(report("a", "2015-03-14", "capture"), "a"));
  REQUIRE(t.store.ingest_json(report("b", "2015-03-14", "capture"), "b"));
  const auto page = t.store.events({}, {});
  Findings findings = t.store.findings();
  MergedEvent m;
  m.uid = "m1", m.type = "capture", m.status = "actual", m.place = "geonames:1", m.deaths = {3, 5, 9};
  m.members = {{page->items[0].uid, {}, {}, "same place and day", 0.9},
               {page->items[1].uid, {}, {}, "same place and day", 0.9}};
  REQUIRE(findings.begin("story"));
  REQUIRE(findings.put(m));
  REQUIRE(findings.commit());
  const std::int64_t then = *t.store.revision();
  CHECK(*findings.merged_of(page->items[0].uid) == "m1");
  EventFilter of;
  of.merged = {"m1"};
  CHECK(*t.store.count(of) == 2);
  REQUIRE(findings.begin("story"));
  m.members.pop_back();
  m.uid = "m2";
  REQUIRE(findings.put(m));
  REQUIRE(findings.close("m1", "m2"));
  REQUIRE(findings.commit());
  CHECK(*findings.resolve("m1") == "m2");
  CHECK(findings.all_merged()->size() == 1);
  CHECK(findings.merged("m1", then)->members.size() == 2);
  State s;
  s.uid = "h1", s.attribute = "control", s.place = "geonames:1", s.a = "north-front",
  s.valid_from = "2015-03-14", s.status = "open";
  REQUIRE(findings.begin("state"));
  REQUIRE(findings.put(s));
  REQUIRE(findings.commit());
  CHECK(findings.states({{"control"}, {}, {}, {"SY"}, "2015-04-01", 0})->size() == 1);
  CHECK(findings.states({{"control"}, {}, {}, {}, "2015-03-01", 0})->empty());
  CHECK(faults(t.store) == "");
}

TEST_CASE("the cells of a box hold every point in it") {
  std::mt19937 draw(3);
  const auto uniform = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(draw);
  };
  for (int i = 0; i < 200; ++i) {
    const double west = uniform(-180, 179), south = uniform(-90, 89);
    const Box box{west, south, uniform(west, 180), uniform(south, 90)};
    const auto cells = cells_of(box);
    CHECK(cells.size() <= 64);
    for (int p = 0; p < 50; ++p) {
      const std::int64_t cell = cell_of(uniform(box.south, box.north), uniform(box.west, box.east));
      CHECK(std::ranges::any_of(cells, [&](const auto& r) { return r.first <= cell && cell <= r.second; }));
    }
  }
}

TEST_CASE("facets from columns are those of the rows, before and after a change") {
  TestStore t;
  constexpr int kMany = 4300;  // one whole block and a part
  REQUIRE(t.store.begin_run("test", ""));
  REQUIRE(t.store.begin_batch());
  const char* kTypes[] = {"capture", "enter", "clash"};
  std::mt19937 draw(5);
  for (int i = 0; i < kMany; ++i) {
    const Day day = Day::parse_iso("2014-12-20") + int(draw() % 400);
    REQUIRE(t.store.ingest_json(report("r" + std::to_string(i), day.iso(), kTypes[draw() % 3]), "r"));
  }
  REQUIRE(t.store.end_batch());
  REQUIRE(t.store.end_run("done", 0));
  const auto same = [&] {
    for (const std::string_view field : Store::facet_fields())
      for (const int kind : {0, 1, 2}) {
        EventFilter columns;
        if (kind == 1)
          columns.from = "2015-02-03", columns.to = "2015-09-01", columns.types = {"clash", "enter"};
        if (kind == 2)
          columns.any_status = true, columns.reviews = {"rejected", "none"}, columns.countries = {"SY"};
        EventFilter rows = columns;
        rows.min_confidence = 1e-9;  // a condition that only rows hold, and all of them do
        const auto a = t.store.facet(columns, field, 100), b = t.store.facet(rows, field, 100);
        REQUIRE(a);
        REQUIRE(b);
        INFO(field << " " << kind);
        REQUIRE(a->size() == b->size());
        if (field != "target") CHECK(!a->empty());  // the reports name none
        for (std::size_t i = 0; i < a->size(); ++i) {
          CHECK((*a)[i].value == (*b)[i].value);
          CHECK((*a)[i].label == (*b)[i].label);
          CHECK((*a)[i].count == (*b)[i].count);
        }
        CHECK(*t.store.count(columns) == *t.store.count(rows));
      }
  };
  same();
  const auto page = t.store.events({}, {5, {}, Order::oldest});
  REQUIRE(t.store.review({page->items[0].uid, "rejected", "me", "", {}}));
  REQUIRE(t.store.review({page->items[1].uid, "edited", "me", "", {{"type", "siege"}}}));
  REQUIRE(t.store.retract(page->items[2].document, "withdrawn", "me"));
  same();
  CHECK(*t.store.count({}) == kMany - 2);
  REQUIRE(t.store.restore(page->items[2].document, "me"));
  REQUIRE(t.store.begin_run("test", ""));
  REQUIRE(t.store.end_run("done", 0));
  same();
  CHECK(*t.store.count({}) == kMany - 1);
}

TEST_CASE("filters say what is wrong with them") {
  EventFilter f;
  REQUIRE(set_filter(f, "date", "2014-02"));
  CHECK(f.from == "2014-02-01");
  CHECK(f.to == "2014-02-28");
  REQUIRE(set_filter(f, "date", "../2014"));
  CHECK(f.from.empty());
  CHECK(f.to == "2014-12-31");
  REQUIRE(set_filter(f, "country", "sy, IQ"));
  CHECK(f.countries == std::vector<std::string>{"SY", "IQ"});
  CHECK_FALSE(set_filter(f, "date", "2014-11-31"));
  CHECK_FALSE(set_filter(f, "date", "2015/2014"));
  CHECK_FALSE(set_filter(f, "colour", "red"));
}
