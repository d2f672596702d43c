#include "time/lexer.h"

#include "base/strings.h"
#include "base/utf8.h"

namespace annalist::timex {
namespace {

bool is_letter(char c) { return is_alpha(c) || static_cast<unsigned char>(c) >= 0x80; }

/// The plain mark that a code point stands for; 0 when it is part of a word, ' ' when it is white space.
char plain_mark(char32_t c) {
  if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000) return ' ';
  if (c >= 0x2010 && c <= 0x2015) return '-';
  if (c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0x60) return '\'';
  if ((c >= 0x201A && c <= 0x206F) || (c >= 0x20A0 && c <= 0x20CF) || (c >= 0xA1 && c <= 0xBF)) return '"';
  return 0;
}

}  // namespace

std::size_t AtomList::cut_word(std::string_view text, std::size_t at, std::size_t end) {
  Atom a;
  a.kind = Atom::Kind::word;
  a.capital = is_upper(text[at]);
  a.lower_begin = static_cast<std::uint32_t>(lower_.size());
  std::size_t i = at;
  // Initials: "p.m.", "B.C.", "U.S." are one word without the dots.
  if (at + 3 < end + 1 && is_alpha(text[at]) && at + 2 < end && text[at + 1] == '.' &&
      is_alpha(text[at + 2]) && (at + 3 == end || !is_letter(text[at + 3]))) {
    while (i + 1 < end && is_alpha(text[i]) && text[i + 1] == '.') {
      lower_ += to_lower(text[i]);
      i += 2;
    }
    if (i < end && is_alpha(text[i]) && (i + 1 == end || !is_letter(text[i + 1])))
      lower_ += to_lower(text[i++]);
    a.upper = a.capital;
  } else {
    bool all_upper = true;
    while (i < end && is_letter(text[i])) {
      if (static_cast<unsigned char>(text[i]) >= 0x80) {
        std::size_t next = i;
        if (plain_mark(next_code_point(text, next)) != 0) break;
        lower_.append(text.substr(i, next - i));
        i = next;
        continue;
      }
      all_upper = all_upper && is_upper(text[i]);
      lower_ += to_lower(text[i++]);
    }
    a.upper = all_upper && i - at > 1;
  }
  a.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(i)};
  a.lower_size = static_cast<std::uint32_t>(lower_.size()) - a.lower_begin;
  atoms_.push_back(a);
  return i;
}

std::size_t AtomList::cut_number(std::string_view text, std::size_t at, std::size_t end) {
  Atom a;
  a.kind = Atom::Kind::number;
  a.lower_begin = static_cast<std::uint32_t>(lower_.size());
  std::int64_t value = 0;
  std::size_t i = at;
  const auto take_digits = [&] {
    const std::size_t from = i;
    for (; i < end && is_digit(text[i]); ++i) {
      if (i - at < 12) value = value * 10 + (text[i] - '0');
      lower_ += text[i];
    }
    return i - from;
  };
  const auto digits_at = [&](std::size_t from) {
    std::size_t n = 0;
    while (n < 5 && from + n < end && is_digit(text[from + n])) ++n;
    return n;
  };
  std::size_t digits = take_digits();
  if (digits <= 3) {
    while (i < end && text[i] == ',' && digits_at(i + 1) == 3) {
      ++i;
      digits += take_digits();
      a.grouped = true;
    }
  }
  const bool behind_dot = at > 1 && text[at - 1] == '.' && is_digit(text[at - 2]);
  if (!behind_dot && i + 1 < end && text[i] == '.' && is_digit(text[i + 1])) {
    const std::size_t fraction = digits_at(i + 1);
    const std::size_t behind = i + 1 + fraction;
    const bool is_date = behind + 1 < end && text[behind] == '.' && is_digit(text[behind + 1]);
    if (!is_date && fraction < 5) {
      value = value * 10 + (text[i + 1] - '0');
      lower_ += '.';
      lower_.append(text.substr(i + 1, fraction));
      i = behind;
      a.decimal = true;
    }
  }
  a.digits = static_cast<std::uint8_t>(digits > 200 ? 200 : digits);
  a.number = digits > 8 || value > 99999999 ? -1 : static_cast<std::int32_t>(value);
  if (!a.decimal && i + 1 < end && digits <= 2) {
    const char x = to_lower(text[i]), y = to_lower(text[i + 1]);
    const bool suffix =
        (x == 't' && y == 'h') || (x == 's' && y == 't') || (x == 'n' && y == 'd') || (x == 'r' && y == 'd');
    if (suffix && (i + 2 == end || !is_letter(text[i + 2]))) {
      a.ordinal = true;
      i += 2;
    }
  }
  a.span = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(i)};
  a.lower_size = static_cast<std::uint32_t>(lower_.size()) - a.lower_begin;
  atoms_.push_back(a);
  return i;
}

void AtomList::cut(std::string_view text, Span span, const Lexicon& lexicon) {
  atoms_.clear();
  lower_.clear();
  end_ = {};
  bool space = true;
  for (std::size_t i = span.begin; i < span.end;) {
    const char c = text[i];
    if (is_space(c)) {
      space = true;
      ++i;
      continue;
    }
    const std::size_t count = atoms_.size();
    if (is_digit(c)) {
      i = cut_number(text, i, span.end);
    } else {
      char mark = is_letter(c) ? '\0' : (c == '`' ? '\'' : c);
      std::size_t next = i + 1;
      if (static_cast<unsigned char>(c) >= 0x80) {
        next = i;
        mark = plain_mark(next_code_point(text, next));
        if (next > span.end) next = span.end;
      }
      if (mark == ' ') {
        space = true;
        i = next;
        continue;
      }
      if (mark == 0) {
        i = cut_word(text, i, span.end);
        Atom& a = atoms_.back();
        a.word = lexicon.find(std::string_view(lower_).substr(a.lower_begin, a.lower_size));
      } else {
        Atom a;
        a.span = {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(next)};
        a.lower_begin = static_cast<std::uint32_t>(lower_.size());
        a.lower_size = 1;
        lower_ += mark;
        atoms_.push_back(a);
        i = next;
      }
    }
    if (atoms_.size() > count) atoms_.back().space_before = space;
    space = false;
  }
}

}  // namespace annalist::timex
