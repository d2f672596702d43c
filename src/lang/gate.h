// Where the accurate tier is worth its time. The fast tier reads everything; sentences that may hold an event
// are read again by the accurate one, the others keep the fast reading.
// Immutable after load, shared by all threads; scratch is the caller's.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "lang/parse.h"
#include "pack/data_text.h"

namespace annalist::lang {

struct GateScratch {
  Parsed fast, accurate;
  std::vector<std::string_view> words;
  std::vector<std::uint32_t> ends;
  std::vector<std::uint64_t> features;
  std::string text;
};

/// A linear scorer of sentences over what the fast tier says of their words. Features, once each: LEMMA|UPOS
/// of words that are no names, LEMMA|relation of nouns, verbs and adjectives; names=0..6, words=0..8 (of
/// six). train/gate/fit.py says the same.
class GateWords {
 public:
  /// Reads patterns/gate-weights.txt, lines "feature TAB weight" and one "bias"; an Error names file and
  /// line.
  static Result<GateWords> load(const std::vector<DataText>& files);

  /// Sets passes[i] for each sentence i (as parse() takes them) that may hold an event.
  void open(const Model& model, const Parsed& fast, std::span<const std::uint32_t> ends, GateScratch& scratch,
            std::span<std::uint8_t> passes) const;

 private:
  std::unordered_map<std::uint64_t, float> weights_;  // by hash of the feature
  float bias_ = 0;
};

/// `out`: the sentences that pass as `accurate` reads them, the others as in `gate.fast`, which is what the
/// fast tier of the same file said of these words. Deeds are tagged over the sentences that pass, as if they
/// were the whole report; the others have none.
void read_again(const Model& accurate, const Kernels& kernels, std::span<const std::string_view> words,
                std::span<const std::uint32_t> ends, std::span<const std::uint8_t> passes,
                ParseScratch& scratch, GateScratch& gate, Parsed& out);

}  // namespace annalist::lang
