// A complete model file in miniature with random weights: every section that src/lang reads, at the smallest
// sizes the kernels take. Nonsense as a parser, but all of the engine runs on it, the same way every time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lang/model.h"
#include "pack/pack.h"

namespace annalist::test {

struct ToySection {
  std::string name, bytes;
  ElementType type;
};

/// All sections. Vocabulary: [PAD] [UNK] [CLS] [SEP], single letters and digits with their ## forms, some
/// punctuation, "attack", "##ed", "the".
std::vector<ToySection> toy_sections();

/// Writes the sections to a new temporary file and returns its path.
std::string write_pack(const std::vector<ToySection>& sections);

/// The toy model, opened; fails the test run if it does not open.
std::shared_ptr<const lang::Model> toy_model(lang::Tier tier = lang::Tier::accurate);

}  // namespace annalist::test
