#include <algorithm>
#include <map>

#include "base/strings.h"
#include "base/utf8.h"
#include "export/describe.h"
#include "export/export.h"

namespace annalist {
namespace {

// `s` cut to `width` code points, with an ellipsis where it was cut, padded with blanks.
std::string fit(std::string_view s, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  for (std::size_t at = 0; at < s.size();) {
    const std::size_t from = at;
    next_code_point(s, at);
    if (used + 1 == width && at < s.size()) {
      out += "…";
      ++used;
      break;
    }
    out.append(s.substr(from, at - from));
    ++used;
  }
  return out + std::string(width > used ? width - used : 0, ' ');
}

class Table {
 public:
  Table(const Document& doc, const TableOptions& options, std::string& out)
      : doc_(doc), options_(options), out_(out) {}

  void write() {
    head();
    events();
    claims();
    conflicts();
    for (const Diagnostic& d : doc_.diagnostics())
      line("note", std::string(doc_.str(d.code)) + " " + std::string(doc_.str(d.message)));
  }

 private:
  std::string paint(std::string_view s, std::string_view code) const {
    return options_.colour ? "\x1b[" + std::string(code) + "m" + std::string(s) + "\x1b[0m" : std::string(s);
  }
  void line(std::string_view label, std::string_view text) {
    out_.append("  ").append(paint(fit(label, 11), "2")).append(text).append("\n");
  }

  void head() {
    const PageInfo& p = doc_.page();
    out_ += paint(p.headline.empty() ? doc_.id() : p.headline, "1") + "\n";
    std::vector<std::string> parts;
    for (const std::string& part : {p.agency, p.site, p.published.value, p.dateline.place, doc_.id()})
      if (!part.empty() && std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
    out_ += "  " + paint(join(parts, " · "), "2") + "\n";
  }

  void events() {
    // Fixed columns for the short fields; who, whom and where share what is left.
    const std::size_t rest = options_.width > 72 ? options_.width - 48 : 24;
    const std::size_t who = rest / 3, whom = rest / 3, where = rest - who - whom;
    std::map<std::string, int> hidden;
    bool first = true;
    for (std::size_t i = 0; i < doc_.all<Event>().size(); ++i) {
      const Event& e = doc_.all<Event>()[i];
      if (!options_.all_status && !in_tables(e)) {
        ++hidden[std::string(name_of(e.status))];
        continue;
      }
      if (first)
        out_ += "  " +
                paint(fit("", 2) + fit("event", 15) + fit("when", 12) + fit("who", who) + fit("whom", whom) +
                          fit("where", where) + fit("dead", 6) + fit("status", 9),
                      "4") +
                "\n";
      first = false;
      const bool contested = is_contested(doc_, Id<Event>(i));
      out_ += "  " + std::string(contested ? paint("! ", "31") : e.main ? "* " : "  ");
      out_ += fit(doc_.str(e.type), 14) + " " + fit(e.from.iso(), 11) + " ";
      out_ += fit(join(argument_names(doc_, e, EventRole::actor), ", "), who - 1) + " ";
      out_ += fit(join(argument_names(doc_, e, EventRole::target), ", "), whom - 1) + " ";
      out_ += fit(place_label(doc_, e.place), where - 1) + " " + fit(count_label(e.deaths), 5) + " ";
      out_ += std::string(contested ? "contested" : name_of(e.status)) + "\n";
    }
    if (first) line("", "no event");
    std::vector<std::string> also;
    for (const auto& [status, n] : hidden) also.push_back(std::to_string(n) + " " + status);
    if (!also.empty()) line("not shown", join(also, ", ") + " (--status all)");
  }

  void claims() {
    bool first = true;
    for (const Claim& c : doc_.all<Claim>()) {
      if (c.source_kind == SourceKind::narrator) continue;
      const std::string who = source_label(doc_, c) + " " + std::string(name_of(c.stance)) + ": ";
      const std::size_t room = options_.width > who.size() + 16 ? options_.width - who.size() - 14 : 16;
      line(first ? "said" : "", who + std::string(trim(fit(claim_words(doc_, c), room))));
      first = false;
    }
  }

  void conflicts() {
    for (const Conflict& c : doc_.all<Conflict>()) {
      std::vector<std::string> sides;
      for (const ConflictClaim& x : doc_[c.claims]) {
        const Claim& claim = doc_[x.claim];
        sides.push_back(source_label(doc_, claim) + " " + std::string(name_of(claim.stance)));
      }
      const std::string about = c.event ? std::string(doc_.str(doc_[c.event].type)) : "event";
      line("contested", about + " by " + std::string(name_of(c.kind)) + ": " + join(sides, " / "));
    }
  }

  const Document& doc_;
  const TableOptions& options_;
  std::string& out_;
};

}  // namespace

void write_table(const Document& doc, const TableOptions& options, std::string& out) {
  Table(doc, options, out).write();
}

}  // namespace annalist
