// export and panel: a selection of the store in files, each with what a reader of it needs beside it.
#include <chrono>
#include <cstdio>

#include "base/json.h"
#include "base/sha256.h"
#include "batch_run.h"
#include "commands.h"
#include "export/formats.h"
#include "export/panel.h"
#include "export/parquet.h"
#include "pipeline/data_files.h"
#include "store_options.h"

namespace annalist::tool {
namespace {

using namespace store;

/// An output that remembers its hash.
struct Hashed {
  Output output;
  Sha256 hash;
  std::uint64_t bytes = 0;
  void write(std::string_view s) {
    output.write(s);
    hash.update(s);
    bytes += s.size();
  }
};

Status write_beside(const std::string& path, std::string_view bytes) {
  auto file = Output::open(path);
  if (!file) return std::unexpected(file.error());
  file->write(bytes);
  return file->finish();
}

std::string now_iso() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  char buffer[32];
  std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return buffer;
}

struct Made {
  std::string path, sha256;
  std::uint64_t bytes = 0;
};

/// FILE.run.json: what made the export, from what, how much of it. Written last: where it is, all is whole.
Status write_manifest(const Options& options, Store& store, const std::string& base,
                      const std::string& format, const std::string& codebook, const std::vector<Made>& files,
                      std::size_t events, const Losses& losses, const std::string& at) {
  const auto revision = store.revision();
  if (!revision) return std::unexpected(revision.error());
  std::string out;
  JsonWriter json(out);
  json.begin_object()
      .field("schema", "annalist/export/1")
      .field("program", "annalist 0.1.0")
      .field("made_at", at)
      .field("format", format);
  json.field("store", options.inputs()[0])
      .field("revision", *revision)
      .field("codebook", codebook)
      .key("selection")
      .begin_object();
  for (const FilterKey& k : filter_keys()) {
    std::string flag = "--" + std::string(k.name);
    for (char& c : flag)
      if (c == '_') c = '-';
    if (options.has(flag)) json.field(k.name, options.get(flag));
  }
  json.end_object()
      .field("events", events)
      .field("left_out", losses.left_out_count())
      .key("files")
      .begin_array();
  for (const Made& m : files)
    json.begin_object().field("file", m.path).field("bytes", m.bytes).field("sha256", m.sha256).end_object();
  json.end_array().end_object();
  return write_beside(base + ".run.json", out + "\n");
}

Result<Codes> open_codes(const Options& options, std::string& hash) {
  const auto pack = open_codebook(data_dir(options) + "/" + kCodebookFile);
  if (!pack) return std::unexpected(pack.error());
  hash = pack->pack.hash();
  return Codes::load(pack->texts);
}

Status beside(const std::string& base, const std::vector<ExportFile>& files, const Losses& losses) {
  for (const ExportFile& f : files)
    if (!f.columns.empty())
      if (const Status s =
              write_beside(base + std::string(f.suffix) + ".dictionary.csv", data_dictionary(f.columns));
          !s)
        return s;
  return write_beside(base + ".losses.tsv", losses.table());
}

}  // namespace

