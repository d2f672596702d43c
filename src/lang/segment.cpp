#include "lang/segment.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"
#include "lang/characters.h"
#include "pack/stanza.h"

namespace annalist {

namespace {

using segment::Abbreviation;
using segment::CharClass;
using segment::class_of;
using segment::Words;

constexpr std::uint32_t kMaxSentence = 400;  // words
constexpr std::uint32_t kMaxChunk = 2048;    // bytes between two blanks
constexpr std::size_t kMaxKey = 24;          // bytes of a word that can stand in a list

/// Splits one block. Positions are bytes of the document's text.
class Splitter {
 public:
  Splitter(const Words& words, std::string_view text, Span span, Id<Block> block,
           std::vector<Sentence>& sentences, std::vector<Token>& tokens)
      : words_(words),
        text_(text.substr(0, span.end)),
        at_(span.begin),
        end_(span.end),
        block_(block),
        sentences_(sentences),
        tokens_(tokens),
        first_(std::uint32_t(tokens.size())) {}

  /// True if a run of words had no end and was cut.
  bool run() {
    bool cut = false;
    const std::string_view block = text_.substr(at_, end_ - at_);
    lower_case_ = std::none_of(block.begin(), block.end(), [](char c) { return is_upper(c); });
    while (skip_space()) {
      const std::uint32_t from = at_;
      while (at_ < end_ && at_ - from < kMaxChunk) {
        std::size_t next = at_;
        if (class_of(next_code_point(text_, next)) == CharClass::space) break;
        at_ = std::uint32_t(next);
      }
      chunk(from, at_);
      if (tokens_.size() - first_ >= kMaxSentence) {
        close();
        cut = true;
      }
    }
    close();
    return cut;
  }

 private:
  bool skip_space() {
    while (at_ < end_) {
      std::size_t next = at_;
      if (class_of(next_code_point(text_, next)) != CharClass::space) return true;
      at_ = std::uint32_t(next);
    }
    return false;
  }

  char32_t peek(std::uint32_t at, std::uint32_t end) const {
    if (at >= end) return 0;
    std::size_t p = at;
    return next_code_point(text_, p);
  }
  /// Bytes of the character at `at`.
  std::uint32_t width(std::uint32_t at) const {
    std::size_t next = at;
    next_code_point(text_, next);
    return std::uint32_t(next) - at;
  }

  void emit(std::uint32_t from, std::uint32_t to) {
    if (from < to) tokens_.push_back({{from, to}, std::uint32_t(sentences_.size())});
  }

  void close() {
    const auto count = std::uint32_t(tokens_.size()) - first_;
    if (count == 0) return;
    sentences_.push_back({{tokens_[first_].span.begin, tokens_.back().span.end}, block_, {first_, count}});
    first_ = std::uint32_t(tokens_.size());
  }

  /// The word in lower case without allocation; empty when it is too long for any list.
  const std::string& key(std::uint32_t from, std::uint32_t to) {
    key_.clear();
    if (to - from <= kMaxKey)
      for (std::uint32_t i = from; i < to; ++i) key_.push_back(to_lower(text_[i]));
    return key_;
  }
  bool in(const std::unordered_set<std::string>& list, std::uint32_t from, std::uint32_t to) {
    return list.contains(key(from, to));
  }

  void chunk(std::uint32_t from, std::uint32_t end) {
    if (address(from, end)) return;
    while (from < end) {
      const char32_t c = peek(from, end);
      from = class_of(c) == CharClass::word ? word(from, end) : mark(c, from, end);
    }
  }

