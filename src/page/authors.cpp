// Who wrote the report. Names stand in many places of a page, most of them wrong: authors of other articles,
// job titles, the site itself, a line about the author.
#include <algorithm>

#include "base/strings.h"
#include "page/layout.h"
#include "page/metadata.h"

namespace annalist::page {

namespace {

std::string clean_name(std::string_view s) {
  std::string out = collapse_spaces(s);
  for (bool again = true; again;) {
    again = false;
    for (std::string_view prefix : {"by ", "by: ", "written by ", "von ", "par ", "por ", "di ",
                                    "author: ", "story by ", "words by ", "text by "})
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

/// Small words that names may begin with.
bool particle(std::string_view word) {
  for (std::string_view p : {"de", "van", "von", "al", "el",  "bin", "ben", "la",  "le",  "di",
                             "da", "du",  "dos", "af", "ter", "ten", "den", "der", "del", "bell"})
    if (word == p) return true;
  return false;
}

/// True for a line about a person rather than a name: "her knowledge of training".
bool is_prose(std::string_view s) {
  const std::string_view first = s.substr(0, s.find(' '));
  return !s.empty() && is_lower(s.front()) && first.size() != s.size() && !particle(first);
}

/// For names that only stand in the right place: two to five words, each with a capital or a particle.
bool looks_like_person(std::string_view s) {
  std::size_t words = 0;
  for (std::string_view w : split_list(s, ' ')) {
    ++words;
    if (is_lower(w.front()) && !particle(w)) return false;
  }
  return (words >= 2 && words <= 5) || (s.front() & 0x80) != 0;
}

/// "jdoe": a name of an account.
bool is_account(std::string_view s) {
  return s.find(' ') == s.npos &&
         std::all_of(s.begin(), s.end(), [](char c) { return is_lower(c) || is_digit(c); });
}

std::string without_site_or_role(std::string_view s) {
  // "Jane Roe in Beirut", "Jane Roe, Beirut" is settled by the caller's list.
  if (const auto at = s.find(" in "); at != s.npos && at + 4 < s.size() && is_upper(s[at + 4]))
    s = s.substr(0, at);
  return std::string(trim(s));
}

class Authors {
 public:
  Authors(const Patterns& patterns, std::vector<std::string> sites)
      : patterns_(patterns), sites_(std::move(sites)) {}

  /// Adds the names of a list. What is no person is kept apart.
  void offer(std::string_view list, const char* from, bool sure = true) {
    std::vector<std::string> names;
    add_names(list, patterns_, names);
    if (std::any_of(names.begin(), names.end(), is_prose)) return;
    const bool first_source = from_ == nullptr || from_ == from;
    for (std::string& name : names) {
      const std::string key = phrase_key(name);
      if (is_account(name) || (patterns_.author_role.ends(key) && !people_.empty())) continue;
      if (patterns_.author_role.ends(key)) continue;
      const bool agency = !patterns_.agency(name).empty();
      if (agency && !people_.empty() && first_source) {
        add(std::move(name), people_);
      } else if (agency || names_site(name, sites_) || name.find(".co") != name.npos) {
        if (others_.empty() || others_from_ == from) {
          others_from_ = from;
          add(std::move(name), others_);
        }
      } else if (first_source && (sure || looks_like_person(name))) {
        from_ = from;
        add(std::move(name), people_);
      }
    }
  }

  bool found() const { return !people_.empty(); }
  const char* from() const { return people_.empty() ? others_from_ : from_; }
  std::vector<std::string> take() { return std::move(people_.empty() ? others_ : people_); }

 private:
  static void add(std::string name, std::vector<std::string>& to) {
    if (std::none_of(to.begin(), to.end(), [&](const std::string& n) { return fold(n) == fold(name); }))
      to.push_back(std::move(name));
  }
  const Patterns& patterns_;
  std::vector<std::string> sites_, people_, others_;
  const char *from_ = nullptr, *others_from_ = nullptr;
};

bool leads_to_author(std::string_view address) {
  static constexpr NameParts kParts{"/author", "/staff/",     "/autor",    "/auteur", "/contributor",
                                    "/by/",    "/journalist", "/reporter", "/writer"};
  return kParts.stand_in(address.substr(0, 300));
}

/// Elements that say by a name, a relation or where they lead that they hold an author, in nodes [from, to).
void offer_elements(const HtmlTree& tree, std::uint32_t from, std::uint32_t to, bool by_class, bool links,
                    Authors& out) {
  std::uint32_t near = 0;  // the parent of the first one found: more of them stand beside it
  for (std::uint32_t n = std::max(1u, from); n < to; ++n) {
    const Node& node = tree[n];
    if (node.attribute_count == 0 || node.end - n > 60) continue;
    if (near != 0 && (n < near || n >= tree[near].end)) break;
    for (const Attribute& a : tree.attributes(node)) {
      bool hit = false;
      if (!by_class)
        hit = (a.name == Attr::rel && a.value.find("author") != a.value.npos) ||
              (a.name == Attr::itemprop && a.value == "author");
      else if (a.name == Attr::href && node.tag == Tag::a)
        hit = links && leads_to_author(a.value);
      else if (a.name == Attr::class_ || a.name == Attr::id || a.name == Attr::data_testid) {
        static constexpr NameParts kParts{"byline", "author", "autor"};
        hit = kParts.stand_in(a.value.substr(0, 200));
      }
      if (!hit) continue;
      const bool before = out.found();
      out.offer(text_of(tree, n, 120), by_class ? "element named author or byline" : "rel or itemprop author",
                !by_class);
      if (!before && out.found() && by_class) near = tree[tree[n].parent].parent;
      if (out.found()) n = std::max(n, node.end - 1);
      break;
    }
  }
}

/// A short line that names who wrote: "By Jane Example", "posted on 2 May by Jane Example".
std::string_view by_line(std::string_view text, const Patterns& patterns) {
  if (const auto hit = find_date(text, patterns)) {
    const std::string_view behind = text.substr(hit->span.end);
    if (const auto at = behind.find(" by "); at != behind.npos) return trim(behind.substr(at + 4));
    text = trim(text.substr(0, hit->span.begin));
  }
  for (std::string_view by : {"by ", "von ", "par ", "por ", "di ", "written by ", "story by "})
    if (starts_with_ignore_case(text, by) && text.size() > by.size() && !is_lower(text[by.size()]))
      return text;
  return {};
}

}  // namespace

void add_names(std::string_view list, const Patterns& patterns, std::vector<std::string>& out) {
  std::string s = clean_name(list);
  if (const auto hit = find_date(s, patterns)) s = clean_name(s.substr(0, hit->span.begin));
  // "Jane Example (jex)": initials in brackets are no part of the name.
  for (std::size_t open; (open = s.find(" (")) != s.npos && s.find(')', open) != s.npos;)
    s.erase(open, s.find(')', open) - open + 1);
  for (std::string_view joint :
       {" and ", " und ", " et ", " & ", " y ", " og ", " och ", " with ", " • ", " · "})
    for (std::size_t at; (at = s.find(joint)) != s.npos;) s.replace(at, joint.size(), "; ");
  for (char& c : s)
    if (c == ',' || c == '|' || c == '/') c = ';';
  for (std::string_view part : split_list(s, ';')) {
    const std::string name = without_site_or_role(clean_name(part));
    if (!may_be_name(name) || patterns.no_author.equals(phrase_key(name)) || out.size() >= 20) continue;
    if (std::none_of(out.begin(), out.end(), [&](const std::string& n) { return fold(n) == fold(name); }))
      out.push_back(name);
  }
}

void find_authors(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                  const JsonLd& ld, const Article& article, const Patterns& patterns, PageInfo& page,
                  Sources* sources) {
  Authors out(patterns, site_names(head, ld, page.url));
  const SiteRule* site = patterns.sites.of(page.url);
  if (const std::uint32_t node = site ? first_match(tree, site->byline) : 0; node != 0)
    out.offer(text_of(tree, node, 120), "rule for the site");
  for (const std::string& name : ld.authors)
    if (!out.found() || out.from() == std::string_view("JSON-LD")) out.offer(name, "JSON-LD");
  for (std::string_view key :
       {"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl",
        "dcterms.creator", "cxenseparse:author", "article:author_name", "authors",
        "shareaholic:article_author_name", "citation_author", "vr:author", "author_name"})
    if (!out.found()) out.offer(head.get({key}), "meta tag");
  for (const auto& [label, data] :
       {std::pair{"twitter:label1", "twitter:data1"}, {"twitter:label2", "twitter:data2"}})
    if (!out.found() && patterns.byline_start.begins(phrase_key(head.get({label}))) > 0)
      out.offer(head.get({data}), "meta tag");
  // Near the report first; elsewhere are the authors of others.
  const auto all = std::uint32_t(tree.nodes().size());
  std::uint32_t from = 0, to = all;
  if (article.found && !units.empty() && article.first_unit < units.size()) {
    from = units[article.first_unit > 30 ? article.first_unit - 30 : 0].at;
    while (from > 0 && tree[from].parent != 0 && from - tree[from].parent < 6) from = tree[from].parent;
    to = std::min(all, tree[article.container].end + 80);
  }
  for (const bool by_class : {false, true})
    if (!out.found()) offer_elements(tree, from, to, by_class, true, out);
  if (!out.found()) {
    const std::size_t begin = article.first_unit > 20 ? article.first_unit - 20 : 0;
    for (std::size_t i = begin;
         i < std::min<std::size_t>(units.size(), article.first_unit + 6) && !out.found(); ++i)
      if (units[i].words <= 14)
        if (const auto line = by_line(units[i].text, patterns); !line.empty() && count_words(line) <= 9)
          out.offer(line, "a line by its wording", false);
  }
  for (const bool by_class : {false, true})
    if (!out.found()) offer_elements(tree, 0, all, by_class, false, out);
  if (sources && out.from()) sources->authors = out.from();
  page.authors = out.take();
}

}  // namespace annalist::page
