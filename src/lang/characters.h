// What a character is to the tokeniser. Pure functions, no tables to load.
#pragma once

#include <cstdint>

#include "base/strings.h"

namespace annalist::segment {

enum class CharClass : std::uint8_t { space, word, mark };

/// White space, part of a word, or a mark that is a word of its own. Covers all of Unicode: what is neither
/// known space nor punctuation nor symbol is part of a word.
constexpr CharClass class_of(char32_t c) {
  if (c < 0x80) {
    const char a = static_cast<char>(c);
    if (is_alpha(a) || is_digit(a) || a == '_') return CharClass::word;
    return c <= 0x20 || c == 0x7F ? CharClass::space : CharClass::mark;
  }
  if (c == 0xA0 || c == 0x85 || (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
      c == 0x3000 || c == 0xFEFF)
    return CharClass::space;
  if (c >= 0xA1 && c <= 0xBF) return c == 0xAA || c == 0xB5 || c == 0xBA ? CharClass::word : CharClass::mark;
  if (c == 0xD7 || c == 0xF7) return CharClass::mark;
  if ((c >= 0x2010 && c <= 0x205E) || (c >= 0x20A0 && c <= 0x20CF) || (c >= 0x2190 && c <= 0x2BFF) ||
      (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x301F) || (c >= 0xFF01 && c <= 0xFF0F) ||
      (c >= 0x1F000 && c <= 0x1FAFF) || c == 0x061F || c == 0x060C || c == 0x061B || c == 0xFFFD)
    return CharClass::mark;
  return CharClass::word;
}

constexpr bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019; }
constexpr bool is_closer(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}' || c == 0x201D || c == 0x2019 || c == 0xBB;
}
constexpr bool is_opener(char32_t c) {
  return c == '"' || c == '\'' || c == '(' || c == '[' || c == '{' || c == 0x201C || c == 0x2018 ||
         c == 0xAB || c == '`' || c == '*' || c == 0x2022;
}
/// True for the letters that cannot begin a sentence in text that uses capitals.
constexpr bool is_small(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x430 && c <= 0x45F);
}
constexpr bool is_capital(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x400 && c <= 0x42F);
}

}  // namespace annalist::segment
