#include "story/same_event.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace annalist::story {
namespace {

constexpr float kKin = 0.35F;  // words of which one may stand for the other

/// Verbs that carry little of their own, and verbs of saying: sharing them proves little.
constexpr std::string_view kLight[] = {"be", "have", "do", "get", "go", "make", "take", "give", "come"};
constexpr std::string_view kSaying[] = {"say",  "tell", "report",  "announce", "add",  "claim",    "state",
                                        "note", "call", "confirm", "ask",      "deny", "describe", "explain"};

float count_in(std::span<const std::string_view> words, const MentionFacts& a, const MentionFacts& b) {
  return float(std::ranges::count(words, a.lemma) + std::ranges::count(words, b.lemma));
}

float overlap(const WordSet& a, const WordSet& b) {
  return a.empty() || b.empty() ? 0.0F : float(shared(a, b)) / float(std::min(a.size(), b.size()));
}
float differ(const WordSet& a, const WordSet& b) {
  return !a.empty() && !b.empty() && shared(a, b) == 0 ? 1.0F : 0.0F;
}

/// A unit vector for each lemma: the mean of its word pieces in the embedding table, less the mean of all
/// pieces.
void look_up_meanings(const std::vector<MentionFacts>& mentions, const lang::Model& model,
                      std::map<std::string, std::vector<float>, std::less<>>& out) {
  const std::size_t hidden = model.sizes.hidden, pieces = model.word_scale.size();
  std::vector<double> sum(hidden, 0);
  for (std::size_t p = 0; p < pieces; ++p)
    for (std::size_t i = 0; i < hidden; ++i)
      sum[i] += double(model.word[p * hidden + i]) * model.word_scale[p];
  std::string scratch;
  std::vector<std::uint32_t> cut;
  for (const MentionFacts& m : mentions) {
    auto& vector = out[m.lemma];
    if (!vector.empty() || m.lemma.empty()) continue;
    vector.assign(hidden, 0);
    cut.clear();
    model.pieces.cut(m.lemma, scratch, cut);
    for (const std::uint32_t p : cut)
      for (std::size_t i = 0; i < hidden; ++i)
        vector[i] += float(model.word[p * hidden + i]) * model.word_scale[p] / float(cut.size());
    float length = 0;
    for (std::size_t i = 0; i < hidden; ++i) {
      vector[i] -= float(sum[i] / double(pieces));
      length += vector[i] * vector[i];
    }
    if (length > 0)
      for (float& x : vector) x /= std::sqrt(length);
  }
}

/// What is weighed for every pair, for pairs of one word ("; same word") and for kindred words ("; kin").
constexpr std::string_view kThrice[] = {"report odds",
                                        "one topic",
                                        "sentence",
                                        "agents shared",
                                        "agents differ",
                                        "patients shared",
                                        "patients differ",
                                        "agent is patient",
                                        "numbers shared",
                                        "numbers differ",
                                        "places shared",
                                        "places differ",
                                        "days meet",
                                        "days differ",
                                        "entities shared",
                                        "modifiers shared",
                                        "word in other sentence",
                                        "main person in both",
                                        "names shared",
                                        "names differ",
                                        "people in both",
                                        "same class",
                                        "both verbs",
                                        "participants' weight",
                                        "participants told",
                                        "agents and patients shared",
                                        "saying",
                                        "light",
                                        "one report",
                                        "both lead",
                                        "rarity"};
constexpr std::string_view kOnce[] = {"same word",
                                      "nearness",
                                      "near 15",
                                      "near 25",
                                      "near 35",
                                      "near 45",
                                      "near 55",
                                      "near 70",
                                      "one type; same word",
                                      "one type; other word",
                                      "other type",
                                      "typed",
                                      "late",
                                      "begin alike",
                                      "often in report"};

std::vector<std::string> all_names() {
  std::vector<std::string> out;
  for (std::string_view n : kThrice)
    for (std::string_view suffix : {"", "; same word", "; kin"})
      out.push_back(std::string(n) + std::string(suffix));
  for (std::string_view n : kOnce) out.emplace_back(n);
  return out;
}

}  // namespace

