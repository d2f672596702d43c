#include "event/scene.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist::event {
namespace {

constexpr ClassMask kArmed = mask(Class::armed) | mask(Class::political);
constexpr ClassMask kPolitical = mask(Class::political);
constexpr ClassMask kPerson = mask(Class::person);

ClassMask classes_of(ActorKind kind) {
  switch (kind) {
    case ActorKind::military:
    case ActorKind::police:
      return kArmed | mask(Class::state_force);
    case ActorKind::armed_group:
    case ActorKind::militia:
    case ActorKind::coalition:
    case ActorKind::unknown_armed:
    case ActorKind::intelligence:
      return kArmed;
    case ActorKind::state:
    case ActorKind::party:
    case ActorKind::igo:
    case ActorKind::government:
    case ActorKind::judiciary:
    case ActorKind::legislature:
    case ActorKind::opposition:
    case ActorKind::religious:
    case ActorKind::ngo:
      return kPolitical;
    case ActorKind::person:
      return kPerson | kPolitical;
    case ActorKind::civilians:
    case ActorKind::media:
    case ActorKind::medical:
    case ActorKind::refugees:
    case ActorKind::education:
    case ActorKind::protesters:
    case ActorKind::labor:
    case ActorKind::ethnic:
    case ActorKind::criminal:
      return kPerson;
    default:
      return 0;
  }
}

ClassMask classes_of(EntityType type, MentionForm form) {
  switch (type) {
    case EntityType::per:
      return form == MentionForm::name ? kPerson | kPolitical : kPerson;
    case EntityType::loc:
    case EntityType::fac:
      return mask(Class::place);
    case EntityType::gpe:
      return mask(Class::place) | kPolitical;
    case EntityType::weapon:
      return mask(Class::weapon);
    case EntityType::group:
    case EntityType::norp:
    case EntityType::org:
      return kPolitical;
    default:
      return 0;
  }
}

}  // namespace

Scene::Scene(const Document& doc, const Codebook& codebook) : doc_(&doc), codebook_(&codebook), tree_(doc) {
  const std::size_t n = tree_.size();
  const Words& words = codebook.words();
  words_.resize(n);
  forms_.resize(n);
  constexpr Word kUnseen = 0xFFFFFFFF;
  std::vector<Word> by_lemma;
  std::string small;
  const auto look_up = [&](std::string_view s) {
    small.assign(s);
    for (char& c : small) c = to_lower(c);
    return words.find(small);
  };
  for (std::size_t i = 0; i < n; ++i) {
    const Id<Token> t(i);
    const StrId lemma = tree_[t].lemma;
    if (lemma.value >= by_lemma.size()) by_lemma.resize(lemma.value + 1, kUnseen);
    if (by_lemma[lemma.value] == kUnseen) by_lemma[lemma.value] = look_up(doc.str(lemma));
    words_[i] = by_lemma[lemma.value];
    forms_[i] = look_up(tree_.text(t));
    if (words_[i] == 0) words_[i] = forms_[i];
  }

  joined_.resize(n);
  join_hyphens();

  mentions_.resize(n);
  const auto mentions = doc.all<Mention>();
  const auto links = doc.all<MentionEntity>();
  std::vector<std::uint32_t> size(n, 0xFFFFFFFF);
  for (std::size_t m = 0; m < mentions.size(); ++m) {
    const Mention& mention = mentions[m];
    if (m < links.size() && !links[m].entity && mention.form == MentionForm::nominal) continue;
    for (std::uint32_t t = mention.tokens.first; t < mention.tokens.end() && t < n; ++t) {
      const bool is_head = mention.head.value == t;
      // A nominal stands only at its head: "the rebels in Homs" says nothing about "Homs".
      if (!is_head && mention.form != MentionForm::name) continue;
      const std::uint32_t cost =
          is_head ? (mention.form == MentionForm::name ? 0 : 1) : mention.tokens.count + 2;
      if (cost < size[t]) {
        size[t] = cost;
        mentions_[t] = Id<Mention>(m);
      }
    }
  }

  // A surname that is also a village is a person when the name tagger or the actor stage says so.
  const auto names_person = [&](const Place& p) {
    const Id<Token> first(p.tokens.first);
    if (first.value >= n || !mentions_[first.value]) return false;
    if (const ActorLink* link = actor(first)) return link->kind == ActorKind::person;
    const Id<Entity> e = entity(first);
    const EntityType type = e ? doc[e].type : doc[mentions_[first.value]].type;
    return type == EntityType::per;
  };
  places_.resize(n);
  const auto places = doc.all<Place>();
  for (std::size_t p = 0; p < places.size(); ++p)
    if (places[p].role == PlaceRole::mention && !names_person(places[p]))
      for (std::uint32_t t = places[p].tokens.first; t < places[p].tokens.end() && t < n; ++t)
        places_[t] = Id<Place>(p);

  // One word means one thing in a report: "Kerch", told as a place once, is the town where the tagger sees a
  // person of that one name, and where a place that no gazetteer has is named again.
  echoes_.resize(n);
  for (std::size_t m = 0; m < mentions.size(); ++m) {
    const Id<Entity> e = m < links.size() ? links[m].entity : Id<Entity>();
    const Mention& mention = mentions[m];
    if (!e || mention.form != MentionForm::name || !mention.head || places_[mention.head.value]) continue;
    const EntityType type = doc[e].type;
    const bool person = type == EntityType::per || mention.type == EntityType::per;
    if (!person && type != EntityType::loc && type != EntityType::gpe && type != EntityType::fac) continue;
    const std::string_view text = doc.text(mention.span);
    if (text != doc.str(doc[e].name)) continue;
    for (std::size_t p = 0; p < places.size(); ++p) {
      if (places[p].role != PlaceRole::mention || doc.text(places[p].span) != text) continue;
      if (places[p].tokens.first >= n || places_[places[p].tokens.first] != Id<Place>(p)) continue;
      for (std::uint32_t t = mention.tokens.first; t < mention.tokens.end() && t < n; ++t)
        places_[t] = Id<Place>(p), echoes_[t] = person;
      break;
    }
  }

  mark_towns();

  times_.resize(n);
  const auto times = doc.all<Time>();
  const auto tokens = doc.all<Token>();
  std::size_t t = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    while (t > 0 && tokens[t - 1].span.end > times[i].span.begin) --t;
    while (t < n && tokens[t].span.end <= times[i].span.begin) ++t;
    for (std::size_t k = t; k < n && tokens[k].span.begin < times[i].span.end; ++k) times_[k] = Id<Time>(i);
  }

  predicates_.assign(n, Id<Predicate>::kNone);
  const auto predicates = doc.all<Predicate>();
  for (std::size_t p = 0; p < predicates.size(); ++p)
    if (predicates[p].token.value < n) predicates_[predicates[p].token.value] = static_cast<std::uint32_t>(p);

  for (const Sentence& s : doc.all<Sentence>())
    body_.push_back(!s.block || s.block.value >= doc.all<Block>().size() || doc[s.block].is_body());
}

