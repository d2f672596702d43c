#include "event/coding.h"

#include <algorithm>

namespace annalist::event {
namespace {

using Side = AcledRule::Side;

bool unarmed_as_target(ActorKind kind) {
  return kind == ActorKind::government || kind == ActorKind::party || kind == ActorKind::legislature ||
         kind == ActorKind::judiciary || kind == ActorKind::criminal || kind == ActorKind::business;
}

/// As a target, whoever bears no arms is a civilian: a mayor, a judge, a suspect.
Side side_of(const Scene& scene, Id<Token> t, EventRole role) {
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
  if (scene.is(t, Class::armed)) return scene.is(t, Class::state_force) ? Side::state : Side::nonstate;
  if (scene.is(t, Class::person)) return Side::civilians;
  // A market or a school attacked is an attack on civilians.
  if (role == EventRole::target && scene.has(t, Class::property) && !scene.has(t, Class::military_site))
    return Side::civilians;
  return Side::any;
}

Side side_of(const Scene& scene, const Merged& event, EventRole role) {
  for (const Participant& p : event.participants)
    if (p.role == role)
      if (const Side side = side_of(scene, p.head, role); side != Side::any) return side;
  return Side::any;
}

}  // namespace

const AcledRule* acled_of(const Scene& scene, const Merged& event) {
  const auto& rules = scene.codebook().type(event.type).acled;
  if (rules.empty()) return nullptr;
  const Side actor = side_of(scene, event, EventRole::actor),
             target = side_of(scene, event, EventRole::target);
  // Protesters are civilians to a rule that does not name them.
  const auto fits = [](Side wanted, Side side) {
    return wanted == Side::any || wanted == side || (wanted == Side::civilians && side == Side::protesters);
  };
  for (const AcledRule& rule : rules)
    if (fits(rule.actor, actor) && fits(rule.target, target) && !rule.type.empty()) return &rule;
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
