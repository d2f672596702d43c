// What the model's tags of deeds add to the frames: participants told elsewhere, and doubt.
#include <doctest/doctest.h>

#include <algorithm>

#include "event/fixture.h"

using namespace annalist;
using namespace annalist::test;

namespace {

constexpr std::string_view kKilling =
    "Gunmen/gunman/NOUN/2/nsubj killed/kill/VERB/0/root two/two/NUM/4/nummod civilians/civilian/NOUN/2/obj\n";
constexpr std::string_view kMayor =
    "Haddad/Haddad/PROPN/4/nsubj was/be/AUX/4/cop the/the/DET/4/det mayor/mayor/NOUN/0/root\n";

/// Makes a long report of a short one.
std::string with_rain(std::string report) {
  for (int i = 0; i < 6; ++i) report += "It/it/PRON/2/nsubj rained/rain/VERB/0/root\n";
  return report;
}

struct Tag {
  std::string_view word;
  DeedTag::Role deed;
  std::uint8_t share = 200;
};

/// The report after the stage, with tags of a model that has the layers.
Document read(std::string_view lines, std::initializer_list<Tag> tagged) {
  Document doc = sketch(lines);
  Workspace workspace;
  std::vector<DeedTag> tags(doc.all<Token>().size());
  for (std::size_t t = 0; t < tags.size(); ++t)
    for (const Tag& one : tagged)
      if (doc.text(doc.all<Token>()[t].span) == one.word) tags[t].begin[one.deed] = one.share;
  doc.fill(tags);
  stage().run(doc, workspace);
  return doc;
}

/// Its events as lines.
std::string told(std::string_view lines, std::initializer_list<Tag> tagged) {
  return lines_of(read(lines, tagged));
}

}  // namespace

TEST_CASE("a victim named in the next sentence is the event's") {
  const std::string report = with_rain(std::string(kKilling) + std::string(kMayor));
  CHECK(told(report, {{"civilians", DeedTag::victim}, {"Haddad", DeedTag::victim}}).find("target=Haddad") !=
        std::string::npos);
  CHECK(told(report, {{"civilians", DeedTag::victim}}).find("Haddad") == std::string::npos);
  const std::string item = std::string(kKilling) + std::string(kMayor);  // short: the frames know all
  CHECK(told(item, {{"civilians", DeedTag::victim}, {"Haddad", DeedTag::victim}}).find("Haddad") ==
        std::string::npos);
}

TEST_CASE("who is tagged in part is named in whole") {
  const std::string report = with_rain(
      std::string(kKilling) + "Power/power/NOUN/2/compound lines/line/NOUN/3/nsubj fell/fall/VERB/0/root\n");
  const Document doc = read(report, {{"civilians", DeedTag::victim}, {"lines", DeedTag::object}});
  const auto args = doc.all<EventArg>();
  CHECK(std::ranges::any_of(args, [&](const EventArg& a) { return doc.text(a.span) == "Power lines"; }));
}

TEST_CASE("who stands two sentences away takes no part") {
  const std::string report =
      with_rain(std::string(kKilling) + "It/it/PRON/2/nsubj rained/rain/VERB/0/root\n" + std::string(kMayor));
  CHECK(told(report, {{"civilians", DeedTag::victim}, {"Haddad", DeedTag::victim}}).find("Haddad") ==
        std::string::npos);
}

TEST_CASE("what the frames know is not said twice, whatever its tag") {
  const std::string events =
      told(with_rain(std::string(kKilling)), {{"civilians", DeedTag::doer}, {"Gunmen", DeedTag::doer}});
  CHECK(events.find("actor=civilian") == std::string::npos);
  CHECK(events.find("actor=gunman") == events.rfind("actor=gunman"));
}

TEST_CASE("a violent word in a long report, where nobody takes part in an incident, tells of a kind") {
  CHECK(told(kKilling, {}).starts_with("killing actual"));                          // a short item is news
  CHECK(told(with_rain(std::string(kKilling)), {}).starts_with("killing actual"));  // both sides are told
  const std::string report = with_rain(
      "Attacks/attack/NOUN/4/nsubj on/on/ADP/3/case civilians/civilian/NOUN/1/nmod worried/worry/VERB/0/root "
      "Harim/Harim/PROPN/4/obj\n");
  CHECK(told(report, {{"civilians", DeedTag::victim}}).starts_with("attack actual"));
  CHECK(told(report, {}).starts_with("attack generic"));
  CHECK(lines_of(coded(report)).starts_with("attack actual"));  // a model without the layers
}

