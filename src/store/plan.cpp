#include "store/plan.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/date.h"
#include "base/strings.h"
#include "store/cells.h"
#include "store/parts.h"
#include "store/rows.h"

namespace annalist::store {
namespace {

constexpr const char* kSetType = "annalist_ids";
/// A condition with at most so many hits may drive the query, or as many as are asked for: their rows are
/// read to be sorted.
constexpr std::int64_t kShort = 1500;
/// One with at most so many is looked up in a set of ids while an index is walked; what has still more hits
/// is found soon enough row by row.
constexpr std::int64_t kSet = 100000;
/// Words with more hits than so many are asked for event by event.
constexpr double kCommon = 200000;
/// A box with few events is read whole. Of one with more it is looked whether so many of the next events lie
/// in it: then they are found by walking on.
constexpr std::size_t kSmallBox = 1000;
constexpr std::int64_t kNext = 1000, kDense = 8;
/// So many actors are followed at once.
constexpr std::size_t kFollowed = 16;

void has_function(sqlite3_context* context, int, sqlite3_value** values) {
  auto* sets = static_cast<Narrowing*>(sqlite3_value_pointer(values[0], kSetType));
  const auto has = sets ? sets->has(sqlite3_value_int64(values[1])) : false;
  if (has)
    sqlite3_result_int(context, *has);
  else
    sqlite3_result_error(context, has.error().message().c_str(), -1);
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
  Planner(Db& db, EventFilter filter, const PageRequest& page, Use use)
      : db_(db), f_(std::move(filter)), page_(page), use_(use), reports_(use.reports) {
    use_.candidates &= page.order != Order::recorded;
  }

  Result<Plan> make() {
    if (use_.paged && !page_.cursor.empty()) {
      ANNALIST_TRY(cursor, read_cursor(page_.cursor));
      if (f_.as_of == 0) f_.as_of = cursor.revision;
      cursor_ = std::move(cursor);
      order_after(page_.order, *cursor_);
    }
    short_ =
        use_.paged ? std::clamp(std::int64_t(std::min<std::size_t>(page_.limit, kSet)), kShort, kSet) : kSet;
    ANNALIST_CHECK(plain_conditions());
    ANNALIST_CHECK(choose_driver());
    Plan plan;
    if (!driver_.sql.empty()) {
      plan.with = "WITH hits(id) AS MATERIALIZED (" + driver_.sql + ") ";
      plan.args = driver_.args;
      plan.from = "FROM hits CROSS JOIN events e ON e.id = hits.id ";
    } else if (candidates_) {
      plan.candidates = candidates_;
      plan.from = "FROM events e " + look_up_index();
      plan.where = "WHERE e.id = ? AND e.date = ?";
    } else {
      plan.from = "FROM events e " + walk_index();
    }
    if (reports_) plan.from += "CROSS JOIN documents d ON d.id = e.document ";
    for (const Piece& p : where_) {
      plan.where += (plan.where.empty() ? "WHERE " : " AND ") + p.sql;
      plan.args.insert(plan.args.end(), p.args.begin(), p.args.end());
    }
    if (!narrowing_->empty()) {
      plan.where += " AND annalist_has(?, e.id)";
      plan.narrowing = narrowing_;
    }
    if (use_.paged && !plan.candidates)
      plan.order = page_.order == Order::newest   ? " ORDER BY e.date DESC, e.id DESC"
                   : page_.order == Order::oldest ? " ORDER BY e.date, e.id"
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

  Status plain_conditions() {
    if (f_.as_of == 0) {
      where("e.recorded_to IS NULL");
      // Mostly there are none, and then nothing has to be looked at.
      ANNALIST_TRY(retracted, db_.number("SELECT 1 FROM documents WHERE retracted IS NOT NULL LIMIT 1"));
      if (retracted) where("e.document NOT IN (SELECT id FROM documents WHERE retracted IS NOT NULL)");
    } else {
      where("e.recorded_from <= ?", {f_.as_of});
      where("(e.recorded_to IS NULL OR e.recorded_to > ?)", {f_.as_of});
      reports_ = true;
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
    reports_ |= !f_.sites.empty() || !f_.agencies.empty() || !f_.languages.empty() || !f_.documents.empty() ||
                !f_.stories.empty();
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
      Piece piece;
      piece.sql = within(*f_.box, "e.", piece.args);
      where_.push_back(std::move(piece));
    }
    return {};
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
    if (f_.box && use_.candidates) ANNALIST_CHECK(read_box());
    const auto& wanted = f_.actors.empty() ? f_.targets : f_.actors;
    if (!wanted.empty() && use_.candidates && !candidates_ && wanted.size() <= kFollowed) {
      ANNALIST_CHECK(follow_actors(wanted));
      followed_ = !f_.actors.empty();
    } else if (!wanted.empty()) {
      const std::string ids = "(SELECT id FROM actors WHERE uid IN " + marks(wanted.size()) + ")";
      const auto of_side =
          " SELECT event FROM event_actors WHERE side IS NOT NULL AND side <> actor AND side IN ";
      const auto piece = [&](const char* join) {
        return Piece{"SELECT event FROM event_actors WHERE actor IN " + ids + join + of_side + ids, {}}
            .add(wanted)
            .add(wanted);
      };
      ANNALIST_TRY(n, consider_or_set(piece(" UNION"), piece(" UNION ALL")));
      if (!f_.actors.empty() && (n <= short_ || n > kSet)) where_.push_back(has_actor(ids));
    }
    if (!f_.places.empty())
      ANNALIST_CHECK(consider(Piece{
          "SELECT DISTINCT event FROM event_places WHERE place IN (SELECT id FROM places WHERE uid IN " +
              marks(f_.places.size()) + ")",
          {}}.add(f_.places)));
    if (f_.box && !use_.candidates) {
      const Piece piece = box_piece(*f_.box, "id");
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
        ANNALIST_TRY(common, is_common(query));
        if (common)
          ANNALIST_CHECK(ask_each(query));
        else
          ANNALIST_CHECK(find_all(piece));
      }
    }
    // A short list goes before candidates; what these stand for is then a condition.
    if (!driver_.sql.empty() && followed_)
      where_.push_back(has_actor("(SELECT id FROM actors WHERE uid IN " + marks(f_.actors.size()) + ")"));
    return {};
  }

  /// Rows that `piece` does not give are out, unless they are more than `most`. How many it gives, then
  /// counted up to one more.
  Result<std::int64_t> find_all(const Piece& piece, std::int64_t most = INT64_MAX) {
    IdSet set;
    ANNALIST_TRY(s, db_.prepare_once(piece.sql));
    Plan p;
    p.args = piece.args;
    p.bind(s);
    std::int64_t n = 0;
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) break;
      if (++n > most) return n;
      set.add(s.num(0));
    }
    narrowing_->add(std::move(set));
    return n;
  }

