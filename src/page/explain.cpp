// `annalist read --explain`: the decisions of the page readers, unit by unit and field by field.
#include "base/strings.h"
#include "page/article.h"
#include "page/charset.h"
#include "page/html.h"
#include "page/json_ld.h"
#include "page/metadata.h"
#include "page/reader.h"

namespace annalist {

namespace {

using namespace page;

constexpr std::size_t kShown = 70;  // bytes of a unit

std::string shown(std::string_view s, std::size_t most = kShown) {
  std::string out(s.substr(0, most));
  if (s.size() <= most) return out;
  std::size_t end = most;
  while (end > 0 && (s[end] & 0xC0) == 0x80) --end;  // not within a character
  out.resize(end);
  return out + "...";
}

/// "div.story-body > p": the element of a unit and the nearest two with a name around it.
std::string path_of(const HtmlTree& tree, std::uint32_t node) {
  std::string out;
  int named = 0;
  for (std::uint32_t n = node; n != 0 && named < 2; n = tree[n].parent) {
    std::string_view name = tree.attribute(tree[n], Attr::class_);
    if (name.empty()) name = tree.attribute(tree[n], Attr::id);
    if (n != node && name.empty()) continue;
    std::string part(tag_name(tree[n].tag));
    if (!name.empty()) {
      part += "." + shown(name, 40);
      ++named;
    }
    out = out.empty() ? part : part + " > " + out;
  }
  return out;
}

void field(std::string_view name, std::string_view value, std::string_view from, std::string& out) {
  if (value.empty()) return;
  out.append("  ").append(name).append(": ").append(shown(value, 160));
  if (!from.empty()) out.append("   [").append(from).append("]");
  out += '\n';
}

std::string_view source_name(DateSource source) {
  constexpr std::string_view kNames[] = {"none",         "JSON-LD", "meta tag or microdata",
                                         "visible text", "address", "given"};
  return std::size_t(source) < std::size(kNames) ? kNames[std::size_t(source)] : "";
}

}  // namespace

std::string Reader::explain(const RawPage& raw, Workspace& work) const {
  const Document doc = read(raw, work);
  std::string out = doc.id() + "  " + raw.origin + "\n";
  const PageInfo& p = doc.page();
  Sources from;
  std::vector<Verdict> verdicts;
  HtmlTree tree;
  std::vector<TextUnit> units;
  if (is_html(raw) && !looks_binary(raw.bytes)) {
    tree = work.scratch<HtmlParser>().parse(decode(raw.bytes, raw.charset, true).text);
    units = text_units(tree);
    const JsonLd ld = read_json_ld(tree.json_ld());
    const Head head = read_head(tree);
    const SiteRule* site = patterns_->sites.of(raw.url.empty() ? head.canonical : raw.url);
    if (site) out += "  site rule: " + site->host + ", " + site->where + "\n";
    const std::string headline = find_headline(tree, units, head, ld, raw.url, site, &from);
    const Article article =
        find_article(tree, units, ld, raw.headline.empty() ? headline : raw.headline, *patterns_, site);
    PageInfo again;
    find_metadata(tree, units, head, ld, article, *patterns_, raw.url, {}, again, &from);
    verdicts = article.verdicts;
    if (!raw.headline.empty()) from.headline = "given";
    if (!raw.authors.empty()) from.authors = "given";
    out += "  container: " + path_of(tree, article.container) + "\n";
  }
  field("headline", p.headline, from.headline, out);
  for (const auto& [where, text] : from.headlines)
    if (text != p.headline) field("  not", text, where, out);
  std::string authors;
  for (const std::string& a : p.authors) authors += (authors.empty() ? "" : "; ") + a;
  std::string tags;
  for (const std::string& t : p.tags) tags += (tags.empty() ? "" : "; ") + t;
  field("subtitle", p.subtitle, "", out);
  field("authors", authors, from.authors, out);
  field("agency", p.agency, "", out);
  field("site", p.site, "", out);
  field("published", p.published.value, source_name(p.published.source), out);
  field("updated", p.updated.value, source_name(p.updated.source), out);
  field("dateline", p.dateline.place, "", out);
  field("language", p.language, "", out);
  field("section", p.section, "", out);
  field("tags", tags, "", out);
  field("kind", name_of(p.kind), name_of(p.form), out);
  if (p.revised) field("revised", "yes", "", out);
  if (units.empty()) {
    for (const Block& b : doc.all<Block>())
      out.append("  ").append(name_of(b.kind)).append("  ").append(shown(doc.text(b.span))).append("\n");
    return out;
  }
  std::size_t next = 0, outside = 0;
  const auto note_outside = [&] {
    if (outside > 0) out += "  -  " + std::to_string(outside) + " short units outside the container\n";
    outside = 0;
  };
  for (std::uint32_t i = 0; i < units.size(); ++i) {
    if (next == verdicts.size() || verdicts[next].unit != i) {
      if (units[i].words < 15 || !units[i].sentence) {
        ++outside;
        continue;
      }
      note_outside();
      out.append("  -  ").append(shown(units[i].text)).append("   <").append(path_of(tree, units[i].node));
      out.append(">   outside the container\n");
      continue;
    }
    note_outside();
    const Verdict& v = verdicts[next++];
    out.append(v.kept ? "  +  " : "  -  ")
        .append(shown(units[i].text))
        .append("   <")
        .append(path_of(tree, units[i].node));
    out.append(">");
    if (*v.why) out.append("   ").append(v.why);
    out += '\n';
  }
  note_outside();
  return out;
}

}  // namespace annalist
