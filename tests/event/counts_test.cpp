// Numbers beside events, and harms that flow into what brought them.
#include <doctest/doctest.h>

#include "event/fixture.h"

using namespace annalist;
using namespace annalist::test;

TEST_CASE("spelled, vague and bounded numbers") {
  CHECK(lines_of(coded(
            "Gunmen/gunman/NOUN/2/nsubj killed/kill/VERB/0/root at/at/ADP/4/case least/least/ADJ/5/nmod "
            "twelve/twelve/NUM/6/nummod soldiers/soldier/NOUN/2/obj/Number=Plur")) ==
        "killing actual actor=gunman target=soldier deaths=12/12/?");
  CHECK(lines_of(coded("Gunmen/gunman/NOUN/2/nsubj killed/kill/VERB/0/root "
                       "dozens/dozen/NOUN/2/obj/Number=Plur of/of/ADP/5/case "
                       "civilians/civilian/NOUN/3/nmod/Number=Plur")) ==
        "killing actual actor=gunman target=civilian deaths=24/24/99");
  CHECK(lines_of(coded("Up/up/ADP/3/advmod to/to/PART/1/fixed 40/40/NUM/4/nummod "
                       "soldiers/soldier/NOUN/6/nsubj:pass/Number=Plur were/be/AUX/6/aux:pass "
                       "killed/kill/VERB/0/root/VerbForm=Part|Tense=Past")) ==
        "killing actual target=soldier deaths=?/40/40");
}

TEST_CASE("no one killed is a denied killing of zero") {
  CHECK(lines_of(coded("No/no/DET/2/det soldier/soldier/NOUN/4/nsubj:pass was/be/AUX/4/aux:pass "
                       "killed/kill/VERB/0/root/VerbForm=Part|Tense=Past")) ==
        "killing denied target=soldier deaths=0");
}

TEST_CASE("conjuncts add up, a plural without number says nothing") {
  CHECK(lines_of(coded(
            "Gunmen/gunman/NOUN/2/nsubj killed/kill/VERB/0/root two/two/NUM/4/nummod "
            "soldiers/soldier/NOUN/2/obj/Number=Plur "
            "and/and/CCONJ/7/cc three/three/NUM/7/nummod civilians/civilian/NOUN/4/conj/Number=Plur")) ==
        "killing actual actor=gunman target=soldier target=civilian deaths=5");
  CHECK(lines_of(coded(
            "Gunmen/gunman/NOUN/2/nsubj killed/kill/VERB/0/root soldiers/soldier/NOUN/2/obj/Number=Plur")) ==
        "killing actual actor=gunman target=soldier");
}

TEST_CASE("what a blast or shelling brought is told with it") {
  CHECK(lines_of(coded("A/a/DET/2/det bombing/bombing/NOUN/3/nsubj killed/kill/VERB/0/root "
                       "nine/nine/NUM/5/nummod soldiers/soldier/NOUN/3/obj/Number=Plur "
                       "in/in/ADP/7/case Harim/Harim/PROPN/3/obl")) ==
        "bombing actual target=soldier at=Harim deaths=9");
  CHECK(lines_of(coded(
            "Rebels/rebel/NOUN/2/nsubj shelled/shell/VERB/0/root Harim/Harim/PROPN/2/obj ,/,/PUNCT/5/punct "
            "killing/kill/VERB/2/advcl/VerbForm=Ger nine/nine/NUM/7/nummod "
            "civilians/civilian/NOUN/5/obj/Number=Plur and/and/CCONJ/9/cc "
            "wounding/wound/VERB/5/conj/VerbForm=Ger thirty/thirty/NUM/9/obj")) ==
        "shelling actual actor=rebel target=civilian at=Harim deaths=9 injured=30");
  CHECK(lines_of(coded("Nine/nine/NUM/2/nummod soldiers/soldier/NOUN/4/nsubj:pass/Number=Plur "
                       "were/be/AUX/4/aux:pass killed/kill/VERB/0/root/VerbForm=Part|Tense=Past "
                       "in/in/ADP/8/case an/a/DET/8/det air/air/NOUN/8/compound strike/strike/NOUN/4/obl")) ==
        "air_strike actual target=soldier deaths=9");
}

TEST_CASE("a kidnapping does not take over a killing") {
  const Document doc = coded(
      "Gunmen/gunman/NOUN/2/nsubj killed/kill/VERB/0/root a/a/DET/4/det soldier/soldier/NOUN/2/obj "
      "after/after/SCONJ/6/mark "
      "kidnapping/kidnap/VERB/2/advcl/VerbForm=Ger two/two/NUM/8/nummod "
      "civilians/civilian/NOUN/6/obj/Number=Plur");
  CHECK(lines_of(doc) ==
        "killing actual actor=gunman target=soldier deaths=1\nabduction actual actor=gunman target=civilian "
        "abducted=2");
}

TEST_CASE("a rising toll belongs to the deadly event told before") {
  const Document doc = coded(
      "A/a/DET/2/det bombing/bombing/NOUN/3/nsubj hit/hit/VERB/0/root Harim/Harim/PROPN/3/obj\n"
      "The/the/DET/3/det death/death/NOUN/3/compound toll/toll/NOUN/4/nsubj rose/rise/VERB/0/root "
      "to/to/ADP/6/case 40/40/NUM/4/obl");
  CHECK(lines_of(doc) == "bombing actual at=Harim deaths=40");
}

TEST_CASE("a toll without a number tells of no deadly event") {
  const Document doc = coded(
      "A/a/DET/2/det bombing/bombing/NOUN/3/nsubj hit/hit/VERB/0/root Harim/Harim/PROPN/3/obj\n"
      "The/the/DET/3/det death/death/NOUN/3/compound toll/toll/NOUN/4/nsubj hurt/hurt/VERB/0/root "
      "trade/trade/NOUN/4/obj");
  CHECK(lines_of(doc).starts_with("bombing actual at=Harim"));
  REQUIRE(doc.all<Event>().size() > 0);
  CHECK(doc.all<Event>()[0].mentions.count == 1);
}
