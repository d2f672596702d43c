#include "event/control.h"

#include <algorithm>
#include <optional>
#include <utility>

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

/// "took a bridge in X", "handed over its base at X": every mention speaks of a site, none of X itself.
bool only_a_site(const Scene& scene, const std::vector<Draft>& drafts, const Merged& event) {
  return std::ranges::all_of(event.mentions, [&](std::uint32_t m) {
    const Id<Token> o = filler(drafts[m].slots, {SlotKind::object, 0});
    return o && scene.is_noun(o) && scene.has(o, Class::site) && !scene.place(o);
  });
}

bool happened(EventStatus s) {
  return s == EventStatus::actual || s == EventStatus::ongoing || s == EventStatus::historical;
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
                                const std::vector<Merged>& events, const std::vector<Merged>& standing) {
  std::vector<Control> out;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Merged& e = events[i];
    const auto how = how_of(scene.codebook().type(e.type).name);
    if (!how || !happened(e.status) || !e.place) continue;
    if (e.unlocated && e.place_basis != Basis::words) continue;
    // A country that only stands near the words is not what changed hands.
    if (scene.doc()[e.place].precision == PlacePrecision::country && e.place_basis != Basis::words) continue;
    if (only_a_site(scene, drafts, e)) continue;
    Control c;
    c.place = held_place(scene.doc(), e.place, e.places);
    c.how = *how;
    c.event = Id<Event>(i);
    c.date = e.to ? e.to : e.from;
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
    }
    if (c.to || c.from) out.push_back(c);
  }
  for (const Merged& d : standing) {
    if (!happened(d.status) || !d.place) continue;
    Control c;
    c.place = held_place(scene.doc(), d.place, d.places);
    c.to = first_entity(scene, d.participants, EventRole::actor);
    for (const Participant& p : d.participants)
      if (p.role == EventRole::actor && !c.to) c.to = namesake(scene, p.head);
    // A country is not what a town's holder holds.
    if (!c.to || scene.doc()[c.place].precision == PlacePrecision::country) continue;
    const bool in_a_month = d.precision != TimePrecision::year && d.precision != TimePrecision::unknown;
    c.date = in_a_month ? d.from : d.to;
    const auto same = [&](const Control& o) {
      return o.place == c.place && o.to == c.to && o.date == c.date && !o.event;
    };
    if (std::ranges::none_of(out, same)) out.push_back(c);
  }
  return out;
}

}  // namespace annalist::event
