#include "serve/event_columns.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

#include "base/date.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/strings.h"

namespace annalist::serve {
namespace {

static_assert(std::endian::native == std::endian::little, "packed columns are little-endian");

constexpr float kNowhere = std::numeric_limits<float>::quiet_NaN();

// How far from its point an event may have happened, in km, by the precision of its place. Areas are shown as
// areas, so theirs is not needed.
float radius_of(std::string_view precision) {
  if (precision == "near") return 10;
  if (precision == "admin2") return 25;
  return 0;
}

template <class T>
void permute(std::vector<T>& column, const std::vector<std::uint32_t>& order) {
  std::vector<T> out(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) out[i] = column[order[i]];
  column = std::move(out);
}

std::uint16_t small(std::uint32_t v) { return std::uint16_t(std::min<std::uint32_t>(v, 65535)); }

class Loader {
 public:
  Loader(store::Db& db, const std::vector<TypeEntry>& codebook) : db_(db) {
    for (const TypeEntry& t : codebook) {
      c_.types.add(t.name, t.what);
      group_of_.emplace(t.name, c_.groups.add(t.group, t.group));
    }
    for (const char* s : {"actual", "ongoing", "planned", "threatened", "demanded", "hypothetical", "denied",
                          "historical", "generic"})
      c_.statuses.add(s, s);
    for (const char* s : {"exact", "near", "admin2", "admin1", "country"}) c_.precisions.add(s, s);
    for (const char* s : {"accepted", "rejected", "edited", "skipped"}) c_.reviews.add(s, s);
  }

  Result<std::shared_ptr<const EventColumns>> run() {
    const auto revision = db_.number("SELECT coalesce(max(id), 0) FROM revisions");
    if (!revision) return std::unexpected(revision.error());
    c_.revision = *revision;
    for (const Status& s : {actors(), merged(), stories(), events(), arguments()})
      if (!s) return std::unexpected(s.error());
    finish();
    return std::make_shared<const EventColumns>(std::move(c_));
  }

 private:
  // Actors in the store's order, so that an actor's number needs no look-up by text.
  Status actors() {
    auto q = db_.prepare_once("SELECT id, uid, name FROM actors ORDER BY id");
    if (!q) return std::unexpected(q.error());
    while (true) {
      const auto more = q->step();
      if (!more) return std::unexpected(more.error());
      if (!*more) return {};
      const auto id = std::size_t(q->num(0));
      if (actor_.size() <= id) actor_.resize(id + 1, 0);
      actor_[id] = c_.actors.add(q->str(1), q->str(2));
    }
  }

  std::uint32_t place(std::int64_t id, std::string_view uid, std::string_view name) {
    if (id <= 0) return 0;
    if (place_.size() <= std::size_t(id)) place_.resize(std::size_t(id) + 1, 0);
    std::uint32_t& at = place_[std::size_t(id)];
    if (!at) at = c_.places.add(uid, name);
    return at;
  }

  // The columns that both kinds of rows have in the same order of their SELECT.
  std::uint32_t row(store::Statement& q, std::uint32_t key) {
    const auto i = std::uint32_t(c_.key.size());
    c_.key.push_back(key);
    const std::string_view type = q.str(1);
    c_.type.push_back(small(c_.types.add(type, type)));
    const auto g = group_of_.find(std::string(type));
    c_.group.push_back(g == group_of_.end() ? 0 : std::uint8_t(g->second));
    c_.status.push_back(std::uint8_t(c_.statuses.add(q.str(2), q.str(2))));
    c_.contested.push_back(q.num(3) != 0);
    const Day from = Day::parse_iso(q.str(4)), to = Day::parse_iso(q.str(5));
    c_.from.push_back(from.value);
    c_.to.push_back(to ? std::max(to.value, from.value) : from.value);
    c_.place.push_back(place(q.num(6), q.str(7), q.str(8)));
    c_.country.push_back(small(c_.countries.add(q.str(9), q.str(9))));
    const std::string area(q.str(10));
    c_.admin1.push_back(area.empty() ? 0 : small(c_.admin1s.add(std::string(q.str(9)) + "/" + area, area)));
    const bool located = !q.is_null(11) && !q.is_null(12);
    c_.lat.push_back(located ? float(q.real_at(11)) : kNowhere);
    c_.lon.push_back(located ? float(q.real_at(12)) : kNowhere);
    c_.precision.push_back(located ? std::uint8_t(c_.precisions.add(q.str(13), q.str(13))) : 0);
    c_.radius.push_back(located ? radius_of(q.str(13)) : 0);
    const std::int64_t dead = q.count_at(14);
    c_.deaths.push_back(dead < 0 ? 65535 : std::uint16_t(std::min<std::int64_t>(dead, 65534)));
    c_.sources.push_back(std::uint8_t(std::clamp<std::int64_t>(q.num(15), 1, 255)));
    c_.review.push_back(0);
    c_.story.push_back(0);
    return i;
  }

