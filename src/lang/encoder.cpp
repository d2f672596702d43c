#include "lang/encoder.h"

#include <algorithm>
#include <cstring>

namespace annalist::lang {
namespace {

// Adds what the pieces after the first say of a word: their mean, by a gain a dimension.
void add_rest(const Model& model, std::span<const std::uint32_t> pieces, float* sum, float* to) {
  const std::size_t hidden = model.sizes.hidden;
  std::fill(sum, sum + hidden, 0.0f);
  for (const std::uint32_t piece : pieces) {
    const std::int8_t* word = model.word.data() + piece * hidden;
    const float scale = model.word_scale[piece];
    for (std::size_t i = 0; i < hidden; ++i) sum[i] += static_cast<float>(word[i]) * scale;
  }
  const float share = 1.0f / static_cast<float>(pieces.size());
  for (std::size_t i = 0; i < hidden; ++i) to[i] += sum[i] * share * model.rest_gain[i];
}

void embed(const Model& model, const Kernels& kernels, const PieceBatch& batch, EncoderScratch& scratch,
           float* x) {
  const std::size_t hidden = model.sizes.hidden;
  float* sum = scratch.rest.reset(hidden);
  std::size_t row = 0, begin = 0, first = 0;
  for (const std::uint32_t end : batch.ends) {
    for (; row < end; ++row) {
      const std::uint32_t piece = batch.pieces[first];
      const std::int8_t* word = model.word.data() + piece * hidden;
      const float* position = model.position.data() + (row - begin) * hidden;
      const float* shape = model.shape.data() + batch.shapes[row] * hidden;
      const float scale = model.word_scale[piece];
      float* to = x + row * hidden;
      for (std::size_t i = 0; i < hidden; ++i)
        to[i] = static_cast<float>(word[i]) * scale + position[i] + shape[i];
      const std::size_t last = batch.row_end[row];
      if (first + 1 < last)
        add_rest(model, std::span(batch.pieces).subspan(first + 1, last - first - 1), sum, to);
      first = last;
    }
    begin = end;
  }
  kernels.add_norm(x, nullptr, row, hidden, model.embedding_norm.gain.data(),
                   model.embedding_norm.bias.data());
}

// Self-attention of one window of n rows; `qkv` has `stride` floats a row: queries, keys, values.
void attend(const Model& model, const Kernels& kernels, const float* qkv, std::size_t stride, std::size_t n,
            EncoderScratch& scratch, float* out) {
  const std::size_t hidden = model.sizes.hidden, width = hidden / model.sizes.heads;
  const std::size_t padded = round_up(n, kLanes);
  scratch.keys.reset(width * padded);
  scratch.scores.reset(n * padded);
  for (std::size_t head = 0; head < hidden; head += width) {
    const float* keys = qkv + hidden + head;
    for (std::size_t d = 0; d < width; ++d) {
      float* to = scratch.keys.data() + d * padded;
      for (std::size_t j = 0; j < n; ++j) to[j] = keys[j * stride + d];
      for (std::size_t j = n; j < padded; ++j) to[j] = 0.0f;
    }
    kernels.matmul({qkv + head, stride}, {scratch.keys.data(), padded}, n, width, padded,
                   scratch.scores.data(), padded);
    kernels.softmax(scratch.scores.data(), n, n, padded);
    kernels.matmul({scratch.scores.data(), padded}, {qkv + 2 * hidden + head, stride}, n, n, width,
                   out + head, hidden);
  }
}

// Moves the wanted rows to the front. `wanted` ascends, so no row is overwritten before it is moved.
void keep_rows(const std::vector<std::uint32_t>& wanted, std::size_t cols, float* rows) {
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i] != i) std::memcpy(rows + i * cols, rows + wanted[i] * cols, cols * sizeof(float));
}

}  // namespace

void apply(const Kernels& kernels, const PackedMatrix& w, const float* x, std::size_t rows,
           Activation activation, EncoderScratch& scratch, float* y) {
  scratch.q.reset(rows * w.inputs);
  scratch.step.reset(rows);
  scratch.zero.reset(rows);
  kernels.quantise(x, rows, w.inputs, scratch.q.data(), scratch.step.data(), scratch.zero.data());
  kernels.linear(w.view(), {scratch.q.data(), scratch.step.data(), scratch.zero.data(), rows}, activation, y);
}

const float* encode(const Model& model, const Kernels& kernels, const PieceBatch& batch,
                    EncoderScratch& scratch) {
  const std::size_t hidden = model.sizes.hidden;
  std::size_t rows = batch.rows();
  float* x = scratch.x.reset(rows * hidden);
  embed(model, kernels, batch, scratch, x);
  for (const EncoderLayer& layer : model.layers) {
    float* wide = scratch.wide.reset(rows * std::max(3 * hidden, model.sizes.ffn));
    float* narrow = scratch.narrow.reset(rows * hidden);
    apply(kernels, layer.qkv, x, rows, Activation::none, scratch, wide);
    std::size_t begin = 0;
    for (const std::uint32_t end : batch.ends) {
      attend(model, kernels, wide + begin * 3 * hidden, 3 * hidden, end - begin, scratch,
             narrow + begin * hidden);
      begin = end;
    }
    if (&layer == &model.layers.back()) {  // nothing after the last attention looks at other rows
      keep_rows(batch.wanted, hidden, narrow);
      keep_rows(batch.wanted, hidden, x);
      rows = batch.wanted.size();
    }
    apply(kernels, layer.out, narrow, rows, Activation::none, scratch, wide);
    kernels.add_norm(x, wide, rows, hidden, layer.ln1.gain.data(), layer.ln1.bias.data());
    apply(kernels, layer.up, x, rows, Activation::gelu, scratch, wide);
    apply(kernels, layer.down, wide, rows, Activation::none, scratch, narrow);
    kernels.add_norm(x, narrow, rows, hidden, layer.ln2.gain.data(), layer.ln2.bias.data());
  }
  return x;
}

}  // namespace annalist::lang
