#include <doctest/doctest.h>

#include "claim/choose.h"
#include "claim/report.h"

using annalist::test::Report;
using Lines = std::vector<std::string>;

TEST_CASE("said behind its content: the clause, the coordinated source, the cue") {
  Report r(R"(
1 Militants militant NOUN 2 nsubj
2 seized seize VERB 0 root
3 the the DET 4 det
4 fort fort NOUN 2 obj
5 , , PUNCT 10 punct
6 rebels rebel NOUN 10 nsubj
7 and and CCONJ 9 cc
8 a a DET 9 det
9 monitor monitor NOUN 6 conj
10 said say VERB 2 parataxis
11 . . PUNCT 2 punct
)");
  r.event("capture", {"seized"}).run();
  CHECK(r.claims() ==
        Lines{"indirect asserts + [rebels and a monitor] <said> {Militants seized the fort} events 0"});
}

TEST_CASE("said before its content, with that and with what the verb says when") {
  Report r(R"(
1 On on ADP 2 case
2 Monday Monday PROPN 5 obl
3 the the DET 4 det
4 mayor mayor NOUN 5 nsubj
5 said say VERB 0 root
6 that that SCONJ 9 mark
7 troops troops NOUN 9 nsubj
8 had have AUX 9 aux
9 left leave VERB 5 ccomp
10 . . PUNCT 5 punct
)");
  CHECK(r.run().claims() == Lines{"indirect asserts + [the mayor] <said> {that troops had left}"});
  CHECK(r.doc().all<annalist::Claim>()[0].source_kind == annalist::SourceKind::official);
}

TEST_CASE("said they were leaving: a progressive is a clause, not a gerund") {
  Report r(R"(
1 Villagers villager NOUN 2 nsubj
2 said say VERB 0 root
3 troops troops NOUN 5 nsubj
4 were be AUX 5 aux
5 leaving leave VERB 2 ccomp
)");
  CHECK(r.run().claims() == Lines{"indirect asserts + [Villagers] <said> {troops were leaving}"});
}

TEST_CASE("a verb of saying without content says nothing") {
  Report r(R"(
1 He he PRON 2 nsubj
2 added add VERB 0 root
3 two two NUM 4 nummod
4 tanks tank NOUN 2 obj
5 . . PUNCT 2 punct

1 The the DET 2 det
2 floods flood NOUN 3 nsubj
3 claimed claim VERB 0 root
4 lives life NOUN 3 obj
5 . . PUNCT 3 punct
)");
  CHECK(r.run().claims().empty());
}

TEST_CASE("one subject, two cues: vowed to fight and said that they would return") {
  Report r(R"(
1 He he PRON 2 nsubj
2 vowed vow VERB 0 root
3 to to PART 4 mark
4 fight fight VERB 2 xcomp
5 and and CCONJ 6 cc
6 said say VERB 2 conj
7 they they PRON 9 nsubj
8 would would AUX 9 aux
9 return return VERB 6 ccomp
10 . . PUNCT 2 punct
)");
  CHECK(r.run().claims() == Lines{"indirect vows + [He] <vowed> {to fight}",
                                  "indirect predicts + [He] <said> {they would return}"});
}

TEST_CASE("a relative pronoun is the span, its antecedent the name") {
  Report r(R"(
1 An a DET 2 det
2 aide aide NOUN 7 nsubj
3 who who PRON 4 nsubj
4 said say VERB 2 acl:relcl
5 it it PRON 6 nsubj
6 failed fail VERB 4 ccomp
7 left leave VERB 0 root

1 An a DET 2 det
2 envoy envoy NOUN 7 nsubj
3 who who PRON 4 nsubj
4 predicted predict VERB 2 acl:relcl
5 a a DET 6 det
6 collapse collapse NOUN 4 obj
7 left leave VERB 0 root
)");
  r.run();
  CHECK(r.claims() == Lines{"indirect asserts + [who] <said> {it failed}"});  // "predicted" has no clause
  const annalist::Claim& c = r.doc().all<annalist::Claim>()[0];
  CHECK(r.doc().text(c.source_span) == "who");
  CHECK(r.doc().str(c.source_name) == "An aide");
}

