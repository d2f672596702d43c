// Rows of the store as records: the column lists and the one reader of each.
#pragma once

#include <string>
#include <vector>

#include "store/records.h"
#include "store/sqlite.h"

namespace annalist::store {

/// The rows of events with arguments, places and sentences, in the order of their ids.
Result<std::vector<EventRecord>> read_events(Db& db, const std::vector<std::int64_t>& ids);
/// As above, with only what PageRequest::brief asks for.
Result<std::vector<EventRecord>> read_lines(Db& db, const std::vector<std::int64_t>& ids);
/// The numbers a query of one text parameter gives.
Result<std::vector<std::int64_t>> numbers(Db& db, std::string_view sql, std::string_view parameter);

/// The claims of a query "SELECT " + kClaimColumns + " FROM claims c JOIN documents d ...", with their words.
extern const std::string kClaimColumns;
Result<std::vector<ClaimRecord>> read_claims(Db& db, Statement& s);

/// Words of a document between two code points.
class TextCache {
 public:
  explicit TextCache(Db& db) : db_(db) {}
  Result<std::string> words(std::string_view document_uid, TextRange at);

 private:
  Db& db_;
  std::string uid_, text_;
};

}  // namespace annalist::store
