#include "store/cells.h"

#include <algorithm>

namespace annalist::store {

std::vector<std::pair<std::int64_t, std::int64_t>> cells_of(const Box& box) {
  // Quadrants of the world are split until they lie inside the box or the budget is spent; each is one run of
  // cells, for cells interleave the bits of longitude and latitude.
  struct Quad {
    std::uint32_t x, y;  // in steps of 2^-level
    int level;
  };
  const auto step = [](double v, double low, double range) {
    return std::uint32_t(std::clamp((v - low) / range * 65536.0, 0.0, 65535.0));
  };
  const std::uint32_t x0 = step(box.west, -180, 360), x1 = step(box.east, -180, 360);
  const std::uint32_t y0 = step(box.south, -90, 180), y1 = step(box.north, -90, 180);
  std::vector<Quad> open = {{0, 0, 0}}, done;
  for (std::size_t at = 0; at < open.size(); ++at) {
    const Quad q = open[at];
    const std::uint32_t size = 65536U >> q.level, qx = q.x * size, qy = q.y * size;
    if (qx > x1 || qx + size - 1 < x0 || qy > y1 || qy + size - 1 < y0) continue;
    const bool inside = qx >= x0 && qx + size - 1 <= x1 && qy >= y0 && qy + size - 1 <= y1;
    if (inside || q.level == 16 || open.size() - at + done.size() > 60) {
      done.push_back(q);
      continue;
    }
    for (std::uint32_t i = 0; i < 4; ++i)
      open.push_back({q.x * 2 + (i & 1), q.y * 2 + (i >> 1), q.level + 1});
  }
  std::vector<std::pair<std::int64_t, std::int64_t>> out;
  for (const Quad& q : done) {
    std::int64_t first = 0;
    for (int bit = 0; bit < q.level; ++bit)
      first |= std::int64_t((q.x >> bit) & 1) << (2 * bit) | std::int64_t((q.y >> bit) & 1) << (2 * bit + 1);
    const int rest = 2 * (16 - q.level);
    first <<= rest;
    out.emplace_back(first, first + (std::int64_t(1) << rest) - 1);
  }
  std::ranges::sort(out);
  std::vector<std::pair<std::int64_t, std::int64_t>> joined;
  for (const auto& r : out) {
    if (!joined.empty() && joined.back().second + 1 == r.first)
      joined.back().second = r.second;
    else
      joined.push_back(r);
  }
  return joined;
}

}  // namespace annalist::store
