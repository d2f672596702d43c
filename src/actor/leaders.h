// The text form of who held an office when, a stanza a country (data/actors/leaders*.txt):
//
//     [FRA]
//     president: Charles de Gaulle 1959-01..1969-04; Georges Pompidou 1969-06..1974-04
//     prime minister: Michel Debré (Debre) 1959..1962
//
// The key is a noun of actors/nouns.tsv; its code is the sector. In brackets: other names, joined by commas;
// "-" alone says that the last word of the name is no family name. One person may hold many offices, in many
// countries: the same name is the same person, unless a "#2" follows it. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "actor/actor_base.h"
#include "pack/data_text.h"

namespace annalist {

struct LeaderTerm {
  std::string id, name;
  std::vector<std::string> aliases;
  bool no_family_name = false;
  ActorTerm term;  // sector empty: that of the noun
  std::string where;
};

Result<std::vector<LeaderTerm>> parse_leaders(const DataText& file);

/// "Charles de Gaulle" -> "charles-de-gaulle".
std::string actor_slug(std::string_view name);

/// YYYY[-MM[-DD]] ".." the same, each may be empty; both ends are meant whole.
Result<DayRange> read_day_range(std::string_view text, const std::string& where);
Result<DayRange> read_day_range(std::string_view from, std::string_view to, const std::string& where);

}  // namespace annalist
