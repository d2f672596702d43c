// Who wrote a page, when, under which headline: candidates from JSON-LD, meta tags, microdata, elements and
// the visible text, weighed against each other.
#pragma once

#include <string>
#include <string_view>
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
};

/// The headline: the <h1> that the title, og:title and JSON-LD agree with, else what most of them say.
std::string find_headline(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                          const JsonLd& ld, Sources* sources = nullptr);

/// The names in a byline, "By A. Writer and B. Writer in Beirut", added to `out`.
void add_names(std::string_view list, const Patterns& patterns, std::vector<std::string>& out);

/// Fills url, site, language (as declared), authors, published, updated. `article` says where visible dates
/// and names are looked for.
void find_metadata(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                   const JsonLd& ld, const Article& article, const Patterns& patterns, std::string_view url,
                   PageInfo& page, Sources* sources = nullptr);

}  // namespace annalist::page
