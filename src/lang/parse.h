// Words in, everything the model knows out: the one place that cuts sentences into windows, batches them,
// runs encoder and heads, and joins the windows of a long sentence to one tree.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "lang/encoder.h"
#include "lang/heads.h"
#include "lang/model.h"
#include "lang/senses.h"

namespace annalist::lang {

/// Scratch of parse(), one a thread; kept from call to call it makes calls free of allocation.
struct ParseScratch {
  PieceBatch batch;
  std::vector<Window> windows;           // of the batch
  std::vector<std::uint32_t> pieces;     // of the sentence
  std::vector<std::uint32_t> piece_end;  // of each word of the sentence
  std::vector<std::uint8_t> shapes;
  std::vector<Window> joints;  // sentences of more than one window: first word, words
  std::string token;
  EncoderScratch encoder;
  HeadScratch heads;
  const SenseViews* senses = nullptr;    // if set, the accurate tier's words get their SenseTag
  std::vector<float>* states = nullptr;  // for training: if set, gets the state of every word
};

/// Analyses sentences of words: sentence i is words [ends[i-1], ends[i]). No word is left out: a sentence of
/// more pieces than a window holds is cut between words, after punctuation where there is any in its second
/// half, and the trees of the later parts hang on the first one's root as `parataxis`. The result does not
/// depend on `batch_rows` (rows run together; a matter of speed) or on the kernels.
void parse(const Model& model, const Kernels& kernels, std::span<const std::string_view> words,
           std::span<const std::uint32_t> ends, ParseScratch& scratch, Parsed& out,
           std::size_t batch_rows = 160);

}  // namespace annalist::lang
