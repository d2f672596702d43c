// Which parts of an HTML page are the report: text units, a container, and what of it to keep.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doc/enums.h"
#include "page/html.h"
#include "page/json_ld.h"
#include "page/patterns.h"

namespace annalist::page {

/// A stretch of text without a block boundary inside: one paragraph, list item, heading, table cell.
struct TextUnit {
  std::uint32_t node = 0;  // the block element around it
  std::uint32_t at = 0;    // the text node it begins with; grows from unit to unit
  Tag tag = Tag::other;    // of that element
  std::string text;        // blanks collapsed
  std::size_t link_bytes = 0;
  std::uint16_t words = 0;
  bool sentence = false;   // ends like a sentence
  bool in_list = false;    // inside li
  bool in_figure = false;  // inside figure, figcaption
  bool in_cell = false;    // inside td, th
  double link_share() const { return text.empty() ? 0 : double(link_bytes) / double(text.size()); }
};

struct ArticleBlock {
  std::string text;
  BlockKind kind = BlockKind::paragraph;
  std::uint32_t unit = 0;  // the text unit it was
};

/// What became of a text unit and why, for people.
struct Verdict {
  std::uint32_t unit = 0;
  const char* why = "";
  bool kept = false;
};

struct Article {
  std::vector<ArticleBlock> blocks;  // without the headline
  std::uint32_t container = 0;       // node of the tree
  std::uint32_t first_unit = 0, last_unit = 0;
  bool found = false;             // false: nothing looked like a report; blocks hold the longest run of text
  std::vector<Verdict> verdicts;  // of the units in the container, in order; others stand outside it
};

/// All text units of a page in document order. Linear in the nodes.
std::vector<TextUnit> text_units(const HtmlTree& tree);

/// Chooses and cleans the report. `headline` is left out where it is repeated. `site`: what is known of the
/// site, or null.
Article find_article(const HtmlTree& tree, const std::vector<TextUnit>& units, const JsonLd& ld,
                     std::string_view headline, const Patterns& patterns, const SiteRule* site);

}  // namespace annalist::page
