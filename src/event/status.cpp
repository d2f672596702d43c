#include "event/status.h"

#include <string>

#include "base/strings.h"

namespace annalist::event {
namespace {

constexpr int kDeep = 12;
using Status = EventStatus;

bool real(Status s) { return s == Status::actual || s == Status::ongoing; }

/// What an outer word makes of the reading inside it. A denial reaches through everything; else the word
/// nearest to the event decides.
Status combine(Status outer, Status inner) {
  if (outer == Status::denied) return Status::denied;
  if (outer == Status::actual) return inner;
  if (real(inner)) return outer == Status::ongoing && !real(inner) ? inner : outer;
  return inner;
}

class Walk {
 public:
  Walk(const Scene& scene, const Arguments& arguments)
      : scene_(scene), tree_(scene.tree()), arguments_(arguments) {}

  Reading run(const Draft& draft) {
    const bool nominal = scene_.is_noun(draft.trigger);
    if (nominal) status_ = combine(noun_modifiers(draft.trigger), status_);
    Id<Token> at = start_ = draft.clause;
    bool as_noun = nominal && draft.clause == draft.trigger;
    // "what could be an offensive", "it was no attack"
    if (as_noun && tree_.has_child(at, Deprel::cop)) apply(local(at, false));
    if (!as_noun) {
      // "threatened an attack": the verb that carries the noun decides, as it does over a clause.
      const Governor* g = nominal ? scene_.codebook().governor(scene_.word(at), scene_.upos(at)) : nullptr;
      if (g && g->nominal)
        apply_governor(*g, local(at, true));
      else
        apply(local(at, true));
    }
    if (inverted_condition(at)) status_ = combine(Status::hypothetical, status_);
    for (int i = 0; i < kDeep && at; ++i) {
      const Id<Token> up = tree_.head(at);
      if (!up) {
        question(at);
        break;
      }
      next_ = up;
      const bool go_on = as_noun ? from_noun(at, up, as_noun) : from_verb(at, up, as_noun);
      if (!go_on) break;
      at = next_;
    }
    if (real(status_) && asks_how_many(draft)) status_ = Status::hypothetical;
    return {status_, hedged_};
  }

 private:
  /// "did not say how many soldiers had been killed": that some were is not said.
  bool asks_how_many(const Draft& draft) const {
    for (const Participant& p : draft.participants)
      for (const Id<Token> c : tree_.children(p.head))
        if (const std::string_view lemma = tree_.lemma(c); lemma == "many" || lemma == "much")
          for (const Id<Token> how : tree_.children(c))
            if (tree_.lemma(how) == "how") return true;
    return false;
  }

  /// Negation and modality of one clause.
  struct Local {
    bool negated = false, condition = false, without = false;
    bool nor = false;  // "neither confirmed nor denied": nothing is said
    Status modal = Status::actual;
    bool weak_modal = false;  // may, might: "may not attack" stays possible
    Status aspect = Status::actual;
  };

  void apply(const Local& l) {
    status_ = combine(l.aspect, status_);
    if (l.condition)
      status_ = combine(Status::hypothetical, status_);
    else if (l.negated || l.without)
      status_ = l.weak_modal ? combine(Status::hypothetical, status_) : Status::denied;
    else
      status_ = combine(l.modal, status_);
  }

  /// "not only the army", "have not just fled": more is to come, nothing is denied.
  bool only_adds(Id<Token> negation) const {
    if (negation.value + 1 >= tree_.size()) return false;
    const std::string_view next = tree_.lemma(Id<Token>(std::size_t(negation.value) + 1));
    return next == "only" || next == "just" || next == "least" || next == "merely";
  }

  bool denies(Id<Token> argument) const {
    if (scene_.has(argument, Class::negative)) return true;
    for (const Id<Token> c : tree_.children(argument)) {
      if (tree_[c].deprel == Deprel::det && scene_.has(c, Class::negative)) return true;
      // "not a single fighter", "not one of them"
      if (tree_[c].deprel == Deprel::advmod && tree_.lemma(c) == "not" && c < argument) return !only_adds(c);
    }
    return false;
  }

