// From scores to structures: the best dependency tree and the best tag sequence. Pure functions; ties go to
// the lower index, so equal scores give equal results everywhere.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "lang/kernel.h"
#include "lang/model.h"

namespace annalist::lang {

/// Scratch of best_tree; any number of calls, one thread at a time.
struct TreeScratch {
  std::vector<double> weight;
  std::vector<std::uint32_t> origin, best, node_of, parent, entered, dependent, head, mark;
  std::vector<std::uint32_t> alive, cycle, member_begin, member;
};

/// True if `heads[i]` (i = 1..n; 0 is the root, heads[0] is not read) make a tree with exactly one word
/// under the root.
bool is_tree(std::span<const std::uint32_t> heads, std::vector<std::uint32_t>& mark);

/// Heads of the words 1..n by the scores, row i * stride + j: word i has head j (0 = root). The best head of
/// every word if that is a tree with exactly one word under the root, else the highest-scoring such tree
/// (Chu-Liu/Edmonds, O(n^2) a contraction, O(n^3) at worst). heads.size() = n + 1; heads[0] becomes 0.
void best_tree(const float* scores, std::size_t stride, std::span<std::uint32_t> heads, TreeScratch& scratch);

/// Viterbi over tag scores, row i * stride + tag, where a tag inside a name follows only a tag of the same
/// kind. Writes one tag a row.
void best_tags(const float* scores, std::size_t stride, std::span<const NameTag> tags,
               std::vector<double>& total, std::vector<std::uint8_t>& from, std::span<std::uint8_t> out);

}  // namespace annalist::lang
