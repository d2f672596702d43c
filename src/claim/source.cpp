#include "claim/source.h"

#include <algorithm>

#include "base/strings.h"
#include "claim/values.h"

namespace annalist::claims {
namespace {

constexpr int kMaxClimb = 8;

bool is_relative(const Tree& tree, Id<Token> t) {
  const std::string_view lemma = tree.lemma(t);
  return tree[t].upos == Upos::pron && (lemma == "who" || lemma == "which" || lemma == "that");
}

Id<Token> subject_of(const Tree& tree, Id<Token> verb, bool passive_too) {
  if (const auto s = tree.child(verb, Deprel::nsubj)) return s;
  if (const auto s = tree.child(verb, Deprel::nsubj_outer)) return s;
  return passive_too ? tree.child(verb, Deprel::nsubj_pass) : Id<Token>();
}

/// The noun that a relative clause hangs on, for a verb in it; none if it is in none.
Id<Token> antecedent(const Tree& tree, Id<Token> verb) {
  for (int steps = 0; verb && steps < kMaxClimb; ++steps, verb = tree.head(verb)) {
    if (tree[verb].deprel == Deprel::acl_relcl) return tree.head(verb);
    if (tree[verb].deprel != Deprel::conj && tree[verb].deprel != Deprel::xcomp) return {};
  }
  return {};
}

Source subject_source(const Context& c, Id<Token> verb, Id<Token> subject) {
  Source s = source_at(c, subject);
  if (is_relative(c.tree, subject))
    if (const auto noun = antecedent(c.tree, verb)) s.mention_head = noun;
  return s;
}

Id<Token> agent_of(const Tree& tree, Id<Token> t) {
  for (Id<Token> c : tree.children(t)) {
    const Deprel rel = tree[c].deprel;
    if (rel == Deprel::obl_agent) return c;
    if ((rel == Deprel::obl || rel == Deprel::nmod) && marked_by(tree, c, "by")) return c;
  }
  return {};
}

bool is_nominal(const Tree& tree, std::uint32_t t) {
  const Upos pos = tree[Id<Token>(t)].upos;
  return pos == Upos::noun || pos == Upos::propn || pos == Upos::pron;
}

/// A token that may stand inside a plain noun phrase.
bool is_phrase_word(const Context& c, std::uint32_t t) {
  const Upos pos = c.tree[Id<Token>(t)].upos;
  return is_nominal(c.tree, t) || pos == Upos::det || pos == Upos::adj || pos == Upos::num ||
         c.form(t) == "-" || c.form(t) == "of" || c.form(t) == "'s" || c.form(t) == "\u2019s";
}

/// "rebels and a group said", where the tree leaves the first half out: the token at which the whole begins.
std::uint32_t coordinated_from(const Context& c, Id<Token> head, std::uint32_t first) {
  const auto cc = c.tree.child(head, Deprel::cc);
  const std::uint32_t begin = c.tree.sentence_of(head).tokens.first;
  if (!cc || cc.value + 1 != first || cc.value == begin || !is_nominal(c.tree, cc.value - 1)) return first;
  std::uint32_t a = cc.value;
  while (a > begin && is_phrase_word(c, a - 1)) --a;
  return a == begin || c.is_punct(a - 1) ? a : first;
}

/// Where the tree gives a verb of saying no subject: the noun phrase that touches it, "the mayor said" or,
/// behind a quotation, "said the mayor".
Source neighbour_source(const Context& c, Id<Token> verb) {
  const Tree& tree = c.tree;
  const auto& run = tree.sentence_of(verb).tokens;
  const auto nominal = [&](std::uint32_t t) { return is_nominal(tree, t); };
  const auto inside = [&](std::uint32_t t) {
    return is_phrase_word(c, t) ||
           (tree[Id<Token>(t)].upos == Upos::cconj && t > run.first && nominal(t - 1));
  };
  std::uint32_t b = verb.value;
  while (b > run.first &&
         (tree[Id<Token>(b - 1)].upos == Upos::adv || tree[Id<Token>(b - 1)].upos == Upos::aux))
    --b;
  std::uint32_t a = b;
  while (a > run.first && inside(a - 1) && c.quote_of[a - 1] == c.quote_of[verb.value]) --a;
  if (a < b && nominal(b - 1) && (a == run.first || c.is_punct(a - 1))) {
    const Id<Token> head(b - 1);
    return {head, head, tree.token(Id<Token>(a)).span.join(tree.token(head).span)};
  }
  if (verb.value > run.first && !c.is_punct(verb.value - 1)) return {};
  a = verb.value + 1, b = a;
  while (b < run.end() && inside(b)) ++b;
  while (b > a && !nominal(b - 1)) --b;
  if (a == b || (b < run.end() && !c.is_punct(b))) return {};
  const Id<Token> head(b - 1);
  return {head, head, tree.token(Id<Token>(a)).span.join(tree.token(head).span)};
}

}  // namespace

Source source_at(const Context& c, Id<Token> head) {
  const Tree& tree = c.tree;
  std::vector<std::uint32_t> words;
  add_subtree(tree, head, {}, words);
  // Other clauses that the parser hangs on the noun are not part of its name.
  for (Id<Token> child : tree.children(head)) {
    const Deprel rel = tree[child].deprel;
    const bool foreign = rel == Deprel::parataxis || rel == Deprel::case_ || rel == Deprel::cc ||
                         rel == Deprel::nsubj || rel == Deprel::cop || rel == Deprel::mark ||
                         rel == Deprel::advcl || rel == Deprel::ccomp || rel == Deprel::discourse;
    // A possessive 's closes the phrase that it belongs to: "Clinton's" gives "Clinton".
    if (!foreign) continue;
    std::vector<std::uint32_t> drop;
    add_subtree(tree, child, {}, drop);
    std::sort(drop.begin(), drop.end());
    std::erase_if(words, [&](std::uint32_t t) { return std::binary_search(drop.begin(), drop.end(), t); });
  }
  tidy(words);
  // The run around the head; a subject is one span.
  const auto at = std::find(words.begin(), words.end(), head.value);
  auto a = at, b = at;
  const auto joined = [&](std::uint32_t x, std::uint32_t y) {
    for (std::uint32_t t = x + 1; t < y; ++t)
      if (!c.is_punct(t)) return false;
    return true;
  };
  while (a != words.begin() && joined(*(a - 1), *a)) --a;
  while (b + 1 != words.end() && joined(*b, *(b + 1))) ++b;
  while (a < at && c.is_punct(*a) && c.form(*a) != "[" && c.form(*a) != "(") ++a;
  while (b > at && c.is_punct(*b) && c.form(*b) != "]" && c.form(*b) != ")") --b;
  const std::uint32_t first = coordinated_from(c, head, *a);
  return {head, head, tree.token(Id<Token>(first)).span.join(tree.token(Id<Token>(*b)).span)};
}

namespace {

Source source_by_tree(const Context& c, Id<Token> verb, bool passive) {
  const Tree& tree = c.tree;
  if (passive) {
    const auto agent = agent_of(tree, verb);
    return agent ? source_at(c, agent) : Source();
  }
  if (const auto s = subject_of(tree, verb, false)) {
    if (tree[s].upos == Upos::pron && tree.lemma(s) == "it" && tree.has_child(verb, Deprel::expl)) return {};
    return subject_source(c, verb, s);
  }
  Id<Token> v = verb;
  for (int steps = 0; v && steps < kMaxClimb; ++steps) {
    const Id<Token> up = tree.head(v);
    if (!up) return {};
    switch (tree[v].deprel) {
      case Deprel::acl: {
        if (const auto owner = tree.child(up, Deprel::nmod_poss); owner && marked_by(tree, v, "to"))
          return source_at(c, owner);
        return source_at(c, up);
      }
      case Deprel::acl_relcl:
        return source_at(c, up);
      case Deprel::xcomp:
      case Deprel::ccomp:
        // "heard them shouting", "urged him to say": the object speaks.
        if (const auto o = tree.child(up, Deprel::obj)) return source_at(c, o);
        if (tree[v].deprel == Deprel::ccomp) return {};
        break;
      case Deprel::advcl:
        if (marked_by(tree, v, "as"))
          if (const auto o = tree.child(up, Deprel::obj)) return source_at(c, o);
        // "saw him in the street calling": no comma, so the object does it.
        if (v == verb && v.value > 0 && !c.is_punct(v.value - 1) && !tree.has_child(v, Deprel::mark))
          if (const auto o = tree.child(up, Deprel::obj); o && o < v && !tree[v].is(MorphFlag::finite))
            return source_at(c, o);
        if (tree[v].is(MorphFlag::finite) && !marked_by(tree, v, "as")) return {};
        break;
      case Deprel::conj:
        break;
      default:
        return {};
    }
    v = up;
    if (const auto s = subject_of(tree, v, true)) return subject_source(c, v, s);
  }
  return {};
}

}  // namespace

Source source_of_verb(const Context& c, Id<Token> verb, bool passive) {
  Source s = source_by_tree(c, verb, passive);
  // Who is spoken of in a quotation does not speak outside it.
  if (s.head && c.quote_of[verb.value] == Quote::kNone && c.quote_of[s.head.value] != Quote::kNone) s = {};
  // Nor does the place of the dateline.
  if (s.head && c.doc.page().dateline.span.contains(c.tree.token(s.head).span)) s = {};
  if (!s.head && !passive && !c.tree.has_child(verb, Deprel::expl)) s = neighbour_source(c, verb);
  return s;
}

Source source_of_noun(const Context& c, Id<Token> noun) {
  const Tree& tree = c.tree;
  if (const auto owner = tree.child(noun, Deprel::nmod_poss)) return source_at(c, owner);
  for (Id<Token> child : tree.children(noun))
    if (tree[child].deprel == Deprel::nmod &&
        (marked_by(tree, child, "by") || marked_by(tree, child, "from")))
      return source_at(c, child);
  const Id<Token> verb = tree.head(noun);
  if (verb && tree[noun].deprel == Deprel::obj && !c.cues.find(CueClass::light, tree.lemma(verb)).empty())
    return source_of_verb(c, verb, false);
  return {};
}

Id<Entity> entity_of(const Context& c, const Source& source) {
  if (!source.mention_head) return {};
  const auto links = c.doc.all<MentionEntity>();
  const std::uint32_t m = c.mention_of_head[source.mention_head.value];
  return m < links.size() ? links[m].entity : Id<Entity>();
}

namespace {

const ActorLink* actor_at(const Context& c, Id<Token> head) {
  const std::uint32_t m = c.mention_of_head[head.value];
  return m < c.doc.all<ActorLink>().size() ? &c.doc.all<ActorLink>()[m] : nullptr;
}

/// The kind that an actor has by itself, as far as that says who speaks.
bool kind_of_actor(ActorKind actor, SourceKind& kind) {
  switch (actor) {
    case ActorKind::monitor:
    case ActorKind::ngo:
    case ActorKind::igo:
      kind = SourceKind::monitor;
      return true;
    case ActorKind::media:
      kind = SourceKind::journalist;
      return true;
    case ActorKind::medical:
      kind = SourceKind::medic;
      return true;
    case ActorKind::government:
    case ActorKind::state:
    case ActorKind::police:
    case ActorKind::judiciary:
    case ActorKind::legislature:
    case ActorKind::intelligence:
      kind = SourceKind::official;
      return true;
    case ActorKind::military:
    case ActorKind::armed_group:
    case ActorKind::militia:
    case ActorKind::party:
    case ActorKind::coalition:
    case ActorKind::opposition:
    case ActorKind::unknown_armed:
    case ActorKind::criminal:
      kind = SourceKind::party;
      return true;
    case ActorKind::civilians:
    case ActorKind::refugees:
    case ActorKind::protesters:
    case ActorKind::religious:
    case ActorKind::ethnic:
    case ActorKind::education:
    case ActorKind::labor:
    case ActorKind::business:
      kind = SourceKind::witness;
      return true;
    default:
      return false;
  }
}

/// A person known to the actor data speaks as the sector of his CAMEO code does: "GBRGOV", "SYRREB".
bool kind_of_person(const Document& doc, const ActorLink& person, SourceKind& kind) {
  static constexpr std::pair<std::string_view, SourceKind> sectors[] = {
      {"GOV", SourceKind::official}, {"LEG", SourceKind::official}, {"JUD", SourceKind::official},
      {"COP", SourceKind::official}, {"SPY", SourceKind::official}, {"MED", SourceKind::journalist},
      {"NGO", SourceKind::monitor},  {"IGO", SourceKind::monitor},  {"HLH", SourceKind::medic},
      {"MIL", SourceKind::party},    {"REB", SourceKind::party},    {"UAF", SourceKind::party},
      {"INS", SourceKind::party},    {"SEP", SourceKind::party},    {"OPP", SourceKind::party},
      {"IMG", SourceKind::party}};
  const std::string_view code = doc.str(person.cameo);
  for (std::size_t i = 0; i + 3 <= code.size(); i += 3)
    for (const auto& [sector, of] : sectors)
      if (code.substr(i, 3) == sector) {
        kind = of;
        return true;
      }
  return false;
}

/// "rebel spokesman", "a spokesman for the army": who speaks for others is of their kind.
bool kind_of_spoken_for(const Context& c, Id<Token> noun, SourceKind& kind) {
  const Tree& tree = c.tree;
  if (!tree.lemma(noun).starts_with("spokes")) return false;
  for (Id<Token> child : tree.children(noun)) {
    const Deprel rel = tree[child].deprel;
    const bool told = rel == Deprel::nmod || rel == Deprel::nmod_poss || rel == Deprel::compound;
    if (!told) continue;
    if (const ActorLink* link = actor_at(c, child); link && kind_of_actor(link->kind, kind)) return true;
    if (rel != Deprel::nmod && c.cues.source_kind(lower(tree.lemma(child)), kind)) return true;
  }
  return false;
}

bool kind_of_noun(const Context& c, Id<Token> noun, SourceKind& kind) {
  const Tree& tree = c.tree;
  const std::string lemma = lower(tree.lemma(noun));
  if (kind_of_spoken_for(c, noun, kind)) return true;
  for (Id<Token> child : tree.children(noun))
    if (tree[child].deprel == Deprel::compound || tree[child].deprel == Deprel::amod ||
        tree[child].deprel == Deprel::acl)
      if (c.cues.source_kind(lower(tree.lemma(child)) + " " + lemma, kind) ||
          c.cues.source_kind(lemma + " " + lower(tree.text(child)), kind))
        return true;
  return c.cues.source_kind(lemma, kind);
}

}  // namespace

namespace {

/// The kind that the words at a mention give: its noun, titles ("spokesman Ali Hasan") and appositions ("Ali
/// Hasan, head of the Observatory").
bool kind_at(const Context& c, Id<Token> head, SourceKind& kind) {
  const Tree& tree = c.tree;
  if (kind_of_noun(c, head, kind)) return true;
  // "the deputy Omar Hasan": the name may hang on the office.
  if (const Id<Token> up = tree.head(head);
      up && (tree[head].deprel == Deprel::flat || tree[head].deprel == Deprel::appos) &&
      kind_of_noun(c, up, kind))
    return true;
  for (Id<Token> child : tree.children(head)) {
    const Deprel rel = tree[child].deprel;
    const bool title = rel == Deprel::compound || rel == Deprel::flat ||
                       (rel == Deprel::nmod && child < head && !tree.has_child(child, Deprel::case_));
    if (rel != Deprel::appos && !title) continue;
    for (Id<Token> of : tree.children(child))
      if (tree[of].deprel == Deprel::nmod && rel == Deprel::appos)
        if (const ActorLink* link = actor_at(c, of); link && kind_of_actor(link->kind, kind)) return true;
    if (kind_of_noun(c, child, kind)) return true;
  }
  return false;
}

}  // namespace

SourceKind kind_of(const Context& c, const Source& source, Id<Entity> entity) {
  constexpr std::size_t kMostMentions = 32;
  SourceKind kind = SourceKind::anonymous;
  const Id<Token> here = source.mention_head;
  const ActorLink* link = here ? actor_at(c, here) : nullptr;
  // A name known to the actor data is what they say, whatever its last word: "the Rescue Committee".
  if (link && c.tree[here].upos == Upos::propn && kind_of_actor(link->kind, kind)) return kind;
  // A person is of one kind throughout: of the first office that a mention gives, for a pronoun and a bare
  // name too.
  const auto by_mentions = [&] {
    const auto mentions = c.mentions_of(entity);
    for (std::size_t i = 0; i < std::min(mentions.size(), kMostMentions); ++i)
      if (const Id<Token> head = c.doc.all<Mention>()[mentions[i]].head; head && kind_at(c, head, kind))
        return true;
    return false;
  };
  const bool person = entity && c.doc[entity].type == EntityType::per;
  if (person && by_mentions()) return kind;
  if (here && kind_at(c, here, kind)) return kind;
  if (link && kind_of_actor(link->kind, kind)) return kind;
  if (!entity) return kind;
  const Entity& e = c.doc[entity];
  if (e.actor && kind_of_actor(c.doc[e.actor].kind, kind)) return kind;
  if (by_mentions()) return kind;
  // Or of the body that it belongs to.
  if (const Id<Entity> body = affiliation_of(c, source, entity))
    if (const Id<ActorLink> of = c.doc[body].actor; of && kind_of_actor(c.doc[of].kind, kind)) return kind;
  if (e.actor && c.doc[e.actor].kind == ActorKind::person && kind_of_person(c.doc, c.doc[e.actor], kind))
    return kind;
  // A person whom the actor data know is somebody in the matter.
  if (e.actor && c.doc[e.actor].kind == ActorKind::person && !c.doc[e.actor].id.empty())
    return SourceKind::party;
  if (e.type == EntityType::gpe || e.type == EntityType::loc) return SourceKind::official;
  if (e.type == EntityType::org || e.type == EntityType::group || e.type == EntityType::norp)
    return SourceKind::party;
  if (e.best && c.doc[e.best].form == MentionForm::name) return SourceKind::witness;
  return SourceKind::anonymous;
}

}  // namespace annalist::claims
