#include "export/fields.h"

#include <algorithm>
#include <cstdio>

#include "base/sha256.h"

namespace annalist {

Cells& Cells::text(std::string_view value) {
  if (any_) out_ += form_ == Form::csv ? ',' : '\t';
  any_ = true;
  if (form_ == Form::tsv) {
    for (const char c : value) out_ += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
  } else if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
    out_ += value;
  } else {
    out_ += '"';
    for (const char c : value) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }
  return *this;
}

Cells& Cells::decimal(double v, int digits) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.*f", digits, v);
  std::string s = buffer;
  if (s.find('.') != std::string::npos) {
    s.erase(s.find_last_not_of('0') + 1);
    if (s.back() == '.') s.pop_back();
  }
  return text(s == "-0" ? "0" : s);
}

Cells& Cells::empty(int n) {
  for (int i = 0; i < n; ++i) text("");
  return *this;
}

void Cells::end() { out_ += form_ == Form::csv ? "\r\n" : "\n"; }

std::string header_of(const std::vector<ExportColumn>& columns, Cells::Form form) {
  std::string out;
  Cells cells(out, form);
  for (const ExportColumn& c : columns) cells.text(c.name);
  cells.end();
  return out;
}

std::int64_t number_of(std::string_view uid) {
  const auto hash = sha256(uid);
  std::uint64_t v = 0;
  for (int i = 0; i < 7; ++i) v = v << 8 | hash[std::size_t(i)];
  return std::int64_t(v >> 3);  // 53 bits: whole in a double, as R and JavaScript read it
}

bool is_state(const store::ActorRecord& a) {
  constexpr std::string_view kinds[] = {"state",     "military",    "police",      "government",
                                        "judiciary", "legislature", "intelligence"};
  return std::ranges::find(kinds, a.kind) != std::end(kinds);
}
bool is_armed(const store::ActorRecord& a) {
  return a.kind == "armed_group" || a.kind == "militia" || a.kind == "unknown_armed" || a.kind == "criminal";
}
bool is_civilian(const store::ActorRecord& a) {
  constexpr std::string_view kinds[] = {"civilians", "person", "media",     "ngo",    "medical",  "education",
                                        "refugees",  "labor",  "religious", "ethnic", "business", "monitor"};
  return std::ranges::find(kinds, a.kind) != std::end(kinds);
}

std::string actor_name(const store::ArgumentRecord& a) {
  return a.actor.listed && !a.actor.name.empty() ? a.actor.name : a.name;
}

Sides sides_of(const store::EventRecord& e) {
  Sides out;
  for (const store::ArgumentRecord& a : e.arguments) {
    if (a.role == "actor") out.a.push_back(&a);
    if (a.role == "target") out.b.push_back(&a);
  }
  // A two-sided fight has both sides as actors: the first is one side, who differs from it in kind of side,
  // the other.
  if (out.b.empty() && out.a.size() > 1 &&
      (e.type == "clash" || e.type == "repel" || e.type == "ceasefire_violation" || e.type == "ceasefire" ||
       e.type == "agree" || e.type == "consult")) {
    const store::ArgumentRecord& first = *out.a.front();
    std::vector<const store::ArgumentRecord*> same;
    for (const store::ArgumentRecord* x : out.a)
      (x == &first || (!x->side.empty() && x->side == first.side) ? same : out.b).push_back(x);
    out.a = std::move(same);
  }
  return out;
}

std::vector<std::string> sources_of(const store::EventDetail& d, bool denials) {
  std::vector<std::string> out;
  for (const store::ClaimRecord& c : d.claims) {
    if ((c.stance == "denies" || c.polarity == "-") != denials) continue;
    std::string name = c.source_name;
    if (name.empty() && c.source_kind != "narrator") name = c.source_kind;
    if (!name.empty() && std::ranges::find(out, name) == out.end()) out.push_back(std::move(name));
  }
  return out;
}

std::string join_text(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& p : parts) {
    if (!out.empty()) out += separator;
    out += p;
  }
  return out;
}

std::string notes_of(const store::EventDetail& d) {
  std::string out = d.event.sentence;
  const auto add = [&](const std::string& words) {
    if (!out.empty()) out += ' ';
    out += words;
  };
  if (const auto yes = sources_of(d, false); !yes.empty()) add("According to " + join_text(yes, ", ") + ".");
  if (const auto no = sources_of(d, true); !no.empty()) add("Denied by " + join_text(no, ", ") + ".");
  return out;
}

std::string compact_day(std::string_view iso) {
  std::string out;
  for (const char c : iso.substr(0, 10))
    if (c != '-') out += c;
  return out;
}

namespace {
constexpr std::size_t kShown = 3;
}

void Losses::note(std::string_view what, std::string_view event, std::string_view why) {
  Seen& s = seen_[{std::string(what), std::string(why)}];
  if (s.count < kShown && !event.empty()) s.first += (s.first.empty() ? "" : " ") + std::string(event);
  if (!event.empty()) ++s.count;
}

std::string Losses::table() const {
  std::string out = "what\twhy\tevents\tfirst_events\n";
  for (const auto& [key, s] : seen_)
    out += key.first + "\t" + key.second + "\t" + (s.count ? std::to_string(s.count) : "all") + "\t" +
           s.first + "\n";
  return out;
}

std::size_t Losses::left_out_count() const {
  std::size_t n = 0;
  for (const auto& [key, s] : seen_)
    if (key.first == "event") n += s.count;
  return n;
}

std::string data_dictionary(const std::vector<ExportColumn>& columns) {
  std::string out = "column,type,meaning\r\n";
  for (const ExportColumn& c : columns) {
    Cells cells(out, Cells::Form::csv);
    cells.text(c.name).text(c.type).text(c.meaning).end();
  }
  return out;
}

}  // namespace annalist
