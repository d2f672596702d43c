// Facts about single sites, data/pages/sites.txt: which element holds headline, report or byline, and which
// are never of the report. They only help: where an element is not there, the page is read as any other.
// Immutable after load.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "pack/data_text.h"
#include "page/html.h"

namespace annalist::page {

/// An element by its tag, its classes, its id and the value of one attribute; all that is given must hold.
struct Selector {
  Tag tag = Tag::other;  // other: any
  std::vector<std::string> classes;
  std::string id, value;
  Attr attr = Attr::other;  // other: none is asked

  /// "div.story-body", "#main", "[data-component=links-block]".
  static Result<Selector> parse(std::string_view text);
  bool matches(const HtmlTree& tree, const Node& node) const;
};

struct SiteRule {
  std::string host, where;  // "example.org", and the line of its rule
  std::vector<Selector> title, body, byline, drop;
};

class SiteRules {
 public:
  /// Reads pages/sites.txt; no rules where there is no such text.
  static Result<SiteRules> load(const std::vector<DataText>& files);
  /// The rule for the host of an address or for a domain it belongs to; null for none.
  const SiteRule* of(std::string_view url) const;

 private:
  std::vector<SiteRule> rules_;  // by host
};

/// The first element that one of `selectors` names, 0 for none.
std::uint32_t first_match(const HtmlTree& tree, const std::vector<Selector>& selectors);

}  // namespace annalist::page
