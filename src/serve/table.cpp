#include "serve/table.h"

#include <algorithm>

namespace annalist::serve {

Status write_table(store::Statement& q, JsonWriter& json) {
  json.begin_array();
  const Status s = for_each(q, [&](store::Statement& r) {
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
  return s;
}

Response table(Result<store::Statement> q, std::string_view name,
               const std::function<void(JsonWriter&)>& more) {
  if (!q) return broken(q.error());
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object().key(name);
  if (const Status s = write_table(*q, json); !s) return broken(s.error());
  if (more) more(json);
  json.end_object();
  return r;
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
