// Cuts a stretch of text into atoms: words, numbers and single marks. Finer than the Token layer on purpose:
// "01,2014", "mid-November" and "25-year-old" come apart the same way whatever the tokeniser does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "time/lexicon.h"

namespace annalist::timex {

struct Atom {
  enum class Kind : std::uint8_t { word, number, mark };
  Span span;  // bytes of the document
  Kind kind = Kind::mark;
  bool space_before = false;
  bool capital = false;  // first letter is upper case
  bool upper = false;    // all letters are, and there are two or more
  bool ordinal = false;  // "17th"
  bool decimal = false;  // "2.5"; `number` is then ten times the value, cut ("25")
  bool grouped = false;  // "1,500"
  std::uint8_t digits = 0;
  std::int32_t number = -1;    // -1: no number, or too long
  const Word* word = nullptr;  // null: not in the lexicon
  std::uint32_t lower_begin = 0;
  std::uint32_t lower_size = 0;
};

/// Atoms of one block and their lower-case forms. Reused from block to block.
class AtomList {
 public:
  /// Cuts `span` of `text`; linear. Dashes and apostrophes of any style come out as '-' and '\''.
  void cut(std::string_view text, Span span, const Lexicon& lexicon);

  std::size_t size() const { return atoms_.size(); }
  const Atom& operator[](std::size_t i) const { return i < atoms_.size() ? atoms_[i] : end_; }
  /// Lower-case form; of a number its digits; "" past the end.
  std::string_view lower(std::size_t i) const {
    const Atom& a = (*this)[i];
    return std::string_view(lower_).substr(a.lower_begin, a.lower_size);
  }
  bool is(std::size_t i, std::string_view lower_form) const { return lower(i) == lower_form; }
  bool is(std::size_t i, WordClass c) const { return (*this)[i].word && (*this)[i].word->is(c); }
  int value(std::size_t i, WordClass c) const { return (*this)[i].word->value(c); }

 private:
  std::size_t cut_word(std::string_view text, std::size_t at, std::size_t end);
  std::size_t cut_number(std::string_view text, std::size_t at, std::size_t end);

  std::vector<Atom> atoms_;
  std::string lower_;
  Atom end_;
};

}  // namespace annalist::timex
