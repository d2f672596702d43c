#include "event/match.h"

#include <algorithm>

#include "event/roles.h"

namespace annalist::event {
namespace {

/// A trigger found in the text, before its frame is checked.
struct Hit {
  const Trigger* trigger = nullptr;
  Id<Token> noun;                    // phrase: the noun that completes it
  const Support* support = nullptr;  // noun: the verb that carries it
  Id<Token> clause;
};

class Matcher {
 public:
  Matcher(const Scene& scene, const Arguments& arguments, const Senses& senses)
      : scene_(scene),
        book_(scene.codebook()),
        tree_(scene.tree()),
        arguments_(arguments),
        senses_(senses),
        views_(scene.doc().all<SenseTag>()),
        report_(senses.report(views_)) {
    for (const Filter& f : book_.filters())
      if (f.document > 0 && is_subject(f)) subjects_.push_back(&f);
  }

  void sentence(std::uint32_t index, std::vector<Draft>& out) {
    const Range<Token> tokens = scene_.doc().all<Sentence>()[index].tokens;
    blocked_ = filtered_groups(tokens);
    consumed_.clear();
    const std::size_t before = out.size();
    // Verbs first, so that the noun of "lay siege" is not read a second time.
    for (const bool verbs : {true, false})
      for (std::uint32_t t = tokens.first; t < tokens.end(); ++t) {
        const Id<Token> token(t);
        const Word word = scene_.word(token);
        if (!may_trigger(token, word) || scene_.is_noun(token) == verbs) continue;
        // "shot dead" too: its adjective
        if (!scene_.is_verb(token) && std::find(consumed_.begin(), consumed_.end(), token) != consumed_.end())
          continue;
        Draft draft;
        if (best_frame(token, word, draft)) {
          draft.sentence = index;
          out.push_back(std::move(draft));
        }
      }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
              [](const Draft& a, const Draft& b) { return a.trigger < b.trigger; });
  }

 private:
  /// True when the document is about what the filter names: many of its words, and few of fighting.
  bool is_subject(const Filter& f) const {
    std::vector<Word> theme, fight;
    for (const Sentence& s : scene_.doc().all<Sentence>()) {
      if (s.tokens.count == 0 || !scene_.in_body(s.tokens[0])) continue;
      for (std::uint32_t t = s.tokens.first; t < s.tokens.end(); ++t) {
        const Id<Token> token(t);
        const Word w = scene_.word(token);
        if (w == 0 || !scene_.is_noun(token)) continue;
        if (std::binary_search(f.words.begin(), f.words.end(), w))
          theme.push_back(w);
        else if (scene_.has(token, Class::armed) || scene_.has(token, Class::weapon) ||
                 scene_.has(token, Class::death))
          fight.push_back(w);
      }
    }
    const auto different = [](std::vector<Word>& words) {
      std::sort(words.begin(), words.end());
      return std::unique(words.begin(), words.end()) - words.begin();
    };
    const auto themes = different(theme);
    return themes >= f.document && themes >= 2 * different(fight);
  }

  bool names_arms(Range<Token> tokens, const Filter& f) const {
    for (std::uint32_t t = tokens.first; t < tokens.end(); ++t) {
      const Id<Token> token(t);
      if (scene_.is_noun(token) && (scene_.has(token, Class::armed) || scene_.has(token, Class::weapon)) &&
          !std::binary_search(f.words.begin(), f.words.end(), scene_.word(token)))
        return true;
    }
    return false;
  }

  std::vector<const Filter*> filtered_groups(Range<Token> tokens) const {
    std::vector<const Filter*> out;
    // Armed men at a match are no players.
    for (const Filter* f : subjects_)
      if (!names_arms(tokens, *f)) out.push_back(f);
    for (const Filter& f : book_.filters()) {
      int hits = 0;
      for (std::uint32_t t = tokens.first; t < tokens.end() && hits < f.least; ++t) {
        const Word w = scene_.word(Id<Token>(t));
        // "stormed the barracks" is no weather
        if (scene_.is_verb(Id<Token>(t)) && !book_.triggers(w).empty()) continue;
        hits += w != 0 && std::binary_search(f.words.begin(), f.words.end(), w);
      }
      if (hits >= f.least) out.push_back(&f);
    }
    return out;
  }

