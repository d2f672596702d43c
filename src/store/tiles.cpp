#include "store/tiles.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/date.h"
#include "store/parts.h"

namespace annalist::store {
namespace {

constexpr int kShift = 12;
constexpr std::int64_t kRows = 1 << kShift;
/// So many absent blocks are still read from the rows faster than SQLite groups all of them.
constexpr std::int64_t kMostAbsent = 24;
constexpr std::int32_t kNoDay = INT32_MIN;

/// What a column holds of each event: one word, a number, or a list of words.
enum class Form : std::uint8_t { word, number, list };
struct ColumnInfo {
  std::string_view name;
  Form form;
};
enum Column : std::uint8_t {
  type,
  status,
  country,
  admin1,
  place,
  contested,
  main_,
  precision,
  review,
  plover,
  acled,
  site,
  agency,
  language,
  date,
  date_to,
  deaths,
  actor,
  target,
  actor_kind,
  column_count
};
constexpr std::array<ColumnInfo, column_count> kColumns = {
    {{"type", Form::word},      {"status", Form::word},    {"country", Form::word},
     {"admin1", Form::word},    {"place", Form::word},     {"contested", Form::word},
     {"main", Form::word},      {"precision", Form::word}, {"review", Form::word},
     {"plover", Form::word},    {"acled", Form::word},     {"site", Form::word},
     {"agency", Form::word},    {"language", Form::word},  {"date", Form::number},
     {"date_to", Form::number}, {"deaths", Form::number},  {"actor", Form::list},
     {"target", Form::list},    {"actor_kind", Form::list}}};
// The words, in the order of the columns; value and label of a word are divided by this mark.
constexpr char kLabel = '\x1f';
constexpr const char* kSelect =
    "SELECT e.id, e.type, e.status, coalesce(e.country, ''), coalesce(e.admin1, '') || char(31) || "
    "coalesce(e.country, ''), coalesce(p.uid, '') || char(31) || coalesce(p.name, ''), "
    "iif(e.contested, 'true', 'false'), iif(e.main, 'true', 'false'), coalesce(e.place_precision, ''), "
    "coalesce(e.review, 'none'), coalesce(e.plover_type, ''), coalesce(e.acled_sub_type, ''), "
    "coalesce(d.site, d.host, ''), coalesce(d.agency, ''), coalesce(d.language, ''), e.date, e.date_to, "
    "coalesce(e.deaths_best, e.deaths_low) FROM events e JOIN documents d ON d.id = e.document LEFT JOIN "
    "places p "
    "ON p.id = e.place WHERE e.id >= ?1 AND e.id < ?2 AND e.recorded_to IS NULL AND d.retracted IS NULL "
    "ORDER BY e.id";
constexpr const char* kSelectActors =
    "SELECT DISTINCT a.event, a.role, x.uid, x.name, x.kind FROM event_actors a JOIN actors x ON x.id = "
    "a.actor WHERE "
    "a.event >= ?1 AND a.event < ?2 AND a.role IN ('actor', 'target') ORDER BY a.event, a.role, x.id";

/// One column of one block.
struct Tile {
  std::vector<std::string> words;
  std::vector<std::uint16_t> codes;   // word: one an event; list: all, event by event
  std::vector<std::uint8_t> lengths;  // list
  std::vector<std::int32_t> numbers;
};
using Block = std::array<Tile, column_count>;

class Maker {
 public:
  void add(Column c, std::string_view word) { tile(c).codes.push_back(code(c, word)); }
  void add(Column c, std::int32_t number) { tile(c).numbers.push_back(number); }
  void begin_lists() {
    for (const Column c : {actor, target, actor_kind}) tile(c).lengths.push_back(0);
  }
  void add_to_list(Column c, std::size_t row, std::string_view word) {
    std::uint8_t& length = tile(c).lengths[row];
    if (length == UINT8_MAX) return;
    ++length;
    add(c, word);
  }
  Block take() { return std::move(block_); }

