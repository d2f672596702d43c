#include "actor/leaders.h"

#include <algorithm>
#include <optional>

#include "base/strings.h"
#include "pack/stanza.h"

namespace annalist {

namespace {

std::optional<int> number(std::string_view s) {
  if (s.empty() || s.size() > 4 || !std::all_of(s.begin(), s.end(), is_digit)) return std::nullopt;
  int n = 0;
  for (char c : s) n = n * 10 + (c - '0');
  return n;
}

/// YYYY, YYYY-MM or YYYY-MM-DD as its first or last day; "" and "-" are none.
Result<Day> read_day(std::string_view s, bool last, const std::string& where) {
  s = trim(s);
  if (s.empty() || s == "-") return Day{};
  const auto parts = split(s, '-');
  const auto bad = [&] {
    return fail("'" + std::string(s) + "' is no date", where, "write YYYY, YYYY-MM or YYYY-MM-DD");
  };
  if (parts.size() > 3 || parts[0].size() != 4) return bad();
  int values[3] = {0, last ? 12 : 1, 0};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto n = number(parts[i]);
    if (!n) return bad();
    values[i] = *n;
  }
  Day day;
  if (values[2] != 0)
    day = Day::from_ymd(values[0], unsigned(values[1]), unsigned(values[2]));
  else if (!last)
    day = Day::from_ymd(values[0], unsigned(values[1]), 1);
  else
    for (unsigned d = 31; d >= 28 && !day; --d) day = Day::from_ymd(values[0], unsigned(values[1]), d);
  if (!day) return bad();
  return day;
}

Result<LeaderTerm> parse_term(std::string_view text, const std::string& where) {
  LeaderTerm out;
  out.where = where;
  text = trim(text);
  const std::size_t blank = text.rfind(' ');
  if (blank == std::string_view::npos)
    return fail("'" + std::string(text) + "' is no term of office", where, "write NAME FROM..TO");
  auto when = read_day_range(text.substr(blank + 1), where);
  if (!when) return std::unexpected(when.error());
  out.term.when = *when;
  std::string_view name = trim(text.substr(0, blank));
  if (const std::size_t open = name.find('('); open != std::string_view::npos) {
    if (!name.ends_with(')'))
      return fail("other names must end with ')'", where, "write NAME (OTHER, OTHER) FROM..TO");
    for (std::string_view alias : split_list(name.substr(open + 1, name.size() - open - 2), ',')) {
      if (alias == "-")
        out.no_family_name = true;
      else
        out.aliases.emplace_back(alias);
    }
    name = trim(name.substr(0, open));
  }
  out.id = actor_slug(name);
  if (const std::size_t mark = name.find(" #"); mark != std::string_view::npos) name = name.substr(0, mark);
  out.name = name;
  if (out.id.empty()) return fail("a term of office without a name", where, "write NAME FROM..TO");
  return out;
}

}  // namespace

std::string actor_slug(std::string_view name) {
  std::string out;
  for (char c : fold(name)) {
    if (is_alpha(c) || is_digit(c))
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return out;
}

Result<DayRange> read_day_range(std::string_view from, std::string_view to, const std::string& where) {
  auto first = read_day(from, false, where), last = read_day(to, true, where);
  if (!first) return std::unexpected(first.error());
  if (!last) return std::unexpected(last.error());
  if (*first && *last && *last < *first)
    return fail("dates out of order", where, "the first date must not be after the second");
  return DayRange{*first, *last};
}

Result<DayRange> read_day_range(std::string_view text, const std::string& where) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos)
    return fail("'" + std::string(text) + "' is no FROM..TO", where,
                "write 1999-05..2004, either end may be empty");
  return read_day_range(text.substr(0, dots), text.substr(dots + 2), where);
}

Result<std::vector<LeaderTerm>> parse_leaders(const DataText& file) {
  auto stanzas = parse_stanzas(file.text, file.name);
  if (!stanzas) return std::unexpected(stanzas.error());
  std::vector<LeaderTerm> out;
  for (const Stanza& s : *stanzas)
    for (const StanzaField& field : s.fields) {
      const std::string where = s.file + ":" + std::to_string(field.line);
      for (std::string_view one : split_list(field.value)) {
        auto term = parse_term(one, where);
        if (!term) return std::unexpected(term.error());
        term->term.role = field.key;
        term->term.country = s.id;
        out.push_back(std::move(*term));
      }
    }
  return out;
}

}  // namespace annalist
