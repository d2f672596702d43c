#include "store/findings.h"

#include <map>

#include "base/hash.h"
#include "store/parts.h"

namespace annalist::store {
namespace {

std::int64_t digest_of(const std::string& all) { return std::int64_t(hash64(all) >> 1); }

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (std::string_view p : parts) out.append(p).push_back('\x1f');
  return out;
}
std::string text_of(const Count& c) {
  return joined({std::to_string(c.low), std::to_string(c.best), std::to_string(c.high)});
}

std::string table_of(std::string_view uid) {
  return uid.starts_with('m') ? "merged_events" : uid.starts_with('s') ? "stories" : "states";
}

/// The current row of a uid; id 0: none.
struct Current {
  std::int64_t id = 0, digest = 0;
};
Result<Current> current(Db& db, const std::string& table, std::string_view uid) {
  ANNALIST_TRY(s, db.prepare("SELECT id, digest FROM " + table + " WHERE uid = ? AND recorded_to IS NULL"));
  s.text(uid);
  ANNALIST_TRY(row, s.step());
  return row ? Current{s.num(0), s.num(1)} : Current{};
}

Status close_row(Db& db, const std::string& table, std::int64_t id, std::int64_t revision) {
  ANNALIST_TRY(s, db.prepare("UPDATE " + table + " SET recorded_to = ? WHERE id = ?"));
  return s.integer(revision).integer(id).run();
}

/// How the members of each kind are kept.
struct MemberTable {
  std::string name, owner, member;
};
const MemberTable kMerged{"merged_members", "merged", "event"},
    kStory{"story_documents", "story", "document"}, kState{"state_evidence", "state", "evidence"};

std::string as_of_condition(const std::string& table) {
  return " CASE ?1 WHEN 0 THEN " + table + ".recorded_to IS NULL ELSE " + table +
         ".recorded_from <= ?1 AND (" + table + ".recorded_to IS NULL OR " + table +
         ".recorded_to > ?1) END ";
}

Result<std::vector<Member>> members_of(Db& db, const MemberTable& t, std::string_view owner,
                                       std::int64_t as_of) {
  const std::string extra = t.name == "merged_members" ? "'', '', coalesce(score, 0), coalesce(why, '')"
                            : t.name == "story_documents"
                                ? "kind, coalesce(of, ''), coalesce(score, 0), coalesce(why, '')"
                                : "effect, '', 0, coalesce(why, '')";
  ANNALIST_TRY(s, db.prepare("SELECT " + t.member + ", " + extra + " FROM " + t.name + " WHERE" +
                             as_of_condition(t.name) + "AND " + t.owner + " = ?2 ORDER BY id"));
  s.integer(as_of).text(owner);
  std::vector<Member> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    out.push_back({std::string(s.str(0)), std::string(s.str(1)), std::string(s.str(2)), std::string(s.str(4)),
                   s.real_at(3)});
  }
}

std::string key_of(const Member& m) { return joined({m.uid, m.role, m.of, m.why, std::to_string(m.score)}); }

}  // namespace

Status Findings::begin(std::string_view who) {
  ANNALIST_CHECK(db_->exec("BEGIN IMMEDIATE"));
  const auto revision = new_revision(*db_, run_, who, {}, {});
  if (!revision) {
    rollback();
    return std::unexpected(revision.error());
  }
  revision_ = *revision;
  return {};
}

Status Findings::commit() {
  const Status s = db_->exec("COMMIT");
  if (!s) rollback();
  revision_ = 0;
  return s;
}

void Findings::rollback() {
  (void)db_->exec("ROLLBACK");
  revision_ = 0;
}

Result<std::int64_t> Findings::place_id(std::string_view uid) {
  if (uid.empty()) return 0;
  ANNALIST_TRY(s, db_->prepare("SELECT id FROM places WHERE uid = ?"));
  s.text(uid);
  ANNALIST_TRY(row, s.step());
  return row ? s.num(0) : 0;
}

Result<std::int64_t> Findings::actor_id(std::string_view uid, std::string_view name) {
  if (uid.empty()) return 0;
  {
    ANNALIST_TRY(s, db_->prepare("SELECT id FROM actors WHERE uid = ?"));
    s.text(uid);
    ANNALIST_TRY(row, s.step());
    if (row) return s.num(0);
  }
  // Soldiers hold a place for their country, which no report may have named.
  ANNALIST_TRY(insert, db_->prepare("INSERT INTO actors (uid, name, kind, country, listed) VALUES (?1, ?2, "
                                    "'state', ?1, 1)"));
  ANNALIST_CHECK(insert.text(uid).text(name).run());
  return db_->last_id();
}

