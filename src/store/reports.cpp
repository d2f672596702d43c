// Reading reports: one by id, lists, texts, codings, full-text search.
#include "store/parts.h"
#include "store/plan.h"

namespace annalist {

using namespace store;

namespace {

const std::string kDocumentColumns =
    "d.id, d.uid, d.given_id, d.sha256, d.url, d.canonical_url, d.host, d.site, d.headline, d.authors, "
    "d.agency, d.dateline_place, "
    "d.dateline_date, d.published, d.published_date, d.updated, d.language, d.kind, "
    "(SELECT version || ' ' || model || ' ' || codebook || ' ' || gazetteer FROM engines n WHERE n.id = "
    "d.engine), "
    "(SELECT story FROM story_documents sd WHERE sd.document = d.uid AND sd.recorded_to IS NULL LIMIT 1), "
    "d.characters, d.events, "
    "d.claims, d.recorded_from, (SELECT at FROM revisions r WHERE r.id = d.recorded_from), d.retracted IS "
    "NOT NULL";

DocumentRecord read_document(const Statement& s, int c = 0) {
  DocumentRecord d;
  ++c;
  for (std::string* field :
       {&d.uid, &d.given_id, &d.sha256, &d.url, &d.canonical_url, &d.host, &d.site, &d.headline, &d.authors,
        &d.agency, &d.dateline_place, &d.dateline_date, &d.published, &d.published_date, &d.updated,
        &d.language, &d.kind, &d.engine, &d.story})
    *field = s.str(c++);
  for (std::int64_t* field : {&d.characters, &d.events, &d.claims, &d.recorded_from}) *field = s.num(c++);
  d.recorded_at = s.str(c++);
  d.retracted = s.num(c) != 0;
  return d;
}

Result<std::int64_t> row_of(Db& db, std::string_view uid) {
  ANNALIST_TRY(s, db.prepare("SELECT id FROM documents WHERE uid = ?1 UNION ALL SELECT document FROM "
                             "document_ids WHERE given_id = ?1 "
                             "ORDER BY 1 DESC LIMIT 1"));
  s.text(uid);
  ANNALIST_TRY(row, s.step());
  if (!row) return fail("no report is called '" + std::string(uid) + "'", db.path());
  return s.num(0);
}

}  // namespace

Result<DocumentRecord> Store::document(std::string_view uid) {
  Db& db = *parts_->db;
  ANNALIST_TRY(id, row_of(db, uid));
  DocumentRecord out;
  {
    ANNALIST_TRY(s, db.prepare("SELECT " + kDocumentColumns + " FROM documents d WHERE d.id = ?"));
    s.integer(id);
    ANNALIST_TRY(row, s.step());
    if (!row) return fail("no report is called '" + std::string(uid) + "'", db.path());
    out = read_document(s);
  }
  ANNALIST_TRY(
      s,
      db.prepare("SELECT given_id FROM document_ids WHERE document = ? AND given_id <> ? ORDER BY given_id"));
  s.integer(id).text(out.given_id);
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    out.other_ids.emplace_back(s.str(0));
  }
}

Result<std::string> Store::text(std::string_view uid) {
  ANNALIST_TRY(id, row_of(*parts_->db, uid));
  ANNALIST_TRY(s, parts_->db->prepare("SELECT text FROM texts WHERE document = ?"));
  s.integer(id);
  ANNALIST_TRY(row, s.step());
  if (!row)
    return fail("the report has no text", parts_->db->path(), "the store is damaged: run `annalist verify`");
  return std::string(s.str(0));
}

Result<std::string> Store::coding(std::string_view uid, std::int64_t as_of) {
  ANNALIST_TRY(id, row_of(*parts_->db, uid));
  ANNALIST_TRY(
      s, parts_->db->prepare(
             "SELECT json FROM codings WHERE document = ?1 AND CASE ?2 WHEN 0 THEN recorded_to IS NULL ELSE "
             "recorded_from <= ?2 AND (recorded_to IS NULL OR recorded_to > ?2) END"));
  s.integer(id).integer(as_of);
  ANNALIST_TRY(row, s.step());
  if (!row) return fail("the report was not in the store at that revision", parts_->db->path());
  return unzip(s.blob_at(0), parts_->db->path());
}

Result<std::vector<Store::DocumentHit>> Store::search(std::string_view query, std::size_t limit,
                                                      std::size_t offset) {
  Db& db = *parts_->db;
  ANNALIST_TRY(match, match_query(db, "document_search", query));
  ANNALIST_TRY(
      s, db.prepare("WITH hits AS MATERIALIZED (SELECT rowid AS id, rank AS score, snippet(document_search, "
                    "1, char(8296), char(8297), ' … ', 30) AS words "
                    "FROM document_search WHERE document_search MATCH ?1 ORDER BY rank LIMIT ?2 OFFSET ?3) "
                    "SELECT hits.score, hits.words, " +
                    kDocumentColumns +
                    " FROM hits JOIN documents d ON d.id = hits.id WHERE d.retracted IS NULL "
                    "ORDER BY hits.score, d.id"));
  s.text(match).integer(std::int64_t(limit)).integer(std::int64_t(offset));
  std::vector<DocumentHit> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    out.push_back({read_document(s, 2), std::string(s.str(1)), -s.real_at(0)});
  }
}

Result<Page<DocumentRecord>> Store::documents(const PageRequest& page) {
  Db& db = *parts_->db;
  Page<DocumentRecord> out;
  Cursor after{0, page.order == Order::oldest ? 0 : INT64_MAX, ""};
  if (!page.cursor.empty()) {
    ANNALIST_TRY(cursor, read_cursor(page.cursor));
    after = cursor;
  }
  ANNALIST_TRY(now, revision());
  out.revision = after.revision ? after.revision : now;
  ANNALIST_TRY(
      s, db.prepare_once("SELECT " + kDocumentColumns +
                         " FROM documents d WHERE d.retracted IS NULL AND d.recorded_from <= ? AND d.id " +
                         (page.order == Order::oldest ? "> ? ORDER BY d.id" : "< ? ORDER BY d.id DESC") +
                         " LIMIT ?"));
  s.integer(out.revision).integer(after.id).integer(std::int64_t(page.limit) + 1);
  std::int64_t last = 0;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    if (out.items.size() == page.limit) {
      out.next = write_cursor({out.revision, last, ""});
      return out;
    }
    last = s.num(0);
    out.items.push_back(read_document(s));
  }
}

}  // namespace annalist
