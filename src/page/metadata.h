// Who wrote a page, when, under which headline: candidates from JSON-LD, meta tags, microdata, elements and
// the visible text, weighed against each other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "doc/document.h"
#include "page/article.h"
#include "page/date_text.h"
#include "page/html.h"
#include "page/json_ld.h"
#include "page/patterns.h"

namespace annalist::page {

/// The <meta> tags by name or property (lower case), the first of each, and a few other head elements.
struct Head {
  std::vector<std::pair<std::string, std::string>> meta;
  std::string title, canonical, language;
  /// The value of the first of `names` that is there and not empty.
  std::string_view get(std::initializer_list<std::string_view> names) const;
};
Head read_head(const HtmlTree& tree);

/// Where fields came from, for people.
struct Sources {
  std::string headline, authors;
  std::vector<std::pair<std::string, std::string>> headlines;  // all candidates: from, text
};

/// The headline: the <h1> that the title, og:title and JSON-LD agree with, else what most of them say.
std::string find_headline(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                          const JsonLd& ld, std::string_view url, const SiteRule* site,
                          Sources* sources = nullptr);

/// The names in a byline, "By A. Writer and B. Writer in Beirut", added to `out`.
void add_names(std::string_view list, const Patterns& patterns, std::vector<std::string>& out);

/// Who wrote the report: JSON-LD, meta tags, microdata, links to authors' pages, bylines, in this order;
/// names of the site and of agencies only where no person is named.
void find_authors(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                  const JsonLd& ld, const Article& article, const Patterns& patterns, PageInfo& page,
                  Sources* sources = nullptr);

/// The text of a subtree, blanks collapsed, about `cap` bytes.
std::string text_of(const HtmlTree& tree, std::uint32_t node, std::size_t cap = 300);

/// The names by which a page may call its own site, folded, without blanks: og:site_name, publisher, address.
std::vector<std::string> site_names(const Head& head, const JsonLd& ld, std::string_view url);
/// True when `part` is one of them.
bool names_site(std::string_view part, const std::vector<std::string>& sites);

/// When the page was published and changed; the day that a reader sees wins where a second witness bears it
/// out. `page` holds its address already.
void find_dates(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head, const JsonLd& ld,
                const Article& article, const Patterns& patterns, std::string_view html, PageInfo& page);

PageKind kind_of(PageForm form);
/// For people; "" for an article and for what is none (W007 says that).
std::string_view described(PageForm form);
/// What kind of page it is, more closely than PageKind says. `page` holds its address and headline already.
PageForm page_form(const std::vector<TextUnit>& units, const Head& head, const JsonLd& ld,
                   const Article& article, const Patterns& patterns, const PageInfo& page);

/// Subtitle, section and tags. `page` holds its headline already.
void find_about(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head, const JsonLd& ld,
                const Article& article, const Patterns& patterns, PageInfo& page);

/// `html` is the whole page, for dates that stand in its scripts only. Fills url, site, language (as
/// declared), authors, published, updated, subtitle, section, tags. `article` says where visible dates and
/// names are looked for.
void find_metadata(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                   const JsonLd& ld, const Article& article, const Patterns& patterns, std::string_view url,
                   std::string_view html, PageInfo& page, Sources* sources = nullptr);

}  // namespace annalist::page
