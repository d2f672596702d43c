#include "serve/event_json.h"

#include <algorithm>
#include <charconv>

#include "base/strings.h"

namespace annalist::serve {
namespace {

void write_count(JsonWriter& json, std::string_view name, const std::int64_t (&n)[3]) {
  json.key(name);
  if (n[1] < 0 && n[0] < 0 && n[2] < 0) {
    json.null();
    return;
  }
  json.begin_object();
  constexpr std::string_view kNames[] = {"low", "best", "high"};
  for (int i = 0; i < 3; ++i) {
    json.key(kNames[i]);
    n[i] < 0 ? json.null() : json.number(n[i]);
  }
  json.end_object();
}

void write_strings(JsonWriter& json, std::string_view name, std::string_view joined, char separator) {
  json.key(name).begin_array();
  for (std::string_view s : split_list(joined, separator)) json.string(s);
  json.end_array();
}

void write_span(JsonWriter& json, std::int64_t start, std::int64_t end) {
  json.begin_object().field("start", start).field("end", end).end_object();
}

std::string number_text(double v) {
  char buffer[48];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::fixed).ptr;
  return {buffer, end};
}

constexpr const char* kEvent =
    R"(
      SELECT e.uid, e.type, e.status, e.date_from, e.date_to, e.date_precision, p.uid, coalesce(p.name,
        e.place_name), e.country, e.admin1, e.place_precision, e.lat, e.lon, e.confidence, e.deaths_low,
        e.deaths_best, e.deaths_high, e.injured_low, e.injured_best, e.injured_high, e.abducted_low,
        e.abducted_best, e.abducted_high, e.contested, e.review, e.rules, e.cameo,
        coalesce(e.plover_type,'') || coalesce('/' || e.plover_mode,''), coalesce(e.acled_sub_type,''),
        substr(t.text, e.sentence_start + 1, e.sentence_end - e.sentence_start), d.headline,
        coalesce(d.url,''), coalesce(d.site,''), coalesce(d.published,''), d.uid, (SELECT count(*) FROM
        event_claims c WHERE c.event = e.id), (SELECT s.story FROM story_documents s WHERE
        s.document = d.uid AND s.recorded_to IS NULL LIMIT 1)
      FROM events e JOIN documents d ON d.id = e.document JOIN texts t ON t.document = e.document
      LEFT JOIN places p ON p.id = e.place
      WHERE e.id = ?)";

constexpr const char* kMerged =
    R"(
      SELECT m.uid, m.type, m.status, m.date_from, m.date_to, m.date_precision, p.uid, p.name, m.country,
        p.admin1, m.place_precision, m.lat, m.lon, m.confidence, m.deaths_low, m.deaths_best, m.deaths_high,
        m.injured_low, m.injured_best, m.injured_high, m.contested, m.reports, m.sources, m.why
      FROM merged_events m LEFT JOIN places p ON p.id = m.place
      WHERE m.id = ?)";

constexpr const char* kMembers =
    R"(
      SELECT e.id
      FROM merged_members x JOIN events e ON e.uid = x.event AND e.recorded_to IS NULL
      JOIN documents d ON d.id = e.document AND d.retracted IS NULL
      WHERE x.merged = ? AND x.recorded_to IS NULL
      ORDER BY coalesce(e.review, '') = 'edited' DESC, e.main DESC, e.confidence DESC, e.id)";

// A list of ids for `IN (SELECT value FROM json_each(?))`: the statement is compiled once, whatever their
// number.
std::string ids(const std::vector<std::int64_t>& list) {
  std::string out = "[";
  for (const std::int64_t id : list) out += (out.size() == 1 ? "" : ",") + std::to_string(id);
  return out + "]";
}

}  // namespace

