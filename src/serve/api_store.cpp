// The store itself: how much it holds, claims, what has changed, verdicts.
#include <algorithm>
#include <map>

#include "base/date.h"
#include "base/json.h"
#include "base/strings.h"
#include "serve/app.h"
#include "serve/table.h"

namespace annalist::serve {

// Counted once a version: over a million events the counts take a third of a second.
Response App::stats() {
  const Columns c = columns();
  Response r = json_response({});
  {
    const std::scoped_lock guard(cache_lock_);
    if (stats_version_ == c->version) {
      r.shared = stats_;
      return r;
    }
  }
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto body = std::make_shared<std::string>();
  JsonWriter json(*body);
  json.begin_object().field("annalist", settings_.version).field("events", c->size());
  for (const auto& [name, sql] :
       {std::pair("documents", "SELECT count(*) FROM documents WHERE retracted IS NULL"),
        std::pair("claims", "SELECT count(*) FROM claims WHERE recorded_to IS NULL"),
        std::pair("stories", "SELECT count(*) FROM stories WHERE recorded_to IS NULL"),
        std::pair("states", "SELECT count(*) FROM states WHERE recorded_to IS NULL"),
        std::pair("merged", "SELECT count(*) FROM merged_events WHERE recorded_to IS NULL"),
        std::pair("reviews", "SELECT count(*) FROM reviews")}) {
    const auto n = reader->db().number(sql);
    if (!n) return broken(n.error());
    json.field(name, *n);
  }
  std::int32_t first = INT32_MAX, last = INT32_MIN;
  for (const std::int32_t day : c->from)
    if (day != EventColumns::kNoDay) first = std::min(first, day), last = std::max(last, day);
  json.field("first", first <= last ? Day{first}.iso() : "")
      .field("last", first <= last ? Day{last}.iso() : "");
  json.field("revision", c->revision).field("version", c->version).field("writable", settings_.writable);
  json.field("import", settings_.writable && bool(settings_.import)).field("reviewer", settings_.reviewer);
  json.end_object();
  r.shared = body;
  const std::scoped_lock guard(cache_lock_);
  stats_ = std::move(body);
  stats_version_ = c->version;
  return r;
}

Response App::codebook() {
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().key("types").begin_array();
  for (const TypeEntry& t : settings_.codebook)
    json.begin_object().field("type", t.name).field("group", t.group).field("what", t.what).end_object();
  json.end_array().key("countries").begin_array();
  for (const auto& [iso3, name] : settings_.countries)
    json.begin_object().field("iso3", iso3).field("name", name).end_object();
  json.end_array().end_object();
  return r;
}

Response App::changes(const Request& request) {
  if (const auto ok = only(request, {"since", "limit"}); !ok) return wrong_parameter(ok.error());
  const auto page = paging(request, 200, 5000, "since");
  if (!page) return wrong_parameter(page.error());
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      R"(
        SELECT id AS n_revision, at, kind, coalesce(subject,'') AS subject, coalesce(note,'') AS note
        FROM revisions
        WHERE id > ?
        ORDER BY id LIMIT ?)");
  if (q) q->integer(page->after).integer(page->limit);
  return table(std::move(q), "items");
}

Response App::deleted(const Request& request) {
  if (const auto ok = only(request, {"since", "limit"}); !ok) return wrong_parameter(ok.error());
  const auto page = paging(request, 1000, 10000, "since");
  if (!page) return wrong_parameter(page.error());
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      R"(
        SELECT t.uid AS id, t.reason AS reason, coalesce(t.requested_by,'') AS requested_by, v.at AS at,
          t.revision AS n_revision
        FROM tombstones t JOIN revisions v ON v.id = t.revision
        WHERE t.undone IS NULL AND t.revision > ?1
        UNION ALL SELECT e.uid, 'no longer coded', '', v.at, e.recorded_to
        FROM events e JOIN revisions v ON v.id = e.recorded_to
        WHERE e.recorded_to > ?1 AND NOT EXISTS (SELECT 1 FROM events n WHERE n.uid = e.uid AND
          n.recorded_from >= e.recorded_to)
        ORDER BY 5 LIMIT ?2)");
  if (q) q->integer(page->after).integer(page->limit);
  return table(std::move(q), "items");
}

