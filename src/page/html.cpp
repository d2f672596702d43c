#include "page/html.h"

#include <myhtml/api.h>

#include <algorithm>
#include <array>

#include "base/strings.h"
#include "base/utf8.h"

namespace annalist::page {

namespace {

constexpr std::array<std::string_view, 76> kTagNames = {
    "",         "",       "html",    "head",   "body",       "title",      "meta",   "link",   "base",
    "article",  "main",   "section", "aside",  "nav",        "header",     "footer", "h1",     "h2",
    "h3",       "h4",     "h5",      "h6",     "p",          "div",        "span",   "a",      "ul",
    "ol",       "li",     "dl",      "dt",     "dd",         "table",      "thead",  "tbody",  "tr",
    "td",       "th",     "caption", "figure", "figcaption", "blockquote", "pre",    "br",     "hr",
    "img",      "time",   "form",    "button", "address",    "label",      "b",      "strong", "i",
    "em",       "u",      "s",       "sup",    "sub",        "small",      "font",   "center", "abbr",
    "cite",     "q",      "mark",    "code",   "details",    "summary",    "video",  "audio",  "picture",
    "fieldset", "dialog", "menu",    ""};
static_assert(kTagNames[std::size_t(Tag::h1)] == "h1" && kTagNames[std::size_t(Tag::center)] == "center" &&
              kTagNames[std::size_t(Tag::menu)] == "menu");

}  // namespace

Tag tag_of(std::string_view name) {
  for (std::size_t i = 2; i + 1 < kTagNames.size(); ++i)
    if (kTagNames[i] == name) return Tag(i);
  return Tag::other;
}

std::string_view tag_name(Tag tag) { return kTagNames[std::size_t(tag)]; }

bool NameParts::stand_in(std::string_view value) const {
  for (std::size_t at = 0; at + 1 < value.size(); ++at) {
    if (!begins_[pair_of(value[at], value[at + 1])]) continue;
    for (std::size_t i = 0; i < count_; ++i)
      if (starts_with_ignore_case(value.substr(at), parts_[i])) return true;
  }
  return false;
}

struct HtmlParser::Library {
  myhtml_t* engine = nullptr;
  myhtml_tree_t* tree = nullptr;
  std::array<Tag, MyHTML_TAG_LAST_ENTRY> tags{};
};

Attr attr_of(std::string_view name) {
  const auto is = [&](std::string_view known, Attr attr) {
    return equals_ignore_case(name, known) ? attr : Attr::other;
  };
  switch (name.size()) {
    case 2:
      return is("id", Attr::id);
    case 3:
      return is("rel", Attr::rel);
    case 4:
      switch (to_lower(name[0])) {
        case 'h':
          return is("href", Attr::href);
        case 'l':
          return is("lang", Attr::lang);
        case 'n':
          return is("name", Attr::name);
        default:
          return is("role", Attr::role);
      }
    case 5:
      return to_lower(name[0]) == 'c' ? is("class", Attr::class_) : is("style", Attr::style);
    case 6:
      return is("hidden", Attr::hidden);
    case 7:
      return is("content", Attr::content);
    case 8:
      switch (to_lower(name[0])) {
        case 'd':
          return is("datetime", Attr::datetime);
        case 'i':
          return is("itemprop", Attr::itemprop);
        default:
          return is("property", Attr::property);
      }
    case 10:
      return is("http-equiv", Attr::http_equiv);
    case 11:
      return to_lower(name[0]) == 'a' ? is("aria-hidden", Attr::aria_hidden)
                                      : is("data-testid", Attr::data_testid);
    case 14:
      return is("data-component", Attr::data_component);
    default:
      return Attr::other;
  }
}

HtmlParser::HtmlParser() : library_(std::make_unique<Library>()) {
  library_->engine = myhtml_create();
  myhtml_init(library_->engine, MyHTML_OPTIONS_PARSE_MODE_SINGLE, 1, 4096);
  library_->tree = myhtml_tree_create();
  myhtml_tree_init(library_->tree, library_->engine);
  for (std::size_t id = 0; id < library_->tags.size(); ++id) {
    std::size_t length = 0;
    const char* name = myhtml_tag_name_by_id(library_->tree, myhtml_tag_id_t(id), &length);
    library_->tags[id] = name == nullptr ? Tag::other : tag_of({name, length});
  }
}

HtmlParser::~HtmlParser() {
  myhtml_tree_destroy(library_->tree);
  myhtml_destroy(library_->engine);
}

HtmlTree HtmlParser::parse(std::string_view html) {
  HtmlTree out;
  Pruned pruned = prune(html);
  out.capped_ = pruned.capped;
  for (const std::string& script : pruned.json_ld) out.json_ld_.push_back(out.arena_.copy(script));
  myhtml_tree_t* tree = library_->tree;
  myhtml_tree_clean(tree);
  // The library reads a few bytes beyond short inputs when it looks ahead; a blank at the end costs nothing.
  pruned.html += ' ';
  myhtml_parse_single(tree, MyENCODING_UTF_8, pruned.html.data(), pruned.html.size());

  const auto view = [&](const char* s, std::size_t n) {
    return s == nullptr || n == 0 ? std::string_view() : out.arena_.copy(std::string_view(s, n));
  };
  const auto add_attributes = [&](myhtml_tree_node_t* from, Node& n) {
    n.first_attribute = std::uint32_t(out.attributes_.size());
    for (myhtml_tree_attr_t* a = myhtml_node_attribute_first(from); a != nullptr && n.attribute_count < 64;
         a = myhtml_attribute_next(a), ++n.attribute_count) {
      std::size_t name_length = 0, value_length = 0;
      const char* name = myhtml_attribute_key(a, &name_length);
      const char* value = myhtml_attribute_value(a, &value_length);
      out.attributes_.push_back({attr_of({name, name_length}), view(value, value_length)});
    }
  };
  out.nodes_.push_back({Tag::html, 0, 0, 0, 0, {}});
  std::uint32_t parent = 0;
  myhtml_tree_node_t* root = myhtml_tree_get_node_html(tree);
  if (root) add_attributes(root, out.nodes_[0]);
  myhtml_tree_node_t* node = root ? myhtml_node_child(root) : nullptr;
  // Document order without recursion: down to the child, else on to the sibling, else up.
  while (node != nullptr) {
    const myhtml_tag_id_t id = myhtml_node_tag_id(node);
    myhtml_tree_node_t* child = nullptr;
    if (id == MyHTML_TAG__TEXT) {
      std::size_t length = 0;
      const char* text = myhtml_node_text(node, &length);
      if (length > 0) {
        Node n{Tag::text, parent, std::uint32_t(out.nodes_.size() + 1), 0, 0, view(text, length)};
        out.nodes_.push_back(n);
      }
    } else if (id != MyHTML_TAG__COMMENT && id != MyHTML_TAG__DOCTYPE) {
      Node n;
      n.tag = id < library_->tags.size() ? library_->tags[id] : Tag::other;
      n.parent = parent;
      add_attributes(node, n);
      out.nodes_.push_back(n);
      child = myhtml_node_child(node);
      if (child != nullptr) {
        parent = std::uint32_t(out.nodes_.size() - 1);
        node = child;
        continue;
      }
      out.nodes_.back().end = std::uint32_t(out.nodes_.size());
    }
    while (node != nullptr && node != root && myhtml_node_next(node) == nullptr) {
      node = myhtml_node_parent(node);
      if (node == root || node == nullptr) {
        node = nullptr;
        break;
      }
      out.nodes_[parent].end = std::uint32_t(out.nodes_.size());
      parent = out.nodes_[parent].parent;
    }
    if (node != nullptr) node = myhtml_node_next(node);
  }
  out.nodes_[0].end = std::uint32_t(out.nodes_.size());
  return out;
}

}  // namespace annalist::page
