#include <doctest/doctest.h>

#include "claim/report.h"

using annalist::test::Report;
using Lines = std::vector<std::string>;

namespace {

/// Lines of one quotation by "Omar said".
Lines said(const std::string& quoted_rows) {
  Report r(quoted_rows);
  return r.run().attributed();
}

}  // namespace

TEST_CASE("we will fight in a quotation vows, they will come predicts, both together assert") {
  CHECK(said(R"(
1 " " PUNCT 4 punct
2 We we PRON 4 nsubj
3 will will AUX 4 aux
4 fight fight VERB 7 ccomp
5 , , PUNCT 7 punct
6 " " PUNCT 7 punct
7 said say VERB 0 root
8 Omar Omar PROPN 7 nsubj
)") == Lines{"direct vows + [Omar] <said> {We will fight}"});
  CHECK(said(R"(
1 " " PUNCT 4 punct
2 They they PRON 4 nsubj
3 will will AUX 4 aux
4 come come VERB 7 ccomp
5 , , PUNCT 7 punct
6 " " PUNCT 7 punct
7 said say VERB 0 root
8 Omar Omar PROPN 7 nsubj
)") == Lines{"direct predicts + [Omar] <said> {They will come}"});
  CHECK(said(R"(
1 " " PUNCT 3 punct
2 They they PRON 3 nsubj
3 came come VERB 0 root
4 . . PUNCT 3 punct

1 They they PRON 3 nsubj
2 will will AUX 3 aux
3 return return VERB 6 ccomp
4 , , PUNCT 6 punct
5 " " PUNCT 6 punct
6 said say VERB 0 root
7 Omar Omar PROPN 6 nsubj
)") == Lines{"direct asserts + [Omar] <said> {They came . They will return}"});
}

TEST_CASE("reported would foretells; would of a quotation and would have do not") {
  CHECK(said(R"(
1 Omar Omar PROPN 2 nsubj
2 said say VERB 0 root
3 rain rain NOUN 6 nsubj
4 would would AUX 6 aux
5 have have AUX 6 aux
6 helped help VERB 2 ccomp
)") == Lines{"indirect asserts + [Omar] <said> {rain would have helped}"});
  CHECK(said(R"(
1 " " PUNCT 4 punct
2 Rain rain NOUN 4 nsubj
3 would would AUX 4 aux
4 help help VERB 7 ccomp
5 , , PUNCT 7 punct
6 " " PUNCT 7 punct
7 said say VERB 0 root
8 Omar Omar PROPN 7 nsubj
)") == Lines{"direct asserts + [Omar] <said> {Rain would help}"});
}

TEST_CASE("others must leave is demanded; must be ill is a guess; we should leave is none") {
  CHECK(said(R"(
1 Omar Omar PROPN 2 nsubj
2 said say VERB 0 root
3 troops troops NOUN 5 nsubj
4 must must AUX 5 aux
5 leave leave VERB 2 ccomp
)") == Lines{"indirect demands + [Omar] <said> {troops must leave}"});
  CHECK(said(R"(
1 Omar Omar PROPN 2 nsubj
2 said say VERB 0 root
3 troops troops NOUN 6 nsubj
4 must must AUX 6 aux
5 be be AUX 6 cop
6 ill ill ADJ 2 ccomp
)") == Lines{"indirect asserts + [Omar] <said> {troops must be ill}"});
}

TEST_CASE("a question in a quotation doubts") {
  CHECK(said(R"(
1 " " PUNCT 5 punct
2 Why why ADV 5 advmod
3 did do AUX 5 aux
4 they they PRON 5 nsubj
5 leave leave VERB 8 ccomp
6 ? ? PUNCT 5 punct
7 " " PUNCT 8 punct
8 said say VERB 0 root
9 Omar Omar PROPN 8 nsubj
)") == Lines{"direct doubts + [Omar] <said> {Why did they leave ?}"});
}

TEST_CASE(
    "what a party charges another with in general accuses; of a monitor or of its own side it does not") {
  const std::string rows = R"(
1 Omar Omar PROPN 2 nsubj
2 said say VERB 0 root
3 guards guard NOUN 4 nsubj
4 kill kill VERB 2 ccomp
5 people people NOUN 4 obj
)";
  using annalist::ActorKind;
  const auto told = [&](ActorKind speaker, bool own) {
    Report r(rows);
    r.entity({"Omar"}, speaker).entity({"guards"}, ActorKind::military);
    r.event("killing", {"kill"}, {own ? std::size_t{0} : std::size_t{1}}).generic();
    return r.run().attributed();
  };
  CHECK(told(ActorKind::armed_group, false) ==
        Lines{"indirect accuses + [Omar] <said> {guards kill people} events 0"});
  CHECK(told(ActorKind::monitor, false) ==
        Lines{"indirect asserts + [Omar] <said> {guards kill people} events 0"});
  CHECK(told(ActorKind::armed_group, true) ==
        Lines{"indirect asserts + [Omar] <said> {guards kill people} events 0"});
}

TEST_CASE("two negations leave it standing") {
  Report r(R"(
1 Omar Omar PROPN 2 nsubj
2 said say VERB 0 root
3 guards guard NOUN 6 nsubj
4 did do AUX 6 aux
5 not not PART 6 advmod
6 hesitate hesitate VERB 2 ccomp
7 to to PART 8 mark
8 kill kill VERB 6 xcomp
9 people people NOUN 8 obj
)");
  r.event("killing", {"kill"}).run();
  CHECK(r.attributed() ==
        Lines{"indirect asserts + [Omar] <said> {guards did not hesitate to kill people} events 0"});
  REQUIRE(r.doc().all<annalist::ClaimEvent>().size() == 1);
  CHECK(r.doc().all<annalist::ClaimEvent>()[0].positive);
}
