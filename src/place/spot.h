// Spotting: which words of a document may name a place, and what speaks for it. Names come from the name
// tagger's mentions and from the longest gazetteer name over runs of capitalised words; each candidate
// collects cues (place/weights.h). Choosing among the places of a name is place/resolve.h.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "doc/document.h"
#include "place/gazetteer.h"
#include "place/weights.h"
#include "place/words.h"

namespace annalist {

struct PlaceCandidate {
  Span span;
  Range<Token> tokens;
  std::string key;                    // name_key of the span
  std::span<const Posting> postings;  // empty: not in the gazetteer (a tagged name)
  Cues cues{};
  KindMask class_kinds = 0;            // what a class word beside it allows; 0: none
  KindMask class_of_list = 0;          // \"the provinces of X and Y\": goes on to Y
  KindMask class_plural = 0;           // \"X and Y provinces\": goes back to X
  std::uint32_t holder = 0xFFFFFFFFu;  // index of the candidate that holds it: "X, Y", "X in Y province"
  bool outside = false;                // no place of that name lies in its holder: "Bara in Idlib province"
  bool explicit_holder = false;        // "X, Y" (else: "X in Y")
  bool list_next = false;              // the next candidate follows in a list: "X, Y and Z"
  bool skeleton = false;               // found only by its consonants
  bool demonym = false;
  bool near = false;  // "north of X", "outskirts of X"
  bool part = false;  // "X square", "X bay": something small that may bear the name of a place far off
  bool dateline = false;
  bool given = false;     // the caller says that it is a place
  bool embedded = false;  // inside a longer name of a person or organisation
  bool actor = false;     // does what governments do: "Damascus said"

  float& cue(Cue c) { return cues[static_cast<std::size_t>(c)]; }
  float cue(Cue c) const { return cues[static_cast<std::size_t>(c)]; }
};

/// How far two name keys differ, articles apart: edits by letters of the first. At most about 1.
float spelling_gap(std::string_view key, std::string_view other);
constexpr float kFarSpelling = 0.4f;  // skeletons agree, but the names differ too much

/// All candidates in text order; they do not overlap. O(tokens), at most a fixed number of look-ups a token.
/// `given`: spans that the caller knows to be names of places (for measurements); each that begins and ends
/// with a token becomes a candidate.
std::vector<PlaceCandidate> spot_places(const Document& doc, const Gazetteer& gazetteer,
                                        const PlaceWords& words, std::span<const Span> given = {});

}  // namespace annalist
