// Verdicts through the store: corrected, taken back, and still there after the report is coded anew.
#include <doctest/doctest.h>

#include <filesystem>

#include "base/json.h"
#include "serve/event_json.h"
#include "store/store.h"

using namespace annalist;

namespace {

// A report of one event, as `annalist code` writes it.
std::string coded(std::string_view type, float confidence) {
  const std::string text = "Rebels took the bridge on Monday. Villagers watched.";
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("schema", "annalist/document/1").field("id", "r1").field("text", text);
  json.key("engine").raw(R"({"version":"1","model":"m","codebook":"c","gazetteer":"g"})");
  json.key("page").raw(R"({"headline":null,"language":"en","kind":"article"})");
  json.key("blocks").raw(R"([{"start":0,"end":52,"kind":"paragraph"}])");
  json.key("sentences").raw(R"([{"start":0,"end":33,"block":0},{"start":34,"end":52,"block":0}])");
  json.key("entities")
      .raw(
          R"([{"id":"e1","type":"GROUP","name":"Rebels","actor":{"id":null,"name":"Rebels","kind":"armed_group","country":null,"codes":{}},"mentions":[{"start":0,"end":6,"form":"nominal"}]}])");
  json.key("places").raw("[]").key("times").raw("[]");
  json.key("events").begin_array().begin_object().field("id", "v1").field("type", type);
  json.key("plover").null().key("cameo").null().key("acled").null();
  json.key("trigger")
      .raw(R"({"start":7,"end":11})")
      .key("mentions")
      .raw(R"([{"start":7,"end":11,"sentence":0}])");
  json.key("actors")
      .raw(R"([{"role":"actor","entity":"e1","start":0,"end":6}])")
      .key("place")
      .null()
      .key("places")
      .raw("[]");
  json.key("time").raw(R"({"from":"2020-03-02","to":"2020-03-02","precision":"day","time":null})");
  json.field("status", "actual").field("contested", false).field("main", true);
  json.key("deaths").null().key("injured").null().key("abducted").null().key("claims").raw("[]");
  json.field("confidence", confidence).key("why").raw("[]").end_object().end_array();
  for (const char* empty : {"claims", "conflicts", "relations", "control", "diagnostics"})
    json.key(empty).raw("[]");
  json.end_object();
  return out;
}

struct Fixture {
  std::string path = (std::filesystem::temp_directory_path() /
                      ("annalist-verdict-" + std::to_string(std::hash<std::string>{}(__FILE__)) + ".db"))
                         .string();
  Fixture() { remove(); }
  ~Fixture() { remove(); }
  void remove() const {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  }
};

}  // namespace

TEST_CASE("A correction is kept, can be taken back, and outlives a recoding") {
  const Fixture at;
  auto store = Store::open(at.path, Store::Mode::create);
  REQUIRE(store);
  const auto in = store->ingest_json(coded("capture", 0.8f), "test");
  REQUIRE(in);
  const auto only = [&] {
    const auto all = store->events_of(in->uid);
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    return all->front();
  };
  const std::string uid = only().uid;
  const auto verdict = [&](std::string decision,
                           std::vector<std::pair<std::string, std::string>> fields = {}) {
    return store->review({uid, std::move(decision), "ana", "", std::move(fields)});
  };

  CHECK_FALSE(verdict("undone"));
  CHECK_FALSE(verdict("doubted"));
  CHECK_FALSE(verdict("edited", {{"colour", "red"}}));
  CHECK_FALSE(verdict("edited", {{"date_from", "2020-02-31"}}));

  REQUIRE(verdict("edited", {{"actors", "Northern Front; Villagers"}, {"type", "enter"}}));
  CHECK(only().type == "enter");
  CHECK(only().review == "edited");
  REQUIRE(only().arguments.size() == 2);
  CHECK(only().arguments[0].name == "Northern Front");
  CHECK(only().actors == "Northern Front; Villagers");

  // Coded anew, otherwise than before: the correction is there again.
  const auto again = store->ingest_json(coded("capture", 0.5f), "test");
  REQUIRE(again);
  REQUIRE(again->outcome == Store::Outcome::recoded);
  CHECK(only().type == "enter");
  CHECK(only().confidence == doctest::Approx(0.5));
  CHECK(only().actors == "Northern Front; Villagers");
  REQUIRE(only().arguments.size() == 2);

  REQUIRE(verdict("accepted"));
  CHECK(only().review == "accepted");
  REQUIRE(verdict("undone"));
  CHECK(only().review == "edited");
  CHECK(only().type == "enter");
  REQUIRE(verdict("undone"));
  CHECK(only().review.empty());
  CHECK(only().type == "capture");
  CHECK_FALSE(verdict("undone"));
  const auto wrong = store->verify(true);
  REQUIRE(wrong);
  for (const std::string& w : *wrong) FAIL_CHECK(w);
}
