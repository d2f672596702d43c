#include <doctest/doctest.h>

#include <ctime>

#include "support/conllu_doc.h"
#include "tiny.h"

using namespace annalist;
using namespace annalist::test;

namespace {

std::string_view id_of(const Document& doc, std::string_view words, int n = 0) {
  const Place* p = place_of(doc, words, n);
  return p ? doc.str(p->gazetteer) : std::string_view("(none)");
}

}  // namespace

TEST_CASE("places: the better known place unless the text says otherwise") {
  CHECK(id_of(placed("Talks were held in Paris on Monday."), "Paris") == "geonames:1");
  CHECK(id_of(placed("A man from Paris, Texas, was freed."), "Paris") == "geonames:2");
  CHECK(id_of(placed("The trial moved from Paris to Austin in Texas."), "Austin") == "geonames:3");
  const Document doc = placed("He was born in Paris, Texas. Later he returned to Paris.");
  CHECK(id_of(doc, "Paris", 0) == "geonames:2");
  CHECK(id_of(doc, "Paris", 1) == "geonames:2");  // one sense a document
}

TEST_CASE("places: the countries of the report choose among namesakes") {
  CHECK(id_of(placed("Libyan forces left Benghazi. Clashes went on in Tripoli."), "Tripoli") == "geonames:7");
  const Document doc = placed("Lebanon sent Lebanese soldiers from Beirut. Clashes went on in Tripoli.");
  CHECK(id_of(doc, "Tripoli") == "geonames:8");
  REQUIRE(place_of(doc, "Tripoli")->alternatives.count >= 1);
  CHECK(doc.str(doc[place_of(doc, "Tripoli")->alternatives][0].name) == "Tripoli");
  CHECK(id_of(placed("Officials in Illinois said the road from Chicago to Springfield is closed."),
              "Springfield") == "geonames:14");
}

TEST_CASE("places: a class word tells town from unit") {
  CHECK(id_of(placed("They took villages in Idlib province."), "Idlib") == "geonames:SY.12");
  CHECK(id_of(placed("Shells fell on the province of Idlib."), "Idlib") == "geonames:SY.12");
  CHECK(id_of(placed("Shells fell on the city of Idlib."), "Idlib") == "geonames:4");
  const Document doc = placed("They fled from Idlib province in Syria.");
  CHECK(place_of(doc, "Idlib")->precision == PlacePrecision::admin1);
  CHECK(place_of(doc, "Syria")->precision == PlacePrecision::country);
}

TEST_CASE("places: villages by sound, regions by the overlay") {
  const Document doc = placed(
      "Shells fell on Jabal Al Zawiya in the province of Idlib. Families left "
      "the village of Deir Sonbol on Monday.");
  CHECK(id_of(doc, "Deir Sonbol") == "geonames:6");
  CHECK(id_of(doc, "Jabal Al Zawiya") == "annalist:jabal-al-zawiya");
  CHECK(place_of(doc, "Jabal Al Zawiya")->precision == PlacePrecision::near);
}

TEST_CASE("places: near is not in") {
  const Document doc = placed(
      "A convoy was hit 10 km north of Idlib city. Shells fell on the outskirts of "
      "Benghazi. Another was stopped in Austin, Texas.");
  CHECK(place_of(doc, "Idlib")->precision == PlacePrecision::near);
  CHECK(place_of(doc, "Benghazi")->precision == PlacePrecision::near);
  CHECK(place_of(doc, "Austin")->precision == PlacePrecision::exact);
}

TEST_CASE("places: a name that its holder does not know stays unresolved, with the point of its holder") {
  const Document doc = placed("Shells fell near Bara in Idlib province.");
  const Place* bara = place_of(doc, "Bara");
  REQUIRE(bara != nullptr);
  CHECK_FALSE(bara->resolved);
  CHECK(doc.str(bara->country) == "SY");
  CHECK(doc.str(bara->admin1) == "Idlib");
  CHECK(bara->placed);
  CHECK(doc.str(bara->within) == "geonames:SY.12");
  CHECK(bara->precision == PlacePrecision::admin1);
  const Document unknown = placed("They entered the village of Qarmatala at dawn.");
  REQUIRE(place_of(unknown, "Qarmatala") != nullptr);
  CHECK_FALSE(place_of(unknown, "Qarmatala")->resolved);
  CHECK_FALSE(place_of(unknown, "Qarmatala")->placed);
  // A chain of holders, none but the last known; a class word between does not part them.
  const Document chain = placed("They met in the village of Qarmatala, Wusta subdistrict (Idlib province).");
  REQUIRE(place_of(chain, "Qarmatala") != nullptr);
  CHECK(doc.str(place_of(doc, "Bara")->country) == "SY");
  CHECK(chain.str(place_of(chain, "Qarmatala")->country) == "SY");
}

TEST_CASE("places: of two villages of one name, the one in the province that the report speaks of") {
  CHECK(id_of(placed("Shells fell on Idlib. Families left the village of Deir Sonbol."), "Deir Sonbol") ==
        "geonames:6");
  CHECK(id_of(placed("Shells fell on Hama province. Families left the village of Deir Sonbol."),
              "Deir Sonbol") == "geonames:19");
}

