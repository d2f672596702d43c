#include "event/coding.h"

#include <algorithm>

namespace annalist::event {
namespace {

using Side = AcledRule::Side;

bool unarmed_as_target(ActorKind kind) {
  return kind == ActorKind::government || kind == ActorKind::party || kind == ActorKind::legislature ||
         kind == ActorKind::judiciary || kind == ActorKind::criminal || kind == ActorKind::business;
}

Side side_of(const Scene& scene, Id<Token> t, EventRole role);

/// "two members of the 5th Division", "a gang member": people named by the force they are of.
Side side_of_force(const Scene& scene, Id<Token> t) {
  for (const Id<Token> c : scene.tree().children(t)) {
    const Deprel d = scene.deprel(c);
    if (d != Deprel::compound && d != Deprel::amod && d != Deprel::nmod && d != Deprel::nmod_poss) continue;
    if (d == Deprel::nmod) {
      const Id<Token> p = scene.preposition(c);
      if (!p || scene.tree().lemma(p) != "of") continue;
    }
    if (!scene.is(c, Class::armed)) continue;
    if (const Side side = side_of(scene, c, EventRole::actor); side == Side::state || side == Side::nonstate)
      return side;
  }
  return Side::any;
}

/// "an off-duty officer", "a former soldier": no fighter any more.
bool marked(const Scene& scene, Id<Token> t, Class c) {
  for (const Id<Token> child : scene.tree().children(t)) {
    const Deprel d = scene.deprel(child);
    if ((d == Deprel::amod || d == Deprel::compound || d == Deprel::advmod) && scene.has(child, c))
      return true;
  }
  return false;
}

/// People of a party: its name, "cadres of the party", "party members".
bool of_party(const Scene& scene, Id<Token> t) {
  const auto is_party = [&](Id<Token> who) {
    const ActorLink* link = scene.actor(who);
    return link && link->kind == ActorKind::party;
  };
  if (is_party(t)) return true;
  for (const Id<Token> c : scene.tree().children(t)) {
    const Deprel d = scene.deprel(c);
    if ((d == Deprel::compound || d == Deprel::nmod || d == Deprel::nmod_poss || d == Deprel::amod) &&
        is_party(c))
      return true;
  }
  return false;
}

/// As a target, whoever bears no arms is a civilian: a mayor, a judge, a suspect.
Side side_of(const Scene& scene, Id<Token> t, EventRole role) {
  if (scene.has(t, Class::protest_crowd)) return Side::protesters;
  if (role == EventRole::target && marked(scene, t, Class::civil_mark)) return Side::civilians;
  if (scene.has(t, Class::gang)) return Side::nonstate;
  // A checkpoint is shot at for those who hold it.
  if (role == EventRole::target && scene.has(t, Class::military_post)) return Side::state;
  if (scene.is_noun(t) && !scene.has(t, Class::armed) && scene.has(t, Class::person))
    if (const Side force = side_of_force(scene, t); force != Side::any) return force;
  if (const ActorLink* link = scene.actor(t)) {
    if (role == EventRole::target && unarmed_as_target(link->kind) && !scene.has(t, Class::armed))
      return Side::civilians;
    switch (link->kind) {
      case ActorKind::state:
      case ActorKind::military:
      case ActorKind::police:
      case ActorKind::government:
      case ActorKind::intelligence:
      case ActorKind::judiciary:
        return Side::state;
      case ActorKind::armed_group:
      case ActorKind::militia:
      case ActorKind::opposition:
      case ActorKind::unknown_armed:
      case ActorKind::criminal:
        return Side::nonstate;
      case ActorKind::civilians:
      case ActorKind::media:
      case ActorKind::medical:
      case ActorKind::education:
      case ActorKind::refugees:
      case ActorKind::ngo:
      case ActorKind::labor:
      case ActorKind::ethnic:
      case ActorKind::religious:
      case ActorKind::person:
        return Side::civilians;
      case ActorKind::protesters:
        return Side::protesters;
      default:
        break;
    }
  }
  if (scene.has(t, Class::protest_noun)) return Side::protesters;
  if (scene.is(t, Class::armed)) return scene.is(t, Class::state_force) ? Side::state : Side::nonstate;
  if (scene.is(t, Class::person)) return Side::civilians;
  // A market or a school attacked is an attack on civilians.
  if (role == EventRole::target && scene.has(t, Class::property) && !scene.has(t, Class::military_site))
    return Side::civilians;
  return Side::any;
}

constexpr std::uint32_t kNear = 2;  // sentences within which two events tell of one happening

/// What the event's sides are to ACLED, by their own words and by what is told near it.
class Sides {
 public:
  Sides(const Scene& scene, const std::vector<Draft>& drafts, const std::vector<Merged>& events,
        const Merged& event)
      : scene_(scene), drafts_(drafts), events_(events), event_(event) {
    actor_ = side(event, EventRole::actor);
    target_ = side(event, EventRole::target);
    if (target_ == Side::any && scene.codebook().type(event.type).violent) target_ = harmed();
    for (const std::uint32_t m : event.mentions)
      for (const PlaceHint& hint : drafts[m].place_hints)
        if (target_ == Side::any && scene.has(hint.head, Class::military_post)) target_ = Side::state;
  }