/// A town that the tagger takes for somebody and no gazetteer is sure of: it has one word and no title, does
/// nothing and is no "he"; the report tells of something near it, or of fighters who captured it.
void Scene::mark_towns() {
  const auto mentions = doc_->all<Mention>();
  const auto links = doc_->all<MentionEntity>();
  const std::size_t n = tree_.size();
  std::vector<bool> somebody(doc_->all<Entity>().size()), somewhere(somebody.size());
  const auto captures = [&](Id<Token> verb) {
    if (!is_verb(verb) || words_[verb.value] == 0) return false;
    const std::vector<Trigger>& all = codebook_->triggers(words_[verb.value]);
    return std::any_of(all.begin(), all.end(), [&](const Trigger& t) {
      return codebook_->type(codebook_->frames()[t.frame].type).name == "capture";
    });
  };
  for (std::size_t m = 0; m < mentions.size() && m < links.size(); ++m) {
    const Mention& mention = mentions[m];
    const Id<Entity> e = links[m].entity;
    const Id<Token> head = mention.head;
    if (!e || !head || head.value >= n) continue;
    const Deprel d = tree_[head].deprel;
    if (mention.form != MentionForm::name) {
      if (mention.form != MentionForm::pronoun || tree_.lemma(head) != "it") somebody[e.value] = true;
      continue;
    }
    const bool described = std::any_of(tree_.children(head).begin(), tree_.children(head).end(), [&](auto c) {
      const Deprel r = tree_[c].deprel;
      return r == Deprel::compound || r == Deprel::flat || r == Deprel::nmod_unmarked || r == Deprel::appos;
    });
    const bool acts = d == Deprel::nsubj || d == Deprel::obl_agent || d == Deprel::nmod_poss ||
                      d == Deprel::appos || d == Deprel::flat || d == Deprel::compound;
    if (mention.tokens.count != 1 || described || acts) somebody[e.value] = true;
    const Id<Token> p = tree_.child(head, Deprel::case_);
    if (p && has(p, Class::locative)) somewhere[e.value] = true;
    if (mention.type == EntityType::per && (d == Deprel::obj || d == Deprel::nsubj_pass))
      if (captures(tree_.head(head))) somewhere[e.value] = true;
  }
  for (std::size_t m = 0; m < mentions.size() && m < links.size(); ++m) {
    const Id<Entity> e = links[m].entity;
    const Id<Token> head = mentions[m].head;
    if (!e || !head || head.value >= n || mentions[m].form != MentionForm::name) continue;
    const EntityType type = (*doc_)[e].type;
    const ActorLink* link = actor(head);
    if ((type == EntityType::per || type == EntityType::org) && somewhere[e.value] && !somebody[e.value] &&
        (!link || link->id.empty()))
      echoes_[head.value] = true;
  }
}

