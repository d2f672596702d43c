#include "export/highlight.h"

#include <algorithm>

namespace annalist {

void append_html(std::string& out, std::string_view s) {
  for (const char c : s) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out.push_back(c);
    }
  }
}

std::vector<Mark> marks_of(const Document& doc, std::string_view prefix) {
  std::vector<Mark> out;
  const auto add = [&](Span s, std::string_view css, char kind, std::size_t i) {
    if (!s.empty()) out.push_back({s, css, std::string(prefix) + kind + std::to_string(i + 1)});
  };
  for (std::size_t i = 0; i < doc.all<Event>().size(); ++i) {
    const Event& e = doc.all<Event>()[i];
    add(e.trigger, "ev", 'v', i);
    for (const EventMention& m : doc[e.mentions])
      if (m.span != e.trigger) add(m.span, "ev", 'v', i);
    for (const EventArg& a : doc[e.args]) add(a.span, "ar", 'v', i);
  }
  for (std::size_t i = 0; i < doc.all<Claim>().size(); ++i) {
    const Claim& c = doc.all<Claim>()[i];
    if (c.source_kind == SourceKind::narrator) continue;
    add(c.source_span, "so", 'c', i);
    add(c.cue, "cu", 'c', i);
    for (const ClaimContent& part : doc[c.content]) add(part.span, "co", 'c', i);
  }
  for (std::size_t i = 0; i < doc.all<Place>().size(); ++i) add(doc.all<Place>()[i].span, "pl", 'p', i);
  for (std::size_t i = 0; i < doc.all<Time>().size(); ++i) add(doc.all<Time>()[i].span, "ti", 't', i);
  std::stable_sort(out.begin(), out.end(), [](const Mark& a, const Mark& b) { return a.span < b.span; });
  return out;
}

void append_marked(const Document& doc, Span span, const std::vector<Mark>& marks, std::string& out) {
  std::vector<const Mark*> inside;
  std::vector<std::uint32_t> cuts = {span.begin, span.end};
  for (const Mark& m : marks) {
    if (m.span.begin >= span.end) break;
    if (!m.span.overlaps(span)) continue;
    inside.push_back(&m);
    cuts.push_back(std::max(m.span.begin, span.begin));
    cuts.push_back(std::min(m.span.end, span.end));
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  // Sweep: `active` holds the marks that cover the piece at hand, so a page costs marks x depth, not marks
  // squared.
  std::vector<const Mark*> active;
  std::size_t next = 0;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    const Span piece{cuts[i], cuts[i + 1]};
    std::erase_if(active, [&](const Mark* m) { return m->span.end <= piece.begin; });
    for (; next < inside.size() && inside[next]->span.begin <= piece.begin; ++next)
      if (inside[next]->span.end > piece.begin) active.push_back(inside[next]);
    if (active.empty()) {
      append_html(out, doc.text(piece));
      continue;
    }
    std::string classes, records;
    for (const Mark* m : active) {
      if (classes.find(m->css) == std::string::npos)
        classes.append(classes.empty() ? "" : " ").append(m->css);
      records.append(records.empty() ? "" : " ").append(m->record);
    }
    out.append("<span class=\"").append(classes).append("\" data-r=\"").append(records).append("\">");
    append_html(out, doc.text(piece));
    out += "</span>";
  }
}

}  // namespace annalist
