#include "lang/coref_sieves.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/strings.h"

namespace annalist::lang {

namespace {

constexpr std::uint32_t kFar = 10;  // sentences a repeated indefinite description is looked back

bool composite(const ActorLink& link) {
  return (link.flags & static_cast<std::uint8_t>(ActorFlag::composite)) != 0;
}

std::string number(std::uint32_t n) { return std::to_string(n); }

/// The mention that a token heads, names first; -1: none.
std::vector<std::int32_t> mentions_by_head(const CorefScene& scene) {
  std::vector<std::int32_t> out(scene.tree().size(), -1);
  for (std::size_t i = 0; i < scene.size(); ++i) {
    const Id<Token> head = scene.mention(i).head;
    if (!head || head.value >= out.size()) continue;
    std::int32_t& at = out[head.value];
    if (at < 0 || scene.mention(i).form == MentionForm::name) at = static_cast<std::int32_t>(i);
  }
  return out;
}

bool same_actor_kind(const ActorLink& a, const ActorLink& b) {
  return a.kind == b.kind || a.kind == ActorKind::none || b.kind == ActorKind::none ||
         a.kind == ActorKind::other || b.kind == ActorKind::other || a.kind == ActorKind::person ||
         b.kind == ActorKind::person;
}

void join_apposition(CorefScene& scene, const std::vector<std::int32_t>& by_head) {
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    const Mention& m = scene.mention(i);
    if (!m.head || scene.tree()[m.head].deprel != Deprel::appos || m.form == MentionForm::pronoun) continue;
    const Id<Token> above = scene.tree().head(m.head);
    const std::int32_t j = above ? by_head[above.value] : -1;
    if (j < 0) continue;
    const View &a = scene.view(i), &b = scene.view(std::size_t(j));
    // Two names are one only if the actor stage said so; a name and a description must agree.
    const bool two_names =
        m.form == MentionForm::name && scene.mention(std::size_t(j)).form == MentionForm::name;
    if (two_names || (a.number == Number::plural) != (b.number == Number::plural)) continue;
    if (a.human != b.human && a.actor && b.actor) continue;
    if (a.place != b.place && (a.human || b.human)) continue;
    if (same_actor_kind(scene.link(i), scene.link(std::size_t(j)))) scene.merge(i, std::uint32_t(j));
  }
}

/// "President" right before "Bashar Assad" is part of one naming, however the parser hangs the two.
void join_titles(CorefScene& scene) {
  for (std::uint32_t i = 0; i + 1 < scene.size(); ++i) {
    const Mention& title = scene.mention(i);
    if (title.form != MentionForm::nominal || !scene.view(i).human || !scene.view(i).actor) continue;
    for (std::uint32_t j = i + 1; j < scene.size() && j < i + 4; ++j)
      if (scene.mention(j).form == MentionForm::name && scene.view(j).human &&
          scene.mention(j).tokens.first == title.head.value + 1 && scene.view(i).number != Number::plural)
        scene.merge(i, j);
  }
}

/// "the Front led by X", "X, leader of the Front", "Front leader X": X leads the Front.
void find_leaders(CorefScene& scene, const std::vector<std::int32_t>& by_head) {
  const Tree& tree = scene.tree();
  const auto person_at = [&](Id<Token> t) -> std::int32_t {
    const std::int32_t i = t ? by_head[t.value] : -1;
    return i >= 0 && scene.view(std::size_t(i)).human &&
                   scene.mention(std::size_t(i)).form == MentionForm::name
               ? i
               : -1;
  };
  const auto group_at = [&](Id<Token> t) -> std::int32_t {
    const std::int32_t i = t ? by_head[t.value] : -1;
    return i >= 0 && scene.view(std::size_t(i)).body &&
                   scene.mention(std::size_t(i)).form == MentionForm::name
               ? i
               : -1;
  };
  for (std::uint32_t t = 0; t < tree.size(); ++t) {
    const Id<Token> token(t);
    const std::string lemma = lower(tree.lemma(token));
    if (tree[token].upos == Upos::verb && scene.words().is(lemma, WordClass::lead)) {
      if (tree[token].deprel != Deprel::acl) continue;
      const std::int32_t group = group_at(tree.head(token));
      Id<Token> agent = tree.child(token, Deprel::obl_agent);
      if (!agent) agent = tree.child(token, Deprel::obl);
      const std::int32_t person = person_at(agent);
      if (group >= 0 && person >= 0) scene.set_leads(std::uint32_t(person), std::uint32_t(group));
    } else if (scene.words().is(lemma, WordClass::leader)) {
      std::int32_t group = -1, person = -1;
      for (Id<Token> c : tree.children(token)) {
        const Deprel rel = tree[c].deprel;
        if (group < 0 && (rel == Deprel::compound || rel == Deprel::nmod || rel == Deprel::nmod_poss))
          group = group_at(c);
        if (person < 0 && (rel == Deprel::appos || rel == Deprel::flat)) person = person_at(c);
      }
      if (person < 0 && tree.head(token)) person = person_at(tree.head(token));
      if (group >= 0 && person >= 0) scene.set_leads(std::uint32_t(person), std::uint32_t(group));
    }
  }
}

}  // namespace

