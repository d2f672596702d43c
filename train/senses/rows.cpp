// For training only: what the encoder says of the words that may stand for an event. Usage:
//   sense_rows DATA_DIR TO < inputs
// DATA_DIR without patterns/sense-weights.txt in its codebook, so that nothing is ruled out. Two lines a
// report as for event_states. Writes TO.tsv and TO.f32, floats of `hidden` each:
//   "D id words"                                        the mean of the report's states
//   "T byte word sentence-words type candidate,..."     the word's state, the mean of its sentence; type: of
//   the frame
//                                                       that was taken, "-" if none was; candidates: whatever
//                                                       the lexicon has for that word and part of speech
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "../reports.h"
#include "event/codebook.h"
#include "event/scene.h"
#include "lang/parse.h"
#include "pipeline/data_files.h"
#include "pipeline/engine.h"

using namespace annalist;
using event::TriggerKind;

namespace {

/// The mean of the rows [first, end) of states.
std::vector<float> mean(const std::vector<float>& states, std::size_t first, std::size_t end,
                        std::size_t size) {
  std::vector<float> out(size, 0);
  for (std::size_t i = first; i < end; ++i)
    for (std::size_t k = 0; k < size; ++k) out[k] += states[i * size + k];
  for (float& v : out) v /= static_cast<float>(std::max<std::size_t>(1, end - first));
  return out;
}

std::string candidates(const event::Scene& scene, Id<Token> token) {
  std::string out;
  for (const event::Trigger& t : scene.codebook().triggers(scene.word(token))) {
    const bool fits = t.kind == TriggerKind::adjective ? scene.upos(token) == Upos::adj
                      : t.kind == TriggerKind::noun    ? scene.is_noun(token)
                                                       : scene.is_verb(token);
    if (fits) out += scene.codebook().type(scene.codebook().frames()[t.frame].type).name + ",";
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto engine = Engine::open(argv[1], Engine::Depth::full, {}, Engine::Effort::accurate);
  const auto pack = open_codebook(std::string(argv[1]) + "/" + kCodebookFile);
  if (!engine || !pack) return 2;
  const auto book = event::Codebook::load(pack->texts);
  if (!book) return 2;
  std::map<std::string, std::string, std::less<>> type_of;  // by frame
  for (const event::Frame& f : book->frames()) type_of[f.id] = book->type(f.type).name;
  const std::size_t size = engine->model().sizes.hidden;
  std::ofstream info(std::string(argv[2]) + ".tsv"), floats(std::string(argv[2]) + ".f32");
  const auto write = [&](const float* row) {
    floats.write(reinterpret_cast<const char*>(row), static_cast<std::streamsize>(size * sizeof(float)));
  };
  Workspace work;
  lang::ParseScratch scratch;
  lang::Parsed parsed;
  std::vector<float> states;
  scratch.states = &states;
  std::string id;
  for (RawPage page; next_report(std::cin, id, page);) {
    const Document doc = engine->code(page, work);
    if (doc.all<Syntax>().empty()) continue;
    std::vector<std::string_view> words;
    std::vector<std::uint32_t> ends, firsts;
    std::vector<const Sentence*> coded;
    for (const Sentence& s : doc.all<Sentence>()) {
      if (s.block && !doc[s.block].is_body()) continue;
      firsts.push_back(static_cast<std::uint32_t>(words.size()));
      for (std::uint32_t t = s.tokens.first; t < s.tokens.end(); ++t)
        words.push_back(doc.text(doc.all<Token>()[t].span));
      ends.push_back(static_cast<std::uint32_t>(words.size()));
      coded.push_back(&s);
    }
    states.clear();
    lang::parse(engine->model(), lang::best_kernels(), words, ends, scratch, parsed);
    info << "D\t" << id << '\t' << words.size() << '\n';
    write(mean(states, 0, words.size(), size).data());
    std::map<std::uint32_t, std::string> taken;  // by token
    for (const Event& e : doc.all<Event>())
      for (std::uint32_t i = 0; i < e.mentions.count; ++i)
        if (const EventMention& m = doc[e.mentions][i]; m.trigger)
          taken[m.trigger.value] = type_of[std::string(doc.str(doc[e.why][i].rule))];
    const event::Scene scene(doc, *book);
    for (std::size_t s = 0; s < coded.size(); ++s) {
      const std::vector<float> around = mean(states, firsts[s], ends[s], size);
      for (std::uint32_t t = coded[s]->tokens.first; t < coded[s]->tokens.end(); ++t) {
        const auto at = taken.find(t);
        const std::string may = candidates(scene, Id<Token>(t));
        if (may.empty() && at == taken.end()) continue;
        const Span span = doc.all<Token>()[t].span;
        info << "T\t" << span.begin << '\t' << doc.text(span) << '\t' << ends[s] - firsts[s] << '\t'
             << (at == taken.end() ? "-" : at->second) << '\t' << may << '\n';
        write(&states[(firsts[s] + t - coded[s]->tokens.first) * size]);
        write(around.data());
      }
    }
  }
  return info && floats ? 0 : 1;
}