TEST_CASE("what a clause tells of somebody is not doubted, nor what was told before") {
  const std::string killed =
      "Two/two/NUM/2/nummod civilians/civilian/NOUN/4/nsubj:pass were/be/AUX/4/aux:pass "
      "killed/kill/VERB/0/root\n";
  CHECK(told(with_rain(killed), {}).starts_with("killing actual"));
  const std::string condemned = with_rain(std::string(kKilling)) +
                                "Turkey/Turkey/PROPN/2/nsubj condemned/condemn/VERB/0/root the/the/DET/4/det "
                                "killing/killing/NOUN/2/obj\n";
  CHECK(told(condemned, {}).find("generic") == std::string::npos);
}

TEST_CASE("fights of two sides are not doubted") {
  const std::string fight =
      "Nusra/Nusra/PROPN/2/nsubj clashed/clash/VERB/0/root with/with/ADP/4/case troops/troops/NOUN/2/obl\n";
  CHECK(told(with_rain(fight), {}).starts_with("clash actual"));
}

TEST_CASE("who tells of a deed or condemns it takes no part, whatever the tags say") {
  for (const std::string_view verb : {"said/say", "condemned/condemn"}) {
    const std::string report = with_rain(std::string(kKilling) + "Haddad/Haddad/PROPN/2/nsubj " +
                                         std::string(verb) + "/VERB/0/root it/it/PRON/2/obj\n");
    CHECK(told(report, {{"civilians", DeedTag::victim}, {"Haddad", DeedTag::victim}}).find("target=Haddad") ==
          std::string::npos);
  }
}

TEST_CASE("whom no tag knows in an incident takes no part in one, in a long report") {
  const std::string killed = "Gunmen/gunman/NOUN/2/nsubj killed/kill/VERB/0/root Haddad/Haddad/PROPN/2/obj\n";
  CHECK(told(with_rain(killed), {{"Gunmen", DeedTag::doer}}).find("target=") == std::string::npos);
  CHECK(told(with_rain(killed), {{"Haddad", DeedTag::victim}}).find("target=Haddad") != std::string::npos);
  CHECK(told(with_rain(killed), {{"Haddad", DeedTag::described}}).find("target=Haddad") != std::string::npos);
  CHECK(told(killed, {{"Gunmen", DeedTag::doer}}).find("target=Haddad") != std::string::npos);  // short
  CHECK(lines_of(coded(with_rain(killed))).find("target=Haddad") != std::string::npos);  // without the layers
}

TEST_CASE("sides of a war and people without a name are not for the tags to drop") {
  const std::string events = told(with_rain(std::string(kKilling)), {{"rained", DeedTag::weapon}});
  CHECK(events.find("actor=gunman") != std::string::npos);
  CHECK(events.find("target=civilian") != std::string::npos);
}

TEST_CASE("a tag that is hardly more sure than not adds nobody") {
  const std::string report = with_rain(std::string(kKilling) + std::string(kMayor));
  CHECK(told(report, {{"civilians", DeedTag::victim}, {"Haddad", DeedTag::victim, 135}}).find("Haddad") ==
        std::string::npos);
}

TEST_CASE("who is told of beside an arrest was arrested, unless violence is told there too") {
  const std::string arrest =
      "Police/police/NOUN/2/nsubj arrested/arrest/VERB/0/root two/two/NUM/4/nummod "
      "civilians/civilian/NOUN/2/obj\n";
  const auto line_of = [](const std::string& events, std::string_view type) {
    const std::size_t at = events.find(type);
    return at == std::string::npos ? std::string() : events.substr(at, events.find('\n', at) - at);
  };
  const auto tags = {Tag{"civilians", DeedTag::victim}, Tag{"Haddad", DeedTag::victim}};
  const std::string alone = told(with_rain(arrest + std::string(kMayor)), tags);
  CHECK(line_of(alone, "arrest ").find("target=Haddad") != std::string::npos);
  const std::string both = told(with_rain(arrest + std::string(kMayor) + std::string(kKilling)), tags);
  CHECK(line_of(both, "arrest ").find("target=Haddad") == std::string::npos);
  CHECK(line_of(both, "killing ").find("target=Haddad") != std::string::npos);
}
