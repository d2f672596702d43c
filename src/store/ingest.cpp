// Writing one report: documents, text, coding and all rows, in one transaction.
#include <algorithm>
#include <map>

#include "base/strings.h"
#include "store/parts.h"

namespace annalist {
namespace {

using namespace store;

/// What is stored of a report now.
struct Stored {
  std::int64_t id = 0, digest = 0, retracted = 0;
};

class Writer {
 public:
  Writer(Store::Parts& parts, const Document& doc, const DocumentRows& rows)
      : parts_(parts), db_(*parts.db), doc_(doc), rows_(rows) {}

  /// Everything of a report that is new.
  Status add(const EngineInfo& engine, std::string_view json, std::int64_t revision) {
    revision_ = revision;
    ANNALIST_TRY(engine_id, engine_row(engine));
    ANNALIST_CHECK(document_row(engine_id));
    ANNALIST_CHECK(alias());
    ANNALIST_CHECK(words());
    ANNALIST_CHECK(coding(engine_id, json));
    std::vector<bool> all_events(rows_.events.size(), true), all_claims(rows_.claims.size(), true);
    return layers(all_events, all_claims);
  }

  /// Another coding of a report that is there: closes what is gone or different, writes what is new.
  Status recode(const Stored& stored, const EngineInfo& engine, std::string_view json,
                std::int64_t revision) {
    revision_ = revision;
    document_ = stored.id;
    ANNALIST_TRY(engine_id, engine_row(engine));
    ANNALIST_TRY(events, current("events"));
    ANNALIST_TRY(claims, current("claims"));
    std::vector<bool> new_events(rows_.events.size(), true), new_claims(rows_.claims.size(), true);
    event_ids_.assign(rows_.events.size(), 0);
    claim_ids_.assign(rows_.claims.size(), 0);
    for (std::size_t i = 0; i < rows_.events.size(); ++i)
      if (const auto it = events.find(rows_.events[i].uid);
          it != events.end() && it->second.second == rows_.events[i].digest) {
        new_events[i] = false;
        event_ids_[i] = it->second.first;
        events.erase(it);
      }
    for (std::size_t i = 0; i < rows_.claims.size(); ++i)
      if (const auto it = claims.find(rows_.claims[i].uid);
          it != claims.end() && it->second.second == rows_.claims[i].digest) {
        new_claims[i] = false;
        claim_ids_[i] = it->second.first;
        claims.erase(it);
      }
    for (const auto& [uid, row] : events)
      ANNALIST_CHECK(close("UPDATE events SET recorded_to = ?2 WHERE id = ?1", row.first));
    for (const auto& [uid, row] : claims)
      ANNALIST_CHECK(close("UPDATE claims SET recorded_to = ?2 WHERE id = ?1", row.first));
    for (const char* sql :
         {"UPDATE codings SET recorded_to = ?2 WHERE document = ?1 AND recorded_to IS NULL",
          "UPDATE conflicts SET recorded_to = ?2 WHERE document = ?1 AND recorded_to IS NULL",
          "UPDATE relations SET recorded_to = ?2 WHERE document = ?1 AND recorded_to IS NULL",
          "UPDATE controls SET recorded_to = ?2 WHERE document = ?1 AND recorded_to IS NULL"})
      ANNALIST_CHECK(close(sql, document_));
    ANNALIST_CHECK(coding(engine_id, json));
    ANNALIST_CHECK(layers(new_events, new_claims));
    ANNALIST_TRY(
        update,
        db_.prepare("UPDATE documents SET engine = ?, events = ?, claims = ?, digest = ? WHERE id = ?"));
    return update.integer(engine_id)
        .integer(std::int64_t(rows_.events.size()))
        .integer(std::int64_t(rows_.claims.size()))
        .integer(rows_.digest)
        .integer(document_)
        .run();
  }

  Status add_alias(const Stored& stored, std::int64_t revision) {
    revision_ = revision;
    document_ = stored.id;
    return alias();
  }