TEST_CASE("denied that: stance and polarity; denied twice is open") {
  Report r(R"(
1 A a DET 2 det
2 source source NOUN 3 nsubj
3 denied deny VERB 0 root
4 that that SCONJ 8 mark
5 any any DET 6 det
6 troops troops NOUN 8 nsubj
7 had have AUX 8 aux
8 deserted desert VERB 3 ccomp
9 . . PUNCT 3 punct

1 The the DET 2 det
2 army army NOUN 5 nsubj
3 did do AUX 5 aux
4 not not PART 5 advmod
5 deny deny VERB 0 root
6 shelling shell VERB 5 xcomp
7 it it PRON 6 obj
8 . . PUNCT 5 punct
)");
  CHECK(r.run().claims() == Lines{"indirect denies - [A source] <denied> {that any troops had deserted}",
                                  "indirect hedges + [The army] <did not deny> {shelling it}"});
  CHECK(r.doc().all<annalist::Claim>()[0].source_kind == annalist::SourceKind::anonymous);
}

TEST_CASE("said that no fighters: the content takes the polarity") {
  Report r(R"(
1 He he PRON 2 nsubj
2 said say VERB 0 root
3 no no DET 4 det
4 fighters fighter NOUN 6 nsubj
5 had have AUX 6 aux
6 defected defect VERB 2 ccomp
)");
  CHECK(r.run().claims() == Lines{"indirect asserts - [He] <said> {no fighters had defected}"});
}

TEST_CASE("declined to confirm leaves it open, confirmed does not") {
  Report r(R"(
1 Officials official NOUN 2 nsubj
2 declined decline VERB 0 root
3 to to PART 4 mark
4 confirm confirm VERB 2 xcomp
5 the the DET 6 det
6 report report NOUN 4 obj

1 Officials official NOUN 2 nsubj
2 confirmed confirm VERB 0 root
3 the the DET 4 det
4 report report NOUN 2 obj
)");
  CHECK(r.run().claims() == Lines{"indirect doubts + [Officials] <to confirm> {the report}",
                                  "indirect confirms + [Officials] <confirmed> {the report}"});
}

TEST_CASE("accused of: object and charge, active, as a participle and passive") {
  Report r(R"(
1 Rebels rebel NOUN 2 nsubj
2 attacked attack VERB 0 root
3 after after SCONJ 4 mark
4 accusing accuse VERB 2 advcl
5 him he PRON 4 obj
6 of of SCONJ 8 mark
7 being be AUX 8 cop
8 corrupt corrupt ADJ 4 advcl

1 He he PRON 3 nsubj:pass
2 was be AUX 3 aux:pass
3 accused accuse VERB 0 root
4 of of ADP 5 case
5 murder murder NOUN 3 obl
6 by by ADP 7 case
7 judges judge NOUN 3 obl:agent
)");
  CHECK(r.run().claims() == Lines{"indirect accuses + [Rebels] <accusing> {him of being corrupt}",
                                  "indirect accuses + [judges] <was accused> {He} {of murder}"});
}

TEST_CASE("charged at something is no accusation") {
  Report r(R"(
1 Soldiers soldier NOUN 2 nsubj
2 charged charge VERB 0 root
3 through through ADP 5 case
4 the the DET 5 det
5 gate gate NOUN 2 obl
)");
  CHECK(r.run().claims().empty());
}

TEST_CASE("called for a truce: the preposition belongs to the cue") {
  Report r(R"(
1 The the DET 2 det
2 envoy envoy NOUN 3 nsubj
3 called call VERB 0 root
4 for for ADP 6 case
5 a a DET 6 det
6 truce truce NOUN 3 obl

1 He he PRON 2 nsubj
2 called call VERB 0 root
3 his his PRON 4 nmod:poss
4 brother brother NOUN 2 obj
)");
  CHECK(r.run().claims() == Lines{"indirect demands + [The envoy] <called for> {a truce}"});
}

