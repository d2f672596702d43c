// compare: the events of a store beside a table of ACLED, UCDP GED or GDELT.
#include <cstdio>
#include <map>

#include "base/file.h"
#include "base/strings.h"
#include "batch_run.h"
#include "commands.h"
#include "export/compare.h"
#include "export/fields.h"
#include "pipeline/data_files.h"
#include "store_options.h"

namespace annalist::tool {
namespace {

using namespace store;

/// How far from its point an event of ours may have happened, in km.
double radius_of(std::string_view precision) {
  return precision == "exact" ? 5 : precision == "near" ? 25 : precision == "admin2" ? 60 : 150;
}

/// The type in the words of the other scheme; "" where that has none for it.
std::string code_of(const EventRecord& e, ForeignForm form) {
  switch (form) {
    case ForeignForm::acled:
      return e.acled_type.empty() ? "" : e.acled_type + " / " + e.acled_sub_type;
    case ForeignForm::gdelt:
      return e.cameo;
    case ForeignForm::ucdp:
      break;
  }
  const Sides sides = sides_of(e);
  if (sides.a.empty() || sides.b.empty()) return {};
  const ActorRecord &a = sides.a[0]->actor, &b = sides.b[0]->actor;
  if (is_civilian(b)) return "3 one-sided";
  return is_state(a) || is_state(b) ? "1 state-based" : "2 non-state";
}

ComparedEvent compared(const EventRecord& e, ForeignForm form) {
  ComparedEvent out;
  out.id = e.uid, out.code = code_of(e, form);
  out.kind = e.acled_type.empty() || form == ForeignForm::gdelt ? kind_of_cameo(e.cameo)
                                                                : kind_of_acled(e.acled_type);
  out.from = Day::parse_iso(e.date_from), out.to = Day::parse_iso(e.date_to);
  if (!out.to || out.to < out.from) out.to = out.from;
  out.place = e.place.name, out.country = e.place.country, out.located = e.place.located;
  out.lat = e.place.lat, out.lon = e.place.lon;
  out.radius = radius_of(e.place.precision), out.whole_country = e.place.precision == "country";
  for (const ArgumentRecord& a : e.arguments)
    if (a.role == "actor" || a.role == "target") out.actors.push_back(actor_name(a));
  out.deaths = e.deaths.best >= 0 ? e.deaths.best : e.deaths.low >= 0 ? e.deaths.low : e.deaths.high;
  return out;
}

/// The same happening of several reports once: of a merged event the mention that says most.
struct Ours {
  std::vector<ComparedEvent> events;
  std::size_t undated = 0, unplaced = 0, told_again = 0;
};

Result<Ours> read_ours(Store& store, const EventFilter& filter, ForeignForm form) {
  Ours out;
  std::map<std::string, std::size_t> of_merged;
  const auto says = [](const ComparedEvent& e) {
    return 4 * (e.located && !e.whole_country) + int(e.actors.size()) + 2 * (e.deaths >= 0);
  };
  Status failed;
  const Status read = store.each_event(filter, [&](const EventRecord& e) {
    ComparedEvent event = compared(e, form);
    if (!event.from) return ++out.undated, true;
    if (!event.located && event.country.empty()) return ++out.unplaced, true;
    const auto merged = store.findings().merged_of(e.uid);
    if (!merged) return failed = std::unexpected(merged.error()), false;
    if (!merged->empty()) {
      const auto [it, fresh] = of_merged.emplace(*merged, out.events.size());
      if (!fresh) {
        ++out.told_again;
        ComparedEvent& kept = out.events[it->second];
        event.id = *merged;
        if (says(event) > says(kept)) kept = std::move(event);
        return true;
      }
      event.id = *merged;
    }
    out.events.push_back(std::move(event));
    return true;
  });
  if (!read) return std::unexpected(read.error());
  if (!failed) return std::unexpected(failed.error());
  return out;
}

constexpr const char* kHead =
    "result\tscore\tour_id\ttheir_id\tour_date\ttheir_date\tdays_apart\tkm_apart\tour_type\ttheir_type\tour_"
    "actors\t"
    "their_actors\tour_deaths\ttheir_deaths\tour_place\ttheir_place\twhy\n";

void write_row(const ComparedPair& p, const std::vector<ComparedEvent>& ours,
               const std::vector<ComparedEvent>& theirs, std::string& out) {
  static const ComparedEvent none;
  const bool both = p.ours != ComparedPair::kNone && p.theirs != ComparedPair::kNone;
  const ComparedEvent& a = p.ours == ComparedPair::kNone ? none : ours[p.ours];
  const ComparedEvent& b = p.theirs == ComparedPair::kNone ? none : theirs[p.theirs];
  Cells cells(out, Cells::Form::tsv);
  cells.text(both ? "matched" : p.theirs == ComparedPair::kNone ? "ours" : "theirs");
  both ? cells.decimal(p.score, 2) : cells.empty();
  cells.text(a.id).text(b.id).text(a.from.iso()).text(b.from.iso());
  both ? cells.number(p.days_apart) : cells.empty();
  p.km_apart >= 0 ? cells.decimal(p.km_apart, 1) : cells.empty();
  cells.text(a.code).text(b.code).text(join_text(a.actors, "; ")).text(join_text(b.actors, "; "));
  cells.count(a.deaths).count(b.deaths).text(a.place).text(b.place).text(p.why).end();
}

}  // namespace

int run_compare(const Options& options) {
  if (options.inputs().size() != 2)
    return refuse({"compare takes a store and a table", {}, "annalist compare STORE TABLE"});
  const auto days = read_number(options, "--days", 1), km = read_number(options, "--km", 25);
  if (!days) return refuse(days.error());
  if (!km) return refuse(km.error());
  if (*days > 366) return refuse({"--days takes at most 366", {}, {}});
  const auto pack = open_codebook(data_dir(options) + "/" + kCodebookFile);
  if (!pack) return refuse(pack.error());
  const auto codes = Codes::load(pack->texts);
  if (!codes) return refuse(codes.error());
  const auto text = read_file(options.inputs()[1]);
  if (!text) return refuse(text.error());
  const auto theirs = read_foreign(*text, options.inputs()[1], *codes);
  if (!theirs) return refuse(theirs.error());
  auto store = open_store(options, Store::Mode::read);
  if (!store) return refuse(store.error());
  const auto filter = read_filter(options, *store);
  if (!filter) return refuse(filter.error());
  const auto hold = store->snapshot();
  if (!hold) return refuse(hold.error());
  const auto ours = read_ours(*store, *filter, theirs->form);
  if (!ours) return refuse(ours.error());

  const auto pairs = compare_events(ours->events, theirs->events, {int(*days), double(*km)});
  std::string out = kHead;
  std::size_t matched = 0, alone[2] = {0, 0}, same_code = 0, coded = 0, same_deaths = 0, counted = 0,
              actor = 0;
  for (const ComparedPair& p : pairs) {
    write_row(p, ours->events, theirs->events, out);
    if (p.ours == ComparedPair::kNone || p.theirs == ComparedPair::kNone) {
      ++alone[p.ours == ComparedPair::kNone];
      continue;
    }
    ++matched;
    const ComparedEvent &a = ours->events[p.ours], &b = theirs->events[p.theirs];
    coded += !a.code.empty(), same_code += !a.code.empty() && a.code == b.code;
    const bool both = a.deaths >= 0 && b.deaths >= 0;
    counted += both, same_deaths += both && a.deaths == b.deaths;
    actor += p.same_actor;
  }
  auto output = Output::open(options.get("--out") == "-" ? "" : options.get("--out"));
  if (!output) return refuse(output.error());
  output->write(out);
  if (const Status s = output->finish(); !s) return refuse(s.error());
  for (std::size_t i = 0; i < theirs->bad_rows.size() && i < 10; ++i)
    std::fprintf(stderr, "annalist: %s\n", theirs->bad_rows[i].message().c_str());
  std::fprintf(stderr,
               "annalist: %s: %zu matched, %zu ours only, %zu theirs only; of the matched %zu share an "
               "actor, %zu of %zu "
               "the type, %zu of %zu the deaths\n",
               std::string(name_of(theirs->form)).c_str(), matched, alone[0], alone[1], actor, same_code,
               coded, same_deaths, counted);
  std::fprintf(stderr,
               "annalist: of ours not compared: %zu without a day, %zu without a place; %zu told again in "
               "other reports; of "
               "theirs: %zu rows that cannot be read\n",
               ours->undated, ours->unplaced, ours->told_again, theirs->bad_rows.size());
  return theirs->bad_rows.empty() ? 0 : 1;
}

}  // namespace annalist::tool
