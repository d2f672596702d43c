// The left-to-right sieve: words that mean what was said before.
#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/strings.h"
#include "lang/coref_sieves.h"

namespace annalist::lang {

namespace {

constexpr std::size_t kWindow = 60;         // mentions looked back at
constexpr std::uint32_t kPronounReach = 4;  // sentences
constexpr std::uint32_t kNominalReach = 6;
constexpr int kSubjectAhead = 90;  // what an earlier candidate must have to beat a subject that follows
constexpr int kEnough = 20;        // salience below which nothing is meant

/// Points for the place of a mention in its clause, after Lappin and Leass 1994.
int role_points(Deprel rel) {
  switch (rel) {
    case Deprel::nsubj:
    case Deprel::nsubj_pass:
    case Deprel::nsubj_outer:
      return 30;
    case Deprel::obj:
      return 16;
    case Deprel::iobj:
    case Deprel::obl_agent:
      return 12;
    case Deprel::obl:
      return 6;
    case Deprel::nmod_poss:
      return 10;
    case Deprel::root:
      return 12;
    default:
      return 0;
  }
}

int recency_points(std::uint32_t sentences) {
  static constexpr int kPoints[] = {50, 30, 16, 8, 2};
  return sentences < std::size(kPoints) ? kPoints[sentences] : -20;
}

class Anaphora {
 public:
  explicit Anaphora(CorefScene& scene) : scene_(scene) {
    for (std::uint32_t i = 0; i < scene.size(); ++i)
      if (scene.mention(i).form == MentionForm::name && scene.link(i).id)
        named_.try_emplace(scene.link(i).id.value, i);
  }

  void run() {
    settle_speakers();
    const auto& order = scene_.order();
    for (std::size_t at = 0; at < order.size(); ++at) {
      const std::uint32_t i = order[at];
      const MentionForm form = scene_.mention(i).form;
      if (form == MentionForm::pronoun)
        pronoun(i, at);
      else if (form == MentionForm::nominal)
        nominal(i, at);
      note_body(i);
    }
  }

 private:
  const View& view(std::uint32_t i) const { return scene_.view(i); }

  /// ", he added": the pronoun that speaks again is who spoke last.
  void settle_speakers() {
    std::int32_t last = -1;
    for (const Quote& q : scene_.quotes()) {
      if (q.speaker < 0) continue;
      const auto now = static_cast<std::uint32_t>(q.speaker);
      if (scene_.mention(now).form != MentionForm::pronoun) {
        last = q.speaker;
      } else if (const std::int32_t by = last_to_speak(now, last);
                 by >= 0 && view(now).person == 3 && agree(now, std::uint32_t(by))) {
        scene_.merge(std::uint32_t(by), now);
        settled_.insert(now);
      }
    }
  }

  /// Who spoke last before `now`, at most four sentences back: the speaker of the last quotation, or somebody
  /// whose words were reported without quotation marks since ("a spokesman denied it. '...,' he said"). -1:
  /// none.
  std::int32_t last_to_speak(std::uint32_t now, std::int32_t quoted) const {
    for (std::uint32_t c = now; c-- > 0 && view(c).sentence + 4 >= view(now).sentence;) {
      if (std::int32_t(c) == quoted) return quoted;
      if (view(c).speaks && view(c).quote < 0 && view(c).sentence < view(now).sentence && view(c).human &&
          scene_.mention(c).form != MentionForm::pronoun)
        return std::int32_t(c);
    }
    return quoted >= 0 && view(now).sentence <= view(std::uint32_t(quoted)).sentence + 4 ? quoted : -1;
  }

  bool settled(std::uint32_t i) const { return settled_.contains(i); }

  /// True if `c` is the speaker or the group he speaks for: nobody calls himself "he", or his group "this
  /// group".
  bool own_side(std::int32_t speaker, std::uint32_t c) const {
    if (speaker < 0) return false;
    const auto s = static_cast<std::uint32_t>(speaker);
    if (scene_.find(c) == scene_.find(s)) return true;
    const std::int64_t group = group_of(s);
    return group >= 0 && scene_.find(c) == scene_.find(static_cast<std::uint32_t>(group));
  }

  std::int32_t speaker_of(std::uint32_t i) const {
    return view(i).quote < 0 ? -1 : scene_.quotes()[std::size_t(view(i).quote)].speaker;
  }

