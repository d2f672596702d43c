// Reports, search, actors, stories, and who holds what.
#include <algorithm>
#include <array>
#include <map>

#include "base/date.h"
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

}  // namespace

Response App::documents(const Request& request) {
  if (const auto ok = only(request, {"limit", "cursor"}); !ok) return wrong_parameter(ok.error());
  const auto limit = number_param(request, "limit", 50, 1, 1000);
  const auto cursor = number_param(request, "cursor", 0, 0, 999999999);
  if (!limit) return wrong_parameter(limit.error());
  if (!cursor) return wrong_parameter(cursor.error());
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      std::string("SELECT d.id AS n_cursor, ") + kReport +
      " FROM documents d WHERE d.retracted IS NULL AND (?1 = 0 OR d.id < ?1) ORDER BY d.id DESC LIMIT ?2");
  if (q) q->integer(std::int64_t(*cursor)).integer(std::int64_t(*limit));
  return table(std::move(q), "items");
}

// The report as it was coded, the object of docs/formats/document.md, with what the store knows beside it.
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
      "SELECT e.local, e.uid, coalesce((SELECT m.merged FROM merged_members m WHERE m.event = e.uid AND "
      "m.recorded_to IS NULL"
      " LIMIT 1), e.uid) FROM events e WHERE e.document = ? AND e.recorded_to IS NULL ORDER BY e.id");
  if (!events) return broken(events.error());
  events->integer(number);
  Status s = for_each(*events, [&](auto& e) {
    json.begin_object().field("local", e.str(0)).field("id", e.str(1)).field("event", e.str(2)).end_object();
  });
  if (!s) return broken(s.error());
  json.end_array().key("copies");
  auto copies = db.prepare(std::string("SELECT s.kind AS kind, ") + kReport +
                           " FROM story_documents s JOIN documents d ON d.uid = s.document"
                           " WHERE s.of = ? AND s.recorded_to IS NULL AND s.kind IN ('same','copy','update') "
                           "ORDER BY d.published, d.uid");
  if (!copies) return broken(copies.error());
  copies->text(id);
  if (s = write_table(*copies, json); !s) return broken(s.error());
  std::string_view whole = *coding;
  json.key("coded").raw(trim(whole)).end_object();
  return r;
}

Response App::search(const Request& request) {
  if (const auto ok = only(request, {"q", "limit", "cursor"}); !ok) return wrong_parameter(ok.error());
  const auto limit = number_param(request, "limit", 20, 1, 200);
  const auto offset = number_param(request, "cursor", 0, 0, 1000000);
  if (!limit) return wrong_parameter(limit.error());
  if (!offset) return wrong_parameter(offset.error());
  const std::string query = fts_query(request.param("q"));
  if (query.empty()) return wrong_parameter({"q", "give at least one word to look for"});
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      std::string("WITH hits AS MATERIALIZED (SELECT rowid AS id, rank AS score, snippet(document_search, "
                  "-1, char(8296), char(8297),"
                  " ' … ', 24) AS words FROM document_search WHERE document_search MATCH ?1 ORDER BY rank "
                  "LIMIT ?2 OFFSET ?3)"
                  " SELECT hits.words AS snippet, ") +
      kReport +
      " FROM hits JOIN documents d ON d.id = hits.id WHERE d.retracted IS NULL ORDER BY hits.score, d.id");
  if (q) q->text(query).integer(std::int64_t(*limit)).integer(std::int64_t(*offset));
  return table(std::move(q), "items");
}

