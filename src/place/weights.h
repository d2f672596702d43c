// The two linear models of the place stage, as data/places/ranker.txt gives them: one decides whether a name
// is meant as a place at all, one chooses among the places of that name. Immutable after load.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"

namespace annalist {

/// What speaks for or against "this name is meant as a place". Each is 0 or 1 but for `importance` (0..1).
enum class Cue : std::uint8_t {
  bias,
  tagged_place,   // the name tagger says GPE, LOC or FAC
  tagged_group,   // ... NORP
  tagged_person,  // ... part of a person's name
  tagged_other,   // ... part of the name of an organisation or another thing
  untagged,       // the tagger ran and found no name here
  in_word,        // "in X"
  at_word,        // "from X"
  class_word,     // "X province"
  class_of,       // "the village of X"
  container,      // "X, Y" where Y holds a place of the name X
  contained,      // it is the Y of "X, Y"
  list,           // beside another place: "X and Y"
  dateline,
  direction,  // "northern X"
  demonym,
  country,
  admin1,
  capital,
  region,
  importance,
  several_words,
  official,
  loose,
  never_word,   // on the list of words that are nearly always something else
  given_name,   // behind a given name or a title
  org_word,     // "X Times", "University of X"
  name_before,  // a capitalised word that is no place stands right before
  name_after,   // ... right after
  possessive,   // "X's"
  sentence_start,
  all_caps,
  short_form,        // "Ky.", "TX": needs a container position
  lower_case_too,    // the same word also stands in lower case in this document
  elsewhere,         // the same name stands in a clear place position in this document
  person_elsewhere,  // ... right behind a given name, a title or another capitalised word
  speaks,            // "X said", and X is neither a country nor a capital
  acronym,           // a short word in capitals, in a sentence that is not
  count
};

/// What speaks for one place of that name.
enum class Trait : std::uint8_t {
  importance,  // 0..1
  alias,
  loose,
  skeleton,
  spelling,  // edit distance over length, for skeletons
  country,
  admin1,
  admin2,
  capital,
  seat,
  section,
  region,
  water,
  facility,
  class_match,  // "X province" and it is one
  class_clash,
  town_of_unit,  // a first-level unit whose main town has the same name, and no class word says unit
  holder,        // "X, Y" and it lies in Y
  holder_clash,  // ... and it does not lie in Y
  list_kin,      // share of the names beside it in a list that are units or countries of its kind
  holds,         // it is the Y of "X, Y" and holds a place of the name X
  same_country,  // share of the document's country evidence that is its country's
  same_admin1,   // share of the unit evidence
  neighbour,     // share of the country evidence that is of neighbouring countries
  near_50,       // distance to the nearest other settled place of the document, km
  near_200,
  near_1000,
  far,
  outlier,  // lack of fame of a place far from all else, in no country named or beside one
  dateline_country,
  home_country,  // the publisher's country
  count
};

constexpr std::size_t kCues = static_cast<std::size_t>(Cue::count);
constexpr std::size_t kTraits = static_cast<std::size_t>(Trait::count);
using Cues = std::array<float, kCues>;
using Traits = std::array<float, kTraits>;

struct PlaceWeights {
  Cues cue{};
  Traits trait{};
  float floor = 0;       // a name below this cue score is no place
  float unresolved = 0;  // a name whose best place scores below this stays without coordinates

  /// Needs "places/ranker.txt": entries [cue], [trait], [limit]. A name without a weight or a weight without
  /// a name is an Error.
  static Result<PlaceWeights> load(const std::vector<DataText>& files);

  float score(const Cues& c) const;
  float score(const Traits& t) const;
};

/// Their names in ranker.txt.
std::string_view name_of(Cue cue);
std::string_view name_of(Trait trait);

}  // namespace annalist