  /// Number, gender and animacy of a third person pronoun and a candidate.
  bool agree(std::uint32_t p, std::uint32_t c) const {
    const View &pro = view(p), &can = view(c);
    const Gender g = scene_.gender_of(c);
    if (can.time) return false;
    if (pro.gender != Gender::unknown) {
      if (g != Gender::unknown && g != pro.gender) return false;
      if (can.number == Number::plural || scene_.is_body(c)) return false;
      return (can.human || (scene_.mention(c).form == MentionForm::pronoun && can.human)) &&
             scene_.number_of(c) != Number::plural;
    }
    if (pro.number == Number::plural) {
      if (can.number == Number::plural) return true;
      return can.body || scene_.mention(c).type == EntityType::norp;  // "police ... they"
    }
    return !can.human && can.number != Number::plural;  // it
  }

  /// Two arguments of one predicate are two things unless the later one is reflexive; a phrase does not mean
  /// its own part.
  bool bound(std::uint32_t p, std::uint32_t c) const {
    const Mention &a = scene_.mention(p), &b = scene_.mention(c);
    if (a.span.contains(b.span) || b.span.contains(a.span)) return true;
    const View& pro = view(p);
    if (pro.possessive || view(c).sentence != pro.sentence) return false;
    const Id<Token> ha = scene_.tree().head(a.head), hb = scene_.tree().head(b.head);
    const bool same_clause = hb && is_argument(a.head) && is_argument(b.head) &&
                             (ha == hb || (is_subject(b.head) && subject_verb(ha) == hb));
    return pro.reflexive ? !same_clause : same_clause;
  }

  bool is_subject(Id<Token> t) const {
    const Deprel d = scene_.tree()[t].deprel;
    return d == Deprel::nsubj || d == Deprel::nsubj_pass;
  }

  /// The verb that holds the subject of `verb`: "lured them and shot them" has one of both.
  Id<Token> subject_verb(Id<Token> verb) const {
    const Tree& tree = scene_.tree();
    for (int i = 0; i < 4 && verb && tree.head(verb); ++i) {
      // "fired into the air to disperse them": the purpose is that of who fired
      const bool shares = tree[verb].deprel == Deprel::conj ||
                          (tree[verb].deprel == Deprel::advcl && tree[verb].is(MorphFlag::infinitive));
      if (!shares || tree.has_child(verb, Deprel::nsubj) || tree.has_child(verb, Deprel::nsubj_pass)) break;
      verb = tree.head(verb);
    }
    return verb;
  }

  bool is_argument(Id<Token> t) const {
    switch (scene_.tree()[t].deprel) {
      case Deprel::nsubj:
      case Deprel::nsubj_pass:
      case Deprel::obj:
      case Deprel::iobj:
      case Deprel::obl:
      case Deprel::obl_agent:
        return true;
      default:
        return false;
    }
  }

  int salience(std::uint32_t p, std::uint32_t c) const {
    const View &pro = view(p), &can = view(c);
    const Syntax& s = scene_.tree()[scene_.mention(c).head];
    int points = recency_points(pro.sentence - can.sentence) + role_points(s.deprel);
    points += std::min<int>(5, static_cast<int>(scene_.cluster_size(c))) * 2;
    if (scene_.mention(c).form == MentionForm::name) points += 6;
    if (scene_.mention(c).form == MentionForm::pronoun) points += 6;
    const Id<Token> pro_head = scene_.mention(p).head, can_head = scene_.mention(c).head;
    if (s.deprel == scene_.tree()[pro_head].deprel) points += 8;
    // "lured the men and shot them": whom the verb before it had as object.
    const Id<Token> verb = scene_.tree().head(pro_head);
    if (s.deprel == Deprel::obj && verb && scene_.tree()[verb].deprel == Deprel::conj &&
        scene_.tree().head(can_head) == subject_verb(verb))
      points += 20;
    if (can.headline) points -= 15;
    if (pro.number == Number::plural && can.number != Number::plural) points -= 15;  // "they" of one body
    if (can.definite == Definite::indefinite && scene_.mention(c).form == MentionForm::nominal) points -= 2;
    if (!can.actor && scene_.mention(c).form == MentionForm::nominal) points -= 6;
    if (pro.speaks && can.speaks && pro.quote < 0) points += 20;  // "he added" is who spoke before
    points += captive_points(p, c);
    // What is told inside quotations goes on inside quotations; who tells it stays outside.
    if (pro.quote >= 0) {
      if (can.speaks && can.quote < 0) points -= 45;
      if (can.quote >= 0) points += 12;
    } else if (can.quote >= 0) {
      points -= 12;
    }
    return points;
  }

