// Which events of two data sets are one happening: near in days and in place, of the same broad kind, liker
// in actors and deaths than any other pair. One to one, best pairs first; what stays alone says what came
// nearest. Pure: the same events in any order give the same pairs.
#pragma once

#include <string>
#include <vector>

#include "export/foreign.h"

namespace annalist {

struct CompareLimits {
  int days = 1;    // between the two, beyond what either leaves open
  double km = 25;  // likewise
};

struct ComparedPair {
  static constexpr std::size_t kNone = SIZE_MAX;
  std::size_t ours = kNone, theirs = kNone;  // indexes; kNone: alone
  int days_apart = 0;
  double km_apart = -1;  // negative: one of the two has no point
  bool same_actor = false;
  double score = 0;
  std::string why;
};

/// Matched pairs first, then ours only, then theirs only, each by day and id. O(n log n + pairs within the
/// limits).
std::vector<ComparedPair> compare_events(const std::vector<ComparedEvent>& ours,
                                         const std::vector<ComparedEvent>& theirs, CompareLimits limits);

}  // namespace annalist
