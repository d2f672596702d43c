// Coded reports of one capture, a store that is gone afterwards, and the codebook, for tests of what many
// reports say together.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "pipeline/data_files.h"
#include "store/store.h"

namespace annalist::test {

inline std::string codebook_path() {
  const char* data = std::getenv("ANNALIST_DATA");
  return data ? (std::filesystem::path(data) / kCodebookFile).string() : std::string();
}
inline bool have_codebook() { return std::filesystem::exists(codebook_path()); }
inline const std::vector<DataText>& codebook_texts() {
  static const auto codebook = open_codebook(codebook_path());
  REQUIRE(codebook);
  return codebook->texts;
}

/// A store under a name of its own.
struct TemporaryStore {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("annalist-test-" + std::to_string(std::rand()) + ".db");
  Store store = make(path.string());
  ~TemporaryStore() {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + end);
  }

 private:
  static Store make(const std::string& path) {
    std::filesystem::remove(path);
    auto store = Store::open(path, Store::Mode::create);
    REQUIRE(store);
    return std::move(*store);
  }
};

/// "Red Army took Hilltown on Saturday.", coded; `id` and `site` differ from report to report.
inline std::string report(const std::string& id, const std::string& site, const std::string& rest,
                          const std::string& day = "2014-11-02", const std::string& saturday = "2014-11-01",
                          const std::string& confidence = "0.8") {
  return R"({"schema":"annalist/document/1","id":")" + id + R"(","page":{"site":")" + site +
         R"(","headline":"Hilltown falls","authors":[],"published":{"value":")" + day +
         R"(","precision":"day","source":"given"},)"
         R"("language":"en","kind":"article"},"text":"Red Army took Hilltown on Saturday. )" +
         rest +
         R"(","entities":[{"id":"e1","type":"ORG","name":"Red Army","actor":{"id":"red-army","name":"Red Army",)"
         R"("kind":"armed_group","country":"SYR","codes":{}},"mentions":[{"start":0,"end":8,"form":"name"}]}],)"
         R"("places":[{"id":"p1","start":14,"end":22,"text":"Hilltown","name":"Hilltown","lat":35.5,"lon":36.5,)"
         R"("gazetteer":"geonames:1","feature":"PPL","country":"SY","admin1":"Idlib","precision":"exact","score":0.9,)"
         R"("role":"mention","alternatives":[]}],"times":[{"id":"t1","start":26,"end":34,"text":"Saturday","type":"DATE",)"
         R"("value":")" +
         saturday + R"(","from":")" + saturday + R"(","to":")" + saturday +
         R"("}],"events":[{"id":"v1","type":"capture",)"
         R"("plover":{"type":"","mode":"","contexts":[]},"cameo":"","acled":null,"trigger":{"start":9,"end":13},)"
         R"("mentions":[{"start":9,"end":13,"sentence":0}],"actors":[{"role":"actor","entity":"e1","start":0,"end":8}],)"
         R"("place":"p1","places":[{"place":"p1","role":"at"}],"time":{"from":")" +
         saturday + R"(","to":")" + saturday +
         R"(",)"
         R"("precision":"day","time":"t1"},"status":"actual","contested":false,"main":true,"deaths":null,"injured":null,)"
         R"("abducted":null,"claims":[],"confidence":)" +
         confidence +
         R"(,"why":[]}],"control":[{"place":"p1","from":null,"to":"e1",)"
         R"("date":")" +
         saturday + R"(","how":"captured","event":"v1"}]})";
}

}  // namespace annalist::test
