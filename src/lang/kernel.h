// The arithmetic of the encoder, once for every kind of processor.
//
// A Kernels table holds plain function pointers; best_kernels() picks the fastest table this processor can
// run. All tables give the same bits: integer sums are exact, and every floating-point sum has one written
// order (kernel_body.h). So neither the machine, nor the batch, nor the number of threads shows in a result.
// Tables and packed matrices are immutable and shared by all threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "lang/buffer.h"

namespace annalist::lang {

inline constexpr std::size_t kLanes = 16;        // floats in one step of every fp32 loop
inline constexpr std::size_t kTileOutputs = 64;  // outputs in one tile of a packed matrix

constexpr std::size_t round_up(std::size_t n, std::size_t to) { return (n + to - 1) / to * to; }

/// A packed matrix as the kernels see it. All arrays are 64-aligned and belong to a PackedMatrix.
struct PackedView {
  const std::int8_t* weights;  // [padded/64][inputs/4][64][4]
  const float *scale, *bias;   // [padded]
  const std::int32_t* sum;     // [padded]: sum of the weights of each output
  std::size_t inputs, padded;  // padded: outputs, rounded up to whole tiles
};

/// An int8 matrix [outputs][inputs] laid out for the kernels, with zero outputs added to fill the last tile.
/// `inputs` is a multiple of kLanes.
struct PackedMatrix {
  std::size_t outputs = 0, inputs = 0;
  Buffer<std::int8_t> weights;
  Buffer<float> scale, bias;
  Buffer<std::int32_t> sum;
  std::size_t padded() const { return scale.size(); }
  PackedView view() const {
    return {weights.data(), scale.data(), bias.data(), sum.data(), inputs, padded()};
  }
};

/// Packs row-major weights [outputs][inputs].
PackedMatrix pack_matrix(std::span<const std::int8_t> weights, std::span<const float> scale,
                         std::span<const float> bias, std::size_t inputs);

/// Rows of activations as unsigned bytes: x = step * (q - zero), one step and zero point a row.
struct QuantisedRows {
  const std::uint8_t* q;  // [rows][inputs]
  const float* step;      // [rows]
  const std::int32_t* zero;
  std::size_t rows;
};

enum class Activation { none, gelu };

/// A row-major fp32 matrix somewhere in memory; `stride` floats from row to row.
struct MatrixView {
  const float* data;
  std::size_t stride;
};

struct Kernels {
  const char* name;  // "avx512-vnni", ...
  /// Quantises `rows` rows of `cols` floats (a multiple of kLanes); see docs/formats/model.md section 2.
  void (*quantise)(const float* x, std::size_t rows, std::size_t cols, std::uint8_t* q, float* step,
                   std::int32_t* zero);
  /// The exact sums of tile `tile`: acc[row][o] = sum_i q[row][i] * weight[64 * tile + o][i]. For tests.
  void (*sums)(const PackedView& w, const QuantisedRows& x, std::size_t tile, std::int32_t* acc);
  /// y[row][0 .. padded) = activation(dequantised product + bias); `y` has w.padded floats a row.
  void (*linear)(const PackedView& w, const QuantisedRows& x, Activation activation, float* y);
  /// c[m][n] = a[m][k] * b[k][n], summed over k in order; n is a multiple of kLanes.
  void (*matmul)(MatrixView a, MatrixView b, std::size_t m, std::size_t k, std::size_t n, float* c,
                 std::size_t c_stride);
  /// x[row] = layer_norm(x[row] + y[row]) * gain + bias, population variance, epsilon 1e-12. `y` may be null.
  void (*add_norm)(float* x, const float* y, std::size_t rows, std::size_t cols, const float* gain,
                   const float* bias);
  /// In place, each of `rows` rows of `stride` floats: softmax over the first `n`, zeros up to the next
  /// multiple of kLanes.
  void (*softmax)(float* x, std::size_t rows, std::size_t n, std::size_t stride);
};

/// The reference: plain C++ for any processor. Slow; it judges the others.
const Kernels& portable_kernels();
/// The fastest table that this processor runs.
const Kernels& best_kernels();
/// Every table that this processor runs, the portable one first.
std::span<const Kernels* const> usable_kernels();

}  // namespace annalist::lang
