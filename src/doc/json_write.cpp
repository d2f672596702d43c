#include <algorithm>
#include <array>
#include <vector>

#include "base/json.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "doc/json.h"

namespace annalist {
namespace {

constexpr std::array<std::string_view, 14> kPartNames = {
    "page",  "text",   "blocks", "sentences", "tokens",    "entities", "places",
    "times", "events", "claims", "conflicts", "relations", "control",  "diagnostics"};

class Writer {
 public:
  Writer(const Document& doc, std::string& out) : doc_(doc), map_(doc.text()), json_(out) {}

  void document(const EngineInfo& engine, JsonParts parts) {
    const auto wants = [&](JsonPart p) { return (parts & JsonParts(p)) != 0; };
    json_.begin_object();
    json_.field("schema", "annalist/document/1").field("id", doc_.id());
    json_.key("engine").begin_object();
    json_.field("version", engine.version).field_or_null("model", engine.model);
    json_.field_or_null("codebook", engine.codebook)
        .field_or_null("gazetteer", engine.gazetteer)
        .end_object();
    if (wants(JsonPart::page)) page();
    if (wants(JsonPart::text)) json_.field("text", doc_.text());
    if (wants(JsonPart::blocks)) blocks();
    if (wants(JsonPart::sentences)) sentences();
    if (wants(JsonPart::tokens)) tokens();
    if (wants(JsonPart::entities)) entities();
    if (wants(JsonPart::places)) places();
    if (wants(JsonPart::times)) times();
    if (wants(JsonPart::events)) events();
    if (wants(JsonPart::claims)) claims();
    if (wants(JsonPart::conflicts)) conflicts();
    if (wants(JsonPart::relations)) relations();
    if (wants(JsonPart::control)) control();
    if (wants(JsonPart::diagnostics)) diagnostics();
    json_.end_object();
  }

 private:
  std::string_view str(StrId id) const { return doc_.str(id); }

  void span(Span s) {
    json_.field("start", map_.to_code_points(s.begin)).field("end", map_.to_code_points(s.end));
  }
  void span_object(std::string_view key, Span s) {
    json_.key(key);
    if (s.empty()) {
      json_.null();
      return;
    }
    json_.begin_object();
    span(s);
    json_.end_object();
  }
  template <class R>
  void id_value(char prefix, Id<R> id) {
    if (!id) {
      json_.null();
      return;
    }
    json_.string(prefix + std::to_string(id.value + 1));
  }
  template <class R>
  void id(std::string_view key, char prefix, Id<R> id) {
    json_.key(key);
    id_value(prefix, id);
  }
  template <class R>
  void own_id(char prefix, std::size_t i) {
    id("id", prefix, Id<R>(i));
  }

  void stamp(std::string_view key, const Stamp& s) {
    json_.key(key);
    if (s.value.empty()) {
      json_.null();
      return;
    }
    json_.begin_object().field("value", s.value).field("precision", name_of(s.precision));
    json_.field("source", name_of(s.source)).end_object();
  }

  void strings(std::string_view key, const std::vector<std::string>& values) {
    json_.key(key).begin_array();
    for (const std::string& v : values) json_.string(v);
    json_.end_array();
  }

  void page() {
    const PageInfo& p = doc_.page();
    json_.key("page").begin_object();
    json_.field_or_null("url", p.url)
        .field_or_null("canonical_url", p.canonical_url)
        .field_or_null("site", p.site);
    json_.field_or_null("headline", p.headline).field_or_null("subtitle", p.subtitle);
    strings("authors", p.authors);
    json_.field_or_null("agency", p.agency).field_or_null("section", p.section);
    strings("tags", p.tags);
    json_.key("dateline");
    if (p.dateline.place.empty() && p.dateline.span.empty()) {
      json_.null();
    } else {
      json_.begin_object()
          .field_or_null("place", p.dateline.place)
          .field_or_null("date", p.dateline.date.iso());
      span(p.dateline.span);
      json_.end_object();
    }
    stamp("published", p.published);
    stamp("updated", p.updated);
    json_.field_or_null("language", p.language).field("kind", name_of(p.kind));
    json_.field("form", name_of(p.form)).field("revised", p.revised);
    if (!p.entries.empty()) {
      json_.key("entries").begin_array();
      for (const PageEntry& e : p.entries) {
        json_.begin_object();
        span(e.span);
        stamp("time", e.time);
        json_.field_or_null("heading", e.heading).end_object();
      }
      json_.end_array();
    }
    json_.end_object();
  }

  void blocks() {
    json_.key("blocks").begin_array();
    for (const Block& b : doc_.all<Block>()) {
      json_.begin_object();
      span(b.span);
      json_.field("kind", name_of(b.kind)).end_object();
    }
    json_.end_array();
  }

