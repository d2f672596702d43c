#include "story/near_copies.h"

#include <algorithm>
#include <array>
#include <bit>
#include <compare>
#include <functional>
#include <span>
#include <utility>

#include "base/hash.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace annalist {
namespace {

constexpr std::size_t kGram = 5;
constexpr std::size_t kCommon = 400;    // texts that share a 5-gram before it counts as a common one
constexpr std::size_t kNeighbours = 8;  // compared where a 5-gram is common
constexpr std::size_t kPart = 1 << 20;  // 5-grams indexed at a time, about, to save memory

bool is_mark(char32_t c) {
  return (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) || c == 0xAB || c == 0xBB || c == 0xA0;
}

/// The hash of a word, fed character by character: eight bytes at a time.
class WordHash {
 public:
  void add(std::uint64_t c) {
    chunk_ = chunk_ << 8 ^ c;
    if (++size_ % 8 == 0) hash_ = mix64(hash_ ^ std::exchange(chunk_, 0)) + 1;
  }
  bool empty() const { return size_ == 0; }
  std::uint64_t take() {
    const std::uint64_t out = mix64(hash_ ^ chunk_ ^ size_ << 56);
    *this = {};
    return out;
  }

 private:
  std::uint64_t hash_ = 0, chunk_ = 0, size_ = 0;
};

/// The hashes of the words: runs of letters and digits, in lower case where they are ASCII.
void hash_words(std::string_view s, std::vector<std::uint64_t>& out) {
  out.clear();
  WordHash word;
  const auto end_word = [&] {
    if (!word.empty()) out.push_back(word.take());
  };
  for (std::size_t at = 0; at < s.size();) {
    const char c = s[at];
    if (c & 0x80) {
      if (const char32_t wide = next_code_point(s, at); is_mark(wide))
        end_word();
      else
        word.add(wide);
    } else {
      ++at;
      if (is_alpha(c) || is_digit(c))
        word.add(static_cast<unsigned char>(c | 0x20));  // digits have the bit
      else
        end_word();
    }
  }
  end_word();
}

/// Sorts by hash. Hashes spread evenly: the kBits behind the first `skip` tell nearly where each belongs.
template <int kBits, class T, class Hash>
void sort_by_hash(std::span<T> items, std::vector<T>& scratch, int skip, const Hash& hash) {
  std::array<std::uint32_t, (1 << kBits) + 1> begin{};
  const auto bucket = [&](const T& t) { return hash(t) << skip >> (64 - kBits); };
  for (const T& t : items) ++begin[bucket(t) + 1];
  for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  scratch.resize(items.size());
  for (const T& t : items) scratch[begin[bucket(t)]++] = t;
  std::size_t from = 0;
  for (std::size_t i = 0; i + 1 < begin.size(); from = begin[i++])
    if (begin[i] - from > 1)
      std::sort(scratch.begin() + std::ptrdiff_t(from), scratch.begin() + std::ptrdiff_t(begin[i]));
  std::copy(scratch.begin(), scratch.end(), items.begin());
}

using Grams = std::span<const std::uint64_t>;  // sorted, each once

std::size_t shared(Grams a, Grams b) {
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

/// Which texts share which 5-grams. Gram g stands in texts_of[begin_of_gram[g] .. begin_of_gram[g + 1]), and
/// text t holds the shared grams grams_of[begin_of_text[t] .. begin_of_text[t + 1]).
struct Index {
  std::vector<std::uint32_t> begin_of_gram{0}, texts_of;
  std::vector<std::uint32_t> begin_of_text, grams_of;
  std::vector<std::uint32_t> common;  // 5-grams of a text that are too common to count
  std::vector<std::pair<std::uint32_t, std::uint32_t>> neighbours;  // of texts in the lists of those
};

/// Which hashes were noted more than once, or share a slot with another: two bits for each of 8 slots a hash.
class Seen {
 public:
  void clear(std::size_t hashes) {
    slots_ = std::bit_ceil(std::max<std::size_t>(64, 8 * hashes));
    bits_.assign(slots_ / 32, 0);
  }
  void note(std::uint64_t h) {
    std::uint64_t& word = bits_[slot(h) / 32];
    const int shift = int(slot(h) % 32) * 2;
    const std::uint64_t now = word >> shift & 3;
    word |= (now == 0 ? std::uint64_t(1) : std::uint64_t(2)) << shift;
  }
  bool twice(std::uint64_t h) const { return bits_[slot(h) / 32] >> (slot(h) % 32 * 2) & 2; }

 private:
  std::size_t slot(std::uint64_t h) const { return h & (slots_ - 1); }
  std::size_t slots_ = 0;
  std::vector<std::uint64_t> bits_;
};

template <class T>
void sort_once(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

/// `begin[t]`: where the grams of text t begin in `grams`; one more than texts.
Index index_grams(const std::vector<std::uint64_t>& grams, const std::vector<std::size_t>& begin) {
  const std::size_t texts = begin.size() - 1;
  Index out;
  out.common.assign(texts, 0);
  struct Entry {
    std::uint64_t gram;
    std::uint32_t text;
    auto operator<=>(const Entry&) const = default;
  };
  std::vector<Entry> entries, scratch;
  std::vector<std::size_t> from(begin.begin(), begin.end() - 1), to(texts);
  Seen seen;
  const int bits = int(std::bit_width(grams.size() / kPart));  // 2^bits parts of the range of hashes
  for (std::uint64_t part = 0; part < std::uint64_t(1) << bits; ++part) {
    const std::uint64_t last = bits == 0 ? ~std::uint64_t(0) : ((part + 1) << (64 - bits)) - 1;
    std::size_t count = 0;
    for (std::size_t t = 0; t < texts; ++t) {
      for (to[t] = from[t]; to[t] < begin[t + 1] && grams[to[t]] <= last;) ++to[t];
      count += to[t] - from[t];
    }
    // Most 5-grams stand in one text only: they are sieved out before the rest is sorted.
    seen.clear(count);
    for (std::size_t t = 0; t < texts; ++t)
      for (std::size_t i = from[t]; i < to[t]; ++i) seen.note(grams[i]);
    entries.clear();
    for (std::uint32_t t = 0; t < texts; ++t)
      for (std::size_t i = from[t]; i < to[t]; ++i)
        if (seen.twice(grams[i])) entries.push_back({grams[i], t});
    from = to;
    sort_by_hash<14>(std::span(entries), scratch, bits, [](const Entry& e) { return e.gram; });
    for (std::size_t i = 0, j = 0; i < entries.size(); i = j) {
      while (j < entries.size() && entries[j].gram == entries[i].gram) ++j;
      if (j - i < 2) continue;
      if (j - i > kCommon) {
        for (std::size_t k = i; k < j; ++k) {
          ++out.common[entries[k].text];
          for (std::size_t n = k + 1; n < j && n <= k + kNeighbours; ++n)
            out.neighbours.emplace_back(entries[k].text, entries[n].text);
        }
        if (out.neighbours.size() > kPart) sort_once(out.neighbours);
        continue;
      }
      for (std::size_t k = i; k < j; ++k) out.texts_of.push_back(entries[k].text);
      out.begin_of_gram.push_back(std::uint32_t(out.texts_of.size()));
    }
  }
  sort_once(out.neighbours);
  out.begin_of_text.assign(texts + 1, 0);
  for (const std::uint32_t t : out.texts_of) ++out.begin_of_text[t + 1];
  for (std::size_t t = 0; t < texts; ++t) out.begin_of_text[t + 1] += out.begin_of_text[t];
  out.grams_of.resize(out.texts_of.size());
  std::vector<std::uint32_t> next(out.begin_of_text.begin(), out.begin_of_text.end() - 1);
  for (std::uint32_t g = 0; g + 1 < out.begin_of_gram.size(); ++g)
    for (std::uint32_t k = out.begin_of_gram[g]; k < out.begin_of_gram[g + 1]; ++k)
      out.grams_of[next[out.texts_of[k]]++] = g;
  return out;
}

}  // namespace

void NearCopies::add(const CopyText& given) {
  hash_words(given.text, words_);
  std::uint64_t whole = 0;
  for (const std::uint64_t w : words_) whole = mix64(whole ^ w) + 1;
  const auto first = std::ptrdiff_t(grams_.size());
  constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15ULL, kOut = kBase * kBase * kBase * kBase;
  static_assert(kGram == 5);
  std::uint64_t rolling = 0;
  for (std::size_t k = 0; k < std::min(kGram, words_.size()); ++k) rolling = rolling * kBase + words_[k];
  for (std::size_t i = 0; i + kGram <= words_.size(); ++i) {
    grams_.push_back(mix64(rolling));
    if (i + kGram < words_.size()) rolling = (rolling - words_[i] * kOut) * kBase + words_[i + kGram];
  }
  sort_by_hash<8>(std::span(grams_).subspan(std::size_t(first)), scratch_, 0, std::identity());
  grams_.erase(std::unique(grams_.begin() + first, grams_.end()), grams_.end());
  begin_.push_back(grams_.size());
  texts_.push_back({whole, std::string(given.when), given.revised});
}

CopyPair NearCopies::judged(std::uint32_t i, std::uint32_t j, std::size_t both) const {
  const Text *a = &texts_[i], *b = &texts_[j];
  std::size_t of_a = size(i), of_b = size(j);
  const std::size_t less = std::min(of_a, of_b);
  const std::size_t more = std::max(of_a, of_b);
  // Times are compared as far as both are told: a day says nothing about two reports of that day.
  const std::size_t told = std::min(a->when.size(), b->when.size());
  const int order = told >= 10 ? a->when.compare(0, told, b->when, 0, told) : 0;
  const bool longer_first = of_a > of_b && both * 2 >= less && more * 5 >= less * 6;
  if (order > 0 || (order == 0 && (a->revised != b->revised ? a->revised : longer_first))) {
    std::swap(i, j);
    std::swap(a, b);
    std::swap(of_a, of_b);
  }
  CopyPair out{i, j, CopyKind::copy, float(both) / float(less + more - both), float(both) / float(less)};
  if (a->whole == b->whole)
    out.kind = CopyKind::same;
  else if ((b->revised && !a->revised) || (of_b * 5 >= of_a * 6 && both * 2 >= of_a))
    out.kind = CopyKind::update;
  return out;
}

std::vector<CopyPair> NearCopies::pairs(float jaccard, float containment) const {
  const auto enough = [&](std::size_t i, std::size_t j, std::size_t both) {
    const std::size_t x = size(i), y = size(j);
    return float(both) >= jaccard * float(x + y - both) || float(both) >= containment * float(std::min(x, y));
  };
  const Index index = index_grams(grams_, begin_);
  std::vector<CopyPair> out;
  std::vector<std::uint32_t> counts(texts_.size(), 0), met;
  auto neighbour = index.neighbours.begin();
  for (std::uint32_t i = 0; i < texts_.size(); ++i) {
    met.clear();
    for (std::uint32_t k = index.begin_of_text[i]; k < index.begin_of_text[i + 1]; ++k) {
      const std::uint32_t g = index.grams_of[k];
      for (std::uint32_t p = index.begin_of_gram[g + 1]; p-- > index.begin_of_gram[g];) {
        const std::uint32_t j = index.texts_of[p];
        if (j <= i) break;
        if (counts[j]++ == 0) met.push_back(j);
      }
    }
    for (; neighbour != index.neighbours.end() && neighbour->first == i; ++neighbour)
      if (counts[neighbour->second] == 0) met.push_back(neighbour->second);
    std::sort(met.begin(), met.end());
    for (const std::uint32_t j : met) {
      std::size_t both = std::exchange(counts[j], 0);
      const std::size_t common = std::min(index.common[i], index.common[j]);
      if (!enough(i, j, both + common)) continue;
      if (common > 0) both = shared({&grams_[begin_[i]], size(i)}, {&grams_[begin_[j]], size(j)});
      if (enough(i, j, both)) out.push_back(judged(i, j, both));
    }
  }
  return out;
}

}  // namespace annalist
