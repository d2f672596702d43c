#include "claim/quotes.h"

#include <algorithm>
#include <string_view>

#include "base/strings.h"

namespace annalist::claims {
namespace {

enum class Mark : std::uint8_t { none, straight, open, close, single, single_open, single_close };

struct Found {
  Mark mark = Mark::none;
  std::uint32_t size = 1;
};

Found mark_at(std::string_view s, std::size_t i) {
  const auto rest = s.substr(i);
  switch (s[i]) {
    case '"':
      return {Mark::straight, 1};
    case '\'':
      return rest.starts_with("''") ? Found{Mark::straight, 2} : Found{Mark::single, 1};
    case '`':
      return rest.starts_with("``") ? Found{Mark::open, 2} : Found{Mark::single_open, 1};
    case '\xC2':
      if (rest.starts_with("\u00AB")) return {Mark::open, 2};
      if (rest.starts_with("\u00BB")) return {Mark::close, 2};
      return {};
    case '\xE2':
      if (rest.starts_with("\u201C") || rest.starts_with("\u201E")) return {Mark::open, 3};
      if (rest.starts_with("\u201D")) return {Mark::close, 3};
      if (rest.starts_with("\u201F")) return {Mark::open, 3};
      if (rest.starts_with("\u2039")) return {Mark::single_open, 3};
      if (rest.starts_with("\u203A")) return {Mark::single_close, 3};
      if (rest.starts_with("\u2018") || rest.starts_with("\u201A")) return {Mark::single_open, 3};
      if (rest.starts_with("\u2019")) return {Mark::single_close, 3};
      return {};
    case '\xE3':
      if (rest.starts_with("\u300C") || rest.starts_with("\u300E") || rest.starts_with("\u300A"))
        return {Mark::open, 3};
      if (rest.starts_with("\u300D") || rest.starts_with("\u300F") || rest.starts_with("\u300B"))
        return {Mark::close, 3};
      return {};
    default:
      return {};
  }
}

bool word_byte(char c) { return is_alpha(c) || is_digit(c) || (c & 0x80) != 0; }
bool closing_punctuation(char c) { return std::string_view(".,!?;:)]").find(c) != std::string_view::npos; }

/// One block, scanned left to right with a stack of open quotations.
class Scanner {
 public:
  Scanner(const Document& doc, std::span<const Sentence> sentences, Span block, std::vector<Quote>& out)
      : text_(doc.text()), sentences_(sentences), block_(block), out_(out) {}

  void run() {
    for (std::uint32_t i = block_.begin; i < block_.end;) {
      const Found f = mark_at(text_, i);
      if (f.mark != Mark::none) handle(i, f);
      i += f.mark == Mark::none ? 1 : f.size;
    }
    while (!open_.empty()) close_unclosed();
  }

 private:
  struct Open {
    std::uint32_t index;
    bool single;
  };

  char before(std::uint32_t i) const { return i > block_.begin ? text_[i - 1] : ' '; }
  char after(std::uint32_t i) const { return i < block_.end ? text_[i] : ' '; }
  bool starts_word(std::uint32_t i, std::uint32_t size) const {
    const char b = before(i), a = after(i + size);
    return !word_byte(b) && !closing_punctuation(b) && !is_space(a);
  }
  bool single_open() const { return !open_.empty() && open_.back().single; }
  bool double_open() const {
    return std::any_of(open_.begin(), open_.end(), [](const Open& o) { return !o.single; });
  }

  void handle(std::uint32_t i, Found f) {
    switch (f.mark) {
      case Mark::straight: {
        // 5'10" is a height; a mark between blanks goes by what is open.
        if (!double_open() && is_digit(before(i)) && !starts_word(i, f.size)) return;
        const bool looks_open = starts_word(i, f.size) && !is_space(after(i + f.size));
        if (!double_open())
          open(i, f.size, false);
        else if (looks_open && is_space(before(i)) && sentence_has_begun_since_open(i)) {
          close_double(i, 0);  // the last one was never closed
          open(i, f.size, false);
        } else
          close_double(i, f.size);
        return;
      }
      case Mark::open:
        if (open_.size() > 3) return;  // depth is bounded
        // Some texts close with the opening mark: behind a word, before a blank.
        if (double_open() && !starts_word(i, f.size))
          close_double(i, f.size);
        else
          open(i, f.size, false);
        return;
      case Mark::close:
        if (double_open())
          close_double(i, f.size);
        else if (starts_word(i, f.size))
          open(i, f.size, false);  // Swedish and Finnish open with it, Danish with a reversed guillemet
        return;
      case Mark::single:
      case Mark::single_open:
        if (single_open() && f.mark == Mark::single && closes_single(i, f.size))
          close_top(i, f.size);
        else if (!single_open() && starts_word(i, f.size) && has_partner(i, f.size))
          open(i, f.size, true);
        return;
      case Mark::single_close:
        if (single_open() && closes_single(i, f.size)) close_top(i, f.size);
        return;
      case Mark::none:
        return;
    }
  }

