// Plain C++: the reference that judges the other kernels, and what unknown processors run.
#include "lang/kernel_sets.h"

namespace annalist::lang::portable {

constexpr std::size_t kRowTile = 1;
constexpr std::size_t kMatmulRows = 1, kMatmulVectors = 1;

template <std::size_t R>
static void tile_sums(const std::uint8_t* x, std::size_t inputs, const std::int8_t* w, std::int32_t* acc) {
  static_assert(R == 1);
  for (std::size_t o = 0; o < kTileOutputs; ++o) acc[o] = 0;
  for (std::size_t k = 0; k < inputs; k += 4, w += kTileOutputs * 4)
    for (std::size_t o = 0; o < kTileOutputs; ++o)
      for (std::size_t i = 0; i < 4; ++i) acc[o] += std::int32_t(x[k + i]) * w[o * 4 + i];
}

#include "lang/kernel_body.h"

}  // namespace annalist::lang::portable

namespace annalist::lang {
constexpr Kernels kPortable = portable::kernel_table("portable");
const Kernels& portable_kernels() { return kPortable; }
}  // namespace annalist::lang
