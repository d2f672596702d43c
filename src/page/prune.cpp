// The lexical pass in front of the HTML parser: less to parse, and nothing that nests without bound.
#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "page/html.h"

namespace annalist::page {

namespace {

constexpr std::size_t kMaxTags = 150'000;
constexpr int kMaxDepth = 400;
constexpr int kMaxFormatting = 24;
constexpr std::size_t kMaxTag = 32 * 1024;  // bytes of the attributes of one tag that are kept
constexpr std::size_t kMaxAttribute = 16 * 1024;
constexpr std::size_t kMaxQuoted = 4u << 20;  // bytes of one attribute

/// What the lexical pass must know of an element.
enum Trait : std::uint8_t {
  dropped = 1,     // nobody sees its content, or it holds no prose
  flat = 2,        // closes by itself or holds nothing: adds no depth
  formatting = 4,  // opened again by the parser in every following block while it is not closed
  empty = 8,       // holds no text and says nothing
  passed = 16,     // divides no text; without a class it says nothing either
  in_line = 32     // blanks beside it count
};
struct Known {
  std::string_view name;
  unsigned traits;
};
constexpr Known kKnown[] = {{"script", dropped},
                            {"style", dropped},
                            {"svg", dropped},
                            {"noscript", dropped},
                            {"iframe", dropped},
                            {"select", dropped},
                            {"textarea", dropped},
                            {"object", dropped},
                            {"math", dropped},
                            {"p", flat},
                            {"li", flat},
                            {"dt", flat},
                            {"dd", flat},
                            {"tr", flat},
                            {"td", flat},
                            {"th", flat},
                            {"option", flat},
                            {"br", flat},
                            {"hr", flat},
                            {"meta", flat},
                            {"link", flat},
                            {"base", flat},
                            {"tbody", flat},
                            {"thead", flat},
                            {"tfoot", flat},
                            {"keygen", flat},
                            {"rp", flat},
                            {"img", flat | empty},
                            {"input", flat | empty},
                            {"area", flat | empty},
                            {"col", flat | empty},
                            {"embed", flat | empty},
                            {"source", flat | empty},
                            {"track", flat | empty},
                            {"wbr", flat | empty},
                            {"param", flat | empty},
                            {"a", formatting | in_line},
                            {"b", formatting | in_line},
                            {"strong", formatting | in_line},
                            {"code", formatting | in_line},
                            {"tt", formatting | in_line},
                            {"strike", formatting | passed | in_line},
                            {"big", formatting | passed | in_line},
                            {"em", formatting | passed | in_line},
                            {"font", formatting | passed | in_line},
                            {"i", formatting | passed | in_line},
                            {"nobr", formatting | passed | in_line},
                            {"s", formatting | passed | in_line},
                            {"small", formatting | passed | in_line},
                            {"u", formatting | passed | in_line},
                            {"span", passed | in_line},
                            {"sup", passed | in_line},
                            {"sub", passed | in_line},
                            {"abbr", passed | in_line},
                            {"cite", passed | in_line},
                            {"mark", passed | in_line},
                            {"q", passed | in_line},
                            {"time", in_line},
                            {"label", in_line},
                            {"button", in_line}};

constexpr std::size_t kDropped = 9;  // the first entries
/// A name of up to eight bytes as a number.
constexpr std::uint64_t packed(std::string_view name) {
  std::uint64_t out = 0;
  for (char c : name) out = out << 8 | static_cast<unsigned char>(c);
  return out;
}
struct Entry {
  std::uint64_t key;
  unsigned traits;
};
constexpr auto kTable = [] {
  std::array<Entry, std::size(kKnown)> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = {packed(kKnown[i].name), kKnown[i].traits};
  std::sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
  return out;
}();
unsigned traits_of(std::string_view name) {
  if (name.size() > 8) return 0;
  const std::uint64_t key = packed(name);
  const auto it = std::lower_bound(kTable.begin(), kTable.end(), key,
                                   [](const Entry& e, std::uint64_t k) { return e.key < k; });
  return it != kTable.end() && it->key == key ? it->traits : 0;
}

/// Addresses that may lead to an author.
constexpr NameParts kAuthorLinks{"author",  "staff",      "autor",    "auteur", "/by/",
                                 "contrib", "journalist", "reporter", "writer"};

/// Whether a page reader asks for the attribute, of this element and with this value.
bool is_read(std::string_view element, std::string_view name, std::string_view value) {
  switch (attr_of(name)) {
    case Attr::other:
      return false;
    case Attr::href:
      if (element == "link") return true;
      if (element != "a") return false;
      return kAuthorLinks.stand_in(value);
    case Attr::lang:
      return element == "html";
    case Attr::style:
      return value.find("display") != value.npos;
    default:
      return true;
  }
}

bool names_canonical(std::string_view attribute) { return attribute.find("canonical") != attribute.npos; }

class Pruner {
 public:
  explicit Pruner(std::string_view html) : in_(html) {}

