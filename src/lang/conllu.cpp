#include "lang/conllu.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "base/paragraphs.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "lang/parse.h"

namespace annalist::lang {
namespace {

constexpr std::size_t kWordsAtOnce = 4096;  // analysed together; bounds memory
constexpr std::size_t kLongestLine = 1 << 20;
constexpr std::size_t kColumns = 10;

struct Row {
  std::string_view id, form, xpos = "_", misc = "_";
};

void write_word(const Model& model, const Parsed& parsed, std::size_t word, std::size_t first, const Row& row,
                std::ostream& out) {
  const ParsedWord& w = parsed.words[word];
  const std::string_view lemma = parsed.lemma(word);
  const std::string_view xpos = row.xpos == "_" ? model.xpos(w.upos, w.feats, lower(row.form)) : row.xpos;
  out << row.id << '\t' << row.form << '\t' << (lemma.empty() ? "_" : lemma) << '\t'
      << model.upos_names[w.upos] << '\t' << xpos << '\t' << model.feats_names[w.feats] << '\t'
      << (w.head == kNoHead ? 0 : w.head - first + 1) << '\t' << model.deprel_names[w.deprel] << "\t_\t"
      << row.misc << '\n';
}

/// Sentences read but not yet written.
class Copier {
 public:
  Copier(const Model& model, std::istream& in, std::ostream& out, const ConlluMore& more)
      : model_(model), more_(more), in_(in), out_(out) {}

  Status run() {
    std::string line;
    while (std::getline(in_, line)) {
      ++line_number_;
      if (line.ends_with('\r')) line.pop_back();
      if (line.size() > kLongestLine) return bad("longer than " + std::to_string(kLongestLine) + " bytes");
      if (trim(line).empty()) {
        end_sentence();
        continue;
      }
      if (line.front() != '#')
        if (Status ok = read_row(line); !ok) return ok;
      lines_.push_back(std::move(line));
    }
    if (in_.bad()) return fail("reading failed", "line " + std::to_string(line_number_));
    if (!lines_.empty() && !lines_.back().empty()) end_sentence();
    flush();
    return {};
  }

 private:
  std::unexpected<Error> bad(std::string what) const {
    return fail("no CoNLL-U: " + std::move(what), "line " + std::to_string(line_number_));
  }

  static bool cut(std::string_view line, std::array<std::string_view, kColumns>& cells) {
    std::size_t count = 0;
    for (std::size_t from = 0;; ++count) {
      const std::size_t to = line.find('\t', from);
      if (count == kColumns) return false;
      cells[count] = line.substr(from, to - from);
      if (to == std::string_view::npos) return count + 1 == kColumns;
      from = to + 1;
    }
  }

  Status read_row(std::string_view line) {
    std::array<std::string_view, kColumns> cells;
    if (!cut(line, cells)) return bad("not ten columns between tabs");
    if (cells[1].empty()) return bad("empty FORM");
    std::uint32_t id = 0;
    const char* const end = cells[0].data() + cells[0].size();
    const auto [after, error] = std::from_chars(cells[0].data(), end, id);
    if (error != std::errc()) return bad("ID is no number");
    if (after != end) {  // 3-4 or 8.1
      std::uint32_t second = 0;
      const bool pair = (*after == '-' || *after == '.') &&
                        std::from_chars(after + 1, end, second).ptr == end && after + 1 != end;
      return pair ? Status() : bad("ID is neither a word, a range nor an empty node");
    }
    const std::size_t first = ends_.empty() ? 0 : ends_.back();
    if (id != forms_.size() - first + 1)
      return bad("word " + std::to_string(id) + " stands where word " +
                 std::to_string(forms_.size() - first + 1) + " belongs");
    forms_.emplace_back(cells[1]);
    if (more_.roles) given_.push_back(has_predicate(cells[9]) ? GivenPredicate::yes : GivenPredicate::open);
    return {};
  }

  static bool has_predicate(std::string_view misc) {
    return std::ranges::any_of(split_list(misc, '|'), [](auto note) { return note.starts_with("Pred="); });
  }

  void end_sentence() {
    lines_.emplace_back();
    if (more_.roles) {
      const auto sentence = std::span(given_).subspan(ends_.empty() ? 0 : ends_.back());
      if (std::ranges::find(sentence, GivenPredicate::yes) != sentence.end())
        std::ranges::replace(sentence, GivenPredicate::open, GivenPredicate::no);
    }
    if (forms_.size() > (ends_.empty() ? 0 : ends_.back()))
      ends_.push_back(static_cast<std::uint32_t>(forms_.size()));
    if (forms_.size() >= kWordsAtOnce || lines_.size() >= 4 * kWordsAtOnce) flush();
  }

  void flush() {
    words_.assign(forms_.begin(), forms_.end());
    scratch_.heads.given = given_;
    parse(model_, best_kernels(), words_, ends_, scratch_, parsed_);
    std::size_t word = 0, sentence = 0, first = 0;
    notes_.assign(words_.size(), {});
    if (more_.negations) note_realis();
    if (more_.roles) note_roles();
    std::array<std::string_view, kColumns> cells;
    for (const std::string& line : lines_) {
      // A line that is no word passes as it is; read_row has seen that all others are whole.
      const std::size_t tab = line.find('\t');
      const bool is_word =
          !line.empty() && line.front() != '#' && line.find_first_of("-.") >= std::min(tab, line.size());
      if (!is_word) {
        out_ << line << '\n';
        continue;
      }
      cut(line, cells);
      if (word == ends_[sentence]) first = ends_[sentence++];
      std::string misc(cells[9]);
      if (more_.roles) misc = without_roles(misc);
      if (!notes_[word].empty()) misc = (misc == "_" ? "" : misc + "|") + notes_[word];
      write_word(model_, parsed_, word++, first, {cells[0], cells[1], cells[4], misc}, out_);
    }
    lines_.clear();
    forms_.clear();
    ends_.clear();
    given_.clear();
  }

