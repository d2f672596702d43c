#include "page/json_ld.h"

#include <simdjson.h>

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace annalist::page {

namespace {

using simdjson::dom::element;

constexpr int kMaxDepth = 32;
constexpr std::size_t kMaxScript = 8u << 20;

std::string string_of(element e) {
  std::string_view s;
  if (!e.get(s)) return std::string(trim(s));
  if (e.is_array() && simdjson::dom::array(e).begin() != simdjson::dom::array(e).end())
    for (element item : simdjson::dom::array(e))
      if (!item.get(s)) return std::string(trim(s));
  if (e.is_object() && (!e["name"].get(s) || !e["@value"].get(s) || !e["@id"].get(s)))
    return std::string(trim(s));
  return {};
}

std::string get(element object, std::string_view key) {
  element value;
  if (object[key].get(value)) return {};
  return string_of(value);
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("Posting") || type == "Report" || type == "NewsStory" ||
         type == "Review" || type == "Recipe" || type == "CreativeWork";
}

/// Values often hold the entities of HTML, sometimes twice.
std::string without_entities(std::string s) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"amp", "&"},   {"quot", "\""}, {"apos", "'"},  {"nbsp", " "},  {"lt", "<"},    {"gt", ">"},
      {"ndash", "–"}, {"mdash", "—"}, {"lsquo", "‘"}, {"rsquo", "’"}, {"ldquo", "“"}, {"rdquo", "”"}};
  for (int round = 0; round < 2 && s.find('&') != s.npos; ++round)
    for (std::size_t at = s.find('&'); at != s.npos; at = s.find('&', at + 1)) {
      const std::size_t end = s.substr(at, 12).find(';');
      if (end == s.npos) continue;
      const std::string_view name = std::string_view(s).substr(at + 1, end - 1);
      std::string with;
      if (name.starts_with('#')) {
        char32_t code = 0;
        const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
        for (char c : name.substr(hex ? 2 : 1))
          code = code * (hex ? 16 : 10) + char32_t(is_digit(c) ? c - '0'
                                                   : hex       ? (to_lower(c) - 'a' + 10) & 15
                                                               : 0);
        if (code >= 32 && code < 0x110000 && !(code >= 0xD800 && code < 0xE000)) append_utf8(with, code);
      } else {
        for (const auto& [known, text] : kNames)
          if (name == known) with = text;
      }
      if (!with.empty()) s.replace(at, end + 1, with);
    }
  return s;
}

/// Names of persons; of organisations only where `organisations` are asked for.
void add_authors(element value, std::vector<std::string>& out, bool organisations, int depth) {
  if (depth > 3 || out.size() >= 20) return;
  std::string_view s;
  if (value.is_array()) {
    for (element item : simdjson::dom::array(value)) add_authors(item, out, organisations, depth + 1);
  } else if (value.is_object()) {
    element name;
    if (!organisations && get(value, "@type").ends_with("Organization")) return;
    if (!value["name"].get(name)) add_authors(name, out, organisations, depth + 1);
  } else if (!value.get(s)) {
    const std::string name = collapse_spaces(without_entities(std::string(s)));
    if (!name.empty() && name.size() < 120 && std::find(out.begin(), out.end(), name) == out.end())
      out.push_back(name);
  }
}

/// "a, b" or ["a", "b"]; names of things, not addresses.
void add_keywords(element value, std::vector<std::string>& out) {
  const auto add = [&](std::string_view s) {
    if (out.size() < 40 && s.find("://") == s.npos) out.push_back(without_entities(std::string(s)));
  };
  if (!value.is_array()) return add(string_of(value));
  for (element item : simdjson::dom::array(value)) add(string_of(item));
}

void fill(std::string& slot, std::string value) {
  if (slot.empty()) slot = std::move(value);
}

void read_updates(element value, std::vector<JsonLd::Update>& out) {
  simdjson::dom::array list;
  if (value.get(list)) return;
  for (element update : list) {
    if (out.size() >= 1000) return;
    if (!update.is_object()) continue;
    out.push_back({without_entities(get(update, "headline")), get(update, "datePublished"),
                   without_entities(get(update, "articleBody").substr(0, 400))});
  }
}

