#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/utf8.h"
#include "doc/json.h"
#include "doc/morph.h"

namespace annalist {
namespace {

using simdjson::dom::element;

// Reading goes through small getters that note the first fault and give a default, so that the layer
// readers below stay a list of fields. The fault, if any, is the result.
class Reader {
 public:
  explicit Reader(std::string where) : where_(std::move(where)) {}

  Result<ReadDocument> document(std::string_view json) {
    simdjson::dom::parser parser;
    element root;
    if (const auto e = parser.parse(simdjson::padded_string(json)).get(root); e)
      return fail(simdjson::error_message(e), where_, "one JSON object a line is expected");
    if (text_of(root, "schema") != "annalist/document/1")
      return fail("not an annotated document (schema annalist/document/1)", where_,
                  "make it with `annalist code`");
    ReadDocument out{Document(std::string(text_of(root, "id")), std::string(text_of(root, "text"))), {}};
    doc_ = &out.document;
    map_.emplace(doc_->text());
    if (const auto engine = get(root, "engine"))
      out.engine = {std::string(text_of(*engine, "version")), std::string(text_of(*engine, "model")),
                    std::string(text_of(*engine, "codebook")), std::string(text_of(*engine, "gazetteer"))};
    if (const auto p = get(root, "page")) page(*p);
    blocks(root);
    tokens(root);
    sentences(root);
    entities(root);
    places(root);
    times(root);
    events(root);
    claims(root);
    conflicts(root);
    relations(root);
    control(root);
    for (const element& d : items(root, "diagnostics"))
      doc_->diagnose(text_of(d, "code"), text_of(d, "message"), span(d));
    check_links();
    if (!fault_.empty()) return fail(fault_, where_);
    return out;
  }

 private:
  void note(std::string fault) {
    if (fault_.empty()) fault_ = std::move(fault);
  }

  static std::optional<element> get(const element& e, std::string_view key) {
    element out;
    if (e[key].get(out) != simdjson::SUCCESS || out.is_null()) return std::nullopt;
    return out;
  }
  std::string_view text_of(const element& e, std::string_view key) {
    const auto v = get(e, key);
    if (!v) return {};
    std::string_view out;
    if (v->get(out) != simdjson::SUCCESS) note("'" + std::string(key) + "' is not a string");
    return out;
  }
  StrId str(const element& e, std::string_view key) { return doc_->intern(text_of(e, key)); }
  double number(const element& e, std::string_view key, double otherwise) {
    const auto v = get(e, key);
    if (!v) return otherwise;
    double out = otherwise;
    if (v->get(out) != simdjson::SUCCESS) note("'" + std::string(key) + "' is not a number");
    return out;
  }
  bool flag(const element& e, std::string_view key) {
    bool out = false;
    if (const auto v = get(e, key); v && v->get(out) != simdjson::SUCCESS)
      note("'" + std::string(key) + "' is not true or false");
    return out;
  }
  Day day(const element& e, std::string_view key) { return Day::parse_iso(text_of(e, key)); }
  std::vector<element> items(const element& e, std::string_view key) {
    const auto v = get(e, key);
    if (!v) return {};
    simdjson::dom::array array;
    if (v->get(array) != simdjson::SUCCESS) {
      note("'" + std::string(key) + "' is not a list");
      return {};
    }
    return {array.begin(), array.end()};
  }
  Span span(const element& e) {
    const double begin = number(e, "start", 0), end = number(e, "end", 0);
    if (begin < 0 || end < begin || end > double(map_->to_code_points(std::uint32_t(doc_->text().size())))) {
      note("span " + std::to_string(std::int64_t(begin)) + ".." + std::to_string(std::int64_t(end)) +
           " lies outside the text");
      return {};
    }
    return map_->to_bytes(Span{std::uint32_t(begin), std::uint32_t(end)});
  }
  Span span_at(const element& e, std::string_view key) {
    const auto v = get(e, key);
    return v ? span(*v) : Span{};
  }
  template <class E>
  E choice(const element& e, std::string_view key, E otherwise) {
    const std::string_view name = text_of(e, key);
    if (name.empty()) return otherwise;
    if (const auto v = from_name<E>(name)) return *v;
    note("'" + std::string(name) + "' is no value of '" + std::string(key) + "'");
    return otherwise;
  }
  // "v12" -> 11. Ids are positions, which check_links compares with the columns at the end.
  template <class R>
  Id<R> link(std::string_view name, char prefix) {
    if (name.empty()) return {};
    std::size_t n = 0;
    for (const char c : name.substr(1)) {
      if (c < '0' || c > '9' || n > 100'000'000) return note("bad id '" + std::string(name) + "'"), Id<R>{};
      n = n * 10 + std::size_t(c - '0');
    }
    if (name[0] != prefix || n == 0) return note("bad id '" + std::string(name) + "'"), Id<R>{};
    return Id<R>(n - 1);
  }
  template <class R>
  Id<R> link(const element& e, std::string_view key, char prefix) {
    return link<R>(text_of(e, key), prefix);
  }
  template <class R>
  static Range<R> since(std::size_t first, const std::vector<R>& records) {
    return {std::uint32_t(first), std::uint32_t(records.size() - first)};
  }

