// What the commands over many inputs share: open, pull, work in order, write, count, say what failed.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "doc/document.h"
#include "doc/raw_page.h"
#include "options.h"
#include "pipeline/engine.h"

namespace annalist::tool {

/// Where output goes: standard output, or a file that is named only when it is whole.
class Output {
 public:
  /// `keep`: goes on behind the first so many bytes of an output that was not finished.
  static Result<Output> open(const std::string& path, std::uint64_t keep = 0);
  /// Brings what was written to the disk.
  void sync();
  std::uint64_t bytes() const { return bytes_; }
  void write(std::string_view bytes);
  /// Flushes; a failed write (full disk, closed pipe) is the Error.
  Status finish();

 private:
  struct Close {
    void operator()(std::FILE* f) const {
      if (f != stdout) std::fclose(f);
    }
  };
  std::unique_ptr<std::FILE, Close> file_;
  std::string path_;
  std::uint64_t bytes_ = 0;
  bool failed_ = false;
};

struct BatchJob {
  Engine::Depth depth = Engine::Depth::full;
  bool annotated_too = false;  // inputs may be coded JSONL
  bool as_coded = false;  // documents coded here are as if read from coded JSONL: the same result either way
  /// Turns a document into the bytes that are written; runs on any thread.
  std::function<std::string(const Document&, const EngineInfo&)> render;
  /// Instead of reading the page: turns it into the bytes that are written.
  std::function<std::string(const RawPage&, const Engine&, Workspace&)> render_page;
  /// Instead of writing: gets every document in input order.
  std::function<void(Document, const EngineInfo&)> collect;
  /// Instead of writing: gets every document in input order with its JSON (that of the input for coded
  /// JSONL). An Error ends the run.
  std::function<Status(const Document&, const EngineInfo&, std::string_view json)> keep;
  /// Called before an input is waited for that is not in memory yet. An Error ends the run.
  std::function<Status()> pause;
  /// What is written before and after all documents; may be empty.
  std::function<std::string()> before, after;
};

/// Runs a job over the inputs of the command line (none: standard input), writes to --out. Returns the exit
/// status.
int run_job(const Options& options, const BatchJob& job);

/// --tier and --gate.
Result<Engine::Effort> effort_of(const Options& options);
/// --threads, or one a core.
Result<unsigned> thread_count(const Options& options);

}  // namespace annalist::tool