  /// What governs is the verb with its particle, where the data know it: "call off".
  const Governor* governor_of(Id<Token> t) const {
    if (const Id<Token> particle = tree_.child(t, Deprel::compound_prt)) {
      const std::string both = std::string(tree_.lemma(t)) + " " + std::string(tree_.lemma(particle));
      if (const Word w = scene_.codebook().words().find(both))
        if (const Governor* g = scene_.codebook().governor(w, scene_.upos(t))) return g;
    }
    const Word w = scene_.word(t);
    return w == 0 ? nullptr : scene_.codebook().governor(w, scene_.upos(t));
  }

  /// "Had the army attacked, ...", "..., had it gone off": a condition without "if".
  bool inverted_condition(Id<Token> clause) const {
    const auto inverts = [&](Id<Token> t) {
      const std::string form = lower(tree_.text(t));
      return form == "had" || form == "were" || form == "should";
    };
    for (const Id<Token> c : tree_.children(clause))
      if (tree_[c].deprel == Deprel::aux && inverts(c) && tree_[clause].deprel == Deprel::advcl &&
          !tree_.has_child(clause, Deprel::mark))
        for (const Id<Token> s : tree_.children(clause))
          if ((tree_[s].deprel == Deprel::nsubj || tree_[s].deprel == Deprel::nsubj_pass) && c < s)
            return true;
    // However it is parsed: the word opens the sentence, a subject follows, a comma closes the condition.
    const Range<Token> run = tree_.sentence_of(clause).tokens;
    const Id<Token> first(std::size_t(run.first));
    if (run.count < 6 || !inverts(first) || tree_.text(Id<Token>(std::size_t(run.end() - 1))) == "?")
      return false;
    const Upos next = tree_[Id<Token>(std::size_t(run.first + 1))].upos;
    if (next != Upos::det && next != Upos::noun && next != Upos::propn && next != Upos::pron) return false;
    for (std::uint32_t t = run.first; t < run.end(); ++t)
      if (tree_.text(Id<Token>(std::size_t(t))) == ",") return clause.value < t;
    return false;
  }

  /// "anyone who protests", "whoever attacks", "a bomb that kills": nobody in particular.
  bool unbound(Id<Token> noun, Id<Token> clause) const {
    const std::string_view lemma = tree_.lemma(noun);
    if (lemma == "anyone" || lemma == "anybody" || lemma == "whoever" || lemma == "everyone" ||
        lemma == "anything")
      return true;
    const bool timeless = tree_[clause].is(MorphFlag::present) && tree_[clause].is(MorphFlag::finite);
    if (lemma == "those" && timeless) return true;
    for (const Id<Token> c : tree_.children(noun)) {
      if (tree_[c].deprel != Deprel::det) continue;
      const std::string_view det = tree_.lemma(c);
      if (det == "any" || det == "every" || det == "whichever") return true;
      if (det == "a" && timeless) return true;
    }
    return false;
  }

  /// "Kidnapping is a crime": the act as such.
  bool as_such(Id<Token> noun, Id<Token> predicate) const {
    const Id<Token> cop = tree_.child(predicate, Deprel::cop);
    return cop && !tree_[cop].is(MorphFlag::past) && tree_[noun].deprel == Deprel::nsubj &&
           tree_.children(noun).empty();
  }

