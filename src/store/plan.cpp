#include "store/plan.h"

#include <algorithm>
#include <charconv>

#include "base/date.h"
#include "base/strings.h"
#include "store/parts.h"
#include "store/rows.h"

namespace annalist::store {
namespace {

constexpr const char* kSetType = "annalist_ids";
/// A condition with at most so many hits may drive the query, or as many as are asked for.
constexpr std::int64_t kShort = 4000;
/// One with at most so many is looked up in a set of ids while an index is walked; what has still more hits
/// is found soon enough row by row.
constexpr std::int64_t kSet = 100000;

void has_function(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* set = static_cast<const IdSet*>(sqlite3_value_pointer(values[0], kSetType));
  sqlite3_result_int(context, set && set->has(sqlite3_value_int64(values[1])));
}

std::string marks(std::size_t n) {
  std::string out = "(";
  for (std::size_t i = 0; i < n; ++i) out += i ? ",?" : "?";
  return out + ")";
}

/// SQL with its values, in order.
struct Piece {
  std::string sql;
  std::vector<Bound> args;
  Piece& add(const std::vector<std::string>& values) {
    for (const std::string& v : values) args.emplace_back(v);
    return *this;
  }
};

class Planner {
 public:
  Planner(Db& db, EventFilter filter) : db_(db), f_(std::move(filter)) {}

  Result<Plan> make(const PageRequest& page, bool paged) {
    if (paged && !page.cursor.empty()) {
      ANNALIST_TRY(cursor, read_cursor(page.cursor));
      if (f_.as_of == 0) f_.as_of = cursor.revision;
      order_after(page.order, cursor);
    }
    short_ = paged ? std::clamp(std::int64_t(std::min<std::size_t>(page.limit, kSet)), kShort, kSet) : kSet;
    plain_conditions();
    ANNALIST_CHECK(choose_driver());
    Plan plan;
    if (!driver_.sql.empty()) {
      plan.with = "WITH hits(id) AS MATERIALIZED (" + driver_.sql + ") ";
      plan.args = driver_.args;
      plan.from =
          "FROM hits CROSS JOIN events e ON e.id = hits.id CROSS JOIN documents d ON d.id = e.document ";
    } else {
      plan.from =
          "FROM events e " + walk_index(page.order, paged) + "CROSS JOIN documents d ON d.id = e.document ";
    }
    for (const Piece& p : where_) {
      plan.where += (plan.where.empty() ? "WHERE " : " AND ") + p.sql;
      plan.args.insert(plan.args.end(), p.args.begin(), p.args.end());
    }
    if (found_) {
      plan.where += " AND annalist_has(?, e.id)";
      plan.found = found_;
    }
    if (paged)
      plan.order = page.order == Order::newest   ? " ORDER BY e.date DESC, e.id DESC"
                   : page.order == Order::oldest ? " ORDER BY e.date, e.id"
                                                 : " ORDER BY e.id DESC";
    return plan;
  }

 private:
  void where(std::string sql, std::vector<Bound> args = {}) {
    where_.push_back({std::move(sql), std::move(args)});
  }
  void any_of(const std::string& column, const std::vector<std::string>& values) {
    if (values.empty()) return;
    where_.push_back(Piece{column + " IN " + marks(values.size()), {}}.add(values));
  }

  void order_after(Order order, const Cursor& c) {
    if (order == Order::newest)
      where("(e.date, e.id) < (?, ?)", {c.key, c.id});
    else if (order == Order::oldest)
      where("(e.date, e.id) > (?, ?)", {c.key, c.id});
    else
      where("e.id < ?", {c.id});
  }

