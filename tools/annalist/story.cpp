// What is about many documents: near copies, and one event told in many reports.
#include <simdjson.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>

#include "base/file.h"
#include "base/json.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "batch_run.h"
#include "commands.h"
#include "lang/model.h"
#include "pipeline/data_files.h"
#include "story/near_copies.h"
#include "story/same_event.h"

namespace annalist::tool {
namespace {

struct GivenMention {
  std::string doc, id;
  Span code_points;
};

/// Lines {"doc","mention","start","end"}; an Error names the line.
Result<std::vector<GivenMention>> read_mentions(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  std::vector<GivenMention> out;
  simdjson::dom::parser parser;
  int number = 0;
  for (std::string_view line : split(*text, '\n')) {
    ++number;
    if (trim(line).empty()) continue;
    simdjson::dom::element e;
    std::string_view doc, id;
    std::uint64_t start = 0, end = 0;
    if (parser.parse(simdjson::padded_string(line)).get(e) != simdjson::SUCCESS ||
        e["doc"].get(doc) != simdjson::SUCCESS || e["mention"].get(id) != simdjson::SUCCESS ||
        e["start"].get(start) != simdjson::SUCCESS || e["end"].get(end) != simdjson::SUCCESS)
      return fail("expected {\"doc\", \"mention\", \"start\", \"end\"}", path + ":" + std::to_string(number));
    out.push_back({std::string(doc), std::string(id), {std::uint32_t(start), std::uint32_t(end)}});
  }
  return out;
}

}  // namespace

int run_dups(const Options& options) {
  NearCopies copies;
  std::vector<std::string> ids;
  BatchJob job;
  job.depth = Engine::Depth::page;
  job.collect = [&](Document d, const EngineInfo&) {
    copies.add({d.text(), d.page().published.value, d.page().revised});
    ids.push_back(d.id());
  };
  job.after = [&] {
    constexpr std::string_view kKinds[] = {"same", "copy", "update"};
    std::string out;
    for (const CopyPair& p : copies.pairs()) {
      JsonWriter json(out);
      json.begin_object()
          .field("a", ids[p.a])
          .field("b", ids[p.b])
          .field("kind", kKinds[std::size_t(p.kind)]);
      json.field("jaccard", p.jaccard).field("containment", p.containment).end_object();
      out += '\n';
    }
    return out;
  };
  return run_job(options, job);
}

namespace {

/// What merging needs beside the reports.
struct MergeData {
  CodebookPack codebook;
  story::Weights weights;
  std::shared_ptr<const lang::Model> model;
};

Result<MergeData> open_merge_data(const Options& options) {
  const std::string dir = data_dir(options);
  auto codebook = open_codebook(dir + "/" + kCodebookFile);
  if (!codebook) return std::unexpected(codebook.error());
  auto weights = story::Weights::load(codebook->texts);
  if (!weights) return std::unexpected(weights.error());
  auto model = lang::Model::open(dir + "/" + kModelFile);
  if (!model) return std::unexpected(model.error());
  return MergeData{std::move(*codebook), std::move(*weights), std::move(*model)};
}

/// "0:0.5 7:1": what is not 0, for train/same_event.py.
void append_sparse(std::string& out, const std::vector<float>& values) {
  char buffer[48];
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == 0) continue;
    const int length = std::snprintf(buffer, sizeof buffer, " %zu:%.5g", i, double(values[i]));
    out.append(buffer, std::size_t(length));
  }
  out += '\n';
}

Status write_features(const std::string& path, const std::vector<story::ReportFacts>& reports,
                      const story::ReportPairs& pairs, const std::vector<story::MentionFacts>& mentions,
                      const story::SameEvent& same) {
  auto output = Output::open(path);
  if (!output) return std::unexpected(output.error());
  std::string out = "report";
  for (std::string_view name : story::ReportPairs::kNames) out += "\t" + std::string(name);
  out += "\nmention";
  for (std::string_view name : story::SameEvent::kNames) out += "\t" + std::string(name);
  out += '\n';
  for (std::uint32_t a = 0; a < reports.size(); ++a)
    for (std::uint32_t b = a + 1; b < reports.size(); ++b) {
      out += "R\t" + reports[a].id + "\t" + reports[b].id + "\t";
      append_sparse(out, pairs.features(a, b));
    }
  for (std::uint32_t a = 0; a < mentions.size(); ++a) {
    for (std::uint32_t b = a + 1; b < mentions.size(); ++b) {
      if (!same.candidate(a, b)) continue;
      out += "M\t" + mentions[a].id + "\t" + mentions[b].id + "\t";
      append_sparse(out, same.features(a, b));
    }
    output->write(out);
    out.clear();
  }
  output->write(out);
  return output->finish();
}

}  // namespace

int run_merge(const Options& options) {
  if (!options.has("--mentions")) return run_merge_reports(options);
  const auto given = read_mentions(options.get("--mentions"));
  if (!given) return refuse(given.error());
  const auto data = open_merge_data(options);
  if (!data) return refuse(data.error());
  std::map<std::string, std::vector<const GivenMention*>, std::less<>> of_document;
  for (const GivenMention& m : *given) of_document[m.doc].push_back(&m);

  std::vector<story::ReportFacts> reports;
  std::vector<story::MentionFacts> mentions;
  BatchJob job;
  job.annotated_too = true;
  job.as_coded = true;
  job.collect = [&](Document d, const EngineInfo&) {
    const OffsetMap map(d.text());
    const std::size_t first = mentions.size();
    if (const auto it = of_document.find(d.id()); it != of_document.end())
      for (const GivenMention* m : it->second)
        mentions.push_back(
            story::mention_facts(d, map.to_bytes(m->code_points), m->id, std::uint32_t(reports.size())));
    for (std::size_t i = first; i < mentions.size(); ++i)
      mentions[i].same_lemma = std::uint32_t(
          std::count_if(mentions.begin() + std::ptrdiff_t(first), mentions.end(),
                        [&](const story::MentionFacts& m) { return m.lemma == mentions[i].lemma; }));
    reports.push_back(story::report_facts(d));
  };
  Status features;
  job.after = [&] {
    const story::ReportPairs pairs(reports, data->weights);
    const story::SameEvent same(reports, pairs, mentions, *data->model, data->weights);
    if (options.has("--features"))
      features = write_features(options.get("--features"), reports, pairs, mentions, same);
    const std::vector<std::uint32_t> clusters = same.clusters();
    std::string out;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      JsonWriter(out)
          .begin_object()
          .field("mention", mentions[i].id)
          .field("cluster", mentions[clusters[i]].id)
          .end_object();
      out += '\n';
    }
    return out;
  };
  const int status = run_job(options, job);
  return features ? status : refuse(features.error());
}

}  // namespace annalist::tool