Response App::actors(const Request& request) {
  if (const auto ok = only(request, {"q", "limit"}); !ok) return wrong_parameter(ok.error());
  const auto limit = number_param(request, "limit", 50, 1, 1000);
  if (!limit) return wrong_parameter(limit.error());
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  std::vector<std::uint32_t> counts(c->actors.size());
  for (const std::uint32_t a : c->actor) ++counts[a];
  const std::string words = lower(request.param("q"));
  std::vector<std::uint32_t> order;
  for (std::uint32_t a = 1; a < counts.size(); ++a)
    if (words.empty() ? counts[a] > 0
                      : lower(c->actors.names[a]).find(words) != std::string::npos ||
                            c->actors.ids[a].find(words) != std::string::npos)
      order.push_back(a);
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::uint32_t a) { return counts[a]; });
  if (order.size() > *limit) order.resize(*limit);
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().key("items").begin_array();
  for (const std::uint32_t a : order) {
    auto q = reader->db().prepare("SELECT kind, coalesce(country,''), listed FROM actors WHERE uid = ?");
    if (!q) return broken(q.error());
    const auto more = q->text(c->actors.ids[a]).step();
    if (!more) return broken(more.error());
    json.begin_object()
        .field("id", c->actors.ids[a])
        .field("name", c->actors.names[a])
        .field("events", counts[a]);
    json.field("kind", *more ? q->str(0) : "")
        .field("country", *more ? q->str(1) : "")
        .field("listed", *more && q->num(2) != 0);
    json.end_object();
  }
  json.end_array().end_object();
  return r;
}

Response App::actor(const std::string& id) {
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  store::Db& db = reader->db();
  auto q = db.prepare(
      "SELECT uid AS id, name, kind, coalesce(country,'') AS country, coalesce(cameo,'') AS cameo, "
      "coalesce(ucdp,'') AS ucdp,"
      " coalesce(wikidata,'') AS wikidata, listed AS b_listed FROM actors WHERE uid = ?");
  if (!q) return broken(q.error());
  q->text(id);
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().key("actor");
  const std::size_t before = r.body.size();
  if (const Status s = write_table(*q, json); !s) return broken(s.error());
  if (r.body.size() <= before + 2) return not_found("there is no actor " + id.substr(0, 80));
  // With whom, in what kind of event, year by year.
  struct With {
    std::uint32_t events = 0;
    std::map<std::uint8_t, std::uint32_t> groups;
    std::map<std::string, std::uint32_t> years;
  };
  const std::int64_t me = c->actors.find(id);
  std::map<std::uint32_t, With> partners;
  std::map<std::string, std::array<std::uint32_t, 2>> months;
  std::map<std::uint16_t, std::uint32_t> types;
  std::map<std::uint32_t, std::uint32_t> places;
  for (std::uint32_t i = 0; i < c->size() && me > 0; ++i) {
    const auto begin = c->actor.begin() + c->actor_start[i], end = c->actor.begin() + c->actor_start[i + 1];
    if (std::find(begin, end, std::uint32_t(me)) == end) continue;
    const std::string day = c->from[i] == EventColumns::kNoDay ? "" : Day{c->from[i]}.iso();
    if (!day.empty()) {
      auto& month = months[day.substr(0, 7)];
      ++month[0];
      month[1] += c->contested[i];
    }
    ++types[c->type[i]];
    if (c->place[i]) ++places[c->place[i]];
    for (auto a = begin; a != end; ++a) {
      if (*a == std::uint32_t(me)) continue;
      With& w = partners[*a];
      ++w.events;
      ++w.groups[c->group[i]];
      if (!day.empty()) ++w.years[day.substr(0, 7)];
    }
  }
  json.key("months").begin_array();
  for (const auto& [month, n] : months)
    json.begin_object().field("month", month).field("events", n[0]).field("contested", n[1]).end_object();
  json.end_array();
  const auto top = [&](std::string_view name, const auto& counts, const Dictionary& names) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
    for (const auto& [k, n] : counts) order.emplace_back(n, k);
    std::ranges::sort(order, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    json.key(name).begin_array();
    for (std::size_t i = 0; i < std::min<std::size_t>(order.size(), 15); ++i)
      json.begin_object()
          .field("id", names.ids[order[i].second])
          .field("name", names.names[order[i].second])
          .field("events", order[i].first)
          .end_object();
    json.end_array();
  };
  top("types", types, c->types);
  top("places", places, c->places);
  std::vector<std::pair<std::uint32_t, const With*>> order;
  for (const auto& [a, w] : partners) order.emplace_back(a, &w);
  std::ranges::stable_sort(order, std::ranges::greater(), [](const auto& x) { return x.second->events; });
  if (order.size() > 40) order.resize(40);
  json.key("partners").begin_array();
  for (const auto& [a, w] : order) {
    json.begin_object()
        .field("id", c->actors.ids[a])
        .field("name", c->actors.names[a])
        .field("events", w->events);
    json.key("groups").begin_object();
    for (const auto& [g, n] : w->groups) json.field(c->groups.ids[g], n);
    json.end_object().key("months").begin_object();
    for (const auto& [m, n] : w->years) json.field(m, n);
    json.end_object().end_object();
  }
  json.end_array().key("relations");
  auto relations = db.prepare(
      "SELECT r.kind AS kind, r.a_name AS a, coalesce(a.uid,'') AS a_id, r.b_name AS b, coalesce(b.uid,'') "
      "AS t_b_id,"
      " coalesce(r.date_from, d.published_date, '') AS date, substr(t.text, r.start + 1, r.\"end\" - "
      "r.start) AS words,"
      " d.uid AS document, coalesce(d.site, d.host, '') AS site FROM relations r JOIN documents d ON d.id = "
      "r.document"
      " JOIN texts t ON t.document = d.id LEFT JOIN actors a ON a.id = r.a LEFT JOIN actors b ON b.id = r.b"
      " WHERE r.recorded_to IS NULL AND d.retracted IS NULL AND (r.a = (SELECT id FROM actors WHERE uid = "
      "?1) OR"
      " r.b = (SELECT id FROM actors WHERE uid = ?1)) ORDER BY date DESC LIMIT 200");
  if (!relations) return broken(relations.error());
  relations->text(id);
  if (const Status s = write_table(*relations, json); !s) return broken(s.error());
  json.key("states");
  auto states = db.prepare(
      "SELECT s.uid AS id, s.attribute AS attribute, coalesce(s.a_name,'') AS a, coalesce(a.uid,'') AS a_id, "
      "coalesce(s.b_name,'')"
      " AS b, coalesce(b.uid,'') AS t_b_id, coalesce(p.name,'') AS place, coalesce(p.uid,'') AS place_id,"
      " coalesce(s.valid_from,'') AS date_from, coalesce(s.valid_to,'') AS date_to, s.status AS status, "
      "s.contested AS b_contested,"
      " s.confidence AS f_confidence FROM states s LEFT JOIN actors a ON a.id = s.a LEFT JOIN actors b ON "
      "b.id = s.b"
      " LEFT JOIN places p ON p.id = s.place WHERE s.recorded_to IS NULL AND (a.uid = ?1 OR b.uid = ?1)"
      " ORDER BY s.valid_from DESC LIMIT 300");
  if (!states) return broken(states.error());
  states->text(id);
  if (const Status s = write_table(*states, json); !s) return broken(s.error());
  json.end_object();
  return r;
}

