#include "place/words.h"

#include <array>
#include <utility>

#include "pack/stanza.h"

namespace annalist {
namespace {

constexpr std::array<std::string_view, 11> kKindNames = {"continent", "country", "admin1",  "admin2",
                                                         "capital",   "seat",    "town",    "section",
                                                         "region",    "water",   "facility"};

Result<KindMask> parse_kinds(const Stanza& s) {
  KindMask mask = 0;
  for (std::string_view name : s.list("kind")) {
    std::size_t i = 0;
    while (i < kKindNames.size() && kKindNames[i] != name) ++i;
    if (i == kKindNames.size()) return fail("unknown kind '" + std::string(name) + "'", s.where());
    mask |= mask_of(static_cast<PlaceKind>(i));
  }
  return mask;
}

}  // namespace

Result<PlaceWords> PlaceWords::load(const std::vector<DataText>& files) {
  constexpr std::string_view kFile = "places/words.txt";
  const DataText* file = nullptr;
  for (const DataText& f : files)
    if (f.name == kFile) file = &f;
  if (!file) return fail("missing", "data/" + std::string(kFile));
  const auto stanzas =
      parse_stanzas(file->text, file->name, {"kind", "after", "of", "before", "rules", "word"});
  if (!stanzas) return std::unexpected(stanzas.error());

  PlaceWords words;
  const std::array<std::pair<std::string_view, WordSet*>, 14> sets = {{
      {"preposition.in", &words.preposition_in},
      {"preposition.at", &words.preposition_at},
      {"direction", &words.direction},
      {"near.of", &words.near_of},
      {"near", &words.near},
      {"speech", &words.speech},
      {"title", &words.title},
      {"given", &words.given},
      {"org.after", &words.org_after},
      {"org.before", &words.org_before},
      {"place.head", &words.place_head},
      {"part", &words.part},
      {"never", &words.never},
      {"never.phrase", &words.never_phrase},
  }};
  for (const Stanza& s : *stanzas) {
    if (s.id.starts_with("class.")) {
      const auto mask = parse_kinds(s);
      if (!mask) return std::unexpected(mask.error());
      for (const auto& [key, into] : {std::pair{"after", &words.class_after},
                                      {"of", &words.class_of},
                                      {"before", &words.class_before},
                                      {"rules", &words.class_rules}})
        for (std::string_view word : s.list(key)) (*into)[std::string(word)] |= *mask;
      continue;
    }
    WordSet* into = nullptr;
    for (const auto& [id, set] : sets)
      if (id == s.id) into = set;
    if (!into) return fail("unknown entry [" + s.id + "]", s.where());
    for (std::string_view word : s.list("word")) into->emplace(word);
  }
  return words;
}

}  // namespace annalist
