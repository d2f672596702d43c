#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "lang/kernel.h"

namespace annalist::lang {
namespace {

struct Layer {
  std::vector<std::int8_t> weights;
  std::vector<float> scale, bias;
  std::size_t inputs;
  PackedMatrix packed;
};

Layer random_layer(std::size_t outputs, std::size_t inputs, std::uint32_t seed) {
  std::mt19937 random(seed);
  Layer layer{.weights = {}, .scale = {}, .bias = {}, .inputs = inputs, .packed = {}};
  for (std::size_t i = 0; i < outputs * inputs; ++i)
    layer.weights.push_back(static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127));
  for (std::size_t o = 0; o < outputs; ++o) {
    layer.scale.push_back(0.001f * static_cast<float>(1 + random() % 9));
    layer.bias.push_back(static_cast<float>(random() % 100) / 50 - 1);
  }
  // The largest sums that can occur: only these show a kernel that saturates.
  for (std::size_t i = 0; i < inputs; ++i) layer.weights[i] = i % 2 ? 127 : -127;
  for (std::size_t i = 0; i < inputs && outputs > 1; ++i) layer.weights[inputs + i] = 127;
  layer.packed = pack_matrix(layer.weights, layer.scale, layer.bias, inputs);
  return layer;
}

Buffer<float> random_floats(std::size_t n, std::uint32_t seed, float range = 4.0f) {
  std::mt19937 random(seed);
  Buffer<float> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = (static_cast<float>(random() % 20001) / 10000 - 1) * range;
  return out;
}

bool same_bits(const Buffer<float>& a, const Buffer<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

TEST_CASE("integer sums are exact in every kernel, extremes and odd shapes included") {
  for (const auto& [outputs, inputs] : {std::pair{1, 16}, {64, 384}, {70, 48}, {130, 1536}}) {
    const Layer layer = random_layer(outputs, inputs, 7);
    for (std::size_t rows : {1, 2, 5, 6, 7, 13}) {
      std::mt19937 random(11);
      std::vector<std::uint8_t> q(rows * inputs);
      for (auto& value : q) value = static_cast<std::uint8_t>(random() % 256);
      std::fill(q.begin(), q.begin() + inputs, 255);
      const std::vector<float> step(rows, 1.0f);
      const std::vector<std::int32_t> zero(rows, 0);
      const QuantisedRows x{q.data(), step.data(), zero.data(), rows};
      for (const Kernels* kernels : usable_kernels()) {
        CAPTURE(kernels->name);
        CAPTURE(rows);
        CAPTURE(outputs);
        int wrong = 0;
        for (std::size_t tile = 0; tile * kTileOutputs < layer.packed.padded(); ++tile) {
          std::vector<std::int32_t> acc(rows * kTileOutputs);
          kernels->sums(layer.packed.view(), x, tile, acc.data());
          for (std::size_t row = 0; row < rows; ++row)
            for (std::size_t o = tile * kTileOutputs; o < (tile + 1) * kTileOutputs; ++o) {
              std::int32_t expected = 0;
              for (int i = 0; i < inputs && o < std::size_t(outputs); ++i)
                expected += q[row * inputs + i] * layer.weights[o * inputs + i];
              wrong += acc[row * kTileOutputs + o % kTileOutputs] != expected;
            }
        }
        CHECK(wrong == 0);
      }
    }
  }
}

TEST_CASE("a quantised linear layer stays close to the real one") {
  const std::size_t rows = 9, inputs = 384, outputs = 100;
  const Layer layer = random_layer(outputs, inputs, 3);
  const Buffer<float> x = random_floats(rows * inputs, 5);
  const Kernels& kernels = best_kernels();
  Buffer<std::uint8_t> q(rows * inputs);
  Buffer<float> step(rows), y(rows * layer.packed.padded());
  Buffer<std::int32_t> zero(rows);
  kernels.quantise(x.data(), rows, inputs, q.data(), step.data(), zero.data());
  kernels.linear(layer.packed.view(), {q.data(), step.data(), zero.data(), rows}, Activation::none, y.data());
  double worst = 0, largest = 0;
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t o = 0; o < outputs; ++o) {
      double exact = layer.bias[o];
      for (std::size_t i = 0; i < inputs; ++i)
        exact += double(x[r * inputs + i]) * layer.weights[o * inputs + i] * layer.scale[o];
      worst = std::max(worst, std::fabs(exact - y[r * layer.packed.padded() + o]));
      largest = std::max(largest, std::fabs(exact));
    }
  CHECK(worst < 0.01 * largest);
}

TEST_CASE("quantisation covers zero, constants and one-sided rows") {
  const Kernels& kernels = portable_kernels();
  Buffer<float> x(3 * 16);
  for (std::size_t i = 0; i < 16; ++i) {
    x[i] = 0.0f;
    x[16 + i] = 5.0f;
    x[32 + i] = i == 0 ? -1.0f : 254.0f * static_cast<float>(i) / 15;
  }
  Buffer<std::uint8_t> q(48);
  Buffer<float> step(3);
  Buffer<std::int32_t> zero(3);
  kernels.quantise(x.data(), 3, 16, q.data(), step.data(), zero.data());
  CHECK(step[0] == 1.0f);
  CHECK(q[7] == 0);
  CHECK(zero[1] == 0);
  CHECK(q[16] == 255);
  CHECK(step[2] == 1.0f);
  CHECK(zero[2] == 1);
  CHECK(q[32] == 0);
  CHECK(q[47] == 255);
}

TEST_CASE("all floating-point kernels give the bits of the portable ones") {
  const Kernels& reference = portable_kernels();
  const std::size_t rows = 11, cols = 384, n = 37, stride = 48;
  const Layer layer = random_layer(200, cols, 21);
  const std::size_t padded = layer.packed.padded();
  const auto run = [&](const Kernels& k) {
    std::vector<Buffer<float>> out;
    const Buffer<float> x = random_floats(rows * cols, 1);
    Buffer<std::uint8_t> q(rows * cols);
    Buffer<float> step(rows);
    Buffer<std::int32_t> zero(rows);
    k.quantise(x.data(), rows, cols, q.data(), step.data(), zero.data());
    for (const Activation activation : {Activation::none, Activation::gelu})
      k.linear(layer.packed.view(), {q.data(), step.data(), zero.data(), rows}, activation,
               out.emplace_back(rows * padded).data());
    Buffer<float> probability = random_floats(rows * stride, 2, 30.0f);
    k.softmax(probability.data(), rows, n, stride);
    out.push_back(std::move(probability));
    Buffer<float> product(rows * 96);
    k.matmul({x.data(), cols}, {random_floats(n * 96, 3).data(), 96}, rows, n, 96, product.data(), 96);
    out.push_back(std::move(product));
    Buffer<float> normed = random_floats(rows * cols, 4);
    k.add_norm(normed.data(), x.data(), rows, cols, random_floats(cols, 5).data(),
               random_floats(cols, 6).data());
    out.push_back(std::move(normed));
    return out;
  };
  const auto expected = run(reference);
  for (const Kernels* kernels : usable_kernels()) {
    CAPTURE(kernels->name);
    const auto got = run(*kernels);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      CAPTURE(i);
      CHECK(same_bits(got[i], expected[i]));
    }
  }
}