Response App::runs() {
  auto reader = lease();
  if (!reader) return broken(reader.error());
  return table(reader->db().prepare(R"(
        SELECT id AS n_id, started, coalesce(ended,'') AS ended, command, status, documents AS n_documents,
          events AS n_events, failed AS n_failed
        FROM runs
        ORDER BY id DESC LIMIT 200)"),
               "items");
}

Response App::claims(const Request& request) {
  if (const auto ok = only(request, {"source", "stance", "limit", "cursor"}); !ok)
    return wrong_parameter(ok.error());
  const auto page = paging(request, 50, 1000);
  if (!page) return wrong_parameter(page.error());
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      R"(
        SELECT c.id AS n_cursor, c.uid AS id, d.uid AS document, coalesce(c.source_name,'') AS source,
          c.source_kind AS source_kind, coalesce(a.uid,'') AS source_actor, c.form AS form,
          c.stance AS stance, c.polarity AS polarity, c.certainty AS certainty, coalesce((SELECT
          group_concat(substr(t.text, s.start + 1, s."end" - s.start), ' … ') FROM spans s WHERE
          s.kind = 'claim' AND s.owner = c.id AND s.role = 'content'), '') AS words, coalesce((SELECT
          group_concat(e.uid, ' ') FROM event_claims x JOIN events e ON e.id = x.event AND
          e.recorded_to IS NULL WHERE x.claim = c.id), '') AS events, coalesce(d.site, d.host, '') AS outlet,
          coalesce(d.published,'') AS published
        FROM claims c JOIN documents d ON d.id = c.document JOIN texts t ON t.document = d.id
        LEFT JOIN actors a ON a.id = c.source
        WHERE c.recorded_to IS NULL AND d.retracted IS NULL AND (?1 = 0 OR c.id < ?1) AND (?2 = '' OR
          a.uid = ?2) AND (?3 = '' OR c.stance = ?3)
        ORDER BY c.id DESC LIMIT ?4)");
  if (q)
    q->integer(page->after).text(request.param("source")).text(request.param("stance")).integer(page->limit);
  return table(std::move(q), "items");
}

