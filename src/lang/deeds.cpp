#include "lang/deeds.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace annalist::lang {
namespace {

constexpr std::size_t kRoles = DeedTag::kRoles, kPolice = DeedTag::kPoliceActs;
static_assert(3 * kRoles + kPolice <= DeedLayers::kOutputs);

std::uint8_t in_255ths(double share) { return static_cast<std::uint8_t>(std::lrint(255.0 * share)); }

class Tagger {
 public:
  Tagger(const DeedLayers& layers, const Kernels& kernels, DeedScratch& scratch)
      : l_(layers),
        kernels_(kernels),
        s_(scratch),
        size_(layers.size),
        words_(scratch.rows.size() / layers.size) {}

  void run(std::span<DeedTag> tags) {
    if (words_ == 0) return;
    mean_sentences();
    read_context();
    read_neighbours();
    float* out = s_.out.reset(words_ * DeedLayers::kOutputs);
    kernels_.matmul({s_.near.data(), size_}, {l_.out.data(), DeedLayers::kOutputs}, words_, size_,
                    DeedLayers::kOutputs, out, DeedLayers::kOutputs);
    for (std::size_t i = 0; i < words_; ++i, out += DeedLayers::kOutputs) {
      for (std::size_t k = 0; k < DeedLayers::kOutputs; ++k) out[k] += l_.out_bias[k];
      write(out, tags[i]);
    }
  }

 private:
  static void write(const float* out, DeedTag& tags) {
    for (std::size_t r = 0; r < kRoles; ++r) {
      const float* x = out + 3 * r;
      const float most = std::max({x[0], x[1], x[2]});
      double e[3], total = 0;
      for (std::size_t k = 0; k < 3; ++k) total += e[k] = std::exp(static_cast<double>(x[k] - most));
      tags.begin[r] = in_255ths(e[1] / total);
      tags.inside[r] = in_255ths(e[2] / total);
    }
    for (std::size_t k = 0; k < kPolice; ++k)
      tags.police[k] = in_255ths(1.0 / (1.0 + std::exp(-static_cast<double>(out[3 * kRoles + k]))));
  }

  // Means of sentences, with a zero row at each end, then that of the whole stretch and of its lead.
  void mean_sentences() {
    const std::size_t n = s_.ends.size();
    float* means = s_.means.reset((n + 4) * size_);
    std::memset(means, 0, (n + 4) * size_ * sizeof(float));
    float *all = means + (n + 2) * size_, *lead = all + size_;
    std::size_t word = 0;
    for (std::size_t k = 0; k < n; ++k) {
      float* mean = means + (k + 1) * size_;
      const std::size_t first = word;
      for (; word < s_.ends[k]; ++word)
        for (std::size_t d = 0; d < size_; ++d) mean[d] += s_.rows[word * size_ + d];
      for (std::size_t d = 0; d < size_; ++d) {
        all[d] += mean[d];
        mean[d] /= static_cast<float>(std::max<std::size_t>(word - first, 1));
      }
    }
    const std::size_t leads = std::min(n, DeedLayers::kLead);
    for (std::size_t d = 0; d < size_; ++d) {
      all[d] /= static_cast<float>(words_);
      for (std::size_t k = 0; k < leads; ++k) lead[d] += means[(k + 1) * size_ + d];
      lead[d] /= static_cast<float>(leads);
    }
  }

  void read_context() {
    const std::size_t n = s_.ends.size(), width = DeedLayers::kParts * size_;
    const float* means = s_.means.data();
    float* parts = s_.parts.reset(n * width);
    for (std::size_t k = 0; k < n; ++k) {
      std::memcpy(parts + k * width, means + k * size_, 3 * size_ * sizeof(float));
      std::memcpy(parts + k * width + 3 * size_, means + (n + 2) * size_, 2 * size_ * sizeof(float));
    }
    float* context = s_.context.reset(n * l_.context);
    kernels_.matmul({parts, width}, {l_.context_in.data(), l_.context}, n, width, l_.context, context,
                    l_.context);
    for (std::size_t i = 0; i < n * l_.context; ++i)
      context[i] = std::tanh(context[i] + l_.context_bias[i % l_.context]);
    float* lifted = s_.lifted.reset(n * size_);
    kernels_.matmul({context, l_.context}, {l_.context_out.data(), size_}, n, l_.context, size_, lifted,
                    size_);
  }

  // Rows lie end to end, so a word with its neighbours is one long row.
  void read_neighbours() {
    constexpr std::size_t kSide = DeedLayers::kNear / 2;
    float* words = s_.words.reset((words_ + 2 * kSide) * size_);
    std::memset(words, 0, kSide * size_ * sizeof(float));
    std::memcpy(words + kSide * size_, s_.rows.data(), words_ * size_ * sizeof(float));
    std::memset(words + (kSide + words_) * size_, 0, kSide * size_ * sizeof(float));
    float* near = s_.near.reset(words_ * size_);
    kernels_.matmul({words, size_}, {l_.near.data(), size_}, words_, DeedLayers::kNear * size_, size_, near,
                    size_);
    std::size_t word = 0;
    for (std::size_t k = 0; k < s_.ends.size(); ++k)
      for (; word < s_.ends[k]; ++word)
        for (std::size_t d = 0; d < size_; ++d) {
          float& x = near[word * size_ + d];
          x = std::max(0.0f, x + (l_.near_bias[d] + s_.lifted[k * size_ + d]));
        }
  }

  const DeedLayers& l_;
  const Kernels& kernels_;
  DeedScratch& s_;
  const std::size_t size_, words_;
};

}  // namespace

void tag_deeds(const DeedLayers& layers, const Kernels& kernels, DeedScratch& scratch,
               std::span<DeedTag> tags) {
  Tagger(layers, kernels, scratch).run(tags);
}

}  // namespace annalist::lang