  bool blocked(TypeId type) const {
    for (const Filter* f : blocked_) {
      if (f->groups.empty()) return true;
      if (std::find(f->groups.begin(), f->groups.end(), book_.type(type).group) != f->groups.end())
        return true;
    }
    return false;
  }

  bool has_particle(Id<Token> verb, Word particle) const {
    for (const Id<Token> c : tree_.children(verb)) {
      if (scene_.word(c) == particle && (tree_[c].deprel == Deprel::compound_prt ||
                                         tree_[c].deprel == Deprel::advmod || scene_.upos(c) == Upos::adp))
        return true;
      // "pull out of the town": the parse may give both prepositions to the noun
      if (tree_[c].deprel == Deprel::obl && c.value > verb.value)
        for (const Id<Token> inner : tree_.children(c))
          if (tree_[inner].deprel == Deprel::case_ && scene_.word(inner) == particle &&
              inner.value == verb.value + 1)
            return true;
    }
    return false;
  }

  bool one_of(Id<Token> t, const std::vector<Word>& words) const {
    const Word w = scene_.word(t), f = scene_.form(t);
    return std::any_of(words.begin(), words.end(), [&](Word x) { return x == w || x == f; });
  }

  /// The noun that completes a phrase: object or passive subject, or an oblique with the middle word.
  Id<Token> phrase_noun(Id<Token> verb, const Trigger& t) const {
    for (const Id<Token> c : tree_.children(verb)) {
      if (!one_of(c, t.others)) continue;
      const Deprel d = tree_[c].deprel;
      const bool object =
          d == Deprel::obj || d == Deprel::nsubj_pass || (d == Deprel::nsubj && arguments_.is_passive(verb));
      if (t.middle == 0) {
        // "taken hostage" is parsed in three ways
        const bool complement =
            (d == Deprel::xcomp || d == Deprel::advmod || d == Deprel::ccomp) && !scene_.is_verb(c);
        if (object || complement) return c;
        continue;
      }
      // "called off their strike": the parse may take the noun for an oblique
      const bool bare = d == Deprel::obl && !scene_.preposition(c);
      if ((object || bare) && has_particle(verb, t.middle)) return c;
      if (d == Deprel::obl || d == Deprel::xcomp || d == Deprel::advmod) {
        const Id<Token> p = scene_.preposition(c);
        if (p && scene_.word(p) == t.middle) return c;
      }
    }
    // "held a sit-in in the town": the parse often loses the cut word
    if (t.middle == 0 || has_particle(verb, t.middle))
      for (std::uint32_t k = verb.value + 1; k <= verb.value + 4 && k < tree_.size(); ++k)
        if (const Id<Token> cut(k); scene_.is_joined(cut) && one_of(cut, t.others)) return cut;
    // "set free seventy prisoners": the complement hangs on the object
    const Id<Token> next(verb.value + 1);
    if (t.middle == 0 && next.value < tree_.size() && scene_.upos(next) == Upos::adj &&
        one_of(next, t.others) && tree_.head(next) && tree_.head(tree_.head(next)) == verb)
      return next;
    return {};
  }

  bool has_modifiers(Id<Token> noun, const std::vector<Word>& modifiers) const {
    for (const Word m : modifiers) {
      bool found = false;
      for (const Id<Token> c : tree_.children(noun)) found |= scene_.word(c) == m || scene_.form(c) == m;
      const std::uint32_t first = tree_.sentence_of(noun).tokens.first;
      for (std::uint32_t back = 1; back <= 3 && noun.value >= first + back; ++back)
        found |= scene_.word(Id<Token>(noun.value - back)) == m && back <= modifiers.size() + 1;
      if (!found) return false;
    }
    return true;
  }

