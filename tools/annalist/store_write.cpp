// The commands that change a store: ingest, connect, review, retract, recode.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "base/json.h"
#include "base/strings.h"
#include "batch_run.h"
#include "commands.h"
#include "pipeline/across.h"
#include "pipeline/batch.h"
#include "pipeline/data_files.h"
#include "store_options.h"

namespace annalist::tool {
namespace {

struct Tally {
  std::size_t added = 0, same = 0, alias = 0, recoded = 0, retracted = 0, events = 0;
  void count(const Store::Ingested& i) {
    if (i.outcome == Store::Outcome::added) ++added;
    if (i.outcome == Store::Outcome::same) ++same;
    if (i.outcome == Store::Outcome::alias) ++alias;
    if (i.outcome == Store::Outcome::recoded) ++recoded;
    if (i.outcome == Store::Outcome::retracted) ++retracted;
    if (i.outcome == Store::Outcome::added || i.outcome == Store::Outcome::recoded) events += i.events;
  }
  std::string text() const {
    std::string out = std::to_string(added) + " added with " + std::to_string(events) + " events";
    const std::pair<std::size_t, const char*> rest[] = {{recoded, " recoded"},
                                                        {same, " were there already"},
                                                        {alias, " were there under another id"},
                                                        {retracted, " stay retracted"}};
    for (const auto& [n, what] : rest)
      if (n) out += ", " + std::to_string(n) + what;
    return out;
  }
};

constexpr std::size_t kTogether = 100;

/// Reports that wait for nothing share a transaction: so many, or those of a fifth of a second. What has to
/// be waited for, be it coded or read from a pipe, is committed before the wait. Who else wants to write (a
/// review at the desk) gets its turn between two transactions.
class GroupCommit {
 public:
  GroupCommit(Store& store, std::size_t most) : store_(store), most_(most) {}
  Status begin() {
    if (open_ == most_ || (open_ > 0 && Clock::now() - since_ > kLongest)) {
      if (Status s = end(); !s) return s;
      std::this_thread::sleep_for(kOthersTurn);
    }
    if (most_ == 1) return {};
    if (open_ == 0) {
      if (Status s = store_.begin_batch(); !s) return s;
      since_ = Clock::now();
    }
    ++open_;
    return {};
  }
  Status end() { return std::exchange(open_, 0) > 0 ? store_.end_batch() : Status(); }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::milliseconds kLongest{200}, kOthersTurn{2};
  Store& store_;
  std::size_t most_, open_ = 0;
  Clock::time_point since_;
};

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& w : words) out += (out.empty() ? "" : " ") + w;
  return out;
}

/// Brings what is about many reports up to date; 0, or 2 with the reason said.
int connect(const Options& options, Store& store) {
  const auto codebook = open_codebook(data_dir(options) + "/" + kCodebookFile);
  if (!codebook) return refuse(codebook.error());
  const auto done = update_findings(store, codebook->texts);
  if (!done) return refuse(done.error());
  std::fprintf(stderr, "annalist: %zu reports: %zu merged events, %zu stories, %zu states; %zu changed\n",
               done->reports, done->events, done->stories, done->states, done->changed);
  if (done->behind)
    std::fprintf(stderr, "annalist: others wrote meanwhile: `annalist connect` takes in what they added\n");
  return 0;
}

/// Engines by effort, each opened when it is first asked for. All threads may ask.
class Engines {
 public:
  explicit Engines(std::string data) : data_(std::move(data)) {}

  Result<const Engine*> get(Engine::Effort effort) {
    const std::scoped_lock guard(lock_);
    auto& engine = engines_[static_cast<std::size_t>(effort)];
    if (!engine) engine.emplace(Engine::open(data_, Engine::Depth::full, {}, effort));
    if (!*engine) return std::unexpected(engine->error());
    return &**engine;
  }

 private:
  std::string data_;
  std::mutex lock_;
  std::array<std::optional<Result<Engine>>, 3> engines_;  // by Effort
};

}  // namespace

int run_connect(const Options& options) {
  auto store = open_store(options, Store::Mode::write);
  if (!store) return refuse(store.error());
  if (const Status s = store->begin_run("connect", {}); !s) return refuse(s.error());
  const int status = connect(options, *store);
  if (const Status s = store->end_run(status == 0 ? "done" : "failed", status != 0); !s)
    return refuse(s.error());
  return status;
}

int run_ingest(const Options& options) {
  auto store = open_store(options, Store::Mode::create);
  if (!store) return refuse(store.error());
  if (const Status s = store->begin_run("ingest", joined(options.inputs())); !s) return refuse(s.error());
  const auto together = read_number(options, "--together", kTogether);
  if (!together || *together == 0)
    return refuse(together ? Error{"--together takes a number from 1 on", {}, {}} : together.error());
  Tally tally;
  GroupCommit group(*store, *together);
  BatchJob job;
  job.annotated_too = true;
  job.keep = [&](const Document& doc, const EngineInfo& info, std::string_view json) -> Status {
    if (Status s = group.begin(); !s) return s;
    const auto done = store->ingest(doc, info, json);
    if (!done) return std::unexpected(done.error());
    tally.count(*done);
    return {};
  };
  job.pause = [&] { return group.end(); };
  int status = run_job(options.without_first(1), job);
  if (status != 2)
    if (const Status s = group.end(); !s) return refuse(s.error());
  std::fprintf(stderr, "annalist: %s\n", tally.text().c_str());
  if (!options.has("--alone") && tally.added + tally.recoded + tally.retracted > 0)
    status = std::max(status, connect(options, *store));
  if (const Status s = store->end_run(status == 0   ? "done"
                                      : status == 1 ? "done, some inputs failed"
                                                    : "failed",
                                      status != 0);
      !s)
    return refuse(s.error());
  return status;
}

