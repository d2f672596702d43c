#include "state/successors.h"

#include <algorithm>

#include "base/strings.h"
#include "pack/stanza.h"

namespace annalist::state {
namespace {

/// The first or the last day of "2014", "2014-11", "2014-11-05"; none of "-".
Day edge(std::string_view text, bool last) {
  std::string iso(text);
  if (iso.size() == 4) iso += last ? "-12" : "-01";
  if (iso.size() == 10) return Day::parse_iso(iso);
  if (iso.size() != 7) return {};
  const Day first = Day::parse_iso(iso + "-01");
  if (!first || !last) return first;
  const Day later = first + 31;
  return later - int(unsigned(later.ymd().day()));
}

/// Countries are named by their ISO 3166-1 alpha-3 code.
bool is_state(std::string_view uid) { return uid.size() == 3 && std::ranges::all_of(uid, is_upper); }

constexpr int kSteps = 8;  // a circle of links ends too

}  // namespace

Result<Successors> Successors::load(const std::vector<DataText>& texts) {
  Successors out;
  for (const DataText& f : texts) {
    const bool links = f.name.starts_with("actors/") && f.name.ends_with("links.tsv");
    const bool sides = f.name == "actors/sides.tsv";
    if (f.name.starts_with("actors/") && f.name.ends_with(".txt")) {
      // Only the names: the actor layer reads and checks the rest.
      std::string id;
      for (const std::string_view line : split(f.text, '\n')) {
        if (line.starts_with('[')) id = line.substr(1, line.find(']') - 1);
        if (line.starts_with("name:") && !id.empty()) out.names_.try_emplace(id, trim(line.substr(5)));
      }
    }
    if (f.name == "places/countries.tsv") {
      const auto table = parse_table(f.text, "data/" + std::string(f.name));
      if (!table) return std::unexpected(table.error());
      const auto code = table->column("iso3", f.name), name = table->column("name", f.name);
      if (!code) return std::unexpected(code.error());
      if (!name) return std::unexpected(name.error());
      for (const auto& row : table->rows) out.names_.insert_or_assign(row[*code], row[*name]);
    }
    if (!links && !sides) continue;
    const auto table = parse_table(f.text, "data/" + std::string(f.name));
    if (!table) return std::unexpected(table.error());
    std::size_t column[5] = {};
    constexpr std::string_view kNames[] = {"actor", "other", "from", "to", "link"};
    for (std::size_t i = 0; i < (links ? 5U : 4U); ++i) {
      const auto at = table->column(kNames[i], f.name);
      if (!at) return std::unexpected(at.error());
      column[i] = *at;
    }
    for (const auto& row : table->rows) {
      const std::string_view link = links ? std::string_view(row[column[4]]) : "member_of";
      Link l{row[column[1]], edge(row[column[2]], false), edge(row[column[3]], true)};
      if (link == "renamed_to" || link == "merged_into") out.became_[row[column[0]]].push_back(std::move(l));
      if (link == "member_of") out.side_[row[column[0]]].push_back(std::move(l));
    }
  }
  return out;
}

std::string Successors::at(std::string_view uid, Day since, Day day) const {
  std::string now(uid);
  for (int i = 0; i < kSteps; ++i) {
    const auto it = became_.find(now);
    if (it == became_.end()) break;
    const auto next = std::ranges::find_if(it->second, [&](const Link& l) {
      const Day when = l.to ? l.to : l.from;
      return when && when <= day && (!since || when > since);
    });
    if (next == it->second.end()) break;
    now = next->other;
  }
  return now;
}

std::string Successors::side(std::string_view uid, Day day) const {
  const auto it = side_.find(uid);
  if (it == side_.end()) return {};
  std::string out;
  for (const Link& l : it->second)
    if ((!l.from || l.from <= day) && (!l.to || day <= l.to) && (out.empty() || is_state(l.other)))
      out = l.other;
  return out;
}

std::string Successors::name(std::string_view uid) const {
  const auto it = names_.find(uid);
  return it == names_.end() ? std::string(uid) : it->second;
}

}  // namespace annalist::state
