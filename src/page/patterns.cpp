#include "page/patterns.h"

#include <algorithm>

#include "base/strings.h"
#include "pack/stanza.h"

namespace annalist::page {

namespace {

/// Two bytes as a small number, by which nearly all places where no phrase begins are passed over.
std::size_t pair_of(char a, char b) {
  return (static_cast<unsigned char>(a) << 4 ^ static_cast<unsigned char>(b)) & 4095;
}

bool word_byte(char c) { return is_alpha(c) || is_digit(c) || (c & 0x80) != 0; }

Result<std::vector<Stanza>> stanzas(const std::vector<DataText>& files, std::string_view name,
                                    const std::vector<std::string_view>& keys) {
  const auto file =
      std::find_if(files.begin(), files.end(), [&](const DataText& f) { return f.name == name; });
  if (file == files.end()) return fail("missing data text", std::string(name), "rebuild the codebook pack");
  return parse_stanzas(file->text, name, keys);
}

}  // namespace

std::string phrase_key(std::string_view line) {
  std::string out;
  out.reserve(line.size());
  line = trim(line);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!(line[i] & 0x80) && !is_space(line[i])) {
      out += to_lower(line[i]);
    } else if (line.substr(i, 3) == "\xE2\x80\x99" || line.substr(i, 3) == "\xE2\x80\x98") {
      out += '\'';
      i += 2;
    } else if (line.substr(i, 2) == "\xC2\xA0") {
      if (!out.empty() && out.back() != ' ') out += ' ';
      ++i;
    } else if (is_space(line[i])) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += to_lower(line[i]);
    }
  }
  const auto drop = [](char c) {
    return c == ':' || c == '.' || c == '>' || c == '*' || c == '-' || c == ' ' || c == '|';
  };
  while (!out.empty() && drop(out.back())) out.pop_back();
  std::size_t begin = 0;
  while (begin < out.size() && drop(out[begin])) ++begin;
  return out.substr(begin);
}

void Phrases::add(std::string_view phrase) {
  std::string p(trim(phrase));
  if (p.empty()) return;
  all_.insert(p);
  by_first_[static_cast<unsigned char>(p.front())].push_back(p);
  if (p.size() > 1) begins_.set(pair_of(p[0], p[1]));
  for (int next = 0; p.size() == 1 && next < 256; ++next) begins_.set(pair_of(p[0], char(next)));
  by_last_[static_cast<unsigned char>(p.back())].push_back(std::move(p));
}

std::size_t Phrases::begins(std::string_view key) const {
  std::size_t best = 0;
  if (key.empty()) return 0;
  for (const std::string& p : by_first_[static_cast<unsigned char>(key.front())])
    if (p.size() > best && key.starts_with(p) &&
        (key.size() == p.size() || !word_byte(p.back()) || !word_byte(key[p.size()])))
      best = p.size();
  return best;
}

bool Phrases::ends(std::string_view key) const {
  if (key.empty()) return false;
  const auto& list = by_last_[static_cast<unsigned char>(key.back())];
  return std::any_of(list.begin(), list.end(), [&](const std::string& p) {
    return key.ends_with(p) && (key.size() == p.size() || !word_byte(key[key.size() - p.size() - 1]));
  });
}

bool Phrases::inside(std::string_view key) const {
  for (std::size_t at = 0; at < key.size(); ++at) {
    if (!begins_[pair_of(key[at], at + 1 < key.size() ? key[at + 1] : '\0')]) continue;
    for (const std::string& p : by_first_[static_cast<unsigned char>(key[at])])
      if (key.substr(at).starts_with(p)) return true;
  }
  return false;
}

