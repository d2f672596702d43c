// The commands that read a store: query, search, show, history, stats, verify.
#include <cstdio>

#include "base/json.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "batch_run.h"
#include "commands.h"
#include "store/json.h"
#include "store_options.h"

namespace annalist::tool {
namespace {

using namespace store;

/// `s` cut or padded to `width` code points.
std::string fit(std::string_view s, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < s.size() && used < width;) {
    const std::size_t from = at;
    next_code_point(s, at);
    if (used + 1 == width && at < s.size())
      out += "…";
    else
      out.append(s.substr(from, at - from));
    ++used;
  }
  return out + std::string(width - used, ' ');
}

std::string number(const Count& c) {
  if (!c.known()) return {};
  if (c.low >= 0 && c.high >= 0 && c.low != c.high)
    return std::to_string(c.low) + "-" + std::to_string(c.high);
  return std::to_string(c.best >= 0 ? c.best : c.low >= 0 ? c.low : c.high);
}

std::string place_text(const PlaceRecord& p) {
  std::string out = p.name;
  if (!p.admin1.empty() && p.admin1 != p.name) out += ", " + p.admin1;
  if (!p.country.empty()) out += ", " + p.country;
  return out;
}

std::string event_line(const EventRecord& e) {
  return fit(e.date, 11) + fit((e.contested ? "! " : "") + e.type, 17) + fit(e.actors, 29) + " " +
         fit(e.targets, 24) + " " + fit(place_text(e.place), 28) + " " + fit(number(e.deaths), 7) +
         fit(e.status, 10) + e.uid + "\n";
}

void print(const std::string& s) { std::fwrite(s.data(), 1, s.size(), stdout); }

int finish() {
  if (std::fflush(stdout) != 0)
    return refuse({"could not be written whole", "standard output", "is the disk full?"});
  return 0;
}

template <class T>
std::string line_of(const T& record) {
  std::string out;
  write_json(record, out);
  return out + "\n";
}

int facets(Store& store, const EventFilter& filter, const Options& options) {
  const auto limit = read_number(options, "--limit", 100);
  if (!limit) return refuse(limit.error());
  const auto counts = store.facet(filter, options.get("--facet"), *limit ? *limit : 1000000000);
  if (!counts) return refuse(counts.error());
  const bool json = options.get("--format") == "jsonl";
  for (const FacetCount& c : *counts) {
    std::string out;
    if (json) {
      JsonWriter(out)
          .begin_object()
          .field("value", c.value)
          .field("label", c.label)
          .field("count", c.count)
          .end_object();
      out += "\n";
    } else {
      out = fit(std::to_string(c.count), 10) + c.value + (c.label.empty() ? "" : "  " + c.label) + "\n";
    }
    print(out);
  }
  return finish();
}

std::string claim_text(const ClaimRecord& c) {
  std::string source = c.source_name.empty() ? c.source_kind : c.source_name + " (" + c.source_kind + ")";
  return "  " + c.uid + "  " + source + " " + c.stance + (c.polarity == "-" ? " (not)" : "") +
         (c.certainty == "certain" ? "" : ", " + c.certainty) + ": “" + c.words + "”\n";
}

/// When, who, what, why.
std::string verdict_text(const VerdictRecord& v) {
  std::string out = "  " + v.at.substr(0, 16) + "  " + v.decision;
  if (!v.other.empty()) out += " " + v.target + " " + v.other;
  out += "  by " + (v.reviewer.empty() ? "somebody" : v.reviewer);
  if (!v.note.empty()) out += ": " + v.note;
  return out + (v.stands || v.decision == "undone" ? "\n" : "  (no longer)\n");
}

std::string verdicts_text(const std::vector<VerdictRecord>& all) {
  std::string out = all.empty() ? "" : "verdicts\n";
  for (const VerdictRecord& v : all) out += verdict_text(v);
  return out;
}

std::string detail_text(const EventDetail& d) {
  const EventRecord& e = d.event;
  std::string out = e.type + " · " + e.status + (e.contested ? " · contested" : "") +
                    (e.review.empty() ? "" : " · " + e.review) + "\n";
  const auto line = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) out += "  " + fit(label, 11) + value + "\n";
  };
  line("id", e.uid);
  line("when",
       e.date_from == e.date_to || e.date_to.empty() ? e.date_from : e.date_from + " to " + e.date_to);
  line("where", place_text(e.place));
  for (const ArgumentRecord& a : e.arguments)
    line(a.role, a.name + (a.actor.uid.empty()
                               ? ""
                               : "  [" + a.actor.uid +
                                     (a.side.empty() || a.side == a.actor.uid ? "" : " of " + a.side) + "]"));
  line("deaths", number(e.deaths));
  line("injured", number(e.injured));
  line("abducted", number(e.abducted));
  line("PLOVER", e.plover_type + (e.plover_mode.empty() ? "" : "/" + e.plover_mode));
  line("ACLED", e.acled_sub_type);
  line("CAMEO", e.cameo);
  line("confidence", std::to_string(e.confidence).substr(0, 4));
  line("sentence", e.sentence);
  line("report", e.document + "  " + e.headline + (e.site.empty() ? "" : " · " + e.site) +
                     (e.published.empty() ? "" : " · " + e.published));
  line("merged", d.merged);
  line("story", d.story);
  line("recorded", e.recorded_at + " (revision " + std::to_string(e.recorded_from) + ")" +
                       (e.recorded_to ? ", superseded" : ""));
  for (const EvidenceRecord& x : d.evidence) line(x.role, "“" + x.words + "” " + x.note);
  if (!d.claims.empty()) out += "who says so\n";
  for (const ClaimRecord& c : d.claims) out += claim_text(c);
  for (const EventDetail::Conflict& c : d.conflicts) {
    out += "contested by " + c.kind + ":";
    for (const std::string& claim : c.claims) out += " " + claim;
    out += "\n";
  }
  return out + verdicts_text(d.verdicts);
}