TEST_CASE("threatened to and urged X to") {
  Report r(R"(
1 The the DET 2 det
2 militia militia NOUN 3 nsubj
3 threatened threaten VERB 0 root
4 to to PART 5 mark
5 shell shell VERB 3 xcomp
6 ports port NOUN 5 obj

1 She she PRON 2 nsubj
2 urged urge VERB 0 root
3 them they PRON 2 obj
4 to to PART 5 mark
5 leave leave VERB 2 xcomp

1 Floods flood NOUN 2 nsubj
2 threatened threaten VERB 0 root
3 the the DET 4 det
4 village village NOUN 2 obj
)");
  CHECK(r.run().claims() == Lines{"indirect threatens + [The militia] <threatened> {to shell ports}",
                                  "indirect demands + [She] <urged> {them to leave}"});
}

TEST_CASE("according to: the rest of the sentence, wherever the words stand") {
  Report r(R"(
1 According accord VERB 4 case
2 to to ADP 1 fixed
3 the the DET 4 det
4 hospital hospital NOUN 8 obl
5 , , PUNCT 4 punct
6 forty forty NUM 7 nummod
7 people people NOUN 8 nsubj
8 died die VERB 0 root
9 . . PUNCT 8 punct

1 Forty forty NUM 2 nummod
2 people people NOUN 3 nsubj
3 died die VERB 0 root
4 , , PUNCT 7 punct
5 according accord VERB 7 case
6 to to ADP 5 fixed
7 medics medic NOUN 3 obl
8 in in ADP 10 case
9 the the DET 10 det
10 town town NOUN 7 nmod
11 . . PUNCT 3 punct
)");
  CHECK(r.run().claims() ==
        Lines{"indirect asserts + [the hospital] <According to> {forty people died}",
              "indirect asserts + [medics in the town] <according to> {Forty people died}"});
  CHECK(r.doc().all<annalist::Claim>()[0].source_kind == annalist::SourceKind::medic);
}

TEST_CASE("nobody is named: believed to, it was reported that, reportedly") {
  Report r(R"(
1 Dozens dozen NOUN 3 nsubj:pass
2 are be AUX 3 aux:pass
3 believed believe VERB 0 root
4 to to PART 6 mark
5 have have AUX 6 aux
6 fled flee VERB 3 xcomp

1 It it PRON 3 expl
2 was be AUX 3 aux:pass
3 reported report VERB 0 root
4 that that SCONJ 6 mark
5 roads road NOUN 6 nsubj
6 reopened reopen VERB 3 ccomp

1 He he PRON 4 nsubj:pass
2 was be AUX 4 aux:pass
3 reportedly reportedly ADV 4 advmod
4 killed kill VERB 0 root

1 He he PRON 3 nsubj:pass
2 was be AUX 3 aux:pass
3 thought think VERB 0 root
4 a a DET 5 det
5 fool fool NOUN 3 xcomp
)");
  CHECK(r.run().claims() == Lines{"indirect hedges + <are believed> {Dozens} {to have fled}",
                                  "indirect hedges + <was reported> {that roads reopened}",
                                  "indirect hedges + <reportedly> {He was} {killed}"});
}

TEST_CASE("was quoted as saying: the one quoted speaks") {
  Report r(R"(
1 A a DET 2 det
2 colonel colonel NOUN 4 nsubj:pass
3 was be AUX 4 aux:pass
4 quoted quote VERB 0 root
5 as as SCONJ 6 mark
6 saying say VERB 4 advcl
7 the the DET 8 det
8 port port NOUN 9 nsubj
9 fell fall VERB 6 ccomp
)");
  CHECK(r.run().claims() == Lines{"indirect asserts + [A colonel] <saying> {the port fell}"});
  CHECK(r.doc().all<annalist::Claim>()[0].source_kind == annalist::SourceKind::party);
}