  void plain_conditions() {
    if (f_.as_of == 0) {
      where("e.recorded_to IS NULL");
      where("d.retracted IS NULL");
    } else {
      where("e.recorded_from <= ?", {f_.as_of});
      where("(e.recorded_to IS NULL OR e.recorded_to > ?)", {f_.as_of});
      where(
          "NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.uid = d.uid AND t.revision <= ? AND "
          "(t.undone IS NULL OR t.undone > ?))",
          {f_.as_of, f_.as_of});
    }
    if (f_.since > 0) where("e.recorded_from > ?", {f_.since});
    if (!f_.any_status)
      any_of("e.status", f_.statuses.empty() ? std::vector<std::string>{"actual", "ongoing"} : f_.statuses);
    if (f_.reviews.empty()) {
      where("(e.review IS NULL OR e.review NOT IN ('rejected', 'retracted'))");
    } else {
      any_of("coalesce(e.review, 'none')", f_.reviews);
    }
    if (!f_.to.empty()) where("e.date <= ?", {f_.to});
    if (!f_.from.empty()) {
      // An event overlaps when its last day is not before `from`. Its first day lies at most a year before
      // that, which keeps the walk short; what lasts longer is found by its first day alone.
      where("e.date >= ?", {(Day::parse_iso(f_.from) - 366).iso()});
      where("max(e.date, coalesce(e.date_to, '')) >= ?", {f_.from});
    } else if (!f_.to.empty()) {
      where("e.date > ''");
    }
    any_of("e.type", f_.types);
    any_of("e.country", f_.countries);
    any_of("e.admin1", f_.admin1s);
    if (!f_.places.empty())
      where_.push_back(Piece{
          "EXISTS (SELECT 1 FROM event_places ep JOIN places p ON p.id = ep.place WHERE "
          "ep.event = e.id AND p.uid IN " +
              marks(f_.places.size()) + ")",
          {}}.add(f_.places));
    if (!f_.targets.empty())
      where_.push_back(Piece{
          "EXISTS (SELECT 1 FROM event_actors a JOIN actors x ON x.id IN (a.actor, a.side) WHERE "
          "a.event = e.id AND a.role = 'target' AND x.uid IN " +
              marks(f_.targets.size()) + ")",
          {}}.add(f_.targets));
    if (!f_.actor_kinds.empty())
      where_.push_back(Piece{
          "EXISTS (SELECT 1 FROM event_actors a JOIN actors x ON x.id = a.actor WHERE "
          "a.event = e.id AND x.kind IN " +
              marks(f_.actor_kinds.size()) + ")",
          {}}.add(f_.actor_kinds));
    if (!f_.sites.empty())
      where_.push_back(
          Piece{"(d.site IN " + marks(f_.sites.size()) + " OR d.host IN " + marks(f_.sites.size()) + ")", {}}
              .add(f_.sites)
              .add(f_.sites));
    any_of("d.agency", f_.agencies);
    any_of("d.language", f_.languages);
    any_of("d.uid", f_.documents);
    any_of("e.uid", f_.uids);
    if (f_.contested) where("e.contested = ?", {std::int64_t(*f_.contested)});
    if (f_.main) where("e.main = ?", {std::int64_t(*f_.main)});
    if (f_.min_deaths >= 0) where("coalesce(e.deaths_best, e.deaths_low) >= ?", {f_.min_deaths});
    if (f_.min_confidence > 0) where("e.confidence >= ?", {f_.min_confidence});
    if (!f_.stories.empty())
      where_.push_back(Piece{
          "d.uid IN (SELECT document FROM story_documents WHERE recorded_to IS NULL AND story IN " +
              marks(f_.stories.size()) + ")",
          {}}.add(f_.stories));
    if (!f_.merged.empty())
      where_.push_back(Piece{
          "e.uid IN (SELECT event FROM merged_members WHERE recorded_to IS NULL AND merged IN " +
              marks(f_.merged.size()) + ")",
          {}}.add(f_.merged));
    if (f_.box) {
      const Box& b = *f_.box;
      where("e.lat BETWEEN ? AND ?", {b.south, b.north});
      if (b.west <= b.east)
        where("e.lon BETWEEN ? AND ?", {b.west, b.east});
      else
        where("(e.lon >= ? OR e.lon <= ?)", {b.west, b.east});
    }
  }

