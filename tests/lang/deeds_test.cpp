#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "lang/deeds.h"

namespace annalist::lang {
namespace {

constexpr std::size_t kSize = 16, kContext = 64, kOut = DeedLayers::kOutputs;

struct Weights {
  std::vector<float> near, near_bias, context, context_bias, place, views, lift, same, out, out_bias;
  DeedLayers layers;

  Weights() {
    std::mt19937 random(7);
    const auto fill = [&](std::vector<float>& to, std::size_t n) {
      to.resize(n);
      for (float& x : to) x = static_cast<float>(random() % 2001) / 2000 - 0.5f;
    };
    fill(near, DeedLayers::kNear * kSize * kSize);
    fill(near_bias, kSize);
    fill(context, DeedLayers::kParts * kSize * kContext);
    fill(context_bias, kContext);
    fill(place, DeedLayers::kPlaces * kContext);
    fill(views, 3 * kContext * kContext);
    fill(lift, kContext * kSize);
    fill(same, 2 * kSize * kSize);
    fill(out, kSize * kOut);
    fill(out_bias, kOut);
    layers = {kSize, kContext, near, near_bias, context, context_bias,
              place, views,    lift, same,      out,     out_bias};
  }
};

// Page and formula: docs/formats/model.md, "Deeds", written down naively.
struct Page {
  const Weights& w;
  const std::vector<float>& h;
  const std::vector<std::uint32_t>& ends;
  const std::vector<std::string_view>& words;
  using Row = std::vector<double>;

  double mean(std::size_t first, std::size_t last, std::size_t d) const {
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += h[i * kSize + d];
    return last > first ? sum / static_cast<double>(last - first) : 0.0;
  }
  double sentence_mean(std::size_t k, std::size_t d) const {  // 1-based; 0 and n + 1 are zero
    return k == 0 || k > ends.size() ? 0.0 : mean(k == 1 ? 0 : ends[k - 2], ends[k - 1], d);
  }

  Row context(std::size_t k) const {  // of sentence k, 1-based
    Row out(kContext);
    for (std::size_t c = 0; c < kContext; ++c) {
      double sum = w.context_bias[c] + w.place[std::min(k - 1, DeedLayers::kPlaces - 1) * kContext + c];
      for (std::size_t d = 0; d < kSize; ++d) {
        double lead = 0;
        const std::size_t leads = std::min<std::size_t>(ends.size(), DeedLayers::kLead);
        for (std::size_t s = 1; s <= leads; ++s) lead += sentence_mean(s, d) / static_cast<double>(leads);
        const double parts[] = {sentence_mean(k - 1, d), sentence_mean(k, d), sentence_mean(k + 1, d),
                                mean(0, ends.back(), d), lead};
        for (std::size_t p = 0; p < DeedLayers::kParts; ++p)
          sum += parts[p] * w.context[(p * kSize + d) * kContext + c];
      }
      out[c] = std::tanh(sum);
    }
    return out;
  }

  Row views(const Row& c) const {
    Row out(3 * kContext);
    for (std::size_t o = 0; o < 3 * kContext; ++o)
      for (std::size_t d = 0; d < kContext; ++d) out[o] += c[d] * w.views[d * 3 * kContext + o];
    return out;
  }

  Row looked(std::size_t k) const {
    constexpr std::size_t kPart = kContext / DeedLayers::kViews;
    Row out = context(k);
    const Row mine = views(out);
    std::vector<Row> all;
    for (std::size_t s = 1; s <= std::min(ends.size(), DeedLayers::kSeen); ++s)
      all.push_back(views(context(s)));
    for (std::size_t v = 0; v < DeedLayers::kViews; ++v) {
      double total = 0;
      Row found(kPart);
      for (const Row& other : all) {
        double like = 0;
        for (std::size_t d = v * kPart; d < (v + 1) * kPart; ++d) like += mine[d] * other[kContext + d];
        const double e = std::exp(like / std::sqrt(static_cast<double>(kPart)));
        total += e;
        for (std::size_t d = 0; d < kPart; ++d) found[d] += e * other[2 * kContext + v * kPart + d];
      }
      for (std::size_t d = 0; d < kPart; ++d) out[v * kPart + d] += found[d] / total;
    }
    return out;
  }

