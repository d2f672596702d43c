// Hand-made trees, one linguistic shape each.
#include <doctest/doctest.h>

#include "actor/resolve.h"
#include "actor_texts.h"
#include "support/conllu_doc.h"
#include "support/mentions.h"

using namespace annalist;

namespace {

using Names = std::vector<std::pair<std::string_view, EntityType>>;
constexpr auto kPer = EntityType::per;
constexpr auto kOrg = EntityType::org;
constexpr auto kLoc = EntityType::loc;
constexpr auto kNorp = EntityType::norp;

struct Read {
  Document doc;
  const ActorLink& operator[](std::string_view text) const {
    return doc.all<ActorLink>()[test::mention_of(doc, text).value];
  }
  std::string_view id(std::string_view text) const { return doc.str((*this)[text].id); }
  std::string_view code(std::string_view text) const { return doc.str((*this)[text].cameo); }
  std::string_view part_of(std::string_view text) const { return doc.str((*this)[text].part_of); }
  std::string_view name(std::string_view text) const { return doc.str((*this)[text].name); }
  bool has(std::string_view text, ActorFlag flag) const {
    return ((*this)[text].flags & static_cast<std::uint8_t>(flag)) != 0;
  }
};

Read read(std::string_view conllu, Names names) {
  Read out{test::document_from_conllu(conllu)};
  test::add_mentions(out.doc, std::move(names));
  static const std::shared_ptr<const ActorBase> base(&test::actor_base(), [](const ActorBase*) {});
  Workspace workspace;
  ResolveActors(base).run(out.doc, workspace);
  REQUIRE(out.doc.all<ActorLink>().size() == out.doc.all<Mention>().size());
  return out;
}

}  // namespace

TEST_CASE("a name takes the entry that was valid on the report's day") {
  const auto bush = [](std::string_view date) {
    return read("# date = " + std::string(date) + R"(
1 Bush Bush PROPN 2 nsubj
2 visited visit VERB 0 root
3 Iraq Iraq PROPN 2 obj
)",
                {{"Bush", kPer}, {"Iraq", kLoc}});
  };
  CHECK(bush("1990-08-15").id("Bush") == "george-h-w-bush");
  const Read later = bush("2006-06-13");
  CHECK(later.id("Bush") == "george-w-bush");
  CHECK(later["Bush"].kind == ActorKind::person);
  CHECK(later.code("Bush") == "USAGOV");
  CHECK(later.code("Iraq") == "IRQ");
}

TEST_CASE("a former president is no government") {
  const Read r = read(R"(
# date = 2012-05-01
1 Mubarak Mubarak PROPN 2 nsubj
2 slept sleep VERB 0 root
)",
                      {{"Mubarak", kPer}});
  CHECK(r.code("Mubarak") == "EGYELI");
}

TEST_CASE("an acronym that two groups share goes by the country of the report") {
  const auto srf = [](std::string_view country, std::string_view day) {
    return read("# date = " + std::string(day) + R"(
1 SRF SRF PROPN 2 nsubj
2 attacked attack VERB 0 root
3 soldiers soldier NOUN Number=Plur 2 obj
4 in in ADP 5 case
5 )" + std::string(country) +
                    " " + std::string(country) + R"( PROPN 2 obl
)",
                {{"SRF", kOrg}, {country, kLoc}});
  };
  CHECK(srf("Syria", "2014-11-01").id("SRF") == "syria-revolutionaries-front");
  CHECK(srf("Sudan", "2014-11-01").id("SRF") == "srf-sudan");
  // "srf" in small letters is no acronym, and a country that is only where something happens is no actor.
  CHECK(srf("Syria", "2014-11-01")["Syria"].kind == ActorKind::none);
}

TEST_CASE("a long name explains the acronym in its brackets and its own short forms") {
  const Read r = read(R"(
# date = 2014-11-01
1 The the DET 4 det
2 Desert desert PROPN 4 compound
3 Lion lion PROPN 4 compound
4 Brigade brigade PROPN 8 nsubj
5 ( ( PUNCT 6 punct
6 XLB XLB PROPN 4 appos
7 ) ) PUNCT 6 punct
8 fled flee VERB 0 root

1 The the DET 3 det
2 Lion lion PROPN 3 compound
3 Brigade brigade PROPN 4 nsubj
4 fought fight VERB 0 root
)",
                      {{"Desert Lion Brigade", kOrg}, {"Lion Brigade", kOrg}, {"XLB", kOrg}});
  CHECK(r["Desert Lion Brigade"].kind == ActorKind::armed_group);
  CHECK(r.has("Desert Lion Brigade", ActorFlag::guessed));
  CHECK(r.name("Lion Brigade") == "Desert Lion Brigade");
}

