#include "serve/table.h"

#include <algorithm>

namespace annalist::serve {

Result<std::size_t> write_table(store::Statement& q, JsonWriter& json) {
  json.begin_array();
  std::size_t rows = 0;
  const Status s = for_each(q, [&](store::Statement& r) {
    ++rows;
    json.begin_object();
    for (int i = 0; i < r.columns(); ++i) {
      std::string_view name = r.name(i);
      const char kind = name.size() > 2 && name[1] == '_' ? name[0] : 's';
      if (kind == 'n' || kind == 'b' || kind == 'f' || kind == 't') name.remove_prefix(2);
      json.key(name);
      if (kind == 'b') {
        json.boolean(r.num(i) != 0);
      } else if (kind == 'n') {
        r.is_null(i) ? json.null() : json.number(r.num(i));
      } else if (kind == 'f') {
        r.is_null(i) ? json.null() : json.number(float(r.real_at(i)));
      } else {
        json.string(r.str(i));
      }
    }
    json.end_object();
  });
  json.end_array();
  if (!s) return std::unexpected(s.error());
  return rows;
}

Result<std::size_t> write_query(JsonWriter& json, std::string_view key, store::Db& db, std::string_view bound,
                                const std::string& sql) {
  json.key(key);
  auto q = db.prepare(sql);
  if (!q) return std::unexpected(q.error());
  q->text(bound);
  return write_table(*q, json);
}

Status write_queries(JsonWriter& json, store::Db& db, std::string_view bound,
                     const std::vector<Section>& sections) {
  for (const Section& s : sections)
    if (const auto rows = write_query(json, s.key, db, bound, s.sql); !rows)
      return std::unexpected(rows.error());
  return {};
}

Response table(Result<store::Statement> q, std::string_view name,
               const std::function<void(JsonWriter&)>& more) {
  if (!q) return broken(q.error());
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().key(name);
  if (const auto rows = write_table(*q, json); !rows) return broken(rows.error());
  if (more) more(json);
  json.end_object();
  return r;
}

std::expected<Paging, Wrong> paging(const Request& request, std::size_t usual, std::size_t most,
                                    std::string_view after) {
  const auto limit = number_param(request, "limit", usual, 1, most);
  if (!limit) return std::unexpected(limit.error());
  const auto first = number_param(request, after, 0, 0, 999999999);
  if (!first) return std::unexpected(first.error());
  return Paging{std::int64_t(*limit), std::int64_t(*first)};
}

std::expected<void, Wrong> only(const Request& request, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : request.query) {
    if (std::ranges::find(known, key) == known.end())
      return std::unexpected(Wrong{key, "this parameter is not known here"});
    if (value.size() > 1000) return std::unexpected(Wrong{key, "a value may have 1000 bytes"});
  }
  return {};
}

}  // namespace annalist::serve