  void find_support(Id<Token> noun, Hit& hit) const {
    const Id<Token> verb = tree_.head(noun);
    if (!verb || scene_.word(verb) == 0 || !scene_.is_verb(verb)) return;
    const Deprel d = tree_[noun].deprel;
    const bool passive = arguments_.is_passive(verb);
    const bool object = d == Deprel::obj || d == Deprel::nsubj_pass || (passive && d == Deprel::nsubj);
    const bool subject = (d == Deprel::nsubj && !passive) || d == Deprel::obl_agent ||
                         (passive && d == Deprel::obl && scene_.preposition(noun) &&
                          tree_.lemma(scene_.preposition(noun)) == "by");
    const Id<Token> preposition = scene_.preposition(noun);
    for (const Support& s : book_.supports(scene_.word(verb))) {
      if (s.particle != 0 && !has_particle(verb, s.particle)) continue;
      const bool fits = s.noun_is_subject ? subject
                        : s.preposition != 0
                            ? d == Deprel::obl && preposition && scene_.word(preposition) == s.preposition
                            : object;
      if (!fits) continue;
      hit.support = &s;
      // "this killing will cause trouble": what a told event brings about says nothing of the event itself.
      if (!(s.noun_is_subject && s.object != Support::Gives::nothing && is_definite(noun))) hit.clause = verb;
      return;
    }
  }

  bool is_definite(Id<Token> noun) const {
    for (const Id<Token> c : tree_.children(noun)) {
      const std::string_view lemma = tree_.lemma(c);
      if (tree_[c].deprel == Deprel::nmod_poss || lemma == "the" || lemma == "this" || lemma == "that")
        return true;
    }
    return false;
  }

  bool noun_may_trigger(Id<Token> noun) const {
    const Deprel d = tree_[noun].deprel;
    if ((d == Deprel::compound || d == Deprel::flat || d == Deprel::goeswith) && !scene_.is_joined(noun))
      return false;
    // "in March" is no march. Headlines capitalise everything.
    if (scene_.time(noun) || (scene_.upos(noun) == Upos::propn && !scene_.in_headline(noun))) return false;
    if (const Id<Token> before = scene_.tree().child(noun, Deprel::flat))
      return before.value > noun.value ? false : true;
    const Id<Mention> m = scene_.mention(noun);
    if (!m) return true;
    const Mention& mention = scene_.doc()[m];
    if (mention.form != MentionForm::name) return true;
    return mention.type == EntityType::event || mention.type == EntityType::misc ||
           mention.type == EntityType::weapon;
  }

  /// What the words stand for: the fighters of "dozens of fighters", and that they are counted. "Dozens"
  /// alone are people, "dozens of artifacts" are none.
  ClassMask classes_of(Id<Token> head) const {
    const Id<Token> content = arguments_.content(head);
    const ClassMask own = scene_.classes(head);
    if (content == head) return own;
    return scene_.classes(content) | (scene_.has(head, Class::counted) ? own & ~mask(Class::person) : own);
  }

  bool holds(const Need& need, const Slots& slots) const {
    bool found = false;
    for (const Slot& s : slots)
      if (s.ref == need.slot) found |= need.classes == 0 || (classes_of(s.head) & need.classes) != 0;
    return found != need.bar;
  }

  void fill_slots(Id<Token> token, const Hit& hit, const Frame& frame, Slots& slots) const {
    slots.push_back({{SlotKind::self, 0}, token});
    if (hit.trigger->kind == TriggerKind::noun) {
      arguments_.of_noun(token, frame.of_is_subject, slots);
      if (hit.support)
        support_slots(*hit.support, tree_.head(token), token, book_.type(frame.type).symmetric, slots);
    } else {
      arguments_.of_verb(token, slots);
      if (hit.noun) {
        Slots inner;
        arguments_.of_noun(hit.noun, false, inner);
        std::erase_if(slots, [&](const Slot& s) { return s.head == hit.noun; });
        for (const Slot& s : inner)
          if (s.ref.kind == SlotKind::preposition || s.ref.kind == SlotKind::modifier) slots.push_back(s);
      }
    }
    arguments_.add_owner(slots);
  }

  /// Whom a fight with two sides hits is neither of them: "the clashes displaced thousands".
  void support_slots(const Support& support, Id<Token> verb, Id<Token> noun, bool two_sided,
                     Slots& slots) const {
    constexpr SlotRef kSubject{SlotKind::subject, 0}, kObject{SlotKind::object, 0};
    const auto give = [&](Support::Gives gives, Id<Token> filler_token) {
      if (!filler_token || filler_token == noun || gives == Support::Gives::nothing) return;
      const bool actor = gives == Support::Gives::actor;
      // What the noun says itself goes before what its verb implies.
      const SlotRef ref = actor ? kSubject : kObject;
      if (!filler(slots, ref)) slots.push_back({ref, filler_token});
    };
    Slots of_verb;
    arguments_.of_verb(verb, of_verb);
    if (!support.noun_is_subject) give(support.subject, filler(of_verb, kSubject));
    if ((support.object != Support::Gives::nothing || support.noun_is_subject) &&
        !(support.noun_is_subject && two_sided))
      give(support.object, filler(of_verb, kObject));
    for (const Slot& s : of_verb)
      if (s.ref.kind == SlotKind::preposition && s.head != noun) slots.push_back(s);
  }