  /// How many rows `piece` gives, counted up to one more than `most`.
  Result<std::int64_t> few(const Piece& piece, std::int64_t most) {
    ANNALIST_TRY(s, db_.prepare_once("SELECT count(*) FROM (" + piece.sql + " LIMIT " +
                                     std::to_string(most + 1) + ")"));
    Plan p;
    p.args = piece.args;
    p.bind(s);
    ANNALIST_TRY(row, s.step());
    return row ? s.num(0) : 0;
  }

  Status consider(Piece piece) {
    ANNALIST_TRY(n, few(piece, short_));
    if (n <= short_ && n < driver_rows_) {
      driver_ = std::move(piece);
      driver_rows_ = n;
    }
    return {};
  }
  /// As above; with more hits it narrows by a set, unless they are more than kSet.
  Result<std::int64_t> consider_or_set(Piece piece, const Piece& of_set) {
    ANNALIST_TRY(n, few(of_set, short_));
    if (n > short_) return find_all(of_set, kSet);
    if (n < driver_rows_) {
      driver_ = std::move(piece);
      driver_rows_ = n;
    }
    return n;
  }

  Status choose_driver() {
    if (!f_.uids.empty())
      ANNALIST_CHECK(
          consider(Piece{"SELECT id FROM events WHERE uid IN " + marks(f_.uids.size()), {}}.add(f_.uids)));
    if (!f_.documents.empty())
      ANNALIST_CHECK(consider(Piece{
          "SELECT id FROM events WHERE document IN (SELECT id FROM documents WHERE uid IN " +
              marks(f_.documents.size()) + ")",
          {}}.add(f_.documents)));
    if (!f_.stories.empty())
      ANNALIST_CHECK(consider(Piece{
          "SELECT v.id FROM story_documents sd JOIN documents x ON x.uid = sd.document JOIN events v ON "
          "v.document = x.id WHERE sd.recorded_to IS NULL AND sd.story IN " +
              marks(f_.stories.size()),
          {}}.add(f_.stories)));
    if (!f_.merged.empty())
      ANNALIST_CHECK(consider(Piece{
          "SELECT v.id FROM merged_members m JOIN events v ON v.uid = m.event WHERE "
          "m.recorded_to IS NULL AND m.merged IN " +
              marks(f_.merged.size()),
          {}}.add(f_.merged)));
    if (!f_.actors.empty() || !f_.targets.empty()) {
      const auto& wanted = f_.actors.empty() ? f_.targets : f_.actors;
      const std::string ids = "(SELECT id FROM actors WHERE uid IN " + marks(wanted.size()) + ")";
      const auto of_side =
          " SELECT event FROM event_actors WHERE side IS NOT NULL AND side <> actor AND side IN ";
      const auto piece = [&](const char* join) {
        return Piece{"SELECT event FROM event_actors WHERE actor IN " + ids + join + of_side + ids, {}}
            .add(wanted)
            .add(wanted);
      };
      ANNALIST_TRY(n, consider_or_set(piece(" UNION"), piece(" UNION ALL")));
      if (!f_.actors.empty() && (n <= short_ || n > kSet))
        where_.push_back(Piece{"EXISTS (SELECT 1 FROM event_actors a WHERE a.event = e.id AND (a.actor IN " +
                                   ids + " OR a.side IN " + ids + "))",
                               {}}
                             .add(wanted)
                             .add(wanted));
    }
    if (!f_.places.empty())
      ANNALIST_CHECK(consider(Piece{
          "SELECT DISTINCT event FROM event_places WHERE place IN (SELECT id FROM places WHERE uid IN " +
              marks(f_.places.size()) + ")",
          {}}.add(f_.places)));
    if (f_.box) {
      const Piece piece = box_piece(*f_.box);
      ANNALIST_CHECK(consider_or_set(piece, piece));
    }
    if (f_.since > 0)
      ANNALIST_CHECK(consider(
          {"SELECT id FROM events WHERE id > coalesce((SELECT max(id) FROM events WHERE recorded_from <= ? "
           "AND id > (SELECT max(id) FROM events) - 1000000), 0)",
           {f_.since}}));
    if (!f_.text.empty()) {
      ANNALIST_TRY(query, match_query(db_, "event_search", f_.text));
      Piece piece{"SELECT rowid FROM event_search WHERE event_search MATCH ?", {query}};
      ANNALIST_TRY(n, few(piece, short_));
      if (n <= short_ && n < driver_rows_) {
        driver_ = std::move(piece);
        driver_rows_ = n;
      } else {
        ANNALIST_CHECK(find_all(piece));
      }
    }
    return {};
  }

