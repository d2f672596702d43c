#include "page/sites.h"

#include <algorithm>

#include "base/strings.h"
#include "pack/stanza.h"

namespace annalist::page {

namespace {

bool is_name(char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '_'; }

/// One of the blank-separated words of a class attribute.
bool has_class(std::string_view classes, std::string_view name) {
  for (std::size_t at = classes.find(name); at != classes.npos; at = classes.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || is_space(classes[at - 1])) && (end == classes.size() || is_space(classes[end])))
      return true;
  }
  return false;
}

bool is_host(std::string_view host) {
  return host.find('.') != host.npos &&
         std::ranges::all_of(host, [](char c) { return is_lower(c) || is_digit(c) || c == '.' || c == '-'; });
}

}  // namespace

Result<Selector> Selector::parse(std::string_view text) {
  const auto bad = [&] {
    return fail("'" + std::string(text) + "' selects nothing", {},
                "tag, .class, #id or [attribute=value], without blanks");
  };
  const std::string_view whole = text = trim(text);
  Selector out;
  const auto name = [&] {
    const std::size_t n = std::size_t(std::ranges::find_if_not(text, is_name) - text.begin());
    const std::string_view word = text.substr(0, n);
    text.remove_prefix(n);
    return word;
  };
  if (!text.empty() && is_name(text.front())) {
    const std::string_view word = name();
    if (out.tag = tag_of(word); out.tag == Tag::other) return text = whole, bad();
  }
  while (!text.empty()) {
    const char mark = text.front();
    text.remove_prefix(1);
    const std::string_view word = name();
    if (word.empty()) return text = whole, bad();
    if (mark == '.') {
      out.classes.emplace_back(word);
    } else if (mark == '#') {
      out.id = word;
    } else if (const std::size_t end = text.find(']');
               mark == '[' && text.starts_with('=') && end != text.npos) {
      out.attr = attr_of(word);
      out.value = text.substr(1, end - 1);
      if (out.attr == Attr::other || out.value.empty()) return text = whole, bad();
      text.remove_prefix(end + 1);
    } else {
      return text = whole, bad();
    }
  }
  if (whole.empty()) return bad();
  return out;
}

bool Selector::matches(const HtmlTree& tree, const Node& node) const {
  if (tag != Tag::other && node.tag != tag) return false;
  if (!id.empty() && tree.attribute(node, Attr::id) != id) return false;
  if (attr != Attr::other && tree.attribute(node, attr) != value) return false;
  if (classes.empty()) return true;
  const std::string_view has = tree.attribute(node, Attr::class_);
  return std::ranges::all_of(classes, [&](const std::string& c) { return has_class(has, c); });
}

Result<SiteRules> SiteRules::load(const std::vector<DataText>& files) {
  SiteRules out;
  const auto file =
      std::ranges::find_if(files, [](const DataText& f) { return f.name == "pages/sites.txt"; });
  if (file == files.end()) return out;
  const auto stanzas = parse_stanzas(file->text, file->name, {"title", "body", "byline", "drop"});
  if (!stanzas) return std::unexpected(stanzas.error());
  for (const Stanza& s : *stanzas) {
    SiteRule rule{s.id, s.where(), {}, {}, {}, {}};
    if (!is_host(s.id)) return fail("'" + s.id + "' is no host", s.where(), "[example.org], in lower case");
    for (const auto& [key, to] : {std::pair{"title", &rule.title},
                                  {"body", &rule.body},
                                  {"byline", &rule.byline},
                                  {"drop", &rule.drop}})
      for (std::string_view text : s.list(key)) {
        auto selector = Selector::parse(text);
        if (!selector) return fail(selector.error().what, s.where(), selector.error().remedy);
        to->push_back(std::move(*selector));
      }
    out.rules_.push_back(std::move(rule));
  }
  std::ranges::sort(out.rules_, {}, &SiteRule::host);
  return out;
}

const SiteRule* SiteRules::of(std::string_view url) const {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos || rules_.empty()) return nullptr;
  url.remove_prefix(scheme + 3);
  const std::string host = lower(url.substr(0, url.find_first_of("/:?#")));
  for (std::string_view rest = host;;) {
    const auto at = std::ranges::lower_bound(rules_, rest, {}, &SiteRule::host);
    if (at != rules_.end() && at->host == rest) return &*at;
    const std::size_t dot = rest.find('.');
    if (dot == rest.npos) return nullptr;
    rest.remove_prefix(dot + 1);
  }
}

std::uint32_t first_match(const HtmlTree& tree, const std::vector<Selector>& selectors) {
  if (selectors.empty()) return 0;
  for (std::uint32_t n = 1; n < tree.nodes().size(); ++n)
    if (tree[n].tag != Tag::text &&
        std::ranges::any_of(selectors, [&](const Selector& s) { return s.matches(tree, tree[n]); }))
      return n;
  return 0;
}

}  // namespace annalist::page
