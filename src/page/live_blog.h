// The entries of a live blog, each told at its own time.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "page/metadata.h"

namespace annalist::page {

struct LiveEntry {
  std::size_t first = 0, last = 0;  // blocks of the article, half-open
  Stamp time;                       // empty: not told
  std::string heading;
};

/// "14:35", "2h ago", "10 minutes ago": what stands over an entry.
bool is_clock(const TextUnit& unit);

/// The entries of a page that is a live blog, in its order; none where fewer than two can be told apart. What
/// stands before the first belongs to none. `page` gives the day of bare clocks.
std::vector<LiveEntry> live_entries(const HtmlTree& tree, const std::vector<TextUnit>& units,
                                    const JsonLd& ld, const Article& article, const Patterns& patterns,
                                    const PageInfo& page);

}  // namespace annalist::page
