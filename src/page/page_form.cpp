// What a page is: a report, a live blog, a list of reports, a video, the head of a report behind a pay wall,
// a question for consent. Everything here is cheap for an ordinary report: lists of phrases are asked only
// where the report is short or its first blocks give cause.
#include <algorithm>

#include "base/strings.h"
#include "page/layout.h"
#include "page/live_blog.h"
#include "page/metadata.h"

namespace annalist::page {

namespace {

// Words of a report that may be the head of one behind a pay wall, or of a video.
constexpr std::size_t kStub = 150;
constexpr std::size_t kHardlyAny = 40;

std::size_t words_of(const Article& article) {
  std::size_t words = 0;
  for (const ArticleBlock& b : article.blocks)
    if (b.kind == BlockKind::paragraph) words += count_words(b.text);
  return words;
}

/// The path of an address, in lower case: "/world/live/".
std::string path_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == url.npos) return {};
  url.remove_prefix(scheme + 3);
  const auto slash = url.find('/');
  return slash == url.npos ? "/" : lower(url.substr(slash, url.find_first_of("?#") - slash));
}

bool is_liveblog(const std::vector<TextUnit>& units, const JsonLd& ld, const Article& article,
                 const Patterns& patterns, const PageInfo& page) {
  if (ld.type == "LiveBlogPosting") return true;
  const std::string path = path_of(page.url);
  const bool named = patterns.live_headline.inside(phrase_key(page.headline)) ||
                     path.find("/live/") != path.npos || path.find("live-updates") != path.npos ||
                     path.find("liveblog") != path.npos || path.find("live-blog") != path.npos;
  if (!named) return false;
  const std::size_t last = std::min<std::size_t>(article.last_unit, units.size());
  std::size_t entries = 0;
  for (std::size_t i = article.first_unit; i < last; ++i) entries += is_clock(units[i]);
  return entries >= 3;
}

/// A page that asks for consent before it shows anything: most of its paragraphs speak of nothing else.
bool asks_consent(const Article& article, const Patterns& patterns) {
  const auto hit = [&](const ArticleBlock& b) { return patterns.consent.inside(phrase_key(b.text)); };
  const auto& blocks = article.blocks;
  const auto first = blocks.begin() + std::ptrdiff_t(std::min<std::size_t>(4, blocks.size()));
  if (std::none_of(blocks.begin(), first, hit)) return false;
  const auto hits = std::size_t(std::count_if(blocks.begin(), blocks.end(), hit));
  return hits >= 2 && hits * 3 >= blocks.size();
}

bool is_paywalled(const std::vector<TextUnit>& units, const JsonLd& ld, const Patterns& patterns) {
  return ld.not_free || std::any_of(units.begin(), units.end(), [&](const TextUnit& u) {
           return u.words >= 2 && u.words <= 40 && patterns.paywall.inside(phrase_key(u.text));
         });
}

/// Titles of other pages, hardly any prose, and a page that does not say it is a report.
bool is_list(const std::vector<TextUnit>& units, const Head& head, const JsonLd& ld, const PageInfo& page,
             std::size_t words) {
  if (!ld.type.empty() || head.get({"og:type"}) == "article") return false;
  std::size_t titles = 0, title_words = 0;
  for (const TextUnit& u : units)
    if (u.words >= 4 && u.words <= 40 && u.link_share() > 0.8) ++titles, title_words += u.words;
  const std::string path = path_of(page.url);
  const bool front = ld.collection || path == "/" || path == "/index.html";
  return front ? titles >= 8 && title_words > words : titles >= 15 && words < kHardlyAny;
}

bool is_video(const Head& head, const JsonLd& ld, const PageInfo& page) {
  const std::string path = path_of(page.url);
  return head.get({"og:type"}).starts_with("video") || (ld.video && ld.type.empty()) ||
         path.find("/video/") != path.npos || path.find("/videos/") != path.npos;
}

}  // namespace

PageKind kind_of(PageForm form) {
  switch (form) {
    case PageForm::article:
    case PageForm::paywall_stub:
      return PageKind::article;
    case PageForm::live_blog:
      return PageKind::liveblog;
    case PageForm::list:
      return PageKind::list;
    default:
      return PageKind::other;
  }
}

std::string_view described(PageForm form) {
  switch (form) {
    case PageForm::live_blog:
      return "a live blog: its entries are told one after the other";
    case PageForm::list:
      return "a list of other pages";
    case PageForm::video:
      return "a video with few words";
    case PageForm::paywall_stub:
      return "only the head of a report; the rest is for subscribers";
    case PageForm::consent_page:
      return "a page that asks for consent; it is not coded";
    default:
      return "";
  }
}

PageForm page_form(const std::vector<TextUnit>& units, const Head& head, const JsonLd& ld,
                   const Article& article, const Patterns& patterns, const PageInfo& page) {
  if (is_liveblog(units, ld, article, patterns, page)) return PageForm::live_blog;
  if (asks_consent(article, patterns)) return PageForm::consent_page;
  const std::size_t words = words_of(article);
  if (is_list(units, head, ld, page, words)) return PageForm::list;
  if (words < kStub) {
    if (is_video(head, ld, page)) return PageForm::video;
    if (is_paywalled(units, ld, patterns)) return PageForm::paywall_stub;
  }
  return article.found && words >= 8 ? PageForm::article : PageForm::not_article;
}

}  // namespace annalist::page
