#include "event/deeds.h"

#include <algorithm>

namespace annalist::event {
namespace {

using Deed = DeedTag::Role;

constexpr int kSure = 140;              // of 255: a word with that much in a role plays it
constexpr int kDoubt = 77;              // no word of the sentence has more in any role: nothing is told there
constexpr int kUntold = 51;             // a participant with less in its role is told of in no incident
constexpr std::size_t kLongReport = 6;  // sentences
constexpr std::uint32_t kReach = 1;     // sentences from the deed to its trigger

/// Violence by one side: what the tags were learned from. Fights have two sides and no victims.
bool one_sided(const Scene& scene, const Draft& d) {
  const TypeInfo& type = scene.codebook().type(d.type);
  if (type.name == "destroy") return true;
  return type.violent && !type.symmetric && (type.group == "fight" || type.group == "harm");
}

/// What befalls persons by the law: victims too, where no violence is told beside it.
bool of_custody(const Scene& scene, const Draft& d) {
  const std::string& name = scene.codebook().type(d.type).name;
  return name == "arrest" || name == "convict";
}

/// The tags were learned from whole reports. A short item is news as a whole, told in the clause of its verb.
bool is_long(const Scene& scene) { return scene.doc().all<Sentence>().size() >= kLongReport; }

/// Somebody did it to somebody: that is no way of speaking.
bool has_both_sides(const Draft& d) {
  const auto has = [&](EventRole role) {
    return std::ranges::any_of(d.participants, [&](const Participant& p) { return p.role == role; });
  };
  return has(EventRole::actor) && has(EventRole::target);
}

EventRole role_of(Deed deed) {
  switch (deed) {
    case DeedTag::doer:
    case DeedTag::doer_group:
      return EventRole::actor;
    case DeedTag::weapon:
      return EventRole::instrument;
    default:
      return EventRole::target;
  }
}

/// A run of words tagged with one deed.
struct Part {
  Deed deed = DeedTag::doer;
  std::uint32_t sentence = 0;
  Id<Token> head;
  Span span;
};

class Filler {
 public:
  Filler(const Scene& scene, std::span<const DeedTag> tags, std::vector<Draft>& drafts)
      : scene_(scene), tree_(scene.tree()), tags_(tags), drafts_(drafts) {}

  void run() {
    const auto sentences = scene_.doc().all<Sentence>();
    for (std::uint32_t s = 0; s < sentences.size(); ++s) {
      const Range<Token> tokens = sentences[s].tokens;
      if (tokens.count == 0 || !scene_.in_body(tokens[0])) continue;
      for (std::size_t r = 0; r < DeedTag::kRoles; ++r)
        if (r != DeedTag::described)
          read_sentence(s, tokens, static_cast<Deed>(r));  // too many are said twice
    }
    for (const Part& part : parts_) place(part);
  }

 private:
  void read_sentence(std::uint32_t sentence, Range<Token> tokens, Deed deed) {
    for (std::uint32_t t = tokens.first; t < tokens.end(); ++t) {
      if (tags_[t].any(deed) <= kSure) continue;
      std::uint32_t end = t + 1;
      while (end < tokens.end() && tags_[end].any(deed) > kSure &&
             tags_[end].inside[deed] >= tags_[end].begin[deed])
        ++end;
      if (const Id<Token> head = head_of(t, end); head && (scene_.is_noun(head)))
        parts_.push_back(whole({deed, sentence, head,
                                tree_.token(Id<Token>(t)).span.join(tree_.token(Id<Token>(end - 1)).span)}));
      t = end - 1;
    }
  }

  /// The first word that hangs on none of the others.
  Id<Token> head_of(std::uint32_t first, std::uint32_t end) const {
    for (std::uint32_t t = first; t < end; ++t) {
      const Id<Token> up = tree_.head(Id<Token>(t));
      if (!up || up.value < first || up.value >= end) return Id<Token>(t);
    }
    return {};
  }

  /// Tags end where they are unsure: all of a name, and a noun with the words before it that say which.
  Part whole(Part part) const {
    const Id<Mention> m = scene_.mention(part.head);
    if (m && scene_.doc()[m].form == MentionForm::name) {
      const Mention& name = scene_.doc()[m];
      if (name.head) part.head = name.head;
      part.span = name.span;
      return part;
    }
    for (const Id<Token> c : tree_.children(part.head))
      if (c < part.head && (scene_.deprel(c) == Deprel::compound || scene_.deprel(c) == Deprel::amod))
        part.span = part.span.join(tree_.token(c).span);
    return part;
  }