 private:
  Tile& tile(Column c) { return block_[c]; }
  std::uint16_t code(Column c, std::string_view word) {
    const auto [it, fresh] = index_[c].try_emplace(std::string(word), std::uint16_t(block_[c].words.size()));
    if (fresh) block_[c].words.emplace_back(word);
    return it->second;
  }
  Block block_;
  std::array<std::unordered_map<std::string, std::uint16_t>, column_count> index_;
};

/// The block as its rows say it. A list of one role may name more words than codes; 65,536 in 4096 events do
/// not occur (255 a list at most).
Result<Block> read_rows(Db& db, std::int64_t block) {
  Maker out;
  std::vector<std::int64_t> ids;
  {
    ANNALIST_TRY(s, db.prepare(kSelect));
    s.integer(block << kShift).integer((block + 1) << kShift);
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) break;
      ids.push_back(s.num(0));
      for (int c = 0; c < int(date); ++c) out.add(Column(c), s.str(c + 1));
      out.add(date, Day::parse_iso(s.str(int(date) + 1)).value);
      out.add(date_to, Day::parse_iso(s.str(int(date_to) + 1)).value);
      out.add(deaths, std::int32_t(std::min<std::int64_t>(s.count_at(int(deaths) + 1), INT32_MAX)));
      out.begin_lists();
    }
  }
  ANNALIST_TRY(s, db.prepare(kSelectActors));
  s.integer(block << kShift).integer((block + 1) << kShift);
  std::size_t at = 0;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) break;
    while (at < ids.size() && ids[at] < s.num(0)) ++at;
    if (at == ids.size() || ids[at] != s.num(0)) continue;
    const bool acts = s.str(1) == "actor";
    out.add_to_list(acts ? actor : target, at, std::string(s.str(2)) + kLabel + std::string(s.str(3)));
    if (acts) out.add_to_list(actor_kind, at, s.str(4));
  }
  return out.take();
}

// ---- bytes: numbers little-endian; words, then codes of one byte where they fit ---------------------------

template <class T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
template <class T>
void put_all(std::string& out, const std::vector<T>& values) {
  out.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
}

std::string pack(const Tile& t, Form form) {
  std::string out;
  if (form == Form::number) {
    put(out, std::uint32_t(t.numbers.size()));
    put_all(out, t.numbers);
    return out;
  }
  put(out, std::uint32_t(form == Form::list ? t.lengths.size() : t.codes.size()));
  put(out, std::uint32_t(t.words.size()));
  for (const std::string& w : t.words) {
    put(out, std::uint32_t(w.size()));
    out += w;
  }
  put_all(out, t.lengths);
  if (t.words.size() <= 256)
    for (const std::uint16_t c : t.codes) out += char(std::uint8_t(c));
  else
    put_all(out, t.codes);
  return out;
}

