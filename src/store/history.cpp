// Looking back, counting, and checking that the file is whole.
#include "base/sha256.h"
#include "store/parts.h"
#include "store/read.h"
#include "store/tiles.h"
#include "store/verdicts.h"

namespace annalist {

using namespace store;

namespace {

Result<std::vector<RevisionRecord>> read_revisions(Statement& s) {
  std::vector<RevisionRecord> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    out.push_back({s.num(0), std::string(s.str(1)), std::string(s.str(2)), std::string(s.str(3)),
                   std::string(s.str(4))});
  }
}

/// A check: a query that gives one text for each fault.
struct Check {
  const char* sql;
};
constexpr Check kChecks[] = {
    {"SELECT 'report ' || uid || ' has no text' FROM documents d WHERE NOT EXISTS (SELECT 1 FROM texts t "
     "WHERE t.document = d.id)"},
    {"SELECT 'report ' || uid || ' has ' || n || ' current codings' FROM (SELECT d.uid, (SELECT count(*) "
     "FROM codings c WHERE "
     "c.document = d.id AND c.recorded_to IS NULL) AS n FROM documents d) WHERE n <> 1"},
    {"SELECT 'report ' || uid || ' should have ' || events || ' events and has ' || n FROM (SELECT d.uid, "
     "d.events, (SELECT count(*) FROM "
     "events e WHERE e.document = d.id AND e.recorded_to IS NULL) AS n FROM documents d) WHERE n <> events"},
    {"SELECT 'report ' || uid || ' should have ' || claims || ' claims and has ' || n FROM (SELECT d.uid, "
     "d.claims, (SELECT count(*) FROM "
     "claims c WHERE c.document = d.id AND c.recorded_to IS NULL) AS n FROM documents d) WHERE n <> claims"},
    {"SELECT 'report ' || uid || ' is known under no id' FROM documents d WHERE NOT EXISTS (SELECT 1 FROM "
     "document_ids i WHERE i.document = d.id)"},
    {"SELECT 'event ' || uid || ' was recorded at revision ' || recorded_from || ', which is not there' FROM "
     "events e WHERE NOT EXISTS "
     "(SELECT 1 FROM revisions r WHERE r.id = e.recorded_from)"},
    {"SELECT 'event ' || uid || ' ends before it begins' FROM events WHERE recorded_to <= recorded_from"},
    {"SELECT 'claim ' || uid || ' ends before it begins' FROM claims WHERE recorded_to <= recorded_from"},
    {"SELECT 'two current events are called ' || uid FROM events WHERE recorded_to IS NULL GROUP BY uid "
     "HAVING count(*) > 1"},
    {"SELECT 'two reports are called ' || uid FROM documents GROUP BY uid HAVING count(*) > 1"},
    {"SELECT 'full text of events: ' || a || ' of ' || b || ' rows' FROM (SELECT (SELECT count(*) FROM "
     "event_search_docsize) AS a, (SELECT "
     "count(*) FROM events) AS b) WHERE a <> b"},
    {"SELECT 'full text of reports: ' || a || ' of ' || b || ' rows' FROM (SELECT (SELECT count(*) FROM "
     "document_search_docsize) AS a, "
     "(SELECT count(*) FROM texts) AS b) WHERE a <> b"},
    {"SELECT 'revision ' || id || ' is dated before the one before it' FROM (SELECT id, at, lag(at) OVER "
     "(ORDER BY id) AS b FROM revisions) "
     "WHERE at < b"},
    {"SELECT 'merged event ' || merged || ' has a member that is not there: ' || event FROM merged_members m "
     "WHERE recorded_to IS NULL AND "
     "NOT EXISTS (SELECT 1 FROM events e WHERE e.uid = m.event)"},
    {"SELECT 'story ' || story || ' has a report that is not there: ' || document FROM story_documents m "
     "WHERE recorded_to IS NULL AND "
     "NOT EXISTS (SELECT 1 FROM documents d WHERE d.uid = m.document)"},
};
constexpr std::size_t kMostFaults = 200;
/// So many faults of one kind are named; of the rest it is said that there are more.
constexpr std::size_t kMostOfAKind = 20;

Status texts_and_codings(Db& db, std::vector<std::string>& faults) {
  ANNALIST_TRY(s, db.prepare("SELECT d.uid, d.sha256, d.digest, t.text, c.json FROM documents d JOIN texts t "
                             "ON t.document = d.id JOIN "
                             "codings c ON c.document = d.id AND c.recorded_to IS NULL"));
  while (faults.size() < kMostFaults) {
    ANNALIST_TRY(row, s.step());
    if (!row) return {};
    const std::string uid(s.str(0));
    if (hex(sha256(s.str(3))) != s.str(1))
      faults.push_back("report " + uid + ": the text is not the one that was stored");
    const auto json = unzip(s.blob_at(4), uid);
    const auto read = json ? read_json(*json, uid) : std::unexpected(json.error());
    if (!read) {
      faults.push_back("report " + uid + ": its coding cannot be read: " + read.error().message());
      continue;
    }
    if (read->document.text() != s.str(3)) faults.push_back("report " + uid + ": text and coding disagree");
    if (rows_of(read->document).digest != s.num(2))
      faults.push_back("report " + uid + ": rows and coding disagree");
  }
  return {};
}

}  // namespace

