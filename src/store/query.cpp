// Reading: pages of events, one event with all that speaks of it, reports, actors, counts.
#include <algorithm>
#include <set>

#include "base/strings.h"
#include "store/parts.h"
#include "store/plan.h"
#include "store/read.h"
#include "store/tiles.h"
#include "store/verdicts.h"

namespace annalist {

using namespace store;

namespace {

Result<std::int64_t> latest(Db& db) { return db.number("SELECT max(id) FROM revisions"); }

/// The SQL value of a facet; null for an unknown field. `join` is what it needs besides events and documents.
struct Facet {
  std::string_view name, value, label, join;
};
constexpr Facet kFacets[] = {
    {"type", "e.type", "''", ""},
    {"status", "e.status", "''", ""},
    {"country", "coalesce(e.country, '')", "''", ""},
    {"admin1", "coalesce(e.admin1, '')", "max(coalesce(e.country, ''))", ""},
    {"place", "coalesce(p.uid, '')", "max(coalesce(p.name, ''))", "LEFT JOIN places p ON p.id = e.place"},
    {"year", "substr(e.date, 1, 4)", "''", ""},
    {"month", "substr(e.date, 1, 7)", "''", ""},
    {"week", "date(e.date, 'weekday 0', '-6 days')", "''", ""},
    {"day", "e.date", "''", ""},
    {"contested", "CASE e.contested WHEN 0 THEN 'false' ELSE 'true' END", "''", ""},
    {"main", "CASE e.main WHEN 0 THEN 'false' ELSE 'true' END", "''", ""},
    {"precision", "coalesce(e.place_precision, '')", "''", ""},
    {"review", "coalesce(e.review, 'none')", "''", ""},
    {"plover", "coalesce(e.plover_type, '')", "''", ""},
    {"acled", "coalesce(e.acled_sub_type, '')", "''", ""},
    {"site", "coalesce(d.site, d.host, '')", "''", ""},
    {"agency", "coalesce(d.agency, '')", "''", ""},
    {"language", "coalesce(d.language, '')", "''", ""},
    {"actor", "x.uid", "max(x.name)",
     "JOIN (SELECT DISTINCT event, actor FROM event_actors WHERE role = 'actor' AND actor IS NOT NULL) a ON "
     "a.event = e.id JOIN actors x ON x.id = a.actor"},
    {"target", "x.uid", "max(x.name)",
     "JOIN (SELECT DISTINCT event, actor FROM event_actors WHERE role = 'target' AND actor IS NOT NULL) a ON "
     "a.event = e.id JOIN actors x ON x.id = a.actor"},
    {"actor_kind", "x.kind", "''",
     "JOIN (SELECT DISTINCT event, actor FROM event_actors WHERE role = 'actor' AND actor IS NOT NULL) a ON "
     "a.event = e.id JOIN actors x ON x.id = a.actor"},
};

}  // namespace

Result<Page<EventRecord>> Store::events(const EventFilter& filter, const PageRequest& page) {
  Db& db = *parts_->db;
  ANNALIST_TRY(hold, snapshot());  // one read lock for all of it
  (void)hold;
  Page<EventRecord> out;
  if (!page.cursor.empty()) {
    ANNALIST_TRY(cursor, read_cursor(page.cursor));
    out.revision = filter.as_of ? filter.as_of : cursor.revision;
  } else {
    ANNALIST_TRY(now, latest(db));
    out.revision = filter.as_of ? filter.as_of : now;
  }
  ANNALIST_TRY(plan, make_plan(db, filter, page, {.paged = true, .candidates = true}));
  const std::size_t limit = std::clamp<std::size_t>(page.limit, 1, 100000);
  // The ids of the page first: what has to be sorted is then two columns and not fifty.
  ANNALIST_TRY(ids, page_ids(db, plan, limit + 1));
  const bool more = ids.size() > limit;
  if (more) ids.pop_back();
  ANNALIST_TRY(records, page.brief ? read_lines(db, ids) : read_events(db, ids));
  out.items = std::move(records);
  if (more) {
    const EventRecord& last = out.items.back();
    out.next = write_cursor({out.revision, last.id, last.date});
  }
  return out;
}

Status Store::each_event(const EventFilter& filter, const std::function<bool(const EventRecord&)>& each) {
  ANNALIST_TRY(hold, snapshot());
  (void)hold;
  PageRequest page{1000, {}, Order::oldest};
  while (true) {
    ANNALIST_TRY(got, events(filter, page));
    for (const EventRecord& e : got.items)
      if (!each(e)) return {};
    if (got.next.empty()) return {};
    page.cursor = got.next;
  }
}

Result<std::int64_t> Store::count(const EventFilter& filter) {
  ANNALIST_TRY(in_columns, tiles_answer(*parts_->db, filter, "type"));
  if (in_columns) {
    ANNALIST_TRY(counts, count_tiles(*parts_->db, filter, "type", SIZE_MAX));
    std::int64_t sum = 0;
    for (const FacetCount& c : counts) sum += c.count;
    return sum;
  }
  ANNALIST_TRY(plan, make_plan(*parts_->db, filter, {}, {}));
  ANNALIST_TRY(s, parts_->db->prepare_once(plan.with + "SELECT count(*) " + plan.from + plan.where));
  plan.bind(s);
  ANNALIST_TRY(row, s.step());
  return row ? s.num(0) : 0;
}

const std::vector<std::string_view>& Store::facet_fields() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> out;
    for (const Facet& f : kFacets) out.push_back(f.name);
    return out;
  }();
  return names;
}