Response App::stories(const Request& request) {
  if (const auto ok = only(request, {"limit"}); !ok) return wrong_parameter(ok.error());
  const auto limit = number_param(request, "limit", 100, 1, 1000);
  if (!limit) return wrong_parameter(limit.error());
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      "SELECT uid AS id, coalesce(title,'') AS title, coalesce(date_from,'') AS date_from, "
      "coalesce(date_to,'') AS date_to,"
      " coalesce(countries,'') AS countries, coalesce(actors,'') AS actors, reports AS n_reports, sources AS "
      "n_sources"
      " FROM stories WHERE recorded_to IS NULL ORDER BY date_to DESC, uid LIMIT ?");
  if (q) q->integer(std::int64_t(*limit));
  return table(std::move(q), "items");
}

Response App::story(const std::string& id) {
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      "SELECT uid AS id, coalesce(title,'') AS title, coalesce(date_from,'') AS date_from, "
      "coalesce(date_to,'') AS date_to,"
      " coalesce(countries,'') AS countries, coalesce(actors,'') AS actors, reports AS n_reports, sources AS "
      "n_sources,"
      " coalesce(why,'') AS why FROM stories WHERE recorded_to IS NULL AND uid = ?");
  if (!q) return broken(q.error());
  q->text(id);
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().key("story");
  const std::size_t before = r.body.size();
  if (const Status s = write_table(*q, json); !s) return broken(s.error());
  if (r.body.size() <= before + 2) return not_found("there is no story " + id.substr(0, 80));
  json.key("reports");
  auto reports = reader->db().prepare(
      std::string("SELECT s.kind AS kind, coalesce(s.of,'') AS of, coalesce(s.why,'') AS why, ") + kReport +
      " FROM story_documents s JOIN documents d ON d.uid = s.document WHERE s.story = ? AND s.recorded_to IS "
      "NULL"
      " AND d.retracted IS NULL ORDER BY d.published, d.uid");
  if (!reports) return broken(reports.error());
  reports->text(id);
  if (const Status s = write_table(*reports, json); !s) return broken(s.error());
  json.key("events").begin_array();
  EventJson events(reader->db(), *c);
  const std::int64_t number = c->stories.find(id);
  std::size_t written = 0;
  for (std::uint32_t i = 0; i < c->size() && number > 0 && written < 300; ++i)
    if (c->story[i] == std::uint32_t(number)) {
      ++written;
      if (const Status s = events.write_row(i, json); !s) return broken(s.error());
    }
  json.end_array().end_object();
  return r;
}

