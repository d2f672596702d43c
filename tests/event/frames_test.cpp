// One frame, every construction: active, passive, nominal, light verb, relative, participle, control.
#include <doctest/doctest.h>

#include "event/fixture.h"

using namespace annalist;
using namespace annalist::test;

TEST_CASE("active and passive give the same roles") {
  CHECK(lines_of(coded(
            "Nusra/Nusra/PROPN/2/nsubj seized/seize/VERB/0/root the/the/DET/4/det village/village/NOUN/2/obj "
            "of/of/ADP/6/case Harim/Harim/PROPN/4/nmod from/from/ADP/9/case the/the/DET/9/det "
            "rebels/rebel/NOUN/2/obl")) == "capture actual actor=Nusra target=rebel at=Harim");
  CHECK(lines_of(coded("Harim/Harim/PROPN/3/nsubj:pass was/be/AUX/3/aux:pass "
                       "captured/capture/VERB/0/root/VerbForm=Part|Tense=Past "
                       "by/by/ADP/6/case the/the/DET/6/det army/army/NOUN/3/obl:agent")) ==
        "capture actual actor=army at=Harim");
}

TEST_CASE("an object that is no place is no capture") {
  CHECK(lines_of(coded("The/the/DET/2/det bank/bank/NOUN/3/nsubj seized/seize/VERB/0/root the/the/DET/5/det "
                       "idea/idea/NOUN/3/obj")) == "");
}

TEST_CASE("the noun: by, of, possessive, compound") {
  CHECK(lines_of(coded(
            "The/the/DET/2/det shelling/shelling/NOUN/9/nsubj of/of/ADP/4/case Harim/Harim/PROPN/2/nmod "
            "by/by/ADP/7/case the/the/DET/7/det army/army/NOUN/2/nmod was/be/AUX/9/cop "
            "heavy/heavy/ADJ/0/root")) == "shelling actual actor=army at=Harim");
  CHECK(lines_of(coded(
            "Nusra/Nusra/PROPN/3/nmod:poss 's/'s/PART/1/case capture/capture/NOUN/6/nsubj of/of/ADP/5/case "
            "Harim/Harim/PROPN/3/nmod surprised/surprise/VERB/0/root many/many/ADJ/6/obj")) ==
        "capture actual actor=Nusra at=Harim");
  CHECK(lines_of(coded(
            "A/a/DET/3/det rebel/rebel/NOUN/3/compound attack/attack/NOUN/4/nsubj killed/kill/VERB/0/root "
            "nine/nine/NUM/6/nummod soldiers/soldier/NOUN/4/obj/Number=Plur in/in/ADP/8/case "
            "Harim/Harim/PROPN/4/obl")) == "attack actual actor=rebel target=soldier at=Harim deaths=9");
}

TEST_CASE("a light verb hands its subject and phrases to the noun") {
  CHECK(lines_of(coded(
            "Rebels/rebel/NOUN/2/nsubj carried/carry/VERB/0/root out/out/ADP/2/compound:prt an/a/DET/5/det "
            "attack/attack/NOUN/2/obj on/on/ADP/8/case the/the/DET/8/det army/army/NOUN/5/nmod "
            "near/near/ADP/10/case Harim/Harim/PROPN/2/obl")) ==
        "attack actual actor=rebel target=army at=Harim");
  CHECK(lines_of(coded("The/the/DET/2/det army/army/NOUN/3/nsubj came/come/VERB/0/root "
                       "under/under/ADP/5/case attack/attack/NOUN/3/obl "
                       "from/from/ADP/8/case the/the/DET/8/det rebels/rebel/NOUN/3/obl")) ==
        "attack actual target=army");
  CHECK(lines_of(coded(
            "Nusra/Nusra/PROPN/3/nsubj has/have/AUX/3/aux put/put/VERB/0/root the/the/DET/5/det "
            "villages/village/NOUN/3/obj/Number=Plur "
            "of/of/ADP/7/case Harim/Harim/PROPN/5/nmod under/under/ADP/9/case siege/siege/NOUN/3/obl")) ==
        "siege actual actor=Nusra at=Harim");
}

