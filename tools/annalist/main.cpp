// The binary: finds the command, reads its options, runs it.
#include <algorithm>
#include <cstdio>

#include "base/file.h"
#include "commands.h"
#include "pipeline/engine.h"
#include "store_options.h"

namespace annalist::tool {
namespace {

constexpr Flag kData{"--data", "DIR", "where the three data files lie (default: beside the program)"};
constexpr Flag kWait{"--wait", "MS", "how long to wait for another writer of the store (default 30000)"};
constexpr Flag kOut{"-o|--out", "FILE", "write there instead of standard output"};
constexpr Flag kThreads{"--threads", "N", "worker threads (default: one a core)"};
constexpr Flag kTier{"--tier", "TIER",
                     "accurate (default), or fast: four times as quick, a few points less right"};
constexpr Flag kGate{"--gate", "",
                     "the fast tier reads first, the accurate one only where an event may stand"};
constexpr Flag kLayers{"--layers", "LIST",
                       "parts of the JSON, joined by commas, or 'all' (default: all but tokens)"};
constexpr Flag kStatus{"--status", "all", "in tables: also planned, denied, hypothetical ... events"};
constexpr Flag kFrom{
    "--from", "FORM",
    "form of the inputs: html, text, jsonl, csv, tsv, warc, feed, mhtml, factiva, nexis, docx ..."};
constexpr Flag kColumns{"--columns", "LIST",
                        "columns of CSV: text=Body,date=Published,... (default: usual names)"};
constexpr Flag kCheckpoint{"--checkpoint", "FILE",
                           "note there what is done; the same command goes on behind it (needs -o)"};
constexpr Flag kQuarantine{"--quarantine", "FILE",
                           "JSONL of the inputs that failed: input, offset or line, reason"};
constexpr Flag kMaxErrors{"--max-errors", "N", "stop after more than N failed inputs"};
constexpr Flag kDate{"--date", "DAY", "publication date of inputs that give none (YYYY-MM-DD)"};

const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      {"code",
       "[FILE...]",
       "Codes reports: files, folders, patterns, JSONL, CSV, WARC, feeds, Factiva, Nexis; '-' for standard "
       "input.",
       {{"--format", "FORM", "jsonl (default), csv or table"},
        kLayers,
        kStatus,
        kDate,
        kFrom,
        kColumns,
        kCheckpoint,
        kQuarantine,
        kMaxErrors,
        kTier,
        kGate,
        kThreads,
        kOut,
        kData},
       run_code},
      {"read",
       "[FILE...]",
       "Reads pages only: text, blocks, headline, dates. No language analysis.",
       {kLayers,
        {"--explain", "", "say why each block was kept or left out, and where each field came from"},
        kDate,
        kFrom,
        kColumns,
        kCheckpoint,
        kQuarantine,
        kMaxErrors,
        kThreads,
        kOut,
        kData},
       run_read},
      {"fetch",
       "URL...",
       "Fetches pages politely into a WARC: robots.txt, pauses, conditional requests. '-': addresses on "
       "standard input.",
       {{"--contact", "WHO", "mail address or page at which a site can reach you; sent with every request"},
        {"--follow", "", "fetch what the feeds and sitemaps among the addresses name"},
        {"--state", "FILE", "what is known from the last time; unchanged pages are not written again"},
        {"--delay", "SECONDS", "between two requests to a host (default: 9; robots.txt can raise it)"},
        {"--max", "N", "at most so many addresses (default: 200)"},
        {"--max-bytes", "N", "of a page; the rest is cut (default: 5242880)"},
        {"--timeout", "SECONDS", "for a request (default: 30)"},
        {"--allow-private", "", "also addresses of this machine and of private networks"},
        kOut},
       run_fetch},
      {"parse",
       "[FILE]",
       "Plain text to CoNLL-U.",
       {{"--conllu", "", "the input is CoNLL-U whose tokens stand"},
        {"--realis", "", "with --conllu: MISC says what is negated and what happened"},
        {"--roles", "", "with --conllu: MISC says what the predicates are and who plays which part"},
        kTier,
        kData},
       run_parse},
      {"report",
       "[FILE...]",
       "Writes one HTML page that shows every record beside its words. Reads reports, or coded JSONL.",
       {kDate, kFrom, kColumns, kTier, kGate, kThreads, kOut, kData},
       run_report},
      {"explain",
       "[FILE...]",
       "Says why each record was made. Reads reports, or coded JSONL.",
       {kDate, kFrom, kColumns, kTier, kGate, kThreads, kOut, kData},
       run_explain},
      {"dups",
       "[FILE...]",
       "Pairs of inputs that are the same, copies or updates: JSONL {a, b, kind, jaccard, containment}.",
       {kFrom, kColumns, kThreads, kOut, kData},
       run_dups},
      {"merge",
       "[FILE...]",
       "What many reports say together. Reads reports, or coded JSONL.",
       {{"--as", "WHAT",
         "events (default): one a happening; stories; states: who holds what, who stands with whom"},
        {"--mentions", "FILE",
         "instead: which of these mentions are one event; lines {doc, mention, start, end}"},
        {"--features", "FILE",
         "with --mentions: also write what each pair has in common, for train/same_event.py"},
        kDate,
        kTier,
        kGate,
        kThreads,
        kOut,
        kData},
       run_merge},
      {"serve",
       "STORE",
       "Serves a store on this machine: the desk for browsers, the API under /v1 for programs.",
       {{"--port", "N", "default 8765; 0 takes a free one, which is printed"},
        {"--listen", "ADDRESS", "default 127.0.0.1; any other needs --keys"},
        {"--write", "", "take reviews and imports; without it the store is only read"},
        {"--reviewer", "NAME", "who reviews, when the page does not say (default: analyst)"},
        {"--keys", "FILE", "every request needs a key of this file (`annalist key`)"},
        {"--host", "LIST", "further names under which the server may be asked for"},
        {"--rate", "N", "requests a second that one key may make (default 50)"},
        kTier,
        kGate,
        kThreads,
        kData},
       run_serve},
      {"key",
       "add|list|remove FILE",
       "Keys for `serve --keys`. A new key is shown once; the file keeps its hash.",
       {{"--name", "NAME", "whose key it is"},
        {"--scopes", "LIST", "read, ingest, review, admin (default: read)"}},
       run_key},
      {"control",
       "[FILE...]",
       "Who holds each place that the reports speak of: JSONL, one line a place. Reads reports, or coded "
       "JSONL.",
       {{"--at", "DAY", "on that day (default: the day of the last report)"},
        {"--ask", "FILE", "instead: answer these; lines {place, date}"},
        kDate,
        kTier,
        kGate,
        kThreads,
        kOut,
        kData},
       run_control},
      {"data",
       "build|check|import FORM FILE",
       "Compiles the texts of a data folder to annalist.codebook, checks them and their examples, or turns "
       "a\n"
       "  dictionary into such texts: petrarch-actors, petrarch-agents, petrarch-verbs, actors-csv.",
       {{"--data-dir", "DIR", "the folder of texts (default: data)"},
        {"--with", "DIR,DIR", "your own texts on top; the same name replaces"},
        {"--without", "NAME,NAME",
         "leave out shipped texts whose name begins so (actors/, codebook/frames/)"},
        kOut,
        kData},
       run_data},
      {"codebook",
       "check|build DIR...",
       "Puts your own event types and frames on top of the shipped ones: runs their examples, or writes the\n"
       "  codebook file for `code --data`.",
       {kOut, kData},
       run_codebook},
      {"actors",
       "check",
       "Finds overlaps and gaps in dates, shared names and doubles among the actors.",
       {kData},
       run_actors},
      {"gazetteer",
       "build|import geonames|ocha|geojson FILE",
       "Makes annalist.gazetteer from GeoNames' files and our overlay, or merges another source into it.",
       {{"--cities", "DIR", "holds cities500.txt, admin1.json, admin2.json"},
        {"--overlay", "DIR", "our additions (data/places)"},
        {"--into", "FILE", "import: the gazetteer to merge into (default: the one in use)"},
        {"--country", "XX", "import: of rows that do not say it"},
        {"--licence", "TEXT", "import: of the file"},
        {"--level", "LEVEL", "import geojson: adm1, adm2, adm3 or region"},
        kData,
        kOut},
       run_gazetteer},
      {"ingest",
       "STORE [FILE...]",
       "Codes reports and keeps them in a store (made if it is not there). Reads reports, or coded JSONL.",
       {{"--together", "N", "coded reports a transaction, at most (default 100, or 0.2 s of them)"},
        {"--alone", "", "leave stories, merged events and states as they are (later: `annalist connect`)"},
        kDate,
        kFrom,
        kColumns,
        kTier,
        kGate,
        kThreads,
        kWait,
        kData},
       run_ingest},
      {"connect",
       "STORE",
       "Finds stories, merged events and states anew from the reports of a store. `ingest` does it at its "
       "end.",
       {kData},
       run_connect},
      {"query", "STORE", "Events of a selection.",
       filter_flags({{"--format", "FORM", "table (default), jsonl, ids, count or points"},
                     {"--facet", "FIELD", "instead: how many events have each value of a field"},
                     {"--order", "WORD", "newest (default), oldest or recorded"},
                     {"--limit", "N", "at most so many (default 100; 0: all)"},
                     {"--cursor", "CURSOR", "go on after a page"}}),
       run_query},
      {"search",
       "STORE WORDS...",
       "Full-text search of reports, best first.",
       {{"--limit", "N", "at most so many (default 20)"}, {"--format", "FORM", "table (default) or jsonl"}},
       run_search},
      {"show",
       "STORE ID...",
       "One event, report, claim, actor, story, merged event or state with its evidence.",
       {{"--format", "FORM",
         "text (default) or json; for a report also coding (its JSON as coded) or words"}},
       run_show},
      {"history",
       "STORE [ID]",
       "What changed, when and why: of an event or report, or the whole store.",
       {{"--since", "REVISION", "only later ones"},
        {"--limit", "N", "at most so many (default 1000)"},
        {"--format", "FORM", "table (default) or jsonl"}},
       run_history},
      {"stats",
       "STORE",
       "How much of what is in the store.",
       {{"--format", "FORM", "table (default) or json"}},
       run_stats},
      {"verify",
       "STORE",
       "Checks that the store is whole: file, links, counts, full text; --deep also every text and coding.",
       {{"--deep", "", "re-read everything"}, {"--write", "", "bring an older store up to date first"}},
       run_verify},
      {"review",
       "STORE EVENT [EVENT]",
       "Keeps a person's verdict on an event, or on two: that they are the same happening, or are to be kept "
       "apart.\n"
       "  An id is that of an event of one report (e...); of two also of merged events (m...), for all their "
       "members.",
       {{"--decision", "WORD",
         "accepted, rejected, skipped; of two events apart or same; undone takes the last back"},
        {"--by", "NAME", "who says so"},
        {"--note", "TEXT", "why"},
        {"--alone", "", "leave merged events as they are (later: `annalist connect`)"},
        kWait,
        kData},
       run_review},
      {"retract",
       "STORE ID...",
       "Takes reports or events out of every default selection; nothing is deleted.",
       {{"--reason", "TEXT", "why (needed)"},
        {"--by", "NAME", "who asks"},
        kWait,
        {"--restore", "", "undo a retraction"}},
       run_retract},
      {"recode",
       "STORE",
       "Codes the stored reports again with this engine and says what differs.",
       {{"--dry-run", "", "only say what would differ"},
        {"--document", "ID,...", "only these reports"},
        {"--format", "FORM", "text (default) or jsonl"},
        {"--tier", "TIER", "accurate or fast (default: each report as it was coded)"},
        kGate,
        kThreads,
        kWait,
        kData},
       run_recode},
      {"export", "STORE",
       "Writes a selection in a format of the field, with a data dictionary, a log of losses and a manifest "
       "beside it.",
       filter_flags(
           {{"--format", "FORM",
             "jsonl, csv, hxl, geojson, kml, atom, rss, acled, ucdp, gdelt, icews, polecat, plover, parquet"},
            {"--order", "WORD", "oldest (default), newest or recorded"},
            {"--limit", "N", "at most so many events (default: all)"},
            {"-o|--out", "FILE",
             "the file; without it the main file goes to standard output and nothing beside it"},
            kData}),
       run_export},
      {"panel", "STORE", "Counts a selection by unit and period: a balanced table, zeros filled in.",
       filter_flags({{"--by", "UNIT", "country (default), pair (of actors) or grid (PRIO-GRID cells)"},
                     {"--every", "PERIOD", "day, week (from Monday) or month (default)"},
                     {"--sparse", "", "only rows with events"},
                     {"--hxl", "", "a row of HXL hashtags under the header"},
                     {"-o|--out", "FILE", "write there, with dictionary and manifest beside it"},
                     kData}),
       run_panel},
      {"compare", "STORE TABLE",
       "Lays a selection beside a table of ACLED, UCDP GED or GDELT 2.0: matched, ours only, theirs only, "
       "each with\n"
       "  the reason, as TSV.",
       filter_flags({{"--days", "N", "days that a pair may lie apart (default 1)"},
                     {"--km", "N", "kilometres that a pair may lie apart beyond its precision (default 25)"},
                     {"-o|--out", "FILE", "write there instead of standard output"},
                     kData}),
       run_compare}};
  return all;
}

