#include "lang/heads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace annalist::lang {
namespace {

constexpr std::size_t kAnchorsAtOnce = 16;  // bounds the memory of anchored products

std::size_t best_of(const float* scores, std::size_t count) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < count; ++i)
    if (scores[i] > scores[best]) best = i;
  return best;
}

/// The windows of one batch in the making. Relations and roles are scored for all windows together, so that
/// the large tables of the pair scorers pass through the caches once a batch.
class BatchReader {
 public:
  BatchReader(const Model& model, const Kernels& kernels, std::span<const Window> windows,
              std::span<const std::string_view> words, const float* heads, HeadScratch& scratch, Parsed& out)
      : model_(model),
        kernels_(kernels),
        windows_(windows),
        words_(words),
        heads_(heads),
        stride_(model.head.padded()),
        first_(windows.front().first),
        s_(scratch),
        out_(out) {}

  void read() {
    s_.row_of.clear();
    std::uint32_t row = 0;
    for (const Window& window : windows_) {
      cls_ = row++;
      for (std::uint32_t i = 0; i < window.count; ++i) s_.row_of.push_back(row++);
      read_tags(window);
      read_names(window);
      read_model_tags(window);
      read_tree(window);
    }
    read_relations();
    read_predicates();
  }

 private:
  // Rows of the head matrix: that of a word, by its place in the flat list, and any by number.
  const float* row_at(std::size_t row, const HeadRows& rows) const {
    return heads_ + row * stride_ + rows.begin;
  }
  const float* row(std::uint32_t word, const HeadRows& rows) const {
    return row_at(s_.row_of[word - first_], rows);
  }

  void read_tags(const Window& window) {
    for (std::uint32_t i = window.first; i < window.first + window.count; ++i) {
      ParsedWord w;
      w.upos = static_cast<std::uint8_t>(best_of(row(i, model_.upos_rows), model_.upos_rows.size()));
      w.feats = static_cast<std::uint16_t>(best_of(row(i, model_.feats_rows), model_.feats_rows.size()));
      out_.words.push_back(w);
      model_.lemmas.append(words_[i], model_.upos_names[w.upos], s_.key, s_.low, out_.lemma_text);
      out_.lemma_end.push_back(static_cast<std::uint32_t>(out_.lemma_text.size()));
    }
  }

  void read_names(const Window& window) {
    s_.tags.resize(window.count);
    best_tags(row(window.first, model_.ner_rows), stride_, model_.name_tags, s_.tag_total, s_.tag_from,
              s_.tags);
    for (std::uint32_t i = 0; i < window.count; ++i) out_.words[window.first + i].name_tag = s_.tags[i];
  }

  // Taggers of three logits a role (outside, begin, inside), the factuality of event words and negation.
  void read_model_tags(const Window& window) {
    for (std::uint32_t i = window.first; i < window.first + window.count; ++i) {
      ModelTags tags;
      const float* claim = row(i, model_.claim_rows);
      for (std::size_t role = 0; role < 3; ++role) {
        const auto p = shares<3>(claim + 3 * role);
        tags.begin[role] = p[1];
        tags.inside[role] = p[2];
      }
      if (model_.fact_rows.size() > 0) {
        tags.has_fact = true;
        const float value = std::clamp(row(i, model_.fact_rows)[0], -1.0f, 1.0f);
        tags.fact = static_cast<std::int8_t>(std::lrint(value * 127.0f));
      }
      if (model_.neg_rows.size() > 0) {
        tags.has_negation = true;
        const float* neg = row(i, model_.neg_rows);
        const auto cue = shares<3>(neg);
        tags.negates = cue[1];
        tags.negated_by_affix = cue[2];
        tags.in_scope = shares<2>(neg + 3)[1];
      }
      if (model_.deed_rows.size() > 0) {
        const float* deed = row(i, model_.deed_rows);
        s_.deeds.rows.insert(s_.deeds.rows.end(), deed, deed + model_.deed_rows.size());
      }
      out_.tags.push_back(tags);
    }
  }

  // Softmax in 255ths.
  template <std::size_t N>
  static std::array<std::uint8_t, N> shares(const float* logits) {
    const float most = *std::max_element(logits, logits + N);
    std::array<double, N> e;
    double total = 0;
    for (std::size_t k = 0; k < N; ++k) total += e[k] = std::exp(static_cast<double>(logits[k] - most));
    std::array<std::uint8_t, N> out;
    for (std::size_t k = 0; k < N; ++k) out[k] = static_cast<std::uint8_t>(std::lrint(255.0 * e[k] / total));
    return out;
  }

