#include "claim/attribution.h"

#include <algorithm>

#include "base/strings.h"
#include "claim/content.h"
#include "claim/source.h"

namespace annalist::claims {
namespace {

using Tokens = std::vector<std::uint32_t>;

bool is_passive(const Tree& tree, Id<Token> verb) {
  if (tree.has_child(verb, Deprel::aux_pass) || tree.has_child(verb, Deprel::nsubj_pass) ||
      tree.has_child(verb, Deprel::csubj_pass))
    return true;
  // "a man accused of spying": a past participle behind its noun.
  return tree[verb].deprel == Deprel::acl && tree[verb].is(MorphFlag::participle) &&
         tree[verb].is(MorphFlag::past) && !tree.text(verb).ends_with("ing");
}

/// The verb with what makes one form with it: auxiliaries, negation and light adverbs before, a particle or
/// preposition behind, as long as they touch it, and a channel.
Span cue_span(const Context& c, Id<Token> verb, Id<Token> preposition) {
  const Tree& tree = c.tree;
  std::uint32_t a = verb.value, b = verb.value;
  const auto belongs = [&](std::uint32_t t) {
    const Id<Token> id(t);
    if (tree.head(id) != verb) return false;
    const Deprel rel = tree[id].deprel;
    return rel == Deprel::aux || rel == Deprel::aux_pass ||
           (rel == Deprel::advmod && tree[id].upos != Upos::punct) ||
           (rel == Deprel::mark && tree[id].upos == Upos::part);
  };
  const std::uint32_t first = tree.sentence_of(verb).tokens.first;
  while (a > first && belongs(a - 1)) --a;
  // Adverbs in front without an auxiliary belong to the clause ("yesterday he said", "later said").
  const auto particle = tree.child(verb, Deprel::compound_prt);
  for (Id<Token> next : {particle, preposition})
    if (next && next.value == b + 1) ++b;
  // "said in a statement": the channel, where it follows at once.
  for (Id<Token> child : tree.children(verb)) {
    if (tree[child].deprel != Deprel::obl || child.value > b + 3 || child.value < b + 2) continue;
    if (c.cues.find(CueClass::channel, lower(tree.lemma(child))).empty()) continue;
    if (marked_by(tree, child, "in") || marked_by(tree, child, "on")) b = child.value;
  }
  return tree.token(Id<Token>(a)).span.join(tree.token(Id<Token>(b)).span);
}

class Finder {
 public:
  explicit Finder(const Context& c) : c_(c), tree_(c.tree) {}

  std::vector<Draft> run() {
    const auto sentences = c_.doc.all<Sentence>();
    for (std::size_t s = 0; s < sentences.size(); ++s) {
      if (!c_.is_body(sentences[s]) || sentences[s].tokens.empty()) continue;
      sentence_ = static_cast<std::uint32_t>(s);
      const std::size_t before = out_.size();
      const bool colon = try_colon(sentences[s]);
      if (colon && opens_block(sentences[s]) && c_.doc[sentences[s].block].kind == BlockKind::paragraph)
        turn_ = before, turn_block_ = sentences[s].block;
      else if (!colon && turn_block_ == sentences[s].block && turn_ < out_.size())
        for (std::uint32_t t = sentences[s].tokens.first; t < sentences[s].tokens.end() && t < tree_.size();
             ++t)
          out_[turn_].content.push_back(t);  // "SMITH: We left. We never came back."
      for (std::uint32_t t = sentences[s].tokens.first; t < sentences[s].tokens.end() && t < tree_.size();
           ++t)
        try_token(Id<Token>(t), sentences[s]);
      if (colon && out_.size() > before + 1) drop_colon_inside(before);
    }
    return std::move(out_);
  }

 private:
  bool opens_block(const Sentence& s) const { return s.span.begin <= c_.doc[s.block].span.begin + 1; }

