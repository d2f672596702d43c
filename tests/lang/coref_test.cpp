// Coreference on hand-made trees; the actor links are made by hand too, since src/lang knows no actor data.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/file.h"
#include "lang/coref.h"
#include "support/conllu_doc.h"
#include "support/mentions.h"

using namespace annalist;

namespace {

using Names = std::vector<std::pair<std::string_view, EntityType>>;
constexpr auto kPer = EntityType::per;
constexpr auto kOrg = EntityType::org;

struct Known {  // what the actor stage would have said of every mention with that text
  std::string_view text, id, name;
  ActorKind kind = ActorKind::none;
  ActorFlag flag = ActorFlag::collective;
  std::string_view part_of = {};
};

struct Read {
  Document doc;
  std::uint32_t entity(std::string_view text, std::size_t from = 0) const {
    return doc.all<MentionEntity>()[test::mention_of(doc, text, from).value].entity.value;
  }
  std::string_view name(std::string_view text) const { return doc.str(doc.all<Entity>()[entity(text)].name); }
};

Read read(std::string_view conllu, Names names, const std::vector<Known>& known) {
  static const Coref coref = [] {
    const auto text = read_file("data/patterns/coref.tsv");
    REQUIRE(text);
    auto loaded = Coref::load({{"patterns/coref.tsv", *text}});
    REQUIRE(loaded);
    return std::move(*loaded);
  }();
  Read out{test::document_from_conllu(conllu)};
  test::add_mentions(out.doc, std::move(names));
  std::vector<ActorLink> links;
  for (const Mention& m : out.doc.all<Mention>()) {
    ActorLink link;
    for (const Known& k : known)
      if (out.doc.text(m.span) == k.text) {
        link.id = out.doc.intern(k.id);
        link.name = out.doc.intern(k.name);
        link.kind = k.kind;
        link.flags = static_cast<std::uint8_t>(k.flag);
        if (k.id.empty()) link.flags |= static_cast<std::uint8_t>(ActorFlag::composite);
        link.part_of = out.doc.intern(k.part_of);
      }
    links.push_back(link);
  }
  out.doc.fill(links);
  Workspace workspace;
  coref.run(out.doc, workspace);
  return out;
}

}  // namespace

TEST_CASE("names of one actor are one entity, named by the base") {
  const Read r = read(R"(
1 Red Red PROPN 2 compound
2 Front Front PROPN 3 nsubj
3 won win VERB 0 root

1 RF RF PROPN 2 nsubj
2 lost lose VERB 0 root
)",
                      {{"Red Front", kOrg}, {"RF", kOrg}},
                      {{"Red Front", "red-front", "Red Front", ActorKind::armed_group},
                       {"RF", "red-front", "Red Front", ActorKind::armed_group}});
  CHECK(r.entity("Red Front") == r.entity("RF"));
  CHECK(r.name("RF") == "Red Front");
  CHECK(r.doc.all<Entity>().size() == 1);
}

TEST_CASE("a copula does not make two named actors one") {
  const Read r = read(R"(
1 Front Front PROPN 5 nsubj
2 is be AUX 5 cop
3 Base Base PROPN 5 nmod:poss
4 's 's PART 3 case
5 affiliate affiliate NOUN 0 root
)",
                      {{"Front", kOrg}, {"Base", kOrg}},
                      {{"Front", "front", "Front", ActorKind::armed_group},
                       {"Base", "base", "Base", ActorKind::armed_group}});
  CHECK(r.entity("Front") != r.entity("Base"));
}

TEST_CASE("he is the man, it is the group") {
  const Read r = read(R"(
1 Front Front PROPN 2 nsubj
2 attacked attack VERB 0 root
3 Omar Omar PROPN 2 obj

1 It it PRON PronType=Prs 2 nsubj
2 wounded wound VERB 0 root
3 him he PRON PronType=Prs 2 obj
)",
                      {{"Front", kOrg}, {"Omar", kPer}},
                      {{"Front", "front", "Front", ActorKind::armed_group},
                       {"Omar", "", "Omar", ActorKind::person, ActorFlag::named_person}});
  CHECK(r.entity("It") == r.entity("Front"));
  CHECK(r.entity("him") == r.entity("Omar"));
}

TEST_CASE("the army is no Liberation Army that fights it") {
  const auto one = [](ActorKind kind) {
    const Read r = read(
        R"(
1 Liberation Liberation PROPN 2 compound
2 Army Army PROPN 3 nsubj
3 attacked attack VERB 0 root

1 the the DET 2 det
2 army army NOUN 3 nsubj
3 answered answer VERB 0 root
)",
        {{"Liberation Army", kOrg}},
        {{"Liberation Army", "la", "Liberation Army", kind}, {"the army", "", "army", ActorKind::military}});
    return r.entity("the army") == r.entity("Liberation Army");
  };
  CHECK_FALSE(one(ActorKind::armed_group));
  CHECK(one(ActorKind::military));
}

