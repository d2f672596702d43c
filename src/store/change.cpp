// Changing what is there: retraction, its undoing, and a person's verdict. Nothing is deleted: an event gets
// a new version, a report a tombstone.
#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "base/date.h"
#include "base/json.h"
#include "base/strings.h"
#include "store/parts.h"
#include "store/read.h"
#include "store/verdicts.h"

namespace annalist {

using namespace store;

namespace {

constexpr const char* kVersioned[] = {"uid",
                                      "document",
                                      "local",
                                      "type",
                                      "status",
                                      "main",
                                      "contested",
                                      "date",
                                      "date_from",
                                      "date_to",
                                      "date_precision",
                                      "place",
                                      "place_name",
                                      "admin1",
                                      "country",
                                      "lat",
                                      "lon",
                                      "place_precision",
                                      "cell",
                                      "actors",
                                      "targets",
                                      "deaths_low",
                                      "deaths_best",
                                      "deaths_high",
                                      "injured_low",
                                      "injured_best",
                                      "injured_high",
                                      "abducted_low",
                                      "abducted_best",
                                      "abducted_high",
                                      "plover_type",
                                      "plover_mode",
                                      "plover_contexts",
                                      "cameo",
                                      "acled_type",
                                      "acled_sub_type",
                                      "trigger_start",
                                      "trigger_end",
                                      "sentence",
                                      "sentence_start",
                                      "sentence_end",
                                      "confidence",
                                      "rules",
                                      "review",
                                      "edited",
                                      "digest"};

/// What a person may change, and how its value must look.
enum class Kind { word, day, number, degrees };
struct Field {
  std::string_view name;
  Kind kind;
};
constexpr Field kEditable[] = {
    {"type", Kind::word},           {"status", Kind::word},         {"date_from", Kind::day},
    {"date_to", Kind::day},         {"date_precision", Kind::word}, {"place_name", Kind::word},
    {"admin1", Kind::word},         {"country", Kind::word},        {"place_precision", Kind::word},
    {"lat", Kind::degrees},         {"lon", Kind::degrees},         {"actors", Kind::word},
    {"targets", Kind::word},        {"deaths_low", Kind::number},   {"deaths_best", Kind::number},
    {"deaths_high", Kind::number},  {"injured_low", Kind::number},  {"injured_best", Kind::number},
    {"injured_high", Kind::number}, {"cameo", Kind::word},          {"plover_type", Kind::word},
    {"plover_mode", Kind::word},    {"acled_type", Kind::word},     {"acled_sub_type", Kind::word}};

using Fields = std::vector<std::pair<std::string, std::string>>;

Status check_fields(const Fields& fields) {
  for (const auto& [name, value] : fields) {
    const auto* f = std::ranges::find(kEditable, std::string_view(name), &Field::name);
    if (f == std::end(kEditable)) {
      std::string known;
      for (const Field& k : kEditable) known += (known.empty() ? "" : ", ") + std::string(k.name);
      return fail("'" + name + "' cannot be edited", {}, "editable: " + known);
    }
    if (value.empty()) continue;  // unknown from now on
    double v = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), v);
    const bool number = fault == std::errc() && end == value.data() + value.size();
    const bool good = f->kind == Kind::word  ? true
                      : f->kind == Kind::day ? value.size() == 10 && bool(Day::parse_iso(value))
                      : f->kind == Kind::number
                          ? number && v >= 0 && v == double(std::int64_t(v))
                          : number && v >= (name == "lat" ? -90 : -180) && v <= (name == "lat" ? 90 : 180);
    if (!good || ((name == "type" || name == "status") && value.empty()))
      return fail("'" + value + "' does not fit '" + name + "'", {},
                  "days as YYYY-MM-DD, counts as whole numbers, degrees as decimals");
    if (name == "status" && !from_name<EventStatus>(value))
      return fail("no status is called '" + value + "'");
  }
  return {};
}