  /// "Gunmen abducted two monks. They were freed": the monks were.
  int captive_points(std::uint32_t p, std::uint32_t c) const {
    constexpr int kCaptive = 40;
    const Tree& tree = scene_.tree();
    const CorefWords& words = scene_.words();
    const Id<Token> pro = scene_.mention(p).head, can = scene_.mention(c).head;
    const Id<Token> let_go = tree.head(pro), took = tree.head(can);
    if (!let_go || !words.is(tree.lemma(let_go), WordClass::freed)) return 0;
    const auto undergoes = [&](Id<Token> t) {
      return tree[t].deprel == Deprel::obj || tree[t].deprel == Deprel::nsubj_pass;
    };
    const bool gets_away = tree[pro].deprel == Deprel::nsubj && !tree.has_child(let_go, Deprel::obj);
    if (!undergoes(pro) && !gets_away) return 0;
    if (words.is(view(c).head, WordClass::captive)) return kCaptive;
    // Who flees may be either side of an abduction.
    if (!took || !words.is(tree.lemma(took), WordClass::captive) || tree.lemma(let_go) == "flee") return 0;
    return undergoes(can) ? kCaptive : tree[can].deprel == Deprel::nsubj ? -kCaptive : 0;
  }

  void pronoun(std::uint32_t i, std::size_t at) {
    const View& v = view(i);
    if (v.person == 2) {  // whom the narrator or one speaker addresses is taken to be the same throughout
      const std::int32_t speaker = speaker_of(i);
      return join_with_last(speaker < 0 ? reader_ : you_of_[scene_.find(std::uint32_t(speaker))], i);
    }
    if (v.person == 1) return first_person(i);
    if (settled(i)) return;
    const std::int32_t speaker = speaker_of(i);
    std::int64_t best = -1;
    int best_points = kEnough;
    std::size_t seen = 0;
    for (std::size_t back = at; back-- > 0 && seen < kWindow; ++seen) {
      const std::uint32_t c = scene_.order()[back];
      if (view(c).sentence + kPronounReach < v.sentence) break;
      if (view(c).person == 1 || view(c).person == 2) continue;
      if (scene_.mention(c).form == MentionForm::pronoun && scene_.cluster_size(c) == 1) continue;
      if (scene_.words().is(view(c).head, WordClass::abstract) &&
          scene_.mention(c).form == MentionForm::nominal)
        continue;
      if (!agree(i, c) || bound(i, c)) continue;
      if (speaker >= 0 && scene_.find(c) == scene_.find(std::uint32_t(speaker)))
        continue;  // he does not call himself he
      if (clashes(i, c)) continue;
      const int points = salience(i, c);
      if (points > best_points) {
        best_points = points;
        best = c;
      }
    }
    if (const std::int64_t ahead = subject_ahead(i, at); ahead >= 0 && best_points < kSubjectAhead)
      best = ahead;
    if (best >= 0) scene_.merge(static_cast<std::uint32_t>(best), i);
  }

  /// "A day after his arrest, Haddad said ...": the named subject that follows a fronted phrase; -1:
  /// none.
  std::int64_t subject_ahead(std::uint32_t i, std::size_t at) const {
    const auto& order = scene_.order();
    const Tree& tree = scene_.tree();
    for (std::size_t next = at + 1; next < order.size() && next < at + 8; ++next) {
      const std::uint32_t c = order[next];
      if (view(c).sentence != view(i).sentence) return -1;
      const Id<Token> head = scene_.mention(c).head;
      const Deprel rel = tree[head].deprel;
      if (scene_.mention(c).form != MentionForm::name || (rel != Deprel::nsubj && rel != Deprel::nsubj_pass))
        continue;
      const Id<Token> verb = tree.head(head);
      Id<Token> front = scene_.mention(i).head;  // climb to the child of the verb that holds the pronoun
      for (std::size_t steps = 0; front && tree.head(front) != verb && steps < 64; ++steps)
        front = tree.head(front);
      if (!front || front > head) return -1;
      const bool fronted = tree[front].deprel == Deprel::obl || tree[front].deprel == Deprel::advcl ||
                           tree[front].deprel == Deprel::obl_unmarked;
      return fronted && agree(i, c) ? std::int64_t(c) : -1;
    }
    return -1;
  }

