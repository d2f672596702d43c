#include "event/control.h"

#include <optional>
#include <utility>

namespace annalist::event {
namespace {

Id<Entity> first_entity(const Scene& scene, const Merged& event, EventRole role) {
  for (const Participant& p : event.participants)
    if (p.role == role)
      if (const Id<Entity> e = scene.entity(p.head)) return e;
  return {};
}

/// What changes hands: the place itself, though only the region it lies in has coordinates and stands for it.
Id<Place> held_place(const Document& doc, const Merged& event) {
  if (!doc[event.place].resolved || doc[event.place].precision == PlacePrecision::exact) return event.place;
  for (const EventPlace& p : event.places)
    if (p.role == EventPlaceRole::at && !doc[p.place].resolved) return p.place;
  return event.place;
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

std::vector<Control> control_of(const Scene& scene, const std::vector<Merged>& events) {
  std::vector<Control> out;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Merged& e = events[i];
    const auto how = how_of(scene.codebook().type(e.type).name);
    const bool happened = e.status == EventStatus::actual || e.status == EventStatus::ongoing ||
                          e.status == EventStatus::historical;
    if (!how || !happened || !e.place) continue;
    Control c;
    c.place = held_place(scene.doc(), e);
    c.how = *how;
    c.event = Id<Event>(i);
    c.date = e.to ? e.to : e.from;
    const Id<Entity> actor = first_entity(scene, e, EventRole::actor),
                     target = first_entity(scene, e, EventRole::target),
                     heir = first_entity(scene, e, EventRole::beneficiary);
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
        c.to = Id<Entity>();
        break;
    }
    if (c.to || c.from) out.push_back(c);
  }
  return out;
}

}  // namespace annalist::event
