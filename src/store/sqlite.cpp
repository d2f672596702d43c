#include "store/sqlite.h"

#include <utility>

namespace annalist::store {
namespace {

// What a person can do about it.
std::string remedy_for(int code) {
  switch (code & 0xff) {
    case SQLITE_NOTADB:
      return "give the path of a store made by `annalist ingest`";
    case SQLITE_CORRUPT:
      return "the file is damaged: `annalist verify` names what is; restore a copy, or ingest the reports "
             "again";
    case SQLITE_FULL:
      return "free some space and run the same command again: what is committed stays, what is missing is "
             "added";
    case SQLITE_READONLY:
      return "the file or its folder may not be written";
    case SQLITE_CANTOPEN:
      return "does the file exist, and may it be read? to write, may its folder be written, or is the file "
             "system read-only?";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program is writing to the store: wait for it, or end it";
    case SQLITE_IOERR:
      return "the disk failed or is full; what is committed stays";
    default:
      return {};
  }
}

}  // namespace

Error Db::error(std::string_view doing) const {
  const int code = handle_ ? sqlite3_extended_errcode(handle_) : SQLITE_CANTOPEN;
  std::string what;
  switch (code & 0xff) {
    case SQLITE_NOTADB:
      what = "not a store";
      break;
    case SQLITE_CORRUPT:
      what = "the store is damaged";
      break;
    case SQLITE_FULL:
      what = "the disk is full";
      break;
    case SQLITE_READONLY:
      what = "the store may not be written";
      break;
    case SQLITE_BUSY:
      what = "the store is locked";
      break;
    case SQLITE_CANTOPEN:
      what = "the store cannot be opened";
      break;
    default:
      what = handle_ ? sqlite3_errmsg(handle_) : "the store cannot be opened";
  }
  if (!doing.empty()) what += std::string(" while ") + std::string(doing);
  return {what, path_, remedy_for(code)};
}

Statement::~Statement() {
  if (!handle_) return;
  if (!busy_) {
    sqlite3_finalize(handle_);
    return;
  }
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
  *busy_ = false;
}

Statement& Statement::text(std::string_view s) {
  sqlite3_bind_text64(handle_, ++at_, s.data() ? s.data() : "", s.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}
Statement& Statement::integer(std::int64_t v) {
  sqlite3_bind_int64(handle_, ++at_, v);
  return *this;
}
Statement& Statement::real(double v) {
  sqlite3_bind_double(handle_, ++at_, v);
  return *this;
}
Statement& Statement::blob(std::string_view bytes) {
  sqlite3_bind_blob64(handle_, ++at_, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT);
  return *this;
}
Statement& Statement::null() {
  sqlite3_bind_null(handle_, ++at_);
  return *this;
}
Statement& Statement::pointer(void* p, const char* type) {
  sqlite3_bind_pointer(handle_, ++at_, p, type, nullptr);
  return *this;
}

Result<bool> Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return std::unexpected(db_->error());
}

Status Statement::run() {
  const auto row = step();
  reset();
  if (!row) return std::unexpected(row.error());
  return {};
}

void Statement::reset() {
  sqlite3_reset(handle_);
  at_ = 0;
}

std::string_view Statement::str(int column) const {
  const auto* p = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return p ? std::string_view(p, std::size_t(sqlite3_column_bytes(handle_, column))) : std::string_view{};
}

std::string_view Statement::blob_at(int column) const {
  const auto* p = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  return p ? std::string_view(p, std::size_t(sqlite3_column_bytes(handle_, column))) : std::string_view{};
}

Result<std::unique_ptr<Db>> Db::open(const std::string& path, Mode mode) {
  std::unique_ptr<Db> db(new Db(path));
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (mode == Mode::read    ? SQLITE_OPEN_READONLY
                     : mode == Mode::write ? SQLITE_OPEN_READWRITE
                                           : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (sqlite3_open_v2(path.c_str(), &db->handle_, flags, nullptr) != SQLITE_OK)
    return std::unexpected(db->error());
  db->wait(db->wait_ms_);
  // The header is read only now: a file that is no database, or a folder that takes no -shm file, shows here.
  const auto readable = db->number("PRAGMA schema_version");
  if (readable) return db;
  const int code = sqlite3_extended_errcode(db->handle_) & 0xff;
  if (mode != Mode::read || (code != SQLITE_CANTOPEN && code != SQLITE_READONLY))
    return std::unexpected(readable.error());
  // A store on a read-only medium: nobody can be writing to it, so it may be read without a lock.
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%' || c == '?' || c == '#') {
      constexpr char kHex[] = "0123456789abcdef";
      uri += {'%', kHex[(c >> 4) & 15], kHex[c & 15]};
    } else {
      uri += c;
    }
  }
  std::unique_ptr<Db> frozen(new Db(path));
  if (sqlite3_open_v2((uri + "?immutable=1").c_str(), &frozen->handle_, flags | SQLITE_OPEN_URI, nullptr) !=
      SQLITE_OK)
    return std::unexpected(frozen->error());
  if (const auto again = frozen->number("PRAGMA schema_version"); !again)
    return std::unexpected(again.error());
  return frozen;
}