const std::vector<std::string> SameEvent::kNames = all_names();

SameEvent::SameEvent(const std::vector<ReportFacts>& reports, const ReportPairs& pairs,
                     const std::vector<MentionFacts>& mentions, const lang::Model& model,
                     const Weights& weights)
    : reports_(reports),
      pairs_(pairs),
      mentions_(mentions),
      topic_(pairs.topics()),
      least_(weights.threshold) {
  look_up_meanings(mentions, model, meaning_);
  for (const ReportFacts& r : reports)
    for (const auto& [word, count] : r.words) in_reports_[word] += 1;
  for (const MentionFacts& m : mentions) {
    float length = 0;
    for (const std::string& w : m.sentence_words) length += idf(w) * idf(w);
    sentence_length_.push_back(std::sqrt(length));
  }
  weights_ = in_order(weights.mention, {kNames.begin(), kNames.end()});
}

float SameEvent::idf(const std::string& word) const {
  const auto it = in_reports_.find(word);
  return it == in_reports_.end() ? 4.0F : std::log(float(reports_.size() + 1) / it->second);
}

float SameEvent::sum_idf(const WordSet& a, const WordSet& b) const {
  float sum = 0;
  for (const std::string& w : a)
    if (contains(b, w)) sum += idf(w);
  return sum;
}

float SameEvent::nearness(const std::string& a, const std::string& b) const {
  const auto x = meaning_.find(a), y = meaning_.find(b);
  if (x == meaning_.end() || y == meaning_.end() || x->second.size() != y->second.size()) return 0;
  float sum = 0;
  for (std::size_t i = 0; i < x->second.size(); ++i) sum += x->second[i] * y->second[i];
  return sum;
}

bool SameEvent::candidate(std::uint32_t a, std::uint32_t b) const {
  const std::uint32_t x = mentions_[a].report, y = mentions_[b].report;
  return topic_[x] == topic_[y] || pairs_.likely(x, y) >= 0.05F;
}