  Local local(Id<Token> clause, bool with_arguments) {
    Local out;
    bool be = false, being = false, present_be = false, infinitive = false, every = false;
    for (const Id<Token> c : tree_.children(clause)) {
      const std::string_view lemma = tree_.lemma(c);
      switch (tree_[c].deprel) {
        case Deprel::advmod:
        case Deprel::cc_preconj:
        case Deprel::det:
          if (scene_.has(c, Class::negative) && !only_adds(c)) out.negated = true;
          if (scene_.has(c, Class::habitual)) out.aspect = Status::generic;
          if (scene_.has(c, Class::past)) out.aspect = Status::historical;
          if (scene_.has(c, Class::doubt)) hedged_ = true;
          if (const Governor* g = scene_.codebook().governor(scene_.word(c), scene_.upos(c));
              g && real(out.aspect) && g->clause)
            out.aspect = g->status;
          break;
        case Deprel::cc:
          if (lemma == "nor") out.negated = out.nor = true;
          break;
        case Deprel::mark:
          // "was due to be handed over"
          if (const Governor* g = scene_.codebook().governor(scene_.word(c), Upos::adj); g && g->clause)
            out.modal = g->status;
          if (lemma == "if" || lemma == "unless" || lemma == "whether" || lemma == "lest")
            out.condition = true;
          if (lemma == "without") out.without = true;
          break;
        case Deprel::aux:
        case Deprel::aux_pass:
          if (lemma == "will" || lemma == "shall" || lemma == "would" || lemma == "'ll" || lemma == "'d")
            out.modal = Status::planned;
          else if (lemma == "may" || lemma == "might")
            out.modal = Status::hypothetical, out.weak_modal = true;
          else if (lemma == "could" || lemma == "can")
            out.modal = Status::hypothetical;
          else if (lemma == "should" || lemma == "must" || lemma == "ought")
            out.modal = Status::demanded;
          else if (lemma == "be") {
            const bool ing = tree_.text(c) == "being";
            being |= ing;
            if (tree_[c].deprel == Deprel::aux) be = true;
            present_be |= !ing && !tree_[c].is(MorphFlag::past);
          }
          break;
        case Deprel::cop:
          infinitive |= lemma == "be" && scene_.is_verb(clause);
          break;
        case Deprel::obl_unmarked:
          // "kill three people a day", in the present: what happens again and again
          if (scene_.time(c) || scene_.has(c, Class::time))
            for (const Id<Token> d : tree_.children(c)) {
              const std::string_view w = tree_.lemma(d);
              every |= w == "a" || w == "every" || w == "each" || w == "per";
            }
          break;
        case Deprel::nsubj:
        case Deprel::nsubj_pass:
        case Deprel::obj:
          if (with_arguments && denies(c)) out.negated = true;
          break;
        case Deprel::case_:
          if (lemma == "without") out.without = true;
          break;
        default:
          break;
      }
    }
    const Syntax& s = tree_[clause];
    if (infinitive && s.is(MorphFlag::infinitive)) out.modal = Status::planned;  // "the aim is to destroy"
    if (every && s.is(MorphFlag::finite) && s.is(MorphFlag::present)) out.aspect = Status::generic;
    const bool ing = tree_.text(clause).ends_with("ing");
    if (((be && ing && !s.is(MorphFlag::past)) || being) && present_be && real(out.aspect))
      out.aspect = Status::ongoing;
    return out;
  }

  /// "planned attack", "no attack", "an alleged attack", "talks on a truce".
  Status noun_modifiers(Id<Token> noun) {
    Status out = Status::actual;
    for (const Id<Token> c : tree_.children(noun)) {
      const Deprel d = tree_[c].deprel;
      if (d == Deprel::det && scene_.has(c, Class::negative)) return Status::denied;
      if (d != Deprel::amod && d != Deprel::advmod && d != Deprel::compound) continue;
      if (scene_.has(c, Class::doubt)) hedged_ = true;
      if (scene_.has(c, Class::past)) out = Status::historical;
      if (scene_.has(c, Class::habitual)) out = Status::generic;
      const Word w = scene_.word(c);
      if (w == 0) continue;
      const Governor* g = scene_.codebook().governor(w, scene_.upos(c));
      if (!g && scene_.is_verb(c)) g = scene_.codebook().governor(w, Upos::adj);
      if (g && g->nominal) out = g->status;
    }
    return out;
  }

