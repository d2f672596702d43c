#include "time/lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/strings.h"
#include "pack/stanza.h"

namespace annalist::timex {
namespace {

constexpr auto kClassNames = std::to_array<std::string_view>(
    {"month", "weekday",      "weekdays", "unit",     "units",  "season", "part",    "clock",    "number",
     "scale", "plural_scale", "ordinal",  "vague",    "decade", "day",    "daypart", "relation", "modifier",
     "edge",  "approx",       "shift",    "meridiem", "era",    "zone",   "every",   "set",      "tense"});
static_assert(kClassNames.size() == static_cast<std::size_t>(WordClass::count_));

constexpr auto kUnits = std::to_array<std::string_view>({"", "second", "minute", "hour", "day", "weekend",
                                                         "week", "fortnight", "month", "quarter", "semester",
                                                         "year", "decade", "century", "millennium"});
constexpr auto kSeasons = std::to_array<std::string_view>({"", "SP", "SU", "FA", "WI"});
constexpr auto kParts = std::to_array<std::string_view>({"", "MO", "MI", "AF", "EV", "NI", "DT"});
constexpr auto kVague =
    std::to_array<std::string_view>({"", "few", "several", "many", "couple", "some", "recent"});
constexpr auto kRelations = std::to_array<std::string_view>(
    {"", "last", "past", "previous", "this", "current", "next", "following", "that", "same", "latest"});
constexpr auto kEdges = std::to_array<std::string_view>({"", "START", "MID", "END"});
constexpr auto kShifts = std::to_array<std::string_view>({"", "ago", "earlier", "later", "hence"});
constexpr auto kMods =
    std::to_array<std::string_view>({"", "START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN",
                                     "EQUAL_OR_LESS", "EQUAL_OR_MORE", "BEFORE", "AFTER"});

template <class Names>
int index_in(const Names& names, std::string_view s) {
  const auto it = std::find(names.begin() + 1, names.end(), s);
  return it == names.end() ? -1 : static_cast<int>(it - names.begin());
}

int to_int(std::string_view s) {
  int value = -1000;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc() && end == s.data() + s.size() ? value : -1000;
}

/// The number a value of that class stands for, or a number below -100 when it is not one of its values.
int value_of(WordClass c, std::string_view s) {
  switch (c) {
    case WordClass::unit:
    case WordClass::units:
      return index_in(kUnits, s) < 0 ? -1000 : index_in(kUnits, s);
    case WordClass::season:
      return index_in(kSeasons, s) < 0 ? -1000 : index_in(kSeasons, s);
    case WordClass::part:
    case WordClass::daypart:
      return index_in(kParts, s) < 0 ? -1000 : index_in(kParts, s);
    case WordClass::vague:
      return index_in(kVague, s) < 0 ? -1000 : index_in(kVague, s);
    case WordClass::relation:
      return index_in(kRelations, s) < 0 ? -1000 : index_in(kRelations, s);
    case WordClass::modifier:
    case WordClass::edge:
      return index_in(kEdges, s) < 0 ? -1000 : index_in(kEdges, s);
    case WordClass::shift:
      return index_in(kShifts, s) < 0 ? -1000 : index_in(kShifts, s);
    case WordClass::approx:
      return s == "-" ? 0 : index_in(kMods, s) < 0 ? -1000 : index_in(kMods, s);
    case WordClass::clock:
      return s.size() == 5 ? to_int(s.substr(0, 2)) * 60 + to_int(s.substr(3)) : -1000;
    case WordClass::tense:
      return s == "future" ? 2 : s == "past" ? 1 : -1000;
    case WordClass::meridiem:
      return s == "pm" ? 12 : 0;
    case WordClass::era:
      return s == "bc" ? 1 : 0;
    case WordClass::zone:
    case WordClass::every:
      return 0;
    default:
      return to_int(s);
  }
}

std::vector<std::string> lower_list(const Stanza& stanza, std::string_view key) {
  std::vector<std::string> out;
  for (std::string_view s : stanza.list(key)) out.push_back(lower(s));
  return out;
}

std::vector<std::string> whole(const Stanza& stanza, std::string_view key) {
  std::vector<std::string> out;
  for (std::string_view s : stanza.all(key)) out.emplace_back(s);
  return out;
}

/// Words as the lexer cuts them: letters and digits run together, every other mark is a word.
std::vector<std::string> cut(std::string_view text) {
  std::vector<std::string> out;
  bool open = false;
  for (char c : lower(text)) {
    if (is_alpha(c) || is_digit(c)) {
      if (!open) out.emplace_back();
      out.back() += c;
      open = true;
    } else {
      open = false;
      if (!is_space(c)) out.emplace_back(1, c);
    }
  }
  return out;
}

}  // namespace

std::string_view name_of_mod(Mod m) { return kMods[static_cast<std::size_t>(m)]; }

void Lexicon::add_phrase(std::string_view text, Phrase::Kind kind, std::uint32_t index) {
  Phrase phrase{cut(text), kind, index};
  if (phrase.words.empty()) return;
  auto& list = phrases_[phrase.words.front()];
  const auto at = std::find_if(list.begin(), list.end(),
                               [&](const Phrase& p) { return p.words.size() < phrase.words.size(); });
  list.insert(at, std::move(phrase));
}

Status Lexicon::load_words(const DataText& file) {
  auto table = parse_table(file.text, file.name);
  if (!table) return std::unexpected(table.error());
  for (const char* name : {"word", "class", "value"})
    if (auto column = table->column(name, file.name); !column) return std::unexpected(column.error());
  const std::size_t word_at = *table->column("word", file.name),
                    class_at = *table->column("class", file.name),
                    value_at = *table->column("value", file.name);
  for (const auto& row : table->rows) {
    const auto name = std::find(kClassNames.begin(), kClassNames.end(), row[class_at]);
    if (name == kClassNames.end())
      return fail("unknown class '" + row[class_at] + "'", std::string(file.name));
    const auto c = static_cast<WordClass>(name - kClassNames.begin());
    int value = value_of(c, row[value_at]);
    if (c == WordClass::set) {
      value = static_cast<int>(periods_.size());
      periods_.push_back(row[value_at]);
    }
    if (value < -100)
      return fail("'" + row[value_at] + "' is no value of class " + row[class_at], std::string(file.name));
    const bool several = row[word_at].find(' ') != std::string::npos;
    if (several) {
      add_phrase(row[word_at], Phrase::Kind::word, static_cast<std::uint32_t>(phrase_words_.size()));
      phrase_words_.emplace_back();
    }
    Word& word = several ? phrase_words_.back() : words_[row[word_at]];
    word.classes |= 1u << static_cast<unsigned>(c);
    word.values[static_cast<std::size_t>(c)] = static_cast<std::int16_t>(value);
  }
  return {};
}

Status Lexicon::load_references(const DataText& file) {
  auto stanzas = parse_stanzas(
      file.text, file.name,
      {"phrase", "type", "value", "after", "notafter", "before", "notbefore", "must", "mustnot"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    Reference r;
    r.id = s.id;
    r.value = s.get("value");
    const auto type = from_name<TimeType>(s.get("type"));
    if (!type || r.value.empty()) return fail("needs a type and a value", s.where());
    r.type = *type;
    r.phrases = lower_list(s, "phrase");
    r.after = lower_list(s, "after");
    r.not_after = lower_list(s, "notafter");
    r.before = lower_list(s, "before");
    r.not_before = lower_list(s, "notbefore");
    r.must = whole(s, "must");
    r.must_not = whole(s, "mustnot");
    for (const std::string& p : r.phrases)
      add_phrase(p, Phrase::Kind::reference, static_cast<std::uint32_t>(references_.size()));
    references_.push_back(std::move(r));
  }
  return {};
}

Status Lexicon::load_feasts(const DataText& file) {
  auto table = parse_table(file.text, file.name);
  if (!table) return std::unexpected(table.error());
  std::size_t at[6];
  const char* names[6] = {"name", "calendar", "month", "day", "weekday", "days"};
  for (int i = 0; i < 6; ++i) {
    auto column = table->column(names[i], file.name);
    if (!column) return std::unexpected(column.error());
    at[i] = *column;
  }
  constexpr auto kCalendars = std::to_array<std::string_view>({"gregorian", "easter", "weekday", "hijri"});
  for (const auto& row : table->rows) {
    const auto calendar = std::find(kCalendars.begin(), kCalendars.end(), row[at[1]]);
    const Feast feast{static_cast<Feast::Calendar>(calendar - kCalendars.begin()), to_int(row[at[2]]),
                      to_int(row[at[3]]), to_int(row[at[4]]), to_int(row[at[5]])};
    if (calendar == kCalendars.end() || feast.month < 0 || feast.month > 12 || feast.day < -366 ||
        feast.weekday < 0 || feast.weekday > 7 || feast.days < 1)
      return fail("bad row for '" + row[at[0]] + "'", std::string(file.name));
    add_phrase(row[at[0]], Phrase::Kind::feast, static_cast<std::uint32_t>(feasts_.size()));
    feasts_.push_back(feast);
  }
  return {};
}

Result<Lexicon> Lexicon::load(const std::vector<DataText>& files) {
  Lexicon lexicon;
  bool words = false;
  for (const DataText& file : files) {
    Status status;
    if (file.name == "time/words.tsv") {
      status = lexicon.load_words(file);
      words = true;
    } else if (file.name == "time/refs.txt") {
      status = lexicon.load_references(file);
    } else if (file.name == "time/feasts.tsv") {
      status = lexicon.load_feasts(file);
    }
    if (!status) return std::unexpected(status.error());
  }
  if (!words) return fail("no word table for times", "time/words.tsv", "build the codebook pack from data/");
  return lexicon;
}

}  // namespace annalist::timex