int help_all() {
  std::string out =
      "annalist reads news reports and writes who did what to whom, where and when, and who says so.\n\n";
  for (const Command& c : commands()) out += help(c) + "\n";
  out += "annalist --version\n  Prints the version and the hashes of the data files.\n\n";
  out +=
      "Exit status: 0 done; 1 done, but some inputs failed (named on standard error); 2 nothing could be "
      "done.\n";
  std::fputs(out.c_str(), stdout);
  return 0;
}

int version(const Options& options) {
  const auto engine = Engine::open(data_dir(options), Engine::Depth::full);
  if (!engine) return refuse(engine.error());
  const EngineInfo& info = engine->info();
  std::printf("annalist %s\nmodel %s\ncodebook %s\ngazetteer %s\n", info.version.c_str(), info.model.c_str(),
              info.codebook.c_str(), info.gazetteer.c_str());
  return 0;
}

int main_(int argc, char** argv) {
  const std::string name = argc > 1 ? argv[1] : "help";
  if (name == "help" || name == "--help" || name == "-h") return help_all();
  const bool wants_version = name == "--version" || name == "version";
  const auto command = std::ranges::find(commands(), name, &Command::name);
  if (!wants_version && command == commands().end())
    return refuse({"unknown command '" + name + "'", {}, "`annalist help` lists the commands"});
  for (int i = 2; i < argc && !wants_version; ++i)
    if (const std::string_view arg = argv[i]; arg == "--help" || arg == "-h") {
      std::fputs(help(*command).c_str(), stdout);
      return 0;
    }
  const auto options =
      Options::parse(wants_version ? std::vector<Flag>{kData} : command->flags, argc - 2, argv + 2);
  if (!options) return refuse(options.error());
  return wants_version ? version(*options) : command->run(*options);
}

}  // namespace

std::string data_dir(const Options& options) { return options.get("--data", program_folder()); }

int refuse(const Error& error) {
  std::fprintf(stderr, "annalist: %s\n", error.message().c_str());
  return 2;
}

}  // namespace annalist::tool

int main(int argc, char** argv) { return annalist::tool::main_(argc, argv); }
