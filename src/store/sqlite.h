// SQLite behind RAII: a connection, prepared statements kept for reuse, errors as Result.
//
// A Db owns its connection and its statements; one thread at a time. A Statement is borrowed from the Db and
// goes back, reset, when it dies. Binding never fails short of memory; step() reports what went wrong.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/result.h"

namespace annalist::store {

class Db;

class Statement {
 public:
  /// `busy`: the mark of a kept statement, cleared when it comes back; null for one that is not kept.
  Statement(Db& db, sqlite3_stmt* handle, bool* busy) : db_(&db), handle_(handle), busy_(busy) {}
  Statement(Statement&& other) noexcept
      : db_(other.db_), handle_(std::exchange(other.handle_, nullptr)), busy_(other.busy_), at_(other.at_) {}
  Statement(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  /// Binds the next parameter.
  Statement& text(std::string_view s);
  Statement& text_or_null(std::string_view s) { return s.empty() ? null() : text(s); }
  Statement& integer(std::int64_t v);
  /// Null for a negative number.
  Statement& count(std::int64_t v) { return v < 0 ? null() : integer(v); }
  Statement& id_or_null(std::int64_t v) { return v <= 0 ? null() : integer(v); }
  Statement& real(double v);
  Statement& blob(std::string_view bytes);
  Statement& null();
  Statement& pointer(void* p, const char* type);

  /// True: a row is there. False: done.
  Result<bool> step();
  /// Runs a statement that gives no rows, and makes it ready to be bound again.
  Status run();
  /// Ready to be bound and run again.
  void reset();

  std::string_view str(int column) const;
  std::int64_t num(int column) const { return sqlite3_column_int64(handle_, column); }
  double real_at(int column) const { return sqlite3_column_double(handle_, column); }
  /// -1 for null.
  std::int64_t count_at(int column) const { return is_null(column) ? -1 : num(column); }
  bool is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
  std::string_view blob_at(int column) const;
  int columns() const { return sqlite3_column_count(handle_); }
  std::string_view name(int column) const { return sqlite3_column_name(handle_, column); }

 private:
  Db* db_;
  sqlite3_stmt* handle_;
  bool* busy_;
  int at_ = 0;
};

class Db {
 public:
  enum class Mode { read, write, create };
  static Result<std::unique_ptr<Db>> open(const std::string& path, Mode mode);
  ~Db();
  Db(const Db&) = delete;

  /// How long a lock that another program holds is waited for.
  void wait(int milliseconds);
  /// Runs SQL that gives no rows; many statements at once.
  Status exec(const std::string& sql);
  /// A statement, compiled once and kept. SQL that does not compile is an Error.
  Result<Statement> prepare(std::string_view sql);
  /// For SQL that is built at run time: compiled anew, not kept.
  Result<Statement> prepare_once(std::string_view sql);
  /// The first column of the first row as a number; `otherwise` when there is no row.
  Result<std::int64_t> number(std::string_view sql, std::int64_t otherwise = 0);
  std::int64_t last_id() const { return sqlite3_last_insert_rowid(handle_); }
  std::int64_t changes() const { return sqlite3_changes64(handle_); }
  /// The Error for the latest result code of this connection.
  Error error(std::string_view doing = {}) const;
  const std::string& path() const { return path_; }
  sqlite3* handle() { return handle_; }

 private:
  explicit Db(std::string path) : path_(std::move(path)) {}
  struct Kept {
    sqlite3_stmt* handle;
    bool busy;
  };
  sqlite3* handle_ = nullptr;
  int wait_ms_ = 30000;
  std::string path_;
  std::unordered_map<std::string, Kept> kept_;
};

/// BEGIN now, COMMIT when told, ROLLBACK when forgotten. `immediate` takes the writer's lock at once. Within
/// an open transaction it is part of that one: its commit does nothing, its rollback takes everything back.
class Transaction {
 public:
  static Result<Transaction> begin(Db& db, bool immediate);
  Transaction(Transaction&& other) noexcept : db_(std::exchange(other.db_, nullptr)), inner_(other.inner_) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status commit();

 private:
  Transaction(Db& db, bool inner) : db_(&db), inner_(inner) {}
  Db* db_;
  bool inner_;
};

}  // namespace annalist::store
