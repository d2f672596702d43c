#include <doctest/doctest.h>

#include "claim/report.h"

using namespace annalist;
using annalist::test::Report;
using Lines = std::vector<std::string>;

namespace {

constexpr std::string_view kSaid = R"(
1 The the DET 2 det
2 monitor monitor NOUN 3 nsubj
3 said say VERB 0 root
4 dozens dozen NOUN 5 nsubj
5 defected defect VERB 3 ccomp
)";
constexpr std::string_view kDenied = R"(
# newpar
1 A a DET 2 det
2 source source NOUN 3 nsubj
3 denied deny VERB 0 root
4 that that SCONJ 7 mark
5 fighters fighter NOUN 7 nsubj
6 had have AUX 7 aux
7 switched switch VERB 3 ccomp
)";
constexpr std::string_view kRejected = R"(
# newpar
1 The the DET 2 det
2 army army NOUN 3 nsubj
3 rejected reject VERB 0 root
4 the the DET 5 det
5 accusation accusation NOUN 3 obj
)";

std::string both(std::string_view a, std::string_view b) { return std::string(a) + std::string(b); }

}  // namespace

TEST_CASE("polarity: one event, asserted and denied") {
  Report r(both(kSaid, kDenied));
  r.event("defect", {"defected", "switched"}).run();
  CHECK(r.claims() == Lines{"indirect asserts + [The monitor] <said> {dozens defected} events 0",
                            "indirect denies - [A source] <denied> {that fighters had switched} events 0"});
  CHECK(r.conflicts() == Lines{"polarity v0: 0 1"});
}

TEST_CASE("polarity: a denied event kept apart joins the asserted one of its type") {
  Report r(both(kSaid, kDenied));
  r.event("defect", {"defected"}).event("defect", {"switched"}).run();
  CHECK(r.conflicts() == Lines{"polarity v0: 0 1"});
  CHECK(r.claims()[1].ends_with("events 1 0"));
}

TEST_CASE("polarity: another type, or other named parties, is no conflict") {
  Report other_type(both(kSaid, kDenied));
  other_type.event("defect", {"defected"}).event("capture", {"switched"}).run();
  CHECK(other_type.conflicts().empty());
  Report r(R"(
1 Residents resident NOUN 2 nsubj
2 said say VERB 0 root
3 Alfa Alfa PROPN 4 nsubj
4 withdrew withdraw VERB 2 ccomp

1 Officers officer NOUN 2 nsubj
2 denied deny VERB 0 root
3 Bravo Bravo PROPN 4 nsubj
4 retreated retreat VERB 2 ccomp
)");
  r.entity({"Alfa"})
      .entity({"Bravo"})
      .event("withdraw", {"withdrew"}, {0})
      .event("withdraw", {"retreated"}, {1});
  CHECK(r.run().conflicts().empty());
}

TEST_CASE("an answer that only refers is about what the claim before it says") {
  Report r(both(kSaid, kRejected));
  r.event("defect", {"defected"}).run();
  CHECK(r.claims()[1] == "indirect denies - [The army] <rejected> {the accusation} events 0");
  CHECK(r.conflicts() == Lines{"polarity v0: 0 1"});
}

TEST_CASE("a relative clause denies the charge that it hangs on; an unanswered call says nothing") {
  Report r(R"(
1 Rebels rebel NOUN 2 nsubj
2 accused accuse VERB 0 root
3 troops troops NOUN 2 obj
4 of of SCONJ 5 mark
5 looting loot VERB 2 advcl
6 shops shop NOUN 5 obj
7 , , PUNCT 11 punct
8 which which PRON 11 obj
9 the the DET 10 det
10 army army NOUN 11 nsubj
11 denied deny VERB 5 acl:relcl
)");
  r.event("destroy", {"looting"}).run();
  CHECK(r.conflicts() == Lines{"polarity v0: 0 1"});
  Report silent(R"(
1 The the DET 2 det
2 army army NOUN 5 nsubj
3 did do AUX 5 aux
4 not not PART 5 advmod
5 report report VERB 0 root
6 a a DET 7 det
7 call call NOUN 5 obj
8 about about ADP 10 case
9 the the DET 10 det
10 raid raid NOUN 7 nmod
)");
  CHECK(silent.event("attack", {"raid"}).run().attributed().empty());
}

TEST_CASE("an answer by the same source is no conflict, nor is an answer to nothing") {
  Report same(both(kSaid, R"(
# newpar
1 It it PRON 2 nsubj
2 confirmed confirm VERB 0 root
3 the the DET 4 det
4 report report NOUN 2 obj
)"));
  same.entity({"monitor", "It"}).event("defect", {"defected"}).run();
  CHECK(same.conflicts().empty());
  Report nothing(kRejected);
  CHECK(nothing.run().conflicts().empty());
  CHECK(nothing.claims().size() == 1);
}

TEST_CASE("the act of accusing is not what the denial denies") {
  Report r(both(R"(
1 Rebels rebel NOUN 2 nsubj
2 accused accuse VERB 0 root
3 troops troops NOUN 2 obj
4 of of SCONJ 5 mark
5 looting loot VERB 2 advcl
)",
                kRejected));
  r.event("accuse", {"accused"}).event("destroy", {"looting"}).event("accuse", {"accusation"}).run();
  CHECK(r.attributed() == Lines{"indirect accuses + [Rebels] <accused> {troops of looting} events 1",
                                "indirect denies - [The army] <rejected> {the accusation} events 1"});
  REQUIRE(r.conflicts().size() == 1);
  CHECK(r.conflicts()[0].starts_with("polarity v1:"));
}

