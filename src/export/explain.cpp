#include "base/strings.h"
#include "export/describe.h"
#include "export/export.h"

namespace annalist {
namespace {

std::string quoted(const Document& doc, Span s) { return "\"" + collapse_spaces(doc.text(s)) + "\""; }

void line(std::string& out, std::string_view label, std::string_view text) {
  if (text.empty()) return;
  out.append("    ")
      .append(label)
      .append(std::string(label.size() < 12 ? 12 - label.size() : 1, ' '))
      .append(text)
      .append("\n");
}

void explain_event(const Document& doc, Id<Event> id, std::string& out) {
  const Event& e = doc[id];
  out += "  v" + std::to_string(id.value + 1) + " " + std::string(doc.str(e.type)) + ", " +
         std::string(name_of(e.status));
  out += is_contested(doc, id) ? ", contested" : "";
  out += e.main ? ", main event\n" : "\n";
  for (const EventMention& m : doc[e.mentions])
    line(out, "words", quoted(doc, m.span) + " in: " + sentence_text(doc, m.span.begin));
  for (const Why& w : doc[e.why])
    line(out, "rule", std::string(doc.str(w.rule)) + " on " + quoted(doc, w.span));
  for (const EventArg& a : doc[e.args]) {
    std::string text = quoted(doc, a.span);
    if (a.entity) {
      text += " = " + std::string(entity_name(doc, a.entity));
      if (const Entity& entity = doc[a.entity]; entity.actor) {
        const ActorLink& link = doc[entity.actor];
        text += " (" + std::string(name_of(link.kind)) +
                (link.country ? ", " + std::string(doc.str(link.country)) : "");
        text += link.id ? ", actor list: " + std::string(doc.str(link.id)) + ")" : ", from the words)";
      }
    }
    line(out, name_of(a.role), text);
  }
  for (const EventPlace& p : doc[e.places]) {
    const Place& place = doc[p.place];
    std::string text = quoted(doc, place.span) + " = " + place_label(doc, p.place);
    if (place.resolved)
      text += " (" + std::string(doc.str(place.gazetteer)) + ", precision " +
              std::string(name_of(place.precision)) + ")";
    else if (place.within)
      text += " (not in the gazetteer; point of " + std::string(doc.str(place.within)) + ")";
    else
      text += " (not in the gazetteer)";
    for (const PlaceAlternative& a : doc[place.alternatives])
      text += "; or " + std::string(doc.str(a.gazetteer));
    line(out, std::string("place ") + std::string(name_of(p.role)), text);
  }
  if (e.time)
    line(out, "time", quoted(doc, doc[e.time].span) + " = " + day_range(e.from, e.to));
  else if (e.from)
    line(out, "time", day_range(e.from, e.to) + " (no time in the words: from the report's own date)");
  line(out, "deaths", count_label(e.deaths));
  line(out, "injured", count_label(e.injured));
  line(out, "abducted", count_label(e.abducted));
  for (const Id<Claim> c : claims_of(doc, id))
    line(out, "claim",
         "c" + std::to_string(c.value + 1) + " " + source_label(doc, doc[c]) + " " +
             std::string(name_of(doc[c].stance)));
  if (const Assessment* a = assessment_of(doc, id)) {
    line(out, "stands", assessment_label(*a));
    for (const AssessmentStep& s : doc[a->trace]) line(out, "  because", step_label(doc, s));
  }
}

void explain_claim(const Document& doc, Id<Claim> id, std::string& out) {
  const Claim& c = doc[id];
  out += "  c" + std::to_string(id.value + 1) + " " + source_label(doc, c) + " " +
         std::string(name_of(c.stance));
  out += std::string(" (") + std::string(name_of(c.source_kind)) + ", " + std::string(name_of(c.form)) + ", ";
  out += std::string(name_of(c.certainty)) + (c.positive ? ", +)\n" : ", -)\n");
  if (!c.source_span.empty()) line(out, "source", quoted(doc, c.source_span));
  if (!c.cue.empty()) line(out, "cue", quoted(doc, c.cue));
  line(out, "content", claim_words(doc, c));
  if (c.affiliation) line(out, "speaks for", entity_name(doc, c.affiliation));
  if (c.said) line(out, "said", quoted(doc, doc[c.said].span) + " = " + said_when(doc, c));
  if (c.via)
    line(out, "through", "c" + std::to_string(c.via.value + 1) + " " + source_label(doc, doc[c.via]));
  std::vector<std::string> events;
  for (const ClaimEvent& e : doc[c.events])
    if (e.event) events.push_back("v" + std::to_string(e.event.value + 1));
  line(out, "events", join(events, ", "));
}

}  // namespace

void write_explanation(const Document& doc, std::string& out) {
  const PageInfo& p = doc.page();
  out += (p.headline.empty() ? doc.id() : p.headline) + "\n";
  if (!p.published.value.empty())
    line(out, "published", p.published.value + " (from " + std::string(name_of(p.published.source)) + ")");
  if (!p.dateline.span.empty())
    line(out, "dateline", quoted(doc, p.dateline.span) + ": where it was filed, no event place");
  out += "events\n";
  for (std::size_t i = 0; i < doc.all<Event>().size(); ++i) explain_event(doc, Id<Event>(i), out);
  out += "claims\n";
  for (std::size_t i = 0; i < doc.all<Claim>().size(); ++i) explain_claim(doc, Id<Claim>(i), out);
  if (!doc.all<Conflict>().empty()) out += "conflicts\n";
  for (const Conflict& c : doc.all<Conflict>()) {
    out += "  by " + std::string(name_of(c.kind));
    if (c.event) out += " on v" + std::to_string(c.event.value + 1);
    out += ":";
    for (const ConflictClaim& x : doc[c.claims]) out += " c" + std::to_string(x.claim.value + 1);
    out += "\n";
    for (const ConflictClaim& x : doc[c.claims]) {
      const Claim& claim = doc[x.claim];
      line(out, claim.positive ? "one says" : "denied",
           source_label(doc, claim) + " (" + std::string(name_of(claim.source_kind)) + ", " +
               std::string(name_of(claim.stance)) + "): " + claim_words(doc, claim));
    }
  }
  for (const Diagnostic& d : doc.diagnostics())
    out += "note " + std::string(doc.str(d.code)) + " " + std::string(doc.str(d.message)) + "\n";
}

}  // namespace annalist
