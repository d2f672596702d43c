// Events as lists, streams, columns, counts, and one by one.
#include <algorithm>
#include <charconv>
#include <map>

#include "base/date.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/strings.h"
#include "serve/app.h"

namespace annalist::serve {
namespace {

const std::vector<std::string_view> kListKeys = {"limit", "cursor", "sort", "format"};

constexpr std::string_view kFacets[] = {"type",      "group",  "country", "admin1", "status",
                                        "precision", "review", "actor",   "place",  "story"};

struct FacetColumn {
  const Dictionary* names = nullptr;
  std::function<std::uint32_t(std::uint32_t)> value;  // none for actors, of which a row has many
};

FacetColumn facet_column(const EventColumns& c, std::string_view name) {
  const auto of = [](const auto& column) {
    return [&column](std::uint32_t i) { return std::uint32_t(column[i]); };
  };
  if (name == "type") return {&c.types, of(c.type)};
  if (name == "group") return {&c.groups, of(c.group)};
  if (name == "country") return {&c.countries, of(c.country)};
  if (name == "admin1") return {&c.admin1s, of(c.admin1)};
  if (name == "status") return {&c.statuses, of(c.status)};
  if (name == "precision") return {&c.precisions, of(c.precision)};
  if (name == "review") return {&c.reviews, of(c.review)};
  if (name == "place") return {&c.places, of(c.place)};
  if (name == "story") return {&c.stories, of(c.story)};
  if (name == "actor") return {&c.actors, {}};
  return {};
}

// The first day of the span of time that a day lies in.
std::string bin_of(std::int32_t day, std::string_view unit) {
  const Day d{day};
  if (unit == "day") return d.iso();
  if (unit == "week") return (d - int((d.weekday() + 6) % 7)).iso();
  const std::string iso = d.iso();
  return unit == "month" ? iso.substr(0, 7) : iso.substr(0, 4);
}

}  // namespace

Response App::event_list(const Request& request) {
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  const std::string_view format = request.has("format") ? request.param("format") : "json";
  if (format != "json" && format != "ndjson" && format != "csv" && format != "geojson" &&
      !(format == "parquet" && settings_.parquet))
    return wrong_parameter({"format", "json, ndjson, csv, geojson or parquet"});
  const auto limit = number_param(request, "limit", 50, 1, 1000);
  if (!limit) return wrong_parameter(limit.error());
  const std::string_view sort = request.has("sort") ? request.param("sort") : "newest";
  if (sort != "newest" && sort != "oldest" && sort != "deaths" && sort != "sources" && sort != "contested")
    return wrong_parameter({"sort", "newest, oldest, deaths, sources or contested"});
  auto rows = this->rows(request, c, reader->db(), kListKeys);
  if (!rows) return std::move(rows.error());

  Rows ordered = *rows;
  const bool turned_over = sort == "newest" && format == "json";  // read from the end: a page needs no copy
  if (sort != "oldest" && !turned_over) {
    auto turned = std::vector<std::uint32_t>((*rows)->rbegin(), (*rows)->rend());
    const auto by = [&](auto value) { std::ranges::stable_sort(turned, std::ranges::greater(), value); };
    if (sort == "deaths") by([&](std::uint32_t i) { return c->deaths[i] == 65535 ? -1 : int(c->deaths[i]); });
    if (sort == "sources") by([&](std::uint32_t i) { return int(c->sources[i]); });
    if (sort == "contested") by([&](std::uint32_t i) { return int(c->contested[i]); });
    ordered = std::make_shared<const std::vector<std::uint32_t>>(std::move(turned));
  }
  std::size_t at = 0;
  if (const std::string_view cursor = request.param("cursor"); !cursor.empty()) {
    std::uint32_t key = 0;
    const auto [end, code] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), key);
    if (code != std::errc() || end != cursor.data() + cursor.size())
      return wrong_parameter({"cursor", "not a cursor of this list"});
    const auto& table = key & 1 ? c->row_of_merged : c->row_of_event;
    const std::uint32_t row = (key >> 1) < table.size() ? table[key >> 1] : EventColumns::kNoRow;
    const auto it = std::ranges::find(*ordered, row);
    if (row == EventColumns::kNoRow || it == ordered->end())
      return wrong_parameter({"cursor", "the event it stands at is no longer in this list; begin again"});
    const auto place = std::size_t(it - ordered->begin());
    at = turned_over ? ordered->size() - place : place + 1;
  }
  if (format != "json") {
    if (at)
      ordered = std::make_shared<const std::vector<std::uint32_t>>(ordered->begin() + std::ptrdiff_t(at),
                                                                   ordered->end());
    return stream(request, c, ordered, format);
  }
  const std::size_t end = std::min(at + *limit, ordered->size());
  Response r = json_response({});
  JsonWriter json(r.body);
  EventJson events(reader->db(), *c);
  const auto row_at = [&](std::size_t i) { return (*ordered)[turned_over ? ordered->size() - 1 - i : i]; };
  json.begin_object().field("total", (*rows)->size()).key("items").begin_array();
  for (std::size_t i = at; i < end; ++i)
    if (const Status s = events.write_row(row_at(i), json); !s) return broken(s.error());
  json.end_array().key("next");
  if (end < ordered->size() && end > 0) {
    const std::string next = std::to_string(c->key[row_at(end - 1)]);
    json.string(next);
    std::string link = "/v1/events?";
    for (const auto& [name, value] : request.query)
      if (name != "cursor") link += encode_component(name) + "=" + encode_component(value) + "&";
    r.header("Link", "<" + link + "cursor=" + next + ">; rel=\"next\"");
  } else {
    json.null();
  }
  json.field("revision", c->revision).end_object();
  return r;
}