TEST_CASE("places: what holds a place") {
  // A holder in the middle of a sentence is no list.
  const Document doc = placed("Shells fell on Bara, Idlib, on Monday.",
                              {{"Bara", EntityType::gpe}, {"Idlib", EntityType::gpe}});
  REQUIRE(place_of(doc, "Bara") != nullptr);
  CHECK(doc.str(place_of(doc, "Bara")->within).starts_with("geonames:"));
  CHECK(doc.str(place_of(doc, "Bara")->country) == "SY");
  // Nothing lies in what it has to do with.
  const Document war = placed("They marched in Springfield against the war in Syria.");
  CHECK(war.str(place_of(war, "Springfield")->country) == "US");
  // "X (X)" is a town in the unit of its name.
  const Document twice = placed("They met in Idlib (Idlib) on Monday.");
  CHECK(id_of(twice, "Idlib", 0) == "geonames:4");
  CHECK(id_of(twice, "Idlib", 1) == "geonames:SY.12");
}

TEST_CASE("places: a unit that is said to hold a place that nobody knows") {
  const Document doc = placed("They met in Qarmatala (Lamar) on Monday.",
                              {{"Qarmatala", EntityType::gpe}, {"Lamar", EntityType::gpe}});
  CHECK(id_of(doc, "Lamar") == "geonames:US.TX.277");
  CHECK(doc.str(place_of(doc, "Qarmatala")->country) == "US");
  CHECK(doc.str(place_of(doc, "Qarmatala")->admin1) == "Texas");
}

TEST_CASE("places: a list of states is no chain of containers") {
  CHECK(id_of(placed("Cases are known in Minnesota, Missouri and Texas."), "Minnesota") == "geonames:US.MN");
  CHECK(id_of(placed("He was born in Minnesota, Missouri."), "Minnesota") == "geonames:21");
}

TEST_CASE("places: a little known name far from all else is not taken for its only namesake") {
  const Document doc =
      placed("Libyan forces left Benghazi in Libya. They held Tripoli in Libya. Rebels took Moreno.",
             {{"Libya", EntityType::gpe}, {"Benghazi", EntityType::gpe}, {"Moreno", EntityType::gpe}});
  REQUIRE(place_of(doc, "Moreno") != nullptr);
  CHECK_FALSE(place_of(doc, "Moreno")->resolved);
  CHECK(doc.str(place_of(doc, "Moreno")->country) == "LY");
  // A great city is meant, wherever the report is set.
  CHECK(
      id_of(placed("Libyan forces left Benghazi in Libya. They held Tripoli in Libya. Envoys met in Paris."),
            "Paris") == "geonames:1");
}

TEST_CASE("places: what stands behind the comma says what a name is") {
  for (const std::string_view text :
       {"They shelled Qarmatala, a village on the border.", "They shelled Qarmatala, a northern town."})
    CHECK(place_of(placed(std::string(text)), "Qarmatala") != nullptr);
  CHECK(place_of(placed("They met Qarmatala, a general of the army."), "Qarmatala") == nullptr);
}

TEST_CASE("places: who governs a name governs a unit") {
  CHECK(id_of(placed("Idlib governor Adnan Salem resigned."), "Idlib") == "geonames:SY.12");
  CHECK(id_of(placed("Idlib Gov. Adnan Salem resigned."), "Idlib") == "geonames:SY.12");
}

TEST_CASE("places: a square is not the town far off whose name it bears") {
  const Document doc = placed("They met in Moreno square in Benghazi, Libya.");
  const Place* moreno = place_of(doc, "Moreno");
  CHECK((moreno == nullptr || !moreno->resolved));
  CHECK(id_of(placed("They met in the town of Moreno."), "Moreno") == "geonames:20");
}

TEST_CASE("places: what the name tagger takes for a company is a place where another holds it") {
  const Document doc = placed("They shelled Austin, Texas, at dawn.", {{"Austin, Texas", EntityType::org}});
  REQUIRE(place_of(doc, "Austin") != nullptr);
  CHECK(place_of(doc, "Austin")->role == PlaceRole::mention);
}

TEST_CASE("places: the name tagger's longer name, cut where it must be") {
  const Document doc =
      placed("They met between Benghazi and Qarmatala.", {{"Benghazi and Qarmatala", EntityType::loc}});
  CHECK(id_of(doc, "Benghazi") == "geonames:10");
  CHECK(place_of(doc, "Qarmatala") != nullptr);
  const Document quarter = placed("They met in Benghazi - Sabri.", {{"Benghazi - Sabri", EntityType::loc}});
  CHECK(id_of(quarter, "Benghazi") == "geonames:10");
  CHECK(id_of(placed("They met in Northern Benghazi.", {{"Northern Benghazi", EntityType::loc}}),
              "Benghazi") == "geonames:10");
  CHECK(id_of(placed("They met in northern Benghazi.", {{"northern Benghazi", EntityType::loc}}),
              "Benghazi") == "geonames:10");
}

