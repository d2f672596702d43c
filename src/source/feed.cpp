// RSS 0.9x to 2.0, RDF and Atom: each item a page. A tolerant scan for the few elements that matter, since
// feeds are often no well-formed XML.
#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"
#include "source/input.h"
#include "source/source.h"

namespace annalist::source {

namespace {

/// Undoes CDATA and the entities of XML.
std::string unescape(std::string_view s) {
  s = trim(s);
  std::string out;
  for (std::size_t at = 0; at < s.size();) {
    if (s.substr(at).starts_with("<![CDATA[")) {
      const std::size_t end = std::min(s.find("]]>", at), s.size());
      out.append(s.substr(at + 9, end > at + 9 ? end - at - 9 : 0));
      at = std::min(end + 3, s.size());
    } else if (const std::size_t end = s[at] == '&' ? s.substr(at, 12).find(';') : s.npos; end != s.npos) {
      const std::string_view name = s.substr(at + 1, end - 1);
      constexpr std::pair<std::string_view, char> kNames[] = {
          {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
      const auto known =
          std::find_if(std::begin(kNames), std::end(kNames), [&](auto& n) { return n.first == name; });
      char32_t code = 0;
      if (name.starts_with("#x") || name.starts_with("#X"))
        for (char c : name.substr(2))
          code = is_digit(c) ? code * 16 + char32_t(c - '0')
                             : code * 16 + char32_t((to_lower(c) - 'a' + 10) & 15);
      else if (name.starts_with('#'))
        for (char c : name.substr(1)) code = is_digit(c) ? code * 10 + char32_t(c - '0') : 0;
      if (known != std::end(kNames))
        out += known->second;
      else if (code > 0 && code < 0x110000 && !(code >= 0xD800 && code < 0xE000))
        append_utf8(out, code);
      else
        out.append(s.substr(at, end + 1));
      at += end + 1;
    } else {
      out += s[at++];
    }
  }
  return out;
}

/// The content of the first <name ...>...</name> in `item`, raw; `attributes` gets what stands in the tag.
std::string_view element(std::string_view item, std::string_view name,
                         std::string_view* attributes = nullptr) {
  for (std::size_t at = item.find('<'); at != item.npos; at = item.find('<', at + 1)) {
    if (item.substr(at).starts_with("<![CDATA[")) {
      at = item.find("]]>", at);
      if (at == item.npos) return {};
      continue;
    }
    const std::string_view tag = item.substr(at + 1);
    if (!tag.starts_with(name) || tag.size() <= name.size()) continue;
    const char after = tag[name.size()];
    if (!is_space(after) && after != '>' && after != '/') continue;
    const std::size_t close = item.find('>', at);
    if (close == item.npos) return {};
    if (attributes) *attributes = item.substr(at + 1 + name.size(), close - at - 1 - name.size());
    if (item[close - 1] == '/') return {};
    std::size_t end = item.find("</" + std::string(name) + ">", close);
    if (end == item.npos) return {};
    return item.substr(close + 1, end - close - 1);
  }
  return {};
}

std::string first_of(std::string_view item, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names)
    if (const std::string_view raw = element(item, name); !trim(raw).empty()) return unescape(raw);
  return {};
}

std::string link_of(std::string_view item) {
  std::string_view attributes;
  const std::string_view text = element(item, "link", &attributes);
  if (!trim(text).empty()) return unescape(text);
  const std::size_t href = attributes.find("href=");
  if (href == attributes.npos || href + 6 > attributes.size()) return first_of(item, {"guid"});
  const char quote = attributes[href + 5];
  const std::size_t end = attributes.find(quote, href + 6);
  return end == attributes.npos ? std::string() : unescape(attributes.substr(href + 6, end - href - 6));
}

class FeedReader : public RecordReader {
 public:
  FeedReader(std::unique_ptr<Input> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)) {}

  std::optional<Result<RawPage>> next() override {
    if (!loaded_) {
      loaded_ = true;
      feed_ = input_->peek(kMaxPage + 1).substr(0, kMaxPage);
      if (!is_valid_utf8(feed_)) feed_ = repair_utf8(feed_);
      tag_ = feed_.find("<item") == std::string::npos ? "<entry" : "<item";
      const std::string_view head = std::string_view(feed_).substr(0, std::min(first_item(0), feed_.size()));
      publisher_ = first_of(head, {"title"});
    }
    const std::size_t begin = first_item(at_);
    if (begin == std::string::npos) {
      if (number_ > 0 || failed_) return std::nullopt;
      failed_ = true;
      return fail("the feed has no items", name_);
    }
    std::size_t end = feed_.find(tag_ == "<entry" ? "</entry>" : "</item>", begin);
    if (end == std::string::npos) end = feed_.size();
    const std::string_view item = std::string_view(feed_).substr(begin, end - begin);
    at_ = end;
    RawPage page;
    page.origin = name_ + ", item " + std::to_string(++number_);
    page.url = trim(link_of(item));
    page.publisher = publisher_;
    page.headline = collapse_spaces(first_of(item, {"title"}));
    page.date = trim(first_of(item, {"pubDate", "published", "dc:date", "updated"}));
    page.bytes = first_of(item, {"content:encoded", "content", "description", "summary"});
    page.form = page.bytes.find('<') == std::string::npos ? RawPage::Form::text : RawPage::Form::html;
    if (trim(page.bytes).empty()) return fail("the item has no text", page.origin);
    return page;
  }

 private:
  /// Where the next item begins, npos for none.
  std::size_t first_item(std::size_t from) const {
    std::size_t at = feed_.find(tag_, from);
    while (at != std::string::npos && at + tag_.size() < feed_.size() && feed_[at + tag_.size()] != '>' &&
           !is_space(feed_[at + tag_.size()]))
      at = feed_.find(tag_, at + 1);
    return at;
  }

  std::unique_ptr<Input> input_;
  std::string name_, feed_, publisher_;
  std::string_view tag_;
  bool loaded_ = false, failed_ = false;
  std::size_t at_ = 0, number_ = 0;
};

}  // namespace

std::unique_ptr<RecordReader> read_feed(std::unique_ptr<Input> input, std::string name) {
  return std::make_unique<FeedReader>(std::move(input), std::move(name));
}

}  // namespace annalist::source
