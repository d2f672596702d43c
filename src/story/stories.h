// Stories: reports that follow one matter over days.
//
// Reports come in order of their day. Each joins the likeliest story that is still going (its last report
// lies at most kQuietDays back) when words, names, places and sides agree enough, else it opens one. The
// order in which reports arrived does not matter, only their days: the same set gives the same stories. A
// near copy goes where its original went. Reports without a day join only what they copy. Linear in reports
// times the stories that are going on at a time.
#pragma once

#include <vector>

#include "store/findings.h"
#include "story/told.h"

namespace annalist::story {

inline constexpr int kQuietDays = 5;

/// Sorted by uid; every report in one story. `reports` sorted by sort_reports.
std::vector<store::Story> find_stories(const std::vector<Told>& reports, const Voices& voices);

}  // namespace annalist::story
