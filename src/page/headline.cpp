// The headline of a page: what its <h1>, JSON-LD, meta tags, <title> and address agree on.
#include <algorithm>
#include <unordered_set>

#include "base/strings.h"
#include "page/layout.h"
#include "page/metadata.h"

namespace annalist::page {

namespace {

using Words = std::vector<std::string>;

Words title_words(std::string_view s) {
  Words out;
  const std::string folded = fold(s);
  for (std::string_view w : split_list(folded, ' ')) out.emplace_back(w);
  return out;
}

std::string joined(const Words& words) {
  std::string out;
  for (const std::string& w : words) out += w;
  return out;
}

/// Share of the words of `a` that stand in `b`.
double covered(const Words& a, const Words& b) {
  if (a.empty()) return 0;
  const std::unordered_set<std::string> set(b.begin(), b.end());
  const auto hits = std::count_if(a.begin(), a.end(), [&](const std::string& w) { return set.contains(w); });
  return double(hits) / double(a.size());
}

double similar(const Words& a, const Words& b) {
  return a == b && !a.empty() ? 1 : std::min(covered(a, b), covered(b, a));
}

bool begins_with(const Words& whole, const Words& head) {
  return whole.size() >= head.size() && std::equal(head.begin(), head.end(), whole.begin());
}

/// `tail` is what `whole` ends with.
bool ends_with(const Words& whole, const Words& tail) {
  return whole.size() >= tail.size() && std::equal(tail.rbegin(), tail.rend(), whole.rbegin());
}

/// As t.rfind(mark), without a call for every byte.
std::size_t last_mark(std::string_view t, std::string_view mark) {
  for (std::size_t at = t.size(); at-- > 0;)
    if (t[at] == mark.front() && t.substr(at).starts_with(mark)) return at;
  return t.npos;
}

/// "Army takes town | The Daily" -> "Army takes town": parts at the ends that name the site.
std::string without_site(std::string_view title, const std::vector<std::string>& sites) {
  std::string_view t = trim(title);
  for (std::string_view mark : {" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", "_"}) {
    if (const auto at = last_mark(t, mark);
        at != t.npos && at > 0 && names_site(t.substr(at + mark.size()), sites))
      return without_site(t.substr(0, at), sites);
    if (const auto at = t.find(mark);
        at != t.npos && mark != "_" && names_site(t.substr(0, at), sites) && t.size() - at > mark.size() + 10)
      return std::string(trim(t.substr(at + mark.size())));
  }
  return std::string(t);
}

/// The same, and without short parts behind a bar, whatever they name; with `dashes`, also behind a dash.
std::string without_tail(std::string_view title, const std::vector<std::string>& sites, bool dashes) {
  const std::string t = without_site(title, sites);
  for (std::string_view mark : {" | ", " :: ", " » ", " • ", " – ", " — ", " - "}) {
    const auto at = last_mark(t, mark);
    if (at == t.npos || at == 0) continue;
    const bool bar = mark == " | " || mark == " :: " || mark == " » " || mark == " • ";
    if (!bar && !dashes) continue;
    const std::string left = t.substr(0, at), right = t.substr(at + mark.size());
    if (count_words(right) <= (bar ? 6u : 4u) && count_words(left) >= 3)
      return without_tail(left, {}, dashes);
  }
  return t;
}

/// Words as addresses spell them, where "ü" may be "ue" or "u", and "å" "aa" or "a".
Words as_in_addresses(Words words) {
  for (std::string& w : words)
    for (std::size_t i = 1; i < w.size(); ++i)
      if ((w[i] == 'e' && (w[i - 1] == 'a' || w[i - 1] == 'o' || w[i - 1] == 'u')) ||
          (w[i] == 'a' && w[i - 1] == 'a'))
        w.erase(i, 1);
  return words;
}

/// The headline that an address spells: "/2024/11/army-takes-town-a123.html" -> army takes town a123.
Words address_words(std::string_view url) {
  if (const auto at = url.find("://"); at != url.npos) url.remove_prefix(at + 3);
  url = url.substr(0, url.find_first_of("?#"));
  Words best;
  for (std::string_view part : split(url, '/')) {
    if (const auto dot = part.rfind('.'); dot != part.npos && part.size() - dot <= 6)
      part = part.substr(0, dot);
    Words words = title_words(part);
    if (words.size() > best.size()) best = std::move(words);
  }
  if (best.size() < 4) best.clear();
  return as_in_addresses(std::move(best));
}

Words pairs(const Words& words) {
  Words out;
  for (std::size_t i = 1; i < words.size(); ++i) out.push_back(words[i - 1] + ' ' + words[i]);
  return out;
}

struct Candidate {
  std::string text;
  Words words;
  double weight;
  const char* from;
  bool visible;  // an <h1>
};

class Headlines {
 public:
  Headlines(const std::vector<TextUnit>& units, const Head& head, const JsonLd& ld, std::string_view url)
      : sites_(site_names(head, ld, url)),
        news_(ld.type.find("News") != ld.type.npos),
        address_(pairs(address_words(url.empty() ? head.canonical : url))) {
    for (const TextUnit& u : units)
      if (u.tag == Tag::h1 && all_.size() < 12) offer(u.text, 1.5, "h1", true);
    offer_field(ld.headline, 1.1, "JSON-LD");
    offer_field(head.get({"og:title"}), 1.0, "og:title");
    offer_field(head.get({"twitter:title"}), 0.6, "twitter:title");
    // What stands behind a dash is of the headline where the address spells it, too.
    const std::string whole = without_tail(head.title, sites_, false);
    const std::string cut = without_tail(head.title, sites_, true);
    offer(spelled(title_words(whole)) > spelled(title_words(cut)) + kClearly ? whole : cut, 0.8, "title");
  }
  const std::vector<Candidate>& all() const { return all_; }

