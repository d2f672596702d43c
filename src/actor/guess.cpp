// Names that neither the base nor the report explains.
#include <algorithm>
#include <array>

#include "actor/compose.h"
#include "actor/names.h"
#include "base/strings.h"

namespace annalist {

namespace {

std::vector<std::string> key_words(std::string_view name) {
  std::vector<std::string> out;
  const std::string key = actor_key(name);
  for (std::string_view w : split_list(key, ' ')) out.emplace_back(w);
  return out;
}

/// What an apposition or a title says: "General X", "rebel commander X", "X, a spokesman for Y".
ActorDraft described(const ActorContext& context, const Mention& m) {
  const Tree& tree = context.tree();
  const auto try_at = [&](Id<Token> t) -> ActorDraft {
    if (!t || context.name_at(t)) return {};
    return compose(context, t);
  };
  for (Id<Token> c : tree.children(m.head))
    if (tree[c].deprel == Deprel::appos)
      if (ActorDraft d = try_at(c); d.known()) return d;
  if (tree[m.head].deprel == Deprel::appos || tree[m.head].deprel == Deprel::flat)
    if (ActorDraft d = try_at(tree.head(m.head)); d.known()) return d;
  // Titles stand before the name, inside the mention or outside: as compound, flat, or nmod of the name.
  for (Id<Token> c : tree.children(m.head)) {
    const Deprel rel = tree[c].deprel;
    if (c > m.head || (rel != Deprel::compound && rel != Deprel::flat && rel != Deprel::nmod_unmarked))
      continue;
    const ActorNoun* noun = context.base().noun(context.lemma(c));
    if (!noun || !(noun->title || noun->person)) continue;
    if (ActorDraft d = compose(context, c); d.known()) return d;
  }
  // A title right before the mention that the parser hung elsewhere: "army spokesman" + "Karim Dawlish".
  const std::uint32_t first = m.tokens.first;
  if (first > tree.sentence_of(m.head).tokens.first) {
    const Id<Token> before(std::size_t(first - 1));
    const ActorNoun* noun = context.base().noun(context.lemma(before));
    if (noun && noun->title)
      if (ActorDraft d = compose(context, before); d.known()) return d;
  }
  for (std::uint32_t t = m.tokens.first; t < m.tokens.end(); ++t) {
    const ActorNoun* noun = nullptr;
    if (t + 1 < m.tokens.end())  // "Prime Minister X"
      noun = context.base().noun(lower(tree.text(Id<Token>(t))) + " " + lower(tree.text(Id<Token>(t + 1))));
    if (!noun) noun = context.base().noun(lower(tree.text(Id<Token>(t))));
    if (!noun && tree.text(Id<Token>(t)).ends_with('.')) {
      const std::string_view text = tree.text(Id<Token>(t));
      noun = context.base().noun(lower(text.substr(0, text.size() - 1)));
    }
    if (!noun || !noun->title || noun->kind == ActorKind::none) break;
    ActorDraft d;
    d.kind = noun->kind;
    d.code = noun->code;
    if (d.code.empty()) continue;
    return d;
  }
  return {};
}

ActorDraft guess_person(const ActorContext& context, const Mention& m) {
  ActorDraft out;
  out.name = collapse_spaces(context.doc().text(m.span));
  if (out.name.ends_with("'s")) out.name.resize(out.name.size() - 2);
  if (out.name.ends_with("’s")) out.name.resize(out.name.size() - 4);
  out.kind = ActorKind::person;
  out.score = 0.4f;
  out.set(ActorFlag::guessed);
  out.set(ActorFlag::named_person);
  ActorDraft who = described(context, m);
  // "Kenya President Ruto": the name right before the title says whose.
  if (who.known() && who.country.empty() && who.part_of.empty() && m.tokens.first > 0) {
    const Range<Token> sentence = context.tree().sentence_of(m.head).tokens;
    std::uint32_t first = m.tokens.first;
    for (int steps = 0;
         steps < 3 && first > sentence.first && !context.name_at(Id<Token>(std::size_t(first - 1)));
         ++steps) {
      const ActorNoun* title = context.base().noun(context.lemma(Id<Token>(std::size_t(first - 1))));
      if (!title || !title->title) break;
      --first;
    }
    const Id<Mention> owner =
        first > sentence.first ? context.name_at(Id<Token>(std::size_t(first - 1))) : Id<Mention>();
    if (owner && context.doc()[owner].tokens.end() == first) {
      const ActorDraft& whose = context.drafts[owner.value];
      if (whose.entry && !whose.entry->is_person()) who.part_of = whose.entry->id;
      who.country = whose.country;
      const std::string prefix = whose.country.empty() && whose.entry ? whose.entry->code : whose.country;
      if (!prefix.empty() && !who.code.starts_with("IGO")) who.code.insert(0, prefix);
    }
  }
  if (who.known()) {
    out.country = who.country;
    out.code = who.code;
    out.part_of = who.part_of;
    out.score = 0.6f;
    if (who.has(ActorFlag::leader)) out.set(ActorFlag::leader);
  }
  return out;
}

ActorDraft guess_body(const ActorContext& context, const Mention& m) {
  ActorDraft out;
  const std::string_view text = context.doc().text(m.span);
  out.name = collapse_spaces(starts_with_ignore_case(text, "the ") ? text.substr(4) : text);
  out.set(ActorFlag::guessed);
  out.set(ActorFlag::collective);
  out.score = 0.4f;
  std::vector<std::string> words;
  for (std::uint32_t t = m.tokens.first; t < m.tokens.end(); ++t) {
    const Id<Token> token(t);
    words.push_back(context.word(token));
    if (!out.country.empty()) continue;
    const ActorCountry* country = context.base().country_of_demonym(context.tree().text(token));
    if (!country) country = context.base().country_named(context.tree().text(token));
    if (country) out.country = country->iso3;
  }
  if (out.country.empty()) out.country = owner_country(context, m.head);
  const ActorDraft what = described(context, m);
  const ActorNoun* plain = context.base().noun(context.lemma(m.tokens[m.tokens.count - 1]));
  if (plain && plain->body && !plain->generic && !out.country.empty() && m.tokens.count <= 3) {
    out.kind = plain->kind;  // "Guatemala Army", "Syrian government": a name that is a description
    out.code = out.country + plain->code;
    out.score = 0.7f;
    out.flags =
        static_cast<std::uint8_t>(ActorFlag::composite) | static_cast<std::uint8_t>(ActorFlag::collective);
    return out;
  }
  if (const ActorNameWord* word = context.base().name_word(words)) {
    out.kind = word->kind;
    out.code = word->code;
    out.score = 0.5f;
  }
  if (what.known() && (!out.known() || out.kind == ActorKind::other || what.kind != ActorKind::other)) {
    out.kind = what.kind;
    out.code = what.code.starts_with(what.country) ? what.code.substr(what.country.size()) : what.code;
    if (out.country.empty()) out.country = what.country;
    out.part_of = what.part_of;
    out.score = 0.6f;
  }
  if (!out.known()) out.kind = m.type == EntityType::group ? ActorKind::armed_group : ActorKind::other;
  if (out.code.empty()) out.code = role_of(out.kind);
  if (!out.code.starts_with("IGO")) out.code = out.country + out.code;
  return out;
}

/// True if every word of `part` stands in `whole` in order, and the last words are the same.
bool short_form_of(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
  if (part.empty() || part.size() >= whole.size() || part.back() != whole.back()) return false;
  std::size_t at = 0;
  for (const std::string& w : whole)
    if (at < part.size() && part[at] == w) ++at;
  return at == part.size();
}

/// "de", "y", "bin": what stands within a name and is none.
bool is_particle(const std::string& word) {
  static constexpr std::string_view kParticles[] = {"de", "del", "la", "las", "los", "y",   "e",   "da",
                                                    "do", "dos", "di", "al",  "el",  "bin", "ibn", "abu"};
  return std::ranges::find(kParticles, word) != std::end(kParticles);
}

/// A name without its last family name, for those that have two, the father's first: "Ana Torres" of "Ana
/// Torres de Vega". Empty if that leaves less than two words, and for "Abu Salim Idris" (Salim is his son)
/// and "Lee Bryant Jr.".
std::vector<std::string> with_first_family_name(std::vector<std::string> words) {
  static constexpr std::string_view kNotLast[] = {"jr", "sr", "ii", "iii"};
  if (words.empty() || words.front() == "abu" ||
      std::ranges::find(kNotLast, words.back()) != std::end(kNotLast))
    return {};
  words.pop_back();
  while (!words.empty() && is_particle(words.back())) words.pop_back();
  if (words.size() < 2) words.clear();
  return words;
}

bool open_name(const Mention& m, const ActorDraft& draft) {
  return m.form == MentionForm::name && !draft.known() && draft.name.empty();
}

/// The tag that most mentions with the same words have; the tagger is not of one mind about rare names.
std::vector<EntityType> usual_types(const ActorContext& context) {
  const auto mentions = context.doc().all<Mention>();
  constexpr std::size_t kTypes = Names<EntityType>::table.size();
  std::unordered_map<std::string, std::array<int, kTypes>> counts;
  for (const Mention& m : mentions)
    if (m.form == MentionForm::name)
      ++counts[actor_key(context.doc().text(m.span))][static_cast<std::size_t>(m.type)];
  std::vector<EntityType> out(mentions.size(), EntityType::misc);
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    out[i] = mentions[i].type;
    if (mentions[i].form != MentionForm::name) continue;
    const auto& count = counts[actor_key(context.doc().text(mentions[i].span))];
    for (std::size_t t = 0; t < kTypes; ++t)
      if (count[t] > count[static_cast<std::size_t>(out[i])]) out[i] = static_cast<EntityType>(t);
  }
  return out;
}

/// "Syrian Army": of a state, and no short form of the Free Syrian Army that fights it.
bool forces_of_state(const ActorContext& context, const std::vector<std::string>& words) {
  if (words.size() != 2 || !context.base().country_of_demonym(words.front())) return false;
  const ActorNoun* noun = context.base().noun(words.back());
  return noun && (noun->kind == ActorKind::military || noun->kind == ActorKind::police ||
                  noun->kind == ActorKind::government);
}

bool body_like(EntityType type) { return type == EntityType::org || type == EntityType::group; }

}  // namespace

