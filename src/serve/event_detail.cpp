// Everything about one event: who says what of it, where it is told, how it was coded and reviewed.
#include "base/strings.h"
#include "serve/event_json.h"
#include "store/verdicts.h"

namespace annalist::serve {
namespace {

void write_strings(JsonWriter& json, std::string_view name, std::string_view joined, char separator) {
  json.key(name).begin_array();
  for (std::string_view s : split_list(joined, separator)) json.string(s);
  json.end_array();
}

void write_span(JsonWriter& json, std::int64_t start, std::int64_t end) {
  json.begin_object().field("start", start).field("end", end).end_object();
}

}  // namespace

Status EventJson::write_full(std::uint32_t row, JsonWriter& json) {
  const auto b = base(row);
  if (!b) return std::unexpected(b.error());
  json.begin_object();
  write_common(row, *b, json);
  write_strings(json, "why", b->rules, ';');
  for (const Status& s : {write_statements(*b, json), write_mentions(*b, json), write_documents(*b, json),
                          write_revisions(*b, json)})
    if (!s) return s;
  json.key("conflicts").begin_array();
  const std::string members = members_json(*b);
  auto q = db_.prepare(
      R"(
        SELECT kind, claims
        FROM conflicts
        WHERE recorded_to IS NULL AND event IN (SELECT value FROM json_each(?)))");
  if (!q) return std::unexpected(q.error());
  q->text(members);
  const Status s = for_each(*q, [&](auto& r) {
    json.begin_object().field("kind", r.str(0)).field("claims", r.str(1)).end_object();
  });
  if (!s) return s;
  json.end_array().end_object();
  return {};
}

Status EventJson::write_statements(const Base& b, JsonWriter& json) {
  const std::string members = members_json(b);
  json.key("statements").begin_array();
  auto q = db_.prepare(
      R"(
        SELECT c.id, c.uid, d.uid, coalesce(c.source_name,''), c.source_kind, coalesce(a.uid,''), c.form,
          c.stance, c.polarity, c.certainty, coalesce(v.uid,''), coalesce(d.site, d.host, ''),
          coalesce(d.published,''), d.headline, e.uid, CASE WHEN c.cue_end > c.cue_start THEN substr(t.text,
          c.cue_start + 1, c.cue_end - c.cue_start) ELSE '' END, coalesce(d.agency,''), c.cue_start,
          c.cue_end, c.source_start, c.source_end, c.local, coalesce(a.name,''), coalesce(a.kind,'')
        FROM event_claims x JOIN claims c ON c.id = x.claim AND c.recorded_to IS NULL
        JOIN events e ON e.id = x.event JOIN documents d ON d.id = c.document JOIN texts t ON t.document = d.id
        LEFT JOIN actors a ON a.id = c.source LEFT JOIN claims v ON v.id = c.via
        WHERE x.event IN (SELECT value FROM json_each(?))
        ORDER BY d.published, c.id)");
  if (!q) return std::unexpected(q.error());
  q->text(members);
  Status inner;
  std::int64_t last = -1;
  const Status s = for_each(*q, [&](auto& r) {
    if (!inner || r.num(0) == last) return;
    last = r.num(0);
    json.begin_object()
        .field("id", r.str(1))
        .field("doc", r.str(2))
        .field("event", r.str(14))
        .field("local", r.str(21));
    json.key("source")
        .begin_object()
        .field("name", r.str(3))
        .field("kind", r.str(4))
        .field("actor", r.str(5));
    json.field("actor_name", r.str(22)).field("actor_kind", r.str(23)).end_object();
    json.field("form", r.str(6))
        .field("stance", r.str(7))
        .field("polarity", r.str(8))
        .field("certainty", r.str(9));
    json.field("via", r.str(10))
        .field("outlet", r.str(11))
        .field("published", r.str(12))
        .field("headline", r.str(13));
    json.field("cue", r.str(15)).field("agency", r.str(16));
    std::string words;
    json.key("spans").begin_array();
    auto spans = db_.prepare(
        R"(
          SELECT s.start, s."end", substr(t.text, s.start + 1, s."end" - s.start)
          FROM spans s JOIN claims c ON c.id = s.owner JOIN texts t ON t.document = c.document
          WHERE s.kind = 'claim' AND s.owner = ? AND s.role = 'content'
          ORDER BY s.start)");
    if (!spans) {
      inner = std::unexpected(spans.error());
    } else {
      spans->integer(r.num(0));
      inner = for_each(*spans, [&](auto& p) {
        write_span(json, p.num(0), p.num(1));
        words += (words.empty() ? "" : " … ") + collapse_spaces(p.str(2));
      });
    }
    json.end_array().field("words", words).end_object();
  });
  json.end_array();
  return s ? inner : s;
}

Status EventJson::write_mentions(const Base& b, JsonWriter& json) {
  const std::string members = members_json(b);
  json.key("mentions").begin_array();
  auto q = db_.prepare(
      R"(
        SELECT e.id, e.uid, d.uid, e.local, e.status, e.confidence, e.rules, e.trigger_start, e.trigger_end,
          e.sentence_start, e.sentence_end, substr(t.text, e.sentence_start + 1, e.sentence_end -
          e.sentence_start), e.type, coalesce(e.date_from,''), coalesce(e.place_name,''),
          coalesce(e.review,''), coalesce(e.edited,''), coalesce((SELECT x.why FROM merged_members x WHERE
          x.event = e.uid AND x.recorded_to IS NULL LIMIT 1), '')
        FROM events e JOIN documents d ON d.id = e.document JOIN texts t ON t.document = d.id
        WHERE e.id IN (SELECT value FROM json_each(?))
        ORDER BY d.published, e.id)");
  if (!q) return std::unexpected(q.error());
  q->text(members);
  const Status s = for_each(*q, [&](auto& r) {
    json.begin_object()
        .field("event", r.str(1))
        .field("doc", r.str(2))
        .field("local", r.str(3))
        .field("status", r.str(4));
    json.field("confidence", float(r.real_at(5)));
    write_strings(json, "rules", r.str(6), ';');
    json.key("trigger"), write_span(json, r.num(7), r.num(8));
    json.key("sentence"), write_span(json, r.num(9), r.num(10));
    json.field("quote", collapse_spaces(r.str(11)))
        .field("type", r.str(12))
        .field("from", r.str(13))
        .field("place", r.str(14));
    json.field("review", r.str(15))
        .field("edited", r.str(16))
        .field("merged_because", r.str(17))
        .end_object();
  });
  json.end_array();
  return s;
}

Status EventJson::write_documents(const Base& b, JsonWriter& json) {
  const std::string members = members_json(b);
  json.key("documents").begin_array();
  auto q = db_.prepare(
      R"(
        SELECT DISTINCT d.uid, d.headline, coalesce(d.site, d.host, ''), coalesce(d.agency,''),
          coalesce(d.published,''), coalesce(d.url,''), coalesce((SELECT s.of FROM story_documents s WHERE
          s.document = d.uid AND s.recorded_to IS NULL AND s.kind IN ('same','copy') LIMIT 1), '')
        FROM documents d JOIN events e ON e.document = d.id
        WHERE e.id IN (SELECT value FROM json_each(?))
        ORDER BY d.published, d.uid)");
  if (!q) return std::unexpected(q.error());
  q->text(members);
  const Status s = for_each(*q, [&](auto& r) {
    json.begin_object()
        .field("id", r.str(0))
        .field("headline", r.str(1))
        .field("site", r.str(2))
        .field("agency", r.str(3));
    json.field("published", r.str(4)).field("url", r.str(5)).field("copy_of", r.str(6)).end_object();
  });
  json.end_array();
  return s;
}

Status EventJson::write_revisions(const Base& b, JsonWriter& json) {
  const std::string members = members_json(b);
  json.key("revisions").begin_array();
  auto q = db_.prepare("SELECT uid FROM events WHERE id IN (SELECT value FROM json_each(?))");
  if (!q) return std::unexpected(q.error());
  q->text(members);
  std::vector<std::string> events;
  if (const Status s = for_each(*q, [&](auto& r) { events.emplace_back(r.str(0)); }); !s) return s;
  const auto verdicts = store::read_verdicts(db_, events);
  if (!verdicts) return std::unexpected(verdicts.error());
  for (const store::VerdictRecord& v : *verdicts) {
    json.begin_object()
        .field("id", v.revision)
        .field("target", v.target)
        .field("other", v.other)
        .field("decision", v.decision)
        .field("by", v.reviewer);
    json.field("note", v.note)
        .field("before", v.before)
        .field("after", v.after)
        .field("at", v.at)
        .field("stands", v.stands)
        .end_object();
  }
  json.end_array();
  return {};
}

}  // namespace annalist::serve
