// The place stage: names of places in the text -> gazetteer entries with coordinates, role and precision.
//
// Spotting (place/spot.h), a linear model that says whether a name is meant as a place, resolving
// (place/resolve.h). The stage borrows the gazetteer, which must outlive it. Immutable after load, shared by
// all threads.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "doc/stage.h"
#include "pack/data_text.h"
#include "place/gazetteer.h"
#include "place/weights.h"
#include "place/words.h"

namespace annalist {

class FindPlaces {
 public:
  using reads = Layers<Sentence, Token, Syntax, Mention>;
  using writes = Layers<Place, PlaceAlternative>;
  static constexpr std::string_view name = "place";

  /// Needs "places/words.txt" and "places/ranker.txt".
  static Result<FindPlaces> load(const Gazetteer& gazetteer, const std::vector<DataText>& files);

  /// Without a parse or names (empty Syntax, Mention) it goes by capitals and the words around.
  void run(Document& doc, Workspace& work) const;

 private:
  const Gazetteer* gazetteer_ = nullptr;
  PlaceWords words_;
  PlaceWeights weights_;
};

}  // namespace annalist