  void try_token(Id<Token> t, const Sentence& s) {
    switch (tree_[t].upos) {
      case Upos::verb:
        if (c_.cues.starts_preposition(c_.form(t.value).size() < 12 ? lower(c_.form(t.value)) : "") &&
            try_preposition(t, s))
          return;
        try_verb(t);
        return;
      case Upos::noun:
        try_noun(t);
        return;
      case Upos::adv:
        try_adverb(t);
        return;
      case Upos::adp:
      case Upos::sconj:
        if (c_.cues.starts_preposition(lower(c_.form(t.value)))) try_preposition(t, s);
        return;
      default:
        return;
    }
  }

  Draft& add(const Cue& cue, Id<Token> token, Span span) {
    Draft d;
    d.cue = &cue;
    d.cue_token = token;
    d.cue_span = span;
    d.sentence = sentence_;
    d.stance = cue.stance;
    d.certainty = cue.certainty;
    d.positive = cue.positive;
    d.narrator = cue.narrator;
    out_.push_back(std::move(d));
    return out_.back();
  }

  void try_verb(Id<Token> verb) {
    const Deprel rel = tree_[verb].deprel;
    if (rel == Deprel::aux || rel == Deprel::aux_pass || rel == Deprel::amod || rel == Deprel::compound)
      return;
    const auto particle = tree_.child(verb, Deprel::compound_prt);
    const std::string_view lemma = tree_.lemma(verb);
    const auto cues = c_.cues.find(
        CueClass::verb, particle ? std::string(lemma) + " " + std::string(tree_.lemma(particle)) : lemma);
    if (cues.empty()) return;
    const bool passive = is_passive(tree_, verb);
    const Cue* speech = nullptr;
    const bool infinitive = marked_by(tree_, verb, "to");
    for (std::uint32_t i : cues) {
      const Cue& cue = c_.cues[i];
      if (cue.finite && infinitive) continue;
      Id<Token> preposition;
      Tokens content = content_of_verb(c_, cue, verb, passive, preposition);
      if (content.empty()) {
        if (!speech && cue.has(FrameKind::quote) && !passive) speech = &cue;
        continue;
      }
      Draft& d = add(cue, verb, cue_span(c_, verb, preposition));
      if (!cue.narrator) d.source = source_of_verb(c_, verb, passive);
      d.content = std::move(content);
      finish(d, verb);
      return;
    }
    if (!speech) return;
    Draft& d = add(*speech, verb, cue_span(c_, verb, {}));
    d.source = source_of_verb(c_, verb, passive);
    finish(d, verb);
  }

  /// Cuts source and cue out of the content, and reads negation and modality of the cue.
  void finish(Draft& d, Id<Token> verb) {
    std::erase_if(d.content, [&](std::uint32_t t) {
      const Span s = tree_.token(Id<Token>(t)).span;
      return d.cue_span.contains(s) || (!d.source.span.empty() && d.source.span.contains(s));
    });
    if (undone(verb)) undo(d);
  }

  /// "did not say", "declined to say", "refused to confirm".
  bool undone(Id<Token> verb) const {
    if (is_negated(tree_, verb)) return true;
    const Id<Token> up = tree_.head(verb);
    return up && tree_[verb].deprel == Deprel::xcomp &&
           !c_.cues.find(CueClass::negator, tree_.lemma(up)).empty();
  }

  /// Who does not deny leaves it open; who does not believe denies weakly; who does not say says nothing.
  static void undo(Draft& d) {
    if (d.stance == Stance::denies) {
      d.stance = Stance::hedges;
      d.positive = true;
      d.certainty = Certainty::possible;
      return;
    }
    if (d.stance == Stance::hedges || d.stance == Stance::predicts) d.positive = false;
    d.stance = Stance::doubts;
    d.certainty = Certainty::unknown;
  }

  void try_noun(Id<Token> noun) {
    const auto cues = c_.cues.find(CueClass::noun, tree_.lemma(noun));
    for (std::uint32_t i : cues) {
      Tokens content = content_of_noun(c_, c_.cues[i], noun);
      if (content.empty()) continue;
      Draft& d = add(c_.cues[i], noun, tree_.token(noun).span);
      d.content = std::move(content);
      d.source = source_of_noun(c_, noun);
      finish(d, noun);
      return;
    }
  }

