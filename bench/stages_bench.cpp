// How long each stage takes. Usage: bench_stages DATA_DIR FILE...   Prints, for one core, microseconds a
// report and reports a second of every stage; the first round warms up and does not count.
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "base/file.h"
#include "pipeline/engine.h"

using namespace annalist;

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  auto engine = Engine::open(argv[1], Engine::Depth::full);
  if (!engine) return 2;
  constexpr int kRounds = 5;
  Workspace work;
  std::map<std::string, double, std::less<>> total;
  std::vector<std::string> order;
  int reports = 0;
  for (int round = 0; round <= kRounds; ++round)
    for (int i = 2; i < argc; ++i) {
      RawPage page;
      auto bytes = read_file(argv[i]);
      if (!bytes) return 2;
      page.bytes = std::move(*bytes);
      page.id = argv[i];
      std::vector<StageTime> times;
      engine->code(page, work, &times);
      if (round == 0) continue;
      ++reports;
      for (const StageTime& t : times) {
        if (!total.contains(t.stage)) order.emplace_back(t.stage);
        total[std::string(t.stage)] += t.seconds;
      }
    }
  for (const std::string& stage : order)
    std::printf("%-10s %9.0f us a report %9.0f reports a second\n", stage.c_str(),
                1e6 * total[stage] / reports, reports / total[stage]);
}
