// For training only: what the claim stage proposes for every attribution of the reports on standard input
// (two lines each, see below), with the features of every proposal as numbers. Read by fit.py. Usage:
//   claim_candidates DATA_DIR < inputs > candidates
// Lines: "F id text" names a feature, "D id" opens a report, "A features" a draft, then "C|S|T begin end ...
// | features" for each cue, source, content: spans in bytes of the text.
#include <cstdio>
#include <iostream>
#include <string>
#include <unordered_map>

#include "../reports.h"
#include "claim/attribution.h"
#include "claim/choose.h"
#include "claim/speech.h"
#include "claim/tagged.h"
#include "pipeline/data_files.h"
#include "pipeline/engine.h"

using namespace annalist;

namespace {

std::unordered_map<std::string, unsigned> ids;

std::string numbers(const claims::Features& features) {
  std::string out;
  for (const std::string& text : features.texts()) {
    const auto [it, is_new] = ids.try_emplace(text, static_cast<unsigned>(ids.size()));
    if (is_new) std::printf("F %u %s\n", it->second, text.c_str());
    out += " " + std::to_string(it->second);
  }
  return "=" + out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string dir = argv[1];
  auto engine = Engine::open(dir, Engine::Depth::full);
  auto codebook = open_codebook(dir + "/" + kCodebookFile);
  if (!engine || !codebook) return 2;
  auto cues = claims::CueTable::load(codebook->texts);
  if (!cues) return 2;
  Workspace work;
  std::string id;
  for (RawPage page; next_report(std::cin, id, page);) {
    const Document doc = engine->code(page, work);
    if (doc.all<ModelTags>().empty()) continue;
    const claims::Context c(doc, *cues);
    std::vector<claims::Draft> drafts = claims::find_attributions(c);
    claims::add_tagged(c, drafts);
    claims::attach_speech(c, drafts);
    std::printf("D %s\n", id.c_str());
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      if (!drafts[i].cue && !drafts[i].cue_span.size()) continue;
      const claims::Proposal p = claims::propose(c, drafts, i, true);
      const Span head = c.tree.token(drafts[i].cue_token).span;
      const std::string accept = numbers(p.accept);
      std::printf("A %u %u %s\n", drafts[i].cue_span.size() ? drafts[i].cue_span.begin : head.begin,
                  drafts[i].cue_span.size() ? drafts[i].cue_span.end : head.end, accept.c_str());
      for (const auto& [mark, list] : {std::pair{'C', &p.cues}, {'S', &p.sources}, {'T', &p.contents}})
        for (const claims::Candidate& one : *list) {
          const std::string features = numbers(one.features);
          std::printf("%c ", mark);
          if (mark != 'T') {
            if (!one.tokens.empty())
              std::printf("%u %u ", c.tree.token(Id<Token>(std::size_t(one.tokens.front()))).span.begin,
                          c.tree.token(Id<Token>(std::size_t(one.tokens.back()))).span.end);
          } else {
            for (const Span s : claims::spans_of(c, one.tokens)) std::printf("%u %u ", s.begin, s.end);
          }
          std::printf("%s\n", features.c_str());
        }
    }
  }
}