TEST_CASE("two arguments of one verb are two persons") {
  const Read r = read(R"(
1 Omar Omar PROPN 2 nsubj
2 met meet VERB 0 root
3 Yusuf Yusuf PROPN 2 obj

1 He he PRON PronType=Prs 2 nsubj
2 thanked thank VERB 0 root
3 him he PRON PronType=Prs 2 obj
)",
                      {{"Omar", kPer}, {"Yusuf", kPer}},
                      {{"Omar", "", "Omar", ActorKind::person, ActorFlag::named_person},
                       {"Yusuf", "", "Yusuf", ActorKind::person, ActorFlag::named_person}});
  CHECK(r.entity("He") == r.entity("Omar"));
  CHECK(r.entity("him") == r.entity("Yusuf"));
}

TEST_CASE("the group is the group last spoken of, not a place and not a man") {
  const Read r = read(R"(
1 Front Front PROPN 2 nsubj
2 entered enter VERB 0 root
3 Idlib Idlib PROPN 2 obj

1 The the DET 2 det
2 group group NOUN Number=Sing 3 nsubj
3 thanked thank VERB 0 root
4 Omar Omar PROPN 3 obj
)",
                      {{"Front", kOrg}, {"Idlib", EntityType::loc}, {"Omar", kPer}},
                      {{"Front", "front", "Front", ActorKind::armed_group},
                       {"The group", "", "group", ActorKind::other},
                       {"Omar", "", "Omar", ActorKind::person, ActorFlag::named_person}});
  CHECK(r.entity("The group") == r.entity("Front"));
}

TEST_CASE("the group acts where its fighters do, though a body spoke before") {
  const Read r = read(R"(
1 Relief Relief PROPN 2 nsubj
2 spoke speak VERB 0 root

1 Fighters fighter NOUN Number=Plur 4 nsubj
2 of of ADP 3 case
3 Front Front PROPN 1 nmod
4 seized seize VERB 0 root
5 trucks truck NOUN Number=Plur 4 obj

1 The the DET 2 det
2 group group NOUN Number=Sing 8 nsubj
3 , , PUNCT 6 punct
4 which which PRON 6 nsubj:pass
5 is be AUX 6 aux:pass
6 banned ban VERB 2 acl:relcl
7 , , PUNCT 2 punct
8 fled flee VERB 0 root
)",
                      {{"Relief", kOrg}, {"Front", kOrg}},
                      {{"Relief", "relief", "Relief", ActorKind::ngo},
                       {"Front", "front", "Front", ActorKind::armed_group},
                       {"The group , which is banned ,", "", "group", ActorKind::other},
                       {"The group, which is banned,", "", "group", ActorKind::other}});
  CHECK(r.name("Front") == "Front");
  bool joined = false;
  const auto mentions = r.doc.all<Mention>();
  for (std::size_t m = 0; m < mentions.size(); ++m)
    if (r.doc.text(mentions[m].span).starts_with("The group"))
      joined = r.doc.all<MentionEntity>()[m].entity.value == r.entity("Front");
  CHECK(joined);
}

TEST_CASE("captives are set free, not those who took them") {
  const Read r = read(R"(
1 Gunmen gunman NOUN Number=Plur 2 nsubj
2 abducted abduct VERB 0 root
3 students student NOUN Number=Plur 2 obj

1 They they PRON PronType=Prs|Number=Plur|Person=3 3 nsubj:pass
2 were be AUX 3 aux:pass
3 freed free VERB 0 root
)",
                      {},
                      {{"Gunmen", "", "gunmen", ActorKind::unknown_armed},
                       {"students", "", "students", ActorKind::education}});
  CHECK(r.entity("They") == r.entity("students"));
}

