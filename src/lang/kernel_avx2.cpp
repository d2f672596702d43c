// AVX2 (x86-64 since Haswell and Zen). Compiled with the flags of that set.
#include "lang/kernel_sets.h"

#if defined(__AVX2__)
#include <immintrin.h>

namespace annalist::lang::avx2 {

constexpr std::size_t kRowTile = 3;  // 3 x 4 sums, 3 inputs, 1 weight: all 16 registers
constexpr std::size_t kMatmulRows = 2, kMatmulVectors = 2;

// vpmaddubsw would saturate (2 * 255 * 127 > 32767), so both sides are widened to 16 bits and vpmaddwd adds
// pairs into exact 32-bit sums: two sums an output, joined at the end.
template <std::size_t R>
static inline void tile_sums(const std::uint8_t* x, std::size_t inputs, const std::int8_t* w,
                             std::int32_t* acc) {
  for (std::size_t o = 0; o < kTileOutputs; o += 16) {
    __m256i sum[R][4];
#pragma GCC unroll 3
    for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 4
      for (std::size_t v = 0; v < 4; ++v) sum[r][v] = _mm256_setzero_si256();
    const std::int8_t* from = w + o * 4;
    for (std::size_t k = 0; k < inputs; k += 4, from += kTileOutputs * 4) {
      __m256i inputs_of_row[R];
#pragma GCC unroll 3
      for (std::size_t r = 0; r < R; ++r) {
        std::int32_t four;
        __builtin_memcpy(&four, x + r * inputs + k, sizeof four);
        inputs_of_row[r] = _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(_mm_cvtsi32_si128(four)));
      }
#pragma GCC unroll 4
      for (std::size_t v = 0; v < 4; ++v) {
        const __m256i weights =
            _mm256_cvtepi8_epi16(_mm_load_si128(reinterpret_cast<const __m128i*>(from + 16 * v)));
#pragma GCC unroll 3
        for (std::size_t r = 0; r < R; ++r)
          sum[r][v] = _mm256_add_epi32(sum[r][v], _mm256_madd_epi16(inputs_of_row[r], weights));
      }
    }
#pragma GCC unroll 3
    for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 2
      for (std::size_t v = 0; v < 2; ++v) {
        // hadd works within 128-bit halves: outputs 0 1 4 5 2 3 6 7; the permutation puts them in order.
        const __m256i joined = _mm256_hadd_epi32(sum[r][2 * v], sum[r][2 * v + 1]);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(acc + r * kTileOutputs + o + 8 * v),
                            _mm256_permute4x64_epi64(joined, 0xD8));
      }
  }
}

#include "lang/kernel_body.h"

}  // namespace annalist::lang::avx2

namespace annalist::lang {
constexpr Kernels kAvx2 = avx2::kernel_table("avx2");
const Kernels* avx2_kernels() { return &kAvx2; }
}  // namespace annalist::lang
#else
namespace annalist::lang {
const Kernels* avx2_kernels() { return nullptr; }
}  // namespace annalist::lang
#endif