  /// Addresses of the web and of mail stay whole, but for the marks around them.
  bool address(std::uint32_t from, std::uint32_t end) {
    const std::string_view s = text_.substr(from, end - from);
    const std::size_t dot = s.find('.');
    if (dot == s.npos && s.find("://") == s.npos) return false;
    std::size_t start = s.find("http");
    if (start == s.npos || s.find("://") == s.npos) start = s.find("www.");
    if (start == s.npos) {
      const std::size_t sign = s.find('@');
      if (sign == s.npos || sign == 0 || s.find('.', sign) == s.npos) return false;
      start = 0;
      while (start < sign && !is_alpha(s[start]) && !is_digit(s[start])) ++start;
      if (start == sign) return false;
    }
    if (start > 0 && (is_alpha(s[start - 1]) || is_digit(s[start - 1]))) return false;
    std::size_t stop = s.size();
    while (stop > start && std::string_view(".,;:!?)]}>\"'").find(s[stop - 1]) != s.npos) --stop;
    if (stop <= start + 4) return false;
    for (std::uint32_t at = from; at < from + start;)
      at = mark(peek(at, end), at, std::uint32_t(from + start));
    emit(std::uint32_t(from + start), std::uint32_t(from + stop));
    for (auto at = std::uint32_t(from + stop); at < end;) at = mark(peek(at, end), at, end);
    return true;
  }

  /// One mark, or a run of them that is one word ("...", "--", "?!"). Returns where it ends.
  std::uint32_t mark(char32_t c, std::uint32_t from, std::uint32_t end) {
    std::uint32_t to = from + width(from);
    if (class_of(c) == CharClass::word) {  // a stray letter before an address
      emit(from, to);
      return to;
    }
    const auto run_of = [&](std::string_view set) {
      while (to < end && set.find(text_[to]) != set.npos) ++to;
    };
    if (c == '.' || c == '!' || c == '?')
      run_of(".!?");
    else if (c < 0x80 && std::string_view("-*=_~+#'<>`").find(char(c)) != std::string_view::npos)
      run_of(std::string_view(&text_[from], 1));
    if (c < 0x80 && (c == '\'' || c == '#') && to == from + 1 && to < end && clitic_or_year(from, end, to)) {
      emit(from, to);
      return to;
    }
    emit(from, to);
    const bool stop = c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0x61F;
    if (!stop) return to;
    while (to < end && is_stop_follower(peek(to, end))) {
      const std::uint32_t next = to + width(to);
      emit(to, next);
      to = next;
    }
    if (ends_sentence(c, from, to, end)) close();
    return to;
  }

  bool is_stop_follower(char32_t c) const { return segment::is_closer(c); }

  /// "'s" after a blank, "'90s".
  bool clitic_or_year(std::uint32_t from, std::uint32_t end, std::uint32_t& to) const {
    if (text_[from] != '\'') return false;
    std::uint32_t p = from + 1;
    while (p < end && is_digit(text_[p])) ++p;
    if (p == from + 3) {
      if (p < end && text_[p] == 's') ++p;
      to = p;
      return true;
    }
    const std::string_view rest = text_.substr(from + 1, end - from - 1);
    if (rest == "s" || rest == "S" || rest == "ll" || rest == "re" || rest == "ve" || rest == "em") {
      to = end;
      return true;
    }
    return false;
  }

  /// Decides at a stop that spans [from, to) with the closing marks after it.
  bool ends_sentence(char32_t stop, std::uint32_t from, std::uint32_t to, std::uint32_t chunk_end) {
    const auto count = std::uint32_t(tokens_.size()) - first_;
    const Token* before = count >= 2 ? &tokens_[first_] : nullptr;
    if (!before) return false;
    if (to < chunk_end) {  // "there.The": a blank was forgotten
      const char32_t next = peek(to, chunk_end);
      return from > 0 && is_lower(text_[from - 1]) && segment::is_capital(next) && to == from + 1;
    }
    // "1. The town": the number of a list.
    if (stop == '.' && count == 2 && before->span.size() <= 2 && is_digit(text_[before->span.begin]))
      return false;
    std::uint32_t p = to;
    char32_t next = 0;
    bool quoted = false;
    while (p < end_) {
      next = peek(p, end_);
      if (class_of(next) != CharClass::space && !segment::is_opener(next)) break;
      quoted = quoted || segment::is_opener(next);
      p += width(p);
    }
    if (p >= end_) return true;
    if (!segment::is_small(next)) return class_of(next) == CharClass::word || stop != '.' || next != ',';
    if (lower_case_) return to == from + 1 && stop != 0x2026;
    // A small letter goes on with the sentence, unless a plain stop ends a full word before it.
    return stop == '.' && to == from + 1 && from >= 3 && is_lower(text_[from - 1]) &&
           is_lower(text_[from - 2]) && is_lower(text_[from - 3]) && !quoted;
  }

