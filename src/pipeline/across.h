// What many reports say together: stories, merged events and states, computed from coded documents, and kept
// in a store. The only place that knows both the layers that find them and the store that holds them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "doc/document.h"
#include "pack/data_text.h"
#include "state/states.h"
#include "store/store.h"
#include "story/merge.h"
#include "story/stories.h"

namespace annalist {

/// Takes coded documents one at a time and finds what they say together. One thread.
class Across {
 public:
  /// Reads the type kinship of the codebook and the names of countries.
  static Result<Across> load(const std::vector<DataText>& texts);

  void add(const Document& doc) { reports_.push_back(story::told_of(doc)); }
  /// What a person said of two events: that they are the same happening, or that they are not.
  void heed(const store::PairVerdict& said) {
    (said.same ? said_.same : said_.apart).insert(std::minmax(said.a, said.b));
  }

  struct Findings {
    std::vector<store::MergedEvent> events;
    std::vector<store::Story> stories;
    std::vector<store::State> states;
  };
  /// A pure function of the set of reports added.
  Findings find();
  const std::vector<story::Told>& reports() const { return reports_; }
  const state::CountryNames& countries() const { return countries_; }
  const state::Successors& successors() const { return successors_; }

 private:
  std::vector<story::Told> reports_;
  story::TypeKin kin_;
  story::Said said_;
  state::CountryNames countries_;
  state::Successors successors_;
};

struct AcrossCounts {
  std::size_t reports = 0, events = 0, stories = 0, states = 0, changed = 0;
  bool behind =
      false;  // the store changed again and again meanwhile: what was written does not know all of it
};
/// Brings stories, merged events and states of a store up to date with its reports that are not retracted and
/// with what people said of pairs of events. What is gone leads on to where most of its members went. One
/// transaction; the same again changes nothing. Where others write meanwhile it starts over, twice.
Result<AcrossCounts> update_findings(Store& store, const std::vector<DataText>& texts);

}  // namespace annalist
