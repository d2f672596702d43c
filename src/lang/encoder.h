// The transformer: rows of word pieces -> one state a wanted row. Every window (a sentence, or a part of a
// very long one) is attended to on its own, and every row is computed alike whatever its neighbours in the
// batch, so results do not depend on how windows are batched. Stateless; scratch is the caller's.
#pragma once

#include <cstdint>
#include <vector>

#include "lang/kernel.h"
#include "lang/model.h"

namespace annalist::lang {

/// Windows laid end to end. Row r is pieces [row_end[r-1], row_end[r]): one piece, or in the fast tier all
/// pieces of a word. Window i is rows [ends[i-1], ends[i]).
struct PieceBatch {
  std::vector<std::uint32_t> pieces;
  std::vector<std::uint32_t> row_end;
  std::vector<std::uint8_t> shapes;  // of each row
  std::vector<std::uint32_t> ends;
  std::vector<std::uint32_t> wanted;  // ascending rows whose states are asked for

  std::size_t rows() const { return row_end.size(); }
  void end_row(std::uint8_t shape) {
    row_end.push_back(static_cast<std::uint32_t>(pieces.size()));
    shapes.push_back(shape);
  }

  void clear() {
    pieces.clear();
    row_end.clear();
    shapes.clear();
    ends.clear();
    wanted.clear();
  }
};

/// Activations of one batch; grows to the largest batch seen.
struct EncoderScratch {
  Buffer<float> x, wide, narrow, keys, scores, rest;
  Buffer<std::uint8_t> q;
  Buffer<float> step;
  Buffer<std::int32_t> zero;
};

/// The int8 product of `rows` rows of floats with `w`: y [rows][w.padded()].
void apply(const Kernels& kernels, const PackedMatrix& w, const float* x, std::size_t rows,
           Activation activation, EncoderScratch& scratch, float* y);

/// States [wanted][hidden], valid until the scratch is used again.
const float* encode(const Model& model, const Kernels& kernels, const PieceBatch& batch,
                    EncoderScratch& scratch);

}  // namespace annalist::lang