Result<Patterns> Patterns::load(const std::vector<DataText>& files) {
  Patterns out;
  const auto phrases = stanzas(files, "patterns/page_phrases.txt", {"phrases"});
  if (!phrases) return std::unexpected(phrases.error());
  const std::pair<std::string_view, Phrases*> lists[] = {{"section-heading", &out.section_heading},
                                                         {"inset-heading", &out.inset_heading},
                                                         {"teaser-start", &out.teaser_start},
                                                         {"teaser-start-bare", &out.teaser_start_bare},
                                                         {"boilerplate", &out.boilerplate},
                                                         {"boilerplate-start", &out.boilerplate_start},
                                                         {"signoff-start", &out.signoff_start},
                                                         {"signoff-inside", &out.signoff_inside},
                                                         {"caption-start", &out.caption_start},
                                                         {"caption-inside", &out.caption_inside},
                                                         {"byline-start", &out.byline_start},
                                                         {"byline-end", &out.byline_end},
                                                         {"updated-before", &out.updated_before},
                                                         {"no-dateline", &out.no_dateline},
                                                         {"no-author", &out.no_author},
                                                         {"author-role", &out.author_role},
                                                         {"consent", &out.consent},
                                                         {"paywall", &out.paywall},
                                                         {"live-headline", &out.live_headline},
                                                         {"subtitle-name", &out.subtitle_name},
                                                         {"revised-start", &out.revised_start},
                                                         {"revised-inside", &out.revised_inside}};
  for (const Stanza& s : *phrases) {
    const auto list =
        std::find_if(std::begin(lists), std::end(lists), [&](auto& l) { return l.first == s.id; });
    if (list == std::end(lists)) return fail("unknown list [" + s.id + "]", s.where());
    for (std::string_view p : s.list("phrases")) list->second->add(p);
  }
  const auto agencies = stanzas(files, "patterns/agencies.txt", {"name", "as"});
  if (!agencies) return std::unexpected(agencies.error());
  for (const Stanza& s : *agencies)
    for (std::string_view as : s.list("as")) out.agencies.emplace(as, s.get("name"));
  const auto months = stanzas(files, "patterns/months.txt", {"words"});
  if (!months) return std::unexpected(months.error());
  for (const Stanza& s : *months) {
    int month = 0;
    for (char c : s.id) month = is_digit(c) ? month * 10 + (c - '0') : 99;
    if (month < 1 || month > 12) return fail("a month is [1] to [12]", s.where());
    for (std::string_view w : s.list("words")) out.months.emplace(w, month);
  }
  const auto tokens = stanzas(files, "patterns/page_tokens.txt", {"words"});
  if (!tokens) return std::unexpected(tokens.error());
  for (const Stanza& s : *tokens) {
    if (s.id != "never" && s.id != "unseen" && s.id != "outside" && s.id != "aside" && s.id != "body")
      return fail("unknown list [" + s.id + "]", s.where());
    const PageToken token = s.id == "never"     ? PageToken::never
                            : s.id == "outside" ? PageToken::outside
                            : s.id == "aside"   ? PageToken::aside
                            : s.id == "unseen"  ? PageToken::unseen
                                                : PageToken::body;
    for (std::string_view w : s.list("words")) out.page_tokens.emplace(w, token);
  }
  const auto languages = stanzas(files, "patterns/languages.txt", {"words"});
  if (!languages) return std::unexpected(languages.error());
  for (const Stanza& s : *languages) {
    if (out.languages.size() == 64) return fail("more than 64 languages", s.where());
    for (std::string_view w : s.list("words"))
      out.function_words[std::string(w)] |= 1ull << out.languages.size();
    out.languages.push_back(s.id);
  }
  if (out.languages.empty() || out.languages.front() != "en")
    return fail("the first language must be [en]", "patterns/languages.txt");
  auto sites = SiteRules::load(files);
  if (!sites) return std::unexpected(sites.error());
  out.sites = std::move(*sites);
  return out;
}

std::string_view Patterns::agency(std::string_view name) const {
  const auto it = agencies.find(phrase_key(name));
  return it == agencies.end() ? std::string_view() : std::string_view(it->second);
}

}  // namespace annalist::page
