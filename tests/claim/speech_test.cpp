#include <doctest/doctest.h>

#include "claim/quotes.h"
#include "claim/report.h"

using namespace annalist;
using annalist::test::Report;
using Lines = std::vector<std::string>;

namespace {

/// The inner texts of the quotations of paragraphs separated by a blank line.
Lines quoted(std::string text) {
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  for (std::size_t a = 0; a <= text.size();) {
    std::size_t b = text.find("\n\n", a);
    if (b == text.npos) b = text.size();
    const Span block{std::uint32_t(a), std::uint32_t(b)};
    for (std::size_t s = a; s < b;) {
      std::size_t e = text.find(". ", s);
      e = e == text.npos || e >= b ? b : e + 1;
      sentences.push_back({{std::uint32_t(s), std::uint32_t(e)}, Id<Block>(blocks.size()), {}});
      s = e + 1;
    }
    blocks.push_back({block, BlockKind::paragraph});
    a = b + 2;
  }
  Document doc("q", std::move(text));
  doc.fill(blocks);
  doc.fill(sentences);
  Lines out;
  for (const claims::Quote& q : claims::find_quotes(doc))
    out.push_back((q.parent == claims::Quote::kNone ? "" : "> ") + std::string(doc.text(q.inner)));
  return out;
}

}  // namespace

TEST_CASE("quotes: straight, curly, doubled, guillemets") {
  CHECK(quoted("\"They left,\" he said. \"All of them.\"") == Lines{"They left,", "All of them."});
  CHECK(quoted("“They left,” he said.") == Lines{"They left,"});
  CHECK(quoted("''They left,'' he said.") == Lines{"They left,"});
  CHECK(quoted("«They left», he said.") == Lines{"They left"});
}

TEST_CASE("quotes: single marks are quotations, apostrophes are not") {
  CHECK(quoted("The 'red line' was crossed.") == Lines{"red line"});
  CHECK(quoted("The fighters' camp wasn't theirs and the rebels' was.").empty());
  CHECK(quoted("It's the army’s camp, they don’t say.").empty());
  CHECK(quoted("Rock 'n roll in the '90s.").empty());
}

TEST_CASE("quotes: single inside double, editorial brackets stay") {
  CHECK(quoted("\"We heard 'Abu Ali [the mayor] fled, Abu Ali fled',\" he said.") ==
        Lines{"We heard 'Abu Ali [the mayor] fled, Abu Ali fled',",
              "> Abu Ali [the mayor] fled, Abu Ali fled"});
  CHECK(quoted("“He said ‘the fighters’ camp fell’ twice.”") ==
        Lines{"He said ‘the fighters’ camp fell’ twice.", "> the fighters’ camp fell"});
}

TEST_CASE("quotes: never closed") {
  CHECK(quoted("\"They left. We stayed.\n\n\"Then it began.\"") ==
        Lines{"They left. We stayed.", "Then it began."});
  CHECK(quoted("He said \"they left. The road was open.") == Lines{"they left."});
  CHECK(quoted("He is 5'10\" tall.").empty());
  CHECK(quoted("\"") == Lines{""});
  CHECK(quoted("").empty());
}

TEST_CASE("direct speech: the quotation without its marks, speech behind the cue too") {
  Report r(R"(
1 " " PUNCT 3 punct
2 They they PRON 3 nsubj
3 left leave VERB 6 ccomp
4 , , PUNCT 3 punct
5 " " PUNCT 3 punct
6 said say VERB 0 root
7 Ali Ali PROPN 6 nsubj
8 . . PUNCT 6 punct

1 " " PUNCT 4 punct
2 Nobody nobody PRON 4 nsubj
3 ever ever ADV 4 advmod
4 returned return VERB 0 root
5 . . PUNCT 4 punct
6 " " PUNCT 4 punct
)");
  CHECK(r.run().claims() == Lines{"direct asserts + [Ali] <said> {They left} {Nobody ever returned}"});
}

TEST_CASE("a further sentence that tells of an event is a claim of its own") {
  Report r(R"(
1 " " PUNCT 3 punct
2 They they PRON 3 nsubj
3 left leave VERB 6 ccomp
4 , , PUNCT 3 punct
5 " " PUNCT 3 punct
6 said say VERB 0 root
7 Ali Ali PROPN 6 nsubj
8 . . PUNCT 6 punct

1 " " PUNCT 3 punct
2 We we PRON 3 nsubj
3 attacked attack VERB 0 root
4 them they PRON 3 obj
5 . . PUNCT 3 punct
6 " " PUNCT 3 punct
)");
  r.event("withdraw", {"left"}).event("attack", {"attacked"});
  CHECK(r.run().claims() == Lines{"direct asserts + [Ali] <said> {They left} events 0",
                                  "direct asserts + [Ali] <said> {We attacked them} events 1"});
}

