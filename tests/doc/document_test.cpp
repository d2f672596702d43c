#include <doctest/doctest.h>

#include "doc/json.h"
#include "doc/morph.h"
#include "doc/stage.h"
#include "doc/tree.h"
#include "support/conllu_doc.h"

using namespace annalist;

namespace {

// A document with one record of every layer, over a text that is not ASCII.
Document full_document() {
  Document doc("d-1", "Zürich’s “army” fled.\n\nIt was denied.");
  PageInfo page;
  page.headline = "Zürich’s “army” fled.";
  page.agency = "Wire";
  page.authors = {"A. Writer"};
  page.subtitle = "“It” was denied.";
  page.section = "World";
  page.tags = {"army", "Zürich"};
  page.form = PageForm::paywall_stub;
  page.revised = true;
  page.entries.resize(2);
  page.entries[0] = {{30, 44}, {"2014-11-01T14:35", DatePrecision::minute, DateSource::visible}, "“It”"};
  page.language = "en";
  page.dateline = {"BERN", Day::from_ymd(2014, 11, 1), {0, 3}};
  page.published = {"2014-11-01", DatePrecision::day, DateSource::meta};
  doc.set_page(page);
  const auto span = [&](std::string_view word) {
    const auto at = static_cast<std::uint32_t>(doc.text().find(word));
    return Span{at, at + static_cast<std::uint32_t>(word.size())};
  };
  doc.fill<Block>(
      {{span("Zürich’s “army” fled."), BlockKind::headline}, {span("It was denied."), BlockKind::paragraph}});
  doc.fill<Sentence>(
      {{span("Zürich’s “army” fled."), Id<Block>(0), {}}, {span("It was denied."), Id<Block>(1), {}}});
  doc.fill<Mention>({{span("Zürich"), {}, {}, EntityType::gpe, MentionForm::name},
                     {span("army"), {}, {}, EntityType::gpe, MentionForm::nominal}});
  ActorLink link;
  link.id = doc.intern("swiss-army");
  link.name = doc.intern("Swiss Army");
  link.country = doc.intern("CHE");
  link.kind = ActorKind::military;
  link.cameo = doc.intern("CHEMIL");
  doc.fill<ActorLink>({link});
  Entity entity;
  entity.type = EntityType::gpe;
  entity.name = doc.intern("Zürich");
  entity.actor = Id<ActorLink>(0);
  doc.fill<Entity>({entity});
  doc.fill<MentionEntity>({{Id<Entity>(0)}, {Id<Entity>(0)}});
  Place place;
  place.span = span("Zürich");
  place.name = doc.intern("Zürich");
  place.gazetteer = doc.intern("geonames:2657896");
  place.country = doc.intern("CH");
  place.lat = 47.36667F;
  place.lon = 8.55F;
  place.resolved = place.placed = true;
  place.alternatives = {0, 1};
  doc.fill<Place>({place});
  doc.fill<PlaceAlternative>({{doc.intern("geonames:1"), doc.intern("Zurich"), 1.5F, -2.25F, 0.5F}});
  doc.fill<Time>({{span("fled"), TimeType::duration, doc.intern("P1D"), {}, {}, Day::from_ymd(2014, 11, 1)}});
  Event event;
  event.type = doc.intern("withdraw");
  event.plover_type = doc.intern("RETREAT");
  event.plover_contexts = doc.intern("military|territory");
  event.trigger = span("fled");
  event.mentions = {0, 1};
  event.args = {0, 1};
  event.places = {0, 1};
  event.place = Id<Place>(0);
  event.time = Id<Time>(0);
  event.from = event.to = Day::from_ymd(2014, 11, 1);
  event.precision = TimePrecision::day;
  event.deaths = {3, 4, -1};
  event.why = {0, 1};
  event.confidence = 0.75F;
  doc.fill<Event>({event});
  doc.fill<EventMention>({{Id<Event>(0), {}, span("fled")}});
  doc.fill<EventArg>({{EventRole::actor, Id<Entity>(0), {}, span("army")}});
  doc.fill<EventPlace>({{Id<Place>(0), EventPlaceRole::from}});
  doc.fill<Why>({{doc.intern("withdraw.v.flee"), span("fled")}});
  Claim yes, no;
  yes.source_kind = SourceKind::narrator;
  yes.form = ClaimForm::narrator;
  yes.content = {0, 1};
  yes.events = {0, 1};
  no.source_name = doc.intern("somebody");
  no.cue = span("denied");
  no.stance = Stance::denies;
  no.positive = false;
  no.content = {1, 1};
  no.events = {1, 1};
  no.via = Id<Claim>(0);
  doc.fill<Claim>({yes, no});
  doc.fill<ClaimContent>({{span("fled")}, {span("It")}});
  doc.fill<ClaimEvent>({{Id<Event>(0)}, {Id<Event>(0)}});
  doc.fill<Conflict>({{Id<Event>(0), ConflictKind::polarity, {0, 2}}});
  doc.fill<ConflictClaim>({{Id<Claim>(0)}, {Id<Claim>(1)}});
  doc.fill<Relation>({{Id<Entity>(0), Id<Entity>(0), RelationKind::allied, span("army"), {}, {}}});
  doc.fill<Control>(
      {{Id<Place>(0), {}, Id<Entity>(0), Day::from_ymd(2014, 11, 1), ControlHow::withdrew, Id<Event>(0)}});
  doc.diagnose("W005", "no \"date\"\n", span("It"));
  return doc;
}

std::string json_of(const Document& doc, JsonParts parts = kEverything) {
  std::string out;
  write_json(doc, {"0.1.0", "m", "c", ""}, parts, out);
  return out;
}

}  // namespace