  bool fits(const AcledRule& rule) {
    if (!(fits(rule.actor, actor_) || in_fight(rule.actor)) || !fits(rule.target, target_)) return false;
    if (rule.battle && !battle()) return false;
    if (rule.demonstrates && !demonstrates()) return false;
    if (rule.arrests && !arrests()) return false;
    if (rule.crowd == AcledRule::Crowd::any) return true;
    if (!fate_known_) fate_ = crowd_fate();
    fate_known_ = true;
    return fate_ == rule.crowd;
  }

 private:
  bool fits(Side wanted, Side side) const {
    if (wanted == Side::crowd) return is_crowd();
    // Protesters are civilians to a rule that does not name them.
    return wanted == Side::any || wanted == side || (wanted == Side::civilians && side == Side::protesters);
  }

  /// In a fight of two sides either may be the one that the rule names: police and demonstrators.
  bool in_fight(Side wanted) const {
    if (!scene_.codebook().type(event_.type).symmetric) return false;
    return std::any_of(event_.participants.begin(), event_.participants.end(), [&](const Participant& p) {
      return p.role == EventRole::actor && side_of(scene_, p.head, p.role) == wanted;
    });
  }

  Side side(const Merged& event, EventRole role) const {
    Side first = Side::any;
    for (const Participant& p : event.participants) {
      if (p.role != role) continue;
      const Side side = side_of(scene_, p.head, role);
      if (side == Side::state) return side;  // "the army and allied militias": the army's doing
      if (first == Side::any) first = side;
    }
    return first;
  }

  /// Many unarmed people: "villagers", "two families", "a group"; not "unknown men", who are armed men.
  bool is_crowd() const {
    bool crowd = false;
    if (by_gunfire()) return false;
    for (const Participant& p : event_.participants) {
      const Side side = side_of(scene_, p.head, p.role);
      if (p.role == EventRole::actor && of_party(scene_, p.head)) {
        crowd = true;
        continue;
      }
      if (side == Side::nonstate) return false;  // rebels among the sides: no riot
      if (p.role != EventRole::actor || !scene_.is_noun(p.head)) continue;
      if (marked(scene_, p.head, Class::masked) || scene_.has(p.head, Class::masked)) return false;
      const bool bare = scene_.has(p.head, Class::bare_crowd) && !names_somebody(p.head);
      if (side != Side::civilians && side != Side::protesters && !bare) continue;
      crowd |= bare || scene_.tree()[p.head].is(MorphFlag::plural) || scene_.has(p.head, Class::collective);
    }
    return crowd;
  }

  /// "exchanged fire", "a shoot-out", "an armed clash": those who fight have guns.
  bool by_gunfire() const {
    if (!scene_.codebook().type(event_.type).symmetric) return false;
    for (const std::uint32_t m : event_.mentions) {
      const Id<Token> t = drafts_[m].trigger;
      if (scene_.has(t, Class::gunfight)) return true;
      for (const Id<Token> c : scene_.tree().children(t))
        if (scene_.has(c, Class::gunfight)) return true;
    }
    return false;
  }

  /// A demonstration is told near it, or its crowd is one of demonstrators.
  bool demonstrates() const {
    for (const Participant& p : event_.participants)
      if (scene_.has(p.head, Class::protest_crowd)) return true;
    for (const Merged& other : events_) {
      const TypeInfo& type = scene_.codebook().type(other.type);
      if (&other != &event_ && (type.name == "protest" || type.name == "strike") && near(other)) return true;
    }
    const auto sentences = scene_.doc().all<Sentence>();
    const std::uint32_t at = sentence(event_);
    for (std::uint32_t s = at == 0 ? 0 : at - 1; s <= at + 1 && s < sentences.size(); ++s)
      for (std::uint32_t t = sentences[s].tokens.first; t < sentences[s].tokens.end(); ++t)
        if (scene_.has(Id<Token>(t), Class::protest_noun) || scene_.has(Id<Token>(t), Class::protest_crowd) ||
            scene_.has(Id<Token>(t), Class::barricade))
          return true;
    return false;
  }

