// What `annalist actors check` finds, and what a user's table of actors gives, on data written for this test.
#include "actor/check.h"

#include <doctest/doctest.h>
#include <algorithm>

#include "actor/actor_table.h"

using namespace annalist;

namespace {

constexpr const char* kCountries =
    "iso2\tiso3\tname\tcapital\taliases\tdemonyms\nKE\tKEN\tKenya\tNairobi\t-\tKenyan\n";
constexpr const char* kNouns =
    "noun\tkind\tcode\tflags\npresident\tgovernment\tGOV\tperson title office leader\n";

std::vector<std::string> findings(const std::string& groups, const std::string& leaders,
                                  const std::string& links) {
  const std::vector<DataText> files{{"actors/groups-x.txt", groups},
                                    {"actors/leaders-x.txt", leaders},
                                    {"actors/links.tsv", links},
                                    {"actors/nouns.tsv", kNouns},
                                    {"places/countries.tsv", kCountries}};
  const auto base = ActorBase::load(files);
  REQUIRE(base);
  return check_actors(*base);
}

bool tells(const std::vector<std::string>& found, std::string_view what) {
  return std::ranges::any_of(found, [&](const std::string& f) { return f.find(what) != std::string::npos; });
}

constexpr const char* kLinkHead = "actor\tlink\tother\tfrom\tto\n";

}  // namespace

TEST_CASE("terms that follow each other are fine; overlaps and gaps are told") {
  CHECK(findings("", "[KEN]\npresident: Ann Okoth 1990..1995; Ben Mwangi 1995..2001\n", kLinkHead).empty());
  CHECK(tells(findings("", "[KEN]\npresident: Ann Okoth 1990..1999; Ben Mwangi 1995..2001\n", kLinkHead),
              "overlap"));
  CHECK(tells(findings("", "[KEN]\npresident: Ann Okoth 1980..1985; Ben Mwangi 1995..2001\n", kLinkHead),
              "gap"));
}

TEST_CASE("links outside the time of a group, loops of successors and shared names are told") {
  const std::string groups =
      "[old-front]\nname: Old Front\nkind: armed_group\ncountry: KEN\ndates: 1980..1990\nsuccessor: "
      "new-front\n\n"
      "[new-front]\nname: New Front\nalias: Common Name\nkind: armed_group\ncountry: KEN\ndates: 1990..2000\n"
      "successor: old-front\n\n"
      "[third]\nname: Third Force\nalias: Common Name\nkind: armed_group\ncountry: KEN\ndates: 1995..\n";
  const auto found =
      findings(groups, "", std::string(kLinkHead) + "old-front\tsplit_from\tthird\t2015\t2015\n");
  CHECK(tells(found, "loop"));
  CHECK(tells(found, "actors/links.tsv:2: dates"));
  CHECK(tells(found, "common name: new-front, third"));
}

TEST_CASE("persons who sound alike and hold office at once may be one") {
  CHECK(tells(
      findings("", "[KEN]\npresident: Mohamed Hassan Roble 1990..1995; Mohammed Hasan Robleh 1994..1996\n",
               kLinkHead),
      "double"));
}

TEST_CASE("a user's table becomes rows; what is wrong names its line") {
  const ImportedText made = import_actor_table({"mine.csv",
                                                "name,aliases,code,country,from,to\r\n"
                                                "\"Hill, Valley and Co\",HVC|The Valley,KENBUS,KEN,1999,\r\n"
                                                "Short row\r\n"
                                                "Hill Guard,,KENMIL,KEN,,\r\n"
                                                "Hill Guard,,KENMIL,KEN,,\r\n"});
  CHECK(made.entries == 2);
  CHECK(made.text.find("hill-valley-and-co\tHill, Valley and Co\tHVC;The Valley\tbusiness\tKEN\t1999\t-\n") !=
        std::string::npos);
  REQUIRE(made.faults.size() == 2);
  CHECK(made.faults[0].starts_with("mine.csv:3: "));
  CHECK(made.faults[1].starts_with("mine.csv:5: "));
}
