// The store: one SQLite file that keeps reports, what was coded in them, and every change since.
//
//   auto store = Store::open("war.db", Store::Mode::create);
//   store->ingest(document, engine_info);                       // one transaction; the same again changes
//   nothing EventFilter f; set_filter(f, "country", "SY"); set_filter(f, "text", "barrel bomb"); auto page =
//   store->events(f, {.limit = 50}); auto detail = store->event(page->items[0].uid);
//
// A Store is one connection: one thread at a time, any number of Stores on one file. Readers never wait for
// the writer and see one revision throughout a Snapshot; two writers take turns. Nothing is deleted: what is
// superseded or retracted carries the revision that closed it, and filter.as_of looks back.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "doc/json.h"
#include "store/filter.h"
#include "store/findings.h"
#include "store/records.h"

namespace annalist {

class Store {
 public:
  enum class Mode { read, write, create };
  using EventFilter = store::EventFilter;

  /// `read` works on read-only media too; `write` and `create` bring an older file up to date. An Error says
  /// whether the file is missing, foreign, damaged, locked or from a newer version.
  /// `wait_ms`: how long a write waits for another writer.
  static Result<Store> open(const std::string& path, Mode mode, int wait_ms = 30000);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// For a program that asks many questions: pages are mapped, not copied. One question is answered sooner
  /// without, for every page that is touched first costs more so.
  Status map_pages();

  // ---- writing: each call is one transaction, whole or not at all ---------------------------------------

  enum class Outcome { added, same, alias, recoded, retracted };
  struct Change {
    std::string uid, local, type, what;  // what: "new", "gone", or the changed fields
  };
  struct Ingested {
    Outcome outcome = Outcome::added;
    std::string uid;
    std::size_t events = 0, claims = 0;
    std::vector<Change> changes;  // when recoded
  };
  /// Adds a coded report. The same report (text, host, day) again is `same`; under another id an `alias`;
  /// with another coding it is `recoded`: what differs is closed and written anew, what is equal stays. A
  /// retracted report stays retracted.
  Result<Ingested> ingest(const Document& doc, const EngineInfo& engine);
  /// As above with the document's JSON at hand; it is kept byte for byte.
  Result<Ingested> ingest(const Document& doc, const EngineInfo& engine, std::string_view json);
  /// The JSON of CONTRACT (one object).
  Result<Ingested> ingest_json(std::string_view json, const std::string& where);
  /// Between these, reports share one transaction: twice as fast, and a program that dies loses those
  /// since begin_batch (ingesting again adds them). None is ever there in part. A failed write takes the
  /// batch back.
  Status begin_batch();
  Status end_batch();
  /// What `ingest` would change, without writing.
  Result<Ingested> compare(const Document& doc);

  /// Opens a run that the following writes belong to; `status` of end_run: "done", "failed".
  Status begin_run(std::string_view command, std::string_view arguments);
  Status end_run(std::string_view status, std::size_t failed);

  /// Takes a report (d...) or an event (e...) out of every default selection. Text and records stay for
  /// `as_of` and `history`.
  Status retract(std::string_view uid, std::string_view reason, std::string_view by);
  /// Undoes a retraction.
  Status restore(std::string_view uid, std::string_view by);
  /// A person's verdict on an event: accepted, rejected, edited, skipped, or undone (the last one). For
  /// `edited`, `fields` are the columns to change (type, status, date_from, date_to, actors, targets,
  /// country, admin1, lat, lon, deaths_best, ...).
  /// With `other`, on two events, each of one report (e...) or merged (m..., for all its members): apart (not
  /// the same happening), same, or undone. Kept by the ids of events of single reports, so it holds for every
  /// later report and recoding. Merged events follow when they are found anew (pipeline/across.h).
  struct Verdict {
    std::string target, decision, reviewer, note;
    std::vector<std::pair<std::string, std::string>> fields;
    std::string other;
  };
  Status review(const Verdict& verdict);

  // ---- reading ------------------------------------------------------------------------------------------

