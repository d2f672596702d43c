// One happening, one event; and what events say of relations and control.
#include <doctest/doctest.h>

#include "event/fixture.h"

using namespace annalist;
using namespace annalist::test;

namespace {

std::string relations_of(const Document& doc) {
  std::string out;
  for (const Relation& r : doc.all<Relation>())
    out += (out.empty() ? "" : "; ") + std::string(doc.str(doc[r.a].name)) + " " +
           std::string(name_of(r.kind)) + " " + std::string(doc.str(doc[r.b].name));
  return out;
}

constexpr std::string_view kHeadline =
    "H Nusra/Nusra/PROPN/2/nsubj seizes/seize/VERB/0/root Harim/Harim/PROPN/2/obj\n";
constexpr std::string_view kLead =
    "Nusra/Nusra/PROPN/2/nsubj seized/seize/VERB/0/root the/the/DET/4/det village/village/NOUN/2/obj "
    "of/of/ADP/6/case Harim/Harim/PROPN/4/nmod "
    "on/on/ADP/8/case Saturday/Saturday/PROPN/2/obl\n";

}  // namespace

TEST_CASE("headline and lead tell one event; entered is captured") {
  const Document doc = coded(std::string(kHeadline) + std::string(kLead) +
                             "Its/its/PRON/2/nmod:poss fighters/fighter/NOUN/3/nsubj "
                             "entered/enter/VERB/0/root Harim/Harim/PROPN/3/obj at/at/ADP/6/case "
                             "dawn/dawn/NOUN/3/obl");
  REQUIRE(doc.all<Event>().size() == 1);
  const Event& e = doc.all<Event>()[0];
  CHECK(doc.str(e.type) == "capture");
  CHECK(e.mentions.count == 3);
  CHECK(e.main);
  CHECK(e.from.iso() == "2014-11-01");
  CHECK(e.precision == TimePrecision::day);
  CHECK(doc.str(e.acled_sub_type) == "Non-state actor overtakes territory");
}

TEST_CASE("whom one telling names is named, though another says \"him\"") {
  const Document doc = coded(
      "Nusra/Nusra/PROPN/2/nsubj killed/kill/VERB/0/root him/he/PRON/2/obj in/in/ADP/5/case "
      "Harim/Harim/PROPN/2/obl\n"
      "Nusra/Nusra/PROPN/2/nsubj killed/kill/VERB/0/root Haddad/Haddad/PROPN/2/obj in/in/ADP/5/case "
      "Harim/Harim/PROPN/2/obl",
      usual(), "Haddad");
  REQUIRE(doc.all<Event>().size() == 1);
  for (const EventArg& a : doc[doc.all<Event>()[0].args])
    if (a.role == EventRole::target) CHECK(doc.text(a.span) == "Haddad");
}

TEST_CASE("another place, another side, another day: another event") {
  CHECK(
      coded(std::string(kLead) + "Nusra/Nusra/PROPN/2/nsubj seized/seize/VERB/0/root Sarda/Sarda/PROPN/2/obj")
          .all<Event>()
          .size() == 2);
  CHECK(coded(std::string(kLead) + "Hazm/Hazm/PROPN/2/nsubj seized/seize/VERB/0/root Harim/Harim/PROPN/2/obj")
            .all<Event>()
            .size() == 2);
  CHECK(coded(std::string(kLead) + "Nusra/Nusra/PROPN/2/nsubj seized/seize/VERB/0/root "
                                   "Harim/Harim/PROPN/2/obj on/on/ADP/5/case Monday/Monday/PROPN/2/obl")
            .all<Event>()
            .size() == 2);
}

TEST_CASE("the attack is the one told before, another attack is not") {
  const std::string first = "Rebels/rebel/NOUN/2/nsubj shelled/shell/VERB/0/root Harim/Harim/PROPN/2/obj\n";
  CHECK(coded(first +
              "The/the/DET/2/det attack/attack/NOUN/3/nsubj lasted/last/VERB/0/root hours/hour/NOUN/3/obj")
            .all<Event>()
            .size() == 1);
  CHECK(coded(first + "Another/another/DET/2/det attack/attack/NOUN/3/nsubj lasted/last/VERB/0/root "
                      "hours/hour/NOUN/3/obj")
            .all<Event>()
            .size() == 2);
}

