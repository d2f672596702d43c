#include <algorithm>

#include "base/strings.h"
#include "export/describe.h"
#include "export/export.h"
#include "export/highlight.h"
#include "export/report_assets.h"

namespace annalist {
namespace {

class Page {
 public:
  explicit Page(std::string& out) : out_(out) {}

  void write(std::span<const Document> docs, const EngineInfo& engine) {
    out_ += "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">";
    out_ +=
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Annalist: evidence "
        "report</title><style>";
    out_.append(kReportStyle)
        .append("</style></head>\n<body>\n<header class=\"top\"><h1>Evidence report</h1><p class=\"meta\">");
    text(std::to_string(docs.size()) + (docs.size() == 1 ? " report" : " reports") + " read by Annalist " +
         engine.version + " (model " + engine.model + ", codebook " + engine.codebook + ", gazetteer " +
         engine.gazetteer + "). Every record stands beside the words it rests on.");
    out_ += "</p><p class=\"key\"><span class=\"ev\">what happened</span><span class=\"ar\">who</span>";
    out_ +=
        "<span class=\"co\">what is said</span><span class=\"so\">by whom</span><span "
        "class=\"pl\">where</span>";
    out_ +=
        "<span class=\"ti\">when</span> Point at a record to see its words; click words to see their record; "
        "j and k walk.</p></header>\n<main>\n";
    if (docs.size() > 1) contents(docs);
    for (std::size_t i = 0; i < docs.size(); ++i) document(docs[i], i);
    out_.append("</main>\n<script>").append(kReportScript).append("</script></body></html>\n");
  }

 private:
  void text(std::string_view s) { append_html(out_, s); }
  void element(std::string_view tag, std::string_view s) {
    out_.append("<").append(tag).append(">");
    text(s);
    out_.append("</").append(tag).append(">");
  }
  void tag(std::string_view s, bool bad = false) {
    out_ += bad ? "<span class=\"tag bad\">" : "<span class=\"tag\">";
    text(s);
    out_ += "</span>";
  }
  void field(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    element("dt", name);
    element("dd", value);
  }
  void open_card(std::string_view css, char kind, std::size_t i) {
    out_.append("<div class=\"card ").append(css).append("\" id=\"").append(prefix_);
    out_ += kind + std::to_string(i + 1) + "\">";
  }
  std::string record(char kind, std::uint32_t i) const { return kind + std::to_string(i + 1); }

  void contents(std::span<const Document> docs) {
    out_ +=
        "<nav "
        "aria-label=\"reports\"><table><tr><th>report</th><th>published</th><th>agency</th><th>events</"
        "th><th>claims</th><th>contested</th></tr>\n";
    for (std::size_t i = 0; i < docs.size(); ++i) {
      const Document& d = docs[i];
      out_ += "<tr><td><a href=\"#d" + std::to_string(i + 1) + "\">";
      text(d.page().headline.empty() ? d.id() : d.page().headline);
      out_ += "</a></td>";
      element("td", d.page().published.value.substr(0, 10));
      element("td", d.page().agency);
      element("td", std::to_string(d.all<Event>().size()));
      element("td", std::to_string(d.all<Claim>().size()));
      element("td", d.all<Conflict>().empty() ? "" : std::to_string(d.all<Conflict>().size()));
      out_ += "</tr>\n";
    }
    out_ += "</table></nav>\n";
  }