void Scene::join_hyphens() {
  const auto tokens = doc_->all<Token>();
  const Words& words = codebook_->words();
  std::string whole;
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    const Span mark = tokens[i].span;
    if (mark.size() != 1 || doc_->text(mark) != "-") continue;
    if (tokens[i - 1].span.end != mark.begin || tokens[i + 1].span.begin != mark.end) continue;
    const Id<Token> first(i - 1), last(i + 1);
    whole = lower(tree_.text(first)) + "-" + lower(tree_.lemma(last));
    Word word = words.find(whole);
    if (word == 0) word = words.find(lower(tree_.text(first)) + "-" + lower(tree_.text(last)));
    if (word == 0) continue;
    // The half that hangs on the rest of the sentence stands for both.
    const bool by_first = tree_.head(last) == first || (is_noun(first) && !is_noun(last) && !is_verb(last));
    const Id<Token> head = by_first ? first : last, other = by_first ? last : first;
    words_[head.value] = word;
    words_[other.value] = forms_[other.value] = 0;
    joined_[head.value] = true;
  }
}

Id<Entity> Scene::entity(Id<Token> t) const {
  const Id<Mention> m = mention(t);
  const auto links = doc_->all<MentionEntity>();
  return m && m.value < links.size() ? links[m.value].entity : Id<Entity>();
}

const ActorLink* Scene::actor(Id<Token> t) const {
  const Id<Mention> m = mention(t);
  const auto links = doc_->all<ActorLink>();
  if (!m || m.value >= links.size()) return nullptr;
  if (links[m.value].kind != ActorKind::none) return &links[m.value];
  const Id<Entity> e = entity(t);
  if (!e) return nullptr;
  const Id<ActorLink> link = (*doc_)[e].actor;
  return link && link.value < links.size() && links[link.value].kind != ActorKind::none ? &links[link.value]
                                                                                        : nullptr;
}

const Predicate* Scene::predicate(Id<Token> t) const {
  const std::uint32_t p = predicates_[t.value];
  return p == Id<Predicate>::kNone ? nullptr : &doc_->all<Predicate>()[p];
}

/// "seized X, the capital of Y": what the text calls a place is one, though no gazetteer knows the name.
bool Scene::called_a_place(Id<Token> t) const {
  if (upos(t) != Upos::propn) return false;
  const Id<Token> what = tree_.child(t, Deprel::appos);
  return what && upos(what) == Upos::noun && has(what, Class::place);
}

ClassMask Scene::classes(Id<Token> t) const {
  ClassMask out = word_classes(t);
  if (echoes_[t.value] || called_a_place(t)) return out | mask(Class::place);
  if (const ActorLink* link = actor(t)) out |= classes_of(link->kind);
  if (place(t)) out |= mask(Class::place);
  if (time(t)) out |= mask(Class::time);
  if (upos(t) == Upos::num || tree_.has_child(t, Deprel::nummod)) out |= mask(Class::counted);
  if (const Id<Mention> m = mention(t)) {
    const Mention& mention = (*doc_)[m];
    out |= classes_of(mention.type, mention.form);
    if (const Id<Entity> e = entity(t); e && mention.form == MentionForm::pronoun) {
      out |= classes_of((*doc_)[e].type, MentionForm::name);
      const Id<Mention> best = (*doc_)[e].best;
      if (best && (*doc_)[best].head != t) out |= word_classes((*doc_)[best].head);
    }
  }
  // A name that nobody could type is still somebody.
  if (upos(t) == Upos::propn && out == 0 && !in_headline(t)) out |= kPolitical;
  if (upos(t) == Upos::pron && !has(t, Class::relative)) {
    const Syntax& s = tree_[t];
    const std::string_view lemma = tree_.lemma(t);
    if (s.is(MorphFlag::first_person) || s.is(MorphFlag::second_person) || s.is(MorphFlag::masculine) ||
        s.is(MorphFlag::feminine) || lemma == "he" || lemma == "she" || lemma == "they" || lemma == "we" ||
        lemma == "I")
      out |= mask(Class::person);
  }
  return out;
}

bool Scene::points_at(Id<Token> noun) const {
  const auto children = tree_.children(noun);
  return std::any_of(children.begin(), children.end(), [&](Id<Token> c) {
    const std::string_view lemma = tree_.lemma(c);
    return deprel(c) == Deprel::det && (lemma == "the" || lemma == "this" || lemma == "that");
  });
}

Id<Token> Scene::top_conjunct(Id<Token> t) const {
  for (int steps = 0; steps < 12 && deprel(t) == Deprel::conj && head(t); ++steps) t = head(t);
  return t;
}

bool Scene::can_act(Id<Token> t) const {
  constexpr ClassMask kActing = mask(Class::armed) | mask(Class::person) | mask(Class::political);
  const ClassMask have = classes(t);
  if (have & kActing) return true;
  if (upos(t) == Upos::pron && tree_.lemma(t) == "it") return static_cast<bool>(entity(t)) || actor(t);
  // A name that nobody could type is still somebody.
  return upos(t) == Upos::propn &&
         !(have & (mask(Class::time) | mask(Class::place) | mask(Class::weapon) | mask(Class::event_noun)));
}

bool Scene::in_headline(Id<Token> t) const {
  const Sentence& s = tree_.sentence_of(t);
  return s.block && s.block.value < doc_->all<Block>().size() && (*doc_)[s.block].kind == BlockKind::headline;
}

}  // namespace annalist::event
