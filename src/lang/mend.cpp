#include "lang/mend.h"

#include <cstdint>
#include <vector>

namespace annalist::lang {
namespace {

/// True if `word` is `above` or stands below it.
bool is_below(const Parsed& parsed, std::uint32_t word, std::uint32_t above) {
  while (word != kNoHead && word != above) word = parsed.words[word].head;
  return word == above;
}

}  // namespace

void mend_trees(const Model& model, std::span<const std::string_view> words, Parsed& parsed) {
  constexpr std::uint8_t kObject = 1, kAuxiliary = 2, kSubject = 4;
  const std::size_t n = parsed.words.size();
  std::vector<std::uint8_t> has(n);
  std::vector<std::uint32_t> said(n, kNoHead);  // of a verb: the clause before it that it reports
  for (std::uint32_t t = 0; t < n; ++t) {
    const ParsedWord& w = parsed.words[t];
    if (w.head == kNoHead) continue;
    const Deprel relation = model.deprel[w.deprel];
    if (relation == Deprel::obj) has[w.head] |= kObject;
    if (relation == Deprel::aux_pass) has[w.head] |= kAuxiliary;
    if (relation == Deprel::nsubj) has[w.head] |= kSubject;
    if (relation == Deprel::ccomp && t < w.head && said[w.head] == kNoHead) said[w.head] = t;
  }
  for (std::uint32_t t = 0; t < n; ++t) {
    ParsedWord& w = parsed.words[t];
    if (w.head == kNoHead) continue;
    const std::uint32_t verb = w.head;
    const Deprel relation = model.deprel[w.deprel];
    const bool finite =
        (model.feats_flags[parsed.words[verb].feats] & static_cast<std::uint16_t>(MorphFlag::finite)) != 0;
    if (relation == Deprel::nsubj_pass && (has[verb] & (kObject | kAuxiliary)) == kObject &&
        (finite || words[verb].ends_with("ed")))
      w.deprel = model.subject_label;
    const bool fronted = relation == Deprel::obl || relation == Deprel::obl_unmarked ||
                         relation == Deprel::advmod || relation == Deprel::advcl;
    if (fronted && said[verb] != kNoHead && t < said[verb]) w.head = said[verb];
  }
  // The speaker between the words reported and the verb of saying; not who the verb itself describes, which
  // would close a circle.
  for (std::uint32_t v = 0; v < n; ++v) {
    if (said[v] == kNoHead || (has[v] & kSubject) != 0) continue;
    for (std::uint32_t t = v; t-- > said[v] + 1;) {
      ParsedWord& w = parsed.words[t];
      if (w.head == kNoHead || w.head >= t || model.deprel[w.deprel] != Deprel::nsubj) continue;
      if (is_below(parsed, v, t)) continue;
      w.head = v;
      break;
    }
  }
}

}  // namespace annalist::lang