  Stamp stamp(const element& page, std::string_view key) {
    const auto v = get(page, key);
    if (!v) return {};
    return {std::string(text_of(*v, "value")), choice(*v, "precision", DatePrecision::day),
            choice(*v, "source", DateSource::none)};
  }

  void page(const element& p) {
    PageInfo out;
    out.url = text_of(p, "url");
    out.canonical_url = text_of(p, "canonical_url");
    out.site = text_of(p, "site");
    out.headline = text_of(p, "headline");
    out.subtitle = text_of(p, "subtitle");
    out.section = text_of(p, "section");
    out.agency = text_of(p, "agency");
    out.language = text_of(p, "language");
    for (const auto& [key, into] : {std::pair("authors", &out.authors), std::pair("tags", &out.tags)})
      for (const element& a : items(p, key)) {
        std::string_view name;
        if (a.get(name) == simdjson::SUCCESS) into->emplace_back(name);
      }
    if (const auto d = get(p, "dateline"))
      out.dateline = {std::string(text_of(*d, "place")), day(*d, "date"), span(*d)};
    out.published = stamp(p, "published");
    out.updated = stamp(p, "updated");
    out.kind = choice(p, "kind", PageKind::article);
    out.form = choice(p, "form", PageForm::article);
    if (const auto revised = get(p, "revised")) {
      bool is = false;
      out.revised = revised->get(is) == simdjson::SUCCESS && is;
    }
    for (const element& e : items(p, "entries"))
      out.entries.push_back({span(e), stamp(e, "time"), std::string(text_of(e, "heading"))});
    doc_->set_page(std::move(out));
  }

  void blocks(const element& root) {
    std::vector<Block> out;
    for (const element& b : items(root, "blocks"))
      out.push_back({span(b), choice(b, "kind", BlockKind::paragraph)});
    doc_->fill(out);
  }

  void tokens(const element& root) {
    std::vector<Syntax> syntax;
    for (const element& t : items(root, "tokens")) {
      tokens_.push_back({span(t), std::uint32_t(number(t, "sentence", 0))});
      Syntax s;
      s.lemma = str(t, "lemma");
      s.feats = str(t, "feats");
      s.flags = morph_flags(doc_->str(s.feats));
      if (const double head = number(t, "head", -1); head >= 0) s.head = Id<Token>(std::size_t(head));
      s.deprel = deprel_of(text_of(t, "deprel"));
      s.upos = choice(t, "upos", Upos::x);
      syntax.push_back(s);
    }
    for (const Syntax& s : syntax)
      if (s.head && s.head.value >= syntax.size()) return note("a token's head is no token");
    doc_->fill(tokens_);
    doc_->fill(syntax);
  }

  void sentences(const element& root) {
    std::vector<Sentence> out;
    for (const element& s : items(root, "sentences")) {
      Sentence x{span(s), Id<Block>(std::size_t(number(s, "block", 0))), {}};
      while (x.tokens.first < tokens_.size() && tokens_[x.tokens.first].sentence < out.size())
        ++x.tokens.first;
      while (x.tokens.end() < tokens_.size() && tokens_[x.tokens.end()].sentence == out.size())
        ++x.tokens.count;
      if (x.block.value >= doc_->all<Block>().size()) return note("a sentence's block is no block");
      out.push_back(x);
    }
    doc_->fill(out);
  }

