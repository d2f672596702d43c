#include "actor/actor_base.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist {

const ActorTerm* ActorEntry::term_at(Day day) const {
  if (terms.empty()) return nullptr;
  if (!day) return &terms.back();
  const ActorTerm* past = nullptr;
  for (const ActorTerm& term : terms) {
    if (term.when.contains(day)) return &term;
    if (!term.when.from || term.when.from <= day) past = &term;
  }
  return past ? past : &terms.front();
}

namespace {

std::string_view without_possessive(std::string_view s) {
  s = trim(s);
  for (std::string_view end : {"'s", "’s", "'", "’"})
    if (s.size() > end.size() && s.ends_with(end)) return trim(s.substr(0, s.size() - end.size()));
  return s;
}

/// One spelling of words that English writes in two ways.
std::string one_spelling(std::string word) {
  const auto swap_end = [&](std::string_view from, std::string_view to) {
    if (word.ends_with(from)) word.replace(word.size() - from.size(), from.size(), to);
  };
  if (word == "defence") return "defense";
  if (word == "centre") return "center";
  if (word == "labour") return "labor";
  if (word == "programme") return "program";
  swap_end("isation", "ization");
  swap_end("isations", "izations");
  return word;
}

}  // namespace

std::string actor_key(std::string_view name) {
  const std::string folded = fold(without_possessive(name));
  std::string out;
  bool initials = false;
  const auto words = split_list(folded, ' ');
  for (std::string_view word : words) {
    if (words.size() > 1 && (word == "the" || word == "al" || word == "el")) continue;
    const bool initial = word.size() == 1 && is_alpha(word[0]);
    if (!out.empty() && !(initial && initials)) out += ' ';
    out += one_spelling(std::string(word));
    initials = initial;
  }
  return out;
}