namespace {

// One way to write rows down; `begin` and `end` stand around them.
struct RowFormat {
  std::string_view name, type;
};
constexpr RowFormat kFormats[] = {{"csv", "text/csv; charset=utf-8; header=present"},
                                  {"geojson", "application/geo+json"},
                                  {"ndjson", "application/x-ndjson"},
                                  {"parquet", "application/vnd.apache.parquet"}};

void append_csv_row(std::string& out, const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i) out += ',';
    append_csv(out, cells[i]);
  }
  out += "\r\n";
}

}  // namespace

// Rows without a limit, some hundred at a time: the next are made when the last are sent.
Response App::stream(const Request& request, Columns c, Rows rows, std::string_view format) {
  auto reader = lease();
  if (!reader) return broken(reader.error());
  struct Work {
    Lease lease;
    Columns columns;
    Rows rows;
    std::string format;
    std::unique_ptr<TableWriter> table;
    std::size_t at = 0, written = 0;
    bool begun = false;
  };
  const auto w = std::make_shared<Work>(
      Work{std::move(*reader), std::move(c), std::move(rows), std::string(format), nullptr});
  if (format == "parquet") w->table = settings_.parquet(EventJson::table_columns());
  Response r;
  const auto* known = std::ranges::find(kFormats, format, &RowFormat::name);
  r.header("Content-Type", std::string(known->type));
  if (!request.header("sec-fetch-mode").empty() || format == "csv" || format == "parquet")
    r.header("Content-Disposition", "attachment; filename=\"annalist-events." + std::string(format) + "\"");
  r.stream = [w](std::string& out) {
    EventJson events(w->lease.db(), *w->columns);
    const bool csv = w->format == "csv", geo = w->format == "geojson", table = w->table != nullptr;
    if (!w->begun) {
      w->begun = true;
      if (geo) out += "{\"type\":\"FeatureCollection\",\"features\":[";
      if (csv) {
        std::vector<std::string> names;
        for (const TableColumn& column : EventJson::table_columns()) names.emplace_back(column.name);
        append_csv_row(out, names);
      }
    }
    // A row that fails is gone since the columns were read; the list of deletions names it.
    for (std::size_t n = 0; n < 300 && w->at < w->rows->size(); ++n, ++w->at) {
      const std::uint32_t row = (*w->rows)[w->at];
      if (csv || table) {
        const auto cells = events.table_row(row);
        if (!cells) continue;
        table ? w->table->add(*cells, out) : append_csv_row(out, *cells);
        continue;
      }
      std::string piece;
      JsonWriter json(piece);
      if (const Status s = geo ? events.write_feature(row, json) : events.write_row(row, json); !s) continue;
      if (geo && w->written++ > 0) out += ',';
      out.append(piece) += '\n';
    }
    const bool more = w->at < w->rows->size();
    if (!more && geo) out += "]}";
    if (!more && table) w->table->finish(out);
    return more;
  };
  return r;
}

Response App::event_one(const Request& request, const std::string& id) {
  for (const auto& [key, value] : request.query)
    return wrong_parameter({key, "this parameter is not known here"});
  const Columns c = columns();
  {
    const std::scoped_lock guard(cache_lock_);
    if (cache_version_ == c->version)
      if (const auto it = event_cache_.find(id); it != event_cache_.end()) {
        Response r = json_response({});
        r.shared = it->second;
        return r;
      }
  }
  auto reader = lease();
  if (!reader) return broken(reader.error());
  EventJson events(reader->db(), *c);
  const auto row = events.find(id);
  if (!row) return broken(row.error());
  if (*row == EventColumns::kNoRow)
    return not_found("there is no event " + id.substr(0, 80) + " in the current state of the store");
  auto body = std::make_shared<std::string>();
  JsonWriter json(*body);
  if (const Status s = events.write_full(*row, json); !s) return broken(s.error());
  Response r = json_response({});
  r.shared = body;
  const std::scoped_lock guard(cache_lock_);
  if (cache_version_ != c->version || event_cache_.size() > 4000) {
    event_cache_.clear();
    cache_version_ = c->version;
  }
  event_cache_.emplace(id, std::move(body));
  return r;
}

Response App::columns_packed() {
  const Columns c = columns();
  Response r;
  r.header("Content-Type", "application/octet-stream");
  {
    const std::scoped_lock guard(cache_lock_);
    if (packed_version_ == c->version) r.shared = packed_;
  }
  if (!r.shared) {
    auto bytes = std::make_shared<const std::string>(c->pack());
    r.shared = bytes;
    const std::scoped_lock guard(cache_lock_);
    packed_ = bytes;
    packed_version_ = c->version;
  }
  return r;
}

