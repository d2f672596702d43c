#include "event/roles.h"

#include <algorithm>

namespace annalist::event {
namespace {

constexpr SlotRef kSubject{SlotKind::subject, 0};
constexpr std::size_t kMostConjuncts = 12;

/// The token and its coordinated nouns.
std::vector<Id<Token>> conjuncts(const Scene& scene, Id<Token> head) {
  std::vector<Id<Token>> out{head};
  for (std::size_t i = 0; i < out.size() && out.size() < kMostConjuncts; ++i)
    for (const Id<Token> c : scene.tree().children(out[i]))
      if (scene.deprel(c) == Deprel::conj &&
          (scene.is_noun(c) || scene.upos(c) == Upos::pron || scene.upos(c) == Upos::num))
        out.push_back(c);
  return out;
}

/// "Eid al-Fitr", "May": a name for a day, which only somebody known by it can make an actor.
bool only_a_day(const Scene& scene, Id<Token> t) {
  const ActorLink* link = scene.actor(t);
  return scene.time(t) && !(link && link->id);
}

bool may_act(const Scene& scene, Id<Token> t) {
  if (only_a_day(scene, t)) return false;
  if (scene.time(t) || scene.has(t, Class::abstract) || scene.has(t, Class::event_noun))
    return scene.actor(t) != nullptr;
  if (scene.place(t) && !scene.actor(t)) {
    // A place acts only as a country or by what its name stands for.
    return scene.doc()[scene.place(t)].precision == PlacePrecision::country;
  }
  return scene.can_act(t);
}

bool may_suffer(const Scene& scene, Id<Token> t) {
  if (scene.has(t, Class::protest_noun) && scene.is_noun(t)) return true;  // "attacked the march"
  if (only_a_day(scene, t)) return false;
  if (scene.time(t) || scene.has(t, Class::abstract) || scene.has(t, Class::event_noun))
    return scene.actor(t) != nullptr;
  if (may_act(scene, t)) return true;
  if (scene.place(t)) return false;
  if (scene.is(t, Class::property)) return true;
  if (scene.is(t, Class::place)) return false;
  return scene.is_noun(t) || scene.upos(t) == Upos::num;
}

/// Who fires it: "Syrian warplanes", "the army's guns".
Id<Token> behind_weapon(const Scene& scene, Id<Token> weapon) {
  for (const Id<Token> c : scene.tree().children(weapon)) {
    const Deprel d = scene.deprel(c);
    if ((d == Deprel::amod || d == Deprel::compound || d == Deprel::nmod_poss) && scene.can_act(c)) return c;
    if (d == Deprel::amod && scene.has(c, Class::led))
      for (const Id<Token> inner : scene.tree().children(c))
        if (scene.can_act(inner)) return inner;
  }
  return {};
}

/// The words that say who it is: the noun, what stands before it, and "of ..." after it; not the clauses and
/// other phrases that tell more ("a soldier guarding the bridge", "two men in a grey car").
Span naming_phrase(const Scene& scene, Id<Token> head, int depth) {
  const Tree& tree = scene.tree();
  Span out = tree.token(head).span;
  if (depth > 4) return out;
  for (const Id<Token> c : tree.children(head)) {
    switch (tree[c].deprel) {
      case Deprel::det:
      case Deprel::amod:
      case Deprel::compound:
      case Deprel::nummod:
      case Deprel::nmod_poss:
      case Deprel::flat:
      case Deprel::advmod:
        if (c < head || tree[c].deprel == Deprel::flat || tree[c].deprel == Deprel::compound)
          out = out.join(c < head ? tree.phrase(c) : tree.token(c).span);
        break;
      case Deprel::nmod:
        if (const Id<Token> p = scene.preposition(c); p && c > head && tree.lemma(p) == "of")
          out = out.join(naming_phrase(scene, c, depth + 1));
        break;
      default:
        break;
    }
  }
  return out;
}

class Filler {
 public:
  Filler(const Scene& scene, const Arguments& arguments, Draft& draft)
      : scene_(scene), arguments_(arguments), draft_(draft) {
    // "condemned the attack", "an inquiry into his death": words and inquiries are about what happened.
    const TypeInfo& type = scene.codebook().type(draft.type);
    of_words_ = type.group == "speech" || type.name == "investigate";
  }

