#include "time/find_times.h"

#include <algorithm>

#include "time/grammar.h"
#include "time/resolve.h"
#include "time/tense.h"

namespace annalist {

using namespace timex;

namespace {

struct Found {
  Expression expression;
  Span span;
  std::uint32_t block = 0;
};

struct Scratch {
  AtomList atoms;
  std::vector<Expression> expressions;
  std::vector<Found> found;
  std::vector<Time> times;
};

/// Expressions that only make sense from the day of the report: "yesterday", "Monday", "last week".
bool is_deictic(const Expression& e) {
  switch (e.shape) {
    case Shape::shifted:
      return !e.anaphoric;
    case Shape::unit:
      return !e.anaphoric;
    case Shape::calendar:
      return e.weekday != 0 && e.day == 0 && !e.anaphoric;
    default:
      return false;
  }
}

/// A history or chronicle: nearly all its dates lie years before the day of the report, and hardly any word
/// counts from that day. Without a day of the report there is nothing to count from: narrative, too. A report
/// of a trial may be full of old years, but its lead says "on Thursday".
Mode mode_of(const std::vector<Found>& found, std::uint32_t lead_end, Day reference) {
  if (!reference) return Mode::narrative;
  const int now = int(reference.ymd().year());
  int old = 0, near = 0, deictic = 0;
  bool on_weekday = false, day_of_old = false;  // of the lead
  for (const Found& f : found) {
    const Expression& e = f.expression;
    if (e.shape == Shape::calendar && e.year != 0) (e.bc || e.year < now - 1 ? old : near) += 1;
    if (is_deictic(e)) ++deictic;
    if (f.span.begin >= lead_end) continue;
    on_weekday |= e.weekday != 0 && is_deictic(e);
    day_of_old |= e.shape == Shape::calendar && e.day != 0 && e.year != 0 && e.year < now - 1;
  }
  if (on_weekday && !day_of_old) return Mode::news;
  return old >= 4 && old > near && old + near > 4 * deictic ? Mode::narrative : Mode::news;
}

/// Index of the last record whose span begins at or before `byte`; walks forward from `at`.
template <class Record>
std::size_t advance(std::span<const Record> records, std::size_t at, std::size_t end, std::uint32_t byte) {
  while (at + 1 < end && records[at + 1].span.begin <= byte) ++at;
  return at;
}

}  // namespace

Result<FindTimes> FindTimes::load(const std::vector<DataText>& files) {
  auto lexicon = Lexicon::load(files);
  if (!lexicon) return std::unexpected(lexicon.error());
  FindTimes stage;
  stage.lexicon_ = std::make_shared<const Lexicon>(std::move(*lexicon));
  return stage;
}

void FindTimes::run(Document& doc, Workspace& work) const {
  Scratch& s = work.scratch<Scratch>();
  s.found.clear();
  s.times.clear();
  const auto blocks = doc.all<Block>();
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    if (!blocks[b].is_body()) continue;
    s.atoms.cut(doc.text(), blocks[b].span, *lexicon_);
    s.expressions.clear();
    find_expressions(s.atoms, *lexicon_, s.expressions);
    for (const Expression& e : s.expressions)
      if (e.shape != Shape::age)
        s.found.push_back(
            {e, s.atoms[e.begin].span.join(s.atoms[e.end - 1].span), static_cast<std::uint32_t>(b)});
  }
  const Day reference = doc.reference_day();
  Resolver resolver(*lexicon_, reference, mode_of(s.found, doc.lead_end(), reference));
  const auto sentences = doc.all<Sentence>();
  const auto tokens = doc.all<Token>();
  std::size_t sentence = 0;
  for (const Found& f : s.found) {
    Context context;
    context.block = f.block;
    if (!sentences.empty()) {
      sentence = advance(sentences, sentence, sentences.size(), f.span.begin);
      context.sentence = static_cast<std::uint32_t>(sentence);
      const Sentence& here = sentences[sentence];
      if (!here.tokens.empty()) {
        const auto first = tokens.begin() + here.tokens.first, last = tokens.begin() + here.tokens.end();
        auto at = std::upper_bound(first, last, f.span.begin,
                                   [](std::uint32_t byte, const Token& t) { return byte < t.span.begin; });
        if (at != first) --at;
        context.tense = tense_around(doc, *lexicon_, here, static_cast<std::uint32_t>(at - tokens.begin()));
      }
    }
    const Meaning m = resolver.resolve(f.expression, context);
    Time time;
    time.span = f.span;
    time.type = m.type;
    time.value = doc.intern(m.value);
    time.mod = doc.intern(name_of_mod(m.mod));
    time.from = m.days.from;
    time.to = m.days.to;
    s.times.push_back(time);
  }
  doc.fill(s.times);
}

}  // namespace annalist
