#include "batch_run.h"

#include <unistd.h>

#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>
#include <tuple>
#include <variant>

#include "base/date.h"
#include "base/file.h"
#include "base/strings.h"
#include "checkpoint.h"
#include "commands.h"
#include "pipeline/batch.h"
#include "source/source.h"

namespace annalist::tool {
namespace {

using Clock = std::chrono::steady_clock;

/// A coded document, still JSON.
struct AnnotatedLine {
  std::string json, where;
};
using Item = std::variant<RawPage, AnnotatedLine, Error>;

/// What became of an item: the bytes to write and the document, or what was wrong.
struct Done {
  std::string bytes;
  std::optional<Document> document;
  EngineInfo info;
  std::optional<Error> error;
  std::string id, origin;  // of the input
};

bool is_annotated(const std::string& path) {
  std::FILE* f = path == "-" ? nullptr : std::fopen(path.c_str(), "rb");
  if (!f) return false;
  char head[64] = {};
  const std::size_t n = std::fread(head, 1, sizeof head - 1, f);
  std::fclose(f);
  std::string dense;  // other writers of JSON put blanks between the tokens
  for (const char c : std::string_view(head, n))
    if (!is_space(c)) dense += c;
  return dense.starts_with("{\"schema\":\"annalist/document/");
}

/// The items of all inputs: coded JSONL line by line, everything else through Source.
class Items {
 public:
  Items(std::vector<std::string> inputs, bool annotated_too, SourceOptions options)
      : inputs_(std::move(inputs)), annotated_too_(annotated_too), options_(std::move(options)) {}

  std::optional<Item> next() {
    while (true) {
      if (lines_at_ < lines_.size()) return next_line();
      if (source_) {
        if (auto page = source_->next()) return *page ? Item(std::move(**page)) : Item(page->error());
        bytes_before_ += source_->bytes_read();
        source_.reset();
      }
      if (at_ == inputs_.size()) return std::nullopt;
      const std::string& path = inputs_[at_++];
      if (!annotated_too_ || !is_annotated(path)) {
        source_.emplace(std::vector{path}, options_);
        continue;
      }
      auto text = read_file(path);
      if (!text) return Item(text.error());
      name_ = path;
      lines_ = std::move(*text);
      lines_at_ = number_ = 0;
    }
  }

  /// True when the next item need not be waited for.
  bool at_hand() const { return lines_at_ < lines_.size(); }

  /// Of the bytes of all inputs, how much is read: 0 to 1; less than 0 where it cannot be said.
  double share() {
    if (!total_) total_ = input_bytes(inputs_);
    if (*total_ == 0) return -1;
    const std::uint64_t now = bytes_before_ + (source_ ? source_->bytes_read() : 0);
    return std::min(1.0, double(now) / double(*total_));
  }

 private:
  Item next_line() {
    const std::size_t end = std::min(lines_.find('\n', lines_at_), lines_.size());
    AnnotatedLine line{lines_.substr(lines_at_, end - lines_at_), name_ + ":" + std::to_string(++number_)};
    lines_at_ = end + 1;
    return line;
  }

  std::vector<std::string> inputs_;
  bool annotated_too_;
  SourceOptions options_;
  std::size_t at_ = 0, lines_at_ = 0, number_ = 0;
  std::optional<Source> source_;
  std::uint64_t bytes_before_ = 0;
  std::optional<std::uint64_t> total_;
  std::string lines_, name_;
};

/// A line on standard error now and then, from the third second on: how many, how fast, how long still.
class Progress {
 public:
  void tick(std::size_t done, std::size_t failed, Items& items, bool last) {
    const auto now = Clock::now();
    const double since = std::chrono::duration<double>(now - start_).count();
    if (since < 2 || (!last && now - said_ < std::chrono::seconds(terminal_ ? 1 : 10))) return;
    said_ = now;
    std::string line = std::to_string(done) + " documents, " + one_digit(double(done) / since) + " a second";
    if (failed > 0) line += ", " + std::to_string(failed) + " failed";
    if (const double share = items.share(); !last && share > 0.001)
      line += ", " + std::to_string(int(100 * share)) + " %, " + clock(since * (1 - share) / share) + " left";
    std::fprintf(stderr, "%sannalist: %s%s", terminal_ ? "\r\x1B[K" : "", line.c_str(),
                 terminal_ && !last ? "" : "\n");
  }

