// RSS 0.9x to 2.0, RDF and Atom: each item a page. News sitemaps: each address with a title a page of that
// title.
#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"
#include "source/input.h"
#include "source/source.h"
#include "source/xml.h"

namespace annalist::source {

namespace {

std::string link_of(std::string_view item) {
  std::string_view attributes;
  const std::string_view text = element(item, "link", &attributes);
  if (!trim(text).empty()) return unescape_xml(text);
  const std::string href = attribute(attributes, "href");
  return href.empty() ? first_of(item, {"guid"}) : href;
}

/// "jane@example.org (Jane Doe)", "<name>Jane Doe</name>", "Jane Doe"; an address alone is no name.
std::string trim_author(const std::string& raw) {
  std::string name =
      plain_text(raw.find("<name>") != raw.npos ? element(raw, "name") : std::string_view(raw));
  if (const std::size_t open = name.find('('); open != name.npos && name.ends_with(')'))
    name = name.substr(open + 1, name.size() - open - 2);
  return name.find('@') == name.npos ? name : std::string();
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
    if (const std::string by = trim_author(first_of(item, {"dc:creator", "author"})); !by.empty())
      page.authors.push_back(by);
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

/// A sitemap names addresses. Only what a news sitemap says of them, the title, can be read here.
class SitemapReader : public RecordReader {
 public:
  SitemapReader(std::unique_ptr<Input> input, std::string name)
      : input_(std::move(input)), name_(std::move(name)) {}

  std::optional<Result<RawPage>> next() override {
    if (!urls_) {
      map_ = input_->peek(kMaxPage + 1).substr(0, kMaxPage);
      if (!is_valid_utf8(map_)) map_ = repair_utf8(map_);
      urls_.emplace(map_, map_.find("<sitemapindex") == std::string::npos ? "url" : "sitemap");
    }
    while (urls_->next()) {
      ++number_;
      const std::string_view news = element(urls_->content, "news:news");
      const std::string title = plain_text(unescape_xml(element(news, "news:title")));
      if (title.empty()) continue;
      ++titled_;
      RawPage page;
      page.origin = name_ + ", address " + std::to_string(number_);
      page.url = first_of(urls_->content, {"loc"});
      page.publisher = first_of(news, {"news:name"});
      page.date = first_of(news, {"news:publication_date"});
      page.headline = page.bytes = title;
      page.form = RawPage::Form::text;
      return page;
    }
    if (titled_ > 0 || said_) return std::nullopt;
    said_ = true;
    return fail(
        "a sitemap of " + std::to_string(number_) + " addresses without titles; there is nothing to read",
        name_, "`annalist fetch` follows it");
  }

 private:
  std::unique_ptr<Input> input_;
  std::string name_, map_;
  std::optional<Elements> urls_;
  std::size_t number_ = 0, titled_ = 0;
  bool said_ = false;
};

}  // namespace

std::unique_ptr<RecordReader> read_sitemap(std::unique_ptr<Input> input, std::string name) {
  return std::make_unique<SitemapReader>(std::move(input), std::move(name));
}

std::unique_ptr<RecordReader> read_feed(std::unique_ptr<Input> input, std::string name) {
  return std::make_unique<FeedReader>(std::move(input), std::move(name));
}

}  // namespace annalist::source
