// The desk: serves a store to browsers and programs; and the keys for those who come from elsewhere.
#include <charconv>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>

#include "base/date.h"
#include "base/strings.h"
#include "batch_run.h"
#include "commands.h"
#include "export/parquet.h"
#include "pack/stanza.h"
#include "pipeline/across.h"
#include "pipeline/data_files.h"
#include "pipeline/engine.h"
#include "serve/app.h"
#include "serve/http_server.h"
#include "serve/keys.h"
#include "source/source.h"

namespace annalist::tool {
namespace {

std::string today() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return Day{std::int32_t(now.time_since_epoch().count())}.iso();
}

void log_line(const std::string& line) {
  static std::mutex lock;
  const std::scoped_lock guard(lock);
  std::string clean;
  for (const char c : line) clean += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  const auto now =
      std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()) % 86400;
  const long s = long(now.count());
  std::fprintf(stderr, "%s %02ld:%02ld:%02ldZ %s\n", today().c_str(), s / 3600, s / 60 % 60, s % 60,
               clean.c_str());
}

// Types, groups and glosses of the codebook that lies beside the program, and names of countries; none when
// it is not there.
void read_codebook(const std::string& folder, serve::Settings& out) {
  const auto pack = open_codebook(folder + "/" + kCodebookFile);
  if (!pack) return;
  for (const DataText& text : pack->texts) {
    if (text.name == "codebook/types.txt")
      if (const auto entries = parse_stanzas(text.text, text.name))
        for (const Stanza& s : *entries)
          out.codebook.push_back({s.id, std::string(s.get("group")), std::string(s.get("gloss"))});
    if (text.name == "places/countries.tsv")
      for (std::string_view line : split(text.text, '\n'))
        if (const auto cells = split(line, '\t'); cells.size() > 3 && cells[1].size() == 3)
          out.countries.emplace_back(cells[1], cells[3]);
  }
}

Result<unsigned> number(const Options& options, const char* name, unsigned otherwise, unsigned most) {
  if (!options.has(name)) return otherwise;
  const std::string given = options.get(name);
  unsigned n = 0;
  const auto [end, fault] = std::from_chars(given.data(), given.data() + given.size(), n);
  if (fault != std::errc() || end != given.data() + given.size() || n > most)
    return fail(std::string(name) + " takes a number up to " + std::to_string(most) + ", not '" + given +
                "'");
  return n;
}

// Codes what was uploaded. The engine is opened by the first upload: who only reads never waits for it.
class Importer {
 public:
  Importer(std::string store, std::string data, Engine::Effort effort)
      : store_(std::move(store)), data_(std::move(data)), effort_(effort) {}

  void run(const std::string& name, const std::string& bytes, serve::ImportState& state,
           const std::function<void(const serve::ImportState&)>& tell) {
    const std::scoped_lock guard(lock_);  // one after the other: a machine of two cores has no more to give
    if (!engine_) {
      auto opened = Engine::open(data_, Engine::Depth::full, {}, effort_);
      if (!opened) return failed(state, opened.error());
      engine_.emplace(std::move(*opened));
    }
    auto store = Store::open(store_, Store::Mode::write);
    if (!store) return failed(state, store.error());
    (void)store->begin_run("import", name);
    Workspace workspace;
    for (auto& page : read_pages(bytes, name)) {
      ++state.documents;
      const auto done = page ? store->ingest(engine_->code(*page, workspace), engine_->info())
                             : Result<Store::Ingested>(std::unexpected(page.error()));
      if (!done) {
        ++state.failed;
        if (state.notes.size() < 50) state.notes.push_back(done.error().message());
      } else {
        state.events += done->events;
        if (done->outcome == Store::Outcome::added) ++state.added;
        if (done->outcome == Store::Outcome::same || done->outcome == Store::Outcome::alias) ++state.same;
        if (done->outcome == Store::Outcome::recoded) ++state.recoded;
      }
      tell(state);
    }
    // Stories, merged events and states follow, as after `annalist ingest`.
    if (state.added + state.recoded > 0)
      if (const auto pack = open_codebook(data_ + "/" + kCodebookFile); pack)
        if (const auto found = update_findings(*store, pack->texts); !found)
          state.notes.push_back(found.error().message());
    (void)store->end_run(state.failed && state.failed == state.documents ? "failed" : "done", state.failed);
    if (state.documents == 0)
      return failed(state,
                    {"no report was found in the file", name, "HTML, text, JSONL, WARC, feeds are read"});
  }

 private:
  static void failed(serve::ImportState& state, const Error& error) {
    state.state = "failed";
    state.error = error.message();
  }
  std::string store_, data_;
  Engine::Effort effort_;
  std::mutex lock_;
  std::optional<Engine> engine_;
};

// Parquet as the exports write it: the server's own layer knows no other format than text.
class Parquet : public serve::TableWriter {
 public:
  explicit Parquet(const std::vector<serve::TableColumn>& columns) : writer_(described(columns)) {}
  void add(const std::vector<std::string>& cells, std::string& out) override { writer_.add(cells, out); }
  void finish(std::string& out) override { writer_.finish(out); }