  /// Reads one word from `from`, emits it (in parts), returns where it ends.
  std::uint32_t word(std::uint32_t from, std::uint32_t end) {
    std::uint32_t at = from;
    while (at < end) {
      const char32_t c = peek(at, end);
      if (class_of(c) == CharClass::word)
        at += width(at);
      else if (!joins(c, from, at, end))
        break;
      else
        at += width(at);
    }
    if (at < end && text_[at] == '.' && keeps_stop(from, at, end)) ++at;
    parts(from, at);
    return at;
  }

  /// Whether the mark at `at` stands inside one word that began at `from`.
  bool joins(char32_t c, std::uint32_t from, std::uint32_t at, std::uint32_t end) {
    const std::uint32_t after = at + width(at);
    const char32_t next = peek(after, end);
    if (next == 0 || class_of(next) != CharClass::word) return false;
    const char before = text_[at - 1];
    const bool digits = is_digit(before) && next < 0x80 && is_digit(char(next));
    switch (c) {
      case '\'':
      case 0x2019:
        return true;  // contractions are split afterwards
      case '.':
        return digits || dotted(from, at, after, end);
      case ',':
        return digits && thousand(after, end);
      case ':':
      case '/':
        return digits;
      case '-':
        return digits ? telephone(from, at, after, end) : in(words_.prefixes, from, at);
      case '&':
        return is_upper(before) && segment::is_capital(next);
      case '@':
        return true;
      default:
        return false;
    }
  }

  bool thousand(std::uint32_t after, std::uint32_t end) const {
    std::uint32_t n = 0;
    while (after + n < end && n < 4 && is_digit(text_[after + n])) ++n;
    return n == 3;
  }

  /// Digits of a telephone number or a date with hyphens: at least 3 before or two hyphens in all.
  bool telephone(std::uint32_t from, std::uint32_t at, std::uint32_t after, std::uint32_t end) const {
    std::uint32_t n = 0;
    while (after + n < end && is_digit(text_[after + n])) ++n;
    if (text_.substr(from, at - from).find('-') != std::string_view::npos) return true;
    const std::uint32_t left = at - from;
    if (after + n < end && text_[after + n] == '-') return true;
    return left == 3 && n == 4;
  }

  /// "U.S", "a.m", "example.com", "3.doc": a stop without a blank inside one word.
  bool dotted(std::uint32_t from, std::uint32_t at, std::uint32_t after, std::uint32_t end) const {
    std::uint32_t next = after;
    while (next < end && (is_alpha(text_[next]) || is_digit(text_[next]))) ++next;
    const bool single_before = at - from == 1 || (at >= 2 && text_[at - 2] == '.');
    if (single_before && next - after == 1) return true;
    if (single_before && is_upper(text_[at - 1]) && next < end && text_[next] == '.' && next - after <= 2)
      return true;
    // A name of a site or file: small letters on both sides, nothing but letters and stops to the end.
    const std::string_view tail = text_.substr(after, next - after);
    constexpr std::string_view kTails[] = {"com", "org", "net", "gov", "edu",  "info", "mil", "uk", "doc",
                                           "xls", "pdf", "txt", "jpg", "html", "htm",  "tv",  "io"};
    return std::find(std::begin(kTails), std::end(kTails), lower(tail)) != std::end(kTails);
  }

