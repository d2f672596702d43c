// States of words -> tags, tree, names, predicates and roles of each window. All decisions are made within
// one window; parse.h cuts sentences into windows and puts the pieces together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "doc/records.h"
#include "lang/decode.h"
#include "lang/deeds.h"
#include "lang/encoder.h"
#include "lang/model.h"

namespace annalist::lang {

inline constexpr std::uint32_t kNoHead = 0xFFFFFFFFu;

/// What the model says of one word. Labels are positions in the model's lists.
struct ParsedWord {
  std::uint32_t head = kNoHead;  // index in the same flat list of words; kNoHead for a root
  std::uint16_t deprel = 0, feats = 0;
  std::uint8_t upos = 0, name_tag = 0;
};

struct ParsedRole {
  std::uint32_t word = 0;  // the head of the argument
  std::uint16_t label = 0;
};

struct ParsedPredicate {
  static constexpr std::uint32_t kNoRoleset = 0xFFFFFFFFu;
  std::uint32_t word = 0;
  std::uint32_t roleset = kNoRoleset;
  std::uint32_t first_role = 0, role_count = 0;
};

/// The analysis of a flat list of words, as many sentences as were given.
struct Parsed {
  std::vector<ParsedWord> words;
  std::vector<ModelTags> tags;              // of each word
  std::vector<DeedTag> deeds;               // of each word, or none
  std::vector<SenseTag> senses;             // of each word, or none
  std::vector<ParsedPredicate> predicates;  // in the order of their words
  std::vector<ParsedRole> roles;
  std::string lemma_text;
  std::vector<std::uint32_t> lemma_end;  // of each word in lemma_text

  std::string_view lemma(std::size_t word) const {
    const std::uint32_t begin = word == 0 ? 0 : lemma_end[word - 1];
    return std::string_view(lemma_text).substr(begin, lemma_end[word] - begin);
  }
  void clear() {
    words.clear();
    tags.clear();
    deeds.clear();
    senses.clear();
    predicates.clear();
    roles.clear();
    lemma_text.clear();
    lemma_end.clear();
  }
};

/// A window's words within the flat list: [first, first + count). Its states are those of [CLS] and of the
/// first piece of every word.
struct Window {
  std::uint32_t first = 0, count = 0;
};

/// Whether a word is a predicate, where the caller knows it; `open` leaves it to the model.
enum class GivenPredicate : std::uint8_t { open, no, yes };

struct HeadScratch {
  EncoderScratch linear;
  Buffer<float> heads, left, turned, product, scores, vectors, anchors, anchored, partners;
  std::vector<std::uint32_t> tree, anchor_of, order, holder, row_of;
  std::vector<std::uint8_t> tags, tag_from;
  std::vector<double> tag_total;
  std::string key, low, lemma;
  TreeScratch trees;
  std::span<const GivenPredicate> given;  // of each word of the flat list, or none
  DeedScratch deeds;                      // its rows grow batch by batch; parse() tags and clears them
};

/// Appends the analysis of the windows' words to `out`; `states` is what encode() gave for them. `words` is
/// the flat list; out.words.size() is the index of the first window's first word.
void read_heads(const Model& model, const Kernels& kernels, std::span<const Window> windows,
                std::span<const std::string_view> words, const float* states, HeadScratch& scratch,
                Parsed& out);

}  // namespace annalist::lang
