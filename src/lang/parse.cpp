#include "lang/parse.h"

#include "lang/mend.h"

namespace annalist::lang {
namespace {

constexpr std::uint8_t kPunctuationShape = 9;
/// Words that are tagged for deeds together, in whole sentences: a report, or a stretch of a book.
constexpr std::size_t kStretch = 8192;

class Parse {
 public:
  Parse(const Model& model, const Kernels& kernels, std::span<const std::string_view> words, ParseScratch& s,
        Parsed& out, std::size_t batch_rows)
      : model_(model), kernels_(kernels), words_(words), s_(s), out_(out), batch_rows_(batch_rows) {}

  void run(std::span<const std::uint32_t> ends) {
    out_.clear();
    s_.batch.clear();
    s_.windows.clear();
    s_.joints.clear();
    s_.heads.deeds.rows.clear();
    s_.heads.deeds.ends.clear();
    stretch_ = 0;
    std::uint32_t first = 0;
    for (const std::uint32_t end : ends) {
      if (end > first) {
        if (end - stretch_ > kStretch) end_stretch(first);
        add_sentence(first, end - first);
        s_.heads.deeds.ends.push_back(end - stretch_);
      }
      first = end;
    }
    end_stretch(first);
    for (const Window& sentence : s_.joints) join(sentence);
    mend_trees(model_, words_, out_);
  }

 private:
  void add_sentence(std::uint32_t first, std::uint32_t count) {
    s_.pieces.clear();
    s_.piece_end.clear();
    s_.shapes.clear();
    bool letters_seen = false;
    for (std::uint32_t i = 0; i < count; ++i) {
      model_.pieces.cut(words_[first + i], s_.token, s_.pieces);
      s_.piece_end.push_back(static_cast<std::uint32_t>(s_.pieces.size()));
      s_.shapes.push_back(model_.pieces.shape(words_[first + i], letters_seen));
    }
    for (std::uint32_t begin = 0; begin < count;) {
      const std::uint32_t end = window_end(begin, count);
      if (begin == 0 && end < count) s_.joints.push_back({first, count});
      add_window(first, begin, end);
      begin = end;
    }
  }

  bool row_a_word() const { return model_.tier == Tier::fast; }
  std::uint32_t piece_begin(std::uint32_t word) const { return word == 0 ? 0 : s_.piece_end[word - 1]; }
  // Rows of a window of the words [begin, end): [CLS] before them, in the accurate tier [SEP] behind them.
  std::size_t rows(std::uint32_t begin, std::uint32_t end) const {
    return row_a_word() ? end - begin + 1 : s_.piece_end[end - 1] - piece_begin(begin) + 2;
  }

  // The first word of the sentence that does not go into the window that starts at `begin`.
  std::uint32_t window_end(std::uint32_t begin, std::uint32_t count) const {
    std::uint32_t end = begin + 1;
    while (end < count && rows(begin, end + 1) <= model_.sizes.max_pieces) ++end;
    if (end == count) return end;
    for (std::uint32_t cut = end; cut > begin + (end - begin) / 2; --cut)
      if (s_.shapes[cut - 1] == kPunctuationShape) return cut;
    return end;
  }

  void add_window(std::uint32_t first, std::uint32_t begin, std::uint32_t end) {
    PieceBatch& batch = s_.batch;
    if (batch.rows() > 0 && batch.rows() + rows(begin, end) > batch_rows_) flush();
    const auto want = [&] { batch.wanted.push_back(static_cast<std::uint32_t>(batch.rows())); };
    want();
    batch.pieces.push_back(model_.pieces.ids().begin);
    batch.end_row(0);
    for (std::uint32_t word = begin; word < end; ++word) {
      want();
      for (std::uint32_t p = piece_begin(word); p < s_.piece_end[word]; ++p) {
        batch.pieces.push_back(s_.pieces[p]);
        if (!row_a_word() || p + 1 == s_.piece_end[word]) batch.end_row(s_.shapes[word]);
      }
    }
    if (!row_a_word()) {
      batch.pieces.push_back(model_.pieces.ids().end);
      batch.end_row(0);
    }
    batch.ends.push_back(static_cast<std::uint32_t>(batch.rows()));
    s_.windows.push_back({first + begin, end - begin});
  }

  void flush() {
    if (s_.windows.empty()) return;
    const float* states = encode(model_, kernels_, s_.batch, s_.encoder);
    if (s_.states) keep(states);
    if (s_.senses && !row_a_word()) read_senses(states);
    read_heads(model_, kernels_, s_.windows, words_, states, s_.heads, out_);
    s_.batch.clear();
    s_.windows.clear();
  }

  void keep(const float* states) {
    const std::size_t size = model_.sizes.hidden;
    for (const Window& window : s_.windows) {
      s_.states->insert(s_.states->end(), states + size, states + (window.count + 1) * size);
      states += (window.count + 1) * size;  // that of [CLS] goes before the words
    }
  }

  void read_senses(const float* states) {
    const std::size_t size = model_.sizes.hidden;
    for (const Window& window : s_.windows) {
      for (std::uint32_t i = 1; i <= window.count; ++i)  // behind the state of [CLS]
        out_.senses.push_back(s_.senses->read(states + i * size));
      states += (window.count + 1) * size;
    }
  }

  // Tags deeds in the sentences since the last stretch; `end` is the first word that is not among them.
  void end_stretch(std::uint32_t end) {
    flush();
    DeedScratch& deeds = s_.heads.deeds;
    if (model_.deed_rows.size() > 0) {
      out_.deeds.resize(end);
      tag_deeds(model_.deeds, kernels_, deeds, words_.subspan(stretch_, end - stretch_),
                std::span(out_.deeds).subspan(stretch_));
    }
    deeds.rows.clear();
    deeds.ends.clear();
    stretch_ = end;
  }

  void join(Window sentence) {
    std::uint32_t root = kNoHead;
    for (std::uint32_t i = sentence.first; i < sentence.first + sentence.count; ++i) {
      ParsedWord& word = out_.words[i];
      if (word.head != kNoHead) continue;
      if (root == kNoHead) {
        root = i;
      } else {
        word.head = root;
        word.deprel = model_.joint_label;
      }
    }
  }

  const Model& model_;
  const Kernels& kernels_;
  std::span<const std::string_view> words_;
  ParseScratch& s_;
  Parsed& out_;
  std::size_t batch_rows_;
  std::uint32_t stretch_ = 0;  // first word of the stretch
};

}  // namespace

void parse(const Model& model, const Kernels& kernels, std::span<const std::string_view> words,
           std::span<const std::uint32_t> ends, ParseScratch& scratch, Parsed& out, std::size_t batch_rows) {
  Parse(model, kernels, words, scratch, out, batch_rows).run(ends);
}

}  // namespace annalist::lang