TEST_CASE("mixed speech and quoted names") {
  Report r(R"(
1 He he PRON 2 nsubj
2 said say VERB 0 root
3 the the DET 4 det
4 raid raid NOUN 8 nsubj
5 was be AUX 8 cop
6 " " PUNCT _ _ 8 punct _ SpaceAfter=No
7 a a DET 8 det
8 massacre massacre NOUN _ _ 2 ccomp _ SpaceAfter=No
9 " " PUNCT 8 punct

1 The the DET 4 det
2 " " PUNCT 4 punct
3 Free Free PROPN 4 compound
4 Army Army PROPN 6 nsubj
5 " " PUNCT 4 punct
6 left leave VERB 0 root
)");
  CHECK(r.run().claims() == Lines{"mixed asserts + [He] <said> {the raid was \"a massacre\"}"});
}

TEST_CASE("he added goes on with the last speaker, though the quotation speaks of another he") {
  Report r(R"(
1 A a DET 2 det
2 fighter fighter NOUN 3 nsubj
3 confirmed confirm VERB 0 root
4 the the DET 5 det
5 report report NOUN 3 obj

# newpar
1 " " PUNCT 3 punct
2 He he PRON 3 nsubj
3 left leave VERB 0 root
4 them they PRON 3 obj
5 . . PUNCT 3 punct

1 We we PRON 2 nsubj
2 heard hear VERB 6 ccomp
3 it it PRON 2 obj
4 " " PUNCT 2 punct
5 he he PRON 6 nsubj
6 added add VERB 0 root
)");
  r.entity({"fighter"}, ActorKind::armed_group).entity({"He", "he"});
  r.event("withdraw", {"left"}).run();
  REQUIRE(r.attributed().size() == 3);
  CHECK(r.attributed()[1] == "direct asserts + [he] <added> {He left them} events 0");
  CHECK(r.attributed()[2] == "direct asserts + [he] <added> {We heard it}");
  for (const Claim& c : r.doc().all<Claim>()) {
    CHECK(c.source == Id<Entity>(0));
    CHECK(c.source_kind == SourceKind::party);
  }
}

TEST_CASE(
    "a paragraph of speech without a cue carries the last speaker; a quotation in a new story does not") {
  const std::string_view speech = R"(
1 " " PUNCT 3 punct
2 They they PRON 3 nsubj
3 left leave VERB 6 ccomp
4 , , PUNCT 3 punct
5 " " PUNCT 3 punct
6 said say VERB 0 root
7 Ali Ali PROPN 6 nsubj
8 . . PUNCT 6 punct
)";
  const std::string_view floating = R"(
# newpar
1 " " PUNCT 3 punct
2 We we PRON 3 nsubj
3 withdrew withdraw VERB 0 root
4 . . PUNCT 3 punct
5 " " PUNCT 3 punct
)";
  const std::string_view between = R"(
# newpar
1 It it PRON 2 nsubj
2 rained rain VERB 0 root
)";
  Report carried(std::string(speech) + std::string(floating));
  carried.entity({"Ali"}).event("withdraw", {"withdrew"}).run();
  CHECK(carried.claims() ==
        Lines{"direct asserts + [Ali] <said> {They left}", "direct asserts + {We withdrew} events 0"});
  CHECK(carried.doc().all<Claim>()[1].source == Id<Entity>(0));
  Report cut(std::string(speech) + std::string(between) + std::string(floating));
  cut.event("withdraw", {"withdrew"}).run();
  CHECK(cut.attributed() == Lines{"direct asserts + [Ali] <said> {They left}"});
}

TEST_CASE("a quotation inside a quotation is a claim through another") {
  Report r(R"(
1 " " PUNCT 3 punct
2 We we PRON 3 nsubj
3 heard hear VERB 13 ccomp
4 them they PRON 3 obj
5 shouting shout VERB 3 xcomp
6 ' ' PUNCT _ _ 8 punct _ SpaceAfter=No
7 Ali Ali PROPN 8 nsubj
8 escaped escape VERB _ _ 5 ccomp _ SpaceAfter=No
9 ' ' PUNCT 8 punct
10 , , PUNCT 3 punct
11 " " PUNCT 3 punct
12 he he PRON 13 nsubj
13 said say VERB 0 root
)");
  r.event("withdraw", {"escaped"}).run();
  CHECK(r.claims() == Lines{"direct asserts + [he] <said> {We heard them shouting 'Ali escaped'}",
                            "direct asserts + [them] <shouting> {Ali escaped} via 0 events 0"});
}

TEST_CASE("we deny that in a quotation is a denial by its speaker") {
  Report r(R"(
1 " " PUNCT 3 punct
2 We we PRON 3 nsubj
3 deny deny VERB 10 ccomp
4 that that SCONJ 6 mark
5 we we PRON 6 nsubj
6 fired fire VERB 3 ccomp
7 , , PUNCT 3 punct
8 " " PUNCT 3 punct
9 he he PRON 10 nsubj
10 said say VERB 0 root
)");
  r.event("shooting", {"fired"}).run();
  CHECK(r.claims() == Lines{"direct denies - [he] <said> {We deny that we fired} events 0"});
}

