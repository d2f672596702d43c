#include "actor/compose.h"

#include <algorithm>
#include <array>

#include "actor/names.h"
#include "base/strings.h"

namespace annalist {

namespace {

/// What the words around a head noun say of its side.
struct Side {
  const ActorEntry* entry = nullptr;  // part of, affiliated to, speaking for
  bool affiliate = false;             // "linked to": related, but not its part
  std::string country, near_country;  // said of the actor; only of where it is
  std::string bloc;                   // "WST", in place of a country code
  const ActorModifier* modifier = nullptr;
  bool former = false;    // "retired", "ex-": of the elite, no longer of the government
  ActorDraft complement;  // "commander of a rebel brigade"
};

/// The noun that `head` makes with the words before it ("police officer") or with its "of" ("chief of
/// staff").
const ActorNoun* noun_at(const ActorContext& context, Id<Token> head) {
  const Tree& tree = context.tree();
  const std::string lemma = context.lemma(head);
  for (Id<Token> c : tree.children(head))
    if (tree[c].deprel == Deprel::nmod && c > head && tree.child(c, Deprel::case_, "of"))
      if (const ActorNoun* noun = context.base().noun(lemma + " of " + context.lemma(c))) return noun;
  std::array<std::string, 3> before;
  std::size_t n = 0;
  std::string words;
  const std::uint32_t first = tree.sentence_of(head).tokens.first;
  for (std::uint32_t t = head.value; t-- > first && n < before.size();) {
    words = words.empty() ? context.word(Id<Token>(t)) : context.word(Id<Token>(t)) + " " + words;
    before[n++] = words;
  }
  while (n-- > 0)
    for (const std::string& last : {lemma, context.word(head)})
      if (const ActorNoun* noun = context.base().noun(before[n] + " " + last)) return noun;
  if (const ActorNoun* noun = context.base().noun(lemma)) return noun;
  return context.base().noun(context.word(head));
}

/// The entry that stands for a linked name: for a person, the group he is of.
const ActorEntry* side_of(const ActorContext& context, const ActorDraft& draft) {
  if (!draft.entry) return nullptr;
  if (!draft.entry->is_person()) return draft.entry;
  return context.base().entry(draft.part_of);
}

/// Takes what a name, a country or an adjective under token `t` says. True when it said anything.
bool take_word(const ActorContext& context, Id<Token> t, bool only_where, Side& side) {
  const Tree& tree = context.tree();
  if (const Id<Mention> m = context.name_at(t)) {
    const ActorDraft& draft = context.drafts[m.value];
    if (const ActorEntry* entry = side_of(context, draft)) {
      if (!side.entry) side.entry = entry;
      return true;
    }
    // "Director of Central Intelligence": a body nobody lists is still a body.
    const bool body = draft.known() && draft.kind != ActorKind::person && draft.kind != ActorKind::state;
    if (body && !only_where && !side.complement.known()) side.complement = draft;
    if (!draft.country.empty()) {
      std::string& country = only_where ? side.near_country : side.country;
      if (country.empty()) country = draft.country;
      return true;
    }
    if (body && !only_where) return true;
  }
  if (const ActorSpot* spot = context.spot_at(t); spot && spot->entry && !spot->country) {
    if (!side.entry && !spot->entry->is_person()) side.entry = spot->entry;
    return true;
  }
  if (const ActorCountry* country = context.base().country_of_demonym(tree.text(t))) {
    if (side.country.empty()) side.country = country->iso3;
    return true;
  }
  if (const ActorCountry* country = context.base().country_named(tree.text(t))) {
    std::string& to = only_where ? side.near_country : side.country;
    if (to.empty()) to = country->iso3;
    return true;
  }
  if (const ActorCountry* country = context.place_country(t)) {
    if (side.near_country.empty()) side.near_country = country->iso3;
    return true;
  }
  return false;
}

void take_modifier(const ActorContext& context, std::string_view word, Side& side) {
  const ActorModifier* m = context.base().modifier(word);
  if (!m) return;
  if (m->kind == ActorKind::none && m->code == "ELI") side.former = true;
  if (m->kind == ActorKind::coalition) {
    side.bloc = m->code;
    return;
  }
  if (m->kind != ActorKind::none && (!side.modifier || (m->force && !side.modifier->force)))
    side.modifier = m;
}

/// "linked" of "Qaeda-linked", "affiliated" of "militants affiliated to Al Qaeda", "loyal" of "troops loyal
/// to X": looks for the other side below it.
void take_tie(const ActorContext& context, Id<Token> word, Side& side) {
  const Tree& tree = context.tree();
  const ActorTieSense sense = context.base().tie(context.lemma(word));
  if (sense == ActorTieSense::where) {  // "a Nairobi-based group", "rebels operating in Chad"
    for (Id<Token> c : tree.children(word))
      if (tree[c].deprel != Deprel::aux && tree[c].deprel != Deprel::nsubj) take_word(context, c, true, side);
    return;
  }
  if (sense != ActorTieSense::tie) return;
  for (Id<Token> c : tree.children(word)) {
    const Deprel rel = tree[c].deprel;
    if (rel != Deprel::obl && rel != Deprel::compound && rel != Deprel::nmod && rel != Deprel::obl_agent &&
        rel != Deprel::obl_unmarked && rel != Deprel::amod && rel != Deprel::obj && rel != Deprel::nsubj &&
        rel != Deprel::nmod_unmarked && rel != Deprel::advmod)
      continue;
    Side other;
    if (take_word(context, c, false, other) && other.entry && !side.entry) {
      side.entry = other.entry;
      side.affiliate = true;
    } else if (!other.country.empty() && tree[c].deprel != Deprel::obl) {
      continue;  // "Iran-linked" says whose friend it is, not where it is from
    }
  }
}

/// One token of the shape "Qaeda-linked" or "pro-Russian".
bool take_hyphenated(const ActorContext& context, std::string_view word, Side& side) {
  const std::size_t hyphen = word.rfind('-');
  if (hyphen == std::string_view::npos || hyphen == 0) return false;
  const ActorTieSense sense = context.base().tie(lower(word.substr(hyphen + 1)));
  if (sense == ActorTieSense::none) return false;
  if (sense == ActorTieSense::tie && !side.entry)
    if (const ActorEntry* entry = entry_for(context, word.substr(0, hyphen), EntityType::org)) {
      side.entry = entry;
      side.affiliate = true;
    }
  return true;
}

/// "Russia's ministry said its forces ...": the subject that binds a possessive pronoun before `owned`, by
/// the clause alone; what lies further back is for coreference.
Id<Token> binder(const ActorContext& context, Id<Token> owned) {
  const Tree& tree = context.tree();
  Id<Token> below = owned;
  for (int i = 0; i < 6; ++i) {
    const Id<Token> up = tree.head(below);
    if (!up) return {};
    for (const Id<Token> c : tree.children(up))
      if ((tree[c].deprel == Deprel::nsubj || tree[c].deprel == Deprel::nsubj_pass) && c < owned &&
          c != below)
        return c;
    below = up;
  }
  return {};
}

/// Takes the country of whom "its" or "their" stands for.
void take_binder(const ActorContext& context, Id<Token> owned, Side& side) {
  const Id<Token> subject = binder(context, owned);
  if (!subject || !side.country.empty()) return;
  Id<Mention> m = context.name_at(subject);
  if (!m) m = context.headed_by(subject);
  if (!m) return;
  side.country = context.drafts[m.value].country;
  if (side.country.empty()) side.country = owner_country(context, subject);
}

void take_dependents(const ActorContext& context, Id<Token> head, const ActorNoun& noun, int depth,
                     Side& side) {
  const Tree& tree = context.tree();
  const ActorSpot* own = context.spot_at(head);
  for (Id<Token> c : tree.children(head)) {
    if (own && own == context.spot_at(c))
      continue;  // a word of the same name, which was found not to be meant
    switch (tree[c].deprel) {
      case Deprel::amod:
      case Deprel::compound:
      case Deprel::nmod_poss:
      case Deprel::nmod_unmarked: {
        if (tree[c].deprel == Deprel::nmod_poss && tree[c].upos == Upos::pron) {
          if (noun.armed || noun.body) take_binder(context, head, side);
          break;
        }
        if (take_hyphenated(context, tree.text(c), side)) break;
        if (context.base().tie(context.lemma(c)) != ActorTieSense::none) {
          take_tie(context, c, side);
          break;
        }
        if (!take_word(context, c, false, side)) {
          take_modifier(context, context.word(c), side);
          // "army spokesman", "the government's forces": a noun that is an actor itself.
          if (tree[c].upos == Upos::noun && depth > 0 &&
              (noun.office || tree[c].deprel == Deprel::nmod_poss) && !side.complement.known())
            side.complement = compose(context, c, depth - 1);
        }
        // "Western and Saudi-backed opposition", "Iraqi and Kurdish forces": the first says it.
        break;
      }
      case Deprel::nmod: {
        const Id<Token> preposition = tree.child(c, Deprel::case_);
        const std::string word = preposition ? context.lemma(preposition) : std::string();
        const bool belongs = word == "of" || word == "for" || word == "from" || word == "with" ||
                             word == "to" || word == "within" || word == "at" || word == "inside" ||
                             word == "in";
        if (!belongs) break;
        if (!take_word(context, c, word == "in" || word == "at", side) && depth > 0 &&
            (noun.office || noun.leader || noun.part || noun.generic) && !side.complement.known())
          side.complement = compose(context, c, depth - 1);
        break;
      }
      case Deprel::acl:
      case Deprel::acl_relcl:
        if (tree[c].deprel == Deprel::acl || tree.has_child(c, Deprel::aux_pass)) take_tie(context, c, side);
        break;
      default:
        break;
    }
  }
}

bool says_armed(ActorKind kind) {
  return kind == ActorKind::armed_group || kind == ActorKind::military || kind == ActorKind::militia ||
         kind == ActorKind::police || kind == ActorKind::unknown_armed || kind == ActorKind::criminal ||
         kind == ActorKind::igo || kind == ActorKind::intelligence;
}

/// The modifier's kind where it may replace the head's: always for a generic head ("rebel group", "rights
/// group"), for an office ("army spokesman"), and for the armed when it insists ("separatist fighters").
void apply_modifier(const ActorNoun& noun, const Side& side, ActorDraft& out) {
  if (!side.modifier) return;
  const ActorModifier& m = *side.modifier;
  if (!noun.generic && !noun.office && !noun.leader && !(m.force && noun.armed)) return;
  if (noun.armed && m.kind == ActorKind::government) return;  // government forces are its military
  if (noun.armed && !says_armed(m.kind)) {                    // "Kurdish forces", "opposition brigades"
    out.kind = ActorKind::armed_group;
    out.code = "REB";
    return;
  }
  out.kind = m.kind;
  out.code = m.code.empty() ? std::string(role_of(m.kind)) : m.code;
}

/// True for kinds that nearly always belong to the country a report is about.
bool has_home(ActorKind kind) {
  switch (kind) {
    case ActorKind::military:
    case ActorKind::police:
    case ActorKind::government:
    case ActorKind::judiciary:
    case ActorKind::legislature:
    case ActorKind::intelligence:
    case ActorKind::armed_group:
    case ActorKind::militia:
    case ActorKind::opposition:
    case ActorKind::protesters:
    case ActorKind::civilians:
    case ActorKind::unknown_armed:
    case ActorKind::medical:
    case ActorKind::education:
      return true;
    default:
      return false;
  }
}

bool says_band(ActorKind kind) {
  return kind == ActorKind::armed_group || kind == ActorKind::militia || kind == ActorKind::criminal;
}

/// A known name that the name finder passed over and that heads the phrase: "Oath Keepers", "the PRI"; and a
/// body that only introduces it: "the bloc ECOWAS".
ActorDraft draft_of_spot(const ActorContext& context, Id<Token> head) {
  const Tree& tree = context.tree();
  if (const ActorSpot* spot = context.spot_at(head)) {
    // "Palestinian Authority" is the name of a country in some lists, and of those who rule it.
    const bool rules = spot->entry && spot->entry->kind == ActorKind::government;
    if (spot->country && !rules) return draft_of(*spot->country);
    const std::string owner = owner_country(context, head);
    if (!owner.empty() && !spot->entry->country.empty() && owner != spot->entry->country) return {};
    return draft_of(context, *spot->entry);
  }
  const ActorNoun* noun = context.base().noun(context.lemma(head));
  if (!noun || !noun->body || noun->weapon || context.plural(head)) return {};
  // "the Hamas force", "the Hezbollah movement": the noun only says what the group is; "a Taliban faction" is
  // part of one.
  const bool says_what = (noun->generic && noun->kind == ActorKind::other) || says_band(noun->kind) ||
                         context.lemma(head) == "force";
  for (Id<Token> c : tree.children(head))
    if (const Id<Mention> name = context.name_at(c); name && says_what && c < head &&
                                                     tree[c].deprel == Deprel::compound &&
                                                     tree.child(head, Deprel::det, "the"))
      if (const ActorDraft& draft = context.drafts[name.value]; draft.entry && says_band(draft.entry->kind))
        return draft;
  for (Id<Token> c : tree.children(head)) {
    const Deprel rel = tree[c].deprel;
    if (c < head || (rel != Deprel::appos && rel != Deprel::flat && rel != Deprel::compound &&
                     rel != Deprel::nmod_unmarked))
      continue;
    if (const Id<Mention> name = context.name_at(c)) {
      const ActorDraft& draft = context.drafts[name.value];
      if (draft.entry && !draft.entry->is_person()) return draft;
    } else if (const ActorSpot* spot = context.spot_at(c); spot && spot->entry && !spot->country) {
      return draft_of(context, *spot->entry);
    }
  }
  return {};
}

/// The words of a mention without what points or counts before them: "the two Saudi men" -> "Saudi men".
std::string name_of_words(const ActorContext& context, const Mention& m) {
  const Tree& tree = context.tree();
  std::uint32_t first = m.tokens.first, end = m.tokens.end();
  while (first < m.head.value) {
    const Syntax& s = tree[Id<Token>(first)];
    const bool skip = s.upos == Upos::det || s.upos == Upos::num || s.upos == Upos::punct ||
                      (s.upos == Upos::pron && (s.deprel == Deprel::nmod_poss || s.deprel == Deprel::det));
    if (!skip) break;
    ++first;
  }
  for (std::uint32_t t = m.head.value + 1; t < end; ++t) {  // up to a clause, an aside, or a sister
    const Deprel rel = tree[Id<Token>(t)].deprel;
    if (tree[Id<Token>(t)].upos == Upos::punct && context.word(Id<Token>(t)) != "-") end = t;
    if (rel == Deprel::mark) end = t;  // "accused soldiers of firing": what they are accused of is no name
    const Id<Token> above = tree.head(Id<Token>(t));
    const bool sister = rel == Deprel::cc && above && tree.head(above) == m.head;
    if (sister || (tree[Id<Token>(t)].upos == Upos::pron && rel != Deprel::nmod_poss)) end = t;
  }
  const Span span{tree.token(Id<Token>(first)).span.begin, tree.token(Id<Token>(end - 1)).span.end};
  return collapse_spaces(context.doc().text(span));
}

}  // namespace

ActorDraft compose(const ActorContext& context, Id<Token> head, int depth) {
  ActorDraft out;
  const Tree& tree = context.tree();
  const ActorNoun* noun = noun_at(context, head);
  if (!noun || (noun->plural && !context.plural(head))) return out;
  // "dozens of his fighters", "a group of tourists": those counted are the actor.
  if (noun->quantity && depth > 0)
    for (Id<Token> c : tree.children(head))
      if (tree[c].deprel == Deprel::nmod && tree.child(c, Deprel::case_, "of") && !context.name_at(c)) {
        ActorDraft counted = compose(context, c, depth - 1);
        if (counted.known() && (context.plural(c) || noun->kind == ActorKind::none || !noun->body))
          return counted;
      }
  if (noun->quantity && !noun->body && !noun->person && noun->kind == ActorKind::other) return out;

  Side side;
  take_dependents(context, head, *noun, depth, side);
  out.kind = noun->kind;
  out.code = noun->code;
  apply_modifier(*noun, side, out);
  if (side.former && noun->person &&
      (out.kind == ActorKind::government || out.kind == ActorKind::legislature))
    out.code = "ELI";
  out.set(ActorFlag::composite);
  if (noun->body || context.plural(head)) out.set(ActorFlag::collective);
  if (noun->leader) out.set(ActorFlag::leader);
  out.score = 0.7f;

  std::string prefix = side.bloc;
  if (!side.country.empty()) prefix = out.country = side.country;
  const bool follows = noun->generic || noun->office || noun->leader || noun->part ||
                       (noun->armed && (noun->person || noun->weapon));
  if (side.entry) {
    out.part_of = side.entry->id;
    if (out.country.empty()) {
      out.country = side.entry->country;
      prefix = out.country.empty() ? side.entry->code : out.country;  // "Yugoslav police": YUGCOP
    }
    if (follows && side.entry->kind != ActorKind::state) {
      // An affiliate is of the kind of its patron only where its own noun says nothing.
      if (!side.affiliate || noun->generic) out.kind = side.entry->kind;
      if (!side.affiliate) {
        out.code = side.entry->code;
        prefix.clear();
      }
    }
  } else if (side.complement.known() && side.complement.kind != ActorKind::other) {
    const ActorDraft& c = side.complement;
    if (out.country.empty()) prefix = out.country = c.country;
    if (out.part_of.empty()) out.part_of = c.part_of;
    if (follows && c.kind != ActorKind::civilians) {
      out.kind = c.kind;
      out.code = c.code.starts_with(c.country) ? c.code.substr(c.country.size()) : c.code;
    }
  }
  if (noun->generic && noun->kind == ActorKind::state && out.country.empty() && !side.modifier) return {};
  if (out.country.empty() && side.bloc.empty()) {
    if (!side.near_country.empty()) {
      prefix = out.country = side.near_country;
    } else if (has_home(out.kind) && out.part_of.empty() && !context.home_at(head).empty()) {
      prefix = out.country = context.home_at(head);
      out.set(ActorFlag::guessed);
      out.score = 0.5f;
    }
  }
  if (prefix.size() > 3 && prefix.find(out.code, 3) != std::string::npos)
    out.code = prefix;  // says so already
  else if (!prefix.empty() && !out.code.starts_with("IGO"))
    out.code = prefix + out.code;
  return out;
}

void compose_nominals(ActorContext& context) {
  const auto mentions = context.doc().all<Mention>();
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    const Mention& m = mentions[i];
    if (m.form != MentionForm::nominal || !m.head || m.tokens.count == 0) continue;
    ActorDraft& draft = context.drafts[i];
    draft = draft_of_spot(context, m.head);
    if (draft.known()) continue;
    draft = compose(context, m.head);
    if (!draft.known() && m.type == EntityType::per) {  // some human being; the noun list does not know which
      draft.kind = ActorKind::civilians;
      draft.code = role_of(draft.kind);
      draft.score = 0.3f;
      draft.set(ActorFlag::composite);
      draft.set(ActorFlag::guessed);
    }
    if (draft.known()) draft.name = name_of_words(context, m);
  }
}

}  // namespace annalist