TEST_CASE("the army of a state is no short form of the group that fights it") {
  const Read r = read(R"(
# date = 2014-11-01
1 Free free ADJ 3 amod
2 Syrian syrian ADJ 3 amod
3 Army army PROPN 4 nsubj
4 left leave VERB 0 root

1 Syrian syrian ADJ 2 amod
2 Army army PROPN 3 nsubj
3 came come VERB 0 root
)",
                      {{"Free Syrian Army", kOrg}, {"Syrian Army", kOrg}});
  CHECK(r.id("Free Syrian Army") == "free-syrian-army");
  const auto mentions = r.doc.all<Mention>();
  for (std::size_t m = 0; m < mentions.size(); ++m)
    if (r.doc.text(mentions[m].span) == "Syrian Army")
      CHECK(r.doc.all<ActorLink>()[m].kind == ActorKind::military);
}

TEST_CASE("what somebody is accused of is no part of his name") {
  const Read r = read(R"(
# date = 2014-11-01
1 Villagers villager NOUN Number=Plur 2 nsubj
2 accused accuse VERB 0 root
3 soldiers soldier NOUN Number=Plur 2 obj
4 of of SCONJ 5 mark
5 firing fire VERB 3 acl
)",
                      {});
  CHECK(r.name("soldiers of firing") == "soldiers");
}

TEST_CASE("titles and adjectives before a name do not hide it") {
  const Read r = read(R"(
# date = 2014-11-01
1 Syrian syrian ADJ 2 amod
2 President president PROPN 3 compound
3 Bashar Bashar PROPN 5 nsubj
4 Assad Assad PROPN 3 flat
5 spoke speak VERB 0 root

1 Assad Assad PROPN 2 nsubj
2 left leave VERB 0 root
)",
                      {{"Syrian President Bashar Assad", kPer}, {"Assad", kPer}});
  CHECK(r.id("Syrian President Bashar Assad") == "bashar-al-assad");
  CHECK(r.id("Assad") == "bashar-al-assad");
  CHECK(r.code("Assad") == "SYRGOV");
}

TEST_CASE("a family name is the person the report names in full, not its famous bearer") {
  const Read r = read(R"(
# date = 2014-11-01
1 Walid walid PROPN 5 nsubj
2 Assad Assad PROPN 1 flat
3 , , PUNCT 4 punct
4 farmer farmer NOUN 1 appos
5 wept weep VERB 0 root

1 Assad Assad PROPN 2 nsubj
2 left leave VERB 0 root
3 Syria Syria PROPN 2 obj
)",
                      {{"Walid Assad", kPer}, {"Assad", kPer}, {"Syria", kLoc}});
  CHECK(r.id("Assad").empty());
  CHECK(r.name("Assad") == "Walid Assad");
  CHECK(r.has("Assad", ActorFlag::guessed));
}

TEST_CASE("a person of two family names goes by the first, by both, or by given name and first") {
  const Read r = read(R"(
# date = 2014-11-01
1 Elena Elena PROPN 5 nsubj
2 Robles Robles PROPN 1 flat
3 de de ADP 4 case
4 Quintana Quintana PROPN 1 flat
5 wept weep VERB 0 root

1 Robles Robles PROPN 2 nsubj
2 left leave VERB 0 root

1 Robles Robles PROPN 4 nsubj
2 de de ADP 3 case
3 Quintana Quintana PROPN 1 flat
4 left leave VERB 0 root

1 Elena Elena PROPN 3 nsubj
2 Robles Robles PROPN 1 flat
3 left leave VERB 0 root

1 Elena Elena PROPN 2 nsubj
2 sang sing VERB 0 root
)",
                      {{"Elena Robles de Quintana", kPer},
                       {"Robles", kPer},
                       {"Robles de Quintana", kPer},
                       {"Elena Robles", kPer},
                       {"Elena", kPer}});
  for (const char* name : {"Robles", "Robles de Quintana", "Elena Robles"})
    CHECK(r.name(name) == "Elena Robles de Quintana");
  CHECK(r.name("Elena") != "Elena Robles de Quintana");
}