TEST_CASE("nouns that attribute: possessor, carrying verb, nobody") {
  Report r(R"(
1 Its its PRON 2 nmod:poss
2 claim claim NOUN 7 nsubj
3 that that SCONJ 5 mark
4 it it PRON 5 nsubj
5 won win VERB 2 acl
6 was be AUX 7 cop
7 false false ADJ 0 root

1 Judges judge NOUN 2 nsubj
2 issued issue VERB 0 root
3 a a DET 4 det
4 denial denial NOUN 2 obj
5 that that SCONJ 7 mark
6 they they PRON 7 nsubj
7 fled flee VERB 4 acl

1 Reports report NOUN 5 nsubj
2 that that SCONJ 4 mark
3 bridges bridge NOUN 4 nsubj
4 burned burn VERB 1 acl
5 spread spread VERB 0 root

1 He he PRON 2 nsubj
2 filed file VERB 0 root
3 a a DET 4 det
4 claim claim NOUN 2 obj
5 at at ADP 6 case
6 court court NOUN 4 nmod
)");
  CHECK(r.run().claims() == Lines{"indirect asserts + [Its] <claim> {that it won}",
                                  "indirect denies - [Judges] <denial> {that they fled}",
                                  "indirect asserts + <Reports> {that bridges burned}"});
}

TEST_CASE("headlines: a colon behind or before a speaker") {
  Report r(R"(
# headline
1 Rebels rebel NOUN 4 nsubj
2 : : PUNCT 1 punct
3 army army NOUN 4 nsubj
4 shelled shell VERB 0 root
5 village village NOUN 4 obj

# headline
1 Army army NOUN 2 nsubj
2 shelled shell VERB 0 root
3 village village NOUN 2 obj
4 : : PUNCT 5 punct
5 monitor monitor NOUN 2 parataxis

# headline
1 Analysis analysis NOUN 4 dep
2 : : PUNCT 4 punct
3 what what PRON 4 nsubj
4 happened happen VERB 0 root
)");
  const Lines got = r.run().claims();
  REQUIRE(got.size() >= 2);
  CHECK(got[0] == "indirect asserts + [Rebels] <:> {army shelled village}");
  CHECK(got[1] == "indirect asserts + [monitor] <:> {Army shelled village}");
}

TEST_CASE("may and whether lower the certainty") {
  Report r(R"(
1 He he PRON 2 nsubj
2 said say VERB 0 root
3 talks talk NOUN 5 nsubj
4 may may AUX 5 aux
5 resume resume VERB 2 ccomp

1 He he PRON 2 nsubj
2 said say VERB 0 root
3 talks talk NOUN 4 nsubj
4 resumed resume VERB 2 ccomp
)");
  r.run();
  CHECK(r.doc().all<annalist::Claim>()[0].certainty == annalist::Certainty::possible);
  CHECK(r.doc().all<annalist::Claim>()[1].certainty == annalist::Certainty::certain);
}

TEST_CASE("without a subject in the tree the phrase that touches the verb speaks") {
  Report r(R"(
1 " " PUNCT 3 punct
2 They they PRON 3 nsubj
3 left leave VERB 0 root
4 , , PUNCT 3 punct
5 " " PUNCT 3 punct
6 said say VERB 3 parataxis
7 the the DET 8 det
8 mayor mayor NOUN 6 obl
9 . . PUNCT 3 punct

1 Asked ask VERB 0 root
2 whether whether SCONJ 4 mark
3 they they PRON 4 nsubj
4 left leave VERB 1 ccomp
)");
  CHECK(r.run().claims() == Lines{"direct asserts + [the mayor] <said> {They left}",
                                  "indirect doubts + <Asked> {whether they left}"});
}

TEST_CASE("said in a statement: the channel belongs to the cue, other circumstances do not") {
  Report r(R"(
1 Police police NOUN 2 nsubj
2 said say VERB 0 root
3 in in ADP 5 case
4 a a DET 5 det
5 statement statement NOUN 2 obl
6 roads road NOUN 7 nsubj
7 reopened reopen VERB 2 ccomp

1 Police police NOUN 2 nsubj
2 said say VERB 0 root
3 on on ADP 4 case
4 Monday Monday PROPN 2 obl
5 roads road NOUN 6 nsubj
6 reopened reopen VERB 2 ccomp
)");
  CHECK(r.run().claims() == Lines{"indirect asserts + [Police] <said in a statement> {roads reopened}",
                                  "indirect asserts + [Police] <said> {roads reopened}"});
}

TEST_CASE("a transcript: who has the turn says all of it; a question asserts nothing") {
  Report r(R"(
1 Q q PROPN 5 nsubj
2 : : PUNCT 1 punct
3 Did do AUX 5 aux
4 they they PRON 5 nsubj
5 leave leave VERB 0 root
6 ? ? PUNCT 5 punct
)");
  CHECK(r.run().claims() == Lines{"indirect doubts + [Q] <:> {Did they leave ?}"});
}

