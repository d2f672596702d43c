// Who or what a word is in an incident that the report tells of, wherever its verb stands: what the model's
// layers of deeds say (docs/formats/model.md). No layer of the document: Analyse leaves the tags in the
// workspace of its worker, for the stages after it in the same run, and writes them anew for every document.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "doc/stage.h"

namespace annalist {

struct DeedTag {
  enum Role : std::uint8_t { doer, doer_group, object, victim, weapon };
  static constexpr std::size_t kRoles = 5, kPoliceActs = 5;
  std::uint8_t begin[kRoles] = {}, inside[kRoles] = {};  // shares of 255, by Role
  std::uint8_t police[kPoliceActs] = {};  // word of an act of police: killing, arrest, failure, force, any
  constexpr int any(Role r) const { return begin[r] + inside[r]; }
};

/// The tags of the document at hand, one a token; empty if the model lacks the layers.
struct DeedTags {
  std::vector<DeedTag> of;
};

inline std::span<const DeedTag> deed_tags(const Document& doc, Workspace& work) {
  const std::vector<DeedTag>& tags = work.scratch<DeedTags>().of;
  return tags.size() == doc.all<Token>().size() ? std::span(tags) : std::span<const DeedTag>();
}

}  // namespace annalist