TEST_CASE("an unknown person takes side and country from the words that introduce him") {
  const Read r = read(R"(
# date = 2016-02-01
1 Iraqi iraqi ADJ 3 amod
2 army army NOUN 3 compound
3 spokesman spokesman NOUN 4 compound
4 Karim Karim PROPN 6 nsubj
5 Dawlish Dawlish PROPN 4 flat
6 said say VERB 0 root
)",
                      {{"Iraqi", kNorp}, {"Karim Dawlish", kPer}});
  CHECK(r["Karim Dawlish"].kind == ActorKind::person);
  CHECK(r.code("Karim Dawlish") == "IRQMIL");
}

TEST_CASE("composites take kind from the noun and country from what stands around it") {
  const Read r = read(R"(
# date = 2014-11-01
1 Syrian syrian ADJ 2 amod
2 rebels rebel NOUN Number=Plur 3 nsubj
3 killed kill VERB 0 root
4 two two NUM 6 nummod
5 police police NOUN 6 compound
6 officers officer NOUN Number=Plur 3 obj
7 from from ADP 8 case
8 Turkey Turkey PROPN 6 nmod

1 Gunmen gunman NOUN Number=Plur 2 nsubj
2 seized seize VERB 0 root
3 dozens dozen NOUN Number=Plur 2 obj
4 of of ADP 5 case
5 villagers villager NOUN Number=Plur 3 nmod
)",
                      {{"Syrian", kNorp}, {"Turkey", kLoc}});
  CHECK(r["Syrian rebels"].kind == ActorKind::armed_group);
  CHECK(r.code("Syrian rebels") == "SYRREB");
  CHECK(r.has("Syrian rebels", ActorFlag::collective));
  CHECK(r["two police officers from Turkey"].kind == ActorKind::police);
  CHECK(r.code("two police officers from Turkey") == "TURCOP");
  CHECK(r.name("two police officers from Turkey") == "police officers from Turkey");
  CHECK(r["Gunmen"].kind == ActorKind::unknown_armed);
  CHECK(r["dozens of villagers"].kind == ActorKind::civilians);
}

TEST_CASE("a part of a group carries the group") {
  const Read r = read(R"(
# date = 2014-11-01
1 An a DET 4 det
2 Al al PROPN 3 compound
3 Nusra Nusra PROPN 4 compound
4 fighter fighter NOUN Number=Sing 5 nsubj
5 met meet VERB 0 root
6 fighters fighter NOUN Number=Plur 5 obj
7 of of ADP 11 case
8 the the DET 11 det
9 Free Free PROPN 11 compound
10 Syrian Syrian PROPN 11 compound
11 Army Army PROPN 6 nmod
)",
                      {{"Al Nusra", kOrg}, {"Free Syrian Army", kOrg}});
  CHECK(r.id("Al Nusra") == "nusra-front");
  CHECK(r.id("An Al Nusra fighter").empty());
  CHECK(r.part_of("An Al Nusra fighter") == "nusra-front");
  CHECK(r["An Al Nusra fighter"].kind == ActorKind::armed_group);
  CHECK(r.part_of("fighters of the Free Syrian Army") == "free-syrian-army");
  CHECK(r.doc.str(r["fighters of the Free Syrian Army"].ucdp) == "1130");
}

TEST_CASE("an affiliate is no part: it keeps its own kind and names its patron") {
  const Read r = read(R"(
# date = 2014-11-01
1 Jihadist jihadist ADJ 2 amod
2 gunmen gunman NOUN Number=Plur 7 nsubj
3 affiliated affiliate VERB 2 acl
4 with with ADP 6 case
5 Al al PROPN 6 compound
6 Qaeda Qaeda PROPN 3 obl
7 seized seize VERB 0 root
8 Syria Syria PROPN 7 obj
9 from from ADP 11 case
10 US-backed us-backed ADJ 11 amod
11 rebels rebel NOUN Number=Plur 7 obl
12 in in ADP 13 case
13 Syria Syria PROPN 11 nmod
)",
                      {{"Al Qaeda", kOrg}, {"Syria", kLoc}});
  CHECK(r.part_of("Jihadist gunmen affiliated with Al Qaeda") == "al-qaeda");
  CHECK(r["Jihadist gunmen affiliated with Al Qaeda"].kind == ActorKind::armed_group);
  CHECK(r.code("US-backed rebels in Syria") == "SYRREB");  // backed by the United States, not American
}

