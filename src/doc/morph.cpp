#include "doc/morph.h"

#include "base/strings.h"

namespace annalist {

std::uint16_t morph_flags(std::string_view feats) {
  static constexpr std::pair<std::string_view, MorphFlag> kTable[] = {
      {"Number=Plur", MorphFlag::plural},      {"Tense=Past", MorphFlag::past},
      {"Tense=Pres", MorphFlag::present},      {"VerbForm=Part", MorphFlag::participle},
      {"VerbForm=Inf", MorphFlag::infinitive}, {"VerbForm=Ger", MorphFlag::gerund},
      {"VerbForm=Fin", MorphFlag::finite},     {"Voice=Pass", MorphFlag::passive},
      {"Polarity=Neg", MorphFlag::negative},   {"Person=1", MorphFlag::first_person},
      {"Person=2", MorphFlag::second_person},  {"Person=3", MorphFlag::third_person},
      {"Poss=Yes", MorphFlag::possessive},     {"Gender=Masc", MorphFlag::masculine},
      {"Gender=Fem", MorphFlag::feminine},     {"Mood=Imp", MorphFlag::imperative}};
  std::uint16_t out = 0;
  for (std::string_view part : split_list(feats, '|'))
    for (const auto& [name, flag] : kTable)
      if (part == name) out |= static_cast<std::uint16_t>(flag);
  return out;
}

Deprel deprel_of(std::string_view name) {
  if (const auto exact = from_name<Deprel>(name)) return *exact;
  return from_name<Deprel>(name.substr(0, name.find(':'))).value_or(Deprel::dep);
}

}  // namespace annalist
