// Mentions of events across reports: which tell of the same happening.
//
// Two mentions are compared by what they have in common: the word, how near their words' meanings are (the
// embedding table of the model), the codebook type, who did it to whom, places, days, numbers, the words
// around, and how likely their reports are of one matter. A logistic model weighs these; every weight stands
// in data/story/same-event.tsv with its name, so a merge can be explained term by term. Clusters by average
// link. Deterministic; the same for any order of reports but for ties.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lang/model.h"
#include "story/average_link.h"
#include "story/facts.h"
#include "story/topics.h"
#include "story/weights.h"

namespace annalist::story {

class SameEvent {
 public:
  /// All must outlive the object.
  SameEvent(const std::vector<ReportFacts>& reports, const ReportPairs& pairs,
            const std::vector<MentionFacts>& mentions, const lang::Model& model, const Weights& weights);

  /// The features of a pair by name; most are 0.
  std::vector<float> features(std::uint32_t a, std::uint32_t b) const;
  static const std::vector<std::string> kNames;
  /// True if the pair is worth comparing: the reports may be of one matter.
  bool candidate(std::uint32_t a, std::uint32_t b) const;
  float likely(const std::vector<float>& features) const;
  /// For each mention the smallest mention of its cluster.
  std::vector<std::uint32_t> clusters() const;

 private:
  float nearness(const std::string& a, const std::string& b) const;
  float idf(const std::string& word) const;
  float sum_idf(const WordSet& a, const WordSet& b) const;

  const std::vector<ReportFacts>& reports_;
  const ReportPairs& pairs_;
  const std::vector<MentionFacts>& mentions_;
  std::vector<std::uint32_t> topic_;
  std::map<std::string, std::vector<float>, std::less<>> meaning_;  // of each lemma: unit vector
  std::map<std::string, float, std::less<>> in_reports_;
  std::vector<float> sentence_length_, weights_;
  float least_;
};

}  // namespace annalist::story
