// What is about many documents: near copies, and one event told in many reports.
#include <simdjson.h>

#include <map>

#include "base/file.h"
#include "base/json.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "batch_run.h"
#include "commands.h"
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
    copies.add(d.text());
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

int run_merge(const Options& options) {
  if (!options.has("--mentions"))
    return refuse({"--mentions FILE is needed", {}, "lines {\"doc\", \"mention\", \"start\", \"end\"}"});
  const auto mentions = read_mentions(options.get("--mentions"));
  if (!mentions) return refuse(mentions.error());
  std::map<std::string, std::vector<const GivenMention*>, std::less<>> of_document;
  for (const GivenMention& m : *mentions) of_document[m.doc].push_back(&m);

  std::vector<WordWeights> reports;
  std::vector<std::pair<std::uint32_t, std::pair<std::string, std::string>>>
      heads;  // report, (mention, lemma)
  BatchJob job;
  job.collect = [&](Document d, const EngineInfo&) {
    const OffsetMap map(d.text());
    if (const auto it = of_document.find(d.id()); it != of_document.end())
      for (const GivenMention* m : it->second)
        heads.push_back(
            {std::uint32_t(reports.size()), {m->id, head_lemma(d, map.to_bytes(m->code_points))}});
    reports.push_back(word_weights(d));
  };
  job.after = [&] {
    const std::vector<std::uint32_t> topics = find_topics(reports);
    std::string out;
    for (const auto& [report, mention] : heads) {
      const auto& [id, lemma] = mention;
      const std::string key = lemma.empty() ? id : std::to_string(topics[report]) + "/" + lemma;
      JsonWriter(out).begin_object().field("mention", id).field("cluster", key).end_object();
      out += '\n';
    }
    return out;
  };
  return run_job(options, job);
}

}  // namespace annalist::tool