/// Closes the row `current` and writes a copy of `id` (the same row, or an earlier version of it) with
/// `fields` changed. Its arguments, places, evidence and claims go along.
Result<std::int64_t> new_version(Db& db, std::int64_t current, std::int64_t id, const Fields& fields,
                                 std::int64_t revision) {
  {
    ANNALIST_TRY(close, db.prepare("UPDATE events SET recorded_to = ? WHERE id = ?"));
    ANNALIST_CHECK(close.integer(revision).integer(current).run());
  }
  std::string names, values;
  std::vector<std::string> bound;
  for (const char* column : kVersioned) {
    names += std::string(names.empty() ? "" : ", ") + column;
    const auto it = std::ranges::find(fields, std::string_view(column),
                                      [](const auto& f) { return std::string_view(f.first); });
    values += values.empty() ? "" : ", ";
    if (it == fields.end()) {
      values += column;
    } else {
      values += "nullif(?, '')";
      bound.push_back(it->second);
    }
  }
  {
    ANNALIST_TRY(copy, db.prepare_once("INSERT INTO events (" + names + ", recorded_from) SELECT " + values +
                                       ", ? FROM events WHERE id = ?"));
    for (const std::string& v : bound) copy.text(v);
    ANNALIST_CHECK(copy.integer(revision).integer(id).run());
  }
  const std::int64_t fresh = db.last_id();
  for (const char* sql :
       {"INSERT INTO event_actors SELECT ?1, position, role, actor, side, name, (SELECT date FROM events "
        "WHERE id = ?1), start, \"end\" "
        "FROM event_actors WHERE event = ?2",
        "INSERT INTO event_places SELECT ?1, position, role, place, start, \"end\" FROM event_places WHERE "
        "event = ?2",
        "INSERT INTO spans SELECT kind, ?1, position, role, start, \"end\", note FROM spans WHERE kind = "
        "'event' AND owner = ?2",
        "INSERT INTO event_claims SELECT ?1, claim FROM event_claims WHERE event = ?2",
        "INSERT INTO event_search (rowid, words) SELECT ?1, coalesce(substr(t.text, e.sentence_start + 1, "
        "e.sentence_end - "
        "e.sentence_start), '') || char(10) || coalesce((SELECT group_concat(a.name || char(10) || "
        "coalesce(x.name, ''), char(10)) FROM "
        "event_actors a LEFT JOIN actors x ON x.id = a.actor AND x.listed WHERE a.event = e.id), '') || "
        "char(10) || "
        "coalesce(e.place_name, '') FROM events e JOIN texts t ON t.document = e.document WHERE e.id = ?1 "
        "AND ?2"}) {
    ANNALIST_TRY(s, db.prepare(sql));
    ANNALIST_CHECK(s.integer(fresh).integer(id).run());
  }
  for (const char* sql : {"UPDATE conflicts SET event = ?1 WHERE event = ?2",
                          "UPDATE controls SET event = ?1 WHERE event = ?2"}) {
    ANNALIST_TRY(s, db.prepare(sql));
    ANNALIST_CHECK(s.integer(fresh).integer(current).run());
  }
  if (std::ranges::any_of(fields, [](const auto& f) { return f.first == "lat" || f.first == "lon"; })) {
    ANNALIST_TRY(
        s, db.prepare("SELECT lat, lon FROM events WHERE id = ? AND lat IS NOT NULL AND lon IS NOT NULL"));
    s.integer(fresh);
    ANNALIST_TRY(row, s.step());
    ANNALIST_TRY(
        update,
        db.prepare(
            "UPDATE events SET lat = CAST(lat AS REAL), lon = CAST(lon AS REAL), cell = ? WHERE id = ?"));
    if (row)
      update.integer(cell_of(s.real_at(0), s.real_at(1)));
    else
      update.null();
    ANNALIST_CHECK(update.integer(fresh).run());
  }
  return fresh;
}

struct Found {
  std::int64_t id = 0;
  std::string review;
};
Result<Found> current_event(Db& db, std::string_view uid) {
  ANNALIST_TRY(
      s, db.prepare("SELECT id, coalesce(review, '') FROM events WHERE uid = ? AND recorded_to IS NULL"));
  s.text(uid);
  ANNALIST_TRY(row, s.step());
  if (!row) return fail("no current event is called '" + std::string(uid) + "'", db.path());
  return Found{s.num(0), std::string(s.str(1))};
}

Status tombstone(Db& db, std::string_view uid, std::string_view reason, std::string_view by,
                 std::int64_t revision) {
  ANNALIST_TRY(
      s, db.prepare("INSERT INTO tombstones (uid, reason, requested_by, revision) VALUES (?, ?, ?, ?)"));
  return s.text(uid).text(reason).text_or_null(by).integer(revision).run();
}