int show_event(Store& store, const std::string& id, bool json) {
  const auto detail = store.event(id);
  if (!detail) return refuse(detail.error());
  print(json ? line_of(*detail) : detail_text(*detail));
  return 0;
}

int show_report(Store& store, const std::string& id, const std::string& format) {
  const auto document = store.document(id);
  if (!document) return refuse(document.error());
  if (format == "coding" || format == "words") {
    const auto text = format == "coding" ? store.coding(document->uid) : store.text(document->uid);
    if (!text) return refuse(text.error());
    print(*text + "\n");
    return 0;
  }
  if (format == "json") {
    print(line_of(*document));
    return 0;
  }
  std::string out =
      document->headline + "\n  " + document->uid + (document->retracted ? "  RETRACTED" : "") + "\n";
  for (const auto& [label, value] : {std::pair{"url", &document->url},
                                     {"site", &document->site},
                                     {"agency", &document->agency},
                                     {"authors", &document->authors},
                                     {"published", &document->published},
                                     {"story", &document->story},
                                     {"engine", &document->engine},
                                     {"recorded", &document->recorded_at}})
    if (!value->empty()) out += "  " + fit(label, 11) + *value + "\n";
  if (!document->other_ids.empty()) {
    out += "  also as    ";
    for (const std::string& other : document->other_ids) out += other + " ";
    out += "\n";
  }
  const auto events = store.events_of(document->uid);
  if (!events) return refuse(events.error());
  for (const EventRecord& e : *events) out += event_line(e);
  const auto claims = store.claims_of(document->uid);
  if (!claims) return refuse(claims.error());
  for (const ClaimRecord& c : *claims)
    if (c.source_kind != "narrator") out += claim_text(c);
  print(out);
  return 0;
}

