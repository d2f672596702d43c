#include "lang/deeds.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/strings.h"

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

  void run(std::span<const std::string_view> words, std::span<DeedTag> tags) {
    if (words_ == 0) return;
    mean_sentences();
    read_context();
    look_around();
    gather_forms(words);
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
    for (std::size_t k = 0; k < n; ++k) {
      const float* place = l_.place.data() + std::min(k, DeedLayers::kPlaces - 1) * l_.context;
      for (std::size_t c = 0; c < l_.context; ++c) {
        float& x = context[k * l_.context + c];
        x = std::tanh(x + (l_.context_bias[c] + place[c]));
      }
    }
  }

  // Every sentence adds to its context what it seeks in the first ones (attention); then as wide as a word.
  void look_around() {
    constexpr std::size_t kViews = DeedLayers::kViews, kSeen = DeedLayers::kSeen;
    const std::size_t n = s_.ends.size(), size = l_.context, seen = std::min(n, kSeen), part = size / kViews;
    const float scale = 1.0f / std::sqrt(static_cast<float>(part));
    float *context = s_.context.data(), *views = s_.views.reset(n * 3 * size);
    kernels_.matmul({context, size}, {l_.views.data(), 3 * size}, n, size, 3 * size, views, 3 * size);
    float *keys = s_.keys.reset(part * kSeen), *weights = s_.seen.reset(n * (kSeen + part));
    float* found = weights + n * kSeen;
    for (std::size_t v = 0; v < kViews; ++v) {
      std::memset(keys, 0, part * kSeen * sizeof(float));
      for (std::size_t k = 0; k < seen; ++k)
        for (std::size_t d = 0; d < part; ++d)
          keys[d * kSeen + k] = scale * views[k * 3 * size + size + v * part + d];
      kernels_.matmul({views + v * part, 3 * size}, {keys, kSeen}, n, part, kSeen, weights, kSeen);
      kernels_.softmax(weights, n, seen, kSeen);
      kernels_.matmul({weights, kSeen}, {views + 2 * size + v * part, 3 * size}, n, seen, part, found, part);
      for (std::size_t k = 0; k < n; ++k)
        for (std::size_t d = 0; d < part; ++d) context[k * size + v * part + d] += found[k * part + d];
    }
    float* lifted = s_.lifted.reset(n * size_);
    kernels_.matmul({context, size}, {l_.context_out.data(), size_}, n, size, size_, lifted, size_);
  }

  // Words that differ in case only: the mean and the most of their rows.
  void gather_forms(std::span<const std::string_view> words) {
    s_.known.clear();
    s_.forms.clear();
    for (const std::string_view word : words)
      s_.forms.push_back(
          s_.known.try_emplace(lower(word), static_cast<std::uint32_t>(s_.known.size())).first->second);
    const std::size_t n = s_.known.size(), width = 2 * size_;
    float* alike = s_.alike.reset(n * width + n);
    float* count = alike + n * width;
    std::memset(alike, 0, (n * width + n) * sizeof(float));  // no row is below zero
    for (std::size_t i = 0; i < words_; ++i) {
      float* form = alike + s_.forms[i] * width;
      count[s_.forms[i]] += 1;
      for (std::size_t d = 0; d < size_; ++d) {
        form[d] += s_.rows[i * size_ + d];
        form[size_ + d] = std::max(form[size_ + d], s_.rows[i * size_ + d]);
      }
    }
    for (std::size_t f = 0; f < n; ++f)
      for (std::size_t d = 0; d < size_; ++d) alike[f * width + d] /= count[f];
    float* same = s_.same.reset(n * size_);
    kernels_.matmul({alike, width}, {l_.same.data(), size_}, n, width, size_, same, size_);
  }

  // Rows lie end to end, so a word with its neighbours is one long row.
  void read_neighbours() {
    constexpr std::size_t kSide = DeedLayers::kNear / 2;
    float* wide = s_.wide.reset((words_ + 2 * kSide) * size_);
    std::memset(wide, 0, kSide * size_ * sizeof(float));
    std::memcpy(wide + kSide * size_, s_.rows.data(), words_ * size_ * sizeof(float));
    std::memset(wide + (kSide + words_) * size_, 0, kSide * size_ * sizeof(float));
    float* near = s_.near.reset(words_ * size_);
    kernels_.matmul({wide, size_}, {l_.near.data(), size_}, words_, DeedLayers::kNear * size_, size_, near,
                    size_);
    std::size_t word = 0;
    for (std::size_t k = 0; k < s_.ends.size(); ++k)
      for (; word < s_.ends[k]; ++word) {
        const float* same = s_.same.data() + s_.forms[word] * size_;
        for (std::size_t d = 0; d < size_; ++d) {
          float& x = near[word * size_ + d];
          x = std::max(0.0f, x + (l_.near_bias[d] + s_.lifted[k * size_ + d] + same[d]));
        }
      }
  }

  const DeedLayers& l_;
  const Kernels& kernels_;
  DeedScratch& s_;
  const std::size_t size_, words_;
};

}  // namespace

void tag_deeds(const DeedLayers& layers, const Kernels& kernels, DeedScratch& scratch,
               std::span<const std::string_view> words, std::span<DeedTag> tags) {
  Tagger(layers, kernels, scratch).run(words, tags);
}

}  // namespace annalist::lang
