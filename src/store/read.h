// Rows of the store as records: the column lists and the one reader of each.
#pragma once

#include <string>
#include <vector>

#include "store/records.h"
#include "store/sqlite.h"

namespace annalist::store {

/// For "SELECT " + kEventColumns + " FROM events e JOIN documents d ...". Text and arguments come separately.
extern const std::string kEventColumns;
EventRecord read_event(const Statement& s);

/// Fills in arguments, the place's id and the sentence of each event.
Status complete(Db& db, std::vector<EventRecord>& events);

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
