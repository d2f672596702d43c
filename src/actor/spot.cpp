#include "actor/spot.h"

#include <algorithm>

#include "actor/names.h"
#include "base/strings.h"

namespace annalist {

namespace {

constexpr std::uint32_t kLongest = 12;  // tokens; "the", "of" and hyphens count

bool is_bare_word(std::string_view s) {
  return !s.empty() && (is_alpha(s[0]) || is_digit(s[0]) || (s[0] & 0x80));
}

/// Capitals as a name has them: only small words begin with a small letter.
bool written_as_name(const Tree& tree, std::uint32_t first, std::uint32_t end) {
  for (std::uint32_t t = first; t < end; ++t) {
    const std::string_view text = tree.text(Id<Token>(t));
    if (is_lower(text[0]) && text.size() > 3) return false;
  }
  const std::string_view last = tree.text(Id<Token>(end - 1));
  return is_bare_word(last) && !(is_lower(last[0]) && last.size() <= 3);
}

/// True when `entry` may be meant by one word that the name finder passed over.
bool one_word_counts(const ActorContext& context, std::uint32_t t, std::string_view key,
                     const ActorEntry& entry) {
  if (entry.is_person() || context.name_at(Id<Token>(t)) || context.place_country(Id<Token>(t))) return false;
  const std::string_view text = context.tree().text(Id<Token>(t));
  if (text.size() < 3) return false;
  const Upos upos = context.tree()[Id<Token>(t)].upos;
  // "the M23": the tagger may read letters and digits as any noun.
  if (is_acronym(text) && (upos == Upos::propn || upos == Upos::noun)) return true;
  if (upos != Upos::propn) return false;
  const auto hits = context.base().find(key);
  return text.size() >= 4 && std::ranges::none_of(hits, [](const AliasHit& h) { return h.exact_case; });
}

}  // namespace

std::vector<ActorSpot> spot_names(const ActorContext& context) {
  std::vector<ActorSpot> out;
  const Tree& tree = context.tree();
  for (const Sentence& sentence : context.doc().all<Sentence>()) {
    for (std::uint32_t t = sentence.tokens.first; t < sentence.tokens.end(); ++t) {
      const std::string_view text = tree.text(Id<Token>(t));
      if (!is_bare_word(text) || is_lower(text[0])) continue;
      std::string first_key = actor_key(text);
      if (t + 1 < sentence.tokens.end() && tree.text(Id<Token>(t + 1)).ends_with('s') &&
          tree.text(Id<Token>(t + 1)).size() <= 4 && !is_alpha(tree.text(Id<Token>(t + 1))[0]))
        first_key += 's';  // "People" + "'s" begins "peoples republic"
      const std::size_t words = context.base().longest_from(first_key.substr(0, first_key.find(' ')));
      const bool country = context.base().may_begin_country(first_key);
      if (words == 0 && !country) continue;
      const std::uint32_t limit = std::min(sentence.tokens.end(), t + kLongest);
      for (std::uint32_t end = limit; end > t; --end) {
        if (!written_as_name(tree, t, end)) continue;
        const std::string_view name = context.doc().text(
            {tree.token(Id<Token>(t)).span.begin, tree.token(Id<Token>(end - 1)).span.end});
        const std::string key = actor_key(name);
        const bool one_word = key.find(' ') == std::string::npos;
        ActorSpot spot{{t, end - t}, nullptr, nullptr};
        if (country && !one_word) spot.country = context.base().country_named(name);
        if (words > 0 && !context.base().find(key).empty())
          spot.entry = entry_for(context, name, EntityType::org);
        if (spot.entry && one_word && !one_word_counts(context, t, key, *spot.entry)) spot.entry = nullptr;
        if (!spot.entry && !spot.country) continue;
        out.push_back(spot);
        t = end - 1;
        break;
      }
    }
  }
  return out;
}

}  // namespace annalist
