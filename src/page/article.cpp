#include "page/article.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/strings.h"
#include "page/layout.h"

namespace annalist::page {

namespace {

enum class Zone : std::uint8_t { inside, aside, outside, ruled_out };

/// Splits class names and ids into lower-case words at marks and humps: "relatedLinks_box" ->
/// related-links-box. The words begin at `begins`.
std::string name_words(std::string_view s, std::vector<std::size_t>& begins) {
  std::string out;
  bool open = false;
  char before = 0;
  for (char c : s.substr(0, 400)) {
    const bool word = is_alpha(c) || is_digit(c);
    if (!word)
      open = false;
    else {
      if (!open || (is_upper(c) && is_lower(before))) {
        if (!out.empty()) out += '-';
        begins.push_back(out.size());
      }
      open = true;
      out += to_lower(c);
    }
    before = c;
  }
  return out;
}

/// Sums over runs of units, so that any subtree is one subtraction.
struct Sums {
  std::vector<double> at{0};
  void add(double v) { at.push_back(at.back() + v); }
  double of(std::size_t first, std::size_t last) const { return at[last] - at[first]; }
};

/// Hashes of word 4-grams: how much of a unit stands in the body that JSON-LD gives.
class Shingles {
 public:
  static std::vector<std::uint64_t> words(std::string_view s) {
    std::vector<std::uint64_t> out;
    std::uint64_t h = 0;
    for (char c : s) {
      const bool word = is_alpha(c) || is_digit(c) || (c & 0x80);
      if (word) {
        h = (h == 0 ? 1469598103934665603ull : h) ^ static_cast<unsigned char>(to_lower(c));
        h *= 1099511628211ull;
      } else if (h != 0) {
        out.push_back(h);
        h = 0;
      }
    }
    if (h != 0) out.push_back(h);
    return out;
  }
  explicit Shingles(std::string_view text) {
    const auto w = words(text);
    for (std::size_t i = 0; i + kWords <= w.size(); ++i) set_.insert(mix(w, i));
    count_ = w.size();
  }
  std::size_t count() const { return count_; }
  /// Share of the unit's n-grams that are known; 0 for units too short to tell.
  double known(std::string_view unit) const {
    const auto w = words(unit);
    if (w.size() < kWords) return 0;
    std::size_t hits = 0;
    for (std::size_t i = 0; i + kWords <= w.size(); ++i) hits += set_.contains(mix(w, i));
    return double(hits) / double(w.size() - kWords + 1);
  }

 private:
  static constexpr std::size_t kWords = 4;
  static std::uint64_t mix(const std::vector<std::uint64_t>& w, std::size_t i) {
    std::uint64_t h = 0;
    for (std::size_t k = 0; k < kWords; ++k) h = (h ^ w[i + k]) * 0x9E3779B97F4A7C15ull;
    return h;
  }
  std::unordered_set<std::uint64_t> set_;
  std::size_t count_ = 0;
};

bool is_heading(Tag t) { return t >= Tag::h1 && t <= Tag::h6; }

bool is_container(Tag t) {
  switch (t) {
    case Tag::body:
    case Tag::article:
    case Tag::main:
    case Tag::section:
    case Tag::div:
    case Tag::td:
    case Tag::blockquote:
    case Tag::form:
    case Tag::center:
    case Tag::other:
      return true;
    default:
      return false;
  }
}

class Finder {
 public:
  Finder(const HtmlTree& tree, const std::vector<TextUnit>& units, const JsonLd& ld,
         std::string_view headline, const Patterns& patterns, const SiteRule* site)
      : tree_(tree),
        units_(units),
        patterns_(patterns),
        site_(site),
        headline_(fold(headline)),
        known_(ld.body.find('<') == std::string::npos ? std::string_view(ld.body) : std::string_view()),
        has_known_(known_.count() >= 40) {}