  void entities(const element& root) {
    std::vector<Entity> out;
    std::vector<ActorLink> actors;
    std::vector<std::pair<Mention, MentionEntity>> mentions;
    for (const element& e : items(root, "entities")) {
      Entity x;
      x.type = choice(e, "type", EntityType::misc);
      x.name = str(e, "name");
      if (const auto a = get(e, "actor")) {
        ActorLink link;
        link.id = str(*a, "id");
        link.name = str(*a, "name");
        link.country = str(*a, "country");
        link.kind = choice(*a, "kind", ActorKind::other);
        link.part_of = str(*a, "part_of");
        if (const auto codes = get(*a, "codes")) {
          link.cameo = str(*codes, "cameo");
          link.ucdp = str(*codes, "ucdp");
          link.wikidata = str(*codes, "wikidata");
        }
        x.actor = Id<ActorLink>(actors.size());
        actors.push_back(link);
      }
      for (const element& m : items(e, "mentions")) {
        Mention mention;
        mention.span = span(m);
        mention.type = x.type;
        mention.form = choice(m, "form", MentionForm::name);
        mentions.push_back({mention, {Id<Entity>(out.size())}});
        ++x.mention_count;
      }
      out.push_back(x);
    }
    std::stable_sort(mentions.begin(), mentions.end(),
                     [](const auto& a, const auto& b) { return a.first.span < b.first.span; });
    std::vector<Mention> column;
    std::vector<MentionEntity> links;
    for (const auto& [mention, link] : mentions) {
      column.push_back(mention);
      links.push_back(link);
    }
    doc_->fill(column);
    doc_->fill(links);
    doc_->fill(actors);
    doc_->fill(out);
  }

  void places(const element& root) {
    std::vector<Place> out;
    std::vector<PlaceAlternative> alternatives;
    for (const element& p : items(root, "places")) {
      Place x;
      x.span = span(p);
      x.name = str(p, "name");
      x.gazetteer = str(p, "gazetteer");
      x.feature = str(p, "feature");
      x.country = str(p, "country");
      x.admin1 = str(p, "admin1");
      x.within = str(p, "within");
      x.placed = get(p, "lat").has_value();
      x.resolved = x.placed && !x.within;
      x.lat = float(number(p, "lat", 0));
      x.lon = float(number(p, "lon", 0));
      x.score = float(number(p, "score", 0));
      x.precision = choice(p, "precision", PlacePrecision::exact);
      x.role = choice(p, "role", PlaceRole::mention);
      const std::size_t first = alternatives.size();
      for (const element& a : items(p, "alternatives"))
        alternatives.push_back({str(a, "gazetteer"), str(a, "name"), float(number(a, "lat", 0)),
                                float(number(a, "lon", 0)), float(number(a, "score", 0))});
      x.alternatives = since(first, alternatives);
      out.push_back(x);
    }
    doc_->fill(out);
    doc_->fill(alternatives);
  }

  void times(const element& root) {
    std::vector<Time> out;
    for (const element& t : items(root, "times"))
      out.push_back({span(t), choice(t, "type", TimeType::date), str(t, "value"), str(t, "mod"),
                     day(t, "from"), day(t, "to")});
    doc_->fill(out);
  }

  Count count(const element& e, std::string_view key) {
    const auto v = get(e, key);
    if (!v) return {};
    return {std::int32_t(number(*v, "low", -1)), std::int32_t(number(*v, "best", -1)),
            std::int32_t(number(*v, "high", -1))};
  }