  /// One step up from a noun. False: the walk ends.
  bool from_noun(Id<Token> noun, Id<Token> up, bool& as_noun) {
    const Deprel d = tree_[noun].deprel;
    const Governor* g = governor_of(up);
    const bool hands_on = told(up) && (d == Deprel::nmod || d == Deprel::obl);
    if (scene_.is_noun(up)) {
      if (as_such(noun, up)) {
        status_ = combine(Status::generic, status_);
        return false;
      }
      if (hands_on && !(g && g->nominal)) return true;  // "rubbished claims of a retreat"
      if (d == Deprel::conj) return noun_conjunct(up);
      if (d == Deprel::compound && g && g->nominal) apply_governor(*g, {});
      if (d != Deprel::nmod || !g || !g->nominal) return false;
      apply_governor(*g, {});
      status_ = combine(noun_modifiers(up), status_);
      return true;
    }
    as_noun = false;
    if (!scene_.is_verb(up) && scene_.upos(up) != Upos::adj) return false;
    const bool object = d == Deprel::obj || d == Deprel::nsubj_pass || d == Deprel::obl;
    const bool lone_subject = d == Deprel::nsubj && !tree_.has_child(up, Deprel::obj);
    // "any attack would be met with force", "would welcome a takeover": what is not told yet stays open.
    if ((object || d == Deprel::nsubj) && !is_told(noun)) {
      const Local l = local(up, false);
      if (l.modal != Status::actual || l.condition) status_ = combine(Status::hypothetical, status_);
    }
    // Who rejects an attack was attacked; who rejects a claim denies what it tells.
    const bool denied_word = g && g->status == Status::denied && told(noun);
    if (!g || !(g->nominal || denied_word) || !(object || lone_subject)) return false;
    // A preposition between the two must be one that hands the event over: "called for an attack".
    if (d == Deprel::obl) {
      const Id<Token> p = scene_.preposition(noun);
      const bool particle = !p && tree_.has_child(up, Deprel::compound_prt);  // "called off the raid"
      if (!p && !particle) return false;
      const std::string_view lemma = p ? tree_.lemma(p) : std::string_view("of");
      if (lemma != "for" && lemma != "of" && lemma != "against" && lemma != "to" && lemma != "with" &&
          lemma != "about" && lemma != "on" && lemma != "from")
        return false;
    }
    apply_governor(*g, local(up, true));
    return true;
  }

  /// A word for something said: "claims", "the allegation".
  bool told(Id<Token> noun) const {
    if (!scene_.is_noun(noun) || !scene_.has(noun, Class::report)) return false;
    const std::string_view lemma = tree_.lemma(noun);
    return lemma != "state" && lemma != "show" && lemma != "witness";
  }

  /// An event noun that points at something told before: "the attack", "their withdrawal".
  bool is_told(Id<Token> noun) const {
    for (const Id<Token> c : tree_.children(noun)) {
      if (tree_[c].deprel == Deprel::nmod_poss) return true;
      if (tree_[c].deprel != Deprel::det) continue;
      const std::string_view lemma = tree_.lemma(c);
      if (lemma == "the" || lemma == "this" || lemma == "that" || lemma == "these") return true;
    }
    return false;
  }

  bool noun_conjunct(Id<Token> first) {
    status_ = combine(noun_modifiers(first), status_);
    return true;
  }

  bool says_any(Id<Token> verb) const {
    const Id<Token> s = tree_.child(verb, Deprel::nsubj);
    if (!s) return false;
    const Id<Token> det = tree_.child(s, Deprel::det);
    return tree_.lemma(s).starts_with("any") || (det && tree_.lemma(det) == "any");
  }

  /// "The war began when rebels stormed ...": what everybody knows, told to the reader again.
  bool begins_conflict(Id<Token> verb) const {
    const Id<Token> s = tree_.child(verb, Deprel::nsubj);
    return s && scene_.has(s, Class::conflict) && scene_.has(verb, Class::begins) &&
           tree_[verb].is(MorphFlag::past);
  }

