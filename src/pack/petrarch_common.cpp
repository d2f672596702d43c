#include "pack/petrarch_common.h"

#include <algorithm>

#include "base/date.h"
#include "base/strings.h"

namespace annalist::petrarch {

std::vector<Line> lines_of(const DataText& dictionary) {
  std::vector<Line> out;
  int number = 0;
  bool comment = false;
  for (std::string_view line : split(dictionary.text, '\n')) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (comment) {
      comment = line.find("-->") == std::string_view::npos;
      continue;
    }
    if (const std::string_view start = trim(line); start.starts_with("<!")) {
      comment = start.find("-->") == std::string_view::npos;
      continue;
    }
    const bool indented = !line.empty() && is_space(line.front());
    line = line.substr(0, std::min(line.find('#'), line.find(';')));
    line = trim(line);
    if (!line.empty()) out.push_back({line, number, indented});
  }
  return out;
}

std::string written(std::string_view name) {
  std::string out;
  const bool acronym = name.find_first_of("_ ") == std::string_view::npos &&
                       (name.size() <= 3 || name.find('.') != std::string_view::npos);
  bool first = true;
  for (char c : name) {
    if (c == '_' || c == ' ') {
      if (!out.empty() && out.back() != ' ') out += ' ';
      first = true;
      continue;
    }
    out += first || acronym ? c : to_lower(c);
    first = c == '-' || c == '.';
  }
  return std::string(trim(out));
}

std::string slug(std::string_view name) {
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

std::string_view kind_of(std::string_view code) {
  static constexpr std::pair<std::string_view, std::string_view> kRoles[] = {
      {"GOV", "government"},  {"MIL", "military"},      {"REB", "armed_group"},  {"INS", "armed_group"},
      {"SEP", "armed_group"}, {"OPP", "opposition"},    {"PTY", "party"},        {"COP", "police"},
      {"JUD", "judiciary"},   {"LEG", "legislature"},   {"SPY", "intelligence"}, {"MED", "media"},
      {"CVL", "civilians"},   {"EDU", "education"},     {"BUS", "business"},     {"MNC", "business"},
      {"REL", "religious"},   {"HLH", "medical"},       {"REF", "refugees"},     {"LAB", "labor"},
      {"CRM", "criminal"},    {"UAF", "unknown_armed"}, {"NGO", "ngo"},          {"HRI", "monitor"},
      {"ETH", "ethnic"},      {"ELI", "government"},    {"AGR", "labor"}};
  if (code.starts_with("IGO")) return "igo";
  if (code.starts_with("NGO") || code.starts_with("NGM")) return "ngo";
  for (std::size_t i = 3; i + 3 <= code.size(); i += 3)
    for (const auto& [role, kind] : kRoles)
      if (code.substr(i, 3) == role) return kind;
  return "state";
}

std::string fault(const DataText& file, int line, const std::string& what, const std::string& remedy) {
  return std::string(file.name) + ":" + std::to_string(line) + ": " + what + " (" + remedy + ")";
}

std::optional<std::string> day(std::string_view digits) {
  if ((digits.size() != 6 && digits.size() != 8) || !std::all_of(digits.begin(), digits.end(), is_digit))
    return std::nullopt;
  std::string full(digits);
  if (full.size() == 6) full.insert(0, full[0] >= '3' ? "19" : "20");
  const auto number = [&](std::size_t at, std::size_t n) {
    int out = 0;
    for (char c : full.substr(at, n)) out = out * 10 + (c - '0');
    return out;
  };
  const Day found = Day::from_ymd(number(0, 4), unsigned(number(4, 2)), unsigned(number(6, 2)));
  if (!found) return std::nullopt;
  return full.substr(0, 4) + "-" + full.substr(4, 2) + "-" + full.substr(6, 2);
}

}  // namespace annalist::petrarch