  void sentences() {
    json_.key("sentences").begin_array();
    for (const Sentence& s : doc_.all<Sentence>()) {
      json_.begin_object();
      span(s.span);
      json_.field("block", s.block.value).end_object();
    }
    json_.end_array();
  }

  void tokens() {
    const auto syntax = doc_.all<Syntax>();
    json_.key("tokens").begin_array();
    for (std::size_t i = 0; i < doc_.all<Token>().size(); ++i) {
      const Token& t = doc_.all<Token>()[i];
      json_.begin_object();
      span(t.span);
      json_.field("sentence", t.sentence);
      if (i < syntax.size()) {
        const Syntax& s = syntax[i];
        json_.field("lemma", str(s.lemma)).field("upos", name_of(s.upos)).field("feats", str(s.feats));
        json_.field("head", s.head ? std::int64_t(s.head.value) : -1).field("deprel", name_of(s.deprel));
      }
      json_.end_object();
    }
    json_.end_array();
  }

  void actor(const ActorLink& a) {
    json_.begin_object()
        .field_or_null("id", str(a.id))
        .field("name", str(a.name))
        .field("kind", name_of(a.kind));
    json_.field_or_null("country", str(a.country)).key("codes").begin_object();
    if (a.cameo) json_.field("cameo", str(a.cameo));
    if (a.ucdp) json_.field("ucdp", str(a.ucdp));
    if (a.wikidata) json_.field("wikidata", str(a.wikidata));
    json_.end_object();
    if (a.part_of) json_.field("part_of", str(a.part_of));
    json_.end_object();
  }

  void entities() {
    const auto links = doc_.all<MentionEntity>();
    std::vector<std::vector<std::uint32_t>> of(doc_.all<Entity>().size());
    for (std::uint32_t m = 0; m < links.size(); ++m)
      if (links[m].entity) of[links[m].entity.value].push_back(m);
    json_.key("entities").begin_array();
    for (std::size_t i = 0; i < of.size(); ++i) {
      const Entity& e = doc_.all<Entity>()[i];
      json_.begin_object();
      own_id<Entity>('e', i);
      json_.field("type", name_of(e.type)).field("name", str(e.name)).key("actor");
      if (e.actor && doc_[e.actor].kind != ActorKind::none)
        actor(doc_[e.actor]);
      else
        json_.null();
      json_.key("mentions").begin_array();
      for (const std::uint32_t m : of[i]) {
        const Mention& mention = doc_.all<Mention>()[m];
        json_.begin_object();
        span(mention.span);
        json_.field("form", name_of(mention.form)).end_object();
      }
      json_.end_array().end_object();
    }
    json_.end_array();
  }

  void places() {
    json_.key("places").begin_array();
    for (std::size_t i = 0; i < doc_.all<Place>().size(); ++i) {
      const Place& p = doc_.all<Place>()[i];
      json_.begin_object();
      own_id<Place>('p', i);
      span(p.span);
      json_.field("text", doc_.text(p.span)).field_or_null("name", str(p.name));
      if (p.placed)
        json_.field("lat", p.lat).field("lon", p.lon);
      else
        json_.key("lat").null().key("lon").null();
      json_.field_or_null("gazetteer", str(p.gazetteer)).field_or_null("feature", str(p.feature));
      json_.field_or_null("country", str(p.country)).field_or_null("admin1", str(p.admin1));
      if (p.within) json_.field("within", str(p.within));
      json_.key("precision");
      if (p.placed)
        json_.string(name_of(p.precision));
      else
        json_.null();
      json_.field("score", p.score).field("role", name_of(p.role));
      json_.key("alternatives").begin_array();
      for (const PlaceAlternative& a : doc_[p.alternatives]) {
        json_.begin_object().field("gazetteer", str(a.gazetteer)).field("name", str(a.name));
        json_.field("lat", a.lat).field("lon", a.lon).field("score", a.score).end_object();
      }
      json_.end_array().end_object();
    }
    json_.end_array();
  }

  void times() {
    json_.key("times").begin_array();
    for (std::size_t i = 0; i < doc_.all<Time>().size(); ++i) {
      const Time& t = doc_.all<Time>()[i];
      json_.begin_object();
      own_id<Time>('t', i);
      span(t.span);
      json_.field("text", doc_.text(t.span))
          .field("type", name_of(t.type))
          .field_or_null("value", str(t.value));
      json_.field_or_null("mod", str(t.mod)).field_or_null("from", t.from.iso());
      json_.field_or_null("to", t.to.iso()).end_object();
    }
    json_.end_array();
  }

