// Linear scorers of the claim stage: features by name, weights from data/patterns/claims-weights.txt, which
// train/claims/fit.py makes. A feature is "name=value"; a scorer adds the weights of the features it is given
// and knows. Immutable after load, shared by all threads; Features is scratch of one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"

namespace annalist::claims {

/// The features of one candidate. Hashes are what scoring needs; texts are kept for training alone.
class Features {
 public:
  explicit Features(bool keep_texts = false) : keep_texts_(keep_texts) {}

  void add(std::string_view name, std::string_view value = {});
  void add(std::string_view name, int value);
  /// Two values under one name: "name=a,b".
  void add(std::string_view name, std::string_view a, std::string_view b);
  void clear() { hashes_.clear(), texts_.clear(); }

  const std::vector<std::uint64_t>& hashes() const { return hashes_; }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  bool keep_texts_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::string> texts_;
};

/// What is decided: is it an attribution, and which of several cues, sources, contents it has.
enum class Decision : std::uint8_t { accept, cue, source, content };

class Weights {
 public:
  /// Reads "[accept]", "[cue]", "[source]", "[content]" sections of "feature TAB weight" lines. Errors name
  /// file and line.
  static Result<Weights> load(const DataText& file);

  bool empty() const { return tables_[0].slots.empty(); }
  float score(Decision decision, const Features& features) const;

 private:
  /// Open addressing over a power of two, at most half full: one look, most times, for features by the dozen.
  struct Table {
    struct Slot {
      std::uint64_t hash = 0;
      float weight = 0;  // 0: free
    };
    std::vector<Slot> slots;
    std::size_t used = 0;

    void put(std::uint64_t hash, float weight);
    float at(std::uint64_t hash) const;
  };
  Table tables_[4];
};

}  // namespace annalist::claims
