// An HTML page as a flat tree: nodes in document order, each knowing where its subtree ends. The HTML library
// (MyHTML) is hidden behind parse_html and can be replaced there.
//
// The tree owns its strings. Scripts, styles and other unseen parts are gone before parsing; JSON-LD scripts
// are kept apart. Depth and tag counts are capped lexically before the library sees the page, so that no page
// makes it slow or deep. Nothing here recurses.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"

namespace annalist::page {

// clang-format off
enum class Tag : std::uint8_t {
  text, other, html, head, body, title, meta, link, base, article, main, section, aside, nav, header, footer, h1, h2,
  h3, h4, h5, h6, p, div, span, a, ul, ol, li, dl, dt, dd, table, thead, tbody, tr, td, th, caption, figure, figcaption,
  blockquote, pre, br, hr, img, time, form, button, address, label, b, strong, i, em, u, s, sup, sub, small, font, center,
  abbr, cite, q, mark, code, details, summary, video, audio, picture, fieldset, dialog, menu
};

/// "div"; "" for text and unknown elements.
std::string_view tag_name(Tag tag);
/// The element of a name in lower case; other for one that is not known.
Tag tag_of(std::string_view name);

/// The attributes that are read. All others are gone before parsing: they are half of a page.
enum class Attr : std::uint8_t {
  other, aria_hidden, class_, content, data_component, data_testid, datetime, hidden, href, http_equiv, id, itemprop,
  lang, name, property, rel, role, style
};
// clang-format on
/// The attribute of this name, in whatever case.
Attr attr_of(std::string_view name);

/// Parts of names and addresses, in lower case, of two bytes or more; a table of the first two passes over
/// nearly all places where none begins.
class NameParts {
 public:
  constexpr NameParts(std::initializer_list<std::string_view> parts) {
    for (std::string_view part : parts) {
      parts_[count_++] = part;
      begins_[pair_of(part[0], part[1])] = true;
    }
  }
  /// One of them stands in `value`, in whatever case.
  bool stand_in(std::string_view value) const;

 private:
  static constexpr std::size_t pair_of(char a, char b) {  // 0x20: the bit that is case in ASCII
    return ((std::size_t(a) | 0x20) << 3 ^ (std::size_t(b) | 0x20)) & 511;
  }
  std::array<std::string_view, 16> parts_{};
  std::size_t count_ = 0;
  std::array<bool, 512> begins_{};
};

struct Attribute {
  Attr name = Attr::other;
  std::string_view value;
};

struct Node {
  Tag tag = Tag::other;
  std::uint32_t parent = 0;           // the root is its own parent
  std::uint32_t end = 0;              // index behind the last node of the subtree
  std::uint32_t first_attribute = 0;  // into the tree's attributes
  std::uint32_t attribute_count = 0;
  std::string_view text;  // of a text node
};

class HtmlTree {
 public:
  std::span<const Node> nodes() const { return nodes_; }
  const Node& operator[](std::uint32_t i) const { return nodes_[i]; }
  std::span<const Attribute> attributes(const Node& n) const {
    return std::span(attributes_).subspan(n.first_attribute, n.attribute_count);
  }
  /// The value of an attribute, "" for none.
  std::string_view attribute(const Node& n, Attr name) const {
    for (const Attribute& a : attributes(n))
      if (a.name == name) return a.value;
    return {};
  }
  /// Contents of the application/ld+json scripts, in order.
  const std::vector<std::string_view>& json_ld() const { return json_ld_; }
  /// Some tags were left out because of the caps.
  bool capped() const { return capped_; }

 private:
  friend class HtmlParser;
  Arena arena_;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::vector<std::string_view> json_ld_;
  bool capped_ = false;
};

/// The parser with its memory, kept by a worker from page to page. Not thread-safe.
class HtmlParser {
 public:
  HtmlParser();
  ~HtmlParser();
  HtmlParser(const HtmlParser&) = delete;
  HtmlParser& operator=(const HtmlParser&) = delete;
  /// `html` is valid UTF-8. Never fails: bytes that are no HTML give a tree of text.
  HtmlTree parse(std::string_view html);

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

/// What prune() leaves of a page. Exposed for tests.
struct Pruned {
  std::string html;
  std::vector<std::string> json_ld;
  bool capped = false;
};
/// Drops comments and the contents of script, style, svg and the like; leaves out start tags that nest
/// deeper than 400 (24 for formatting tags) and all tags after the first 150,000. Linear.
Pruned prune(std::string_view html);

}  // namespace annalist::page
