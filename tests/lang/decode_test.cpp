#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "lang/decode.h"

namespace annalist::lang {
namespace {

using Heads = std::vector<std::uint32_t>;
using Scores = std::vector<std::vector<float>>;  // row i: scores of the heads of word i; row 0 unused

Heads tree_of(const Scores& scores) {
  const std::size_t n = scores.size();
  std::vector<float> flat;
  for (const auto& row : scores) flat.insert(flat.end(), row.begin(), row.end());
  Heads heads(n);
  TreeScratch scratch;
  best_tree(flat.data(), n, heads, scratch);
  return heads;
}

double total(const Scores& scores, const Heads& heads) {
  double sum = 0;
  for (std::size_t i = 1; i < heads.size(); ++i) sum += static_cast<double>(scores[i][heads[i]]);
  return sum;
}

// The judge: all assignments of heads, those that are no tree left out.
double best_by_enumeration(const Scores& scores) {
  const std::size_t n = scores.size();
  Heads heads(n, 0);
  std::vector<std::uint32_t> mark;
  double best = -1e300;
  for (;;) {
    bool legal = true;
    for (std::size_t i = 1; i < n; ++i) legal &= heads[i] != i;
    if (legal && is_tree(heads, mark)) best = std::max(best, total(scores, heads));
    std::size_t i = 1;
    while (i < n && ++heads[i] == n) heads[i++] = 0;
    if (i == n) return best;
  }
}

}  // namespace

TEST_CASE("a tree has one root word and no cycle") {
  std::vector<std::uint32_t> mark;
  CHECK(is_tree(Heads{0, 0}, mark));
  CHECK(is_tree(Heads{0, 2, 0, 2}, mark));
  CHECK_FALSE(is_tree(Heads{0, 0, 0}, mark));
  CHECK_FALSE(is_tree(Heads{0, 2, 1}, mark));
  CHECK_FALSE(is_tree(Heads{0, 0, 3, 2}, mark));
  CHECK_FALSE(is_tree(Heads{0}, mark));
}

TEST_CASE("good heads are taken as they are") {
  CHECK(tree_of({{}, {9, 0}}) == Heads{0, 0});
  CHECK(tree_of({{0, 0, 0}, {1, 0, 5}, {7, 3, 0}}) == Heads{0, 2, 0});
}

TEST_CASE("a cycle is broken where it costs least") {
  // 1 and 2 want each other; freeing 1 loses 10 - 9, freeing 2 loses 10 - 2.
  CHECK(tree_of({{0, 0, 0}, {9, 0, 10}, {2, 10, 0}}) == Heads{0, 0, 1});
  // The cycle 2-3 is entered from 1, not from the root.
  CHECK(tree_of({{0, 0, 0, 0}, {8, 0, 1, 1}, {1, 6, 0, 10}, {1, 2, 10, 0}}) == Heads{0, 0, 1, 2});
}

TEST_CASE("of several roots one stays") {
  CHECK(tree_of({{0, 0, 0}, {10, 0, 1}, {9, 4, 0}}) == Heads{0, 0, 1});
  CHECK(tree_of({{0, 0, 0}, {10, 0, 8}, {9, 1, 0}}) == Heads{0, 2, 0});
}

TEST_CASE("the tree found is the best of all trees") {
  std::mt19937 random(1);
  std::vector<std::uint32_t> mark;
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = 2 + random() % 5;
    Scores scores(n, std::vector<float>(n));
    for (auto& row : scores)
      for (float& v : row) v = static_cast<float>(random() % 21) - 10;
    const Heads heads = tree_of(scores);
    CAPTURE(round);
    CHECK(is_tree(heads, mark));
    CHECK(total(scores, heads) == doctest::Approx(best_by_enumeration(scores)));
  }
}

TEST_CASE("a long chain of nested cycles ends, and in a tree") {
  const std::size_t n = 255;
  Scores scores(n, std::vector<float>(n, 0.0f));
  for (std::size_t i = 1; i < n; ++i)
    for (std::size_t j = 1; j < n; ++j)
      scores[i][j] = 1000.0f - 3.0f * static_cast<float>(i > j ? i - j : j - i);
  std::vector<std::uint32_t> mark;
  CHECK(is_tree(tree_of(scores), mark));
}

TEST_CASE("scores that are no numbers still give a tree") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::vector<std::uint32_t> mark;
  CHECK(tree_of({{0, 0, 0, 0}, {nan, nan, nan, nan}, {1, nan, nan, 2}, {nan, 3, 4, nan}}).size() == 4);
}

TEST_CASE("a tag inside a name follows its own kind only") {
  const std::vector<NameTag> tags{{NameTag::outside, EntityType::misc, 0, false},
                                  {NameTag::begin, EntityType::per, 1, true},
                                  {NameTag::inside, EntityType::per, 1, true},
                                  {NameTag::begin, EntityType::loc, 3, true},
                                  {NameTag::inside, EntityType::loc, 3, true}};
  const auto best = [&](const std::vector<std::vector<float>>& rows) {
    std::vector<float> flat;
    for (const auto& row : rows) flat.insert(flat.end(), row.begin(), row.end());
    std::vector<double> totals;
    std::vector<std::uint8_t> from, out(rows.size());
    best_tags(flat.data(), tags.size(), tags, totals, from, out);
    return out;
  };
  using Tags = std::vector<std::uint8_t>;
  CHECK(best({}) == Tags{});
  // An inside tag cannot begin a sentence, however good it looks.
  CHECK(best({{0, 1, 9, 0, 0}}) == Tags{1});
  CHECK(best({{5, 1, 9, 0, 0}}) == Tags{0});
  // I-LOC scores best in the second place, but not after a person: the pair decides together.
  CHECK(best({{0, 9, 0, 5, 0}, {0, 0, 4, 0, 6}}) == Tags{1, 2});
  CHECK(best({{0, 6, 0, 5, 0}, {0, 0, 4, 0, 6}}) == Tags{3, 4});
  CHECK(best({{0, 9, 0, 0, 0}, {3, 0, 1, 0, 0}, {0, 0, 8, 0, 0}}) == Tags{1, 2, 2});
}

}  // namespace annalist::lang
