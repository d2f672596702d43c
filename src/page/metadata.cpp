#include "page/metadata.h"

#include <algorithm>
#include <unordered_set>

#include "base/strings.h"
#include "base/utf8.h"
#include "page/layout.h"

namespace annalist::page {

std::string text_of(const HtmlTree& tree, std::uint32_t node, std::size_t cap) {
  std::string out;
  for (std::uint32_t i = node; i < tree[node].end && out.size() < cap; ++i)
    if (tree[i].tag == Tag::text) {
      out += tree[i].text;
      out += ' ';
    }
  return collapse_spaces(out);
}

bool names_site(std::string_view part, const std::vector<std::string>& sites) {
  std::string key = fold(part);
  std::erase(key, ' ');
  if (key.size() < 3) return false;
  return std::any_of(sites.begin(), sites.end(), [&](const std::string& s) {
    return key == s || (s.size() >= 4 && key.find(s) != key.npos && key.size() < 4 * s.size()) ||
           (key.size() >= 5 && s.find(key) != s.npos);
  });
}

std::vector<std::string> site_names(const Head& head, const JsonLd& ld, std::string_view url) {
  std::vector<std::string> out;
  const auto add = [&](std::string_view name) {
    std::string key = fold(name);
    std::erase(key, ' ');
    if (key.size() >= 3 && key.size() < 60) out.push_back(std::move(key));
  };
  add(head.get({"og:site_name"}));
  add(head.get({"application-name"}));
  add(ld.publisher);
  // "https://www.the-daily.co.uk/..." -> "thedaily"
  for (std::string_view address : {url, std::string_view(head.canonical), head.get({"og:url"})}) {
    const auto from = address.find("://");
    if (from == address.npos) continue;
    std::string_view host = address.substr(from + 3);
    host = host.substr(0, host.find_first_of("/:?"));
    std::string_view longest;
    for (std::string_view label : split(host, '.'))
      if (label.size() > longest.size()) longest = label;
    if (longest.size() >= 4) add(longest);
    break;
  }
  return out;
}

std::string_view Head::get(std::initializer_list<std::string_view> names) const {
  for (std::string_view name : names)
    for (const auto& [key, value] : meta)
      if (key == name && !value.empty()) return value;
  return {};
}

Head read_head(const HtmlTree& tree) {
  Head out;
  out.language = tree.attribute(tree[0], Attr::lang);
  for (std::uint32_t n = 1; n < tree.nodes().size(); ++n) {
    const Node& node = tree[n];
    if (node.tag == Tag::title && out.title.empty()) {
      out.title = text_of(tree, n, 500);
    } else if (node.tag == Tag::link && tree.attribute(node, Attr::rel) == "canonical" &&
               out.canonical.empty()) {
      out.canonical = trim(tree.attribute(node, Attr::href));
    } else if (node.tag == Tag::meta && out.meta.size() < 400) {
      for (const Attr key : {Attr::property, Attr::name, Attr::itemprop, Attr::http_equiv})
        if (const std::string_view name = tree.attribute(node, key); !name.empty())
          out.meta.emplace_back(lower(trim(name)),
                                collapse_spaces(tree.attribute(node, Attr::content).substr(0, 2000)));
    }
  }
  return out;
}

void find_metadata(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                   const JsonLd& ld, const Article& article, const Patterns& patterns, std::string_view url,
                   std::string_view html, PageInfo& page, Sources* sources) {
  page.canonical_url = head.canonical;
  page.url = !url.empty()              ? std::string(url)
             : !head.canonical.empty() ? head.canonical
                                       : std::string(head.get({"og:url"}));
  page.site = head.get({"og:site_name", "application-name"});
  if (page.site.empty()) page.site = ld.publisher;

  find_authors(tree, units, head, ld, article, patterns, page, sources);
  for (const std::string& name : page.authors)
    if (const auto agency = patterns.agency(name); !agency.empty() && page.agency.empty())
      page.agency = agency;

  find_dates(tree, units, head, ld, article, patterns, html, page);
  find_about(tree, units, head, ld, article, patterns, page);
}

}  // namespace annalist::page
