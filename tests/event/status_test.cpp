// What the words around a trigger make of it.
#include <doctest/doctest.h>

#include "event/fixture.h"

using namespace annalist;
using namespace annalist::test;

namespace {

/// The status of the first event of a type; "none" when there is none.
std::string status_of(std::string_view lines, std::string_view type = "attack") {
  const Document doc = coded(lines);
  for (const Event& e : doc.all<Event>())
    if (doc.str(e.type) == type) return std::string(name_of(e.status));
  return "none";
}

}  // namespace

TEST_CASE("plain past is actual, progressive is ongoing") {
  CHECK(status_of("Rebels/rebel/NOUN/2/nsubj attacked/attack/VERB/0/root troops/troops/NOUN/2/obj") ==
        "actual");
  CHECK(status_of("Rebels/rebel/NOUN/3/nsubj are/be/AUX/3/aux "
                  "attacking/attack/VERB/0/root/VerbForm=Part|Tense=Pres troops/troops/NOUN/3/obj") ==
        "ongoing");
}

TEST_CASE("modals") {
  CHECK(
      status_of(
          "Rebels/rebel/NOUN/3/nsubj may/may/AUX/3/aux attack/attack/VERB/0/root troops/troops/NOUN/3/obj") ==
      "hypothetical");
  CHECK(status_of("Rebels/rebel/NOUN/3/nsubj will/will/AUX/3/aux attack/attack/VERB/0/root "
                  "troops/troops/NOUN/3/obj") == "planned");
  CHECK(status_of("Rebels/rebel/NOUN/3/nsubj should/should/AUX/3/aux attack/attack/VERB/0/root "
                  "troops/troops/NOUN/3/obj") == "demanded");
}

TEST_CASE("negation and denial") {
  CHECK(status_of("Rebels/rebel/NOUN/4/nsubj did/do/AUX/4/aux not/not/PART/4/advmod "
                  "attack/attack/VERB/0/root troops/troops/NOUN/4/obj") == "denied");
  CHECK(status_of("The/the/DET/2/det army/army/NOUN/3/nsubj denied/deny/VERB/0/root "
                  "attacking/attack/VERB/3/xcomp/VerbForm=Ger "
                  "civilians/civilian/NOUN/4/obj") == "denied");
  CHECK(status_of("The/the/DET/2/det army/army/NOUN/3/nsubj failed/fail/VERB/0/root to/to/PART/5/mark "
                  "attack/attack/VERB/3/xcomp/VerbForm=Inf "
                  "rebels/rebel/NOUN/5/obj") == "denied");
  CHECK(status_of("The/the/DET/2/det army/army/NOUN/4/nsubj denied/deny/VERB/0/root that/that/SCONJ/7/mark "
                  "troops/troops/NOUN/7/nsubj "
                  "had/have/AUX/7/aux attacked/attack/VERB/3/ccomp civilians/civilian/NOUN/6/obj") !=
        "actual");
}

TEST_CASE("threats, plans, demands, conditions") {
  CHECK(status_of("Rebels/rebel/NOUN/2/nsubj threatened/threaten/VERB/0/root to/to/PART/4/mark "
                  "attack/attack/VERB/2/xcomp/VerbForm=Inf "
                  "troops/troops/NOUN/4/obj") == "threatened");
  CHECK(status_of("Rebels/rebel/NOUN/2/nsubj threatened/threaten/VERB/0/root to/to/PART/4/mark "
                  "attack/attack/VERB/2/xcomp/VerbForm=Inf "
                  "troops/troops/NOUN/4/obj",
                  "threaten") == "actual");
  CHECK(status_of("Troops/troops/NOUN/2/nsubj plan/plan/VERB/0/root to/to/PART/4/mark "
                  "withdraw/withdraw/VERB/2/xcomp/VerbForm=Inf from/from/ADP/6/case "
                  "Harim/Harim/PROPN/4/obl",
                  "withdraw") == "planned");
  CHECK(status_of("If/if/SCONJ/3/mark rebels/rebel/NOUN/3/nsubj attack/attack/VERB/7/advcl "
                  "troops/troops/NOUN/3/obj ,/,/PUNCT/7/punct "
                  "Turkey/Turkey/PROPN/7/nsubj answers/answer/VERB/0/root") == "hypothetical");
  CHECK(status_of("The/the/DET/2/det government/government/NOUN/3/nsubj urged/urge/VERB/0/root "
                  "troops/troops/NOUN/3/obj to/to/PART/6/mark "
                  "withdraw/withdraw/VERB/3/xcomp/VerbForm=Inf from/from/ADP/8/case Harim/Harim/PROPN/6/obl",
                  "withdraw") == "demanded");
}

