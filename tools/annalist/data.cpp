#include <filesystem>
#include <fstream>
#include <iostream>

#include "actor/actor_base.h"
#include "actor/actor_table.h"
#include "actor/check.h"
#include "base/file.h"
#include "base/strings.h"
#include "batch_run.h"
#include "commands.h"
#include "lang/conllu.h"
#include "pack/petrarch.h"
#include "pipeline/data_files.h"
#include "pipeline/engine.h"
#include "place/build.h"
#include "place/import.h"

namespace annalist::tool {

int run_parse(const Options& options) {
  if (options.inputs().size() > 1) return refuse({"parse takes one file", {}, {}});
  const auto effort = effort_of(options);
  if (!effort) return refuse(effort.error());
  const auto engine = Engine::open(data_dir(options), Engine::Depth::language, {}, *effort);
  if (!engine) return refuse(engine.error());
  std::ios::sync_with_stdio(false);
  std::ifstream file;
  std::istream* in = &std::cin;
  if (!options.inputs().empty() && options.inputs()[0] != "-") {
    file.open(options.inputs()[0], std::ios::binary);
    if (!file) return refuse({"cannot be read", options.inputs()[0], {}});
    in = &file;
  }
  if (options.has("--conllu")) {
    const lang::ConlluMore more{options.has("--realis") ? &engine->negations() : nullptr,
                                options.has("--roles")};
    if (const Status done = lang::parse_conllu(engine->model(), *in, std::cout, more); !done)
      return refuse(done.error());
  } else {
    const std::string text(std::istreambuf_iterator<char>(*in), {});
    lang::parse_text(engine->model(), engine->segment(), text, std::cout);
  }
  std::cout.flush();
  return std::cout ? 0 : refuse({"could not be written whole", "standard output", {}});
}

namespace {

DataOverlay overlay_of(const Options& options) {
  DataOverlay out;
  const std::string with = options.get("--with"), without = options.get("--without");
  for (std::string_view dir : split_list(with, ',')) out.with.emplace_back(dir);
  for (std::string_view prefix : split_list(without, ',')) out.without.emplace_back(prefix);
  return out;
}

/// `data import FORM FILE -o FILE`: faults on standard error, the text where -o says. Verbs make two texts:
/// types beside frames, "-o DIR" names the folder.
int import_data(const Options& options) {
  const std::vector<std::string>& in = options.inputs();
  if (in.size() != 3)
    return refuse({"import takes a form and one file",
                   {},
                   "forms: petrarch-actors, petrarch-agents, petrarch-verbs, actors-csv"});
  const auto text = read_file(in[2]);
  if (!text) return refuse(text.error());
  const DataText file{in[2], *text};
  const std::string out = options.get("--out");
  std::vector<std::string> faults;
  std::size_t entries = 0;
  const auto keep = [&](const ImportedText& made, const std::string& path) {
    faults.insert(faults.end(), made.faults.begin(), made.faults.end());
    entries += made.entries;
    if (path.empty()) {
      std::fwrite(made.text.data(), 1, made.text.size(), stdout);
      return Status{};
    }
    return write_file(path, made.text);
  };
  Status written;
  if (in[1] == "petrarch-actors") {
    written = keep(import_petrarch_actors(file), out);
  } else if (in[1] == "petrarch-agents") {
    written = keep(import_petrarch_agents(file), out);
  } else if (in[1] == "actors-csv") {
    written = keep(import_actor_table(file), out);
  } else if (in[1] == "petrarch-verbs") {
    if (out.empty()) return refuse({"verbs make two files", {}, "name their folder: -o DIR/codebook"});
    const ImportedVerbs verbs = import_petrarch_verbs(file);
    std::error_code error;
    std::filesystem::create_directories(out + "/frames", error);
    if (error) return refuse({"cannot be made: " + error.message(), out, {}});
    if (written) written = keep(verbs.types, out + "/types-imported.txt");
    if (written) written = keep(verbs.frames, out + "/frames/imported.txt");
  } else {
    return refuse({"'" + in[1] + "' is no form to import",
                   {},
                   "forms: petrarch-actors, petrarch-agents, petrarch-verbs, actors-csv"});
  }
  if (!written) return refuse(written.error());
  for (const std::string& f : faults) std::fprintf(stderr, "%s\n", f.c_str());
  std::fprintf(stderr, "import: %zu entries, %zu faults\n", entries, faults.size());
  return entries == 0 ? 2 : faults.empty() ? 0 : 1;
}

}  // namespace

int run_actors(const Options& options) {
  if (options.inputs() != std::vector<std::string>{"check"}) return refuse({"actors takes 'check'", {}, {}});
  const auto pack = open_codebook(data_dir(options) + "/" + kCodebookFile);
  if (!pack) return refuse(pack.error());
  const auto base = ActorBase::load(pack->texts);
  if (!base) return refuse(base.error());
  const std::vector<std::string> found = check_actors(*base);
  for (const std::string& f : found) std::printf("%s\n", f.c_str());
  std::fprintf(stderr, "actors: %zu actors, %zu things to look at\n", base->entries().size(), found.size());
  return found.empty() ? 0 : 1;
}

int run_data(const Options& options) {
  const std::string what = options.inputs().size() == 1 ? options.inputs()[0] : "";
  const std::string folder = options.get("--data-dir", "data");
  if (!options.inputs().empty() && options.inputs()[0] == "import") return import_data(options);
  if (what != "build" && what != "check")
    return refuse({"data takes 'build', 'check' or 'import FORM FILE'", {}, {}});
  const auto bytes = build_codebook(folder, overlay_of(options));
  if (!bytes) return refuse(bytes.error());
  if (what == "build") {
    const std::string out = options.get("--out", std::string(kCodebookFile));
    // An unchanged file keeps its date, so that nothing that depends on it is made again.
    if (const auto before = read_file(out); before && *before == *bytes) return 0;
    if (const Status written = write_file(out, *bytes); !written) return refuse(written.error());
    return 0;
  }
  std::printf("data: texts are well formed\n");
  // The examples need the engine; it must have been made from these very texts.
  const auto engine = Engine::open(data_dir(options), Engine::Depth::full);
  if (!engine) return refuse(engine.error());
  const auto packed = read_file(data_dir(options) + "/" + kCodebookFile);
  if (!packed || *packed != *bytes)
    return refuse({"was made from other texts", data_dir(options) + "/" + kCodebookFile, "run `make data`"});
  std::size_t checked = 0;
  const std::vector<std::string> failures = engine->check_examples(checked);
  for (const std::string& f : failures) std::fprintf(stderr, "%s\n", f.c_str());
  std::printf("data: %zu of %zu examples hold\n", checked - failures.size(), checked);
  return failures.empty() ? 0 : 1;
}

int run_gazetteer_import(const Options& options) {
  const std::string usage = "`annalist gazetteer import geonames|ocha|geojson FILE [-o OUT]`";
  if (options.inputs().size() != 3) return refuse({"import takes a kind and a file", {}, usage});
  const std::string& kind = options.inputs()[1];
  ImportOptions import;
  import.base = options.get("--into", data_dir(options) + "/" + std::string(kGazetteerFile));
  import.out = options.get("--out", import.base);
  import.country = options.get("--country");
  import.licence = options.get("--licence");
  import.level = options.get("--level");
  if (!import.level.empty() && import.level != "adm1" && import.level != "adm2" && import.level != "adm3" &&
      import.level != "region")
    return refuse({"'" + import.level + "' is no level", {}, "adm1, adm2, adm3 or region"});
  import.progress = [](std::uint64_t rows) {
    std::fprintf(stderr, "annalist: %llu million rows\n", static_cast<unsigned long long>(rows / 1000000));
};
const std::string& file = options.inputs()[2];
const Result<ImportReport> done = kind == "geonames"  ? import_geonames(file, import)
                                  : kind == "ocha"    ? import_pcodes(file, import)
                                  : kind == "geojson" ? import_geojson(file, import)
                                                      : fail("cannot import '" + kind + "'", {}, usage);
if (!done) return refuse(done.error());
const auto n = [](std::uint64_t v) { return static_cast<unsigned long long>(v); };
std::fprintf(stderr, "annalist: %llu rows, %llu new places, %llu joined to known ones, %llu left out",
             n(done->rows), n(done->added), n(done->joined), n(done->left_out));
if (done->polygons) std::fprintf(stderr, ", %llu outlines", n(done->polygons));
std::fprintf(stderr, "\n");
return 0;
}  // namespace annalist::tool

int run_gazetteer(const Options& options) {
  if (!options.inputs().empty() && options.inputs()[0] == "import") return run_gazetteer_import(options);
  if (options.inputs() != std::vector<std::string>{"build"})
    return refuse({"gazetteer takes 'build' or 'import KIND FILE'", {}, {}});
  if (!options.has("--cities"))
    return refuse({"--cities DIR is needed", {}, "`scripts/build_gazetteer.sh` fetches the files"});
  const Status built = build_gazetteer_file(options.get("--cities"), options.get("--overlay", "data/places"),
                                            options.get("--out", std::string(kGazetteerFile)));
  return built ? 0 : refuse(built.error());
}

}  // namespace annalist::tool