Status Findings::put_members(std::string_view table, std::string_view owner,
                             const std::vector<Member>& members) {
  const MemberTable& t = table == kMerged.name ? kMerged : table == kStory.name ? kStory : kState;
  ANNALIST_TRY(now, members_of(*db_, t, owner, 0));
  std::map<std::string, int> wanted;
  for (const Member& m : members) ++wanted[key_of(m)];
  for (const Member& m : now) {
    if (const auto it = wanted.find(key_of(m)); it != wanted.end()) {
      wanted.erase(it);
      continue;
    }
    const std::string role = t.name == "story_documents"  ? " AND kind = ?4"
                             : t.name == "state_evidence" ? " AND effect = ?4"
                                                          : " AND ?4 = ''";
    ANNALIST_TRY(s, db_->prepare("UPDATE " + t.name + " SET recorded_to = ?1 WHERE " + t.owner +
                                 " = ?2 AND " + t.member + " = ?3 AND recorded_to IS NULL" + role));
    ANNALIST_CHECK(s.integer(revision_).text(owner).text(m.uid).text(m.role).run());
  }
  for (const Member& m : members) {
    const auto it = wanted.find(key_of(m));
    if (it == wanted.end()) continue;
    wanted.erase(it);
    if (t.name == "merged_members") {
      ANNALIST_TRY(
          s, db_->prepare(
                 "INSERT INTO merged_members (merged, event, score, why, recorded_from) VALUES (?,?,?,?,?)"));
      ANNALIST_CHECK(s.text(owner).text(m.uid).real(m.score).text_or_null(m.why).integer(revision_).run());
    } else if (t.name == "story_documents") {
      ANNALIST_TRY(s, db_->prepare("INSERT INTO story_documents (story, document, kind, of, score, why, "
                                   "recorded_from) VALUES (?,?,?,?,?,?,?)"));
      ANNALIST_CHECK(s.text(owner)
                         .text(m.uid)
                         .text(m.role)
                         .text_or_null(m.of)
                         .real(m.score)
                         .text_or_null(m.why)
                         .integer(revision_)
                         .run());
    } else {
      ANNALIST_TRY(
          s,
          db_->prepare(
              "INSERT INTO state_evidence (state, evidence, effect, why, recorded_from) VALUES (?,?,?,?,?)"));
      ANNALIST_CHECK(s.text(owner).text(m.uid).text(m.role).text_or_null(m.why).integer(revision_).run());
    }
  }
  return {};
}

