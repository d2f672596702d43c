// Counters of the server in the Prometheus text form. All atomic; any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace annalist::serve {

struct Traffic;

class Metrics {
 public:
  /// Counts an answered request. `route` is one of kRoutes' names; others count as "other".
  void count(std::string_view route, unsigned status, double seconds);
  std::string text(const Traffic& traffic, std::size_t events, std::int64_t revision) const;

  static constexpr std::array<std::string_view, 12> kRoutes = {"page",      "events", "event",  "columns",
                                                               "documents", "search", "actors", "places",
                                                               "stories",   "review", "ingest", "other"};

 private:
  static constexpr std::array<double, 8> kBounds = {0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60};
  struct Route {
    std::array<std::atomic<std::uint64_t>, 6> by_class{};  // 1xx ... 5xx at 1..5
    std::array<std::atomic<std::uint64_t>, 9> buckets{};
    std::atomic<std::uint64_t> microseconds{0}, answered{0};
  };
  std::array<Route, kRoutes.size()> routes_;
};

}  // namespace annalist::serve
