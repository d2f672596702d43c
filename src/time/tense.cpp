#include "time/tense.h"

#include "base/strings.h"

namespace annalist::timex {
namespace {

constexpr std::uint32_t kReach = 16;  // tokens looked at on each side
constexpr int kClimb = 12;            // heads followed

Tense form_tense(const Document& doc, const Lexicon& lexicon, std::uint32_t token) {
  const std::string_view text = doc.text(doc.all<Token>()[token].span);
  if (text.size() > 24) return Tense::unknown;
  char buffer[24];
  for (std::size_t i = 0; i < text.size(); ++i) buffer[i] = to_lower(text[i]);
  const std::string_view low(buffer, text.size());
  // "set to meet on Friday", but "set fire to a truck on Friday"
  if (low == "set") {
    const auto next = token + 1 < doc.all<Token>().size() ? doc.text(doc.all<Token>()[token + 1].span) : "";
    if (next != "to" && next != "for") return Tense::unknown;
  }
  if (const Word* word = lexicon.find(low); word && word->is(WordClass::tense))
    return static_cast<Tense>(word->value(WordClass::tense));
  if (low == "'ll" || low == "\xE2\x80\x99ll") return Tense::future;
  return low.size() > 4 && low.ends_with("ed") && low != "united" && low != "hundred" ? Tense::past
                                                                                      : Tense::unknown;
}

/// Nearest telling form: before the expression first, since the verb of an adverbial mostly precedes it.
Tense by_forms(const Document& doc, const Lexicon& lexicon, const Sentence& s, std::uint32_t at) {
  const std::uint32_t low = at > s.tokens.first + kReach ? at - kReach : s.tokens.first;
  for (std::uint32_t t = at; t-- > low;)
    if (const Tense tense = form_tense(doc, lexicon, t); tense != Tense::unknown) {
      // "said it would", "will be barred": a past form right behind will or would is the future; "had been
      // scheduled" looks back.
      for (std::uint32_t back = t; back-- > low && t - back <= 3;) {
        if (tense == Tense::past && form_tense(doc, lexicon, back) == Tense::future) return Tense::future;
        if (tense == Tense::future && equals_ignore_case(doc.text(doc.all<Token>()[back].span), "had"))
          return Tense::past;
      }
      return tense;
    }
  for (std::uint32_t t = at + 1; t < s.tokens.end() && t < at + kReach; ++t)
    if (const Tense tense = form_tense(doc, lexicon, t); tense != Tense::unknown) return tense;
  return Tense::unknown;
}

bool is_verbal(const Syntax& x) { return x.upos == Upos::verb || x.upos == Upos::aux; }

/// Tense of one verb from its own form and its auxiliaries. `event`: of an event that the expression owns
/// ("Wednesday's ruling"): what somebody means to do about it lies ahead, the event does not.
Tense verb_tense(const Document& doc, const Lexicon& lexicon, const Sentence& s, Id<Token> verb, bool event) {
  const auto syntax = doc.all<Syntax>();
  const std::uint32_t v = verb.value;
  const std::uint32_t low = v > s.tokens.first + kReach ? v - kReach : s.tokens.first;
  const std::uint32_t high = std::min<std::uint32_t>(s.tokens.end(), v + 4);
  bool past = syntax[v].is(MorphFlag::past) && syntax[v].is(MorphFlag::finite);
  bool infinitive = false, may = false, perfect = false, passive = false, is = false;
  for (std::uint32_t t = low; t < high; ++t) {
    if (syntax[t].head != verb) continue;
    if (syntax[t].deprel == Deprel::aux || syntax[t].deprel == Deprel::aux_pass ||
        syntax[t].deprel == Deprel::cop) {
      const std::string_view lemma = doc.str(syntax[t].lemma);
      if (lemma == "will" || lemma == "shall" || lemma == "would" || lemma == "'ll") return Tense::future;
      may |= lemma == "may" || lemma == "might";
      perfect |= lemma == "have";
      passive |= syntax[t].deprel == Deprel::aux_pass;
      is |= lemma == "be" && syntax[t].deprel == Deprel::aux && syntax[t].is(MorphFlag::finite) &&
            !syntax[t].is(MorphFlag::past);
      if (lemma == "have" || syntax[t].is(MorphFlag::past)) past = true;
    }
    if (syntax[t].deprel == Deprel::mark && syntax[t].upos == Upos::part) infinitive = true;
  }
  // "has scheduled talks on Thursday", "might come on Tuesday"
  const bool ahead = form_tense(doc, lexicon, v) == Tense::future;
  if (!event && ((may && !perfect) || (past && ahead && !passive))) return Tense::future;
  if (past) return Tense::past;
  if (is && !event && doc.text(doc.all<Token>()[v].span).ends_with("ing")) return Tense::going;
  // "expected to meet", "vowed to return": what the infinitive says lies ahead of its governor.
  if (infinitive && event) return Tense::unknown;
  if (infinitive && syntax[v].head) {
    const Tense governor = form_tense(doc, lexicon, syntax[v].head.value);
    if (governor == Tense::future) return Tense::future;
    return syntax[v].deprel == Deprel::xcomp ? Tense::unknown : Tense::future;
  }
  if (syntax[v].is(MorphFlag::past) && syntax[v].is(MorphFlag::participle)) return Tense::past;
  return Tense::unknown;
}

}  // namespace

Tense tense_around(const Document& doc, const Lexicon& lexicon, const Sentence& s, std::uint32_t at) {
  const auto syntax = doc.all<Syntax>();
  // "as soon as Tuesday"
  const auto is = [&](std::uint32_t back, std::string_view word) {
    return at >= s.tokens.first + back &&
           equals_ignore_case(doc.text(doc.all<Token>()[at - back].span), word);
  };
  // "has been on patrol since March and was to return": what something goes on since lies behind.
  if (is(1, "since")) return Tense::past;
  if (is(1, "as") && (is(2, "soon") || is(2, "early")) && is(3, "as")) return Tense::future;
  if (syntax.size() == doc.all<Token>().size() && at < syntax.size()) {
    Id<Token> t(at);
    const bool event = syntax[at].deprel == Deprel::nmod_poss;
    for (int step = 0; step < kClimb && t && s.tokens.contains(t); ++step) {
      const bool predicate = is_verbal(syntax[t.value]);
      if (predicate && syntax[t.value].upos == Upos::verb) {
        const Tense tense = verb_tense(doc, lexicon, s, t, event);
        if (tense != Tense::unknown) return tense;
      }
      t = syntax[t.value].head;
    }
  }
  return by_forms(doc, lexicon, s, at);
}

}  // namespace annalist::timex