TEST_CASE("nouns: planned, feared, no, threat of") {
  CHECK(status_of("The/the/DET/3/det planned/planned/ADJ/3/amod attack/attack/NOUN/6/nsubj on/on/ADP/5/case "
                  "Harim/Harim/PROPN/3/nmod worried/worry/VERB/0/root "
                  "civilians/civilian/NOUN/6/obj") == "planned");
  CHECK(status_of(
            "No/no/DET/2/det attack/attack/NOUN/4/nsubj was/be/AUX/4/aux:pass reported/report/VERB/0/root") ==
        "denied");
  CHECK(status_of("The/the/DET/2/det threat/threat/NOUN/6/nsubj of/of/ADP/5/case an/a/DET/5/det "
                  "attack/attack/NOUN/2/nmod grew/grow/VERB/0/root") == "threatened");
}

TEST_CASE("a generic accusation is no killing") {
  CHECK(status_of("This/this/DET/2/det militia/militia/NOUN/5/nsubj does/do/AUX/5/aux not/not/PART/5/advmod "
                  "hesitate/hesitate/VERB/0/root to/to/PART/7/mark "
                  "kill/kill/VERB/5/xcomp/VerbForm=Inf civilians/civilian/NOUN/7/obj",
                  "killing") == "generic");
}

TEST_CASE("long ago is historical") {
  CHECK(status_of("Rebels/rebel/NOUN/2/nsubj attacked/attack/VERB/0/root troops/troops/NOUN/2/obj "
                  "in/in/ADP/5/case 1994/1994/NUM/2/obl") == "historical");
  CHECK(status_of("Rebels/rebel/NOUN/2/nsubj attacked/attack/VERB/0/root troops/troops/NOUN/2/obj "
                  "on/on/ADP/5/case Friday/Friday/PROPN/2/obl") == "actual");
}

TEST_CASE("what did happen stays so under force, manage, begin") {
  CHECK(status_of("Rebels/rebel/NOUN/2/nsubj managed/manage/VERB/0/root to/to/PART/4/mark "
                  "capture/capture/VERB/2/xcomp/VerbForm=Inf Harim/Harim/PROPN/4/obj",
                  "capture") == "actual");
  CHECK(status_of("Troops/troops/NOUN/3/nsubj:pass were/be/AUX/3/aux:pass forced/force/VERB/0/root "
                  "to/to/PART/5/mark withdraw/withdraw/VERB/3/xcomp/VerbForm=Inf "
                  "from/from/ADP/7/case Harim/Harim/PROPN/5/obl",
                  "withdraw") == "actual");
}

TEST_CASE("a negation reaches the verb behind or, not the one behind but") {
  const auto second = [](std::string_view link) {
    return status_of(
        "Rebels/rebel/NOUN/4/nsubj did/do/AUX/4/aux not/not/PART/4/advmod "
        "attack/attack/VERB/0/root/VerbForm=Inf Harim/Harim/PROPN/4/obj " +
            std::string(link) + "/" + std::string(link) +
            "/CCONJ/7/cc capture/capture/VERB/4/conj/VerbForm=Inf Sarda/Sarda/PROPN/7/obj",
        "capture");
  };
  CHECK(second("or") == "denied");
  CHECK(second("but") == "actual");
}

TEST_CASE("until they have taken it, in a clause of what will be, is open; in one of what was, it happened") {
  const auto freed = [](std::string_view aux) {
    return status_of(
        "Troops/troops/NOUN/3/nsubj " + std::string(aux) +
            "/AUX/3/aux fight/fight/VERB/0/root until/until/SCONJ/7/mark rebels/rebel/NOUN/7/nsubj "
            "had/have/AUX/7/aux captured/capture/VERB/3/advcl/VerbForm=Part|Tense=Past "
            "Harim/Harim/PROPN/7/obj",
        "capture");
  };
  CHECK(freed("will/will") == "hypothetical");
  CHECK(freed("did/do") == "actual");
}

TEST_CASE("how the war began is known to everybody") {
  const auto told = [](std::string_view what) {
    return status_of(
        "The/the/DET/2/det " + std::string(what) +
            "/NOUN/3/nsubj began/begin/VERB/0/root/VerbForm=Fin|Tense=Past when/when/ADV/6/advmod "
            "rebels/rebel/NOUN/6/nsubj captured/capture/VERB/3/advcl/VerbForm=Fin|Tense=Past "
            "Harim/Harim/PROPN/6/obj",
        "capture");
  };
  CHECK(told("war/war") == "historical");
  CHECK(told("panic/panic") == "actual");
}

TEST_CASE("before any rebels captured it, none had; before the rebels did, they had") {
  const auto told = [](std::string_view det) {
    return status_of("Turkey/Turkey/PROPN/2/nsubj left/leave/VERB/0/root before/before/SCONJ/6/mark " +
                         std::string(det) + "/" + std::string(det) +
                         "/DET/5/det rebels/rebel/NOUN/6/nsubj "
                         "captured/capture/VERB/2/advcl/VerbForm=Fin|Tense=Past Harim/Harim/PROPN/6/obj",
                     "capture");
  };
  CHECK(told("the") == "actual");
  CHECK(told("any") == "hypothetical");
}
