// Agglomerative clustering by average link over a sparse table of likelihoods: a pair that is not listed
// counts 0. The likeliest pair first, ties by the smaller members; deterministic.
#pragma once

#include <cstdint>
#include <vector>

namespace annalist::story {

struct ScoredPair {
  std::uint32_t a = 0, b = 0;  // a < b
  float score = 0;
};

/// For each of `n` members the smallest member of its cluster.
std::vector<std::uint32_t> average_link(std::size_t n, const std::vector<ScoredPair>& pairs, float least);

}  // namespace annalist::story