  /// Known already, in whatever such draft and role stands nearby: the frames know better.
  template <class Takes>
  bool known(const Part& part, Takes takes) const {
    return std::ranges::any_of(drafts_, [&](const Draft& d) {
      return distance(d, part) <= kReach && takes(scene_, d) &&
             std::ranges::any_of(d.participants, [&](const Participant& p) {
               // Whose fighters attacked is not whom they attacked.
               const bool within = p.role != role_of(part.deed) && tree_.dominates(p.head, part.head);
               return within || p.head == part.head ||
                      (p.span.begin < part.span.end && part.span.begin < p.span.end);
             });
    });
  }

  static std::uint32_t distance(const Draft& d, const Part& part) {
    return d.sentence > part.sentence ? d.sentence - part.sentence : part.sentence - d.sentence;
  }

  /// "X said gunmen killed ten", "X condemned the raid": who tells it, in whatever word of the name.
  bool tells(Id<Token> t) const {
    for (int i = 0; i < 4 && t; ++i, t = tree_.head(t)) {
      const Deprel d = scene_.deprel(t);
      const Id<Token> up = tree_.head(t);
      if (d == Deprel::nsubj && up) return scene_.has(up, Class::report) || scene_.has(up, Class::judging);
      if (d != Deprel::flat && d != Deprel::compound && d != Deprel::appos) return false;
    }
    return false;
  }

  /// Such do harm; that they suffer it is for the frames to say.
  bool is_armed_group(Id<Token> t) const {
    const ActorLink* link = scene_.actor(t);
    return link && (link->kind == ActorKind::armed_group || link->kind == ActorKind::militia ||
                    link->kind == ActorKind::unknown_armed);
  }

  /// Whose clause names the doer is done by no one of another sentence.
  static bool has_doer_elsewhere(const Draft& d, const Part& part) {
    return role_of(part.deed) == EventRole::actor && d.sentence != part.sentence &&
           std::ranges::any_of(d.participants,
                               [](const Participant& p) { return p.role == EventRole::actor; });
  }

  void place(const Part& part) {
    if (role_of(part.deed) == EventRole::target && is_armed_group(part.head)) return;
    if (known(part, one_sided) || tells(part.head)) return;
    Draft* best = nearest(part, one_sided);
    if (!best && part.deed == DeedTag::victim && !known(part, of_custody)) best = nearest(part, of_custody);
    if (best && best->trigger != part.head && !has_doer_elsewhere(*best, part))
      best->participants.push_back({role_of(part.deed), part.head, part.span});
  }

  template <class Takes>
  Draft* nearest(const Part& part, Takes takes) {
    Draft* best = nullptr;
    std::pair<std::uint32_t, std::uint32_t> least{kReach + 1, 0};
    for (Draft& d : drafts_) {
      if (!takes(scene_, d) || scene_.in_headline(d.trigger)) continue;
      const std::uint32_t words = d.trigger.value > part.head.value ? d.trigger.value - part.head.value
                                                                    : part.head.value - d.trigger.value;
      const std::pair at{distance(d, part), words};
      if (at < least) {
        least = at;
        best = &d;
      }
    }
    return best;
  }