  /// A participle that says what somebody is like: "groups fighting the state", "backed by others, they ...".
  bool describes(Id<Token> verb) const {
    const Deprel d = tree_[verb].deprel;
    if (d != Deprel::acl && !(d == Deprel::advcl && arguments_.is_passive(verb))) return false;
    return !tree_.has_child(verb, Deprel::aux) && !tree_.has_child(verb, Deprel::aux_pass) &&
           !tree_[verb].is(MorphFlag::infinitive);
  }

  bool trigger_fits(Id<Token> token, const Trigger& t, Hit& hit) const {
    hit.trigger = &t;
    hit.clause = token;
    switch (t.kind) {
      case TriggerKind::verb:
        if (!scene_.is_verb(token)) return false;
        // "the arrested men" only describes; "those arrested" tells; "the rebel-held town" tells whose it is.
        if (!book_.type(book_.frames()[t.frame].type).standing &&
            (tree_[token].deprel == Deprel::amod || tree_[token].deprel == Deprel::compound) &&
            (token < tree_.head(token) || scene_.is_noun(tree_.head(token))))
          return false;
        return t.middle == 0 || has_particle(token, t.middle);
      case TriggerKind::phrase:
        if (!scene_.is_verb(token)) return false;
        hit.noun = phrase_noun(token, t);
        return static_cast<bool>(hit.noun);
      case TriggerKind::adjective:
        return scene_.upos(token) == Upos::adj && tree_[token].deprel != Deprel::amod;
      case TriggerKind::noun:
        if (!scene_.is_noun(token) || !noun_may_trigger(token) || !has_modifiers(token, t.others))
          return false;
        find_support(token, hit);
        return true;
    }
    return false;
  }

  /// The words that an imported pattern asks for, before and after the trigger, nearest first.
  bool words_stand(Id<Token> token, const Frame& frame) const {
    const Range<Token> sentence = tree_.sentence_of(token).tokens;
    std::uint32_t at = token.value;
    for (auto word = frame.before.rbegin(); word != frame.before.rend(); ++word) {
      do {
        if (at == sentence.first) return false;
        --at;
      } while (!one_of(Id<Token>(at), *word));
    }
    at = token.value;
    for (const auto& word : frame.after) {
      do {
        if (++at >= sentence.end()) return false;
      } while (!one_of(Id<Token>(at), word));
    }
    return true;
  }

  /// Imported dictionaries list forms too: "left" beside "leave".
  bool imported_form(Id<Token> token, Word word) const {
    const Word form = scene_.form(token);
    return form != 0 && form != word && std::ranges::any_of(book_.triggers(form), [&](const Trigger& t) {
             return book_.frames()[t.frame].wide != Frame::Wide::no;
           });
  }

  bool may_trigger(Id<Token> token, Word word) const {
    return (word != 0 && !book_.triggers(word).empty()) || imported_form(token, word);
  }

  /// A frame whose conditions hold.
  struct Candidate {
    int score = 0;
    Hit hit;
    Slots slots;
  };

