#include <doctest/doctest.h>

#include "base/strings.h"
#include "claim/report.h"

using namespace annalist;
using annalist::test::claim_stage;
using annalist::test::claim_stage_from;

TEST_CASE("data: every must sentence marks a cue and holds a lemma of its entry") {
  const auto& cues = claim_stage().cues();
  CHECK(cues.examples().size() > 60);
  for (const claims::Example& e : cues.examples()) {
    CAPTURE(e.cue);
    CAPTURE(e.text);
    CHECK_FALSE(e.text.empty());
    if (e.must) {
      CHECK_FALSE(e.cue_words.empty());
      CHECK_FALSE(e.content.empty());
      CHECK(e.text.find(e.content) != std::string::npos);
    }
  }
}

TEST_CASE("data: a mistake is an error with its place") {
  const auto wrong =
      claim_stage_from("[say]\nlemma: say\nframes: clause\nstance: mumbles\nmust: a\nmustnot: b\n");
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message().find("claims-verbs.txt:1") != std::string::npos);
  CHECK_FALSE(claim_stage_from("[say]\nlemma: say\nframes: klause\nstance: asserts\nmust: a\nmustnot: b\n"));
  CHECK_FALSE(claim_stage_from("[say]\nlemma: say\nframes: clause\nstance: asserts\n"));
  CHECK(claim_stage_from("[say]\nlemma: say\nframes: clause\nstance: asserts\nmust: a\nmustnot: b\n"));
}

TEST_CASE("data: head nouns make kinds of sources") {
  SourceKind kind = SourceKind::anonymous;
  CHECK(claim_stage().cues().source_kind("observatory", kind));
  CHECK(kind == SourceKind::monitor);
  CHECK(claim_stage().cues().source_kind("resident", kind));
  CHECK(kind == SourceKind::witness);
  CHECK_FALSE(claim_stage().cues().source_kind("mountain", kind));
}
