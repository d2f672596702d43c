#include "page/language.h"

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "base/strings.h"
#include "base/utf8.h"

namespace annalist::page {

namespace {

enum Script {
  latin,
  cyrillic,
  greek,
  hebrew,
  arabic,
  indic,
  thai,
  kana,
  han,
  hangul,
  other_script,
  kScripts
};

Script script_of(char32_t c) {
  if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00)) return latin;
  if (c >= 0x370 && c < 0x400) return greek;
  if (c >= 0x400 && c < 0x530) return cyrillic;
  if (c >= 0x590 && c < 0x600) return hebrew;
  if ((c >= 0x600 && c < 0x780) || (c >= 0xFB50 && c < 0xFE00)) return arabic;
  if (c >= 0x900 && c < 0xE00) return indic;
  if (c >= 0xE00 && c < 0xE80) return thai;
  if (c >= 0x3040 && c < 0x3100) return kana;
  if (c >= 0x3400 && c < 0xA000) return han;
  if ((c >= 0xAC00 && c < 0xD7B0) || (c >= 0x1100 && c < 0x1200)) return hangul;
  return other_script;
}

std::string_view indic_language(char32_t c) {
  constexpr std::array<std::string_view, 10> kByBlock = {"hi", "bn", "pa", "gu", "or",
                                                         "ta", "te", "kn", "ml", "si"};
  return kByBlock[std::min<std::size_t>((c - 0x900) / 0x80, kByBlock.size() - 1)];
}

bool letter(char32_t c) {
  if (c < 0x80) return is_alpha(static_cast<char>(c));
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x3040) &&
         !(c >= 0xFE00 && c < 0xFE10) && !(c >= 0xFF00 && c < 0xFF10) && c != 0xFFFD &&
         !(c >= 0x1F000 && c < 0x20000);
}

}  // namespace

std::string guess_language(std::string_view text, std::string_view declared, const Patterns& patterns) {
  text = text.substr(0, 8192);
  std::array<int, kScripts> letters{};
  int ukrainian = 0, persian = 0, urdu = 0, all = 0;
  std::string_view indic_code = "hi";
  std::vector<int> hits(patterns.languages.size());
  int words = 0;
  std::string word;
  const auto end_word = [&] {
    if (word.empty()) return;
    ++words;
    if (const auto it = patterns.function_words.find(word); it != patterns.function_words.end())
      for (std::uint64_t mask = it->second; mask != 0; mask &= mask - 1)
        ++hits[std::size_t(std::countr_zero(mask))];
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    if (const char plain = text[at]; !(plain & 0x80)) {  // nearly all of most texts
      ++at;
      if (is_alpha(plain)) {
        ++letters[latin];
        ++all;
        if (word.size() < 32) word += to_lower(plain);
      } else if (plain != '\'') {
        end_word();
      }
      continue;
    }
    const char32_t c = next_code_point(text, at);
    if (!letter(c)) {
      if (c != 0x2019) end_word();
      continue;
    }
    const Script s = script_of(c);
    ++letters[s];
    ++all;
    ukrainian += c == 0x456 || c == 0x457 || c == 0x454;
    persian += c == 0x67E || c == 0x686 || c == 0x6AF || c == 0x6CC;
    urdu += c == 0x679 || c == 0x691 || c == 0x6BA || c == 0x6D2;
    if (s == indic) indic_code = indic_language(c);
    if (word.size() < 32) {
      if (c >= 0xC0 && c <= 0xDE)
        append_utf8(word, c + 0x20);
      else
        word.append(text.substr(from, at - from));
    }
  }
  end_word();
  if (all == 0) return "en";
  Script most = latin;
  for (int s = 0; s < kScripts; ++s)
    if (letters[s] > letters[most]) most = static_cast<Script>(s);
  if (most != latin && letters[most] * 2 > all && all >= 8) {
    switch (most) {
      case cyrillic:
        return ukrainian * 40 > letters[cyrillic] ? "uk" : "ru";
      case greek:
        return "el";
      case hebrew:
        return "he";
      case arabic:
        return urdu * 50 > letters[arabic] ? "ur" : persian * 40 > letters[arabic] ? "fa" : "ar";
      case indic:
        return std::string(indic_code);
      case thai:
        return "th";
      case hangul:
        return "ko";
      case kana:
        return "ja";
      case han:
        return letters[kana] * 10 > letters[han] ? "ja" : "zh";
      default:
        return "und";
    }
  }
  if (letters[han] + letters[kana] + letters[hangul] > letters[latin]) return letters[kana] ? "ja" : "zh";
  if (words < 8) return "en";
  std::size_t best = 0;
  const std::string_view declared2 = declared.substr(0, 2);
  for (std::size_t l = 1; l < hits.size(); ++l)
    if (hits[l] > hits[best] || (hits[l] == hits[best] && best != 0 && patterns.languages[l] == declared2))
      best = l;
  // Another language must win clearly: one word in eight, and half as many again as English has.
  if (best != 0 && hits[best] >= 3 && hits[best] * 8 >= words && hits[best] * 2 >= hits[0] * 3 + 2)
    return patterns.languages[best];
  // Little English in much text, on a page that says it is something else: believe the page.
  if (words >= 40 && hits[0] * 12 < words && declared2.size() == 2 && declared2 != "en")
    return std::string(declared2);
  if (words >= 60 && hits[0] * 25 < words) return best != 0 ? patterns.languages[best] : "und";
  return "en";
}

}  // namespace annalist::page
