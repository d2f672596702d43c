// A hand-made report for the tests of the claim stage: trees from CoNLL-U, entities and events by the words
// that name them, and every claim as one readable line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "claim/find_claims.h"
#include "doc/document.h"

namespace annalist::test {

/// The claim data of this repository, loaded once.
const FindClaims& claim_stage();
/// A stage built from other texts.
Result<FindClaims> claim_stage_from(std::string_view verbs);

class Report {
 public:
  explicit Report(std::string_view conllu);

  /// One entity; its mentions are the tokens of that form ("he", "he#2" for the second), nominal phrases.
  Report& entity(std::vector<std::string> heads, ActorKind kind = ActorKind::none);
  /// One event of that type, its mentions at those trigger words, with entities (by order of creation) as
  /// actors.
  Report& event(std::string type, std::vector<std::string> triggers, std::vector<std::size_t> actors = {});

  /// The last event happens again and again.
  Report& generic() {
    events_.back().status = EventStatus::generic;
    return *this;
  }

  /// Entities as targets of the last event.
  Report& befalls(std::vector<std::size_t> targets);

  /// Runs the stage. Call once, last.
  Report& run();

  /// "indirect asserts + [residents] <said> {the army shelled the town}", one per attributed claim; ends with
  /// " via N" and " events N,M" where there are such. The narrator's claims start with "narrator".
  std::vector<std::string> claims() const;
  /// As claims(), without the narrator's.
  std::vector<std::string> attributed() const;
  /// "polarity v0: 1,3"
  std::vector<std::string> conflicts() const;
  /// "contested 1:1 independent 1 admissions 0; contested: asserted and denied"
  std::string standing(std::size_t event) const;
  const Document& doc() const { return doc_; }

 private:
  void add_argument(EventRole role, std::size_t entity);
  Id<Token> token(std::string_view word) const;
  Document doc_;
  std::vector<Mention> mentions_;
  std::vector<ActorLink> links_;
  std::vector<MentionEntity> mention_entities_;
  std::vector<Entity> entities_;
  std::vector<Event> events_;
  std::vector<EventMention> event_mentions_;
  std::vector<EventArg> args_;
};

}  // namespace annalist::test

namespace doctest {
/// Shows the lines when a check fails.
template <>
struct StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += "\n    " + line;
    return out.c_str();
  }
};
}  // namespace doctest