std::string as_json(const Fields& fields) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  for (const auto& [name, value] : fields) json.field_or_null(name, value);
  json.end_object();
  return out;
}

}  // namespace

Status Store::retract(std::string_view uid, std::string_view reason, std::string_view by) {
  Db& db = *parts_->db;
  if (reason.empty()) return fail("a retraction needs a reason", {}, "give one with --reason");
  if (uid.starts_with('e') && uid.size() == 21) {
    ANNALIST_TRY(work, Transaction::begin(db, true));
    ANNALIST_TRY(event, current_event(db, uid));
    if (event.review == "retracted") return fail("already retracted", std::string(uid));
    ANNALIST_TRY(revision, new_revision(db, parts_->run, "retract", uid, reason));
    ANNALIST_TRY(fresh, new_version(db, event.id, event.id, {{"review", "retracted"}}, revision));
    (void)fresh;
    ANNALIST_CHECK(tombstone(db, uid, reason, by, revision));
    return work.commit();
  }
  ANNALIST_TRY(found, document(uid));
  ANNALIST_TRY(work, Transaction::begin(db, true));
  ANNALIST_TRY(revision, new_revision(db, parts_->run, "retract", found.uid, reason));
  ANNALIST_TRY(update, db.prepare("UPDATE documents SET retracted = ? WHERE uid = ? AND retracted IS NULL"));
  ANNALIST_CHECK(update.integer(revision).text(found.uid).run());
  if (db.changes() == 0)
    return fail("already retracted", found.uid, "`annalist retract --restore` undoes it");
  ANNALIST_CHECK(tombstone(db, found.uid, reason, by, revision));
  return work.commit();
}

Status Store::restore(std::string_view uid, std::string_view by) {
  Db& db = *parts_->db;
  std::string name(uid);
  const bool is_event = uid.starts_with('e') && uid.size() == 21;
  if (!is_event) {
    ANNALIST_TRY(found, document(uid));
    name = found.uid;
  }
  ANNALIST_TRY(work, Transaction::begin(db, true));
  ANNALIST_TRY(revision, new_revision(db, parts_->run, "restore", name, by));
  if (is_event) {
    ANNALIST_TRY(event, current_event(db, uid));
    if (event.review != "retracted") return fail("not retracted", name);
    ANNALIST_TRY(fresh, new_version(db, event.id, event.id, {{"review", ""}}, revision));
    (void)fresh;
  } else {
    ANNALIST_TRY(update,
                 db.prepare("UPDATE documents SET retracted = NULL WHERE uid = ? AND retracted IS NOT NULL"));
    ANNALIST_CHECK(update.text(name).run());
    if (db.changes() == 0) return fail("not retracted", name);
  }
  ANNALIST_TRY(undo, db.prepare("UPDATE tombstones SET undone = ? WHERE uid = ? AND undone IS NULL"));
  ANNALIST_CHECK(undo.integer(revision).text(name).run());
  return work.commit();
}

namespace {

/// What stands after all verdicts on an event: the last decision and all corrections, less what was undone.
struct Standing {
  std::string decision;
  Fields fields;
  std::int64_t revision = 0;  // of the last verdict that stands
  Fields before;              // what its correction replaced
  std::size_t verdicts = 0;
};

Fields from_json(std::string_view json) {
  Fields out;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  const simdjson::padded_string bytes(json);
  if (json.empty() || parser.parse(bytes).get(object) != simdjson::SUCCESS) return out;
  for (const auto& [name, value] : object) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) text = {};  // null is empty
    out.emplace_back(std::string(name), std::string(text));
  }
  return out;
}

Result<Standing> standing(Db& db, std::string_view uid) {
  struct Verdict {
    std::string decision, before, after;
    std::int64_t revision;
  };
  std::vector<Verdict> stack;
  ANNALIST_TRY(
      s, db.prepare("SELECT decision, coalesce(before, ''), coalesce(after, ''), revision FROM reviews WHERE "
                    "target = ? AND other IS NULL ORDER BY id"));
  s.text(uid);
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) break;
    if (s.str(0) != "undone")
      stack.push_back({std::string(s.str(0)), std::string(s.str(1)), std::string(s.str(2)), s.num(3)});
    else if (!stack.empty())
      stack.pop_back();
  }
  Standing out;
  out.verdicts = stack.size();
  for (const Verdict& v : stack) {
    out.decision = v.decision;
    out.revision = v.revision;
    out.before = from_json(v.before);
    for (auto& [name, value] : from_json(v.after)) {
      std::erase_if(out.fields, [&](const auto& f) { return f.first == name; });
      out.fields.emplace_back(name, value);
    }
  }
  return out;
}