/// False for bytes that no Tile packs to. `rows` is how many events they are of.
bool unpack(std::string_view bytes, Form form, Tile& t, std::uint32_t& rows) {
  const auto take = [&](void* to, std::size_t size) {
    if (bytes.size() < size) return false;
    if (size) std::memcpy(to, bytes.data(), size);
    bytes.remove_prefix(size);
    return true;
  };
  t.words.clear();
  if (!take(&rows, 4) || rows > kRows) return false;
  if (form == Form::number) {
    t.numbers.resize(rows);
    return take(t.numbers.data(), rows * sizeof(std::int32_t)) && bytes.empty();
  }
  std::uint32_t words = 0, size = 0;
  if (!take(&words, 4) || words > 65536) return false;
  for (std::uint32_t i = 0; i < words; ++i) {
    if (!take(&size, 4) || size > bytes.size()) return false;
    t.words.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  std::size_t codes = rows;
  t.lengths.resize(form == Form::list ? rows : 0);
  if (!take(t.lengths.data(), t.lengths.size())) return false;
  if (form == Form::list) codes = std::accumulate(t.lengths.begin(), t.lengths.end(), std::size_t(0));
  const bool narrow = words <= 256;
  if (bytes.size() != (narrow ? codes : codes * 2)) return false;
  t.codes.resize(codes);
  if (narrow)
    for (std::size_t i = 0; i < codes; ++i) t.codes[i] = std::uint8_t(bytes[i]);
  else
    take(t.codes.data(), codes * 2);
  return std::ranges::all_of(t.codes, [&](std::uint16_t c) { return c < words; });
}

// ---- counting
// -----------------------------------------------------------------------------------------------

enum class Period : std::uint8_t { none, day, week, month, year };

Period period_of(std::string_view field) {
  return field == "day"     ? Period::day
         : field == "week"  ? Period::week
         : field == "month" ? Period::month
         : field == "year"  ? Period::year
                            : Period::none;
}

std::optional<Column> column_of(std::string_view field) {
  if (period_of(field) != Period::none) return date;
  const auto it = std::ranges::find(kColumns, field, &ColumnInfo::name);
  if (it == kColumns.end() || it->form == Form::number) return std::nullopt;
  return Column(it - kColumns.begin());
}

std::string_view value_of(std::string_view word) { return word.substr(0, word.find(kLabel)); }
std::string_view label_of(std::string_view word) {
  const std::size_t at = word.find(kLabel);
  return at == std::string_view::npos ? std::string_view() : word.substr(at + 1);
}

std::string period_name(std::int32_t day, Period period) {
  if (day == kNoDay) return {};
  const Day d{period == Period::week ? day - int((Day{day}.weekday() + 6) % 7) : day};
  return d.iso().substr(0, period == Period::year ? 4 : period == Period::month ? 7 : 10);
}

/// The conditions of a selection that columns hold; `column` narrows by `values`, or by all but them.
struct WordCondition {
  Column column;
  std::vector<std::string> values;
  bool without = false;
};

class Counter {
 public:
  Counter(const EventFilter& f, std::string_view field)
      : period_(period_of(field)), field_(*column_of(field)) {
    const auto any_of = [&](Column c, const std::vector<std::string>& values) {
      if (!values.empty()) words_.push_back({c, values, false});
    };
    if (!f.any_status)
      any_of(status, f.statuses.empty() ? std::vector<std::string>{"actual", "ongoing"} : f.statuses);
    if (f.reviews.empty())
      words_.push_back({review, {"rejected", "retracted"}, true});
    else
      any_of(review, f.reviews);
    any_of(type, f.types), any_of(country, f.countries), any_of(admin1, f.admin1s);
    any_of(agency, f.agencies), any_of(language, f.languages);
    if (f.contested) any_of(contested, {*f.contested ? "true" : "false"});
    if (f.main) any_of(main_, {*f.main ? "true" : "false"});
    if (!f.to.empty()) to_ = Day::parse_iso(f.to).value;
    if (!f.from.empty()) from_ = Day::parse_iso(f.from).value;
    dated_ = !f.from.empty() || !f.to.empty();
    min_deaths_ = f.min_deaths;
  }

  std::vector<Column> columns() const {
    std::vector<Column> out = {field_};
    for (const WordCondition& c : words_) out.push_back(c.column);
    if (dated_) out.push_back(date);
    if (from_ != kNoDay) out.push_back(date_to);
    if (min_deaths_ >= 0) out.push_back(deaths);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
  }

  void count(const Block& b) {
    const std::size_t rows = b[words_.front().column].codes.size();
    in_.assign(rows, 1);
    for (const WordCondition& c : words_) {
      const Tile& t = b[c.column];
      wanted_.clear();
      bool all = true;
      for (const std::string& w : t.words) {
        const bool listed = std::ranges::find(c.values, value_of(w)) != c.values.end();
        wanted_.push_back(listed != c.without);
        all &= wanted_.back() != 0;
      }
      if (!all)
        for (std::size_t i = 0; i < rows; ++i) in_[i] &= wanted_[t.codes[i]];
    }
    if (dated_)
      for (std::size_t i = 0; i < rows; ++i) in_[i] &= std::uint8_t(in_time(b, i));
    if (min_deaths_ >= 0)
      for (std::size_t i = 0; i < rows; ++i) in_[i] &= std::uint8_t(b[deaths].numbers[i] >= min_deaths_);
    if (period_ != Period::none)
      for (std::size_t i = 0; i < rows; ++i) {
        if (in_[i]) ++days_[b[date].numbers[i]];
      }
    else
      count_words(b[field_], kColumns[field_].form == Form::list);
  }

  std::vector<FacetCount> result(std::size_t limit) {
    for (const auto& [day, n] : days_) counts_[period_name(day, period_)].count += n;
    std::vector<FacetCount> out;
    for (auto& [value, c] : counts_) out.push_back({value, c.label, c.count});
    if (period_ == Period::none)
      std::ranges::stable_sort(out, std::greater<>(),
                               &FacetCount::count);  // of equals by value, as the map is
    if (out.size() > limit) out.resize(limit);
    return out;
  }

 private:
  bool in_time(const Block& b, std::size_t i) const {
    const std::int32_t day = b[date].numbers[i];
    if (day == kNoDay || day > to_) return false;
    if (from_ == kNoDay) return true;
    return day >= from_ - 366 && std::max(day, b[date_to].numbers[i]) >= from_;
  }

  void count_words(const Tile& t, bool list) {
    n_.assign(t.words.size(), 0);
    if (!list) {
      for (std::size_t i = 0; i < in_.size(); ++i) n_[t.codes[i]] += in_[i];
    } else {
      const std::uint16_t* code = t.codes.data();
      for (std::size_t i = 0; i < in_.size(); code += t.lengths[i++])
        if (in_[i])
          for (int k = 0; k < t.lengths[i]; ++k) ++n_[code[k]];
    }
    for (std::size_t w = 0; w < t.words.size(); ++w) {
      if (n_[w] == 0) continue;
      Counted& c = counts_[std::string(value_of(t.words[w]))];
      c.count += n_[w];
      if (const std::string_view label = label_of(t.words[w]); label > c.label) c.label = label;
    }
  }

  struct Counted {
    std::int64_t count = 0;
    std::string label;
  };
  Period period_;
  Column field_;
  std::vector<WordCondition> words_;
  std::int32_t from_ = kNoDay, to_ = INT32_MAX;
  bool dated_ = false;
  std::int64_t min_deaths_ = -1;
  std::vector<std::uint8_t> in_, wanted_;
  std::vector<std::uint32_t> n_;
  std::map<std::string, Counted> counts_;
  std::unordered_map<std::int32_t, std::int64_t> days_;
};

Result<std::vector<std::int64_t>> numbers(Db& db, const char* sql) {
  std::vector<std::int64_t> out;
  ANNALIST_TRY(s, db.prepare(sql));
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    out.push_back(s.num(0));
  }
}

}  // namespace

