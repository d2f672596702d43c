#include "store/schema.h"

#include <array>

#include "store/tiles.h"

namespace annalist::store {
namespace {

// Version 1. Every record that can be superseded carries recorded_from and recorded_to: numbers of revisions,
// half-open, so that "what did we believe then" is a comparison of two integers and a clock that goes back
// cannot disturb it. Days are ISO text, offsets count code points (what substr() of SQLite counts).
constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE engines (
  id INTEGER PRIMARY KEY, version TEXT NOT NULL, model TEXT NOT NULL, codebook TEXT NOT NULL,
  gazetteer TEXT NOT NULL, UNIQUE (version, model, codebook, gazetteer));

CREATE TABLE runs (
  id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, command TEXT NOT NULL, arguments TEXT,
  status TEXT NOT NULL DEFAULT 'running', documents INTEGER NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0);

CREATE TABLE revisions (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, run INTEGER REFERENCES runs(id), kind TEXT NOT NULL,
  subject TEXT, note TEXT);
CREATE INDEX revisions_at ON revisions (at);
CREATE INDEX revisions_subject ON revisions (subject);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, given_id TEXT,
  url TEXT, canonical_url TEXT, host TEXT, site TEXT, headline TEXT, authors TEXT, agency TEXT,
  dateline_place TEXT, dateline_date TEXT, published TEXT, published_date TEXT, published_precision TEXT,
  published_source TEXT, updated TEXT, language TEXT, kind TEXT NOT NULL, characters INTEGER NOT NULL,
  engine INTEGER REFERENCES engines(id), events INTEGER NOT NULL, claims INTEGER NOT NULL,
  digest INTEGER NOT NULL, recorded_from INTEGER NOT NULL, retracted INTEGER);
CREATE INDEX documents_sha256 ON documents (sha256);
CREATE INDEX documents_published ON documents (published_date, id);

CREATE TABLE document_ids (
  given_id TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents(id), url TEXT,
  recorded_from INTEGER NOT NULL, PRIMARY KEY (given_id, document)) WITHOUT ROWID;
CREATE INDEX document_ids_document ON document_ids (document);

CREATE TABLE texts (document INTEGER PRIMARY KEY REFERENCES documents(id), headline TEXT, text TEXT NOT NULL);
CREATE VIRTUAL TABLE document_search USING fts5(
  headline, text, content='texts', content_rowid='document', tokenize='porter unicode61 remove_diacritics 2');

CREATE TABLE codings (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents(id),
  engine INTEGER REFERENCES engines(id), digest INTEGER NOT NULL, json BLOB NOT NULL,
  recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE INDEX codings_document ON codings (document, recorded_from);

CREATE TABLE actors (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
  cameo TEXT, ucdp TEXT, wikidata TEXT, listed INTEGER NOT NULL);

CREATE TABLE places (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL, feature TEXT, country TEXT,
  admin1 TEXT, lat REAL, lon REAL);

CREATE TABLE events (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents(id),
  local TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL, main INTEGER NOT NULL,
  contested INTEGER NOT NULL, date TEXT NOT NULL, date_from TEXT, date_to TEXT, date_precision TEXT NOT NULL,
  place INTEGER REFERENCES places(id), place_name TEXT, admin1 TEXT, country TEXT, lat REAL, lon REAL,
  place_precision TEXT, cell INTEGER, actors TEXT, targets TEXT,
  deaths_low INTEGER, deaths_best INTEGER, deaths_high INTEGER,
  injured_low INTEGER, injured_best INTEGER, injured_high INTEGER,
  abducted_low INTEGER, abducted_best INTEGER, abducted_high INTEGER,
  plover_type TEXT, plover_mode TEXT, plover_contexts TEXT, cameo TEXT, acled_type TEXT, acled_sub_type TEXT,
  trigger_start INTEGER, trigger_end INTEGER, sentence INTEGER, sentence_start INTEGER, sentence_end INTEGER,
  confidence REAL, rules TEXT, review TEXT, edited TEXT, digest INTEGER NOT NULL,
  recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE UNIQUE INDEX events_uid ON events (uid) WHERE recorded_to IS NULL;
CREATE INDEX events_document ON events (document);
CREATE INDEX events_date ON events (date, id);
CREATE INDEX events_country ON events (country, date, id);
CREATE INDEX events_type ON events (type, date, id);
CREATE INDEX events_cell ON events (cell) WHERE cell IS NOT NULL;
CREATE INDEX events_closed ON events (recorded_to) WHERE recorded_to IS NOT NULL;
CREATE INDEX events_review ON events (review) WHERE review IS NOT NULL;
CREATE VIRTUAL TABLE event_search USING fts5(
  words, content='', tokenize='porter unicode61 remove_diacritics 2');

CREATE TABLE event_actors (
  event INTEGER NOT NULL REFERENCES events(id), position INTEGER NOT NULL, role TEXT NOT NULL,
  actor INTEGER REFERENCES actors(id), side INTEGER REFERENCES actors(id), name TEXT NOT NULL, date TEXT,
  start INTEGER, "end" INTEGER, PRIMARY KEY (event, position)) WITHOUT ROWID;
CREATE INDEX event_actors_actor ON event_actors (actor, date, event);
CREATE INDEX event_actors_side ON event_actors (side, date, event) WHERE side IS NOT NULL AND side <> actor;

CREATE TABLE event_places (
  event INTEGER NOT NULL REFERENCES events(id), position INTEGER NOT NULL, role TEXT NOT NULL,
  place INTEGER NOT NULL REFERENCES places(id), start INTEGER, "end" INTEGER,
  PRIMARY KEY (event, position)) WITHOUT ROWID;
CREATE INDEX event_places_place ON event_places (place, event);

CREATE TABLE claims (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents(id),
  local TEXT NOT NULL, source INTEGER REFERENCES actors(id), source_name TEXT, source_kind TEXT NOT NULL,
  source_start INTEGER, source_end INTEGER, cue_start INTEGER, cue_end INTEGER, form TEXT NOT NULL,
  stance TEXT NOT NULL, polarity TEXT NOT NULL, certainty TEXT NOT NULL, via INTEGER,
  digest INTEGER NOT NULL, recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE UNIQUE INDEX claims_uid ON claims (uid) WHERE recorded_to IS NULL;
CREATE INDEX claims_document ON claims (document);
CREATE INDEX claims_source ON claims (source, id) WHERE source IS NOT NULL;

CREATE TABLE event_claims (
  event INTEGER NOT NULL REFERENCES events(id), claim INTEGER NOT NULL REFERENCES claims(id),
  PRIMARY KEY (event, claim)) WITHOUT ROWID;
CREATE INDEX event_claims_claim ON event_claims (claim, event);

CREATE TABLE spans (
  kind TEXT NOT NULL, owner INTEGER NOT NULL, position INTEGER NOT NULL, role TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, note TEXT,
  PRIMARY KEY (kind, owner, position)) WITHOUT ROWID;

CREATE TABLE conflicts (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents(id), event INTEGER REFERENCES events(id),
  kind TEXT NOT NULL, claims TEXT NOT NULL, recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE INDEX conflicts_document ON conflicts (document);
CREATE INDEX conflicts_event ON conflicts (event);

CREATE TABLE relations (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents(id), a INTEGER REFERENCES actors(id),
  a_name TEXT NOT NULL, kind TEXT NOT NULL, b INTEGER REFERENCES actors(id), b_name TEXT NOT NULL,
  start INTEGER, "end" INTEGER, date_from TEXT, date_to TEXT,
  recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE INDEX relations_document ON relations (document);
CREATE INDEX relations_a ON relations (a, kind);
CREATE INDEX relations_b ON relations (b, kind);

CREATE TABLE controls (
  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents(id), place INTEGER REFERENCES places(id),
  from_actor INTEGER REFERENCES actors(id), from_name TEXT, to_actor INTEGER REFERENCES actors(id), to_name TEXT,
  date TEXT, how TEXT NOT NULL, event INTEGER REFERENCES events(id),
  recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE INDEX controls_document ON controls (document);
CREATE INDEX controls_place ON controls (place, date);

CREATE TABLE merged_events (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL, contested INTEGER NOT NULL,
  date_from TEXT, date_to TEXT, date_precision TEXT, place INTEGER REFERENCES places(id), country TEXT,
  lat REAL, lon REAL, place_precision TEXT, actors TEXT, targets TEXT,
  deaths_low INTEGER, deaths_best INTEGER, deaths_high INTEGER,
  injured_low INTEGER, injured_best INTEGER, injured_high INTEGER,
  mentions INTEGER NOT NULL, reports INTEGER NOT NULL, sources INTEGER NOT NULL, confidence REAL, why TEXT,
  digest INTEGER NOT NULL, recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE UNIQUE INDEX merged_events_uid ON merged_events (uid) WHERE recorded_to IS NULL;
CREATE INDEX merged_events_date ON merged_events (date_from, id);

CREATE TABLE merged_members (
  id INTEGER PRIMARY KEY, merged TEXT NOT NULL, event TEXT NOT NULL, score REAL, why TEXT,
  recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE INDEX merged_members_merged ON merged_members (merged);
CREATE INDEX merged_members_event ON merged_members (event);

CREATE TABLE stories (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, title TEXT, date_from TEXT, date_to TEXT, countries TEXT,
  actors TEXT, reports INTEGER NOT NULL, sources INTEGER NOT NULL, why TEXT, digest INTEGER NOT NULL,
  recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE UNIQUE INDEX stories_uid ON stories (uid) WHERE recorded_to IS NULL;
CREATE INDEX stories_date ON stories (date_to, id);

CREATE TABLE story_documents (
  id INTEGER PRIMARY KEY, story TEXT NOT NULL, document TEXT NOT NULL, kind TEXT NOT NULL, of TEXT, score REAL,
  why TEXT, recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE INDEX story_documents_story ON story_documents (story);
CREATE INDEX story_documents_document ON story_documents (document);

CREATE TABLE redirects (  -- key first: integrity_check of SQLite 3.40 misreads other orders WITHOUT ROWID
  uid TEXT NOT NULL, recorded_from INTEGER NOT NULL, target TEXT NOT NULL,
  PRIMARY KEY (uid, recorded_from)) WITHOUT ROWID;

CREATE TABLE states (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, attribute TEXT NOT NULL, place INTEGER REFERENCES places(id),
  a INTEGER REFERENCES actors(id), a_name TEXT, b INTEGER REFERENCES actors(id), b_name TEXT,
  valid_from TEXT, valid_to TEXT, from_precision TEXT, to_precision TEXT, status TEXT NOT NULL,
  contested INTEGER NOT NULL, confidence REAL, last_evidence TEXT, why TEXT, digest INTEGER NOT NULL,
  recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE UNIQUE INDEX states_uid ON states (uid) WHERE recorded_to IS NULL;
CREATE INDEX states_place ON states (place, attribute, valid_from) WHERE place IS NOT NULL;
CREATE INDEX states_a ON states (a, attribute, valid_from) WHERE a IS NOT NULL;
CREATE INDEX states_b ON states (b, attribute, valid_from) WHERE b IS NOT NULL;

CREATE TABLE state_evidence (
  id INTEGER PRIMARY KEY, state TEXT NOT NULL, evidence TEXT NOT NULL, effect TEXT NOT NULL, why TEXT,
  recorded_from INTEGER NOT NULL, recorded_to INTEGER);
CREATE INDEX state_evidence_state ON state_evidence (state);
CREATE INDEX state_evidence_evidence ON state_evidence (evidence);

CREATE TABLE reviews (
  id INTEGER PRIMARY KEY, target TEXT NOT NULL, decision TEXT NOT NULL, reviewer TEXT, note TEXT,
  before TEXT, after TEXT, revision INTEGER NOT NULL REFERENCES revisions(id));
CREATE INDEX reviews_target ON reviews (target, id);

CREATE TABLE tombstones (
  id INTEGER PRIMARY KEY, uid TEXT NOT NULL, reason TEXT NOT NULL, requested_by TEXT,
  revision INTEGER NOT NULL REFERENCES revisions(id), undone INTEGER REFERENCES revisions(id));
CREATE INDEX tombstones_uid ON tombstones (uid);

CREATE VIEW current_events AS
  SELECT e.*, d.uid AS document_uid, d.headline, d.site, d.agency, d.url, d.published,
         substr(t.text, e.sentence_start + 1, e.sentence_end - e.sentence_start) AS words
  FROM events e JOIN documents d ON d.id = e.document JOIN texts t ON t.document = e.document
  WHERE e.recorded_to IS NULL;
CREATE VIEW current_claims AS
  SELECT c.*, d.uid AS document_uid,
         (SELECT group_concat(substr(t.text, s.start + 1, s."end" - s.start), ' ... ')
          FROM spans s WHERE s.kind = 'claim' AND s.owner = c.id AND s.role = 'content') AS words
  FROM claims c JOIN documents d ON d.id = c.document JOIN texts t ON t.document = c.document
  WHERE c.recorded_to IS NULL;
)sql";

// Version 2: columns of events in blocks, for facets (store/tiles.h). A block is dropped with the first
// change of what it says; rows of events are only ever added behind it.
constexpr const char* kVersion2 = R"sql(
CREATE TABLE tile_blocks (block INTEGER PRIMARY KEY);
CREATE TABLE tiles (
  field TEXT NOT NULL, block INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (field, block)) WITHOUT ROWID;
CREATE TRIGGER tiles_event AFTER UPDATE ON events BEGIN
  DELETE FROM tile_blocks WHERE block = old.id >> 12;
END;
CREATE TRIGGER tiles_document AFTER UPDATE OF retracted, site, host, agency, language ON documents BEGIN
  DELETE FROM tile_blocks WHERE block IN (SELECT id >> 12 FROM events WHERE document = old.id);
END;
CREATE TRIGGER tiles_actor AFTER UPDATE OF name, kind ON actors
WHEN new.name <> old.name OR new.kind <> old.kind BEGIN
  DELETE FROM tile_blocks WHERE block IN (SELECT event >> 12 FROM event_actors WHERE actor = old.id);
END;
CREATE TRIGGER tiles_place AFTER UPDATE OF name ON places WHEN new.name <> old.name BEGIN
  DELETE FROM tile_blocks WHERE block IN (SELECT event >> 12 FROM event_places WHERE place = old.id);
END;
)sql";

// Version 3: the indexes that pages are walked by hold what is asked for most beside their order, so that
// rows which do not belong to the page need not be read.
constexpr const char* kVersion3 = R"sql(
DROP INDEX events_date;
DROP INDEX events_country;
DROP INDEX events_type;
DROP INDEX events_cell;
CREATE INDEX events_cell ON events (cell, lat, lon) WHERE cell IS NOT NULL;
CREATE INDEX events_date ON events (date, id, type, country, contested);
CREATE INDEX events_country ON events (country, date, id, type, contested);
CREATE INDEX events_type ON events (type, date, id, country, contested);
)sql";

// Version 4: verdicts on two events, that they are the same happening or that they are not. Such a row names
// the smaller uid as its target and the other beside it; what takes it back says which revision that was.
constexpr const char* kVersion4 = R"sql(
ALTER TABLE reviews ADD COLUMN other TEXT;
ALTER TABLE reviews ADD COLUMN undoes INTEGER REFERENCES revisions(id);
CREATE INDEX reviews_other ON reviews (other, id) WHERE other IS NOT NULL;
)sql";

// Version 5: the few reports that are retracted are known without a look at the report of every event; events
// in a box come with their day, and those of a day with their place.
constexpr const char* kVersion5 = R"sql(
DROP INDEX events_cell;
DROP INDEX events_date;
CREATE INDEX events_cell ON events (cell, lat, lon, date) WHERE cell IS NOT NULL;
CREATE INDEX events_date ON events (date, id, type, country, contested, lat, lon);
CREATE INDEX documents_retracted ON documents (id) WHERE retracted IS NOT NULL;
)sql";

// kMigrations[n] takes version n to n + 1.
constexpr std::array<const char*, kSchemaVersion> kMigrations = {kVersion1, kVersion2, kVersion3, kVersion4,
                                                                 kVersion5};

}  // namespace

Result<int> schema_version(Db& db) {
  const auto application = db.number("PRAGMA application_id");
  if (!application) return std::unexpected(application.error());
  const auto version = db.number("PRAGMA user_version");
  if (!version) return std::unexpected(version.error());
  const auto tables = db.number("SELECT count(*) FROM sqlite_schema");
  if (!tables) return std::unexpected(tables.error());
  if (*application == 0 && *version == 0 && *tables == 0) return 0;
  if (*application != kApplicationId)
    return fail("a database, but not a store of Annalist", db.path(), "give another path");
  if (*version > kSchemaVersion)
    return fail("made by a newer Annalist (schema " + std::to_string(*version) + ", this program knows " +
                    std::to_string(kSchemaVersion) + ")",
                db.path(), "use that version, or export from it");
  return int(*version);
}

Status bring_up_to_date(Db& db) {
  auto found = schema_version(db);
  if (!found) return std::unexpected(found.error());
  if (*found == kSchemaVersion) return {};
  // The page size and the journal can only be set outside a transaction.
  if (*found == 0) {
    if (const Status s = db.exec("PRAGMA page_size=4096; PRAGMA journal_mode=WAL"); !s) return s;
  }
  auto work = Transaction::begin(db, true);
  if (!work) return std::unexpected(work.error());
  found = schema_version(db);  // another program may have been first
  if (!found) return std::unexpected(found.error());
  for (int v = *found; v < kSchemaVersion; ++v)
    if (const Status s = db.exec(kMigrations[std::size_t(v)]); !s) return s;
  const std::string marks = "PRAGMA application_id=" + std::to_string(kApplicationId) +
                            "; PRAGMA user_version=" + std::to_string(kSchemaVersion);
  if (const Status s = db.exec(marks); !s) return s;
  if (const Status s = make_tiles(db); !s) return s;
  return work->commit();
}

}  // namespace annalist::store