// Who holds which place: the intervals of the state layer; where that has not run, each report's own word,
// from one change of hands to the next.
Response App::control(const Request& request) {
  if (const auto ok = only(request, {"at", "as_of"}); !ok) return wrong_parameter(ok.error());
  const std::string at(request.param("at"));
  if (!at.empty() && !Day::parse_iso(at))
    return wrong_parameter({"at", "'" + at + "' is no day; YYYY-MM-DD"});
  auto reader = lease();
  if (!reader) return broken(reader.error());
  const auto known =
      reader->db().number("SELECT count(*) FROM states WHERE recorded_to IS NULL AND attribute = 'control'");
  if (!known) return broken(known.error());
  const std::string place =
      "p.uid AS place, p.name AS name, coalesce(p.country,'') AS country, coalesce(p.admin1,'') AS admin1, "
      "p.lat AS f_lat, p.lon AS f_lon,"
      " coalesce(p.feature,'') AS feature, ";
  auto q = reader->db().prepare(
      *known ? "SELECT s.uid AS id, " + place +
                   "coalesce(a.uid,'') AS holder, coalesce(a.name, s.a_name, '') AS holder_name, "
                   "coalesce(s.valid_from,'') AS date_from,"
                   " coalesce(s.valid_to,'') AS date_to, s.status AS status, s.contested AS b_contested, "
                   "s.confidence AS f_confidence,"
                   " coalesce(s.last_evidence,'') AS last_evidence FROM states s JOIN places p ON p.id = "
                   "s.place LEFT JOIN actors a"
                   " ON a.id = s.a WHERE s.recorded_to IS NULL AND s.attribute = 'control' AND p.lat IS NOT "
                   "NULL AND (?1 = '' OR"
                   " (coalesce(s.valid_from,'') <= ?1 AND (s.valid_to IS NULL OR s.valid_to > ?1))) ORDER BY "
                   "p.uid, s.valid_from, s.uid"
             : "SELECT c.id AS n_id, " + place +
                   "coalesce(a.uid,'') AS holder, CASE WHEN a.listed THEN a.name ELSE coalesce(c.to_name, "
                   "a.name, '') END AS holder_name, c.date AS date_from,"
                   " coalesce((SELECT min(x.date) FROM controls x JOIN documents y ON y.id = x.document "
                   "WHERE x.place = c.place AND"
                   " x.date > c.date AND x.recorded_to IS NULL AND y.retracted IS NULL), '') AS date_to, "
                   "c.how AS status,"
                   " coalesce((SELECT e.contested FROM events e WHERE e.id = c.event), 0) AS b_contested, "
                   "0.5 AS f_confidence, c.date AS"
                   " last_evidence FROM controls c JOIN places p ON p.id = c.place JOIN documents d ON d.id "
                   "= c.document LEFT JOIN actors a"
                   " ON a.id = c.to_actor WHERE c.recorded_to IS NULL AND d.retracted IS NULL AND c.date IS "
                   "NOT NULL AND p.lat IS NOT NULL"
                   " AND coalesce(c.to_name, a.name) IS NOT NULL AND (?1 = '' OR c.date <= ?1) ORDER BY "
                   "p.uid, c.date, c.id");
  if (q) q->text(at);
  return table(std::move(q), "intervals",
               [&](JsonWriter& json) { json.field("from_reports", *known == 0).field("at", at); });
}

