#include "serve/app.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json.h"
#include "base/strings.h"
#include "serve/http_server.h"
#include "serve/table.h"

namespace annalist::serve {
namespace {

using Clock = std::chrono::steady_clock;

// Nothing from elsewhere, nothing inline, no string becomes markup; only this server is talked to.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src "
    "'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'";

// The name in a Host header, without port and brackets.
std::string host_name(std::string_view host) {
  if (host.starts_with('[')) return lower(host.substr(1, std::min(host.find(']'), host.size()) - 1));
  return lower(host.substr(0, host.find(':')));
}

bool local_name(std::string_view name) {
  return name == "localhost" || name == "::1" || name.starts_with("127.");
}

bool is_write(std::string_view method) { return method != "GET" && method != "HEAD"; }

bool is_api(const Request& r) {
  return !r.segments.empty() &&
         (r.segments[0] == "v1" || r.segments[0] == "ogc" || r.segments[0] == "metrics");
}

std::string etag_of(std::string_view version, std::string_view target) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "\"%016llx\"",
                static_cast<unsigned long long>(hash64(std::string(version) + "\n" + std::string(target))));
  return buffer;
}

bool matches(std::string_view if_none_match, std::string_view etag) {
  for (std::string_view one : split_list(if_none_match, ',')) {
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == etag || one == "*") return true;
  }
  return false;
}

}  // namespace

Response broken(const Error& error) {
  Response r = problem(500, "Something broke", "the answer could not be made; the server's log says more");
  r.log = error.message();
  return r;
}

Response not_found(std::string_view what) { return problem(404, "Not found", what); }

Response wrong_parameter(const Wrong& wrong) {
  return problem(400, "Bad parameter", wrong.detail, wrong.field);
}

std::expected<std::size_t, Wrong> number_param(const Request& request, std::string_view name,
                                               std::size_t otherwise, std::size_t least, std::size_t most) {
  if (!request.has(name)) return otherwise;
  std::size_t out = 0;
  const std::string_view s = request.param(name);
  bool ok = !s.empty() && s.size() < 10;
  for (const char c : s) {
    ok = ok && is_digit(c);
    if (ok) out = out * 10 + std::size_t(c - '0');
  }
  if (!ok || out < least || out > most)
    return std::unexpected(
        Wrong{std::string(name), "a number from " + std::to_string(least) + " to " + std::to_string(most)});
  return out;
}

App::Lease::~Lease() {
  if (!app_) return;
  const std::scoped_lock guard(app_->pool_lock_);
  if (app_->pool_.size() < 32) app_->pool_.push_back(std::move(reader_));
}

App::App(Settings settings) : settings_(std::move(settings)), rate_(settings_.rate, settings_.burst) {}
App::~App() {
  loader_ = {};  // all use what dies with the members
  connector_ = {};
  import_threads_.clear();
}

Result<std::unique_ptr<App>> App::open(Settings settings) {
  std::unique_ptr<App> app(new App(std::move(settings)));
  app->assets_ = embedded_assets();
  if (app->settings_.writable) {
    auto writer = Store::open(app->settings_.store, Store::Mode::write);
    if (!writer) return std::unexpected(writer.error());
    app->writer_ = std::make_unique<Store>(std::move(*writer));
  }
  auto lease = app->lease();
  if (!lease) return std::unexpected(lease.error());
  auto columns = EventColumns::load(lease->db(), app->settings_.codebook);
  if (!columns) return std::unexpected(columns.error());
  app->columns_ = *columns;
  app->looked_ = Clock::now();
  return app;
}

Result<App::Lease> App::lease() {
  {
    const std::scoped_lock guard(pool_lock_);
    if (!pool_.empty()) {
      Reader reader = std::move(pool_.back());
      pool_.pop_back();
      return Lease(*this, std::move(reader));
    }
  }
  auto db = store::Db::open(settings_.store, store::Db::Mode::read);
  if (!db) return std::unexpected(db.error());
  auto store = Store::open(settings_.store, Store::Mode::read);
  if (!store) return std::unexpected(store.error());
  if (const Status s = store->map_pages(); !s) return std::unexpected(s.error());
  return Lease(*this, Reader{std::move(*db), std::make_unique<Store>(std::move(*store))});
}