Result<std::vector<FacetCount>> Store::facet(const EventFilter& filter, std::string_view field,
                                             std::size_t limit) {
  const auto* f = std::ranges::find(kFacets, field, &Facet::name);
  if (f == std::end(kFacets)) {
    std::string known;
    for (const Facet& k : kFacets) known += (known.empty() ? "" : ", ") + std::string(k.name);
    return fail("no facet is called '" + std::string(field) + "'", {}, "facets: " + known);
  }
  ANNALIST_TRY(in_columns, tiles_answer(*parts_->db, filter, field));
  if (in_columns) return count_tiles(*parts_->db, filter, field, limit);
  ANNALIST_TRY(plan, make_plan(*parts_->db, filter, {}, {.reports = f->value.find("d.") != f->value.npos}));
  const bool by_value = field == "day" || field == "week" || field == "month" || field == "year";
  ANNALIST_TRY(s,
               parts_->db->prepare_once(plan.with + "SELECT " + std::string(f->value) + " AS v, " +
                                        std::string(f->label) + ", count(*) AS n " + plan.from +
                                        std::string(f->join) + " " + plan.where + " GROUP BY v ORDER BY " +
                                        (by_value ? "v" : "n DESC, v") + " LIMIT " + std::to_string(limit)));
  plan.bind(s);
  std::vector<FacetCount> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    out.push_back({std::string(s.str(0)), std::string(s.str(1)), s.num(2)});
  }
}

Result<std::vector<Store::Point>> Store::points(const EventFilter& filter, std::size_t limit) {
  ANNALIST_TRY(plan, make_plan(*parts_->db, filter, {limit, {}, Order::newest}, {.paged = true}));
  ANNALIST_TRY(
      s, parts_->db->prepare_once(
             plan.with + "SELECT e.id, e.lat, e.lon, e.type, e.date, e.deaths_best, e.contested, e.uid " +
             plan.from + plan.where + " AND e.lat IS NOT NULL" + plan.order + " LIMIT " +
             std::to_string(limit)));
  plan.bind(s);
  std::vector<Point> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    out.push_back({s.num(0), float(s.real_at(1)), float(s.real_at(2)), std::string(s.str(3)),
                   std::string(s.str(4)), std::int32_t(s.count_at(5)), s.num(6) != 0, std::string(s.str(7))});
  }
}

Result<EventDetail> Store::event(std::string_view uid) {
  Db& db = *parts_->db;
  ANNALIST_TRY(hold, snapshot());
  (void)hold;
  ANNALIST_TRY(ids, numbers(db,
                            "SELECT id FROM events WHERE uid = ? ORDER BY recorded_to IS NULL DESC, id "
                            "DESC LIMIT 1",
                            uid));
  if (ids.empty()) return fail("no event is called '" + std::string(uid) + "'", db.path());
  ANNALIST_TRY(found, read_events(db, ids));
  return detail(std::move(found[0]));
}

Result<EventDetail> Store::detail(EventRecord event) {
  Db& db = *parts_->db;
  EventDetail out;
  out.event = std::move(event);
  {
    ANNALIST_TRY(s,
                 db.prepare("SELECT " + kClaimColumns +
                            " FROM event_claims ec JOIN claims c ON c.id = ec.claim JOIN documents d ON "
                            "d.id = c.document LEFT JOIN actors x ON x.id = c.source WHERE ec.event = ? AND "
                            "(c.recorded_to IS NULL OR ?) ORDER BY c.id"));
    s.integer(out.event.id).integer(out.event.recorded_to != 0);
    ANNALIST_TRY(claims, read_claims(db, s));
    out.claims = std::move(claims);
  }
  TextCache texts(db);
  {
    ANNALIST_TRY(s, db.prepare("SELECT role, note, start, \"end\" FROM spans WHERE kind = 'event' AND owner "
                               "= ? ORDER BY position"));
    s.integer(out.event.id);
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) break;
      EvidenceRecord e{std::string(s.str(0)),
                       std::string(s.str(1)),
                       {},
                       {std::uint32_t(s.num(2)), std::uint32_t(s.num(3))}};
      ANNALIST_TRY(words, texts.words(out.event.document, e.at));
      e.words = words;
      out.evidence.push_back(std::move(e));
    }
  }
  {
    ANNALIST_TRY(
        s,
        db.prepare("SELECT kind, claims FROM conflicts WHERE event = ? AND recorded_to IS NULL ORDER BY id"));
    s.integer(out.event.id);
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) break;
      EventDetail::Conflict c{std::string(s.str(0)), {}};
      for (std::string_view claim : split_list(s.str(1), ' ')) c.claims.emplace_back(claim);
      out.conflicts.push_back(std::move(c));
    }
  }
  ANNALIST_TRY(merged, findings().merged_of(out.event.uid));
  out.merged = merged;
  ANNALIST_TRY(story, findings().story_of(out.event.document));
  out.story = story;
  ANNALIST_TRY(given, read_verdicts(db, {out.event.uid}));
  out.verdicts = std::move(given);
  return out;
}

