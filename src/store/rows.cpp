#include "store/rows.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "base/hash.h"
#include "base/sha256.h"
#include "base/strings.h"
#include "base/utf8.h"

namespace annalist::store {
namespace {

/// Collects what a row holds into one number. The order of calls is part of the format.
class Digest {
 public:
  Digest& add(std::string_view s) {
    h_ = mix64(h_ ^ hash64(s)) + 0x9e3779b97f4a7c15ULL;
    return *this;
  }
  Digest& add(std::int64_t v) {
    h_ = mix64(h_ ^ mix64(std::uint64_t(v) + 1)) + 0x9e3779b97f4a7c15ULL;
    return *this;
  }
  Digest& add(TextRange r) { return add(std::int64_t(r.start)).add(std::int64_t(r.end)); }
  Digest& add(const Count& c) {
    return add(std::int64_t(c.low)).add(std::int64_t(c.best)).add(std::int64_t(c.high));
  }
  Digest& add(double v) { return add(std::int64_t(std::llround(v * 1e6))); }
  std::int64_t value() const { return std::int64_t(h_ >> 1); }  // positive in SQLite

 private:
  std::uint64_t h_ = 0;
};

std::string short_hash(char prefix, std::string_view key) { return prefix + hex(sha256(key), 20); }

class Maker {
 public:
  explicit Maker(const Document& doc) : doc_(doc), map_(doc.text()), named_(doc.all<Entity>().size()) {
    const auto links = doc.all<MentionEntity>();
    for (std::size_t m = 0; m < links.size(); ++m)
      if (links[m].entity && doc.all<Mention>()[m].form == MentionForm::name)
        named_[links[m].entity.value] = true;
  }

  DocumentRows make() {
    head();
    events();
    claims();
    conflicts();
    relations();
    controls();
    finish();
    return std::move(out_);
  }

 private:
  std::string str(StrId id) const { return std::string(doc_.str(id)); }
  TextRange range(Span s) const { return {map_.to_code_points(s.begin), map_.to_code_points(s.end)}; }

  void head() {
    const PageInfo& p = doc_.page();
    out_.given_id = doc_.id();
    out_.sha256 = hex(sha256(doc_.text()));
    out_.host = host_of(p.canonical_url.empty() ? p.url : p.canonical_url);
    out_.published_date = p.published.day().iso();
    out_.uid = document_uid(doc_.text(), out_.host, out_.published_date);
    out_.characters = std::uint32_t(count_code_points(doc_.text()));
    for (const std::string& a : p.authors) out_.authors += (out_.authors.empty() ? "" : "; ") + a;
  }

  // ---- who and where ------------------------------------------------------------------------------

  int actor_row(ActorRow row) {
    const auto [it, fresh] = actor_at_.emplace(row.uid, int(out_.actors.size()));
    if (fresh) out_.actors.push_back(std::move(row));
    return it->second;
  }

  /// The actor of an entity. A group known by name only ("the rebels") is counted as what it is and where
  /// from, so that "11 rebels" and "rebel fighters" are one actor of the store; its words stay with the
  /// event.
  int actor_of(Id<Entity> entity) {
    if (!entity || !doc_[entity].actor) return kNoRow;
    const Entity& e = doc_[entity];
    const ActorLink& a = doc_[e.actor];
    if (a.kind == ActorKind::none) return kNoRow;
    ActorRow row{.uid = str(a.id),
                 .name = str(a.name),
                 .kind = std::string(name_of(a.kind)),
                 .country = str(a.country),
                 .cameo = str(a.cameo),
                 .ucdp = str(a.ucdp),
                 .wikidata = str(a.wikidata),
                 .listed = bool(a.id)};
    if (!row.listed) {
      row.uid = "~" + row.kind + ":" + row.country;
      if (named_[entity.value]) {
        row.uid += ":" + fold(row.name);
      } else {
        row.name = row.kind == "unknown_armed" ? "unidentified armed group" : row.kind;
        std::ranges::replace(row.name, '_', ' ');
        if (!row.country.empty()) row.name += " (" + row.country + ")";
        row.cameo = row.ucdp = row.wikidata = {};
      }
    }
    return actor_row(std::move(row));
  }