  void document(const Document& doc, std::size_t index) {
    doc_ = &doc;
    prefix_ = "d" + std::to_string(index + 1) + "-";
    const std::vector<Mark> marks = marks_of(doc, prefix_);
    const PageInfo& p = doc.page();
    out_ += "<article class=\"doc\" id=\"d" + std::to_string(index + 1) + "\">";
    element("h2", p.headline.empty() ? doc.id() : p.headline);
    std::vector<std::string> meta;
    if (!p.agency.empty()) meta.push_back(p.agency);
    if (!p.site.empty()) meta.push_back(p.site);
    if (!p.authors.empty()) meta.push_back("by " + join(p.authors, ", "));
    if (!p.published.value.empty())
      meta.push_back("published " + p.published.value + " (from " + std::string(name_of(p.published.source)) +
                     ")");
    if (!p.updated.value.empty() && p.updated.value != p.published.value)
      meta.push_back("updated " + p.updated.value);
    if (!p.dateline.place.empty()) meta.push_back("filed from " + p.dateline.place);
    out_ += "<p class=\"meta\">";
    text(join(meta, " · "));
    out_ += "</p>\n";
    conflicts();
    out_ += "<div class=\"panes\"><section class=\"text\" aria-label=\"text\">\n";
    for (const Block& b : doc.all<Block>()) block(b, marks);
    out_ += "</section><section aria-label=\"records\">\n";
    events();
    claims();
    places();
    times();
    notes();
    out_ += "</section></div></article>\n";
  }

  void block(const Block& b, const std::vector<Mark>& marks) {
    if (b.kind == BlockKind::headline) {
      out_ += "<p class=\"headline\">";
    } else if (b.kind == BlockKind::paragraph) {
      out_ += "<p>";
    } else {
      out_.append("<p class=\"aside\" data-kind=\"").append(name_of(b.kind)).append("\">");
    }
    append_marked(*doc_, b.span, marks, out_);
    out_ += "</p>\n";
  }

  // What a claim says of the event by itself, where claims differ in just that.
  std::string value_of(const Claim& claim, Id<Event> event, ConflictKind kind) const {
    for (const ClaimEvent& e : (*doc_)[claim.events]) {
      if (e.event != event) continue;
      if (kind == ConflictKind::count && e.count >= 0) return "number " + std::to_string(e.count);
      if (kind == ConflictKind::actor && e.actor) return "by " + std::string(entity_name(*doc_, e.actor));
      if (kind == ConflictKind::place && e.place) return "at " + place_label(*doc_, e.place);
      if (kind == ConflictKind::time && e.time)
        return "on " + day_range((*doc_)[e.time].from, (*doc_)[e.time].to);
    }
    return {};
  }

  // True if the words of the claim do not name the event: "the report", said of what another had told.
  bool answers(const Claim& claim, Id<Event> event) const {
    for (const ClaimContent& part : (*doc_)[claim.content])
      for (const EventMention& m : (*doc_)[(*doc_)[event].mentions])
        if (part.span.contains(m.span)) return false;
    return true;
  }

  // One side of a dispute: the claims that carry that side, each in its own words.
  void side(std::string_view title, const std::vector<Id<Claim>>& claims, const Conflict& conflict) {
    out_ += "<div>";
    element("h4", title);
    for (const Id<Claim> id : claims) {
      const Claim& c = (*doc_)[id];
      out_ += "<p class=\"words\">";
      element("q", claim_words(*doc_, c));
      // Words that only point back need the sentence around them.
      if (conflict.event && !(*doc_)[c.content].empty() && answers(c, conflict.event)) {
        out_ += "<br><span class=\"meta\">in: ";
        text(sentence_text(*doc_, (*doc_)[c.content].front().span.begin));
        out_ += "</span>";
      }
      out_ += "<br>";
      element("b", source_label(*doc_, c));
      tag(name_of(c.source_kind));
      tag(name_of(c.stance));
      if (c.source && (*doc_)[c.source].actor) {
        const ActorLink& actor = (*doc_)[(*doc_)[c.source].actor];
        if (actor.kind != ActorKind::none) tag(name_of(actor.kind));
      }
      if (c.affiliation) tag("for " + std::string(entity_name(*doc_, c.affiliation)));
      if (const std::string when = said_when(*doc_, c); !when.empty()) tag("said " + when);
      if (c.certainty != Certainty::certain) tag(name_of(c.certainty));
      if (c.via) tag("told by " + source_label(*doc_, (*doc_)[c.via]));
      if (const std::string value = value_of(c, conflict.event, conflict.kind); !value.empty()) tag(value);
      if (admits(c, conflict.event)) tag("admission");
      out_ += " <a href=\"#" + prefix_ + record('c', id.value) + "\">see words</a></p>";
    }
    out_ += "</div>";
  }

