#include "store/json.h"

#include "base/strings.h"

namespace annalist::store {
namespace {

void range(JsonWriter& json, std::string_view key, TextRange r) {
  json.key(key);
  if (r.empty()) {
    json.null();
    return;
  }
  json.begin_object().field("start", r.start).field("end", r.end).end_object();
}

void count(JsonWriter& json, std::string_view key, const Count& c) {
  json.key(key);
  if (!c.known()) {
    json.null();
    return;
  }
  json.begin_object();
  for (const auto& [name, v] : {std::pair{"low", c.low}, {"best", c.best}, {"high", c.high}}) {
    json.key(name);
    if (v >= 0)
      json.number(v);
    else
      json.null();
  }
  json.end_object();
}

void actor_fields(JsonWriter& json, const ActorRecord& a) {
  json.field_or_null("id", a.uid).field_or_null("name", a.name).field_or_null("kind", a.kind);
  json.field_or_null("country", a.country).field_or_null("cameo", a.cameo).field_or_null("ucdp", a.ucdp);
  json.field_or_null("wikidata", a.wikidata).field("listed", a.listed);
}

void list(JsonWriter& json, std::string_view key, const std::vector<std::string>& values) {
  json.key(key).begin_array();
  for (const std::string& v : values) json.string(v);
  json.end_array();
}

void split_field(JsonWriter& json, std::string_view key, std::string_view joined, char separator) {
  json.key(key).begin_array();
  for (std::string_view v : split_list(joined, separator)) json.string(v);
  json.end_array();
}

void point(JsonWriter& json, bool located, double lat, double lon) {
  if (located)
    json.field("lat", float(lat)).field("lon", float(lon));
  else
    json.key("lat").null().key("lon").null();
}

void event_fields(JsonWriter& json, const EventRecord& e) {
  json.field("id", e.uid).field("document", e.document).field("local", e.local).field("type", e.type);
  json.field("status", e.status).field("contested", e.contested).field("main", e.main);
  json.field_or_null("date", e.date)
      .field_or_null("date_from", e.date_from)
      .field_or_null("date_to", e.date_to);
  json.field("date_precision", e.date_precision).key("place");
  if (e.place.name.empty()) {
    json.null();
  } else {
    const PlaceRecord& p = e.place;
    json.begin_object().field_or_null("id", p.uid).field("name", p.name).field_or_null("admin1", p.admin1);
    json.field_or_null("country", p.country);
    point(json, p.located, p.lat, p.lon);
    json.field_or_null("precision", p.precision).field_or_null("feature", p.feature).end_object();
  }
  json.key("arguments").begin_array();
  for (const ArgumentRecord& a : e.arguments) {
    json.begin_object().field("role", a.role).field("name", a.name).key("actor");
    if (a.actor.uid.empty()) {
      json.null();
    } else {
      json.begin_object();
      actor_fields(json, a.actor);
      json.field_or_null("side", a.side).end_object();
    }
    range(json, "at", a.at);
    json.end_object();
  }
  json.end_array().field_or_null("actors", e.actors).field_or_null("targets", e.targets);
  count(json, "deaths", e.deaths);
  count(json, "injured", e.injured);
  count(json, "abducted", e.abducted);
  json.key("plover");
  if (e.plover_type.empty()) {
    json.null();
  } else {
    json.begin_object().field("type", e.plover_type).field_or_null("mode", e.plover_mode);
    split_field(json, "contexts", e.plover_contexts, '|');
    json.end_object();
  }
  json.field_or_null("cameo", e.cameo).key("acled");
  if (e.acled_type.empty())
    json.null();
  else
    json.begin_object()
        .field("event_type", e.acled_type)
        .field_or_null("sub_event_type", e.acled_sub_type)
        .end_object();
  range(json, "trigger", e.trigger);
  range(json, "sentence_at", e.sentence_at);
  json.field_or_null("sentence", e.sentence).field("confidence", float(e.confidence));
  split_field(json, "rules", e.rules, ';');
  json.field_or_null("review", e.review).key("edited");
  if (e.edited.empty())
    json.null();
  else
    json.raw(e.edited);
  json.field_or_null("headline", e.headline).field_or_null("site", e.site).field_or_null("agency", e.agency);
  json.field_or_null("url", e.url)
      .field_or_null("published", e.published)
      .field_or_null("language", e.language);
  json.field("revision", e.recorded_from).field_or_null("recorded_at", e.recorded_at).key("superseded_at");
  if (e.recorded_to)
    json.number(e.recorded_to);
  else
    json.null();
}

void evidence(JsonWriter& json, const std::vector<EvidenceRecord>& all) {
  json.begin_array();
  for (const EvidenceRecord& e : all) {
    json.begin_object().field("role", e.role).field_or_null("note", e.note);
    json.field("start", e.at.start).field("end", e.at.end).field("words", e.words).end_object();
  }
  json.end_array();
}

void claim_fields(JsonWriter& json, const ClaimRecord& c) {
  json.field("id", c.uid).field("document", c.document).field("local", c.local).key("source").begin_object();
  json.field_or_null("name", c.source_name).field("kind", c.source_kind).key("actor");
  if (c.source.uid.empty()) {
    json.null();
  } else {
    json.begin_object();
    actor_fields(json, c.source);
    json.end_object();
  }
  range(json, "at", c.source_at);
  json.end_object();
  range(json, "cue", c.cue);
  json.field("form", c.form)
      .field("stance", c.stance)
      .field("polarity", c.polarity)
      .field("certainty", c.certainty);
  json.field_or_null("via", c.via).key("content");
  evidence(json, c.content);
  list(json, "events", c.events);
  json.field_or_null("words", c.words).field_or_null("published", c.at);
}

void verdict_fields(JsonWriter& json, const VerdictRecord& v) {
  json.begin_object().field("revision", v.revision).field("at", v.at).field("target", v.target);
  json.field_or_null("other", v.other).field("decision", v.decision).field_or_null("reviewer", v.reviewer);
  json.field_or_null("note", v.note);
  for (const auto& [key, value] : {std::pair{"before", &v.before}, {"after", &v.after}}) {
    json.key(key);
    value->empty() ? json.null() : json.raw(*value);
  }
  json.field("stands", v.stands).end_object();
}

void members(JsonWriter& json, std::string_view key, const std::vector<Member>& all) {
  json.key(key).begin_array();
  for (const Member& m : all) {
    json.begin_object().field("id", m.uid);
    if (!m.role.empty()) json.field("role", m.role);
    if (!m.of.empty()) json.field("of", m.of);
    json.field("score", float(m.score)).field_or_null("why", m.why).end_object();
  }
  json.end_array();
}

void verdicts(JsonWriter& json, const std::vector<VerdictRecord>& all) {
  json.key("verdicts").begin_array();
  for (const VerdictRecord& v : all) verdict_fields(json, v);
  json.end_array();
}

void merged_fields(JsonWriter& json, const MergedEvent& e) {
  json.field("id", e.uid).field("type", e.type).field("status", e.status);
  json.field("contested", e.contested)
      .field_or_null("date_from", e.date_from)
      .field_or_null("date_to", e.date_to);
  json.field_or_null("date_precision", e.date_precision).field_or_null("place", e.place);
  json.field_or_null("country", e.country);
  point(json, e.located, e.lat, e.lon);
  json.field_or_null("place_precision", e.place_precision).field_or_null("actors", e.actors);
  json.field_or_null("targets", e.targets);
  count(json, "deaths", e.deaths);
  count(json, "injured", e.injured);
  json.field("mentions", e.mentions).field("reports", e.reports).field("sources", e.sources);
  json.field("confidence", float(e.confidence)).field_or_null("why", e.why);
  members(json, "events", e.members);
}

}  // namespace

void write_json(const EventRecord& event, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  event_fields(json, event);
  json.end_object();
}

void write_json(const EventDetail& d, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  event_fields(json, d.event);
  json.field_or_null("merged", d.merged).field_or_null("story", d.story).key("claims").begin_array();
  for (const ClaimRecord& c : d.claims) {
    json.begin_object();
    claim_fields(json, c);
    json.end_object();
  }
  json.end_array().key("evidence");
  evidence(json, d.evidence);
  json.key("conflicts").begin_array();
  for (const EventDetail::Conflict& c : d.conflicts) {
    json.begin_object().field("kind", c.kind);
    list(json, "claims", c.claims);
    json.end_object();
  }
  json.end_array();
  verdicts(json, d.verdicts);
  json.end_object();
}

void write_json(const ClaimRecord& claim, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  claim_fields(json, claim);
  json.end_object();
}

void write_json(const DocumentRecord& d, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("id", d.uid).field_or_null("given_id", d.given_id);
  list(json, "other_ids", d.other_ids);
  json.field("sha256", d.sha256).field_or_null("url", d.url).field_or_null("canonical_url", d.canonical_url);
  json.field_or_null("host", d.host).field_or_null("site", d.site).field_or_null("headline", d.headline);
  split_field(json, "authors", d.authors, ';');
  json.field_or_null("agency", d.agency).field_or_null("dateline_place", d.dateline_place);
  json.field_or_null("dateline_date", d.dateline_date).field_or_null("published", d.published);
  json.field_or_null("updated", d.updated)
      .field_or_null("language", d.language)
      .field_or_null("kind", d.kind);
  json.field_or_null("engine", d.engine).field_or_null("story", d.story).field("characters", d.characters);
  json.field("events", d.events).field("claims", d.claims).field("revision", d.recorded_from);
  json.field_or_null("recorded_at", d.recorded_at).field("retracted", d.retracted).end_object();
}

void write_json(const ActorRecord& a, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  actor_fields(json, a);
  json.field("events", a.events).end_object();
}

void write_json(const RevisionRecord& r, std::string& out) {
  JsonWriter(out)
      .begin_object()
      .field("revision", r.id)
      .field("at", r.at)
      .field("kind", r.kind)
      .field_or_null("subject", r.subject)
      .field_or_null("note", r.note)
      .end_object();
}

void write_json(const MergedEvent& e, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  merged_fields(json, e);
  json.end_object();
}

void write_json(const MergedEvent& e, const std::vector<VerdictRecord>& given, std::string& out) {
  JsonWriter json(out);
  json.begin_object();
  merged_fields(json, e);
  verdicts(json, given);
  json.end_object();
}

void write_json(const VerdictRecord& verdict, std::string& out) {
  JsonWriter json(out);
  verdict_fields(json, verdict);
}

void write_json(const Story& s, std::string& out) {
  JsonWriter json(out);
  json.begin_object()
      .field("id", s.uid)
      .field_or_null("title", s.title)
      .field_or_null("date_from", s.date_from);
  json.field_or_null("date_to", s.date_to);
  split_field(json, "countries", s.countries, ';');
  split_field(json, "actors", s.actors, ';');
  json.field("reports", s.reports).field("sources", s.sources).field_or_null("why", s.why);
  members(json, "documents", s.members);
  json.end_object();
}

void write_json(const State& s, std::string& out) {
  JsonWriter json(out);
  json.begin_object().field("id", s.uid).field("attribute", s.attribute).field_or_null("place", s.place);
  json.field_or_null("a", s.a)
      .field_or_null("a_name", s.a_name)
      .field_or_null("b", s.b)
      .field_or_null("b_name", s.b_name);
  json.field_or_null("valid_from", s.valid_from).field_or_null("valid_to", s.valid_to);
  json.field_or_null("from_precision", s.from_precision).field_or_null("to_precision", s.to_precision);
  json.field("status", s.status).field("contested", s.contested).field("confidence", float(s.confidence));
  json.field_or_null("last_evidence", s.last_evidence).field_or_null("why", s.why);
  members(json, "evidence", s.members);
  json.field("revision", s.recorded_from).end_object();
}

}  // namespace annalist::store
