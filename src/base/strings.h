// Small string tools that every stage needs. ASCII unless said; none allocates unless it returns a string.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace annalist {

constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_alpha(char c) { return is_upper(c) || is_lower(c); }
constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

std::string lower(std::string_view s);
std::string_view trim(std::string_view s);
/// The parts between separators, empty ones included, untrimmed.
std::vector<std::string_view> split(std::string_view s, char separator);
/// As split, but trimmed and without empty parts: "a; b;;c" -> a, b, c.
std::vector<std::string_view> split_list(std::string_view s, char separator = ';');
bool equals_ignore_case(std::string_view a, std::string_view b);
bool starts_with_ignore_case(std::string_view s, std::string_view prefix);
/// Every run of white space becomes one blank; ends trimmed.
std::string collapse_spaces(std::string_view s);

/// A key for comparing names in any spelling: lower case, Latin diacritics stripped, typographic
/// apostrophes and ' dropped, hyphens and other punctuation as one blank. Other scripts pass unchanged.
std::string fold(std::string_view s);

}  // namespace annalist