int run_export(const Options& options) {
  const std::string name = options.get("--format", "csv");
  const bool parquet = name == "parquet";
  const ExportFormat* format = export_format(parquet ? "csv" : name);
  if (!format) {
    std::string known = "parquet";
    for (const ExportFormat& f : export_formats()) known += ", " + std::string(f.name);
    return refuse({"no format is called '" + name + "'", {}, "formats: " + known});
  }
  const std::string base = options.get("--out");
  auto store = open_store(options, Store::Mode::read);
  if (!store) return refuse(store.error());
  auto filter = read_filter(options, *store);
  if (!filter) return refuse(filter.error());
  const auto limit = read_number(options, "--limit", 0);
  if (!limit) return refuse(limit.error());
  PageRequest page;
  const std::string order = options.get("--order", "oldest");
  if (order == "oldest")
    page.order = Order::oldest;
  else if (order == "recorded")
    page.order = Order::recorded;
  else if (order != "newest")
    return refuse({"--order takes oldest, newest or recorded, not '" + order + "'", {}, {}});
  std::string codebook;
  const auto codes = open_codes(options, codebook);
  if (!codes) return refuse(codes.error());

  const bool to_stdout = base.empty() || base == "-";
  std::vector<Hashed> files;
  for (const ExportFile& f : format->files) {
    if (to_stdout && !files.empty()) break;
    auto output = Output::open(to_stdout ? "" : base + std::string(f.suffix));
    if (!output) return refuse(output.error());
    files.push_back({std::move(*output), {}, 0});
  }
  Losses losses;
  ExportContext context{*codes, losses, now_iso(), "Annalist events"};
  ParquetWriter columns(event_columns());
  for (std::size_t i = 0; i < format->files.size(); ++i)
    if (format->head && !parquet)
      if (const std::string head = format->head(i, context); i < files.size()) files[i].write(head);

  auto hold = store->snapshot();
  if (!hold) return refuse(hold.error());
  std::size_t events = 0, left = *limit ? *limit : SIZE_MAX;
  bool first = true;
  std::vector<std::string> bytes(format->files.size());
  DocumentRecord report;
  do {
    page.limit = std::min<std::size_t>(left, 500);
    auto got = store->events(*filter, page);
    if (!got) return refuse(got.error());
    for (EventRecord& e : got->items) {
      if (report.uid != e.document) {
        auto found = store->document(e.document);
        if (!found) return refuse(found.error());
        report = std::move(*found);
      }
      auto detail = store->detail(std::move(e));
      if (!detail) return refuse(detail.error());
      for (std::string& b : bytes) b.clear();
      if (parquet)
        columns.add(event_cells(*detail), bytes[0]);
      else
        format->row(*detail, report, first, context, bytes);
      if (!bytes[0].empty() || parquet) {
        first = false;
        ++events;
      }
      for (std::size_t i = 0; i < files.size(); ++i) files[i].write(bytes[i]);
    }
    left -= std::min(left, got->items.size());
    page.cursor = got->next;
  } while (!page.cursor.empty() && left > 0);
  if (parquet) {
    std::string tail;
    columns.finish(tail);
    files[0].write(tail);
  }
  std::vector<Made> made;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (format->tail && !parquet) files[i].write(format->tail(i, context));
    if (const Status s = files[i].output.finish(); !s) return refuse(s.error());
    made.push_back(
        {base + std::string(format->files[i].suffix), hex(files[i].hash.finish()), files[i].bytes});
  }
  std::fprintf(stderr, "annalist: %zu events written, %zu left out\n", events, losses.left_out_count());
  if (to_stdout) return 0;
  if (const Status s =
          beside(base, parquet ? std::vector<ExportFile>{{"", event_columns()}} : format->files, losses);
      !s)
    return refuse(s.error());
  if (const Status s =
          write_manifest(options, *store, base, name, codebook, made, events, losses, context.made_at);
      !s)
    return refuse(s.error());
  return 0;
}

int run_panel(const Options& options) {
  const std::string by = options.get("--by", "country"), every = options.get("--every", "month");
  if (by != "country" && by != "pair" && by != "grid")
    return refuse({"--by takes country, pair or grid, not '" + by + "'", {}, {}});
  if (every != "day" && every != "week" && every != "month")
    return refuse({"--every takes day, week or month, not '" + every + "'", {}, {}});
  auto store = open_store(options, Store::Mode::read);
  if (!store) return refuse(store.error());
  const auto filter = read_filter(options, *store);
  if (!filter) return refuse(filter.error());
  std::string codebook;
  const auto codes = open_codes(options, codebook);
  if (!codes) return refuse(codes.error());
  Panel panel(*codes,
              by == "country" ? Panel::Unit::country
              : by == "pair"  ? Panel::Unit::pair
                              : Panel::Unit::grid,
              every == "day"    ? Panel::Period::day
              : every == "week" ? Panel::Period::week
                                : Panel::Period::month);
  Losses losses;
  std::size_t events = 0;
  const Status read = store->each_event(*filter, [&](const EventRecord& e) {
    panel.add(e, losses);
    ++events;
    return true;
  });
  if (!read) return refuse(read.error());
  const std::string base = options.get("--out"),
                    table = panel.table(!options.has("--sparse"), options.has("--hxl"));
  auto output = Output::open(base == "-" ? "" : base);
  if (!output) return refuse(output.error());
  output->write(table);
  if (const Status s = output->finish(); !s) return refuse(s.error());
  std::fprintf(stderr, "annalist: %zu events counted, %zu left out\n", events - losses.left_out_count(),
               losses.left_out_count());
  if (base.empty() || base == "-") return 0;
  if (const Status s = beside(base, {{"", panel.columns()}}, losses); !s) return refuse(s.error());
  if (const Status s = write_manifest(options, *store, base, "panel " + by + " " + every, codebook,
                                      {{base, hex(sha256(table)), table.size()}}, events, losses, now_iso());
      !s)
    return refuse(s.error());
  return 0;
}

}  // namespace annalist::tool
