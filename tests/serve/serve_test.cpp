// What stands between the network and the store: addresses, search terms, selections, keys, cells of CSV.
#include <doctest/doctest.h>

#include "serve/event_json.h"
#include "serve/http.h"
#include "serve/keys.h"
#include "serve/selection.h"

using namespace annalist;
using namespace annalist::serve;

namespace {

std::expected<Selection, Wrong> selection(std::string_view query) {
  Request r;
  REQUIRE(parse_target("/v1/events?" + std::string(query), r));
  return parse_selection(r, {"limit"});
}

std::string cell(std::string_view s) {
  std::string out;
  append_csv(out, s);
  return out;
}

}  // namespace

TEST_CASE("An address is decoded once, and one that climbs or breaks is refused") {
  Request r;
  REQUIRE(parse_target("/v1/actors/a%2Fb?q=x+y%26z&q=2&empty=", r));
  CHECK(r.segments == std::vector<std::string>{"v1", "actors", "a/b"});
  CHECK(r.param("q") == "x y&z");
  CHECK(r.params("q").size() == 2);
  CHECK(r.has("empty"));
  for (const char* bad :
       {"v1", "http://elsewhere/", "/../etc/passwd", "/%2e%2e/etc/passwd", "/a/%2E./b", "/a%00b", "/a%zz",
        "/a%f", "/a\\b", "/%ff", "/a?q=%", "/a?q=%c3%28", "/a?q=%00", "/a%0d%0aSet-Cookie:x"}) {
    CAPTURE(bad);
    Request other;
    CHECK_FALSE(parse_target(bad, other));
  }
}

TEST_CASE("Whatever is typed into the search is a query that FTS5 accepts") {
  CHECK(fts_query("barrel bomb") == R"q(("barrel") AND ("bomb"))q");
  CHECK(fts_query("\"barrel bomb\" -aleppo") == R"q((("barrel bomb")) NOT ("aleppo"))q");
  CHECK(fts_query("withdr* OR retreat") == R"q(("withdr"* OR "retreat"))q");
  CHECK(fts_query("NEAR(a b) col:x ^y") == R"q(("NEAR(a") AND ("b)") AND ("col:x") AND ("^y"))q");
  CHECK(fts_query("un\"closed phrase") == R"q(("un") AND ("closed phrase"))q");
  CHECK(fts_query("* - \" ( ) ' ; --") == "");
  CHECK(fts_query("-only -without") == "");
  CHECK(fts_query("OR") == R"q(("OR"))q");
  CHECK(fts_query("حلب") == "(\"حلب\")");
}

TEST_CASE("A selection names the parameter that is wrong") {
  const auto good = selection(
      "type=capture&type=clash&from=2014-01-01&to=2014-12-31&bbox=30,30,45,40&contested=true&deaths=3&limit="
      "5");
  REQUIRE(good);
  CHECK(good->types.size() == 2);
  CHECK(good->contested == true);
  CHECK(good->min_deaths == 3);
  CHECK(selection("status=any")->statuses.empty());
  CHECK(selection("datetime=2014-01-01/..")->to == INT32_MAX);
  const auto field = [](std::string_view query) {
    const auto s = selection(query);
    return s ? std::string() : s.error().field;
  };
  CHECK(field("from=yesterday") == "from");
  CHECK(field("from=2014-02-30") == "from");
  CHECK(field("from=2014-03-01&to=2014-02-01") == "to");
  CHECK(field("bbox=1,2,3") == "bbox");
  CHECK(field("bbox=1,80,3,-80") == "bbox");
  CHECK(field("bbox=1,2,3,nan") == "bbox");
  CHECK(field("contested=1") == "contested");
  CHECK(field("deaths=-1") == "deaths");
  CHECK(field("status=alleged") == "status");
  CHECK(field("typ=capture") == "typ");
  CHECK(field("q=" + std::string(2000, 'a')) == "q");
}

TEST_CASE("A key is found by its hash only") {
  KeyRing ring;
  const auto key = ring.add("ana", kRead | kReview, "2026-01-01");
  REQUIRE(key);
  CHECK(key->size() == 68);
  REQUIRE(ring.find(*key));
  CHECK(ring.find(*key)->name == "ana");
  CHECK(ring.find(*key)->scopes == (kRead | kReview));
  CHECK(ring.keys()[0].hash.find(*key) == std::string::npos);
  CHECK_FALSE(ring.find(key->substr(0, 67)));
  CHECK_FALSE(ring.find(""));
  CHECK_FALSE(ring.find(ring.keys()[0].hash));
  CHECK_FALSE(ring.add("ana", kRead, "2026-01-01"));
  CHECK_FALSE(ring.add("a\tb", kRead, "2026-01-01"));
  const auto other = ring.add("ben", kRead, "2026-01-01");
  CHECK(*other != *key);
  CHECK(ring.remove("ana"));
  CHECK_FALSE(ring.find(*key));
  CHECK_FALSE(parse_scopes("read,root"));
  CHECK(scope_names(*parse_scopes("review, read")) == "read,review");
}

TEST_CASE("A caller may burst, then waits") {
  RateLimit limit(10, 3);
  auto now = std::chrono::steady_clock::time_point() + std::chrono::hours(1);
  for (int i = 0; i < 3; ++i) CHECK(limit.take("a", now) == 0);
  const double wait = limit.take("a", now);
  CHECK(wait > 0);
  CHECK(wait <= 0.11);
  CHECK(limit.take("b", now) == 0);
  CHECK(limit.take("a", now + std::chrono::milliseconds(150)) == 0);
}

TEST_CASE("A cell of CSV is quoted where it must be and is never a formula") {
  CHECK(cell("plain words") == "plain words");
  CHECK(cell("a, b") == "\"a, b\"");
  CHECK(cell("he said \"no\"") == "\"he said \"\"no\"\"\"");
  CHECK(cell("=HYPERLINK(\"x\")") == "\"'=HYPERLINK(\"\"x\"\")\"");
  CHECK(cell("@sum") == "\"'@sum\"");
  CHECK(cell("-12.5") == "-12.5");
  CHECK(cell("-cmd") == "\"'-cmd\"");
  CHECK(cell("two\nlines") == "\"two\nlines\"");
}