  /// What the entity is part of or speaks for; else the entity itself.
  int side_of(Id<Entity> entity, int own) {
    if (!entity || !doc_[entity].actor) return own;
    const ActorLink& a = doc_[doc_[entity].actor];
    if (a.id || !a.part_of) return own;
    const std::string uid = str(a.part_of);
    if (const auto it = actor_at_.find(uid); it != actor_at_.end()) return it->second;
    for (std::size_t i = 0; i < doc_.all<Entity>().size(); ++i) {
      const Id<ActorLink> link = doc_.all<Entity>()[i].actor;
      if (link && doc_.str(doc_[link].id) == uid) return actor_of(Id<Entity>(i));
    }
    // Known only through its people: its name comes with the first report that names it.
    return actor_row({.uid = uid,
                      .name = uid,
                      .kind = std::string(name_of(a.kind)),
                      .country = str(a.country),
                      .cameo = {},
                      .ucdp = {},
                      .wikidata = {},
                      .listed = true});
  }

  std::string words(Span s) const { return collapse_spaces(doc_.text(s)); }

  std::string entity_words(Id<Entity> entity, Span span) const {
    std::string name = entity ? str(doc_[entity].name) : std::string();
    return name.empty() ? words(span) : name;
  }

  int place_row(Id<Place> place) {
    if (!place) return kNoRow;
    const Place& p = doc_[place];
    PlaceRow row{.uid = str(p.gazetteer),
                 .name = p.name ? str(p.name) : words(p.span),
                 .feature = str(p.feature),
                 .country = str(p.country),
                 .admin1 = str(p.admin1),
                 .lat = p.lat,
                 .lon = p.lon,
                 .located = p.resolved};
    if (row.uid.empty()) row.uid = "~" + fold(row.name);
    const auto [it, fresh] = place_at_.emplace(row.uid, int(out_.places.size()));
    if (fresh) out_.places.push_back(std::move(row));
    return it->second;
  }

  // ---- what ---------------------------------------------------------------------------------------

  Span sentence_at(std::uint32_t byte) const {
    for (const Sentence& s : doc_.all<Sentence>())
      if (s.span.contains(byte)) return s.span;
    for (const Block& b : doc_.all<Block>())
      if (b.span.contains(byte)) return b.span;
    return {};
  }

  std::string names(const Event& e, EventRole role) const {
    std::vector<std::string> seen;
    for (const EventArg& a : doc_[e.args]) {
      if (a.role != role) continue;
      std::string name = entity_words(a.entity, a.span);
      if (!name.empty() && std::ranges::find(seen, name) == seen.end()) seen.push_back(std::move(name));
    }
    std::string out;
    for (const std::string& s : seen) out += (out.empty() ? "" : "; ") + s;
    return out;
  }

  void events() {
    std::map<std::string, int> uses;  // two events of one type at the same words are told apart by order
    for (std::size_t i = 0; i < doc_.all<Event>().size(); ++i) {
      const Event& e = doc_.all<Event>()[i];
      EventRow row;
      row.local = "v" + std::to_string(i + 1);
      row.type = str(e.type);
      row.status = name_of(e.status);
      row.main = e.main;
      row.date_from = e.from.iso();
      row.date_to = e.to.iso();
      row.date_precision = name_of(e.precision);
      row.date = e.from ? row.date_from : e.to ? row.date_to : out_.published_date;
      row.place = place_row(e.place);
      if (e.place && doc_[e.place].resolved) row.place_precision = name_of(doc_[e.place].precision);
      row.deaths = e.deaths;
      row.injured = e.injured;
      row.abducted = e.abducted;
      row.plover_type = str(e.plover_type);
      row.plover_mode = str(e.plover_mode);
      if (e.plover_type) row.plover_contexts = str(e.plover_contexts);  // as in the JSON
      row.cameo = str(e.cameo);
      row.acled_type = str(e.acled_type);
      row.acled_sub_type = str(e.acled_sub_type);
      row.trigger = range(e.trigger);
      const Span sentence = sentence_at(e.trigger.begin);
      row.sentence = range(sentence);
      for (std::size_t n = 0; n < doc_.all<Sentence>().size(); ++n)
        if (doc_.all<Sentence>()[n].span == sentence) row.sentence_number = int(n) + 1;
      row.confidence = e.confidence;
      row.actor_names = names(e, EventRole::actor);
      row.target_names = names(e, EventRole::target);
      for (const Why& w : doc_[e.why]) {
        row.rules += (row.rules.empty() ? "" : "; ") + str(w.rule);
        row.spans.push_back({"why", str(w.rule), range(w.span)});
      }
      for (const EventMention& m : doc_[e.mentions]) row.spans.push_back({"mention", {}, range(m.span)});
      for (const EventArg& a : doc_[e.args]) {
        EventActorRow arg{std::string(name_of(a.role)), entity_words(a.entity, a.span), actor_of(a.entity),
                          kNoRow, range(a.span)};
        arg.side = side_of(a.entity, arg.actor);
        row.actors.push_back(std::move(arg));
      }
      for (const EventPlace& p : doc_[e.places])
        if (p.place)
          row.places.push_back({std::string(name_of(p.role)), place_row(p.place), range(doc_[p.place].span)});
      row.words = words(sentence);
      for (const EventActorRow& a : row.actors) {
        row.words += "\n" + a.name;
        if (a.actor != kNoRow && out_.actors[std::size_t(a.actor)].listed)
          row.words += "\n" + out_.actors[std::size_t(a.actor)].name;
      }
      if (row.place != kNoRow) row.words += "\n" + out_.places[std::size_t(row.place)].name;
      const std::string key = out_.uid + "\n" + row.type + "\n" + std::to_string(row.trigger.start) + "-" +
                              std::to_string(row.trigger.end);
      row.uid = short_hash('e', key + "\n" + std::to_string(uses[key]++));
      out_.events.push_back(std::move(row));
    }
  }