  bool admits(const Claim& claim, Id<Event> event) const {
    const auto all = admissions_of(*doc_, claim);
    return std::find(all.begin(), all.end(), event) != all.end();
  }

  void conflicts() {
    for (const Conflict& c : doc_->all<Conflict>()) {
      std::vector<Id<Claim>> yes, no;
      for (const ConflictClaim& x : (*doc_)[c.claims]) {
        const Claim& claim = (*doc_)[x.claim];
        const bool against =
            claim.stance == Stance::denies || claim.stance == Stance::doubts || !claim.positive;
        // Accounts that differ in number or cause have no yes and no: the first against the rest.
        const bool right = c.kind == ConflictKind::polarity ? against : !yes.empty();
        (right ? no : yes).push_back(x.claim);
      }
      const bool polarity = c.kind == ConflictKind::polarity;
      out_ += "<div class=\"versus\"><p>";
      text(polarity ? std::string("Contested") : "Accounts differ in " + std::string(name_of(c.kind)));
      if (c.event) {
        const Event& e = (*doc_)[c.event];
        std::vector<std::string> facts{std::string(doc_->str(e.type))};
        for (const EventRole role : {EventRole::actor, EventRole::target})
          for (const std::string& name : argument_names(*doc_, e, role)) facts.push_back(name);
        if (const std::string where = place_label(*doc_, e.place); !where.empty()) facts.push_back(where);
        if (const std::string when = day_range(e.from, e.to); !when.empty()) facts.push_back(when);
        text(": " + join(facts, ", "));
      }
      out_ += "</p>";
      side(polarity ? "Said to have happened" : "One account", yes, c);
      side(polarity ? "Denied or doubted" : "Another account", no, c);
      if (const Assessment* a = c.event ? assessment_of(*doc_, c.event) : nullptr) {
        out_ += "<p class=\"meta\">";
        text("Stands " + assessment_label(*a));
        out_ += " <a href=\"#" + prefix_ + record('v', c.event.value) + "\">see the event and why</a></p>";
      }
      out_ += "</div>\n";
    }
  }

  void events() {
    element("h3", "Events");
    for (std::size_t i = 0; i < doc_->all<Event>().size(); ++i) {
      const Event& e = doc_->all<Event>()[i];
      open_card("event", 'v', i);
      element("b", doc_->str(e.type));
      tag(name_of(e.status));
      if (e.main) tag("main event");
      if (is_contested(*doc_, Id<Event>(i))) tag("contested", true);
      out_ += "<dl>";
      field("who", join(argument_names(*doc_, e, EventRole::actor), ", "));
      field("whom", join(argument_names(*doc_, e, EventRole::target), ", "));
      field("with", join(argument_names(*doc_, e, EventRole::instrument), ", "));
      field("where", place_label(*doc_, e.place));
      field("when", day_range(e.from, e.to));
      field("dead", count_label(e.deaths));
      field("injured", count_label(e.injured));
      field("abducted", count_label(e.abducted));
      std::vector<std::string> words, codes, said, rules;
      for (const EventMention& m : (*doc_)[e.mentions])
        words.push_back("“" + collapse_spaces(doc_->text(m.span)) + "”");
      field("words", join(words, ", "));
      for (const Id<Claim> c : claims_of(*doc_, Id<Event>(i)))
        said.push_back(source_label(*doc_, (*doc_)[c]) + " " + std::string(name_of((*doc_)[c].stance)));
      field("says who", join(said, "; "));
      if (e.plover_type)
        codes.push_back("PLOVER " + std::string(doc_->str(e.plover_type)) +
                        (e.plover_mode ? "/" + std::string(doc_->str(e.plover_mode)) : ""));
      if (e.acled_sub_type) codes.push_back("ACLED " + std::string(doc_->str(e.acled_sub_type)));
      if (e.cameo) codes.push_back("CAMEO " + std::string(doc_->str(e.cameo)));
      field("codes", join(codes, "; "));
      if (const Assessment* a = assessment_of(*doc_, Id<Event>(i))) {
        field("stands", assessment_label(*a));
        std::vector<std::string> steps;
        for (const AssessmentStep& s : (*doc_)[a->trace]) steps.push_back(step_label(*doc_, s));
        field("because", join(steps, "; "));
      }
      for (const Why& w : (*doc_)[e.why]) rules.emplace_back(doc_->str(w.rule));
      field("rule", join(rules, ", "));
      out_ += "</dl></div>\n";
    }
    if (doc_->all<Event>().empty()) out_ += "<p class=\"meta\">No event of the codebook is reported.</p>";
  }