  bool joined_by_or(Id<Token> at) const {
    const Id<Token> cc = tree_.child(at, Deprel::cc);
    return cc && (tree_.lemma(cc) == "or" || tree_.lemma(cc) == "nor");
  }

  bool from_verb(Id<Token> at, Id<Token> up, bool& as_noun) {
    const Deprel d = tree_[at].deprel;
    const Governor* g = governor_of(up);
    if (g && !g->clause) g = nullptr;
    switch (d) {
      case Deprel::conj: {
        if (!scene_.is_verb(up) && scene_.upos(up) != Upos::adj) return false;
        const bool own_subject =
            tree_.has_child(at, Deprel::nsubj) || tree_.has_child(at, Deprel::nsubj_pass);
        if (!own_subject) {
          Local l = local(up, false);
          l.negated &= joined_by_or(at);  // "did not fire but withdrew", "would not pay or negotiate"
          l.aspect = l.aspect == Status::ongoing ? Status::actual : l.aspect;
          // "would go on, but denied ...": a tense of its own shares no auxiliary.
          const bool own_tense = tree_[at].is(MorphFlag::finite) && !tree_[up].is(MorphFlag::finite);
          if (!tree_.has_child(at, Deprel::aux) && !own_tense) apply(l);
          // "decided to join and took them along": beside what was decided, not in it
          if (own_tense && tree_[at].is(MorphFlag::past))
            for (int i = 0; i < 4 && tree_[next_].deprel == Deprel::xcomp && tree_.head(next_); ++i)
              next_ = tree_.head(next_);
        }
        return true;
      }
      case Deprel::xcomp:
      case Deprel::ccomp:
      case Deprel::csubj:
      case Deprel::csubj_pass: {
        if (scene_.is_noun(up)) {
          as_noun = true;
          if (g) apply_governor(*g, {});
          return true;
        }
        if (g && g->status == Status::denied && at != start_ && scene_.has(at, Class::report))
          status_ = combine(Status::hypothetical, status_);  // "refused to say that they had fled"
        else if (g && !(told_as_past(at) && (g->status == Status::planned || g->status == Status::demanded)))
          apply_governor(*g, local(up, true));
        else if (!g && had_to(up))
          apply(local(up, false));
        else if (!g && open_infinitive(at, up))
          status_ = combine(has_yet(up) ? Status::denied : Status::hypothetical, status_);
        else if (d == Deprel::xcomp && !scene_.has(up, Class::report))
          apply(local(up, false));  // "did not manage to", "may begin to"
        settled_ |= told_as_past(at);
        return true;
      }
      case Deprel::acl:
      case Deprel::acl_relcl:
        // "groups fighting to topple the king": what somebody is after all the time, no plan of today.
        if (d == Deprel::acl && status_ == Status::planned && !tree_[at].is(MorphFlag::infinitive) &&
            !tree_[at].is(MorphFlag::past))
          status_ = Status::generic;
        // "denied reports that soldiers had been taken": what befalls the report befalls what it tells.
        if (scene_.is_noun(up) && scene_.has(up, Class::report) && tree_.has_child(at, Deprel::mark)) {
          as_noun = true;
          return true;
        }
        if (d == Deprel::acl && !g && (open_infinitive(at, up) || only_spoken_of(at, up)))
          status_ = combine(Status::hypothetical, status_);
        if (d == Deprel::acl_relcl && unbound(up, at)) status_ = combine(Status::generic, status_);
        // "a lie that they attacked": taken for a relative clause
        if (!g ||
            (d == Deprel::acl_relcl && g->status != Status::denied && !tree_.has_child(at, Deprel::mark)))
          return false;
        as_noun = true;
        apply_governor(*g, {});
        status_ = combine(noun_modifiers(up), status_);
        return true;
      case Deprel::advcl: {
        const Id<Token> mark = tree_.child(at, Deprel::mark);
        const std::string_view word = mark ? tree_.lemma(mark) : std::string_view();
        // "cancelled before anyone protested": nobody did
        if (word == "before" && says_any(at)) status_ = combine(Status::hypothetical, status_);
        // "will not rest until they have freed the land": as open as the rest
        if ((word == "until" || word == "till" || word == "once" || word == "unless") &&
            local(up, false).modal != Status::actual)
          status_ = combine(Status::hypothetical, status_);
        if ((word == "after" || tree_.child(at, Deprel::advmod, "when")) && begins_conflict(up)) {
          status_ = combine(Status::historical, status_);
          return false;
        }
        if (g && (mark || tree_[at].is(MorphFlag::infinitive)) && word != "after" && word != "when" &&
            word != "as" && word != "because" && word != "while" && word != "if" && word != "before" &&
            word != "since" && word != "until") {
          apply_governor(*g, local(up, false));  // "accused of", "ready to", "prevented from"
          return true;
        }
        // "should be allowed to return, having joined them": done before
        if (told_before(at)) return false;
        if (word == "to") {
          if (!open_infinitive(at, up)) {
            apply(local(up, false));
            return true;
          }
          status_ = combine(Status::planned, status_);  // a purpose
          return tree_[up].deprel == Deprel::acl;
        }
        if (only_spoken_of(at, up)) {
          status_ = combine(Status::hypothetical, status_);
          return false;
        }
        if ((word == "by" || word == "while" || word == "in") && tree_.text(at).ends_with("ing") &&
            !tree_.has_child(at, Deprel::nsubj)) {
          apply(local(up, false));  // "may not want to anger them by bombing": a means is as real as its end
          return true;
        }
        if (mark || tree_.has_child(at, Deprel::nsubj)) return false;
        apply(local(up, false));  // "..., killing twelve"
        return true;
      }
      case Deprel::parataxis:
      default:
        return false;
    }
  }