  /// Whether the events that a full-text query finds are so many that most of the next ones will be among
  /// them, going by how close its first hits lie.
  Result<bool> is_common(const std::string& query) {
    if (!use_.paged || page_.limit > std::size_t(kShort)) return false;
    ANNALIST_TRY(s, db_.prepare_once("SELECT count(*), max(id), (SELECT max(id) FROM events) FROM (SELECT "
                                     "rowid AS id FROM event_search WHERE event_search MATCH ? LIMIT " +
                                     std::to_string(kShort) + ")"));
    s.text(query);
    ANNALIST_TRY(row, s.step());
    return row && s.num(1) > 0 && double(s.num(0)) / double(s.num(1)) * double(s.num(2)) > kCommon;
  }
  Status ask_each(const std::string& query) {
    ANNALIST_TRY(one,
                 db_.prepare_once("SELECT 1 FROM event_search WHERE event_search MATCH ? AND rowid = ?"));
    ANNALIST_TRY(all, db_.prepare_once("SELECT rowid FROM event_search WHERE event_search MATCH ?"));
    narrowing_->ask(query, std::move(one), std::move(all));
    return {};
  }

  Piece has_actor(const std::string& ids) const {
    return Piece{"EXISTS (SELECT 1 FROM event_actors a WHERE a.event = e.id AND (a.actor IN " + ids +
                     " OR a.side IN " + ids + "))",
                 {}}
        .add(f_.actors)
        .add(f_.actors);
  }

