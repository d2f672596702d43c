// What one report says about itself before its actors are named: which countries it is about, which names it
// spells out, which mention covers a token. Lives for one run of the stage; borrows the document.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "actor/actor_base.h"
#include "doc/document.h"
#include "doc/tree.h"

namespace annalist {

/// An ActorLink in the making.
struct ActorDraft {
  const ActorEntry* entry = nullptr;  // null: no entry of the base
  std::string name, country, code;
  std::string part_of;  // id of an entry
  ActorKind kind = ActorKind::none;
  std::uint8_t flags = 0;
  float score = 0;

  void set(ActorFlag flag) { flags |= static_cast<std::uint8_t>(flag); }
  bool has(ActorFlag flag) const { return (flags & static_cast<std::uint8_t>(flag)) != 0; }
  bool known() const { return kind != ActorKind::none; }
};

/// A known name in the text; see spot.h.
struct ActorSpot {
  Range<Token> tokens;
  const ActorEntry* entry = nullptr;
  const ActorCountry* country =
      nullptr;  // set where it names a country; wins over the entry unless a coalition
};

class ActorContext {
 public:
  ActorContext(const ActorBase& base, const Document& doc);

  const ActorBase& base() const { return *base_; }
  const Document& doc() const { return *doc_; }
  const Tree& tree() const { return tree_; }
  Day today() const { return today_; }

  /// How often the report names that country, in any form.
  int country_weight(std::string_view iso3) const;
  /// The country most of the report is about; empty when none is clear.
  const std::string& main_country() const { return main_country_; }
  /// The country that people of a sentence belong to when their own words do not say: that of the report; in
  /// a sentence with places of other countries only, theirs if it is one. May be empty.
  const std::string& home_at(Id<Token> t) const;
  /// True when a name mention with that actor_key stands in the report.
  bool spells_out(const std::string& key) const { return names_.contains(key); }

  /// The shortest name mention that covers a token, or none.
  Id<Mention> name_at(Id<Token> t) const { return name_at_[t.value]; }
  /// The mention whose head is that token, nominals before names; or none.
  Id<Mention> headed_by(Id<Token> t) const { return headed_by_[t.value]; }
  /// The known name that covers a token, or null; null before set_spots.
  const ActorSpot* spot_at(Id<Token> t) const;
  void set_spots(std::vector<ActorSpot> spots);
  /// The country a resolved place under that token lies in; null: no place, or unknown.
  const ActorCountry* place_country(Id<Token> t) const;
  /// The place whose span equals or holds `span`, or null.
  const Place* place_over(Span span) const;

  /// Lower case lemma, or the lower case word where there is none.
  std::string lemma(Id<Token> t) const;
  std::string word(Id<Token> t) const;  // lower case
  bool plural(Id<Token> t) const;

  /// Parallel to Mention; the stages of resolving fill it in turn.
  std::vector<ActorDraft> drafts;

 private:
  void count_countries();
  const ActorCountry* country_at(Id<Token> t) const;
  const ActorBase* base_;
  const Document* doc_;
  Tree tree_;
  Day today_;
  std::unordered_map<std::string, int> countries_;
  std::string main_country_;
  std::vector<std::string> home_;  // by sentence
  std::unordered_set<std::string> names_;
  std::vector<Id<Mention>> name_at_, headed_by_;
  std::vector<Id<Place>> place_at_;
  std::vector<ActorSpot> spots_;  // by text order
};

}  // namespace annalist
