#include "lang/decode.h"

#include <algorithm>
#include <limits>

namespace annalist::lang {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFFu;

// Chu-Liu/Edmonds by contraction. Live nodes are words or contracted cycles; a cycle goes on under the name
// of its first member. Every live pair remembers which two words its best edge joins, and every contraction
// remembers its members, so that undoing them in reverse order tells which edge of each cycle gives way.
class Contraction {
 public:
  Contraction(const float* scores, std::size_t stride, std::size_t n, TreeScratch& s) : size_(n + 1), s_(s) {
    // The root's edges cost more than all others could win: as few as possible are taken, which is one.
    double low = std::numeric_limits<double>::max(), high = -low;
    for (std::size_t i = 1; i < size_; ++i)
      for (std::size_t j = 0; j < size_; ++j) {
        low = std::min(low, static_cast<double>(scores[i * stride + j]));
        high = std::max(high, static_cast<double>(scores[i * stride + j]));
      }
    const double root_cost = (high - low + 1) * static_cast<double>(size_);
    s_.weight.resize(size_ * size_);
    s_.origin.resize(size_ * size_);
    for (std::size_t i = 1; i < size_; ++i)
      for (std::size_t j = 0; j < size_; ++j) {
        weight(i, j) = static_cast<double>(scores[i * stride + j]) - (j == 0 ? root_cost : 0);
        origin(i, j) = static_cast<std::uint32_t>(i * size_ + j);
      }
    s_.alive.clear();
    s_.node_of.clear();
    for (std::uint32_t i = 0; i < size_; ++i) {
      s_.alive.push_back(i);
      s_.node_of.push_back(i);
    }
    s_.parent.assign(size_, kNone);
    s_.entered.assign(size_, kNone);
    s_.dependent.assign(size_, kNone);
    s_.head.assign(size_, kNone);
    s_.best.assign(size_, kNone);
    s_.mark.assign(size_, kNone);
    s_.member.clear();
    s_.member_begin.assign(1, 0);
  }

  void run(std::span<std::uint32_t> heads) {
    while (choose_heads(), find_cycle()) contract();
    for (const std::uint32_t v : s_.alive)
      if (v != 0) enter(s_.node_of[v], origin(v, s_.best[v]), heads);
    const std::size_t contractions = s_.member_begin.size() - 1;
    for (std::size_t k = contractions; k-- > 0;) undo(k, heads);
  }

 private:
  double& weight(std::size_t v, std::size_t u) { return s_.weight[v * size_ + u]; }
  std::uint32_t& origin(std::size_t v, std::size_t u) { return s_.origin[v * size_ + u]; }

  void choose_heads() {
    for (const std::uint32_t v : s_.alive) {
      if (v == 0) continue;
      s_.best[v] = kNone;
      for (const std::uint32_t u : s_.alive)
        if (u != v && (s_.best[v] == kNone || weight(v, u) > weight(v, s_.best[v]))) s_.best[v] = u;
    }
  }

  bool find_cycle() {
    for (const std::uint32_t v : s_.alive) s_.mark[v] = kNone;
    for (const std::uint32_t start : s_.alive) {
      std::uint32_t v = start;
      while (v != 0 && s_.mark[v] == kNone) {
        s_.mark[v] = start;
        v = s_.best[v];
      }
      if (v == 0 || s_.mark[v] != start) continue;
      s_.cycle.clear();
      for (std::uint32_t c = v; s_.cycle.empty() || c != v; c = s_.best[c]) s_.cycle.push_back(c);
      std::sort(s_.cycle.begin(), s_.cycle.end());
      return true;
    }
    return false;
  }

  void contract() {
    const std::uint32_t name = s_.cycle.front();
    const auto in_cycle = [&](std::uint32_t v) {
      return std::binary_search(s_.cycle.begin(), s_.cycle.end(), v);
    };
    const auto id = static_cast<std::uint32_t>(s_.parent.size());
    for (const std::uint32_t c : s_.cycle) {
      const std::uint32_t node = s_.node_of[c];
      s_.parent[node] = id;
      s_.dependent[node] = origin(c, s_.best[c]);  // the edge it keeps unless the cycle is entered here
      s_.member.push_back(node);
    }
    s_.member_begin.push_back(static_cast<std::uint32_t>(s_.member.size()));
    for (const std::uint32_t u : s_.alive) {
      if (in_cycle(u)) continue;
      double in_weight = 0, out_weight = 0;
      std::uint32_t in = kNone, out = kNone;
      for (const std::uint32_t c : s_.cycle) {
        const double gain = weight(c, u) - weight(c, s_.best[c]);
        if (in == kNone || gain > in_weight) in = c, in_weight = gain;
        if (u != 0 && (out == kNone || weight(u, c) > out_weight)) out = c, out_weight = weight(u, c);
      }
      // Written beside the cycle's own cells, which later members still need: the name's row and column.
      pending_.push_back({u, in_weight, out_weight, origin(in, u), u == 0 ? kNone : origin(u, out)});
    }
    for (const Pending& p : pending_) {
      weight(name, p.node) = p.in_weight;
      origin(name, p.node) = p.in_origin;
      if (p.node == 0) continue;
      weight(p.node, name) = p.out_weight;
      origin(p.node, name) = p.out_origin;
    }
    pending_.clear();
    std::erase_if(s_.alive, [&](std::uint32_t v) { return v != name && in_cycle(v); });
    s_.node_of[name] = id;
    s_.parent.push_back(kNone);
    s_.entered.push_back(kNone);
    s_.dependent.push_back(kNone);
  }

