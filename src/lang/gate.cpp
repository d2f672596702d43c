#include "lang/gate.h"

namespace annalist::lang {
namespace {

/// Takes sentences from one reading, in order, and appends them to another.
class Copy {
 public:
  explicit Copy(const Parsed& from) : from_(from) {}

  void skip(std::uint32_t count) {
    word_ += count;
    while (predicate_ < from_.predicates.size() && from_.predicates[predicate_].word < word_) ++predicate_;
  }
  void append(std::uint32_t count, Parsed& to) {
    const auto shift = static_cast<std::uint32_t>(to.words.size()) - word_;
    const std::uint32_t end = word_ + count;
    if (!from_.deeds.empty()) {  // words before that were not tagged are in no role
      to.deeds.resize(to.words.size());
      to.deeds.insert(to.deeds.end(), from_.deeds.begin() + word_, from_.deeds.begin() + end);
    }
    for (std::uint32_t i = word_; i < end; ++i) {
      ParsedWord word = from_.words[i];
      if (word.head != kNoHead) word.head += shift;
      to.words.push_back(word);
      to.tags.push_back(from_.tags[i]);
      to.lemma_text += from_.lemma(i);
      to.lemma_end.push_back(static_cast<std::uint32_t>(to.lemma_text.size()));
    }
    for (; predicate_ < from_.predicates.size() && from_.predicates[predicate_].word < end; ++predicate_) {
      ParsedPredicate predicate = from_.predicates[predicate_];
      const auto roles = std::span(from_.roles).subspan(predicate.first_role, predicate.role_count);
      predicate.word += shift;
      predicate.first_role = static_cast<std::uint32_t>(to.roles.size());
      for (const ParsedRole& role : roles) to.roles.push_back({role.word + shift, role.label});
      to.predicates.push_back(predicate);
    }
    word_ = end;
  }

 private:
  const Parsed& from_;
  std::uint32_t word_ = 0;
  std::size_t predicate_ = 0;
};

}  // namespace

void open_gate(const Parsed& fast, std::span<const std::uint32_t> ends, std::span<std::uint8_t> passes) {
  if (fast.gate.size() != fast.words.size()) return;
  std::uint32_t word = 0;
  for (std::size_t s = 0; s < ends.size(); ++s)
    for (; word < ends[s]; ++word)
      if (fast.gate[word] > 0.0f) passes[s] = 1;
}

void read_again(const Model& accurate, const Kernels& kernels, std::span<const std::string_view> words,
                std::span<const std::uint32_t> ends, std::span<const std::uint8_t> passes,
                ParseScratch& scratch, GateScratch& gate, Parsed& out) {
  gate.words.clear();
  gate.ends.clear();
  std::uint32_t first = 0;
  for (std::size_t s = 0; s < ends.size(); first = ends[s++])
    if (passes[s]) {
      gate.words.insert(gate.words.end(), words.begin() + first, words.begin() + ends[s]);
      gate.ends.push_back(static_cast<std::uint32_t>(gate.words.size()));
    }
  parse(accurate, kernels, gate.words, gate.ends, scratch, gate.accurate);
  out.clear();
  Copy from_fast(gate.fast), from_accurate(gate.accurate);
  first = 0;
  for (std::size_t s = 0; s < ends.size(); first = ends[s++]) {
    const std::uint32_t count = ends[s] - first;
    if (passes[s]) {
      from_fast.skip(count);
      from_accurate.append(count, out);
    } else {
      from_fast.append(count, out);
    }
  }
  if (!out.deeds.empty()) out.deeds.resize(out.words.size());
}

}  // namespace annalist::lang