  /// Index of the sentence that holds that byte, -1 if none does.
  std::int64_t sentence_at(std::uint32_t byte) const {
    const auto all = doc_.all<Sentence>();
    const auto it = std::upper_bound(all.begin(), all.end(), byte,
                                     [](std::uint32_t b, const Sentence& s) { return b < s.span.begin; });
    return it != all.begin() && (it - 1)->span.contains(byte) ? it - 1 - all.begin() : -1;
  }

  void count(std::string_view key, const Count& c) {
    json_.key(key);
    if (!c.known()) {
      json_.null();
      return;
    }
    json_.begin_object();
    for (const auto& [name, v] : {std::pair{"low", c.low}, {"best", c.best}, {"high", c.high}}) {
      json_.key(name);
      if (v >= 0)
        json_.number(v);
      else
        json_.null();
    }
    json_.end_object();
  }

  void event(std::size_t i, const std::vector<std::uint32_t>& claims, bool contested) {
    const Event& e = doc_.all<Event>()[i];
    json_.begin_object();
    own_id<Event>('v', i);
    json_.field("type", str(e.type)).key("plover");
    if (e.plover_type) {
      json_.begin_object().field("type", str(e.plover_type)).field_or_null("mode", str(e.plover_mode));
      json_.key("contexts").begin_array();
      for (std::string_view c : split_list(str(e.plover_contexts), '|')) json_.string(c);
      json_.end_array().end_object();
    } else {
      json_.null();
    }
    json_.field_or_null("cameo", str(e.cameo)).key("acled");
    if (e.acled_type) {
      json_.begin_object().field("event_type", str(e.acled_type));
      json_.field_or_null("sub_event_type", str(e.acled_sub_type)).end_object();
    } else {
      json_.null();
    }
    span_object("trigger", e.trigger);
    json_.key("mentions").begin_array();
    for (const EventMention& m : doc_[e.mentions]) {
      json_.begin_object();
      span(m.span);
      if (const auto sentence = sentence_at(m.span.begin); sentence >= 0) json_.field("sentence", sentence);
      json_.end_object();
    }
    json_.end_array().key("actors").begin_array();
    for (const EventArg& a : doc_[e.args]) {
      json_.begin_object().field("role", name_of(a.role));
      id("entity", 'e', a.entity);
      span(a.span);
      json_.end_object();
    }
    json_.end_array();
    id("place", 'p', e.place);
    json_.key("places").begin_array();
    for (const EventPlace& p : doc_[e.places]) {
      json_.begin_object();
      id("place", 'p', p.place);
      json_.field("role", name_of(p.role)).end_object();
    }
    json_.end_array().key("time").begin_object();
    // An unknown day is a missing key here: readers take a default from it more easily than from null.
    if (e.from) json_.field("from", e.from.iso());
    if (e.to) json_.field("to", e.to.iso());
    json_.field("precision", name_of(e.precision));
    id("time", 't', e.time);
    json_.end_object().key("basis").begin_object();
    if (e.place) json_.field("place", name_of(e.place_basis));
    if (e.from || e.to) json_.field("time", name_of(e.time_basis));
    json_.end_object().field("status", name_of(e.status)).field("contested", contested).field("main", e.main);
    count("deaths", e.deaths);
    count("injured", e.injured);
    count("abducted", e.abducted);
    json_.key("claims").begin_array();
    for (const std::uint32_t c : claims) id_value('c', Id<Claim>(c));
    json_.end_array().field("confidence", e.confidence).key("why").begin_array();
    for (const Why& w : doc_[e.why]) {
      json_.begin_object().field("rule", str(w.rule));
      span(w.span);
      json_.end_object();
    }
    json_.end_array();
    assessment(i);
    json_.end_object();
  }

  void events() {
    const std::size_t n = doc_.all<Event>().size();
    std::vector<std::vector<std::uint32_t>> claims(n);
    std::vector<bool> contested(n);
    for (std::uint32_t c = 0; c < doc_.all<Claim>().size(); ++c)
      for (const ClaimEvent& link : doc_[doc_.all<Claim>()[c].events])
        if (link.event) claims[link.event.value].push_back(c);
    for (const Conflict& c : doc_.all<Conflict>())
      if (c.event && c.kind == ConflictKind::polarity) contested[c.event.value] = true;
    json_.key("events").begin_array();
    for (std::size_t i = 0; i < n; ++i) event(i, claims[i], contested[i]);
    json_.end_array();
  }

