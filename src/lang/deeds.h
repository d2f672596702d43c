// Who is said to have done what to whom with what: a tagger over the words of a whole report. One number a
// role and word, from the word, its neighbours, its sentence, the sentences beside it and the report's
// lead. Trained on reports of incidents (models/README.md); layout and arithmetic: docs/formats/model.md.
//
// Reads rows of the heads' matrix that heads.cpp has computed. Stateless; scratch is the caller's.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "doc/records.h"
#include "lang/buffer.h"
#include "lang/kernel.h"

namespace annalist::lang {

/// The layers above the rows `deed` of the heads' matrix; no size: the file lacks them.
struct DeedLayers {
  static constexpr std::size_t kNear = 5;   // words seen at once: two on each side
  static constexpr std::size_t kParts = 5;  // of a sentence's context, see below
  static constexpr std::size_t kLead = 4;   // sentences of the lead
  static constexpr std::size_t kOutputs = 32;
  std::size_t size = 0, context = 0;
  std::span<const float> near, near_bias;           // [5 * size][size]
  std::span<const float> context_in, context_bias;  // [5 * size][context]: before, itself, after, all, lead
  std::span<const float> context_out;               // [context][size]
  std::span<const float> out, out_bias;             // [size][32]
};

struct DeedScratch {
  std::vector<float> rows;          // of the stretch's words, `size` floats each
  std::vector<std::uint32_t> ends;  // of its sentences
  Buffer<float> words, near, means, parts, context, lifted, out;
};

/// Tags the words of one stretch of sentences: `tags` are those of the words that `scratch.rows` holds.
void tag_deeds(const DeedLayers& layers, const Kernels& kernels, DeedScratch& scratch,
               std::span<DeedTag> tags);

}  // namespace annalist::lang
