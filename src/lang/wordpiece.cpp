#include "lang/wordpiece.h"

#include <algorithm>
#include <bit>

#include "base/utf8.h"

namespace annalist::lang {
namespace {

constexpr std::size_t kMaxTokenCodePoints = 100;  // BERT's limit; a longer token is unknown

}  // namespace

WordPieces::WordPieces(CharTables chars, LineList vocabulary, PieceIds ids, std::size_t max_pieces)
    : chars_(chars), vocabulary_(std::move(vocabulary)), ids_(ids), max_pieces_(max_pieces) {
  const std::size_t slots = std::bit_ceil(vocabulary_.size() * 2 + 16);
  first_.slots.assign(slots, kEmpty);
  later_.slots.assign(slots, kEmpty);
  for (std::uint32_t id = 0; id < vocabulary_.size(); ++id)
    insert(vocabulary_[id].starts_with("##") ? later_ : first_, id);
}

std::uint32_t WordPieces::hash(std::string_view s) {
  std::uint32_t h = 2166136261u;  // FNV-1a
  for (char c : s) h = (h ^ static_cast<std::uint8_t>(c)) * 16777619u;
  return h ^ (h >> 15);
}

std::string_view WordPieces::text(const Table& table, std::uint32_t id) const {
  return vocabulary_[id].substr(&table == &later_ ? 2 : 0);
}

void WordPieces::insert(Table& table, std::uint32_t id) {
  const std::string_view piece = text(table, id);
  if (piece.empty() || find(table, piece) != kEmpty) return;
  table.longest = std::max(table.longest, piece.size());
  std::size_t at = hash(piece) & (table.slots.size() - 1);
  while (table.slots[at] != kEmpty) at = (at + 1) & (table.slots.size() - 1);
  table.slots[at] = id;
}

std::uint32_t WordPieces::find(const Table& table, std::string_view piece) const {
  for (std::size_t at = hash(piece);; ++at) {
    const std::uint32_t id = table.slots[at & (table.slots.size() - 1)];
    if (id == kEmpty || text(table, id) == piece) return id;
  }
}

std::uint8_t WordPieces::class_of(char32_t c) const {
  return c < kCharTable ? chars_.classes[c] : std::uint8_t(CharTables::letter);
}

bool WordPieces::is_alone(char32_t c) const {
  return c >= kCharTable || (chars_.classes[c] & CharTables::punctuation) != 0;
}

void WordPieces::cut_token(std::string_view token, std::vector<std::uint32_t>& out) const {
  const std::size_t before = out.size();
  for (std::size_t at = 0; at < token.size();) {
    const Table& table = at == 0 ? first_ : later_;
    std::size_t size = std::min(table.longest, token.size() - at);
    std::uint32_t id = kEmpty;
    for (; size > 0; --size) {
      const bool between_characters =
          at + size == token.size() || (static_cast<std::uint8_t>(token[at + size]) & 0xC0) != 0x80;
      if (between_characters && (id = find(table, token.substr(at, size))) != kEmpty) break;
    }
    if (id == kEmpty) {
      out.resize(before);
      out.push_back(ids_.unknown);
      return;
    }
    out.push_back(id);
    at += size;
  }
}

void WordPieces::cut(std::string_view word, std::string& token, std::vector<std::uint32_t>& out) const {
  const std::size_t before = out.size();
  std::size_t code_points = 0;
  token.clear();
  const auto end_token = [&] {
    if (code_points > kMaxTokenCodePoints)
      out.push_back(ids_.unknown);
    else
      cut_token(token, out);
    token.clear();
    code_points = 0;
  };
  const auto append_norm = [&](char32_t c) {
    if (code_points > kMaxTokenCodePoints) return;
    if (c >= kCharTable) {
      append_utf8(token, c);
      ++code_points;
      return;
    }
    for (std::size_t i = 0; i < 3 && chars_.norm[c * 3 + i] != 0; ++i, ++code_points)
      append_utf8(token, static_cast<char32_t>(chars_.norm[c * 3 + i]));
  };
  for (std::size_t at = 0; at < word.size() && out.size() - before < max_pieces_;) {
    const char32_t c = next_code_point(word, at);
    const std::uint8_t bits = class_of(c);
    if (c < kCharTable && (bits & CharTables::dropped)) continue;
    if (is_alone(c)) {
      end_token();
      append_norm(c);
      end_token();
    } else if (bits & CharTables::space) {
      end_token();
    } else {
      append_norm(c);
    }
  }
  end_token();
  if (out.size() == before) out.push_back(ids_.unknown);
  if (out.size() - before > max_pieces_) out.resize(before + max_pieces_);
}

std::uint8_t WordPieces::shape(std::string_view word, bool& letters_seen) const {
  std::size_t upper = 0, other = 0, digits = 0;
  bool capital_first = false;
  for (std::size_t at = 0; at < word.size();) {
    const std::uint8_t bits = class_of(next_code_point(word, at));
    if ((bits & CharTables::upper) && upper + other == 0) capital_first = true;
    upper += (bits & CharTables::upper) != 0;
    other += (bits & CharTables::letter) != 0;
    digits += (bits & CharTables::digit) != 0;
  }
  const bool first_with_letters = !letters_seen && upper + other > 0;
  letters_seen |= upper + other > 0;
  if (upper + other == 0) return digits ? 7 : 9;
  if (digits) return 8;
  if (upper == 0) return 1;
  if (other == 0) return upper == 1 ? 6 : 4;
  if (upper == 1 && capital_first) return first_with_letters ? 3 : 2;
  return capital_first ? 10 : 5;
}

}  // namespace annalist::lang
