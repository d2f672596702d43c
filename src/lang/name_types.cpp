#include "lang/name_types.h"

#include <array>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace annalist::lang {
namespace {

constexpr std::size_t kTypes = 10;

struct Votes {
  std::array<std::uint16_t, kTypes> of{};
  EntityType first = EntityType::misc;
  bool surname = false;  // of a person whose fuller name the text has

  EntityType winner() const {
    std::array<std::uint16_t, kTypes> votes = of;
    if (surname) votes[static_cast<std::size_t>(EntityType::per)] += 1;
    std::size_t best = static_cast<std::size_t>(first);
    if (surname && votes[static_cast<std::size_t>(EntityType::per)] >= votes[best])
      best = static_cast<std::size_t>(EntityType::per);
    for (std::size_t t = 0; t < kTypes; ++t)
      if (votes[t] > votes[best]) best = t;
    return static_cast<EntityType>(best);
  }
};

bool is_place(EntityType t) { return t == EntityType::loc || t == EntityType::gpe; }

/// "X, Y Province, Z": with two places behind it by commas alone, X lies there.
bool lies_in(const Document& doc, std::span<const Mention> names, std::size_t i) {
  constexpr std::size_t kHolders = 2;
  for (std::size_t k = 1; k <= kHolders; ++k) {
    if (i + k >= names.size() || !is_place(names[i + k].type)) return false;
    const std::uint32_t end = names[i + k - 1].span.end, begin = names[i + k].span.begin;
    if (begin < end || doc.text(Span{end, begin}) != ", ") return false;
  }
  return true;
}

}  // namespace

void settle_name_types(const Tree& tree, std::span<Mention> mentions, const TerritoryWords* territory) {
  const Document& doc = tree.doc();
  std::unordered_map<std::string_view, Votes> names;
  for (const Mention& m : mentions) {
    if (m.form != MentionForm::name) continue;
    const auto [at, is_new] = names.try_emplace(doc.text(m.span));
    if (is_new) at->second.first = m.type;
    ++at->second.of[static_cast<std::size_t>(m.type)];
  }
  std::vector<Mention> in_order;
  for (const Mention& m : mentions)
    if (m.form == MentionForm::name) in_order.push_back(m);
  constexpr std::uint16_t kSaidOutright = 8;  // more than the tagger's guesses at a name it does not know
  for (std::size_t i = 0; i < in_order.size(); ++i)
    if (lies_in(doc, in_order, i))
      names[doc.text(in_order[i].span)].of[static_cast<std::size_t>(EntityType::loc)] += kSaidOutright;
  for (const Mention& m : mentions) {
    if (m.form != MentionForm::name || m.type != EntityType::per || m.tokens.count < 2) continue;
    const auto at = names.find(doc.text(doc.all<Token>()[m.tokens.end() - 1].span));
    if (at != names.end()) at->second.surname = true;
  }
  // "X is under rebel control": no person is, unless the text has his fuller name.
  for (const Mention& m : mentions) {
    if (!territory || m.form != MentionForm::name || !m.head) continue;
    const bool ground = m.type == EntityType::org ? territory->changes_hands(tree, m.head)
                                                  : (m.type == EntityType::per || is_place(m.type)) &&
                                                        territory->is_ground(tree, m.head);
    Votes& votes = names.find(doc.text(m.span))->second;
    if (ground && !votes.surname) votes.of[static_cast<std::size_t>(EntityType::loc)] += kSaidOutright;
  }
  for (Mention& m : mentions)
    if (m.form == MentionForm::name) m.type = names.find(doc.text(m.span))->second.winner();
}

}  // namespace annalist::lang
