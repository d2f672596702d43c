// What is negated in a parsed sentence: the words and parts of words that negate ("not", "never", "un-able")
// and the words in the scope of each. Rules over the tree, with the model's negation head where the file has
// one. Immutable after load, shared by all threads. Data: patterns/negation.txt.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "lang/heads.h"
#include "pack/data_text.h"

namespace annalist::lang {

struct Negation {
  std::vector<std::uint32_t> cue;    // words, several for "by no means"
  std::uint32_t affix_begin = 0;     // of the part of the one cue word that negates, in bytes;
  std::uint32_t affix_size = 0;      // 0: the whole word does
  std::vector<std::uint32_t> scope;  // words, sorted; for an affix the rest of its word is the first of them
};

class Negations {
 public:
  /// Takes patterns/negation.txt from `files`; errors name file and line.
  static Result<Negations> load(const std::vector<DataText>& files);

  /// The negations of words [first, end) of `parsed`, which are one sentence, in text order.
  std::vector<Negation> find(const Model& model, const std::vector<std::string_view>& words,
                             const Parsed& parsed, std::uint32_t first, std::uint32_t end) const;

 private:
  friend class NegationFinder;
  enum class Kind : std::uint8_t { clause, noun, phrase, whole };
  std::unordered_map<std::string, Kind> words_;
  std::vector<std::vector<std::string>> together_, none_;
  std::vector<std::string> before_, after_;
};

}  // namespace annalist::lang