  Article run() {
    match_known();
    index_units();
    // What names say is believed first. A word that most of the prose of the page stands under is no mark: a
    // report in slides, a "promo" frame around everything.
    mark_zones();
    score_units();
    std::uint32_t best = choose();
    const double good = good_in(best);
    for (int round = 0; round < 3 && good_in(best) < std::min(0.25 * raw_.at.back(), 800.0) && doubt_words();
         ++round) {
      mark_zones();
      score_units();
      best = choose();
    }
    if (!doubted_.empty() && (good_in(best) < 400 || good_in(best) < 3 * good)) {
      doubted_.clear();
      mark_zones();
      score_units();
      best = choose();
    }
    Article out;
    out.container = narrow(best);
    collect(out);
    return out;
  }

 private:
  void match_known() {
    matched_.resize(units_.size());
    if (has_known_)
      for (std::size_t u = 0; u < units_.size(); ++u) matched_[u] = known_.known(units_[u].text) >= 0.6;
  }

  /// Units of a node's subtree: [first_[n], first_[end)).
  void index_units() {
    first_.assign(tree_.nodes().size() + 1, 0);
    std::size_t u = 0;
    for (std::size_t n = 0; n < first_.size(); ++n) {
      while (u < units_.size() && units_[u].at < n) ++u;
      first_[n] = std::uint32_t(u);
    }
    for (std::size_t i = 0; i < units_.size(); ++i) {
      raw_.add(prose(units_[i]));
      matched_sum_.add(matched_[i] ? 1 : 0);
      heads_.add(is_heading(units_[i].tag) && !headline_.empty() && fold(units_[i].text) == headline_ ? 1
                                                                                                      : 0);
    }
  }
  std::size_t first(std::uint32_t node) const { return first_[node]; }
  std::size_t last(std::uint32_t node) const { return first_[tree_[node].end]; }

  /// How much a unit speaks for the place it stands in being a report.
  static double prose(const TextUnit& u) {
    if (is_heading(u.tag) || u.in_figure || u.link_share() > 0.5) return 0;
    if (u.words < 6) return 0;
    double p = double(u.text.size() - u.link_bytes);
    if (!u.sentence) p *= u.words > 25 ? 0.7 : 0.2;
    if (u.in_list) p *= 0.5;
    if (u.in_cell && u.words < 20) p *= 0.3;
    return p;
  }

  double good_in(std::uint32_t node) const { return node == 0 ? 0 : good_.of(first(node), last(node)); }

  /// Adds the words that a third of the prose stands under to those that are not believed. False: there are
  /// none.
  bool doubt_words() {
    bool more = false;
    for (const auto& [word, bytes] : marked_prose_)
      if (bytes > 0.33 * raw_.at.back()) more |= doubted_.insert(word).second;
    if (more) named_.clear(), last_named_ = nullptr;
    return more;
  }

