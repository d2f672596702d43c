#include "claim/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "base/strings.h"

namespace annalist::claims {
namespace {

std::int32_t value_of(std::string_view s) {
  static constexpr std::array<std::string_view, 21> words = {
      "zero",     "one",     "two",     "three",     "four",     "five",     "six",
      "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
      "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
  std::string digits;
  for (char ch : s)
    if (ch != ',') digits += to_lower(ch);
  std::int32_t value = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error == std::errc() && end == digits.data() + digits.size()) return value;
  const auto at = std::find(words.begin(), words.end(), digits);
  return at == words.end() ? -1 : static_cast<std::int32_t>(at - words.begin());
}

bool holds(const Draft& d, std::uint32_t token) {
  return std::binary_search(d.content.begin(), d.content.end(), token);
}

const ActorLink* actor_of(const Document& doc, Id<Entity> e) {
  if (!e || !doc[e].actor) return nullptr;
  const ActorLink& link = doc[doc[e].actor];
  return link.kind == ActorKind::none ? nullptr : &link;
}

/// The entity of a mention with that head that is an actor.
Id<Entity> actor_at(const Context& c, Id<Token> head) {
  if (!head || head.value >= c.mention_of_head.size()) return {};
  const std::uint32_t m = c.mention_of_head[head.value];
  const auto links = c.doc.all<MentionEntity>();
  if (m >= links.size() || !links[m].entity) return {};
  return actor_of(c.doc, links[m].entity) ? links[m].entity : Id<Entity>();
}

}  // namespace

std::int32_t number_at(const Context& c, Id<Token> trigger) {
  if (!trigger) return -1;
  const Tree& tree = c.tree;
  const bool passive = tree.has_child(trigger, Deprel::nsubj_pass);
  // "the death toll was 17"
  if (const Id<Token> up = tree.head(trigger);
      up && tree[up].upos == Upos::num && tree[trigger].deprel == Deprel::nsubj)
    return value_of(tree.text(up));
  for (Id<Token> child : tree.children(trigger)) {
    const Deprel rel = tree[child].deprel;
    const bool patient = rel == Deprel::obj || rel == Deprel::nsubj_pass || rel == Deprel::nmod ||
                         (rel == Deprel::nsubj && !passive && !tree.has_child(trigger, Deprel::obj));
    if (!patient) continue;
    if (const auto number = tree.child(child, Deprel::nummod)) return value_of(tree.text(number));
    if (tree[child].upos == Upos::num) return value_of(tree.text(child));
  }
  // "put the number of wounded at 40"
  if (tree[trigger].deprel == Deprel::obj)
    for (const Id<Token> holder : {tree.child(trigger, Deprel::nmod), tree.head(trigger)})
      if (const Id<Token> at = holder ? tree.child(holder, Deprel::obl) : Id<Token>();
          at && tree[at].upos == Upos::num)
        return value_of(tree.text(at));
  return -1;
}

Values values_of(const Context& c, const Draft& d, Id<Event> event, Id<Token> trigger) {
  Values out;
  if (!trigger) return out;
  out.count = number_at(c, trigger);
  std::vector<Id<Token>> open{trigger};
  for (std::size_t i = 0; i < open.size() && i < 200; ++i)
    for (Id<Token> child : c.tree.children(open[i])) {
      const Deprel rel = c.tree[child].deprel;
      if (rel == Deprel::ccomp || rel == Deprel::acl_relcl || rel == Deprel::conj ||
          rel == Deprel::parataxis || rel == Deprel::advcl || !holds(d, child.value))
        continue;
      if (!out.place && c.place_at[child.value] != kNoToken &&
          (rel == Deprel::obl || rel == Deprel::nmod || rel == Deprel::obj || rel == Deprel::advmod))
        out.place = Id<Place>(std::size_t(c.place_at[child.value]));
      if (!out.time && c.time_at[child.value] != kNoToken)
        out.time = Id<Time>(std::size_t(c.time_at[child.value]));
      open.push_back(child);
    }
  const Span sentence = c.tree.sentence_of(trigger).span;
  for (const EventArg& a : c.doc[c.doc[event].args])
    if (a.role == EventRole::actor && a.entity && sentence.contains(a.span)) {
      out.actor = a.entity;
      break;
    }
  return out;
}

bool same_side(const Context& c, Id<Entity> a, Id<Entity> b) {
  if (!a || !b) return false;
  if (a == b) return true;
  const ActorLink *x = actor_of(c.doc, a), *y = actor_of(c.doc, b);
  if (x && y) {
    if (!x->id.empty() && x->id == y->id) return true;
    if ((!x->part_of.empty() && x->part_of == y->id) || (!y->part_of.empty() && y->part_of == x->id))
      return true;
  }
  for (const Relation& r : c.doc.all<Relation>())
    if ((r.kind == RelationKind::leads || r.kind == RelationKind::part_of ||
         r.kind == RelationKind::joined) &&
        ((r.a == a && r.b == b) || (r.a == b && r.b == a)))
      return true;
  return false;
}

bool places_clash(const Document& doc, Id<Place> a, Id<Place> b) {
  if (!a || !b || a == b) return false;
  const Place &x = doc[a], &y = doc[b];
  if (!x.resolved || !y.resolved || x.gazetteer == y.gazetteer) return false;
  const auto point = [](const Place& p) { return p.precision <= PlacePrecision::near; };
  if (!point(x) || !point(y)) return x.country != y.country && !x.country.empty() && !y.country.empty();
  constexpr double kDegree = 111.2, kApart = 25;
  const double dy = (x.lat - y.lat) * kDegree;
  const double dx = (x.lon - y.lon) * kDegree * std::cos((x.lat + y.lat) * 0.00872664626);
  return std::sqrt(dx * dx + dy * dy) > kApart;
}

bool times_clash(const Document& doc, Id<Time> a, Id<Time> b) {
  if (!a || !b) return false;
  const Time &x = doc[a], &y = doc[b];
  if (!x.from || !y.from || !x.to || !y.to) return false;
  return x.to < y.from || y.to < x.from;
}

Id<Entity> affiliation_of(const Context& c, const Source& source, Id<Entity> entity) {
  const Id<Token> head = source.mention_head ? source.mention_head : source.head;
  if (!head) return {};
  const Tree& tree = c.tree;
  const auto look = [&](Id<Token> noun) -> Id<Entity> {
    for (Id<Token> child : tree.children(noun)) {
      const Deprel rel = tree[child].deprel;
      const bool ties =
          rel == Deprel::nmod_poss || rel == Deprel::compound ||
          (rel == Deprel::nmod &&
           (marked_by(tree, child, "of") || marked_by(tree, child, "for") || marked_by(tree, child, "from") ||
            marked_by(tree, child, "with") || marked_by(tree, child, "in")));
      if (!ties) continue;
      if (const Id<Entity> e = actor_at(c, child); e && e != entity) return e;
    }
    return {};
  };
  const auto around = [&](Id<Token> noun) -> Id<Entity> {
    if (const Id<Entity> e = look(noun)) return e;
    for (Id<Token> child : tree.children(noun))
      if (tree[child].deprel == Deprel::appos || tree[child].deprel == Deprel::compound ||
          tree[child].deprel == Deprel::flat)
        if (const Id<Entity> e = look(child)) return e;
    return {};
  };
  if (const Id<Entity> e = around(head)) return e;
  if (!entity) return {};
  for (const Relation& r : c.doc.all<Relation>())
    if ((r.kind == RelationKind::leads || r.kind == RelationKind::part_of) && r.a == entity && r.b)
      return r.b;
  // The words of another mention ("the army spokesman" where this one says "he").
  constexpr std::size_t kMostMentions = 32;
  const auto mentions = c.mentions_of(entity);
  for (std::size_t i = 0; i < std::min(mentions.size(), kMostMentions); ++i) {
    const Id<Token> other = c.doc.all<Mention>()[mentions[i]].head;
    if (!other || other == head) continue;
    if (const Id<Entity> e = around(other)) return e;
  }
  return {};
}

Id<Time> said_at(const Context& c, const Draft& d) {
  if (!d.cue_token || d.narrator) return {};
  for (Id<Token> child : c.tree.children(d.cue_token)) {
    if (holds(d, child.value) || child.value >= c.time_at.size()) continue;
    const Deprel rel = c.tree[child].deprel;
    if (rel != Deprel::obl && rel != Deprel::obl_unmarked && rel != Deprel::advmod) continue;
    if (c.time_at[child.value] != kNoToken) return Id<Time>(std::size_t(c.time_at[child.value]));
  }
  return {};
}

}  // namespace annalist::claims
