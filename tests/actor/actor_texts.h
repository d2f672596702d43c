// The texts of data/actors as the codebook pack would hand them to the stage.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "actor/actor_base.h"
#include "base/file.h"

namespace annalist::test {

/// Loads data/ of the repository once. Tests run in its root.
inline const ActorBase& actor_base() {
  static const ActorBase base = [] {
    static std::vector<std::string> texts;
    std::vector<DataText> files;
    static const std::vector<std::string> names = {"actors/bodies.txt",
                                                   "actors/groups-af-pak.txt",
                                                   "actors/groups-asia-pacific.txt",
                                                   "actors/groups-europe.txt",
                                                   "actors/groups-gulf.txt",
                                                   "actors/groups-horn.txt",
                                                   "actors/groups-iraq.txt",
                                                   "actors/groups-latin-america.txt",
                                                   "actors/groups-levant.txt",
                                                   "actors/groups-south-africa.txt",
                                                   "actors/groups-south-asia.txt",
                                                   "actors/groups-syria.txt",
                                                   "actors/groups-west-africa.txt",
                                                   "actors/groups-world.txt",
                                                   "actors/modifiers.tsv",
                                                   "actors/name-words.tsv",
                                                   "actors/ties.tsv",
                                                   "actors/nouns.tsv",
                                                   "actors/persons.tsv",
                                                   "places/countries.tsv"};
    for (const std::string& name : names) {
      auto text = read_file("data/" + name);
      if (!text) throw std::runtime_error(text.error().message());
      texts.push_back(std::move(*text));
    }
    for (std::size_t i = 0; i < names.size(); ++i) files.push_back({names[i], texts[i]});
    auto loaded = ActorBase::load(files);
    if (!loaded) throw std::runtime_error(loaded.error().message());
    return std::move(*loaded);
  }();
  return base;
}

}  // namespace annalist::test
