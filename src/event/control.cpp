#include "event/control.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/strings.h"
#include "event/place_anaphor.h"
#include "event/when_where.h"

namespace annalist::event {
namespace {

Id<Entity> first_entity(const Scene& scene, const std::vector<Participant>& participants, EventRole role) {
  for (const Participant& p : participants)
    if (p.role == role)
      if (const Id<Entity> e = scene.entity(p.head)) return e;
  return {};
}

/// What changes hands: the place itself, though only the region it lies in has coordinates and stands for it.
Id<Place> held_place(const Document& doc, Id<Place> place, const std::vector<EventPlace>& places) {
  if (!doc[place].resolved || doc[place].precision == PlacePrecision::exact) return place;
  for (const EventPlace& p : places)
    if (p.role == EventPlaceRole::at && !doc[p.place].resolved) return p.place;
  return place;
}

/// Of "the rebel-held town": the rebels that the report names nearest before, else after.
Id<Entity> namesake(const Scene& scene, Id<Token> head) {
  Id<Entity> out;
  const auto mentions = scene.doc().all<Mention>();
  const auto links = scene.doc().all<MentionEntity>();
  const Word word = scene.word(head);
  for (std::size_t m = 0; m < mentions.size() && word != 0; ++m) {
    if (!links[m].entity || !mentions[m].head || scene.word(mentions[m].head) != word) continue;
    if (out && head < mentions[m].head) break;
    out = links[m].entity;
  }
  return out;
}

/// Who is told to hold the place; never the place itself.
Id<Entity> holder(const Scene& scene, const Merged& told) {
  const auto from = [&](auto find) {
    for (const Participant& p : told.participants)
      if (p.role == EventRole::actor && scene.place(p.head) != told.place)
        if (const Id<Entity> e = find(p.head)) return e;
    return Id<Entity>();
  };
  const Id<Entity> named = from([&](Id<Token> t) { return scene.entity(t); });
  return named ? named : from([&](Id<Token> t) { return namesake(scene, t); });
}

/// Whether the phrase stands for the place: its name, "most of X", "the district". Not a bridge in X, two
/// villages near X, or the quarter of another name.
bool stands_for(const Scene& scene, Id<Token> phrase, Id<Place> place) {
  const Tree& tree = scene.tree();
  // A village that no gazetteer has is told as the region it lies in.
  const Id<Place> own = scene.place(phrase);
  if (own == place || (own && !scene.doc()[own].resolved)) return true;
  if (scene.upos(phrase) == Upos::propn && !own) return false;
  bool pointed = scene.points_at(phrase);
  for (const Id<Token> c : tree.children(phrase)) {
    const Deprel d = tree[c].deprel;
    pointed |= d == Deprel::nmod_poss;
    const Id<Token> p = scene.preposition(c);
    const bool of = d == Deprel::nmod && p && (tree.lemma(p) == "of" || tree.lemma(p) == "including");
    const bool name = d == Deprel::appos || d == Deprel::flat || d == Deprel::nmod_unmarked ||
                      d == Deprel::compound || d == Deprel::nmod_poss || d == Deprel::conj ||
                      d == Deprel::amod || d == Deprel::acl;
    if ((of || name) && place_of_phrase(scene, c)) return true;
    // "most of the town", not "some quarters of the town"
    if (of && !scene.has(phrase, Class::settlement) && stands_for(scene, c, place)) return true;
  }
  if (scene.upos(phrase) == Upos::pron) return true;
  // "the crossing" where the place is called one
  const auto called = [&] {
    return lower(scene.doc().text(scene.doc()[place].span)).find(tree.lemma(phrase)) != std::string::npos;
  };
  return pointed && (may_mean(scene, phrase, place) || scene.has(phrase, Class::vague_place) || called());
}

/// Whether what the draft tells changes hands, or is held, is the place that it was given.
bool speaks_of(const Scene& scene, const Draft& draft, Id<Place> place) {
  if (scene.doc()[place].precision == PlacePrecision::country)  // not "posts along the border with X"
    return std::ranges::any_of(draft.place_hints,
                               [&](const PlaceHint& h) { return scene.place(h.head) == place; });
  const auto is_time = [&](const PlaceHint& h) { return static_cast<bool>(scene.time(h.head)); };
  return std::ranges::all_of(draft.place_hints, is_time) ||
         std::ranges::any_of(draft.place_hints,
                             [&](const PlaceHint& h) { return stands_for(scene, h.head, place); });
}

/// "fled into X", "retreated to the hills": where they went is not what they gave up.
bool only_reached(const Scene& scene, const Draft& draft) {
  const auto led_by = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(draft.slots, [&](const Slot& s) {
      return s.ref.kind == SlotKind::preposition &&
             std::any_of(words.begin(), words.end(), [&](std::string_view w) {
               return s.ref.preposition == scene.codebook().words().find(w);
             });
    });
  };
  return led_by({"into", "to", "towards", "toward"}) && !led_by({"from", "out"}) &&
         !filler(draft.slots, {SlotKind::object, 0});
}

std::optional<ControlHow> how_of(const std::string& type) {
  static constexpr std::pair<std::string_view, ControlHow> kTable[] = {{"capture", ControlHow::captured},
                                                                       {"enter", ControlHow::entered},
                                                                       {"withdraw", ControlHow::withdrew},
                                                                       {"handover", ControlHow::handed_over},
                                                                       {"siege", ControlHow::besieged}};
  for (const auto& [name, how] : kTable)
    if (name == type) return how;
  return std::nullopt;
}

}  // namespace