std::vector<float> SameEvent::features(std::uint32_t ia, std::uint32_t ib) const {
  const MentionFacts &a = mentions_[ia], &b = mentions_[ib];
  const bool same = a.lemma == b.lemma && !a.lemma.empty();
  const float near = same ? 1.0F : nearness(a.lemma, b.lemma);
  const bool kin = !same && near > kKin;
  std::vector<float> out;
  out.reserve(kNames.size());
  const auto thrice = [&](float value) {
    out.push_back(value);
    out.push_back(same ? value : 0.0F);
    out.push_back(kin ? value : 0.0F);
  };
  const float p = std::clamp(pairs_.likely(a.report, b.report), 0.001F, 0.999F);
  thrice(std::log(p / (1 - p)));
  thrice(topic_[a.report] == topic_[b.report] ? 1.0F : 0.0F);
  float dot = 0;
  for (const std::string& w : a.sentence_words)
    if (contains(b.sentence_words, w)) dot += idf(w) * idf(w);
  const float lengths = sentence_length_[ia] * sentence_length_[ib];
  thrice(lengths > 0 ? dot / lengths : 0.0F);
  thrice(overlap(a.agents, b.agents));
  thrice(differ(a.agents, b.agents));
  thrice(overlap(a.patients, b.patients));
  thrice(differ(a.patients, b.patients));
  thrice(overlap(a.agents, b.patients) + overlap(a.patients, b.agents));
  thrice(overlap(a.numbers, b.numbers));
  thrice(differ(a.numbers, b.numbers));
  thrice(overlap(a.places, b.places));
  thrice(differ(a.places, b.places));
  bool meet = false;
  for (const auto& x : a.days)
    for (const auto& y : b.days) meet |= std::max(x.first, y.first) <= std::min(x.second, y.second);
  thrice(meet ? 1.0F : 0.0F);
  thrice(!meet && !a.days.empty() && !b.days.empty() ? 1.0F : 0.0F);
  thrice(overlap(a.entities, b.entities));
  WordSet mods_a, mods_b;
  std::ranges::copy_if(a.span, std::back_inserter(mods_a), [&](const auto& w) { return w != a.lemma; });
  std::ranges::copy_if(b.span, std::back_inserter(mods_b), [&](const auto& w) { return w != b.lemma; });
  thrice(overlap(mods_a, mods_b));
  thrice(float(contains(b.sentence_words, a.lemma) + contains(a.sentence_words, b.lemma)));
  const ReportFacts &ra = reports_[a.report], &rb = reports_[b.report];
  float main_sum = 0, main_count = 0, people_sum = 0, people_count = 0;
  const auto look = [&](const ReportFacts& from, const ReportFacts& in) {
    for (std::size_t i = 0; i < from.protagonists.size(); ++i) {
      const float there = contains(in.vocabulary, from.protagonists[i]) ? 1.0F : 0.0F;
      if (i == 0) main_sum += there, main_count += 1;
      people_sum += there, people_count += 1;
    }
  };
  look(ra, rb), look(rb, ra);
  thrice(main_count > 0 ? main_sum / main_count : 0.5F);
  thrice(float(shared(a.names, b.names)));
  thrice(differ(a.names, b.names));
  thrice(people_count > 0 ? people_sum / people_count : 0.5F);
  thrice(a.upos == b.upos ? 1.0F : 0.0F);
  thrice(a.verb && b.verb ? 1.0F : 0.0F);
  thrice(std::min(12.0F, sum_idf(a.around, b.around)));
  thrice(std::min(15.0F, sum_idf(a.around, b.sentence_words) + sum_idf(b.around, a.sentence_words)));
  thrice(shared(a.agents, b.agents) > 0 && shared(a.patients, b.patients) > 0 ? 1.0F : 0.0F);
  thrice(count_in(kSaying, a, b));
  thrice(count_in(kLight, a, b));
  thrice(a.report == b.report ? 1.0F : 0.0F);
  thrice(float((a.sentence < 2) + (b.sentence < 2)));
  thrice(std::min(idf(a.lemma), idf(b.lemma)));

  out.push_back(same ? 1.0F : 0.0F);
  out.push_back(near);
  for (const float least : {0.15F, 0.25F, 0.35F, 0.45F, 0.55F, 0.7F})
    out.push_back(!same && near > least ? 1.0F : 0.0F);
  const bool typed = !a.type.empty() && !b.type.empty();
  out.push_back(typed && a.type == b.type && same ? 1.0F : 0.0F);
  out.push_back(typed && a.type == b.type && !same ? 1.0F : 0.0F);
  out.push_back(typed && a.type != b.type ? 1.0F : 0.0F);
  out.push_back(float(!a.type.empty()) + float(!b.type.empty()));
  out.push_back(std::min(10.0F, float(std::max(a.sentence, b.sentence))));
  std::size_t prefix = 0;
  while (prefix < std::min(a.lemma.size(), b.lemma.size()) && a.lemma[prefix] == b.lemma[prefix]) ++prefix;
  const std::size_t shorter = std::max<std::size_t>(3, std::min(a.lemma.size(), b.lemma.size()));
  out.push_back(same ? 0.0F : float(prefix) / float(shorter));
  out.push_back(same ? float(std::min(4U, std::max(a.same_lemma, b.same_lemma))) : 0.0F);
  return out;
}

float SameEvent::likely(const std::vector<float>& f) const {
  float sum = weights_.back();
  for (std::size_t i = 0; i < f.size(); ++i) sum += weights_[i] * f[i];
  return logistic(sum);
}

std::vector<std::uint32_t> SameEvent::clusters() const {
  std::vector<ScoredPair> pairs;
  for (std::uint32_t a = 0; a < mentions_.size(); ++a)
    for (std::uint32_t b = a + 1; b < mentions_.size(); ++b) {
      if (!candidate(a, b)) continue;
      const float score = likely(features(a, b));
      if (score > 0.02F) pairs.push_back({a, b, score});
    }
  return average_link(mentions_.size(), pairs, least_);
}

}  // namespace annalist::story