  void try_adverb(Id<Token> adverb) {
    const std::string_view form = c_.form(adverb.value);
    if (!form.ends_with("ly")) return;
    const auto cues = c_.cues.find(CueClass::adverb, lower(form));
    const Id<Token> head = tree_.head(adverb);
    if (cues.empty() || !head) return;
    Draft& d = add(c_.cues[cues[0]], adverb, tree_.token(adverb).span);
    add_subtree(tree_, head, adverb, d.content);
    tidy(d.content);
  }

  bool try_preposition(Id<Token> first, const Sentence& s) {
    std::string phrase = lower(c_.form(first.value));
    for (std::uint32_t t = first.value + 1; t < s.tokens.end() && t < first.value + 4; ++t) {
      phrase += " " + lower(c_.form(t));
      const auto cues = c_.cues.find(CueClass::preposition, phrase);
      if (cues.empty()) continue;
      return add_preposition(c_.cues[cues[0]], first.value, t, s);
    }
    return false;
  }

  bool add_preposition(const Cue& cue, std::uint32_t first, std::uint32_t last, const Sentence& s) {
    if (last + 1 >= s.tokens.end()) return false;
    // The source is the noun phrase behind the words; its head climbs to whatever they modify.
    Id<Token> noun(last + 1);
    for (std::uint32_t steps = 0; steps < s.tokens.count; ++steps) {
      const Id<Token> up = tree_.head(noun);
      const Upos pos = tree_[noun].upos;
      const bool whole = pos == Upos::noun || pos == Upos::propn || pos == Upos::pron || pos == Upos::num;
      if (!up || up.value <= last) break;
      if (whole && (tree_[noun].deprel == Deprel::obl || tree_[noun].deprel == Deprel::nmod ||
                    tree_[noun].deprel == Deprel::parataxis || tree_[noun].deprel == Deprel::advcl ||
                    tree_[noun].deprel == Deprel::root))
        break;
      noun = up;
    }
    if (tree_[noun].upos == Upos::verb) return false;
    Draft d;
    d.source = source_at(c_, noun);
    // The words may hang on the noun, or carry it ("in the words of the mayor").
    Id<Token> top = noun;
    while (tree_.head(top) && tree_.head(top).value >= first && tree_.head(top).value <= last)
      top = tree_.head(top);
    Id<Token> head = tree_.head(top);
    if (!head) return false;
    const std::uint32_t end = s.tokens.end() - 1;
    std::vector<std::uint32_t> phrase;
    add_subtree(tree_, top, {}, phrase);
    tidy(phrase);
    const bool at_edge = first == s.tokens.first || phrase.back() >= end ||
                         (phrase.back() + 1 == end && c_.is_punct(end)) || c_.is_punct(first - 1);
    head = clause_around(c_, head, at_edge && c_.quote_of[first] == Quote::kNone);
    d.cue = &cue;
    d.cue_token = Id<Token>(first);
    d.cue_span = tree_.token(Id<Token>(first)).span.join(tree_.token(Id<Token>(last)).span);
    d.sentence = sentence_;
    d.stance = cue.stance;
    d.certainty = cue.certainty;
    add_subtree(tree_, head, top, d.content);
    tidy(d.content);
    std::erase_if(d.content, [&](std::uint32_t t) { return t >= first && t <= last; });
    if (d.content.empty()) return false;
    out_.push_back(std::move(d));
    return true;
  }