void append_csv(std::string& out, std::string_view cell) {
  const bool formula =
      !cell.empty() &&
      (cell.front() == '=' || cell.front() == '@' || cell.front() == '\t' ||
       ((cell.front() == '+' || cell.front() == '-') && cell.size() > 1 && !is_digit(cell[1])));
  if (!formula && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
    out.append(cell);
    return;
  }
  out += '"';
  if (formula) out += '\'';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

Result<std::uint32_t> EventJson::find(std::string_view uid) {
  const auto row = [](const std::vector<std::uint32_t>& rows, std::int64_t id) {
    return id >= 0 && std::size_t(id) < rows.size() ? rows[std::size_t(id)] : EventColumns::kNoRow;
  };
  if (uid.starts_with('~')) {
    std::uint32_t key = 0;
    const auto [end, code] = std::from_chars(uid.data() + 1, uid.data() + uid.size(), key);
    if (code != std::errc() || end != uid.data() + uid.size()) return EventColumns::kNoRow;
    return row(key & 1 ? columns_.row_of_merged : columns_.row_of_event, key >> 1);
  }
  std::string at(uid);
  for (int hop = 0; hop < 16; ++hop) {
    for (const bool merged : {true, false}) {
      auto q = db_.prepare(merged ? "SELECT id FROM merged_events WHERE uid = ? AND recorded_to IS NULL"
                                  : "SELECT id FROM events WHERE uid = ? AND recorded_to IS NULL");
      if (!q) return std::unexpected(q.error());
      const auto more = q->text(at).step();
      if (!more) return std::unexpected(more.error());
      if (*more) return row(merged ? columns_.row_of_merged : columns_.row_of_event, q->num(0));
    }
    auto q = db_.prepare("SELECT target FROM redirects WHERE uid = ? ORDER BY recorded_from DESC LIMIT 1");
    if (!q) return std::unexpected(q.error());
    const auto more = q->text(at).step();
    if (!more) return std::unexpected(more.error());
    if (!*more) return EventColumns::kNoRow;
    at = q->str(0);
  }
  return EventColumns::kNoRow;
}

Result<std::vector<std::string>> EventJson::members(std::string_view uid) {
  std::vector<std::string> out;
  auto q = db_.prepare(
      R"(
        SELECT e.uid
        FROM merged_members x JOIN events e ON e.uid = x.event AND e.recorded_to IS NULL
        WHERE x.merged = ? AND x.recorded_to IS NULL
        ORDER BY e.id)");
  if (!q) return std::unexpected(q.error());
  q->text(uid);
  if (const Status s = for_each(*q, [&](auto& r) { out.emplace_back(r.str(0)); }); !s)
    return std::unexpected(s.error());
  if (out.empty()) out.emplace_back(uid);
  return out;
}

Result<std::int64_t> EventJson::best_mention(std::uint32_t row) {
  const auto b = base(row);
  if (!b) return std::unexpected(b.error());
  return b->events.front();
}

Result<EventJson::Base> EventJson::base(std::uint32_t row) {
  Base b;
  const std::uint32_t key = columns_.key[row];
  std::int64_t first = key >> 1;
  std::string why;
  if (key & 1) {
    auto q = db_.prepare(kMerged);
    if (!q) return std::unexpected(q.error());
    const auto more = q->integer(key >> 1).step();
    if (!more) return std::unexpected(more.error());
    if (!*more) return fail("the event is gone");
    b.uid = q->str(0);
    b.reports = std::max<std::int64_t>(1, q->num(21));
    b.sources = std::max<std::int64_t>(1, q->num(22));
    why = q->str(23);
    auto m = db_.prepare(kMembers);
    if (!m) return std::unexpected(m.error());
    m->text(b.uid);
    if (const Status s = for_each(*m, [&](auto& r) { b.events.push_back(r.num(0)); }); !s)
      return std::unexpected(s.error());
    if (b.events.empty()) return fail("a merged event without members", b.uid);
    first = b.events.front();
  } else {
    b.events.push_back(first);
  }
  {
    auto q = db_.prepare(kEvent);
    if (!q) return std::unexpected(q.error());
    const auto more = q->integer(first).step();
    if (!more) return std::unexpected(more.error());
    if (!*more) return fail("the event is gone");
    if (b.uid.empty()) b.uid = q->str(0);
    b.type = q->str(1), b.status = q->str(2), b.from = q->str(3), b.to = q->str(4), b.precision = q->str(5);
    b.place_id = q->str(6), b.place = q->str(7), b.country = q->str(8), b.admin1 = q->str(9),
    b.place_precision = q->str(10);
    b.located = !q->is_null(11) && !q->is_null(12);
    b.lat = q->real_at(11), b.lon = q->real_at(12), b.confidence = q->real_at(13);
    for (int i = 0; i < 3; ++i)
      b.dead[i] = q->count_at(14 + i), b.hurt[i] = q->count_at(17 + i), b.taken[i] = q->count_at(20 + i);
    b.contested = q->num(23) != 0;
    b.review = q->str(24), b.rules = q->str(25), b.cameo = q->str(26), b.plover = q->str(27),
    b.acled = q->str(28);
    b.quote = collapse_spaces(q->str(29));
    b.headline = q->str(30), b.url = q->str(31), b.site = q->str(32), b.published = q->str(33),
    b.document = q->str(34);
    b.claims = q->num(35);
    b.story = q->str(36);
  }
  // What all reports together say stands above what the first one says, and what a person corrected above
  // both.
  const bool corrected = b.review == "edited";
  if (key & 1) {
    auto q = db_.prepare(kMerged);
    if (!q) return std::unexpected(q.error());
    const auto more = q->integer(key >> 1).step();
    if (!more) return std::unexpected(more.error());
    if (!corrected) {
      b.type = q->str(1), b.status = q->str(2);
      b.from = q->str(3), b.to = q->str(4), b.precision = q->str(5);
    }
    b.contested = q->num(20) != 0;
    if (!q->is_null(6) && !corrected) {
      b.place_id = q->str(6), b.place = q->str(7), b.country = q->str(8), b.admin1 = q->str(9),
      b.place_precision = q->str(10);
      b.located = !q->is_null(11) && !q->is_null(12);
      b.lat = q->real_at(11), b.lon = q->real_at(12);
    }
    b.confidence = q->real_at(13);
    for (int i = 0; i < 3 && !corrected; ++i)
      b.dead[i] = q->count_at(14 + i), b.hurt[i] = q->count_at(17 + i);
    if (!why.empty()) b.rules += (b.rules.empty() ? "" : "; ") + why;
    const std::string members = ids(b.events);
    auto n = db_.prepare(
        "SELECT count(DISTINCT claim) FROM event_claims WHERE event IN (SELECT value FROM json_each(?))");
    if (!n) return std::unexpected(n.error());
    n->text(members);
    if (const auto any = n->step(); any && *any) b.claims = n->num(0);
    b.review = columns_.reviews.ids[columns_.review[row]];
  }
  // Those who did it and to whom: of the best mention, and further actors that other reports name.
  for (const std::int64_t event : b.events) {
    auto q = db_.prepare(
        R"(
          SELECT coalesce(a.uid, ''), x.name, x.role, coalesce(a.kind, ''), coalesce(a.country, ''),
            coalesce(a.listed, 0), a.name
          FROM event_actors x LEFT JOIN actors a ON a.id = x.actor
          WHERE x.event = ?
          ORDER BY x.position)");
    if (!q) return std::unexpected(q.error());
    q->integer(event);
    const Status s = for_each(*q, [&](auto& r) {
      Argument a{std::string(r.str(0)), std::string(r.num(5) ? r.str(6) : r.str(1)), std::string(r.str(2)),
                 std::string(r.str(3)), std::string(r.str(4))};
      const bool there =
          std::ranges::any_of(b.actors, [&](const Argument& x) { return x.id == a.id && x.role == a.role; });
      if (!there && (event == first || !a.id.empty())) b.actors.push_back(std::move(a));
    });
    if (!s) return std::unexpected(s.error());
  }
  return b;
}

void EventJson::write_common(std::uint32_t row, const Base& b, JsonWriter& json) {
  json.field("id", b.uid).field("key", columns_.key[row]).field("type", b.type);
  json.field("group", columns_.groups.ids[columns_.group[row]])
      .field("status", b.status)
      .field("contested", b.contested);
  json.field("from", b.from).field("to", b.to).field("precision", b.precision);
  json.key("place");
  if (b.place_id.empty() && b.place.empty()) {
    json.null();
  } else {
    json.begin_object()
        .field("id", b.place_id)
        .field("name", b.place)
        .field("country", b.country)
        .field("admin1", b.admin1);
    json.field("precision", b.place_precision).field("radius_km", columns_.radius[row]);
    json.key("lat"), b.located ? json.number(float(b.lat)) : json.null();
    json.key("lon"), b.located ? json.number(float(b.lon)) : json.null();
    json.end_object();
  }
  json.key("actors").begin_array();
  for (const Argument& a : b.actors)
    json.begin_object()
        .field("id", a.id)
        .field("name", a.name)
        .field("role", a.role)
        .field("kind", a.kind)
        .field("country", a.country)
        .end_object();
  json.end_array();
  write_count(json, "deaths", b.dead);
  write_count(json, "injured", b.hurt);
  write_count(json, "abducted", b.taken);
  json.field("reports", b.reports).field("sources", b.sources).field("claims", b.claims);
  json.field("confidence", float(b.confidence)).field("quote", b.quote).field("headline", b.headline);
  json.field("outlet", b.site)
      .field("published", b.published)
      .field("url", b.url)
      .field("document", b.document);
  json.field("review", b.review).field("story", b.story).field("cameo", b.cameo).field("plover", b.plover);
  json.field("acled", b.acled);
}

Status EventJson::write_row(std::uint32_t row, JsonWriter& json) {
  const auto b = base(row);
  if (!b) return std::unexpected(b.error());
  json.begin_object();
  write_common(row, *b, json);
  json.end_object();
  return {};
}

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
  const std::string members = ids(b->events);
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
  const std::string members = ids(b.events);
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
  const std::string members = ids(b.events);
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
  const std::string members = ids(b.events);
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
  const std::string members = ids(b.events);
  json.key("revisions").begin_array();
  auto q = db_.prepare(
      R"(
        SELECT r.id, r.target, r.decision, coalesce(r.reviewer,''), coalesce(r.note,''),
          coalesce(r.before,''), coalesce(r.after,''), v.at
        FROM reviews r JOIN revisions v ON v.id = r.revision
        WHERE r.target IN (SELECT uid FROM events WHERE id IN (SELECT value FROM json_each(?)))
        ORDER BY r.id)");
  if (!q) return std::unexpected(q.error());
  q->text(members);
  const Status s = for_each(*q, [&](auto& r) {
    json.begin_object()
        .field("id", r.num(0))
        .field("target", r.str(1))
        .field("decision", r.str(2))
        .field("by", r.str(3));
    json.field("note", r.str(4))
        .field("before", r.str(5))
        .field("after", r.str(6))
        .field("at", r.str(7))
        .end_object();
  });
  json.end_array();
  return s;
}

