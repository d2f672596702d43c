#include "store/filter.h"

#include <algorithm>
#include <charconv>

#include "base/date.h"
#include "base/strings.h"
#include "doc/enums.h"

namespace annalist::store {
namespace {

Status bad(std::string_view key, std::string_view value, std::string_view takes) {
  return fail("'" + std::string(key) + "' takes " + std::string(takes) + ", not '" + std::string(value) +
              "'");
}

bool number(std::string_view s, double& out) {
  const auto [end, fault] = std::from_chars(s.data(), s.data() + s.size(), out);
  return fault == std::errc() && end == s.data() + s.size();
}
bool number(std::string_view s, std::int64_t& out) {
  const auto [end, fault] = std::from_chars(s.data(), s.data() + s.size(), out);
  return fault == std::errc() && end == s.data() + s.size();
}

/// A day, month or year as its first or last day; "" when it is none.
std::string edge(std::string_view s, bool last) {
  std::string text(s);
  if (text.size() == 4) text += last ? "-12" : "-01";
  if (text.size() == 7) {
    if (!last) {
      text += "-01";
    } else {
      for (const char* day : {"-31", "-30", "-29", "-28"})
        if (const Day d = Day::parse_iso(text + day)) return d.iso();
      return {};
    }
  }
  if (text.size() > 10 && text[10] == 'T') text.resize(10);
  return text.size() == 10 && Day::parse_iso(text) ? text : std::string();
}

Status set_dates(EventFilter& f, std::string_view value) {
  const std::size_t slash = value.find('/');
  const std::string_view a = value.substr(0, slash),
                         b = slash == std::string_view::npos ? a : value.substr(slash + 1);
  const bool open_a = a.empty() || a == "..", open_b = b.empty() || b == "..";
  f.from = open_a ? "" : edge(a, false);
  f.to = open_b ? "" : edge(b, true);
  if ((!open_a && f.from.empty()) || (!open_b && f.to.empty()) || (open_a && open_b) ||
      (!f.from.empty() && !f.to.empty() && f.from > f.to))
    return bad("date", value, "a day, month or year, or FROM/TO with '..' for open (2014-11-01/2014-11-30)");
  return {};
}

Status set_box(EventFilter& f, std::string_view value) {
  double v[4];
  const auto parts = split(value, ',');
  bool good = parts.size() == 4;
  for (std::size_t i = 0; good && i < 4; ++i) good = number(trim(parts[i]), v[i]);
  if (!good || v[1] > v[3] || v[1] < -90 || v[3] > 90 || v[0] < -180 || v[0] > 180 || v[2] < -180 ||
      v[2] > 180)
    return bad("bbox", value, "WEST,SOUTH,EAST,NORTH in degrees (35.5,34.9,37.5,36.6)");
  f.box = Box{v[0], v[1], v[2], v[3]};
  return {};
}

void add_all(std::vector<std::string>& list, std::string_view value) {
  for (std::string_view s : split_list(value, ',')) list.emplace_back(s);
}

Status set_truth(std::optional<bool>& out, std::string_view key, std::string_view value) {
  if (value != "true" && value != "false" && value != "1" && value != "0")
    return bad(key, value, "true or false");
  out = value == "true" || value == "1";
  return {};
}

Status set_status(EventFilter& f, std::string_view value) {
  for (std::string_view s : split_list(value, ',')) {
    if (s == "all" || s == "any") {
      f.any_status = true;
    } else if (from_name<EventStatus>(s)) {
      f.statuses.emplace_back(s);
    } else {
      std::string takes = "all";
      for (std::string_view name : Names<EventStatus>::table) takes += ", " + std::string(name);
      return bad("status", s, takes);
    }
  }
  return {};
}

}  // namespace

const std::vector<FilterKey>& filter_keys() {
  static const std::vector<FilterKey> keys = {
      {"date", "DAY|FROM/TO",
       "days the event may have happened on; a month or year is all its days; '..' is open"},
      {"type", "TYPE,...", "codebook types: capture, shelling ..."},
      {"status", "STATUS,...|all", "default: actual, ongoing"},
      {"country", "XX,...", "where: ISO 3166-1 alpha-2"},
      {"admin1", "NAME,...", "where: first-level region"},
      {"place", "ID,...", "where: place ids (geonames:169389)"},
      {"bbox", "W,S,E,N", "where: a box in degrees"},
      {"actor", "ID,...", "actor ids in any role, and those who speak or act for them"},
      {"target", "ID,...", "actor ids as target"},
      {"actor_kind", "KIND,...", "kinds of actors in any role: armed_group, military ..."},
      {"text", "WORDS", "full text of evidence sentences, names and places (FTS5 query language)"},
      {"contested", "true|false", "whether claims contradict each other"},
      {"main", "true|false", "only what a report is about"},
      {"min_deaths", "N", "best count of deaths at least this"},
      {"min_confidence", "0..1", ""},
      {"site", "NAME,...", "outlet, by site name or host"},
      {"agency", "NAME,...", ""},
      {"language", "XX,...", "of the report"},
      {"document", "ID,...", "reports (d...)"},
      {"story", "ID,...", "stories (s...)"},
      {"merged", "ID,...", "merged events (m...)"},
      {"id", "ID,...", "events (e...)"},
      {"review", "WORD,...", "accepted, rejected, edited, skipped, retracted, none"},
      {"as_of", "REVISION", "what the store held at that revision"},
      {"since", "REVISION", "only what was recorded after that revision"},
  };
  return keys;
}

Status set_filter(EventFilter& f, std::string_view key, std::string_view value) {
  value = trim(value);
  if (key == "date" || key == "event_date" || key == "datetime") return set_dates(f, value);
  if (key == "bbox") return set_box(f, value);
  if (key == "status") return set_status(f, value);
  if (key == "contested") return set_truth(f.contested, key, value);
  if (key == "main") return set_truth(f.main, key, value);
  if (key == "text") {
    f.text = value;
    return {};
  }
  if (key == "min_deaths") return number(value, f.min_deaths) ? Status{} : bad(key, value, "a number");
  if (key == "min_confidence")
    return number(value, f.min_confidence) ? Status{} : bad(key, value, "a number");
  if (key == "as_of")
    return number(value, f.as_of) && f.as_of >= 0 ? Status{} : bad(key, value, "a revision");
  if (key == "since")
    return number(value, f.since) && f.since >= 0 ? Status{} : bad(key, value, "a revision");
  const std::pair<std::string_view, std::vector<std::string> EventFilter::*> lists[] = {
      {"type", &EventFilter::types},
      {"country", &EventFilter::countries},
      {"admin1", &EventFilter::admin1s},
      {"place", &EventFilter::places},
      {"actor", &EventFilter::actors},
      {"target", &EventFilter::targets},
      {"actor_kind", &EventFilter::actor_kinds},
      {"site", &EventFilter::sites},
      {"agency", &EventFilter::agencies},
      {"language", &EventFilter::languages},
      {"document", &EventFilter::documents},
      {"story", &EventFilter::stories},
      {"merged", &EventFilter::merged},
      {"id", &EventFilter::uids},
      {"review", &EventFilter::reviews}};
  for (const auto& [name, list] : lists)
    if (name == key) {
      add_all(f.*list, value);
      if (key == "country")
        for (std::string& c : f.countries)
          for (char& ch : c)
            if (is_lower(ch)) ch = char(ch - 32);
      return {};
    }
  std::string known;
  for (const FilterKey& k : filter_keys()) known += (known.empty() ? "" : ", ") + std::string(k.name);
  return fail("no filter is called '" + std::string(key) + "'", {}, "filters: " + known);
}

}  // namespace annalist::store
