// Dated intervals from the facts of many reports: control of places, and relations between actors.
//
// Every interval names the events and documents that opened, closed, support or contradict it. Valid time is
// in the row; recorded time is the store's. Pure and deterministic: rows in any order give the same states.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "state/successors.h"
#include "store/findings.h"
#include "store/rows.h"

namespace annalist::state {

/// ISO 3166-1 alpha-3 -> name.
using CountryNames = std::map<std::string, std::string, std::less<>>;

/// The states that these reports support, sorted by uid. An army, police or government holds a place for its
/// country, if `countries` knows that.
std::vector<store::State> find_states(const std::vector<const store::DocumentRows*>& reports,
                                      const CountryNames& countries);

struct Holder {
  std::string uid, name;        // empty: nobody is known to hold it; by its name on that day
  std::string side, side_name;  // the alliance or state it holds it for; empty: for itself
  bool contested = false;
  double confidence = 0;  // of the state, halved for every half-life since its last evidence
  std::string state;      // uid of the state it rests on
};
// Days. What a state took it mostly keeps for long; where an armed group was in charge changes sooner.
inline constexpr int kHalfLifeOfStates = 1825, kHalfLife = 730;
inline constexpr double kFaded = 0.05;

/// Who holds a place on a day, by the control states of that place among `states`. What was last heard of so
/// long before that less than kFaded of its confidence is left is no answer.
Holder holder_at(const std::vector<store::State>& states, std::string_view place_uid, Day day,
                 const Successors& successors = {});

}  // namespace annalist::state
