#include "page/metadata.h"

#include <algorithm>
#include <unordered_set>

#include "base/strings.h"
#include "base/utf8.h"
#include "page/layout.h"

namespace annalist::page {

namespace {

bool iso_like(std::string_view s) {
  return s.size() >= 10 && is_digit(s[0]) && is_digit(s[3]) && s[4] == '-';
}

/// The order of day and month in numeric dates, by language and country.
NumericOrder order_of(std::string_view language) {
  const std::string l = lower(language);
  return l.empty() || l == "en" || l.starts_with("en-us") || l.starts_with("en_us")
             ? NumericOrder::month_first
             : NumericOrder::day_first;
}

class Dates {
 public:
  Dates(const Patterns& patterns, NumericOrder order) : patterns_(patterns), order_(order) {}

  bool offer(Stamp& slot, std::string_view value, DateSource source) const {
    if (!slot.value.empty() || trim(value).empty()) return false;
    auto stamp = read_date_value(value, patterns_, iso_like(trim(value)) ? NumericOrder::day_first : order_);
    if (!stamp || !plausible(*stamp)) return false;
    stamp->source = source;
    slot = std::move(*stamp);
    return true;
  }
  static bool plausible(const Stamp& s) {
    const Day day = s.day();
    return day && day >= Day::from_ymd(1990, 1, 1) && day <= Day::from_ymd(2100, 1, 1);
  }