// Every verdict, oldest first; with format=gold one line a judged event: what the program said, what the
// reviewer says, and the words, so that it can serve as gold data. Agreement is over events that two people
// judged.
Response App::reviews(const Request& request) {
  if (const auto ok = only(request, {"format", "target"}); !ok) return wrong_parameter(ok.error());
  const std::string_view format = request.param("format");
  if (!format.empty() && format != "json" && format != "gold")
    return wrong_parameter({"format", "json or gold"});
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto q = reader->db().prepare(
      R"(
        SELECT r.id AS n_id, r.target AS target, coalesce(r.other,'') AS other, r.decision AS decision, coalesce(r.reviewer,'') AS reviewer,
          coalesce(r.note,'') AS note, coalesce(r.before,'') AS before, coalesce(r.after,'') AS after,
          v.at AS at, coalesce(e.type,'') AS type, coalesce(e.status,'') AS status,
          coalesce(e.date_from,'') AS date_from, coalesce(e.actors,'') AS actors,
          coalesce(e.targets,'') AS targets, coalesce(e.place_name,'') AS place, coalesce(substr(t.text,
          e.sentence_start + 1, e.sentence_end - e.sentence_start), '') AS quote, e.sentence_start AS n_start,
          e.sentence_end AS n_end, coalesce(d.uid,'') AS document
        FROM reviews r JOIN revisions v ON v.id = r.revision
        LEFT JOIN events e ON e.uid = r.target AND e.recorded_to IS NULL
        LEFT JOIN documents d ON d.id = e.document LEFT JOIN texts t ON t.document = e.document
        WHERE (?1 = '' OR r.target = ?1 OR r.other = ?1)
        ORDER BY r.id)");
  if (!q) return broken(q.error());
  q->text(request.param("target"));
  Response all;
  std::string body;
  JsonWriter json(body);
  if (const auto rows = write_table(*q, json); !rows) return broken(rows.error());
  // Agreement: the latest verdict of each person on an event, wrong (rejected) or not.
  std::map<std::string, std::map<std::string, bool>> verdicts;
  auto again = reader->db().prepare(
      "SELECT target, coalesce(reviewer,''), decision, other IS NOT NULL, revision FROM reviews WHERE "
      "decision "
      "<> 'skipped' ORDER BY id");
  if (!again) return broken(again.error());
  std::map<std::string, std::size_t> by_person;
  std::int64_t last = 0;
  const Status s = for_each(*again, [&](auto& r) {
    const std::string decision(r.str(2));
    if (r.num(3) != 0) {  // on pairs of events: one verdict, however many pairs
      by_person[std::string(r.str(1))] += std::exchange(last, r.num(4)) != r.num(4);
      return;
    }
    if (decision == "undone") {
      verdicts[std::string(r.str(0))].erase(std::string(r.str(1)));
    } else {
      verdicts[std::string(r.str(0))][std::string(r.str(1))] = decision != "rejected";
    }
    ++by_person[std::string(r.str(1))];
  });
  if (!s) return broken(s.error());
  double pairs = 0, same = 0, yes_first = 0, yes_second = 0;
  for (const auto& [target, people] : verdicts) {
    if (people.size() < 2) continue;
    const bool a = people.begin()->second, b = std::next(people.begin())->second;
    ++pairs, same += a == b, yes_first += a, yes_second += b;
  }
  if (format == "gold") {
    all.header("Content-Type", "application/x-ndjson")
        .header("Content-Disposition", "attachment; filename=\"annalist-gold.jsonl\"");
    auto gold = reader->db().prepare(
        R"(
          SELECT d.uid, e.uid, e.type, e.status, coalesce(e.date_from,''), coalesce(e.date_to,''),
            coalesce(e.actors,''), coalesce(e.targets,''), coalesce(e.place_name,''), coalesce(e.country,''),
            e.review, e.sentence_start, e.sentence_end, e.trigger_start, e.trigger_end, substr(t.text,
            e.sentence_start + 1, e.sentence_end - e.sentence_start), coalesce(e.edited,'')
          FROM events e JOIN documents d ON d.id = e.document JOIN texts t ON t.document = d.id
          WHERE e.recorded_to IS NULL AND e.review IN ('accepted','rejected','edited')
          ORDER BY e.id)");
    if (!gold) return broken(gold.error());
    const Status written = for_each(*gold, [&](auto& r) {
      JsonWriter line(all.body);
      line.begin_object()
          .field("document", r.str(0))
          .field("event", r.str(1))
          .field("verdict", r.str(10))
          .field("type", r.str(2));
      line.field("status", r.str(3))
          .field("from", r.str(4))
          .field("to", r.str(5))
          .field("actors", r.str(6))
          .field("targets", r.str(7));
      line.field("place", r.str(8)).field("country", r.str(9)).field("edited", r.str(16));
      line.field("sentence", r.str(15))
          .field("start", r.num(11))
          .field("end", r.num(12))
          .field("trigger_start", r.num(13));
      line.field("trigger_end", r.num(14)).end_object();
      all.body += '\n';
    });
    if (!written) return broken(written.error());
    return all;
  }
  all = json_response({});
  JsonWriter out(all.body);
  out.begin_object().key("items").raw(body).key("people").begin_array();
  for (const auto& [name, n] : by_person)
    out.begin_object().field("name", name).field("verdicts", n).end_object();
  out.end_array().key("agreement").begin_object().field("events", std::size_t(pairs));
  const double chance =
      pairs ? (yes_first * yes_second + (pairs - yes_first) * (pairs - yes_second)) / (pairs * pairs) : 0;
  out.key("share"), pairs ? out.number(float(same / pairs)) : out.null();
  out.key("kappa"),
      pairs&& chance < 1 ? out.number(float((same / pairs - chance) / (1 - chance))) : out.null();
  out.end_object().end_object();
  return all;
}

}  // namespace annalist::serve
