// Boxes as runs of cells (cell_of in rows.h).
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "store/filter.h"

namespace annalist::store {

/// Runs of cells that cover a box; at most 64.
std::vector<std::pair<std::int64_t, std::int64_t>> cells_of(const Box& box);

}  // namespace annalist::store
