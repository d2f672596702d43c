// The kernels' body, included by one kernel_*.cpp for each instruction set and compiled there with that
// set's flags. The including file defines, before the include, in its own namespace:
//     constexpr std::size_t kRowTile;                        rows an int8 tile handles at once
//     template <std::size_t R> void tile_sums(const std::uint8_t* x, std::size_t inputs,
//                                             const std::int8_t* w, std::int32_t* acc);   acc[R][64]
//     constexpr std::size_t kMatmulRows, kMatmulVectors;     register block of the fp32 product
//
// Everything here uses 16-lane vectors (GCC and clang vector extensions), whatever the width of the
// machine's registers, with additions in one written order and no fused multiply-add (-ffp-contract=off),
// so that each instruction set gives the same bits. No standard library templates: an inline function
// compiled here with wide instructions could be the copy that the linker keeps for the whole program.
//
// No #pragma once: the file is a body, and each including file has exactly one.

using F = float __attribute__((vector_size(64)));
using I = std::int32_t __attribute__((vector_size(64)));
using B = std::uint8_t __attribute__((vector_size(16)));

#define ANNALIST_INLINE static inline __attribute__((always_inline))

ANNALIST_INLINE F load(const float* p) {
  F v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
ANNALIST_INLINE I load(const std::int32_t* p) {
  I v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
ANNALIST_INLINE void store(float* p, F v) { __builtin_memcpy(p, &v, sizeof v); }
ANNALIST_INLINE F splat(float x) { return F{} + x; }
ANNALIST_INLINE F max(F a, F b) { return a > b ? a : b; }
ANNALIST_INLINE F min(F a, F b) { return a < b ? a : b; }

// Halves are folded onto each other: lanes i and i + 8, then 4, 2, 1 apart.
template <class Join>
ANNALIST_INLINE float fold(F v, Join join) {
  v = join(v, __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  v = join(v, __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  v = join(v, __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
  v = join(v, __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
  return v[0];
}
struct Add {
  __attribute__((always_inline)) F operator()(F a, F b) const { return a + b; }
};
struct Max {
  __attribute__((always_inline)) F operator()(F a, F b) const { return a > b ? a : b; }
};
ANNALIST_INLINE float sum_lanes(F v) { return fold(v, Add{}); }
ANNALIST_INLINE float max_lanes(F v) { return fold(v, Max{}); }

// Adding 1.5 * 2^23 leaves no bits for a fraction: rounds to the nearest integer, halves to even. |x| < 2^22.
ANNALIST_INLINE F round_even(F x) { return (x + 12582912.0f) - 12582912.0f; }

// e^x as 2^n * e^r with |r| <= ln 2 / 2; e^r by its Taylor polynomial of degree 7 (error below 1e-8).
// Arguments are held to [-70, 88]: e^-70 = 4e-31 is nothing beside 1, and products with it stay clear of
// subnormal numbers, which cost a hundred times as much.
ANNALIST_INLINE F exp(F x) {
  x = min(max(x, splat(-70.0f)), splat(88.0f));
  const F n = round_even(x * 1.44269504f);
  const F r = (x - n * 0.693359375f) - n * -2.12194440e-4f;  // ln 2 in two parts
  F p = splat(1.0f / 5040);
  p = p * r + 1.0f / 720;
  p = p * r + 1.0f / 120;
  p = p * r + 1.0f / 24;
  p = p * r + 1.0f / 6;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  const I bits = (__builtin_convertvector(n, I) + 127) << 23;
  F power;
  __builtin_memcpy(&power, &bits, sizeof power);
  return p * power;
}

// x times the normal distribution function. Its tail is Abramowitz and Stegun 7.1.26, |error| < 1.5e-7.
ANNALIST_INLINE F gelu(F x) {
  const F z = max(x, -x) * 0.70710678f;
  const F t = 1.0f / (z * 0.3275911f + 1.0f);
  F p = t * 1.061405429f + -1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t + -0.284496736f;
  p = p * t + 0.254829592f;
  const F tail = p * t * exp(-(z * z)) * 0.5f;
  return x * (x < 0.0f ? tail : 1.0f - tail);
}

static void quantise(const float* x, std::size_t rows, std::size_t cols, std::uint8_t* q, float* step,
                     std::int32_t* zero) {
  for (std::size_t row = 0; row < rows; ++row, x += cols, q += cols) {
    F low = F{}, high = F{};
    for (std::size_t i = 0; i < cols; i += kLanes) {
      const F v = load(x + i);
      low = min(v, low);
      high = max(v, high);
    }
    const float lo = -max_lanes(-low), hi = max_lanes(high);
    const float s = hi > lo ? (hi - lo) / 255.0f : 1.0f;
    const F inverse = splat(1.0f / s);
    const I z = __builtin_convertvector(round_even(splat(-lo / s)), I);
    for (std::size_t i = 0; i < cols; i += kLanes) {
      I v = __builtin_convertvector(round_even(load(x + i) * inverse), I) + z;
      v = v < 0 ? I{} : v;
      v = v > 255 ? I{} + 255 : v;
      const B bytes = __builtin_convertvector(v, B);
      __builtin_memcpy(q + i, &bytes, sizeof bytes);
    }
    step[row] = s;
    zero[row] = z[0];
  }
}

// acc[rows][64] of one tile; 1 <= rows <= R. Never inlined: constants of the loop around it, held in
// registers, would push sums out of them.
template <std::size_t R = kRowTile>
static __attribute__((noinline)) void tile_rows(const std::uint8_t* x, std::size_t rows, std::size_t inputs,
                                                const std::int8_t* w, std::int32_t* acc) {
  if constexpr (R > 1) {
    if (rows < R) return tile_rows<R - 1>(x, rows, inputs, w, acc);
  }
  tile_sums<R>(x, inputs, w, acc);
}

static void sums(const PackedView& w, const QuantisedRows& x, std::size_t tile, std::int32_t* acc) {
  const std::int8_t* weights = w.weights + tile * kTileOutputs * w.inputs;
  for (std::size_t row = 0; row < x.rows; row += kRowTile) {
    const std::size_t count = x.rows - row < kRowTile ? x.rows - row : kRowTile;
    tile_rows(x.q + row * w.inputs, count, w.inputs, weights, acc + row * kTileOutputs);
  }
}

template <bool kGelu>
ANNALIST_INLINE void finish_row(const PackedView& w, std::size_t output, const std::int32_t* acc, float step,
                                std::int32_t zero, float* y) {
  for (std::size_t o = 0; o < kTileOutputs; o += kLanes) {
    const I exact = load(acc + o) - load(w.sum + output + o) * zero;
    const F v =
        load(w.scale + output + o) * step * __builtin_convertvector(exact, F) + load(w.bias + output + o);
    store(y + o, kGelu ? gelu(v) : v);
  }
}

template <bool kGelu>
static void linear_as(const PackedView& w, const QuantisedRows& x, float* y) {
  alignas(64) std::int32_t acc[kRowTile * kTileOutputs];
  // The tile's weights stay in the nearest cache while all rows pass.
  for (std::size_t output = 0; output < w.padded; output += kTileOutputs) {
    const std::int8_t* weights = w.weights + output * w.inputs;
    for (std::size_t row = 0; row < x.rows; row += kRowTile) {
      const std::size_t count = x.rows - row < kRowTile ? x.rows - row : kRowTile;
      tile_rows(x.q + row * w.inputs, count, w.inputs, weights, acc);
      for (std::size_t r = 0; r < count; ++r)
        finish_row<kGelu>(w, output, acc + r * kTileOutputs, x.step[row + r], x.zero[row + r],
                          y + (row + r) * w.padded + output);
    }
  }
}

static void linear(const PackedView& w, const QuantisedRows& x, Activation activation, float* y) {
  if (activation == Activation::gelu)
    linear_as<true>(w, x, y);
  else
    linear_as<false>(w, x, y);
}

template <std::size_t R, std::size_t C>
ANNALIST_INLINE void matmul_block(const float* a, std::size_t a_stride, const float* b, std::size_t b_stride,
                                  std::size_t k, float* c, std::size_t c_stride) {
  F acc[R][C] = {};
  for (std::size_t i = 0; i < k; ++i) {
    F column[C];
#pragma GCC unroll 8
    for (std::size_t v = 0; v < C; ++v) column[v] = load(b + i * b_stride + v * kLanes);
#pragma GCC unroll 8
    for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 8
      for (std::size_t v = 0; v < C; ++v) acc[r][v] += column[v] * a[r * a_stride + i];
  }
#pragma GCC unroll 8
  for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 8
    for (std::size_t v = 0; v < C; ++v) store(c + r * c_stride + v * kLanes, acc[r][v]);
}

template <std::size_t C>
static void matmul_columns(MatrixView a, const float* b, std::size_t b_stride, std::size_t m, std::size_t k,
                           float* c, std::size_t c_stride) {
  // Narrow blocks take more rows: enough independent sums to keep the adders busy.
  constexpr std::size_t kRows = kMatmulRows * (C * 2 <= kMatmulVectors ? 2 : 1);
  std::size_t row = 0;
  for (; row + kRows <= m; row += kRows)
    matmul_block<kRows, C>(a.data + row * a.stride, a.stride, b, b_stride, k, c + row * c_stride, c_stride);
  for (; row < m; ++row)
    matmul_block<1, C>(a.data + row * a.stride, a.stride, b, b_stride, k, c + row * c_stride, c_stride);
}

// The last columns, fewer than a whole block of vectors.
template <std::size_t C>
static void matmul_rest(MatrixView a, const float* b, std::size_t b_stride, std::size_t m, std::size_t k,
                        std::size_t vectors, float* c, std::size_t c_stride) {
  if constexpr (C > 0) {
    if (vectors == C)
      matmul_columns<C>(a, b, b_stride, m, k, c, c_stride);
    else
      matmul_rest<C - 1>(a, b, b_stride, m, k, vectors, c, c_stride);
  }
}

static void matmul(MatrixView a, MatrixView b, std::size_t m, std::size_t k, std::size_t n, float* c,
                   std::size_t c_stride) {
  std::size_t at = 0;
  for (; at + kMatmulVectors * kLanes <= n; at += kMatmulVectors * kLanes)
    matmul_columns<kMatmulVectors>(a, b.data + at, b.stride, m, k, c + at, c_stride);
  matmul_rest<kMatmulVectors - 1>(a, b.data + at, b.stride, m, k, (n - at) / kLanes, c + at, c_stride);
}

static void add_norm(float* x, const float* y, std::size_t rows, std::size_t cols, const float* gain,
                     const float* bias) {
  const float count = static_cast<float>(cols);
  for (std::size_t row = 0; row < rows; ++row, x += cols) {
    F total = F{};
    for (std::size_t i = 0; i < cols; i += kLanes) {
      F v = load(x + i);
      if (y) v += load(y + row * cols + i);
      store(x + i, v);
      total += v;
    }
    const F mean = splat(sum_lanes(total) / count);
    F square = F{};
    for (std::size_t i = 0; i < cols; i += kLanes) {
      const F d = load(x + i) - mean;
      square += d * d;
    }
    const F inverse = splat(1.0f / __builtin_sqrtf(sum_lanes(square) / count + 1e-12f));
    for (std::size_t i = 0; i < cols; i += kLanes)
      store(x + i, (load(x + i) - mean) * inverse * load(gain + i) + load(bias + i));
  }
}

static void softmax(float* x, std::size_t rows, std::size_t n, std::size_t stride) {
  const std::size_t padded = (n + kLanes - 1) / kLanes * kLanes;
  for (std::size_t row = 0; row < rows; ++row, x += stride) {
    for (std::size_t i = n; i < padded; ++i) x[i] = -1e30f;
    F top = load(x);
    for (std::size_t i = kLanes; i < padded; i += kLanes) top = max(top, load(x + i));
    const F highest = splat(max_lanes(top));
    F total = F{};
    for (std::size_t i = 0; i < padded; i += kLanes) {
      const F e = exp(load(x + i) - highest);
      store(x + i, e);
      total += e;
    }
    // What exp() makes of the padding, 4e-31, is lost in a sum of at least 1.
    const F inverse = splat(1.0f / sum_lanes(total));
    for (std::size_t i = 0; i < padded; i += kLanes) store(x + i, load(x + i) * inverse);
    for (std::size_t i = n; i < padded; ++i) x[i] = 0.0f;
  }
}

#undef ANNALIST_INLINE

static constexpr Kernels kernel_table(const char* name) {
  return {name, quantise, sums, linear, matmul, add_norm, softmax};
}
