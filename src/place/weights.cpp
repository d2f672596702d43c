#include "place/weights.h"

#include <charconv>
#include <span>
#include <string>

#include "pack/stanza.h"

namespace annalist {
namespace {

constexpr std::array<std::string_view, kCues> kCueNames = {
    "bias",           "tagged_place", "tagged_group", "tagged_person",  "tagged_other", "untagged",
    "in_word",        "at_word",      "class_word",   "class_of",       "container",    "contained",
    "list",           "dateline",     "direction",    "demonym",        "country",      "admin1",
    "capital",        "region",       "importance",   "several_words",  "official",     "loose",
    "never_word",     "given_name",   "org_word",     "name_before",    "name_after",   "possessive",
    "sentence_start", "all_caps",     "short_form",   "lower_case_too", "elsewhere",    "person_elsewhere",
    "speaks",         "acronym"};

constexpr std::array<std::string_view, kTraits> kTraitNames = {
    "importance",   "alias",    "loose",       "skeleton",     "spelling",     "country",
    "admin1",       "admin2",   "capital",     "seat",         "section",      "region",
    "water",        "facility", "class_match", "class_clash",  "town_of_unit", "holder",
    "holder_clash", "list_kin", "holds",       "same_country", "same_admin1",  "neighbour",
    "near_50",      "near_200", "near_1000",   "far",          "outlier",      "dateline_country",
    "home_country"};

Status read_entry(const std::vector<Stanza>& stanzas, std::string_view file, std::string_view id,
                  std::span<const std::string_view> names, std::span<float> out) {
  for (const Stanza& s : stanzas) {
    if (s.id != id) continue;
    for (const StanzaField& f : s.fields) {
      std::size_t i = 0;
      while (i < names.size() && names[i] != f.key) ++i;
      const std::string where = s.file + ":" + std::to_string(f.line);
      if (i == names.size()) return fail("unknown weight '" + f.key + "'", where);
      const auto [end, error] = std::from_chars(f.value.data(), f.value.data() + f.value.size(), out[i]);
      if (error != std::errc() || end != f.value.data() + f.value.size()) return fail("not a number", where);
    }
    if (s.fields.size() != names.size())
      return fail("[" + s.id + "] has " + std::to_string(s.fields.size()) + " weights, not " +
                      std::to_string(names.size()),
                  s.where());
    return {};
  }
  return fail("[" + std::string(id) + "] is missing", std::string(file));
}

template <class Values>
float dot(const Values& a, const Values& b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

Result<PlaceWeights> PlaceWeights::load(const std::vector<DataText>& files) {
  constexpr std::string_view kFile = "places/ranker.txt";
  for (const DataText& f : files) {
    if (f.name != kFile) continue;
    const auto stanzas = parse_stanzas(f.text, f.name);
    if (!stanzas) return std::unexpected(stanzas.error());
    PlaceWeights w;
    constexpr std::array<std::string_view, 2> kLimits = {"floor", "unresolved"};
    std::array<float, 2> limits{};
    if (auto s = read_entry(*stanzas, f.name, "cue", kCueNames, w.cue); !s) return std::unexpected(s.error());
    if (auto s = read_entry(*stanzas, f.name, "trait", kTraitNames, w.trait); !s)
      return std::unexpected(s.error());
    if (auto s = read_entry(*stanzas, f.name, "limit", kLimits, limits); !s)
      return std::unexpected(s.error());
    w.floor = limits[0];
    w.unresolved = limits[1];
    return w;
  }
  return fail("missing", "data/" + std::string(kFile));
}

float PlaceWeights::score(const Cues& c) const { return dot(cue, c); }
float PlaceWeights::score(const Traits& t) const { return dot(trait, t); }

std::string_view name_of(Cue cue) { return kCueNames[static_cast<std::size_t>(cue)]; }
std::string_view name_of(Trait trait) { return kTraitNames[static_cast<std::size_t>(trait)]; }

}  // namespace annalist