Status make_tiles(Db& db) {
  ANNALIST_TRY(work, Transaction::begin(db, true));
  ANNALIST_TRY(top, db.number("SELECT coalesce(max(id), 0) FROM events"));
  ANNALIST_TRY(there, numbers(db, "SELECT block FROM tile_blocks ORDER BY block"));
  for (std::int64_t block = 0; (block + 1) << kShift <= top; ++block) {
    if (std::ranges::binary_search(there, block)) continue;
    ANNALIST_TRY(made, read_rows(db, block));
    for (std::size_t c = 0; c < column_count; ++c) {
      ANNALIST_TRY(write, db.prepare("INSERT OR REPLACE INTO tiles (field, block, bytes) VALUES (?, ?, ?)"));
      ANNALIST_CHECK(write.text(kColumns[c].name).integer(block).blob(pack(made[c], kColumns[c].form)).run());
    }
    ANNALIST_TRY(mark, db.prepare("INSERT INTO tile_blocks (block) VALUES (?)"));
    ANNALIST_CHECK(mark.integer(block).run());
  }
  return work.commit();
}

Status check_tiles(Db& db, std::vector<std::string>& wrong) {
  ANNALIST_TRY(there, numbers(db, "SELECT block FROM tile_blocks ORDER BY block"));
  ANNALIST_TRY(read, db.prepare("SELECT bytes FROM tiles WHERE field = ? AND block = ?"));
  for (const std::int64_t block : there) {
    ANNALIST_TRY(made, read_rows(db, block));
    for (std::size_t c = 0; c < column_count; ++c) {
      read.text(kColumns[c].name).integer(block);
      ANNALIST_TRY(row, read.step());
      if (!row || read.blob_at(0) != pack(made[c], kColumns[c].form))
        wrong.push_back("the column of " + std::string(kColumns[c].name) + " in block " +
                        std::to_string(block) + " is not what its events say");
      read.reset();
    }
  }
  return {};
}

Result<bool> tiles_answer(Db& db, const EventFilter& f, std::string_view field) {
  const bool held = f.as_of == 0 && f.since == 0 && f.places.empty() && f.actors.empty() &&
                    f.targets.empty() && f.actor_kinds.empty() && f.sites.empty() && f.documents.empty() &&
                    f.stories.empty() && f.merged.empty() && f.uids.empty() && !f.box && f.text.empty() &&
                    f.min_confidence <= 0;
  if (!held || !column_of(field)) return false;
  ANNALIST_TRY(absent,
               db.number("SELECT coalesce((SELECT max(id) FROM events), 0) / 4096 + 1 - (SELECT count(*) "
                         "FROM tile_blocks)"));
  return absent <= kMostAbsent;
}

Result<std::vector<FacetCount>> count_tiles(Db& db, const EventFilter& filter, std::string_view field,
                                            std::size_t limit) {
  ANNALIST_TRY(work, Transaction::begin(db, false));  // one state of blocks and rows
  Counter counter(filter, field);
  const std::vector<Column> columns = counter.columns();
  ANNALIST_TRY(there, numbers(db, "SELECT block FROM tile_blocks ORDER BY block"));
  ANNALIST_TRY(top, db.number("SELECT coalesce(max(id), 0) FROM events"));
  ANNALIST_TRY(read, db.prepare("SELECT bytes FROM tiles WHERE field = ? AND block = ?"));
  Block block;
  for (std::int64_t b = 0; b <= top >> kShift; ++b) {
    bool whole = std::ranges::binary_search(there, b);
    std::uint32_t rows = 0, first_rows = 0;
    for (std::size_t i = 0; whole && i < columns.size(); ++i) {
      const Column c = columns[i];
      read.text(kColumns[c].name).integer(b);
      ANNALIST_TRY(row, read.step());
      whole = row && unpack(read.blob_at(0), kColumns[c].form, block[c], rows);
      if (i == 0) first_rows = rows;
      whole &= rows == first_rows;
      read.reset();
    }
    if (whole) {
      counter.count(block);
    } else {
      ANNALIST_TRY(made, read_rows(db, b));
      counter.count(made);
    }
  }
  ANNALIST_CHECK(work.commit());
  return counter.result(limit);
}

}  // namespace annalist::store
