#include "export/panel.h"

#include <algorithm>
#include <cmath>

#include "base/date.h"
#include "export/fields.h"

namespace annalist {

std::string Panel::period_of(Day day) const {
  if (period_ == Period::week) return (day - int((day.weekday() + 6) % 7)).iso();  // its Monday
  return period_ == Period::month ? day.iso().substr(0, 7) + "-01" : day.iso();
}

Day Panel::next_period(Day start) const {
  if (period_ == Period::day) return start + 1;
  if (period_ == Period::week) return start + 7;
  const auto ymd = start.ymd();
  const unsigned month = unsigned(ymd.month());
  return Day::from_ymd(int(ymd.year()) + (month == 12), month == 12 ? 1 : month + 1, 1);
}

void Panel::add(const store::EventRecord& e, Losses& losses) {
  const Day day = Day::parse_iso(e.date_from.empty() ? e.date : e.date_from);
  if (!day) return losses.left_out(e.uid, "no date");
  if (period_ == Period::day && e.date_precision != "day")
    losses.field("period", e.uid, "its day is not known; the first possible one stands");
  std::set<std::vector<std::string>> units;
  if (unit_ == Unit::country) {
    const CountryCodes& c = codes_.country(e.place.country);
    if (c.iso3.empty()) return losses.left_out(e.uid, "the country is not known");
    units.insert({c.iso3, c.name, c.gw, c.cow});
  } else if (unit_ == Unit::grid) {
    if (!e.place.located || e.place.precision == "country" || e.place.precision == "admin1")
      return losses.left_out(e.uid, "the place is not known to half a degree");
    const int row = std::clamp(int(std::floor((e.place.lat + 90) * 2)), 0, 359);
    const int column = std::clamp(int(std::floor((e.place.lon + 180) * 2)), 0, 719);
    std::string lat, lon;
    Cells(lat, Cells::Form::tsv).decimal(row / 2.0 - 90 + 0.25, 2);
    Cells(lon, Cells::Form::tsv).decimal(column / 2.0 - 180 + 0.25, 2);
    units.insert({std::to_string(row * 720 + column + 1), lat, lon});
  } else {
    const Sides sides = sides_of(e);
    const auto id = [](const store::ArgumentRecord* a) { return a->side.empty() ? a->actor.uid : a->side; };
    for (const auto* a : sides.a)
      for (const auto* b : sides.b)
        if (!id(a).empty() && !id(b).empty() && id(a) != id(b))
          units.insert({id(a), a->side == a->actor.uid ? a->actor.name : a->name, id(b),
                        b->side == b->actor.uid ? b->actor.name : b->name});
    // One pair bears one name, whichever report named it.
    for (auto it = units.begin(); it != units.end();) {
      auto key = *it;
      const auto same = std::ranges::find_if(
          units_, [&](const auto& u) { return u.first[0] == key[0] && u.first[2] == key[2]; });
      if (same != units_.end() && same->first != key) {
        it = units.erase(it);
        units.insert(same->first);
      } else {
        ++it;
      }
    }
    if (units.empty()) return losses.left_out(e.uid, "not between two known actors");
  }
  types_.insert(e.type);
  for (const auto& unit : units) {
    Cell& c = units_[unit][period_of(day)];
    ++c.events;
    ++c.by_type[e.type];
    c.contested += e.contested;
    const std::int32_t best = e.deaths.best >= 0 ? e.deaths.best : e.deaths.low;
    c.deaths_low += std::max(0, e.deaths.low >= 0 ? e.deaths.low : best);
    c.deaths_best += std::max(0, best);
    c.deaths_high += std::max({0, e.deaths.high, best});
    c.deaths_unknown += !e.deaths.known();
  }
}

std::vector<ExportColumn> Panel::columns() const {
  std::vector<ExportColumn> out;
  if (unit_ == Unit::country)
    out = {{"country_iso3", "text", "ISO 3166-1 alpha-3"},
           {"country", "text", ""},
           {"country_gw", "integer", "Gleditsch and Ward"},
           {"country_cow", "integer", "Correlates of War"}};
  if (unit_ == Unit::grid)
    out = {{"priogrid_gid", "integer", "PRIO-GRID cell, half a degree"},
           {"latitude", "decimal", "centre"},
           {"longitude", "decimal", "centre"}};
  if (unit_ == Unit::pair)
    out = {{"actor_id", "text", "who acts"},
           {"actor", "text", ""},
           {"target_id", "text", "on whom; in two-sided events the second side"},
           {"target", "text", ""}};
  out.push_back({"period_start", "date", "first day of the period; weeks begin on Monday"});
  out.push_back({"events", "integer", "events of the selection"});
  out.push_back({"contested", "integer", "of them denied by somebody"});
  out.push_back({"deaths_low", "integer", "sum"});
  out.push_back({"deaths_best", "integer", "sum; where only a bound is claimed, the bound"});
  out.push_back({"deaths_high", "integer", "sum"});
  out.push_back({"events_without_count", "integer", "events whose dead are not counted in the report"});
  for (const std::string& t : types_) out.push_back({t, "integer", "events of this type"});
  return out;
}

std::string Panel::table(bool balanced, bool hxl) const {
  std::string out = header_of(columns(), Cells::Form::csv);
  if (hxl) {
    Cells tags(out, Cells::Form::csv);
    for (const ExportColumn& c : columns()) {
      constexpr std::pair<std::string_view, std::string_view> kTags[] = {
          {"country_iso3", "#country+code+v_iso3"},
          {"country", "#country+name"},
          {"latitude", "#geo+lat"},
          {"longitude", "#geo+lon"},
          {"actor", "#org+actor+name"},
          {"target", "#org+target+name"},
          {"period_start", "#date+start"},
          {"events", "#indicator+event+num"},
          {"deaths_low", "#affected+killed+min"},
          {"deaths_best", "#affected+killed"},
          {"deaths_high", "#affected+killed+max"},
          {"contested", "#indicator+contested+num"},
          {"priogrid_gid", "#geo+code+v_priogrid"},
          {"country_gw", "#country+code+v_gw"},
          {"country_cow", "#country+code+v_cow"},
          {"actor_id", "#org+actor+code"},
          {"target_id", "#org+target+code"},
          {"events_without_count", "#indicator+uncounted+num"}};
      const auto* tag = std::ranges::find(kTags, c.name, [](const auto& x) { return x.first; });
      tags.text(tag == std::end(kTags) ? "#indicator+event+" + std::string(c.name) + "+num"
                                       : std::string(tag->second));
    }
    tags.end();
  }
  std::string first, last;
  for (const auto& [unit, periods] : units_) {
    if (first.empty() || periods.begin()->first < first) first = periods.begin()->first;
    if (periods.rbegin()->first > last) last = periods.rbegin()->first;
  }
  const Cell none;
  for (const auto& [unit, periods] : units_) {
    const auto row = [&](const std::string& period, const Cell& c) {
      Cells cells(out, Cells::Form::csv);
      for (const std::string& v : unit) cells.text(v);
      cells.text(period)
          .number(c.events)
          .number(c.contested)
          .number(c.deaths_low)
          .number(c.deaths_best)
          .number(c.deaths_high);
      cells.number(c.deaths_unknown);
      for (const std::string& t : types_) {
        const auto it = c.by_type.find(t);
        cells.number(it == c.by_type.end() ? 0 : it->second);
      }
      cells.end();
    };
    if (!balanced) {
      for (const auto& [period, cell] : periods) row(period, cell);
      continue;
    }
    for (Day d = Day::parse_iso(first); d <= Day::parse_iso(last); d = next_period(d)) {
      const auto it = periods.find(d.iso());
      row(d.iso(), it == periods.end() ? none : it->second);
    }
  }
  return out;
}

}  // namespace annalist
