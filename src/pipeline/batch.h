// Many inputs, some threads, results in the order of the inputs.
//
// Workers pull inputs one at a time under a lock, work on them alone, and hand results on in input order, so
// that the output is the same bytes with any number of threads. What waits to be handed on is bounded: a slow
// document stops the others from running away with memory.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "doc/stage.h"

namespace annalist {

/// `pull` gives the next input or nothing at the end; called by one thread at a time. `work` runs on any
/// thread with a Workspace of its own and must not throw. `sink` gets every result in input order, one at a
/// time.
template <class Input, class Output>
void run_batch(unsigned threads, const std::function<std::optional<Input>()>& pull,
               const std::function<Output(Input, Workspace&)>& work,
               const std::function<void(Output)>& sink) {
  std::mutex lock;
  std::condition_variable room;
  std::map<std::size_t, Output> waiting;
  std::size_t pulled = 0, delivered = 0;
  bool ended = false;
  const std::size_t most = 8 * std::size_t(threads) + 8;

  const auto worker = [&] {
    Workspace workspace;
    std::unique_lock guard(lock);
    while (true) {
      room.wait(guard, [&] { return ended || pulled - delivered < most; });
      if (ended) return;
      std::optional<Input> input = pull();
      if (!input) {
        ended = true;
        room.notify_all();
        return;
      }
      const std::size_t number = pulled++;
      guard.unlock();
      Output output = work(std::move(*input), workspace);
      guard.lock();
      waiting.emplace(number, std::move(output));
      for (auto it = waiting.find(delivered); it != waiting.end(); it = waiting.find(delivered)) {
        Output next = std::move(it->second);
        waiting.erase(it);
        sink(std::move(next));
        ++delivered;
      }
      room.notify_all();
    }
  };
  if (threads <= 1) {
    worker();
    return;
  }
  std::vector<std::jthread> pool;
  for (unsigned i = 0; i < threads; ++i) pool.emplace_back(worker);
}

}  // namespace annalist