  const Scene& scene_;
  const Tree& tree_;
  const std::span<const DeedTag> tags_;
  std::vector<Draft>& drafts_;
  std::vector<Part> parts_;
};

}  // namespace

void fill_from_deeds(const Scene& scene, std::span<const DeedTag> tags, std::vector<Draft>& drafts) {
  if (!tags.empty() && is_long(scene)) Filler(scene, tags, drafts).run();
}

namespace {

/// The most that a word of the span has in the parts of the role.
int share_of(const Scene& scene, std::span<const DeedTag> tags, Range<Token> sentence, const Participant& p) {
  int most = 0;
  for (std::uint32_t t = sentence.first; t < sentence.end(); ++t) {
    const Span word = scene.tree().token(Id<Token>(t)).span;
    if (word.end <= p.span.begin || word.begin >= p.span.end) continue;
    for (std::size_t r = 0; r < DeedTag::kRoles; ++r)
      if (role_of(static_cast<Deed>(r)) == p.role) most = std::max(most, tags[t].any(static_cast<Deed>(r)));
  }
  return most;
}

/// A side of a war: the tags know little of them.
bool is_side(const Scene& scene, const Participant& p) {
  if (scene.is(p.head, Class::armed) || scene.is(p.head, Class::state_force)) return true;
  const ActorLink* link = scene.actor(p.head);
  switch (link ? link->kind : ActorKind::none) {
    case ActorKind::state:
    case ActorKind::government:
    case ActorKind::military:
    case ActorKind::police:
    case ActorKind::armed_group:
    case ActorKind::militia:
    case ActorKind::unknown_armed:
      return true;
    default:
      return false;
  }
}

/// Whom the tags cannot rule out: sides of a war, and people without a name.
bool is_beyond_tags(const Scene& scene, const Participant& p) {
  if (is_side(scene, p)) return true;
  const ActorLink* link = scene.actor(p.head);
  const ActorKind kind = link ? link->kind : ActorKind::none;
  const Id<Mention> m = scene.mention(p.head);
  if (!m) return false;
  const MentionForm form = scene.doc()[m].form;
  return form == MentionForm::pronoun ||
         (p.role == EventRole::target && form == MentionForm::nominal && kind != ActorKind::none);
}

}  // namespace

void drop_untold(const Scene& scene, std::span<const DeedTag> tags, std::vector<Draft>& drafts) {
  if (tags.empty() || !is_long(scene)) return;
  const auto sentences = scene.doc().all<Sentence>();
  for (Draft& d : drafts) {
    if (!one_sided(scene, d) || scene.in_headline(d.trigger)) continue;
    std::erase_if(d.participants, [&](const Participant& p) {
      if (p.role == EventRole::beneficiary || is_beyond_tags(scene, p)) return false;
      return share_of(scene, tags, sentences[scene.tree().token(p.head).sentence].tokens, p) < kUntold;
    });
  }
}

int police_share(const Scene& scene, std::span<const DeedTag> tags, const Draft& d) {
  const Range<Token> tokens = scene.doc().all<Sentence>()[d.sentence].tokens;
  if (tags.empty()) return -1;
  enum Act : std::size_t { killing, arrest, force = 3, any };  // of DeedTag::police
  const TypeInfo& type = scene.codebook().type(d.type);
  const Act act = type.name == "arrest"    ? arrest
                  : type.name == "killing" ? killing
                  : type.group == "fight"  ? force
                                           : any;
  int most = 0;
  for (std::uint32_t t = tokens.first; t < tokens.end(); ++t)
    most = std::max(most, static_cast<int>(tags[t].police[act]));
  return most;
}

void doubt_by_deeds(const Scene& scene, std::span<const DeedTag> tags, std::vector<Draft>& drafts) {
  if (tags.empty() || !is_long(scene)) return;
  bool violence_told = false;
  for (Draft& d : drafts) {
    const bool told_before = violence_told;
    violence_told |= scene.codebook().type(d.type).violent && is_real(d.status);
    if (!happened(d.status) || !one_sided(scene, d) || scene.in_headline(d.trigger) || has_both_sides(d))
      continue;
    // "Seven people were killed": what a clause tells of somebody, or counts or dates, is no talk of
    // violence.
    const bool counted = d.deaths.known() || d.injured.known() || d.abducted.known();
    const bool told_of = d.trigger == d.clause && scene.is_verb(d.trigger) && !d.participants.empty();
    if (counted || told_of || d.dated_by_text) continue;
    // "The UN condemned the kidnapping": the one told before.
    if (told_before && scene.is_noun(d.trigger) && scene.points_at(d.trigger)) continue;
    if (std::ranges::any_of(d.participants, [&](const Participant& p) { return is_side(scene, p); }))
      continue;
    const Range<Token> tokens = scene.doc().all<Sentence>()[d.sentence].tokens;
    int most = 0;
    for (std::uint32_t t = tokens.first; t < tokens.end(); ++t)
      for (std::size_t r = 0; r < DeedTag::kRoles; ++r)
        most = std::max(most, tags[t].any(static_cast<Deed>(r)));
    if (most < kDoubt) d.status = EventStatus::generic;
  }
}

}  // namespace annalist::event