Status Findings::put(const MergedEvent& e) {
  const std::int64_t digest = digest_of(joined({e.type,
                                                e.status,
                                                e.date_from,
                                                e.date_to,
                                                e.date_precision,
                                                e.contested ? "1" : "0",
                                                e.place,
                                                e.country,
                                                e.place_precision,
                                                std::to_string(e.lat),
                                                std::to_string(e.lon),
                                                e.actors,
                                                e.targets,
                                                text_of(e.deaths),
                                                text_of(e.injured),
                                                std::to_string(e.mentions),
                                                std::to_string(e.reports),
                                                std::to_string(e.sources),
                                                std::to_string(e.confidence),
                                                e.why}));
  ANNALIST_TRY(now, current(*db_, "merged_events", e.uid));
  if (now.id == 0 || now.digest != digest) {
    if (now.id) ANNALIST_CHECK(close_row(*db_, "merged_events", now.id, revision_));
    ANNALIST_TRY(place, place_id(e.place));
    ANNALIST_TRY(
        s, db_->prepare(
               "INSERT INTO merged_events (uid, type, status, contested, date_from, date_to, date_precision, "
               "place, country, lat, lon, place_precision, "
               "actors, targets, deaths_low, deaths_best, deaths_high, injured_low, injured_best, "
               "injured_high, mentions, reports, sources, confidence, "
               "why, digest, recorded_from) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
    s.text(e.uid)
        .text(e.type)
        .text(e.status)
        .integer(e.contested)
        .text_or_null(e.date_from)
        .text_or_null(e.date_to);
    s.text_or_null(e.date_precision).id_or_null(place).text_or_null(e.country);
    if (e.located)
      s.real(e.lat).real(e.lon);
    else
      s.null().null();
    s.text_or_null(e.place_precision).text_or_null(e.actors).text_or_null(e.targets);
    for (const Count& c : {e.deaths, e.injured}) s.count(c.low).count(c.best).count(c.high);
    s.integer(e.mentions).integer(e.reports).integer(e.sources).real(e.confidence).text_or_null(e.why);
    ANNALIST_CHECK(s.integer(digest).integer(revision_).run());
  }
  return put_members(kMerged.name, e.uid, e.members);
}

Status Findings::put(const Story& e) {
  const std::int64_t digest = digest_of(joined({e.title, e.date_from, e.date_to, e.countries, e.actors, e.why,
                                                std::to_string(e.reports), std::to_string(e.sources)}));
  ANNALIST_TRY(now, current(*db_, "stories", e.uid));
  if (now.id == 0 || now.digest != digest) {
    if (now.id) ANNALIST_CHECK(close_row(*db_, "stories", now.id, revision_));
    ANNALIST_TRY(s, db_->prepare("INSERT INTO stories (uid, title, date_from, date_to, countries, actors, "
                                 "reports, sources, why, digest, "
                                 "recorded_from) VALUES (?,?,?,?,?,?,?,?,?,?,?)"));
    s.text(e.uid)
        .text_or_null(e.title)
        .text_or_null(e.date_from)
        .text_or_null(e.date_to)
        .text_or_null(e.countries)
        .text_or_null(e.actors);
    ANNALIST_CHECK(
        s.integer(e.reports).integer(e.sources).text_or_null(e.why).integer(digest).integer(revision_).run());
  }
  return put_members(kStory.name, e.uid, e.members);
}

Status Findings::put(const State& e) {
  const std::int64_t digest = digest_of(joined(
      {e.attribute, e.place, e.a, e.a_name, e.b, e.b_name, e.valid_from, e.valid_to, e.from_precision,
       e.to_precision, e.status, e.contested ? "1" : "0", std::to_string(e.confidence), e.last_evidence,
       e.why, "2"}));  // of the form of the row: 1 knew no holder without a row of its own
  ANNALIST_TRY(now, current(*db_, "states", e.uid));
  if (now.id == 0 || now.digest != digest) {
    if (now.id) ANNALIST_CHECK(close_row(*db_, "states", now.id, revision_));
    ANNALIST_TRY(place, place_id(e.place));
    ANNALIST_TRY(a, actor_id(e.a, e.a_name));
    ANNALIST_TRY(b, actor_id(e.b, e.b_name));
    ANNALIST_TRY(
        s,
        db_->prepare(
            "INSERT INTO states (uid, attribute, place, a, a_name, b, b_name, valid_from, valid_to, "
            "from_precision, "
            "to_precision, status, contested, confidence, last_evidence, why, digest, recorded_from) VALUES "
            "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
    s.text(e.uid)
        .text(e.attribute)
        .id_or_null(place)
        .id_or_null(a)
        .text_or_null(e.a_name)
        .id_or_null(b)
        .text_or_null(e.b_name);
    s.text_or_null(e.valid_from)
        .text_or_null(e.valid_to)
        .text_or_null(e.from_precision)
        .text_or_null(e.to_precision)
        .text(e.status);
    s.integer(e.contested).real(e.confidence).text_or_null(e.last_evidence).text_or_null(e.why);
    ANNALIST_CHECK(s.integer(digest).integer(revision_).run());
  }
  return put_members(kState.name, e.uid, e.members);
}

Status Findings::close(std::string_view uid, std::string_view target) {
  const std::string table = table_of(uid);
  const MemberTable& t = uid.starts_with('m') ? kMerged : uid.starts_with('s') ? kStory : kState;
  ANNALIST_TRY(now, current(*db_, table, uid));
  if (now.id) ANNALIST_CHECK(close_row(*db_, table, now.id, revision_));
  ANNALIST_TRY(members, db_->prepare("UPDATE " + t.name + " SET recorded_to = ? WHERE " + t.owner +
                                     " = ? AND recorded_to IS NULL"));
  ANNALIST_CHECK(members.integer(revision_).text(uid).run());
  if (target.empty() || target == uid) return {};
  ANNALIST_TRY(
      s, db_->prepare("INSERT OR REPLACE INTO redirects (uid, target, recorded_from) VALUES (?, ?, ?)"));
  return s.text(uid).text(target).integer(revision_).run();
}

Result<std::string> Findings::resolve(std::string_view uid) {
  std::string at(uid);
  for (int hops = 0; hops < 64; ++hops) {
    // What is found again after it led elsewhere leads there no longer.
    ANNALIST_TRY(now, current(*db_, table_of(at), at));
    if (now.id) return at;
    ANNALIST_TRY(
        s, db_->prepare("SELECT target FROM redirects WHERE uid = ? ORDER BY recorded_from DESC LIMIT 1"));
    s.text(at);
    ANNALIST_TRY(row, s.step());
    if (!row) return at;
    at = s.str(0);
  }
  return fail("the redirects of '" + std::string(uid) + "' go in a circle", db_->path());
}

namespace {

Count count_of(const Statement& s, int c) {
  return {std::int32_t(s.count_at(c)), std::int32_t(s.count_at(c + 1)), std::int32_t(s.count_at(c + 2))};
}

Result<std::vector<MergedEvent>> read_merged(Db& db, std::int64_t as_of, std::string_view uid) {
  ANNALIST_TRY(s, db.prepare("SELECT m.uid, m.type, m.status, m.contested, m.date_from, m.date_to, "
                             "m.date_precision, p.uid, m.country, m.lat, m.lon, "
                             "m.place_precision, m.actors, m.targets, m.deaths_low, m.deaths_best, "
                             "m.deaths_high, m.injured_low, m.injured_best, "
                             "m.injured_high, m.mentions, m.reports, m.sources, m.confidence, m.why FROM "
                             "merged_events m LEFT JOIN places p ON p.id "
                             "= m.place WHERE" +
                             as_of_condition("m") + "AND (?2 = '' OR m.uid = ?2) ORDER BY m.uid"));
  s.integer(as_of).text(uid);
  std::vector<MergedEvent> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) break;
    MergedEvent e;
    e.uid = s.str(0), e.type = s.str(1), e.status = s.str(2);
    e.contested = s.num(3) != 0;
    e.date_from = s.str(4), e.date_to = s.str(5), e.date_precision = s.str(6), e.place = s.str(7),
    e.country = s.str(8);
    e.located = !s.is_null(9);
    e.lat = s.real_at(9), e.lon = s.real_at(10);
    e.place_precision = s.str(11), e.actors = s.str(12), e.targets = s.str(13);
    e.deaths = count_of(s, 14), e.injured = count_of(s, 17);
    e.mentions = s.num(20), e.reports = s.num(21), e.sources = s.num(22);
    e.confidence = s.real_at(23);
    e.why = s.str(24);
    out.push_back(std::move(e));
  }
  for (MergedEvent& e : out) {
    ANNALIST_TRY(members, members_of(db, kMerged, e.uid, as_of));
    e.members = std::move(members);
  }
  return out;
}

Result<std::vector<Story>> read_stories(Db& db, std::int64_t as_of, std::string_view uid) {
  ANNALIST_TRY(s, db.prepare("SELECT uid, title, date_from, date_to, countries, actors, reports, sources, "
                             "why FROM stories WHERE" +
                             as_of_condition("stories") + "AND (?2 = '' OR uid = ?2) ORDER BY uid"));
  s.integer(as_of).text(uid);
  std::vector<Story> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) break;
    Story e;
    e.uid = s.str(0), e.title = s.str(1), e.date_from = s.str(2), e.date_to = s.str(3),
    e.countries = s.str(4), e.actors = s.str(5);
    e.reports = s.num(6), e.sources = s.num(7);
    e.why = s.str(8);
    out.push_back(std::move(e));
  }
  for (Story& e : out) {
    ANNALIST_TRY(members, members_of(db, kStory, e.uid, as_of));
    e.members = std::move(members);
  }
  return out;
}

const std::string kStateColumns =
    "SELECT h.uid, h.attribute, p.uid, a.uid, h.a_name, b.uid, h.b_name, h.valid_from, h.valid_to, "
    "h.from_precision, h.to_precision, h.status, "
    "h.contested, h.confidence, h.last_evidence, h.why, h.recorded_from, coalesce(h.recorded_to, 0) FROM "
    "states h LEFT JOIN places p ON "
    "p.id = h.place LEFT JOIN actors a ON a.id = h.a LEFT JOIN actors b ON b.id = h.b WHERE";

Result<std::vector<State>> read_states(Db& db, Statement& s, std::int64_t as_of) {
  std::vector<State> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) break;
    State e;
    int c = 0;
    for (std::string* f : {&e.uid, &e.attribute, &e.place, &e.a, &e.a_name, &e.b, &e.b_name, &e.valid_from,
                           &e.valid_to, &e.from_precision, &e.to_precision, &e.status})
      *f = s.str(c++);
    e.contested = s.num(c++) != 0;
    e.confidence = s.real_at(c++);
    e.last_evidence = s.str(c++);
    e.why = s.str(c++);
    e.recorded_from = s.num(c++);
    e.recorded_to = s.num(c++);
    out.push_back(std::move(e));
  }
  for (State& e : out) {
    ANNALIST_TRY(members, members_of(db, kState, e.uid, as_of));
    e.members = std::move(members);
  }
  return out;
}

}  // namespace