  Row alike(std::size_t word) const {  // words in small letters only
    Row out(2 * kSize);
    double n = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] != words[word]) continue;
      n += 1;
      for (std::size_t d = 0; d < kSize; ++d) {
        out[d] += h[i * kSize + d];
        out[kSize + d] = std::max(out[kSize + d], static_cast<double>(h[i * kSize + d]));
      }
    }
    for (std::size_t d = 0; d < kSize; ++d) out[d] /= n;
    return out;
  }

  Row logits(std::size_t word) const {
    std::size_t k = 1;
    while (ends[k - 1] <= word) ++k;
    const Row c = looked(k), same = alike(word);
    Row g(kSize), out(kOut);
    for (std::size_t o = 0; o < kSize; ++o) {
      double sum = w.near_bias[o];
      for (std::size_t p = 0; p < DeedLayers::kNear; ++p) {
        if (word + p < 2 || word + p - 2 >= ends.back()) continue;
        for (std::size_t d = 0; d < kSize; ++d)
          sum += static_cast<double>(h[(word + p - 2) * kSize + d]) * w.near[(p * kSize + d) * kSize + o];
      }
      for (std::size_t d = 0; d < kContext; ++d) sum += c[d] * w.lift[d * kSize + o];
      for (std::size_t d = 0; d < 2 * kSize; ++d) sum += same[d] * w.same[d * kSize + o];
      g[o] = std::max(0.0, sum);
    }
    for (std::size_t o = 0; o < kOut; ++o) {
      out[o] = w.out_bias[o];
      for (std::size_t d = 0; d < kSize; ++d) out[o] += g[d] * w.out[d * kOut + o];
    }
    return out;
  }
};

}  // namespace

TEST_CASE("tags of deeds are what their page says, with every kernel") {
  const Weights w;
  std::mt19937 random(3);
  std::vector<DeedTag> first;
  std::vector<std::string_view> words, small;  // every third word is another, some of them in capitals
  constexpr std::string_view kWords[] = {"bomb", "Bomb", "town"}, kSmall[] = {"bomb", "bomb", "town"};
  for (std::size_t i = 0; i < 84; ++i) words.push_back(kWords[i % 3]), small.push_back(kSmall[i % 3]);
  for (const Kernels* kernels : usable_kernels()) {
    random.seed(3);
    DeedScratch scratch;
    scratch.ends = {1, 9, 12};  // and more sentences than are told apart or seen
    for (std::uint32_t end = 14; end <= 84; ++end) scratch.ends.push_back(end);
    for (std::size_t i = 0; i < 84 * kSize; ++i)
      scratch.rows.push_back(static_cast<float>(random() % 1000) / 1000);
    std::vector<DeedTag> tags(84);
    tag_deeds(w.layers, *kernels, scratch, words, tags);
    const Page page{w, scratch.rows, scratch.ends, small};
    for (std::size_t word = 0; word < tags.size(); ++word) {
      CAPTURE(word);
      const auto x = page.logits(word);
      for (std::size_t r = 0; r < DeedTag::kRoles; ++r) {
        const double e[] = {std::exp(x[3 * r]), std::exp(x[3 * r + 1]), std::exp(x[3 * r + 2])};
        const double total = e[0] + e[1] + e[2];
        CHECK(std::abs(tags[word].begin[r] - 255 * e[1] / total) < 0.6);
        CHECK(std::abs(tags[word].inside[r] - 255 * e[2] / total) < 0.6);
      }
      for (std::size_t k = 0; k < DeedTag::kPoliceActs; ++k)
        CHECK(std::abs(tags[word].police[k] - 255 / (1 + std::exp(-x[3 * DeedTag::kRoles + k]))) < 0.6);
    }
    if (first.empty()) first = tags;
    for (std::size_t word = 0; word < tags.size(); ++word)
      CHECK(std::equal(std::begin(tags[word].begin), std::end(tags[word].begin),
                       std::begin(first[word].begin)));
  }
}

TEST_CASE("a report without words gets no tags of deeds") {
  const Weights w;
  DeedScratch scratch;
  tag_deeds(w.layers, portable_kernels(), scratch, {}, {});
}

}  // namespace annalist::lang
