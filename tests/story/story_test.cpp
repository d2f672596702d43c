#include <doctest/doctest.h>

#include "story/near_copies.h"
#include "story/same_event.h"
#include "story/topics.h"
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

TEST_CASE("average link: the likeliest first, what is not listed counts nothing") {
  const auto c = story::average_link(5, {{0, 1, 0.9F}, {1, 2, 0.8F}, {0, 2, 0.0F}, {3, 4, 0.5F}}, 0.45F);
  CHECK(c[0] == c[1]);
  CHECK(c[2] != c[1]);  // (0.8 + 0) / 2 is too little
  CHECK(c[3] == c[4]);
  CHECK(c[3] != c[0]);
}

TEST_CASE("reports of one matter are likelier than strangers") {
  const auto report = [](std::string id, std::initializer_list<const char*> words) {
    story::ReportFacts r;
    r.id = std::move(id);
    for (const char* w : words) r.words[w] = r.lead[w] = 1;
    return r;
  };
  const std::vector<story::ReportFacts> reports = {
      report("a", {"rebel", "seize", "town", "hill"}), report("b", {"minister", "resign", "party"}),
      report("c", {"rebel", "seize", "town", "valley"}), report("d", {"minister", "resign", "vote"}),
      report("e", {})};
  story::Weights weights;
  weights.report = {{"words", 8.0F}, {"bias", -3.0F}};
  const story::ReportPairs pairs(reports, weights);
  CHECK(pairs.likely(0, 2) > 0.5F);
  CHECK(pairs.likely(1, 3) > 0.5F);
  CHECK(pairs.likely(0, 1) < 0.1F);
  const auto topics = pairs.topics();
  CHECK(topics[0] == topics[2]);
  CHECK(topics[1] == topics[3]);
  CHECK(topics[0] != topics[1]);
  CHECK(topics[4] == 4);
}

TEST_CASE("a mention is known by its head, by who does it and who suffers it") {
  const Document doc = test::document_from_conllu(
      "1 Rebels rebel NOUN 2 nsubj\n2 took take VERB 0 root\n3 the the DET 4 det\n4 town town NOUN 2 obj\n"
      "5 and and CCONJ 6 cc\n6 burned burn VERB 2 conj\n7 the the DET 9 det\n8 grain grain NOUN 9 compound\n"
      "9 stores store NOUN 6 obj\n");
  const auto at = [&](std::string_view s) {
    const auto begin = static_cast<std::uint32_t>(doc.text().find(s));
    return Span{begin, begin + static_cast<std::uint32_t>(s.size())};
  };
  const auto took = story::mention_facts(doc, at("took"), "x", 0);
  CHECK(took.lemma == "take");
  CHECK(took.agents == story::WordSet{"rebel"});
  CHECK(took.patients == story::WordSet{"town"});
  const auto burned = story::mention_facts(doc, at("burned"), "y", 0);
  CHECK(burned.agents == story::WordSet{"rebel"});  // the subject is shared
  CHECK(story::mention_facts(doc, at("grain stores"), "z", 0).lemma == "store");
  CHECK(story::mention_facts(doc, {500, 510}, "none", 0).lemma == "");
}