  void events(const element& root) {
    std::vector<Event> out;
    std::vector<EventMention> mentions;
    std::vector<EventArg> args;
    std::vector<EventPlace> places;
    std::vector<Assessment> assessments;
    std::vector<AssessmentStep> steps;
    std::vector<Why> why;
    for (const element& e : items(root, "events")) {
      Event x;
      x.type = str(e, "type");
      if (const auto p = get(e, "plover")) {
        x.plover_type = str(*p, "type");
        x.plover_mode = str(*p, "mode");
        std::string contexts;
        for (const element& c : items(*p, "contexts")) {
          std::string_view name;
          if (c.get(name) == simdjson::SUCCESS) contexts.append(contexts.empty() ? "" : "|").append(name);
        }
        x.plover_contexts = doc_->intern(contexts);
      }
      x.cameo = str(e, "cameo");
      if (const auto a = get(e, "acled")) {
        x.acled_type = str(*a, "event_type");
        x.acled_sub_type = str(*a, "sub_event_type");
      }
      x.trigger = span_at(e, "trigger");
      std::size_t first = mentions.size();
      for (const element& m : items(e, "mentions")) mentions.push_back({Id<Event>(out.size()), {}, span(m)});
      x.mentions = since(first, mentions);
      first = args.size();
      for (const element& a : items(e, "actors"))
        args.push_back({choice(a, "role", EventRole::actor), link<Entity>(a, "entity", 'e'), {}, span(a)});
      x.args = since(first, args);
      first = places.size();
      for (const element& p : items(e, "places"))
        places.push_back({link<Place>(p, "place", 'p'), choice(p, "role", EventPlaceRole::at)});
      x.places = since(first, places);
      x.place = link<Place>(e, "place", 'p');
      if (const auto t = get(e, "time")) {
        x.from = day(*t, "from");
        x.to = day(*t, "to");
        x.precision = choice(*t, "precision", TimePrecision::unknown);
        x.time = link<Time>(*t, "time", 't');
      }
      if (const auto b = get(e, "basis")) {
        x.place_basis = choice(*b, "place", Basis::none);
        x.time_basis = choice(*b, "time", Basis::none);
      }
      x.status = choice(e, "status", EventStatus::actual);
      x.main = flag(e, "main");
      x.deaths = count(e, "deaths");
      x.injured = count(e, "injured");
      x.abducted = count(e, "abducted");
      x.confidence = float(number(e, "confidence", 0));
      first = why.size();
      for (const element& w : items(e, "why")) why.push_back({str(w, "rule"), span(w)});
      x.why = since(first, why);
      if (const auto a = get(e, "assessment")) assessments.push_back(assessment(*a, steps));
      out.push_back(x);
    }
    if (assessments.size() != out.size()) assessments.clear();  // lines of an older version
    doc_->fill(assessments);
    doc_->fill(steps);
    doc_->fill(out);
    doc_->fill(mentions);
    doc_->fill(args);
    doc_->fill(places);
    doc_->fill(why);
  }

  Assessment assessment(const element& a, std::vector<AssessmentStep>& steps) {
    const auto few = [&](std::string_view key) {
      return static_cast<std::uint16_t>(std::clamp(number(a, key, 0), 0.0, 65535.0));
    };
    Assessment x;
    x.standing = choice(a, "status", Standing::unverified);
    x.sources_for = few("sources_for");
    x.sources_against = few("sources_against");
    x.independent = few("independent");
    x.parties_for = few("parties_for");
    x.parties_against = few("parties_against");
    x.admissions = few("admissions");
    const std::size_t first = steps.size();
    for (const element& s : items(a, "trace"))
      steps.push_back({str(s, "rule"), link<Claim>(s, "claim", 'c')});
    x.trace = since(first, steps);
    return x;
  }

