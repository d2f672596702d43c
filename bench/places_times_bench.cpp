// How fast times are read, places spotted and places resolved, on one core. Usage:
//   bench_places_times DATA_DIR FILE...     (files as `annalist code` takes them: pages or plain text)
// The reports are coded once; then each stage runs on them alone, over and over. Before any time counts, its
// answers are compared with those of the whole line; a difference ends the program. Prints MB and mentions a
// second of processor time.
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "base/file.h"
#include "pipeline/data_files.h"
#include "pipeline/engine.h"
#include "place/resolve.h"
#include "place/spot.h"
#include "time/find_times.h"

using namespace annalist;

namespace {

constexpr double kSeconds = 3;  // at least, a stage

double cpu() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// The layers that the time stage reads, in a document of their own.
Document before_times(const Document& doc) {
  Document out(doc.id(), std::string(doc.text()));
  out.set_page(doc.page());
  const auto copy = [&]<class Record>(std::span<const Record> records) {
    out.fill(std::vector<Record>(records.begin(), records.end()));
  };
  copy(doc.all<Block>());
  copy(doc.all<Sentence>());
  copy(doc.all<Token>());
  std::vector<Syntax> syntax(doc.all<Syntax>().begin(), doc.all<Syntax>().end());
  for (Syntax& s : syntax) s.lemma = out.intern(doc.str(s.lemma));
  out.fill(syntax);
  return out;
}

bool same_times(const Document& a, const Document& b) {
  const auto x = a.all<Time>(), y = b.all<Time>();
  bool same = x.size() == y.size();
  for (std::size_t i = 0; same && i < x.size(); ++i)
    same = x[i].span == y[i].span && x[i].type == y[i].type && a.str(x[i].value) == b.str(y[i].value);
  return same;
}

std::vector<bool> accept(const std::vector<PlaceCandidate>& candidates, const PlaceWeights& weights) {
  std::vector<bool> out(candidates.size());
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = weights.score(candidates[i].cues) > weights.floor;
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string dir = argv[1];
  auto engine = Engine::open(dir, Engine::Depth::full);
  const auto codebook = open_codebook(dir + "/" + kCodebookFile);
  const auto gaz = Gazetteer::open(dir + "/annalist.gazetteer");
  if (!engine || !codebook || !gaz) return 2;
  const auto words = PlaceWords::load(codebook->texts);
  const auto weights = PlaceWeights::load(codebook->texts);
  const auto times = FindTimes::load(codebook->texts);
  if (!words || !weights || !times) return 2;

  Workspace work;
  std::vector<Document> docs;
  double bytes = 0;
  for (int i = 2; i < argc; ++i) {
    RawPage page;
    auto text = read_file(argv[i]);
    if (!text) return 2;
    page.bytes = std::move(*text);
    page.id = argv[i];
    if (!page.id.ends_with(".html")) page.form = RawPage::Form::text;
    docs.push_back(engine->code(page, work));
    bytes += static_cast<double>(docs.back().text().size());
  }

  double seconds = 0, read = 0;
  for (int round = 0; seconds < kSeconds; ++round) {
    std::vector<Document> fresh;
    for (const Document& doc : docs) fresh.push_back(before_times(doc));
    const double start = cpu();
    for (Document& doc : fresh) times->run(doc, work);
    if (round > 0) seconds += cpu() - start, read += bytes;
    for (std::size_t i = 0; round == 0 && i < docs.size(); ++i)
      if (!same_times(docs[i], fresh[i])) return std::printf("times of %s differ\n", docs[i].id().c_str()), 1;
  }
  std::printf("times       %8.2f MB a second\n", 1e-6 * read / seconds);

  std::size_t found = 0;
  std::vector<std::vector<PlaceCandidate>> spotted(docs.size());
  for (seconds = read = 0; seconds < kSeconds; read += bytes) {
    const double start = cpu();
    for (std::size_t i = 0; i < docs.size(); ++i) spotted[i] = spot_places(docs[i], *gaz, *words);
    seconds += cpu() - start;
  }
  std::printf("place scan  %8.2f MB a second\n", 1e-6 * read / seconds);

  for (std::size_t i = 0; i < docs.size(); ++i) {
    const auto places = docs[i].all<Place>();
    const auto accepted = accept(spotted[i], *weights);
    const auto names = resolve_places(docs[i], *gaz, *weights, spotted[i], accepted);
    std::size_t at = 0;
    for (std::size_t k = 0; k < spotted[i].size(); ++k) {
      if (!accepted[k]) continue;
      const bool known = !names[k].options.empty() && names[k].options[0].score >= weights->unresolved;
      const std::string_view id = known ? gaz->id((*gaz)[names[k].options[0].place]) : std::string_view();
      if (at >= places.size() || places[at].span != spotted[i][k].span ||
          docs[i].str(places[at].gazetteer) != id)
        return std::printf("places of %s differ\n", docs[i].id().c_str()), 1;
      ++at;
    }
    if (at != places.size()) return std::printf("places of %s differ\n", docs[i].id().c_str()), 1;
    found += spotted[i].size();
  }
  double mentions = 0;
  for (seconds = 0; seconds < kSeconds; mentions += static_cast<double>(found)) {
    const double start = cpu();
    for (std::size_t i = 0; i < docs.size(); ++i)
      resolve_places(docs[i], *gaz, *weights, spotted[i], accept(spotted[i], *weights));
    seconds += cpu() - start;
  }
  std::printf("resolution  %8.0f mentions a second\n", mentions / seconds);
  std::printf("%zu reports, %.1f kB, %zu names\n", docs.size(), 1e-3 * bytes, found);
}
