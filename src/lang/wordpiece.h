// Words -> word pieces, as BERT's uncased models cut them, and the shape of a word, which tells what the
// lower-casing hides. Definitions: docs/formats/model.md section 3. Tables and vocabulary are views into the
// model file; immutable, shared by all threads.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lang/line_list.h"

namespace annalist::lang {

inline constexpr std::size_t kCharTable = 0x3000;  // code points with a row in the character tables

/// The character tables of the model.
struct CharTables {
  enum : std::uint8_t { upper = 1, letter = 2, digit = 4, punctuation = 8, space = 16, dropped = 32 };
  std::span<const std::uint8_t> classes;  // [kCharTable], bits as above
  std::span<const std::uint32_t> norm;    // [kCharTable][3], ends at the first 0
};

struct PieceIds {
  std::uint32_t unknown = 100, begin = 101, end = 102;  // [UNK], [CLS], [SEP]
};

class WordPieces {
 public:
  static constexpr std::size_t kShapes = 11;

  WordPieces() = default;
  WordPieces(CharTables chars, LineList vocabulary, PieceIds ids, std::size_t max_pieces);

  /// Appends the pieces of one word, at least one and at most `max_pieces`. `token` is scratch. Linear in the
  /// part of the word that is read.
  void cut(std::string_view word, std::string& token, std::vector<std::uint32_t>& out) const;
  /// The shape of a word. `letters_seen` says whether an earlier word of the sentence had a letter, and is
  /// brought up to date.
  std::uint8_t shape(std::string_view word, bool& letters_seen) const;

  const PieceIds& ids() const { return ids_; }

 private:
  /// An open-addressed hash table of piece numbers; the strings stay in the vocabulary.
  struct Table {
    std::vector<std::uint32_t> slots;
    std::size_t longest = 0;  // bytes of the longest piece
  };
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFFu;
  static std::uint32_t hash(std::string_view s);
  std::string_view text(const Table& table, std::uint32_t id) const;
  void insert(Table& table, std::uint32_t id);
  std::uint32_t find(const Table& table, std::string_view piece) const;
  std::uint8_t class_of(char32_t c) const;
  bool is_alone(char32_t c) const;
  void cut_token(std::string_view token, std::vector<std::uint32_t>& out) const;

  CharTables chars_;
  LineList vocabulary_;
  PieceIds ids_;
  std::size_t max_pieces_ = 12;
  Table first_, later_;  // pieces that begin a token; pieces written "##..."
};

}  // namespace annalist::lang