TEST_CASE("json: written, read back and written again gives the same bytes") {
  const std::string first = json_of(full_document());
  const auto back = read_json(first, "line 1");
  REQUIRE(back);
  std::string second;
  write_json(back->document, back->engine, kEverything, second);
  CHECK(first == second);
  CHECK(first.find("\"contested\":true") != std::string::npos);
  CHECK(first.find("\"headline\":\"Zürich’s “army” fled.\"") != std::string::npos);
  const PageInfo& page = back->document.page();
  CHECK(page.subtitle == "“It” was denied.");
  CHECK(page.section == "World");
  CHECK(page.tags == std::vector<std::string>{"army", "Zürich"});
  CHECK(page.form == PageForm::paywall_stub);
  CHECK(page.revised);
  REQUIRE(page.entries.size() == 2);
  CHECK(page.entries[0].span.begin == 30);
  CHECK(page.entries[0].time.value == "2014-11-01T14:35");
  CHECK(page.entries[0].heading == "“It”");
  // "army" stands at code point 10, byte 16.
  CHECK(first.find("\"role\":\"actor\",\"entity\":\"e1\",\"start\":10,\"end\":14") != std::string::npos);
}

TEST_CASE("json: parts are chosen by name") {
  const std::string only = json_of(full_document(), *parse_parts("events"));
  CHECK(only.find("\"events\"") != std::string::npos);
  CHECK(only.find("\"text\":\"Z") == std::string::npos);
  const auto unknown = parse_parts("events,evnts");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().message().find("evnts") != std::string::npos);
}

TEST_CASE("json: broken documents are errors that name the line, never a crash") {
  const auto fault = [](std::string_view json) {
    const auto r = read_json(json, "in.jsonl:7");
    return r ? std::string() : r.error().message();
  };
  const std::string head = R"({"schema":"annalist/document/1","id":"x","text":"abc",)";
  for (const std::string& json :
       {std::string("{"), std::string("[]"), std::string("{}"), std::string(),
        head + R"("blocks":[{"start":0,"end":99,"kind":"paragraph"}]})",
        head + R"("blocks":[{"start":2,"end":1,"kind":"paragraph"}]})",
        head + R"("blocks":[{"start":0,"end":1,"kind":"poem"}]})",
        head + R"("events":[{"id":"v1","type":"x","place":"p9"}]})",
        head + R"("claims":[{"id":"c1","via":"c-1"}]})",
        head + R"("tokens":[{"start":0,"end":1,"sentence":0,"head":7}]})", head + R"("events":7})"}) {
    CAPTURE(json);
    CHECK(fault(json).find("in.jsonl:7") != std::string::npos);
  }
  const std::string whole = json_of(full_document());
  for (std::size_t cut = 0; cut < whole.size(); cut += 7) CHECK_FALSE(fault(whole.substr(0, cut)).empty());
}

TEST_CASE("tree: children, phrases, lookups") {
  const Document doc = test::document_from_conllu(
      "1 The the DET 2 det\n2 rebels rebel NOUN 3 nsubj\n3 seized seize VERB 0 root\n4 the the DET 5 det\n"
      "5 town town NOUN 3 obj\n6 of of ADP 7 case\n7 Idlib Idlib PROPN 5 nmod\n8 . . PUNCT 3 punct\n");
  const Tree tree(doc);
  const Id<Token> seized(2);
  CHECK(tree.children(seized).size() == 3);
  CHECK(tree.lemma(tree.child(seized, Deprel::nsubj)) == "rebel");
  CHECK(doc.text(tree.phrase(tree.child(seized, Deprel::obj))) == "the town of Idlib");
  CHECK(tree.dominates(seized, Id<Token>(6)));
  CHECK_FALSE(tree.dominates(Id<Token>(6), seized));
  CHECK(tree.at(4) == Id<Token>(1));
  CHECK_FALSE(tree.at(3));  // the blank
}

TEST_CASE("morphology: features and relations by name") {
  CHECK(morph_flags("Mood=Ind|Tense=Past|VerbForm=Fin") == (2 | 64));
  CHECK(deprel_of("nsubj:pass") == Deprel::nsubj_pass);
  CHECK(deprel_of("obl:whatever") == Deprel::obl);
  CHECK(deprel_of("nonsense") == Deprel::dep);
}

TEST_CASE("every vocabulary has a name for its last value") {
  CHECK(name_of(Deprel::xcomp) == "xcomp");
  CHECK(name_of(ActorKind::other) == "other");
  CHECK(name_of(RoleLabel::other) == "other");
  CHECK(name_of(Upos::x) == "X");
  CHECK(name_of(Stance::hedges) == "hedges");
  CHECK(name_of(ControlHow::besieged) == "besieged");
  CHECK(from_name<EventStatus>("generic") == EventStatus::generic);
}
