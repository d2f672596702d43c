#include "story/near_copies.h"

#include <algorithm>

#include "base/hash.h"
#include "base/strings.h"

namespace annalist {
namespace {

constexpr std::size_t kGram = 5;
// A band that very many texts share is boilerplate (a stock table's heading): pairs within it are not
// compared beyond this many neighbours, which keeps the whole linear.
constexpr std::size_t kMaxNeighbours = 64;

std::size_t common(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t n = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i < *j) {
      ++i;
    } else if (*j < *i) {
      ++j;
    } else {
      ++n, ++i, ++j;
    }
  }
  return n;
}

}  // namespace

void NearCopies::add(std::string_view text) {
  const std::string folded = fold(text);
  std::vector<std::uint64_t> words;
  for (std::string_view word : split_list(folded, ' ')) words.push_back(hash64(word));
  std::vector<std::uint64_t> grams;
  for (std::size_t i = 0; i + kGram <= words.size(); ++i) {
    std::uint64_t h = 0;
    for (std::size_t k = 0; k < kGram; ++k) h = mix64(h ^ words[i + k]) + k;
    grams.push_back(h);
  }
  std::sort(grams.begin(), grams.end());
  grams.erase(std::unique(grams.begin(), grams.end()), grams.end());

  for (std::size_t band = 0; band < kBands; ++band) {
    std::uint64_t key = band;
    for (std::size_t row = 0; row < kRows; ++row) {
      const std::uint64_t seed = mix64(band * kRows + row + 1);
      std::uint64_t least = ~std::uint64_t(0);
      for (const std::uint64_t g : grams) least = std::min(least, mix64(g ^ seed));
      key = mix64(key ^ least);
    }
    bands_.push_back(key);
  }
  whole_.push_back(hash64(folded));
  shingles_.push_back(std::move(grams));
}

std::vector<CopyPair> NearCopies::pairs(float jaccard, float containment) const {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> candidates;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
  for (std::size_t band = 0; band < kBands; ++band) {
    keys.clear();
    for (std::uint32_t i = 0; i < shingles_.size(); ++i)
      if (!shingles_[i].empty()) keys.emplace_back(bands_[i * kBands + band], i);
    std::sort(keys.begin(), keys.end());
    for (std::size_t i = 0; i < keys.size(); ++i)
      for (std::size_t j = i + 1;
           j < keys.size() && j <= i + kMaxNeighbours && keys[j].first == keys[i].first; ++j)
        candidates.emplace_back(keys[i].second, keys[j].second);
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());

  std::vector<CopyPair> out;
  for (const auto& [a, b] : candidates) {
    const std::size_t both = common(shingles_[a], shingles_[b]);
    const std::size_t less = std::min(shingles_[a].size(), shingles_[b].size());
    const std::size_t more = std::max(shingles_[a].size(), shingles_[b].size());
    CopyPair pair{a, b, CopyKind::copy, float(both) / float(less + more - both), float(both) / float(less)};
    if (pair.jaccard < jaccard && pair.containment < containment) continue;
    if (whole_[a] == whole_[b])
      pair.kind = CopyKind::same;
    else if (pair.containment >= 0.5F && more * 5 >= less * 6)
      pair.kind = CopyKind::update;
    out.push_back(pair);
  }
  return out;
}

}  // namespace annalist