  /// Whether the stop at `at` belongs to the word [from, at): an abbreviation that does not end the sentence.
  bool keeps_stop(std::uint32_t from, std::uint32_t at, std::uint32_t end) {
    if (at + 1 < end && (text_[at + 1] == '.' || class_of(peek(at + 1, end)) == CharClass::word))
      return false;
    const std::string_view w = text_.substr(from, at - from);
    const bool initial = w.size() == 1 && is_upper(w[0]);
    const bool dots = w.find('.') != w.npos && is_alpha(w.back());
    Abbreviation kind = Abbreviation::none;
    if (auto it = words_.abbreviations.find(key(from, at)); it != words_.abbreviations.end())
      kind = it->second;
    if (kind == Abbreviation::none && (initial || dots)) kind = Abbreviation::other;
    if (kind == Abbreviation::none) return false;
    // What stands next: in this chunk a mark, else the next word.
    std::uint32_t p = at + 1;
    if (p < end && !segment::is_closer(peek(p, end))) return true;  // "Inc.,"
    while (p < end_ && (class_of(peek(p, end_)) == CharClass::space || segment::is_closer(peek(p, end_)) ||
                        segment::is_opener(peek(p, end_))))
      p += width(p);
    if (p >= end_) return false;
    const char32_t next = peek(p, end_);
    switch (kind) {
      case Abbreviation::title:
        return true;
      case Abbreviation::number:
        return next < 0x80 && is_digit(char(next));
      case Abbreviation::calendar:
        if (!is_upper(w[0]) && !(next < 0x80 && is_digit(char(next)))) return false;
        break;
      default:
        break;
    }
    if (!segment::is_capital(next) && !lower_case_) {
      // "la." before a small letter ends nothing, but an ordinary short word is no abbreviation either.
      return true;
    }
    std::uint32_t q = p;
    while (q < end_ && is_alpha(text_[q])) ++q;
    return !in(words_.starters, p, q);
  }

  /// Emits [from, to), taking contractions, possessives and units off.
  void parts(std::uint32_t from, std::uint32_t to) {
    const std::string_view w = text_.substr(from, to - from);
    if (is_digit(w[0])) return number(from, to);
    if (w.size() >= 4 && w.size() <= 8)
      if (auto it = words_.together.find(key(from, to)); it != words_.together.end()) {
        emit(from, from + it->second);
        emit(from + it->second, to);
        return;
      }
    if (const std::uint32_t clitic = clitic_at(w); clitic > 0) {
      parts_before(from, from + clitic);
      emit(from + clitic, to);
      return;
    }
    emit(from, to);
  }

  /// "I'd've": at most one more contraction in front.
  void parts_before(std::uint32_t from, std::uint32_t to) {
    const std::uint32_t clitic = clitic_at(text_.substr(from, to - from));
    emit(from, from + clitic);
    emit(from + clitic, to);
  }

  /// Where the contraction at the end of a word begins; 0 for none.
  static std::uint32_t clitic_at(std::string_view w) {
    const auto apostrophe_before = [&](std::size_t n) -> std::size_t {  // its bytes, before the last n
      if (w.size() > n + 1 && w[w.size() - n - 1] == '\'') return 1;
      if (w.size() > n + 3 && w.substr(w.size() - n - 3, 3) == "\xE2\x80\x99") return 3;
      return 0;
    };
    const auto low = [&](std::size_t from_end) { return to_lower(w[w.size() - from_end]); };
    if (w.size() < 3) return 0;
    if (const std::size_t a = apostrophe_before(1); a > 0) {
      const char c = low(1);
      if (c == 's' || c == 'm' || c == 'd') return std::uint32_t(w.size() - 1 - a);
      if (c == 't' && w.size() > a + 2 && low(a + 2) == 'n') return std::uint32_t(w.size() - 2 - a);
    }
    if (const std::size_t a = apostrophe_before(2); a > 0) {
      const char c = low(2), d = low(1);
      if ((c == 'l' && d == 'l') || (c == 'v' && d == 'e') || (c == 'r' && d == 'e'))
        return std::uint32_t(w.size() - 2 - a);
    }
    return 0;
  }

  /// Units after a number are words: "10km"; "1980s", "20th" and "3D" are not.
  void number(std::uint32_t from, std::uint32_t to) {
    std::uint32_t split = to;
    while (split > from && (is_alpha(text_[split - 1]) || text_[split - 1] == '.')) --split;
    if (split < to && text_[to - 1] == '.' && is_digit(text_[split - 1]) && split + 1 == to) split = to;
    while (split < to && text_[split] == '.') ++split;
    if (split > from && split < to && is_digit(text_[split - 1])) {
      std::uint32_t stop = to;
      if (text_[stop - 1] == '.') --stop;
      if (in(words_.units, split, stop)) {
        emit(from, split);
        emit(split, to);
        return;
      }
    }
    if (const std::uint32_t clitic = clitic_at(text_.substr(from, to - from));
        clitic > 0 && !(to - from <= 5 && to_lower(text_[to - 1]) == 's')) {
      emit(from, from + clitic);
      emit(from + clitic, to);
      return;
    }
    emit(from, to);
  }

