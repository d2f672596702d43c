// What the project knows about actors before it reads a report: named groups and bodies, leaders and their
// terms of office, countries with their adjectives, and the nouns and modifiers that make an unnamed actor
// ("Syrian rebels", "police officer"). Loaded from texts, immutable afterwards, shared by all threads.
//
// Texts it takes (others are ignored):
//   actors/*.txt            stanzas of named groups and bodies, keys:
//     name       canonical name                     alias      other spellings, acronyms, native names; ';'
//     kind       a name of ActorKind                country    ISO 3166-1 alpha-3; missing: no one country
//     dates      FROM..TO, each YYYY[-MM[-DD]] or   parent     ID [FROM..TO]: part of or affiliated to;
//                empty; both ends included                     may come again
//     successor  ID: what it was renamed to or      code       CAMEO-style code; default: country + role of
//                merged into                                   the kind
//     ucdp, wikidata  ids there                     priority   below 0: needs support from the report, see
//                                                              resolve.h; above 0: preferred
//   actors/persons.tsv      persons, one row a term of office
//   actors/leaders*.txt     who held an office when, by country: leaders.h
//   actors/*links.tsv       what became of groups: rows actor link other from to; link: split_from,
//   merged_into,
//                           renamed_to, member_of; dates as above, '-' = not known
//   actors/nouns.tsv        head nouns              actors/modifiers.tsv   words before a head noun
//   actors/name-words.tsv   words inside names      actors/ties.tsv        "affiliated to", "loyal to"
//   places/countries.tsv    countries: names, adjectives, capitals (shared with src/place)
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "doc/enums.h"
#include "pack/data_text.h"

namespace annalist {

/// A closed run of days; an end that is none is open.
struct DayRange {
  Day from, to;
  bool contains(Day day) const { return (!from || from <= day) && (!to || day <= to); }
  bool overlaps(const DayRange& o) const {
    return (!from || !o.to || from <= o.to) && (!o.from || !to || o.from <= to);
  }
};

struct ActorTie {  // part of, or affiliated to
  std::string id;
  DayRange when;
};

/// What became of a group, or what it came from.
enum class ActorLinkKind : std::uint8_t { split_from, merged_into, renamed_to, member_of };

struct ActorLineage {
  std::string actor, other;  // ids
  ActorLinkKind kind = ActorLinkKind::split_from;
  DayRange when;
  std::string where;
};

struct ActorTerm {  // an office of a person
  std::string role, sector, country, group;
  DayRange when;
};

struct ActorEntry {
  std::string id, name, country, code, ucdp, wikidata, successor;
  ActorKind kind = ActorKind::other;
  DayRange when;
  std::vector<std::string> aliases;  // without the name
  std::vector<ActorTie> parents;
  std::vector<ActorTerm> terms;  // persons only, by date
  int priority = 0;
  std::vector<std::string> short_names;  // persons: names of one word that need support, see AliasHit::made
  bool family_name = true;  // persons: the last word of the name is one, and reports use it alone
  std::string where;        // file and line, for errors

  bool is_person() const { return kind == ActorKind::person; }
  /// The term that holds on `day`; else the last that began before it; else the first. Null: no terms.
  const ActorTerm* term_at(Day day) const;
};

struct AliasHit {
  std::uint32_t entry = 0;
  bool is_name = false;     // the canonical name or an alias of two words or more
  bool made = false;        // "G. W. Bush", a family name: made from the name, not listed
  bool exact_case = false;  // an acronym: `written` must be in the text as it is, dots aside
  std::string written;
};

struct ActorNoun {
  ActorKind kind = ActorKind::none;
  std::string code;
  bool person = false, body = false, armed = false, leader = false, generic = false, office = false;
  bool part = false, title = false, quantity = false, weapon = false, plural = false;
};

struct ActorModifier {
  ActorKind kind = ActorKind::none;  // none: says nothing of the kind
  std::string code;
  bool force = false;
};

struct ActorNameWord {  // a word that tells the kind of an unknown name
  std::string word, code;
  ActorKind kind = ActorKind::none;
};

enum class ActorTieSense : std::uint8_t { none, tie, led, backed, where };

struct ActorCountry {
  std::string iso2, iso3, name;
};

class ActorBase {
 public:
  /// Errors name file and line: a malformed entry, an unknown kind or country, dates out of order, a parent
  /// that is no entry, an id given twice.
  static Result<ActorBase> load(const std::vector<DataText>& files);

