#include "story/same_event.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/hash.h"
#include "base/strings.h"

namespace annalist {
namespace {

float dot(const WordWeights& a, const WordWeights& b) {
  float sum = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (i->first < j->first) {
      ++i;
    } else if (j->first < i->first) {
      ++j;
    } else {
      sum += i->second * j->second;
      ++i, ++j;
    }
  }
  return sum;
}

void normalise(WordWeights& w) {
  float sum = 0;
  for (const auto& [word, weight] : w) sum += weight * weight;
  if (sum <= 0) return;
  for (auto& [word, weight] : w) weight /= std::sqrt(sum);
}

}  // namespace

WordWeights word_weights(const Document& doc) {
  std::map<std::uint64_t, float> counts;
  for (const Syntax& s : doc.all<Syntax>()) {
    const bool name = s.upos == Upos::propn;
    if (name || s.upos == Upos::noun || s.upos == Upos::verb || s.upos == Upos::adj || s.upos == Upos::num)
      counts[hash64(lower(doc.str(s.lemma)))] += name ? 2.0F : 1.0F;
  }
  return {counts.begin(), counts.end()};
}

std::vector<std::uint32_t> find_topics(const std::vector<WordWeights>& reports, float least) {
  const std::size_t n = reports.size();
  std::map<std::uint64_t, float> in_reports;
  for (const WordWeights& r : reports)
    for (const auto& [word, weight] : r) in_reports[word] += 1;
  std::vector<WordWeights> groups = reports;  // the sum of the vectors of a group's reports
  for (WordWeights& g : groups) {
    for (auto& [word, weight] : g)
      weight = (1 + std::log(weight)) * std::log(float(n + 1) / in_reports[word]);
    normalise(g);
  }
  std::vector<std::uint32_t> topic(n);
  for (std::uint32_t i = 0; i < n; ++i) topic[i] = i;

  // Average link over unit vectors: the mean cosine of two groups is the dot product of their sums over the
  // product of their sizes. Falling similarity; a stale pair is recognised by its version.
  struct Pair {
    float similarity;
    std::uint32_t a, b, version_a, version_b;
    bool operator<(const Pair& o) const {
      return similarity != o.similarity ? similarity < o.similarity : std::pair(a, b) > std::pair(o.a, o.b);
    }
  };
  std::vector<std::uint32_t> size(n, 1), version(n, 0);
  std::vector<Pair> heap;
  const auto consider = [&](std::uint32_t a, std::uint32_t b) {
    const float similarity = dot(groups[a], groups[b]) / float(size[a] * size[b]);
    if (similarity < least) return;
    heap.push_back(
        {similarity, std::min(a, b), std::max(a, b), version[std::min(a, b)], version[std::max(a, b)]});
    std::push_heap(heap.begin(), heap.end());
  };
  for (std::uint32_t a = 0; a < n; ++a)
    for (std::uint32_t b = a + 1; b < n; ++b) consider(a, b);
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end());
    const Pair best = heap.back();
    heap.pop_back();
    if (version[best.a] != best.version_a || version[best.b] != best.version_b) continue;
    WordWeights sum;
    std::ranges::merge(groups[best.a], groups[best.b], std::back_inserter(sum), {},
                       &WordWeights::value_type::first, &WordWeights::value_type::first);
    WordWeights merged;
    for (const auto& [word, weight] : sum) {
      if (!merged.empty() && merged.back().first == word)
        merged.back().second += weight;
      else
        merged.emplace_back(word, weight);
    }
    groups[best.a] = std::move(merged);
    groups[best.b].clear();
    size[best.a] += size[best.b];
    size[best.b] = 0;
    ++version[best.a], ++version[best.b];
    for (std::uint32_t& t : topic)
      if (t == best.b) t = best.a;
    for (std::uint32_t other = 0; other < n; ++other)
      if (other != best.a && size[other] > 0) consider(best.a, other);
  }
  return topic;
}

std::string head_lemma(const Document& doc, Span mention) {
  const auto tokens = doc.all<Token>();
  const auto syntax = doc.all<Syntax>();
  auto it = std::upper_bound(tokens.begin(), tokens.end(), mention.begin,
                             [](std::uint32_t b, const Token& t) { return b < t.span.end; });
  const auto first = static_cast<std::size_t>(it - tokens.begin());
  for (std::size_t i = first; i < tokens.size() && tokens[i].span.begin < mention.end; ++i) {
    const Id<Token> head = syntax[i].head;
    if (!head || !tokens[head.value].span.overlaps(mention)) return lower(doc.str(syntax[i].lemma));
  }
  return {};
}

}  // namespace annalist
