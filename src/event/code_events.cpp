#include "event/code_events.h"

#include <algorithm>

#include "event/coding.h"
#include "event/control.h"
#include "event/counts.h"
#include "event/deeds.h"
#include "event/discourse.h"
#include "event/match.h"
#include "event/merge.h"
#include "event/relations.h"
#include "event/status.h"
#include "event/when_where.h"

namespace annalist {

using namespace event;

namespace {

/// The police named first in a sentence, not as part of another name and not as somebody in `taken`.
Id<Token> police_in(const Scene& scene, const Sentence& sentence, const Draft& draft) {
  for (std::uint32_t t = sentence.tokens.first; t < sentence.tokens.end(); ++t) {
    const Id<Token> token(t);
    const ActorLink* link = scene.actor(token);
    const Id<Mention> m = scene.mention(token);
    if (!link || link->kind != ActorKind::police || !m || scene.doc()[m].head != token) continue;
    if (scene.deprel(token) == Deprel::compound || scene.deprel(token) == Deprel::amod) continue;
    const bool taken = std::any_of(draft.participants.begin(), draft.participants.end(),
                                   [&](const Participant& p) { return p.head == token; });
    if (!taken) return token;
  }
  return {};
}

constexpr int kSurePolice = 77;            // of 255
constexpr std::uint32_t kPoliceReach = 6;  // sentences

/// "Six persons were picked up, police said": who reports an arrest by no one made it. Looks in the sentence
/// of the act and the one before; for arrests, which nobody else makes, in all the report: the police told
/// last before it, else the first after it. What the model knows as an act of police needs no such report:
/// theirs is what is done within some sentences of their name.
void imply_police(const Scene& scene, std::span<const DeedTag> tags, std::vector<Draft>& drafts) {
  const auto sentences = scene.doc().all<Sentence>();
  for (Draft& d : drafts) {
    const TypeInfo& type = scene.codebook().type(d.type);
    const bool told = police_share(scene, tags, d) > kSurePolice;
    if (!type.by_police && !told) continue;
    const bool known = std::any_of(d.participants.begin(), d.participants.end(),
                                   [](const Participant& p) { return p.role == EventRole::actor; });
    if (known || scene.in_headline(d.trigger)) continue;
    Id<Token> police;
    const bool arrest = type.name == "arrest";
    const std::uint32_t reach = arrest ? d.sentence : told ? kPoliceReach : 1;
    for (std::uint32_t back = 0; back <= reach && !police && back <= d.sentence; ++back)
      police = police_in(scene, sentences[d.sentence - back], d);
    if (arrest)
      for (std::size_t on = d.sentence + 1; on < sentences.size() && !police; ++on)
        police = police_in(scene, sentences[on], d);
    if (police) d.participants.push_back({EventRole::actor, police, scene.doc()[scene.mention(police)].span});
  }
}

/// "Threw stones at a patrol", "guarantors of the truce": who or what takes part in something else, and an
/// accord that stands already, are no events of their own. `sentence`: the drafts of its sentence.
bool is_only_a_thing(const Scene& scene, std::span<const Draft> sentence, const Draft& d) {
  if (!scene.is_noun(d.trigger)) return false;
  const std::string& group = scene.codebook().type(d.type).group;
  if (group == "posture" || group == "police")
    return std::ranges::any_of(sentence, [&](const Draft& other) {
      return other.trigger != d.trigger && std::ranges::any_of(other.participants, [&](const Participant& p) {
               return p.head == d.trigger;
             });
    });
  const Deprel rel = scene.deprel(d.trigger);
  if (group != "accord" || (rel != Deprel::nmod && rel != Deprel::nmod_poss) || d.clause != d.trigger)
    return false;
  return d.participants.empty() && std::ranges::any_of(scene.tree().children(d.trigger), [&](Id<Token> c) {
           return scene.deprel(c) == Deprel::det && scene.tree().lemma(c) == "the";
         });
}

void drop_things(const Scene& scene, std::vector<Draft>& drafts) {
  std::vector<Draft> kept;
  kept.reserve(drafts.size());
  for (std::size_t first = 0; first < drafts.size();) {
    const std::size_t begin = kept.size();
    for (const std::uint32_t sentence = drafts[first].sentence;
         first < drafts.size() && drafts[first].sentence == sentence; ++first)
      kept.push_back(std::move(drafts[first]));
    for (std::size_t i = kept.size(); i-- > begin;)
      if (is_only_a_thing(scene, std::span(kept).subspan(begin), kept[i]))
        kept.erase(kept.begin() + std::ptrdiff_t(i));
  }
  drafts = std::move(kept);
}

std::vector<Draft> read_drafts(const Scene& scene, const Arguments& arguments, const Senses& senses,
                               std::span<const DeedTag> tags) {
  std::vector<Draft> drafts = find_drafts(scene, arguments, senses);
  drop_things(scene, drafts);
  imply_police(scene, tags, drafts);
  fill_from_deeds(scene, tags, drafts);
  for (Draft& d : drafts) {
    const Reading reading = read_status(scene, arguments, d);
    d.status = reading.status;
    d.hedged = reading.hedged;
  }
  for (std::size_t first = 0; first < drafts.size();) {
    std::size_t last = first;
    while (last < drafts.size() && drafts[last].sentence == drafts[first].sentence) ++last;
    read_counts(scene, arguments, drafts, first, last);
    read_when_where(scene, arguments, drafts, first, last);
    first = last;
  }
  for (Draft& d : drafts)
    if (d.status == EventStatus::actual && speaks_of_kind(scene, d)) d.status = EventStatus::generic;
  doubt_by_deeds(scene, tags, drafts);
  drop_untold(scene, tags, drafts);
  inherit_places(scene, drafts);
  return drafts;
}

/// What tells whose a place is: drafts that become no events, each settled as one of its own.
struct Statements {
  std::vector<Draft> drafts;
  std::vector<Merged> told;
};

Statements take_standing(const Scene& scene, std::vector<Draft>& drafts) {
  Statements out;
  std::erase_if(drafts, [&](Draft& d) {
    if (!scene.codebook().type(d.type).standing) return false;
    Merged m;
    m.mentions = {static_cast<std::uint32_t>(out.drafts.size())};
    m.type = d.type;
    m.status = d.status;
    m.participants = d.participants;
    m.places = d.places;
    m.place = d.place;
    m.time = d.time;
    m.from = d.from, m.to = d.to;
    m.precision = d.precision;
    m.dated_by_text = d.dated_by_text;
    out.told.push_back(std::move(m));
    out.drafts.push_back(std::move(d));
    return true;
  });
  place_and_date(scene, out.drafts, out.told);
  return out;
}

/// The columns that the events of one document fill.
struct Columns {
  std::vector<Event> events;
  std::vector<EventMention> mentions;
  std::vector<EventArg> args;
  std::vector<EventPlace> places;
  std::vector<Why> why;
};

void write_event(Document& doc, const Scene& scene, const std::vector<Draft>& drafts,
                 const std::vector<Merged>& events, const Merged& m, Columns& out) {
  const Codebook& book = scene.codebook();
  const TypeInfo& type = book.type(m.type);
  const Id<Event> id(out.events.size());
  const Draft& lead = drafts[m.mentions.front()];
  Event e;
  e.type = doc.intern(type.written);
  if (const PloverRule* plover = plover_of(scene, m)) {
    e.plover_type = doc.intern(plover->type);
    // The mode by means belongs to the root of the deed.
    const bool by_means = !m.mode.empty() && plover->statuses == 0;
    e.plover_mode = doc.intern(by_means ? m.mode : std::string_view(plover->mode));
  }
  e.plover_contexts = doc.intern(contexts_of(scene, drafts, m));
  e.cameo = doc.intern(type.cameo);
  if (const AcledRule* acled = acled_of(scene, drafts, events, m)) {
    e.acled_type = doc.intern(acled->type);
    e.acled_sub_type = doc.intern(acled->sub_type);
  }
  e.trigger = lead.span;
  e.trigger_token = lead.trigger;
  e.mentions = {static_cast<std::uint32_t>(out.mentions.size()),
                static_cast<std::uint32_t>(m.mentions.size())};
  e.args = {static_cast<std::uint32_t>(out.args.size()), static_cast<std::uint32_t>(m.participants.size())};
  e.places = {static_cast<std::uint32_t>(out.places.size()), static_cast<std::uint32_t>(m.places.size())};
  e.why = {static_cast<std::uint32_t>(out.why.size()), static_cast<std::uint32_t>(m.mentions.size())};
  for (const std::uint32_t i : m.mentions) {
    out.mentions.push_back({id, drafts[i].trigger, drafts[i].span});
    out.why.push_back({doc.intern(book.frames()[drafts[i].frame].id), drafts[i].span});
  }
  for (const Participant& p : m.participants)
    out.args.push_back({p.role, scene.entity(p.head), scene.mention(p.head), p.span});
  out.places.insert(out.places.end(), m.places.begin(), m.places.end());
  e.place = m.place;
  e.time = m.time;
  e.from = m.from;
  e.to = m.to;
  e.precision = m.precision;
  e.place_basis = m.place_basis;
  e.time_basis = m.time_basis;
  e.status = m.status;
  e.main = m.main;
  e.deaths = m.deaths;
  e.injured = m.injured;
  e.abducted = m.abducted;
  e.confidence = confidence_of(m);
  out.events.push_back(e);
}

}  // namespace

Result<CodeEvents> CodeEvents::load(const std::vector<DataText>& files) {
  auto codebook = Codebook::load(files);
  if (!codebook) return std::unexpected(codebook.error());
  auto senses = Senses::load(files, *codebook);
  if (!senses) return std::unexpected(senses.error());
  return CodeEvents(std::make_shared<const Codebook>(std::move(*codebook)),
                    std::make_shared<const Senses>(std::move(*senses)));
}

void CodeEvents::run(Document& doc, Workspace&) const {
  Columns out;
  std::vector<Relation> relations;
  std::vector<Control> control;
  {
    const Scene scene(doc, *codebook_);
    const Arguments arguments(scene);
    std::vector<Draft> drafts = read_drafts(scene, arguments, *senses_, doc.all<DeedTag>());
    const Statements standing = take_standing(scene, drafts);
    const std::vector<Relation> said = said_relations(scene, arguments);
    std::vector<Merged> events = merge(scene, drafts, said);
    place_and_date(scene, drafts, events);
    for (const Merged& m : events) write_event(doc, scene, drafts, events, m, out);
    relations = relations_of(scene, said, drafts, events);
    control = control_of(scene, drafts, events, standing.drafts, standing.told);
  }
  doc.fill(out.events);
  doc.fill(out.mentions);
  doc.fill(out.args);
  doc.fill(out.places);
  doc.fill(out.why);
  doc.fill(relations);
  doc.fill(control);
}

std::vector<CodeEvents::FrameFailure> CodeEvents::check_frames(
    const std::function<Document(std::string_view)>& parse, const std::vector<std::string>& texts) const {
  std::vector<FrameFailure> out;
  const auto asked = [&](std::string_view where) {
    return texts.empty() || std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
             return where.starts_with(text) && where.substr(text.size()).starts_with(':');
           });
  };
  Workspace workspace;
  const auto coded = [&](const std::string& sentence) {
    Document doc = parse(sentence);
    run(doc, workspace);
    return doc;
  };
  const auto has_event = [&](const Document& doc, std::string_view type) {
    if (const auto id = codebook_->type_named(type); id && codebook_->type(*id).standing)
      return std::any_of(doc.all<Control>().begin(), doc.all<Control>().end(),
                         [](const Control& c) { return !c.event; });
    return std::any_of(doc.all<Event>().begin(), doc.all<Event>().end(),
                       [&](const Event& e) { return doc.str(e.type) == type; });
  };
  // A harm may be told with what brought it: then its frame is one of the reasons of that event.
  const auto fired = [](const Document& doc, std::string_view frame) {
    return std::any_of(doc.all<Why>().begin(), doc.all<Why>().end(),
                       [&](const Why& w) { return doc.str(w.rule) == frame; });
  };
  for (const Frame& frame : codebook_->frames()) {
    if (!asked(frame.where)) continue;
    const std::string& type = codebook_->type(frame.type).written;
    for (const std::string& s : frame.must)
      if (const Document doc = coded(s); !has_event(doc, type) && !fired(doc, frame.id))
        out.push_back({frame.where, frame.id, s, "no event of type " + type});
    for (const std::string& s : frame.must_not)
      if (has_event(coded(s), type)) out.push_back({frame.where, frame.id, s, "an event of type " + type});
  }
  for (const Probe& probe : codebook_->probes()) {
    if (!asked(probe.where)) continue;
    const Document doc = coded(probe.text);
    const auto given = [&](const Event& e) {
      return doc.str(e.type) == probe.type && (!probe.status || e.status == *probe.status);
    };
    const bool found = std::any_of(doc.all<Event>().begin(), doc.all<Event>().end(), given);
    if (found == probe.wanted) continue;
    const std::string what = probe.type + (probe.status ? " " + std::string(name_of(*probe.status)) : "");
    out.push_back({probe.where, probe.id, probe.text, (found ? "an event " : "no event ") + what});
  }
  std::string_view done;
  for (const RelationPattern& p : codebook_->relations()) {
    if (p.id == done) continue;  // one entry makes a pattern a word; its examples count once
    done = p.id;
    if (!asked("codebook/relations.txt:")) continue;
    const auto has = [&](const Document& doc) {
      return std::any_of(doc.all<Relation>().begin(), doc.all<Relation>().end(),
                         [&](const Relation& r) { return r.kind == p.kind; });
    };
    for (const std::string& s : p.must)
      if (!has(coded(s))) out.push_back({"codebook/relations.txt", p.id, s, "no such relation"});
    for (const std::string& s : p.must_not)
      if (has(coded(s))) out.push_back({"codebook/relations.txt", p.id, s, "such a relation"});
  }
  return out;
}

}  // namespace annalist
