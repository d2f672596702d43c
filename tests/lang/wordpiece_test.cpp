#include <doctest/doctest.h>

#include "lang/toy_model.h"

namespace annalist::lang {
namespace {

using Pieces = std::vector<std::string>;

Pieces cut(const Model& model, std::string_view word) {
  std::string token;
  std::vector<std::uint32_t> ids;
  model.pieces.cut(word, token, ids);
  const LineList vocabulary(model.pack.section("vocab")->bytes);
  Pieces out;
  for (std::uint32_t id : ids) out.emplace_back(vocabulary[id]);
  return out;
}

std::vector<int> shapes(const Model& model, const std::vector<std::string_view>& words) {
  bool letters_seen = false;
  std::vector<int> out;
  for (std::string_view word : words) out.push_back(model.pieces.shape(word, letters_seen));
  return out;
}

}  // namespace

TEST_CASE("words are cut into the longest known pieces, in lower case and without accents") {
  const auto model = test::toy_model();
  CHECK(cut(*model, "the") == Pieces{"the"});
  CHECK(cut(*model, "Attacked") == Pieces{"attack", "##ed"});
  CHECK(cut(*model, "then") == Pieces{"the", "##n"});
  CHECK(cut(*model, "\xC3\x89t\xC3\xA9") == Pieces{"e", "##t", "##e"});
  CHECK(cut(*model, "e\xCC\x81t") == Pieces{"e", "##t"});
  CHECK(cut(*model, "\xC3\x9F") == Pieces{"s", "##s"});
}

TEST_CASE("punctuation inside a word stands alone") {
  const auto model = test::toy_model();
  CHECK(cut(*model, "a.b") == Pieces{"a", ".", "b"});
  CHECK(cut(*model, "...") == Pieces{".", ".", "."});
  CHECK(cut(*model, "the'd") == Pieces{"the", "'", "d"});
  CHECK(cut(*model, "a b") == Pieces{"a", "b"});
}

TEST_CASE("what cannot be cut is one unknown piece, and no word is without a piece") {
  const auto model = test::toy_model();
  CHECK(cut(*model, "the\xD0\xB6") == Pieces{"[UNK]"});
  CHECK(cut(*model, "\xE4\xB8\xAD\xE6\x96\x87") == Pieces{"[UNK]", "[UNK]"});  // each character alone
  CHECK(cut(*model, "") == Pieces{"[UNK]"});
  CHECK(cut(*model, "\x01\x02") == Pieces{"[UNK]"});
  CHECK(cut(*model, "\xFF\xFE") == Pieces{"[UNK]", "[UNK]"});  // U+FFFD twice
  CHECK(cut(*model, std::string(101, 'a')) == Pieces{"[UNK]"});
  CHECK(cut(*model, std::string(100, 'a')).size() == 4);
}

TEST_CASE("of a word only the first pieces are kept") {
  const auto model = test::toy_model();
  CHECK(cut(*model, "abcdefgh") == Pieces{"a", "##b", "##c", "##d"});
  CHECK(cut(*model, "......................") == Pieces{".", ".", ".", "."});
}

TEST_CASE("shapes keep what lower-casing loses") {
  const auto model = test::toy_model();
  CHECK(shapes(*model, {"\"", "The", "Army", "fled", "12", "M16", "UN", "I", "McCoy", "iPhone", "A.B",
                        "-"}) == std::vector<int>{9, 3, 2, 1, 7, 8, 4, 6, 10, 5, 4, 9});
  CHECK(shapes(*model, {"the", "Army"}) == std::vector<int>{1, 2});
  CHECK(shapes(*model, {"12", "Army"}) == std::vector<int>{7, 3});
}

TEST_CASE("lemmas come from the form, else from the longest ending") {
  const auto model = test::toy_model();
  std::string key, low;
  const auto lemma = [&](std::string_view form, std::string_view upos) {
    std::string out = "kept ";
    model->lemmas.append(form, upos, key, low, out);
    return out.substr(5);
  };
  CHECK(lemma("Attacked", "VERB") == "attack");
  CHECK(lemma("Shelled", "VERB") == "shell");
  CHECK(lemma("went", "VERB") == "went");
  CHECK(lemma("armies", "NOUN") == "army");
  CHECK(lemma("ALEPPO", "PROPN") == "Aleppo");
  CHECK(lemma("ies", "NOUN") == "y");
  CHECK(lemma("ed", "VERB") == "ed");   // a rule that leaves nothing is not used
  CHECK(lemma("Foo", "ADJ") == "foo");  // a tag the table does not know
  CHECK(lemma("\xC3\x84RGER", "ADJ") == "\xC3\xA4rger");
  CHECK(lemma(std::string(5000, 'A'), "VERB") == std::string(5000, 'a'));
}

TEST_CASE("lower case goes in pairs through the alphabets") {
  const auto low = [](char32_t c) { return static_cast<std::uint32_t>(lower_code_point(c)); };
  CHECK(low('Z') == 'z');
  CHECK(low(0xD7) == 0xD7);    // the multiplication sign is no letter
  CHECK(low(0x100) == 0x101);  // A with macron
  CHECK(low(0x101) == 0x101);
  CHECK(low(0x139) == 0x13A);  // L with acute: capitals are odd here
  CHECK(low(0x13A) == 0x13A);
  CHECK(low(0x178) == 0xFF);
  CHECK(low(0x410) == 0x430);
  CHECK(low(0x401) == 0x451);
  CHECK(low(0x3A9) == 0x3C9);
  CHECK(low(0x4E2D) == 0x4E2D);
}

}  // namespace annalist::lang