int show_one(Store& store, const std::string& id, const std::string& format) {
  const bool json = format == "json";
  const auto found = [&](const auto& record) {
    print(line_of(record));
    return 0;
  };
  const bool made = id.size() >= 2 && id.find_first_not_of("0123456789abcdef", 1) == std::string::npos;
  if (made && id[0] == 'e' && id.size() == 21) return show_event(store, id, json);
  if (made && id[0] == 'c' && id.size() == 21) {
    const auto claim = store.claim(id);
    if (!claim) return refuse(claim.error());
    if (json) return found(*claim);
    print(claim_text(*claim));
    return 0;
  }
  Findings findings = store.findings();
  const auto at = findings.resolve(id);
  if (!at) return refuse(at.error());
  if (const auto merged = findings.merged(*at)) {
    const auto verdicts = store.verdicts(*at);
    if (!verdicts) return refuse(verdicts.error());
    std::string out;
    write_json(*merged, *verdicts, out);
    print(out + "\n");
    return 0;
  }
  if (const auto story = findings.story(*at)) return found(*story);
  if (const auto state = findings.state(*at)) return found(*state);
  if (!store.document(id))
    if (const auto actor = store.actor(id)) return found(*actor);
  return show_report(store, id, format);
}

}  // namespace

int run_query(const Options& options) {
  auto store = open_store(options, Store::Mode::read);
  if (!store) return refuse(store.error());
  const auto filter = read_filter(options, *store);
  if (!filter) return refuse(filter.error());
  const auto limit = read_number(options, "--limit", 100);
  if (!limit) return refuse(limit.error());
  if (options.has("--facet")) return facets(*store, *filter, options);
  const std::string format = options.get("--format", "table"), order = options.get("--order", "newest");
  if (format == "count") {
    const auto n = store->count(*filter);
    if (!n) return refuse(n.error());
    print(std::to_string(*n) + "\n");
    return finish();
  }
  if (format == "points") {
    const auto points = store->points(*filter, *limit ? *limit : SIZE_MAX >> 1);
    if (!points) return refuse(points.error());
    for (const Store::Point& p : *points) {
      std::string out;
      JsonWriter(out)
          .begin_object()
          .field("id", p.uid)
          .field("lat", p.lat)
          .field("lon", p.lon)
          .field("type", p.type)
          .field("date", p.date)
          .field("contested", p.contested)
          .end_object();
      print(out + "\n");
    }
    return finish();
  }
  if (format != "table" && format != "jsonl" && format != "ids")
    return refuse({"--format takes table, jsonl, ids, count or points, not '" + format + "'",
                   {},
                   "`annalist export` writes files"});
  PageRequest page;
  page.cursor = options.get("--cursor");
  page.brief = format != "jsonl";
  if (order == "oldest")
    page.order = Order::oldest;
  else if (order == "recorded")
    page.order = Order::recorded;
  else if (order != "newest")
    return refuse({"--order takes newest, oldest or recorded, not '" + order + "'", {}, {}});
  std::size_t left = *limit ? *limit : SIZE_MAX;
  while (left > 0) {
    page.limit = std::min<std::size_t>(left, 1000);
    const auto got = store->events(*filter, page);
    if (!got) return refuse(got.error());
    for (const EventRecord& e : got->items)
      print(format == "table" ? event_line(e) : format == "ids" ? e.uid + "\n" : line_of(e));
    left -= std::min(left, got->items.size());
    page.cursor = got->next;
    if (page.cursor.empty()) break;
  }
  if (!page.cursor.empty()) std::fprintf(stderr, "annalist: more with --cursor %s\n", page.cursor.c_str());
  return finish();
}

int run_search(const Options& options) {
  if (options.inputs().size() < 2)
    return refuse({"a store and words are needed", {}, "annalist search STORE barrel bomb"});
  auto store = open_store(options, Store::Mode::read);
  if (!store) return refuse(store.error());
  const auto limit = read_number(options, "--limit", 20);
  if (!limit) return refuse(limit.error());
  std::string words;
  for (std::size_t i = 1; i < options.inputs().size(); ++i) words += (i > 1 ? " " : "") + options.inputs()[i];
  const auto hits = store->search(words, *limit ? *limit : 1000000);
  if (!hits) return refuse(hits.error());
  for (const Store::DocumentHit& hit : *hits) {
    if (options.get("--format") == "jsonl") {
      std::string out, document;
      write_json(hit.document, document);
      JsonWriter(out)
          .begin_object()
          .field("rank", float(hit.rank))
          .field("snippet", hit.snippet)
          .key("document")
          .raw(document)
          .end_object();
      print(out + "\n");
      continue;
    }
    print(hit.document.headline + "\n  " + hit.document.uid + "  " + hit.document.site + " " +
          hit.document.published_date + "  " + std::to_string(hit.document.events) + " events\n  " +
          collapse_spaces(hit.snippet) + "\n");
  }
  return finish();
}