  Result<Statement> prepared(const Piece& piece) {
    ANNALIST_TRY(s, db_.prepare_once(piece.sql));
    Plan p;
    p.args = piece.args;
    p.bind(s);
    return std::move(s);
  }
  /// What lies behind the cursor, of a table with these columns.
  void add_cursor(Piece& piece, const std::string& day, const std::string& id) const {
    if (!cursor_) return;
    piece.sql += " AND (" + day + ", " + id + ") " + (page_.order == Order::newest ? "<" : ">") + " (?, ?)";
    piece.args.emplace_back(cursor_->key);
    piece.args.emplace_back(cursor_->id);
  }

  /// The events in the box as candidates, unless they are so many that walking on finds them.
  Status read_box() {
    const auto candidates = std::make_shared<Candidates>(page_.order == Order::newest);
    Piece piece = box_piece(*f_.box, "id, date");
    add_cursor(piece, "v.date", "v.id");
    ANNALIST_TRY(few_rows, prepared(piece));
    ANNALIST_TRY(small, candidates->gather(std::move(few_rows), kSmallBox));
    if (!small) {
      // Other conditions that the walk would have to wait for make even a dense box a list.
      const bool alone = f_.types.empty() && f_.countries.empty() && f_.text.empty() && f_.actors.empty() &&
                         f_.targets.empty() && !f_.contested;
      if (alone) {
        ANNALIST_TRY(dense, next_lie_in_box());
        if (dense) return {};
      }
      ANNALIST_TRY(rows, prepared(piece));
      ANNALIST_TRY(whole, candidates->gather(std::move(rows), std::size_t(kSet)));
      if (!whole) return {};
    }
    candidates_ = candidates;
    in_box_ = true;
    return {};
  }
  Result<bool> next_lie_in_box() {
    const char* way = page_.order == Order::newest ? "DESC" : "ASC";
    Piece piece{
        "SELECT count(*) FROM (SELECT e.lat AS lat, e.lon AS lon FROM events e INDEXED BY "
        "events_date WHERE 1",
        {}};
    add_cursor(piece, "e.date", "e.id");
    piece.sql += std::string(" ORDER BY e.date ") + way + ", e.id " + way + " LIMIT " +
                 std::to_string(kNext) + ") WHERE " + within(*f_.box, "", piece.args);
    ANNALIST_TRY(s, prepared(piece));
    ANNALIST_TRY(row, s.step());
    return row && s.num(0) >= kDense;
  }

  /// The events of actors, and of sides, in the order of the page.
  Status follow_actors(const std::vector<std::string>& wanted) {
    candidates_ = std::make_shared<Candidates>(page_.order == Order::newest);
    const std::string way = page_.order == Order::newest ? " DESC" : "";
    for (const std::string& uid : wanted)
      for (const char* which : {"actor", "side IS NOT NULL AND side <> actor AND side"}) {
        Piece piece{std::string("SELECT event, date FROM event_actors WHERE ") + which +
                        " = (SELECT id FROM actors WHERE uid = ?)",
                    {uid}};
        add_cursor(piece, "date", "event");
        piece.sql += " ORDER BY date" + way + ", event" + way;
        ANNALIST_TRY(rows, prepared(piece));
        ANNALIST_CHECK(candidates_->follow(std::move(rows)));
      }
    return {};
  }

  /// The condition that a place lies in the box.
  static std::string within(const Box& b, const std::string& table, std::vector<Bound>& args) {
    for (const double v : {b.south, b.north, b.west, b.east}) args.emplace_back(v);
    return table + "lat BETWEEN ? AND ? AND " +
           (b.west <= b.east ? table + "lon BETWEEN ? AND ?"
                             : "(" + table + "lon >= ? OR " + table + "lon <= ?)");
  }