/// A corrected place by its name: the one of that name in the store, in the event's own country first; none:
/// no coordinates rather than those of another place.
Status relink_place(Db& db, std::int64_t event, Fields& changes) {
  const auto given = [&](std::string_view name) {
    return std::ranges::find(changes, name, [](const auto& f) { return std::string_view(f.first); });
  };
  const auto name = given("place_name");
  if (name == changes.end() || given("lat") != changes.end()) return {};
  ANNALIST_TRY(
      s, db.prepare(
             "SELECT p.id, coalesce(p.country, ''), coalesce(p.admin1, ''), p.lat, p.lon FROM places p "
             "JOIN events e ON e.id = ?1 WHERE p.name = ?2 COLLATE NOCASE ORDER BY (p.country IS e.country) "
             "DESC, p.lat IS NULL, p.id LIMIT 1"));
  s.integer(event).text(name->second);
  ANNALIST_TRY(row, s.step());
  const bool found = row && !s.is_null(3);
  const auto number = [&](int column) { return found ? std::to_string(s.real_at(column)) : std::string(); };
  const Fields linked = {{"place", row ? std::to_string(s.num(0)) : ""},
                         {"country", row ? std::string(s.str(1)) : ""},
                         {"admin1", row ? std::string(s.str(2)) : ""},
                         {"lat", number(3)},
                         {"lon", number(4)},
                         {"place_precision", found ? "exact" : ""}};
  for (const auto& f : linked)
    if (given(f.first) == changes.end()) changes.push_back(f);
  return {};
}

/// Corrected names of actors or targets replace the arguments of that role; a name that is known keeps its
/// actor.
Status relink_actors(Db& db, std::int64_t event, const Fields& changes) {
  for (const auto& [column, value] : changes) {
    if (column != "actors" && column != "targets") continue;
    const std::string role = column == "actors" ? "actor" : "target";
    std::int64_t position = 0;
    {
      ANNALIST_TRY(last,
                   db.prepare("SELECT coalesce(max(position), -1) + 1 FROM event_actors WHERE event = ?"));
      last.integer(event);
      ANNALIST_TRY(row, last.step());
      if (row) position = last.num(0);
    }
    {
      ANNALIST_TRY(gone, db.prepare("DELETE FROM event_actors WHERE event = ? AND role = ?"));
      ANNALIST_CHECK(gone.integer(event).text(role).run());
    }
    for (std::string_view name : split_list(value, ';')) {
      std::int64_t actor = 0;
      {
        ANNALIST_TRY(
            find,
            db.prepare("SELECT id FROM actors WHERE uid = ?1 OR name = ?1 COLLATE NOCASE ORDER BY listed "
                       "DESC, id LIMIT 1"));
        find.text(name);
        ANNALIST_TRY(row, find.step());
        if (row) actor = find.num(0);
      }
      ANNALIST_TRY(
          add, db.prepare("INSERT INTO event_actors (event, position, role, actor, side, name, date) VALUES "
                          "(?1, ?2, ?3, ?4, ?4, ?5, (SELECT date FROM events WHERE id = ?1))"));
      add.integer(event).integer(position++).text(role).id_or_null(actor).text(name);
      ANNALIST_CHECK(add.run());
    }
  }
  return {};
}

/// Writes the version of an event that a verdict makes.
Status apply(Db& db, std::int64_t event, const Fields& fields, const Fields& edited,
             std::string_view decision, std::int64_t revision) {
  Fields changes = fields;
  for (const auto& [name, value] : fields)
    if (name == "date_from" && !value.empty()) {
      changes.emplace_back("date", value);
      break;
    }
  ANNALIST_CHECK(relink_place(db, event, changes));
  if (!edited.empty()) changes.emplace_back("edited", as_json(edited));
  changes.emplace_back("review", decision);
  ANNALIST_TRY(fresh, new_version(db, event, event, changes, revision));
  return relink_actors(db, fresh, fields);
}

}  // namespace

