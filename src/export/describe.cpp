#include "export/describe.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist {

std::string_view entity_name(const Document& doc, Id<Entity> entity) {
  return entity ? doc.str(doc[entity].name) : std::string_view{};
}

std::vector<std::string> argument_names(const Document& doc, const Event& event, EventRole role) {
  std::vector<std::string> out;
  for (const EventArg& a : doc[event.args]) {
    if (a.role != role) continue;
    std::string name(entity_name(doc, a.entity));
    if (name.empty()) name = collapse_spaces(doc.text(a.span));
    if (!name.empty() && std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
  }
  return out;
}

std::vector<std::string> argument_codes(const Document& doc, const Event& event, EventRole role) {
  std::vector<std::string> out;
  for (const EventArg& a : doc[event.args]) {
    if (a.role != role || !a.entity || !doc[a.entity].actor) continue;
    std::string code(doc.str(doc[doc[a.entity].actor].cameo));
    if (!code.empty() && std::find(out.begin(), out.end(), code) == out.end()) out.push_back(std::move(code));
  }
  return out;
}

std::string place_label(const Document& doc, Id<Place> place) {
  if (!place) return {};
  const Place& p = doc[place];
  std::string out(p.name ? doc.str(p.name) : doc.text(p.span));
  if (p.admin1 && doc.str(p.admin1) != out) out.append(", ").append(doc.str(p.admin1));
  if (p.country) out.append(", ").append(doc.str(p.country));
  return out;
}

std::string day_range(Day from, Day to) {
  if (!from && !to) return {};
  if (!to || from == to) return from.iso();
  if (!from) return "until " + to.iso();
  return from.iso() + " to " + to.iso();
}

std::string count_label(const Count& c) {
  if (!c.known()) return {};
  if (c.low >= 0 && c.high >= 0 && c.low != c.high)
    return std::to_string(c.low) + "-" + std::to_string(c.high);
  if (c.best >= 0) return std::to_string(c.best);
  return c.low >= 0 ? "at least " + std::to_string(c.low) : "up to " + std::to_string(c.high);
}

std::string source_label(const Document& doc, const Claim& claim) {
  if (const std::string_view name = entity_name(doc, claim.source); !name.empty()) return std::string(name);
  if (claim.source_name) return std::string(doc.str(claim.source_name));
  if (!claim.source_span.empty()) return collapse_spaces(doc.text(claim.source_span));
  if (claim.source_kind != SourceKind::narrator) return std::string(name_of(claim.source_kind));
  const PageInfo& p = doc.page();
  return !p.agency.empty() ? p.agency : !p.site.empty() ? p.site : "the report";
}

std::vector<Id<Claim>> claims_of(const Document& doc, Id<Event> event) {
  std::vector<Id<Claim>> out;
  for (std::size_t i = 0; i < doc.all<Claim>().size(); ++i)
    for (const ClaimEvent& link : doc[doc.all<Claim>()[i].events])
      if (link.event == event && (out.empty() || out.back() != Id<Claim>(i))) out.push_back(Id<Claim>(i));
  return out;
}

bool is_contested(const Document& doc, Id<Event> event) {
  return std::ranges::any_of(doc.all<Conflict>(), [&](const Conflict& c) {
    return c.event == event && c.kind == ConflictKind::polarity;
  });
}

const Assessment* assessment_of(const Document& doc, Id<Event> event) {
  const auto all = doc.all<Assessment>();
  return event.value < all.size() ? &all[event.value] : nullptr;
}

std::string assessment_label(const Assessment& a) {
  const auto with = [](int n, int parties) {
    return std::to_string(n) + (parties ? " (" + std::to_string(parties) + " party to it)" : "");
  };
  std::string out = std::string(name_of(a.standing)) + ": " + with(a.sources_for, a.parties_for) + " for, " +
                    with(a.sources_against, a.parties_against) + " against, " +
                    std::to_string(a.independent) + " independent";
  if (a.admissions) out += ", " + std::to_string(a.admissions) + " against own interest";
  return out;
}

std::string step_label(const Document& doc, const AssessmentStep& step) {
  const std::string rule(doc.str(step.rule));
  return step.claim ? source_label(doc, doc[step.claim]) + ": " + rule : rule;
}

std::string said_when(const Document& doc, const Claim& claim) {
  if (claim.said && doc[claim.said].from) return day_range(doc[claim.said].from, doc[claim.said].to);
  const Day day = doc.reference_day();
  return day ? "in the report of " + day.iso() : "";
}

std::vector<Id<Event>> admissions_of(const Document& doc, const Claim& claim) {
  std::vector<Id<Event>> out;
  for (const ClaimEvent& e : doc[claim.events])
    if (e.admission && e.event) out.push_back(e.event);
  return out;
}

std::string claim_words(const Document& doc, const Claim& claim) {
  std::vector<std::string> parts;
  for (const ClaimContent& c : doc[claim.content]) parts.push_back(collapse_spaces(doc.text(c.span)));
  return join(parts, " ... ");
}

std::string sentence_text(const Document& doc, std::uint32_t byte) {
  for (const Sentence& s : doc.all<Sentence>())
    if (s.span.contains(byte)) return collapse_spaces(doc.text(s.span));
  for (const Block& b : doc.all<Block>())
    if (b.span.contains(byte)) return collapse_spaces(doc.text(b.span));
  return {};
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& p : parts) {
    if (!out.empty()) out += separator;
    out += p;
  }
  return out;
}

}  // namespace annalist