  static Piece box_piece(const Box& box, const std::string& columns) {
    std::vector<Box> parts = {box};
    if (box.west > box.east)
      parts = {{box.west, box.south, 180, box.north}, {-180, box.south, box.east, box.north}};
    Piece piece;
    for (const Box& b : parts)
      for (const auto& [low, high] : cells_of(b)) {
        piece.sql += piece.sql.empty() ? "SELECT " + columns + " FROM (VALUES (?,?)" : ",(?,?)";
        piece.args.emplace_back(low);
        piece.args.emplace_back(high);
      }
    piece.sql += ") AS r CROSS JOIN events v ON v.cell BETWEEN r.column1 AND r.column2 AND ";
    piece.sql += within(box, "v.", piece.args);
    return piece;
  }

  /// The index to walk in page order when nothing selective drives.
  std::string walk_index() const {
    if (use_.paged && page_.order == Order::recorded) return "NOT INDEXED ";
    if (f_.box && use_.candidates) return "INDEXED BY events_date ";
    if (f_.countries.size() == 1) return "INDEXED BY events_country ";
    if (f_.types.size() == 1) return "INDEXED BY events_type ";
    if (use_.paged || !f_.from.empty() || !f_.to.empty()) return "INDEXED BY events_date ";
    return {};
  }
  /// The index that tells of a candidate whether it is out, where that spares the look at its row. Candidates
  /// of neighbouring days stand side by side in it.
  std::string look_up_index() const {
    if (f_.countries.size() == 1) return "INDEXED BY events_country ";
    if (f_.types.size() == 1) return "INDEXED BY events_type ";
    const bool elsewhere = f_.box && !in_box_;
    if (f_.contested || elsewhere || !f_.types.empty() || !f_.countries.empty())
      return "INDEXED BY events_date ";
    return "NOT INDEXED ";
  }

  Db& db_;
  EventFilter f_;
  const PageRequest& page_;
  Use use_;
  bool reports_;  // the rows of reports are looked at
  std::optional<Cursor> cursor_;
  std::vector<Piece> where_;
  Piece driver_;
  std::int64_t driver_rows_ = INT64_MAX, short_ = kShort;
  bool followed_ = false, in_box_ = false;  // the candidates are those of f_.actors, or of f_.box
  std::shared_ptr<Candidates> candidates_;
  std::shared_ptr<Narrowing> narrowing_ = std::make_shared<Narrowing>();
};

}  // namespace

void Plan::bind(Statement& s) const {
  for (const Bound& b : args) {
    if (const auto* i = std::get_if<std::int64_t>(&b)) s.integer(*i);
    if (const auto* d = std::get_if<double>(&b)) s.real(*d);
    if (const auto* t = std::get_if<std::string>(&b)) s.text(*t);
  }
  if (narrowing) s.pointer(narrowing.get(), kSetType);
}

Result<Plan> make_plan(Db& db, EventFilter filter, const PageRequest& page, Use use) {
  return Planner(db, std::move(filter), page, use).make();
}

Result<std::vector<std::int64_t>> page_ids(Db& db, const Plan& plan, std::size_t limit) {
  std::vector<std::int64_t> ids;
  if (!plan.candidates) {
    ANNALIST_TRY(s, db.prepare_once(plan.with + "SELECT e.id " + plan.from + plan.where + plan.order +
                                    " LIMIT " + std::to_string(limit)));
    plan.bind(s);
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) return ids;
      ids.push_back(s.num(0));
    }
  }
  ANNALIST_TRY(s, db.prepare_once("SELECT 1 " + plan.from + plan.where));
  s.integer(0).null();
  plan.bind(s);
  while (ids.size() < limit) {
    ANNALIST_TRY(next, plan.candidates->next());
    if (!next) break;
    s.reset();
    const Day day{next->day};
    s.integer(next->id).text(day ? day.iso() : std::string());
    ANNALIST_TRY(row, s.step());
    if (row) ids.push_back(next->id);
  }
  return ids;
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
