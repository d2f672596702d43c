// The lexical pass in front of the HTML parser: less to parse, and nothing that nests without bound.
#include <algorithm>
#include <array>
#include <cstring>

#include "base/strings.h"
#include "page/html.h"

namespace annalist::page {

namespace {

constexpr std::size_t kMaxTags = 150'000;
constexpr int kMaxDepth = 400;
constexpr int kMaxFormatting = 24;
constexpr std::size_t kMaxTag = 32 * 1024;    // bytes of the attributes of one tag that are kept
constexpr std::size_t kMaxAttribute = 16 * 1024;
constexpr std::size_t kMaxQuoted = 4u << 20;  // bytes of one attribute

/// Elements whose content nobody sees or that hold no prose.
constexpr std::array<std::string_view, 9> kDropped = {"script", "style",    "svg",    "noscript", "iframe",
                                                      "select", "textarea", "object", "math"};
/// Elements that close by themselves or hold nothing: they add no depth.
constexpr std::array<std::string_view, 27> kFlat = {
    "p",      "li",    "dt",    "dd",    "tr",    "td",    "th",    "option", "br",
    "hr",     "img",   "input", "meta",  "link",  "area",  "col",   "base",   "embed",
    "source", "track", "wbr",   "tbody", "thead", "tfoot", "param", "keygen", "rp"};
/// Elements that the parser opens again in every following block while they are not closed.
constexpr std::array<std::string_view, 14> kFormatting = {
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"};

/// Attributes that the page readers ask for. All others are left out before parsing: they are half of a page.
constexpr std::array<std::string_view, 18> kRead = {
    "class", "id",     "role",    "itemprop", "rel",  "content",    "property",       "name",        "lang",
    "style", "hidden", "datetime", "href",    "title", "http-equiv", "data-component", "data-testid", "aria-hidden"};

bool is_read(std::string_view name) {
  char small[24];
  if (name.size() > sizeof small) return false;
  for (std::size_t i = 0; i < name.size(); ++i) small[i] = to_lower(name[i]);
  const std::string_view key(small, name.size());
  if (std::find(kRead.begin(), kRead.end(), key) != kRead.end()) return true;
  return key.starts_with("data-") && (key.find("date") == 5 || key.find("time") != key.npos || key.find("pub") == 5);
}

template <std::size_t N>
bool in(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

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
      out_.html.append(in_.substr(at, tag - at));
      at = markup(tag);
    }
    return std::move(out_);
  }

 private:
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
    if (!closing && in(kDropped, name_)) return drop(at, end);
    if (++tags_ > kMaxTags) {
      out_.capped = true;
      out_.html += ' ';
      return end;
    }
    if (!nests(closing, end)) return end;
    out_.html.append(closing ? "</" : "<").append(name_);
    for (const std::string_view a : kept_) out_.html.append(" ").append(a);
    out_.html += '>';
    return end;
  }

  /// Reads the attributes from `at` on as the HTML standard has it and notes those that are read. Behind the '>' of
  /// the tag; a quote that never ends hides nothing.
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
      if (!is_read(in_.substr(name, name_end - name))) continue;
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

  /// Counts open elements; false when the tag must be left out.
  bool nests(bool closing, std::size_t end) {
    if (in(kFlat, name_) || in_[end - 2] == '/') return true;
    const bool formatting = in(kFormatting, name_);
    int& depth = formatting ? formatting_ : depth_;
    int& left_out = formatting ? formatting_left_out_ : left_out_;
    if (closing) {
      if (left_out > 0) {
        --left_out;
        return false;
      }
      depth -= depth > 0;
      return true;
    }
    if (depth >= (formatting ? kMaxFormatting : kMaxDepth)) {
      ++left_out;
      out_.capped = true;
      return false;
    }
    ++depth;
    return true;
  }

  /// Skips an element with its content; keeps JSON-LD apart.
  std::size_t drop(std::size_t at, std::size_t tag_end) {
    const auto kind = std::size_t(std::find(kDropped.begin(), kDropped.end(), name_) - kDropped.begin());
    if (tag_end >= 2 && in_[tag_end - 2] == '/' && name_ != "script") return tag_end;
    const std::size_t close = no_close_[kind] ? in_.npos : find_close(tag_end);
    if (close == in_.npos) {
      no_close_[kind] = true;  // looked through the rest once; not again for the next one
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
  int depth_ = 0, left_out_ = 0, formatting_ = 0, formatting_left_out_ = 0;
  std::array<bool, kDropped.size()> no_close_{};
};

}  // namespace

Pruned prune(std::string_view html) { return Pruner(html).run(); }

}  // namespace annalist::page
