// Mentions of events across reports: which tell of the same happening.
//
// Two steps. Reports are grouped into topics by the cosine of their tf-idf words (names count double, since
// what happened is told by who and where). Within a topic, mentions with the same head lemma are one event.
// That is the lemma baseline of the field on predicted topics; arguments, time and place come with the store.
// Deterministic: groups are formed by falling similarity, ties by document order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "doc/document.h"

namespace annalist {

/// The telling words of a report: (hash of the lemma, weight), by hash.
using WordWeights = std::vector<std::pair<std::uint64_t, float>>;
WordWeights word_weights(const Document& doc);

/// A number for each report; equal numbers are one topic. Average-link clustering down to `least` cosine.
std::vector<std::uint32_t> find_topics(const std::vector<WordWeights>& reports, float least = 0.2F);

/// The head of a mention as a key: the lemma of the token in the span whose head lies outside it. "" if none.
std::string head_lemma(const Document& doc, Span mention);

}  // namespace annalist
