#include "event/coding.h"

#include <algorithm>
#include <optional>

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

/// As a target, whoever bears no arms is a civilian: a mayor, a judge, a suspect.
Side side_of(const Scene& scene, Id<Token> t, EventRole role) {
  if (scene.has(t, Class::protest_crowd)) return Side::protesters;
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

Side side_of(const Scene& scene, const Merged& event, EventRole role) {
  Side first = Side::any;
  for (const Participant& p : event.participants) {
    if (p.role != role) continue;
    const Side side = side_of(scene, p.head, role);
    if (side == Side::state) return side;  // "the army and allied militias": the army's doing
    if (first == Side::any) first = side;
  }
  return first;
}

/// Many unarmed people: "villagers", "a group of students", "two families".
bool is_crowd(const Scene& scene, const Merged& event) {
  for (const Participant& p : event.participants) {
    if (p.role != EventRole::actor || !scene.is_noun(p.head)) continue;
    const Side side = side_of(scene, p.head, EventRole::actor);
    if (side != Side::civilians) continue;
    if (scene.tree()[p.head].is(MorphFlag::plural) || scene.has(p.head, Class::collective)) return true;
  }
  return false;
}

/// Rebels or other armed men among the sides: no riot.
bool armed_side(const Scene& scene, const Merged& event) {
  for (const Participant& p : event.participants)
    if (side_of(scene, p.head, p.role) == Side::nonstate) return true;
  return false;
}

constexpr std::uint32_t kNear = 2;  // sentences within which two events tell of one demonstration

/// What befalls the crowd of a demonstration, by the events told near it; the worst counts.
AcledRule::Crowd crowd_fate(const Scene& scene, const std::vector<Draft>& drafts,
                            const std::vector<Merged>& events, const Merged& event) {
  using Crowd = AcledRule::Crowd;
  const auto at = [&](const Merged& m) { return drafts[m.mentions.front()].sentence; };
  Crowd out = Crowd::any;
  for (const Merged& other : events) {
    if (other.status != EventStatus::actual && other.status != EventStatus::ongoing) continue;
    const std::uint32_t a = at(event), b = at(other);
    if ((a > b ? a - b : b - a) > kNear) continue;
    const TypeInfo& type = scene.codebook().type(other.type);
    const Side actor = side_of(scene, other, EventRole::actor),
               target = side_of(scene, other, EventRole::target);
    const bool by_state = actor == Side::state || (actor == Side::any && type.name != "killing");
    Crowd said = Crowd::any;
    if (type.group == "protest" && type.violent)
      said = Crowd::riots;
    else if (actor == Side::protesters && (type.violent || type.name == "destroy"))
      said = Crowd::riots;
    else if (target == Side::protesters && type.violent && by_state &&
             (other.deaths.best > 0 || other.injured.known() || type.name == "shooting" ||
              type.name == "killing"))
      said = Crowd::shot_at;
    else if (type.name == "crowd_control")
      said = Crowd::intervened;
    else if ((type.name == "arrest" || type.name == "hold_back" || type.name == "attack") &&
             (actor == Side::state || target == Side::protesters) && actor != Side::nonstate &&
             scene.is_verb(drafts[other.mentions.front()].trigger) && target != Side::state &&
             target != Side::nonstate)
      said = Crowd::intervened;
    out = std::max(out, said);
  }
  return out;
}

}  // namespace

const AcledRule* acled_of(const Scene& scene, const std::vector<Draft>& drafts,
                          const std::vector<Merged>& events, const Merged& event) {
  const auto& rules = scene.codebook().type(event.type).acled;
  if (rules.empty()) return nullptr;
  const Side actor = side_of(scene, event, EventRole::actor),
             target = side_of(scene, event, EventRole::target);
  const bool crowd = is_crowd(scene, event) && !armed_side(scene, event);
  std::optional<AcledRule::Crowd> fate;  // asked for by few types
  // Protesters are civilians to a rule that does not name them.
  const auto fits = [&](Side wanted, Side side) {
    if (wanted == Side::crowd) return crowd;
    return wanted == Side::any || wanted == side || (wanted == Side::civilians && side == Side::protesters);
  };
  for (const AcledRule& rule : rules) {
    if (!fits(rule.actor, actor) || !fits(rule.target, target)) continue;
    if (rule.crowd != AcledRule::Crowd::any) {
      if (!fate) fate = crowd_fate(scene, drafts, events, event);
      if (*fate != rule.crowd) continue;
    }
    return &rule;
  }
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