  /// True if a member of the candidate's cluster is a fellow argument of the pronoun: "Ali told him" after
  /// "Ali".
  bool clashes(std::uint32_t p, std::uint32_t c) const {
    const Mention& m = scene_.mention(p);
    if (view(p).possessive || view(p).reflexive || !is_argument(m.head)) return false;
    const Id<Token> verb = scene_.tree().head(m.head);
    if (!verb) return false;
    const Id<Token> shared = subject_verb(verb);
    const std::uint32_t cluster = scene_.find(c);
    for (std::size_t back = 1; back <= 12; ++back) {
      for (const std::int64_t near :
           {std::int64_t(p) - std::int64_t(back), std::int64_t(p) + std::int64_t(back)}) {
        if (near < 0 || near >= std::int64_t(scene_.size())) continue;
        const auto k = static_cast<std::uint32_t>(near);
        if (scene_.find(k) != cluster || !scene_.mention(k).head) continue;
        const Id<Token> near_head = scene_.mention(k).head, near_verb = scene_.tree().head(near_head);
        if (near_verb == verb && is_argument(near_head)) return true;
        if (near_verb && near_verb == shared && is_subject(near_head)) return true;
      }
    }
    return false;
  }

  /// "I" is who speaks; "we" is the group he speaks for, or the body that speaks. Outside quotations both are
  /// the narrator.
  void first_person(std::uint32_t i) {
    const View& v = view(i);
    const std::int32_t speaker = speaker_of(i);
    const bool one = v.number == Number::singular;
    if (speaker >= 0) {
      const auto s = static_cast<std::uint32_t>(speaker);
      if (one) {
        if (view(s).human || scene_.mention(s).form == MentionForm::pronoun) scene_.merge(s, i);
        return;
      }
      if (const std::int64_t group = group_of(s); group >= 0)
        scene_.merge(static_cast<std::uint32_t>(group), i);
      else if (!view(s).human || view(s).number == Number::plural)
        scene_.merge(s, i);
      else
        join_with_last(we_of_[scene_.find(s)], i);
      return;
    }
    if (v.quote < 0) join_with_last(one ? narrator_ : narrators_, i);
  }

  void join_with_last(std::int64_t& last, std::uint32_t i) {
    if (last > 0) scene_.merge(static_cast<std::uint32_t>(last - 1), i);
    last = std::int64_t(i) + 1;
  }

  /// The mention of the group that a person's cluster leads or belongs to; -1: none in the report.
  std::int64_t group_of(std::uint32_t person) const {
    if (const std::int32_t led = scene_.leads(person); led >= 0) return led;
    const StrId id = scene_.group_of(person);
    if (!id) return -1;
    const auto it = named_.find(id.value);
    return it == named_.end() ? -1 : std::int64_t(it->second);
  }

  void nominal(std::uint32_t i, std::size_t at) {
    const View& v = view(i);
    if (v.possessor >= 0) return possessed(i);
    if (v.definite != Definite::definite && v.definite != Definite::demonstrative) return;
    if (scene_.cluster_size(i) > 1 || v.time || scene_.words().is(v.head, WordClass::abstract)) return;
    if (const std::int64_t own = group_of_reporter(i); own >= 0)
      return scene_.merge(static_cast<std::uint32_t>(own), i);
    if (const std::int64_t own = told_by_head(i); own >= 0)
      return scene_.merge(static_cast<std::uint32_t>(own), i);
    const std::int32_t speaker = speaker_of(i);
    std::int64_t best = -1;
    int best_points = 0;
    std::size_t seen = 0;
    for (std::size_t back = at; back-- > 0 && seen < kWindow; ++seen) {
      const std::uint32_t c = scene_.order()[back];
      if (view(c).sentence + kNominalReach < v.sentence) break;
      if (scene_.mention(c).form == MentionForm::pronoun) continue;
      const Mention &a = scene_.mention(i), &b = scene_.mention(c);
      if (a.span.contains(b.span) || b.span.contains(a.span)) continue;
      const int match = likeness(i, c);
      if (match == 0 || own_side(speaker, c)) continue;
      const int points = match + salience(i, c) + behind_its_men(i, c);
      if (points > best_points) {
        best_points = points;
        best = c;
      }
    }
    if (best >= 0) scene_.merge(static_cast<std::uint32_t>(best), i);
  }