Result<ClaimRecord> Store::claim(std::string_view uid) {
  Db& db = *parts_->db;
  ANNALIST_TRY(
      s,
      db.prepare("SELECT " + kClaimColumns +
                 " FROM claims c JOIN documents d ON d.id = c.document LEFT JOIN actors x ON "
                 "x.id = c.source WHERE c.uid = ? ORDER BY c.recorded_to IS NULL DESC, c.id DESC LIMIT 1"));
  s.text(uid);
  ANNALIST_TRY(claims, read_claims(db, s));
  if (claims.empty()) return fail("no claim is called '" + std::string(uid) + "'", db.path());
  return std::move(claims[0]);
}

Result<std::vector<EventRecord>> Store::events_of(std::string_view document_uid) {
  Db& db = *parts_->db;
  ANNALIST_TRY(hold, snapshot());
  (void)hold;
  ANNALIST_TRY(ids, numbers(db,
                            "SELECT e.id FROM documents d JOIN events e ON e.document = d.id WHERE d.uid = ? "
                            "AND e.recorded_to IS NULL ORDER BY e.trigger_start, e.id",
                            document_uid));
  return read_events(db, ids);
}

Result<std::vector<ClaimRecord>> Store::claims_of(std::string_view document_uid) {
  Db& db = *parts_->db;
  ANNALIST_TRY(s, db.prepare("SELECT " + kClaimColumns +
                             " FROM documents d JOIN claims c ON c.document = d.id LEFT JOIN actors x ON "
                             "x.id = c.source WHERE d.uid = ? AND c.recorded_to IS NULL ORDER BY c.id"));
  s.text(document_uid);
  return read_claims(db, s);
}

Result<ActorRecord> Store::actor(std::string_view uid) {
  ANNALIST_TRY(s, parts_->db->prepare("SELECT uid, name, kind, country, cameo, ucdp, wikidata, listed, "
                                      "(SELECT count(DISTINCT event) FROM "
                                      "event_actors a JOIN events e ON e.id = a.event AND e.recorded_to IS "
                                      "NULL WHERE a.actor = x.id) FROM actors x "
                                      "WHERE uid = ?"));
  s.text(uid);
  ANNALIST_TRY(row, s.step());
  if (!row) return fail("no actor is called '" + std::string(uid) + "'", parts_->db->path());
  return ActorRecord{std::string(s.str(0)), std::string(s.str(1)), std::string(s.str(2)),
                     std::string(s.str(3)), std::string(s.str(4)), std::string(s.str(5)),
                     std::string(s.str(6)), s.num(7) != 0,         s.num(8)};
}

Result<std::vector<ActorRecord>> Store::actors(std::string_view words, std::size_t limit) {
  std::string like = "%";
  for (const char c : words) {
    if (c == '%' || c == '_' || c == '\\') like += '\\';
    like += c;
  }
  like += "%";
  ANNALIST_TRY(s, parts_->db->prepare("SELECT uid, name, kind, country, cameo, ucdp, wikidata, listed, "
                                      "(SELECT count(*) FROM event_actors a WHERE a.actor = x.id) AS n "
                                      "FROM actors x WHERE name LIKE ?1 ESCAPE '\\' OR uid LIKE ?1 ESCAPE "
                                      "'\\' ORDER BY n DESC, uid LIMIT ?2"));
  s.text(like).integer(std::int64_t(limit));
  std::vector<ActorRecord> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    out.push_back({std::string(s.str(0)), std::string(s.str(1)), std::string(s.str(2)), std::string(s.str(3)),
                   std::string(s.str(4)), std::string(s.str(5)), std::string(s.str(6)), s.num(7) != 0,
                   s.num(8)});
  }
}

}  // namespace annalist
