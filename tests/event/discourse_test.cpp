// Places and dates that events take from the telling.
#include <doctest/doctest.h>

#include "event/fixture.h"

using namespace annalist;
using namespace annalist::test;

namespace {

/// "capture Harim words": the place of the first event of a type and what it rests on; "-" for none.
std::string where(const Document& doc, std::string_view type) {
  for (const Event& e : doc.all<Event>())
    if (doc.str(e.type) == type)
      return (e.place ? std::string(doc.str(doc[e.place].name)) : "-") + " " +
             std::string(name_of(e.place_basis));
  return "no event";
}

std::string when(const Document& doc, std::string_view type) {
  for (const Event& e : doc.all<Event>())
    if (doc.str(e.type) == type)
      return e.from.iso() + ".." + e.to.iso() + " " + std::string(name_of(e.precision)) + " " +
             std::string(name_of(e.time_basis));
  return "no event";
}

}  // namespace

TEST_CASE("a place comes from the words, else from the telling before, and says so") {
  const Document doc = coded(
      "P Rebels/rebel/NOUN/2/nsubj seized/seize/VERB/0/root Harim/Harim/PROPN/2/obj\n"
      "Planes/plane/NOUN/2/nsubj bombed/bomb/VERB/0/root civilians/civilian/NOUN/2/obj");
  CHECK(where(doc, "capture") == "Harim words");
  CHECK(where(doc, "air_strike") == "Harim story");
}

TEST_CASE("what is said has no place of its own") {
  const Document doc = coded(
      "P Rebels/rebel/NOUN/2/nsubj seized/seize/VERB/0/root Harim/Harim/PROPN/2/obj\n"
      "Turkey/Turkey/PROPN/2/nsubj condemned/condemn/VERB/0/root Nusra/Nusra/PROPN/2/obj");
  CHECK(where(doc, "capture") == "Harim words");
  CHECK(where(doc, "accuse").starts_with("Harim") == false);
}

TEST_CASE("a country that acts is not where it acts, unless its police do") {
  const Document strike = coded(
      "P Rebels/rebel/NOUN/2/nsubj seized/seize/VERB/0/root Harim/Harim/PROPN/2/obj\n"
      "Sudan/Sudan/PROPN/2/nsubj bombed/bomb/VERB/0/root civilians/civilian/NOUN/2/obj");
  CHECK(where(strike, "air_strike") == "Harim story");
  const Document arrest = coded(
      "P Rebels/rebel/NOUN/2/nsubj seized/seize/VERB/0/root Harim/Harim/PROPN/2/obj\n"
      "Sudan/Sudan/PROPN/2/nsubj arrested/arrest/VERB/0/root reporters/reporter/NOUN/2/obj");
  CHECK(where(arrest, "arrest") == "Sudan sentence");
}

TEST_CASE("in a chronicle an undated event has the date told before, in news the day of the report") {
  const Document chronicle = coded(
      "P In/in/ADP/2/case 2011/2011/NUM/4/obl rebels/rebel/NOUN/4/nsubj seized/seize/VERB/0/root "
      "Harim/Harim/PROPN/4/obj\n"
      "Planes/plane/NOUN/2/nsubj bombed/bomb/VERB/0/root civilians/civilian/NOUN/2/obj");
  CHECK(when(chronicle, "capture") == "2011-01-01..2011-12-31 year words");
  CHECK(when(chronicle, "air_strike") == "2011-01-01..2011-12-31 year story");
  const Document news =
      coded("P Planes/plane/NOUN/2/nsubj bombed/bomb/VERB/0/root civilians/civilian/NOUN/2/obj");
  CHECK(when(news, "air_strike") == "2014-11-01..2014-11-01 unknown reference");
}

TEST_CASE("what is told of years ago lends no scene to today") {
  const Document doc = coded(
      "P Rebels/rebel/NOUN/2/nsubj seized/seize/VERB/0/root Sarda/Sarda/PROPN/2/obj\n"
      "In/in/ADP/2/case 1994/1994/NUM/4/obl rebels/rebel/NOUN/4/nsubj attacked/attack/VERB/0/root "
      "troops/troops/NOUN/4/obj in/in/ADP/7/case Harim/Harim/PROPN/4/obl\n"
      "Thousands/thousand/NOUN/2/nsubj marched/march/VERB/0/root on/on/ADP/4/case Friday/Friday/PROPN/2/obl");
  CHECK(where(doc, "attack") == "Harim words");
  CHECK(where(doc, "protest") == "Sarda story");
}