  // A person's correction of one member stands above what the merging found.
  void correct(store::Statement& q, std::uint32_t i) {
    const std::uint32_t fresh = row(q, c_.key[i]);
    const std::uint8_t sources = c_.sources[i];
    const auto move = [&](auto&... column) { ((column[i] = column[fresh], column.pop_back()), ...); };
    move(c_.key, c_.from, c_.to, c_.lat, c_.lon, c_.radius, c_.type, c_.country, c_.admin1, c_.deaths,
         c_.group, c_.status, c_.precision, c_.review, c_.contested, c_.sources, c_.place, c_.story);
    c_.sources[i] = sources;
  }

  Status merged() {
    auto q = db_.prepare_once(
        R"(
          SELECT m.id, m.type, m.status, m.contested, m.date_from, m.date_to, m.place, p.uid, p.name, m.country,
            p.admin1, m.lat, m.lon, m.place_precision, m.deaths_best, m.sources, m.uid
          FROM merged_events m LEFT JOIN places p ON p.id = m.place
          WHERE m.recorded_to IS NULL
          ORDER BY m.id)");
    if (!q) return std::unexpected(q.error());
    while (true) {
      const auto more = q->step();
      if (!more) return std::unexpected(more.error());
      if (!*more) break;
      const std::int64_t id = q->num(0);
      const std::uint32_t i = row(*q, std::uint32_t(id * 2 + 1));
      merged_row_.emplace(q->str(16), i);
      ++merged_count_;
    }
    auto members = db_.prepare_once("SELECT merged, event FROM merged_members WHERE recorded_to IS NULL");
    if (!members) return std::unexpected(members.error());
    while (true) {
      const auto more = members->step();
      if (!more) return std::unexpected(more.error());
      if (!*more) return {};
      if (const auto it = merged_row_.find(std::string(members->str(0))); it != merged_row_.end())
        member_of_.emplace(members->str(1), it->second);
    }
  }

  Status stories() {
    auto q = db_.prepare_once(
        R"(
          SELECT s.story, t.title, d.id
          FROM story_documents s JOIN documents d ON d.uid = s.document
          JOIN stories t ON t.uid = s.story AND t.recorded_to IS NULL
          WHERE s.recorded_to IS NULL)");
    if (!q) return std::unexpected(q.error());
    while (true) {
      const auto more = q->step();
      if (!more) return std::unexpected(more.error());
      if (!*more) return {};
      story_of_document_[q->num(2)] = c_.stories.add(q->str(0), q->str(1));
    }
  }

  Status events() {
    auto q = db_.prepare_once(
        R"(
          SELECT e.id, e.type, e.status, e.contested, e.date_from, e.date_to, e.place, p.uid, p.name, e.country,
            e.admin1, e.lat, e.lon, e.place_precision, e.deaths_best, 1, e.uid, e.review, e.document
          FROM events e JOIN documents d ON d.id = e.document LEFT JOIN places p ON p.id = e.place
          WHERE e.recorded_to IS NULL AND d.retracted IS NULL
          ORDER BY e.id)");
    if (!q) return std::unexpected(q.error());
    while (true) {
      const auto more = q->step();
      if (!more) return std::unexpected(more.error());
      if (!*more) return {};
      const std::int64_t id = q->num(0);
      std::uint32_t i = 0;
      const auto member = member_of_.empty() ? member_of_.end() : member_of_.find(std::string(q->str(16)));
      if (member == member_of_.end()) {
        i = row(*q, std::uint32_t(id * 2));
      } else {
        i = member->second;
        if (q->str(17) == "edited") correct(*q, i);
      }
      if (c_.row_of_event.size() <= std::size_t(id))
        c_.row_of_event.resize(std::size_t(id) + 1, EventColumns::kNoRow);
      c_.row_of_event[std::size_t(id)] = i;
      const std::string_view review = q->str(17);
      // A merged event is rejected when all its members are; any other verdict on one of them is shown.
      if (!review.empty()) {
        c_.review[i] = std::uint8_t(c_.reviews.add(review, review));
      } else if (c_.review[i] && c_.reviews.ids[c_.review[i]] == "rejected") {
        c_.review[i] = 0;
      }
      if (const auto s = story_of_document_.find(q->num(18)); s != story_of_document_.end())
        c_.story[i] = s->second;
    }
  }