  bool add(EventRole role, Id<Token> slot_head) {
    bool any = false;
    for (const Id<Token> head : conjuncts(scene_, slot_head)) {
      Id<Token> who = arguments_.content(head);
      if (scene_.upos(who) == Upos::num) continue;  // "thirty" is a count, nobody in particular
      if (role == EventRole::actor && is_nobody(who)) continue;
      const bool weapon = is_weapon(who);
      if (role == EventRole::instrument) {
        if (!scene_.is(who, Class::weapon)) continue;
      } else if (role == EventRole::actor || role == EventRole::beneficiary) {
        if (weapon) {
          push(EventRole::instrument, who, who);
          who = behind_weapon(scene_, who);
          if (!who) continue;
          push(role, who, who);
          any = true;
          continue;
        }
        if (!may_act(scene_, who)) continue;
      } else if (weapon || (!may_suffer(scene_, who) && !(of_words_ && scene_.has(who, Class::event_noun)))) {
        continue;
      }
      push(role, who, head);
      any = true;
    }
    return any;
  }

 private:
  /// "No group claimed it", "neither side did": there is no such group.
  bool is_nobody(Id<Token> t) const {
    if (scene_.has(t, Class::negative)) return true;
    const Id<Token> det = scene_.tree().child(t, Deprel::det);
    return det && scene_.has(det, Class::negative);
  }

  /// "drones", "artillery": a thing, unless the actor stage knows whose ("Syrian warplanes").
  bool is_weapon(Id<Token> t) const {
    if (!scene_.has(t, Class::weapon)) return false;
    const ActorLink* link = scene_.actor(t);
    return !link || (link->id.empty() && link->country.empty());
  }

  /// "a French air strike" is by France, where the report names it.
  Id<Token> state_of(Id<Token> adjective) const {
    const auto links = scene_.doc().all<ActorLink>();
    const Id<Mention> m = scene_.mention(adjective);
    if (scene_.upos(adjective) != Upos::adj || !m || m.value >= links.size() || scene_.actor(adjective))
      return adjective;
    const StrId country = links[m.value].country;
    for (std::size_t i = 0; i < links.size() && !country.empty(); ++i)
      if (links[i].kind == ActorKind::state && links[i].country == country &&
          scene_.doc()[Id<Mention>(i)].head)
        return scene_.doc()[Id<Mention>(i)].head;
    return adjective;
  }