TEST_CASE("a leader's fighters are new, his group is the group he leads") {
  const Read r = read(R"(
1 The the DET 2 det
2 Front Front PROPN 6 nsubj
3 led lead VERB 2 acl
4 by by ADP 5 case
5 Omar Omar PROPN 3 obl:agent
6 lost lose VERB 0 root

1 His his PRON PronType=Prs|Poss=Yes 2 nmod:poss
2 fighters fighter NOUN Number=Plur 3 nsubj
3 fled flee VERB 0 root

1 Omar Omar PROPN 4 nsubj
2 's 's PART 1 case
3 said say VERB 0 root
4 group group NOUN Number=Sing 3 obj
)",
                      {{"Front", kOrg}, {"Omar", kPer}},
                      {{"Front", "front", "Front", ActorKind::armed_group},
                       {"His fighters", "", "fighters", ActorKind::armed_group},
                       {"Omar", "", "Omar", ActorKind::person, ActorFlag::named_person}});
  CHECK(r.entity("His") == r.entity("Omar"));
  CHECK(r.entity("His fighters") != r.entity("Front"));
  CHECK(r.name("His fighters") == "fighters of Front");
}

TEST_CASE("I is who speaks, we is his group, he is somebody else") {
  const Read r = read(R"(
1 Omar Omar PROPN 2 nsubj
2 fled flee VERB 0 root

# newpar
1 " " PUNCT 3 punct
2 I I PRON PronType=Prs|Person=1 3 nsubj
3 saw see VERB 8 ccomp
4 him he PRON PronType=Prs 3 obj
5 , , PUNCT 3 punct
6 " " PUNCT 3 punct
7 Yusuf Yusuf PROPN 8 nsubj
8 said say VERB 0 root
9 of of ADP 10 case
10 Front Front PROPN 8 obl

1 " " PUNCT 3 punct
2 We we PRON PronType=Prs|Person=1 3 nsubj
3 won win VERB 7 ccomp
4 , , PUNCT 3 punct
5 " " PUNCT 3 punct
6 he he PRON PronType=Prs 7 nsubj
7 added add VERB 0 root
)",
                      {{"Omar", kPer}, {"Yusuf", kPer}, {"Front", kOrg}},
                      {{"Omar", "", "Omar", ActorKind::person, ActorFlag::named_person},
                       {"Yusuf", "yusuf", "Yusuf", ActorKind::person, ActorFlag::named_person, "front"},
                       {"Front", "front", "Front", ActorKind::armed_group}});
  CHECK(r.entity("I") == r.entity("Yusuf"));
  CHECK(r.entity("him") == r.entity("Omar"));
  CHECK(r.entity("he") == r.entity("Yusuf"));
  CHECK(r.entity("We") == r.entity("Front"));
}

TEST_CASE("the lead describes whom the report then names") {
  const Read r =
      read(R"(
# headline
1 Base Base PROPN 2 compound
2 group group NOUN Number=Sing 3 nsubj
3 seizes seize VERB 0 root
4 town town NOUN Number=Sing 3 obj

# newpar
1 The the DET 2 det
2 Front Front PROPN 3 nsubj
3 seized seize VERB 0 root
4 it it PRON PronType=Prs 3 obj
)",
           {{"Base", kOrg}, {"Front", kOrg}},
           {{"Base", "base", "Base", ActorKind::armed_group},
            {"Base group", "", "Base group", ActorKind::armed_group, ActorFlag::collective, "base"},
            {"Front", "front", "Front", ActorKind::armed_group, ActorFlag::collective, "base"}});
  CHECK(r.entity("Base group") == r.entity("Front"));
  CHECK(r.entity("Base") != r.entity("Front"));
}

TEST_CASE("a thing said once is no entity; a name always is") {
  const Read r = read(R"(
1 Rain rain NOUN Number=Sing 2 nsubj
2 delayed delay VERB 0 root
3 Ali Ali PROPN 2 obj
)",
                      {{"Ali", kPer}}, {});
  CHECK_FALSE(r.doc.all<MentionEntity>()[test::mention_of(r.doc, "Rain").value].entity);
  CHECK(r.doc.all<Entity>().size() == 1);
}

TEST_CASE("a building or a weapon said once is an entity of its type, but not one that acts for its owner") {
  const Read r = read(R"(
1 Jets jet NOUN Number=Plur 2 nsubj
2 hit hit VERB 0 root
3 the the DET 4 det
4 clinic clinic NOUN Number=Sing 2 obj
5 with with ADP 6 case
6 rockets rocket NOUN Number=Plur 2 obl
)",
                      {}, {{"Jets", "", "", ActorKind::military}});
  const auto type = [&](std::string_view text) { return r.doc.all<Entity>()[r.entity(text)].type; };
  CHECK(type("the clinic") == EntityType::fac);
  CHECK(type("rockets") == EntityType::weapon);
  CHECK(type("Jets") == EntityType::group);
}

TEST_CASE("a document without mentions has no entities") {
  const Read r = read("1 Yes yes INTJ 0 root\n", {}, {});
  CHECK(r.doc.all<Entity>().empty());
}