Result<MergedEvent> Findings::merged(std::string_view uid, std::int64_t as_of) {
  ANNALIST_TRY(all, read_merged(*db_, as_of, uid));
  if (all.empty()) return fail("no merged event is called '" + std::string(uid) + "'", db_->path());
  return std::move(all[0]);
}

Result<Story> Findings::story(std::string_view uid, std::int64_t as_of) {
  ANNALIST_TRY(all, read_stories(*db_, as_of, uid));
  if (all.empty()) return fail("no story is called '" + std::string(uid) + "'", db_->path());
  return std::move(all[0]);
}

Result<State> Findings::state(std::string_view uid, std::int64_t as_of) {
  ANNALIST_TRY(s, db_->prepare(kStateColumns + as_of_condition("h") + "AND h.uid = ?2"));
  s.integer(as_of).text(uid);
  ANNALIST_TRY(all, read_states(*db_, s, as_of));
  if (all.empty()) return fail("no state is called '" + std::string(uid) + "'", db_->path());
  return std::move(all[0]);
}

Result<std::vector<MergedEvent>> Findings::all_merged(std::int64_t as_of) {
  return read_merged(*db_, as_of, {});
}
Result<std::vector<Story>> Findings::all_stories(std::int64_t as_of) { return read_stories(*db_, as_of, {}); }

