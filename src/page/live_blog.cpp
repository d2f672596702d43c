// The entries of a live blog: where each begins, when it was written, how it is headed. Two witnesses: the
// times that stand over the entries, and the updates that JSON-LD lists, found again by their headlines or
// first words.
#include "page/live_blog.h"

#include <algorithm>
#include <unordered_map>

#include "base/strings.h"

namespace annalist::page {

namespace {

constexpr std::size_t kFewest = 2;    // entries that make a list of them
constexpr std::size_t kOpening = 40;  // bytes by which the text of an update is known

/// "14:35", "2.35 pm (IST)", "Updated 14:35 GMT" as hours and minutes after midnight; -1 for none.
int clock_of(std::string_view s) {
  for (std::size_t at = 1; at + 2 < s.size(); ++at) {
    if ((s[at] != ':' && s[at] != '.') || !is_digit(s[at - 1]) || !is_digit(s[at + 1]) ||
        !is_digit(s[at + 2]))
      continue;
    if (at + 3 < s.size() && (is_digit(s[at + 3]) || s[at + 3] == '.')) continue;
    int hour = s[at - 1] - '0';
    if (at > 1 && is_digit(s[at - 2])) hour += 10 * (s[at - 2] - '0');
    if (at > 2 && is_digit(s[at - 3])) continue;
    const int minute = 10 * (s[at + 1] - '0') + (s[at + 2] - '0');
    const std::string_view behind = trim(s.substr(at + 3));
    if (starts_with_ignore_case(behind, "pm") && hour < 12) hour += 12;
    if (starts_with_ignore_case(behind, "am") && hour == 12) hour = 0;
    if (hour < 24 && minute < 60) return hour * 60 + minute;
  }
  return -1;
}

/// A time that stands on the page, before the node `node`.
struct Mark {
  std::uint32_t node = 0;
  Stamp time;
};

class Entries {
 public:
  Entries(const HtmlTree& tree, const std::vector<TextUnit>& units, const JsonLd& ld, const Article& article,
          const Patterns& patterns, const PageInfo& page)
      : tree_(tree), units_(units), ld_(ld), article_(article), patterns_(patterns), page_(page) {}

  std::vector<LiveEntry> run() {
    find_marks();
    for (std::size_t u = 0; u < ld_.updates.size(); ++u) {
      const JsonLd::Update& update = ld_.updates[u];
      if (const std::string key = fold(update.headline); key.size() >= 4) told_.try_emplace(key, u);
      if (const std::string key = opening(update.body); !key.empty()) told_.try_emplace(key, u);
    }
    std::vector<LiveEntry> out;
    const auto& blocks = article_.blocks;
    std::size_t mark = 0, update = ld_.updates.size();
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      const Mark* over = nullptr;
      for (; mark < marks_.size() && marks_[mark].node < units_[blocks[b].unit].at; ++mark)
        over = &marks_[mark];
      const std::size_t known = told(blocks[b].text);
      const bool other = known < ld_.updates.size() && known != update;
      if (!over && !other) continue;
      // A heading goes with what follows it, whether its time stands over or under it.
      const bool headed =
          b > 0 && blocks[b - 1].kind == BlockKind::heading && blocks[b].kind != BlockKind::heading;
      if (!headed || out.empty() || out.back().first != b - 1) {
        const std::size_t first = headed ? b - 1 : b;
        if (!out.empty()) out.back().last = first;
        out.push_back({first, blocks.size(), {}, {}});
      }
      LiveEntry& entry = out.back();
      if (over && entry.time.value.empty()) entry.time = over->time;
      if (other) use(known, entry), update = known;
      if (blocks[entry.first].kind == BlockKind::heading) entry.heading = blocks[entry.first].text;
    }
    if (out.size() < kFewest) out.clear();
    return out;
  }