TEST_CASE("a bare surname speaks in the office that the first mention gave it") {
  Report r(R"(
1 Ali Ali PROPN 6 nsubj
2 , , PUNCT 4 punct
3 a a DET 4 det
4 researcher researcher NOUN 1 appos
5 , , PUNCT 4 punct
6 came come VERB 0 root

1 Then then ADV 3 advmod
2 Ali Ali PROPN 3 nsubj
3 said say VERB 0 root
4 troops troops NOUN 5 nsubj
5 left leave VERB 3 ccomp
)");
  r.entity({"Ali", "Ali#2"}).run();
  REQUIRE(r.doc().all<annalist::Claim>().size() == 1);
  CHECK(r.doc().all<annalist::Claim>()[0].source_kind == annalist::SourceKind::monitor);
}

TEST_CASE("a name known to be a relief body is no official for being called a committee") {
  Report r(R"(
1 The the DET 3 det
2 Relief Relief PROPN 3 compound
3 Committee committee PROPN 4 nsubj
4 said say VERB 0 root
5 troops troops NOUN 6 nsubj
6 left leave VERB 4 ccomp
)");
  r.entity({"Committee"}, annalist::ActorKind::ngo).run();
  CHECK(r.doc().all<annalist::Claim>()[0].source_kind == annalist::SourceKind::monitor);
}

TEST_CASE("a pronoun without an antecedent does not stand for a thing") {
  Report r(R"(
1 Whatever whatever DET 3 det
2 the the DET 3 det
3 reason reason NOUN 9 nsubj
4 , , PUNCT 6 punct
5 she she PRON 6 nsubj
6 added add VERB 9 parataxis
7 , , PUNCT 6 punct
8 was be AUX 9 cop
9 bad bad ADJ 0 root
)");
  r.entity({"reason"}).run();
  REQUIRE(!r.doc().all<annalist::Claim>().empty());
  const auto& claim = r.doc().all<annalist::Claim>()[0];
  CHECK(r.doc().str(claim.source_name) == "she");
}

TEST_CASE("who speaks for others is of their kind, by whichever mention") {
  Report r(R"(
1 Rebel rebel NOUN 2 compound
2 spokesman spokesman NOUN 3 nmod:desc
3 Ali Ali PROPN 4 nsubj
4 said say VERB 0 root
5 troops troops NOUN 6 nsubj
6 left leave VERB 4 ccomp

1 The the DET 2 det
2 Spokesman spokesman NOUN 3 nsubj
3 said say VERB 0 root
4 he he PRON 5 nsubj
5 stayed stay VERB 3 ccomp
)");
  r.entity({"Ali", "Spokesman"}).run();
  REQUIRE(r.doc().all<annalist::Claim>().size() == 2);
  CHECK(r.doc().all<annalist::Claim>()[0].source_kind == annalist::SourceKind::party);
}

TEST_CASE("backed by others says nothing of what they do") {
  constexpr std::string_view kText = R"(
1 Backed back VERB Tense=Past|VerbForm=Part|Voice=Pass 5 advcl
2 by by ADP _ 3 case
3 Turkey Turkey PROPN _ 1 obl:agent
4 rebels rebel NOUN _ 5 nsubj
5 seized seize VERB _ 0 root
6 forts fort NOUN _ 5 obj
)";
  const Report r(kText);
  const annalist::claims::Context context(r.doc(), annalist::test::claim_stage().cues());
  annalist::claims::Draft draft;
  draft.cue_token = annalist::Id<annalist::Token>(0u);
  draft.content = {3, 4, 5};
  CHECK(annalist::claims::accompanies(context, draft));
  draft.content = {2};  // what hangs on the participle is its own
  CHECK_FALSE(annalist::claims::accompanies(context, draft));
  draft.cue_token = annalist::Id<annalist::Token>(4u);  // a verb of its own accompanies nothing
  draft.content = {5};
  CHECK_FALSE(annalist::claims::accompanies(context, draft));
}
