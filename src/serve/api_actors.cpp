// Actors: all of them, and one with its partners, relations and states.
#include <algorithm>
#include <array>
#include <map>

#include "base/date.h"
#include "base/json.h"
#include "base/strings.h"
#include "serve/app.h"
#include "serve/table.h"

namespace annalist::serve {
namespace {

constexpr const char* kActor = R"(
        SELECT uid AS id, name, kind, coalesce(country,'') AS country, coalesce(cameo,'') AS cameo,
          coalesce(ucdp,'') AS ucdp, coalesce(wikidata,'') AS wikidata, listed AS b_listed
        FROM actors
        WHERE uid = ?)";
constexpr const char* kRelations = R"(
        SELECT r.kind AS kind, r.a_name AS a, coalesce(a.uid,'') AS a_id, r.b_name AS b,
          coalesce(b.uid,'') AS t_b_id, coalesce(r.date_from, d.published_date, '') AS date, substr(t.text,
          r.start + 1, r."end" - r.start) AS words, d.uid AS document, coalesce(d.site, d.host, '') AS site
        FROM relations r JOIN documents d ON d.id = r.document JOIN texts t ON t.document = d.id
        LEFT JOIN actors a ON a.id = r.a LEFT JOIN actors b ON b.id = r.b
        WHERE r.recorded_to IS NULL AND d.retracted IS NULL AND (r.a = (SELECT id FROM actors WHERE uid = ?1)
          OR r.b = (SELECT id FROM actors WHERE uid = ?1))
        ORDER BY date DESC LIMIT 200)";
constexpr const char* kStates = R"(
        SELECT s.uid AS id, s.attribute AS attribute, coalesce(s.a_name,'') AS a, coalesce(a.uid,'') AS a_id,
          coalesce(s.b_name,'') AS b, coalesce(b.uid,'') AS t_b_id, coalesce(p.name,'') AS place,
          coalesce(p.uid,'') AS place_id, coalesce(s.valid_from,'') AS date_from,
          coalesce(s.valid_to,'') AS date_to, s.status AS status, s.contested AS b_contested,
          s.confidence AS f_confidence
        FROM states s LEFT JOIN actors a ON a.id = s.a LEFT JOIN actors b ON b.id = s.b
        LEFT JOIN places p ON p.id = s.place
        WHERE s.recorded_to IS NULL AND (a.uid = ?1 OR b.uid = ?1)
        ORDER BY s.valid_from DESC LIMIT 300)";

/// With whom, in what kind of event, month by month.
void write_company(const EventColumns& c, const std::string& id, JsonWriter& json) {
  struct With {
    std::uint32_t events = 0;
    std::map<std::uint8_t, std::uint32_t> groups;
    std::map<std::string, std::uint32_t> years;
  };
  const std::int64_t me = c.actors.find(id);
  std::map<std::uint32_t, With> partners;
  std::map<std::string, std::array<std::uint32_t, 2>> months;
  std::map<std::uint16_t, std::uint32_t> types;
  std::map<std::uint32_t, std::uint32_t> places;
  for (std::uint32_t i = 0; i < c.size() && me > 0; ++i) {
    const auto begin = c.actor.begin() + c.actor_start[i], end = c.actor.begin() + c.actor_start[i + 1];
    if (std::find(begin, end, std::uint32_t(me)) == end) continue;
    const std::string day = c.from[i] == EventColumns::kNoDay ? "" : Day{c.from[i]}.iso();
    if (!day.empty()) {
      auto& month = months[day.substr(0, 7)];
      ++month[0];
      month[1] += c.contested[i];
    }
    ++types[c.type[i]];
    if (c.place[i]) ++places[c.place[i]];
    for (auto a = begin; a != end; ++a) {
      if (*a == std::uint32_t(me)) continue;
      With& w = partners[*a];
      ++w.events;
      ++w.groups[c.group[i]];
      if (!day.empty()) ++w.years[day.substr(0, 7)];
    }
  }
  json.key("months").begin_array();
  for (const auto& [month, n] : months)
    json.begin_object().field("month", month).field("events", n[0]).field("contested", n[1]).end_object();
  json.end_array();
  const auto top = [&](std::string_view name, const auto& counts, const Dictionary& names) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order;
    for (const auto& [k, n] : counts) order.emplace_back(n, k);
    std::ranges::sort(order, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    json.key(name).begin_array();
    for (std::size_t i = 0; i < std::min<std::size_t>(order.size(), 15); ++i)
      json.begin_object()
          .field("id", names.ids[order[i].second])
          .field("name", names.names[order[i].second])
          .field("events", order[i].first)
          .end_object();
    json.end_array();
  };
  top("types", types, c.types);
  top("places", places, c.places);
  std::vector<std::pair<std::uint32_t, const With*>> order;
  for (const auto& [a, w] : partners) order.emplace_back(a, &w);
  std::ranges::stable_sort(order, std::ranges::greater(), [](const auto& x) { return x.second->events; });
  if (order.size() > 40) order.resize(40);
  json.key("partners").begin_array();
  for (const auto& [a, w] : order) {
    json.begin_object()
        .field("id", c.actors.ids[a])
        .field("name", c.actors.names[a])
        .field("events", w->events);
    json.key("groups").begin_object();
    for (const auto& [g, n] : w->groups) json.field(c.groups.ids[g], n);
    json.end_object().key("months").begin_object();
    for (const auto& [m, n] : w->years) json.field(m, n);
    json.end_object().end_object();
  }
  json.end_array();
}

}  // namespace

Response App::actors(const Request& request) {
  if (const auto ok = only(request, {"q", "limit"}); !ok) return wrong_parameter(ok.error());
  const auto limit = number_param(request, "limit", 50, 1, 1000);
  if (!limit) return wrong_parameter(limit.error());
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  std::vector<std::uint32_t> counts(c->actors.size());
  for (const std::uint32_t a : c->actor) ++counts[a];
  const std::string words = lower(request.param("q"));
  std::vector<std::uint32_t> order;
  for (std::uint32_t a = 1; a < counts.size(); ++a)
    if (words.empty() ? counts[a] > 0
                      : lower(c->actors.names[a]).find(words) != std::string::npos ||
                            c->actors.ids[a].find(words) != std::string::npos)
      order.push_back(a);
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::uint32_t a) { return counts[a]; });
  if (order.size() > *limit) order.resize(*limit);
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().key("items").begin_array();
  for (const std::uint32_t a : order) {
    auto q = reader->db().prepare("SELECT kind, coalesce(country,''), listed FROM actors WHERE uid = ?");
    if (!q) return broken(q.error());
    const auto more = q->text(c->actors.ids[a]).step();
    if (!more) return broken(more.error());
    json.begin_object()
        .field("id", c->actors.ids[a])
        .field("name", c->actors.names[a])
        .field("events", counts[a]);
    json.field("kind", *more ? q->str(0) : "")
        .field("country", *more ? q->str(1) : "")
        .field("listed", *more && q->num(2) != 0);
    json.end_object();
  }
  json.end_array().end_object();
  return r;
}

Response App::actor(const std::string& id) {
  const Columns c = columns();
  return about("actor", id, kActor, [&](store::Db& db, JsonWriter& json) {
    write_company(*c, id, json);
    return write_queries(json, db, id, {{"relations", kRelations}, {"states", kStates}});
  });
}

}  // namespace annalist::serve
