// What changes the store: verdicts of reviewers, and reports to be coded.
#include <simdjson.h>

#include <algorithm>

#include "base/json.h"
#include "base/strings.h"
#include "serve/app.h"

namespace annalist::serve {
namespace {

constexpr std::size_t kImportsAtOnce = 4;
constexpr std::chrono::seconds kConnectWait{5};

void write_import(const std::string& id, const ImportState& s, JsonWriter& json) {
  json.begin_object().field("id", id).field("name", s.name).field("state", s.state).field("error", s.error);
  json.field("documents", s.documents)
      .field("added", s.added)
      .field("same", s.same)
      .field("recoded", s.recoded);
  json.field("events", s.events).field("failed", s.failed).key("notes").begin_array();
  for (const std::string& n : s.notes) json.string(n);
  json.end_array().end_object();
}

}  // namespace

/// Has merged events found anew with what was written so far. True when that is done; where it takes long it
/// goes on after the answer.
bool App::connect() {
  if (!settings_.connect) return false;
  std::unique_lock lock(connect_lock_);
  const std::uint64_t mine = ++connect_asked_;
  if (!connecting_) {
    connecting_ = true;
    connector_ = std::jthread([this] {
      std::unique_lock inner(connect_lock_);
      while (connect_done_ < connect_asked_) {
        const std::uint64_t asked = connect_asked_;
        inner.unlock();
        if (const Status s = settings_.connect(); !s) note("connect", s.error().message());
        inner.lock();
        connect_done_ = asked;
        connected_.notify_all();
      }
      connecting_ = false;
    });
  }
  return connected_.wait_for(lock, kConnectWait, [&] { return connect_done_ >= mine; });
}

// {"target", "decision": accepted|rejected|edited|skipped|undone, "reviewer"?, "note"?, "fields"?: {column:
// value}}, or {"target", "other", "decision": apart|same|undone, "reviewer"?, "note"?}
Response App::review(const Request& request) {
  simdjson::dom::parser parser;
  simdjson::dom::object body;
  const simdjson::padded_string bytes(request.body);
  if (parser.parse(bytes).get(body) != simdjson::SUCCESS)
    return problem(400, "Bad body", "a JSON object with target and decision is expected", "body");
  Store::Verdict verdict;
  for (const auto& [key, value] : body) {
    if (key == "fields") {
      simdjson::dom::object fields;
      if (value.get(fields) != simdjson::SUCCESS)
        return problem(400, "Bad body", "an object of column and value", "fields");
      for (const auto& [name, v] : fields) {
        std::string_view text;
        if (v.get(text) != simdjson::SUCCESS)
          return problem(400, "Bad body", "the value must be a string", "fields." + std::string(name));
        if (text.size() > 500)
          return problem(400, "Bad body", "a value may have 500 bytes", "fields." + std::string(name));
        verdict.fields.emplace_back(std::string(name), std::string(text));
      }
      continue;
    }
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS || text.size() > 4000)
      return problem(400, "Bad body", "a string of at most 4000 bytes", key);
    if (key == "target")
      verdict.target = text;
    else if (key == "other")
      verdict.other = text;
    else if (key == "decision")
      verdict.decision = text;
    else if (key == "reviewer")
      verdict.reviewer = text;
    else if (key == "note")
      verdict.note = text;
    else
      return problem(400, "Bad body", "this member is not known", key);
  }
  if (verdict.target.empty()) return problem(400, "Bad body", "which event is judged is missing", "target");
  // With keys the name is the key's: nobody reviews under another's name.
  if (settings_.keys_needed || verdict.reviewer.empty())
    verdict.reviewer = settings_.keys_needed ? request.caller : settings_.reviewer;
  const bool pair = !verdict.other.empty();
  std::vector<std::string> targets;
  {
    auto reader = lease();
    if (!reader) return broken(reader.error());
    EventJson events(reader->db(), *columns());
    for (const auto& [field, id] : {std::pair("target", &verdict.target), {"other", &verdict.other}}) {
      if (id->empty()) continue;
      const auto row = events.find(*id);
      if (!row) return broken(row.error());
      if (*row == EventColumns::kNoRow)
        return problem(404, "Not found", "there is no event " + id->substr(0, 80), field);
    }
    if (pair) {  // the store knows the members of both
      targets = {verdict.target};
    } else {
      auto all = events.members(verdict.target);
      if (!all) return broken(all.error());
      targets = std::move(*all);
    }
  }
  {
    const std::scoped_lock guard(write_lock_);
    for (const std::string& target : targets) {
      Store::Verdict one = verdict;
      one.target = target;
      if (const Status s = writer_->review(one); !s)
        return problem(422, "Not accepted", s.error().message(), "decision");
    }
  }
  const bool connected = pair && connect();
  refresh(true);
  Response r = json_response({}, 201);
  JsonWriter json(r.body);
  json.begin_object()
      .field("target", verdict.target)
      .field("decision", verdict.decision)
      .field("reviewer", verdict.reviewer);
  if (pair) json.field("other", verdict.other).field("connected", connected);
  json.field("events", targets.size()).field("revision", columns()->revision).end_object();
  return r;
}

Response App::import_file(const Request& request) {
  if (!settings_.import)
    return problem(403, "No import", "the server was started without the data files that coding needs");
  const std::string name(request.param("name"));
  if (name.empty() || name.size() > 200)
    return wrong_parameter({"name", "the file's name, at most 200 bytes"});
  if (name.find('/') != std::string::npos) return wrong_parameter({"name", "a name, not a path"});
  if (request.body.empty()) return problem(400, "Empty file", "there is nothing to code", "body");
  std::string id;
  {
    const std::scoped_lock guard(import_lock_);
    if (importing_ >= kImportsAtOnce)
      return problem(503, "Busy", "some imports are under way; send this one again when they are done")
          .header("Retry-After", "5");
    if (importing_ == 0) import_threads_.clear();  // all have ended
    id = std::to_string(++import_count_);
    imports_[id].name = name;
    ++importing_;
  }
  const std::scoped_lock guard(import_lock_);
  import_threads_.emplace_back([this, id, name, bytes = request.body]() mutable {
    ImportState state;
    state.name = name;
    const auto tell = [&](const ImportState& s) {
      const std::scoped_lock inner(import_lock_);
      imports_[id] = s;
    };
    state.state = "coding";
    tell(state);
    settings_.import(name, std::move(bytes), state, tell);
    if (state.state == "coding") state.state = "done";
    refresh(true);
    tell(state);
    const std::scoped_lock inner(import_lock_);
    --importing_;
  });
  Response r = json_response({}, 202);
  JsonWriter json(r.body);
  write_import(id, imports_[id], json);
  r.header("Location", "/v1/import/" + id);
  return r;
}

Response App::import_state(const std::string& id) {
  const std::scoped_lock guard(import_lock_);
  const auto it = imports_.find(id);
  if (it == imports_.end()) return not_found("there is no import " + id.substr(0, 40));
  Response r = json_response({});
  r.header("Cache-Control", "no-store");
  JsonWriter json(r.body);
  write_import(id, it->second, json);
  return r;
}

}  // namespace annalist::serve