TEST_CASE("'the town' is the scene of the telling, not the place named last") {
  const std::string told =
      "P Rebels/rebel/NOUN/2/nsubj seized/seize/VERB/0/root Harim/Harim/PROPN/2/obj\n"
      "Fighters/fighter/NOUN/2/nsubj arrived/arrive/VERB/0/root from/from/ADP/4/case "
      "Sarda/Sarda/PROPN/2/obl\n";
  for (const std::string_view next :
       {"Planes/plane/NOUN/2/nsubj bombed/bomb/VERB/0/root the/the/DET/4/det town/town/NOUN/2/obj",
        "Planes/plane/NOUN/2/nsubj bombed/bomb/VERB/0/root the/the/DET/4/det village/village/NOUN/2/obj",
        "Planes/plane/NOUN/2/nsubj bombed/bomb/VERB/0/root civilians/civilian/NOUN/2/obj in/in/ADP/6/case "
        "the/the/DET/6/det town/town/NOUN/2/obl"})
    CHECK(where(coded(told + std::string(next)), "air_strike") == "Harim words");
  // "A town" is another one.
  CHECK(where(coded(told + "Planes/plane/NOUN/2/nsubj bombed/bomb/VERB/0/root a/a/DET/4/det "
                           "town/town/NOUN/2/obj"),
              "air_strike") != "Harim words");
}

TEST_CASE("'withdrew from the country' leaves the one that was entered") {
  const Document doc = coded(
      "P Rebels/rebel/NOUN/2/nsubj entered/enter/VERB/0/root Sudan/Sudan/PROPN/2/obj\n"
      "Rebels/rebel/NOUN/2/nsubj withdrew/withdraw/VERB/0/root from/from/ADP/5/case the/the/DET/5/det "
      "country/country/NOUN/2/obl");
  CHECK(where(doc, "withdraw") == "Sudan words");
}

TEST_CASE("what was done is not dated by what is to come") {
  for (const std::string_view verb : {"rejected/reject/VERB/0/root/VerbForm=Fin|Tense=Past",
                                      "refused/refuse/VERB/0/root/VerbForm=Fin|Tense=Past"}) {
    const Document doc = coded("P Rebels/rebel/NOUN/2/nsubj " + std::string(verb) +
                               " a/a/DET/4/det truce/truce/NOUN/2/obj in/in/ADP/6/case 2015/2015/NUM/2/obl");
    CHECK(when(doc, "reject") == "2014-11-01..2014-11-01 unknown reference");
  }
}

TEST_CASE("a siege since a year goes on; one that had lasted does not") {
  const auto status = [](const Document& doc) {
    for (const Event& e : doc.all<Event>())
      if (doc.str(e.type) == "siege")
        return std::string(name_of(e.status)) + " " + e.from.iso() + ".." + e.to.iso();
    return std::string("no event");
  };
  CHECK(status(coded("P Rebels/rebel/NOUN/3/nsubj have/have/AUX/3/aux/VerbForm=Fin|Tense=Pres "
                     "besieged/besiege/VERB/0/root/VerbForm=Part|Tense=Past "
                     "Harim/Harim/PROPN/3/obj since/since/ADP/6/case 2012/2012/NUM/3/obl")) ==
        "ongoing 2012-01-01..2014-11-01");
  CHECK(status(coded("P Rebels/rebel/NOUN/3/nsubj had/have/AUX/3/aux/VerbForm=Fin|Tense=Past "
                     "besieged/besiege/VERB/0/root/VerbForm=Part|Tense=Past "
                     "Harim/Harim/PROPN/3/obj since/since/ADP/6/case 2012/2012/NUM/3/obl")) ==
        "historical 2012-01-01..2012-12-31");
}

TEST_CASE("where a deal was brokered nobody was freed; whose governments speak is no place") {
  const std::string freed =
      "Monks/monk/NOUN/3/nsubj:pass were/be/AUX/3/aux:pass freed/free/VERB/0/root in/in/ADP/6/case "
      "a/a/DET/6/det "
      "deal/deal/NOUN/3/obl ";
  CHECK(where(coded(freed + "that/that/PRON/8/nsubj brokered/broker/VERB/6/acl:relcl in/in/ADP/10/case "
                            "Harim/Harim/PROPN/8/obl"),
              "release")
            .starts_with("-"));
  CHECK(where(coded(freed + "near/near/ADP/8/case Harim/Harim/PROPN/3/obl"), "release").starts_with("Harim"));
  const Document said = coded(
      "The/the/DET/2/det governments/government/NOUN/7/nsubj of/of/ADP/4/case Turkey/Turkey/PROPN/2/nmod "
      "and/and/CCONJ/6/cc "
      "Sudan/Sudan/PROPN/4/conj condemned/condemn/VERB/0/root the/the/DET/9/det coup/coup/NOUN/7/obj");
  CHECK(where(said, "accuse").starts_with("-"));
}