 private:
  /// Times within the report's part of the page that are not those of the page as a whole.
  void find_marks() {
    if (article_.container == 0) return;
    const auto offer = [&](std::uint32_t node, std::string_view value) {
      if (trim(value).empty() || value.size() > 80) return;
      Mark mark{node, {}};
      if (auto stamp = read_date_value(value, patterns_, NumericOrder::day_first)) {
        mark.time = std::move(*stamp);
      } else if (const int clock = clock_of(value); clock >= 0) {
        mark.time = of_the_day(clock);
        if (mark.time.value.empty()) mark.time.source = DateSource::none;
      } else {
        return;
      }
      if (!mark.time.value.empty()) mark.time.source = DateSource::visible;
      const auto same = [&](const Stamp& s) { return !s.value.empty() && s.value == mark.time.value; };
      if (!same(page_.published) && !same(page_.updated)) marks_.push_back(std::move(mark));
    };
    std::size_t unit = article_.first_unit;
    const std::size_t last = std::min<std::size_t>(article_.last_unit, units_.size());
    for (std::uint32_t n = article_.container + 1; n < tree_[article_.container].end; ++n) {
      if (tree_[n].tag == Tag::time) {
        const std::string_view when = tree_.attribute(tree_[n], Attr::datetime);
        offer(n, when.empty() ? text_of(tree_, n, 80) : std::string(when));
        n = std::max(n, tree_[n].end - 1);
        continue;
      }
      while (unit < last && units_[unit].at < n) ++unit;
      if (unit == last || units_[unit].at != n || !is_clock(units_[unit])) continue;
      // A line of a list of the chief events ends with a clock, too.
      const TextUnit& u = units_[unit];
      if (u.words <= 4 || (u.tag >= Tag::h1 && u.tag <= Tag::h6)) offer(n, u.text);
    }
  }

  Stamp of_the_day(int clock) const {
    const Day day = page_.published.day();
    if (!day) return {};
    const auto two = [](int n) { return std::string{char('0' + n / 10), char('0' + n % 10)}; };
    return {day.iso() + "T" + two(clock / 60) + ":" + two(clock % 60), DatePrecision::minute,
            DateSource::visible};
  }

  static std::string opening(std::string_view text) {
    std::string key = fold(text.substr(0, 4 * kOpening));
    if (key.size() < kOpening) return {};
    key.resize(kOpening);
    return key;
  }

  std::size_t told(std::string_view block) const {
    if (told_.empty()) return ld_.updates.size();
    auto hit = block.size() <= 400 ? told_.find(fold(block)) : told_.end();
    if (hit == told_.end()) hit = told_.find(opening(block));
    return hit == told_.end() ? ld_.updates.size() : hit->second;
  }

  void use(std::size_t u, LiveEntry& entry) const {
    if (auto stamp = read_date_value(ld_.updates[u].published, patterns_, NumericOrder::day_first)) {
      entry.time = std::move(*stamp);
      entry.time.source = DateSource::json_ld;
    }
    if (entry.heading.empty()) entry.heading = collapse_spaces(ld_.updates[u].headline);
  }

  const HtmlTree& tree_;
  const std::vector<TextUnit>& units_;
  const JsonLd& ld_;
  const Article& article_;
  const Patterns& patterns_;
  const PageInfo& page_;
  std::vector<Mark> marks_;
  std::unordered_map<std::string, std::size_t> told_;  // headlines and openings of the updates
};

}  // namespace

bool is_clock(const TextUnit& u) {
  if (u.words == 0 || u.words > 8) return false;
  const std::string key = lower(u.text);
  if (key.ends_with(" ago")) return is_digit(key.front());
  for (std::size_t at = key.find_first_of(":."); at != key.npos; at = key.find_first_of(":.", at + 1))
    if (at > 0 && at + 2 < key.size() && is_digit(key[at - 1]) && is_digit(key[at + 1]) &&
        is_digit(key[at + 2]))
      return true;
  return false;
}

std::vector<LiveEntry> live_entries(const HtmlTree& tree, const std::vector<TextUnit>& units,
                                    const JsonLd& ld, const Article& article, const Patterns& patterns,
                                    const PageInfo& page) {
  return Entries(tree, units, ld, article, patterns, page).run();
}

}  // namespace annalist::page
