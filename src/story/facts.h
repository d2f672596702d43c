// What the comparison of reports needs of each report: its telling words, and the mentions of happenings
// reduced to words that can be compared, cut loose from the Document. Own their strings; plain values.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "doc/document.h"

namespace annalist::story {

using Bag = std::map<std::string, float, std::less<>>;
/// Sorted, each once.
using WordSet = std::vector<std::string>;

struct ReportFacts {
  std::string id;
  Bag words;  // lemmas of content words; names count double
  Bag nouns;  // nouns and adjectives
  Bag numbers;
  Bag lead;                               // content words of the first three sentences
  Bag days;                               // first days of the times told that cover less than forty days
  WordSet vocabulary;                     // every lemma
  std::vector<std::string> protagonists;  // last names of the three people told of most
};

/// One mention of a happening.
struct MentionFacts {
  std::string id;
  std::uint32_t report = 0, sentence = 0;
  std::string lemma;  // of the head, lower case; the mention's own words where nothing was parsed
  std::string type;   // codebook type, if it is a coded event
  bool verb = false;
  Upos upos = Upos::x;
  WordSet span;  // lemmas of the mention
  WordSet agents, patients,
      around;     // words and names of who does it, who suffers it, and of all that hang on it
  WordSet names;  // last words of the named ones among them
  WordSet sentence_words, numbers, places, entities;  // of the sentence, the head left out
  std::vector<std::pair<Day, Day>> days;              // the times told in the sentence
  std::uint32_t same_lemma = 1;                       // mentions given in this report with that lemma
};

ReportFacts report_facts(const Document& doc);
/// The facts of the mention with these words. `report` is the index the caller gives the report.
MentionFacts mention_facts(const Document& doc, Span mention, std::string id, std::uint32_t report);

/// The head of a mention: the token in the span whose head lies outside it; none where nothing was parsed.
Id<Token> head_of(const Document& doc, Span mention);

/// How many two sorted sets share.
std::size_t shared(const WordSet& a, const WordSet& b);
bool contains(const WordSet& set, std::string_view word);

}  // namespace annalist::story
