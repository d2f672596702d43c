// Who else the words of an event could mean: actors of the list that fit, with a score and the reasons.
#include <algorithm>
#include <cmath>
#include <set>

#include "base/json.h"
#include "base/strings.h"
#include "serve/app.h"

namespace annalist::serve {
namespace {

constexpr std::int32_t kNearDays = 60;
constexpr std::size_t kShown = 5;
constexpr double kLeast = 0.2;  // one word in common says nothing

struct Actor {
  std::string uid, name, kind, country;
  std::set<std::string> words;
};

struct Other {
  const Actor* actor = nullptr;
  double score = 0;
  std::vector<std::string> why;
};

// Words that tell names apart: of three letters and more, in lower case.
std::set<std::string> telling_words(std::string_view name) {
  std::set<std::string> out;
  std::string word;
  for (const char c : std::string(name) + " ") {
    if (is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80) {
      word += to_lower(c);
    } else {
      if (word.size() > 2 && word != "the" && word != "and" && word != "for") out.insert(word);
      word.clear();
    }
  }
  return out;
}

// Events of each actor in the event's country within two months of its day.
std::vector<std::uint32_t> active_near(const EventColumns& c, std::uint32_t row) {
  std::vector<std::uint32_t> out(c.actors.size());
  if (c.from[row] == EventColumns::kNoDay || c.country[row] == 0) return out;
  const auto begin = std::ranges::lower_bound(c.from, c.from[row] - kNearDays);
  const auto end = std::ranges::upper_bound(c.from, c.from[row] + kNearDays);
  for (auto at = begin; at < end; ++at) {
    const auto i = std::size_t(at - c.from.begin());
    if (c.country[i] != c.country[row]) continue;
    for (std::uint32_t a = c.actor_start[i]; a < c.actor_start[i + 1]; ++a) ++out[c.actor[a]];
  }
  return out;
}

}  // namespace

// A candidate is of the kind that the words were read as, or bears one of the words. The score, 0 to 1, is
// the sum of: 0.3 named in the same report, 0.3 times the share of words in common, 0.1 the same kind, 0.1
// the same country, and up to 0.2 for events in that country within two months.
Response App::alternatives(const Request& request, const std::string& id) {
  for (const auto& [key, value] : request.query)
    return wrong_parameter({key, "this parameter is not known here"});
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  store::Db& db = reader->db();
  EventJson events(db, *c);
  const auto row = events.find(id);
  if (!row) return broken(row.error());
  if (*row == EventColumns::kNoRow) return not_found("there is no event " + id.substr(0, 80));
  const auto event = events.best_mention(*row);
  if (!event) return broken(event.error());

  std::vector<Actor> listed;
  auto all = db.prepare("SELECT uid, name, kind, coalesce(country, '') FROM actors WHERE listed = 1");
  if (!all) return broken(all.error());
  Status s = for_each(*all, [&](auto& r) {
    listed.push_back({std::string(r.str(0)), std::string(r.str(1)), std::string(r.str(2)),
                      std::string(r.str(3)), telling_words(r.str(1))});
  });
  if (!s) return broken(s.error());
  std::set<std::string> named;
  auto here = db.prepare(
      R"(
        SELECT a.uid
        FROM events e JOIN event_actors x ON x.event = e.id JOIN actors a ON a.id = x.actor
        WHERE e.document = (SELECT document FROM events WHERE id = ?1) AND e.recorded_to IS NULL UNION SELECT
          a.uid
        FROM claims c JOIN actors a ON a.id = c.source
        WHERE c.document = (SELECT document FROM events WHERE id = ?1) AND c.recorded_to IS NULL)");
  if (!here) return broken(here.error());
  here->integer(*event);
  if (s = for_each(*here, [&](auto& r) { named.emplace(r.str(0)); }); !s) return broken(s.error());
  const std::vector<std::uint32_t> near = active_near(*c, *row);

  struct Argument {
    std::string uid, words, role, kind, country, name;
  };
  std::vector<Argument> arguments;
  auto q = db.prepare(
      R"(
        SELECT coalesce(a.uid,''), x.name, x.role, coalesce(a.kind,''), coalesce(a.country,''),
          coalesce(a.name,'')
        FROM event_actors x LEFT JOIN actors a ON a.id = x.actor
        WHERE x.event = ?
        ORDER BY x.position)");
  if (!q) return broken(q.error());
  q->integer(*event);
  s = for_each(*q, [&](auto& r) {
    arguments.push_back({std::string(r.str(0)), std::string(r.str(1)), std::string(r.str(2)),
                         std::string(r.str(3)), std::string(r.str(4)), std::string(r.str(5))});
  });
  if (!s) return broken(s.error());

  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().key("actors").begin_array();
  for (const Argument& a : arguments) {
    const auto words = telling_words(a.words);
    std::vector<Other> others;
    for (const Actor& x : listed) {
      if (std::ranges::any_of(arguments, [&](const Argument& y) { return y.uid == x.uid; })) continue;
      std::vector<std::string> shared;
      std::ranges::set_intersection(words, x.words, std::back_inserter(shared));
      const bool same_kind = !a.kind.empty() && a.kind == x.kind;
      const bool same_country = !a.country.empty() && a.country == x.country;
      if (shared.empty() && !(same_kind && (same_country || named.contains(x.uid)))) continue;
      Other o{&x, 0, {}};
      if (named.contains(x.uid)) o.score += 0.3, o.why.emplace_back("named in the same report");
      if (!shared.empty()) {
        o.score += 0.3 * double(shared.size()) / double(words.size() + x.words.size() - shared.size());
        std::string common = "shares";
        for (const std::string& w : shared) common += " " + w;
        o.why.push_back(std::move(common));
      }
      if (same_kind) o.score += 0.1, o.why.emplace_back("the same kind");
      if (same_country) o.score += 0.1, o.why.emplace_back("the same country");
      const std::int64_t number = c->actors.find(x.uid);
      if (const std::uint32_t n = number > 0 ? near[std::size_t(number)] : 0; n > 0) {
        o.score += std::min(0.2, 0.04 * std::log2(1.0 + n));
        o.why.push_back(std::to_string(n) + (n == 1 ? " event" : " events") + " there within two months");
      }
      if (o.score >= kLeast) others.push_back(std::move(o));
    }
    std::ranges::sort(others, [](const Other& x, const Other& y) {
      return x.score != y.score ? x.score > y.score : x.actor->uid < y.actor->uid;
    });
    if (others.size() > kShown) others.resize(kShown);
    json.begin_object().field("name", a.words).field("role", a.role).field("id", a.uid);
    json.field("read_as", a.name.empty() ? a.words : a.name).key("others").begin_array();
    for (const Other& o : others) {
      json.begin_object().field("id", o.actor->uid).field("name", o.actor->name).field("kind", o.actor->kind);
      json.field("country", o.actor->country).field("score", float(std::round(o.score * 100) / 100));
      json.key("why").begin_array();
      for (const std::string& w : o.why) json.string(w);
      json.end_array().end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return r;
}

}  // namespace annalist::serve
