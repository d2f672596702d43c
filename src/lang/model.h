// The model file, opened: weights packed for the kernels, tables and label lists as views into the mapped
// file. Layout and arithmetic: docs/formats/model.md; the names below are the names there.
// Immutable after open; shared by all threads.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "doc/enums.h"
#include "lang/deeds.h"
#include "lang/kernel.h"
#include "lang/lemma.h"
#include "lang/line_list.h"
#include "lang/pair_scorer.h"
#include "lang/wordpiece.h"
#include "pack/pack.h"

namespace annalist::lang {

/// Which of the file's two encoders, each with heads of its own; vocabulary, label lists and tables are
/// shared. `accurate` has a row for every word piece; `fast` one for every word, and fewer layers.
enum class Tier : std::uint8_t { accurate, fast };

struct Sizes {
  std::size_t hidden = 0, layers = 0, heads = 0, ffn = 0;  // hidden, ffn: multiples of kTileOutputs
  std::size_t max_pieces = 0;                              // rows of a window, [CLS] and [SEP] included
  std::size_t max_word_pieces = 0;                         // of a word; the rest is not read
  std::size_t arc = 0, label = 0, srl = 0, sense = 0;
};

struct NormWeights {
  std::span<const float> gain, bias;
};

struct EncoderLayer {
  PackedMatrix qkv, out, up, down;
  NormWeights ln1, ln2;
};

/// Rows of the head matrix that belong to one head.
struct HeadRows {
  std::size_t begin = 0, end = 0;
  bool relu = false;
  std::size_t size() const { return end - begin; }
};

/// A label of the name tagger.
struct NameTag {
  enum Position : std::uint8_t { outside, begin, inside } position = outside;
  EntityType type = EntityType::misc;
  std::uint8_t kind = 0;  // the same number for B-X and I-X, another for another X; 0 for O
  bool kept = false;      // false: O, or a kind that the document has no type for (PROD)
};

struct Model {
  /// Opens `path` and checks every section: present, of the right type and shape, indexes within range.
  static Result<std::shared_ptr<const Model>> open(const std::string& path, Tier tier = Tier::accurate);

  Pack pack;  // owns what the views below look at
  Tier tier = Tier::accurate;
  Sizes sizes;
  WordPieces pieces;

  std::span<const std::int8_t> word;  // [vocabulary][hidden]
  std::span<const float> word_scale;  // [vocabulary]
  std::span<const float> position;    // [max_pieces][hidden]
  std::span<const float> shape;       // [WordPieces::kShapes][hidden]
  std::span<const float> rest_gain;   // [hidden]; empty in the accurate tier
  NormWeights embedding_norm;
  std::vector<EncoderLayer> layers;

  PackedMatrix head;
  HeadRows upos_rows, feats_rows, ner_rows, pred_rows, arc_dep, arc_head, lab_dep, lab_head, srl_pred,
      srl_arg, sense_rows, claim_rows;
  HeadRows fact_rows, neg_rows;  // empty in a tier that lacks these heads
  HeadRows deed_rows;            // likewise, with the layers above them
  DeedLayers deeds;
  std::span<const float> arc_bilinear;  // [arc][arc]
  std::span<const float> arc_bias;      // [arc]: section arc.head
  PairScorer label_scorer, role_scorer;

  LineList upos_names, feats_names, deprel_names, srl_names, roleset_names;
  std::vector<Upos> upos;  // of each label, as below
  std::vector<std::uint16_t> feats_flags;
  std::vector<NameTag> name_tags;
  std::vector<Deprel> deprel;
  std::vector<RoleLabel> roles;
  // Deprels: root; parataxis, which joins windows; nsubj.
  std::uint16_t root_label = 0, joint_label = 0, subject_label = 0;

  LineList sense_keys;
  std::span<const std::uint32_t> sense_range;  // [sense_keys][2]: first, count
  std::span<const std::uint32_t> sense_items;
  std::span<const float> sense_embedding;  // [rolesets][sense]
  std::span<const float> sense_bias;       // [rolesets]
  Lemmatiser lemmas;
  LineList xpos_keys, xpos_tags;  // "UPOS\tFEATS\tword" in order of bytes, and the Penn tag of each

  /// Penn tag of a word (its text in lower case) from its labels; "_" where the table knows none.
  std::string_view xpos(std::size_t upos, std::size_t feats, std::string_view word) const;
};

}  // namespace annalist::lang