TEST_CASE("relative clauses and participles find their noun") {
  CHECK(lines_of(
            coded("Nusra/Nusra/PROPN/7/nsubj ,/,/PUNCT/5/punct which/which/PRON/5/nsubj has/have/AUX/5/aux "
                  "seized/seize/VERB/1/acl:relcl Harim/Harim/PROPN/5/obj thrives/thrive/VERB/0/root")) ==
        "capture actual actor=Nusra at=Harim");
  CHECK(lines_of(coded("Harim/Harim/PROPN/7/nsubj ,/,/PUNCT/3/punct "
                       "captured/capture/VERB/1/acl/VerbForm=Part|Tense=Past by/by/ADP/5/case "
                       "rebels/rebel/NOUN/3/obl:agent ,/,/PUNCT/3/punct prospers/prosper/VERB/0/root")) ==
        "capture actual actor=rebel at=Harim");
}

TEST_CASE("who is forced to withdraw is the one who withdraws") {
  const Document doc = coded(
      "Nusra/Nusra/PROPN/2/nsubj entered/enter/VERB/0/root Harim/Harim/PROPN/2/obj ,/,/PUNCT/5/punct "
      "forcing/force/VERB/2/advcl/VerbForm=Ger Haddad/Haddad/PROPN/5/obj to/to/PART/8/mark "
      "pull/pull/VERB/5/xcomp/VerbForm=Inf "
      "out/out/ADP/8/compound:prt");
  CHECK(lines_of(doc) == "enter actual actor=Nusra at=Harim\nwithdraw actual actor=Haddad at=Harim");
}

TEST_CASE("coordinated verbs share subject and object, coordinated nouns are several participants") {
  CHECK(lines_of(coded("Rebels/rebel/NOUN/2/nsubj attacked/attack/VERB/0/root and/and/CCONJ/4/cc "
                       "captured/capture/VERB/2/conj Harim/Harim/PROPN/2/obj")) ==
        "attack actual actor=rebel at=Harim\ncapture actual actor=rebel at=Harim");
  CHECK(lines_of(coded("Rebels/rebel/NOUN/2/nsubj defected/defect/VERB/0/root and/and/CCONJ/4/cc "
                       "joined/join/VERB/2/conj Nusra/Nusra/PROPN/4/obj")) ==
        "defect actual actor=rebel target=Nusra");
  CHECK(lines_of(coded(
            "Nusra/Nusra/PROPN/4/nsubj and/and/CCONJ/3/cc Hazm/Hazm/PROPN/1/conj clashed/clash/VERB/0/root "
            "near/near/ADP/6/case Harim/Harim/PROPN/4/obl")) ==
        "clash actual actor=Nusra actor=Hazm at=Harim");
}

TEST_CASE("both sides of a fight are actors") {
  CHECK(lines_of(coded("Rebels/rebel/NOUN/2/nsubj clashed/clash/VERB/0/root with/with/ADP/5/case "
                       "the/the/DET/5/det army/army/NOUN/2/obl "
                       "in/in/ADP/7/case Harim/Harim/PROPN/2/obl")) ==
        "clash actual actor=rebel actor=army at=Harim");
}

TEST_CASE("the holder of a place is the target, not the place") {
  CHECK(lines_of(coded("H Nusra/Nusra/PROPN/2/nsubj seizes/seize/VERB/0/root "
                       "stronghold/stronghold/NOUN/2/obj of/of/ADP/5/case "
                       "rebels/rebel/NOUN/3/nmod in/in/ADP/7/case Harim/Harim/PROPN/2/obl")) ==
        "capture actual actor=Nusra target=rebel at=Harim");
}