  /// uid -> (row, digest) of what is current.
  Result<std::map<std::string, std::pair<std::int64_t, std::int64_t>>> current(const std::string& table) {
    ANNALIST_TRY(find, db_.prepare("SELECT uid, id, digest FROM " + table +
                                   " WHERE document = ? AND recorded_to IS NULL"));
    find.integer(document_);
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> out;
    while (true) {
      ANNALIST_TRY(row, find.step());
      if (!row) return out;
      out.emplace(find.str(0), std::pair{find.num(1), find.num(2)});
    }
  }

 private:
  Status close(std::string_view sql, std::int64_t id) {
    ANNALIST_TRY(update, db_.prepare(sql));
    return update.integer(id).integer(revision_).run();
  }

  Result<std::int64_t> engine_row(const EngineInfo& e) {
    const std::string key = e.version + "\n" + e.model + "\n" + e.codebook + "\n" + e.gazetteer;
    if (const auto it = parts_.engine_ids.find(key); it != parts_.engine_ids.end()) return it->second;
    ANNALIST_TRY(insert,
                 db_.prepare("INSERT INTO engines (version, model, codebook, gazetteer) VALUES (?, ?, ?, ?) "
                             "ON CONFLICT DO UPDATE SET version = excluded.version RETURNING id"));
    insert.text(e.version).text(e.model).text(e.codebook).text(e.gazetteer);
    ANNALIST_TRY(row, insert.step());
    if (!row) return fail("the engine could not be noted", db_.path());
    return parts_.engine_ids[key] = insert.num(0);
  }

