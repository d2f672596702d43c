// One happening, told in many reports: events of different reports joined when their arguments agree.
//
// Two events are compared by type, days, place, sides, counts and reports. Days or places that contradict
// each other beyond their precision, or listed sides that differ, forbid a merge, whatever the rest says,
// also between any two members of a cluster; so do two events of one report, which its coder held apart. What
// agrees is added up and written down as the reason. Events that are planned or threatened join only their
// like. Pure: the same reports in any order give the same merged events; reports may be taken out and the
// rest computed anew. What people said of two events goes before all of this.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "store/findings.h"
#include "story/told.h"

namespace annalist::story {

/// What people said of two events, by uid, the smaller first: that they are not the same happening, which
/// nothing joins; that they are, which joins them though all else speak against it, and even in one report.
/// Where both are said, directly or through others, `apart` goes first.
struct Said {
  using Pairs = std::set<std::pair<std::string, std::string>>;
  Pairs apart, same;
};

/// All events that happened or were denied, and planned or threatened ones, each in one merged event; of one
/// member if nobody else tells it. Sorted by uid. `reports` sorted by sort_reports.
std::vector<store::MergedEvent> merge_events(const std::vector<Told>& reports, const Voices& voices,
                                             const TypeKin& kin, const Said& said = {});

}  // namespace annalist::story