TEST_CASE("the means make the type") {
  CHECK(lines_of(coded("Warplanes/warplane/NOUN/2/nsubj attacked/attack/VERB/0/root rebels/rebel/NOUN/2/obj "
                       "in/in/ADP/5/case "
                       "Harim/Harim/PROPN/2/obl")) ==
        "air_strike actual instrument=warplane target=rebel at=Harim");
  CHECK(lines_of(coded("A/a/DET/3/det car/car/NOUN/3/compound bomb/bomb/NOUN/4/nsubj "
                       "exploded/explode/VERB/0/root in/in/ADP/6/case "
                       "Harim/Harim/PROPN/4/obl")) == "bombing actual instrument=bomb at=Harim");
}

TEST_CASE("sport and other senses give nothing") {
  CHECK(lines_of(coded("The/the/DET/2/det striker/striker/NOUN/3/nsubj attacked/attack/VERB/0/root "
                       "the/the/DET/5/det goal/goal/NOUN/3/obj "
                       "in/in/ADP/8/case the/the/DET/8/det match/match/NOUN/3/obl")) == "");
}

TEST_CASE("a report about a match tells of no fight, a report of a fight at a match does") {
  const std::string match =
      "The/the/DET/2/det champions/champion/NOUN/3/nsubj won/win/VERB/0/root the/the/DET/5/det "
      "league/league/NOUN/3/obj with/with/ADP/7/case goals/goal/NOUN/3/obl before/before/ADP/10/case "
      "the/the/DET/10/det season/season/NOUN/3/obl\n";
  CHECK(lines_of(coded(match + "They/they/PRON/2/nsubj bombarded/bombard/VERB/0/root us/we/PRON/2/obj")) ==
        "");
  CHECK(lines_of(coded(match + "Gunmen/gunman/NOUN/2/nsubj attacked/attack/VERB/0/root "
                               "soldiers/soldier/NOUN/2/obj")) ==
        "attack actual actor=gunman target=soldier");
}

TEST_CASE("what stands before a noun may bar its sense") {
  CHECK(lines_of(coded("A/a/DET/3/det heart/heart/NOUN/3/compound attack/attack/NOUN/4/nsubj "
                       "killed/kill/VERB/0/root him/he/PRON/4/obj")) == "killing actual target=he");
}

TEST_CASE("a storm is weather, storming is not") {
  CHECK(lines_of(coded("Rebels/rebel/NOUN/2/nsubj stormed/storm/VERB/0/root Harim/Harim/PROPN/2/obj")) ==
        "attack actual actor=rebel at=Harim");
}

TEST_CASE("saying is no event") {
  CHECK(lines_of(coded("Haddad/Haddad/PROPN/2/nsubj said/say/VERB/0/root so/so/ADV/2/advmod")) == "");
}

TEST_CASE("a crowd that gathers for a purpose demonstrates; for another it does not") {
  CHECK(lines_of(coded("Poets/poet/NOUN/2/nsubj gathered/gather/VERB/0/root in/in/ADP/4/case "
                       "Harim/Harim/PROPN/2/obl to/to/PART/6/mark "
                       "denounce/denounce/VERB/2/advcl/VerbForm=Inf the/the/DET/8/det "
                       "cuts/cut/NOUN/6/obj")) == "protest actual actor=poet at=Harim");
  CHECK(lines_of(coded("Poets/poet/NOUN/2/nsubj gathered/gather/VERB/0/root in/in/ADP/4/case "
                       "Harim/Harim/PROPN/2/obl to/to/PART/6/mark eat/eat/VERB/2/advcl/VerbForm=Inf")) == "");
}

TEST_CASE("a report that accuses speaks for who put it out") {
  CHECK(lines_of(coded("Turkey/Turkey/PROPN/2/nsubj published/publish/VERB/0/root a/a/DET/4/det "
                       "dossier/dossier/NOUN/2/obj accusing/accuse/VERB/4/acl/VerbForm=Ger "
                       "Nusra/Nusra/PROPN/5/obj")) == "accuse actual actor=Turkey target=Nusra");
}

TEST_CASE("of two verbs side by side the first shares the object that hangs on the second") {
  CHECK(lines_of(coded("Rebels/rebel/NOUN/2/nsubj attacked/attack/VERB/0/root and/and/CCONJ/4/cc "
                       "wounded/wound/VERB/2/conj soldiers/soldier/NOUN/4/obj")) ==
        "attack actual actor=rebel target=soldier");
}