TEST_CASE("a statement announced with a colon stands in the next paragraph") {
  Report r(R"(
1 The the DET 2 det
2 party party NOUN 3 nsubj
3 released release VERB 0 root
4 this this DET 5 det
5 statement statement NOUN 3 obj
6 on on ADP 7 case
7 Monday Monday PROPN 3 obl
8 , , PUNCT 9 punct
9 saying say VERB 3 advcl
10 : : PUNCT 9 punct

# newpar
1 " " PUNCT 4 punct
2 We we PRON 4 nsubj
3 did do AUX 4 aux
4 leave leave VERB 0 root
5 . . PUNCT 4 punct
6 " " PUNCT 4 punct
)");
  CHECK(r.run().attributed() == Lines{"direct asserts + [The party] <saying> {We did leave}"});
}

TEST_CASE("a quotation behind 'according to' belongs to it to its end") {
  Report r(R"(
1 According accord VERB 4 case
2 to to ADP 1 fixed
3 the the DET 4 det
4 mayor mayor NOUN 8 obl
5 , , PUNCT 8 punct
6 " " PUNCT 8 punct
7 shops shop NOUN 8 nsubj
8 burned burn VERB 0 root
9 . . PUNCT 8 punct

1 Nobody nobody PRON 2 nsubj
2 came come VERB 0 root
3 . . PUNCT 2 punct
4 " " PUNCT 2 punct
)");
  CHECK(r.run().attributed() ==
        Lines{"direct asserts + [the mayor] <According to> {shops burned . Nobody came}"});
}

TEST_CASE(
    "turns of a transcript: all up to the next speaker, questions assert nothing, places do not speak") {
  Report r(R"(
# newpar
1 MR. mr. PROPN 2 compound
2 HASSAN Hassan PROPN 5 nsubj
3 : : PUNCT 2 punct
4 We we PRON 5 nsubj
5 left leave VERB 0 root
6 . . PUNCT 5 punct

# newpar
1 Nobody nobody PRON 2 nsubj
2 came come VERB 0 root
3 . . PUNCT 2 punct

# newpar
1 Q Q NOUN 5 parataxis
2 : : PUNCT 1 punct
3 Who who PRON 5 nsubj
4 had have AUX 5 aux
5 fired fire VERB 0 root
6 ? ? PUNCT 5 punct
)");
  CHECK(r.run().attributed() == Lines{"direct asserts + [MR. HASSAN] <:> {We left} {Nobody came}",
                                      "direct doubts + [Q] <:> {Who had fired ?}"});
}

TEST_CASE("one paragraph with a colon makes no transcript") {
  Report r(R"(
# newpar
1 One one NUM 2 nummod
2 condition condition NOUN 5 nsubj
3 : : PUNCT 2 punct
4 They they PRON 5 nsubj
5 left leave VERB 0 root
)");
  CHECK(r.run().attributed().empty());
}

TEST_CASE("who neither confirms nor denies leaves it open") {
  Report r(R"(
1 Police police NOUN 3 nsubj
2 neither neither CCONJ 3 cc:preconj
3 confirmed confirm VERB 0 root
4 nor nor CCONJ 5 cc
5 denied deny VERB 3 conj
6 that that SCONJ 8 mark
7 he he PRON 8 nsubj
8 fled flee VERB 5 ccomp
)");
  CHECK(r.run().attributed() == Lines{"indirect hedges + [Police] <denied> {that he fled}"});
}

TEST_CASE("an outlet that quotes somebody as saying stands around what is said") {
  Report r(R"(
1 Television television NOUN 2 nsubj
2 cited cite VERB 0 root
3 a a DET 4 det
4 commander commander NOUN 2 obj
5 as as SCONJ 6 mark
6 saying say VERB 2 advcl
7 troops troops NOUN 8 nsubj
8 fled flee VERB 6 ccomp
)");
  r.event("withdraw", {"fled"}).run();
  CHECK(r.attributed() == Lines{"indirect asserts + [Television] <cited> {a commander as saying troops fled}",
                                "indirect asserts + [a commander] <saying> {troops fled} via 0 events 0"});
}

TEST_CASE("who is quoted by nobody in particular speaks alone") {
  Report r(R"(
1 A a DET 2 det
2 colonel colonel NOUN 4 nsubj:pass
3 was be AUX 4 aux:pass
4 quoted quote VERB 0 root
5 as as SCONJ 6 mark
6 saying say VERB 4 advcl
7 troops troops NOUN 8 nsubj
8 fled flee VERB 6 ccomp
)");
  CHECK(r.run().attributed() == Lines{"indirect asserts + [A colonel] <saying> {troops fled}"});
}