  void claims(const element& root) {
    std::vector<Claim> out;
    std::vector<ClaimContent> content;
    std::vector<ClaimEvent> events;
    for (const element& c : items(root, "claims")) {
      Claim x;
      if (const auto s = get(c, "source")) {
        x.source = link<Entity>(*s, "entity", 'e');
        x.source_name = str(*s, "name");
        x.source_kind = choice(*s, "kind", SourceKind::anonymous);
        x.source_span = span(*s);
      }
      x.cue = span_at(c, "cue");
      std::size_t first = content.size();
      for (const element& s : items(c, "content")) content.push_back({span(s)});
      x.content = since(first, content);
      x.form = choice(c, "form", ClaimForm::indirect);
      x.stance = choice(c, "stance", Stance::asserts);
      x.positive = text_of(c, "polarity") != "-";
      x.certainty = choice(c, "certainty", Certainty::certain);
      x.via = link<Claim>(c, "via", 'c');
      first = events.size();
      for (const element& v : items(c, "events")) {
        std::string_view name;
        if (v.get(name) == simdjson::SUCCESS) {
          ClaimEvent e;
          e.event = link<Event>(name, 'v');
          events.push_back(e);
        }
      }
      for (const element& s : items(c, "statements")) {
        const Id<Event> event = link<Event>(s, "event", 'v');
        for (std::size_t i = first; i < events.size(); ++i)
          if (events[i].event == event) {
            ClaimEvent& e = events[i];
            e.positive = text_of(s, "polarity") != "-";
            e.settled = flag(s, "settled");
            e.admission = flag(s, "admission");
            const double n = number(s, "count", -1);
            e.count = n >= 0 && n < 2e9 ? static_cast<std::int32_t>(n) : -1;
            e.actor = link<Entity>(s, "actor", 'e');
            e.place = link<Place>(s, "place", 'p');
            e.time = link<Time>(s, "time", 't');
            break;
          }
      }
      x.attitude = text_of(c, "kind") == "attitude";
      x.affiliation = link<Entity>(c, "affiliation", 'e');
      x.said = link<Time>(c, "said", 't');
      x.events = since(first, events);
      out.push_back(x);
    }
    doc_->fill(out);
    doc_->fill(content);
    doc_->fill(events);
  }

  void conflicts(const element& root) {
    std::vector<Conflict> out;
    std::vector<ConflictClaim> claims;
    for (const element& c : items(root, "conflicts")) {
      Conflict x{link<Event>(c, "event", 'v'), choice(c, "kind", ConflictKind::polarity), {}};
      const std::size_t first = claims.size();
      for (const element& v : items(c, "claims")) {
        std::string_view name;
        if (v.get(name) == simdjson::SUCCESS) claims.push_back({link<Claim>(name, 'c')});
      }
      x.claims = since(first, claims);
      out.push_back(x);
    }
    doc_->fill(out);
    doc_->fill(claims);
  }

  void relations(const element& root) {
    std::vector<Relation> out;
    for (const element& r : items(root, "relations"))
      out.push_back({link<Entity>(r, "a", 'e'), link<Entity>(r, "b", 'e'),
                     choice(r, "rel", RelationKind::hostile), span(r), day(r, "from"), day(r, "to")});
    doc_->fill(out);
  }

  void control(const element& root) {
    std::vector<Control> out;
    for (const element& c : items(root, "control"))
      out.push_back({link<Place>(c, "place", 'p'), link<Entity>(c, "from", 'e'), link<Entity>(c, "to", 'e'),
                     day(c, "date"), choice(c, "how", ControlHow::captured), link<Event>(c, "event", 'v')});
    doc_->fill(out);
  }

  template <class R>
  void check(Id<R> id) {
    if (id && id.value >= doc_->all<R>().size()) note("a link to a record that is not there");
  }
  void check_links() {
    for (const Event& e : doc_->all<Event>()) check(e.place), check(e.time);
    for (const EventArg& a : doc_->all<EventArg>()) check(a.entity);
    for (const EventPlace& p : doc_->all<EventPlace>()) check(p.place);
    for (const Claim& c : doc_->all<Claim>())
      check(c.source), check(c.via), check(c.affiliation), check(c.said);
    for (const ClaimEvent& c : doc_->all<ClaimEvent>())
      check(c.event), check(c.actor), check(c.place), check(c.time);
    for (const AssessmentStep& s : doc_->all<AssessmentStep>()) check(s.claim);
    for (const Conflict& c : doc_->all<Conflict>()) check(c.event);
    for (const ConflictClaim& c : doc_->all<ConflictClaim>()) check(c.claim);
    for (const Relation& r : doc_->all<Relation>()) check(r.a), check(r.b);
    for (const Control& c : doc_->all<Control>()) check(c.place), check(c.from), check(c.to), check(c.event);
  }

  std::string where_, fault_;
  Document* doc_ = nullptr;
  std::optional<OffsetMap> map_;
  std::vector<Token> tokens_;
};

}  // namespace

Result<ReadDocument> read_json(std::string_view json, const std::string& where) {
  return Reader(where).document(json);
}

}  // namespace annalist