App::Columns App::columns() const {
  const std::scoped_lock guard(columns_lock_);
  return columns_;
}

// Looks whether the store has moved on, twice a second at most, and reads it anew: at once when it is small
// or `now`, behind the requests otherwise, which see the older state until then.
void App::refresh(bool now) {
  std::int64_t known = 0;
  std::size_t size = 0;
  {
    const std::scoped_lock guard(columns_lock_);
    const auto time = Clock::now();
    if (!now && time - looked_ < std::chrono::milliseconds(500)) return;
    looked_ = time;
    known = columns_->revision;
    size = columns_->size();
  }
  auto reader = lease();
  if (!reader) return;
  const auto revision = reader->db().number("SELECT coalesce(max(id), 0) FROM revisions");
  if (!revision || *revision == known || loading_.exchange(true)) return;
  const auto load = [this](store::Db& db) {
    if (auto fresh = EventColumns::load(db, settings_.codebook); fresh) {
      const std::scoped_lock guard(columns_lock_);
      columns_ = *fresh;
    } else {
      note("store", fresh.error().message());
    }
    loading_ = false;
  };
  if (size < 150000) {
    load(reader->db());
    return;
  }
  loader_ = std::jthread([this, load] {
    auto own = lease();
    if (own) load(own->db());
    loading_ = false;
  });
}

void App::note(const std::string& peer, const std::string& what) {
  if (settings_.log) settings_.log(peer + " " + what);
}

std::size_t App::admit(Request& request, std::unique_ptr<Response>& refusal) {
  const auto refuse = [&](Response r) {
    note(request.caller.empty() ? request.peer : request.caller,
         request.method + " " + request.target.substr(0, 200) + " " + std::to_string(r.status) + " " + r.log);
    refusal = std::make_unique<Response>(std::move(r));
    return std::size_t(0);
  };
  const std::string_view method = request.method;
  if (method != "GET" && method != "HEAD" && method != "POST")
    return refuse(problem(405, "Method not allowed", "GET, HEAD and POST are served")
                      .header("Allow", "GET, HEAD, POST"));

  // A page from elsewhere that had its name pointed to this machine must not read from it.
  const std::string host = host_name(request.header("host"));
  if (!settings_.keys_needed && !local_name(host) &&
      std::ranges::find(settings_.hosts, host) == settings_.hosts.end())
    return refuse(
        problem(421, "Wrong host", "this server answers to localhost; further names are given by --host"));

  request.caller = request.peer;
  request.scopes = settings_.keys_needed ? 0U : kRead | (settings_.writable ? kIngest | kReview : 0U);
  if (const std::string_view given = request.header("authorization"); !given.empty()) {
    const Key* key =
        starts_with_ignore_case(given, "bearer ") ? settings_.keys.find(trim(given.substr(7))) : nullptr;
    if (!key) {
      if (const double wait = guesses_.take(request.peer, Clock::now()); wait > 0)
        return refuse(problem(429, "Too many wrong keys", "wait before the next try")
                          .header("Retry-After", std::to_string(int(wait) + 1)));
      return refuse(problem(401, "Wrong key", "the key is not known here", "Authorization")
                        .header("WWW-Authenticate", "Bearer"));
    }
    request.caller = key->name;
    request.scopes = key->scopes;
    if (!settings_.writable) request.scopes &= ~unsigned(kIngest | kReview);
  }
  if (settings_.keys_needed) {
    if (const double wait = rate_.take(request.caller, Clock::now()); wait > 0)
      return refuse(problem(429, "Too many requests",
                            "the limit is " + std::to_string(int(settings_.rate)) + " a second")
                        .header("Retry-After", std::to_string(int(wait) + 1)));
    if (is_api(request) && !(request.scopes & kRead) && !is_write(method)) {
      if (request.scopes) return refuse(problem(403, "Not allowed", "this key may not read"));
      return refuse(problem(401, "Key needed", "send Authorization: Bearer KEY", "Authorization")
                        .header("WWW-Authenticate", "Bearer"));
    }
  }
  if (!is_write(method)) return 0;

  // A form or script of another site can send, even when it cannot read: only our own page and programs may.
  const std::string_view origin = request.header("origin"), site = request.header("sec-fetch-site");
  const std::size_t scheme = origin.find("://");
  if ((!origin.empty() && (scheme == std::string_view::npos ||
                           lower(origin.substr(scheme + 3)) != lower(request.header("host")))) ||
      (!site.empty() && site != "same-origin" && site != "none"))
    return refuse(problem(403, "Cross-origin request",
                          "changes are taken from the desk's own page and from programs only", "Origin"));
  const bool reviews = request.path == "/v1/reviews", imports = request.path == "/v1/import";
  if (!reviews && !imports)
    return refuse(problem(405, "Method not allowed", "nothing here takes POST").header("Allow", "GET, HEAD"));
  if (!settings_.writable) return refuse(problem(403, "Read-only", "the server was started without --write"));
  if (!(request.scopes & (reviews ? kReview : kIngest))) {
    if (request.scopes)
      return refuse(problem(403, "Not allowed",
                            std::string("the key lacks the scope ") + (reviews ? "review" : "ingest")));
    return refuse(problem(401, "Key needed", "send Authorization: Bearer KEY", "Authorization")
                      .header("WWW-Authenticate", "Bearer"));
  }
  const std::string_view type = request.header("content-type");
  if (!type.starts_with(reviews ? "application/json" : "application/octet-stream"))
    return refuse(problem(415, "Wrong content type",
                          reviews ? "application/json is taken" : "application/octet-stream is taken",
                          "Content-Type"));
  return reviews ? std::size_t(64) << 10 : std::size_t(64) << 20;
}

