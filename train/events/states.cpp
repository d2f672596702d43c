// For training only: the states of the encoder, as the engine computes them, of every word of the reports on
// standard input. Usage:
//   event_states DATA_DIR TO < inputs
// Two lines a report: its id, then its text with "\n" for line ends and "\\" for backslashes. Writes
// TO.words ("D id", then for each sentence "S" and lines "begin end upos tags": bytes of the text, and if the
// model has them the shares of deeds and police acts) and TO.states
// (for each word, in that order, `hidden` floats).
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

#include "../reports.h"
#include "lang/parse.h"
#include "lang/segment.h"
#include "pipeline/data_files.h"
#include "pipeline/engine.h"

using namespace annalist;

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto engine = Engine::open(argv[1], Engine::Depth::language);
  if (!engine) {
    std::fprintf(stderr, "event_states: %s\n", engine.error().message().c_str());
    return 2;
  }
  std::ofstream words(std::string(argv[2]) + ".words"), states(std::string(argv[2]) + ".states");
  Workspace work;
  lang::ParseScratch scratch;
  lang::Parsed parsed;
  std::vector<float> values;
  scratch.states = &values;
  std::string id;
  for (RawPage page; next_report(std::cin, id, page);) {
    Document doc = engine->read(page, work);
    engine->segment().run(doc, work);
    std::vector<std::string_view> list;
    std::vector<std::uint32_t> ends;
    for (const Sentence& s : doc.all<Sentence>()) {
      if (s.block && !doc[s.block].is_body()) continue;
      for (std::uint32_t t = s.tokens.first; t < s.tokens.end(); ++t)
        list.push_back(doc.text(doc.all<Token>()[t].span));
      ends.push_back(static_cast<std::uint32_t>(list.size()));
    }
    values.clear();
    lang::parse(engine->model(), lang::best_kernels(), list, ends, scratch, parsed);
    words << "D " << id << '\n';
    std::uint32_t word = 0;
    for (const std::uint32_t end : ends) {
      words << "S\n";
      for (; word < end; ++word) {
        const auto begin = static_cast<std::size_t>(list[word].data() - doc.text().data());
        words << begin << ' ' << begin + list[word].size() << ' '
              << engine->model().upos_names[parsed.words[word].upos];
        if (word < parsed.deeds.size())
          for (const std::span<const std::uint8_t> shares :
               {std::span<const std::uint8_t>(parsed.deeds[word].begin),
                {parsed.deeds[word].inside},
                {parsed.deeds[word].police}})
            for (const std::uint8_t share : shares) words << ' ' << int(share);
        words << '\n';
      }
    }
    states.write(reinterpret_cast<const char*>(values.data()),
                 static_cast<std::streamsize>(values.size() * sizeof(float)));
  }
  return words && states ? 0 : 1;
}
