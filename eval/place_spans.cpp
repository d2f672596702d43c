// For measurements only: where given names of places are. Usage: place_spans DATA_DIR [--why] < inputs >
// places In, two lines a report: "id TAB address TAB begin-end begin-end ..." (bytes of the text), then the
// text with
// "\n" for line ends and "\\" for backslashes. Out, a line a name: id, begin, end, latitude, longitude,
// country, with tabs between; a name that nothing is known of has no line. Read by eval/places_given.py.
// --why adds, for each of the best five places of the name, its id, score and traits.
#include <charconv>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "../train/reports.h"
#include "base/strings.h"
#include "pipeline/data_files.h"
#include "pipeline/engine.h"
#include "place/resolve.h"
#include "place/spot.h"
#include "place/stand_in.h"

using namespace annalist;

namespace {

/// Where a name is that the gazetteer lacks: at the place named nearest in the text, if that is no country.
Id<PlaceRecord> nearest(const Gazetteer& gaz, const std::vector<PlaceCandidate>& candidates,
                        const std::vector<ResolvedName>& names, const std::vector<bool>& accepted,
                        std::size_t i) {
  Id<PlaceRecord> best, any;
  std::uint32_t least = 0xFFFFFFFF;
  for (std::size_t k = 0; k < candidates.size(); ++k) {
    if (k == i || !accepted[k] || names[k].options.empty()) continue;
    const Id<PlaceRecord> place = names[k].options[0].place;
    if (!any) any = place;
    if (gaz[place].kind <= PlaceKind::country || candidates[k].embedded) continue;
    const std::uint32_t a = candidates[k].tokens.first, b = candidates[i].tokens.first;
    if (const std::uint32_t gap = a > b ? a - b : b - a; gap < least) {
      least = gap;
      best = place;
    }
  }
  return best ? best : any;
}

void print_options(const Gazetteer& gaz, const ResolvedName& name) {
  constexpr std::size_t kShown = 5;
  for (std::size_t k = 0; k < name.options.size() && k < kShown; ++k) {
    const PlaceOption& o = name.options[k];
    const PlaceRecord& p = gaz[o.place];
    std::printf("\t%s %s %.2f:", std::string(gaz.id(p)).c_str(), std::string(gaz.country(p)).c_str(),
                o.score);
    for (std::size_t t = 0; t < kTraits; ++t)
      if (o.traits[t] != 0)
        std::printf(" %s=%.2f", std::string(name_of(static_cast<Trait>(t))).c_str(), o.traits[t]);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string dir = argv[1];
  const bool why = argc > 2 && std::string_view(argv[2]) == "--why";
  auto engine = Engine::open(dir, Engine::Depth::full);
  const auto codebook = open_codebook(dir + "/" + kCodebookFile);
  const auto gaz = Gazetteer::open(dir + "/annalist.gazetteer");
  if (!engine || !codebook || !gaz) return 2;
  const auto words = PlaceWords::load(codebook->texts);
  const auto weights = PlaceWeights::load(codebook->texts);
  if (!words || !weights) return 2;
  Workspace work;
  std::string head;
  for (RawPage page; next_report(std::cin, head, page);) {
    const auto fields = split(head, '\t');
    if (fields.size() != 3) return 2;
    page.id = std::string(fields[0]);
    page.url = std::string(fields[1]);
    std::vector<Span> given;
    for (const std::string_view span : split_list(fields[2], ' ')) {
      Span s;
      const auto dash = span.find('-');
      if (dash == std::string_view::npos) return 2;
      std::from_chars(span.data(), span.data() + dash, s.begin);
      std::from_chars(span.data() + dash + 1, span.data() + span.size(), s.end);
      given.push_back(s);
    }
    const Document doc = engine->code(page, work);
    const auto candidates = spot_places(doc, *gaz, *words, given);
    std::vector<bool> accepted(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i)
      accepted[i] = candidates[i].given || weights->score(candidates[i].cues) > weights->floor;
    const auto names = resolve_places(doc, *gaz, *weights, candidates, accepted);
    const auto substitutes = stand_ins(doc, *gaz, candidates, names, accepted, weights->unresolved);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (!candidates[i].given) continue;
      // That it is a place is given: the best guess counts, believed or not.
      Id<PlaceRecord> place = substitutes[i].within;
      if (!names[i].options.empty())
        place = names[i].options[0].place;
      else if (!place)
        place = nearest(*gaz, candidates, names, accepted, i);
      if (!place) continue;
      const PlaceRecord& p = (*gaz)[place];
      std::printf("%s\t%u\t%u\t%.5f\t%.5f\t%s", page.id.c_str(), candidates[i].span.begin,
                  candidates[i].span.end, p.lat(), p.lon(), std::string(gaz->country(p)).c_str());
      if (why) print_options(*gaz, names[i]);
      std::puts("");
    }
  }
}
