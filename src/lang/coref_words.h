// The word classes of data/patterns/coref.tsv. Immutable after load.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"

namespace annalist::lang {

enum class WordClass : std::uint16_t {
  speech = 1,
  lead = 2,
  leader = 4,
  male = 8,
  female = 16,
  group = 32,
  place = 64,
  country = 128,
  time = 256,
  abstract = 512,
  quantity = 1024,
  facility = 2048,
  weapon = 4096,
  assailant = 8192,
  freed = 16384,
  captive = 32768
};

class CorefWords {
 public:
  /// Errors name the file: missing, or a class nobody knows.
  static Result<CorefWords> load(const std::vector<DataText>& files);
  /// `lemma` is lower case.
  bool is(std::string_view lemma, WordClass c) const {
    const auto it = classes_.find(std::string(lemma));
    return it != classes_.end() && (it->second & static_cast<std::uint16_t>(c)) != 0;
  }

 private:
  std::unordered_map<std::string, std::uint16_t> classes_;
};

}  // namespace annalist::lang