  Status arguments() {
    auto q = db_.prepare_once(
        "SELECT event, actor, side FROM event_actors WHERE actor IS NOT NULL ORDER BY event, position");
    if (!q) return std::unexpected(q.error());
    pairs_.reserve(c_.size() * 2);
    while (true) {
      const auto more = q->step();
      if (!more) return std::unexpected(more.error());
      if (!*more) return {};
      const auto event = std::size_t(q->num(0));
      if (event >= c_.row_of_event.size() || c_.row_of_event[event] == EventColumns::kNoRow) continue;
      const std::uint32_t i = c_.row_of_event[event];
      for (const int column : {1, 2}) {
        const auto id = std::size_t(q->num(column));
        if (id > 0 && id < actor_.size() && actor_[id]) pairs_.emplace_back(i, actor_[id]);
      }
    }
  }

  void finish() {
    const std::size_t n = c_.size();
    std::vector<std::uint32_t> order(n), at(n);
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(c_.from[a], c_.key[a]) < std::pair(c_.from[b], c_.key[b]);
    });
    for (std::size_t i = 0; i < n; ++i) at[order[i]] = std::uint32_t(i);
    const auto all = [&](auto&... column) { (permute(column, order), ...); };
    all(c_.key, c_.from, c_.to, c_.lat, c_.lon, c_.radius, c_.type, c_.country, c_.admin1, c_.deaths,
        c_.group, c_.status, c_.precision, c_.review, c_.contested, c_.sources, c_.place, c_.story);
    for (std::uint32_t& r : c_.row_of_event)
      if (r != EventColumns::kNoRow) r = at[r];
    for (auto& [row, actor] : pairs_) row = at[row];
    std::ranges::sort(pairs_);
    pairs_.erase(std::ranges::unique(pairs_).begin(), pairs_.end());
    c_.actor_start.assign(n + 1, 0);
    for (const auto& [row, actor] : pairs_) ++c_.actor_start[row + 1];
    std::partial_sum(c_.actor_start.begin(), c_.actor_start.end(), c_.actor_start.begin());
    c_.actor.reserve(pairs_.size());
    for (const auto& [row, actor] : pairs_) c_.actor.push_back(actor);
    for (std::size_t i = 0; i < n; ++i) {
      if (!(c_.key[i] & 1)) continue;
      const std::size_t id = c_.key[i] >> 1;
      if (c_.row_of_merged.size() <= id) c_.row_of_merged.resize(id + 1, EventColumns::kNoRow);
      c_.row_of_merged[id] = std::uint32_t(i);
    }
    c_.version = std::to_string(c_.revision) + "-" + std::to_string(n);
  }

  store::Db& db_;
  EventColumns c_;
  std::unordered_map<std::string, std::uint32_t> group_of_, merged_row_, member_of_;
  std::unordered_map<std::int64_t, std::uint32_t> story_of_document_;
  std::vector<std::uint32_t> actor_, place_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
  std::size_t merged_count_ = 0;
};

// One bit a dictionary entry: wanted or not. Empty: everything is.
std::vector<bool> wanted(const Dictionary& dictionary, const std::vector<std::string>& values) {
  std::vector<bool> out;
  if (values.empty()) return out;
  out.resize(dictionary.size());
  for (const std::string& v : values)
    if (const std::int64_t i = dictionary.find(v == "none" ? "" : v); i >= 0) out[std::size_t(i)] = true;
  return out;
}

template <class T>
void add_array(JsonWriter& json, std::string& bytes, const char* name, const char* type,
               const std::vector<T>& column) {
  while (bytes.size() % 8) bytes += '\0';
  json.begin_object().field("name", name).field("type", type).field("offset", bytes.size());
  json.field("length", column.size()).end_object();
  bytes.append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(T));
}

}  // namespace

std::uint32_t Dictionary::add(std::string_view id, std::string_view name) {
  const auto [it, fresh] = index_.try_emplace(std::string(id), std::uint32_t(ids.size()));
  if (fresh) {
    ids.emplace_back(id);
    names.emplace_back(name);
  }
  return it->second;
}