  const Words& words_;
  std::string_view text_;
  std::uint32_t at_, end_;
  Id<Block> block_;
  std::vector<Sentence>& sentences_;
  std::vector<Token>& tokens_;
  std::uint32_t first_;
  bool lower_case_ = false;
  std::string key_;
};

}  // namespace

Result<Segment> Segment::load(const std::vector<DataText>& files) {
  Segment out;
  constexpr std::string_view kFile = "patterns/abbreviations.txt";
  const auto file =
      std::find_if(files.begin(), files.end(), [&](const DataText& f) { return f.name == kFile; });
  if (file == files.end()) return fail("missing data text", std::string(kFile), "rebuild the codebook pack");
  const auto stanzas = parse_stanzas(file->text, kFile, {"words"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& stanza : *stanzas)
    for (std::string_view listed : stanza.list("words")) {
      const std::string word(listed);
      Words& w = out.words_;
      if (stanza.id == "title")
        w.abbreviations.emplace(word, Abbreviation::title);
      else if (stanza.id == "number")
        w.abbreviations.emplace(word, Abbreviation::number);
      else if (stanza.id == "calendar")
        w.abbreviations.emplace(word, Abbreviation::calendar);
      else if (stanza.id == "other")
        w.abbreviations.emplace(word, Abbreviation::other);
      else if (stanza.id == "starters")
        w.starters.insert(word);
      else if (stanza.id == "prefixes")
        w.prefixes.insert(word);
      else if (stanza.id == "units")
        w.units.insert(word);
      else if (const auto blank = word.find(' '); stanza.id == "together" && blank != word.npos)
        w.together.emplace(word.substr(0, blank) + word.substr(blank + 1), std::uint32_t(blank));
      else
        return fail("unknown list [" + stanza.id + "] or word '" + word + "'", stanza.where());
    }
  return out;
}

bool Segment::split(std::string_view text, Span span, Id<Block> block, std::vector<Sentence>& sentences,
                    std::vector<Token>& tokens) const {
  return Splitter(words_, text, span, block, sentences, tokens).run();
}

namespace {

/// The last blank before `end`, so that no word is cut; `begin` if there is none.
std::uint32_t whole_words(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  while (end > begin && !is_space(text[end])) --end;
  return std::max(begin, end);
}

}  // namespace

void Segment::run(Document& doc, Workspace&) const {
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  const auto blocks = doc.all<Block>();
  bool cut = false;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    if (!blocks[b].is_body()) continue;
    if (blocks[b].span.end > kMaxCodedBytes) {
      const auto rest = std::max(blocks[b].span.begin, kMaxCodedBytes);
      doc.diagnose("W010", "the text is longer than 512 KiB; what follows is delivered but not coded",
                   {rest, static_cast<std::uint32_t>(doc.text().size())});
    }
    Span span = blocks[b].span;
    if (span.end > kMaxCodedBytes) span.end = whole_words(doc.text(), span.begin, kMaxCodedBytes);
    // A dateline is no part of the sentence behind it: it would be taken for its subject.
    const Span dateline = doc.page().dateline.span;
    if (!dateline.empty() && span.contains(dateline)) {
      split(doc.text(), {span.begin, dateline.end}, Id<Block>(b), sentences, tokens);
      span.begin = dateline.end;
      while (span.begin < span.end && is_space(doc.text()[span.begin])) ++span.begin;
    }
    // "Army takes town; rebels deny it": a headline may tell two things.
    if (blocks[b].kind == BlockKind::headline)
      for (std::size_t at; (at = doc.text(span).find("; ")) != std::string_view::npos;) {
        const auto end = span.begin + static_cast<std::uint32_t>(at) + 1;
        split(doc.text(), {span.begin, end}, Id<Block>(b), sentences, tokens);
        span.begin = end + 1;
      }
    if (!span.empty() && split(doc.text(), span, Id<Block>(b), sentences, tokens) && !cut) {
      cut = true;
      doc.diagnose("W011", "400 words without an end of a sentence; cut there", span);
    }
    if (blocks[b].span.end > kMaxCodedBytes) break;
  }
  doc.fill(sentences);
  doc.fill(tokens);
}

}  // namespace annalist