  // ---- who says so ----------------------------------------------------------------------------------

  void claims() {
    std::map<std::string, int> uses;
    for (std::size_t i = 0; i < doc_.all<Claim>().size(); ++i) {
      const Claim& c = doc_.all<Claim>()[i];
      ClaimRow row;
      row.local = "c" + std::to_string(i + 1);
      row.source = actor_of(c.source);
      row.source_name = c.source        ? str(doc_[c.source].name)
                        : c.source_name ? str(c.source_name)
                                        : words(c.source_span);
      row.source_kind = name_of(c.source_kind);
      row.source_at = range(c.source_span);
      row.cue = range(c.cue);
      row.form = name_of(c.form);
      row.stance = name_of(c.stance);
      row.polarity = c.positive ? "+" : "-";
      row.certainty = name_of(c.certainty);
      if (c.via) row.via = int(c.via.value);
      for (const ClaimEvent& e : doc_[c.events])
        if (e.event && std::ranges::find(row.events, int(e.event.value)) == row.events.end())
          row.events.push_back(int(e.event.value));
      std::string key = out_.uid + "\n" + row.stance + "\n" + std::to_string(row.source_at.start) + "-" +
                        std::to_string(row.cue.start);
      for (const ClaimContent& content : doc_[c.content]) {
        row.spans.push_back({"content", {}, range(content.span)});
        key +=
            "\n" + std::to_string(row.spans.back().at.start) + "-" + std::to_string(row.spans.back().at.end);
      }
      row.uid = short_hash('c', key + "\n" + std::to_string(uses[key]++));
      out_.claims.push_back(std::move(row));
    }
  }

  void conflicts() {
    for (const Conflict& c : doc_.all<Conflict>()) {
      ConflictRow row{std::string(name_of(c.kind)), c.event ? int(c.event.value) : kNoRow, {}};
      for (const ConflictClaim& x : doc_[c.claims]) row.claims.push_back(int(x.claim.value));
      if (row.event != kNoRow && c.kind == ConflictKind::polarity)
        out_.events[std::size_t(row.event)].contested = true;
      out_.conflicts.push_back(std::move(row));
    }
  }

  void relations() {
    for (const Relation& r : doc_.all<Relation>())
      out_.relations.push_back({.kind = std::string(name_of(r.kind)),
                                .a_name = entity_words(r.a, {}),
                                .b_name = entity_words(r.b, {}),
                                .date_from = r.from.iso(),
                                .date_to = r.to.iso(),
                                .a = actor_of(r.a),
                                .b = actor_of(r.b),
                                .at = range(r.span)});
  }

  void controls() {
    for (const Control& c : doc_.all<Control>())
      out_.controls.push_back(
          {.how = c.event || c.how == ControlHow::contested ? std::string(name_of(c.how)) : "held",
           .date = c.date.iso(),
           .from_name = entity_words(c.from, {}),
           .to_name = entity_words(c.to, {}),
           .place = place_row(c.place),
           .from = actor_of(c.from),
           .to = actor_of(c.to),
           .event = c.event ? int(c.event.value) : kNoRow});
  }

  // ---- digests ----------------------------------------------------------------------------------------

