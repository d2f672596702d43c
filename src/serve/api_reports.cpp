// Reports, search in their words, and the stories they tell.
#include "base/json.h"
#include "base/strings.h"
#include "serve/app.h"
#include "serve/table.h"

namespace annalist::serve {
namespace {

constexpr const char* kReport =
    "d.uid AS id, coalesce(d.headline,'') AS headline, coalesce(d.site, d.host, '') AS site, "
    "coalesce(d.agency,'') AS agency,"
    " coalesce(d.published,'') AS published, coalesce(d.url,'') AS url, d.events AS n_events, d.claims AS "
    "n_claims";

constexpr const char* kStory = R"(
        SELECT uid AS id, coalesce(title,'') AS title, coalesce(date_from,'') AS date_from,
          coalesce(date_to,'') AS date_to, coalesce(countries,'') AS countries, coalesce(actors,'') AS actors,
          reports AS n_reports, sources AS n_sources, coalesce(why,'') AS why
        FROM stories
        WHERE recorded_to IS NULL AND uid = ?)";
const std::string kTold =
    std::string("SELECT s.kind AS kind, coalesce(s.of,'') AS of, coalesce(s.why,'') AS why, ") + kReport + R"(
        FROM story_documents s JOIN documents d ON d.uid = s.document
        WHERE s.story = ? AND s.recorded_to IS NULL AND d.retracted IS NULL
        ORDER BY d.published, d.uid)";

}  // namespace

Response App::documents(const Request& request) {
  if (const auto ok = only(request, {"limit", "cursor"}); !ok) return wrong_parameter(ok.error());
  const auto page = paging(request, 50, 1000);
  if (!page) return wrong_parameter(page.error());
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      std::string("SELECT d.id AS n_cursor, ") + kReport +
      " FROM documents d WHERE d.retracted IS NULL AND (?1 = 0 OR d.id < ?1) ORDER BY d.id DESC LIMIT ?2");
  if (q) q->integer(page->after).integer(page->limit);
  return table(std::move(q), "items");
}

Response App::document(const std::string& id) {
  auto reader = lease();
  if (!reader) return broken(reader.error());
  store::Db& db = reader->db();
  auto q = db.prepare("SELECT d.id, d.uid, coalesce(d.retracted, 0) FROM documents d WHERE d.uid = ?");
  if (!q) return broken(q.error());
  const auto more = q->text(id).step();
  if (!more) return broken(more.error());
  if (!*more) return not_found("there is no report " + id.substr(0, 80));
  const std::int64_t number = q->num(0);
  const bool retracted = q->num(2) != 0;
  auto coding = reader->store().coding(id);
  if (!coding) return broken(coding.error());
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().field("id", id).field("retracted", retracted).key("events").begin_array();
  auto events = db.prepare(
      R"(
        SELECT e.local, e.uid, coalesce((SELECT m.merged FROM merged_members m WHERE m.event = e.uid AND
          m.recorded_to IS NULL LIMIT 1), e.uid)
        FROM events e
        WHERE e.document = ? AND e.recorded_to IS NULL
        ORDER BY e.id)");
  if (!events) return broken(events.error());
  events->integer(number);
  const Status s = for_each(*events, [&](auto& e) {
    json.begin_object().field("local", e.str(0)).field("id", e.str(1)).field("event", e.str(2)).end_object();
  });
  if (!s) return broken(s.error());
  json.end_array();
  const std::string copies = std::string("SELECT s.kind AS kind, ") + kReport + R"(
        FROM story_documents s JOIN documents d ON d.uid = s.document
        WHERE s.of = ? AND s.recorded_to IS NULL AND s.kind IN ('same','copy','update')
        ORDER BY d.published, d.uid)";
  if (const auto rows = write_query(json, "copies", db, id, copies); !rows) return broken(rows.error());
  std::string_view whole = *coding;
  json.key("coded").raw(trim(whole)).end_object();
  return r;
}

Response App::search(const Request& request) {
  if (const auto ok = only(request, {"q", "limit", "cursor"}); !ok) return wrong_parameter(ok.error());
  const auto page = paging(request, 20, 200);
  if (!page) return wrong_parameter(page.error());
  const std::string query = fts_query(request.param("q"));
  if (query.empty()) return wrong_parameter({"q", "give at least one word to look for"});
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      std::string(R"(
        WITH hits AS MATERIALIZED (SELECT rowid AS id, rank AS score, snippet(document_search, -1, char(8296),
          char(8297), ' … ', 24) AS words FROM document_search WHERE document_search MATCH ?1 ORDER BY rank
          LIMIT ?2 OFFSET ?3) SELECT hits.words AS snippet,)") +
      kReport +
      " FROM hits JOIN documents d ON d.id = hits.id WHERE d.retracted IS NULL ORDER BY hits.score, d.id");
  if (q) q->text(query).integer(page->limit).integer(page->after);
  return table(std::move(q), "items");
}

Response App::stories(const Request& request) {
  if (const auto ok = only(request, {"limit"}); !ok) return wrong_parameter(ok.error());
  const auto limit = number_param(request, "limit", 100, 1, 1000);
  if (!limit) return wrong_parameter(limit.error());
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      R"(
        SELECT uid AS id, coalesce(title,'') AS title, coalesce(date_from,'') AS date_from,
          coalesce(date_to,'') AS date_to, coalesce(countries,'') AS countries, coalesce(actors,'') AS actors,
          reports AS n_reports, sources AS n_sources
        FROM stories
        WHERE recorded_to IS NULL
        ORDER BY date_to DESC, uid LIMIT ?)");
  if (q) q->integer(std::int64_t(*limit));
  return table(std::move(q), "items");
}

Response App::story(const std::string& id) {
  const Columns c = columns();
  return about("story", id, kStory, [&](store::Db& db, JsonWriter& json) -> Status {
    if (const Status s = write_queries(json, db, id, {{"reports", kTold}}); !s) return s;
    json.key("events").begin_array();
    EventJson events(db, *c);
    const std::int64_t number = c->stories.find(id);
    std::size_t written = 0;
    for (std::uint32_t i = 0; i < c->size() && number > 0 && written < 300; ++i)
      if (c->story[i] == std::uint32_t(number)) {
        ++written;
        if (const Status s = events.write_row(i, json); !s) return s;
      }
    json.end_array();
    return {};
  });
}

}  // namespace annalist::serve
