#include "pipeline/across.h"

#include <doctest/doctest.h>

#include <set>

#include "pipeline/hilltown.h"

using namespace annalist;
using test::codebook_texts, test::have_codebook, test::report, test::TemporaryStore;

TEST_CASE("a store's stories, merged events and states follow its reports" *
          doctest::skip(!have_codebook())) {
  const auto& texts = codebook_texts();
  TemporaryStore at;
  Store* const store = &at.store;
  const auto first = store->ingest_json(report("a", "one.example", "The market stayed shut."), "a");
  REQUIRE(first);
  REQUIRE(store->ingest_json(report("b", "two.example", "Families left for the coast by bus."), "b"));
  auto done = update_findings(*store, texts);
  REQUIRE(done);
  CHECK(done->events == 1);  // both tell of one capture
  CHECK(done->changed > 0);
  const auto merged = store->findings().all_merged();
  REQUIRE(merged);
  REQUIRE(merged->size() == 1);
  CHECK((*merged)[0].sources == 2);
  CHECK((*merged)[0].members.size() == 2);
  const auto states = store->findings().states({});
  REQUIRE(states);
  REQUIRE(states->size() == 1);
  CHECK((*states)[0].a == "red-army");
  CHECK(state::holder_at(*states, "geonames:1", Day::parse_iso("2014-11-05")).name == "Red Army");

  done = update_findings(*store, texts);
  REQUIRE(done);
  CHECK(done->changed == 0);  // the same again changes nothing

  const std::string founder = (*merged)[0].uid;
  REQUIRE(store->retract(first->uid, "withdrawn by its publisher", "test"));
  done = update_findings(*store, texts);
  REQUIRE(done);
  const auto left = store->findings().all_merged();
  REQUIRE(left);
  REQUIRE(left->size() == 1);
  CHECK((*left)[0].sources == 1);
  CHECK(store->findings().resolve(founder).value_or("") == (*left)[0].uid);  // an old id leads on
}

TEST_CASE("a place held for a country that no report names is held by it, and found so again" *
          doctest::skip(!have_codebook())) {
  TemporaryStore at;
  std::string soldiers = report("a", "one.example", "The market stayed shut.");
  for (const auto& [was, is] : {std::pair<std::string, std::string>{R"("id":"red-army")", R"("id":"army")"},
                                {R"("kind":"armed_group")", R"("kind":"military")"}})
    soldiers.replace(soldiers.find(was), was.size(), is);
  REQUIRE(at.store.ingest_json(soldiers, "a"));
  REQUIRE(update_findings(at.store, codebook_texts()));
  const auto states = at.store.findings().states({});
  REQUIRE(states);
  REQUIRE(states->size() == 1);
  CHECK((*states)[0].a == "SYR");
  const auto again = update_findings(at.store, codebook_texts());
  REQUIRE(again);
  CHECK(again->changed == 0);
}

TEST_CASE("every id a merged event, story or state ever had leads to the present one" *
          doctest::skip(!have_codebook())) {
  const auto& texts = codebook_texts();
  TemporaryStore at;
  Store* const store = &at.store;
  std::set<std::string> given;
  // All three are found once and as one; what was given before leads to one of the ids of now.
  const auto follow = [&](const std::string& step) {
    CAPTURE(step);
    REQUIRE(update_findings(*store, texts));
    auto found = store->findings();
    std::set<std::string> now;
    const auto collect = [&](const auto& rows) {
      REQUIRE(rows);
      for (const auto& row : *rows) now.insert(row.uid);
    };
    collect(found.all_merged()), collect(found.all_stories()), collect(found.states({}));
    CHECK(now.size() == 3);
    given.insert(now.begin(), now.end());
    for (const std::string& uid : given) {
      CAPTURE(uid);
      const auto leads = found.resolve(uid);
      REQUIRE(leads);
      CHECK(now.contains(*leads));
      CHECK(leads->front() == uid.front());
    }
  };
  const auto ingest = [&](const char* id, const char* site, const char* rest, const char* day) {
    const auto done = store->ingest_json(report(id, site, rest, day), id);
    REQUIRE(done);
    return done->uid;
  };
  const std::string second = ingest("b", "two.example", "Families left for the coast by bus.", "2014-11-03");
  follow("one report");
  const std::string first = ingest("a", "one.example", "The market stayed shut.", "2014-11-02");
  follow("an earlier one arrives later and names the event");
  const std::size_t known = given.size();
  CHECK(known > 3);
  REQUIRE(store->retract(first, "withdrawn by its publisher", "test"));
  follow("it is retracted: the old ids are those of now again");
  REQUIRE(store->restore(first, "test"));
  follow("it is restored");
  REQUIRE(store->retract(second, "withdrawn by its publisher", "test"));
  follow("the other one is retracted");
  CHECK(given.size() == known);  // the same reports give the same ids, whatever happened in between
}
