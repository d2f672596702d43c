// What the files of this folder share: the insides of a Store and the small writes they all do.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/rows.h"
#include "store/sqlite.h"
#include "store/store.h"

struct ZSTD_CCtx_s;

namespace annalist {
namespace store {

/// Compresses with memory that is kept from one time to the next.
class Zip {
 public:
  /// Good until the next call.
  std::string_view operator()(std::string_view bytes);

 private:
  struct Free {
    void operator()(ZSTD_CCtx_s* context) const;
  };
  std::unique_ptr<ZSTD_CCtx_s, Free> context_;
  std::vector<char> out_;
};

}  // namespace store

struct Store::Parts {
  std::unique_ptr<store::Db> db;
  std::int64_t run = 0;
  int snapshots = 0;
  // Rows of actors, places and engines are never deleted, so their ids may be remembered; forgotten when a
  // transaction that added some is rolled back.
  std::unordered_map<std::string, std::int64_t> actor_ids, place_ids, engine_ids;
  store::Zip zip;

  void forget() {
    actor_ids.clear();
    place_ids.clear();
    engine_ids.clear();
  }
};

namespace store {

/// Passes an Error on, or gives the value. For the many steps of a write that all may fail.
#define ANNALIST_TRY(variable, expression)                                   \
  auto variable##_result = (expression);                                     \
  if (!variable##_result) return std::unexpected(variable##_result.error()); \
  auto& variable = *variable##_result
#define ANNALIST_CHECK(expression)                                                                        \
  do {                                                                                                    \
    if (auto status_result = (expression); !status_result) return std::unexpected(status_result.error()); \
  } while (false)

/// Opens the next revision. Its time is now, or that of the last one when the clock went back.
Result<std::int64_t> new_revision(Db& db, std::int64_t run, std::string_view kind, std::string_view subject,
                                  std::string_view note);
std::string utc_now();
/// After a recoding: the events of a document that verdicts speak of get them again (change.cpp).
Status reapply_verdicts(Db& db, std::int64_t document, std::int64_t run);

Result<std::string> unzip(std::string_view bytes, const std::string& where);

}  // namespace store
}  // namespace annalist