  // arc[i][j] = (dep_i^T A + a) . head_j
  void read_tree(const Window& window) {
    const std::size_t n = window.count + 1, size = model_.sizes.arc, padded = round_up(n, kLanes);
    float* left = s_.left.reset(n * size);
    kernels_.matmul({row_at(cls_, model_.arc_dep), stride_}, {model_.arc_bilinear.data(), size}, n, size,
                    size, left, size);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t d = 0; d < size; ++d) left[i * size + d] += model_.arc_bias[d];
    float* turned = s_.turned.reset(size * padded);
    for (std::size_t d = 0; d < size; ++d)
      for (std::size_t j = 0; j < padded; ++j)
        turned[d * padded + j] = j < n ? row_at(cls_ + j, model_.arc_head)[d] : 0.0f;
    float* scores = s_.scores.reset(n * padded);
    kernels_.matmul({left, size}, {turned, padded}, n, size, padded, scores, padded);
    s_.tree.resize(n);
    best_tree(scores, padded, s_.tree, s_.trees);
    for (std::size_t i = 1; i < n; ++i)
      out_.words[window.first + i - 1].head = s_.tree[i] == 0 ? kNoHead : window.first + s_.tree[i] - 1;
  }

  // A head vector with the 1 that the pair scorers want at its end.
  void with_one(std::uint32_t word, const HeadRows& rows, float* to) const {
    std::memcpy(to, row(word, rows), rows.size() * sizeof(float));
    to[rows.size()] = 1.0f;
  }

  void read_relations() {
    const PairScorer& scorer = model_.label_scorer;
    // The dependents in the order of their heads, so that each head is an anchor once.
    s_.order.clear();
    for (std::uint32_t i = first_; i < out_.words.size(); ++i) {
      if (out_.words[i].head == kNoHead)
        out_.words[i].deprel = model_.root_label;
      else
        s_.order.push_back(i);
    }
    std::stable_sort(s_.order.begin(), s_.order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return out_.words[a].head < out_.words[b].head;
    });
    for (std::size_t from = 0; from < s_.order.size();) {
      float* anchors = s_.anchors.reset(kAnchorsAtOnce * scorer.size());
      float* partners = s_.partners.reset(s_.order.size() * scorer.size());
      s_.anchor_of.clear();
      std::size_t to = from;
      for (; to < s_.order.size(); ++to) {
        const bool new_head =
            to == from || out_.words[s_.order[to]].head != out_.words[s_.order[to - 1]].head;
        if (new_head && s_.anchor_of.size() == kAnchorsAtOnce) break;
        if (new_head) {
          with_one(out_.words[s_.order[to]].head, model_.lab_head,
                   anchors + s_.anchor_of.size() * scorer.size());
          s_.anchor_of.push_back(static_cast<std::uint32_t>(to));
        }
        with_one(s_.order[to], model_.lab_dep, partners + (to - from) * scorer.size());
      }
      const std::size_t count = s_.anchor_of.size();
      float* anchored = s_.anchored.reset(count * scorer.anchored_size());
      scorer.anchor(kernels_, anchors, count, anchored);
      float* scores = s_.scores.reset((to - from) * scorer.padded());
      for (std::size_t a = 0; a < count; ++a) {
        const std::size_t begin = s_.anchor_of[a], end = a + 1 < count ? s_.anchor_of[a + 1] : to;
        scorer.score(kernels_, anchored + a * scorer.anchored_size(),
                     partners + (begin - from) * scorer.size(), end - begin,
                     scores + (begin - from) * scorer.padded());
      }
      for (std::size_t k = from; k < to; ++k) {
        float* score = scores + (k - from) * scorer.padded();
        score[model_.root_label] = -1e30f;  // only a root is root
        out_.words[s_.order[k]].deprel = static_cast<std::uint16_t>(best_of(score, scorer.labels()));
      }
      from = to;
    }
  }

  bool is_predicate(std::uint32_t i) const {
    const GivenPredicate given = i < s_.given.size() ? s_.given[i] : GivenPredicate::open;
    return given == GivenPredicate::open ? row(i, model_.pred_rows)[0] > 0 : given == GivenPredicate::yes;
  }

  void read_predicates() {
    const PairScorer& scorer = model_.role_scorer;
    const std::size_t first = out_.predicates.size();
    const auto count = static_cast<std::uint32_t>(out_.words.size()) - first_;
    for (std::uint32_t i = first_; i < first_ + count; ++i)
      if (is_predicate(i)) out_.predicates.push_back({i, roleset_of(i), 0, 0});
    if (out_.predicates.size() == first) return;
    float* partners = s_.partners.reset(count * scorer.size());
    for (std::uint32_t i = 0; i < count; ++i)
      with_one(first_ + i, model_.srl_arg, partners + i * scorer.size());
    auto window = windows_.begin();
    for (std::size_t from = first; from < out_.predicates.size(); from += kAnchorsAtOnce) {
      const std::size_t anchor_count = std::min(kAnchorsAtOnce, out_.predicates.size() - from);
      float* anchors = s_.anchors.reset(anchor_count * scorer.size());
      for (std::size_t a = 0; a < anchor_count; ++a)
        with_one(out_.predicates[from + a].word, model_.srl_pred, anchors + a * scorer.size());
      float* anchored = s_.anchored.reset(anchor_count * scorer.anchored_size());
      scorer.anchor(kernels_, anchors, anchor_count, anchored);
      for (std::size_t a = 0; a < anchor_count; ++a) {
        ParsedPredicate& predicate = out_.predicates[from + a];
        while (predicate.word >= window->first + window->count) ++window;
        float* scores = s_.scores.reset(window->count * scorer.padded());
        scorer.score(kernels_, anchored + a * scorer.anchored_size(),
                     partners + (window->first - first_) * scorer.size(), window->count, scores);
        predicate.first_role = static_cast<std::uint32_t>(out_.roles.size());
        read_roles(*window, scores);
        predicate.role_count = static_cast<std::uint32_t>(out_.roles.size()) - predicate.first_role;
      }
    }
  }

  bool is_core(std::size_t label) const {
    return model_.roles[label] >= RoleLabel::arg0 && model_.roles[label] <= RoleLabel::arg5;
  }

  // The best label of every word for one predicate. A numbered role is given once, to the word that wants it
  // most; whoever else wants it gets the best of the other kinds.
  void read_roles(const Window& window, float* scores) {
    const PairScorer& scorer = model_.role_scorer;
    const auto best = [&](std::uint32_t j) { return best_of(scores + j * scorer.padded(), scorer.labels()); };
    const auto wish = [&](std::uint32_t j, std::size_t label) {
      const float* score = scores + j * scorer.padded();
      return score[label] - score[0];
    };
    s_.holder.assign(scorer.labels(), kNoHead);
    for (std::uint32_t j = 0; j < window.count; ++j)
      if (const std::size_t label = best(j); is_core(label))
        if (std::uint32_t& holder = s_.holder[label];
            holder == kNoHead || wish(j, label) > wish(holder, label))
          holder = j;
    for (std::uint32_t j = 0; j < window.count; ++j) {
      std::size_t label = best(j);
      if (is_core(label) && s_.holder[label] != j) {
        float* score = scores + j * scorer.padded();
        for (std::size_t l = 0; l < scorer.labels(); ++l)
          if (is_core(l)) score[l] = -1e30f;
        label = best(j);
      }
      if (label != 0) out_.roles.push_back({window.first + j, static_cast<std::uint16_t>(label)});
    }
  }

  std::uint32_t roleset_of(std::uint32_t i) {
    const Upos upos = model_.upos[out_.words[i].upos];
    const char kind = upos == Upos::verb || upos == Upos::aux ? 'v' : upos == Upos::adj ? 'j' : 'n';
    lower_utf8(out_.lemma(i), s_.key);
    s_.key.append(1, '\t').append(1, kind);
    const auto at = model_.sense_keys.find_sorted(s_.key);
    if (!at) return ParsedPredicate::kNoRoleset;
    const auto candidates =
        model_.sense_items.subspan(model_.sense_range[2 * *at], model_.sense_range[2 * *at + 1]);
    if (candidates.empty()) return ParsedPredicate::kNoRoleset;
    const float* state = row(i, model_.sense_rows);
    const std::size_t size = model_.sizes.sense;
    std::uint32_t best = candidates[0];
    float best_score = 0;
    for (std::size_t c = 0; c < candidates.size() && candidates.size() > 1; ++c) {
      const float* embedding = model_.sense_embedding.data() + candidates[c] * size;
      float score = model_.sense_bias[candidates[c]];
      for (std::size_t d = 0; d < size; ++d) score += state[d] * embedding[d];
      if (c == 0 || score > best_score) best = candidates[c], best_score = score;
    }
    return best;
  }

  const Model& model_;
  const Kernels& kernels_;
  std::span<const Window> windows_;
  std::span<const std::string_view> words_;
  const float* heads_;
  std::size_t stride_;
  std::uint32_t first_;    // the batch's first word
  std::uint32_t cls_ = 0;  // row of the window's [CLS]
  HeadScratch& s_;
  Parsed& out_;
};

}  // namespace

void read_heads(const Model& model, const Kernels& kernels, std::span<const Window> windows,
                std::span<const std::string_view> words, const float* states, HeadScratch& scratch,
                Parsed& out) {
  std::size_t rows = 0;
  for (const Window& window : windows) rows += window.count + 1;
  const std::size_t stride = model.head.padded();
  float* heads = scratch.heads.reset(rows * stride);
  apply(kernels, model.head, states, rows, Activation::none, scratch.linear, heads);
  for (const HeadRows* part : {&model.upos_rows, &model.feats_rows, &model.ner_rows, &model.pred_rows,
                               &model.arc_dep, &model.arc_head, &model.lab_dep, &model.lab_head,
                               &model.srl_pred, &model.srl_arg, &model.sense_rows, &model.deed_rows})
    for (std::size_t row = 0; row < rows && part->relu; ++row)
      for (float* x = heads + row * stride + part->begin; x < heads + row * stride + part->end; ++x)
        *x = *x > 0.0f ? *x : 0.0f;
  BatchReader(model, kernels, windows, words, heads, scratch, out).read();
}

}  // namespace annalist::lang