  /// A single mark behind a word or punctuation. "the fighters' camp" is a possessive: a plural s before,
  /// a small letter after, and a better candidate later.
  bool closes_single(std::uint32_t i, std::uint32_t size) const {
    const char b = before(i), a = after(i + size);
    if (is_space(b) || word_byte(a)) return false;
    if (b == 's' && is_space(a) && i + size + 1 < block_.end && is_lower(text_[i + size + 1]))
      return !has_partner(i, size);
    return true;
  }

  /// True if some later mark could close a single quotation that opens at i: bounded look-ahead.
  bool has_partner(std::uint32_t i, std::uint32_t size) const {
    const std::uint32_t limit = std::min(block_.end, i + 600);
    for (std::uint32_t j = i + size; j < limit;) {
      const Found f = mark_at(text_, j);
      if (f.mark == Mark::straight || f.mark == Mark::close || f.mark == Mark::open) {
        if (double_open()) return false;
      } else if (f.mark == Mark::single || f.mark == Mark::single_close) {
        const char b = before(j), a = after(j + f.size);
        const bool possessive =
            b == 's' && is_space(a) && j + f.size + 1 < block_.end && is_lower(text_[j + f.size + 1]);
        if (!is_space(b) && !word_byte(a) && !possessive) return true;
      }
      j += f.mark == Mark::none ? 1 : f.size;
    }
    return false;
  }

  void open(std::uint32_t i, std::uint32_t size, bool single) {
    Quote q;
    q.outer = {i, i};
    q.inner = {i + size, i + size};
    if (!open_.empty()) q.parent = open_.back().index;
    open_.push_back({static_cast<std::uint32_t>(out_.size()), single});
    out_.push_back(q);
  }
  void close_top(std::uint32_t i, std::uint32_t size) {
    Quote& q = out_[open_.back().index];
    q.inner.end = std::max(i, q.inner.begin);
    q.outer.end = i + size;
    open_.pop_back();
  }
  void close_double(std::uint32_t i, std::uint32_t size) {
    while (open_.back().single) close_top(i, 0);
    close_top(i, size);
  }
  bool sentence_has_begun_since_open(std::uint32_t i) const {
    for (auto it = open_.rbegin(); it != open_.rend(); ++it)
      if (!it->single) return sentence_end(out_[it->index].inner.begin) <= i;
    return false;
  }
  std::uint32_t sentence_end(std::uint32_t at) const {
    const auto it = std::upper_bound(sentences_.begin(), sentences_.end(), at,
                                     [](std::uint32_t b, const Sentence& s) { return b < s.span.end; });
    return it == sentences_.end() ? block_.end : std::min(it->span.end, block_.end);
  }
  void close_unclosed() {
    Quote& q = out_[open_.back().index];
    const bool whole_block = q.outer.begin == block_.begin && !open_.back().single;
    q.continued = whole_block || sentence_end(q.inner.begin) >= block_.end;
    q.inner.end = whole_block ? block_.end : std::max(q.inner.begin, sentence_end(q.inner.begin));
    q.outer.end = q.inner.end;
    open_.pop_back();
  }

  std::string_view text_;
  std::span<const Sentence> sentences_;
  Span block_;
  std::vector<Quote>& out_;
  std::vector<Open> open_;
};

}  // namespace

std::vector<Quote> find_quotes(const Document& doc) {
  std::vector<Quote> out;
  for (const Block& block : doc.all<Block>()) {
    if (!block.is_body()) continue;
    Scanner(doc, doc.all<Sentence>(), block.span, out).run();
  }
  // An unclosed mark may leave an empty quotation behind; children are never empty when parents are.
  return out;
}

}  // namespace annalist::claims
