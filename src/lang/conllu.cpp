#include "lang/conllu.h"

#include <array>
#include <charconv>
#include <istream>
#include <ostream>
#include <string>
#include <vector>

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
  out << row.id << '\t' << row.form << '\t' << (lemma.empty() ? "_" : lemma) << '\t'
      << model.upos_names[w.upos] << '\t' << row.xpos << '\t' << model.feats_names[w.feats] << '\t'
      << (w.head == kNoHead ? 0 : w.head - first + 1) << '\t' << model.deprel_names[w.deprel] << "\t_\t"
      << row.misc << '\n';
}

/// Sentences read but not yet written.
class Copier {
 public:
  Copier(const Model& model, std::istream& in, std::ostream& out) : model_(model), in_(in), out_(out) {}

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
    return {};
  }

  void end_sentence() {
    lines_.emplace_back();
    if (forms_.size() > (ends_.empty() ? 0 : ends_.back()))
      ends_.push_back(static_cast<std::uint32_t>(forms_.size()));
    if (forms_.size() >= kWordsAtOnce || lines_.size() >= 4 * kWordsAtOnce) flush();
  }

  void flush() {
    words_.assign(forms_.begin(), forms_.end());
    parse(model_, best_kernels(), words_, ends_, scratch_, parsed_);
    std::size_t word = 0, sentence = 0, first = 0;
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
      write_word(model_, parsed_, word++, first, {cells[0], cells[1], cells[4], cells[9]}, out_);
    }
    lines_.clear();
    forms_.clear();
    ends_.clear();
  }

  const Model& model_;
  std::istream& in_;
  std::ostream& out_;
  std::size_t line_number_ = 0;
  std::vector<std::string> lines_, forms_;
  std::vector<std::string_view> words_;
  std::vector<std::uint32_t> ends_;
  ParseScratch scratch_;
  Parsed parsed_;
};

// Paragraphs: runs of lines that are not blank.
std::vector<Block> paragraphs(std::string_view text) {
  std::vector<Block> out;
  std::size_t begin = std::string_view::npos;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const bool blank = trim(text.substr(at, end - at)).empty();
    if (!blank && begin == std::string_view::npos) begin = at;
    if ((blank || end == text.size()) && begin != std::string_view::npos) {
      const std::size_t stop = blank ? at : end;
      out.push_back(
          {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(stop)}, BlockKind::paragraph});
      begin = std::string_view::npos;
    }
    at = end + 1;
  }
  return out;
}

}  // namespace

Status parse_conllu(const Model& model, std::istream& in, std::ostream& out) {
  return Copier(model, in, out).run();
}

void parse_text(const Model& model, const Segment& segment, std::string_view text, std::ostream& out) {
  Document doc("", repair_utf8(text));
  doc.fill(paragraphs(doc.text()));
  Workspace work;
  segment.run(doc, work);
  const auto tokens = doc.all<Token>();
  std::vector<std::string_view> words;
  std::vector<std::uint32_t> ends;
  for (const Token& token : tokens) words.push_back(doc.text(token.span));
  for (const Sentence& sentence : doc.all<Sentence>()) ends.push_back(sentence.tokens.end());
  ParseScratch scratch;
  Parsed parsed;
  parse(model, best_kernels(), words, ends, scratch, parsed);
  Id<Block> block;
  for (const Sentence& sentence : doc.all<Sentence>()) {
    if (sentence.block != block) out << "# newpar\n";
    block = sentence.block;
    out << "# text = " << collapse_spaces(doc.text(sentence.span)) << '\n';
    for (std::uint32_t t = sentence.tokens.first; t < sentence.tokens.end(); ++t) {
      const bool glued = t + 1 < sentence.tokens.end() && tokens[t + 1].span.begin == tokens[t].span.end;
      const std::string id = std::to_string(t - sentence.tokens.first + 1);
      write_word(model, parsed, t, sentence.tokens.first, {id, words[t], "_", glued ? "SpaceAfter=No" : "_"},
                 out);
    }
    out << '\n';
  }
}

}  // namespace annalist::lang