  // Node (a word or a contraction) gets the edge; inside a contraction the edge's word decides who.
  void enter(std::uint32_t node, std::uint32_t edge, std::span<std::uint32_t> heads) {
    const auto word = static_cast<std::uint32_t>(edge / size_);
    heads[word] = static_cast<std::uint32_t>(edge % size_);
    s_.entered[node] = word;
  }

  void undo(std::size_t k, std::span<std::uint32_t> heads) {
    const auto id = static_cast<std::uint32_t>(size_ + k);
    std::uint32_t entered = s_.entered[id];
    const std::uint32_t word = entered;
    while (s_.parent[entered] != id) entered = s_.parent[entered];
    s_.entered[entered] = word;
    for (std::uint32_t m = s_.member_begin[k]; m < s_.member_begin[k + 1]; ++m)
      if (s_.member[m] != entered) enter(s_.member[m], s_.dependent[s_.member[m]], heads);
  }

  struct Pending {
    std::uint32_t node;
    double in_weight, out_weight;
    std::uint32_t in_origin, out_origin;
  };
  std::size_t size_;
  TreeScratch& s_;
  std::vector<Pending> pending_;
};

}  // namespace

bool is_tree(std::span<const std::uint32_t> heads, std::vector<std::uint32_t>& mark) {
  mark.assign(heads.size(), 0);
  std::size_t roots = 0;
  for (std::uint32_t start = 1; start < heads.size(); ++start) {
    roots += heads[start] == 0;
    std::uint32_t v = start;
    for (; v != 0 && mark[v] == 0; v = heads[v]) mark[v] = start;
    if (v != 0 && mark[v] == start) return false;
  }
  return roots == 1;
}

void best_tree(const float* scores, std::size_t stride, std::span<std::uint32_t> heads,
               TreeScratch& scratch) {
  const std::size_t n = heads.size() - 1;
  heads[0] = 0;
  for (std::size_t i = 1; i <= n; ++i) {
    const float* row = scores + i * stride;
    std::uint32_t best = 0;
    for (std::uint32_t j = 1; j <= n; ++j)
      if (j != i && row[j] > row[best]) best = j;
    heads[i] = best;
  }
  if (n == 0 || is_tree(heads, scratch.mark)) return;
  Contraction(scores, stride, n, scratch).run(heads);
}

void best_tags(const float* scores, std::size_t stride, std::span<const NameTag> tags,
               std::vector<double>& total, std::vector<std::uint8_t>& from, std::span<std::uint8_t> out) {
  const std::size_t n = out.size(), count = tags.size();
  if (n == 0) return;
  constexpr double kNever = -1e300;
  total.assign(2 * count, kNever);
  from.assign(n * count, 0);
  double *now = total.data(), *before = now + count;
  for (std::size_t i = 0; i < n; ++i, std::swap(now, before)) {
    std::size_t best = 0;
    for (std::size_t t = 1; t < count && i > 0; ++t)
      if (before[t] > before[best]) best = t;
    for (std::size_t t = 0; t < count; ++t) {
      double reach = 0;
      if (tags[t].position == NameTag::inside) {
        reach = kNever;
        for (std::size_t f = 0; f < count && i > 0; ++f)
          if (tags[f].kind == tags[t].kind && before[f] > reach) {
            reach = before[f];
            from[i * count + t] = static_cast<std::uint8_t>(f);
          }
      } else if (i > 0) {
        reach = before[best];
        from[i * count + t] = static_cast<std::uint8_t>(best);
      }
      now[t] = reach == kNever ? kNever : reach + static_cast<double>(scores[i * stride + t]);
    }
  }
  std::size_t tag = 0;
  for (std::size_t t = 1; t < count; ++t)
    if (before[t] > before[tag]) tag = t;
  for (std::size_t i = n; i-- > 0;) {
    out[i] = static_cast<std::uint8_t>(tag);
    tag = from[i * count + tag];
  }
}

}  // namespace annalist::lang