void guess_names(ActorContext& context) {
  const auto mentions = context.doc().all<Mention>();
  constexpr std::size_t kWindow = 400;  // names looked back at, so that a long list of names stays linear

  // Mentions that short forms may refer back to, in text order: multi-word persons by family name, bodies by
  // last word; persons of three words by the first of two family names too.
  const std::vector<EntityType> types = usual_types(context);
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_last, by_first_family_name;
  std::vector<std::vector<std::string>> words(mentions.size());
  for (std::uint32_t i = 0; i < mentions.size(); ++i) {
    if (mentions[i].form != MentionForm::name) continue;
    words[i] = key_words(context.doc().text(mentions[i].span));
    if (words[i].size() < 2) continue;
    by_last[words[i].back()].push_back(i);
    if (types[i] != EntityType::per) continue;
    if (const auto part = with_first_family_name(words[i]); !part.empty())
      by_first_family_name[part.back()].push_back(i);
  }
  // The nearest before it that `fits`, else the first after it; -1: none.
  const auto nearest = [&](std::uint32_t i, const auto& index, auto fits) -> std::int64_t {
    const auto it = words[i].empty() ? index.end() : index.find(words[i].back());
    if (it == index.end()) return -1;
    std::int64_t found = -1;
    std::size_t looked = 0;
    for (std::uint32_t j : it->second) {
      if (++looked > kWindow || (j > i && found >= 0)) break;
      if (j == i || !fits(j)) continue;
      found = j;
      if (j > i) break;
    }
    return found;
  };
  const auto full_form = [&](std::uint32_t i) -> std::int64_t {
    if (forces_of_state(context, words[i])) return -1;
    const std::int64_t by_end = nearest(i, by_last, [&](std::uint32_t j) {
      // A family name alone may carry any tag ("Assad" as ORG); a full name has the right one.
      const bool person = types[j] == EntityType::per;
      if ((!person && !body_like(types[j])) || (!person && types[i] == EntityType::per)) return false;
      if (person && words[i].size() > 1 && types[i] != EntityType::per) return false;
      return short_form_of(words[i], words[j]);
    });
    if (by_end >= 0 || types[i] != EntityType::per) return by_end;
    return nearest(i, by_first_family_name, [&](std::uint32_t j) {
      const auto part = with_first_family_name(words[j]);
      return words[i] == part || short_form_of(words[i], part);
    });
  };

  std::vector<std::pair<std::uint32_t, std::uint32_t>> short_forms;
  for (std::uint32_t i = 0; i < mentions.size(); ++i) {
    if (!open_name(mentions[i], context.drafts[i])) continue;
    if (const std::int64_t full = full_form(i); full >= 0) {
      short_forms.emplace_back(i, static_cast<std::uint32_t>(full));
      continue;
    }
    if (types[i] == EntityType::per && mentions[i].head)
      context.drafts[i] = guess_person(context, mentions[i]);
    else if (body_like(types[i]) && mentions[i].head)
      context.drafts[i] = guess_body(context, mentions[i]);
  }
  // Chains of short forms end at a full form: words shrink at every step.
  for (int round = 0; round < 3; ++round)
    for (const auto& [part, whole] : short_forms)
      if (context.drafts[whole].known() || !context.drafts[whole].name.empty())
        context.drafts[part] = context.drafts[whole];
}

}  // namespace annalist