  /// A raid that ends in arrests and harms nobody.
  bool arrests() const {
    if (event_.deaths.known() || event_.injured.known()) return false;
    bool raid = false;
    for (const std::uint32_t m : event_.mentions) raid |= scene_.has(drafts_[m].trigger, Class::raid_word);
    return raid && std::any_of(events_.begin(), events_.end(), [&](const Merged& other) {
             return scene_.codebook().type(other.type).name == "arrest" && near(other) && !incidental(other);
           });
  }

  /// "a rebel group", "the group Al Nusra": somebody, no bare crowd.
  bool names_somebody(Id<Token> t) const {
    if (const ActorLink* link = scene_.actor(t))
      if (!link->id.empty() || link->kind == ActorKind::armed_group || link->kind == ActorKind::criminal)
        return true;
    for (const Id<Token> c : scene_.tree().children(t)) {
      const Deprel d = scene_.deprel(c);
      if (d == Deprel::amod || d == Deprel::compound || d == Deprel::nmod || d == Deprel::appos ||
          d == Deprel::flat)
        if (scene_.is(c, Class::armed) || scene_.has(c, Class::masked)) return true;
    }
    return false;
  }

  std::uint32_t sentence(const Merged& m) const { return drafts_[m.mentions.front()].sentence; }
  bool near(const Merged& other) const {
    const std::uint32_t a = sentence(event_), b = sentence(other);
    return &other != &event_ && is_real(other.status) && (a > b ? a - b : b - a) <= kNear;
  }

  /// Told only to say who is meant: "a man killed by a mob", "the release of those arrested".
  bool incidental(const Merged& m) const {
    Id<Token> t = drafts_[m.mentions.front()].clause;
    for (int i = 0; i < 8 && t; ++i) {
      const Deprel d = scene_.deprel(t);
      if (d == Deprel::acl || d == Deprel::acl_relcl || d == Deprel::amod || d == Deprel::nmod) return true;
      t = scene_.tree().head(t);
    }
    return false;
  }

  /// Who was harmed, when the words of the attack itself do not say: the victims told near it, else the
  /// people of the village that was attacked.
  Side harmed() const {
    Side out = Side::any;
    for (const Merged& other : events_) {
      if (!near(other) || scene_.codebook().type(other.type).symmetric) continue;
      const TypeInfo& type = scene_.codebook().type(other.type);
      if (!type.violent && type.name != "destroy") continue;
      if (actor_ != Side::any && side(other, EventRole::actor) != actor_ &&
          side(other, EventRole::actor) != Side::any)
        continue;
      const Side hit = side(other, EventRole::target);
      if (hit == Side::state || hit == Side::nonstate) return Side::any;
      if (hit == Side::civilians) out = hit;
    }
    if (out != Side::any || actor_ == Side::state) return out;
    for (const std::uint32_t m : event_.mentions)
      for (const PlaceHint& hint : drafts_[m].place_hints)
        if (scene_.has(hint.head, Class::settlement)) return Side::civilians;
    return out;
  }

  /// ACLED: explosives used in a fight are part of the battle.
  bool battle() const {
    const bool armed = target_ == Side::state || target_ == Side::nonstate;
    if (!armed && target_ != Side::any) return false;
    for (const Merged& other : events_) {
      if (!armed && sentence(other) != sentence(event_)) continue;
      if (!near(other) || incidental(other)) continue;
      const TypeInfo& type = scene_.codebook().type(other.type);
      if (type.name == "clash" || type.name == "repel") return true;
      if (type.name == "shooting" && side(other, EventRole::actor) == target_) return true;
    }
    return false;
  }

  /// "The group beat a guard": the crowd told of before.
  bool by_bare_crowd(const Merged& m) const {
    return std::any_of(m.participants.begin(), m.participants.end(), [&](const Participant& p) {
      return p.role == EventRole::actor && scene_.has(p.head, Class::bare_crowd) && !names_somebody(p.head);
    });
  }