  /// Which nodes lie in parts that are named as not the report.
  void mark_zones() {
    marked_prose_.clear();
    zone_.assign(tree_.nodes().size(), Zone::inside);
    body_bonus_.assign(tree_.nodes().size(), 0);
    const double all = raw_.at.back();
    std::vector<bool> in_body(tree_.nodes().size());
    for (std::uint32_t n = 1; n < zone_.size(); ++n) {
      const Node& node = tree_[n];
      if (node.tag == Tag::text) continue;
      zone_[n] = zone_[node.parent];
      in_body[n] = in_body[node.parent] || body_bonus_[node.parent] >= 0.3;
      if (site_ && zone_[n] != Zone::ruled_out && selected(site_->drop, node)) zone_[n] = Zone::ruled_out;
      if (zone_[n] == Zone::ruled_out) continue;
      if (site_ && selected(site_->body, node)) body_bonus_[n] = 0.3;
      Zone own = Zone::inside;
      std::string_view word;
      switch (node.tag) {
        case Tag::nav:
        case Tag::footer:
          own = Zone::outside;
          break;
        case Tag::aside:
        case Tag::dialog:
        case Tag::menu:
          own = Zone::aside;
          break;
        case Tag::article:
        case Tag::main:
          body_bonus_[n] = 0.1;
          break;
        default:
          break;
      }
      for (const Attribute& a : tree_.attributes(node)) {
        const bool names = a.name == Attr::class_ || a.name == Attr::id || a.name == Attr::role ||
                           a.name == Attr::data_component || a.name == Attr::data_testid;
        if (names) {
          const Named& named = named_by(a.value);
          if (named.zone > own) word = named.word;
          own = std::max(own, named.zone);
          if (named.body) body_bonus_[n] = std::max(body_bonus_[n], 0.2);
        } else if (a.name == Attr::itemprop && a.value == "articleBody") {
          body_bonus_[n] = 0.3;
        } else if (in_body[n]) {
          // Text behind a pay wall is hidden piece by piece within the body.
        } else if (a.name == Attr::hidden || (a.name == Attr::aria_hidden && a.value == "true")) {
          own = std::max(own, Zone::aside);
        } else if (a.name == Attr::style && (a.value.find("display:none") != a.value.npos ||
                                             a.value.find("display: none") != a.value.npos)) {
          own = std::max(own, Zone::aside);
        }
      }
      if (own == Zone::inside || body_bonus_[n] >= 0.2) continue;
      // The report's own frame may carry any name: it is known by holding the headline or most of the text.
      const std::size_t a = first(n), b = last(n);
      const double share = all > 0 ? raw_.of(a, b) / all : 0;
      if (node.tag == Tag::body || heads_.of(a, b) > 0 || share > (own == Zone::outside ? 0.7 : 0.4))
        continue;
      if (has_known_ && matched_sum_.of(a, b) * 2 > double(b - a)) continue;
      if (zone_[n] == Zone::inside && !word.empty()) marked_prose_[word] += raw_.of(a, b);
      zone_[n] = std::max(zone_[n], own);
    }
  }

  /// What the words of a class or id say. The same names stand on many elements of a page: asked once each.
  struct Named {
    Zone zone = Zone::inside;
    bool body = false;
    std::string_view word;  // what says the zone; empty for one that is never doubted
  };
  const Named& named_by(std::string_view value) {
    if (last_named_ && last_named_->first == value) return last_named_->second;  // of the element before
    const auto [it, fresh] = named_.try_emplace(value);
    last_named_ = &*it;
    if (!fresh) return it->second;
    begins_.clear();
    const std::string words = name_words(value, begins_);
    Named& out = it->second;
    const auto add = [&](std::string_view word) {
      const auto token = patterns_.page_tokens.find(word);
      if (token == patterns_.page_tokens.end() || doubted_.contains(token->first)) return;
      if (token->second == PageToken::body) {
        out.body = true;
        return;
      }
      const bool aside = token->second == PageToken::aside || token->second == PageToken::unseen;
      const Zone zone = aside ? Zone::aside : Zone::outside;
      if (token->second == PageToken::never || token->second == PageToken::unseen)
        out.word = {};
      else if (zone > out.zone)
        out.word = token->first;
      out.zone = std::max(out.zone, zone);
    };
    begins_.push_back(words.size() + 1);
    for (std::size_t w = 0; w + 1 < begins_.size(); ++w) {
      const auto from = [&](std::size_t n) {
        return std::string_view(words).substr(begins_[w], begins_[w + n] - 1 - begins_[w]);
      };
      add(from(1));
      if (w + 2 < begins_.size()) add(from(2));
    }
    return out;
  }

