// Sentences that could explode: dozens of actors, tables of casualties. Compound actors stay lists; nothing
// is paired out, and the numbers of records stay bounded by the words.
#include <doctest/doctest.h>

#include "event/fixture.h"

using namespace annalist;
using namespace annalist::test;

namespace {

/// "Ghana , Ghana , ... attacked Harim": `n` coordinated subjects.
std::string coordinated(int n, const std::string& name) {
  std::string out = name + "/" + name + "/PROPN/" + std::to_string(n + 1) + "/nsubj ";
  for (int i = 1; i < n; ++i)
    out += name + std::to_string(i) + "/" + name + std::to_string(i) + "/PROPN/1/conj ";
  return out;
}

}  // namespace

TEST_CASE("forty actors are one event with a bounded list") {
  const Document doc = coded(coordinated(40, "Turkey") +
                             "attacked/attack/VERB/0/root the/the/DET/43/det army/army/NOUN/41/obj");
  REQUIRE(doc.all<Event>().size() == 1);
  const Event& e = doc.all<Event>()[0];
  CHECK(e.args.count == 41);  // all forty and whom they attack
  CHECK(doc.all<Relation>().size() <= 40);
}

TEST_CASE("forty actors on both sides make no pairs of events") {
  std::string line = coordinated(40, "Turkey") + "attacked/attack/VERB/0/root ";
  line += "Nusra/Nusra/PROPN/41/obj ";
  for (int i = 0; i < 39; ++i) line += "army/army/NOUN/42/conj ";
  const Document doc = coded(line);
  CHECK(doc.all<Event>().size() == 1);
  CHECK(doc.all<EventArg>().size() <= 80);
  CHECK(doc.all<Relation>().size() <= 300);
}

TEST_CASE("a table of casualties is no row of battles") {
  // Two hundred lines of "Harim 12 dead": place, number, adjective, without a verb.
  std::string lines;
  for (int i = 0; i < 200; ++i)
    lines += "P Harim/Harim/PROPN/3/nsubj " + std::to_string(i + 2) + "/" + std::to_string(i + 2) +
             "/NUM/1/nummod dead/dead/ADJ/0/root\n";
  const Document doc = coded(lines);
  CHECK(doc.all<Event>().size() <= 200);
  CHECK(doc.all<EventArg>().size() <= 400);
  for (const Event& e : doc.all<Event>()) CHECK(e.deaths.best <= 201);
}

TEST_CASE("a list of triggers stays linear in its words") {
  std::string line = "attack/attack/NOUN/0/root ";
  for (int i = 0; i < 400; ++i) line += "attack/attack/NOUN/1/conj ";
  const Document doc = coded(line);
  CHECK(doc.all<Event>().size() <= 401);
  CHECK(doc.all<EventMention>().size() <= 401);
}