TEST_CASE("who condemns an attack or calls for its end has not made it") {
  CHECK(lines_of(coded("Turkey/Turkey/PROPN/2/nsubj condemned/condemn/VERB/0/root the/the/DET/4/det "
                       "attack/attack/NOUN/2/obj on/on/ADP/6/case civilians/civilian/NOUN/4/nmod"))
            .find("attack actual target=civilian") != std::string::npos);
  const std::string called = lines_of(
      coded("Turkey/Turkey/PROPN/2/nsubj called/call/VERB/0/root on/on/ADP/5/case both/both/DET/5/det "
            "armies/army/NOUN/2/obl to/to/PART/7/mark halt/halt/VERB/2/advcl/VerbForm=Inf the/the/DET/9/det "
            "fighting/fighting/NOUN/7/obj"));
  CHECK(called.find("clash demanded actor=army") != std::string::npos);
}

TEST_CASE("whom a demand is aimed at: who is to do it; with whom one talks goes before what about") {
  CHECK(lines_of(coded("Rebels/rebel/NOUN/2/nsubj demanded/demand/VERB/0/root that/that/SCONJ/5/mark "
                       "army/army/NOUN/5/nsubj leave/leave/VERB/2/ccomp Harim/Harim/PROPN/5/obj"))
            .find("demand actual actor=rebel target=army") != std::string::npos);
  const std::string talks =
      lines_of(coded("Haddad/Haddad/PROPN/2/nsubj discussed/discuss/VERB/0/root Turkey/Turkey/PROPN/2/obj "
                     "with/with/ADP/5/case rebels/rebel/NOUN/2/obl"));
  CHECK(talks.find("consult") != std::string::npos);
  CHECK(talks.find("Turkey") == std::string::npos);
}

TEST_CASE("a year before the word is no number of dead; an arena does not bomb") {
  const std::string told = lines_of(
      coded("The/the/DET/3/det Arena/Arena/PROPN/3/compound attack/attack/NOUN/6/nsubj in/in/ADP/5/case "
            "2013/2013/NUM/3/nmod killed/kill/VERB/0/root 22/22/NUM/8/nummod civilians/civilian/NOUN/6/obj"));
  CHECK(told.find("deaths=22") != std::string::npos);
  CHECK(told.find("actor=Arena") == std::string::npos);
}

TEST_CASE("a school sheltering families does what it is for, not what was done to it") {
  const std::string events = lines_of(
      coded("Nusra/Nusra/PROPN/2/nsubj bombed/bomb/VERB/0/root a/a/DET/4/det school/school/NOUN/2/obj "
            "sheltering/shelter/VERB/2/advcl/VerbForm=Ger refugees/refugee/NOUN/5/obj ,/,/PUNCT/8/punct "
            "killing/kill/VERB/5/advcl/VerbForm=Ger ten/ten/NUM/10/nummod civilians/civilian/NOUN/8/obj"));
  CHECK(events.find("aid actual actor=Nusra") == std::string::npos);
  CHECK(events.find("actor=school") == std::string::npos);
}

TEST_CASE("killing and wounding after an attack are the attack's, not of who acts in the main clause") {
  const std::string events = lines_of(
      coded("Turkey/Turkey/PROPN/2/nsubj left/leave/VERB/0/root talks/talk/NOUN/2/obj after/after/ADP/6/case "
            "an/a/DET/6/det attack/attack/NOUN/7/obl killed/kill/VERB/3/acl/VerbForm=Fin|Tense=Past "
            "two/two/NUM/9/nummod soldiers/soldier/NOUN/7/obj/Number=Plur and/and/CCONJ/11/cc "
            "wounded/wound/VERB/2/conj/VerbForm=Fin|Tense=Past ten/ten/NUM/11/obj"));
  CHECK(events.find("attack actual target=soldier deaths=2 injured=10") != std::string::npos);
}