Response App::columns_rows(const Request& request) {
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  auto rows = this->rows(request, c, reader->db(), {"version", "review_all"});
  if (!rows) return std::move(rows.error());
  Response r;
  r.header("Content-Type", "application/octet-stream").header("X-Columns-Version", c->version);
  r.body.assign(reinterpret_cast<const char*>((*rows)->data()), (*rows)->size() * sizeof(std::uint32_t));
  return r;
}

Response App::facets(const Request& request) {
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  const auto limit = number_param(request, "limit", 50, 1, 100000);
  if (!limit) return wrong_parameter(limit.error());
  auto fields = request.params("field");
  if (fields.empty()) fields = {"type", "country", "actor", "status"};
  for (std::string_view f : fields)
    if (!facet_column(*c, f).names)
      return wrong_parameter(
          {"field", "type, group, country, admin1, status, precision, review, actor, place or story"});
  auto rows = this->rows(request, c, reader->db(), {"field", "limit"});
  if (!rows) return std::move(rows.error());
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().field("total", (*rows)->size()).key("facets").begin_object();
  for (std::string_view f : fields) {
    const FacetColumn column = facet_column(*c, f);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> counts(column.names->size());
    for (std::uint32_t k = 0; k < counts.size(); ++k) counts[k].second = k;
    for (const std::uint32_t i : **rows) {
      if (column.value) {
        ++counts[column.value(i)].first;
      } else {
        for (std::uint32_t a = c->actor_start[i]; a < c->actor_start[i + 1]; ++a) ++counts[c->actor[a]].first;
      }
    }
    std::erase_if(counts, [](const auto& x) { return x.first == 0; });
    std::ranges::sort(counts, [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (counts.size() > *limit) counts.resize(*limit);
    json.key(f).begin_array();
    for (const auto& [n, k] : counts)
      json.begin_object()
          .field("value", column.names->ids[k])
          .field("name", column.names->names[k])
          .field("count", n)
          .end_object();
    json.end_array();
  }
  json.end_object().end_object();
  return r;
}

// Counts by a unit of time and, or, one field: what a panel or a chart is made of.
Response App::aggregate(const Request& request) {
  const Columns c = columns();
  auto reader = lease();
  if (!reader) return broken(reader.error());
  const std::string_view by = request.param("by"), format = request.param("format");
  const std::string_view unit = request.has("time") || !by.empty() ? request.param("time") : "month";
  if (!unit.empty() && unit != "day" && unit != "week" && unit != "month" && unit != "year")
    return wrong_parameter({"time", "day, week, month or year"});
  if (!by.empty() && std::ranges::find(kFacets, by) == std::end(kFacets))
    return wrong_parameter(
        {"by", "type, group, country, admin1, status, precision, review, actor, place or story"});
  if (!format.empty() && format != "json" && format != "csv")
    return wrong_parameter({"format", "json or csv"});
  auto rows = this->rows(request, c, reader->db(), {"time", "by", "format"});
  if (!rows) return std::move(rows.error());
  struct Cell {
    std::uint64_t events = 0, contested = 0, deaths = 0;
  };
  std::map<std::pair<std::string, std::uint32_t>, Cell> cells;
  const FacetColumn column = facet_column(*c, by);
  for (const std::uint32_t i : **rows) {
    if (!unit.empty() && c->from[i] == EventColumns::kNoDay) continue;
    const std::string bin = unit.empty() ? "" : bin_of(c->from[i], unit);
    const auto add = [&](std::uint32_t k) {
      Cell& cell = cells[{bin, k}];
      ++cell.events;
      cell.contested += c->contested[i];
      if (c->deaths[i] != 65535) cell.deaths += c->deaths[i];
    };
    if (by == "actor") {
      for (std::uint32_t a = c->actor_start[i]; a < c->actor_start[i + 1]; ++a) add(c->actor[a]);
    } else {
      add(column.value ? column.value(i) : 0);
    }
  }
  if (format == "csv") {
    Response r;
    r.header("Content-Type", "text/csv; charset=utf-8; header=present");
    r.body = "time,by,name,events,contested,deaths_best\r\n";
    for (const auto& [key, cell] : cells) {
      append_csv(r.body, key.first);
      r.body += ',';
      append_csv(r.body, column.names ? column.names->ids[key.second] : "");
      r.body += ',';
      append_csv(r.body, column.names ? column.names->names[key.second] : "");
      r.body += "," + std::to_string(cell.events) + "," + std::to_string(cell.contested) + "," +
                std::to_string(cell.deaths) + "\r\n";
    }
    return r;
  }
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().key("cells").begin_array();
  for (const auto& [key, cell] : cells) {
    json.begin_object();
    if (!unit.empty()) json.field("time", key.first);
    if (column.names)
      json.field("value", column.names->ids[key.second]).field("name", column.names->names[key.second]);
    json.field("events", cell.events)
        .field("contested", cell.contested)
        .field("deaths_best", cell.deaths)
        .end_object();
  }
  json.end_array().end_object();
  return r;
}

}  // namespace annalist::serve