  void claims() {
    element("h3", "Who says so");
    for (std::size_t i = 0; i < doc_->all<Claim>().size(); ++i) {
      const Claim& c = doc_->all<Claim>()[i];
      if (c.source_kind == SourceKind::narrator) continue;
      open_card("claim", 'c', i);
      element("b", source_label(*doc_, c));
      tag(name_of(c.stance));
      if (!c.positive) tag("negative");
      tag(name_of(c.source_kind));
      out_ += "<br>";
      element("q", claim_words(*doc_, c));
      std::vector<std::string> events;
      for (const ClaimEvent& e : (*doc_)[c.events])
        if (e.event) events.push_back(std::string(doc_->str((*doc_)[e.event].type)));
      out_ += "<dl>";
      field("about", join(events, ", "));
      field("form", std::string(name_of(c.form)) + ", " + std::string(name_of(c.certainty)));
      if (c.affiliation) field("speaks for", entity_name(*doc_, c.affiliation));
      field("said", said_when(*doc_, c));
      if (c.via) field("through", source_label(*doc_, (*doc_)[c.via]));
      out_ += "</dl></div>\n";
    }
  }

  void places() {
    if (doc_->all<Place>().empty()) return;
    out_ += "<details><summary>Places</summary>";
    for (std::size_t i = 0; i < doc_->all<Place>().size(); ++i) {
      const Place& p = doc_->all<Place>()[i];
      open_card("place", 'p', i);
      element("b", doc_->text(p.span));
      tag(name_of(p.role));
      out_ += "<dl>";
      field("is", p.resolved ? place_label(*doc_, Id<Place>(i)) : "not in the gazetteer");
      if (p.within) field("within", doc_->str(p.within));
      if (p.placed) field("precision", name_of(p.precision));
      field("entry", doc_->str(p.gazetteer));
      std::vector<std::string> others;
      for (const PlaceAlternative& a : (*doc_)[p.alternatives])
        others.push_back(std::string(doc_->str(a.name)) + " (" + std::string(doc_->str(a.gazetteer)) + ")");
      field("or", join(others, "; "));
      out_ += "</dl></div>\n";
    }
    out_ += "</details>";
  }

  void times() {
    if (doc_->all<Time>().empty()) return;
    out_ += "<details><summary>Times</summary>";
    for (std::size_t i = 0; i < doc_->all<Time>().size(); ++i) {
      const Time& t = doc_->all<Time>()[i];
      open_card("time", 't', i);
      element("b", doc_->text(t.span));
      out_ += "<dl>";
      field("value", doc_->str(t.value));
      field("days", day_range(t.from, t.to));
      out_ += "</dl></div>\n";
    }
    out_ += "</details>";
  }

  void notes() {
    if (doc_->diagnostics().empty()) return;
    element("h3", "Notes");
    for (const Diagnostic& d : doc_->diagnostics())
      element("p", std::string(doc_->str(d.code)) + " " + std::string(doc_->str(d.message)));
  }

  std::string& out_;
  const Document* doc_ = nullptr;
  std::string prefix_;
};

}  // namespace

void write_report(std::span<const Document> docs, const EngineInfo& engine, std::string& out) {
  Page(out).write(docs, engine);
}

}  // namespace annalist