  /// The candidates of a word, the best first; of equals the first in the file.
  void candidates(Id<Token> token, Word word, std::vector<Candidate>& out) {
    Slots slots;
    std::vector<const Trigger*> triggers;
    if (imported_form(token, word))
      for (const Trigger& t : book_.triggers(scene_.form(token))) triggers.push_back(&t);
    if (word != 0)
      for (const Trigger& t : book_.triggers(word)) triggers.push_back(&t);
    for (const Trigger* trigger : triggers) {
      const Trigger& t = *trigger;
      Hit hit;
      const Frame& frame = book_.frames()[t.frame];
      if (blocked(frame.type) || !trigger_fits(token, t, hit)) continue;
      if (book_.type(frame.type).stative && t.kind == TriggerKind::verb && describes(token)) continue;
      slots.clear();
      fill_slots(token, hit, frame, slots);
      const bool ok =
          std::all_of(frame.needs.begin(), frame.needs.end(), [&](const Need& n) { return holds(n, slots); });
      if (!ok || !words_stand(token, frame)) continue;
      // Longer triggers and stricter frames say more.
      int score =
          1 + 4 * int(t.middle != 0) + (t.kind == TriggerKind::phrase ? 8 : 4) * int(!t.others.empty());
      score += 6 * static_cast<int>(frame.before.size() + frame.after.size());
      for (const Need& n : frame.needs) score += n.bar ? 1 : n.classes != 0 ? 4 : 2;
      score += frame.prefer;
      if (score > 0) out.push_back({score, hit, slots});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  }

  /// What the words mean here, not what an imported dictionary makes of them.
  bool in_that_sense(Id<Token> token, const Frame& frame) const {
    if (views_.empty() || frame.wide != Frame::Wide::no) return true;
    return senses_.may_be(frame.type, views_[token.value], report_);
  }

  bool best_frame(Id<Token> token, Word word, Draft& draft) {
    std::vector<Candidate> found;
    candidates(token, word, found);
    for (Candidate& c : found) {
      const Trigger& t = *c.hit.trigger;
      const Frame& frame = book_.frames()[t.frame];
      draft = {};
      draft.trigger = token;
      draft.clause = c.hit.clause;
      draft.frame = t.frame;
      draft.type = frame.type;
      draft.slots = std::move(c.slots);
      draft.span = trigger_span(token, c.hit);
      fill_roles(scene_, arguments_, frame, draft);
      // A frame may ask for sides that its slots do not give: then the next best one speaks.
      if (!acceptable(scene_, draft) || !in_that_sense(token, frame)) continue;
      if (c.hit.noun) consumed_.push_back(c.hit.noun);
      return true;
    }
    return false;
  }

  Span trigger_span(Id<Token> token, const Hit& hit) const {
    Span span = tree_.token(token).span;
    const Trigger& t = *hit.trigger;
    if (scene_.is_joined(token)) {
      const bool first = token.value + 1 < tree_.size() && tree_.text(Id<Token>(token.value + 1)) == "-";
      span = span.join(tree_.token(Id<Token>(first ? token.value + 2 : token.value - 2)).span);
    }
    if (t.kind == TriggerKind::noun && !t.others.empty()) {
      for (const Id<Token> c : tree_.children(token))
        if (one_of(c, t.others) && c.value + 3 >= token.value) span = span.join(tree_.token(c).span);
    } else if (t.kind == TriggerKind::verb && t.middle != 0) {
      for (std::uint32_t k = token.value + 1; k <= token.value + 3 && k < tree_.size(); ++k)
        if (scene_.word(Id<Token>(k)) == t.middle) {
          if (k == token.value + 1) span = span.join(tree_.token(Id<Token>(k)).span);
          break;
        }
    } else if (hit.noun) {
      // "took control" as one; "put the villages ... under siege" by its noun
      span = hit.noun.value > token.value && hit.noun.value <= token.value + 3
                 ? span.join(tree_.token(hit.noun).span)
                 : tree_.token(hit.noun).span;
    }
    return span;
  }

  const Scene& scene_;
  const Codebook& book_;
  const Tree& tree_;
  const Arguments& arguments_;
  const Senses& senses_;
  std::span<const SenseTag> views_;      // of each word, or none
  Senses::Report report_;                // what its words say of its kind
  std::vector<const Filter*> subjects_;  // filters that hold for the whole document
  std::vector<const Filter*> blocked_;   // for the sentence at hand
  std::vector<Id<Token>> consumed_;
};

}  // namespace

std::vector<Draft> find_drafts(const Scene& scene, const Arguments& arguments, const Senses& senses) {
  std::vector<Draft> out;
  Matcher matcher(scene, arguments, senses);
  const auto sentences = scene.doc().all<Sentence>();
  for (std::uint32_t s = 0; s < sentences.size(); ++s)
    if (sentences[s].tokens.count > 0 && scene.in_body(sentences[s].tokens[0])) matcher.sentence(s, out);
  return out;
}

}  // namespace annalist::event