TEST_CASE("places: roles") {
  const Document doc =
      placed("BEIRUT — Syrian troops left Idlib on Friday. Damascus said the attack had failed.");
  CHECK(place_of(doc, "BEIRUT")->role == PlaceRole::dateline);
  CHECK(place_of(doc, "Syrian")->role == PlaceRole::demonym);
  CHECK(doc.str(place_of(doc, "Syrian")->country) == "SY");
  CHECK(place_of(doc, "Idlib")->role == PlaceRole::mention);
  CHECK(place_of(doc, "Damascus")->role == PlaceRole::actor);
  CHECK(place_of(placed("The Canadian envoy left for the Middle East."), "Canadian")->role ==
        PlaceRole::demonym);
}

TEST_CASE("places: by the parse, whoever speaks is an actor, however far the verb") {
  Document doc = document_from_conllu(R"(
1 Damascus Damascus PROPN 6 nsubj
2 , , PUNCT 4 punct
3 meanwhile meanwhile ADV 4 advmod
4 calm calm ADJ 1 acl
5 , , PUNCT 4 punct
6 said say VERB 0 root
7 nothing nothing PRON 6 obj
)");
  doc.fill(std::vector<Mention>());
  Workspace work;
  tiny_stage().run(doc, work);
  REQUIRE(place_of(doc, "Damascus") != nullptr);
  CHECK(place_of(doc, "Damascus")->role == PlaceRole::actor);
}

TEST_CASE("places: persons, common words and money are no places") {
  CHECK(place_of(placed("Mr Jordan left. John Paris spoke."), "Paris") == nullptr);
  CHECK(place_of(placed("Police said nobody was hurt."), "Police") == nullptr);
  CHECK(place_of(placed("They paid US$10,000 for it."), "US") == nullptr);
  CHECK(place_of(placed("They told us that it was over."), "us") == nullptr);
  CHECK(place_of(placed("The US envoy spoke."), "US") != nullptr);
}

TEST_CASE("places: the name tagger's word counts for more than capitals") {
  const std::string text = "Jordan spoke in Paris.";
  CHECK(place_of(placed(text, {{"Jordan", EntityType::per}, {"Paris", EntityType::gpe}}), "Jordan") ==
        nullptr);
  CHECK(id_of(placed(text, {{"Jordan", EntityType::gpe}, {"Paris", EntityType::gpe}}), "Jordan") ==
        "geonames:106");
  // A tagged place that no gazetteer has is kept, unresolved.
  const Document doc =
      placed("Rebels left Qarmatala in Syria.", {{"Qarmatala", EntityType::gpe}, {"Syria", EntityType::gpe}});
  REQUIRE(place_of(doc, "Qarmatala") != nullptr);
  CHECK_FALSE(place_of(doc, "Qarmatala")->resolved);
}

TEST_CASE("places: ugly input neither stops nor slows the stage") {
  CHECK(placed("").all<Place>().empty());
  CHECK(placed("...").all<Place>().empty());
  // Eight times the text may take eight times as long, not 64 times. Processor time: other programs do not
  // count.
  const auto ticks = [](int times) {
    std::string shouting;
    for (int i = 0; i < times; ++i) shouting += "Paris of Al The ";
    const std::clock_t start = std::clock();
    const Document doc = placed(shouting);
    CHECK(doc.all<Place>().size() <= static_cast<std::size_t>(times));
    return std::clock() - start;
  };
  CHECK(ticks(20000) < 24 * ticks(2500) + CLOCKS_PER_SEC / 20);
}

TEST_CASE("places: the same text gives the same places") {
  const std::string text = "Libyan and Lebanese envoys met in Tripoli, Springfield and Paris.";
  const Document a = placed(text), b = placed(text);
  REQUIRE(a.all<Place>().size() == b.all<Place>().size());
  for (std::size_t i = 0; i < a.all<Place>().size(); ++i) {
    CHECK(a.str(a.all<Place>()[i].gazetteer) == b.str(b.all<Place>()[i].gazetteer));
    CHECK(a.all<Place>()[i].score == b.all<Place>()[i].score);
  }
}

TEST_CASE("words and weights: a typing mistake in the data is an error") {
  const std::string words = repository_file("data/places/words.txt"),
                    ranker = repository_file("data/places/ranker.txt");
  const auto load = [&](std::string w, std::string r) {
    return FindPlaces::load(tiny_gazetteer(), {{"places/words.txt", w}, {"places/ranker.txt", r}});
  };
  CHECK(load(words, ranker));
  CHECK_FALSE(load(words + "\n[spech]\nword: say\n", ranker));
  CHECK_FALSE(load(words + "\n[class.x]\nkind: planet\nafter: moon\n", ranker));
  CHECK_FALSE(load(words, ranker + "\nextra: 1\n"));
  CHECK_FALSE(FindPlaces::load(tiny_gazetteer(), {{"places/words.txt", words}}));
}
