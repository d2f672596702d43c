// AVX-512 with VNNI (Intel since Ice Lake, AMD since Zen 4). Compiled with the flags of that set.
#include "lang/kernel_sets.h"

#if defined(__AVX512VNNI__)
#include <immintrin.h>

namespace annalist::lang::avx512 {

constexpr std::size_t kRowTile = 6;  // 6 x 4 sums, 4 weights, 1 broadcast: 29 of 32 registers
constexpr std::size_t kMatmulRows = 4, kMatmulVectors = 4;

template <std::size_t R>
static inline void tile_sums(const std::uint8_t* x, std::size_t inputs, const std::int8_t* w,
                             std::int32_t* acc) {
  __m512i sum[R][4];
#pragma GCC unroll 8
  for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 4
    for (std::size_t v = 0; v < 4; ++v) sum[r][v] = _mm512_setzero_si512();
  for (std::size_t k = 0; k < inputs; k += 4, w += kTileOutputs * 4) {
    __m512i weights[4];
#pragma GCC unroll 4
    for (std::size_t v = 0; v < 4; ++v) weights[v] = _mm512_load_si512(w + 64 * v);
#pragma GCC unroll 8
    for (std::size_t r = 0; r < R; ++r) {
      std::int32_t four;
      __builtin_memcpy(&four, x + r * inputs + k, sizeof four);
      const __m512i inputs_of_row = _mm512_set1_epi32(four);
#pragma GCC unroll 4
      for (std::size_t v = 0; v < 4; ++v)
        sum[r][v] = _mm512_dpbusd_epi32(sum[r][v], inputs_of_row, weights[v]);
    }
  }
#pragma GCC unroll 8
  for (std::size_t r = 0; r < R; ++r)
#pragma GCC unroll 4
    for (std::size_t v = 0; v < 4; ++v) _mm512_storeu_si512(acc + r * kTileOutputs + v * kLanes, sum[r][v]);
}

#include "lang/kernel_body.h"

}  // namespace annalist::lang::avx512

namespace annalist::lang {
constexpr Kernels kAvx512 = avx512::kernel_table("avx512-vnni");
const Kernels* avx512_vnni_kernels() { return &kAvx512; }
}  // namespace annalist::lang
#else
namespace annalist::lang {
const Kernels* avx512_vnni_kernels() { return nullptr; }
}  // namespace annalist::lang
#endif