  std::string_view actor_uid(int i) const {
    return i == kNoRow ? std::string_view{} : out_.actors[std::size_t(i)].uid;
  }
  std::string_view place_uid(int i) const {
    return i == kNoRow ? std::string_view{} : out_.places[std::size_t(i)].uid;
  }

  void finish() {
    Digest all;
    for (EventRow& e : out_.events) {
      Digest d;
      d.add(e.type).add(e.status).add(e.date_from).add(e.date_to).add(e.date_precision).add(e.date);
      d.add(std::int64_t(e.main))
          .add(std::int64_t(e.contested))
          .add(place_uid(e.place))
          .add(e.place_precision);
      if (e.place != kNoRow)
        d.add(out_.places[std::size_t(e.place)].lat).add(out_.places[std::size_t(e.place)].lon);
      d.add(e.deaths)
          .add(e.injured)
          .add(e.abducted)
          .add(e.plover_type)
          .add(e.plover_mode)
          .add(e.plover_contexts);
      d.add(e.cameo).add(e.acled_type).add(e.acled_sub_type).add(e.trigger).add(e.sentence);
      d.add(double(e.confidence)).add(e.rules);
      for (const EventActorRow& a : e.actors)
        d.add(a.role).add(a.name).add(actor_uid(a.actor)).add(actor_uid(a.side)).add(a.at);
      for (const EventPlaceRow& p : e.places) d.add(p.role).add(place_uid(p.place));
      for (const SpanRow& s : e.spans) d.add(s.role).add(s.note).add(s.at);
      e.digest = d.value();
      all.add(e.uid).add(e.digest);
    }
    for (ClaimRow& c : out_.claims) {
      Digest d;
      d.add(actor_uid(c.source))
          .add(c.source_name)
          .add(c.source_kind)
          .add(c.form)
          .add(c.stance)
          .add(c.polarity);
      d.add(c.certainty).add(c.source_at).add(c.cue);
      if (c.via != kNoRow && std::size_t(c.via) < out_.claims.size())
        d.add(out_.claims[std::size_t(c.via)].uid);
      for (const int e : c.events) d.add(out_.events[std::size_t(e)].uid);
      for (const SpanRow& s : c.spans) d.add(s.at);
      c.digest = d.value();
      all.add(c.uid).add(c.digest);
    }
    for (const ConflictRow& c : out_.conflicts) {
      all.add(c.kind);
      if (c.event != kNoRow) all.add(out_.events[std::size_t(c.event)].uid);
      for (const int claim : c.claims) all.add(out_.claims[std::size_t(claim)].uid);
    }
    for (const RelationRow& r : out_.relations)
      all.add(r.kind).add(actor_uid(r.a)).add(r.a_name).add(actor_uid(r.b)).add(r.b_name).add(r.at);
    for (const ControlRow& c : out_.controls)
      all.add(c.how).add(c.date).add(place_uid(c.place)).add(actor_uid(c.from)).add(actor_uid(c.to));
    out_.digest = all.value();
  }

  const Document& doc_;
  OffsetMap map_;
  std::vector<bool> named_;  // an entity: some mention of it is a name
  DocumentRows out_;
  std::unordered_map<std::string, int> actor_at_, place_at_;
};

}  // namespace

DocumentRows rows_of(const Document& doc) { return Maker(doc).make(); }

std::string document_uid(std::string_view text, std::string_view host, std::string_view published_date) {
  Sha256 hash;
  hash.update(text);
  hash.update(std::string_view("\0", 1));
  hash.update(host);
  hash.update(std::string_view("\0", 1));
  hash.update(published_date);
  return "d" + hex(hash.finish(), 32);
}

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const std::size_t user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
  host = host.substr(0, host.find(':'));
  std::string out = lower(host);
  if (out.starts_with("www.")) out.erase(0, 4);
  return out;
}

std::int64_t cell_of(double lat, double lon) {
  const auto step = [](double v, double low, double range) {
    return std::uint32_t(std::clamp((v - low) / range * 65536.0, 0.0, 65535.0));
  };
  const auto spread = [](std::uint64_t v) {
    v = (v | (v << 8)) & 0x00FF00FFU;
    v = (v | (v << 4)) & 0x0F0F0F0FU;
    v = (v | (v << 2)) & 0x33333333U;
    return (v | (v << 1)) & 0x55555555U;
  };
  return std::int64_t(spread(step(lon, -180, 360)) | (spread(step(lat, -90, 180)) << 1));
}

}  // namespace annalist::store
