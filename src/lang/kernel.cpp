#include "lang/kernel.h"

#include <array>
#include <cstring>
#include <vector>

#include "lang/kernel_sets.h"

namespace annalist::lang {
namespace {

#if defined(__x86_64__)
bool runs_avx2() { return __builtin_cpu_supports("avx2"); }
bool runs_avx512_vnni() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vnni");
}
bool runs_avx_vnni() { return runs_avx2() && __builtin_cpu_supports("avxvnni"); }
#else
bool runs_avx2() { return false; }
bool runs_avx512_vnni() { return false; }
bool runs_avx_vnni() { return false; }
#endif

std::vector<const Kernels*> find_usable() {
  std::vector<const Kernels*> out{&portable_kernels()};
  const std::array candidates{std::pair{runs_avx2(), avx2_kernels()},
                              std::pair{runs_avx_vnni(), avx_vnni_kernels()},
                              std::pair{runs_avx512_vnni(), avx512_vnni_kernels()}};
  for (const auto& [runs, table] : candidates)
    if (runs && table) out.push_back(table);
  return out;
}

}  // namespace

std::span<const Kernels* const> usable_kernels() {
  static const std::vector<const Kernels*> tables = find_usable();
  return tables;
}

const Kernels& best_kernels() { return *usable_kernels().back(); }

PackedMatrix pack_matrix(std::span<const std::int8_t> weights, std::span<const float> scale,
                         std::span<const float> bias, std::size_t inputs) {
  PackedMatrix out;
  out.outputs = scale.size();
  out.inputs = inputs;
  const std::size_t padded = round_up(out.outputs, kTileOutputs);
  const auto zeroed = [](auto& buffer, std::size_t size) {
    std::memset(buffer.reset(size), 0, size * sizeof buffer[0]);
  };
  zeroed(out.weights, padded * inputs);
  zeroed(out.scale, padded);
  zeroed(out.bias, padded);
  zeroed(out.sum, padded);
  for (std::size_t o = 0; o < out.outputs; ++o) {
    const std::int8_t* from = weights.data() + o * inputs;
    std::int8_t* to = out.weights.data() + o / kTileOutputs * kTileOutputs * inputs + o % kTileOutputs * 4;
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < inputs; i += 4) {
      std::memcpy(to + i * kTileOutputs, from + i, 4);
      sum += from[i] + from[i + 1] + from[i + 2] + from[i + 3];
    }
    out.scale[o] = scale[o];
    out.bias[o] = bias[o];
    out.sum[o] = sum;
  }
  return out;
}

}  // namespace annalist::lang
