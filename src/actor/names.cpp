#include "actor/names.h"

#include <algorithm>
#include <vector>

#include "base/strings.h"

namespace annalist {

namespace {

constexpr int kDaysNear = 730;  // a leader is still "Mr X" for about two years before and after the office

std::string without_dots(std::string_view s) {
  std::string out;
  for (char c : s)
    if (c != '.') out += c;
  return out;
}

std::string_view trimmed_name(std::string_view s) {
  const auto edge = [](char c) {
    return is_space(c) || c == '"' || c == '(' || c == ')' || c == '[' || c == ']' || c == ',';
  };
  while (!s.empty() && edge(s.front())) s.remove_prefix(1);
  while (!s.empty() && edge(s.back())) s.remove_suffix(1);
  if (starts_with_ignore_case(s, "the ")) s.remove_prefix(4);
  for (std::string_view end : {"'s", "’s", "'", "’"})
    if (s.size() > end.size() && s.ends_with(end)) {
      s.remove_suffix(end.size());
      break;
    }
  return s;
}

bool near(const DayRange& when, Day day) {
  return (!when.from || when.from.value - kDaysNear <= day.value) &&
         (!when.to || day.value <= when.to.value + kDaysNear);
}

/// 3: holds on that day; 2: ended in the last three years; 1: ended before; -6: not yet begun.
int date_score(const ActorEntry& e, Day day) {
  if (!day) return 0;
  const auto one = [&](const DayRange& when) {
    if (when.contains(day)) return 3;
    if (when.from && day < when.from) return when.from.value - day.value > 60 ? -6 : 0;
    return day.value - when.to.value <= 1095 ? 2 : 1;
  };
  if (e.terms.empty()) return one(e.when);
  int best = -6;
  for (const ActorTerm& term : e.terms) best = std::max(best, one(term.when));
  return best;
}

bool spelled_out(const ActorContext& context, const ActorEntry& e, std::string_view but_not) {
  const auto full = [&](std::string_view name) {
    const std::string key = actor_key(name);
    return key != but_not && key.find(' ') != std::string::npos && context.spells_out(key);
  };
  return full(e.name) || std::any_of(e.aliases.begin(), e.aliases.end(), full);
}

/// -100: cannot be meant.
int candidate_score(const ActorContext& context, const AliasHit& hit, std::string_view text,
                    EntityType type) {
  const ActorEntry& e = context.base().entries()[hit.entry];
  if (hit.exact_case) {
    if (without_dots(text) != without_dots(hit.written)) return -100;
  } else if (std::none_of(text.begin(), text.end(), is_upper) && is_upper(hit.written[0])) {
    return -100;
  }
  const std::string key = actor_key(text);
  const bool one_word = key.find(' ') == std::string::npos;
  const bool place_like = type == EntityType::gpe || type == EntityType::loc || type == EntityType::fac;
  const bool country_here = !e.country.empty() && context.country_weight(e.country) > 0;
  const bool full = spelled_out(context, e, key);
  int score = date_score(e, context.today()) + e.priority;
  if (country_here) score += context.main_country() == e.country ? 3 : 2;
  if (e.country.empty()) score += 1;
  if (full) score += 3;
  if (e.is_person()) {
    if (one_word && (place_like || type == EntityType::org || type == EntityType::norp)) return -100;
    const bool in_office =
        context.today() && std::any_of(e.terms.begin(), e.terms.end(),
                                       [&](const ActorTerm& t) { return near(t.when, context.today()); });
    if ((one_word || hit.made) && !country_here && !full && (hit.made || !in_office)) return -100;
  } else {
    if (type == EntityType::per) score -= 2;
    if (place_like && one_word && !hit.exact_case && e.kind != ActorKind::government &&
        e.kind != ActorKind::state)
      score -= 3;
    if (e.priority < 0 && !e.country.empty() && !country_here && !full) return -100;
  }
  return score;
}

bool locative(std::string_view preposition) {
  static constexpr std::string_view kWords[] = {
      "in",      "at",   "near", "inside", "across",  "throughout", "around", "within", "outside",
      "through", "into", "onto", "toward", "towards", "beyond",     "along",  "over"};
  return std::find(std::begin(kWords), std::end(kWords), preposition) != std::end(kWords);
}

/// "in Syria" is a place; "Syria accused" and "talks with Syria" are a state.
bool stands_as_place(const ActorContext& context, Id<Token> head) {
  const Id<Token> preposition = context.tree().child(head, Deprel::case_);
  return preposition && locative(context.lemma(preposition));
}

/// "Syrians", "Kurds", "Shiites": people of a country, an ethnic or a religious group.
ActorDraft people_of(const ActorContext& context, std::string_view text, const std::string& country = {}) {
  ActorDraft out;
  if (const ActorCountry* home = context.base().country_of_demonym(text)) {
    out.kind = ActorKind::civilians;
    out.country = home->iso3;
    out.code = home->iso3 + std::string(role_of(out.kind));
  } else {
    std::string word = lower(trimmed_name(text));
    const ActorModifier* m = context.base().modifier(word);
    if (!m && word.ends_with('s'))
      m = context.base().modifier(std::string_view(word).substr(0, word.size() - 1));
    if (!m || (m->kind != ActorKind::ethnic && m->kind != ActorKind::religious)) return out;
    out.kind = m->kind;
    out.code = m->code;
    out.country = country;
    out.code.insert(0, country);
  }
  out.name = trimmed_name(text);
  out.set(ActorFlag::composite);
  out.set(ActorFlag::collective);
  out.score = 0.7f;
  return out;
}

/// True if the word at `place` of a name mention only introduces the name: a title, an adjective, an article.
bool introduces(const ActorContext& context, const Mention& m, std::uint32_t place) {
  const Tree& tree = context.tree();
  const Id<Token> t = m.tokens[place];
  const std::string word = context.word(t);
  const ActorNoun* noun = context.base().noun(word.ends_with('.') ? word.substr(0, word.size() - 1) : word);
  if (noun && (noun->title || noun->person)) return true;
  if (place + 1 < m.tokens.count && context.base().noun(word + " " + context.word(m.tokens[place + 1])))
    return true;
  return context.base().modifier(word) || context.base().country_of_demonym(tree.text(t)) ||
         tree[t].upos == Upos::det || tree[t].upos == Upos::punct || is_lower(tree.text(t).front());
}

/// "Defense Ministry", "National Guard": every state has one, so the entry of another state cannot be meant.
bool is_common_title(const ActorContext& context, std::string_view name) {
  std::vector<std::string> words;
  const std::string key = actor_key(name);
  for (std::string_view w : split_list(key, ' ')) words.emplace_back(w);
  if (words.size() < 2) return false;
  for (const std::string& w : words)
    if (!context.base().noun(w) && !context.base().modifier(w) &&
        !context.base().name_word(std::span(&w, 1)) && w != "national" && w != "of" && w != "supreme" &&
        w != "house" && w != "representatives" && w != "interior" && w != "foreign" && w != "defense" &&
        w != "finance" && w != "justice" && w != "department")
      return false;
  return true;
}

bool belongs_elsewhere(const ActorContext& context, const Mention& m, const ActorEntry& entry) {
  if (entry.is_person() || entry.country.empty() || !m.head) return false;
  const std::string owner = owner_country(context, m.head);
  return !owner.empty() && owner != entry.country &&
         (is_common_title(context, entry.name) || is_common_title(context, context.doc().text(m.span)));
}

/// "Prime Minister X" where the base has X only as somebody of a side: the title adds the role.
void add_title(const ActorContext& context, Range<Token> name, ActorDraft& draft) {
  const Range<Token> sentence = context.tree().sentence_of(name[0]).tokens;
  if (name.first <= sentence.first || draft.code.empty()) return;
  const std::string last = context.word(Id<Token>(std::size_t(name.first - 1)));
  const ActorNoun* noun = nullptr;
  if (name.first >= sentence.first + 2)
    noun = context.base().noun(context.word(Id<Token>(std::size_t(name.first - 2))) + " " + last);
  if (!noun) noun = context.base().noun(last);
  if (noun && noun->title && !noun->code.empty() && draft.code.find(noun->code, 3) == std::string::npos)
    draft.code += noun->code;
}

/// The draft of a known name that is longer than the mention the tagger made of it, or that sits in it.
ActorDraft spotted(const ActorContext& context, const Mention& m, bool longer) {
  const ActorSpot* spot = m.head ? context.spot_at(m.head) : nullptr;
  if (!spot || (longer && spot->tokens.count <= m.tokens.count)) return {};
  if (!longer)  // "Juan Carlos" is not the man of "Juan Carlos Jobet", nor "Security Service" that of Shin
                // Bet
    for (std::uint32_t place = 0; place < m.tokens.count; ++place) {
      const Id<Token> t = m.tokens[place];
      if (spot->tokens.contains(t)) continue;
      const ActorNoun* noun = context.base().noun(context.lemma(t));
      const bool after = t.value >= spot->tokens.end();
      if (after ? !(noun && noun->generic && noun->body) : !introduces(context, m, place)) return {};
    }
  // The head of the mention must be the head of the name: "Syrian" of "Syrian Democratic Forces" is not it.
  const Id<Token> above = context.tree().head(m.head);
  if (above && spot->tokens.contains(above)) return {};
  if (spot->country &&
      (!spot->entry || (spot->entry->kind != ActorKind::coalition && spot->entry->priority < 2))) {
    ActorDraft draft = draft_of(*spot->country);
    if (stands_as_place(context, m.head)) draft.kind = ActorKind::none;
    return draft;
  }
  if (!spot->entry || belongs_elsewhere(context, m, *spot->entry)) return {};
  ActorDraft draft = draft_of(context, *spot->entry);
  if (m.type == EntityType::per && !spot->entry->is_person()) add_title(context, spot->tokens, draft);
  return draft;
}

ActorDraft link_one(const ActorContext& context, const Mention& m) {
  const std::string_view whole = context.doc().text(m.span);
  if (ActorDraft longer = spotted(context, m, true); longer.known()) return longer;
  // "Northern Front (NF)" and "Abu Omar [Haddad]" as one mention: what stands before the bracket, then
  // inside.
  const std::size_t bracket = whole.find_first_of("([", 1);
  std::vector<std::string_view> forms{trimmed_name(whole)};
  if (bracket != std::string_view::npos) {
    forms.push_back(trimmed_name(whole.substr(0, bracket)));
    forms.push_back(trimmed_name(whole.substr(bracket)));
  }
  for (std::string_view form : forms) {
    const ActorEntry* entry = entry_for(context, form, m.type);
    const ActorCountry* country = context.base().country_named(form);
    // "Mali denied it" beside "a Malian raid": no man called Mali.
    if (country && m.type == EntityType::per &&
        (m.tokens.count > 1 || context.country_weight(country->iso3) == 0))
      country = nullptr;
    // "Lebanon" is a country before it is anything else; "Yugoslavia" is only an entry.
    if (country && (!entry || (entry->kind != ActorKind::coalition && entry->kind != ActorKind::government &&
                               entry->priority < 2))) {
      ActorDraft draft = draft_of(*country);
      if (m.head && stands_as_place(context, m.head)) draft.kind = ActorKind::none;
      return draft;
    }
    if (entry && !belongs_elsewhere(context, m, *entry)) {
      ActorDraft draft = draft_of(context, *entry);
      if (m.type == EntityType::per && !entry->is_person()) add_title(context, m.tokens, draft);
      return draft;
    }
  }
  // "Islamist", "Syrian" before a noun say what the noun is; they name nobody.
  if (m.tokens.count == 1 && m.head && context.tree()[m.head].deprel == Deprel::amod) {
    ActorDraft word;
    const ActorCountry* country = context.base().country_of_demonym(whole);
    if (country) word.country = country->iso3;
    if (country || context.base().modifier(context.word(m.head))) word.name = trimmed_name(whole);
    if (!word.name.empty()) return word;
  }
  if (m.type == EntityType::norp && (!m.head || context.tree()[m.head].deprel != Deprel::amod)) {
    if (ActorDraft people = people_of(context, whole); people.known()) return people;
    if (m.tokens.count > 1) {  // "Rakhine Buddhists", "Lebanese Christians"
      const Id<Token> last = m.tokens[m.tokens.count - 1];
      std::string country;
      for (std::uint32_t t = m.tokens.first; t < last.value && country.empty(); ++t) {
        const ActorCountry* of = context.base().country_of_demonym(context.tree().text(Id<Token>(t)));
        if (!of) of = context.place_country(Id<Token>(t));
        if (of) country = of->iso3;
      }
      ActorDraft people = people_of(context, context.tree().text(last), country);
      people.name = trimmed_name(whole);
      if (people.known()) return people;
    }
  }
  // Titles, adjectives and "the late" before the name: "Syrian Prime Minister Wael al-Halqi".
  for (std::uint32_t skip = 1; skip < m.tokens.count && skip <= 6 && introduces(context, m, skip - 1);
       ++skip) {
    const std::uint32_t begin = context.tree().token(m.tokens[skip]).span.begin;
    const ActorEntry* entry = entry_for(context, context.doc().text({begin, m.span.end}), m.type);
    if (entry && (m.type != EntityType::per || entry->is_person())) return draft_of(context, *entry);
    if (entry && entry->priority > 1) {  // a dictionary's person, who has no terms
      ActorDraft draft = draft_of(context, *entry);
      add_title(context, {m.tokens.first + skip, m.tokens.count - skip}, draft);
      return draft;
    }
  }
  // "the Hezbollah movement", "the Wagner group" as a name: the noun after it adds nothing.
  if (m.tokens.count >= 2) {
    const Id<Token> last = m.tokens[m.tokens.count - 1];
    const ActorNoun* noun = context.base().noun(context.lemma(last));
    const std::string_view rest = context.doc().text({m.span.begin, context.tree().token(last).span.begin});
    if (noun && noun->generic && noun->body)
      if (const ActorEntry* entry = entry_for(context, trimmed_name(rest), m.type))
        return draft_of(context, *entry);
  }
  if (ActorDraft inner = spotted(context, m, false); inner.known()) return inner;
  // A place that the place stage reads as those who rule it: "Damascus denied".
  if (const Place* place = context.place_over(m.span);
      place && place->role == PlaceRole::actor && place->country)
    if (const ActorCountry* country = context.base().country_of_iso2(context.doc().str(place->country))) {
      ActorDraft draft = draft_of(*country);
      draft.kind = ActorKind::government;
      draft.name = "Government of " + country->name;
      draft.code = country->iso3 + "GOV";
      draft.score = 0.6f;
      return draft;
    }
  return {};
}

/// "Full Name (FN)": two name mentions with only a bracket between them mean one actor, whichever is known.
void join_brackets(ActorContext& context) {
  const auto mentions = context.doc().all<Mention>();
  for (std::size_t m = 0; m + 1 < mentions.size(); ++m) {
    if (mentions[m].form != MentionForm::name) continue;
    for (std::size_t n = m + 1; n < mentions.size() && n < m + 4; ++n) {
      if (mentions[n].form != MentionForm::name || mentions[n].span.begin < mentions[m].span.end) continue;
      const std::string_view gap = trim(context.doc().text({mentions[m].span.end, mentions[n].span.begin}));
      if (gap != "(" && gap != "[") break;
      const bool acronym = is_acronym(context.doc().text(mentions[n].span));
      const bool persons = mentions[m].type == EntityType::per && mentions[n].type == EntityType::per;
      if ((gap == "(" && !acronym) || (gap == "[" && !persons)) break;
      ActorDraft &a = context.drafts[m], &b = context.drafts[n];
      if (!a.entry && b.entry)
        a = b;
      else if (a.entry)
        b = a;
      break;
    }
  }
}

}  // namespace

const ActorEntry* entry_for(const ActorContext& context, std::string_view text, EntityType type) {
  text = trimmed_name(text);
  if (text.empty()) return nullptr;
  const ActorEntry* best = nullptr;
  int best_score = -3;  // below this, nothing speaks for it
  for (const AliasHit& hit : context.base().find(actor_key(text))) {
    const int score = candidate_score(context, hit, text, type);
    if (score > best_score) {
      best = &context.base().entries()[hit.entry];
      best_score = score;
    }
  }
  if (best || type != EntityType::per) return best;
  // Another spelling of a full name: only of somebody who is in the news that day, or whose country is.
  for (const AliasHit& hit : context.base().find_person_like(actor_key(text))) {
    const ActorEntry& e = context.base().entries()[hit.entry];
    const bool in_office =
        !context.today() || std::any_of(e.terms.begin(), e.terms.end(),
                                        [&](const ActorTerm& t) { return near(t.when, context.today()); });
    if (in_office || (!e.country.empty() && context.country_weight(e.country) > 0)) return &e;
  }
  return nullptr;
}

std::string owner_country(const ActorContext& context, Id<Token> head) {
  const Tree& tree = context.tree();
  std::string where;  // "in X" says less than "of X" or "X's"
  for (Id<Token> c : tree.children(head)) {
    const Deprel rel = tree[c].deprel;
    const bool before = rel == Deprel::nmod_poss || rel == Deprel::amod || rel == Deprel::compound ||
                        rel == Deprel::nmod_unmarked;
    const Id<Token> preposition = rel == Deprel::nmod ? tree.child(c, Deprel::case_) : Id<Token>();
    if (!before && !preposition) continue;
    const std::string link = preposition ? context.lemma(preposition) : std::string();
    if (preposition && link != "of" && link != "in" && link != "for") continue;
    const ActorCountry* country = context.base().country_of_demonym(tree.text(c));
    if (!country) country = context.base().country_named(tree.text(c));
    const Id<Mention> name = context.name_at(c);
    if (!country && name)
      country = context.base().country_named(context.doc().text(context.doc()[name].span));
    if (!country && (link == "in" || rel == Deprel::nmod_poss || rel == Deprel::compound))
      country = context.place_country(c);
    if (!country && rel == Deprel::nmod_poss) {  // "Ecuador's Ombudsman's Office"
      const Id<Token> above = tree.child(c, Deprel::nmod_poss);
      if (above) country = context.base().country_named(tree.text(above));
    }
    if (!country) continue;
    if (link != "in") return country->iso3;
    if (where.empty()) where = country->iso3;
  }
  return where;
}

ActorDraft draft_of(const ActorContext& context, const ActorEntry& entry) {
  ActorDraft out;
  out.entry = &entry;
  out.name = entry.name;
  out.kind = entry.kind;
  out.country = entry.country;
  out.code = entry.code;
  out.score = 0.95f;
  if (entry.is_person()) {
    out.set(ActorFlag::named_person);
    if (const ActorTerm* term = entry.term_at(context.today())) {
      const ActorEntry* group = context.base().entry(term->group);
      const bool holds = !context.today() || term->when.contains(context.today());
      out.country = !term->country.empty() || !group ? term->country : group->country;
      out.code = term->country + (holds || term->sector != "GOV" ? term->sector : "ELI");
      if (group && term->sector == "REB") out.code = group->code;
      out.part_of = term->group;
      if (const ActorNoun* office = context.base().noun(term->role); office && office->leader)
        out.set(ActorFlag::leader);
    }
    return out;
  }
  out.set(ActorFlag::collective);
  for (const ActorTie& tie : entry.parents)
    if (!context.today() || tie.when.contains(context.today())) {
      out.part_of = tie.id;
      break;
    }
  return out;
}

ActorDraft draft_of(const ActorCountry& country) {
  ActorDraft out;
  out.name = country.name;
  out.kind = ActorKind::state;
  out.country = country.iso3;
  out.code = country.iso3;
  out.set(ActorFlag::collective);
  out.score = 0.9f;
  return out;
}

void link_names(ActorContext& context) {
  const auto mentions = context.doc().all<Mention>();
  // A bare family name belongs to the person whom the report names in full, before any famous bearer of it.
  std::unordered_set<std::string> family_names;
  for (const Mention& m : mentions) {
    if (m.form != MentionForm::name || m.type != EntityType::per) continue;
    const std::string key = actor_key(context.doc().text(m.span));
    if (const std::size_t blank = key.rfind(' '); blank != std::string::npos)
      family_names.insert(key.substr(blank + 1));
  }
  for (std::size_t m = 0; m < mentions.size(); ++m) {
    if (mentions[m].form != MentionForm::name) continue;
    if (mentions[m].type == EntityType::weapon || mentions[m].type == EntityType::event) continue;
    const bool named_in_full = mentions[m].type == EntityType::per &&
                               family_names.contains(actor_key(context.doc().text(mentions[m].span)));
    if (!named_in_full) context.drafts[m] = link_one(context, mentions[m]);
  }
  // "President" as a name of its own beside "Duterte" is the same person.
  for (std::size_t m = 0; m < mentions.size(); ++m) {
    if (mentions[m].form != MentionForm::name || context.drafts[m].known() || !mentions[m].head) continue;
    const Id<Token> above = context.tree().head(mentions[m].head);
    const Id<Mention> bearer = above ? context.name_at(above) : Id<Mention>();
    if (!bearer || bearer.value == m || mentions[bearer.value].type != EntityType::per) continue;
    const Deprel rel = context.tree()[mentions[m].head].deprel;
    if (rel != Deprel::nmod && rel != Deprel::flat && rel != Deprel::compound && rel != Deprel::nmod_unmarked)
      continue;
    const ActorNoun* noun = context.base().noun(lower(context.doc().text(mentions[m].span)));
    if (noun && noun->title && context.drafts[bearer.value].known())
      context.drafts[m] = context.drafts[bearer.value];
  }
  join_brackets(context);
}

}  // namespace annalist
