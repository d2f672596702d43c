#include "lang/pair_scorer.h"

#include <cstring>

namespace annalist::lang {

PairScorer::PairScorer(std::span<const float> weights, std::size_t labels, std::size_t size, Anchor anchor)
    : labels_(labels), size_(size), slabs_(size * size * round_up(labels, kLanes)) {
  std::memset(slabs_.data(), 0, slabs_.size() * sizeof(float));
  for (std::size_t l = 0; l < labels; ++l)
    for (std::size_t first = 0; first < size; ++first)
      for (std::size_t second = 0; second < size; ++second) {
        const std::size_t a = anchor == Anchor::first ? first : second;
        const std::size_t p = anchor == Anchor::first ? second : first;
        slabs_[(p * size + a) * padded() + l] = weights[(l * size + first) * size + second];
      }
}

void PairScorer::anchor(const Kernels& kernels, const float* anchors, std::size_t count,
                        float* anchored) const {
  // Slab by slab, so that a slab is read once for all anchors.
  for (std::size_t p = 0; p < size_; ++p)
    kernels.matmul({anchors, size_}, {slabs_.data() + p * size_ * padded(), padded()}, count, size_, padded(),
                   anchored + p * padded(), anchored_size());
}

}  // namespace annalist::lang