int run_review(const Options& options) {
  const auto& in = options.inputs();
  if (in.size() < 2 || in.size() > 3)
    return refuse({"a store and the ids of one or two events are needed", {}, {}});
  if (!options.has("--decision"))
    return refuse({"--decision is needed",
                   {},
                   "accepted, rejected, skipped or undone; of two events apart, "
                   "same or undone"});
  const bool pair = in.size() == 3;
  auto store = open_store(options, Store::Mode::write);
  if (!store) return refuse(store.error());
  Store::Verdict verdict{in[1], options.get("--decision"), options.get("--by"), options.get("--note"), {},
                         {}};
  if (pair) verdict.other = in[2];
  if (const Status s = store->review(verdict); !s) return refuse(s.error());
  return pair && !options.has("--alone") ? connect(options, *store) : 0;
}

int run_retract(const Options& options) {
  if (options.inputs().size() < 2)
    return refuse({"the ids of reports (d...) or events (e...) are needed", {}, {}});
  auto store = open_store(options, Store::Mode::write);
  if (!store) return refuse(store.error());
  int failed = 0;
  for (std::size_t i = 1; i < options.inputs().size(); ++i) {
    const std::string& id = options.inputs()[i];
    const Status s = options.has("--restore")
                         ? store->restore(id, options.get("--by"))
                         : store->retract(id, options.get("--reason"), options.get("--by"));
    if (s) continue;
    ++failed;
    std::fprintf(stderr, "annalist: %s\n", s.error().message().c_str());
  }
  return failed == 0 ? 0 : std::size_t(failed) + 1 < options.inputs().size() ? 1 : 2;
}

int run_recode(const Options& options) {
  const auto threads = thread_count(options);
  if (!threads) return refuse(threads.error());
  const std::string format = options.get("--format", "text");
  if (format != "text" && format != "jsonl")
    return refuse({"--format takes text or jsonl, not '" + format + "'", {}, {}});
  const bool dry = options.has("--dry-run");
  auto store = open_store(options, dry ? Store::Mode::read : Store::Mode::write);
  if (!store) return refuse(store.error());
  const auto effort = effort_of(options);
  if (!effort) return refuse(effort.error());
  Engines engines(data_dir(options));
  const bool as_coded = !options.has("--tier") && !options.has("--gate");
  if (const auto engine = engines.get(*effort); !engine) return refuse(engine.error());

  std::vector<std::string> ids;
  for (std::string_view id : split_list(options.get("--document"), ',')) ids.emplace_back(id);
  if (ids.empty()) {
    store::PageRequest page{1000, {}, store::Order::oldest};
    do {
      const auto got = store->documents(page);
      if (!got) return refuse(got.error());
      for (const store::DocumentRecord& d : got->items) ids.push_back(d.uid);
      page.cursor = got->next;
    } while (!page.cursor.empty());
  }
  if (!dry)
    if (const Status s = store->begin_run("recode", joined(options.inputs())); !s) return refuse(s.error());

  struct Done {
    std::string id;
    Result<Document> document = fail("not coded");
    EngineInfo info = {};
  };
  struct Input {
    std::string id;
    Result<std::string> json = fail("not read");
  };
  Tally tally;
  std::size_t at = 0, failed = 0, differ = 0;
  Status kept;
  std::size_t unchanged = 0, fresh = 0, gone = 0, changed = 0;
  run_batch<Input, Done>(
      *threads,
      [&]() -> std::optional<Input> {
        if (at == ids.size() || !kept) return std::nullopt;
        const std::string& id = ids[at++];
        return Input{id, store->coding(id)};
      },
      [&](Input input, Workspace& work) {
        Done done{input.id, fail("not coded")};
        if (!input.json) {
          done.document = std::unexpected(input.json.error());
          return done;
        }
        const auto before = read_json(*input.json, input.id);
        const auto engine = before ? engines.get(as_coded ? Engine::effort_of(before->engine.model) : *effort)
                                   : std::unexpected(before.error());
        if (engine) {
          done.document = (*engine)->code_again(before->document, work);
          done.info = (*engine)->info();
        } else {
          done.document = std::unexpected(engine.error());
        }
        return done;
      },
      [&](Done done) {
        if (!kept) return;
        if (!done.document) {
          ++failed;
          std::fprintf(stderr, "annalist: %s\n", done.document.error().message().c_str());
          return;
        }
        const auto result = dry ? store->compare(*done.document) : store->ingest(*done.document, done.info);
        if (!result) {
          kept = std::unexpected(result.error());
          return;
        }
        tally.count(*result);
        if (result->changes.empty()) {
          ++unchanged;
          return;
        }
        ++differ;
        std::string out;
        for (const Store::Change& c : result->changes) {
          ++(c.what == "new" ? fresh : c.what == "gone" ? gone : changed);
          if (format == "jsonl") {
            JsonWriter(out)
                .begin_object()
                .field("document", result->uid)
                .field("event", c.uid)
                .field("local", c.local)
                .field("type", c.type)
                .field("change", c.what)
                .end_object();
            out += '\n';
          } else {
            out += result->uid + " " + c.local + " " + c.type + ": " + c.what + "\n";
          }
        }
        std::fputs(out.c_str(), stdout);
      });
  if (!kept) return refuse(kept.error());
  std::fprintf(stderr,
               "annalist: %zu reports: %zu unchanged, %zu differ: %zu events new, %zu gone, %zu changed%s\n",
               ids.size(), unchanged, differ, fresh, gone, changed, dry ? " (nothing written)" : "");
  if (!dry)
    if (const Status s = store->end_run("done", failed); !s) return refuse(s.error());
  return failed == 0 ? 0 : failed < ids.size() ? 1 : 2;
}

}  // namespace annalist::tool
