// Who is said to have done what to whom with what: a tagger over the words of a whole report. One number a
// role and word, from the word, its neighbours, the same word elsewhere, its sentence, the sentences beside
// it, the report's lead and all the rest. Trained on reports of incidents (models/README.md); layout and
// arithmetic: docs/formats/model.md.
//
// Reads rows of the heads' matrix that heads.cpp has computed. Stateless; scratch is the caller's.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
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
  static constexpr std::size_t kPlaces = 32;  // sentences told apart by their place; the later are one kind
  static constexpr std::size_t kViews = 4;    // ways in which a sentence looks at the first kSeen of all
  static constexpr std::size_t kSeen = 64;
  std::size_t size = 0, context = 0;
  std::span<const float> near, near_bias;           // [5 * size][size]
  std::span<const float> context_in, context_bias;  // [5 * size][context]: before, itself, after, all, lead
  std::span<const float> place, views;              // [kPlaces][context], [context][3 * context]
  std::span<const float> context_out;               // [context][size]
  std::span<const float> same;                      // [2 * size][size]: mean and most of a form's rows
  std::span<const float> out, out_bias;             // [size][32]
};

struct DeedScratch {
  std::vector<float> rows;                               // of the stretch's words, `size` floats each
  std::vector<std::uint32_t> ends;                       // of its sentences
  std::unordered_map<std::string, std::uint32_t> known;  // words in small letters
  std::vector<std::uint32_t> forms;                      // of the words: their number in `known`
  Buffer<float> wide, near, means, parts, context, views, keys, seen, lifted, alike, same, out;
};

/// Tags one stretch of sentences: `words`, whose rows `scratch.rows` holds, get `tags`.
void tag_deeds(const DeedLayers& layers, const Kernels& kernels, DeedScratch& scratch,
               std::span<const std::string_view> words, std::span<DeedTag> tags);

}  // namespace annalist::lang