int run_show(const Options& options) {
  const std::string format = options.get("--format", "text");
  if (format != "text" && format != "json" && format != "coding" && format != "words")
    return refuse({"--format takes text, json, coding or words, not '" + format + "'", {}, {}});
  if (options.inputs().size() < 2) return refuse({"a store and an id are needed", {}, {}});
  auto store = open_store(options, Store::Mode::read);
  if (!store) return refuse(store.error());
  int failed = 0;
  for (std::size_t i = 1; i < options.inputs().size(); ++i)
    failed += show_one(*store, options.inputs()[i], format) != 0;
  if (const int status = finish()) return status;
  return failed == 0 ? 0 : std::size_t(failed) + 1 < options.inputs().size() ? 1 : 2;
}

int run_history(const Options& options) {
  auto store = open_store(options, Store::Mode::read);
  if (!store) return refuse(store.error());
  const auto since = read_number(options, "--since", 0);
  const auto limit = read_number(options, "--limit", 1000);
  if (!since || !limit) return refuse(!since ? since.error() : limit.error());
  const bool json = options.get("--format") == "jsonl";
  const bool one = options.inputs().size() > 1;
  const auto revisions =
      one ? store->history(options.inputs()[1]) : store->changes(std::int64_t(*since), *limit);
  if (!revisions) return refuse(revisions.error());
  if (one && revisions->empty())
    return refuse({"nothing is called '" + options.inputs()[1] + "'", options.inputs()[0], {}});
  for (const RevisionRecord& r : *revisions)
    print(json ? line_of(r)
               : fit(std::to_string(r.id), 9) + r.at + "  " + fit(r.kind, 9) + r.subject + "  " + r.note +
                     "\n");
  if (one && options.inputs()[1].size() == 21 && options.inputs()[1][0] == 'e') {
    const auto versions = store->versions(options.inputs()[1]);
    if (!versions) return refuse(versions.error());
    for (const EventRecord& e : *versions)
      print(json ? line_of(e)
                 : "from " + std::to_string(e.recorded_from) +
                       (e.recorded_to ? " to " + std::to_string(e.recorded_to) : "") + "  " + event_line(e));
  }
  if (const auto verdicts = one ? store->verdicts(options.inputs()[1]) : std::vector<VerdictRecord>();
      verdicts) {
    if (!json) print(verdicts_text(*verdicts));
    for (const VerdictRecord& v : *verdicts)
      if (json) print(line_of(v));
  }
  return finish();
}

int run_stats(const Options& options) {
  auto store = open_store(options, Store::Mode::read);
  if (!store) return refuse(store.error());
  const auto numbers = store->stats();
  if (!numbers) return refuse(numbers.error());
  std::string out;
  if (options.get("--format") == "json") {
    JsonWriter json(out);
    json.begin_object();
    for (const auto& [name, n] : *numbers) json.field(name, n);
    json.end_object();
    out += "\n";
  } else {
    for (const auto& [name, n] : *numbers) out += fit(name, 22) + std::to_string(n) + "\n";
  }
  print(out);
  return finish();
}

int run_verify(const Options& options) {
  auto store = open_store(options, options.has("--write") ? Store::Mode::write : Store::Mode::read);
  if (!store) return refuse(store.error());
  const auto faults = store->verify(options.has("--deep"));
  if (!faults) return refuse(faults.error());
  for (const std::string& f : *faults) std::fprintf(stderr, "annalist: %s\n", f.c_str());
  print(faults->empty() ? "clean\n" : std::to_string(faults->size()) + " faults\n");
  return faults->empty() ? finish() : 1;
}

}  // namespace annalist::tool
