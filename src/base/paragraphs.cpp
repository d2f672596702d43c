#include "base/paragraphs.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist {

bool ends_like_sentence(std::string_view s) {
  s = trim(s);
  for (bool again = true; again;) {
    again = false;
    for (std::string_view closer : {"\"", "'", ")", "]", "”", "’", "»"})
      if (s.ends_with(closer)) {
        s.remove_suffix(closer.size());
        again = true;
      }
    if (s.ends_with(' ')) {
      s.remove_suffix(1);
      again = true;
    }
  }
  return s.ends_with('.') || s.ends_with('?') || s.ends_with('!') || s.ends_with("…") || s.ends_with("。") ||
         s.ends_with("؟");
}

namespace {

struct Line {
  Span span;                  // without blanks at the ends
  bool blank_before = false;  // a blank line stands before it
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> out;
  bool blank = false;
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t end = text.find('\n', at);
    if (end == text.npos) end = text.size();
    const std::string_view line = trim(text.substr(at, end - at));
    if (line.empty()) {
      blank = true;
    } else {
      const auto begin = std::uint32_t(line.data() - text.data());
      out.push_back({{begin, std::uint32_t(begin + line.size())}, blank});
      blank = false;
    }
    at = end + 1;
  }
  return out;
}

/// The width at which the lines of a text were wrapped, 0 if they were not: nearly all lines that another
/// line follows without a blank line end near the same column, and many of them inside a sentence.
std::size_t wrap_width(std::string_view text, const std::vector<Line>& lines) {
  std::vector<std::size_t> lengths;
  std::size_t inside = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i + 1].blank_before) continue;
    lengths.push_back(lines[i].span.size());
    inside += !ends_like_sentence(text.substr(lines[i].span.begin, lines[i].span.size()));
  }
  if (lengths.size() < 3) return 0;
  std::sort(lengths.begin(), lengths.end());
  const std::size_t width = lengths[lengths.size() * 9 / 10];
  if (width > 140 || width < 30) return 0;
  const auto full =
      std::count_if(lengths.begin(), lengths.end(), [&](std::size_t n) { return n * 4 >= width * 3; });
  return std::size_t(full) * 10 >= lengths.size() * 6 && inside * 10 >= lengths.size() * 5 ? width : 0;
}

bool joins_next(std::string_view text, const Line& line, const Line& next, std::size_t width) {
  if (next.blank_before) return false;
  const std::string_view a = text.substr(line.span.begin, line.span.size());
  const std::string_view b = text.substr(next.span.begin, next.span.size());
  if (width > 0) return a.size() * 10 >= width * 6 || (!ends_like_sentence(a) && is_lower(b.front()));
  // A lone break inside a sentence. Texts without capitals give no sign of it.
  return !ends_like_sentence(a) && is_lower(b.front()) && a.size() >= 30 &&
         std::any_of(a.begin(), a.end(), is_upper);
}

}  // namespace

std::vector<Span> paragraphs_of(std::string_view text) {
  const std::vector<Line> lines = lines_of(text);
  const std::size_t width = wrap_width(text, lines);
  std::vector<Span> out;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (i > 0 && joins_next(text, lines[i - 1], lines[i], width))
      out.back().end = lines[i].span.end;
    else
      out.push_back(lines[i].span);
  return out;
}

}  // namespace annalist
