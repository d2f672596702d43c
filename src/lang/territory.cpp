#include "lang/territory.h"

#include <algorithm>
#include <utility>

#include "base/strings.h"
#include "pack/stanza.h"

namespace annalist::lang {
namespace {

bool is_case(const Tree& tree, Id<Token> noun, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view w) {
    return static_cast<bool>(tree.child(noun, Deprel::case_, w));
  });
}

/// "M23", "ISIS": a body, no person.
bool is_acronym(std::string_view word) {
  const auto capitals = std::ranges::count_if(word, is_upper);
  return word.size() > 1 && capitals > 0 &&
         std::ranges::all_of(word, [](char c) { return is_upper(c) || is_digit(c); });
}

}  // namespace

Result<TerritoryWords> TerritoryWords::load(const std::vector<DataText>& files) {
  constexpr std::string_view kFile = "patterns/territory.txt";
  TerritoryWords out;
  const std::pair<std::string_view, Words*> kLists[] = {{"power", &out.power_}, {"hands", &out.hands_},
                                                        {"taken", &out.taken_}, {"part", &out.part_},
                                                        {"force", &out.force_}, {"disputed", &out.disputed_}};
  for (const DataText& file : files) {
    if (file.name != kFile) continue;
    const auto stanzas = parse_stanzas(file.text, file.name, {"words"});
    if (!stanzas) return std::unexpected(stanzas.error());
    for (const Stanza& s : *stanzas) {
      const auto* list = std::ranges::find(kLists, s.id, &std::pair<std::string_view, Words*>::first);
      if (list == std::end(kLists)) return fail("no list [" + s.id + "] is known", s.where());
      for (const std::string_view w : s.list("words")) list->second->emplace(w);
    }
  }
  if (out.power_.empty())
    return fail("no words of territory", std::string(kFile), "run `annalist data build`");
  return out;
}

/// "under rebel control", "under the control of the army"; a fire is just "under control".
bool TerritoryWords::under_power(const Tree& tree, Id<Token> noun) const {
  if (!in(power_, tree, noun) || !is_case(tree, noun, {"under"})) return false;
  const auto children = tree.children(noun);
  return std::any_of(children.begin(), children.end(), [&](Id<Token> c) {
    const Deprel d = tree[c].deprel;
    const Upos u = tree[c].upos;
    return d == Deprel::compound || d == Deprel::nmod_poss ||
           (d == Deprel::amod && (u == Upos::propn || tree.text(c).front() < 'a')) ||
           (d == Deprel::nmod && tree.child(c, Deprel::case_, "of"));
  });
}

bool TerritoryWords::to_a_force(const Tree& tree, Id<Token> verb) const {
  const auto children = tree.children(verb);
  return std::any_of(children.begin(), children.end(), [&](Id<Token> c) {
    return tree[c].deprel == Deprel::obl && tree.child(c, Deprel::case_, "to") &&
           (in(force_, tree, c) || is_acronym(tree.text(c)));
  });
}

bool TerritoryWords::changes_hands(const Tree& tree, Id<Token> name) const {
  const Id<Token> up = tree.head(name);
  if (!up) return false;
  const Deprel d = tree[name].deprel;
  return ((d == Deprel::nsubj && tree.lemma(up) == "fall") ||
          (d == Deprel::obj && tree.lemma(up) == "lose")) &&
         to_a_force(tree, up);
}

bool TerritoryWords::is_ground(const Tree& tree, Id<Token> name) const {
  const Id<Token> up = tree.head(name);
  if (!up) return false;
  if (changes_hands(tree, name)) return true;
  switch (tree[name].deprel) {
    case Deprel::nsubj: {
      if (under_power(tree, up) || in(disputed_, tree, up)) return true;
      const auto children = tree.children(up);
      return std::any_of(children.begin(), children.end(), [&](Id<Token> c) {
        const Deprel d = tree[c].deprel;
        return ((d == Deprel::obl || d == Deprel::xcomp) && under_power(tree, c)) ||
               (d == Deprel::xcomp && tree.lemma(up) == "remain" && in(disputed_, tree, c));
      });
    }
    case Deprel::nsubj_pass:
      return in(taken_, tree, up) || in(disputed_, tree, up);
    case Deprel::obj:
      return in(taken_, tree, up);
    case Deprel::nmod:
      return in(part_, tree, up) && is_case(tree, name, {"of"});
    default:
      return false;
  }
}

bool TerritoryWords::is_holder(const Tree& tree, Id<Token> noun) const {
  const Id<Token> up = tree.head(noun);
  if (!up || tree[noun].upos != Upos::noun || tree[noun].deprel != Deprel::compound) return false;
  return (in(power_, tree, up) && is_case(tree, up, {"under"})) ||
         (in(hands_, tree, up) && is_case(tree, up, {"in", "into"}));
}

}  // namespace annalist::lang
