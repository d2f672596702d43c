#include "time/grammar.h"

#include <algorithm>

#include "time/reader.h"

namespace annalist::timex {

bool Reader::any(std::size_t i, std::initializer_list<std::string_view> words) const {
  return i < a_.size() && std::find(words.begin(), words.end(), a_.lower(i)) != words.end();
}

bool Reader::preposition(std::size_t i) const {
  return any(i, {"in",         "on",     "by",      "since",  "until",    "till",  "from", "to",
                 "of",         "for",    "between", "during", "before",   "after", "at",   "through",
                 "throughout", "around", "about",   "circa",  "within",   "into",  "as",   "and",
                 "or",         "than",   "but",     "versus", "compared", "over",  "(",    "["});
}

const Phrase* Reader::phrase(std::size_t i, Phrase::Kind kind) const {
  if (a_[i].kind != Atom::Kind::word) return nullptr;
  const auto* list = lexicon_.phrases(a_.lower(i));
  if (!list) return nullptr;
  for (const Phrase& p : *list) {
    if (p.kind != kind) continue;
    std::size_t k = 0;
    while (k < p.words.size() && a_.is(i + k, p.words[k])) ++k;
    if (k == p.words.size()) return &p;
  }
  return nullptr;
}

std::size_t Reader::reference(std::size_t i, Expression& e) const {
  const Phrase* found = phrase(i, Phrase::Kind::reference);
  if (!found) return 0;
  const Reference& r = lexicon_.reference(found->index);
  const std::size_t end = i + found->words.size();
  const auto holds = [](const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  const std::string_view before = i > 0 ? a_.lower(i - 1) : std::string_view{};
  const bool skip_mark = a_.is(end, "-") && glued(end);
  const std::string_view behind = a_.lower(skip_mark ? end + 1 : end);
  if (!r.after.empty() && !holds(r.after, before)) return 0;
  if (!r.before.empty() && !holds(r.before, behind)) return 0;
  if (holds(r.not_after, before) || holds(r.not_before, behind)) return 0;
  e.shape = Shape::reference;
  e.index = found->index;
  return end;
}

std::size_t Reader::longest_of(std::span<const Rule> rules, std::size_t i, Expression& e) const {
  std::size_t best = 0;
  for (const Rule rule : rules) {
    Expression candidate;
    const std::size_t end = (this->*rule)(i, candidate);
    if (end > best) {
      best = end;
      e = candidate;
    }
  }
  return best;
}

std::size_t Reader::longest(std::size_t i, Expression& e) const {
  constexpr Rule kRules[] = {&Reader::point,      &Reader::edge,         &Reader::modified,   &Reader::span,
                             &Reader::counted,    &Reader::approximate,  &Reader::hyphenated, &Reader::set,
                             &Reader::bare_units, &Reader::current_unit, &Reader::reference};
  const std::size_t best = longest_of(kRules, i, e);
  // "the year 3912" is no year of ours.
  if (best > i && a_.is(best - 1, "year") && a_[best].kind == Atom::Kind::number && a_[best].digits == 4)
    return 0;
  e.begin = static_cast<std::uint32_t>(i);
  e.end = static_cast<std::uint32_t>(best);
  return best;
}

std::size_t Reader::shared_day(std::size_t i, Expression& e) const {
  const Atom& n = a_[i];
  if (n.kind != Atom::Kind::number || n.digits > 2 || n.number < 1 || n.number > 31 || n.decimal) return 0;
  if (!any(i + 1, {"and", "to", "or", "-", "/", ","})) return 0;
  Expression next;
  const std::size_t end = day_month(i + 2, next);
  if (!end || next.day == 0 || a_.is(i + 2, "the")) return 0;
  if (i > 0 && a_.is(i - 1, WordClass::month)) return 0;
  e = next;
  e.day = static_cast<std::uint8_t>(n.number);
  e.begin = static_cast<std::uint32_t>(i);
  e.end = static_cast<std::uint32_t>(i + 1);
  return i + 1;
}

std::size_t Reader::range_end(std::size_t i, const Expression& first, Expression& e) const {
  if (first.shape != Shape::calendar) return 0;
  const bool dash = a_.is(i, "-");
  if (!dash && !any(i, {"and", "or", "to", "/"})) return 0;
  const Atom& n = a_[i + 1];
  if (n.kind != Atom::Kind::number || n.decimal || n.ordinal || n.grouped || n.digits > 2 || n.number < 1)
    return 0;
  // "3/4/12 and 25/12/13": a date of its own
  if (any(i + 2, {"/", ".", ":"}) && glued(i + 2) && a_[i + 3].kind == Atom::Kind::number && glued(i + 3))
    return 0;
  e = first;
  e.mod = Mod::none;
  e.begin = static_cast<std::uint32_t>(i + 1);
  e.end = static_cast<std::uint32_t>(i + 2);
  if (first.month == 0 && first.year >= 1000 && dash && n.digits == 2 && n.number > first.year % 100 &&
      first.season == Season::none && glued(i + 1)) {
    e.year = first.year / 100 * 100 + n.number;
    return i + 2;
  }
  // "April 4-6": the day first, so that nothing behind it says the month.
  const bool month_first = a_[first.end - 1].kind == Atom::Kind::number && a_[first.end - 1].digits <= 2;
  if (first.day == 0 || !month_first || n.number > 31 || n.number <= first.day) return 0;
  if (!dash && a_[i + 2].kind == Atom::Kind::word && !preposition(i + 2)) return 0;
  if (dash && !glued(i + 1)) return 0;
  e.day = static_cast<std::uint8_t>(n.number);
  e.weekday = 0;
  const std::size_t end = year_behind(i + 2, e);
  e.end = static_cast<std::uint32_t>(end);
  return end;
}

namespace {

/// "18 August - 15 September 1951", "between March and April 1918": the year behind the second date is that
/// of the first, or the one after it when the months say so.
void share_year(const AtomList& atoms, std::vector<Expression>& out) {
  if (out.size() < 2) return;
  Expression& first = out[out.size() - 2];
  const Expression& second = out.back();
  if (first.shape != Shape::calendar || second.shape != Shape::calendar || second.begin != first.end + 1)
    return;
  const std::string_view link = atoms.lower(first.end);
  if (link != "-" && link != "to" && link != "and" && link != "or" && link != "until") return;
  if (first.year != 0 || first.month == 0 || first.unit != Unit::none || second.month == 0 ||
      second.year == 0)
    return;
  first.year = first.month > second.month ? second.year - 1 : second.year;
  first.bc = second.bc;
}

}  // namespace

void find_expressions(const AtomList& atoms, const Lexicon& lexicon, std::vector<Expression>& out) {
  const Reader reader(atoms, lexicon);
  for (std::size_t i = 0; i < atoms.size();) {
    const Atom& a = atoms[i];
    // Most words cannot begin an expression; they are passed over without trying a rule.
    const bool starter = a.kind == Atom::Kind::number || a.word != nullptr || atoms.is(i, "the") ||
                         atoms.is(i, "a") || atoms.is(i, "an") || atoms.is(i, "'") ||
                         (a.kind == Atom::Kind::word && lexicon.phrases(atoms.lower(i)) != nullptr) ||
                         atoms.is(i, "another") || atoms.is(i, "half") || atoms.is(i, "fiscal");
    Expression e;
    if (!starter) {
      ++i;
      continue;
    }
    if (const std::size_t end = reader.shared_day(i, e)) {
      out.push_back(e);
      i = end;
      continue;
    }
    std::size_t end = reader.longest(i, e);
    if (!end) {
      ++i;
      continue;
    }
    out.push_back(e);
    share_year(atoms, out);
    Expression second;
    if (const std::size_t behind = reader.range_end(end, e, second)) {
      if (second.year != 0 && out.back().year == 0) out.back().year = second.year;
      out.push_back(second);
      end = behind;
    }
    i = end;
  }
}

}  // namespace annalist::timex
