// The transformer: word pieces -> one state a wanted piece. Every window (a sentence, or a part of a very
// long one) is attended to on its own, and every row is computed alike whatever its neighbours in the batch,
// so results do not depend on how windows are batched. Stateless; scratch is the caller's.
#pragma once

#include <cstdint>
#include <vector>

#include "lang/kernel.h"
#include "lang/model.h"

namespace annalist::lang {

/// Windows laid end to end. `pieces` and `shapes` are parallel; window i is pieces [ends[i-1], ends[i]).
struct PieceBatch {
  std::vector<std::uint32_t> pieces;
  std::vector<std::uint8_t> shapes;
  std::vector<std::uint32_t> ends;
  std::vector<std::uint32_t> wanted;  // ascending positions in `pieces` whose states are asked for

  void clear() {
    pieces.clear();
    shapes.clear();
    ends.clear();
    wanted.clear();
  }
};

/// Activations of one batch; grows to the largest batch seen.
struct EncoderScratch {
  Buffer<float> x, wide, narrow, keys, scores;
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
