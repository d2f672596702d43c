#include "source/xml.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"

namespace annalist::source {

namespace {

/// Where the tag <name or </name begins at or behind `from`; CDATA and comments are passed over.
std::size_t find_tag(std::string_view s, std::string_view open, std::size_t from) {
  for (std::size_t at = s.find('<', from); at != s.npos; at = s.find('<', at + 1)) {
    const std::string_view rest = s.substr(at);
    if (rest.starts_with("<![CDATA[") || rest.starts_with("<!--")) {
      const std::size_t end = s.find(rest[2] == '[' ? "]]>" : "-->", at);
      if (end == s.npos) return s.npos;
      at = end;
      continue;
    }
    if (!rest.substr(1).starts_with(open) || rest.size() <= open.size() + 1) continue;
    const char after = rest[open.size() + 1];
    if (is_space(after) || after == '>' || after == '/') return at;
  }
  return s.npos;
}

void append_entity(std::string_view name, std::string_view whole, std::string& out) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\xC2\xA0"}};
  const auto known =
      std::find_if(std::begin(kNames), std::end(kNames), [&](auto& n) { return n.first == name; });
  if (known != std::end(kNames)) {
    out += known->second;
    return;
  }
  char32_t code = 0;
  if (name.starts_with("#x") || name.starts_with("#X"))
    for (char c : name.substr(2))
      code = code * 16 + (is_digit(c) ? char32_t(c - '0') : char32_t((to_lower(c) - 'a' + 10) & 15));
  else if (name.starts_with('#'))
    for (char c : name.substr(1)) code = is_digit(c) ? code * 10 + char32_t(c - '0') : 0;
  if (code > 0 && code < 0x110000 && !(code >= 0xD800 && code < 0xE000))
    append_utf8(out, code);
  else
    out.append(whole);
}

}  // namespace

std::string unescape_xml(std::string_view s) {
  s = trim(s);
  std::string out;
  out.reserve(s.size());
  for (std::size_t at = 0; at < s.size();) {
    if (s.substr(at).starts_with("<![CDATA[")) {
      const std::size_t end = std::min(s.find("]]>", at), s.size());
      out.append(s.substr(at + 9, end > at + 9 ? end - at - 9 : 0));
      at = std::min(end + 3, s.size());
    } else if (const std::size_t end = s[at] == '&' ? s.substr(at, 12).find(';') : s.npos; end != s.npos) {
      append_entity(s.substr(at + 1, end - 1), s.substr(at, end + 1), out);
      at += end + 1;
    } else {
      out += s[at++];
    }
  }
  return out;
}

std::string_view element(std::string_view item, std::string_view name, std::string_view* attributes) {
  Elements all(item, name);
  if (!all.next()) return {};
  if (attributes) *attributes = all.attributes;
  return all.content;
}

std::string attribute(std::string_view attributes, std::string_view name) {
  for (std::size_t at = attributes.find(name); at != attributes.npos; at = attributes.find(name, at + 1)) {
    if (at > 0 && !is_space(attributes[at - 1])) continue;
    std::size_t p = at + name.size();
    while (p < attributes.size() && is_space(attributes[p])) ++p;
    if (p >= attributes.size() || attributes[p] != '=') continue;
    ++p;
    while (p < attributes.size() && is_space(attributes[p])) ++p;
    if (p >= attributes.size() || (attributes[p] != '"' && attributes[p] != '\'')) continue;
    const std::size_t end = attributes.find(attributes[p], p + 1);
    if (end != attributes.npos) return unescape_xml(attributes.substr(p + 1, end - p - 1));
  }
  return {};
}

std::string first_of(std::string_view item, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names)
    if (const std::string_view raw = element(item, name); !trim(raw).empty()) return unescape_xml(raw);
  return {};
}

std::string plain_text(std::string_view raw) {
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    if (raw.substr(at).starts_with("<![CDATA[")) {
      const std::size_t end = std::min(raw.find("]]>", at), raw.size());
      out.append(raw.substr(std::min(at + 9, end), end - std::min(at + 9, end)));
      at = std::min(end + 3, raw.size());
    } else if (raw[at] == '<') {
      at = std::min(raw.find('>', at), raw.size() - 1) + 1;
    } else {
      const std::size_t end = std::min(raw.find('<', at), raw.size());
      const std::string_view part = raw.substr(at, end - at);
      // unescape_xml trims; blanks between words and tags must stay.
      if (!part.empty() && is_space(part.front())) out += ' ';
      out += unescape_xml(part);
      if (!part.empty() && is_space(part.back())) out += ' ';
      at = end;
    }
  }
  return collapse_spaces(out);
}

bool Elements::next() {
  const std::size_t begin = find_tag(text_, name_, at_);
  if (begin == text_.npos) return false;
  const std::size_t close = text_.find('>', begin);
  if (close == text_.npos) return false;
  attributes = text_.substr(begin + 1 + name_.size(), close - begin - 1 - name_.size());
  content = {};
  at_ = close + 1;
  if (text_[close - 1] == '/') return true;
  // Looked for to the end of the text once at most: without an end tag there is none for the following
  // either.
  const std::size_t end = unended_ ? text_.npos : find_tag(text_, "/" + std::string(name_), at_);
  unended_ = end == text_.npos;
  const std::size_t again = unended_ ? find_tag(text_, name_, at_) : end;
  content = text_.substr(at_, std::min(again, text_.size()) - at_);
  at_ = std::min(again, text_.size());
  return true;
}

std::vector<std::string> paragraphs_in(std::string_view content, std::string_view name) {
  std::vector<std::string> out;
  const auto add = [&](std::string text) {
    if (!text.empty()) out.push_back(std::move(text));
  };
  Elements all(content, name);
  while (all.next()) add(plain_text(all.content));
  if (!out.empty()) return out;
  std::string paragraph;
  for (std::string_view line : split(content, '\n')) {
    if (trim(line).empty() || line.starts_with("    ") || line.starts_with('\t')) {
      add(plain_text(paragraph));
      paragraph.clear();
    }
    paragraph.append(line) += '\n';
  }
  add(plain_text(paragraph));
  return out;
}

}  // namespace annalist::source
