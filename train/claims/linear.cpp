// For training only: fits one linear scorer by AdaGrad. Called by fit.py. Usage:
//   claim_linear PASSES L2 < rows > weights
// Rows: "G n" opens a choice among n candidates, each a line "y f f f ..." (y 1: right, 0: wrong; f: features
// as numbers); "A y f f f ..." is one yes or no. A file holds rows of one sort. Output: "f weight" a line.
// The weights are the mean over the second half of the passes, which is steadier than the last.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

using Row = std::vector<unsigned>;

struct Group {
  std::vector<Row> candidates;
  std::vector<char> right;
  bool alone = false;  // a yes or no
};

Row numbers(std::istringstream& in) {
  Row out;
  for (unsigned f; in >> f;) out.push_back(f);
  return out;
}

double sum_of(const std::vector<double>& w, const Row& row) {
  double out = 0;
  for (const unsigned f : row) out += w[f];
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int passes = std::atoi(argv[1]);
  const double l2 = std::atof(argv[2]);
  std::vector<Group> groups;
  std::size_t size = 0, left = 0;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream in(line);
    if (line[0] == 'G') {
      groups.emplace_back();
      in.ignore(1);
      in >> left;
      continue;
    }
    if (line[0] == 'A') {
      in.ignore(1);
      groups.emplace_back();
      groups.back().alone = true;
    } else if (left-- == 0) {
      return 2;
    }
    int y = 0;
    in >> y;
    groups.back().right.push_back(static_cast<char>(y));
    groups.back().candidates.push_back(numbers(in));
    for (const unsigned f : groups.back().candidates.back()) size = std::max(size, std::size_t(f) + 1);
  }
  std::vector<double> w(size, 0), g2(size, 1e-6), mean(size, 0), grad(size, 0);
  std::vector<unsigned> touched;
  std::mt19937 random(5);
  const int from = passes / 2;
  for (int pass = 0; pass < passes; ++pass) {
    std::shuffle(groups.begin(), groups.end(), random);
    std::size_t hits = 0;
    for (const Group& g : groups) {
      const std::size_t n = g.candidates.size();
      std::vector<double> push(n, 0);
      if (g.alone) {
        const double z = std::clamp(sum_of(w, g.candidates[0]), -30.0, 30.0);
        push[0] = 1 / (1 + std::exp(-z)) - g.right[0];
        hits += (z > 0) == (g.right[0] != 0);
      } else {
        std::vector<double> e(n);
        double top = -1e300, total = 0, good = 0;
        for (std::size_t i = 0; i < n; ++i) top = std::max(top, e[i] = sum_of(w, g.candidates[i]));
        const auto best = static_cast<std::size_t>(std::max_element(e.begin(), e.end()) - e.begin());
        hits += g.right[best] != 0;
        for (std::size_t i = 0; i < n; ++i) total += e[i] = std::exp(e[i] - top);
        for (std::size_t i = 0; i < n; ++i) good += g.right[i] ? e[i] : 0;
        for (std::size_t i = 0; i < n; ++i)
          push[i] = e[i] / total - (g.right[i] && good > 0 ? e[i] / good : 0);
      }
      touched.clear();
      for (std::size_t i = 0; i < n; ++i) {
        if (std::abs(push[i]) < 1e-4) continue;
        for (const unsigned f : g.candidates[i]) {
          if (grad[f] == 0) touched.push_back(f);
          grad[f] += push[i];
        }
      }
      for (const unsigned f : touched) {
        const double d = grad[f] + l2 * w[f];
        grad[f] = 0;
        g2[f] += d * d;
        w[f] -= 0.1 * d / std::sqrt(g2[f]);
      }
    }
    if (pass >= from)
      for (std::size_t f = 0; f < size; ++f) mean[f] += w[f] / (passes - from);
    if (pass == 0 || pass + 1 == passes)
      std::fprintf(stderr, "  pass %d right %.1f of %zu\n", pass,
                   100.0 * double(hits) / double(groups.size()), groups.size());
  }
  for (std::size_t f = 0; f < size; ++f)
    if (mean[f] != 0) std::printf("%zu %.4f\n", f, mean[f]);
}
