#include "story/average_link.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace annalist::story {
namespace {

struct Candidate {
  double score;
  std::uint32_t a, b, version_a, version_b;
  bool operator<(const Candidate& o) const {
    return score != o.score ? score < o.score : std::tie(a, b) > std::tie(o.a, o.b);
  }
};

}  // namespace

std::vector<std::uint32_t> average_link(std::size_t n, const std::vector<ScoredPair>& pairs, float least) {
  std::vector<std::map<std::uint32_t, double>> links(n);  // the sum of the likelihoods between two clusters
  for (const ScoredPair& p : pairs) links[p.a][p.b] = links[p.b][p.a] = p.score;
  std::vector<std::uint32_t> size(n, 1), version(n, 0), cluster(n);
  std::vector<std::vector<std::uint32_t>> members(n);
  for (std::uint32_t i = 0; i < n; ++i) cluster[i] = i, members[i] = {i};
  std::vector<Candidate> heap;
  const auto consider = [&](std::uint32_t a, std::uint32_t b, double sum) {
    const double score = sum / (double(size[a]) * size[b]);
    if (score < least) return;
    if (a > b) std::swap(a, b);
    heap.push_back({score, a, b, version[a], version[b]});
    std::push_heap(heap.begin(), heap.end());
  };
  for (const ScoredPair& p : pairs) consider(p.a, p.b, p.score);
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end());
    const Candidate best = heap.back();
    heap.pop_back();
    if (version[best.a] != best.version_a || version[best.b] != best.version_b) continue;
    const std::uint32_t a = best.a, b = best.b;
    for (const auto& [other, sum] : links[b]) {
      if (other == a) continue;
      links[other].erase(b);
      links[a][other] += sum;
      links[other][a] = links[a][other];
    }
    links[a].erase(b);
    links[b].clear();
    size[a] += size[b];
    ++version[a], ++version[b];
    for (const std::uint32_t m : members[b]) cluster[m] = a;
    members[a].insert(members[a].end(), members[b].begin(), members[b].end());
    members[b].clear();
    for (const auto& [other, sum] : links[a]) consider(a, other, sum);
  }
  return cluster;
}

}  // namespace annalist::story
