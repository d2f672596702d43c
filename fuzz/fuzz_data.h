// The project's data texts, read once from $ANNALIST_TEXTS (default: data below the current folder).
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "base/file.h"
#include "pack/data_text.h"

namespace annalist::fuzz {

inline const std::vector<DataText>& data_texts() {
  static std::vector<std::string> names, texts;
  static const std::vector<DataText> all = [] {
    const char* given = std::getenv("ANNALIST_TEXTS");
    const std::string folder = given ? given : "data";
    names = list_files(folder, {".txt", ".tsv"}).value_or(std::vector<std::string>{});
    for (const std::string& name : names) texts.push_back(read_file(folder + "/" + name).value_or(""));
    std::vector<DataText> out;
    for (std::size_t i = 0; i < names.size(); ++i) out.push_back({names[i], texts[i]});
    return out;
  }();
  return all;
}

}  // namespace annalist::fuzz