// The history of one place: its intervals with what opened and closed them, and every report's word on it.
Response App::place(const std::string& id) {
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  store::Db& db = reader->db();
  auto q = db.prepare(
      "SELECT uid AS id, name, coalesce(feature,'') AS feature, coalesce(country,'') AS country, "
      "coalesce(admin1,'') AS admin1,"
      " lat AS f_lat, lon AS f_lon FROM places WHERE uid = ?");
  if (!q) return broken(q.error());
  q->text(id);
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().key("place");
  const std::size_t before = r.body.size();
  if (const Status s = write_table(*q, json); !s) return broken(s.error());
  if (r.body.size() <= before + 2) return not_found("there is no place " + id.substr(0, 80));
  json.key("states");
  auto states = db.prepare(
      "SELECT s.uid AS id, s.attribute AS attribute, coalesce(a.uid,'') AS holder, coalesce(a.name, "
      "s.a_name, '') AS holder_name,"
      " coalesce(s.valid_from,'') AS date_from, coalesce(s.valid_to,'') AS date_to, "
      "coalesce(s.from_precision,'') AS from_precision,"
      " s.status AS status, s.contested AS b_contested, s.confidence AS f_confidence, "
      "coalesce(s.last_evidence,'') AS last_evidence,"
      " coalesce(s.why,'') AS why FROM states s LEFT JOIN actors a ON a.id = s.a WHERE s.recorded_to IS NULL "
      "AND"
      " s.place = (SELECT id FROM places WHERE uid = ?) ORDER BY s.valid_from, s.uid");
  if (!states) return broken(states.error());
  states->text(id);
  if (const Status s = write_table(*states, json); !s) return broken(s.error());
  json.key("evidence");
  auto evidence = db.prepare(
      "SELECT x.state AS state, x.evidence AS event, x.effect AS effect, coalesce(x.why,'') AS why FROM "
      "state_evidence x"
      " JOIN states s ON s.uid = x.state AND s.recorded_to IS NULL WHERE x.recorded_to IS NULL AND"
      " s.place = (SELECT id FROM places WHERE uid = ?) ORDER BY x.id");
  if (!evidence) return broken(evidence.error());
  evidence->text(id);
  if (const Status s = write_table(*evidence, json); !s) return broken(s.error());
  json.key("changes");
  auto changes = db.prepare(
      "SELECT c.date AS date, c.how AS how, coalesce(c.from_name,'') AS from_name, coalesce(c.to_name,'') AS "
      "to_name,"
      " coalesce(ta.uid,'') AS to_id, coalesce(e.uid,'') AS event, coalesce(e.status,'') AS status, "
      "coalesce(e.contested,0) AS b_contested,"
      " coalesce(substr(t.text, e.sentence_start + 1, e.sentence_end - e.sentence_start), '') AS quote, "
      "d.uid AS document,"
      " coalesce(d.site, d.host, '') AS site, coalesce(d.published,'') AS published FROM controls c JOIN "
      "documents d ON d.id = c.document"
      " JOIN texts t ON t.document = d.id LEFT JOIN events e ON e.id = c.event LEFT JOIN actors ta ON ta.id "
      "= c.to_actor"
      " WHERE c.recorded_to IS NULL AND d.retracted IS NULL AND c.place = (SELECT id FROM places WHERE uid = "
      "?)"
      " ORDER BY c.date, c.id");
  if (!changes) return broken(changes.error());
  changes->text(id);
  if (const Status s = write_table(*changes, json); !s) return broken(s.error());
  json.end_object();
  return r;
}

}  // namespace annalist::serve