TEST_CASE("a denial joins the event that others assert and leaves it standing") {
  const std::string said =
      "Soldiers/soldier/NOUN/2/nsubj defected/defect/VERB/0/root to/to/ADP/4/case Nusra/Nusra/PROPN/2/obl\n";
  const std::string denied =
      "Haddad/Haddad/PROPN/2/nsubj denied/deny/VERB/0/root that/that/SCONJ/6/mark any/any/DET/5/det "
      "soldiers/soldier/NOUN/6/nsubj "
      "defected/defect/VERB/2/ccomp/Tense=Past|VerbForm=Fin to/to/ADP/8/case Nusra/Nusra/PROPN/6/obl";
  CHECK(lines_of(coded(said + denied)) ==
        "defect actual actor=soldier target=Nusra\ndeny actual actor=Haddad");
  CHECK(lines_of(coded(denied)) == "deny actual actor=Haddad\ndefect denied actor=soldier target=Nusra");
}

TEST_CASE("the speaker's place and day are not the event's") {
  const Document doc = coded(
      "The/the/DET/2/det army/army/NOUN/3/nsubj said/say/VERB/0/root in/in/ADP/5/case "
      "Sarda/Sarda/PROPN/3/obl on/on/ADP/7/case "
      "Monday/Monday/PROPN/3/obl that/that/SCONJ/10/mark rebels/rebel/NOUN/10/nsubj "
      "shelled/shell/VERB/3/ccomp Harim/Harim/PROPN/10/obj");
  REQUIRE(doc.all<Event>().size() == 1);
  CHECK(lines_of(doc) == "shelling actual actor=rebel at=Harim");
  CHECK_FALSE(doc.all<Event>()[0].time);
}

TEST_CASE("withdrawal: who leaves, from where") {
  const Document doc = coded(
      "Rebels/rebel/NOUN/2/nsubj withdrew/withdraw/VERB/0/root from/from/ADP/4/case Harim/Harim/PROPN/2/obl "
      "on/on/ADP/6/case Friday/Friday/PROPN/2/obl");
  REQUIRE(doc.all<Control>().size() == 1);
  const Control& c = doc.all<Control>()[0];
  CHECK(c.how == ControlHow::withdrew);
  CHECK(doc.str(doc[c.from].name) == "rebel");
  CHECK_FALSE(c.to);
  CHECK(c.date.iso() == "2014-10-31");
}

TEST_CASE("a capture changes who holds the place; a planned one does not") {
  const Document doc = coded(std::string(kLead));
  REQUIRE(doc.all<Control>().size() == 1);
  CHECK(doc.str(doc[doc.all<Control>()[0].to].name) == "Nusra");
  CHECK(coded("Nusra/Nusra/PROPN/2/nsubj plans/plan/VERB/0/root to/to/PART/4/mark "
              "seize/seize/VERB/2/xcomp/VerbForm=Inf Harim/Harim/PROPN/4/obj")
            .all<Control>()
            .empty());
}