  /// "the coalition", wherever before "the X Coalition" or "the X gang coalition" was told of: the nearest
  /// body of that head; -1: none, or a head that says no kind ("the group").
  std::int64_t told_by_head(std::uint32_t i) const {
    const View& v = view(i);
    const ActorKind kind = scene_.link(i).kind;
    if (v.modified || v.number != Number::singular || kind == ActorKind::none || kind == ActorKind::other ||
        !scene_.words().is(v.head, WordClass::group))
      return -1;
    const auto it = bodies_.find(v.head);
    return it == bodies_.end() ? -1 : std::int64_t(it->second);
  }

  /// Keeps what "the coalition" may mean further on.
  void note_body(std::uint32_t i) {
    const View& v = view(i);
    const MentionForm form = scene_.mention(i).form;
    if (!v.body || v.number == Number::plural || form == MentionForm::pronoun) return;
    if (form == MentionForm::name)
      bodies_.insert_or_assign(std::string(last_word(v.key)), i);
    else if (v.modified)
      bodies_.insert_or_assign(v.head, i);
  }

  /// "Fighters of X seized a truck. The group ...": X acts where its fighters do.
  int behind_its_men(std::uint32_t i, std::uint32_t c) const {
    if (!scene_.words().is(view(i).head, WordClass::group)) return 0;
    const Tree& tree = scene_.tree();
    const Id<Token> name = scene_.mention(c).head;
    const Id<Token> men = tree[name].deprel == Deprel::nmod || tree[name].deprel == Deprel::compound
                              ? tree.head(name)
                              : Id<Token>();
    if (!men || tree[men].upos != Upos::noun || !armed(scene_.link(c).kind)) return 0;
    return role_points(tree[men].deprel);
  }

  static bool armed(ActorKind kind) {
    return kind == ActorKind::armed_group || kind == ActorKind::militia || kind == ActorKind::unknown_armed;
  }

  /// "X commander Y said the group had taken the town": the group of whoever's words are reported without
  /// quotation marks; -1: not that.
  std::int64_t group_of_reporter(std::uint32_t i) const {
    const View& v = view(i);
    if (v.quote >= 0 || v.modified || v.number != Number::singular || v.definite != Definite::definite ||
        !scene_.words().is(v.head, WordClass::group))
      return -1;
    for (std::uint32_t c = i; c-- > 0 && view(c).sentence == v.sentence;)
      if (view(c).speaks && view(c).human && view(c).quote < 0) return group_of(c);
    return -1;
  }