Response App::handle(const Request& request, const Traffic& traffic) {
  const auto begin = Clock::now();
  std::string_view name = "other";
  Response r = route(request, traffic, name);
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  metrics_.count(name, r.status, seconds);
  if (r.status >= 400 && !r.log.empty())
    note(request.caller,
         request.method + " " + request.target.substr(0, 200) + " " + std::to_string(r.status) + " " + r.log);
  r.header("Content-Security-Policy", std::string(kPolicy)).header("X-Content-Type-Options", "nosniff");
  r.header("Referrer-Policy", "no-referrer").header("Cross-Origin-Opener-Policy", "same-origin");
  r.header("Cross-Origin-Resource-Policy", "same-origin").header("X-Frame-Options", "DENY");
  return r;
}

Response App::route(const Request& request, const Traffic& traffic, std::string_view& name) {
  if (!is_api(request)) {
    name = "page";
    if (request.path == "/healthz") return json_response("{\"status\":\"ok\"}");
    return asset(request);
  }
  refresh(false);
  if (request.segments[0] == "metrics") {
    const Columns c = columns();
    Response r;
    r.header("Content-Type", "text/plain; version=0.0.4").body =
        metrics_.text(traffic, c->size(), c->revision);
    return r;
  }
  if (is_write(request.method)) {
    name = request.path == "/v1/reviews" ? "review" : "ingest";
    return request.path == "/v1/reviews" ? review(request) : import_file(request);
  }
  if (request.segments.size() == 3 && request.segments[1] == "import") {
    name = "ingest";
    return import_state(request.segments[2]);
  }
  // What follows changes only with the store: the address and its revision name the answer.
  const std::string etag = etag_of(columns()->version, request.target);
  Response r;
  if (matches(request.header("if-none-match"), etag)) {
    r.status = 304;
  } else {
    r = request.segments[0] == "ogc" ? ogc(request) : get(request, name);
  }
  if (r.status == 200 || r.status == 304) r.header("ETag", etag).header("Cache-Control", "no-cache");
  return r;
}

