#include "page/dateline.h"

#include <algorithm>

#include "base/strings.h"
#include "base/utf8.h"
#include "page/date_text.h"

namespace annalist::page {

namespace {

constexpr std::size_t kMaxDateline = 140;  // bytes

void blanks(std::string_view s, std::size_t& at) {
  while (at < s.size() && (is_space(s[at]) || s.substr(at, 2) == "\xC2\xA0")) at += is_space(s[at]) ? 1 : 2;
}

bool letter(char32_t c) {
  return c < 0x80 ? is_alpha(char(c)) : (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7);
}
bool capital(char32_t c) { return c < 0x80 ? is_upper(char(c)) : (c >= 0xC0 && c <= 0xDE); }

constexpr std::string_view kWeekdays[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                          "Friday", "Saturday", "Sunday"};
bool is_weekday(std::string_view s) {
  return std::find(std::begin(kWeekdays), std::end(kWeekdays), s) != std::end(kWeekdays);
}

/// Bytes of a dash at `at` that can end a dateline, or 0.
std::size_t dash(std::string_view s, std::size_t at) {
  if (s.substr(at, 3) == "—" || s.substr(at, 3) == "–" || s.substr(at, 3) == "―") return 3;
  if (s.substr(at, 3) == "---") return 3;
  if (s.substr(at, 2) == "--") return 2;
  if (at < s.size() && s[at] == '-' && (at + 1 >= s.size() || !is_digit(s[at + 1]))) return 1;
  return 0;
}

/// One word of a place name: letters, inner hyphens, apostrophes and stops.
std::string_view place_word(std::string_view s, std::size_t at, bool& all_capital, bool& first_capital) {
  std::size_t p = at;
  bool any = false;
  all_capital = first_capital = true;
  while (p < s.size()) {
    std::size_t next = p;
    const char32_t c = next_code_point(s, next);
    if (letter(c)) {
      if (!capital(c)) all_capital = false;
      if (!any) first_capital = capital(c);
      any = true;
    } else if (!(any && (c == '.' || c == '\'' || c == 0x2019 ||
                         (c == '-' && next < s.size() && (is_alpha(s[next]) || (s[next] & 0x80)))))) {
      break;
    }
    p = next;
  }
  return any ? s.substr(at, p - at) : std::string_view();
}

struct Place {
  std::size_t end = 0;
  int words = 0;
  bool capitals = true;  // the first part is in capitals throughout
};

/// Up to four words that may be a place; small particles ("de", "al") between them allowed.
Place read_place(std::string_view s, std::size_t at, bool need_capitals, const Patterns& patterns) {
  Place out;
  out.end = at;
  std::size_t p = at;
  while (out.words < 5) {
    bool all = false, first = false;
    const std::string_view w = place_word(s, p, all, first);
    if (w.empty() || w.size() > 24) break;
    if (out.words > 0 && read_month_day(s.substr(p), patterns)) break;  // "RICHMOND, Va. Feb 26"
    // "Democratic Republic of the Congo": small words inside a name.
    const bool link = out.words > 0 && (w == "of" || w == "the" || w == "and");
    if (!link && (need_capitals ? !all : !first)) break;
    p += w.size();
    if (!link) {
      if (!all) out.capitals = false;
      ++out.words;
      out.end = p;
    }
    std::size_t q = p;
    blanks(s, q);
    if (q == p) break;
    p = q;
  }
  return out;
}

Day day_near(int month, int day, Day published) {
  if (!published) return {};
  const int year = int(published.ymd().year());
  for (int y : {year, year - 1})
    if (const Day d = Day::from_ymd(y, unsigned(month), unsigned(day)); d && d <= published + 1) return d;
  return {};
}

/// "(Reuters)", "(ACAN-EFE)", "(AP)": the text between the brackets.
std::string_view bracket(std::string_view s, std::size_t at) {
  if (at >= s.size() || s[at] != '(') return {};
  const std::size_t end = s.find(')', at);
  if (end == s.npos || end - at < 3 || end - at > 40) return {};
  return s.substr(at + 1, end - at - 1);
}

std::string agency_name(std::string_view written, const Patterns& patterns) {
  if (const std::string_view known = patterns.agency(written); !known.empty()) return std::string(known);
  for (std::string_view part : split_list(written, '/'))
    if (const std::string_view known = patterns.agency(part); !known.empty()) return std::string(known);
  return {};
}

/// "Great Lakes Wire": behind a place in capitals a bracket of two to five capitalised words names the
/// outlet.
bool looks_like_outlet(std::string_view s) {
  const auto words = split_list(s, ' ');
  return words.size() >= 2 && words.size() <= 5 &&
         std::all_of(words.begin(), words.end(), [](std::string_view w) { return is_upper(w.front()); });
}

/// What stands at `at` may begin a sentence: a capital, a quotation, a number.
bool starts_sentence(std::string_view s, std::size_t at) {
  blanks(s, at);
  if (at >= s.size()) return false;
  const char32_t c = next_code_point(s, at);
  return capital(c) || c == '"' || c == 0x201C || c == '\'' || c == 0x2018 || (c < 0x80 && is_digit(char(c)));
}

/// Marks of monitoring services after the dash: "[TEXT]", "[EXCERPT]".
void service_marks(std::string_view s, std::size_t& at) {
  std::size_t p = at;
  blanks(s, p);
  if (p >= s.size() || s[p] != '[') return;
  const std::size_t end = s.find(']', p);
  if (end == s.npos || end - p > 24) return;
  for (std::size_t i = p + 1; i < end; ++i)
    if (!is_upper(s[i]) && s[i] != ' ' && !is_lower(s[i])) return;
  const std::string mark = lower(s.substr(p + 1, end - p - 1));
  if (mark == "text" || mark == "excerpt" || mark == "excerpts" || mark == "report" || mark == "article" ||
      mark.find("text") != mark.npos)
    at = end + 1;
}

}  // namespace

std::optional<DatelineHit> read_dateline(std::string_view paragraph, Day published,
                                         const Patterns& patterns) {
  const std::string_view s = paragraph.substr(0, kMaxDateline);
  DatelineHit out;
  std::size_t at = 0;
  blanks(s, at);
  bool all_capitals_text = true;  // then capitals say nothing
  for (char c : paragraph.substr(0, 400)) all_capitals_text = all_capitals_text && !is_lower(c);

  // "Reuters KHARTOUM —": the agency may stand in front.
  {
    bool all = false, first = false;
    const std::string_view word = place_word(s, at, all, first);
    if (const auto known = patterns.agency(word); !known.empty() && !all) {
      out.agency = known;
      at += word.size();
      blanks(s, at);
    }
  }
  const std::size_t place_begin = at;
  int regions = 0;
  Place place = read_place(s, at, true, patterns);
  const bool capitals = place.words > 0 && (place.end - at >= 3);
  if (!capitals) place = read_place(s, at, false, patterns);
  if (place.words > 0) {
    at = place.end;
    // "ATHENS/ANKARA": a report from several places.
    for (int more = 0; capitals && more < 3 && at + 1 < s.size() && s[at] == '/'; ++more) {
      const Place next = read_place(s, at + 1, true, patterns);
      if (next.words == 0) break;
      at = next.end;
    }
    // ", Gaza Strip", ", Calif.": up to two parts of the region.
    for (; regions < 2; ++regions) {
      std::size_t p = at;
      blanks(s, p);
      if (p >= s.size() || s[p] != ',') break;
      ++p;
      blanks(s, p);
      if (read_month_day(s.substr(p), patterns)) break;
      const Place region = read_place(s, p, false, patterns);
      if (region.words == 0 || region.words > 5) break;
      at = region.end;
    }
    out.place = collapse_spaces(s.substr(place_begin, at - place_begin));
    if (!capitals && out.place.find(". ") != std::string::npos) return std::nullopt;  // a sentence, no place
  }
  // The date.
  bool dated = false, comma = false;
  {
    std::size_t p = at;
    blanks(s, p);
    comma = p < s.size() && s[p] == ',';
    if (comma) ++p;
    blanks(s, p);
    for (std::string_view weekday : kWeekdays)
      if (starts_with_ignore_case(s.substr(p), weekday)) {
        p += weekday.size();
        if (p < s.size() && s[p] == ',') ++p;
        blanks(s, p);
      }
    if (const auto hit = find_date(s.substr(p), patterns, NumericOrder::day_first, true);
        hit && hit->span.begin == 0) {
      out.date = hit->stamp.day();
      at = p + hit->span.end;
      dated = true;
    } else if (const auto md = read_month_day(s.substr(p), patterns)) {
      out.date = day_near(md->month, md->day, published);
      at = p + md->bytes;
      dated = true;
    }
  }
  // The agency.
  bool agency = !out.agency.empty(), bracketed = false;
  {
    std::size_t p = at;
    blanks(s, p);
    if (const std::string_view inside = bracket(s, p); !inside.empty()) {
      // "(Mindanao Observer/March 9, 2021)": outlet and date in one bracket.
      const std::size_t slash = std::min(inside.find('/'), inside.size());
      const std::string_view outlet = trim(inside.substr(0, slash));
      if (const std::string_view rest = trim(inside.substr(std::min(slash + 1, inside.size())));
          !rest.empty())
        if (const auto hit = find_date(rest, patterns, NumericOrder::day_first, true);
            hit && hit->span.begin == 0) {
          out.date = hit->stamp.day();
          dated = true;
        }
      if (auto name = agency_name(outlet, patterns); !name.empty())
        out.agency = std::move(name);
      else if (capitals && !all_capitals_text && looks_like_outlet(outlet))
        out.agency = collapse_spaces(outlet);
      agency = !out.agency.empty();
      bracketed = true;
      at = p + inside.size() + 2;
    }
  }
  std::size_t p = at;
  blanks(s, p);
  const bool blank_before = p > at;
  std::size_t end = dash(s, p);
  const bool colon = end == 0 && p < s.size() && s[p] == ':';
  if (colon) end = 1;
  if (end == 0) return std::nullopt;
  if (s[p] == '-' && end == 1 && !blank_before && !bracketed &&
      !(dated && p + 1 < s.size() && is_space(s[p + 1])))
    return std::nullopt;  // "WEST-backed"
  const std::string key = phrase_key(out.place);
  if (patterns.no_dateline.equals(key)) return std::nullopt;
  if (out.place.empty()) {
    if (!agency) return std::nullopt;
  } else if (!agency && dated && comma && !capitals && place.words <= 3 && !is_weekday(out.place)) {
    // "London, March 2 - "
  } else if (!agency && !dated && !capitals && regions == 1 && blank_before && !colon && place.words <= 3 &&
             starts_sentence(s, p + end)) {
    // "Gusau, Nigeria - Armed men"
  } else if (!agency && !(dated && (capitals || bracketed))) {
    // Only a place and a mark: capitals in a text that has small letters, and no common caption word.
    if (!capitals || all_capitals_text || bracketed) return std::nullopt;
    if (place.words > 3 || (colon && place.words > 2) || !starts_sentence(s, p + end)) return std::nullopt;
  }
  at = p + end;
  service_marks(s, at);
  out.bytes = at;
  return out;
}

}  // namespace annalist::page