TEST_CASE("relations from words and from events") {
  CHECK(relations_of(
            coded("Hazm/Hazm/PROPN/6/nsubj ,/,/PUNCT/3/punct led/lead/VERB/1/acl/VerbForm=Part|Tense=Past "
                  "by/by/ADP/5/case Haddad/Haddad/PROPN/3/obl:agent "
                  "prospers/prosper/VERB/0/root")) == "Haddad leads Hazm");
  CHECK(relations_of(coded("Nusra/Nusra/PROPN/4/nsubj is/be/AUX/4/cop an/a/DET/4/det "
                           "affiliate/affiliate/NOUN/0/root of/of/ADP/6/case "
                           "Hazm/Hazm/PROPN/4/nmod")) == "Nusra affiliate Hazm");
  CHECK(relations_of(coded("Turkey/Turkey/PROPN/3/compound -/-/PUNCT/3/punct "
                           "backed/back/VERB/4/amod/VerbForm=Part|Tense=Past rebels/rebel/NOUN/5/nsubj "
                           "waited/wait/VERB/0/root")) == "Turkey supports rebel");
  CHECK(relations_of(coded("Nusra/Nusra/PROPN/2/nsubj attacked/attack/VERB/0/root Hazm/Hazm/PROPN/2/obj")) ==
        "Nusra hostile Hazm");
  CHECK(relations_of(coded("Nusra/Nusra/PROPN/4/nsubj did/do/AUX/4/aux not/not/PART/4/advmod "
                           "attack/attack/VERB/0/root Hazm/Hazm/PROPN/4/obj")) == "");
}

TEST_CASE("who leads, joins and fights: what was, who meets, whose fight, and no pairs over two tellings") {
  CHECK(relations_of(coded("Haddad/Haddad/PROPN/5/nsubj is/be/AUX/5/cop the/the/DET/5/det "
                           "former/former/ADJ/5/amod leader/leader/NOUN/0/root of/of/ADP/7/case "
                           "Hazm/Hazm/PROPN/5/nmod")) == "");
  CHECK(relations_of(coded("Nusra/Nusra/PROPN/2/nsubj joined/join/VERB/0/root Hazm/Hazm/PROPN/2/obj")) ==
        "Nusra joined Hazm");
  CHECK(relations_of(coded("Nusra/Nusra/PROPN/2/nsubj joined/join/VERB/0/root Haddad/Haddad/PROPN/2/obj")) ==
        "");
  const std::string theirs =
      "Turkey/Turkey/PROPN/2/nsubj backs/back/VERB/0/root Hazm/Hazm/PROPN/2/obj and/and/CCONJ/5/cc "
      "rebels/rebel/NOUN/3/conj/Number=Plur in/in/ADP/8/case their/their/PRON/8/nmod:poss "
      "fight/fight/NOUN/3/nmod against/against/ADP/10/case Nusra/Nusra/PROPN/8/nmod";
  const std::string found = relations_of(coded(theirs));
  CHECK(found.find("Hazm hostile Nusra") != std::string::npos);
  CHECK(found.find("rebel hostile Nusra") != std::string::npos);
  CHECK(found.find("Turkey hostile") == std::string::npos);
  // One event told twice, of other victims: Nusra shot civilians, somebody shot the soldiers.
  const std::string twice = relations_of(coded(
      "Nusra/Nusra/PROPN/2/nsubj shelled/shell/VERB/0/root civilians/civilian/NOUN/2/obj in/in/ADP/5/case "
      "Harim/Harim/PROPN/2/obl\n"
      "Soldiers/soldier/NOUN/3/nsubj:pass were/be/AUX/3/aux:pass shelled/shell/VERB/0/root/VerbForm=Part "
      "in/in/ADP/5/case Harim/Harim/PROPN/3/obl"));
  CHECK(twice == "Nusra hostile civilian");
}

TEST_CASE("who denies a killing does not deny that two sides fought") {
  const Document doc = coded(
      "Army/army/NOUN/2/nsubj clashed/clash/VERB/0/root with/with/ADP/4/case rebels/rebel/NOUN/2/obl "
      "in/in/ADP/6/case Harim/Harim/PROPN/2/obl\n"
      "Army/army/NOUN/2/nsubj denied/deny/VERB/0/root killing/kill/VERB/2/xcomp "
      "civilians/civilian/NOUN/3/obj");
  REQUIRE(doc.all<Event>().size() == 3);
  CHECK(line(doc, doc.all<Event>()[0]).find("civilian") == std::string::npos);
}

