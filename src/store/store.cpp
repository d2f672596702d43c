#include "store/store.h"

#include <zstd.h>

#include <chrono>
#include <cstdio>

#include "store/parts.h"
#include "store/plan.h"
#include "store/schema.h"
#include "store/tiles.h"

namespace annalist {
namespace store {

std::string utc_now() {
  using namespace std::chrono;
  const auto now = floor<milliseconds>(system_clock::now());
  const auto day = floor<days>(now);
  const year_month_day ymd(day);
  const hh_mm_ss time(now - day);
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(ymd.year()),
                unsigned(ymd.month()), unsigned(ymd.day()), int(time.hours().count()),
                int(time.minutes().count()), int(time.seconds().count()), int(time.subseconds().count()));
  return buffer;
}

Result<std::int64_t> new_revision(Db& db, std::int64_t run, std::string_view kind, std::string_view subject,
                                  std::string_view note) {
  // VALUES, not SELECT: a statement that may write many rows opens a savepoint, and with each savepoint FTS5
  // writes out what it has gathered so far.
  auto insert = db.prepare(
      "INSERT INTO revisions (at, run, kind, subject, note) VALUES (max(?1, coalesce((SELECT at FROM "
      "revisions ORDER BY id DESC LIMIT 1), '')), ?2, ?3, ?4, ?5)");
  if (!insert) return std::unexpected(insert.error());
  insert->text(utc_now()).id_or_null(run).text(kind).text_or_null(subject).text_or_null(note);
  if (const Status s = insert->run(); !s) return std::unexpected(s.error());
  return db.last_id();
}

std::string_view Zip::operator()(std::string_view bytes) {
  if (!context_) context_.reset(ZSTD_createCCtx());
  out_.resize(std::max(out_.size(), ZSTD_compressBound(bytes.size())));
  return {out_.data(),
          ZSTD_compressCCtx(context_.get(), out_.data(), out_.size(), bytes.data(), bytes.size(), 1)};
}
void Zip::Free::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }

Result<std::string> unzip(std::string_view bytes, const std::string& where) {
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > (1ULL << 31))
    return fail("a stored coding is damaged", where, "run `annalist recode`");
  std::string out(size, '\0');
  const std::size_t got = ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(got) || got != size)
    return fail("a stored coding is damaged", where, "run `annalist recode`");
  return out;
}

}  // namespace store

using namespace store;

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::string& path, Mode mode, int wait_ms) {
  auto db = Db::open(path, mode == Mode::read    ? Db::Mode::read
                           : mode == Mode::write ? Db::Mode::write
                                                 : Db::Mode::create);
  if (!db) return std::unexpected(db.error());
  (*db)->wait(wait_ms);
  if (mode == Mode::read) {
    const auto version = schema_version(**db);
    if (!version) return std::unexpected(version.error());
    if (*version == 0) return fail("an empty file, not a store", path, "make one with `annalist ingest`");
    if (*version < kSchemaVersion)
      return fail("made by an older Annalist (schema " + std::to_string(*version) + ")", path,
                  "open it once for writing: `annalist verify --write` brings it up to date");
  } else {
    if (sqlite3_db_readonly((*db)->handle(), "main") == 1)
      return fail("the store may not be written", path, "the file or its folder is read-only");
    if (const Status s = bring_up_to_date(**db); !s) return std::unexpected(s.error());
    // NORMAL: a commit survives the death of the program at any point; a loss of power may cost the last
    // commits but never the file.
    if (const Status s = (*db)->exec("PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=16000"); !s)
      return std::unexpected(s.error());
  }
  if (const Status s = (*db)->exec("PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY"); !s)
    return std::unexpected(s.error());
  if (const Status s = register_functions(**db); !s) return std::unexpected(s.error());
  auto parts = std::make_unique<Parts>();
  parts->db = std::move(*db);
  return Store(std::move(parts));
}

Status Store::map_pages() { return parts_->db->exec("PRAGMA mmap_size=1073741824"); }

Store::Snapshot::Snapshot(Snapshot&& other) noexcept : store_(std::exchange(other.store_, nullptr)) {}
Store::Snapshot::~Snapshot() {
  if (store_ && --store_->parts_->snapshots == 0) (void)store_->parts_->db->exec("COMMIT");
}

Result<Store::Snapshot> Store::snapshot() {
  const bool writing = parts_->snapshots == 0 && sqlite3_get_autocommit(parts_->db->handle()) == 0;
  if (writing) return Snapshot(nullptr);  // within a transaction all reads see one state anyway
  if (parts_->snapshots++ == 0) {
    Status s = parts_->db->exec("BEGIN");
    if (s)
      if (const auto read = parts_->db->number("SELECT max(id) FROM revisions"); !read)
        s = std::unexpected(read.error());
    if (!s) {
      --parts_->snapshots;
      return std::unexpected(s.error());
    }
  }
  return Snapshot(this);
}

Result<std::int64_t> Store::revision() { return parts_->db->number("SELECT max(id) FROM revisions"); }

Result<std::int64_t> Store::revision_at(std::string_view time) {
  std::string until(time);
  if (until.size() == 10) until += "T23:59:59.999Z";
  auto find = parts_->db->prepare("SELECT id FROM revisions WHERE at <= ? ORDER BY at DESC, id DESC LIMIT 1");
  if (!find) return std::unexpected(find.error());
  find->text(until);
  const auto row = find->step();
  if (!row) return std::unexpected(row.error());
  return *row ? find->num(0) : 0;
}

Status Store::begin_run(std::string_view command, std::string_view arguments) {
  auto insert = parts_->db->prepare("INSERT INTO runs (started, command, arguments) VALUES (?, ?, ?)");
  if (!insert) return std::unexpected(insert.error());
  insert->text(utc_now()).text(command).text_or_null(arguments);
  if (const Status s = insert->run(); !s) return s;
  parts_->run = parts_->db->last_id();
  return {};
}

Status Store::end_run(std::string_view status, std::size_t failed) {
  auto update = parts_->db->prepare(
      "UPDATE runs SET ended = ?, status = ?, failed = ?, "
      "documents = (SELECT count(*) FROM revisions WHERE run = runs.id AND kind IN ('ingest', 'recode')), "
      "events = (SELECT coalesce(sum(d.events), 0) FROM revisions r JOIN documents d ON d.uid = r.subject "
      "          WHERE r.run = runs.id AND r.kind IN ('ingest', 'recode')) WHERE id = ?");
  if (!update) return std::unexpected(update.error());
  update->text(utc_now()).text(status).integer(std::int64_t(failed)).integer(parts_->run);
  if (const Status s = update->run(); !s) return s;
  return make_tiles(*parts_->db);
}

Status Store::begin_batch() { return parts_->db->exec("BEGIN IMMEDIATE"); }

Status Store::end_batch() {
  const Status s = parts_->db->exec("COMMIT");
  if (!s) {
    (void)parts_->db->exec("ROLLBACK");
    parts_->forget();
  }
  return s;
}

store::Findings Store::findings() { return store::Findings(*parts_->db, parts_->run); }

}  // namespace annalist
