#include <sys/ioctl.h>
#include <unistd.h>

#include "batch_run.h"
#include "commands.h"
#include "export/export.h"

namespace annalist::tool {
namespace {

std::string json_line(const Document& doc, const EngineInfo& info, JsonParts parts) {
  std::string out;
  write_json(doc, info, parts, out);
  out += '\n';
  return out;
}

TableOptions table_options(const Options& options, bool all_status) {
  TableOptions table;
  table.all_status = all_status;
  const bool terminal = !options.has("--out") && ::isatty(1) != 0;
  table.colour = terminal;
  struct winsize size {};
  if (terminal && ::ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col >= 60) table.width = size.ws_col;
  return table;
}

}  // namespace

int run_code(const Options& options) {
  const std::string format = options.get("--format", "jsonl");
  const std::string status = options.get("--status");
  if (!status.empty() && status != "all")
    return refuse({"--status takes 'all', not '" + status + "'", {}, {}});
  const bool all = !status.empty();
  const auto parts =
      options.has("--layers") ? parse_parts(options.get("--layers")) : Result<JsonParts>(kDefaultParts);
  if (!parts) return refuse(parts.error());
  BatchJob job;
  if (format == "jsonl") {
    job.render = [parts](const Document& d, const EngineInfo& info) { return json_line(d, info, *parts); };
  } else if (format == "csv") {
    job.annotated_too = true;
    job.before = [] {
      std::string head;
      write_csv_header(head);
      return head;
    };
    job.render = [all](const Document& d, const EngineInfo&) {
      std::string out;
      write_csv(d, all, out);
      return out;
    };
  } else if (format == "table") {
    job.annotated_too = true;
    job.render = [table = table_options(options, all)](const Document& d, const EngineInfo&) {
      std::string out;
      write_table(d, table, out);
      return out + "\n";
    };
  } else {
    return refuse({"--format takes jsonl, csv or table, not '" + format + "'", {}, {}});
  }
  return run_job(options, job);
}

int run_read(const Options& options) {
  const auto parts =
      options.has("--layers") ? parse_parts(options.get("--layers")) : Result<JsonParts>(kReadParts);
  if (!parts) return refuse(parts.error());
  BatchJob job;
  job.depth = Engine::Depth::page;
  if (options.has("--explain"))
    job.render_page = [](const RawPage& page, const Engine& engine, Workspace& work) {
      return engine.explain_page(page, work) + "\n";
    };
  job.render = [parts](const Document& d, const EngineInfo& info) {
    return json_line(d, info, *parts & kReadParts);
  };
  return run_job(options, job);
}

int run_explain(const Options& options) {
  BatchJob job;
  job.annotated_too = true;
  job.render = [](const Document& d, const EngineInfo&) {
    std::string out;
    write_explanation(d, out);
    return out + "\n";
  };
  return run_job(options, job);
}

int run_report(const Options& options) {
  BatchJob job;
  job.annotated_too = true;
  std::vector<Document> documents;
  EngineInfo made_by;
  job.collect = [&](Document d, const EngineInfo& info) {
    documents.push_back(std::move(d));
    made_by = info;
  };
  job.after = [&] {
    std::string out;
    write_report(documents, made_by, out);
    return out;
  };
  return run_job(options, job);
}

}  // namespace annalist::tool