  static std::string without_roles(std::string_view misc) {
    std::string out;
    for (const std::string_view note : split_list(misc, '|'))
      if (!note.starts_with("Pred=") && !note.starts_with("Args="))
        out.append(out.empty() ? "" : "|").append(note);
    return out.empty() ? "_" : out;
  }

  void note_roles() {
    std::size_t sentence = 0;
    std::uint32_t first = 0;
    for (const ParsedPredicate& p : parsed_.predicates) {
      while (p.word >= ends_[sentence]) first = ends_[sentence++];
      add_note(p.word, "Pred=" + (p.roleset == ParsedPredicate::kNoRoleset
                                      ? std::string("_")
                                      : std::string(model_.roleset_names[p.roleset])));
      std::string roles;
      for (std::uint32_t r = p.first_role; r < p.first_role + p.role_count; ++r)
        roles += (roles.empty() ? "Args=" : ",") + std::to_string(parsed_.roles[r].word - first + 1) + ":" +
                 std::string(model_.srl_names[parsed_.roles[r].label]);
      if (!roles.empty()) add_note(p.word, roles);
    }
  }

  /// MISC: Fact=0.87 (-1 did not happen .. 1 happened), NegCue=2 or NegCue=2:0-2 (bytes of the word) for the
  /// second negation of its sentence, NegScope=1,2 for the negations a word is in the scope of.
  void note_realis() {
    std::uint32_t first = 0;
    for (const std::uint32_t end : ends_) {
      const std::vector<Negation> found = more_.negations->find(model_, words_, parsed_, first, end);
      std::vector<std::string> scopes(end - first);
      for (std::size_t k = 0; k < found.size(); ++k) {
        const std::string number = std::to_string(k + 1);
        for (const std::uint32_t t : found[k].cue) {
          add_note(t, "NegCue=" + number);
          if (found[k].affix_size)
            notes_[t] += ":" + std::to_string(found[k].affix_begin) + "-" +
                         std::to_string(found[k].affix_begin + found[k].affix_size);
        }
        for (const std::uint32_t t : found[k].scope)
          scopes[t - first] += (scopes[t - first].empty() ? "" : ",") + number;
      }
      for (std::uint32_t t = first; t < end; ++t) {
        if (!scopes[t - first].empty()) add_note(t, "NegScope=" + scopes[t - first]);
        if (parsed_.tags[t].has_fact) {
          char digits[16];
          std::snprintf(digits, sizeof digits, "Fact=%.2f", parsed_.tags[t].fact / 127.0);
          add_note(t, digits);
        }
      }
      first = end;
    }
  }
  void add_note(std::uint32_t word, const std::string& note) {
    notes_[word] += (notes_[word].empty() ? "" : "|") + note;
  }

  const Model& model_;
  const ConlluMore more_;
  std::vector<std::string> notes_;  // of each word
  std::vector<GivenPredicate> given_;
  std::istream& in_;
  std::ostream& out_;
  std::size_t line_number_ = 0;
  std::vector<std::string> lines_, forms_;
  std::vector<std::string_view> words_;
  std::vector<std::uint32_t> ends_;
  ParseScratch scratch_;
  Parsed parsed_;
};

}  // namespace

Status parse_conllu(const Model& model, std::istream& in, std::ostream& out, const ConlluMore& more) {
  return Copier(model, in, out, more).run();
}

namespace {

/// One stretch of text, in memory at once.
void parse_stretch(const Model& model, const Segment& segment, std::string_view text,
                   const std::vector<Span>& paragraphs, std::ostream& out) {
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  for (std::size_t p = 0; p < paragraphs.size(); ++p)
    segment.split(text, paragraphs[p], Id<Block>(p), sentences, tokens);
  const auto text_of = [&](Span s) { return text.substr(s.begin, s.size()); };
  std::vector<std::string_view> words;
  std::vector<std::uint32_t> ends;
  for (const Token& token : tokens) words.push_back(text_of(token.span));
  for (const Sentence& sentence : sentences) ends.push_back(sentence.tokens.end());
  ParseScratch scratch;
  Parsed parsed;
  parse(model, best_kernels(), words, ends, scratch, parsed);
  Id<Block> block;
  for (const Sentence& sentence : sentences) {
    if (sentence.block != block) out << "# newpar\n";
    block = sentence.block;
    out << "# text = " << collapse_spaces(text_of(sentence.span)) << '\n';
    for (std::uint32_t t = sentence.tokens.first; t < sentence.tokens.end(); ++t) {
      const bool glued = t + 1 < sentence.tokens.end() && tokens[t + 1].span.begin == tokens[t].span.end;
      const std::string id = std::to_string(t - sentence.tokens.first + 1);
      write_word(model, parsed, t, sentence.tokens.first, {id, words[t], "_", glued ? "SpaceAfter=No" : "_"},
                 out);
    }
    out << '\n';
  }
}

}  // namespace

void parse_text(const Model& model, const Segment& segment, std::string_view text, std::ostream& out) {
  constexpr std::uint32_t kStretch = 256 * 1024;  // bytes; bounds memory, cuts only between paragraphs
  const std::string repaired = repair_utf8(text);
  std::vector<Span> stretch;
  for (const Span paragraph : paragraphs_of(repaired)) {
    if (!stretch.empty() && paragraph.end - stretch.front().begin > kStretch) {
      parse_stretch(model, segment, repaired, stretch, out);
      stretch.clear();
    }
    stretch.push_back(paragraph);
  }
  parse_stretch(model, segment, repaired, stretch, out);
}

}  // namespace annalist::lang
