// What people decided: their verdicts as given, and those on two events, which merging goes by. A verdict on
// two events says that they are the same happening or that they are not. The last one on a pair counts; what
// is taken back leaves the one before it. What stands never contradicts itself.
#pragma once

#include <string>
#include <vector>

#include "store/records.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace annalist::store {

/// All verdicts that name one of these events of single reports, oldest first.
Result<std::vector<VerdictRecord>> read_verdicts(Db& db, const std::vector<std::string>& events);
/// What stands of pairs, in order of the events.
Result<std::vector<PairVerdict>> standing_pairs(Db& db);

/// Keeps a verdict on two events: apart, same or undone. One transaction.
Status review_pair(Db& db, const Store::Verdict& verdict, std::int64_t run);

/// Adds what is wrong with verdicts on pairs, and merged events that do not follow them.
Status check_pairs(Db& db, std::vector<std::string>& faults);

}  // namespace annalist::store