  /// "Rebels: army shelled the port" and "Army shelled the port: monitor" in headlines, "SMITH: ..."
  /// anywhere.
  bool try_colon(const Sentence& s) {
    const bool headline = c_.doc[s.block].kind == BlockKind::headline;
    const std::uint32_t first = s.tokens.first, end = s.tokens.end();
    std::uint32_t colon = kNoToken;
    for (std::uint32_t t = first; t < end; ++t)
      if (c_.form(t) == ":") {
        colon = t;
        break;
      }
    if (colon == kNoToken || colon == first || colon + 1 >= end) return false;
    const bool letter =
        colon == first + 1 && opens_block(s) && (c_.form(first) == "Q" || c_.form(first) == "A");
    if (letter || nominal(first, colon, headline ? 6 : 4, !headline))
      return add_colon(first, colon, colon, colon + 1, end);
    if (headline && nominal(colon + 1, end, 4, false)) return add_colon(colon + 1, end, colon, first, colon);
    return false;
  }

  bool nominal(std::uint32_t a, std::uint32_t b, std::uint32_t most, bool names_only) const {
    if (b - a > most) return false;
    bool noun = false;
    for (std::uint32_t t = a; t < b; ++t) {
      const Upos pos = tree_[Id<Token>(t)].upos;
      if (pos == Upos::verb || pos == Upos::aux || pos == Upos::num || pos == Upos::adv) return false;
      if (names_only && pos != Upos::propn) return false;
      noun |= pos == Upos::propn || pos == Upos::noun;
    }
    return noun && speaks(a, b);
  }

  /// Someone who can speak: a name or a word that makes a kind of source.
  bool speaks(std::uint32_t a, std::uint32_t b) const {
    for (std::uint32_t t = a; t < b; ++t) {
      SourceKind kind;
      if (c_.mention_of_head[t] != kNoToken) {
        const Mention& m = c_.doc.all<Mention>()[c_.mention_of_head[t]];
        if (m.type != EntityType::loc && m.type != EntityType::fac && m.type != EntityType::event)
          return true;
      }
      if (c_.cues.source_kind(lower(tree_.lemma(Id<Token>(t))), kind)) return true;
    }
    return false;
  }

  bool add_colon(std::uint32_t a, std::uint32_t b, std::uint32_t colon, std::uint32_t from,
                 std::uint32_t to) {
    Draft d;
    d.cue_token = Id<Token>(colon);
    d.cue_span = tree_.token(Id<Token>(colon)).span;
    d.sentence = sentence_;
    Id<Token> head(a);
    for (std::uint32_t t = a; t < b; ++t)
      if (const Id<Token> up = tree_.head(Id<Token>(t)); !up || up.value < a || up.value >= b)
        head = Id<Token>(t);
    d.source = {head, head, tree_.token(Id<Token>(a)).span.join(tree_.token(Id<Token>(b - 1)).span)};
    bool verb = false;
    for (std::uint32_t t = from; t < to; ++t) {
      d.content.push_back(t);
      verb |= tree_[Id<Token>(t)].upos == Upos::verb || tree_[Id<Token>(t)].upos == Upos::aux;
    }
    if (!verb) return false;  // "Rebels: 547"
    if (c_.form(to - 1) == "?") d.stance = Stance::doubts, d.certainty = Certainty::unknown;
    out_.push_back(std::move(d));
    return true;
  }

  /// "Army: rebels said ..." is rare; "Minister on raid: 'we said so'" is not: a colon yields to nothing, but
  /// a colon whose source holds another cue was no speaker.
  void drop_colon_inside(std::size_t at) {
    const Span source = out_[at].source.span;
    for (std::size_t i = at + 1; i < out_.size(); ++i)
      if (source.contains(out_[i].cue_span)) {
        turn_block_ = {};
        out_.erase(out_.begin() + static_cast<std::ptrdiff_t>(at));
        return;
      }
  }

  const Context& c_;
  const Tree& tree_;
  std::vector<Draft> out_;
  std::uint32_t sentence_ = 0;
  std::size_t turn_ = 0;  // whose turn it is in a transcript
  Id<Block> turn_block_;  // none: nobody's
};

}  // namespace

std::vector<Draft> find_attributions(const Context& context) { return Finder(context).run(); }

}  // namespace annalist::claims
