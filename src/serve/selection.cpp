#include "serve/selection.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/date.h"
#include "base/strings.h"

namespace annalist::serve {
namespace {

using Wrongly = std::unexpected<Wrong>;

struct ListKey {
  std::string_view name;
  std::vector<std::string> Selection::*list;
};
constexpr std::array<ListKey, 10> kLists = {{{"type", &Selection::types},
                                             {"group", &Selection::groups},
                                             {"actor", &Selection::actors},
                                             {"country", &Selection::countries},
                                             {"admin1", &Selection::admin1s},
                                             {"place", &Selection::places},
                                             {"status", &Selection::statuses},
                                             {"review", &Selection::reviews},
                                             {"precision", &Selection::precisions},
                                             {"story", &Selection::stories}}};

constexpr std::array<std::string_view, 9> kStatuses = {"actual",       "ongoing",    "planned",
                                                       "threatened",   "demanded",   "denied",
                                                       "hypothetical", "historical", "generic"};
constexpr std::array<std::string_view, 5> kReviews = {"accepted", "rejected", "edited", "skipped", "none"};

constexpr std::array<std::string_view, 5> kPrecisions = {"exact", "near", "admin2", "admin1", "country"};

Wrongly wrong(std::string_view field, std::string detail) {
  return Wrongly(Wrong{std::string(field), std::move(detail)});
}

// A day, or a time whose day counts; false when it is neither.
bool read_day(std::string_view s, std::int32_t& out) {
  const Day d = Day::parse_iso(s);
  if (!d || (s.size() > 10 && s[10] != 'T')) return false;
  out = d.value;
  return true;
}

bool read_number(std::string_view s, double& out) {
  const auto [end, code] = std::from_chars(s.data(), s.data() + s.size(), out);
  return code == std::errc() && end == s.data() + s.size() && out > -1e9 && out < 1e9;
}

}  // namespace

std::expected<Selection, Wrong> parse_selection(const Request& request,
                                                const std::vector<std::string_view>& also) {
  Selection s;
  for (const auto& [key, value] : request.query) {
    if (std::ranges::find(also, key) != also.end()) continue;
    if (value.size() > 1000) return wrong(key, "a value may have 1000 bytes");
    if (const auto it = std::ranges::find(kLists, key, &ListKey::name); it != kLists.end()) {
      auto& list = s.*(it->list);
      if (list.size() >= 200) return wrong(key, "at most 200 values");
      if (key == "status" && value != "any" && std::ranges::find(kStatuses, value) == kStatuses.end())
        return wrong(
            key, "'" + value +
                     "' is no status; actual, ongoing, planned, threatened, demanded, hypothetical, denied, "
                     "historical, generic or any");
      if (key == "review" && std::ranges::find(kReviews, value) == kReviews.end())
        return wrong(key, "'" + value + "' is no verdict; accepted, rejected, edited, skipped or none");
      if (key == "precision" && std::ranges::find(kPrecisions, value) == kPrecisions.end())
        return wrong(key, "'" + value + "' is none of exact, near, admin2, admin1, country");
      list.push_back(value);
    } else if (key == "q") {
      s.words = value;
    } else if (key == "from" || key == "to") {
      if (!read_day(value, key == "from" ? s.from : s.to))
        return wrong(key, "'" + value + "' is no day; YYYY-MM-DD");
      s.dated = true;
    } else if (key == "datetime" || key == "date") {
      const std::size_t slash = value.find('/');
      const std::string_view a = std::string_view(value).substr(0, slash);
      const std::string_view b = slash == std::string::npos ? a : std::string_view(value).substr(slash + 1);
      const auto open = [](std::string_view x) { return x.empty() || x == ".."; };
      if ((open(a) && open(b)) || (!open(a) && !read_day(a, s.from)) || (!open(b) && !read_day(b, s.to)))
        return wrong(key, "'" + value + "' is no interval; a day, or day/day with .. for an open end");
      s.dated = true;
    } else if (key == "bbox") {
      const auto parts = split(value, ',');
      std::array<double, 4> n{};
      bool ok = parts.size() == 4;
      for (std::size_t i = 0; ok && i < 4; ++i) ok = read_number(trim(parts[i]), n[i]);
      if (!ok || n[1] > n[3] || n[1] < -90 || n[3] > 90)
        return wrong(key, "west,south,east,north in degrees");
      s.boxed = true;
      s.west = n[0], s.south = n[1], s.east = n[2], s.north = n[3];
    } else if (key == "contested") {
      if (value != "true" && value != "false") return wrong(key, "true or false");
      s.contested = value == "true";
    } else if (key == "min_sources" || key == "deaths") {
      double n = 0;
      if (!read_number(value, n) || n < 0 || n > 100000) return wrong(key, "a whole number");
      (key == "deaths" ? s.min_deaths : s.min_sources) = std::int64_t(n);
    } else {
      return wrong(key, "this parameter is not known here");
    }
  }
  if (std::ranges::find(s.statuses, "any") != s.statuses.end()) s.statuses.clear();
  if (s.dated && s.from > s.to) return wrong("to", "ends before it begins");
  return s;
}

}  // namespace annalist::serve
