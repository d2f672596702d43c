#include "lang/coref_words.h"

#include <utility>

#include "pack/stanza.h"

namespace annalist::lang {

Result<CorefWords> CorefWords::load(const std::vector<DataText>& files) {
  static constexpr std::pair<std::string_view, WordClass> kClasses[] = {
      {"speech", WordClass::speech},     {"lead", WordClass::lead},
      {"leader", WordClass::leader},     {"male", WordClass::male},
      {"female", WordClass::female},     {"group", WordClass::group},
      {"place", WordClass::place},       {"country", WordClass::country},
      {"time", WordClass::time},         {"abstract", WordClass::abstract},
      {"quantity", WordClass::quantity}, {"facility", WordClass::facility},
      {"weapon", WordClass::weapon},     {"assailant", WordClass::assailant},
      {"freed", WordClass::freed},       {"captive", WordClass::captive}};
  CorefWords out;
  for (const DataText& f : files) {
    if (f.name != "patterns/coref.tsv") continue;
    auto table = parse_table(f.text, f.name);
    if (!table) return std::unexpected(table.error());
    const auto word = table->column("word", f.name), kind = table->column("class", f.name);
    if (!word) return std::unexpected(word.error());
    if (!kind) return std::unexpected(kind.error());
    for (const auto& row : table->rows) {
      std::uint16_t bit = 0;
      for (const auto& [name, c] : kClasses)
        if (name == row[*kind]) bit = static_cast<std::uint16_t>(c);
      if (bit == 0) return fail("'" + row[*kind] + "' is no class of words", std::string(f.name));
      out.classes_[row[*word]] |= bit;
    }
  }
  if (out.classes_.empty())
    return fail("no words for coreference", "patterns/coref.tsv", "run `annalist data build`");
  return out;
}

}  // namespace annalist::lang