Response App::get(const Request& request, std::string_view& name) {
  const auto& s = request.segments;
  const std::string what = s.size() > 1 ? s[1] : "";
  const bool one = s.size() == 3, all = s.size() == 2;
  if (s.size() == 1) {
    return json_response(
        "{\"title\":\"Annalist\",\"links\":[\"/v1/openapi.yaml\",\"/v1/stats\",\"/v1/events\",\"/v1/"
        "claims\",\"/v1/documents\","
        "\"/v1/search\",\"/v1/actors\",\"/v1/places/{id}\",\"/v1/stories\",\"/v1/control\",\"/v1/"
        "aggregate\",\"/v1/facets\",\"/v1/columns\","
        "\"/v1/changes\",\"/v1/deleted\",\"/v1/reviews\",\"/v1/runs\",\"/v1/codebook\",\"/ogc\",\"/"
        "metrics\"]}");
  }
  if (what == "events" && all) return name = "events", event_list(request);
  if (what == "events" && one) return name = "event", event_one(request, s[2]);
  if (what == "events" && s.size() == 4 && s[3] == "alternatives")
    return name = "event", alternatives(request, s[2]);
  if (what == "columns" && all) return name = "columns", columns_packed();
  if (what == "columns" && one && s[2] == "rows") return name = "search", columns_rows(request);
  if (what == "aggregate" && all) return name = "events", aggregate(request);
  if (what == "facets" && all) return name = "events", facets(request);
  if (what == "stats" && all) return stats();
  if (what == "codebook" && all) return codebook();
  if (what == "documents" && all) return name = "documents", documents(request);
  if (what == "documents" && one) return name = "documents", document(s[2]);
  if (what == "search" && all) return name = "search", search(request);
  if (what == "claims" && all) return name = "events", claims(request);
  if (what == "actors" && all) return name = "actors", actors(request);
  if (what == "actors" && one) return name = "actors", actor(s[2]);
  if (what == "stories" && all) return name = "stories", stories(request);
  if (what == "stories" && one) return name = "stories", story(s[2]);
  if (what == "control" && all) return name = "places", control(request);
  if (what == "places" && one) return name = "places", place(s[2]);
  if (what == "changes" && all) return changes(request);
  if (what == "deleted" && all) return deleted(request);
  if (what == "reviews" && all) return name = "review", reviews(request);
  if (what == "runs" && all) return runs();
  if (what == "openapi.yaml" && all) {
    Response r;
    r.header("Content-Type", "application/yaml").body = openapi_document();
    return r;
  }
  return not_found("there is nothing at " + request.path + "; /v1 lists what there is");
}

Response App::asset(const Request& request) {
  const std::string path = request.path == "/" ? "/index.html" : request.path;
  const auto it = std::ranges::find(assets_, path, &Asset::path);
  if (it == assets_.end()) return not_found("there is no page " + path.substr(0, 200));
  Response r;
  r.header("ETag", it->etag).header("Cache-Control", "no-cache").header("Vary", "Accept-Encoding");
  if (matches(request.header("if-none-match"), it->etag)) {
    r.status = 304;
    return r;
  }
  r.header("Content-Type", it->type);
  if (it->gzip && request.header("accept-encoding").find("gzip") != std::string_view::npos) {
    r.header("Content-Encoding", "gzip");
    r.shared = it->gzip;
  } else {
    r.shared = it->plain;
  }
  return r;
}

Response App::about(std::string_view kind, const std::string& id, const std::string& sql,
                    const std::function<Status(store::Db&, JsonWriter&)>& more) {
  auto reader = lease();
  if (!reader) return broken(reader.error());
  Response r = json_response({});
  JsonWriter json(r.body);
  json.begin_object();
  const auto found = write_query(json, kind, reader->db(), id, sql);
  if (!found) return broken(found.error());
  if (!*found) return not_found("there is no " + std::string(kind) + " " + id.substr(0, 80));
  if (const Status s = more(reader->db(), json); !s) return broken(s.error());
  json.end_object();
  return r;
}

std::expected<App::Rows, Response> App::rows(const Request& request, const Columns& columns, store::Db& db,
                                             const std::vector<std::string_view>& also) {
  const auto selection = parse_selection(request, also);
  if (!selection) return std::unexpected(wrong_parameter(selection.error()));
  std::string key = columns->version;
  for (const auto& [name, value] : request.query)
    if (std::ranges::find(also, name) == also.end()) key += "\n" + name + "=" + value;
  {
    const std::scoped_lock guard(cache_lock_);
    for (const auto& [k, rows] : rows_cache_)
      if (k == key) return rows;
  }
  auto found = columns->select(*selection, db);
  if (!found) return std::unexpected(broken(found.error()));
  const Rows rows = std::make_shared<const std::vector<std::uint32_t>>(std::move(*found));
  const std::scoped_lock guard(cache_lock_);
  rows_cache_.emplace_front(key, rows);
  if (rows_cache_.size() > 12) rows_cache_.pop_back();
  return rows;
}

}  // namespace annalist::serve
