// When a page was published and last changed: JSON-LD, meta tags, microdata, <time>, the address, and the
// dates that a reader sees near the headline, weighed against each other.
#include <algorithm>

#include "base/strings.h"
#include "page/layout.h"
#include "page/metadata.h"

namespace annalist::page {

namespace {

bool iso_like(std::string_view s) {
  return s.size() >= 10 && is_digit(s[0]) && is_digit(s[3]) && s[4] == '-';
}

bool in_utc(const Stamp& s) { return s.value.ends_with('Z') || s.value.ends_with("+00:00"); }

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

/// True when the class or id says that a date may stand in the element.
bool names_date(const HtmlTree& tree, const Node& node) {
  static constexpr NameParts kParts{"date", "publi", "time", "posted", "byline", "meta"};
  return kParts.stand_in(tree.attribute(node, Attr::class_).substr(0, 200)) ||
         kParts.stand_in(tree.attribute(node, Attr::id).substr(0, 100));
}

/// What the elements of a page say of its date.
struct ElementDates {
  Stamp microdata, first_time, by_class, by_attribute;  // in order of trust
};

ElementDates element_dates(const HtmlTree& tree, const Dates& dates, const Patterns& patterns,
                           NumericOrder order, PageInfo& page) {
  ElementDates out;
  for (std::uint32_t n = 1; n < tree.nodes().size(); ++n) {
    const Node& node = tree[n];
    if (node.tag == Tag::text) continue;
    const std::string_view when = tree.attribute(node, Attr::datetime);
    if (node.attribute_count == 0 && node.tag != Tag::time) continue;
    const std::string_view prop = tree.attribute(node, Attr::itemprop);
    const std::string_view content = tree.attribute(node, Attr::content);
    if (prop.find("datePublished") != prop.npos || prop == "dateCreated" || prop == "uploadDate")
      dates.offer(out.microdata,
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
      const bool updated = lower(tree.attribute(node, Attr::class_)).find("updat") != std::string::npos;
      const std::string_view value = !when.empty() ? when : content;
      if (updated && tree.attribute(node, Attr::class_).find("published") == std::string_view::npos)
        dates.offer(page.updated, value, DateSource::visible);
      else if (!dates.offer(out.first_time, value, DateSource::visible) && value.empty())
        dates.offer(out.first_time, text_of(tree, n, 80), DateSource::visible);
      continue;
    }
    if (out.by_class.value.empty() && node.end - n <= 40 && names_date(tree, node)) {
      const std::string text = text_of(tree, n, 200);
      const auto hit = find_date(text, patterns, order);
      if (hit && Dates::plausible(hit->stamp)) {
        out.by_class = hit->stamp;
        out.by_class.source = DateSource::visible;
      }
    }
    if (!when.empty()) dates.offer(out.by_attribute, when, DateSource::visible);
  }
  return out;
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

/// The date in a short line nearest to the headline, unless it says that it is that of a change.
Stamp shown_date(const std::vector<TextUnit>& units, const Article& article, const Patterns& patterns,
                 NumericOrder order) {
  constexpr std::size_t kBefore = 10, kBehind = 5, kWords = 10, kBytes = 250;
  const auto read = [&](std::size_t i) -> Stamp {
    if (i >= units.size() || units[i].words > kWords || units[i].text.size() > kBytes) return {};
    const auto hit = find_date(units[i].text, patterns, order);
    if (!hit || !Dates::plausible(hit->stamp)) return {};
    const std::string before = phrase_key(std::string_view(units[i].text).substr(0, hit->span.begin));
    return patterns.updated_before.ends(before) ? Stamp{} : hit->stamp;
  };
  for (std::size_t away = 0; away <= kBefore; ++away) {
    Stamp stamp;
    if (away <= kBehind) stamp = read(article.first_unit + away);
    if (stamp.value.empty() && away > 0 && away <= article.first_unit)
      stamp = read(article.first_unit - away);
    if (stamp.value.empty()) continue;
    stamp.source = DateSource::visible;
    return stamp;
  }
  return {};
}

/// True for names of meta tags that may hold a date of publication.
bool may_date(std::string_view name) {
  const auto has = [&](std::string_view part) { return name.find(part) != name.npos; };
  return (has("date") || has("time") || has("publi") || has("creat") || has("issued")) && !has("modif") &&
         !has("upd") && !has("last");
}

/// The day that a reader sees near the headline is the day of publication where the head of the page says
/// nothing, and where a second witness bears it out against the head: another meta tag, microdata, the
/// address, or a <time>, the last only against a head that does not say the same twice.
bool believe_shown(const Stamp& shown, const Stamp& told, bool sure, const ElementDates& elements,
                   const Head& head, const JsonLd& ld, const PageInfo& page, const Dates& dates) {
  const Day day = shown.day();
  if (!day || day == told.day()) return false;
  // Tomorrow's paper is on the net in the evening.
  if (told.precision != DatePrecision::day && !in_utc(told) && day.value == told.day().value + 1)
    return false;
  const auto a = day.iso(), b = told.day().iso();  // 03/11/2023, read the wrong way round
  if (a.substr(0, 5) == b.substr(0, 5) && a.substr(5, 2) == b.substr(8) && a.substr(8) == b.substr(5, 2))
    return false;
  if (!sure) return true;
  if (elements.microdata.day() == day) return true;
  for (std::string_view address :
       {std::string_view(page.url), std::string_view(head.canonical), head.get({"og:url"})})
    if (const auto stamp = date_in_url(address); stamp && stamp->day() == day) return true;
  int twice = elements.microdata.day() == told.day();
  if (Stamp s; dates.offer(s, ld.published, DateSource::json_ld)) twice += s.day() == told.day();
  for (const auto& [name, value] : head.meta) {
    if (value.size() > 60 || !may_date(name)) continue;
    Stamp s;
    if (!dates.offer(s, value, DateSource::meta)) continue;
    if (s.day() == day) return true;
    twice += s.day() == told.day();
  }
  return elements.first_time.day() == day && twice < 2;
}

/// A stamp in UTC names the day at Greenwich. Where the address or a line near the headline shows the day
/// before or after, that is the day at the place of publication.
void local_day(const std::vector<TextUnit>& units, const Article& article, const Patterns& patterns,
               NumericOrder order, PageInfo& page) {
  Stamp& stamp = page.published;
  if (stamp.source != DateSource::json_ld && stamp.source != DateSource::meta) return;
  if (!in_utc(stamp)) return;
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

void find_dates(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head, const JsonLd& ld,
                const Article& article, const Patterns& patterns, std::string_view html, PageInfo& page) {
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
  const ElementDates elements = element_dates(tree, dates, patterns, order, page);
  for (const Stamp* s : {&elements.microdata, &elements.first_time})
    if (page.published.value.empty()) page.published = *s;
  bool sure = !page.published.value.empty();
  for (const Stamp* s : {&elements.by_class, &elements.by_attribute})
    if (page.published.value.empty()) page.published = *s;
  if (page.published.value.empty())
    for (std::string_view address : {std::string_view(page.url), std::string_view(head.canonical),
                                     head.get({"og:url"}), head.get({"og:image"})})
      if (auto stamp = date_in_url(address); stamp && page.published.value.empty()) {
        page.published = std::move(*stamp);
        page.published.source = DateSource::url;
        sure = address.data() != head.get({"og:image"}).data();
      }
  if (page.published.value.empty()) text_date(units, article, patterns, order, page);
  if (page.published.value.empty()) script_date(html, dates, page);
  if (page.published.value.empty() && !page.updated.value.empty()) page.published = page.updated;
  if (Stamp shown = shown_date(units, article, patterns, order);
      !page.published.value.empty() &&
      believe_shown(shown, page.published, sure, elements, head, ld, page, dates))
    page.published = std::move(shown);
  local_day(units, article, patterns, order, page);
}

}  // namespace annalist::page