void join_names(CorefScene& scene) {
  std::unordered_map<std::string, std::uint32_t> first;
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    const Mention& m = scene.mention(i);
    if (m.form != MentionForm::name) continue;
    const ActorLink& link = scene.link(i);
    std::string key;
    if (link.id && link.kind != ActorKind::state)
      key = "id " + number(link.id.value);
    else if (link.name)
      key = "name " + lower(scene.doc().str(link.name));
    else
      key = "text " + scene.view(i).key;
    if (const auto [it, fresh] = first.try_emplace(key, i); !fresh) scene.merge(it->second, i);
  }
  const auto by_head = mentions_by_head(scene);
  join_apposition(scene, by_head);
  join_titles(scene);
  find_leaders(scene, by_head);
}

void join_strings(CorefScene& scene) {
  const auto by_head = mentions_by_head(scene);
  std::unordered_map<std::string, std::uint32_t> last;
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    const Mention& m = scene.mention(i);
    const View& v = scene.view(i);
    if (m.form != MentionForm::nominal || v.key.empty() || v.time || v.possessor >= 0) continue;
    if (scene.words().is(v.head, WordClass::abstract)) continue;
    // "the group" may be another one each time: left to right, it is looked up anew.
    if (!v.modified && scene.words().is(v.head, WordClass::group)) continue;
    if (scene.words().is(v.head, WordClass::quantity)) {  // "dozens of his fighters" are his fighters
      const Id<Token> of = scene.tree().child(m.head, Deprel::nmod);
      if (of && by_head[of.value] >= 0) scene.merge(i, std::uint32_t(by_head[of.value]));
      continue;
    }
    const std::string key = v.key + (v.number == Number::plural ? " +" : "");
    const auto [it, fresh] = last.try_emplace(key, i);
    if (fresh) continue;
    const View& before = scene.view(it->second);
    const std::uint32_t distance = v.sentence - before.sentence;
    // A bare or indefinite phrase without modifiers ("rebels", "a man") speaks of others each time.
    const bool points_back = v.definite == Definite::definite || v.definite == Definite::demonstrative;
    const bool particular = v.modified && v.definite == Definite::bare && v.actor;
    if ((points_back && distance <= 3 * kFar) || (particular && distance <= kFar)) scene.merge(it->second, i);
    it->second = i;
  }
}

void join_lead(CorefScene& scene) {
  if (scene.size() == 0) return;
  // The lead: headline and the first paragraph after it.
  std::uint32_t last_lead = 0;
  const auto sentences = scene.doc().all<Sentence>();
  Id<Block> paragraph;
  for (std::uint32_t s = 0; s < sentences.size(); ++s) {
    const Id<Block> block = sentences[s].block;
    if (!block || !scene.doc()[block].is_body()) continue;
    const bool headline = scene.doc()[block].kind == BlockKind::headline;
    if (!headline && !paragraph) paragraph = block;
    if (headline || block == paragraph)
      last_lead = s;
    else if (paragraph)
      break;
  }
  /// The only named actor, as a cluster, for which `fits`; -1: none or several.
  const auto only = [&](auto&& fits) -> std::int64_t {
    std::int64_t found = -1;
    for (std::uint32_t j = 0; j < scene.size(); ++j) {
      if (scene.mention(j).form != MentionForm::name || !fits(scene.link(j))) continue;
      if (found >= 0 && scene.find(std::uint32_t(found)) != scene.find(j)) return -1;
      found = j;
    }
    return found;
  };
  std::size_t tried = 0;
  for (std::uint32_t i = 0; i < scene.size() && scene.view(i).sentence <= last_lead; ++i) {
    const ActorLink& link = scene.link(i);
    const View& v = scene.view(i);
    if (scene.mention(i).form != MentionForm::nominal || !composite(link) || ++tried > 16) continue;
    std::int64_t named = -1;
    if (link.part_of && (v.number == Number::plural || v.body))
      named = only([&](const ActorLink& other) {
        return other.id && other.part_of == link.part_of && other.kind == link.kind && !composite(other);
      });
    else if (link.kind == ActorKind::monitor && v.body)
      named = only([&](const ActorLink& other) { return other.id && other.kind == ActorKind::monitor; });
    if (named >= 0) scene.merge(i, static_cast<std::uint32_t>(named));
  }
}

}  // namespace annalist::lang
