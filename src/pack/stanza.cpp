#include "pack/stanza.h"

#include <algorithm>
#include <unordered_set>

#include "base/strings.h"

namespace annalist {

std::string_view Stanza::get(std::string_view key) const {
  for (const StanzaField& f : fields)
    if (f.key == key) return f.value;
  return {};
}

std::vector<std::string_view> Stanza::all(std::string_view key) const {
  std::vector<std::string_view> out;
  for (const StanzaField& f : fields)
    if (f.key == key) out.push_back(f.value);
  return out;
}

std::vector<std::string_view> Stanza::list(std::string_view key) const {
  std::vector<std::string_view> out;
  for (std::string_view value : all(key))
    for (std::string_view part : split_list(value)) out.push_back(part);
  return out;
}

Result<std::vector<Stanza>> parse_stanzas(std::string_view text, std::string_view file,
                                          const std::vector<std::string_view>& allowed) {
  std::vector<Stanza> out;
  std::unordered_set<std::string> ids;
  int number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    const auto here = [&] { return std::string(file) + ":" + std::to_string(number); };
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (trim(line).empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      const std::size_t close = line.find(']');
      if (close == std::string_view::npos || trim(line.substr(1, close - 1)).empty())
        return fail("an entry must read [id]", here());
      std::string id(trim(line.substr(1, close - 1)));
      if (!ids.insert(id).second) return fail("entry [" + id + "] stands twice", here(), "merge the two");
      out.push_back({std::move(id), std::string(file), number, {}});
      continue;
    }
    if (out.empty()) return fail("a field outside any [entry]", here());
    if (is_space(line.front())) {
      if (out.back().fields.empty()) return fail("a continued line with nothing to continue", here());
      out.back().fields.back().value += " " + std::string(trim(line));
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return fail("expected 'key: value'", here());
    std::string key(trim(line.substr(0, colon)));
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), key) == allowed.end())
      return fail("unknown key '" + key + "'", here());
    out.back().fields.push_back({std::move(key), std::string(trim(line.substr(colon + 1))), number});
  }
  return out;
}

Result<std::size_t> Table::column(std::string_view name, std::string_view file) const {
  const auto it = std::find(columns.begin(), columns.end(), name);
  if (it == columns.end()) return fail("column '" + std::string(name) + "' is missing", std::string(file));
  return static_cast<std::size_t>(it - columns.begin());
}

Result<Table> parse_table(std::string_view text, std::string_view file) {
  Table table;
  int number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (trim(line).empty() || line.front() == '#') continue;
    std::vector<std::string> cells;
    for (std::string_view cell : split(line, '\t')) cells.emplace_back(trim(cell));
    if (table.columns.empty()) {
      table.columns = std::move(cells);
      continue;
    }
    if (cells.size() != table.columns.size())
      return fail(
          std::to_string(cells.size()) + " cells, the header has " + std::to_string(table.columns.size()),
          std::string(file) + ":" + std::to_string(number));
    table.rows.push_back(std::move(cells));
    table.lines.push_back(number);
  }
  return table;
}

}  // namespace annalist