TEST_CASE("softmax sums to one and GELU follows its definition") {
  const Kernels& kernels = portable_kernels();
  Buffer<float> x(32);
  for (std::size_t i = 0; i < 20; ++i) x[i] = static_cast<float>(i) - 60.0f;
  kernels.softmax(x.data(), 1, 20, 32);
  double total = 0;
  for (std::size_t i = 0; i < 20; ++i) total += x[i];
  CHECK(total == doctest::Approx(1.0).epsilon(1e-6));
  CHECK(x[20] == 0.0f);
  CHECK(x[19] / x[18] == doctest::Approx(std::exp(1.0)).epsilon(1e-5));

  // An identity layer lets exact values through to the activation: q - zero = -127 ... 128, step 1/16.
  Layer identity{.weights = {}, .scale = {}, .bias = {}, .inputs = 16, .packed = {}};
  identity.weights.assign(64 * 16, 0);
  for (std::size_t i = 0; i < 16; ++i) identity.weights[i * 16 + i] = 1;
  identity.scale.assign(64, 1.0f);
  identity.bias.assign(64, 0.0f);
  identity.packed = pack_matrix(identity.weights, identity.scale, identity.bias, 16);
  double worst = 0;
  for (int base = 0; base < 256; base += 16) {
    std::vector<std::uint8_t> q(16);
    for (int i = 0; i < 16; ++i) q[i] = static_cast<std::uint8_t>(base + i);
    const float step = 1.0f / 16;
    const std::int32_t zero = 127;
    Buffer<float> y(64);
    kernels.linear(identity.packed.view(), {q.data(), &step, &zero, 1}, Activation::gelu, y.data());
    for (int i = 0; i < 16; ++i) {
      const double v = (base + i - 127) / 16.0;
      worst = std::max(worst, std::fabs(y[i] - v / 2 * (1 + std::erf(v / std::sqrt(2.0)))));
    }
  }
  CHECK(worst < 1e-6);
}

}  // namespace annalist::lang