TEST_CASE("a town that the tagger took for somebody is taken, not arrested") {
  const Legend legend = {{"Kerem", "stranger"}, {"rebel", "armed_group"}};
  const std::string capture =
      "Rebels/rebel/NOUN/2/nsubj captured/capture/VERB/0/root Kerem/Kerem/PROPN/2/obj";
  const std::string near =
      "Rebels/rebel/NOUN/2/nsubj fought/fight/VERB/0/root near/near/ADP/4/case "
      "Kerem/Kerem/PROPN/2/obl\n";
  const std::string speaks = "Kerem/Kerem/PROPN/2/nsubj spoke/speak/VERB/0/root\n";
  CHECK(lines_of(coded(near + capture, legend)).find("capture") != std::string::npos);
  CHECK(lines_of(coded(capture, legend)).find("capture") != std::string::npos);
  CHECK(lines_of(coded(speaks + capture, legend)).find("abduction") != std::string::npos);
}

TEST_CASE("under somebody's control: he holds the place, not the place itself; contested: nobody") {
  const std::string under =
      "Harim/Harim/PROPN/5/nsubj is/be/AUX/5/cop/Tense=Pres under/under/ADP/5/case "
      "rebel/rebel/NOUN/5/compound "
      "control/control/NOUN/0/root";
  Legend named = usual();
  named["Harim"] = "place";
  const Document held = coded(under, named);
  REQUIRE(held.all<Control>().size() == 1);
  CHECK(held.str(held[held.all<Control>()[0].to].name) == "rebel");
  CHECK_FALSE(held.all<Control>()[0].event);
  const Document open = coded(
      "Control/control/NOUN/5/nsubj:pass of/of/ADP/3/case Harim/Harim/PROPN/1/nmod "
      "is/be/AUX/5/aux:pass/Tense=Pres "
      "contested/contest/VERB/0/root");
  REQUIRE(open.all<Control>().size() == 1);
  CHECK(open.all<Control>()[0].how == ControlHow::contested);
  CHECK_FALSE(open.all<Control>()[0].to);
}

TEST_CASE("who takes a bridge at a town does not hold the town") {
  const auto takes = [](std::string_view what) {
    return coded("Nusra/Nusra/PROPN/2/nsubj captured/capture/VERB/0/root the/the/DET/4/det " +
                 std::string(what) + "/NOUN/2/obj in/in/ADP/6/case Harim/Harim/PROPN/4/nmod")
        .all<Control>()
        .size();
  };
  CHECK(takes("bridge/bridge") == 0);
  CHECK(takes("district/district") == 1);
}

TEST_CASE(
    "a change of which only the year is told counts from its beginning: before what is told to the day") {
  const Document doc = coded(
      "Rebels/rebel/NOUN/2/nsubj seized/seize/VERB/0/root Harim/Harim/PROPN/2/obj in/in/ADP/5/case "
      "2012/2012/NUM/2/obl");
  REQUIRE(doc.all<Control>().size() == 1);
  CHECK(doc.all<Control>()[0].date == Day::from_ymd(2012, 1, 1));
}

TEST_CASE("a village near a town, a country crossed into, a place fled to: no control") {
  const auto held = [](std::string_view lines) { return coded(lines).all<Control>().size(); };
  CHECK(held("Nusra/Nusra/PROPN/2/nsubj captured/capture/VERB/0/root two/two/NUM/4/nummod "
             "villages/village/NOUN/2/obj near/near/ADP/6/case Harim/Harim/PROPN/4/nmod") == 0);
  CHECK(held("Rebels/rebel/NOUN/2/nsubj entered/enter/VERB/0/root Turkey/Turkey/PROPN/2/obj") == 0);
  CHECK(held("Rebels/rebel/NOUN/2/nsubj entered/enter/VERB/0/root Harim/Harim/PROPN/2/obj") == 1);
  CHECK(
      held("Rebels/rebel/NOUN/2/nsubj fled/flee/VERB/0/root into/into/ADP/4/case Harim/Harim/PROPN/2/obl") ==
      0);
  CHECK(
      held("Rebels/rebel/NOUN/2/nsubj fled/flee/VERB/0/root from/from/ADP/4/case Harim/Harim/PROPN/2/obl") ==
      1);
}
