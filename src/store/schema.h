// The tables of the store and how an older file becomes a newer one. docs/formats/store.md describes them.
//
// PRAGMA application_id marks the file as ours; PRAGMA user_version is the schema's number. A migration is
// one SQL text that takes version N to N + 1; all that are due run in one transaction.
#pragma once

#include <cstdint>

#include "store/sqlite.h"

namespace annalist::store {

inline constexpr std::int32_t kApplicationId = 0x414E4C53;  // "ANLS"
/// The version this program writes.
inline constexpr int kSchemaVersion = 5;

/// What the file is: 0 for an empty file, else its schema version. An Error when it is another program's
/// database or made by a newer Annalist.
Result<int> schema_version(Db& db);

/// Brings the file to kSchemaVersion: makes the tables of an empty one, migrates an older one.
Status bring_up_to_date(Db& db);

}  // namespace annalist::store
