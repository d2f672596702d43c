// How an event is left standing, and accounts of one happening that differ in doer.
#include <doctest/doctest.h>

#include "claim/report.h"

using namespace annalist;
using annalist::test::Report;
using Lines = std::vector<std::string>;

namespace {

constexpr std::string_view kMonitor = R"(
1 The the DET 2 det
2 monitor monitor NOUN 3 nsubj
3 said say VERB 0 root
4 rebels rebel NOUN 5 nsubj
5 shelled shell VERB 3 ccomp
6 the the DET 7 det
7 market market NOUN 5 obj
)";
constexpr std::string_view kDenied = R"(
# newpar
1 The the DET 2 det
2 commander commander NOUN 3 nsubj
3 denied deny VERB 0 root
4 that that SCONJ 6 mark
5 rebels rebel NOUN 6 nsubj
6 fired fire VERB 3 ccomp
)";

std::string both(std::string_view a, std::string_view b) { return std::string(a) + std::string(b); }

}  // namespace

TEST_CASE("a source that is no party says so: uncontested") {
  Report r(kMonitor);
  r.entity({"monitor"}, ActorKind::monitor).entity({"rebels"}, ActorKind::armed_group);
  r.event("shelling", {"shelled"}, {1}).run();
  CHECK(r.standing(0) ==
        "uncontested 1:0 independent 1 admissions 0; uncontested: a source that is no party says so");
}

TEST_CASE("asserted and denied: contested, both sides counted") {
  Report r(both(kMonitor, kDenied));
  r.entity({"monitor"}, ActorKind::monitor).entity({"rebels", "rebels#2"}, ActorKind::armed_group);
  r.event("shelling", {"shelled", "fired"}, {1}).run();
  CHECK(r.standing(0) == "contested 1:1 independent 1 admissions 0; contested: asserted and denied");
  CHECK(r.doc().all<Assessment>()[0].trace.count == 3);
}

TEST_CASE("denied and asserted by nobody: denied") {
  Report r(kDenied);
  r.entity({"rebels"}, ActorKind::armed_group).event("shooting", {"fired"}, {0}).run();
  CHECK(r.standing(0) == "denied 0:1 independent 0 admissions 0; denied: nobody asserts it");
}

TEST_CASE("one side's word about what it did stays unverified; about its own retreat it is an admission") {
  constexpr std::string_view said = R"(
1 The the DET 2 det
2 army army NOUN 3 nsubj
3 said say VERB 0 root
4 it it PRON 5 nsubj
5 moved move VERB 3 ccomp
)";
  Report boast(said);
  boast.entity({"army", "it"}, ActorKind::military).event("capture", {"moved"}, {0}).run();
  CHECK(boast.standing(0) == "unverified 1:0 independent 1 admissions 0; unverified: one side's word alone");
  Report retreat(said);
  retreat.entity({"army", "it"}, ActorKind::military).event("withdraw", {"moved"}, {0}).run();
  CHECK(retreat.standing(0) ==
        "uncontested 1:0 independent 1 admissions 1; uncontested: admitted by the side it harms");
  CHECK(retreat.doc().all<ClaimEvent>()[0].admission);
}

TEST_CASE("own losses are an admission as well, the enemy's are not") {
  constexpr std::string_view said = R"(
1 The the DET 2 det
2 army army NOUN 3 nsubj
3 said say VERB 0 root
4 mines mine NOUN 5 nsubj
5 killed kill VERB 3 ccomp
6 soldiers soldier NOUN 5 obj
)";
  Report own(said);
  own.entity({"army", "soldiers"}, ActorKind::military).event("killing", {"killed"}).befalls({0}).run();
  CHECK(own.doc().all<ClaimEvent>()[0].admission);
  Report other(said);
  other.entity({"army"}, ActorKind::military).entity({"soldiers"}, ActorKind::military);
  other.event("killing", {"killed"}).befalls({1}).run();
  CHECK_FALSE(other.doc().all<ClaimEvent>()[0].admission);
}

TEST_CASE("each says that the other did it: a conflict of actors on one event") {
  Report r(R"(
1 The the DET 2 det
2 army army NOUN 3 nsubj
3 said say VERB 0 root
4 rebels rebel NOUN 5 nsubj
5 shelled shell VERB 3 ccomp
6 the the DET 7 det
7 market market NOUN 5 obj

1 Rebel rebel ADJ 2 amod
2 leaders leader NOUN 3 nsubj
3 said say VERB 0 root
4 troops troops NOUN 5 nsubj
5 shelled shell VERB 3 ccomp
6 the the DET 7 det
7 market market NOUN 5 obj
)");
  r.entity({"army", "troops"}, ActorKind::military).entity({"rebels", "leaders"}, ActorKind::armed_group);
  r.event("shelling", {"shelled"}, {1}).event("shelling", {"shelled#2"}, {0}).run();
  CHECK(r.conflicts() == Lines{"actor v0: 0 1"});
  CHECK(r.claims()[1].ends_with("events 1 0"));
}

TEST_CASE("two attacks by two sides are no conflict when nobody points at the other") {
  Report r(R"(
1 The the DET 2 det
2 monitor monitor NOUN 3 nsubj
3 said say VERB 0 root
4 rebels rebel NOUN 5 nsubj
5 shelled shell VERB 3 ccomp
6 the the DET 7 det
7 market market NOUN 5 obj

1 The the DET 2 det
2 mayor mayor NOUN 3 nsubj
3 said say VERB 0 root
4 troops troops NOUN 5 nsubj
5 shelled shell VERB 3 ccomp
6 the the DET 7 det
7 school school NOUN 5 obj
)");
  r.entity({"monitor"}, ActorKind::monitor).entity({"rebels"}, ActorKind::armed_group);
  r.entity({"mayor"}, ActorKind::government).entity({"troops"}, ActorKind::military);
  r.event("shelling", {"shelled"}, {1}).event("shelling", {"shelled#2"}, {3}).run();
  CHECK(r.conflicts().empty());
}
