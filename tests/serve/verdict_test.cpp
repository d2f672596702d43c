// Verdicts through the store: corrected, taken back, and still there after the report is coded anew.
#include <doctest/doctest.h>

#include <filesystem>

#include "serve/event_json.h"
#include "serve/one_report.h"
#include "store/store.h"

using namespace annalist;

namespace {

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
  const auto in = store->ingest_json(test::one_report("capture", 0.8f), "test");
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
  const auto again = store->ingest_json(test::one_report("capture", 0.5f), "test");
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