Result<std::vector<State>> Findings::states(const StateFilter& filter) {
  std::string sql = kStateColumns + as_of_condition("h");
  std::vector<std::string> bound;
  const auto any_of = [&](const std::string& column, const std::vector<std::string>& values) {
    if (values.empty()) return;
    sql += " AND " + column + " IN (";
    for (std::size_t i = 0; i < values.size(); ++i) {
      sql += (i ? ",?" : "?") + std::to_string(bound.size() + 2);
      bound.push_back(values[i]);
    }
    sql += ")";
  };
  any_of("h.attribute", filter.attributes);
  any_of("p.uid", filter.places);
  any_of("p.country", filter.countries);
  if (!filter.actors.empty()) {
    std::string list;
    for (const std::string& a : filter.actors) {
      bound.push_back(a);
      list += (list.empty() ? "?" : ",?") + std::to_string(bound.size() + 1);
    }
    sql += " AND (a.uid IN (" + list + ") OR b.uid IN (" + list + "))";
  }
  if (!filter.valid_at.empty()) {
    bound.push_back(filter.valid_at);
    const std::string day = "?" + std::to_string(bound.size() + 1);
    sql += " AND (h.valid_from IS NULL OR h.valid_from <= " + day +
           ") AND (h.valid_to IS NULL OR h.valid_to > " + day + ")";
  }
  sql += " ORDER BY h.attribute, p.uid, a.uid, b.uid, h.valid_from, h.uid";
  ANNALIST_TRY(s, db_->prepare_once(sql));
  s.integer(filter.as_of);
  for (const std::string& v : bound) s.text(v);
  return read_states(*db_, s, filter.as_of);
}

Result<std::string> Findings::merged_of(std::string_view event_uid) {
  ANNALIST_TRY(
      s, db_->prepare("SELECT merged FROM merged_members WHERE event = ? AND recorded_to IS NULL LIMIT 1"));
  s.text(event_uid);
  ANNALIST_TRY(row, s.step());
  return row ? std::string(s.str(0)) : std::string();
}

Result<std::string> Findings::story_of(std::string_view document_uid) {
  ANNALIST_TRY(
      s,
      db_->prepare("SELECT story FROM story_documents WHERE document = ? AND recorded_to IS NULL LIMIT 1"));
  s.text(document_uid);
  ANNALIST_TRY(row, s.step());
  return row ? std::string(s.str(0)) : std::string();
}

}  // namespace annalist::store
