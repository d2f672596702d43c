// The scorer of senses: what it reads, what it rules out, and where it keeps silent.
#include "event/senses.h"

#include <doctest/doctest.h>

#include <string>

#include "event/fixture.h"

using namespace annalist;
using namespace annalist::event;
using namespace annalist::test;

namespace {

constexpr std::string_view kWeights =
    "# comment\nleast\t-1\ncaution\t2\nshort\t10\nbias\t0.5\ncentre deed\t0\ncentre talk\t1\ntalk speech\t1\n"
    "type protest\t-0.5\ntype demand\t0\ntype unheard-of\t3\nview word deed\t1\t2\n";

Result<Senses> loaded(std::string_view text) {
  return Senses::load({{"patterns/sense-weights.txt", text}}, stage().codebook());
}

SenseTag tag(float deed, float talk, float report) { return {{deed, talk}, {report, report}, true}; }

constexpr std::string_view kRally =
    "Students/student/NOUN/2/nsubj rallied/rally/VERB/0/root\n"
    "Thousands/thousand/NOUN/2/nsubj marched/march/VERB/0/root against/against/ADP/4/case "
    "taxes/tax/NOUN/2/obl\n";

/// The events of kRally, its words seen as given: one number a word and report.
std::string told(float rallied, float marched, float report) {
  Document doc = sketch(kRally);
  std::vector<SenseTag> tags(doc.all<Token>().size(), tag(0, 0, report));
  for (std::size_t t = 0; t < tags.size(); ++t) {
    const std::string_view word = doc.text(doc.all<Token>()[t].span);
    if (word == "rallied") tags[t] = tag(rallied, 9, report);
    if (word == "marched") tags[t] = tag(marched, 9, report);
  }
  doc.fill(tags);
  Workspace workspace;
  stage_with(kWeights).run(doc, workspace);
  return lines_of(doc);
}

}  // namespace

TEST_CASE("a type is scored by the views of its kind; what was not learned is not scored") {
  const auto senses = loaded(kWeights);
  REQUIRE(senses);
  const Codebook& book = stage().codebook();
  const auto score = [&](std::string_view type, const SenseTag& word, const Senses::Report& report) {
    return senses->score(*book.type_named(type), word, report);
  };
  const Senses::Report report{{0.25F, -2}, 1};
  CHECK(*score("protest", tag(1, 5, 0), report) == doctest::Approx(0.5 - 0.5 + 1 + 0.25));
  CHECK(*score("demand", tag(1, 5, 0), report) == doctest::Approx(0.5 + 0 + 5 - 2));
  CHECK(!score("capture", tag(1, 5, 0), report));
  CHECK(!score("protest", SenseTag{}, report));  // a word that the accurate tier did not read
  CHECK(senses->may_be(*book.type_named("capture"), tag(-99, -99, 0), report));
  CHECK(!senses->may_be(*book.type_named("protest"), tag(-99, 0, 0), report));
}

TEST_CASE(
    "of a short report less is sure: its view is drawn to the middle, and more must speak against a word") {
  const auto senses = loaded(kWeights);
  REQUIRE(senses);
  const std::vector<SenseTag> words(10, tag(0, 0, -4));
  const Senses::Report report = senses->report(words);
  CHECK(report.weight == doctest::Approx(0.5));
  CHECK(report.view[SenseTag::deed] == doctest::Approx(-2));
  CHECK(report.view[SenseTag::talk] == doctest::Approx(1 - 2.5));
  const TypeId protest = *stage().codebook().type_named("protest");
  CHECK(senses->may_be(protest, tag(-1.9F, 0, 0), {{0, 0}, 0.5}));
  CHECK(!senses->may_be(protest, tag(-1.9F, 0, 0), {{0, 0}, 1}));
  CHECK(senses->report({}).weight == 0);
}

TEST_CASE("faults in the weights are named by line") {
  CHECK(loaded("least\tlow\n").error().message().find("sense-weights.txt:1") != std::string::npos);
  CHECK(loaded("bias\t1\nleest\t1\n").error().message().find("unknown key 'leest'") != std::string::npos);
  CHECK(loaded("bias\t1\t2\n").error().message().find("one number") != std::string::npos);
}

TEST_CASE("a word that is surely meant otherwise makes no event, others of its report do") {
  CHECK(told(0, 0, 0).find("protest") != std::string::npos);
  CHECK(told(0, 0, 0).find("student") != std::string::npos);
  CHECK(told(-20, 0, 0).find("student") == std::string::npos);
  CHECK(told(-20, 0, 0).find("thousand") != std::string::npos);
  CHECK(told(-20, -20, 0).empty());
  CHECK(told(0, 0, -90).empty());  // a report of another kind altogether
}