 private:
  static std::vector<ExportColumn> described(const std::vector<serve::TableColumn>& columns) {
    std::vector<ExportColumn> out;
    for (const serve::TableColumn& c : columns) out.push_back({c.name, c.type, {}});
    return out;
  }
  ParquetWriter writer_;
};

}  // namespace

int run_serve(const Options& options) {
  if (options.inputs().size() != 1)
    return refuse({"one store is needed: annalist serve STORE", {}, "`annalist ingest` makes one"});
  serve::Settings settings;
  settings.store = options.inputs().front();
  read_codebook(data_dir(options), settings);
  settings.version = kVersion;
  settings.writable = options.has("--write");
  settings.reviewer = options.get("--reviewer", "analyst");
  settings.log = log_line;
  settings.parquet = [](const auto& columns) { return std::make_unique<Parquet>(columns); };
  for (std::string_view name : split_list(options.get("--host"), ',')) settings.hosts.push_back(lower(name));
  const std::string address = options.get("--listen", "127.0.0.1");
  const auto port = number(options, "--port", 8765, 65535);
  if (!port) return refuse(port.error());
  const auto threads =
      number(options, "--threads", std::max(3U, std::thread::hardware_concurrency() + 1), 256);
  if (!threads) return refuse(threads.error());
  const auto rate = number(options, "--rate", 50, 1000000);
  if (!rate) return refuse(rate.error());
  const auto effort = effort_of(options);
  if (!effort) return refuse(effort.error());
  settings.rate = std::max(1U, *rate);
  settings.burst = settings.rate * 4;
  if (options.has("--keys")) {
    auto keys = serve::KeyRing::load(options.get("--keys"));
    if (!keys) return refuse(keys.error());
    if (keys->keys().empty())
      return refuse({"there is no key", options.get("--keys"),
                     "`annalist key add FILE --name NAME --scopes read` makes one"});
    settings.keys = std::move(*keys);
    settings.keys_needed = true;
  }
  if (!serve::is_loopback(address) && !settings.keys_needed)
    return refuse({"without keys the store is served on this machine only", address,
                   "--keys FILE, and a proxy with TLS in front (docs/guide/desk.md)"});
  if (settings.writable) {
    const auto importer = std::make_shared<Importer>(settings.store, data_dir(options), *effort);
    settings.import = [importer](const std::string& name, std::string bytes, serve::ImportState& state,
                                 const std::function<void(const serve::ImportState&)>& tell) {
      importer->run(name, bytes, state, tell);
    };
    settings.connect = [path = settings.store, data = data_dir(options)]() -> Status {
      const auto pack = open_codebook(data + "/" + kCodebookFile);
      if (!pack) return std::unexpected(pack.error());
      auto store = Store::open(path, Store::Mode::write);
      if (!store) return std::unexpected(store.error());
      const auto found = update_findings(*store, pack->texts);
      if (!found) return std::unexpected(found.error());
      return {};
    };
  }
  const bool writable = settings.writable;
  auto app = serve::App::open(std::move(settings));
  if (!app) return refuse(app.error());
  auto server = serve::HttpServer::open(address, static_cast<unsigned short>(*port), {});
  if (!server) return refuse(server.error());
  std::printf("http://%s:%u/\n",
              address.find(':') == std::string::npos ? address.c_str() : ("[" + address + "]").c_str(),
              unsigned(server->port()));
  std::fflush(stdout);
  std::fprintf(stderr, "annalist: %zu events; %s; Ctrl-C ends it\n", (*app)->events(),
               writable ? "reviews and imports are taken" : "read-only (--write takes reviews and imports)");
  server->run(
      *threads,
      [&](serve::Request& r, std::unique_ptr<serve::Response>& refusal) { return (*app)->admit(r, refusal); },
      [&](const serve::Request& r) { return (*app)->handle(r, server->traffic()); },
      [&](const std::string& peer, const std::string& what) { (*app)->note(peer, what); }, true);
  return 0;
}

int run_key(const Options& options) {
  const auto& in = options.inputs();
  if (in.size() != 2 || (in[0] != "add" && in[0] != "list" && in[0] != "remove"))
    return refuse(
        {"annalist key add|list|remove FILE", {}, "add and remove take --name, add takes --scopes"});
  auto keys = serve::KeyRing::load(in[1]);
  if (!keys) return refuse(keys.error());
  if (in[0] == "list") {
    for (const serve::Key& k : keys->keys())
      std::printf("%s\t%s\t%s\n", k.name.c_str(), serve::scope_names(k.scopes).c_str(), k.made.c_str());
    return 0;
  }
  const std::string name = options.get("--name");
  if (in[0] == "remove") {
    if (!keys->remove(name))
      return refuse({"there is no key '" + name + "'", in[1], "`annalist key list` names them"});
    const Status saved = keys->save(in[1]);
    return saved ? 0 : refuse(saved.error());
  }
  const auto scopes = serve::parse_scopes(options.get("--scopes", "read"));
  if (!scopes) return refuse(scopes.error());
  const auto key = keys->add(name, *scopes, today());
  if (!key) return refuse(key.error());
  if (const Status saved = keys->save(in[1]); !saved) return refuse(saved.error());
  std::printf("%s\n", key->c_str());
  std::fprintf(stderr, "annalist: this key is shown once; the file keeps only its hash\n");
  return 0;
}

}  // namespace annalist::tool
