// A report of one event as `annalist code` writes it: what tests and fuzz targets of the server put into a
// store.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace annalist::test {

inline std::string one_report(std::string_view type, float confidence) {
  const std::string text = "Rebels took the bridge on Monday. Villagers watched.";
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("schema", "annalist/document/1").field("id", "r1").field("text", text);
  json.key("engine").raw(R"({"version":"1","model":"m","codebook":"c","gazetteer":"g"})");
  json.key("page").raw(R"({"headline":null,"language":"en","kind":"article"})");
  json.key("blocks").raw(R"([{"start":0,"end":52,"kind":"paragraph"}])");
  json.key("sentences").raw(R"([{"start":0,"end":33,"block":0},{"start":34,"end":52,"block":0}])");
  json.key("entities")
      .raw(
          R"([{"id":"e1","type":"GROUP","name":"Rebels","actor":{"id":null,"name":"Rebels","kind":"armed_group","country":null,"codes":{}},"mentions":[{"start":0,"end":6,"form":"nominal"}]}])");
  json.key("places").raw("[]").key("times").raw("[]");
  json.key("events").begin_array().begin_object().field("id", "v1").field("type", type);
  json.key("plover").null().key("cameo").null().key("acled").null();
  json.key("trigger")
      .raw(R"({"start":7,"end":11})")
      .key("mentions")
      .raw(R"([{"start":7,"end":11,"sentence":0}])");
  json.key("actors")
      .raw(R"([{"role":"actor","entity":"e1","start":0,"end":6}])")
      .key("place")
      .null()
      .key("places")
      .raw("[]");
  json.key("time").raw(R"({"from":"2020-03-02","to":"2020-03-02","precision":"day","time":null})");
  json.field("status", "actual").field("contested", false).field("main", true);
  json.key("deaths").null().key("injured").null().key("abducted").null().key("claims").raw("[]");
  json.field("confidence", confidence).key("why").raw("[]").end_object().end_array();
  for (const char* empty : {"claims", "conflicts", "relations", "control", "diagnostics"})
    json.key(empty).raw("[]");
  json.end_object();
  return out;
}

}  // namespace annalist::test
