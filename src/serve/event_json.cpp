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

}  // namespace

std::string EventJson::members_json(const Base& b) {
  std::string out = "[";
  for (const std::int64_t id : b.events) out += (out.size() == 1 ? "" : ",") + std::to_string(id);
  return out + "]";
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
    const std::string members = members_json(b);
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

}  // namespace annalist::serve