/// One object that says it is an article.
void read_article(element object, const std::string& type, JsonLd& out) {
  const bool generic = type == "CreativeWork" || type == "Review" || type == "Recipe";
  if (generic && !out.type.empty()) return;
  // Pages that list other articles carry several: only the first with a headline describes this one.
  if (!out.type.empty() && !out.headline.empty()) {
    const std::string headline = get(object, "headline");
    if (!headline.empty() && headline != out.headline) return;
  }
  fill(out.type, type);
  fill(out.headline, without_entities(get(object, "headline")));
  if (out.headline.empty()) fill(out.headline, without_entities(get(object, "name")));
  fill(out.body, get(object, "articleBody"));
  fill(out.published, get(object, "datePublished"));
  fill(out.published, get(object, "dateCreated"));
  fill(out.modified, get(object, "dateModified"));
  fill(out.language, get(object, "inLanguage"));
  fill(out.url, get(object, "url"));
  fill(out.description, without_entities(get(object, "description")));
  fill(out.subtitle, without_entities(get(object, "alternativeHeadline")));
  if (out.subtitle == out.headline) out.subtitle.clear();
  fill(out.section, without_entities(get(object, "articleSection")));
  element value;
  if (out.keywords.empty() && !object["keywords"].get(value)) add_keywords(value, out.keywords);
  if (!object["isAccessibleForFree"].get(value)) {
    bool free = true;
    if (value.get(free)) free = lower(string_of(value)) != "false";
    out.not_free = !free;
  }
  for (const bool organisations : {false, true})
    for (std::string_view key : {"author", "creator"})
      if (out.authors.empty() && !object[key].get(value)) add_authors(value, out.authors, organisations, 0);
  if (out.updates.empty() && !object["liveBlogUpdate"].get(value)) read_updates(value, out.updates);
  if (out.publisher.empty() && !object["publisher"].get(value)) out.publisher = string_of(value);
}

void walk(element e, JsonLd& out, JsonLd& page, int depth) {
  if (depth > kMaxDepth) return;
  if (e.is_array()) {
    for (element item : simdjson::dom::array(e)) walk(item, out, page, depth + 1);
    return;
  }
  if (!e.is_object()) return;
  std::string type;
  element t;
  if (!e["@type"].get(t)) {
    if (t.is_array()) {
      for (element item : simdjson::dom::array(t)) {
        const std::string one = string_of(item);
        if (type.empty() || is_article_type(one)) type = one;
      }
    } else {
      type = string_of(t);
    }
  }
  if (is_article_type(type)) {
    read_article(e, type, out);
    return;  // articles inside it (updates of a live blog) are not the page
  }
  out.video |= type == "VideoObject";
  out.collection |= depth <= 2 && (type == "CollectionPage" || type == "SearchResultsPage");
  if (type == "WebPage" || type == "ItemPage") {
    fill(page.published, get(e, "datePublished"));
    fill(page.modified, get(e, "dateModified"));
    fill(page.language, get(e, "inLanguage"));
  }
  for (std::string_view key : {"@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"}) {
    if (key == "itemListElement" && type == "BreadcrumbList") continue;
    element inner;
    if (!e[key].get(inner) && (inner.is_object() || inner.is_array())) walk(inner, out, page, depth + 1);
  }
}

/// Raw control characters inside, comment wrappers around, commas before a closing bracket.
std::string mended(std::string_view s) {
  const std::size_t begin = s.find_first_of("{[");
  const std::size_t end = s.find_last_of("}]");
  if (begin == s.npos || end == s.npos || end < begin) return {};
  s = s.substr(begin, end - begin + 1);
  std::string out;
  out.reserve(s.size());
  bool in_string = false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    if (in_string && c == '\\' && i + 1 < s.size()) {
      constexpr std::string_view kEscapes = "\"\\/bfnrtu";
      if (kEscapes.find(s[i + 1]) != kEscapes.npos) {
        out += c;
        out += s[++i];
      }
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (static_cast<unsigned char>(c) < 0x20) {
      out += in_string && (c == '\n') ? "\\n" : " ";
      continue;
    }
    if (!in_string && (c == '}' || c == ']')) {
      std::size_t last = out.find_last_not_of(' ');
      if (last != out.npos && out[last] == ',') out[last] = ' ';
    }
    out += c;
  }
  return out;
}

/// The value of "key": "..." in text that is no JSON.
std::string search(std::string_view s, std::string_view key) {
  const std::size_t at = s.find(key);
  if (at == s.npos) return {};
  std::size_t p = at + key.size();
  while (p < s.size() && (is_space(s[p]) || s[p] == ':' || s[p] == '"')) ++p;
  const std::size_t end = s.find('"', p);
  if (end == s.npos || end - p > 300) return {};
  return std::string(s.substr(p, end - p));
}

}  // namespace

JsonLd read_json_ld(const std::vector<std::string_view>& scripts) {
  JsonLd out, page;
  simdjson::dom::parser parser;
  for (std::string_view script : scripts) {
    if (script.size() > kMaxScript) continue;
    element root;
    if (!parser.parse(script.data(), script.size()).get(root)) {
      walk(root, out, page, 0);
      continue;
    }
    const std::string again = mended(script);
    if (!again.empty() && !parser.parse(again).get(root)) {
      walk(root, out, page, 0);
    } else if (script.find("Article\"") != script.npos) {
      fill(out.headline, search(script, "\"headline\""));
      fill(out.published, search(script, "\"datePublished\""));
      fill(out.modified, search(script, "\"dateModified\""));
      fill(out.type, "Article");
    }
  }
  fill(out.published, page.published);
  fill(out.modified, page.modified);
  fill(out.language, page.language);
  return out;
}

}  // namespace annalist::page
