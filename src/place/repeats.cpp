#include "place/repeats.h"

#include <string_view>
#include <unordered_map>
#include <utility>

namespace annalist {

void mark_repeats(std::vector<PlaceCandidate>& candidates) {
  const auto clear = [](const PlaceCandidate& c) {
    return c.cue(Cue::in_word) || c.cue(Cue::container) || c.cue(Cue::contained) || c.dateline ||
           (c.class_kinds && !c.cue(Cue::name_before));
  };
  const auto person = [&](const PlaceCandidate& c) {
    return c.cue(Cue::given_name) || (c.cue(Cue::name_before) && !clear(c));
  };
  std::unordered_map<std::string_view, std::pair<int, int>> seen;  // clear places, persons
  for (const PlaceCandidate& c : candidates) {
    seen[c.key].first += clear(c);
    seen[c.key].second += person(c);
  }
  for (PlaceCandidate& c : candidates) {
    const auto& [places, persons] = seen[c.key];
    c.cue(Cue::elsewhere) = places > (clear(c) ? 1 : 0);
    c.cue(Cue::person_elsewhere) = persons > (person(c) ? 1 : 0);
  }
}

}  // namespace annalist