  bool told_before(Id<Token> participle) const {
    for (const Id<Token> c : tree_.children(participle))
      if (tree_[c].deprel == Deprel::aux && tree_.text(c) == "having") return true;
    return false;
  }

  /// An infinitive with "to" that no word makes a fact: "safe to free", "would need months to take".
  bool open_infinitive(Id<Token> at, Id<Token> up) const {
    const Id<Token> mark = tree_.child(at, Deprel::mark);
    if (!mark || tree_.lemma(mark) != "to" || tree_.has_child(at, Deprel::aux)) return false;
    if (scene_.is_noun(up)) {
      for (const Id<Token> c : tree_.children(up))
        if (c < up && scene_.has(c, Class::singled_out)) return false;
      return true;
    }
    if (scene_.has(up, Class::singled_out)) return false;
    return !scene_.has(up, Class::implicative);
  }

  /// "tweeted about firing", "in talks over withdrawing".
  bool only_spoken_of(Id<Token> at, Id<Token> up) const {
    const Id<Token> mark = tree_.child(at, Deprel::mark);
    if (!mark || scene_.has(up, Class::factive_about)) return false;
    const std::string_view word = tree_.lemma(mark);
    return word == "about" || word == "over" || word == "towards" || word == "toward";
  }

  /// "police had to fire": done; "will have to", "has to": not yet.
  bool had_to(Id<Token> verb) const {
    return tree_.lemma(verb) == "have" && tree_[verb].is(MorphFlag::past) &&
           tree_[verb].is(MorphFlag::finite);
  }

  bool has_yet(Id<Token> verb) const {
    for (const Id<Token> c : tree_.children(verb))
      if (tree_.lemma(c) == "yet") return true;
    return false;
  }