  Status document_row(std::int64_t engine_id) {
    ANNALIST_TRY(insert,
                 db_.prepare("INSERT INTO documents (uid, sha256, given_id, url, canonical_url, host, site, "
                             "headline, authors, agency, "
                             "dateline_place, dateline_date, published, published_date, published_precision, "
                             "published_source, updated, "
                             "language, kind, characters, engine, events, claims, digest, recorded_from) "
                             "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
    const PageInfo& p = doc_.page();
    insert.text(rows_.uid).text(rows_.sha256).text_or_null(rows_.given_id).text_or_null(p.url);
    insert.text_or_null(p.canonical_url)
        .text_or_null(rows_.host)
        .text_or_null(p.site)
        .text_or_null(p.headline);
    insert.text_or_null(rows_.authors).text_or_null(p.agency).text_or_null(p.dateline.place);
    insert.text_or_null(p.dateline.date.iso())
        .text_or_null(p.published.value)
        .text_or_null(rows_.published_date);
    if (p.published.value.empty())
      insert.null().null();
    else
      insert.text(name_of(p.published.precision)).text(name_of(p.published.source));
    insert.text_or_null(p.updated.value)
        .text_or_null(p.language)
        .text(name_of(p.kind))
        .integer(rows_.characters);
    insert.integer(engine_id)
        .integer(std::int64_t(rows_.events.size()))
        .integer(std::int64_t(rows_.claims.size()));
    ANNALIST_CHECK(insert.integer(rows_.digest).integer(revision_).run());
    document_ = db_.last_id();
    return {};
  }

  Status alias() {
    ANNALIST_TRY(insert, db_.prepare("INSERT OR IGNORE INTO document_ids (given_id, document, url, "
                                     "recorded_from) VALUES (?, ?, ?, ?)"));
    return insert.text(rows_.given_id)
        .integer(document_)
        .text_or_null(doc_.page().url)
        .integer(revision_)
        .run();
  }

  Status words() {
    ANNALIST_TRY(text, db_.prepare("INSERT INTO texts (document, headline, text) VALUES (?, ?, ?)"));
    ANNALIST_CHECK(text.integer(document_).text_or_null(doc_.page().headline).text(doc_.text()).run());
    ANNALIST_TRY(index, db_.prepare("INSERT INTO document_search (rowid, headline, text) VALUES (?, ?, ?)"));
    return index.integer(document_).text_or_null(doc_.page().headline).text(doc_.text()).run();
  }

  Status coding(std::int64_t engine_id, std::string_view json) {
    ANNALIST_TRY(
        insert,
        db_.prepare(
            "INSERT INTO codings (document, engine, digest, json, recorded_from) VALUES (?, ?, ?, ?, ?)"));
    return insert.integer(document_)
        .integer(engine_id)
        .integer(rows_.digest)
        .blob(parts_.zip(json))
        .integer(revision_)
        .run();
  }

  // ---- actors and places -----------------------------------------------------------------------------

  // Looked up and then written, not upserted: an upsert that fires a trigger or returns a row opens a
  // savepoint, and with each savepoint FTS5 writes out what it has gathered so far.
  Result<std::int64_t> actor_row(const ActorRow& a) {
    {
      ANNALIST_TRY(find, db_.prepare("SELECT id, name, kind, coalesce(country, ''), coalesce(cameo, ''), "
                                     "coalesce(ucdp, ''), coalesce(wikidata, '') FROM actors WHERE uid = ?"));
      find.text(a.uid);
      ANNALIST_TRY(row, find.step());
      if (row) {
        const bool named = a.name != a.uid;
        const auto news = [&](const std::string& now, int column) {
          return !now.empty() && now != find.str(column);
        };
        const std::int64_t id = find.num(0);
        if ((!named || (a.name == find.str(1) && a.kind == find.str(2) && a.country == find.str(3))) &&
            !news(a.cameo, 4) && !news(a.ucdp, 5) && !news(a.wikidata, 6))
          return id;
        ANNALIST_TRY(update, db_.prepare("UPDATE actors SET name = ?, kind = ?, country = ?, cameo = "
                                         "coalesce(?, cameo), ucdp = coalesce(?, ucdp), wikidata = "
                                         "coalesce(?, wikidata) WHERE id = ?"));
        update.text(named ? a.name : find.str(1)).text(named ? a.kind : find.str(2));
        update.text_or_null(named ? a.country : find.str(3));
        update.text_or_null(a.cameo).text_or_null(a.ucdp).text_or_null(a.wikidata).integer(id);
        ANNALIST_CHECK(update.run());
        return id;
      }
    }
    ANNALIST_TRY(insert, db_.prepare("INSERT INTO actors (uid, name, kind, country, cameo, ucdp, wikidata, "
                                     "listed) VALUES (?,?,?,?,?,?,?,?)"));
    insert.text(a.uid).text(a.name).text(a.kind).text_or_null(a.country).text_or_null(a.cameo);
    ANNALIST_CHECK(insert.text_or_null(a.ucdp).text_or_null(a.wikidata).integer(a.listed).run());
    return db_.last_id();
  }

  Result<std::int64_t> place_row(const PlaceRow& p) {
    {
      ANNALIST_TRY(find, db_.prepare("SELECT id FROM places WHERE uid = ?"));
      find.text(p.uid);
      ANNALIST_TRY(row, find.step());
      if (row) return find.num(0);
    }
    ANNALIST_TRY(insert, db_.prepare("INSERT INTO places (uid, name, feature, country, admin1, lat, lon) "
                                     "VALUES (?,?,?,?,?,?,?)"));
    insert.text(p.uid).text(p.name).text_or_null(p.feature).text_or_null(p.country).text_or_null(p.admin1);
    if (p.located)
      insert.real(p.lat).real(p.lon);
    else
      insert.null().null();
    ANNALIST_CHECK(insert.run());
    return db_.last_id();
  }

  Status actors_and_places() {
    actor_ids_.clear();
    for (const ActorRow& a : rows_.actors) {
      // An actor first met through its people bears its uid as name until a report names it: remembered only
      // under its real name, so that the name is still mended later.
      const bool lasting = a.name != a.uid || !a.listed;
      if (const auto it = parts_.actor_ids.find(a.uid); it != parts_.actor_ids.end()) {
        actor_ids_.push_back(it->second);
        continue;
      }
      ANNALIST_TRY(id, actor_row(a));
      actor_ids_.push_back(id);
      if (lasting) parts_.actor_ids.emplace(a.uid, id);
    }
    place_ids_.clear();
    for (const PlaceRow& p : rows_.places) {
      auto& known = parts_.place_ids[p.uid];
      if (known == 0) {
        ANNALIST_TRY(id, place_row(p));
        known = id;
      }
      place_ids_.push_back(known);
    }
    return {};
  }

  std::int64_t actor_id(int i) const { return i == kNoRow ? 0 : actor_ids_[std::size_t(i)]; }
  std::int64_t place_id(int i) const { return i == kNoRow ? 0 : place_ids_[std::size_t(i)]; }

  // ---- events, claims and what hangs on them ----------------------------------------------------------

  Status layers(const std::vector<bool>& new_events, const std::vector<bool>& new_claims) {
    ANNALIST_CHECK(actors_and_places());
    event_ids_.resize(rows_.events.size());
    claim_ids_.resize(rows_.claims.size());
    for (std::size_t i = 0; i < rows_.events.size(); ++i)
      if (new_events[i]) ANNALIST_CHECK(event(i));
    for (std::size_t i = 0; i < rows_.claims.size(); ++i)
      if (new_claims[i]) ANNALIST_CHECK(claim(i));
    for (std::size_t i = 0; i < rows_.claims.size(); ++i)
      for (const int e : rows_.claims[i].events)
        if (new_claims[i] || new_events[std::size_t(e)]) {
          ANNALIST_TRY(insert,
                       db_.prepare("INSERT OR IGNORE INTO event_claims (event, claim) VALUES (?, ?)"));
          ANNALIST_CHECK(insert.integer(event_ids_[std::size_t(e)]).integer(claim_ids_[i]).run());
        }
    for (const ConflictRow& c : rows_.conflicts) ANNALIST_CHECK(conflict(c));
    for (const RelationRow& r : rows_.relations) ANNALIST_CHECK(relation(r));
    for (const ControlRow& c : rows_.controls) ANNALIST_CHECK(control(c));
    return {};
  }

  static void range_or_null(Statement& s, TextRange r) {
    if (r.empty())
      s.null().null();
    else
      s.integer(r.start).integer(r.end);
  }

  Status event(std::size_t i) {
    const EventRow& e = rows_.events[i];
    const PlaceRow* place = e.place == kNoRow ? nullptr : &rows_.places[std::size_t(e.place)];
    {
      ANNALIST_TRY(
          s,
          db_.prepare(
              "INSERT INTO events (uid, document, local, type, status, main, contested, date, date_from, "
              "date_to, "
              "date_precision, place, place_name, admin1, country, lat, lon, place_precision, cell, actors, "
              "targets, "
              "deaths_low, deaths_best, deaths_high, injured_low, injured_best, injured_high, abducted_low, "
              "abducted_best, "
              "abducted_high, plover_type, plover_mode, plover_contexts, cameo, acled_type, acled_sub_type, "
              "trigger_start, "
              "trigger_end, sentence, sentence_start, sentence_end, confidence, rules, digest, "
              "recorded_from) "
              "VALUES "
              "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
      s.text(e.uid).integer(document_).text(e.local).text(e.type).text(e.status).integer(e.main).integer(
          e.contested);
      s.text(e.date).text_or_null(e.date_from).text_or_null(e.date_to).text(e.date_precision);
      s.id_or_null(place_id(e.place));
      if (place) {
        s.text(place->name).text_or_null(place->admin1).text_or_null(place->country);
      } else {
        s.null().null().null();
      }
      if (place && place->located)
        s.real(place->lat)
            .real(place->lon)
            .text_or_null(e.place_precision)
            .integer(cell_of(place->lat, place->lon));
      else
        s.null().null().null().null();
      s.text_or_null(e.actor_names).text_or_null(e.target_names);
      for (const Count& c : {e.deaths, e.injured, e.abducted}) s.count(c.low).count(c.best).count(c.high);
      s.text_or_null(e.plover_type)
          .text_or_null(e.plover_mode)
          .text_or_null(e.plover_contexts)
          .text_or_null(e.cameo);
      s.text_or_null(e.acled_type).text_or_null(e.acled_sub_type);
      range_or_null(s, e.trigger);
      s.id_or_null(e.sentence_number);
      range_or_null(s, e.sentence);
      ANNALIST_CHECK(
          s.real(double(e.confidence)).text_or_null(e.rules).integer(e.digest).integer(revision_).run());
    }
    const std::int64_t id = event_ids_[i] = db_.last_id();
    int position = 0;
    for (const EventActorRow& a : e.actors) {
      ANNALIST_TRY(
          s, db_.prepare(
                 "INSERT INTO event_actors (event, position, role, actor, side, name, date, start, \"end\") "
                 "VALUES (?,?,?,?,?,?,?,?,?)"));
      s.integer(id)
          .integer(position++)
          .text(a.role)
          .id_or_null(actor_id(a.actor))
          .id_or_null(actor_id(a.side));
      s.text(a.name).text_or_null(e.date);
      range_or_null(s, a.at);
      ANNALIST_CHECK(s.run());
    }
    position = 0;
    for (const EventPlaceRow& p : e.places) {
      ANNALIST_TRY(s, db_.prepare("INSERT INTO event_places (event, position, role, place, start, \"end\") "
                                  "VALUES (?,?,?,?,?,?)"));
      s.integer(id).integer(position++).text(p.role).integer(place_id(p.place));
      range_or_null(s, p.at);
      ANNALIST_CHECK(s.run());
    }
    ANNALIST_CHECK(spans("event", id, e.spans));
    ANNALIST_TRY(index, db_.prepare("INSERT INTO event_search (rowid, words) VALUES (?, ?)"));
    return index.integer(id).text(e.words).run();
  }

  Status spans(std::string_view kind, std::int64_t owner, const std::vector<SpanRow>& spans) {
    int position = 0;
    for (const SpanRow& span : spans) {
      ANNALIST_TRY(s, db_.prepare("INSERT INTO spans (kind, owner, position, role, start, \"end\", note) "
                                  "VALUES (?,?,?,?,?,?,?)"));
      s.text(kind)
          .integer(owner)
          .integer(position++)
          .text(span.role)
          .integer(span.at.start)
          .integer(span.at.end);
      ANNALIST_CHECK(s.text_or_null(span.note).run());
    }
    return {};
  }

  Status claim(std::size_t i) {
    const ClaimRow& c = rows_.claims[i];
    {
      ANNALIST_TRY(
          s, db_.prepare("INSERT INTO claims (uid, document, local, source, source_name, source_kind, "
                         "source_start, source_end, "
                         "cue_start, cue_end, form, stance, polarity, certainty, via, digest, recorded_from) "
                         "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
      s.text(c.uid)
          .integer(document_)
          .text(c.local)
          .id_or_null(actor_id(c.source))
          .text_or_null(c.source_name);
      s.text(c.source_kind);
      range_or_null(s, c.source_at);
      range_or_null(s, c.cue);
      s.text(c.form).text(c.stance).text(c.polarity).text(c.certainty);
      s.id_or_null(
          c.via == kNoRow || std::size_t(c.via) >= claim_ids_.size() ? 0 : claim_ids_[std::size_t(c.via)]);
      ANNALIST_CHECK(s.integer(c.digest).integer(revision_).run());
    }
    claim_ids_[i] = db_.last_id();
    return spans("claim", claim_ids_[i], c.spans);
  }

  Status conflict(const ConflictRow& c) {
    std::string claims;
    for (const int claim : c.claims)
      claims += (claims.empty() ? "" : " ") + rows_.claims[std::size_t(claim)].uid;
    ANNALIST_TRY(
        s, db_.prepare(
               "INSERT INTO conflicts (document, event, kind, claims, recorded_from) VALUES (?,?,?,?,?)"));
    return s.integer(document_)
        .id_or_null(c.event == kNoRow ? 0 : event_ids_[std::size_t(c.event)])
        .text(c.kind)
        .text(claims)
        .integer(revision_)
        .run();
  }

  Status relation(const RelationRow& r) {
    ANNALIST_TRY(s, db_.prepare("INSERT INTO relations (document, a, a_name, kind, b, b_name, start, "
                                "\"end\", date_from, date_to, "
                                "recorded_from) VALUES (?,?,?,?,?,?,?,?,?,?,?)"));
    s.integer(document_)
        .id_or_null(actor_id(r.a))
        .text(r.a_name)
        .text(r.kind)
        .id_or_null(actor_id(r.b))
        .text(r.b_name);
    range_or_null(s, r.at);
    return s.text_or_null(r.date_from).text_or_null(r.date_to).integer(revision_).run();
  }

  Status control(const ControlRow& c) {
    ANNALIST_TRY(s, db_.prepare("INSERT INTO controls (document, place, from_actor, from_name, to_actor, "
                                "to_name, date, how, event, "
                                "recorded_from) VALUES (?,?,?,?,?,?,?,?,?,?)"));
    s.integer(document_).id_or_null(place_id(c.place)).id_or_null(actor_id(c.from)).text_or_null(c.from_name);
    s.id_or_null(actor_id(c.to)).text_or_null(c.to_name).text_or_null(c.date).text(c.how);
    return s.id_or_null(c.event == kNoRow ? 0 : event_ids_[std::size_t(c.event)]).integer(revision_).run();
  }

  Store::Parts& parts_;
  Db& db_;
  const Document& doc_;
  const DocumentRows& rows_;
  std::int64_t document_ = 0, revision_ = 0;
  std::vector<std::int64_t> event_ids_, claim_ids_, actor_ids_, place_ids_;
};

Result<Stored> find_document(Db& db, std::string_view uid) {
  ANNALIST_TRY(find, db.prepare("SELECT id, digest, coalesce(retracted, 0) FROM documents WHERE uid = ?"));
  find.text(uid);
  ANNALIST_TRY(row, find.step());
  if (!row) return Stored{};
  return Stored{find.num(0), find.num(1), find.num(2)};
}

/// What a new coding changes: new, gone and changed events.
Result<std::vector<Store::Change>> difference(Db& db, std::int64_t document, const DocumentRows& rows) {
  ANNALIST_TRY(
      find, db.prepare(
                "SELECT uid, digest, local, type, status, coalesce(date_from, ''), coalesce(place_name, ''), "
                "coalesce(actors, ''), coalesce(targets, ''), coalesce(deaths_best, -1) FROM events "
                "WHERE document = ? AND recorded_to IS NULL ORDER BY id"));
  find.integer(document);
  std::map<std::string, const EventRow*> fresh;
  for (const EventRow& e : rows.events) fresh.emplace(e.uid, &e);
  std::vector<Store::Change> out;
  while (true) {
    ANNALIST_TRY(row, find.step());
    if (!row) break;
    const std::string uid(find.str(0));
    const auto it = fresh.find(uid);
    if (it == fresh.end()) {
      out.push_back({uid, std::string(find.str(2)), std::string(find.str(3)), "gone"});
      continue;
    }
    const EventRow& e = *it->second;
    if (e.digest != find.num(1)) {
      std::string what;
      const auto differs = [&](std::string_view name, std::string_view before, std::string_view now) {
        if (before != now)
          what += (what.empty() ? "" : ", ") + std::string(name) + " '" + std::string(before) + "' -> '" +
                  std::string(now) + "'";
      };
      differs("status", find.str(4), e.status);
      differs("date", find.str(5), e.date_from);
      differs("place", find.str(6), e.place == kNoRow ? "" : rows.places[std::size_t(e.place)].name);
      differs("actors", find.str(7), e.actor_names);
      differs("targets", find.str(8), e.target_names);
      differs("deaths", std::to_string(find.num(9)), std::to_string(e.deaths.best));
      out.push_back({uid, e.local, e.type, what.empty() ? "details" : what});
    }
    fresh.erase(it);
  }
  for (const EventRow& e : rows.events)
    if (fresh.contains(e.uid)) out.push_back({e.uid, e.local, e.type, "new"});
  return out;
}

Result<bool> alias_known(Db& db, std::int64_t document, std::string_view given_id) {
  ANNALIST_TRY(find, db.prepare("SELECT 1 FROM document_ids WHERE given_id = ? AND document = ?"));
  find.text(given_id).integer(document);
  return find.step();
}

Result<Store::Ingested> write(Store::Parts& parts, const Document& doc, const EngineInfo& engine,
                              std::string_view json) {
  Db& db = *parts.db;
  const DocumentRows rows = rows_of(doc);
  Store::Ingested out{Store::Outcome::added, rows.uid, rows.events.size(), rows.claims.size(), {}};
  Writer writer(parts, doc, rows);
  // Without a lock first: most repeated reports change nothing and need no writer's turn.
  ANNALIST_TRY(before, find_document(db, rows.uid));
  if (before.id && (before.digest == rows.digest || before.retracted)) {
    ANNALIST_TRY(known, alias_known(db, before.id, rows.given_id));
    out.outcome = before.retracted ? Store::Outcome::retracted : Store::Outcome::same;
    if (known) return out;
  }
  ANNALIST_TRY(work, Transaction::begin(db, true));
  ANNALIST_TRY(stored, find_document(db, rows.uid));
  if (!stored.id) {
    ANNALIST_TRY(revision, new_revision(db, parts.run, "ingest", rows.uid, {}));
    ANNALIST_CHECK(writer.add(engine, json, revision));
  } else if (stored.digest == rows.digest || stored.retracted) {
    out.outcome = stored.retracted ? Store::Outcome::retracted : Store::Outcome::alias;
    ANNALIST_TRY(revision, new_revision(db, parts.run, "alias", rows.uid, rows.given_id));
    ANNALIST_CHECK(writer.add_alias(stored, revision));
  } else {
    out.outcome = Store::Outcome::recoded;
    ANNALIST_TRY(changes, difference(db, stored.id, rows));
    out.changes = changes;
    ANNALIST_TRY(revision, new_revision(db, parts.run, "recode", rows.uid,
                                        std::to_string(changes.size()) + " events differ"));
    ANNALIST_CHECK(writer.recode(stored, engine, json, revision));
    ANNALIST_CHECK(reapply_verdicts(*parts.db, stored.id, parts.run));
    ANNALIST_CHECK(writer.add_alias(stored, revision));
  }
  ANNALIST_CHECK(work.commit());
  return out;
}

}  // namespace

Result<Store::Ingested> Store::ingest(const Document& doc, const EngineInfo& engine) {
  std::string json;
  write_json(doc, engine, kDefaultParts, json);
  return ingest(doc, engine, json);
}

Result<Store::Ingested> Store::ingest(const Document& doc, const EngineInfo& engine, std::string_view json) {
  auto out = write(*parts_, doc, engine, trim(json));
  if (!out) parts_->forget();
  return out;
}

Result<Store::Ingested> Store::ingest_json(std::string_view json, const std::string& where) {
  const auto read = read_json(json, where);
  if (!read) return std::unexpected(read.error());
  return ingest(read->document, read->engine, json);
}

Result<Store::Ingested> Store::compare(const Document& doc) {
  const DocumentRows rows = rows_of(doc);
  Ingested out{Outcome::added, rows.uid, rows.events.size(), rows.claims.size(), {}};
  ANNALIST_TRY(stored, find_document(*parts_->db, rows.uid));
  if (!stored.id) return out;
  out.outcome = stored.retracted               ? Outcome::retracted
                : stored.digest == rows.digest ? Outcome::same
                                               : Outcome::recoded;
  if (out.outcome != Outcome::recoded) return out;
  ANNALIST_TRY(changes, difference(*parts_->db, stored.id, rows));
  out.changes = changes;
  return out;
}

}  // namespace annalist
