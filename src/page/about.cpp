// What a page says its report is about: subtitle, section, tags.
#include <algorithm>

#include "base/strings.h"
#include "page/metadata.h"

namespace annalist::page {

namespace {

constexpr std::size_t kMaxTags = 40;

/// The subtitle of the page: told by JSON-LD, or a line near the headline that says what the description
/// says.
std::string find_subtitle(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                          const JsonLd& ld, const Article& article, const Patterns& patterns,
                          std::string_view headline) {
  const std::string title = fold(headline);
  const auto usable = [&](std::string_view text) {
    return text.size() >= 15 && text.size() <= 600 && fold(text) != title;
  };
  if (usable(ld.subtitle)) return collapse_spaces(ld.subtitle);
  std::vector<std::string> told;
  for (std::string_view text : {std::string_view(ld.description), head.get({"og:description"}),
                                head.get({"description"}), head.get({"twitter:description"})})
    if (usable(text)) told.push_back(fold(text));
  const std::size_t from = article.first_unit > 10 ? article.first_unit - 10 : 0;
  const std::size_t to = std::min<std::size_t>(units.size(), article.first_unit + 4);
  for (std::size_t i = from; i < to; ++i) {
    const TextUnit& u = units[i];
    if (u.tag == Tag::h1 || u.words < 4 || u.link_share() > 0.5 || !usable(u.text)) continue;
    for (std::uint32_t n = u.node, up = 0; n != 0 && up < 3; n = tree[n].parent, ++up)
      for (const Attr name : {Attr::class_, Attr::id, Attr::data_testid, Attr::itemprop})
        if (patterns.subtitle_name.inside(lower(tree.attribute(tree[n], name).substr(0, 200)))) return u.text;
    const std::string key = fold(u.text);
    // Standing in front of the report or as a heading; a first paragraph is often the description, too.
    const bool apart = i < article.first_unit || (u.tag >= Tag::h2 && u.tag <= Tag::h6);
    if (apart && std::ranges::find(told, key) != told.end()) return u.text;
  }
  return {};
}

void add_tags(std::string_view list, char mark, PageInfo& page) {
  for (std::string_view part : split(list, mark)) {
    const std::string tag = collapse_spaces(part);
    if (tag.size() < 2 || tag.size() > 80 || page.tags.size() >= kMaxTags) continue;
    const std::string key = fold(tag);
    if (std::none_of(page.tags.begin(), page.tags.end(),
                     [&](const std::string& t) { return fold(t) == key; }))
      page.tags.push_back(tag);
  }
}

}  // namespace

void find_about(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head, const JsonLd& ld,
                const Article& article, const Patterns& patterns, PageInfo& page) {
  page.subtitle = find_subtitle(tree, units, head, ld, article, patterns, page.headline);
  page.section = collapse_spaces(
      !ld.section.empty() ? std::string_view(ld.section)
                          : head.get({"article:section", "og:article:section", "section", "parsely-section",
                                      "cxenseparse:recs:category", "dc.subject"}));
  if (page.section.size() > 80) page.section.clear();
  for (const auto& [name, value] : head.meta)
    if (name == "article:tag" || name == "og:article:tag") add_tags(value, ',', page);
  for (const std::string& tag : ld.keywords) add_tags(tag, ',', page);
  for (std::string_view list :
       {head.get({"news_keywords"}), head.get({"keywords"}), head.get({"parsely-tags"})})
    if (page.tags.empty()) add_tags(list, ',', page);
}

}  // namespace annalist::page
