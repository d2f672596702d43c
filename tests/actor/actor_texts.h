// The texts of data/actors as the codebook pack would hand them to the stage.
#pragma once

#include <algorithm>
#include <filesystem>
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
    std::vector<std::string> names = {"places/countries.tsv"};
    for (const auto& file : std::filesystem::directory_iterator("data/actors"))
      if (file.path().extension() != ".md") names.push_back("actors/" + file.path().filename().string());
    std::ranges::sort(names);
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