  /// The candidate that is the headline; null when there is none.
  const Candidate* best() {
    if (all_.empty()) return nullptr;
    for (Candidate& c : all_)
      if (c.visible) trust_head(c);
    const Candidate* best = nullptr;
    double best_score = -1;
    for (const Candidate& c : all_)
      if (const double s = score(c); s > best_score) {
        best = &c;
        best_score = s;
      }
    return overruled(*best);
  }

 private:
  static constexpr double kClearly = 0.1;

  void offer(std::string_view text, double weight, const char* from, bool visible = false) {
    std::string clean = collapse_spaces(text);
    if (clean.empty() || clean.size() > 400) return;
    Words words = title_words(clean);
    if (words.empty()) return;
    all_.push_back({std::move(clean), std::move(words), weight, from, visible});
  }

  /// A field that holds the headline alone, as a rule. A part behind a dash may be of the headline: it goes
  /// where the visible headline does without it.
  void offer_field(std::string_view text, double weight, const char* from) {
    std::string plain = without_tail(text, sites_, false), cut = without_tail(text, sites_, true);
    if (cut != plain) {
      const Words words = title_words(cut);
      for (const Candidate& c : all_)
        if (c.visible && c.words == words) plain = cut;
    }
    offer(plain, weight, from);
  }

  /// A heading may hold a word or two in front ("Culture: ..."), and words that only a line break divides:
  /// the head of the page says what is headline.
  void trust_head(Candidate& c) const {
    const Candidate* trusted = nullptr;
    for (const Candidate& other : all_) {
      if (other.visible || other.words.size() < 3) continue;
      if (other.words == c.words && other.weight != 0.8) return;
      if (c.words.size() != other.words.size() && joined(c.words) == joined(other.words)) {
        trusted = &other;
        break;
      }
      if (!trusted && other.weight != 0.8 && c.words.size() > other.words.size() &&
          c.words.size() <= other.words.size() + 3 && ends_with(c.words, other.words))
        trusted = &other;
    }
    if (!trusted) return;
    c.text = trusted->text;
    c.words = trusted->words;
  }

  double score(const Candidate& c) const {
    double score = 0.4 * c.weight;
    for (const Candidate& other : all_)
      if (&other != &c && !other.visible) score += other.weight * similar(c.words, other.words);
    if (c.visible) score *= 1.6;  // the visible headline, where the others bear it out
    if (c.words.size() < 3) score *= 0.6;
    if (c.weight == 0.6) score *= 0.3;  // twitter:title is written to be clicked: it votes for others
    return score;
  }

  const Candidate* named(std::string_view from) const {
    for (const Candidate& c : all_)
      if (c.from == from) return &c;
    return nullptr;
  }

  /// JSON-LD may know the headline better: where the address spells it, word after word, or where both kinds
  /// of meta tags say the same and <title>, which is written for search engines, does not, unless all of it
  /// is of a news report.
  const Candidate* overruled(const Candidate& best) const {
    // A heading may leave out the end of the headline that <title> and the address have.
    if (const Candidate* title = named("title"); title && begins_with(title->words, best.words))
      if (const double theirs = spelled(title->words);
          theirs >= 0.8 && theirs > spelled(best.words) + kClearly)
        return title;
    const Candidate* ld = named("JSON-LD");
    if (!ld || ends_with(best.words, ld->words)) return &best;
    if (const double theirs = spelled(ld->words); theirs >= 0.8 && theirs > spelled(best.words) + kClearly)
      return ld;
    const auto says_the_same = [&](std::string_view from) {
      const Candidate* c = named(from);
      return c && c->words == ld->words;
    };
    return says_the_same("og:title") && says_the_same("twitter:title") && (news_ || !says_the_same("title"))
               ? ld
               : &best;
  }

  /// How much of the headline and of the address is the same pairs of words.
  double spelled(const Words& words) const { return similar(pairs(as_in_addresses(words)), address_); }

  std::vector<std::string> sites_;
  bool news_;      // JSON-LD says that this is a news report
  Words address_;  // pairs of its words
  std::vector<Candidate> all_;
};

}  // namespace

std::string find_headline(const HtmlTree& tree, const std::vector<TextUnit>& units, const Head& head,
                          const JsonLd& ld, std::string_view url, const SiteRule* site, Sources* sources) {
  if (const std::uint32_t node = site ? first_match(tree, site->title) : 0; node != 0)
    if (std::string text = text_of(tree, node, 400); count_words(text) >= 2) {
      if (sources) sources->headline = "rule for the site";
      return text;
    }
  Headlines headlines(units, head, ld, url);
  const Candidate* best = headlines.best();
  if (!best) {
    for (const TextUnit& u : units)
      if (u.tag == Tag::h2 && u.words >= 3) return u.text;
    return {};
  }
  if (sources) {
    sources->headline = best->from;
    for (const Candidate& c : headlines.all()) sources->headlines.emplace_back(c.from, c.text);
  }
  return best->text;
}

}  // namespace annalist::page
