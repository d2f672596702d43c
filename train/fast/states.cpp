// For training only: a tier's states of running text. Those of the accurate tier (the default) teach the fast
// one, those of the fast one are for looking. Usage:
//   lang_states DATA_DIR OUT [fast] < lines
// A line is "W" TAB words joined by blanks (one sentence) or "T" TAB a paragraph, which is segmented here.
// OUT.words gets one sentence a line, words joined by blanks; OUT.f16 the states of its [CLS] and words,
// rows of `hidden` half floats end to end. Sentences longer than a window are left out.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "base/strings.h"
#include "lang/encoder.h"
#include "lang/model.h"
#include "lang/segment.h"
#include "pipeline/data_files.h"

using namespace annalist;
using namespace annalist::lang;

namespace {

class Writer {
 public:
  Writer(const Model& model, const std::string& out)
      : model_(model), words_(out + ".words"), states_(out + ".f16", std::ios::binary) {}

  void add(const std::vector<std::string>& words) {
    PieceBatch one;
    bool letters_seen = false;
    const bool row_a_word = model_.tier == Tier::fast;
    const auto end_rows = [&](std::uint8_t shape) {
      if (row_a_word) return one.end_row(shape);
      while (one.rows() < one.pieces.size()) {
        one.row_end.push_back(static_cast<std::uint32_t>(one.rows() + 1));
        one.shapes.push_back(shape);
      }
    };
    one.pieces.push_back(model_.pieces.ids().begin);
    one.wanted.push_back(0);
    end_rows(0);
    for (const std::string& word : words) {
      one.wanted.push_back(static_cast<std::uint32_t>(one.rows()));
      model_.pieces.cut(word, token_, one.pieces);
      end_rows(model_.pieces.shape(word, letters_seen));
    }
    if (!row_a_word) {
      one.pieces.push_back(model_.pieces.ids().end);
      end_rows(0);
    }
    if (words.empty() || one.rows() > model_.sizes.max_pieces) return;
    one.ends.push_back(static_cast<std::uint32_t>(one.rows()));
    const float* states = encode(model_, best_kernels(), one, scratch_);
    half_.resize(one.wanted.size() * model_.sizes.hidden);
    for (std::size_t i = 0; i < half_.size(); ++i) half_[i] = static_cast<_Float16>(states[i]);
    states_.write(reinterpret_cast<const char*>(half_.data()),
                  static_cast<std::streamsize>(half_.size() * sizeof(_Float16)));
    for (std::size_t i = 0; i < words.size(); ++i) words_ << (i ? " " : "") << words[i];
    words_ << '\n';
  }

 private:
  const Model& model_;
  std::ofstream words_, states_;
  EncoderScratch scratch_;
  std::vector<_Float16> half_;
  std::string token_;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 2;
  const std::string dir = arguments[1];
  const bool fast = count > 3 && std::string_view(arguments[3]) == "fast";
  const auto model = Model::open(dir + "/" + kModelFile, fast ? Tier::fast : Tier::accurate);
  const auto codebook = open_codebook(dir + "/" + kCodebookFile);
  if (!model || !codebook) return 2;
  const auto segment = Segment::load(codebook->texts);
  if (!segment) return 2;
  Writer out(**model, arguments[2]);
  std::vector<std::string> words;
  for (std::string line; std::getline(std::cin, line);) {
    const std::string_view text = std::string_view(line).substr(std::min<std::size_t>(2, line.size()));
    if (line.starts_with("W\t")) {
      words.clear();
      for (const std::string_view word : split(text, ' ')) words.emplace_back(word);
      out.add(words);
    } else if (line.starts_with("T\t")) {
      std::vector<Sentence> sentences;
      std::vector<Token> tokens;
      segment->split(text, {0, static_cast<std::uint32_t>(text.size())}, {}, sentences, tokens);
      for (const Sentence& sentence : sentences) {
        words.clear();
        for (std::uint32_t t = sentence.tokens.first; t < sentence.tokens.end(); ++t)
          words.emplace_back(text.substr(tokens[t].span.begin, tokens[t].span.end - tokens[t].span.begin));
        out.add(words);
      }
    }
  }
  return 0;
}
