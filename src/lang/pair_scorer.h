// Scores of word pairs for many labels: score[l] = left^T B_l right, where both vectors end in a 1. Used for
// relations (head, dependent) and roles (predicate, argument).
//
// One side, the anchor, is met by many partners, so its product with B is made once:
// anchored[p][l] = sum_a anchor[a] * B_l(a, p); then score[l] = sum_p partner[p] * anchored[p][l].
// Immutable after construction; shared by all threads.
#pragma once

#include <cstddef>
#include <span>

#include "lang/kernel.h"

namespace annalist::lang {

class PairScorer {
 public:
  enum class Anchor { first, second };  // which index of B the anchor is

  PairScorer() = default;
  /// `weights` is B, [labels][size * size], row-major in (first, second); `size` counts the added 1.
  PairScorer(std::span<const float> weights, std::size_t labels, std::size_t size, Anchor anchor);

  std::size_t labels() const { return labels_; }
  std::size_t size() const { return size_; }
  /// Floats of one scored pair, and the stride of `scores` below.
  std::size_t padded() const { return round_up(labels_, kLanes); }
  std::size_t anchored_size() const { return size_ * padded(); }

  /// anchors [count][size] -> anchored [count][anchored_size()].
  void anchor(const Kernels& kernels, const float* anchors, std::size_t count, float* anchored) const;
  /// partners [count][size] of one anchor -> scores [count][padded()].
  void score(const Kernels& kernels, const float* anchored, const float* partners, std::size_t count,
             float* scores) const {
    kernels.matmul({partners, size_}, {anchored, padded()}, count, size_, padded(), scores, padded());
  }

 private:
  std::size_t labels_ = 0, size_ = 0;
  Buffer<float> slabs_;  // [partner][anchor][padded]
};

}  // namespace annalist::lang
