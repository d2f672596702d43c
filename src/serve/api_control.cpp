// Who holds what: all places, and the history of one.
#include "base/date.h"
#include "base/json.h"
#include "serve/app.h"
#include "serve/table.h"

namespace annalist::serve {
namespace {

constexpr const char* kPlace = R"(
        SELECT uid AS id, name, coalesce(feature,'') AS feature, coalesce(country,'') AS country,
          coalesce(admin1,'') AS admin1, lat AS f_lat, lon AS f_lon
        FROM places
        WHERE uid = ?)";
constexpr const char* kHeld = R"(
        SELECT s.uid AS id, s.attribute AS attribute, coalesce(a.uid,'') AS holder, coalesce(a.name, s.a_name,
          '') AS holder_name, coalesce(s.valid_from,'') AS date_from, coalesce(s.valid_to,'') AS date_to,
          coalesce(s.from_precision,'') AS from_precision, s.status AS status, s.contested AS b_contested,
          s.confidence AS f_confidence, coalesce(s.last_evidence,'') AS last_evidence,
          coalesce(s.why,'') AS why
        FROM states s LEFT JOIN actors a ON a.id = s.a
        WHERE s.recorded_to IS NULL AND s.place = (SELECT id FROM places WHERE uid = ?)
        ORDER BY s.valid_from, s.uid)";
constexpr const char* kEvidence = R"(
        SELECT x.state AS state, x.evidence AS event, x.effect AS effect, coalesce(x.why,'') AS why
        FROM state_evidence x JOIN states s ON s.uid = x.state AND s.recorded_to IS NULL
        WHERE x.recorded_to IS NULL AND s.place = (SELECT id FROM places WHERE uid = ?)
        ORDER BY x.id)";
constexpr const char* kChanges = R"(
        SELECT c.date AS date, c.how AS how, coalesce(c.from_name,'') AS from_name,
          coalesce(c.to_name,'') AS to_name, coalesce(ta.uid,'') AS to_id, coalesce(e.uid,'') AS event,
          coalesce(e.status,'') AS status, coalesce(e.contested,0) AS b_contested, coalesce(substr(t.text,
          e.sentence_start + 1, e.sentence_end - e.sentence_start), '') AS quote, d.uid AS document,
          coalesce(d.site, d.host, '') AS site, coalesce(d.published,'') AS published
        FROM controls c JOIN documents d ON d.id = c.document JOIN texts t ON t.document = d.id
        LEFT JOIN events e ON e.id = c.event LEFT JOIN actors ta ON ta.id = c.to_actor
        WHERE c.recorded_to IS NULL AND d.retracted IS NULL AND c.place = (SELECT id FROM places WHERE
          uid = ?)
        ORDER BY c.date, c.id)";

}  // namespace

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

Response App::place(const std::string& id) {
  return about("place", id, kPlace, [&](store::Db& db, JsonWriter& json) {
    return write_queries(json, db, id, {{"states", kHeld}, {"evidence", kEvidence}, {"changes", kChanges}});
  });
}

}  // namespace annalist::serve