TEST_CASE("loyal to a leader means of his group") {
  const Read r = read(R"(
# date = 2019-04-10
1 Forces force NOUN Number=Plur 5 nsubj
2 loyal loyal ADJ 1 amod
3 to to ADP 4 case
4 Haftar Haftar PROPN 2 obl
5 entered enter VERB 0 root
6 Libya Libya PROPN 5 obj
)",
                      {{"Haftar", kPer}, {"Libya", kLoc}});
  CHECK(r.part_of("Forces loyal to Haftar") == "lna");
  CHECK(r["Forces loyal to Haftar"].kind == ActorKind::military);
}

TEST_CASE("police without a country are the police of the country that the report is about") {
  const Read r = read(R"(
# date = 2007-03-14
1 Police police NOUN 2 nsubj
2 fired fire VERB 0 root
3 in in ADP 4 case
4 India India PROPN 2 obl
5 at at ADP 7 case
6 Indian indian ADJ 7 amod
7 farmers farmer NOUN Number=Plur 2 obl
)",
                      {{"India", kLoc}, {"Indian", kNorp}});
  CHECK(r.code("Police") == "INDCOP");
  CHECK(r.has("Police", ActorFlag::guessed));
}

TEST_CASE("things are no actors") {
  const Read r = read(R"(
# date = 2014-11-01
1 The the DET 2 det
2 weather weather NOUN 3 nsubj
3 delayed delay VERB 0 root
4 the the DET 5 det
5 harvest harvest NOUN 3 obj
)",
                      {});
  CHECK(r["The weather"].kind == ActorKind::none);
  CHECK(r["the harvest"].kind == ActorKind::none);
}

TEST_CASE("a name of many men sounds like nobody in particular") {
  const Read r = read(R"(
# date = 2026-11-20
1 Abu abu PROPN 3 nsubj
2 Omar Omar PROPN 1 flat
3 met meet VERB 0 root
4 Abu abu PROPN 3 obj
5 Ali Ali PROPN 4 flat
)",
                      {{"Abu Omar", kPer}, {"Abu Ali", kPer}});
  CHECK(r.id("Abu Omar").empty());
  CHECK(r.id("Abu Ali").empty());
}

TEST_CASE("letters and digits that the tagger takes for a noun may be a group") {
  const Read r = read(R"(
# date = 2024-02-09
1 the the DET 2 det
2 M23 m23 NOUN 3 nsubj
3 attacked attack VERB 0 root
4 the the DET 6 det
5 Congolese congolese ADJ 6 amod
6 army army NOUN 3 obj
)",
                      {});
  CHECK(r.id("the M23") == "m23");
}

TEST_CASE("its forces are of the country of the subject that binds them") {
  const auto forces = [](std::string_view verb) {
    return read(
        "# date = 2024-08-18\n"
        R"(
1 Kyiv Kyiv PROPN 5 nsubj
2 , , PUNCT 5 punct
3 Ukraine Ukraine PROPN 1 appos
4 , , PUNCT 5 punct
5 was be VERB 0 root
6 calm calm ADJ 5 xcomp
7 . . PUNCT 5 punct

1 Ukraine Ukraine PROPN 2 nsubj
2 slept sleep VERB 0 root

1 Russia Russia PROPN 3 nmod:poss
2 's 's PART 1 case
3 ministry ministry NOUN 4 nsubj
4 )" + std::string(verb) +
            R"( say VERB 0 root
5 its its PRON 6 nmod:poss
6 forces force NOUN Number=Plur 7 nsubj
7 advanced advance VERB 4 ccomp
)",
        {{"Ukraine", kLoc}, {"Russia", kLoc}});
  };
  CHECK(forces("said").doc.str(forces("said")["its forces"].country) == "RUS");
}

TEST_CASE("the group that a noun only calls a force; a department of whose state it is") {
  const Read r = read(R"(
# date = 2022-01-01
1 The the DET 3 det
2 Hezbollah Hezbollah PROPN 3 compound
3 force force NOUN Number=Sing 4 nsubj
4 left leave VERB 0 root

1 A a DET 3 det
2 Taliban Taliban PROPN 3 compound
3 faction faction NOUN Number=Sing 4 nsubj
4 left leave VERB 0 root

1 Peru Peru PROPN 4 nmod:poss
2 's 's PART 1 case
3 Defense Defense PROPN 4 compound
4 Department Department PROPN 5 nsubj
5 spoke speak VERB 0 root
)",
                      {{"Hezbollah", kOrg}, {"Taliban", kOrg}, {"Peru", kLoc}, {"Defense Department", kOrg}});
  CHECK(r.id("The Hezbollah force") == "hezbollah");
  CHECK(r.id("A Taliban faction").empty());
  CHECK(r.id("Defense Department") != "pentagon");
}