std::vector<Control> control_of(const Scene& scene, const std::vector<Draft>& drafts,
                                const std::vector<Merged>& events, const std::vector<Draft>& statements,
                                const std::vector<Merged>& standing) {
  std::vector<Control> out;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Merged& e = events[i];
    const auto how = how_of(scene.codebook().type(e.type).name);
    if (!how || !happened(e.status) || !e.place) continue;
    if (e.unlocated && e.place_basis != Basis::words) continue;
    const auto of_place = [&](std::uint32_t m) { return speaks_of(scene, drafts[m], e.place); };
    if (std::ranges::none_of(e.mentions, of_place)) continue;
    // Who crosses into a country does not take it.
    if (*how == ControlHow::entered && scene.doc()[e.place].precision == PlacePrecision::country) continue;
    const auto reached = [&](std::uint32_t m) { return only_reached(scene, drafts[m]); };
    if (*how == ControlHow::withdrew && std::ranges::all_of(e.mentions, reached)) continue;
    Control c;
    c.place = held_place(scene.doc(), e.place, e.places);
    c.how = *how;
    c.event = Id<Event>(i);
    // "Captured in 2022, recaptured on 10 November": what is told coarsely went before.
    c.date = e.from ? e.from : e.to;
    const Id<Entity> actor = first_entity(scene, e.participants, EventRole::actor),
                     target = first_entity(scene, e.participants, EventRole::target),
                     heir = first_entity(scene, e.participants, EventRole::beneficiary);
    switch (*how) {
      case ControlHow::captured:
      case ControlHow::entered:
        c.to = actor;
        c.from = target;
        break;
      case ControlHow::withdrew:
        c.from = actor;
        break;
      case ControlHow::handed_over:
        c.from = actor;
        c.to = heir ? heir : target;
        break;
      case ControlHow::besieged:
        c.from = target;
        break;
      case ControlHow::contested:
        break;  // told of by no event
    }
    if (c.to || c.from) out.push_back(c);
  }
  for (const Merged& d : standing) {
    if (!happened(d.status) || !d.place) continue;
    // "Groups control large parts of the north": not the town of the sentence before.
    if (d.place_basis == Basis::story) continue;
    if (!speaks_of(scene, statements[d.mentions.front()], d.place)) continue;
    Control c;
    c.place = held_place(scene.doc(), d.place, d.places);
    // Who fights over a place does not hold it.
    if (scene.codebook().type(d.type).name == "contested")
      c.how = ControlHow::contested;
    else
      c.to = holder(scene, d);
    // A country is not what a town's holder holds.
    if ((!c.to && c.how != ControlHow::contested) ||
        scene.doc()[c.place].precision == PlacePrecision::country)
      continue;
    const bool in_a_month = d.precision != TimePrecision::year && d.precision != TimePrecision::unknown;
    c.date = in_a_month ? d.from : d.to;
    const auto same = [&](const Control& o) {
      return o.place == c.place && o.to == c.to && o.date == c.date && o.how == c.how && !o.event;
    };
    if (std::ranges::none_of(out, same)) out.push_back(c);
  }
  return out;
}

}  // namespace annalist::event
