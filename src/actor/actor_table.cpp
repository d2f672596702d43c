#include "actor/actor_table.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/strings.h"
#include "doc/enums.h"
#include "pack/petrarch_common.h"

namespace annalist {

namespace {

using namespace petrarch;

/// One record of RFC 4180 at `at`, which moves behind it; counts the lines it takes.
std::vector<std::string> record(std::string_view text, std::size_t& at, char separator, int& lines) {
  std::vector<std::string> cells{{}};
  bool quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') ++lines;
    if (quoted) {
      if (c == '"' && at + 1 < text.size() && text[at + 1] == '"')
        cells.back() += text[++at];
      else if (c == '"')
        quoted = false;
      else
        cells.back() += c;
    } else if (c == '"' && trim(cells.back()).empty()) {
      quoted = true;
    } else if (c == separator) {
      cells.emplace_back();
    } else if (c == '\n') {
      ++at;
      break;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  for (std::string& cell : cells) cell = std::string(trim(cell));
  return cells;
}

std::string plain_cell(std::string text) {
  for (char& c : text)
    if (c == '\t' || c == '\n') c = ' ';
  return text.empty() ? "-" : text;
}

}  // namespace

ImportedText import_actor_table(const DataText& table) {
  ImportedText out;
  out.text = "# Made by `annalist data import actors-csv` from " + std::string(table.name) +
             ".\nid\tname\taliases\tkind\tcountry\tfrom\tto\n";
  std::string_view text = table.text;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string_view head_line = text.substr(0, text.find('\n'));
  const char separator = head_line.find('\t') != std::string_view::npos  ? '\t'
                         : head_line.find(',') == std::string_view::npos ? ';'
                                                                         : ',';
  std::size_t at = 0;
  int line = 1;
  std::map<std::string, std::size_t> columns;
  const auto header = record(text, at, separator, line);
  for (std::size_t i = 0; i < header.size(); ++i) columns.emplace(lower(header[i]), i);
  if (!columns.contains("name") || (!columns.contains("kind") && !columns.contains("code"))) {
    out.faults.push_back(
        fault(table, 1, "no columns 'name' and 'kind' or 'code'", "name the columns in the first line"));
    return out;
  }
  std::set<std::string> ids;
  while (at < text.size()) {
    const int where = line;
    const auto cells = record(text, at, separator, line);
    if (cells.size() == 1 && cells[0].empty()) continue;
    const auto cell = [&](const char* name) {
      const auto it = columns.find(name);
      return it == columns.end() || it->second >= cells.size() ? std::string() : cells[it->second];
    };
    const std::string name = cell("name");
    if (cells.size() != header.size() || name.empty()) {
      out.faults.push_back(fault(table, where,
                                 name.empty() ? "a row without a name"
                                              : std::to_string(cells.size()) + " cells, the header has " +
                                                    std::to_string(header.size()),
                                 "correct the row; it is passed over"));
      continue;
    }
    std::string kind = cell("kind");
    if (kind.empty()) kind = kind_of(cell("code"));
    if (!from_name<ActorKind>(kind)) {
      out.faults.push_back(fault(table, where, "'" + kind + "' is no kind of actor",
                                 "see docs/formats/import.md; the row is passed over"));
      continue;
    }
    std::string id = cell("id").empty() ? slug(name) : cell("id");
    if (!ids.insert(id).second) {
      out.faults.push_back(fault(table, where, "'" + id + "' stands twice",
                                 "give one of the two another id; this row is passed over"));
      continue;
    }
    std::string aliases = cell("aliases");
    std::replace(aliases.begin(), aliases.end(), '|', ';');
    out.text += id;
    for (const std::string& value : {name, aliases, kind, cell("country"), cell("from"), cell("to")})
      out.text += "\t" + plain_cell(value);
    out.text += "\n";
    ++out.entries;
  }
  return out;
}

}  // namespace annalist
