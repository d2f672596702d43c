#include "store/candidates.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace annalist;
using namespace annalist::store;

namespace {

std::unique_ptr<Db> memory(const std::string& sql) {
  auto db = Db::open(":memory:", Db::Mode::create);
  REQUIRE(db);
  REQUIRE((*db)->exec(sql));
  return std::move(*db);
}

Statement rows(Db& db, std::string_view sql) {
  auto s = db.prepare_once(sql);
  REQUIRE(s);
  return std::move(*s);
}

std::vector<std::int64_t> ids(Candidates& c) {
  std::vector<std::int64_t> out;
  while (true) {
    const auto next = c.next();
    REQUIRE(next);
    if (!*next) return out;
    out.push_back((*next)->id);
  }
}

}  // namespace

TEST_CASE("candidates come in the order of the page, each once, from lists and streams alike") {
  const auto db = memory(
      "CREATE TABLE e (id INTEGER PRIMARY KEY, date TEXT); INSERT INTO e VALUES (1, '2014-01-05'), (2, "
      "'2014-03-01'), (3, ''), (4, '2014-01-05'), (5, NULL), (6, '2013-12-31')");
  for (const bool newest : {true, false}) {
    CAPTURE(newest);
    const std::string way = newest ? " DESC" : "";
    const std::string order = " ORDER BY coalesce(date, '')" + way + ", id" + way;
    std::vector<std::int64_t> wanted{3, 5, 6, 1, 4, 2};
    if (newest) std::ranges::reverse(wanted);
    Candidates streams(newest);
    REQUIRE(streams.follow(rows(*db, "SELECT id, date FROM e WHERE id <> 4" + order)));
    REQUIRE(streams.follow(rows(*db, "SELECT id, date FROM e WHERE id >= 4" + order)));
    REQUIRE(streams.follow(rows(*db, "SELECT id, date FROM e WHERE id = 99" + order)));
    CHECK(ids(streams) == wanted);
    Candidates list(newest);
    CHECK(list.gather(rows(*db, "SELECT id, date FROM e"), 5).value_or(true) == false);
    CHECK(list.gathered() == 0);
    CHECK(list.gather(rows(*db, "SELECT id, date FROM e"), 6).value_or(false));
    CHECK(ids(list) == wanted);
  }
}

TEST_CASE("what is asked one by one and what is read whole say the same") {
  const auto db = memory(
      "CREATE VIRTUAL TABLE f USING fts5(words, content=''); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
      "SELECT i + 1 FROM n WHERE i < 5000) INSERT INTO f (rowid, words) SELECT i, CASE WHEN i % 3 THEN "
      "'town' ELSE 'hill' END FROM n");
  Narrowing narrowing;
  CHECK(narrowing.empty());
  narrowing.ask("town", rows(*db, "SELECT 1 FROM f WHERE f MATCH ? AND rowid = ?"),
                rows(*db, "SELECT rowid FROM f WHERE f MATCH ?"));
  IdSet even;
  for (std::int64_t i = 0; i < 6000; i += 2) even.add(i);
  narrowing.add(std::move(even));
  CHECK_FALSE(narrowing.empty());
  int wrong = 0;
  for (std::int64_t i = 5010; i >= -1; --i) {
    const auto has = narrowing.has(i);
    REQUIRE(has);
    wrong += *has != (i % 2 == 0 && i >= 1 && i <= 5000 && i % 3 != 0);
  }
  CHECK(wrong == 0);
  Narrowing broken;
  broken.ask("\"town", rows(*db, "SELECT 1 FROM f WHERE f MATCH ? AND rowid = ?"),
             rows(*db, "SELECT rowid FROM f WHERE f MATCH ?"));
  CHECK_FALSE(broken.has(1));
}
