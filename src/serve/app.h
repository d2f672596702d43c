// The server's mind: who may ask, what is asked, the answer. Requests become queries of the store and nothing
// else.
//
// Thread-safe: handlers run on any thread of HttpServer, each with a connection of its own out of a pool; the
// columns are immutable and swapped when the store has changed; writes take turns.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "serve/event_columns.h"
#include "serve/event_json.h"
#include "serve/http.h"
#include "serve/keys.h"
#include "serve/metrics.h"
#include "serve/selection.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace annalist::serve {

struct Traffic;

/// One embedded file of the page.
struct Asset {
  std::string path, type, etag;
  std::shared_ptr<const std::string> plain, gzip;
};

/// What became of an import so far.
struct ImportState {
  std::string name, state = "waiting", error;  // waiting, coding, done, failed
  std::size_t documents = 0, added = 0, same = 0, recoded = 0, events = 0, failed = 0;
  std::vector<std::string> notes;  // inputs that failed, named with the reason
};
/// Codes the reports in `bytes` and puts them into the store. Calls `tell` as it goes on.
using Import = std::function<void(const std::string& name, std::string bytes, ImportState& state,
                                  const std::function<void(const ImportState&)>& tell)>;

/// A format of tables that is made elsewhere: rows of cells go in, bytes of a file come out.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  virtual void add(const std::vector<std::string>& cells, std::string& out) = 0;
  virtual void finish(std::string& out) = 0;
};

struct Settings {
  std::string store;
  std::string version;
  std::vector<TypeEntry> codebook;
  std::vector<std::pair<std::string, std::string>> countries;  // ISO 3166-1 alpha-3 and name
  bool writable = false;                                       // reviews and imports are taken
  std::string reviewer;                                        // who reviews when no key says
  KeyRing keys;  // not empty: every request to the API needs one
  bool keys_needed = false;
  std::vector<std::string> hosts;  // further names under which the server may be asked for
  double rate = 50, burst = 200;   // requests a second of one caller; without keys on loopback: none
  Import import;                   // none: no import
  std::function<Status()>
      connect;  // finds merged events, stories and states anew; none: that is left to others
  std::function<std::unique_ptr<TableWriter>(const std::vector<TableColumn>&)>
      parquet;  // none: no such format
  std::function<void(const std::string& line)> log;
};

class App {
 public:
  static Result<std::unique_ptr<App>> open(Settings settings);
  ~App();

  std::size_t admit(Request& request, std::unique_ptr<Response>& refusal);
  Response handle(const Request& request, const Traffic& traffic);
  void note(const std::string& peer, const std::string& what);
  std::size_t events() const { return columns()->size(); }

 private:
  /// A connection for reading, given back when it dies.
  struct Reader {
    std::unique_ptr<store::Db> db;
    std::unique_ptr<Store> store;
  };
  class Lease;
  using Columns = std::shared_ptr<const EventColumns>;
  using Rows = std::shared_ptr<const std::vector<std::uint32_t>>;

  explicit App(Settings settings);
  Columns columns() const;
  void refresh(bool now);
  Result<Lease> lease();
  Response route(const Request& request, const Traffic& traffic, std::string_view& name);
  Response get(const Request& request, std::string_view& name);
  Response asset(const Request& request);
  /// The answer about one actor, place or story: {kind: [its row], ...what `more` adds}. `sql` finds the row
  /// by its id; none: 404.
  Response about(std::string_view kind, const std::string& id, const std::string& sql,
                 const std::function<Status(store::Db&, JsonWriter&)>& more);
  std::expected<Rows, Response> rows(const Request& request, const Columns& columns, store::Db& db,
                                     const std::vector<std::string_view>& also);

  // api_events.cpp
  Response event_list(const Request& request);
  Response event_one(const Request& request, const std::string& id);
  Response alternatives(const Request& request, const std::string& id);  // api_alternatives.cpp
  Response columns_packed();
  Response columns_rows(const Request& request);
  Response aggregate(const Request& request);
  Response stream(const Request& request, Columns columns, Rows rows, std::string_view format);
  Response facets(const Request& request);
  // api_reports.cpp
  Response documents(const Request& request);
  Response document(const std::string& id);
  Response search(const Request& request);
  Response stories(const Request& request);
  Response story(const std::string& id);
  // api_actors.cpp
  Response actors(const Request& request);
  Response actor(const std::string& id);
  // api_control.cpp
  Response control(const Request& request);
  Response place(const std::string& id);
  // api_store.cpp
  Response stats();
  Response codebook();
  Response changes(const Request& request);
  Response deleted(const Request& request);
  Response runs();
  Response claims(const Request& request);
  Response reviews(const Request& request);
  // api_write.cpp
  Response review(const Request& request);
  bool connect();
  Response import_file(const Request& request);
  Response import_state(const std::string& id);
  // ogc.cpp
  Response ogc(const Request& request);

  Settings settings_;
  std::vector<Asset> assets_;
  Metrics metrics_;
  RateLimit rate_, guesses_{1, 10};

  mutable std::mutex columns_lock_;
  Columns columns_;
  std::shared_ptr<const std::string> packed_;
  std::string packed_version_;
  std::chrono::steady_clock::time_point looked_{};
  std::atomic<bool> loading_{false};
  std::jthread loader_;

  std::mutex pool_lock_;
  std::vector<Reader> pool_;

  // Answers of single events and selections of the current version.
  std::mutex cache_lock_;
  std::shared_ptr<const std::string> stats_;
  std::string stats_version_;
  std::string cache_version_;
  std::unordered_map<std::string, std::shared_ptr<const std::string>> event_cache_;
  std::list<std::pair<std::string, Rows>> rows_cache_;

  std::mutex write_lock_;
  std::unique_ptr<Store> writer_;

  // Finding merged events anew: one thread at a time, for all who asked before it began.
  std::mutex connect_lock_;
  std::condition_variable connected_;
  std::uint64_t connect_asked_ = 0, connect_done_ = 0;
  bool connecting_ = false;
  std::jthread connector_;

  std::mutex import_lock_;
  std::unordered_map<std::string, ImportState> imports_;
  std::vector<std::jthread> import_threads_;
  std::size_t import_count_ = 0, importing_ = 0;
};

class App::Lease {
 public:
  Lease(App& app, Reader reader) : app_(&app), reader_(std::move(reader)) {}
  Lease(Lease&& other) noexcept
      : app_(std::exchange(other.app_, nullptr)), reader_(std::move(other.reader_)) {}
  Lease& operator=(Lease&&) = delete;
  ~Lease();
  store::Db& db() { return *reader_.db; }
  Store& store() { return *reader_.store; }

 private:
  App* app_;
  Reader reader_;
};

/// 500 with what went wrong in the log and not in the answer.
Response broken(const Error& error);
Response not_found(std::string_view what);
Response wrong_parameter(const Wrong& wrong);
/// The parameter as a number between two bounds; `otherwise` when it is absent.
std::expected<std::size_t, Wrong> number_param(const Request& request, std::string_view name,
                                               std::size_t otherwise, std::size_t least, std::size_t most);

/// The files of web/dist, and docs/api/openapi.yaml, embedded by src/serve/assets.S.
std::vector<Asset> embedded_assets();
std::string openapi_document();

}  // namespace annalist::serve