 private:
  static std::string one_digit(double x) {
    char out[32];
    std::snprintf(out, sizeof out, "%.1f", x);
    return out;
  }
  /// "0:02:10"
  static std::string clock(double seconds) {
    const auto s = static_cast<long long>(seconds);
    char out[48];
    std::snprintf(out, sizeof out, "%lld:%02lld:%02lld", s / 3600, s / 60 % 60, s % 60);
    return out;
  }

  bool terminal_ = ::isatty(2) != 0;
  Clock::time_point start_ = Clock::now(), said_ = start_;
};

/// --from and --columns.
Result<SourceOptions> source_options(const Options& options) {
  SourceOptions out;
  out.form = options.get("--from");
  if (!out.form.empty() && !is_source_form(out.form))
    return fail("--from takes the name of a form, not '" + out.form + "'", {}, "see `annalist help`");
  for (std::string_view pair : split_list(options.get("--columns"), ',')) {
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos)
      return fail("--columns takes field=column, not '" + std::string(pair) + "'", {},
                  "--columns text=Body,date=Day");
    out.columns.emplace_back(trim(pair.substr(0, equals)), trim(pair.substr(equals + 1)));
  }
  return out;
}

/// What an input is known by in a checkpoint.
std::pair<std::string, std::string> name_of(const Item& item) {
  if (const auto* error = std::get_if<Error>(&item)) return {error->what, error->where};
  if (const auto* line = std::get_if<AnnotatedLine>(&item)) return {{}, line->where};
  const RawPage& page = std::get<RawPage>(item);
  return {page.id, page.origin};
}

/// --checkpoint, --quarantine and --max-errors.
struct Care {
  std::string checkpoint_path;
  Checkpoint state;
  std::optional<Output> quarantine;
  std::uint64_t max_errors = UINT64_MAX;
  Clock::time_point saved = Clock::now();

  static Result<Care> open(const Options& options, const BatchJob& job, const EngineInfo& info) {
    Care out;
    out.checkpoint_path = options.get("--checkpoint");
    const std::string made_by = info.version + " " + info.model + " " + info.codebook + " " + info.gazetteer;
    if (!out.checkpoint_path.empty()) {
      const std::string path = options.get("--out");
      if (path.empty() || path == "-" || job.after || job.collect || job.keep)
        return fail("--checkpoint needs an output file that is written document by document", {},
                    "add -o FILE");
      auto read = Checkpoint::read(out.checkpoint_path, made_by);
      if (!read) return std::unexpected(read.error());
      out.state = std::move(*read);
    }
    if (const std::string path = options.get("--quarantine"); !path.empty()) {
      auto file = Output::open(path);
      if (!file) return std::unexpected(file.error());
      out.quarantine.emplace(std::move(*file));
    }
    if (const std::string given = options.get("--max-errors"); !given.empty()) {
      const auto [end, fault] = std::from_chars(given.data(), given.data() + given.size(), out.max_errors);
      if (fault != std::errc() || end != given.data() + given.size())
        return fail("--max-errors takes a number, not '" + given + "'");
    }
    return out;
  }

  /// Passes over the inputs that an earlier run has done. An Error when they are not the same any more.
  Status skip_done(Items& items) {
    Checkpoint again;
    while (again.items < state.items) {
      const auto item = items.next();
      if (!item) break;
      const auto [id, origin] = name_of(*item);
      again.add(id, origin);
    }
    if (again.items != state.items || again.digest != state.digest)
      return fail("the inputs are not those of the checkpoint", checkpoint_path, "remove it to begin again");
    return {};
  }

