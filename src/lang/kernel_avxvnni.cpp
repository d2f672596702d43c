// AVX2 with AVX-VNNI (Intel laptops since Alder Lake). Compiled with the flags of that set.
#include "lang/kernel_sets.h"

#if defined(__AVXVNNI__)
#include <immintrin.h>

namespace annalist::lang::avxvnni {

constexpr std::size_t kRowTile = 6;  // 6 x 2 sums, 2 weights, 1 broadcast: 15 of 16 registers
constexpr std::size_t kMatmulRows = 2, kMatmulVectors = 2;

template <std::size_t R>
static inline void tile_sums(const std::uint8_t* x, std::size_t inputs, const std::int8_t* w,
                             std::int32_t* acc) {
  for (std::size_t o = 0; o < kTileOutputs; o += 16) {
    __m256i sum[R][2];
#pragma GCC unroll 8
    for (std::size_t r = 0; r < R; ++r) sum[r][0] = sum[r][1] = _mm256_setzero_si256();
    const std::int8_t* from = w + o * 4;
    for (std::size_t k = 0; k < inputs; k += 4, from += kTileOutputs * 4) {
      const __m256i low = _mm256_load_si256(reinterpret_cast<const __m256i*>(from));
      const __m256i high = _mm256_load_si256(reinterpret_cast<const __m256i*>(from + 32));
#pragma GCC unroll 8
      for (std::size_t r = 0; r < R; ++r) {
        std::int32_t four;
        __builtin_memcpy(&four, x + r * inputs + k, sizeof four);
        const __m256i inputs_of_row = _mm256_set1_epi32(four);
        sum[r][0] = _mm256_dpbusd_avx_epi32(sum[r][0], inputs_of_row, low);
        sum[r][1] = _mm256_dpbusd_avx_epi32(sum[r][1], inputs_of_row, high);
      }
    }
#pragma GCC unroll 8
    for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 2
      for (std::size_t v = 0; v < 2; ++v)
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(acc + r * kTileOutputs + o + 8 * v), sum[r][v]);
  }
}

#include "lang/kernel_body.h"

}  // namespace annalist::lang::avxvnni

namespace annalist::lang {
constexpr Kernels kAvxVnni = avxvnni::kernel_table("avx-vnni");
const Kernels* avx_vnni_kernels() { return &kAvxVnni; }
}  // namespace annalist::lang
#else
namespace annalist::lang {
const Kernels* avx_vnni_kernels() { return nullptr; }
}  // namespace annalist::lang
#endif
