// The codebook's texts: what a typing mistake gives, and that the engine survives what a parser never makes.
#include <doctest/doctest.h>

#include <filesystem>

#include "base/file.h"
#include "event/fixture.h"

using namespace annalist;
using namespace annalist::test;

namespace {

/// The repository's codebook with one more frame file.
Result<event::Codebook> load_with(std::string_view frame) {
  static std::vector<std::pair<std::string, std::string>> texts;
  if (texts.empty())
    for (const auto& entry : std::filesystem::recursive_directory_iterator("data/codebook"))
      if (entry.is_regular_file() && entry.path().extension() != ".md")
        texts.emplace_back(std::filesystem::relative(entry.path(), "data").string(),
                           *read_file(entry.path().string()));
  std::vector<DataText> files{{"codebook/frames/zz.txt", frame}};
  for (const auto& [name, text] : texts) files.push_back({name, text});
  return event::Codebook::load(files);
}

std::string error_of(std::string_view frame) {
  const auto loaded = load_with(frame);
  return loaded ? "" : loaded.error().message();
}

}  // namespace

TEST_CASE("a sound frame loads whatever the order of the files") {
  CHECK(error_of("[x]\ntype: attack\nverb: zap\nactor: subj\nmust: Rebels zapped a convoy.\n").empty());
}

TEST_CASE("mistakes are named with file and line") {
  CHECK(error_of("[x]\ntype: atack\nverb: zap\nmust: A.\n")
            .find("codebook/frames/zz.txt:1: no event type 'atack'") == 0);
  CHECK(error_of("[x]\ntype: attack\nverb: zap\nneed: obj castle\nmust: A.\n")
            .find("zz.txt:4: no word class 'castle'") != std::string::npos);
  CHECK(
      error_of("[x]\ntype: attack\nverb: zap\nactr: subj\nmust: A.\n").find("zz.txt:4: unknown key 'actr'") !=
      std::string::npos);
  CHECK(error_of("[x]\ntype: attack\nmust: A.\n").find("has no trigger") != std::string::npos);
  CHECK(error_of("[x]\ntype: attack\nverb: zap\n").find("has no 'must' sentence") != std::string::npos);
  CHECK(error_of("[attack.verb]\ntype: attack\nverb: zap\nmust: A.\n").find("stands twice") !=
        std::string::npos);
}

TEST_CASE("every frame can be checked: the examples are found and failures are told") {
  const auto nothing = [](std::string_view) { return sketch("Silence/silence/NOUN/0/root"); };
  const auto failures = stage().check_frames(nothing);
  std::size_t musts = 0;
  for (const auto& frame : stage().codebook().frames()) musts += frame.must.size();
  CHECK(failures.size() >= musts);
  CHECK(failures.front().where.find("codebook/frames/") == 0);
}

TEST_CASE("no parse, no words, broken trees: no crash, layers filled") {
  Document empty("test", "");
  Workspace workspace;
  stage().run(empty, workspace);
  CHECK(empty.filled<Event>());
  CHECK(empty.filled<Control>());
  // A ring of conjuncts, as a damaged file might hold.
  const Document ring = coded(
      "killed/kill/VERB/2/conj/VerbForm=Part|Tense=Past wounded/wound/VERB/1/conj/VerbForm=Part|Tense=Past");
  CHECK(ring.filled<Event>());
  // A sentence that only nests.
  std::string nested;
  for (int i = 1; i <= 300; ++i)
    nested +=
        (i == 1 ? "attack/attack/VERB/0/root " : "attack/attack/VERB/" + std::to_string(i - 1) + "/xcomp ");
  CHECK(coded(nested).filled<Event>());
}

TEST_CASE("the same document gives the same events") {
  const std::string lines =
      "Nusra/Nusra/PROPN/2/nsubj seized/seize/VERB/0/root Harim/Harim/PROPN/2/obj from/from/ADP/5/case "
      "rebels/rebel/NOUN/2/obl";
  CHECK(lines_of(coded(lines)) == lines_of(coded(lines)));
}
