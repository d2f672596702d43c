#include "lang/coref.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/strings.h"
#include "lang/coref_scene.h"
#include "lang/coref_sieves.h"

namespace annalist {

namespace {

using lang::CorefScene;

/// How well a mention names its entity; higher is better.
int naming_rank(const CorefScene& scene, std::uint32_t i) {  // "his fighters" before "dozens of his fighters"
  const Mention& m = scene.mention(i);
  const ActorLink& link = scene.link(i);
  int rank = 0;
  if (m.form == MentionForm::name)
    rank = 1000 + (link.id ? 1000 : 0) + (link.kind != ActorKind::none ? 500 : 0);
  if (m.form == MentionForm::nominal) rank = 200 + (link.kind != ActorKind::none ? 200 : 0);
  if (scene.words().is(scene.view(i).head, lang::WordClass::quantity)) rank -= 50;
  // Among equals the longer name, but no whole sentences.
  return rank + static_cast<int>(std::min<std::uint32_t>(m.tokens.count, 8));
}

/// What a noun that is no actor stands for: a building, a weapon.
EntityType thing_type(const CorefScene& scene, std::uint32_t i) {
  if (scene.mention(i).form != MentionForm::nominal) return EntityType::misc;
  const std::string_view head = scene.view(i).head;
  if (scene.words().is(head, lang::WordClass::facility)) return EntityType::fac;
  if (scene.words().is(head, lang::WordClass::weapon)) return EntityType::weapon;
  return EntityType::misc;
}

EntityType type_of(const CorefScene& scene, std::uint32_t best) {
  const Mention& m = scene.mention(best);
  const ActorLink& link = scene.link(best);
  if (m.form == MentionForm::name) {
    if (m.type == EntityType::loc && link.name && link.country && !link.part_of &&
        (link.kind == ActorKind::state || link.kind == ActorKind::none))
      return EntityType::gpe;  // the name of a country
    // What the name is beats how the tagger read it: "Islamic State" is no place, "Assad" no organisation.
    if (link.kind == ActorKind::person) return EntityType::per;
    if (link.id && link.kind != ActorKind::state && link.kind != ActorKind::coalition &&
        m.type != EntityType::norp)
      return EntityType::org;
    return m.type;
  }
  const lang::View& v = scene.view(best);
  if (m.type != EntityType::misc) return m.type;
  if (v.human && v.number != lang::Number::plural) return EntityType::per;
  if (v.human || (v.body && v.actor)) return EntityType::group;
  if (v.place) return EntityType::loc;
  return thing_type(scene, best);
}

constexpr int kSure = 102;  // of 255

/// What the model says was hit in an incident, or used in it: a thing that events are told of.
bool thing_of_deed(std::span<const DeedTag> tags, const Mention& m) {
  if (!m.head || m.head.value >= tags.size()) return false;
  const DeedTag& tag = tags[m.head.value];
  return std::max(tag.any(DeedTag::object), tag.any(DeedTag::weapon)) > kSure;
}

std::string name_text(const CorefScene& scene, std::uint32_t i) {
  const ActorLink& link = scene.link(i);
  if (link.name) return std::string(scene.doc().str(link.name));
  std::string_view text = scene.doc().text(scene.mention(i).span);
  for (std::string_view end : {"'s", "’s"})
    if (text.size() > end.size() && text.ends_with(end)) text.remove_suffix(end.size());
  return collapse_spaces(text);
}

class Entities {
 public:
  Entities(const CorefScene& scene, std::span<const DeedTag> tags) : scene_(scene), tags_(tags) {}

