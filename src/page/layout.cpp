#include "page/layout.h"

#include <algorithm>
#include <array>

#include "base/paragraphs.h"
#include "base/strings.h"
#include "page/date_text.h"
#include "page/dateline.h"

namespace annalist::page {

namespace {

constexpr std::size_t kMaxKey = 300;  // bytes of a block that wording is looked for in

struct Unit {
  Span span;
  std::size_t words = 0;
  bool sentence = false;   // ends like one
  bool paragraph = false;  // looks like a paragraph of prose
  BlockKind kind = BlockKind::paragraph;
};

bool has_capital(std::string_view s) { return std::any_of(s.begin(), s.end(), is_upper); }

bool may_be_headline(std::string_view line, std::size_t words, bool sentence) {
  if (words < 2 || words > 30 || line.size() > 250) return false;
  const char last = line.back();
  if ((sentence && last != '?' && last != '!' && last != '\'' && last != '"') || last == ',' || last == ';' ||
      last == ':')
    return false;
  return has_capital(line) && !is_lower(line.front());
}

/// "Home > World > Syria", "News / Africa".
bool is_breadcrumb(std::string_view line) {
  std::size_t marks = 0;
  for (std::string_view mark : {" > ", " » ", " / ", " › ", " | "})
    for (std::size_t at = line.find(mark); at != line.npos; at = line.find(mark, at + 1)) ++marks;
  return marks >= 1 && count_words(line) <= 4 + 4 * marks && starts_with_ignore_case(line, "home");
}

/// Everything before the first paragraph of prose: where am I, headline, byline, sub-headline, caption.
void read_head(std::string_view text, std::vector<Unit>& units, std::size_t body, std::string_view headline,
               const Patterns& patterns) {
  const auto line = [&](const Unit& u) { return text.substr(u.span.begin, u.span.size()); };
  std::size_t best = body;
  const std::string hint = fold(headline);
  for (std::size_t i = 0; i < body; ++i) {
    Unit& u = units[i];
    if (!hint.empty() && fold(line(u)) == hint) {
      best = i;
      break;
    }
    u.kind = is_breadcrumb(line(u)) ? BlockKind::boilerplate : kind_by_wording(line(u), patterns);
    if (u.kind != BlockKind::paragraph || !may_be_headline(line(u), u.words, u.sentence)) continue;
    if (best == body || (u.words > units[best].words && units[best].words < 4)) best = i;
  }
  if (best == body) return;  // nothing but scraps: they stay what the wording said
  for (std::size_t i = 0; i < body; ++i) {
    Unit& u = units[i];
    if (i == best)
      u.kind = BlockKind::headline;
    else if (u.kind == BlockKind::paragraph && !u.sentence && has_capital(line(u)))
      u.kind = i < best ? BlockKind::boilerplate : BlockKind::heading;
  }
}

/// From a heading such as "Related Articles" on: other reports. The report goes on after it only where
/// nothing but titles stands under the heading and most of the prose comes later.
void read_other_articles(std::vector<Unit>& units, std::size_t heading) {
  const auto prose = [&](std::size_t from, std::size_t to) {
    return std::count_if(units.begin() + from, units.begin() + to, [](const Unit& u) { return u.paragraph; });
  };
  std::size_t end = heading + 1;
  while (end < units.size() && !units[end].paragraph) ++end;
  const bool titles_only = end > heading + 1;
  const bool resumes = titles_only && prose(0, heading) * 2 < prose(end, units.size());
  if (!resumes) end = units.size();
  for (std::size_t i = heading; i < end; ++i)
    if (units[i].kind != BlockKind::boilerplate && units[i].kind != BlockKind::signoff)
      units[i].kind = BlockKind::teaser;
}

/// A heading such as "Read also" inside the report: it and the titles under it. Returns the last of them.
std::size_t read_inset(std::vector<Unit>& units, std::size_t heading) {
  std::size_t last = heading;
  while (last + 1 < units.size() && last < heading + 6 && !units[last + 1].paragraph &&
         !units[last + 1].sentence)
    ++last;
  for (std::size_t i = heading; i <= last; ++i) units[i].kind = BlockKind::teaser;
  return last;
}

}  // namespace

std::size_t count_words(std::string_view text) {
  std::size_t n = 0, unspaced = 0;
  bool in_word = false;
  for (char c : text) {
    const bool space = is_space(c);
    n += !space && !in_word;
    in_word = !space;
    const auto byte = static_cast<unsigned char>(c);
    unspaced += byte >= 0xE3 && byte <= 0xED;  // the first bytes of kana, Han and Hangul
  }
  return n + unspaced / 2;
}

bool heads_other_articles(std::string_view line, const Patterns& patterns) {
  return line.size() <= 60 && patterns.section_heading.equals(phrase_key(line));
}

BlockKind kind_by_wording(std::string_view block, const Patterns& patterns) {
  const std::size_t words = count_words(block.substr(0, 4000));
  const std::string key = phrase_key(block.substr(0, kMaxKey));
  const bool sentence = ends_like_sentence(block);
  if (words <= 40 && patterns.signoff_start.begins(key) > 0) return BlockKind::signoff;
  if (words <= 60 && patterns.signoff_inside.inside(key)) return BlockKind::signoff;
  if (words <= 60 && key.find("editing by") != key.npos && key.find("reporting by") != key.npos)
    return BlockKind::signoff;
  if (words <= 60 && patterns.caption_start.begins(key) > 0) return BlockKind::caption;
  if (words <= 60 && patterns.caption_inside.inside(key) && (!sentence || key.ends_with(")")))
    return BlockKind::caption;
  if (words <= 6 && patterns.boilerplate.equals(key)) return BlockKind::boilerplate;
  if (words <= 18) {
    const auto date = find_date(block, patterns);
    // "By Jane Doe", "By Reuters - Nov 01,2014": short, no sentence, a name or date after the key word.
    if (const std::size_t n = patterns.byline_start.begins(key); n > 0 && (!sentence || date)) {
      const bool by = key.substr(0, n) == "by";
      if (date || (words >= 2 && words <= 12 &&
                   (!by || (block.size() > 3 && !is_lower(trim(block.substr(2)).front())))))
        return BlockKind::byline;
    }
    if (date && !sentence && words <= 9 && date->span.size() * 3 >= block.size()) return BlockKind::byline;
    if (words <= 8 && !sentence && !patterns.agency(block).empty()) return BlockKind::byline;
    if (words <= 8 && words >= 2 && !sentence && patterns.byline_end.ends(key) && has_capital(block))
      return BlockKind::byline;
  }
  if (words <= 45 && patterns.boilerplate_start.begins(key) > 0) return BlockKind::boilerplate;
  if (words <= 30)
    if (const std::size_t n = patterns.teaser_start.begins(key);
        n > 0 && n < key.size() && (key[n] == ':' || key[n] == '|' || key.substr(n).starts_with(" |")))
      return BlockKind::teaser;
  if (words <= 30 && !sentence && patterns.teaser_start_bare.begins(key) > 0) return BlockKind::teaser;
  return BlockKind::paragraph;
}

std::vector<Block> lay_out_text(std::string_view text, std::string_view headline, const Patterns& patterns) {
  std::vector<Unit> units;
  for (Span span : paragraphs_of(text)) {
    Unit u;
    u.span = span;
    const std::string_view line = text.substr(span.begin, span.size());
    u.words = count_words(line);
    u.sentence = ends_like_sentence(line);
    u.paragraph = (u.words >= 8 && u.sentence) || u.words > 30;
    units.push_back(u);
  }
  const auto line = [&](const Unit& u) { return text.substr(u.span.begin, u.span.size()); };
  std::size_t body = units.size();
  std::size_t prose = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!units[i].paragraph) continue;
    ++prose;
    if (body == units.size() && kind_by_wording(line(units[i]), patterns) == BlockKind::paragraph) body = i;
  }
  // Without prose there is no layout to read: single sentences, lists, notes. All of it is the report.
  if (body < units.size()) {
    read_head(text, units, body, headline, patterns);
    std::size_t others = units.size();
    for (std::size_t i = body + 1; i < units.size(); ++i) {
      Unit& u = units[i];
      if (heads_other_articles(line(u), patterns) && i + 1 < units.size()) {
        others = i;
        break;
      }
      if (u.words <= 4 && patterns.inset_heading.equals(phrase_key(line(u)))) {
        i = read_inset(units, i);
        continue;
      }
      u.kind = kind_by_wording(line(u), patterns);
      const bool titled =
          u.words >= 1 && u.words <= 7 && !u.sentence && !is_lower(line(u).front()) && has_capital(line(u));
      if (u.kind == BlockKind::paragraph && titled && prose >= 4 && units[i - 1].paragraph &&
          i + 1 < units.size() && units[i + 1].paragraph && is_alpha(line(u).back()))
        u.kind = BlockKind::heading;
    }
    if (others < units.size()) {
      for (std::size_t i = others; i < units.size(); ++i)
        if (const BlockKind kind = kind_by_wording(line(units[i]), patterns);
            kind == BlockKind::boilerplate || kind == BlockKind::signoff)
          units[i].kind = kind;
      read_other_articles(units, others);
    }
  }
  std::vector<Block> out;
  out.reserve(units.size());
  for (const Unit& u : units) out.push_back({u.span, u.kind});
  return out;
}

}  // namespace annalist::page
