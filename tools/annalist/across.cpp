// What many reports say together, without a store: merged events, stories, states, and who holds a place.
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "base/file.h"
#include "base/json.h"
#include "base/strings.h"
#include "batch_run.h"
#include "commands.h"
#include "pack/stanza.h"
#include "pipeline/across.h"
#include "pipeline/data_files.h"
#include "store/json.h"

namespace annalist::tool {
namespace {

template <class Row>
void write_rows(const std::vector<Row>& rows, std::string& out) {
  for (const Row& row : rows) {
    store::write_json(row, out);
    out += '\n';
  }
}

/// ISO 3166-1 alpha-2 -> name, from data/places/countries.tsv.
Result<std::map<std::string, std::string, std::less<>>> country_names(const std::vector<DataText>& texts) {
  constexpr std::string_view kFile = "places/countries.tsv";
  std::map<std::string, std::string, std::less<>> out;
  for (const DataText& text : texts) {
    if (text.name != kFile) continue;
    const auto table = parse_table(text.text, "data/" + std::string(kFile));
    if (!table) return std::unexpected(table.error());
    const auto code = table->column("iso2", kFile), name = table->column("name", kFile);
    if (!code) return std::unexpected(code.error());
    if (!name) return std::unexpected(name.error());
    for (const auto& row : table->rows) out[row[*code]] = row[*name];
  }
  return out;
}

struct Spoken {
  std::string name, country, feature;
  std::set<std::string> names;  // as the reports write it, folded
  std::size_t mentions = 0;
  bool point = false;  // a town, village or site with coordinates
  double lat = 0, lon = 0;
};

struct Question {
  std::string place;  // "" for every place
  Day at;
};

/// Lines {"place","date"}.
Result<std::vector<Question>> read_questions(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  std::vector<Question> out;
  simdjson::dom::parser parser;
  int number = 0;
  for (std::string_view line : split(*text, '\n')) {
    ++number;
    if (trim(line).empty()) continue;
    simdjson::dom::element e;
    std::string_view place, date;
    if (parser.parse(simdjson::padded_string(line)).get(e) != simdjson::SUCCESS ||
        e["place"].get(place) != simdjson::SUCCESS || e["date"].get(date) != simdjson::SUCCESS ||
        !Day::parse_iso(date))
      return fail("expected {\"place\", \"date\": \"YYYY-MM-DD\"}", path + ":" + std::to_string(number));
    out.push_back({std::string(place), Day::parse_iso(date)});
  }
  return out;
}

/// The part of a name that the reports will use, folded.
std::string own_name(std::string_view name) {
  name = name.substr(0, name.find('('));
  if (const std::size_t dash = name.find(" \xe2\x80\x93 "); dash != std::string_view::npos)
    name = name.substr(dash + 5);
  return fold(trim(name));
}

/// How often each country is spoken of in reports that have a name in their words.
using Unread = std::map<std::string, std::size_t>;

/// Answers who holds what, from the states found in many reports.
class Holders {
 public:
  Holders(const std::vector<store::State>& states, const std::map<std::string, Spoken>& places,
          const std::map<std::string, std::string, std::less<>>& countries,
          const state::Successors& successors)
      : states_(states), places_(places), countries_(countries), successors_(successors) {
    for (const store::State& s : states)
      if (s.attribute == "control") ++told_[s.place];
    for (const auto& [uid, place] : places) {
      by_name_.emplace(fold(place.name), uid);
      for (const std::string& name : place.names) by_name_.emplace(name, uid);
    }
  }

  void every_place(Day at, std::string& out) const {
    for (const auto& [uid, place] : places_)
      if (told_.contains(uid) || place.feature.starts_with("P")) write(uid, place, place.name, at, out);
  }
  /// The place of that name that most is told of; one that was read as no place, with the country of its
  /// reports; nothing if no report speaks of it. "Town - Quarter" is the quarter, "Town (Other Name)" the
  /// town.
  void one_place(const std::string& name, Day at, const std::map<std::string, Unread, std::less<>>& unread,
                 std::string& out) const {
    const std::string key = own_name(name);
    const auto [from, to] = by_name_.equal_range(key);
    const std::string* best = nullptr;
    const auto company = unread.find(key);  // of namesakes, the one in the country the reports speak of
    const auto weight = [&](const std::string& uid) {
      const Spoken& place = places_.at(uid);
      const auto told = told_.find(uid);
      const auto there =
          company == unread.end() ? Unread::const_iterator() : company->second.find(place.country);
      const bool known = company != unread.end() && there != company->second.end();
      return std::tuple(known ? there->second : 0, told == told_.end() ? 0 : told->second,
                        place.feature.starts_with("P"), place.mentions);
    };
    for (auto it = from; it != to; ++it)
      if (!best || weight(it->second) > weight(*best)) best = &it->second;
    Spoken place;
    place.name = name;
    if (best) place = places_.at(*best);
    // The country the reports speak of most goes before that of a famous namesake which nothing is told of.
    if (company != unread.end() && !company->second.empty()) {
      const auto most = std::ranges::max_element(company->second, {}, [](const auto& c) { return c.second; });
      if (place.country.empty() || !best || !told_.contains(*best)) {
        place.point = place.point && place.country == most->first;
        place.country = most->first;
      }
    }
    write(best ? *best : "~" + key, place, name, at, out);
  }

