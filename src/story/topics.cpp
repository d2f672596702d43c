#include "story/topics.h"

#include <algorithm>
#include <cmath>

#include "story/average_link.h"

namespace annalist::story {
namespace {

/// Cosines of all pairs by tf-idf over an inverted index. An empty bag is like nothing.
std::vector<float> cosines(const std::vector<const Bag*>& bags) {
  const std::size_t n = bags.size();
  std::map<std::string_view, std::vector<std::pair<std::uint32_t, float>>> index;
  for (std::uint32_t i = 0; i < n; ++i)
    for (const auto& [word, count] : *bags[i]) index[word].emplace_back(i, 1 + std::log(count));
  std::vector<float> length(n, 0), out(n * n, 0);
  for (auto& [word, places] : index) {
    const float idf = std::log(float(n + 1) / float(places.size()));
    for (auto& [report, weight] : places) {
      weight *= idf;
      length[report] += weight * weight;
    }
    for (std::size_t x = 0; x < places.size(); ++x)
      for (std::size_t y = x + 1; y < places.size(); ++y)
        out[places[x].first * n + places[y].first] += places[x].second * places[y].second;
  }
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = a + 1; b < n; ++b) {
      const float norm = std::sqrt(length[a] * length[b]);
      out[a * n + b] = out[b * n + a] = norm > 0 ? out[a * n + b] / norm : 0.0F;
    }
  return out;
}

float ratio(float a, float b) { return b > 0 ? a / b : 0.0F; }

}  // namespace

const std::vector<std::string_view> ReportPairs::kNames = {
    "words", "nouns", "numbers", "lead", "days", "of best", "of lesser best", "profile", "of nearest"};

ReportPairs::ReportPairs(const std::vector<ReportFacts>& reports, const Weights& weights)
    : n_(reports.size()), profile_(n_ * n_, 0), best_(n_, 0), near_(n_, 0), likely_(n_ * n_, 0) {
  for (Bag ReportFacts::*bag : {&ReportFacts::words, &ReportFacts::nouns, &ReportFacts::numbers,
                                &ReportFacts::lead, &ReportFacts::days}) {
    std::vector<const Bag*> bags;
    for (const ReportFacts& r : reports) bags.push_back(&(r.*bag));
    cosines_.push_back(cosines(bags));
  }
  const std::vector<float>& all = cosines_[0];
  std::vector<float> length(n_, 0);
  for (std::size_t a = 0; a < n_; ++a) {
    std::vector<float> row(all.begin() + std::ptrdiff_t(a * n_), all.begin() + std::ptrdiff_t((a + 1) * n_));
    for (const float x : row) length[a] += x * x;
    std::ranges::sort(row, std::greater<>());
    best_[a] = row.empty() ? 0 : row[0];
    const std::size_t nearest = std::min<std::size_t>(5, row.size());
    for (std::size_t i = 0; i < nearest; ++i) near_[a] += row[i] / float(nearest);
  }
  for (std::size_t a = 0; a < n_; ++a)
    for (std::size_t b = a + 1; b < n_; ++b) {
      float sum = 0;
      for (std::size_t c = 0; c < n_; ++c) sum += all[a * n_ + c] * all[b * n_ + c];
      profile_[a * n_ + b] = profile_[b * n_ + a] = ratio(sum, std::sqrt(length[a] * length[b]));
    }
  const std::vector<float> w = in_order(weights.report, kNames);
  for (std::uint32_t a = 0; a < n_; ++a) {
    likely_[a * n_ + a] = 1;
    for (std::uint32_t b = a + 1; b < n_; ++b) {
      const std::vector<float> f = features(a, b);
      float sum = w.back();
      for (std::size_t i = 0; i < f.size(); ++i) sum += w[i] * f[i];
      likely_[a * n_ + b] = likely_[b * n_ + a] = logistic(sum);
    }
  }
}

std::vector<float> ReportPairs::features(std::uint32_t a, std::uint32_t b) const {
  const std::size_t at = std::size_t(a) * n_ + b;
  std::vector<float> out;
  for (const auto& c : cosines_) out.push_back(c[at]);
  const float words = cosines_[0][at];
  out.push_back(ratio(words, std::max(best_[a], best_[b])));
  out.push_back(std::min(8.0F, ratio(words, std::min(best_[a], best_[b]))));
  out.push_back(profile_[at]);
  out.push_back(std::min(8.0F, ratio(words, std::sqrt(near_[a] * near_[b]))));
  return out;
}

std::vector<std::uint32_t> ReportPairs::topics(float least) const {
  std::vector<ScoredPair> pairs;
  for (std::uint32_t a = 0; a < n_; ++a)
    for (std::uint32_t b = a + 1; b < n_; ++b)
      if (likely(a, b) > 0.01F) pairs.push_back({a, b, likely(a, b)});
  return average_link(n_, pairs, least);
}

}  // namespace annalist::story