  /// What befalls the crowd of a demonstration, by the events told near it; the worst counts.
  AcledRule::Crowd crowd_fate() const {
    using Crowd = AcledRule::Crowd;
    Crowd out = Crowd::any;
    for (const Merged& other : events_) {
      if (&other != &event_ && (!near(other) || incidental(other))) continue;
      const TypeInfo& type = scene_.codebook().type(other.type);
      const Draft& lead = drafts_[other.mentions.front()];
      const Side actor = side(other, EventRole::actor), target = side(other, EventRole::target);
      const bool by_state = actor == Side::state || (actor == Side::any && type.name != "killing");
      Crowd said = Crowd::any;
      const bool armed = actor == Side::nonstate || target == Side::nonstate;
      if (type.group == "protest" && type.violent)
        said = Crowd::riots;
      else if (!armed &&
               (type.symmetric ? type.violent && &other != &event_
                               : (type.name == "destroy" || scene_.has(lead.trigger, Class::event_noun)) &&
                                     (type.name == "destroy" || type.name == "attack") &&
                                     actor == Side::any && target == Side::any))
        said = Crowd::riots;  // "clashes", "shops burned", "violence", with nobody else named
      else if ((actor == Side::protesters || by_bare_crowd(other)) &&
               (type.violent || type.name == "destroy"))
        said = Crowd::riots;
      else if (target == Side::protesters && type.violent && by_state &&
               (other.deaths.best > 0 || other.injured.known() || type.name == "shooting" ||
                type.name == "killing"))
        said = Crowd::shot_at;
      else if (type.name == "crowd_control" ||
               (scene_.has(lead.trigger, Class::steps_in) && actor == Side::state))
        said = Crowd::intervened;
      else if ((type.name == "arrest" || type.name == "restrain" || type.name == "attack") &&
               (actor == Side::state || target == Side::protesters ||
                (type.name == "arrest" && actor == Side::any)) &&
               actor != Side::nonstate && scene_.is_verb(lead.trigger) && target != Side::state &&
               target != Side::nonstate)
        said = Crowd::intervened;
      out = std::max(out, said);
    }
    return out;
  }

  const Scene& scene_;
  const std::vector<Draft>& drafts_;
  const std::vector<Merged>& events_;
  const Merged& event_;
  Side actor_ = Side::any, target_ = Side::any;
  AcledRule::Crowd fate_ = AcledRule::Crowd::any;  // asked for by few types
  bool fate_known_ = false;
};

}  // namespace

const AcledRule* acled_of(const Scene& scene, const std::vector<Draft>& drafts,
                          const std::vector<Merged>& events, const Merged& event) {
  const auto& rules = scene.codebook().type(event.type).acled;
  if (rules.empty()) return nullptr;
  Sides sides(scene, drafts, events, event);
  for (const AcledRule& rule : rules)
    if (sides.fits(rule)) return &rule;
  return nullptr;
}

const PloverRule* plover_of(const Scene& scene, const Merged& event) {
  for (const PloverRule& rule : scene.codebook().type(event.type).plover)
    if (rule.statuses == 0 || (rule.statuses >> static_cast<unsigned>(event.status) & 1u) != 0) return &rule;
  return nullptr;
}

std::string contexts_of(const Scene& scene, const std::vector<Draft>& drafts, const Merged& event) {
  const auto& own = scene.codebook().type(event.type).contexts;
  std::vector<Word> words;
  std::uint32_t last = 0xFFFFFFFF;
  for (const std::uint32_t m : event.mentions) {
    if (drafts[m].sentence == last) continue;
    last = drafts[m].sentence;
    const Range<Token> tokens = scene.doc().all<Sentence>()[last].tokens;
    for (std::uint32_t t = tokens.first; t < tokens.end(); ++t)
      if (const Word w = scene.word(Id<Token>(t))) words.push_back(w);
  }
  std::string out;
  for (const Context& c : scene.codebook().contexts()) {
    const bool typed = std::find(own.begin(), own.end(), c.name) != own.end();
    const bool said = typed || std::any_of(words.begin(), words.end(), [&](Word w) {
                        return std::binary_search(c.words.begin(), c.words.end(), w);
                      });
    if (said) out += (out.empty() ? "" : "|") + c.name;
  }
  return out;
}

float confidence_of(const Merged& event) {
  bool actor = false, target = false;
  for (const Participant& p : event.participants) {
    actor |= p.role == EventRole::actor;
    target |= p.role == EventRole::target;
  }
  float c = 0.5f;
  c += actor ? 0.12f : 0.f;
  c += target ? 0.06f : 0.f;
  c += event.place ? 0.08f : 0.f;
  c += event.dated_by_text ? 0.06f : 0.f;
  c += 0.04f * static_cast<float>(std::min<std::size_t>(event.mentions.size() - 1, 3));
  if (event.hedged) c -= 0.15f;
  return c;
}

}  // namespace annalist::event
