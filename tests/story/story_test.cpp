#include <doctest/doctest.h>

#include "story/near_copies.h"
#include "story/same_event.h"
#include "support/conllu_doc.h"

using namespace annalist;

namespace {

std::string words(int from, int to) {
  std::string out;
  for (int i = from; i < to; ++i) out += "word" + std::to_string(i * 7919 % 1000) + " ";
  return out;
}

}  // namespace

TEST_CASE("near copies: same, copy, update, and strangers") {
  NearCopies copies;
  copies.add(words(0, 100));
  copies.add(words(300, 400));
  copies.add("  " + words(0, 100) + "!");       // 2: same as 0 but for layout
  copies.add(words(0, 80) + words(500, 520));   // 3: a copy with another end
  copies.add(words(0, 100) + words(600, 640));  // 4: 0 with more to say
  copies.add("too short");
  copies.add("");
  const auto pairs = copies.pairs();
  const auto find = [&](std::uint32_t a, std::uint32_t b) {
    for (const CopyPair& p : pairs)
      if (p.a == a && p.b == b) return &p;
    return static_cast<const CopyPair*>(nullptr);
  };
  REQUIRE(find(0, 2));
  CHECK(find(0, 2)->kind == CopyKind::same);
  CHECK(find(0, 2)->jaccard == 1);
  REQUIRE(find(0, 3));
  CHECK(find(0, 3)->kind == CopyKind::copy);
  CHECK(find(0, 3)->jaccard == doctest::Approx(76.0 / 116));
  REQUIRE(find(0, 4));
  CHECK(find(0, 4)->kind == CopyKind::update);
  CHECK(find(0, 4)->containment == 1);
  for (const CopyPair& p : pairs) CHECK((p.a != 1 && p.b != 1 && p.b < 5));
}

TEST_CASE("topics: reports with the same telling words are one") {
  const auto report = [](std::initializer_list<int> ids) {
    WordWeights out;
    for (const int i : ids) out.emplace_back(std::uint64_t(i), 1.0F);
    return out;
  };
  const auto topics = find_topics(
      {report({1, 2, 3, 4}), report({10, 11, 12}), report({1, 2, 3, 5}), report({10, 11, 13}), report({})});
  CHECK(topics[0] == topics[2]);
  CHECK(topics[1] == topics[3]);
  CHECK(topics[0] != topics[1]);
  CHECK(topics[4] != topics[0]);
}

TEST_CASE("the head of a mention is the word that the rest hangs on") {
  const Document doc = test::document_from_conllu(
      "1 They they PRON 2 nsubj\n2 carried carry VERB 0 root\n3 out out ADP 2 compound:prt\n4 the the DET 6 "
      "det\n"
      "5 bomb bomb NOUN 6 compound\n6 attacks attack NOUN 2 obj\n");
  const auto at = [&](std::string_view s) {
    const auto begin = static_cast<std::uint32_t>(doc.text().find(s));
    return Span{begin, begin + static_cast<std::uint32_t>(s.size())};
  };
  CHECK(head_lemma(doc, at("bomb attacks")) == "attack");
  CHECK(head_lemma(doc, at("carried out")) == "carry");
  CHECK(head_lemma(doc, {500, 510}) == "");
}
