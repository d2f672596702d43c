// Dictionaries of the PETRARCH family turned into texts of our own form (docs/formats/
// import.md). What a dictionary says wrongly is passed over and told with file, line and remedy; the rest is
// taken. Pure functions of their input.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"

namespace annalist {

struct ImportedText {
  std::string text;                 // in our form, ready to be a file below data/
  std::vector<std::string> faults;  // "file:line: what; remedy", in order
  std::size_t entries = 0;
};

/// Actors: "NAME_OF_ACTOR [CODE FROM-TO]", "+SYNONYM", indented "[CODE <DATE]". One entry a code and time.
ImportedText import_petrarch_actors(const DataText& dictionary);
/// Agents: "HEAD_NOUN {PLURAL} [~ROLE]", with "!MACRO! = A, B". Rows of actors/nouns.tsv.
ImportedText import_petrarch_agents(const DataText& dictionary);

struct ImportedVerbs {
  ImportedText types, frames;
};
/// Verbs and their patterns ("- BEFORE * AFTER [CODE]"), with synonym sets "&NAME". One type a code, one
/// frame a verb and a frame a pattern.
ImportedVerbs import_petrarch_verbs(const DataText& dictionary);

}  // namespace annalist