  /// "agreed that the troops had left": a plan or demand does not reach a clause of fact.
  bool told_as_past(Id<Token> clause) const {
    if (tree_[clause].deprel != Deprel::ccomp) return false;
    if (tree_[clause].is(MorphFlag::past) && tree_[clause].is(MorphFlag::finite)) return true;
    for (const Id<Token> c : tree_.children(clause)) {
      if (tree_[c].deprel != Deprel::aux && tree_[c].deprel != Deprel::aux_pass) continue;
      // "told reporters they have left", "insisted that they are leaving"; but "demanded that they be freed"
      const std::string_view lemma = tree_.lemma(c);
      if (lemma == "have" || (lemma == "be" && tree_.text(c) != "be")) return true;
    }
    return false;
  }

  void apply_governor(const Governor& g, const Local& around) {
    // "wants to explain why they left": what stands above a finished clause can only deny it.
    if (settled_ && g.status != Status::denied) return;
    if (around.negated || around.without) {
      if (g.status == Status::generic)
        status_ = Status::generic;
      else if (around.nor)
        status_ = combine(Status::hypothetical, status_);
      else if (g.negated_actual)
        return;
      else if (g.status == Status::denied)
        status_ = combine(Status::hypothetical, status_);
      else if (!real(g.status) || !around.weak_modal)
        status_ = Status::denied;
      return;
    }
    status_ = combine(g.status, status_);
    if (around.condition) status_ = combine(Status::hypothetical, status_);
    if (real(g.status)) status_ = combine(around.modal, status_);
  }

  void question(Id<Token> root) {
    const Sentence& s = tree_.sentence_of(root);
    if (s.tokens.count > 0 && tree_.text(Id<Token>(s.tokens.end() - 1)) == "?")
      status_ = combine(Status::hypothetical, status_);
  }

  const Scene& scene_;
  const Tree& tree_;
  const Arguments& arguments_;
  Status status_ = Status::actual;
  bool hedged_ = false;
  bool settled_ = false;
  Id<Token> next_;   // where the walk goes on
  Id<Token> start_;  // of the walk: the event's own clause
};

}  // namespace

Reading read_status(const Scene& scene, const Arguments& arguments, const Draft& draft) {
  Reading out = Walk(scene, arguments).run(draft);
  const Frame& frame = scene.codebook().frames()[draft.frame];
  // "dismissed the charge of inaction": whether they stood by is left open.
  if (frame.status == EventStatus::denied && out.status == EventStatus::denied)
    return {EventStatus::hypothetical, out.hedged};
  if (frame.status && is_real(out.status)) out.status = *frame.status;
  return out;
}

namespace {

/// "in the latest of a string of mass kidnappings": those before, all of them.
bool is_series_before(const Scene& scene, Id<Token> noun) {
  const Tree& tree = scene.tree();
  for (int i = 0; i < 3 && noun; ++i) {
    const Deprel d = tree[noun].deprel;
    if (d != Deprel::nmod && d != Deprel::obl) return false;
    noun = tree.head(noun);
    if (noun && scene.has(noun, Class::latest)) return true;
  }
  return false;
}

}  // namespace

bool speaks_of_kind(const Scene& scene, const Draft& draft) {
  const Tree& tree = scene.tree();
  if (scene.is_noun(draft.trigger) && tree[draft.trigger].is(MorphFlag::plural) &&
      is_series_before(scene, draft.trigger))
    return true;
  if (!scene.is_noun(draft.trigger) || draft.clause != draft.trigger ||
      !tree[draft.trigger].is(MorphFlag::plural))
    return false;
  if (!draft.participants.empty() || draft.dated_by_text || (draft.place && !draft.place_inherited))
    return false;
  if (scene.in_headline(draft.trigger)) return false;
  for (const Id<Token> c : tree.children(draft.trigger)) {
    const Deprel d = tree[c].deprel;
    if (d == Deprel::det || d == Deprel::nmod_poss || d == Deprel::nummod || d == Deprel::acl_relcl)
      return false;
  }
  return true;
}

}  // namespace annalist::event
