// `annalist fetch`: addresses in, a WARC of what they hold out; feeds and sitemaps are followed on request.
#include "source/fetch.h"

#include <simdjson.h>

#include <chrono>
#include <deque>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>

#include "base/date.h"
#include "base/file.h"
#include "base/json.h"
#include "base/sha256.h"
#include "base/strings.h"
#include "batch_run.h"
#include "commands.h"
#include "source/source.h"
#include "source/xml.h"

namespace annalist::tool {
namespace {

/// What is known of an address from the last time.
struct Seen {
  std::string etag, modified, hash;
};

Result<std::map<std::string, Seen>> read_state(const std::string& path) {
  std::map<std::string, Seen> out;
  std::error_code ignored;
  if (path.empty() || !std::filesystem::exists(path, ignored)) return out;
  const auto text = read_file(path);
  if (!text) return std::unexpected(text.error());
  simdjson::dom::parser parser;
  for (std::string_view line : split(*text, '\n')) {
    simdjson::dom::element e;
    std::string_view url, etag, modified, hash;
    if (trim(line).empty()) continue;
    if (parser.parse(simdjson::padded_string(line)).get(e) || e["url"].get(url) || e["etag"].get(etag) ||
        e["modified"].get(modified) || e["hash"].get(hash))
      return fail("no state of annalist fetch", path, "name another file");
    out[std::string(url)] = {std::string(etag), std::string(modified), std::string(hash)};
  }
  return out;
}

Status write_state(const std::string& path, const std::map<std::string, Seen>& state) {
  if (path.empty()) return {};
  std::string out;
  for (const auto& [url, seen] : state) {
    JsonWriter(out)
        .begin_object()
        .field("url", url)
        .field("etag", seen.etag)
        .field("modified", seen.modified)
        .field("hash", seen.hash)
        .end_object();
    out += '\n';
  }
  if (const Status written = write_file(path + ".new", out); !written) return written;
  if (std::rename((path + ".new").c_str(), path.c_str()) != 0) return fail("could not be named", path);
  return {};
}

std::string now_text() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::hh_mm_ss time(now - day);
  char clock[16];
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02dZ", int(time.hours().count()),
                int(time.minutes().count()), int(time.seconds().count()));
  return Day{std::int32_t(day.time_since_epoch().count())}.iso() + clock;
}

/// The addresses that a feed or sitemap names; nothing for a page.
std::vector<std::string> links_of(const source::Fetched& page) {
  std::vector<std::string> out;
  const std::string_view head = std::string_view(page.body).substr(0, 4096);
  const bool map = head.find("<urlset") != head.npos || head.find("<sitemapindex") != head.npos;
  if (map) {
    source::Elements all(page.body, "loc");
    while (all.next()) out.push_back(source::unescape_xml(all.content));
  } else if (head.find("<rss") != head.npos || head.find("<feed") != head.npos ||
             head.find("<rdf:RDF") != head.npos || head.find("jsonfeed.org/version") != head.npos) {
    for (const auto& item : read_pages(page.body, "feed"))
      if (item && !item->url.empty()) out.push_back(item->url);
  }
  return out;
}

Result<double> number_of(const Options& options, std::string_view name, double otherwise, double most) {
  const std::string given = options.get(name);
  if (given.empty()) return otherwise;
  char* end = nullptr;
  const double n = std::strtod(given.c_str(), &end);
  if (*end != '\0' || !(n >= 0) || n > most)
    return fail(std::string(name) + " takes a number, not '" + given + "'");
  return n;
}

}  // namespace

int run_fetch(const Options& options) {
  source::FetchOptions how;
  how.contact = options.get("--contact");
  if (how.contact.empty())
    return refuse(
        {"--contact is needed: an address at which a site can reach you", {}, "--contact desk@example.org"});
  const auto delay = number_of(options, "--delay", how.delay, 3600);
  const auto bytes = number_of(options, "--max-bytes", double(how.max_bytes), double(source::kMaxPage));
  const auto seconds = number_of(options, "--timeout", double(how.timeout), 3600);
  const auto most = number_of(options, "--max", 200, 1e6);
  for (const auto* n : {&delay, &bytes, &seconds, &most})
    if (!*n) return refuse(n->error());
  how.delay = *delay;
  how.max_bytes = std::size_t(*bytes);
  how.timeout = std::max(1L, long(*seconds));
  how.allow_private = options.has("--allow-private");
  const std::string state_path = options.get("--state");
  auto state = read_state(state_path);
  if (!state) return refuse(state.error());
  auto output = Output::open(options.get("--out"));
  if (!output) return refuse(output.error());

  struct Task {
    std::string url;
    bool follow;
  };
  std::deque<Task> tasks;
  const bool follow = options.has("--follow");
  for (const std::string& input : options.inputs()) {
    if (input != "-") {
      tasks.push_back({input, follow});
      continue;
    }
    for (std::string line; std::getline(std::cin, line);)
      if (!trim(line).empty()) tasks.push_back({std::string(trim(line)), follow});
  }
  source::Fetcher fetcher(how);
  std::set<std::string> asked;
  std::size_t kept = 0, same = 0, failed = 0;
  while (!tasks.empty() && double(asked.size()) < *most) {
    // The task whose host may be asked first; equal ones in the order given.
    auto next = tasks.begin();
    for (auto t = tasks.begin(); t != tasks.end() && fetcher.wait(next->url) > 0; ++t)
      if (fetcher.wait(t->url) < fetcher.wait(next->url)) next = t;
    const Task task = *next;
    tasks.erase(next);
    if (!asked.insert(task.url).second) continue;
    const auto before = state->find(task.url);
    auto page = before == state->end() ? fetcher.get(task.url)
                                       : fetcher.get(task.url, before->second.etag, before->second.modified);
    if (page && page->status != 304 && (page->status < 200 || page->status > 299))
      page = fail("the server answers " + std::to_string(page->status), task.url);
    if (!page) {
      ++failed;
      std::fprintf(stderr, "annalist: %s\n", page.error().message().c_str());
      continue;
    }
    const std::string hash = page->status == 304 ? "" : hex(sha256(page->body), 32);
    if (page->status == 304 || (before != state->end() && before->second.hash == hash)) {
      ++same;
      continue;
    }
    if (page->truncated)
      std::fprintf(stderr, "annalist: %s: cut at %zu bytes\n", task.url.c_str(), how.max_bytes);
    (*state)[task.url] = {page->etag, page->modified, hash};
    const auto links = task.follow ? links_of(*page) : std::vector<std::string>();
    for (const std::string& link : links)
      if (state->find(link) == state->end()) tasks.push_back({link, false});
    if (links.empty()) {
      output->write(source::warc_record(*page, now_text()));
      ++kept;
    }
  }
  if (!tasks.empty()) std::fprintf(stderr, "annalist: %zu addresses left (--max)\n", tasks.size());
  std::fprintf(stderr, "annalist: %zu fetched, %zu unchanged, %zu failed\n", kept, same, failed);
  if (const Status written = output->finish(); !written) return refuse(written.error());
  if (const Status written = write_state(state_path, *state); !written) return refuse(written.error());
  return failed == 0 ? 0 : kept + same > 0 ? 1 : 2;
}

}  // namespace annalist::tool