Result<std::vector<RevisionRecord>> Store::history(std::string_view uid) {
  std::string subject(uid);
  Db& db = *parts_->db;
  if (const auto found = document(uid)) subject = found->uid;
  // An event's history is its own and that of its report; a verdict on two events belongs to both.
  ANNALIST_TRY(s, db.prepare("SELECT id, at, kind, coalesce(subject, ''), coalesce(note, '') FROM revisions "
                             "WHERE subject = ?1 OR id IN (SELECT "
                             "recorded_from FROM events WHERE uid = ?1 UNION SELECT recorded_to FROM events "
                             "WHERE uid = ?1 AND recorded_to "
                             "IS NOT NULL UNION SELECT revision FROM reviews WHERE target = ?1 OR other = ?1 "
                             "UNION SELECT recorded_from FROM merged_members WHERE merged = ?1 OR event = ?1 "
                             "UNION SELECT recorded_to FROM merged_members WHERE (merged = ?1 OR event = ?1) "
                             "AND recorded_to IS NOT NULL) ORDER BY id"));
  s.text(subject);
  return read_revisions(s);
}

Result<std::vector<RevisionRecord>> Store::changes(std::int64_t after, std::size_t limit) {
  ANNALIST_TRY(s, parts_->db->prepare("SELECT id, at, kind, coalesce(subject, ''), coalesce(note, '') FROM "
                                      "revisions WHERE id > ? ORDER BY id LIMIT ?"));
  s.integer(after).integer(std::int64_t(limit));
  return read_revisions(s);
}

Result<std::vector<EventRecord>> Store::versions(std::string_view uid) {
  Db& db = *parts_->db;
  ANNALIST_TRY(ids, numbers(db, "SELECT id FROM events WHERE uid = ? ORDER BY id", uid));
  if (ids.empty()) return fail("no event is called '" + std::string(uid) + "'", db.path());
  return read_events(db, ids);
}

Result<std::vector<std::pair<std::string, std::int64_t>>> Store::stats() {
  Db& db = *parts_->db;
  ANNALIST_TRY(hold, snapshot());
  (void)hold;
  const std::pair<const char*, const char*> kNumbers[] = {
      {"documents", "SELECT count(*) FROM documents WHERE retracted IS NULL"},
      {"documents retracted", "SELECT count(*) FROM documents WHERE retracted IS NOT NULL"},
      {"events", "SELECT count(*) FROM events WHERE recorded_to IS NULL"},
      {"events contested", "SELECT count(*) FROM events WHERE recorded_to IS NULL AND contested"},
      {"events superseded", "SELECT count(*) FROM events WHERE recorded_to IS NOT NULL"},
      {"claims", "SELECT count(*) FROM claims WHERE recorded_to IS NULL"},
      {"conflicts", "SELECT count(*) FROM conflicts WHERE recorded_to IS NULL"},
      {"relations", "SELECT count(*) FROM relations WHERE recorded_to IS NULL"},
      {"control changes", "SELECT count(*) FROM controls WHERE recorded_to IS NULL"},
      {"actors", "SELECT count(*) FROM actors"},
      {"places", "SELECT count(*) FROM places"},
      {"stories", "SELECT count(*) FROM stories WHERE recorded_to IS NULL"},
      {"merged events", "SELECT count(*) FROM merged_events WHERE recorded_to IS NULL"},
      {"states", "SELECT count(*) FROM states WHERE recorded_to IS NULL"},
      {"reviews", "SELECT count(*) FROM reviews"},
      {"tombstones", "SELECT count(*) FROM tombstones WHERE undone IS NULL"},
      {"runs", "SELECT count(*) FROM runs"},
      {"revisions", "SELECT coalesce(max(id), 0) FROM revisions"},
      {"bytes", "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"},
      {"schema", "SELECT user_version FROM pragma_user_version"}};
  std::vector<std::pair<std::string, std::int64_t>> out;
  for (const auto& [name, sql] : kNumbers) {
    ANNALIST_TRY(n, db.number(sql));
    out.emplace_back(name, n);
  }
  return out;
}

Result<std::vector<std::string>> Store::verify(bool deep) {
  Db& db = *parts_->db;
  ANNALIST_TRY(hold, snapshot());
  (void)hold;
  std::vector<std::string> faults;
  const auto collect = [&](std::string_view sql, std::string_view fine) -> Status {
    ANNALIST_TRY(s, db.prepare_once(sql));
    std::size_t found = 0;
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) return {};
      if (s.str(0) == fine) continue;
      if (++found > kMostOfAKind) {
        faults.emplace_back("and more like the last");
        return {};
      }
      faults.emplace_back(s.str(0));
    }
  };
  // A damaged page ends a check early: what it found so far is the answer.
  const auto tried = [&](Status s) {
    if (!s) faults.push_back(s.error().message());
  };
  tried(collect(deep ? "PRAGMA integrity_check(50)" : "PRAGMA quick_check(50)", "ok"));
  tried(
      collect("SELECT 'a row of ' || \"table\" || ' points to a row of ' || parent || ' that is not there' "
              "FROM pragma_foreign_key_check",
              ""));
  for (const Check& c : kChecks) tried(collect(c.sql, ""));
  tried(check_pairs(db, faults));
  if (deep) tried(check_tiles(db, faults));
  if (deep) tried(texts_and_codings(db, faults));
  return faults;
}

}  // namespace annalist