  /// While it lives, all reads of this Store see one revision.
  class Snapshot {
   public:
    Snapshot(Snapshot&&) noexcept;
    ~Snapshot();

   private:
    friend class Store;
    explicit Snapshot(Store* store) : store_(store) {}
    Store* store_;
  };
  Result<Snapshot> snapshot();

  Result<std::int64_t> revision();
  /// The last revision at or before an ISO time ("2026-11-05", "2026-11-05T10:00:00Z"); 0 if none.
  Result<std::int64_t> revision_at(std::string_view time);

  Result<store::Page<store::EventRecord>> events(const EventFilter& filter, const store::PageRequest& page);
  /// All events of a selection, oldest first, without a limit. Stops when `each` returns false.
  Status each_event(const EventFilter& filter, const std::function<bool(const store::EventRecord&)>& each);
  Result<std::int64_t> count(const EventFilter& filter);
  /// How many events of the selection have each value of `field` (facet_fields()), most first.
  Result<std::vector<store::FacetCount>> facet(const EventFilter& filter, std::string_view field,
                                               std::size_t limit = 50);
  static const std::vector<std::string_view>& facet_fields();

  struct Point {
    std::int64_t id = 0;
    float lat = 0, lon = 0;
    std::string type, date;
    std::int32_t deaths = -1;
    bool contested = false;
    std::string uid;
  };
  /// The located events of a selection, for maps; at most `limit`.
  Result<std::vector<Point>> points(const EventFilter& filter, std::size_t limit);

  Result<store::EventDetail> event(std::string_view uid);
  /// Everything that speaks of a version of an event that a page or each_event gave.
  Result<store::EventDetail> detail(store::EventRecord event);
  Result<store::ClaimRecord> claim(std::string_view uid);
  Result<store::DocumentRecord> document(std::string_view uid_or_given_id);
  Result<std::string> text(std::string_view document_uid);
  /// The document as it was coded last (or at revision `as_of`), byte for byte as it was given.
  Result<std::string> coding(std::string_view document_uid, std::int64_t as_of = 0);
  Result<std::vector<store::EventRecord>> events_of(std::string_view document_uid);
  Result<std::vector<store::ClaimRecord>> claims_of(std::string_view document_uid);

  struct DocumentHit {
    store::DocumentRecord document;
    std::string snippet;  // matched words between U+2068 and U+2069
    double rank = 0;
  };
  /// Full-text search of reports, best first. The query language is FTS5's; what does not parse is searched
  /// as plain words.
  Result<std::vector<DocumentHit>> search(std::string_view query, std::size_t limit, std::size_t offset = 0);
  Result<store::Page<store::DocumentRecord>> documents(const store::PageRequest& page);

  Result<store::ActorRecord> actor(std::string_view uid);
  /// Actors whose name or uid holds the words, most events first; all when empty.
  Result<std::vector<store::ActorRecord>> actors(std::string_view words, std::size_t limit);

  Result<std::vector<store::RevisionRecord>> history(std::string_view uid);
  /// What people decided about an event (e...) or the members of a merged one (m...), oldest first.
  Result<std::vector<store::VerdictRecord>> verdicts(std::string_view uid);
  /// What stands of pairs of events, for who merges them.
  Result<std::vector<store::PairVerdict>> pair_verdicts();
  /// Every version of an event, oldest first.
  Result<std::vector<store::EventRecord>> versions(std::string_view event_uid);
  Result<std::vector<store::RevisionRecord>> changes(std::int64_t after_revision, std::size_t limit);

  /// "key: number" pairs: documents, events, claims, actors, places, revisions, bytes ...
  Result<std::vector<std::pair<std::string, std::int64_t>>> stats();
  /// Everything that is wrong with the file: SQLite's own check, broken links, counts that disagree, texts
  /// whose hash is not theirs, full-text indexes that miss rows. Empty: clean. `deep` re-reads every coding.
  Result<std::vector<std::string>> verify(bool deep);

  /// What is about many reports: written by the story and state layers. store/findings.h.
  store::Findings findings();

  struct Parts;  // its insides, for the files of this folder

 private:
  explicit Store(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace annalist
