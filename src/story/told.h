// A report as merging and story-finding see it: its rows as the store keeps them, and what rows leave out.
// Made from a coded Document; tokens are not needed. Own their strings; plain values.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "doc/document.h"
#include "store/rows.h"

namespace annalist::story {

struct Told {
  store::DocumentRows rows;
  std::vector<bool> dated;  // parallel to rows.events: a time expression says when, not the report's own day
  std::string publisher;    // agency, else site, else host: reports of one publisher are one voice
  std::string headline, text, when;  // when: as the page says it, with time and zone
  bool revised = false;              // it says that it corrects or updates an earlier version
  Day published;
  std::map<std::string, float, std::less<>>
      words;  // folded words of four letters and more; names count double
};

Told told_of(const Document& doc);

/// Which types may tell of one happening: type -> the weaker types it takes in (`joins` of the codebook).
using TypeKin = std::map<std::string, std::vector<std::string>, std::less<>>;

/// Voices: reports that copy each other or have one publisher are one. `voice[i]` is the smallest such
/// report.
struct Voices {
  std::vector<std::uint32_t> voice;
  struct Copy {
    std::uint32_t of = 0;
    std::string kind;  // same, copy, update
    float jaccard = 0;
  };
  std::map<std::uint32_t, Copy> copies;  // the earlier report that this one copies
};
/// `reports` in order of (published, uid): the earlier one of a pair is the original.
Voices find_voices(const std::vector<Told>& reports);

/// Sorts by day of publication, unknown days last, then by uid: the order every other function here expects.
void sort_reports(std::vector<Told>& reports);

}  // namespace annalist::story
