#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/strings.h"
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
  copies.add({words(0, 100)});
  copies.add({words(300, 400)});
  copies.add({"  " + words(0, 100) + "!"});       // 2: same as 0 but for layout
  copies.add({words(0, 80) + words(500, 520)});   // 3: a copy with another end
  copies.add({words(0, 100) + words(600, 640)});  // 4: 0 with more to say
  copies.add({"too short"});
  copies.add({""});
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

TEST_CASE("which copy came first, and what is an update") {
  const std::string early = words(0, 100), late = words(0, 95) + words(700, 704),
                    longer = early + words(600, 640);
  const auto pair = [](const CopyText& x, const CopyText& y) {
    NearCopies copies;
    copies.add(x);
    copies.add(y);
    const auto pairs = copies.pairs();
    REQUIRE(pairs.size() == 1);
    return pairs[0];
  };
  CHECK(pair({early, "2014-11-02"}, {late, "2014-11-01T08:00:00Z"}).a == 1);
  CHECK(pair({early, "2014-11-01T09:00:00Z"}, {late, "2014-11-01T08:00:00Z"}).a == 1);
  CHECK(pair({early, "2014-11-01"}, {late, "2014-11-01T08:00:00Z"}).a == 0);  // the day says nothing
  CHECK(pair({longer}, {early}).a == 1);
  CHECK(pair({longer}, {early}).kind == CopyKind::update);
  CHECK(pair({longer, "2014-11-01"}, {early, "2014-11-03"}).kind ==
        CopyKind::copy);  // cut, not brought up to date
  CHECK(pair({late, {}, true}, {early}).a == 1);
  CHECK(pair({late, {}, true}, {early}).kind == CopyKind::update);
  CHECK(pair({early, {}, true}, {early}).kind == CopyKind::same);
}

TEST_CASE("near copies are those that comparing every pair finds") {
  // Texts cut, mixed and repeated at random, and a heading that more than 400 of them share.
  std::uint64_t state = 20141101;
  const auto dice = [&](std::size_t n) { return (state = mix64(state + 1)) % n; };
  std::vector<std::string> texts;
  for (int i = 0; i < 900; ++i) {
    std::string text =
        dice(2) ? "prices at the close of trade in the main markets of the region today were " : "";
    for (std::size_t part = 0, parts = 1 + dice(4); part < parts; ++part) {
      const int from = int(dice(20)) * 40;
      text += words(from, from + 10 + int(dice(40)));
    }
    texts.push_back(text);
  }
  const auto grams = [](std::string_view text) {
    const auto w = split_list(text, ' ');
    std::set<std::string> out;
    for (std::size_t i = 0; i + 5 <= w.size(); ++i) {
      std::string gram;
      for (std::size_t k = 0; k < 5; ++k) gram.append(w[i + k]) += ' ';
      out.insert(gram);
    }
    return out;
  };
  NearCopies copies;
  std::vector<std::set<std::string>> sets;
  for (const std::string& t : texts) {
    copies.add({t});
    sets.push_back(grams(t));
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, float> found;
  for (const CopyPair& p : copies.pairs()) found[{std::min(p.a, p.b), std::max(p.a, p.b)}] = p.jaccard;
  std::size_t wanted = 0, wrong = 0;
  for (std::uint32_t i = 0; i < sets.size(); ++i)
    for (std::uint32_t j = i + 1; j < sets.size(); ++j) {
      std::vector<std::string> both;
      std::ranges::set_intersection(sets[i], sets[j], std::back_inserter(both));
      const auto x = float(both.size()), less = float(std::min(sets[i].size(), sets[j].size()));
      const float all = float(sets[i].size() + sets[j].size()) - x;
      if (x < 0.3F * all && x < 0.5F * less) continue;
      // What more than 400 texts share makes no pair of its own.
      if (std::ranges::all_of(both, [](const std::string& g) { return !g.starts_with("word"); })) continue;
      ++wanted;
      const auto it = found.find({i, j});
      wrong += it == found.end() || std::abs(it->second - x / all) > 1e-6F;
    }
  CHECK(wanted > 1000);
  CHECK(wrong == 0);
  const auto strangers = std::ranges::count_if(found, [&](const auto& f) {
    std::vector<std::string> both;
    std::ranges::set_intersection(sets[f.first.first], sets[f.first.second], std::back_inserter(both));
    return both.empty();
  });
  CHECK(strangers == 0);
}

TEST_CASE("a story in a thousand papers hangs together") {
  NearCopies copies;
  for (int i = 0; i < 1000; ++i) copies.add({words(0, 100) + "paper" + std::to_string(i)});
  std::vector<std::uint32_t> root(1000);
  const auto pairs = copies.pairs();
  CHECK(pairs.size() < 10'000);
  for (std::uint32_t i = 0; i < root.size(); ++i) root[i] = i;
  for (const CopyPair& p : pairs) root[std::max(p.a, p.b)] = std::min(root[p.a], root[p.b]);
  CHECK(std::ranges::count(root, 0U) == 1000);
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
