// An event mention on its way to becoming an event: what one trigger in one sentence says. Owned by the
// stage's scratch memory; each step (match, status, counts, when_where, merge) fills its part.
#pragma once

#include <string_view>
#include <vector>

#include "event/arguments.h"

namespace annalist::event {

struct Participant {
  EventRole role = EventRole::actor;
  Id<Token> head;  // the word that names the participant, one a conjunct
  Span span;
};

struct PlaceHint {
  EventPlaceRole role = EventPlaceRole::at;
  Id<Token> head;
};

/// It takes place: told as done or going on.
inline bool is_real(EventStatus s) { return s == EventStatus::actual || s == EventStatus::ongoing; }
/// The same, or it did once.
inline bool happened(EventStatus s) { return is_real(s) || s == EventStatus::historical; }

struct Draft {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  // match
  Id<Token> trigger;
  Id<Token> clause;  // the verb that carries tense, modality and negation: the trigger or its support verb
  Span span;         // the words of the trigger
  std::uint32_t frame = 0;
  TypeId type = 0;
  std::string_view mode;  // PLOVER mode by means; else the type's
  std::uint32_t sentence = 0;
  std::vector<Participant> participants;
  std::vector<PlaceHint> place_hints;
  Slots slots;
  // status
  EventStatus status = EventStatus::actual;
  bool hedged = false;  // "reportedly", "alleged": less sure, status unchanged
  // counts
  Count deaths, injured, abducted;
  // when_where
  std::vector<EventPlace> places;
  Id<Place> place;
  bool place_inherited = false;
  Id<Time> time;
  Day from, to;
  TimePrecision precision = TimePrecision::unknown;
  bool dated_by_text = false;
  // merge
  std::uint32_t absorbed = kNone;  // the draft whose happening this is a part or result of
  std::uint32_t event = kNone;
};

}  // namespace annalist::event