std::int64_t Dictionary::find(std::string_view id) const {
  const auto it = index_.find(std::string(id));
  return it == index_.end() ? -1 : std::int64_t(it->second);
}

Result<std::shared_ptr<const EventColumns>> EventColumns::load(store::Db& db,
                                                               const std::vector<TypeEntry>& codebook) {
  auto whole = store::Transaction::begin(db, false);  // one state of the store for all five queries
  if (!whole) return std::unexpected(whole.error());
  return Loader(db, codebook).run();
}

Result<std::vector<std::uint32_t>> EventColumns::rows_with(std::string_view words, store::Db& db) const {
  std::vector<std::uint32_t> out;
  const std::string query = fts_query(words);
  if (query.empty()) return out;
  auto q = db.prepare("SELECT rowid FROM event_search WHERE event_search MATCH ?");
  if (!q) return std::unexpected(q.error());
  q->text(query);
  while (true) {
    const auto more = q->step();
    if (!more) return std::unexpected(more.error());
    if (!*more) break;
    const auto event = std::size_t(q->num(0));
    if (event < row_of_event.size() && row_of_event[event] != kNoRow) out.push_back(row_of_event[event]);
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

Result<std::vector<std::uint32_t>> EventColumns::select(const Selection& s, store::Db& db) const {
  std::vector<std::uint32_t> out;
  std::vector<std::uint32_t> found;
  if (!s.words.empty()) {
    auto rows = rows_with(s.words, db);
    if (!rows) return rows;
    found = std::move(*rows);
  }
  const auto type_ok = wanted(types, s.types), group_ok = wanted(groups, s.groups),
             actor_ok = wanted(actors, s.actors), country_ok = wanted(countries, s.countries),
             admin1_ok = wanted(admin1s, s.admin1s), place_ok = wanted(places, s.places),
             status_ok = wanted(statuses, s.statuses), review_ok = wanted(reviews, s.reviews),
             precision_ok = wanted(precisions, s.precisions), story_ok = wanted(stories, s.stories);
  const auto has = [](const std::vector<bool>& ok, std::size_t v) { return ok.empty() || ok[v]; };
  const std::int64_t rejected = reviews.find("rejected");
  const auto test = [&](std::uint32_t i) {
    if (s.dated && (from[i] == kNoDay || to[i] < s.from || from[i] > s.to)) return false;
    if (!has(type_ok, type[i]) || !has(group_ok, group[i]) || !has(country_ok, country[i]) ||
        !has(status_ok, status[i]) || !has(admin1_ok, admin1[i]) || !has(place_ok, place[i]) ||
        !has(precision_ok, precision[i]) || !has(story_ok, story[i]) || !has(review_ok, review[i]))
      return false;
    if (review_ok.empty() && review[i] == rejected) return false;
    if (s.contested && *s.contested != (contested[i] != 0)) return false;
    if (sources[i] < s.min_sources) return false;
    if (s.min_deaths >= 0 && (deaths[i] == 65535 || deaths[i] < s.min_deaths)) return false;
    if (s.boxed) {
      if (!(lat[i] >= s.south && lat[i] <= s.north)) return false;  // also false for NaN
      const bool inside =
          s.west <= s.east ? lon[i] >= s.west && lon[i] <= s.east : lon[i] >= s.west || lon[i] <= s.east;
      if (!inside) return false;
    }
    if (actor_ok.empty()) return true;
    for (std::uint32_t a = actor_start[i]; a < actor_start[i + 1]; ++a)
      if (actor_ok[actor[a]]) return true;
    return false;
  };
  if (!s.words.empty()) {
    for (const std::uint32_t i : found)
      if (test(i)) out.push_back(i);
  } else {
    for (std::uint32_t i = 0; i < size(); ++i)
      if (test(i)) out.push_back(i);
  }
  return out;
}

std::string EventColumns::pack() const {
  // Offsets count from the start of the whole answer, so the head is written for a place kept free before the
  // arrays.
  std::string bytes, head;
  const auto write = [&](std::size_t before) {
    bytes.assign(before, '\0');
    head.clear();
    JsonWriter json(head);
    json.begin_object().field("count", size()).field("version", version).field("revision", revision);
    json.key("arrays").begin_array();
    add_array(json, bytes, "key", "u32", key);
    add_array(json, bytes, "from", "i32", from);
    add_array(json, bytes, "to", "i32", to);
    add_array(json, bytes, "lat", "f32", lat);
    add_array(json, bytes, "lon", "f32", lon);
    add_array(json, bytes, "radius", "f32", radius);
    add_array(json, bytes, "place", "u32", place);
    add_array(json, bytes, "story", "u32", story);
    add_array(json, bytes, "actor_start", "u32", actor_start);
    add_array(json, bytes, "actor", "u32", actor);
    add_array(json, bytes, "type", "u16", type);
    add_array(json, bytes, "country", "u16", country);
    add_array(json, bytes, "admin1", "u16", admin1);
    add_array(json, bytes, "deaths", "u16", deaths);
    add_array(json, bytes, "group", "u8", group);
    add_array(json, bytes, "status", "u8", status);
    add_array(json, bytes, "precision", "u8", precision);
    add_array(json, bytes, "review", "u8", review);
    add_array(json, bytes, "contested", "u8", contested);
    add_array(json, bytes, "sources", "u8", sources);
    json.end_array().key("dictionaries").begin_object();
    const auto dictionary = [&](const char* name, const Dictionary& d) {
      json.key(name).begin_array();
      for (std::size_t i = 0; i < d.size(); ++i)
        json.begin_object().field("id", d.ids[i]).field("name", d.names[i]).end_object();
      json.end_array();
    };
    dictionary("type", types);
    dictionary("group", groups);
    dictionary("country", countries);
    dictionary("admin1", admin1s);
    dictionary("status", statuses);
    dictionary("precision", precisions);
    dictionary("review", reviews);
    dictionary("place", places);
    dictionary("story", stories);
    dictionary("actor", actors);
    json.end_object().end_object();
  };
  write(0);
  // Numbers of offsets grow with the head: room to spare, filled with blanks, which JSON allows.
  const std::size_t room = (8 + head.size() + 512 + 7) / 8 * 8;
  write(room);
  head.resize(room - 8, ' ');
  const auto length = std::uint32_t(head.size());
  std::memcpy(bytes.data(), "ANC1", 4);
  std::memcpy(bytes.data() + 4, &length, 4);
  std::memcpy(bytes.data() + 8, head.data(), head.size());
  return bytes;
}

std::string fts_query(std::string_view words) {
  struct Term {
    std::string text;
    bool negative = false, alternative = false;
  };
  std::vector<Term> terms;
  bool alternative = false;
  for (std::size_t i = 0; i < words.size();) {
    if (is_space(words[i])) {
      ++i;
      continue;
    }
    Term t;
    if (words[i] == '-' && i + 1 < words.size() && !is_space(words[i + 1])) {
      t.negative = true;
      ++i;
    }
    std::string_view body;
    bool phrase = false, prefix = false;
    if (words[i] == '"') {
      const std::size_t end = std::min(words.find('"', i + 1), words.size());
      body = words.substr(i + 1, end - i - 1);
      i = end + 1;
      phrase = true;
    } else {
      const std::size_t begin = i;
      while (i < words.size() && !is_space(words[i]) && words[i] != '"') ++i;
      body = words.substr(begin, i - begin);
      if (body.size() > 1 && body.back() == '*') prefix = true, body.remove_suffix(1);
    }
    if (!phrase && body == "OR" && !terms.empty()) {
      alternative = true;
      continue;
    }
    // Nothing to look for in punctuation alone; FTS5 would find an empty phrase an error in a NOT.
    const bool substance = std::ranges::any_of(
        body, [](char c) { return is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80; });
    if (!substance) continue;
    t.text = "\"";
    for (const char c : body) t.text += c == '"' || c == '\0' ? ' ' : c;
    t.text += '"';
    if (prefix) t.text += '*';
    t.alternative = std::exchange(alternative, false);
    terms.push_back(std::move(t));
  }
  std::string all, none;
  bool open = false;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const Term& t = terms[i];
    if (t.negative) {
      none += (none.empty() ? "" : " OR ") + t.text;
      continue;
    }
    if (t.alternative && !all.empty()) {
      all += " OR " + t.text;
      continue;
    }
    all += (all.empty() ? "(" : ") AND (") + t.text;
    open = true;
  }
  if (!open) return {};
  all += ")";
  return none.empty() ? all : "(" + all + ") NOT (" + none + ")";
}

}  // namespace annalist::serve
