// The importers of PETRARCH-format dictionaries, on dictionaries written for this test.
#include "pack/petrarch.h"

#include <doctest/doctest.h>

#include "pack/stanza.h"

using namespace annalist;

TEST_CASE("an actor gets one entry a code and time, with its other names") {
  const ImportedText made = import_petrarch_actors({"own.actors.txt",
                                                    "<!-- a comment\n over two lines -->\n"
                                                    "NORTHERN_VALE [NVL]  # the first\n"
                                                    "+VALE_CITY\n"
                                                    "\n"
                                                    "OLD_CAPTAIN\n"
                                                    "+GREY_CAPTAIN\n"
                                                    "\t[NVLMIL < 950601]\n"
                                                    "\t[NVLGOV 19950602 - 19990815]\n"});
  CHECK(made.faults.empty());
  CHECK(made.entries == 3);
  const auto stanzas = parse_stanzas(made.text, "x");
  REQUIRE(stanzas);
  REQUIRE(stanzas->size() == 3);
  CHECK((*stanzas)[0].get("name") == "Northern Vale");
  CHECK((*stanzas)[0].get("alias") == "Vale City");
  CHECK((*stanzas)[0].get("kind") == "state");
  CHECK((*stanzas)[1].get("dates") == "..1995-06-01");
  CHECK((*stanzas)[1].get("kind") == "military");
  CHECK((*stanzas)[2].get("dates") == "1995-06-02..1999-08-15");
  CHECK((*stanzas)[2].get("alias") == "Grey Captain");
}

TEST_CASE("what is wrong in a dictionary is told with its line, the rest is taken") {
  const ImportedText made = import_petrarch_actors({"own.txt",
                                                    "LONE_HILL [LHL 19991399-20000101]\n"
                                                    "LONE_HILL [LHX]\n"
                                                    "NO_CODE\n"
                                                    "OPEN_END [OPN\n"
                                                    "GOOD_ONE [GOO]\n"});
  REQUIRE(made.faults.size() == 5);
  CHECK(made.faults[0].starts_with("own.txt:1: "));
  CHECK(made.faults[1].starts_with("own.txt:2: "));
  CHECK(made.faults[1].find("twice") != std::string::npos);
  CHECK(made.text.find("[good-one]") != std::string::npos);
  CHECK(made.text.find("code: LHL") != std::string::npos);
}

TEST_CASE("agents become nouns; a macro stands for its words") {
  const ImportedText made = import_petrarch_agents({"own.agents.txt",
                                                    "!ROLE! = KEEPER, KEEPERS\n"
                                                    "GATE_!ROLE! [~COP]\n"
                                                    "RIVER_COUNCIL {} [~GOV]\n"
                                                    "WITHOUT_ROLE\n"});
  CHECK(made.entries == 3);
  CHECK(made.text.find("gate keeper\tpolice\tCOP\t") != std::string::npos);
  CHECK(made.text.find("river council\tgovernment\tGOV\t") != std::string::npos);
  REQUIRE(made.faults.size() == 1);
  CHECK(made.faults[0].starts_with("own.agents.txt:4: "));
}

TEST_CASE("verbs and patterns become types and frames; sets in sets are written out, loops are cut") {
  const ImportedVerbs made = import_petrarch_verbs({"own.verbs.txt",
                                                    "&METALS\n+IRON\n+COPPER\n\n"
                                                    "&GOODS\n+&METALS\n+GRAIN\n\n"
                                                    "&LOOP\n+&LOOP\n+SALT\n\n"
                                                    "--- SHIP [071] ---\nSHIP {SHIPPED SHIPS}\n"
                                                    "- NOT * &GOODS [---]\n"
                                                    "- * &GOODS TO [072]\n"
                                                    "- + * FROM $ [073]\n"
                                                    "- * &NOWHERE [074]\n"
                                                    "- broken line\n"});
  CHECK(made.types.entries == 4);
  const auto frames = parse_stanzas(made.frames.text, "x");
  REQUIRE(frames);
  REQUIRE(frames->size() == 4);
  CHECK((*frames)[0].get("verb") == "ship; shipped; ships");
  CHECK((*frames)[1].get("after") == "iron|copper|grain to");
  CHECK((*frames)[2].get("wide") == "turned");
  CHECK((*frames)[2].get("target") == "subj");
  CHECK(made.frames.faults.size() == 3);  // the loop, the missing set, the broken line
}
