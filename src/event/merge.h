// One happening, one event: drafts of a document that speak of the same thing are put together. Headline,
// lead and body tell one event once; "the attack" is the one told before; "entered" and "captured" of one
// place by one side are one capture. A denial joins the event that others assert.
#pragma once

#include <vector>

#include "event/draft.h"

namespace annalist::event {

/// Several drafts as one event. `mentions` are indexes into the drafts, in text order; the first one that is
/// not absorbed leads.
struct Merged {
  std::vector<std::uint32_t> mentions;
  TypeId type = 0;
  std::string_view mode;
  EventStatus status = EventStatus::actual;
  std::vector<Participant> participants;
  std::vector<EventPlace> places;
  Id<Place> place;
  Id<Time> time;
  Day from, to;
  TimePrecision precision = TimePrecision::unknown;
  bool dated_by_text = false, hedged = false;
  bool main = false;
  bool unlocated = false;  // of a town that the text names and no gazetteer has: its place is only nearby
  Count deaths, injured, abducted;
  Basis place_basis = Basis::none, time_basis = Basis::none;  // event/discourse.h
};

/// Groups the drafts and sets Draft::event. `said` are the relations that the text states: a leader may
/// stand for the group. O(drafts x events of the document), the latter bounded by kMostEvents.
std::vector<Merged> merge(const Scene& scene, std::vector<Draft>& drafts, const std::vector<Relation>& said);

inline constexpr std::size_t kMostEvents = 400;

}  // namespace annalist::event