Status EventJson::write_feature(std::uint32_t row, JsonWriter& json) {
  const auto b = base(row);
  if (!b) return std::unexpected(b.error());
  json.begin_object().field("type", "Feature").field("id", b->uid).key("geometry");
  if (b->located) {
    json.begin_object()
        .field("type", "Point")
        .key("coordinates")
        .begin_array()
        .number(float(b->lon))
        .number(float(b->lat));
    json.end_array().end_object();
  } else {
    json.null();
  }
  json.key("properties").begin_object();
  write_common(row, *b, json);
  json.end_object().end_object();
  return {};
}

const std::vector<TableColumn>& EventJson::table_columns() {
  static const std::vector<TableColumn> columns = {{"id", "text"},
                                                   {"type", "text"},
                                                   {"group", "text"},
                                                   {"status", "text"},
                                                   {"contested", "boolean"},
                                                   {"date_from", "date"},
                                                   {"date_to", "date"},
                                                   {"date_precision", "text"},
                                                   {"actors", "text"},
                                                   {"targets", "text"},
                                                   {"actor_ids", "text"},
                                                   {"place", "text"},
                                                   {"place_id", "text"},
                                                   {"country", "text"},
                                                   {"admin1", "text"},
                                                   {"latitude", "decimal"},
                                                   {"longitude", "decimal"},
                                                   {"geo_precision", "text"},
                                                   {"deaths_low", "integer"},
                                                   {"deaths_best", "integer"},
                                                   {"deaths_high", "integer"},
                                                   {"injured_low", "integer"},
                                                   {"injured_best", "integer"},
                                                   {"injured_high", "integer"},
                                                   {"reports", "integer"},
                                                   {"sources", "integer"},
                                                   {"claims", "integer"},
                                                   {"confidence", "decimal"},
                                                   {"review", "text"},
                                                   {"cameo", "text"},
                                                   {"plover", "text"},
                                                   {"acled_sub_event", "text"},
                                                   {"quote", "text"},
                                                   {"headline", "text"},
                                                   {"outlet", "text"},
                                                   {"published", "text"},
                                                   {"url", "text"},
                                                   {"document", "text"}};
  return columns;
}