  Status save(Output& output, bool now) {
    if (checkpoint_path.empty() || (!now && Clock::now() - saved < std::chrono::seconds(2))) return {};
    saved = Clock::now();
    output.sync();
    state.bytes = output.bytes();
    return state.write(checkpoint_path);
  }
};

Done work_on(Item item, const Engine& engine, const BatchJob& job, const std::string& date,
             Workspace& workspace) {
  Done done;
  std::tie(done.id, done.origin) = name_of(item);
  try {
    if (auto* error = std::get_if<Error>(&item)) {
      done.error = *error;
    } else if (auto* line = std::get_if<AnnotatedLine>(&item)) {
      auto read = read_json(line->json, line->where);
      if (!read) {
        done.error = read.error();
      } else {
        done.document = std::move(read->document);
        done.info = std::move(read->engine);
        if (job.keep) done.bytes = std::move(line->json);
      }
    } else {
      RawPage& page = std::get<RawPage>(item);
      if (page.date.empty()) page.date = date;
      if (job.render_page) {
        done.bytes = job.render_page(page, engine, workspace);
        return done;
      }
      done.document =
          job.depth == Engine::Depth::page ? engine.read(page, workspace) : engine.code(page, workspace);
      done.info = engine.info();
      if (job.as_coded) {
        std::string json;
        write_json(*done.document, done.info, kEverything, json);
        auto read = read_json(json, done.document->id());
        if (!read) done.error = read.error();
        if (read) done.document = std::move(read->document);
        if (!read) done.document.reset();
      }
    }
    if (done.document && job.keep && done.bytes.empty())
      write_json(*done.document, done.info, kDefaultParts, done.bytes);
    if (done.document && job.render) done.bytes = job.render(*done.document, done.info);
  } catch (const std::bad_alloc&) {
    done.error =
        Error{"out of memory", std::holds_alternative<RawPage>(item) ? std::get<RawPage>(item).origin : "",
              "split the input"};
  }
  return done;
}

}  // namespace

Result<Engine::Effort> effort_of(const Options& options) {
  const std::string tier = options.get("--tier", "accurate");
  if (tier != "accurate" && tier != "fast") return fail("--tier takes accurate or fast, not '" + tier + "'");
  if (!options.has("--gate")) return tier == "fast" ? Engine::Effort::fast : Engine::Effort::accurate;
  if (tier == "fast") return fail("--gate spends the accurate tier; it does not go with --tier fast");
  return Engine::Effort::gated;
}

Result<unsigned> thread_count(const Options& options) {
  const std::string given = options.get("--threads");
  if (given.empty()) return std::max(1U, std::thread::hardware_concurrency());
  unsigned n = 0;
  const auto [end, fault] = std::from_chars(given.data(), given.data() + given.size(), n);
  if (fault != std::errc() || end != given.data() + given.size() || n < 1 || n > 256)
    return fail("--threads takes a number from 1 to 256, not '" + given + "'");
  return n;
}

Result<Output> Output::open(const std::string& path, std::uint64_t keep) {
  Output out;
  out.path_ = path;
  if (keep > 0) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(path + ".part", failed);
    if (failed || size < keep) return fail("the unfinished output of the checkpoint is gone", path + ".part");
    std::filesystem::resize_file(path + ".part", keep, failed);
    out.file_.reset(failed ? nullptr : std::fopen((path + ".part").c_str(), "ab"));
    out.bytes_ = keep;
    if (!out.file_) return fail("cannot be written", path + ".part");
    return out;
  }
  std::FILE* f = path.empty() || path == "-" ? stdout : std::fopen((path + ".part").c_str(), "wb");
  if (!f) return fail("cannot be written", path, "does its folder exist?");
  out.file_.reset(f);
  return out;
}

void Output::sync() {
  failed_ |= std::fflush(file_.get()) != 0;
  if (file_.get() != stdout) ::fsync(::fileno(file_.get()));
}

void Output::write(std::string_view bytes) {
  bytes_ += bytes.size();
  failed_ |= std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size();
}

