// Verdicts on two events: they hold whatever comes later, in whatever order, and can be taken back.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "pipeline/across.h"
#include "pipeline/hilltown.h"

using namespace annalist;
using test::codebook_texts, test::have_codebook, test::report, test::TemporaryStore;

namespace {

/// A store with the steps of this file.
struct Desk {
  TemporaryStore at;
  const std::vector<DataText>& texts = codebook_texts();
  Store& store = at.store;

  /// Takes a report in and gives its one event.
  std::string ingest(const std::string& json) {
    const auto in = store.ingest_json(json, "test");
    REQUIRE(in);
    const auto events = store.events_of(in->uid);
    REQUIRE(events);
    REQUIRE(events->size() == 1);
    return events->front().uid;
  }
  Status say(const std::string& a, const std::string& decision, const std::string& b) {
    return store.review({a, decision, "ana", "two towns of one name", {}, b});
  }
  void connect() {
    const auto done = update_findings(store, texts);
    REQUIRE(done);
    CHECK_FALSE(done->behind);
  }
  /// The events of single reports in each merged event.
  std::set<std::set<std::string>> merged() {
    connect();
    const auto all = store.findings().all_merged();
    REQUIRE(all);
    std::set<std::set<std::string>> out;
    for (const auto& m : *all) {
      std::set<std::string> members;
      for (const auto& x : m.members) members.insert(x.uid);
      out.insert(std::move(members));
    }
    whole();
    return out;
  }
  std::string merged_of(const std::string& event) { return store.findings().merged_of(event).value_or("?"); }
  void whole() {
    const auto wrong = store.verify(true);
    REQUIRE(wrong);
    for (const std::string& w : *wrong) FAIL_CHECK(w);
  }
};

std::string why(const Status& s) { return s ? std::string() : s.error().message(); }
bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const std::string kA = report("a", "one.example", "The market stayed shut."),
                  kB = report("b", "two.example", "Families left for the coast by bus."),
                  kC = report("c", "three.example", "Shops opened again in the evening."),
                  kLater =
                      report("d", "four.example", "It had rained for weeks.", "2014-12-21", "2014-12-20");

}  // namespace

TEST_CASE("two events that a reviewer keeps apart stay apart, and come together again when that is undone" *
          doctest::skip(!have_codebook())) {
  Desk desk;
  const std::string a = desk.ingest(kA), b = desk.ingest(kB);
  CHECK(desk.merged() == std::set<std::set<std::string>>{{a, b}});
  const std::string one = desk.merged_of(a);

  REQUIRE(desk.say(a, "apart", b));
  const auto faults = desk.store.verify(false);  // kept, and not yet followed
  REQUIRE(faults);
  REQUIRE(faults->size() == 1);
  CHECK(holds(faults->front(), "annalist connect"));
  const std::set<std::set<std::string>> split{{a}, {b}};
  CHECK(desk.merged() == split);
  CHECK(desk.store.findings().resolve(one).value_or("") == one);  // the id goes on with its first report
  CHECK(desk.merged_of(a) != desk.merged_of(b));

  desk.ingest(kB);  // the same again
  CHECK(desk.merged() == split);
  CHECK(desk.ingest(report("b", "two.example", "Families left for the coast by bus.", "2014-11-02",
                           "2014-11-01", "0.4")) == b);  // coded anew
  CHECK(desk.merged() == split);
  const std::string c = desk.ingest(kC);  // agrees with both
  const auto three = desk.merged();
  CHECK(three.size() == 2);
  CHECK((three == std::set<std::set<std::string>>{{a, c}, {b}} ||
         three == std::set<std::set<std::string>>{{b, c}, {a}}));

  const auto said = desk.store.verdicts(b);
  REQUIRE(said);
  REQUIRE(said->size() == 1);
  CHECK(said->front().stands);
  CHECK(said->front().reviewer == "ana");
  CHECK(said->front().note == "two towns of one name");
  CHECK_FALSE(said->front().at.empty());
  const auto shown = desk.store.event(a);
  REQUIRE(shown);
  CHECK(shown->verdicts.size() == 1);
  const auto past = desk.store.history(b);
  REQUIRE(past);
  CHECK(std::ranges::count(*past, "review", &store::RevisionRecord::kind) == 1);

  const std::string other = desk.merged_of(b);
  REQUIRE(desk.say(b, "undone", a));
  CHECK(desk.merged() == std::set<std::set<std::string>>{{a, b, c}});
  CHECK(desk.merged_of(a) == one);
  CHECK(desk.store.findings().resolve(other).value_or("") == one);  // what was apart leads to what is one
  CHECK_FALSE(desk.store.verdicts(b)->front().stands);
}

TEST_CASE("a verdict on two events holds in every order of arrival" * doctest::skip(!have_codebook())) {
  std::set<std::set<std::set<std::string>>> outcomes;
  std::string order = "abc";
  do {
    Desk desk;
    std::string a, b;
    for (const char which : order) {
      const std::string event = desk.ingest(which == 'a' ? kA : which == 'b' ? kB : kC);
      if (which == 'a') a = event;
      if (which == 'b') b = event;
      if (!a.empty() && !b.empty() && desk.store.pair_verdicts()->empty()) REQUIRE(desk.say(b, "apart", a));
      desk.connect();
    }
    outcomes.insert(desk.merged());
  } while (std::ranges::next_permutation(order).found);
  CHECK(outcomes.size() == 1);
  CHECK(outcomes.begin()->size() == 2);
}