  Pruned run() {
    out_.html.reserve(in_.size() / 2);
    std::size_t at = 0;
    while (at < in_.size()) {
      const std::size_t tag = in_.find('<', at);
      if (tag == in_.npos) {
        out_.html.append(in_.substr(at));
        break;
      }
      text(in_.substr(at, tag - at));
      at = markup(tag);
    }
    return std::move(out_);
  }

 private:
  /// Blanks between blocks are left out: they would be text nodes, half of all nodes.
  void text(std::string_view s) {
    if (s.empty()) return;
    if (std::ranges::all_of(s, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; })) {
      if (after_block_ && !preformatted_) return;
      out_.html += ' ';
    } else {
      out_.html.append(s);
      after_block_ = false;
    }
  }

  /// Handles what begins with '<' at `at`; returns where to go on.
  std::size_t markup(std::size_t at) {
    if (in_.substr(at, 4) == "<!--") {
      const std::size_t end = in_.find("-->", at + 4);
      return end == in_.npos ? in_.size() : end + 3;
    }
    const bool closing = at + 1 < in_.size() && in_[at + 1] == '/';
    const std::size_t name_at = at + 1 + closing;
    if (name_at >= in_.size() || !is_alpha(in_[name_at])) {
      if (in_.substr(at, 2) == "<!" || in_.substr(at, 2) == "<?") {
        const std::size_t end = in_.find('>', at);
        return end == in_.npos ? in_.size() : end + 1;
      }
      out_.html += closing ? "" : "&lt;";
      return at + 1 + closing;
    }
    std::size_t p = name_at;
    name_.clear();
    while (p < in_.size() && p - name_at < 32 && !is_space(in_[p]) && in_[p] != '>' && in_[p] != '/')
      name_ += to_lower(in_[p++]);
    kept_.clear();
    const std::size_t end = closing ? tag_end(p) : attributes(p);
    if (name_ == "link" && std::ranges::none_of(kept_, names_canonical)) return end;  // styles, icons, feeds
    const unsigned traits = traits_of(name_);
    if (traits & dropped) return closing ? end : drop(at, end);
    if (++tags_ > kMaxTags) {
      out_.capped = true;
      out_.html += ' ';
      return end;
    }
    if (traits & empty) return end;
    if ((traits & passed) && pass(closing)) return end;
    if (!nests(traits, closing, end)) return end;
    after_block_ = !(traits & in_line);
    if (name_ == "pre" || name_ == "title") preformatted_ = !closing;
    out_.html.append(closing ? "</" : "<").append(name_);
    for (const std::string_view a : kept_) out_.html.append(" ").append(a);
    out_.html += '>';
    return end;
  }

  /// Reads the attributes from `at` on as the HTML standard has it and notes those that are read. Behind the
  /// '>' of the tag; a quote that never ends hides nothing.
  std::size_t attributes(std::size_t at) {
    const std::size_t size = in_.size();
    std::size_t p = at, bytes = 0;
    while (true) {
      while (p < size && (is_space(in_[p]) || in_[p] == '/')) ++p;
      if (p >= size) return size;
      if (in_[p] == '>') return p + 1;
      const std::size_t name = p++;
      while (p < size && !is_space(in_[p]) && in_[p] != '/' && in_[p] != '>' && in_[p] != '=') ++p;
      const std::size_t name_end = p;
      while (p < size && is_space(in_[p])) ++p;
      if (p < size && in_[p] == '=') {
        ++p;
        while (p < size && is_space(in_[p])) ++p;
        if (p < size && (in_[p] == '"' || in_[p] == '\'')) {
          const std::size_t close = in_.substr(0, std::min(size, p + kMaxQuoted)).find(in_[p], p + 1);
          if (close == in_.npos) {
            const std::size_t plain = in_.find('>', p);
            return plain == in_.npos ? size : plain + 1;
          }
          p = close + 1;
        } else {
          while (p < size && !is_space(in_[p]) && in_[p] != '>') ++p;
        }
      } else {
        p = name_end;
      }
      if (p - name > kMaxAttribute || bytes > kMaxTag || kept_.size() >= 64) continue;
      if (!is_read(name_, in_.substr(name, name_end - name), in_.substr(name_end, p - name_end))) continue;
      kept_.push_back(in_.substr(name, p - name));
      bytes += p - name;
    }
  }

