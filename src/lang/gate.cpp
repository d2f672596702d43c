#include "lang/gate.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/hash.h"
#include "base/strings.h"

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
    if (!from_.senses.empty()) {
      to.senses.resize(to.words.size());
      to.senses.insert(to.senses.end(), from_.senses.begin() + word_, from_.senses.begin() + end);
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

Result<GateWords> GateWords::load(const std::vector<DataText>& files) {
  constexpr std::string_view kFile = "patterns/gate-weights.txt";
  GateWords out;
  for (const DataText& file : files) {
    if (file.name != kFile) continue;
    std::size_t number = 0;
    for (const std::string_view line : split(file.text, '\n')) {
      ++number;
      if (line.empty() || line.starts_with("# ")) continue;
      const std::size_t tab = line.rfind('\t');
      const std::string_view cell = tab == std::string_view::npos ? "" : line.substr(tab + 1);
      float weight = 0;
      if (const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), weight);
          cell.empty() || fault != std::errc() || end != cell.data() + cell.size())
        return fail("no feature with its weight", std::string(kFile) + ":" + std::to_string(number),
                    "train/gate/fit.py writes it");
      if (line.substr(0, tab) == "bias")
        out.bias_ = weight;
      else
        out.weights_[hash64(line.substr(0, tab))] = weight;
    }
  }
  if (out.weights_.empty()) return fail("no weights of the gate", std::string(kFile), "run `make data`");
  return out;
}

void GateWords::open(const Model& model, const Parsed& fast, std::span<const std::uint32_t> ends,
                     GateScratch& scratch, std::span<std::uint8_t> passes) const {
  std::vector<std::uint64_t>& features = scratch.features;
  std::string& text = scratch.text;
  const auto count = [&](std::string_view name, std::size_t n) {
    text.assign(name).append(std::to_string(n));
    features.push_back(hash64(text));
  };
  std::uint32_t first = 0;
  for (std::size_t s = 0; s < ends.size(); first = ends[s++]) {
    if (passes[s] || first == ends[s]) continue;
    features.clear();
    std::size_t names = 0;
    for (std::uint32_t i = first; i < ends[s]; ++i) {
      const Upos upos = model.upos[fast.words[i].upos];
      if (upos == Upos::propn) {  // names are counted, not learned
        ++names;
        continue;
      }
      lower_utf8(fast.lemma(i), text);
      const std::size_t lemma = text.append("|").size();
      features.push_back(hash64(text.append(name_of(upos))));
      if (upos != Upos::verb && upos != Upos::noun && upos != Upos::adj) continue;
      text.resize(lemma);
      const bool root = fast.words[i].head == kNoHead;
      features.push_back(
          hash64(text.append(name_of(root ? Deprel::root : model.deprel[fast.words[i].deprel]))));
    }
    count("names=", std::min<std::size_t>(6, names));
    count("words=", std::min<std::size_t>(8, (ends[s] - first) / 6));
    std::ranges::sort(features);
    features.erase(std::unique(features.begin(), features.end()), features.end());
    double sum = 0;
    for (const std::uint64_t feature : features)
      if (const auto at = weights_.find(feature); at != weights_.end()) sum += at->second;
    passes[s] = sum / std::sqrt(static_cast<double>(features.size())) + bias_ > 0;
  }
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
  if (!out.senses.empty()) out.senses.resize(out.words.size());
}

}  // namespace annalist::lang
