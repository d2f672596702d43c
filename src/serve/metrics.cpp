#include "serve/metrics.h"

#include <algorithm>

#include "serve/http_server.h"

namespace annalist::serve {
namespace {

void line(std::string& out, std::string_view name, std::string_view labels, double value) {
  char number[40];
  std::snprintf(number, sizeof number, "%.17g", value);
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(number).append("\n");
}

}  // namespace

void Metrics::count(std::string_view route, unsigned status, double seconds) {
  const auto it = std::ranges::find(kRoutes, route);
  Route& r = routes_[it == kRoutes.end() ? kRoutes.size() - 1 : std::size_t(it - kRoutes.begin())];
  ++r.by_class[std::min(status / 100, 5U)];
  std::size_t b = 0;
  while (b < kBounds.size() && seconds > kBounds[b]) ++b;
  ++r.buckets[b];
  r.microseconds += std::uint64_t(seconds * 1e6);
  ++r.answered;
}

std::string Metrics::text(const Traffic& traffic, std::size_t events, std::int64_t revision) const {
  std::string out = "# TYPE annalist_requests_total counter\n";
  for (std::size_t i = 0; i < routes_.size(); ++i)
    for (unsigned c = 1; c < 6; ++c)
      if (routes_[i].by_class[c])
        line(out, "annalist_requests_total",
             "route=\"" + std::string(kRoutes[i]) + "\",status=\"" + std::to_string(c) + "xx\"",
             double(routes_[i].by_class[c]));
  out += "# TYPE annalist_request_seconds histogram\n";
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const Route& r = routes_[i];
    if (!r.answered) continue;
    const std::string route = "route=\"" + std::string(kRoutes[i]) + "\"";
    std::uint64_t sum = 0;
    for (std::size_t b = 0; b < kBounds.size(); ++b) {
      sum += r.buckets[b];
      char bound[24];
      std::snprintf(bound, sizeof bound, "%g", kBounds[b]);
      line(out, "annalist_request_seconds_bucket", route + ",le=\"" + bound + "\"", double(sum));
    }
    line(out, "annalist_request_seconds_bucket", route + ",le=\"+Inf\"", double(r.answered));
    line(out, "annalist_request_seconds_sum", route, double(r.microseconds) / 1e6);
    line(out, "annalist_request_seconds_count", route, double(r.answered));
  }
  out += "# TYPE annalist_connections_total counter\n";
  line(out, "annalist_connections_total", "", double(traffic.connections));
  line(out, "annalist_refused_total", "", double(traffic.refused));
  line(out, "annalist_timeouts_total", "", double(traffic.timeouts));
  line(out, "annalist_sent_bytes_total", "", double(traffic.bytes_out));
  out += "# TYPE annalist_connections gauge\n";
  line(out, "annalist_connections", "", double(traffic.open));
  line(out, "annalist_events", "", double(events));
  line(out, "annalist_revision", "", double(revision));
  return out;
}

}  // namespace annalist::serve