TEST_CASE("a reviewer joins what nothing else would, and merged events are named for all their members" *
          doctest::skip(!have_codebook())) {
  Desk desk;
  const std::string a = desk.ingest(kA), b = desk.ingest(kB), later = desk.ingest(kLater);
  CHECK(desk.merged() == std::set<std::set<std::string>>{{a, b}, {later}});
  const std::string early = desk.merged_of(a), late = desk.merged_of(later);
  REQUIRE(desk.say(late, "same", early));
  CHECK(desk.merged() == std::set<std::set<std::string>>{{a, b, later}});
  CHECK(desk.store.findings().resolve(late).value_or("") == early);

  // Either way round there is one verdict on two pairs: taken back as one.
  CHECK(desk.store.pair_verdicts()->size() == 2);
  CHECK(holds(why(desk.say(early, "undone", late)), "leads to"));  // a former id
  REQUIRE(desk.say(later, "undone", a));
  CHECK(desk.store.pair_verdicts()->empty());
  CHECK(desk.merged() == std::set<std::set<std::string>>{{a, b}, {later}});
  CHECK(desk.merged_of(later) == late);

  // One mention out of a merged event: apart from all the others.
  const std::string c = desk.ingest(kC);
  desk.connect();
  REQUIRE(desk.say(c, "apart", desk.merged_of(a)));
  CHECK(desk.merged() == std::set<std::set<std::string>>{{a, b}, {c}, {later}});
  // The last verdict on a pair counts; taken back, the one before it stands again.
  REQUIRE(desk.say(c, "same", desk.merged_of(a)));
  CHECK(desk.merged() == std::set<std::set<std::string>>{{a, b, c}, {later}});
  REQUIRE(desk.say(c, "undone", a));
  CHECK(desk.merged() == std::set<std::set<std::string>>{{a, b}, {c}, {later}});
}

TEST_CASE("verdicts on two events that cannot be are refused with the reason, and nothing is kept" *
          doctest::skip(!have_codebook())) {
  Desk desk;
  const std::string a = desk.ingest(kA), b = desk.ingest(kB), c = desk.ingest(kC);
  desk.connect();
  const std::string all = desk.merged_of(a);
  CHECK(holds(why(desk.say(a, "apart", a)), "needs two"));
  CHECK(holds(why(desk.say(all, "apart", all)), "needs two"));
  CHECK(holds(why(desk.say(a, "apart", "e00000000000000000000")), "no current event"));
  CHECK(holds(why(desk.say("m00000000000000000000", "same", a)), "no merged event"));
  CHECK(holds(why(desk.say("d00000000000000000000", "same", a)), "is no event"));
  CHECK(holds(why(desk.say(a, "apart", "")), "second event"));
  CHECK(holds(why(desk.say(a, "accepted", b)), "no verdict on two"));
  CHECK(holds(why(desk.store.review({a, "apart", "ana", "", {{"type", "enter"}}, b})), "no fields"));
  CHECK(holds(why(desk.say(a, "undone", b)), "no verdict on these two"));
  CHECK(desk.store.verdicts(a)->empty());

  REQUIRE(desk.say(a, "same", b));
  CHECK(holds(why(desk.say(b, "same", a)), "stands already"));
  REQUIRE(desk.say(b, "same", c));
  CHECK(holds(why(desk.say(a, "apart", c)), "contradict"));
  CHECK(desk.store.pair_verdicts()->size() == 2);
  REQUIRE(desk.say(b, "undone", c));
  REQUIRE(desk.say(a, "apart", c));
  CHECK(holds(why(desk.say(c, "same", b)), "contradict"));
  CHECK(desk.merged() == std::set<std::set<std::string>>{{a, b}, {c}});

  // Verdicts on one event are another matter, and taken back apart.
  REQUIRE(desk.store.review({a, "accepted", "ben", "", {}, ""}));
  REQUIRE(desk.store.review({a, "undone", "ben", "", {}, ""}));
  CHECK_FALSE(desk.store.review({a, "undone", "ben", "", {}, ""}));
  CHECK(desk.store.pair_verdicts()->size() == 2);
}

TEST_CASE("findings that others' writes went past say so, and are right when these end" *
          doctest::skip(!have_codebook())) {
  Desk desk;
  const std::string a = desk.ingest(kA), b = desk.ingest(kB);
  desk.ingest(kLater);
  std::atomic<bool> enough = false;
  bool behind = false;
  {
    std::jthread other([&] {
      auto store = Store::open(desk.at.path.string(), Store::Mode::write);
      while (store && !enough) (void)store->review({a, "skipped", "ben", "", {}, ""});
    });
    for (int i = 0; i < 500 && !behind; ++i) {
      const auto done = update_findings(desk.store, desk.texts);
      CHECK(done);
      if (!done) break;
      behind = done->behind;
    }
    enough = true;
  }
  CHECK(behind);
  REQUIRE(desk.say(a, "apart", b));
  CHECK(desk.merged().size() == 3);  // connect() checks that nothing is behind
}
