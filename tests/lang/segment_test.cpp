#include "lang/segment.h"

#include <doctest/doctest.h>

#include <string>

#include "base/file.h"

using namespace annalist;

namespace {

const Segment& stage() {
  static const std::string data = read_file("data/patterns/abbreviations.txt").value();
  static const Segment s = Segment::load({{"patterns/abbreviations.txt", data}}).value();
  return s;
}

/// Words separated by blanks, sentences by " | ".
std::string split(std::string_view text) {
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  stage().split(text, {0, std::uint32_t(text.size())}, Id<Block>(0), sentences, tokens);
  std::string out;
  for (const Sentence& s : sentences) {
    if (!out.empty()) out += " | ";
    for (std::uint32_t t = s.tokens.first; t < s.tokens.end(); ++t) {
      if (t > s.tokens.first) out += ' ';
      out += text.substr(tokens[t].span.begin, tokens[t].span.size());
    }
  }
  return out;
}

}  // namespace

TEST_CASE("contractions and possessives are words") {
  CHECK(split("They don't know the army's plan, can't say.") ==
        "They do n't know the army 's plan , ca n't say .");
  CHECK(split("It’s the rebels’ town and they’ll stay") == "It ’s the rebels ’ town and they ’ll stay");
  CHECK(split("cannot") == "can not");
  CHECK(split("Sha'ban and O'Neill met Ba'athists") == "Sha'ban and O'Neill met Ba'athists");
}

TEST_CASE("hyphens part words except after a prefix") {
  CHECK(split("US-led anti-government post-war 60-year-old") ==
        "US - led anti-government post-war 60 - year - old");
  CHECK(split("call 555-0199 or 202-555-0199") == "call 555-0199 or 202-555-0199");
}

TEST_CASE("numbers, times, money, addresses") {
  CHECK(split("At 10:30pm, 1,200 of 3.5m paid $4.5 (5%).") ==
        "At 10:30 pm , 1,200 of 3.5 m paid $ 4.5 ( 5 % ) .");
  CHECK(split("Nov 01,2014 was the 3rd day of the 1980s") == "Nov 01 , 2014 was the 3rd day of the 1980s");
  CHECK(split("See https://example.org/a-b?c=1, or mail x.y@example.org.") ==
        "See https://example.org/a-b?c=1 , or mail x.y@example.org .");
}

TEST_CASE("a full stop ends a sentence only where it should") {
  CHECK(split("Gen. J. Doe of the U.S. Army spoke. He left.") ==
        "Gen. J. Doe of the U.S. Army spoke . | He left .");
  CHECK(split("They came from the U.S. The army did not.") ==
        "They came from the U.S . | The army did not .");
  CHECK(split("He came at 5 p.m. on Jan. 3. No. 4 won. No. They lost.") ==
        "He came at 5 p.m. on Jan. 3 . | No. 4 won . | No . | They lost .");
  CHECK(split("\"Go now.\" She went... Then (they say.) \"Why?\" he asked.") ==
        "\" Go now . \" | She went ... | Then ( they say . ) | \" Why ? \" he asked .");
  CHECK(split("1. The town fell.") == "1 . The town fell .");
}

TEST_CASE("text without case, with wrapped lines, or without a last stop") {
  CHECK(split("police fired. two men died") == "police fired . | two men died");
  CHECK(split("GUERRILLAS ATTACKED THE\nTOWN. THE ARMY LOST 3 MEN") ==
        "GUERRILLAS ATTACKED THE TOWN . | THE ARMY LOST 3 MEN");
  CHECK(split("") == "");
  CHECK(split(" \n\xC2\xA0 ") == "");
}

TEST_CASE("hostile text keeps every byte in order and stays in bounds") {
  std::string endless(100'000, 'a');
  std::string dots(50'000, '.');
  std::string mixed;
  for (int i = 0; i < 20'000; ++i) mixed += "a.B'-\xE2\x80\x99,1@\xFF ";
  for (const std::string& text : {endless, dots, mixed}) {
    std::vector<Sentence> sentences;
    std::vector<Token> tokens;
    stage().split(text, {0, std::uint32_t(text.size())}, Id<Block>(0), sentences, tokens);
    std::uint32_t at = 0;
    for (const Token& t : tokens) {
      REQUIRE(t.span.begin >= at);
      REQUIRE(t.span.end > t.span.begin);
      at = t.span.end;
    }
    CHECK(at <= text.size());
    for (const Sentence& s : sentences) CHECK(s.tokens.count <= 1'000);
    CHECK(sentences.back().tokens.end() == tokens.size());
  }
}

TEST_CASE("a run of words without an end is cut and said to be, once") {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "word ";
  const auto size = static_cast<std::uint32_t>(text.size());
  Document doc("d", text + "\n\n" + text);
  doc.fill(std::vector<Block>{{{0, size}, BlockKind::paragraph},
                              {{size + 2, 2 * size + 2}, BlockKind::paragraph}});
  Workspace work;
  stage().run(doc, work);
  CHECK(doc.all<Token>().size() == 20'000);
  for (const Sentence& s : doc.all<Sentence>()) CHECK(s.tokens.count <= 400);
  REQUIRE(doc.diagnostics().size() == 1);
  CHECK(doc.str(doc.diagnostics()[0].code) == "W011");
  Document brief("d", "Rebels left. The army came.");
  brief.fill(std::vector<Block>{{{0, 27}, BlockKind::paragraph}});
  stage().run(brief, work);
  CHECK(brief.diagnostics().empty());
}

TEST_CASE("only coded blocks are split, and sentences stay inside them") {
  Document doc("d", "Army takes town\n\nSoldiers came. They won\n\nMore on this");
  doc.fill(std::vector<Block>{
      {{0, 15}, BlockKind::headline}, {{17, 40}, BlockKind::paragraph}, {{42, 54}, BlockKind::teaser}});
  Workspace work;
  stage().run(doc, work);
  REQUIRE(doc.all<Sentence>().size() == 3);
  CHECK(doc.text(doc.all<Sentence>()[2].span) == "They won");
  CHECK(doc.all<Sentence>()[2].block == Id<Block>(1));
  for (const Token& t : doc.all<Token>()) CHECK(doc.all<Sentence>()[t.sentence].span.contains(t.span));
}

TEST_CASE("load says what is wrong") {
  CHECK_FALSE(Segment::load({}).has_value());
  CHECK_FALSE(Segment::load({{"patterns/abbreviations.txt", "[nonsense]\nwords: a\n"}}).has_value());
}

TEST_CASE("segment: a dateline is a sentence of its own") {
  Document doc("d", "AMMAN, Nov 1 (Wire) — Rebels fled. They ran.");
  PageInfo page;
  page.dateline.span = {0, 23};
  doc.set_page(page);
  doc.fill<Block>({{{0, static_cast<std::uint32_t>(doc.text().size())}, BlockKind::paragraph}});
  Workspace work;
  stage().run(doc, work);
  const auto sentences = doc.all<Sentence>();
  REQUIRE(sentences.size() >= 3);
  CHECK(doc.text(sentences[sentences.size() - 2].span) == "Rebels fled.");
  CHECK(doc.text(sentences[0].span).starts_with("AMMAN"));
}