Result<std::vector<std::string>> EventJson::table_row(std::uint32_t row) {
  const auto b = base(row);
  if (!b) return std::unexpected(b.error());
  const auto names = [&](bool targets, bool as_ids) {
    std::string joined;
    for (const Argument& a : b->actors) {
      const bool target = a.role == "target";
      if (as_ids ? a.id.empty() : target != targets) continue;
      joined += (joined.empty() ? "" : "; ") + (as_ids ? a.id : a.name);
    }
    return joined;
  };
  const auto count = [](std::int64_t n) { return n < 0 ? std::string() : std::to_string(n); };
  std::vector<std::string> cells = {b->uid,
                                    b->type,
                                    columns_.groups.ids[columns_.group[row]],
                                    b->status,
                                    b->contested ? "true" : "false",
                                    b->from,
                                    b->to,
                                    b->precision,
                                    names(false, false),
                                    names(true, false),
                                    names(false, true),
                                    b->place,
                                    b->place_id,
                                    b->country,
                                    b->admin1,
                                    b->located ? number_text(b->lat) : "",
                                    b->located ? number_text(b->lon) : "",
                                    b->place_precision,
                                    count(b->dead[0]),
                                    count(b->dead[1]),
                                    count(b->dead[2]),
                                    count(b->hurt[0]),
                                    count(b->hurt[1]),
                                    count(b->hurt[2]),
                                    std::to_string(b->reports),
                                    std::to_string(b->sources),
                                    std::to_string(b->claims),
                                    number_text(float(b->confidence)),
                                    b->review,
                                    b->cameo,
                                    b->plover,
                                    b->acled,
                                    b->quote,
                                    b->headline,
                                    b->site,
                                    b->published,
                                    b->url,
                                    b->document};
  return cells;
}

}  // namespace annalist::serve
