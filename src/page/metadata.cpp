#include "page/metadata.h"

#include <algorithm>
#include <unordered_set>

#include "base/strings.h"
#include "base/utf8.h"
#include "page/layout.h"

namespace annalist::page {

namespace {

std::vector<std::string> title_words(std::string_view s) {
  std::vector<std::string> out;
  const std::string folded = fold(s);
  for (std::string_view w : split_list(folded, ' ')) out.emplace_back(w);
  return out;
}

/// Share of the words of `a` that stand in `b`.
double covered(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty()) return 0;
  const std::unordered_set<std::string> set(b.begin(), b.end());
  const auto hits = std::count_if(a.begin(), a.end(), [&](const std::string& w) { return set.contains(w); });
  return double(hits) / double(a.size());
}

double similar(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::min(covered(a, b), covered(b, a));
}

/// "Army takes town | The Daily" -> "Army takes town": the longest part between separators, if a part is a
/// site's name by its shortness.
std::string without_site(std::string_view title, std::string_view site) {
  std::string_view t = trim(title);
  if (!site.empty())
    for (std::string_view mark : {" | ", " - ", " – ", " — ", " :: ", " » ", " • "})
      if (const auto at = t.rfind(mark); at != t.npos && fold(t.substr(at + mark.size())) == fold(site))
        return std::string(trim(t.substr(0, at)));
  for (std::string_view mark : {" | ", " :: ", " » ", " – ", " — ", " - ", " • "}) {
    const auto at = t.rfind(mark);
    if (at == t.npos || at == 0) continue;
    const std::string_view left = t.substr(0, at), right = t.substr(at + mark.size());
    const bool bar = mark == " | " || mark == " :: " || mark == " » " || mark == " • ";
    if (count_words(right) <= (bar ? 6u : 4u) && count_words(left) >= 3) return without_site(left, {});
  }
  return std::string(t);
}

std::string clean_name(std::string_view s) {
  std::string out = collapse_spaces(s);
  for (bool again = true; again;) {
    again = false;
    for (std::string_view prefix :
         {"by ", "by: ", "written by ", "von ", "par ", "por ", "di ", "author: ", "story by "})
      if (starts_with_ignore_case(out, prefix)) {
        out = trim(std::string_view(out).substr(prefix.size()));
        again = true;
      }
  }
  while (!out.empty() && (out.back() == ',' || out.back() == '|' || out.back() == ':' || out.back() == '-' ||
                          out.back() == ' '))
    out.pop_back();
  return out;
}

bool may_be_name(std::string_view s) {
  if (s.size() < 3 || s.size() > 60 || s.find("http") != s.npos || s.find('@') != s.npos ||
      s.find("www.") != s.npos)
    return false;
  if (count_words(s) > 6 || s.find_first_of("<>{}[]=_/\\?!") != s.npos) return false;
  return std::count_if(s.begin(), s.end(), is_digit) == 0;
}

std::string text_of(const HtmlTree& tree, std::uint32_t node, std::size_t cap = 300) {
  std::string out;
  for (std::uint32_t i = node; i < tree[node].end && out.size() < cap; ++i)
    if (tree[i].tag == Tag::text) {
      out += tree[i].text;
      out += ' ';
    }
  return collapse_spaces(out);
}

/// Names from rel=author, itemprop=author and classes that say author or byline.
std::vector<std::string> visible_authors(const HtmlTree& tree, const Patterns& patterns) {
  std::vector<std::string> strong, weak;
  for (std::uint32_t n = 1; n < tree.nodes().size() && strong.size() < 8; ++n) {
    const Node& node = tree[n];
    if (node.attribute_count == 0 || node.end - n > 60) continue;
    for (const Attribute& a : tree.attributes(node)) {
      if ((a.name == "rel" && a.value == "author") || (a.name == "itemprop" && a.value == "author")) {
        add_names(text_of(tree, n, 120), patterns, strong);
      } else if (a.name == "class" && weak.empty()) {
        const std::string name = lower(a.value.substr(0, 200));
        if (name.find("byline") != name.npos || name.find("author") != name.npos)
          add_names(text_of(tree, n, 120), patterns, weak);
      }
    }
  }
  return strong.empty() ? weak : strong;
}

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
  const auto look = [&](std::size_t i) {
    const TextUnit& u = units[i];
    if (u.words > 30 || u.text.size() > 250) return false;
    const auto hit = find_date(u.text, patterns, order);
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
  for (std::size_t k = 1; k <= 25 && k <= begin; ++k)
    if (look(begin - k)) return;
  for (std::size_t i = begin + 8; i < std::min(end + 12, units.size()); ++i)
    if (look(i)) return;
  for (std::size_t i = 0; i < std::min<std::size_t>(units.size(), 400); ++i)
    if (look(i)) return;
}

}  // namespace