 private:
  /// Who holds the nearest places of which that is known, if these agree; nobody else.
  state::Holder around(const std::string& uid, const Spoken& place, Day at) const {
    constexpr double kFar = 30;  // km
    constexpr std::size_t kAsked = 3;
    std::vector<std::tuple<double, std::string, state::Holder>> near;
    for (const auto& [other, told] : told_) {
      const auto it = places_.find(other);
      if (it == places_.end() || !it->second.point || other == uid) continue;
      const double north = (it->second.lat - place.lat) * 111.2,
                   east = (it->second.lon - place.lon) * 111.2 * std::cos(place.lat * 0.0174532925);
      const double km = std::hypot(north, east);
      if (km > kFar) continue;
      if (state::Holder h = state::holder_at(states_, other, at, successors_); !h.name.empty())
        near.emplace_back(km, other, std::move(h));
    }
    std::ranges::sort(near, {}, [](const auto& n) { return std::tie(std::get<0>(n), std::get<1>(n)); });
    if (near.size() < kAsked) return {};
    state::Holder out = std::get<2>(near[0]);
    const auto side = [](const state::Holder& h) { return h.side.empty() ? h.name : h.side_name; };
    for (std::size_t i = 1; i < kAsked; ++i)
      if (side(std::get<2>(near[i])) != side(out)) return {};
    out.confidence /= 2, out.contested = false, out.state.clear();
    return out;
  }

  void write(const std::string& uid, const Spoken& place, const std::string& name, Day at,
             std::string& out) const {
    state::Holder holder = state::holder_at(states_, uid, at, successors_);
    // Nobody says who holds a place: most likely who holds those around it, else the country it lies in. Said
    // to be assumed.
    const bool assumed = holder.name.empty();
    if (assumed && place.point) holder = around(uid, place, at);
    if (const auto it = countries_.find(place.country); holder.name.empty() && it != countries_.end())
      holder.name = it->second;
    if (holder.name.empty()) return;
    JsonWriter json(out);
    json.begin_object()
        .field("place", name)
        .field("name", place.name)
        .field("id", uid)
        .field("date", at.iso());
    json.field("holder", holder.name).field_or_null("actor", holder.uid).field("assumed", assumed);
    json.field_or_null("side", holder.side_name);
    json.field("contested", holder.contested).field("confidence", float(holder.confidence));
    json.field_or_null("state", holder.state).end_object();
    out += '\n';
  }

  const std::vector<store::State>& states_;
  const std::map<std::string, Spoken>& places_;
  const std::map<std::string, std::string, std::less<>>& countries_;
  const state::Successors& successors_;
  std::map<std::string, std::size_t> told_;
  std::multimap<std::string, std::string> by_name_;
};

}  // namespace

int run_merge_reports(const Options& options) {
  const std::string as = options.get("--as", "events");
  if (as != "events" && as != "stories" && as != "states")
    return refuse({"--as takes events, stories or states, not '" + as + "'", {}, {}});
  const auto codebook = open_codebook(data_dir(options) + "/" + kCodebookFile);
  if (!codebook) return refuse(codebook.error());
  auto across = Across::load(codebook->texts);
  if (!across) return refuse(across.error());
  BatchJob job;
  job.annotated_too = true;
  job.as_coded = true;
  job.collect = [&](Document d, const EngineInfo&) { across->add(d); };
  job.after = [&] {
    const Across::Findings found = across->find();
    std::string out;
    if (as == "events") write_rows(found.events, out);
    if (as == "stories") write_rows(found.stories, out);
    if (as == "states") write_rows(found.states, out);
    return out;
  };
  return run_job(options, job);
}

int run_control(const Options& options) {
  Day at = Day::parse_iso(options.get("--at"));
  if (options.has("--at") && !at)
    return refuse({"--at takes YYYY-MM-DD, not '" + options.get("--at") + "'", {}, {}});
  std::vector<Question> questions;
  if (options.has("--ask")) {
    auto read = read_questions(options.get("--ask"));
    if (!read) return refuse(read.error());
    questions = std::move(*read);
  }
  const auto codebook = open_codebook(data_dir(options) + "/" + kCodebookFile);
  if (!codebook) return refuse(codebook.error());
  const auto countries = country_names(codebook->texts);
  if (!countries) return refuse(countries.error());
  auto across = Across::load(codebook->texts);
  if (!across) return refuse(across.error());
  std::map<std::string, Spoken> places;
  std::map<std::string, Unread, std::less<>> unread;
  for (const Question& q : questions) unread[own_name(q.place)];
  Day last;
  BatchJob job;
  job.annotated_too = true;
  job.as_coded = true;
  job.collect = [&](Document d, const EngineInfo&) {
    if (const Day day = d.reference_day(); day && (!last || last < day)) last = day;
    for (const Place& p : d.all<Place>()) {
      const std::string text = collapse_spaces(d.text(p.span));
      Spoken& s = places[p.resolved ? std::string(d.str(p.gazetteer)) : "~" + fold(text)];
      s.name = p.resolved ? d.str(p.name) : std::string_view(text);
      s.country = d.str(p.country), s.feature = d.str(p.feature);
      s.point = p.resolved && p.precision == PlacePrecision::exact, s.lat = p.lat, s.lon = p.lon;
      s.names.insert(fold(text));
      ++s.mentions;
    }
    if (!unread.empty()) {
      const std::string folded = " " + fold(d.text()) + " ";
      for (auto& [name, spoken] : unread)
        if (folded.find(" " + name + " ") != std::string::npos)
          for (const Place& p : d.all<Place>())
            if (p.resolved) ++spoken[std::string(d.str(p.country))];
    }
    across->add(d);
  };
  job.after = [&] {
    const Across::Findings found = across->find();
    const Holders holders(found.states, places, *countries, across->successors());
    std::string out;
    if (options.has("--ask"))
      for (const Question& q : questions) holders.one_place(q.place, q.at, unread, out);
    else
      holders.every_place(at ? at : last, out);
    return out;
  };
  return run_job(options, job);
}

}  // namespace annalist::tool
