// Reports about the same matter: how likely two reports tell of one set of happenings, and the groups.
//
// The likelihood is a logistic model of how like their words, nouns, first sentences, numbers and days are,
// and of how like they stand to all the other reports; weights in data/story/same-event.tsv, made by
// train/same_event.py. Quadratic in the reports: for a batch of up to some thousands. Deterministic.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "story/facts.h"
#include "story/weights.h"

namespace annalist::story {

class ReportPairs {
 public:
  ReportPairs(const std::vector<ReportFacts>& reports, const Weights& weights);

  std::size_t size() const { return n_; }
  /// How likely a and b are of one matter; 1 for a report and itself.
  float likely(std::uint32_t a, std::uint32_t b) const { return likely_[a * n_ + b]; }
  /// Groups by average link down to `least`; equal numbers are one topic.
  std::vector<std::uint32_t> topics(float least = 0.3F) const;
  /// What likely() is made of, in the order of kNames.
  std::vector<float> features(std::uint32_t a, std::uint32_t b) const;
  static const std::vector<std::string_view> kNames;

 private:
  std::size_t n_;
  std::vector<std::vector<float>> cosines_;   // words, nouns, numbers, lead, days: [n][n]
  std::vector<float> profile_, best_, near_;  // [n][n], [n], [n]
  std::vector<float> likely_;
};

}  // namespace annalist::story