  /// Behind the '>' of the tag, which quotes may hide. A quote that never ends hides nothing.
  std::size_t tag_end(std::size_t at) const {
    for (std::size_t p = at; p < in_.size(); ++p) {
      const char c = in_[p];
      if (c == '>') return p + 1;
      if ((c == '"' || c == '\'') && in_[p - 1] == '=') {
        const std::size_t limit = std::min(in_.size(), p + kMaxQuoted);
        const std::size_t close = in_.substr(0, limit).find(c, p + 1);
        if (close == in_.npos) {
          const std::size_t plain = in_.find('>', p);
          return plain == in_.npos ? in_.size() : plain + 1;
        }
        p = close;
      }
    }
    return in_.size();
  }

  /// True when this tag of a line's element is left out: it had no class or id. Its end tag goes with it.
  bool pass(bool closing) {
    const std::uint64_t key = packed(name_);
    if (!closing) {
      if (spans_.size() < kMaxTags) spans_.emplace_back(key, kept_.empty());
      return kept_.empty();
    }
    for (std::size_t i = spans_.size(), tries = 0; i > 0 && tries < 8; --i, ++tries)
      if (spans_[i - 1].first == key) {
        const bool out = spans_[i - 1].second;
        spans_.erase(spans_.begin() + std::ptrdiff_t(i) - 1);
        return out;
      }
    return true;
  }

  /// Counts open elements; false when the tag must be left out.
  bool nests(unsigned traits, bool closing, std::size_t end) {
    if ((traits & flat) || in_[end - 2] == '/') return true;
    const bool format = traits & formatting;
    int& depth = format ? formatting_ : depth_;
    int& left_out = format ? formatting_left_out_ : left_out_;
    if (closing) {
      if (left_out > 0) {
        --left_out;
        return false;
      }
      depth -= depth > 0;
      return true;
    }
    if (depth >= (format ? kMaxFormatting : kMaxDepth)) {
      ++left_out;
      out_.capped = true;
      return false;
    }
    ++depth;
    return true;
  }

  /// Skips an element with its content; keeps JSON-LD apart.
  std::size_t drop(std::size_t at, std::size_t tag_end) {
    bool& no_close = no_close_[std::size_t(
        std::find_if(kKnown, kKnown + kDropped, [&](const Known& k) { return k.name == name_; }) - kKnown)];
    if (tag_end >= 2 && in_[tag_end - 2] == '/' && name_ != "script") return tag_end;
    const std::size_t close = no_close ? in_.npos : find_close(tag_end);
    if (close == in_.npos) {
      no_close = true;  // looked through the rest once; not again for the next one
      return name_ == "script" || name_ == "style" ? in_.size() : tag_end;
    }
    if (name_ == "script" &&
        lower(in_.substr(at, std::min<std::size_t>(tag_end - at, 400))).find("ld+json") != in_.npos)
      out_.json_ld.emplace_back(in_.substr(tag_end, close - tag_end));
    out_.html += ' ';
    const std::size_t end = in_.find('>', close);
    return end == in_.npos ? in_.size() : end + 1;
  }

  std::size_t find_close(std::size_t from) const {
    for (std::size_t p = in_.find("</", from); p != in_.npos; p = in_.find("</", p + 2))
      if (starts_with_ignore_case(in_.substr(p + 2), name_)) return p;
    return in_.npos;
  }

  std::string_view in_;
  Pruned out_;
  std::string name_;
  std::vector<std::string_view> kept_;
  std::size_t tags_ = 0;
  std::vector<std::pair<std::uint64_t, bool>> spans_;  // open elements of a line: name, left out?
  bool after_block_ = true, preformatted_ = false;
  int depth_ = 0, left_out_ = 0, formatting_ = 0, formatting_left_out_ = 0;
  std::array<bool, kDropped + 1> no_close_{};
};

}  // namespace

Pruned prune(std::string_view html) { return Pruner(html).run(); }

}  // namespace annalist::page