 private:
  const Patterns& patterns_;
  NumericOrder order_;
};

/// Dates in <time>, microdata and classes of the page, in order of trust.
void element_dates(const HtmlTree& tree, const Dates& dates, const Patterns& patterns, NumericOrder order,
                   PageInfo& page) {
  Stamp first_time, by_class, by_class_text;
  for (std::uint32_t n = 1; n < tree.nodes().size(); ++n) {
    const Node& node = tree[n];
    if (node.tag == Tag::text) continue;
    const std::string_view when = tree.attribute(node, "datetime");
    if (node.attribute_count == 0 && node.tag != Tag::time) continue;
    const std::string_view prop = tree.attribute(node, "itemprop");
    const std::string_view content = tree.attribute(node, "content");
    if (prop.find("datePublished") != prop.npos || prop == "dateCreated")
      dates.offer(page.published,
                  !content.empty() ? content
                  : !when.empty()  ? when
                                   : text_of(tree, n, 80),
                  DateSource::meta);
    if (prop.find("dateModified") != prop.npos)
      dates.offer(page.updated,
                  !content.empty() ? content
                  : !when.empty()  ? when
                                   : text_of(tree, n, 80),
                  DateSource::meta);
    if (node.tag == Tag::time) {
      const bool updated = lower(tree.attribute(node, "class")).find("updat") != std::string::npos;
      const std::string_view value = !when.empty() ? when : content;
      if (updated && tree.attribute(node, "class").find("published") == std::string_view::npos)
        dates.offer(page.updated, value, DateSource::visible);
      else if (!dates.offer(first_time, value, DateSource::visible) && value.empty())
        dates.offer(first_time, text_of(tree, n, 80), DateSource::visible);
      continue;
    }
    const std::string name = lower(tree.attribute(node, "class").substr(0, 200)) + " " +
                             lower(tree.attribute(node, "id").substr(0, 100));
    if (by_class.value.empty() &&
        (name.find("date") != name.npos || name.find("publi") != name.npos ||
         name.find("time") != name.npos || name.find("posted") != name.npos ||
         name.find("byline") != name.npos || name.find("meta") != name.npos) &&
        node.end - n <= 40) {
      const std::string text = text_of(tree, n, 200);
      const auto hit = find_date(text, patterns, order);
      if (hit && Dates::plausible(hit->stamp)) {
        by_class = hit->stamp;
        by_class.source = DateSource::visible;
      }
    }
    if (by_class_text.value.empty() && !when.empty()) dates.offer(by_class_text, when, DateSource::visible);
  }
  for (Stamp* s : {&first_time, &by_class, &by_class_text})
    if (page.published.value.empty() && !s->value.empty()) page.published = *s;
}

/// The date that stands in short lines of the page, the nearer to the report the better.
void text_date(const std::vector<TextUnit>& units, const Article& article, const Patterns& patterns,
               NumericOrder order, PageInfo& page) {
  bool at_head = true;
  const auto look = [&](std::size_t i) {
    const TextUnit& u = units[i];
    const bool is_long = u.words > 30 || u.text.size() > 250;
    if (is_long && i > article.first_unit + 12) return false;
    const auto hit = find_date(std::string_view(u.text).substr(0, 250), patterns, order);
    // A paragraph tells dates of its own; only one at its very head is that of the report.
    if ((is_long || at_head) && hit && hit->span.begin > 2) return false;
    if (hit && kind_by_wording(u.text, patterns) == BlockKind::caption) return false;
    if (!hit || !Dates::plausible(hit->stamp)) return false;
    const std::string before = phrase_key(std::string_view(u.text).substr(0, hit->span.begin));
    Stamp& slot = patterns.updated_before.ends(before) ? page.updated : page.published;
    if (!slot.value.empty()) return false;
    slot = hit->stamp;
    slot.source = DateSource::visible;
    return !page.published.value.empty();
  };
  const std::size_t begin = article.first_unit, end = std::min<std::size_t>(article.last_unit, units.size());
  for (std::size_t i = begin; i < std::min(end, begin + 8); ++i)
    if (look(i)) return;
  at_head = false;
  for (std::size_t i = begin; i < std::min(end, begin + 8); ++i)
    if (look(i)) return;
  for (std::size_t k = 1; k <= 25 && k <= begin; ++k)
    if (look(begin - k)) return;
  for (std::size_t i = begin + 8; i < std::min(end + 12, units.size()); ++i)
    if (look(i)) return;
  for (std::size_t i = 0; i < std::min<std::size_t>(units.size(), 400); ++i)
    if (look(i)) return;
}

/// The first value of a key that says when something was published, in scripts and data that are no markup.
void script_date(std::string_view html, const Dates& dates, PageInfo& page) {
  for (std::string_view key : {"datePublished", "publishedDate", "published_at", "publishedAt", "publishDate",
                               "publish_date", "publicationDate", "pubDate", "createdAt", "created_at"})
    for (std::size_t at = html.find(key); at != html.npos; at = html.find(key, at + key.size())) {
      std::string_view rest = html.substr(at + key.size(), 60);
      // `":"`, `\":\"`, `&quot;:&quot;`
      const std::size_t digit = rest.find_first_of("0123456789");
      if (digit == rest.npos || digit > 16 || rest.substr(0, digit).find(':') == rest.npos) continue;
      rest.remove_prefix(digit);
      rest = rest.substr(0, rest.find_first_of("\"\\&,}"));
      if (dates.offer(page.published, rest, DateSource::meta)) return;
    }
}

/// A stamp in UTC names the day at Greenwich. Where the address or a line near the headline shows the day
/// before or after, that is the day at the place of publication.
void local_day(const std::vector<TextUnit>& units, const Article& article, const Patterns& patterns,
               NumericOrder order, PageInfo& page) {
  Stamp& stamp = page.published;
  if (stamp.source != DateSource::json_ld && stamp.source != DateSource::meta) return;
  if (!stamp.value.ends_with('Z') && !stamp.value.ends_with("+00:00")) return;
  const auto use = [&](const Stamp& shown, DateSource source) {
    const Day day = shown.day();
    if (!day) return false;
    const auto apart = day.value - stamp.day().value;
    if (apart == 1 || apart == -1) {
      stamp.value = day.iso();
      stamp.precision = DatePrecision::day;
      stamp.source = source;
    }
    return apart >= -1 && apart <= 1;
  };
  if (const auto in_url = date_in_url(page.url); in_url && use(*in_url, DateSource::url)) return;
  const std::size_t begin = article.first_unit > 12 ? article.first_unit - 12 : 0;
  for (std::size_t i = begin; i < std::min<std::size_t>(units.size(), article.first_unit + 4); ++i) {
    const TextUnit& u = units[i];
    if (u.words > 25 || u.text.size() > 200) continue;
    const auto hit = find_date(u.text, patterns, order);
    if (!hit || patterns.updated_before.ends(phrase_key(std::string_view(u.text).substr(0, hit->span.begin))))
      continue;
    if (use(hit->stamp, DateSource::visible)) return;
  }
}

}  // namespace

std::string text_of(const HtmlTree& tree, std::uint32_t node, std::size_t cap) {
  std::string out;
  for (std::uint32_t i = node; i < tree[node].end && out.size() < cap; ++i)
    if (tree[i].tag == Tag::text) {
      out += tree[i].text;
      out += ' ';
    }
  return collapse_spaces(out);
}

bool names_site(std::string_view part, const std::vector<std::string>& sites) {
  std::string key = fold(part);
  std::erase(key, ' ');
  if (key.size() < 3) return false;
  return std::any_of(sites.begin(), sites.end(), [&](const std::string& s) {
    return key == s || (s.size() >= 4 && key.find(s) != key.npos && key.size() < 4 * s.size()) ||
           (key.size() >= 5 && s.find(key) != s.npos);
  });
}

std::vector<std::string> site_names(const Head& head, const JsonLd& ld, std::string_view url) {
  std::vector<std::string> out;
  const auto add = [&](std::string_view name) {
    std::string key = fold(name);
    std::erase(key, ' ');
    if (key.size() >= 3 && key.size() < 60) out.push_back(std::move(key));
  };
  add(head.get({"og:site_name"}));
  add(head.get({"application-name"}));
  add(ld.publisher);
  // "https://www.the-daily.co.uk/..." -> "thedaily"
  for (std::string_view address : {url, std::string_view(head.canonical), head.get({"og:url"})}) {
    const auto from = address.find("://");
    if (from == address.npos) continue;
    std::string_view host = address.substr(from + 3);
    host = host.substr(0, host.find_first_of("/:?"));
    std::string_view longest;
    for (std::string_view label : split(host, '.'))
      if (label.size() > longest.size()) longest = label;
    if (longest.size() >= 4) add(longest);
    break;
  }
  return out;
}

std::string_view Head::get(std::initializer_list<std::string_view> names) const {
  for (std::string_view name : names)
    for (const auto& [key, value] : meta)
      if (key == name && !value.empty()) return value;
  return {};
}

Head read_head(const HtmlTree& tree) {
  Head out;
  out.language = tree.attribute(tree[0], "lang");
  for (std::uint32_t n = 1; n < tree.nodes().size(); ++n) {
    const Node& node = tree[n];
    if (node.tag == Tag::title && out.title.empty()) {
      out.title = text_of(tree, n, 500);
    } else if (node.tag == Tag::link && tree.attribute(node, "rel") == "canonical" && out.canonical.empty()) {
      out.canonical = trim(tree.attribute(node, "href"));
    } else if (node.tag == Tag::meta && out.meta.size() < 400) {
      for (std::string_view key : {"property", "name", "itemprop", "http-equiv"})
        if (const std::string_view name = tree.attribute(node, key); !name.empty())
          out.meta.emplace_back(lower(trim(name)),
                                collapse_spaces(tree.attribute(node, "content").substr(0, 2000)));
    }
  }
  return out;
}

void find_metadata(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                   const JsonLd& ld, const Article& article, const Patterns& patterns, std::string_view url,
                   std::string_view html, PageInfo& page, Sources* sources) {
  page.canonical_url = head.canonical;
  page.url = !url.empty()              ? std::string(url)
             : !head.canonical.empty() ? head.canonical
                                       : std::string(head.get({"og:url"}));
  page.site = head.get({"og:site_name", "application-name"});
  if (page.site.empty()) page.site = ld.publisher;

  find_authors(tree, units, head, ld, article, patterns, page, sources);
  for (const std::string& name : page.authors)
    if (const auto agency = patterns.agency(name); !agency.empty() && page.agency.empty())
      page.agency = agency;

  // Dates.
  const NumericOrder order = order_of(head.language.empty() ? ld.language : head.language);
  const Dates dates(patterns, order);
  dates.offer(page.published, ld.published, DateSource::json_ld);
  dates.offer(page.updated, ld.modified, DateSource::json_ld);
  for (std::string_view key : {"article:published_time",
                               "og:article:published_time",
                               "datepublished",
                               "article:published",
                               "og:published_time",
                               "pubdate",
                               "publishdate",
                               "publish-date",
                               "publish_date",
                               "published_time",
                               "parsely-pub-date",
                               "sailthru.date",
                               "dc.date.issued",
                               "dcterms.created",
                               "dc.date.created",
                               "dc.date",
                               "dcterms.date",
                               "dc.date.published",
                               "date",
                               "cxenseparse:recs:publishtime",
                               "article.published",
                               "originalpublicationdate",
                               "datecreated",
                               "timestamp",
                               "displaydate",
                               "ptime",
                               "article_date_original",
                               "rbpubdate",
                               "citation_publication_date",
                               "dateposted",
                               "og:pubdate",
                               "gentime",
                               "bt:pubdate",
                               "created",
                               "og:regdate",
                               "release_date"})
    dates.offer(page.published, head.get({key}), DateSource::meta);
  for (std::string_view key : {"article:modified_time", "og:updated_time", "datemodified", "lastmod",
                               "last-modified", "dcterms.modified"})
    dates.offer(page.updated, head.get({key}), DateSource::meta);
  element_dates(tree, dates, patterns, order, page);
  if (page.published.value.empty())
    for (std::string_view address : {std::string_view(page.url), std::string_view(head.canonical),
                                     head.get({"og:url"}), head.get({"og:image"})})
      if (auto stamp = date_in_url(address); stamp && page.published.value.empty()) {
        page.published = std::move(*stamp);
        page.published.source = DateSource::url;
      }
  if (page.published.value.empty()) text_date(units, article, patterns, order, page);
  if (page.published.value.empty()) script_date(html, dates, page);
  if (page.published.value.empty() && !page.updated.value.empty()) page.published = page.updated;
  local_day(units, article, patterns, order, page);

  page.kind = ld.type == "LiveBlogPosting" ? PageKind::liveblog : article.kind;
}

}  // namespace annalist::page