void Db::wait(int milliseconds) {
  wait_ms_ = milliseconds;
  // Asked every millisecond: the waits of SQLite's own handler, up to a tenth of a second, miss the moments
  // in which a busy writer lets go.
  sqlite3_busy_handler(
      handle_,
      [](void* db, int times) {
        if (times >= static_cast<const Db*>(db)->wait_ms_) return 0;
        sqlite3_sleep(1);
        return 1;
      },
      this);
}

Db::~Db() {
  for (auto& [sql, kept] : kept_) sqlite3_finalize(kept.handle);
  sqlite3_close_v2(handle_);
}

Status Db::exec(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return std::unexpected(error());
  return {};
}

Result<Statement> Db::prepare(std::string_view sql) {
  std::string key(sql);
  const auto it = kept_.find(key);
  if (it != kept_.end() && !it->second.busy) {
    it->second.busy = true;
    return Statement(*this, it->second.handle, &it->second.busy);
  }
  if (it != kept_.end()) return prepare_once(sql);  // in use further up the stack
  sqlite3_stmt* handle = nullptr;
  if (sqlite3_prepare_v3(handle_, sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &handle, nullptr) !=
      SQLITE_OK)
    return std::unexpected(error());
  const auto at = kept_.emplace(std::move(key), Kept{handle, true}).first;  // nodes do not move
  return Statement(*this, handle, &at->second.busy);
}

Result<Statement> Db::prepare_once(std::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  if (sqlite3_prepare_v2(handle_, sql.data(), int(sql.size()), &handle, nullptr) != SQLITE_OK)
    return std::unexpected(error());
  return Statement(*this, handle, nullptr);
}

Result<std::int64_t> Db::number(std::string_view sql, std::int64_t otherwise) {
  auto statement = prepare_once(sql);
  if (!statement) return std::unexpected(statement.error());
  const auto row = statement->step();
  if (!row) return std::unexpected(row.error());
  return *row && !statement->is_null(0) ? statement->num(0) : otherwise;
}

Result<Transaction> Transaction::begin(Db& db, bool immediate) {
  if (sqlite3_get_autocommit(db.handle()) == 0) return Transaction(db, true);
  if (const Status s = db.exec(immediate ? "BEGIN IMMEDIATE" : "BEGIN"); !s)
    return std::unexpected(s.error());
  return Transaction(db, false);
}

Transaction::~Transaction() {
  if (db_) (void)db_->exec("ROLLBACK");
}

Status Transaction::commit() {
  if (!inner_)
    if (const Status s = db_->exec("COMMIT"); !s) return s;  // the destructor rolls back
  db_ = nullptr;
  return {};
}

}  // namespace annalist::store