  void score_units() {
    good_ = {};
    noise_ = {};
    for (std::size_t i = 0; i < units_.size(); ++i) {
      const TextUnit& u = units_[i];
      double good = prose(u);
      double noise = 0;
      const double size = double(u.text.size());
      if (zone_[u.node] != Zone::inside) {
        good = 0;
        noise = 0.15 * size;
      } else if (good == 0) {
        noise = (u.link_share() > 0.5 ? 1.0 : 0.5) * size;
      }
      if (has_known_) good *= matched_[i] ? 1.5 : 0.5;
      good_.add(good);
      noise_.add(noise);
    }
  }

  bool selected(const std::vector<Selector>& selectors, const Node& node) const {
    return std::ranges::any_of(selectors, [&](const Selector& s) { return s.matches(tree_, node); });
  }

  /// The one element with prose that the rule for the site names; 0 where there is none, or where there are
  /// several, as on its live blogs.
  std::uint32_t named_by_rule() const {
    std::uint32_t named = 0;
    for (std::uint32_t n = 1; site_ && !site_->body.empty() && n < tree_.nodes().size(); ++n) {
      if (zone_[n] != Zone::inside || good_in(n) < 200 || !selected(site_->body, tree_[n])) continue;
      if (named != 0) return 0;
      named = n;
      n = tree_[n].end - 1;
    }
    return named;
  }

  std::uint32_t choose() const {
    std::uint32_t best = 0;
    double best_score = 0;
    if (const std::uint32_t named = named_by_rule(); named != 0) return named;
    for (std::uint32_t n = 1; n < tree_.nodes().size(); ++n) {
      if (!is_container(tree_[n].tag) || zone_[n] != Zone::inside) continue;
      const std::size_t a = first(n), b = last(n);
      if (a == b) continue;
      const double good = good_.of(a, b);
      if (good <= 0) continue;
      const double score = good * (1 + body_bonus_[n]) - 0.6 * noise_.of(a, b);
      if (best == 0 || score >= best_score) {
        best = n;
        best_score = score;
      }
    }
    return best;
  }

  /// Pages that go on with further articles hold each in a frame of its own: then the frame with the headline
  /// is the report, if hardly any of the text stands outside such frames.
  std::uint32_t narrow(std::uint32_t container) const {
    if (container == 0) return container;
    const double all = good_.of(first(container), last(container));
    std::uint32_t own = 0;
    double framed = 0;
    int frames = 0;
    for (std::uint32_t n = container + 1; n < tree_[container].end; ++n) {
      if (tree_[n].tag != Tag::article) continue;
      const std::size_t a = first(n), b = last(n);
      const double good = good_.of(a, b);
      framed += good;
      frames += good > 200;
      if (own == 0 && good > 300 && heads_.of(a, b) > 0) own = n;
      n = tree_[n].end - 1;
    }
    return own != 0 && frames >= 2 && framed > 0.8 * all ? own : container;
  }

  void collect(Article& out) const {
    const std::size_t a = out.container ? first(out.container) : 0;
    const std::size_t b = out.container ? last(out.container) : units_.size();
    out.first_unit = std::uint32_t(a);
    out.last_unit = std::uint32_t(b);
    // A body that JSON-LD gives whole decides about every unit between its first and its last.
    std::size_t matched_words = 0, good_words = 0;
    for (std::size_t i = a; i < b; ++i) {
      if (matched_[i]) matched_words += units_[i].words;
      if (zone_[units_[i].node] == Zone::inside && prose(units_[i]) > 0) good_words += units_[i].words;
    }
    const bool whole =
        has_known_ && matched_words * 10 >= known_.count() * 8 && matched_words * 10 >= good_words * 6;
    bool others = false;
    std::unordered_set<std::string_view> seen;
    for (std::size_t i = a; i < b; ++i) {
      const TextUnit& u = units_[i];
      BlockKind kind = BlockKind::paragraph;
      if (heads_other_articles(u.text, patterns_) && good_.of(a, i) > 0.75 * good_.of(a, b) && !whole) {
        out.verdicts.push_back(
            {std::uint32_t(i), "heads other articles at the end; the rest is left out", false});
        break;
      }
      const char* why = fault(u, i, whole, others, kind);
      out.verdicts.push_back({std::uint32_t(i), why ? why : "", why == nullptr});
      if (why) continue;
      // Pages carry the same paragraph twice, for two widths of screen or behind a pay wall.
      if (u.text.size() >= 40 ? !seen.insert(u.text).second
                              : !out.blocks.empty() && out.blocks.back().text == u.text) {
        out.verdicts.back() = {std::uint32_t(i), "said before", false};
        continue;
      }
      out.blocks.push_back({u.text, kind, std::uint32_t(i)});
    }
    drop_loose_headings(out.blocks);
    out.found = !out.blocks.empty() && out.container != 0;
  }

