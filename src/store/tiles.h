// Columns of events in blocks of 4096 ids, kept in the store beside the rows: what facets are counted from.
//
// SQLite groups a million rows in seconds; these bytes are read in milliseconds. A block is exact or absent:
// triggers drop it in the transaction that changes one of its events or reports, and what is absent is read
// from the rows. Writers make absent blocks at the end of a run. One thread, as the Db.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/filter.h"
#include "store/records.h"
#include "store/sqlite.h"

namespace annalist::store {

/// Makes the blocks that are whole (no more ids will come) and absent. One transaction.
Status make_tiles(Db& db);

/// Adds to `wrong` every block that is not what its rows say.
Status check_tiles(Db& db, std::vector<std::string>& wrong);

/// True when the columns hold all that the selection and the facet ask for, and nearly all blocks are there.
Result<bool> tiles_answer(Db& db, const EventFilter& filter, std::string_view field);

/// As Store::facet.
Result<std::vector<FacetCount>> count_tiles(Db& db, const EventFilter& filter, std::string_view field,
                                            std::size_t limit);

}  // namespace annalist::store