  void build() {
    const std::size_t n = scene_.size();
    members_.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) members_[scene_.find(i)].push_back(i);
    entity_of_.assign(n, {});
    for (std::uint32_t i = 0; i < n; ++i)
      if (scene_.mention(i).form == MentionForm::name && scene_.link(i).id)
        named_.try_emplace(scene_.link(i).id.value, i);
    for (std::uint32_t root = 0; root < n; ++root) {
      if (members_[root].empty() || !kept(members_[root])) continue;
      Entity e;
      const std::uint32_t best = best_of(members_[root]);
      e.best = Id<Mention>(best);
      e.type = type_of(scene_, best);
      e.mention_count = static_cast<std::uint32_t>(members_[root].size());
      e.actor = actor_of(members_[root], best);
      for (std::uint32_t m : members_[root]) entity_of_[m].entity = Id<Entity>(entities.size());
      entities.push_back(e);
    }
  }

  /// "his fighters" -> "fighters of the group he leads", or of himself.
  std::string name_of(const Entity& e) const {
    const std::uint32_t best = e.best.value;
    const lang::View& v = scene_.view(best);
    std::string name = name_text(scene_, best);
    if (scene_.mention(best).form != MentionForm::nominal || v.possessor < 0) return name;
    const auto owner = static_cast<std::uint32_t>(v.possessor);
    if (scene_.mention(owner).form != MentionForm::pronoun) return name;
    std::uint32_t whose = best_of(members_[scene_.find(owner)]);
    if (scene_.mention(whose).form != MentionForm::name) return name;
    if (const std::int32_t led = scene_.leads(owner); led >= 0)
      whose = best_of(members_[scene_.find(static_cast<std::uint32_t>(led))]);
    else if (const auto group = named_.find(scene_.group_of(owner).value); group != named_.end())
      whose = group->second;
    return name + " of " + name_text(scene_, whose);
  }

  std::vector<Entity> entities;
  const std::vector<MentionEntity>& mention_entities() const { return entity_of_; }

 private:
  bool kept(const std::vector<std::uint32_t>& members) const {
    if (members.size() > 1) return true;
    const Mention& m = scene_.mention(members[0]);
    if (m.form == MentionForm::name) return true;
    if (m.form != MentionForm::nominal) return false;
    return scene_.link(members[0]).kind != ActorKind::none || thing_of_deed(tags_, m) ||
           thing_type(scene_, members[0]) != EntityType::misc;
  }

  std::uint32_t best_of(const std::vector<std::uint32_t>& members) const {
    std::uint32_t best = members[0];
    for (std::uint32_t m : members)
      if (naming_rank(scene_, m) > naming_rank(scene_, best)) best = m;
    return best;
  }

  Id<ActorLink> actor_of(const std::vector<std::uint32_t>& members, std::uint32_t best) const {
    if (scene_.link(best).kind != ActorKind::none) return Id<ActorLink>(best);
    Id<ActorLink> found;
    for (std::uint32_t m : members)
      if (scene_.link(m).kind != ActorKind::none &&
          (!found || scene_.link(m).score > scene_.link(found.value).score))
        found = Id<ActorLink>(m);
    return found;
  }

  const CorefScene& scene_;
  const std::span<const DeedTag> tags_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<MentionEntity> entity_of_;
  std::unordered_map<std::uint32_t, std::uint32_t> named_;  // first name of an actor, by id
};

}  // namespace

Result<Coref> Coref::load(const std::vector<DataText>& files) {
  auto words = lang::CorefWords::load(files);
  if (!words) return std::unexpected(words.error());
  return Coref(std::move(*words));
}

void Coref::run(Document& doc, Workspace&) const {
  std::vector<Entity> entities;
  std::vector<MentionEntity> mention_entities;
  std::vector<std::string> names;
  {
    CorefScene scene(doc, *words_);
    lang::join_names(scene);
    lang::join_strings(scene);
    lang::join_lead(scene);
    lang::join_anaphora(scene);
    Entities built(scene, doc.all<DeedTag>());
    built.build();
    for (const Entity& e : built.entities) names.push_back(built.name_of(e));
    entities = std::move(built.entities);
    mention_entities = built.mention_entities();
  }
  for (std::size_t e = 0; e < entities.size(); ++e) entities[e].name = doc.intern(names[e]);
  doc.fill(entities);
  doc.fill(mention_entities);
}

}  // namespace annalist