bool is_acronym(std::string_view written) {
  std::size_t letters = 0;
  for (char c : written) {
    if (is_upper(c)) ++letters;
    if (is_lower(c) || is_space(c) || static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return letters > 0 && letters <= 6;
}

std::string_view role_of(ActorKind kind) {
  switch (kind) {
    case ActorKind::military:
      return "MIL";
    case ActorKind::police:
      return "COP";
    case ActorKind::armed_group:
      return "REB";
    case ActorKind::party:
      return "PTY";
    case ActorKind::monitor:
    case ActorKind::ngo:
      return "NGO";
    case ActorKind::media:
      return "MED";
    case ActorKind::igo:
      return "IGO";
    case ActorKind::civilians:
      return "CVL";
    case ActorKind::government:
      return "GOV";
    case ActorKind::judiciary:
      return "JUD";
    case ActorKind::legislature:
      return "LEG";
    case ActorKind::intelligence:
      return "SPY";
    case ActorKind::militia:
    case ActorKind::unknown_armed:
      return "UAF";
    case ActorKind::opposition:
    case ActorKind::protesters:
      return "OPP";
    case ActorKind::religious:
      return "REL";
    case ActorKind::ethnic:
      return "ETH";
    case ActorKind::business:
      return "BUS";
    case ActorKind::medical:
      return "HLH";
    case ActorKind::education:
      return "EDU";
    case ActorKind::refugees:
      return "REF";
    case ActorKind::labor:
      return "LAB";
    case ActorKind::criminal:
      return "CRM";
    default:
      return "";
  }
}

const ActorEntry* ActorBase::entry(std::string_view id) const {
  const auto it = ids_.find(id);
  return it == ids_.end() ? nullptr : &entries_[it->second];
}

std::span<const AliasHit> ActorBase::find(std::string_view key) const {
  const auto it = aliases_.find(key);
  return it == aliases_.end() ? std::span<const AliasHit>() : std::span<const AliasHit>(it->second);
}

std::span<const AliasHit> ActorBase::find_person_like(std::string_view key) const {
  const auto it = sounds_.find(person_sound(key));
  return it == sounds_.end() ? std::span<const AliasHit>() : std::span<const AliasHit>(it->second);
}

std::size_t ActorBase::longest_from(std::string_view first_word) const {
  const auto it = longest_from_.find(first_word);
  return it == longest_from_.end() ? 0 : it->second;
}

const ActorNoun* ActorBase::noun(std::string_view lemma) const {
  const auto it = nouns_.find(lemma);
  return it == nouns_.end() ? nullptr : &it->second;
}

const ActorModifier* ActorBase::modifier(std::string_view word) const {
  const auto it = modifiers_.find(word);
  return it == modifiers_.end() ? nullptr : &it->second;
}

const ActorNameWord* ActorBase::name_word(std::span<const std::string> words) const {
  for (const ActorNameWord& known : name_words_)
    if (std::find(words.begin(), words.end(), known.word) != words.end()) return &known;
  return nullptr;
}

ActorTieSense ActorBase::tie(std::string_view lemma) const {
  const auto it = ties_.find(lemma);
  return it == ties_.end() ? ActorTieSense::none : it->second;
}

const ActorCountry* ActorBase::country_named(std::string_view text) const {
  const auto it = country_names_.find(actor_key(text));
  if (it == country_names_.end()) return nullptr;
  // "us" and "uk" are words; only "US" and "U.S." are countries.
  if (it->first.size() <= 3 && !is_acronym(without_possessive(text))) return nullptr;
  return &countries_[it->second];
}

const ActorCountry* ActorBase::country_of_demonym(std::string_view text) const {
  const std::string key = actor_key(text);
  auto it = demonyms_.find(key);
  if (it == demonyms_.end() && key.size() > 3 && key.back() == 's')
    it = demonyms_.find(std::string_view(key).substr(0, key.size() - 1));
  if (it == demonyms_.end()) return nullptr;
  if (it->first.size() <= 3 && !is_acronym(without_possessive(text))) return nullptr;
  return &countries_[it->second];
}

const ActorCountry* ActorBase::country_of_capital(std::string_view text) const {
  const auto it = capitals_.find(actor_key(text));
  return it == capitals_.end() ? nullptr : &countries_[it->second];
}

const ActorCountry* ActorBase::country_of_iso2(std::string_view iso2) const {
  const auto it = iso2_.find(iso2);
  return it == iso2_.end() ? nullptr : &countries_[it->second];
}

const ActorCountry* ActorBase::country_of_iso3(std::string_view iso3) const {
  const auto it = iso3_.find(iso3);
  return it == iso3_.end() ? nullptr : &countries_[it->second];
}

void ActorBase::add_alias(std::uint32_t entry, std::string_view written, bool is_name) {
  const std::string key = actor_key(written);
  if (key.empty()) return;
  auto& hits = aliases_[key];
  const bool exact = is_acronym(written);
  for (AliasHit& hit : hits)
    if (hit.entry == entry) {  // "Nusra Front" and "Al Nusra Front" are one alias; the looser case rule wins
      hit.exact_case = hit.exact_case && exact;
      hit.is_name = hit.is_name || is_name;
      return;
    }
  hits.push_back({entry, is_name, false, exact, std::string(written)});
  const auto words = split_list(key, ' ');
  std::uint8_t& longest = longest_from_[std::string(words[0])];
  longest =
      static_cast<std::uint8_t>(std::max<std::size_t>(longest, std::min<std::size_t>(words.size(), 12)));
}

/// Spellings of a person's full name that nobody needs to list: by sound, and with initials for given names.
void ActorBase::add_person_forms(std::uint32_t entry, std::string_view written) {
  const std::string key = actor_key(written);
  const auto words = split_list(key, ' ');
  if (words.size() < 2) return;
  const auto add = [&](std::vector<AliasHit>& hits, bool made) {
    if (std::ranges::none_of(hits, [&](const AliasHit& h) { return h.entry == entry; }))
      hits.push_back({entry, true, made, false, std::string(written)});
  };
  if (std::string sound = person_sound(key); !sound.empty()) add(sounds_[std::move(sound)], false);
  // "G. W. Bush" and, by its key, "GW Bush"; a single initial is left alone where it would be two letters
  // long.
  std::string initials;
  for (std::size_t w = 0; w + 1 < words.size(); ++w) initials += words[w].substr(0, 1);
  if (is_alpha(initials[0])) add(aliases_[initials + " " + std::string(words.back())], true);
  const ActorEntry& e = entries_[entry];
  if (written != e.name) return;
  const bool listed =
      std::ranges::any_of(e.aliases, [](const std::string& a) { return a.find(' ') == std::string::npos; });
  for (const std::string& name : e.short_names) add(aliases_[actor_key(name)], true);
  if (e.family_name && !listed && e.short_names.empty() && words.back().size() >= 3)
    add(aliases_[std::string(words.back())], true);
}

std::string person_sound(std::string_view key) {
  const auto words = split_list(key, ' ');
  if (words.size() < 2) return {};
  // "Abu Omar", "Umm Ali": thousands are called so; only a listed spelling is somebody.
  if (words.front() == "abu" || words.front() == "abou" || words.front() == "umm") return {};
  std::string out;
  std::size_t consonants = 0;
  for (std::string_view word : {words.front(), words.back()}) {
    char last = 0;
    bool first = true;
    for (std::size_t i = 0; i < word.size(); ++i) {
      char c = word[i];
      if (c == 'q' || (c == 'c' && i + 1 < word.size() && word[i + 1] != 'h')) c = 'k';
      if (c == 'p' && i + 1 < word.size() && word[i + 1] == 'h') c = 'f';
      if (c == 'w') c = 'v';
      if (c == 'j' || c == 'y') c = 'i';
      const bool vowel = c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
      if (vowel && !first) {
        last = 0;
        continue;
      }
      if ((c == 'h' && !first) || c == last) continue;  // "Abdallah", "Mohammed"
      out += vowel ? 'a' : c;
      consonants += vowel ? 0 : 1;
      last = c;
      first = false;
    }
    out += ' ';
  }
  return consonants >= 4 ? out : std::string();  // "li an", "ali saleh" sound like too much
}

void ActorBase::index() {
  for (const auto& [name, country] : country_names_)
    if (const std::size_t blank = name.find(' '); blank != std::string::npos)
      country_starts_.emplace(name.substr(0, blank), std::uint8_t{1});
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    const ActorEntry& e = entries_[i];
    // "Red Flag (Venezuela)": the country in brackets keeps names apart on paper; reports do not write it.
    const std::string_view bare = trim(std::string_view(e.name).substr(0, e.name.find(" (")));
    add_alias(i, e.name, true);
    if (bare.size() != e.name.size()) add_alias(i, bare, true);
    for (const std::string& alias : e.aliases) add_alias(i, alias, alias.find(' ') != std::string::npos);
    if (!e.is_person()) continue;
    add_person_forms(i, e.name);
    for (const std::string& alias : e.aliases) add_person_forms(i, alias);
  }
}

std::vector<std::string> ActorBase::ambiguities() const {
  std::vector<std::string> keys;
  for (const auto& [key, hits] : aliases_)
    if (hits.size() > 1) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  std::vector<std::string> out;
  for (const std::string& key : keys) {
    const auto hits = find(key);
    for (std::size_t a = 0; a < hits.size(); ++a)
      for (std::size_t b = a + 1; b < hits.size(); ++b) {
        if (hits[a].made || hits[b].made) continue;
        const ActorEntry &x = entries_[hits[a].entry], &y = entries_[hits[b].entry];
        if (x.priority == y.priority && x.country == y.country && x.when.overlaps(y.when))
          out.push_back(key + ": " + x.id + ", " + y.id);
      }
  }
  return out;
}

}  // namespace annalist