  std::span<const ActorEntry> entries() const { return entries_; }
  std::span<const ActorLineage> lineage() const { return lineage_; }
  /// The entry of an id, or null.
  const ActorEntry* entry(std::string_view id) const;
  /// Entries with that name or alias, in file order. `key` is an actor_key.
  std::span<const AliasHit> find(std::string_view key) const;
  /// Persons whose full name sounds like that key ("evelyne anite", "andrei kartapolov"), in file order.
  std::span<const AliasHit> find_person_like(std::string_view key) const;
  /// The most words that a key beginning with that word has; 0: none begins with it.
  std::size_t longest_from(std::string_view first_word) const;

  /// Null when unknown. `lemma` is lower case, words joined by one blank.
  const ActorNoun* noun(std::string_view lemma) const;
  const ActorModifier* modifier(std::string_view word) const;
  /// The first word of actors/name-words.tsv that is one of `words` (lower case), or null.
  const ActorNameWord* name_word(std::span<const std::string> words) const;
  /// What a verb or adjective between two actors says; `lemma` is lower case.
  ActorTieSense tie(std::string_view lemma) const;
  /// By name or other name ("Syria", "the US"), by adjective ("Syrian", "Syrians"), by capital, by code.
  const ActorCountry* country_named(std::string_view text) const;
  /// True if a country's name of several words begins with that word (an actor_key).
  bool may_begin_country(std::string_view first_word) const { return country_starts_.contains(first_word); }
  const ActorCountry* country_of_demonym(std::string_view text) const;
  const ActorCountry* country_of_capital(std::string_view text) const;
  const ActorCountry* country_of_iso2(std::string_view iso2) const;
  const ActorCountry* country_of_iso3(std::string_view iso3) const;

  /// Aliases that two entries share at overlapping dates with the same priority: worth a look by a person.
  /// "alias: id, id", one line each, in file order.
  std::vector<std::string> ambiguities() const;

 private:
  friend class ActorReader;
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  template <class T>
  using Index = std::unordered_map<std::string, T, Hash, std::equal_to<>>;

  void index();
  void add_alias(std::uint32_t entry, std::string_view written, bool is_name);
  void add_person_forms(std::uint32_t entry, std::string_view written);

  std::vector<ActorEntry> entries_;
  std::vector<ActorLineage> lineage_;
  Index<std::uint32_t> ids_;
  Index<std::vector<AliasHit>> aliases_;
  Index<std::vector<AliasHit>> sounds_;  // of persons, by person_sound
  Index<std::uint8_t> longest_from_, country_starts_;
  Index<ActorNoun> nouns_;
  Index<ActorModifier> modifiers_;
  std::vector<ActorNameWord> name_words_;
  Index<ActorTieSense> ties_;
  std::vector<ActorCountry> countries_;
  Index<std::uint32_t> country_names_, demonyms_, capitals_, iso2_, iso3_;
};

/// A key for comparing actor names: folded, without the articles "the", "al", "el" and a final possessive,
/// initials joined, British and American spellings made one.
std::string actor_key(std::string_view name);

/// What transliterations of one person's name share: the consonants of its first and last words. Empty for a
/// key of one word. "mohammed hussein roble", "mohamed hussein roble" -> the same.
std::string person_sound(std::string_view key);

/// True for "IS", "U.N.", "M-19": letters all capitals, no blank, at most six letters.
bool is_acronym(std::string_view written);

/// The CAMEO-style role of a kind: armed_group -> "REB".
std::string_view role_of(ActorKind kind);

}  // namespace annalist