  /// Why a unit is left out; nullptr for one that is kept.
  const char* fault(const TextUnit& u, std::size_t i, bool whole, bool& others, BlockKind& kind) const {
    if (zone_[u.node] == Zone::ruled_out) return "left out by the rule for the site";
    if (zone_[u.node] == Zone::outside) return "in a part named as not the report";
    if (zone_[u.node] == Zone::aside) return "in a part named as beside the report";
    if (u.in_figure) return "in a figure";
    // Folding makes nothing longer.
    if (!headline_.empty() && u.words <= 40 && u.text.size() >= headline_.size() && fold(u.text) == headline_)
      return "the headline again";
    if (u.tag == Tag::h1) return "a first-level heading";
    if (u.link_share() > 0.6 && !(u.sentence && u.words > 12 && u.link_share() < 0.9)) return "links";
    if (is_heading(u.tag)) {
      others = heads_other_articles(u.text, patterns_);
      kind = BlockKind::heading;
      return others ? "heads other articles" : u.link_share() < 0.5 ? nullptr : "links";
    }
    if (heads_other_articles(u.text, patterns_)) {
      others = true;
      return "heads other articles";
    }
    if (whole && !matched_[i] && u.words >= 4) return "not in the body that JSON-LD gives";
    if (u.sentence && u.words > 12) others = false;
    if (others) return "under a heading of other articles";
    kind = kind_by_wording(u.text, patterns_);
    if (matched_[i] && kind != BlockKind::signoff) kind = BlockKind::paragraph;
    if (kind == BlockKind::byline) return "worded like a byline";
    if (kind == BlockKind::caption) return "worded like a caption";
    if (kind == BlockKind::teaser) return "worded like a teaser";
    if (kind != BlockKind::paragraph && kind != BlockKind::signoff) return "worded like boilerplate";
    if (u.words < 3 && !u.sentence && !u.in_list && !u.in_cell) return "too short";
    return nullptr;
  }

  static void drop_loose_headings(std::vector<ArticleBlock>& blocks) {
    while (!blocks.empty() && blocks.back().kind == BlockKind::heading) blocks.pop_back();
  }

  const HtmlTree& tree_;
  const std::vector<TextUnit>& units_;
  const Patterns& patterns_;
  const SiteRule* site_;
  std::string headline_;
  Shingles known_;
  bool has_known_;
  std::vector<char> matched_;
  std::vector<std::uint32_t> first_;
  Sums raw_, matched_sum_, heads_, good_, noise_;
  std::vector<Zone> zone_;
  std::vector<double> body_bonus_;
  std::unordered_map<std::string_view, Named> named_;
  std::vector<std::size_t> begins_;  // of the words of a name
  const std::pair<const std::string_view, Named>* last_named_ = nullptr;
  std::unordered_map<std::string_view, double> marked_prose_;
  std::unordered_set<std::string_view> doubted_;
};

}  // namespace

Article find_article(const HtmlTree& tree, const std::vector<TextUnit>& units, const JsonLd& ld,
                     std::string_view headline, const Patterns& patterns, const SiteRule* site) {
  return Finder(tree, units, ld, headline, patterns, site).run();
}

}  // namespace annalist::page