  /// How well a definite description fits an earlier mention: 0 not at all.
  int likeness(std::uint32_t i, std::uint32_t c) const {
    const View &v = view(i), &can = view(c);
    const bool name = scene_.mention(c).form == MentionForm::name;
    if (v.number != can.number && !name) return 0;
    // The same head, and nothing new said: "the rebels" after "US-backed rebels", "the brigade" after "X
    // Brigade".
    const bool same_head = name ? last_word(can.key) == v.head : can.head == v.head;
    const ActorLink &a = scene_.link(i), &b = scene_.link(c);
    // "the army" is no National Liberation Army that fights it.
    if (same_head && of_state(a.kind) && b.kind == ActorKind::armed_group) return 0;
    if (same_head) return subset(v.key, can.key, v.head) ? 60 : 0;
    // "the guerrilla group" after the name of one.
    if (v.modified && name && b.id && can.body && a.kind == b.kind && a.kind == ActorKind::armed_group &&
        v.number == Number::singular && scene_.words().is(v.head, WordClass::group))
      return 30;
    if (v.modified) return 0;
    // A country's link has its code; other places have none.
    if (scene_.words().is(v.head, WordClass::country)) return name && can.place && b.country ? 30 : 0;
    if (v.place) return name && can.place && !b.country && !b.id && v.number == Number::singular ? 30 : 0;
    if (!name && (can.definite == Definite::definite || can.definite == Definite::demonstrative)) return 0;
    if (scene_.words().is(v.head, WordClass::group) && v.number == Number::singular) {
      if (!can.body || can.human || can.place || can.number == Number::plural) return 0;
      if (b.kind == ActorKind::none || b.kind == ActorKind::state || b.kind == ActorKind::government ||
          b.kind == ActorKind::media || of_state(b.kind))
        return 0;
      const bool said = a.kind != ActorKind::other && a.kind != ActorKind::none;
      return said && a.kind != b.kind && a.kind != ActorKind::coalition ? 0 : 30;
    }
    // "the attackers", "the kidnappers": the armed people who were told of, whatever they were called.
    if (scene_.words().is(v.head, WordClass::assailant) && v.number == can.number)
      if (armed(b.kind) || b.kind == ActorKind::criminal) return 24;
    if (!v.actor || a.kind != b.kind || a.kind == ActorKind::other || a.kind == ActorKind::civilians) {
      // "the leader", "the president" of a named person.
      const bool office =
          v.actor && v.human && v.number == Number::singular && b.kind == ActorKind::person && name;
      return office && scene_.words().is(v.head, WordClass::leader) ? 20 : 0;
    }
    if (!stands_alone(a.kind) || (a.country && b.country && a.country != b.country)) return 0;
    if (v.number == Number::singular && v.human != can.human) return 0;
    if (!name) return 0;  // "the army" is no "supply convoy"
    return 24;
  }

  /// Kinds of which a report mostly has one: "the army", "the police", "the rebels", "the court".
  static bool stands_alone(ActorKind kind) {
    switch (kind) {
      case ActorKind::military:
      case ActorKind::police:
      case ActorKind::government:
      case ActorKind::legislature:
      case ActorKind::judiciary:
      case ActorKind::armed_group:
      case ActorKind::militia:
      case ActorKind::opposition:
      case ActorKind::unknown_armed:
        return true;
      default:
        return false;
    }
  }

  static bool of_state(ActorKind kind) { return kind == ActorKind::military || kind == ActorKind::police; }

  static std::string_view last_word(std::string_view key) {
    const std::size_t blank = key.rfind(' ');
    return blank == std::string_view::npos ? key : key.substr(blank + 1);
  }

  /// Every word of the later phrase, its head aside, stands in the earlier one.
  static bool subset(std::string_view later, std::string_view earlier, std::string_view head) {
    const auto have = split_list(earlier, ' ');
    const auto words = split_list(later, ' ');
    for (std::size_t w = 0; w < words.size(); ++w) {
      const bool is_head = w + 1 == words.size() || words[w] == head;
      if (!is_head && std::find(have.begin(), have.end(), words[w]) == have.end()) return false;
    }
    return true;
  }

  /// "his fighters" are new, the same whenever the same man has them; "his group" is the group he leads.
  void possessed(std::uint32_t i) {
    const View& v = view(i);
    const auto owner = static_cast<std::uint32_t>(v.possessor);
    if (scene_.words().is(v.head, WordClass::group) && v.number == Number::singular && !v.modified)
      if (const std::int64_t group = group_of(owner); group >= 0) {
        scene_.merge(static_cast<std::uint32_t>(group), i);
        return;
      }
    if (scene_.mention(owner).form == MentionForm::pronoun && scene_.cluster_size(owner) == 1) return;
    const std::string key =
        v.head + (v.number == Number::plural ? "+ " : " ") + std::to_string(scene_.find(owner));
    if (const auto [it, fresh] = owned_.try_emplace(key, i); !fresh) scene_.merge(it->second, i);
  }

  CorefScene& scene_;
  std::unordered_map<std::uint32_t, std::uint32_t> named_;  // first name of an actor, by id
  std::unordered_map<std::string, std::uint32_t> bodies_;   // last body told of, by its head word
  std::unordered_set<std::uint32_t> settled_;
  std::unordered_map<std::string, std::uint32_t> owned_;
  std::unordered_map<std::uint32_t, std::int64_t> we_of_, you_of_;  // by speaker: last "we", "you" + 1
  std::int64_t narrator_ = 0, narrators_ = 0, reader_ = 0;
};

}  // namespace

void join_anaphora(CorefScene& scene) { Anaphora(scene).run(); }

}  // namespace annalist::lang