TEST_CASE("not taking part in something does not deny it; denied reports belong to the denial") {
  Report r(R"(
1 They they PRON 2 nsubj
2 said say VERB 0 root
3 Kurds Kurds PROPN 6 nsubj
4 would would AUX 6 aux
5 not not PART 6 advmod
6 join join VERB 2 ccomp
7 in in ADP 9 case
8 the the DET 9 det
9 assault assault NOUN 6 obl

# newpar
1 Police police NOUN 2 nsubj
2 denied deny VERB 0 root
3 reports report NOUN 2 obj
4 that that SCONJ 7 mark
5 bombs bomb NOUN 7 nsubj
6 had have AUX 7 aux
7 exploded explode VERB 3 acl

# newpar
1 No no DET 2 det
2 group group NOUN 3 nsubj
3 said say VERB 0 root
4 it it PRON 5 nsubj
5 attacked attack VERB 3 ccomp

# newpar
1 The the DET 2 det
2 assault assault NOUN 3 nsubj
3 began begin VERB 0 root
)");
  r.event("attack", {"assault", "assault#2"})
      .event("bombing", {"exploded"})
      .event("attack", {"attacked"})
      .run();
  CHECK(r.attributed() ==
        Lines{"indirect predicts - [They] <said> {Kurds would not join in the assault} events 0",
              "indirect denies - [Police] <denied> {reports that bombs had exploded} events 1"});
  CHECK(r.conflicts() == Lines{});
}

TEST_CASE("count: two sources, two numbers") {
  const std::string_view twelve = R"(
1 Medics medic NOUN 2 nsubj
2 said say VERB 0 root
3 shells shell NOUN 4 nsubj
4 killed kill VERB 2 ccomp
5 12 12 NUM 6 nummod
6 people people NOUN 4 obj
)";
  const std::string_view eight = R"(
1 Police police NOUN 2 nsubj
2 said say VERB 0 root
3 they they PRON 4 nsubj
4 slew slay VERB 2 ccomp
5 eight eight NUM 6 nummod
6 people people NOUN 4 obj
)";
  Report r(both(twelve, "\n") + std::string(eight));
  r.event("killing", {"killed", "slew"}).run();
  CHECK(r.conflicts() == Lines{"count v0: 0 1"});
  Report apart(both(twelve, "\n") + std::string(eight));
  apart.event("killing", {"killed"}).event("killing", {"slew"}).run();
  CHECK(apart.conflicts().empty());
}

TEST_CASE("cause: forced out by one account, to spare lives by another") {
  Report r(R"(
1 The the DET 2 det
2 advance advance NOUN 3 nsubj
3 forced force VERB 0 root
4 Ali Ali PROPN 3 obj
5 to to PART 6 mark
6 withdraw withdraw VERB 3 xcomp

1 Ali Ali PROPN 2 nsubj
2 said say VERB 0 root
3 he he PRON 4 nsubj
4 left leave VERB 2 ccomp
5 because because SCONJ 7 mark
6 civilians civilian NOUN 7 nsubj
7 suffered suffer VERB 4 advcl
)");
  r.event("withdraw", {"withdraw", "left"}).run();
  CHECK(r.conflicts() == Lines{"cause v0: 0 1"});
}

TEST_CASE("cause: the speaker's own account joins the event that others tell of him, another's does not") {
  const std::string_view forced = R"(
1 The the DET 2 det
2 advance advance NOUN 3 nsubj
3 forced force VERB 0 root
4 Ali Ali PROPN 3 obj
5 to to PART 6 mark
6 withdraw withdraw VERB 3 xcomp

)";
  const std::string_view explained = R"(
1 " " PUNCT 4 punct
2 We we PRON 4 nsubj
3 just just ADV 4 advmod
4 retreated retreat VERB 11 ccomp
5 because because SCONJ 7 mark
6 civilians civilian NOUN 7 nsubj
7 suffered suffer VERB 4 advcl
8 , , PUNCT 4 punct
9 " " PUNCT 4 punct
10 Ali Ali PROPN 11 nsubj
11 said say VERB 0 root
)";
  Report r(both(forced, explained));
  r.entity({"Ali", "Ali#2"}).entity({"We"});
  r.event("withdraw", {"withdraw"}, {0}).event("withdraw", {"retreated"}, {1}).run();
  CHECK(r.conflicts() == Lines{"cause v0: 0 1"});
  Report other(both(forced, explained));
  other.entity({"Ali"}).entity({"Ali#2"}).entity({"We"});
  other.event("withdraw", {"withdraw"}, {0}).event("withdraw", {"retreated"}, {2}).run();
  CHECK(other.conflicts().empty());
}

TEST_CASE("the narrator claims what nobody else says, one claim a sentence, and can be contradicted") {
  Report r(both(R"(
1 Dozens dozen NOUN 2 nsubj
2 defected defect VERB 0 root
3 and and CCONJ 4 cc
4 fled flee VERB 2 conj
5 . . PUNCT 2 punct
)",
                kDenied));
  r.event("defect", {"defected", "switched"}).event("displace", {"fled"}).run();
  CHECK(r.claims() == Lines{"narrator asserts + {Dozens defected and fled} events 0 1",
                            "indirect denies - [A source] <denied> {that fighters had switched} events 0"});
  CHECK(r.conflicts() == Lines{"polarity v0: 0 1"});
}

TEST_CASE(
    "a report without events gives the narrator nothing to claim; without a parse the layers are empty") {
  Report r(kSaid);
  CHECK(r.run().claims().size() == 1);
  Document bare("bare", "Dozens defected.");
  Workspace workspace;
  annalist::test::claim_stage().run(bare, workspace);
  CHECK(bare.filled<Claim>());
  CHECK(bare.all<Claim>().empty());
}