  /// Rows that `piece` does not give are out, unless they are more than `most`. How many it gives, then
  /// counted up to one more.
  Result<std::int64_t> find_all(const Piece& piece, std::int64_t most = INT64_MAX) {
    auto set = std::make_shared<IdSet>();
    ANNALIST_TRY(s, db_.prepare_once(piece.sql));
    Plan p;
    p.args = piece.args;
    p.bind(s);
    std::int64_t n = 0;
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) break;
      if (++n > most) return n;
      set->add(s.num(0));
    }
    if (found_) set->keep(*found_);
    found_ = std::move(set);
    return n;
  }

  static Piece box_piece(const Box& box) {
    std::vector<Box> parts = {box};
    if (box.west > box.east)
      parts = {{box.west, box.south, 180, box.north}, {-180, box.south, box.east, box.north}};
    Piece piece;
    for (const Box& b : parts)
      for (const auto& [low, high] : cells_of(b)) {
        piece.sql += piece.sql.empty() ? "SELECT id FROM (VALUES (?,?)" : ",(?,?)";
        piece.args.emplace_back(low);
        piece.args.emplace_back(high);
      }
    const std::string bounds = box.west <= box.east ? "v.lon BETWEEN ? AND ?" : "(v.lon >= ? OR v.lon <= ?)";
    piece.sql +=
        ") AS r CROSS JOIN events v ON v.cell BETWEEN r.column1 AND r.column2 AND v.lat BETWEEN ? AND ? "
        "AND " +
        bounds;
    for (const double v : {box.south, box.north, box.west, box.east}) piece.args.emplace_back(v);
    return piece;
  }

  /// The index to walk in page order when nothing selective drives.
  std::string walk_index(Order order, bool paged) const {
    if (paged && order == Order::recorded) return "NOT INDEXED ";
    if (f_.countries.size() == 1) return "INDEXED BY events_country ";
    if (f_.types.size() == 1) return "INDEXED BY events_type ";
    if (paged || !f_.from.empty() || !f_.to.empty()) return "INDEXED BY events_date ";
    return {};
  }

  Db& db_;
  EventFilter f_;
  std::vector<Piece> where_;
  Piece driver_;
  std::int64_t driver_rows_ = INT64_MAX, short_ = kShort;
  std::shared_ptr<IdSet> found_;
};

}  // namespace

void Plan::bind(Statement& s) const {
  for (const Bound& b : args) {
    if (const auto* i = std::get_if<std::int64_t>(&b)) s.integer(*i);
    if (const auto* d = std::get_if<double>(&b)) s.real(*d);
    if (const auto* t = std::get_if<std::string>(&b)) s.text(*t);
  }
  if (found) s.pointer(found.get(), kSetType);
}

Result<Plan> make_plan(Db& db, EventFilter filter, const PageRequest& page, bool paged) {
  return Planner(db, std::move(filter)).make(page, paged);
}

