#include "pipeline/across.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "pipeline/data_files.h"

using namespace annalist;

namespace {

bool have_codebook() {
  return std::getenv("ANNALIST_DATA") &&
         std::filesystem::exists(std::filesystem::path(std::getenv("ANNALIST_DATA")) / kCodebookFile);
}

/// "Red Army took Hilltown on Saturday.", coded; `id` and `site` differ from report to report.
std::string report(const std::string& id, const std::string& site, const std::string& rest) {
  return R"({"schema":"annalist/document/1","id":")" + id + R"(","page":{"site":")" + site +
         R"(","headline":"Hilltown falls","authors":[],"published":{"value":"2014-11-02","precision":"day","source":"given"},)"
         R"("language":"en","kind":"article"},"text":"Red Army took Hilltown on Saturday. )" +
         rest +
         R"(","entities":[{"id":"e1","type":"ORG","name":"Red Army","actor":{"id":"red-army","name":"Red Army",)"
         R"("kind":"armed_group","country":"SYR","codes":{}},"mentions":[{"start":0,"end":8,"form":"name"}]}],)"
         R"("places":[{"id":"p1","start":14,"end":22,"text":"Hilltown","name":"Hilltown","lat":35.5,"lon":36.5,)"
         R"("gazetteer":"geonames:1","feature":"PPL","country":"SY","admin1":"Idlib","precision":"exact","score":0.9,)"
         R"("role":"mention","alternatives":[]}],"times":[{"id":"t1","start":26,"end":34,"text":"Saturday","type":"DATE",)"
         R"("value":"2014-11-01","from":"2014-11-01","to":"2014-11-01"}],"events":[{"id":"v1","type":"capture",)"
         R"("plover":{"type":"","mode":"","contexts":[]},"cameo":"","acled":null,"trigger":{"start":9,"end":13},)"
         R"("mentions":[{"start":9,"end":13,"sentence":0}],"actors":[{"role":"actor","entity":"e1","start":0,"end":8}],)"
         R"("place":"p1","places":[{"place":"p1","role":"at"}],"time":{"from":"2014-11-01","to":"2014-11-01",)"
         R"("precision":"day","time":"t1"},"status":"actual","contested":false,"main":true,"deaths":null,"injured":null,)"
         R"("abducted":null,"claims":[],"confidence":0.8,"why":[]}],"control":[{"place":"p1","from":null,"to":"e1",)"
         R"("date":"2014-11-01","how":"captured","event":"v1"}]})";
}

}  // namespace

TEST_CASE("a store's stories, merged events and states follow its reports" *
          doctest::skip(!have_codebook())) {
  const auto codebook =
      open_codebook((std::filesystem::path(std::getenv("ANNALIST_DATA")) / kCodebookFile).string());
  REQUIRE(codebook);
  const auto path =
      std::filesystem::temp_directory_path() / ("annalist-across-" + std::to_string(std::rand()) + ".db");
  std::filesystem::remove(path);
  {
    auto store = Store::open(path.string(), Store::Mode::create);
    REQUIRE(store);
    const auto first = store->ingest_json(report("a", "one.example", "The market stayed shut."), "a");
    REQUIRE(first);
    REQUIRE(store->ingest_json(report("b", "two.example", "Families left for the coast by bus."), "b"));
    auto done = update_findings(*store, codebook->texts);
    REQUIRE(done);
    CHECK(done->events == 1);  // both tell of one capture
    CHECK(done->changed > 0);
    const auto merged = store->findings().all_merged();
    REQUIRE(merged);
    REQUIRE(merged->size() == 1);
    CHECK((*merged)[0].sources == 2);
    CHECK((*merged)[0].members.size() == 2);
    const auto states = store->findings().states({});
    REQUIRE(states);
    REQUIRE(states->size() == 1);
    CHECK((*states)[0].a == "red-army");
    CHECK(state::holder_at(*states, "geonames:1", Day::parse_iso("2014-11-05")).name == "Red Army");

    done = update_findings(*store, codebook->texts);
    REQUIRE(done);
    CHECK(done->changed == 0);  // the same again changes nothing

    const std::string founder = (*merged)[0].uid;
    REQUIRE(store->retract(first->uid, "withdrawn by its publisher", "test"));
    done = update_findings(*store, codebook->texts);
    REQUIRE(done);
    const auto left = store->findings().all_merged();
    REQUIRE(left);
    REQUIRE(left->size() == 1);
    CHECK((*left)[0].sources == 1);
    CHECK(store->findings().resolve(founder).value_or("") == (*left)[0].uid);  // an old id leads on
  }
  std::filesystem::remove(path);
}
