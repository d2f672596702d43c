#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "pipeline/batch.h"

using namespace annalist;

TEST_CASE("batch: results come in the order of the inputs with any number of threads") {
  for (const unsigned threads : {1U, 2U, 7U}) {
    int next = 0;
    std::vector<int> got;
    run_batch<int, int>(
        threads, [&]() -> std::optional<int> { return next < 300 ? std::optional(next++) : std::nullopt; },
        [](int i, Workspace& work) {
          ++work.scratch<int>();
          if (i % 50 == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(3));  // the slow one must not be overtaken
          return i * 2;
        },
        [&](int out) { got.push_back(out); });
    REQUIRE(got.size() == 300);
    for (int i = 0; i < 300; ++i) CHECK(got[std::size_t(i)] == 2 * i);
  }
}

TEST_CASE("batch: what waits is bounded") {
  int next = 0, most = 0, delivered = 0;
  run_batch<int, int>(
      2,
      [&]() -> std::optional<int> {
        most = std::max(most, next - delivered);
        return next < 500 ? std::optional(next++) : std::nullopt;
      },
      [](int i, Workspace&) {
        if (i == 0) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return i;
      },
      [&](int) { ++delivered; });
  CHECK(delivered == 500);
  CHECK(most <= 24);
}

TEST_CASE("batch: no input, no result") {
  int calls = 0;
  run_batch<int, int>(
      3, [] { return std::optional<int>(); }, [](int i, Workspace&) { return i; }, [&](int) { ++calls; });
  CHECK(calls == 0);
}