Result<std::string> match_query(Db& db, std::string_view table, std::string_view words) {
  const std::string name(table);
  {
    ANNALIST_TRY(probe, db.prepare("SELECT rowid FROM " + name + " WHERE " + name + " MATCH ? LIMIT 1"));
    probe.text(words);
    if (probe.step()) return std::string(words);
  }
  std::string plain;
  const std::string spaced = collapse_spaces(words);  // the words below look into it
  for (std::string_view word : split_list(spaced, ' ')) {
    std::string quoted = "\"";
    for (const char c : word)
      if (c != '"' && c != '\0') quoted += c;
    plain += (plain.empty() ? "" : " ") + quoted + "\"";
  }
  if (plain.empty()) return fail("nothing to search for", {}, "give some words");
  return plain;
}

std::vector<std::pair<std::int64_t, std::int64_t>> cells_of(const Box& box) {
  // Quadrants of the world are split until they lie inside the box or the budget is spent; each is one run of
  // cells, for cells interleave the bits of longitude and latitude.
  struct Quad {
    std::uint32_t x, y;  // in steps of 2^-level
    int level;
  };
  const auto step = [](double v, double low, double range) {
    return std::uint32_t(std::clamp((v - low) / range * 65536.0, 0.0, 65535.0));
  };
  const std::uint32_t x0 = step(box.west, -180, 360), x1 = step(box.east, -180, 360);
  const std::uint32_t y0 = step(box.south, -90, 180), y1 = step(box.north, -90, 180);
  std::vector<Quad> open = {{0, 0, 0}}, done;
  for (std::size_t at = 0; at < open.size(); ++at) {
    const Quad q = open[at];
    const std::uint32_t size = 65536U >> q.level, qx = q.x * size, qy = q.y * size;
    if (qx > x1 || qx + size - 1 < x0 || qy > y1 || qy + size - 1 < y0) continue;
    const bool inside = qx >= x0 && qx + size - 1 <= x1 && qy >= y0 && qy + size - 1 <= y1;
    if (inside || q.level == 16 || open.size() - at + done.size() > 28) {
      done.push_back(q);
      continue;
    }
    for (std::uint32_t i = 0; i < 4; ++i)
      open.push_back({q.x * 2 + (i & 1), q.y * 2 + (i >> 1), q.level + 1});
  }
  std::vector<std::pair<std::int64_t, std::int64_t>> out;
  for (const Quad& q : done) {
    std::int64_t first = 0;
    for (int bit = 0; bit < q.level; ++bit)
      first |= std::int64_t((q.x >> bit) & 1) << (2 * bit) | std::int64_t((q.y >> bit) & 1) << (2 * bit + 1);
    const int rest = 2 * (16 - q.level);
    first <<= rest;
    out.emplace_back(first, first + (std::int64_t(1) << rest) - 1);
  }
  std::ranges::sort(out);
  std::vector<std::pair<std::int64_t, std::int64_t>> joined;
  for (const auto& r : out) {
    if (!joined.empty() && joined.back().second + 1 == r.first)
      joined.back().second = r.second;
    else
      joined.push_back(r);
  }
  return joined;
}

std::string write_cursor(const Cursor& c) {
  return std::to_string(c.revision) + "~" + c.key + "~" + std::to_string(c.id);
}

Result<Cursor> read_cursor(std::string_view text) {
  const auto parts = split(text, '~');
  Cursor c;
  const auto number = [](std::string_view s, std::int64_t& v) {
    const auto [end, fault] = std::from_chars(s.data(), s.data() + s.size(), v);
    return fault == std::errc() && end == s.data() + s.size();
  };
  if (parts.size() != 3 || !number(parts[0], c.revision) || !number(parts[2], c.id))
    return fail("not a cursor of this store: '" + std::string(text) + "'", {},
                "start again without a cursor");
  c.key = parts[1];
  return c;
}

Status register_functions(Db& db) {
  if (sqlite3_create_function_v2(db.handle(), "annalist_has", 2,
                                 SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr,
                                 has_function, nullptr, nullptr, nullptr) != SQLITE_OK)
    return std::unexpected(db.error());
  return {};
}

}  // namespace annalist::store
