#include "place/name_key.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/strings.h"
#include "base/utf8.h"

namespace annalist {
namespace {

constexpr std::array<std::string_view, 14> kArticles = {"al",  "el", "ad", "ar", "as", "ash", "at",
                                                        "ath", "an", "az", "ed", "er", "es",  "ez"};

bool is_article(std::string_view word) {
  return std::find(kArticles.begin(), kArticles.end(), word) != kArticles.end();
}

std::string_view short_form(std::string_view word) {
  if (word == "saint" || word == "sainte" || word == "ste") return "st";
  if (word == "mount") return "mt";
  if (word == "fort") return "ft";
  return word;
}

/// Cyrillic in lower case; Arabic without vowel signs and with one form of alef, ya, waw and ta marbuta.
std::string fold_script(const std::string& s) {
  if (std::all_of(s.begin(), s.end(), [](char c) { return static_cast<unsigned char>(c) < 0xD0; })) return s;
  std::string out;
  for (std::size_t at = 0; at < s.size();) {
    char32_t c = next_code_point(s, at);
    if (c >= 0x410 && c <= 0x42F) c += 0x20;
    if (c >= 0x400 && c <= 0x40F) c += 0x50;
    if (c == 0x451) c = 0x435;
    if (c == 0x490) c = 0x491;
    if ((c >= 0x64B && c <= 0x65F) || c == 0x640 || c == 0x670) continue;
    if (c == 0x622 || c == 0x623 || c == 0x625 || c == 0x671) c = 0x627;
    if (c == 0x649 || c == 0x626 || c == 0x6CC) c = 0x64A;
    if (c == 0x629) c = 0x647;
    if (c == 0x624) c = 0x648;
    if (c == 0x6A9) c = 0x643;
    append_utf8(out, c);
  }
  return out;
}

}  // namespace

std::string name_key(std::string_view name) {
  const std::string folded = fold_script(fold(name));
  std::string out;
  out.reserve(folded.size());
  for (std::string_view word : split_list(folded, ' ')) {
    if (!out.empty()) out += ' ';
    out += short_form(word);
  }
  return out;
}

std::string loose_key(std::string_view key) {
  std::string out;
  for (std::string_view word : split_list(key, ' ')) {
    if (is_article(word)) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out.empty() ? std::string(key) : out;
}

std::string skeleton_key(std::string_view key) {
  std::string out;
  const auto put = [&](char c) {
    if (out.empty() || out.back() != c) out += c;
  };
  for (std::string_view word : split_list(key, ' ')) {
    if (is_article(word)) continue;
    for (std::size_t i = 0; i < word.size(); ++i) {
      const char c = word[i], next = i + 1 < word.size() ? word[i + 1] : '\0';
      if (static_cast<unsigned char>(c) >= 0x80) return {};
      switch (c) {
        case 'a':
        case 'e':
        case 'i':
        case 'o':
        case 'u':
        case 'w':
        case 'y':
        case 'h':
          break;
        case 'k':
          put(next == 'h' ? 'x' : 'k');
          break;
        case 's':
        case 'c':
          put(next == 'h' ? '$' : c == 'c' ? 'k' : 's');
          break;
        case 'q':
          put('k');
          break;
        case 'd':
          if (next == 'j') ++i;
          put(next == 'j' ? 'j' : 'd');
          break;
        case 'p':
          put('b');
          break;
        case 'v':
          put('f');
          break;
        default:
          put(c);
      }
    }
  }
  return out.size() < 3 ? std::string() : out;
}

std::uint64_t key_hash(std::string_view key) {
  std::uint64_t h = 0xcbf29ce484222325ull;  // FNV-1a, then a finaliser: the high bits choose the bucket
  for (char c : key) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  h ^= h >> 32;
  h *= 0x9e3779b97f4a7c15ull;
  return h ^ (h >> 29);
}

unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit) {
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > limit) return limit + 1;
  std::vector<unsigned> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<unsigned>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    unsigned diagonal = row[0];
    row[0] = static_cast<unsigned>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const unsigned above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return std::min(row[b.size()], limit + 1);
}

}  // namespace annalist