  void claims() {
    json_.key("claims").begin_array();
    for (std::size_t i = 0; i < doc_.all<Claim>().size(); ++i) {
      const Claim& c = doc_.all<Claim>()[i];
      json_.begin_object();
      own_id<Claim>('c', i);
      json_.key("source").begin_object();
      id("entity", 'e', c.source);
      json_.field_or_null("name", str(c.source_name)).field("kind", name_of(c.source_kind));
      if (!c.source_span.empty()) span(c.source_span);
      json_.end_object();
      span_object("cue", c.cue);
      json_.key("content").begin_array();
      for (const ClaimContent& part : doc_[c.content]) {
        json_.begin_object();
        span(part.span);
        json_.end_object();
      }
      json_.end_array().field("form", name_of(c.form)).field("stance", name_of(c.stance));
      json_.field("polarity", c.positive ? "+" : "-").field("certainty", name_of(c.certainty));
      id("via", 'c', c.via);
      json_.key("events").begin_array();
      for (const ClaimEvent& e : doc_[c.events]) id_value('v', e.event);
      json_.end_array().field("kind", c.attitude ? "attitude" : "statement");
      id("affiliation", 'e', c.affiliation);
      id("said", 't', c.said);
      json_.key("statements").begin_array();
      for (const ClaimEvent& e : doc_[c.events]) statement(e);
      json_.end_array().end_object();
    }
    json_.end_array();
  }

  void statement(const ClaimEvent& e) {
    json_.begin_object().key("event");
    id_value('v', e.event);
    json_.field("polarity", e.positive ? "+" : "-").field("settled", e.settled);
    json_.field("admission", e.admission).key("count");
    if (e.count >= 0)
      json_.number(e.count);
    else
      json_.null();
    id("actor", 'e', e.actor);
    id("place", 'p', e.place);
    id("time", 't', e.time);
    json_.end_object();
  }

  void assessment(std::size_t event) {
    if (event >= doc_.all<Assessment>().size()) return;
    const Assessment& a = doc_.all<Assessment>()[event];
    json_.key("assessment").begin_object().field("status", name_of(a.standing));
    for (const auto& [name, n] : {std::pair{"sources_for", a.sources_for},
                                  {"sources_against", a.sources_against},
                                  {"independent", a.independent},
                                  {"parties_for", a.parties_for},
                                  {"parties_against", a.parties_against},
                                  {"admissions", a.admissions}})
      json_.key(name).number(n);
    json_.key("trace").begin_array();
    for (const AssessmentStep& s : doc_[a.trace]) {
      json_.begin_object().field("rule", str(s.rule));
      id("claim", 'c', s.claim);
      json_.end_object();
    }
    json_.end_array().end_object();
  }

  void conflicts() {
    json_.key("conflicts").begin_array();
    for (const Conflict& c : doc_.all<Conflict>()) {
      json_.begin_object();
      id("event", 'v', c.event);
      json_.field("kind", name_of(c.kind)).key("claims").begin_array();
      for (const ConflictClaim& x : doc_[c.claims]) id_value('c', x.claim);
      json_.end_array().end_object();
    }
    json_.end_array();
  }

  void relations() {
    json_.key("relations").begin_array();
    for (const Relation& r : doc_.all<Relation>()) {
      json_.begin_object();
      id("a", 'e', r.a);
      json_.field("rel", name_of(r.kind));
      id("b", 'e', r.b);
      span(r.span);
      json_.field_or_null("from", r.from.iso()).field_or_null("to", r.to.iso()).end_object();
    }
    json_.end_array();
  }

  void control() {
    json_.key("control").begin_array();
    for (const Control& c : doc_.all<Control>()) {
      json_.begin_object();
      id("place", 'p', c.place);
      id("from", 'e', c.from);
      id("to", 'e', c.to);
      json_.field_or_null("date", c.date.iso());
      const bool told = c.event || c.how == ControlHow::contested;
      json_.field_or_null("how", told ? name_of(c.how) : std::string_view());
      id("event", 'v', c.event);
      json_.end_object();
    }
    json_.end_array();
  }

  void diagnostics() {
    json_.key("diagnostics").begin_array();
    for (const Diagnostic& d : doc_.diagnostics()) {
      json_.begin_object().field("code", str(d.code)).field("message", str(d.message));
      span(d.span);
      json_.end_object();
    }
    json_.end_array();
  }

  const Document& doc_;
  OffsetMap map_;
  JsonWriter json_;
};

}  // namespace

Result<JsonParts> parse_parts(std::string_view list) {
  JsonParts out = 0;
  for (std::string_view name : split_list(list, ',')) {
    const auto it = std::find(kPartNames.begin(), kPartNames.end(), name);
    if (name == "all") {
      out = kEverything;
    } else if (it != kPartNames.end()) {
      out |= JsonParts(1u << (it - kPartNames.begin()));
    } else {
      std::string known = "all";
      for (std::string_view k : kPartNames) known += ", " + std::string(k);
      return fail("unknown layer '" + std::string(name) + "'", "--layers", "known: " + known);
    }
  }
  return out;
}

void write_json(const Document& doc, const EngineInfo& engine, JsonParts parts, std::string& out) {
  Writer(doc, out).document(engine, parts);
}

}  // namespace annalist