Status Output::finish() {
  failed_ |= std::fflush(file_.get()) != 0;
  const bool named = file_.get() != stdout;
  file_.reset();
  if (failed_)
    return fail("could not be written whole", named ? path_ : "standard output", "is the disk full?");
  if (named && std::rename((path_ + ".part").c_str(), path_.c_str()) != 0)
    return fail("could not be named", path_);
  return {};
}

int run_job(const Options& options, const BatchJob& job) {
  const auto threads = thread_count(options);
  if (!threads) return refuse(threads.error());
  const std::string date = options.get("--date");
  if (!date.empty() && !Day::parse_iso(date))
    return refuse({"--date takes YYYY-MM-DD, not '" + date + "'", {}, {}});
  auto sources = source_options(options);
  if (!sources) return refuse(sources.error());
  const auto effort = effort_of(options);
  if (!effort) return refuse(effort.error());
  const auto engine = Engine::open(data_dir(options), job.depth, {}, *effort);
  if (!engine) return refuse(engine.error());
  auto care = Care::open(options, job, engine->info());
  if (!care) return refuse(care.error());
  auto output = Output::open(options.get("--out"), care->state.bytes);
  if (!output) return refuse(output.error());

  Items items(options.inputs().empty() ? std::vector<std::string>{"-"} : options.inputs(), job.annotated_too,
              std::move(*sources));
  if (const Status same = care->skip_done(items); !same) return refuse(same.error());
  Progress progress;
  std::size_t done = 0, failed = 0;
  Status kept;  // the first fault ends the run
  bool too_many = false;
  if (job.before && care->state.items == 0) output->write(job.before());
  run_batch<Item, Done>(
      *threads,
      [&]() -> std::optional<Item> {
        if (kept && !too_many && job.pause && !items.at_hand()) kept = job.pause();
        return kept && !too_many ? items.next() : std::nullopt;
      },
      [&](Item item, Workspace& workspace) {
        return work_on(std::move(item), *engine, job, date, workspace);
      },
      [&](Done result) {
        if (!kept || too_many) return;
        care->state.add(result.id, result.origin);
        if (result.error) {
          ++failed;
          ++care->state.failed;
          std::fprintf(stderr, "annalist: %s\n", result.error->message().c_str());
          if (care->quarantine) care->quarantine->write(quarantine_line(*result.error));
          too_many = failed > care->max_errors;
        } else {
          if (job.keep) {
            kept = job.keep(*result.document, result.info, result.bytes);
            if (!kept) return;
          } else {
            output->write(result.bytes);
          }
          ++done;
          if (job.collect && result.document) job.collect(std::move(*result.document), result.info);
        }
        kept = care->save(*output, false);
        progress.tick(done, failed, items, false);
      });
  progress.tick(done, failed, items, true);
  if (care->quarantine)
    if (const Status written = care->quarantine->finish(); !written) return refuse(written.error());
  if (!kept) return refuse(kept.error());
  if (too_many) {
    std::fprintf(stderr, "annalist: stopped after %zu errors (--max-errors); %zu done\n", failed, done);
    if (!care->checkpoint_path.empty()) {  // the run can go on later
      if (const Status saved = care->save(*output, true); !saved) return refuse(saved.error());
      return 1;
    }
  }
  if (job.after) output->write(job.after());
  if (const Status written = output->finish(); !written) return refuse(written.error());
  if (!care->checkpoint_path.empty()) std::remove(care->checkpoint_path.c_str());
  if (failed) std::fprintf(stderr, "annalist: %zu coded, %zu failed\n", done, failed);
  if (const auto [sentences, passed] = engine->gate_count(); sentences > 0)
    std::fprintf(stderr, "annalist: the accurate tier read %llu of %llu sentences\n",
                 static_cast<unsigned long long>(passed), static_cast<unsigned long long>(sentences));
  return failed == 0 ? 0 : done ? 1 : 2;
}

}  // namespace annalist::tool
