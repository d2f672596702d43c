#include "base/strings.h"

#include "base/utf8.h"

namespace annalist {
namespace {

// Base letters of Latin-1 Supplement and Latin Extended-A, U+00C0..U+017F, lower case; '*' = not a letter.
// Two-letter results are handled in fold_letter.
constexpr char32_t kFirst = 0xC0, kLast = 0x17F;
constexpr std::string_view kBase =
    "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(kBase.size() == kLast - kFirst + 1);

void fold_letter(std::string& out, char32_t c) {
  switch (c) {
    case 0xC6:
    case 0xE6:
      out += "ae";
      return;
    case 0xDF:
      out += "ss";
      return;
    case 0x152:
    case 0x153:
      out += "oe";
      return;
    default:
      out.push_back(kBase[c - kFirst]);
  }
}

}  // namespace

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = to_lower(c);
  return out;
}

std::string_view trim(std::string_view s) {
  while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
  return s;
}

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> out;
  for (std::size_t from = 0;;) {
    const std::size_t to = s.find(separator, from);
    out.push_back(s.substr(from, to - from));
    if (to == std::string_view::npos) return out;
    from = to + 1;
  }
}

std::vector<std::string_view> split_list(std::string_view s, char separator) {
  std::vector<std::string_view> out;
  for (std::string_view part : split(s, separator))
    if (part = trim(part); !part.empty()) out.push_back(part);
  return out;
}

bool equals_ignore_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && starts_with_ignore_case(a, b);
}

bool starts_with_ignore_case(std::string_view s, std::string_view prefix) {
  if (s.size() < prefix.size()) return false;
  for (std::size_t i = 0; i < prefix.size(); ++i)
    if (to_lower(s[i]) != to_lower(prefix[i])) return false;
  return true;
}

std::string collapse_spaces(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (char c : trim(s)) {
    if (!is_space(c))
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  }
  return out;
}

std::string fold(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  const auto blank = [&] {
    if (!out.empty() && out.back() != ' ') out.push_back(' ');
  };
  for (std::size_t at = 0; at < s.size();) {
    const char32_t c = next_code_point(s, at);
    if (c < 0x80) {
      const char a = static_cast<char>(c);
      if (is_alpha(a) || is_digit(a))
        out.push_back(to_lower(a));
      else if (a != '\'' && a != '`')
        blank();
    } else if (c == 0x2018 || c == 0x2019 || c == 0x02BB || c == 0x02BC || c == 0x02BF || c == 0x02BE ||
               c == 0xB4) {
      continue;  // apostrophes and transliterated ayin and hamza
    } else if (c >= kFirst && c <= kLast && c != 0xD7 && c != 0xF7) {
      fold_letter(out, c);
    } else if (c >= 0x300 && c <= 0x36F) {
      continue;  // combining marks
    } else if (c >= 0x1E00 && c <= 0x1EFF) {
      // Latin Extended Additional: dotted and Vietnamese letters, base letter by block.
      constexpr std::string_view kExt =
          "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
          "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
          "wwwwwwwwwwxxxxyyzzzzzzhtwyassssdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
          "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";
      static_assert(kExt.size() == 256);
      out.push_back(kExt[c - 0x1E00]);
    } else if ((c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) || c == 0xA0 ||
               (c >= 0xA1 && c <= 0xBF)) {
      blank();  // punctuation and spaces
    } else {
      append_utf8(out, c);
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace annalist