  void push(EventRole role, Id<Token> head, Id<Token> phrase) {
    Span span = naming_phrase(scene_, phrase, 0);
    if (const Id<Mention> m = scene_.mention(head)) {
      const Mention& mention = scene_.doc()[m];
      if (mention.form == MentionForm::name) span = mention.span;
    }
    head = state_of(head);
    for (const Participant& p : draft_.participants)
      if (p.head == head) return;
    draft_.participants.push_back({role, head, span});
  }
  const Scene& scene_;
  const Arguments& arguments_;
  Draft& draft_;
  bool of_words_ = false;
};

bool is_place_role(FrameRole r) { return r == FrameRole::at || r == FrameRole::from || r == FrameRole::to; }

EventRole event_role(FrameRole r) {
  switch (r) {
    case FrameRole::target:
      return EventRole::target;
    case FrameRole::instrument:
      return EventRole::instrument;
    case FrameRole::beneficiary:
      return EventRole::beneficiary;
    default:
      return EventRole::actor;
  }
}

void apply_means(const Scene& scene, Draft& draft) {
  std::vector<Word> words;
  const auto note = [&](Id<Token> t) {
    if (const Word w = scene.word(t)) words.push_back(w);
    for (const Id<Token> c : scene.tree().children(t))
      if (scene.deprel(c) == Deprel::compound || scene.deprel(c) == Deprel::amod)
        if (const Word w = scene.word(c)) words.push_back(w);
  };
  const Words& vocabulary = scene.codebook().words();
  const Word with = vocabulary.find("with"), by = vocabulary.find("by"), in = vocabulary.find("in"),
             from = vocabulary.find("from"), using_word = vocabulary.find("using");
  note(draft.trigger);
  for (const Slot& s : draft.slots) {
    const Word p = s.ref.preposition;
    const bool told =
        s.ref == kSubject || (s.ref.kind == SlotKind::preposition &&
                              (p == with || p == by || p == in || p == from || p == using_word));
    if (told && scene.is(s.head, Class::weapon)) note(s.head);
    // "artillery units", "the air force"
    if (s.ref == kSubject && scene.has(s.head, Class::armed))
      for (const Id<Token> c : scene.tree().children(s.head))
        if (scene.deprel(c) == Deprel::compound)
          if (const Word w = scene.word(c)) words.push_back(w);
  }
  // "dropped a chlorine bomb", "containers of sarin"
  for (const Participant& p : draft.participants)
    if (p.role == EventRole::instrument) {
      note(p.head);
      for (const Id<Token> c : scene.tree().children(p.head))
        if (scene.deprel(c) == Deprel::nmod) note(c);
    }
  // "attacked the base using drones"
  for (const Id<Token> c : scene.tree().children(draft.clause))
    if (scene.deprel(c) == Deprel::advcl && scene.tree().lemma(c) == "use")
      if (const Id<Token> o = scene.tree().child(c, Deprel::obj)) note(o);
  for (const Means& m : scene.codebook().means()) {
    const bool from_ok =
        draft.type == m.to || std::find(m.from.begin(), m.from.end(), draft.type) != m.from.end();
    if (!from_ok) continue;
    const bool said = std::any_of(words.begin(), words.end(), [&](Word w) {
      return std::binary_search(m.words.begin(), m.words.end(), w);
    });
    if (!said) continue;
    draft.type = m.to;
    draft.mode = m.mode;
    return;
  }
}

/// "soldiers" of "Kenyan soldiers", "government" of "Kenya's government": the phrase that the word is part
/// of.
Id<Token> whole(const Scene& scene, Id<Token> t);

/// An actor with a code, named or described by a phrase that this word heads.
bool is_coded(const Scene& scene, Id<Token> t) {
  const Id<Mention> m = scene.mention(t);
  if (!m || scene.doc()[m].head != t || scene.doc()[m].form == MentionForm::pronoun) return false;
  const ActorLink* link = scene.actor(t);
  return link && !link->cameo.empty();
}

Id<Token> whole(const Scene& scene, Id<Token> t) {
  for (int steps = 0; steps < 6; ++steps) {
    const Deprel d = scene.deprel(t);
    const Id<Token> above = scene.tree().head(t);
    const bool inside = d == Deprel::compound || d == Deprel::nmod_poss || d == Deprel::amod ||
                        d == Deprel::flat || d == Deprel::nmod_unmarked;
    if (!inside || !above || !is_coded(scene, above)) break;
    t = above;
  }
  return t;
}

/// "Kenya President Ruto" may hang the man on the country: then he is meant.
Id<Token> bearer(const Scene& scene, Id<Token> t) {
  for (const Id<Token> c : scene.tree().children(t)) {
    const Deprel d = scene.deprel(c);
    if (c.value <= t.value || c.value > t.value + 4) continue;
    if (d != Deprel::flat && d != Deprel::nmod && d != Deprel::nmod_unmarked && d != Deprel::appos) continue;
    if (scene.preposition(c)) continue;
    const Id<Mention> m = scene.mention(c);
    if (!m) continue;
    const Mention& mention = scene.doc()[m];
    if (mention.type == EntityType::per && mention.form == MentionForm::name &&
        mention.tokens.first <= t.value + 3 && is_coded(scene, mention.head))
      return mention.head;
  }
  return t;
}

/// What an imported dictionary means by its pattern: who stands nearest before the verb does it, who stands
/// first after it bears it, wherever the parse puts them. Only for sides that the slots left empty.
void fill_wide(const Scene& scene, const Frame& frame, Draft& draft, Filler& filler_of) {
  const Range<Token> sentence = scene.tree().sentence_of(draft.trigger).tokens;
  const bool turned = frame.wide == Frame::Wide::turned;
  const EventRole first = turned ? EventRole::target : EventRole::actor;
  const EventRole second = turned ? EventRole::actor : EventRole::target;
  const auto coded = [&](EventRole role) {
    return std::ranges::any_of(
        draft.participants, [&](const Participant& p) { return p.role == role && is_coded(scene, p.head); });
  };
  const auto taken = [&](Id<Token> t) {
    return std::ranges::any_of(draft.participants, [&](const Participant& p) {
      return p.head == t || scene.tree().dominates(p.head, t) || scene.tree().dominates(t, p.head);
    });
  };
  for (Participant& p : draft.participants)
    if (const Id<Token> person = bearer(scene, p.head); person != p.head) {
      p.head = person;
      if (const Id<Mention> m = scene.mention(person)) p.span = scene.doc()[m].span;
    }
  // A verb with a subject of its own looks for its doer there and nowhere else; who suffers it is in its
  // clause.
  Id<Token> subject;
  for (const Slot& slot : draft.slots)
    if (slot.ref == kSubject && !subject && scene.is_noun(slot.head)) subject = slot.head;
  const Id<Token> suffers = scene.tree().child(draft.trigger, Deprel::nsubj_pass);
  if (suffers && !subject && scene.is_noun(suffers) && !coded(second) && !turned) return;
  for (const EventRole role : {first, second}) {
    if (coded(role)) continue;
    std::erase_if(draft.participants, [&](const Participant& p) { return p.role == role; });
    const auto take = [&](std::uint32_t token) {
      const Id<Token> t(token);
      if (!is_coded(scene, t) || taken(t)) return false;
      return filler_of.add(role, bearer(scene, scene.top_conjunct(whole(scene, t))));
    };
    if (role == first) {
      for (std::uint32_t t = draft.trigger.value; t-- > sentence.first;) {
        if (subject && !scene.tree().dominates(subject, Id<Token>(t))) continue;
        if (take(t)) break;
      }
    } else {
      const auto doers = std::ranges::count_if(draft.participants, [&](const Participant& p) {
        return p.role == first && is_coded(scene, p.head);
      });
      if (frame.wide == Frame::Wide::both && doers > 1) break;  // "X and Y agreed": with each other
      for (std::uint32_t t = draft.trigger.value + 1; t < sentence.end(); ++t)
        if (scene.tree().dominates(draft.trigger, Id<Token>(t)) && take(t)) break;
    }
  }
}

}  // namespace

void fill_roles(const Scene& scene, const Arguments& arguments, const Frame& frame, Draft& draft) {
  Filler filler_of(scene, arguments, draft);
  const bool symmetric = scene.codebook().type(frame.type).symmetric;
  for (std::size_t r = 0; r < kFrameRoles; ++r) {
    const auto role = static_cast<FrameRole>(r);
    bool filled = false;
    for (const SlotRef& ref : frame.roles[r]) {
      for (const Slot& slot : draft.slots) {
        if (!(slot.ref == ref)) continue;
        if (is_place_role(role)) {
          const auto place_role = role == FrameRole::at     ? EventPlaceRole::at
                                  : role == FrameRole::from ? EventPlaceRole::from
                                                            : EventPlaceRole::to;
          draft.place_hints.push_back({place_role, slot.head});
          filled = true;
        } else if (filler_of.add(symmetric && role == FrameRole::target ? EventRole::actor : event_role(role),
                                 slot.head)) {
          filled = true;
        }
      }
      // "discussed Libya with the envoy": with whom goes before what about.
      if (filled && (!symmetric || role == FrameRole::target)) break;
    }
  }
  if (frame.wide != Frame::Wide::no) return fill_wide(scene, frame, draft, filler_of);
  apply_means(scene, draft);
}

bool acceptable(const Scene& scene, const Draft& draft) {
  const TypeInfo& type = scene.codebook().type(draft.type);
  bool actor = false, target = false, political = false;
  for (const Participant& p : draft.participants) {
    actor |= p.role == EventRole::actor;
    target |= p.role == EventRole::target;
    political |=
        p.role == EventRole::actor && (scene.is(p.head, Class::political) || scene.is(p.head, Class::armed));
  }
  if (type.needs_actor && !actor) return false;
  if (type.needs_target && !target) return false;
  return !type.political || political;
}

}  // namespace annalist::event
