// The stage that finds time expressions and says which days they mean.
//
// Immutable after load, shared by all threads. Reads the words from data/time/ (see lexicon.h).
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "doc/stage.h"
#include "pack/data_text.h"

namespace annalist {

namespace timex {
class Lexicon;
}

class FindTimes {
 public:
  using reads = Layers<Block, Sentence, Token, Syntax>;
  using writes = Layers<Time>;
  static constexpr std::string_view name = "time";

  /// Needs "time/words.tsv"; takes "time/refs.txt" and "time/feasts.tsv" where given.
  static Result<FindTimes> load(const std::vector<DataText>& files);

  /// Fills Time from the body blocks, in text order, without overlap. Time is linear in the text. Syntax may
  /// be empty: the tense of a clause is then guessed from its words.
  void run(Document& doc, Workspace& work) const;

 private:
  std::shared_ptr<const timex::Lexicon> lexicon_;
};

}  // namespace annalist