namespace store {

Status reapply_verdicts(Db& db, std::int64_t document, std::int64_t run) {
  std::vector<std::pair<std::int64_t, std::string>> events;
  {
    ANNALIST_TRY(
        s, db.prepare("SELECT e.id, e.uid FROM events e WHERE e.document = ? AND e.recorded_to IS NULL AND "
                      "e.review IS NULL AND EXISTS (SELECT 1 FROM reviews r WHERE r.target = e.uid AND "
                      "r.other IS NULL)"));
    s.integer(document);
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) break;
      events.emplace_back(s.num(0), std::string(s.str(1)));
    }
  }
  for (const auto& [id, uid] : events) {
    ANNALIST_TRY(now, standing(db, uid));
    if (!now.verdicts) continue;
    ANNALIST_TRY(revision, new_revision(db, run, "review", uid, "again, after a recoding"));
    ANNALIST_CHECK(apply(db, id, now.fields, now.fields, now.decision, revision));
  }
  return {};
}

}  // namespace store

Status Store::review(const Verdict& verdict) {
  Db& db = *parts_->db;
  if (!verdict.other.empty() || verdict.decision == "apart" || verdict.decision == "same")
    return review_pair(db, verdict, parts_->run);
  constexpr std::string_view kDecisions[] = {"accepted", "rejected", "edited", "skipped", "undone"};
  if (std::ranges::find(kDecisions, verdict.decision) == std::end(kDecisions))
    return fail("no decision is called '" + verdict.decision + "'", {},
                "accepted, rejected, edited, skipped or undone; of two events apart, same or undone");
  if ((verdict.decision == "edited") != !verdict.fields.empty())
    return fail("'edited' needs the fields that change, and only 'edited' takes them");
  ANNALIST_CHECK(check_fields(verdict.fields));
  ANNALIST_TRY(work, Transaction::begin(db, true));
  ANNALIST_TRY(event, current_event(db, verdict.target));
  ANNALIST_TRY(now, standing(db, verdict.target));
  if (verdict.decision == "undone" && !now.verdicts)
    return fail("there is no verdict to undo", verdict.target);
  Fields before;
  for (const auto& [name, value] : verdict.fields) {
    ANNALIST_TRY(s, db.prepare_once("SELECT " + name + " FROM events WHERE id = ?"));
    s.integer(event.id);
    ANNALIST_TRY(row, s.step());
    before.emplace_back(name, row ? std::string(s.str(0)) : std::string());
  }
  ANNALIST_TRY(revision, new_revision(db, parts_->run, "review", verdict.target, verdict.decision));
  {
    ANNALIST_TRY(
        s,
        db.prepare("INSERT INTO reviews (target, decision, reviewer, note, before, after, revision) VALUES "
                   "(?,?,?,?,?,?,?)"));
    s.text(verdict.target).text(verdict.decision).text_or_null(verdict.reviewer).text_or_null(verdict.note);
    if (verdict.fields.empty())
      s.null().null();
    else
      s.text(as_json(before)).text(as_json(verdict.fields));
    ANNALIST_CHECK(s.integer(revision).run());
  }
  if (verdict.decision == "undone") {
    // The version before the verdict, if the report has not been coded anew since; else its old values.
    std::int64_t earlier = 0;
    {
      ANNALIST_TRY(
          s, db.prepare(
                 "SELECT v.id FROM events v JOIN events c ON c.id = ?1 AND c.digest = v.digest WHERE "
                 "v.uid = c.uid AND v.recorded_to = ?2 AND v.recorded_from < ?2 ORDER BY v.id DESC LIMIT 1"));
      s.integer(event.id).integer(now.revision);
      ANNALIST_TRY(row, s.step());
      if (row) earlier = s.num(0);
    }
    ANNALIST_TRY(left, standing(db, verdict.target));
    if (earlier) {
      ANNALIST_TRY(fresh, new_version(db, event.id, earlier, {}, revision));
      (void)fresh;
    } else {
      ANNALIST_CHECK(apply(db, event.id, now.before, left.fields, left.decision, revision));
    }
    return work.commit();
  }
  Fields edited = now.fields;
  for (const auto& f : verdict.fields) {
    std::erase_if(edited, [&](const auto& e) { return e.first == f.first; });
    edited.push_back(f);
  }
  ANNALIST_CHECK(apply(db, event.id, verdict.fields, edited, verdict.decision, revision));
  return work.commit();
}

}  // namespace annalist