void add_names(std::string_view list, const Patterns& patterns, std::vector<std::string>& out) {
  std::string s = clean_name(list);
  // "Jane Example (jex)": initials in brackets are no part of the name.
  for (std::size_t open; (open = s.find(" (")) != s.npos && s.find(')', open) != s.npos;)
    s.erase(open, s.find(')', open) - open + 1);
  for (std::string_view joint : {" and ", " und ", " et ", " & ", " y ", " og ", " och "})
    for (std::size_t at; (at = s.find(joint)) != s.npos;) s.replace(at, joint.size(), "; ");
  for (char& c : s)
    if (c == ',' || c == '|' || c == '/') c = ';';
  for (std::string_view part : split_list(s, ';')) {
    const std::string name = clean_name(part);
    if (!may_be_name(name) || patterns.no_author.equals(phrase_key(name)) || out.size() >= 20) continue;
    if (std::none_of(out.begin(), out.end(), [&](const std::string& n) { return fold(n) == fold(name); }))
      out.push_back(name);
  }
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

std::string find_headline(const HtmlTree&, const std::vector<TextUnit>& units, const Head& head,
                          const JsonLd& ld, Sources* sources) {
  const std::string_view site = head.get({"og:site_name"});
  struct Candidate {
    std::string text;
    std::vector<std::string> words;
    double weight;
    const char* from;
  };
  std::vector<Candidate> all;
  const auto offer = [&](std::string_view text, double weight, const char* from) {
    std::string clean = collapse_spaces(text);
    if (clean.empty() || clean.size() > 400) return;
    auto words = title_words(clean);
    if (words.empty()) return;
    all.push_back({std::move(clean), std::move(words), weight, from});
  };
  for (const TextUnit& u : units)
    if (u.tag == Tag::h1 && all.size() < 12) offer(u.text, 1.5, "h1");
  offer(ld.headline, 1.1, "JSON-LD");
  offer(without_site(head.get({"og:title"}), site), 1.0, "og:title");
  offer(without_site(head.get({"twitter:title"}), site), 0.6, "twitter:title");
  offer(without_site(head.title, site), 0.8, "title");
  if (all.empty()) {
    for (const TextUnit& u : units)
      if (u.tag == Tag::h2 && u.words >= 3) return u.text;
    return {};
  }
  const Candidate* best = nullptr;
  double best_score = -1;
  for (const Candidate& c : all) {
    double score = 0.4 * c.weight;
    for (const Candidate& other : all)
      if (&other != &c && other.weight != 1.5) score += other.weight * similar(c.words, other.words);
    if (c.weight == 1.5) score *= 1.6;  // the visible headline, where the others bear it out
    if (c.words.size() < 3) score *= 0.6;
    if (score > best_score) {
      best = &c;
      best_score = score;
    }
  }
  if (sources) sources->headline = best->from;
  return best->text;
}

void find_metadata(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                   const JsonLd& ld, const Article& article, const Patterns& patterns, std::string_view url,
                   PageInfo& page, Sources* sources) {
  page.canonical_url = head.canonical;
  page.url = !url.empty()              ? std::string(url)
             : !head.canonical.empty() ? head.canonical
                                       : std::string(head.get({"og:url"}));
  page.site = head.get({"og:site_name", "application-name"});
  if (page.site.empty()) page.site = ld.publisher;

  // Authors.
  const char* from = "JSON-LD";
  for (const std::string& name : ld.authors) add_names(name, patterns, page.authors);
  if (page.authors.empty()) {
    from = "meta tag";
    add_names(head.get({"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl",
                        "dcterms.creator"}),
              patterns, page.authors);
  }
  if (page.authors.empty()) {
    from = "element named author or byline";
    page.authors = visible_authors(tree, patterns);
  }
  if (page.authors.empty()) {  // a line "By Jane Example" shortly before or at the beginning of the report
    from = "a line by its wording";
    const std::size_t begin = article.first_unit > 15 ? article.first_unit - 15 : 0;
    for (std::size_t i = begin;
         i < std::min<std::size_t>(units.size(), article.first_unit + 6) && page.authors.empty(); ++i)
      if (units[i].words <= 8 && starts_with_ignore_case(units[i].text, "by "))
        add_names(units[i].text, patterns, page.authors);
  }
  if (sources && !page.authors.empty()) sources->authors = from;
  std::erase_if(page.authors, [&](const std::string& name) { return fold(name) == fold(page.site); });
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
  if (page.published.value.empty() && !page.updated.value.empty()) page.published = page.updated;

  page.kind = ld.type == "LiveBlogPosting" ? PageKind::liveblog : article.kind;
}

}  // namespace annalist::page
