// What becomes of a holder: new names and mergers lead from the group that took a place to the one that is
// there now; a membership, or the state that runs a group, says whose side it holds the place for.
//
// Read from the actor tables (actors/*links.tsv, actors/sides.tsv); immutable, shared by threads.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "pack/data_text.h"

namespace annalist::state {

class Successors {
 public:
  /// An Error names file, line and what a row lacks.
  static Result<Successors> load(const std::vector<DataText>& texts);

  /// The group that a group has become by a day, if its name or body was another on `since`; itself
  /// otherwise. `since` none: whenever it became so.
  std::string at(std::string_view uid, Day since, Day day) const;
  /// The state it belongs to on a day, else the alliance; "" for none. One step: a member of a member's
  /// alliance is not asked for.
  std::string side(std::string_view uid, Day day) const;
  /// The listed name; the uid itself where none is listed.
  std::string name(std::string_view uid) const;

 private:
  struct Link {
    std::string other;
    Day from, to;  // of an event: when it happened; none: not known
  };
  std::map<std::string, std::vector<Link>, std::less<>> became_, side_;
  std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace annalist::state
