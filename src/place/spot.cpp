#include "place/spot.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/strings.h"
#include "base/utf8.h"
#include "place/holders.h"
#include "place/name_key.h"
#include "place/repeats.h"

namespace annalist {
namespace {

constexpr std::size_t kLongestName = 7;  // words
constexpr unsigned kNotedPlace = 80;
constexpr unsigned kLargePlace = 110;  // importance: a city of some 500,000
constexpr float kUnknownImportance = 0.3f;
constexpr std::uint32_t kDatelineBefore = 500;  // bytes of text before it

bool starts_upper(std::string_view s) {
  if (s.empty()) return false;
  std::size_t at = 0;
  const char32_t c = next_code_point(s, at);
  if (c < 0x80) return is_upper(static_cast<char>(c));
  if (c >= 0xC0 && c <= 0xDE) return c != 0xD7;
  if (c >= 0x400 && c <= 0x42F) return true;  // Cyrillic
  if (c >= 0x620 && c <= 0x64A) return true;  // Arabic has no capitals: any word may be a name
  // Latin Extended: capitals stand at even code points, close enough for names.
  return ((c >= 0x100 && c <= 0x17F) || (c >= 0x1E00 && c <= 0x1EFF)) && c % 2 == 0;
}

/// What the scanner asks of a token, read once.
struct Word {
  std::string_view text;
  std::string low;
  bool upper = false, all_caps = false, dots = false, letters = false;
  std::uint8_t tag = 0;  // 0 no mention, 1 place, 2 group of people, 3 person, 4 another name
  Range<Token> name;     // the mention that the tag is of
  bool lower_in_doc = false;
};

/// Words that may stand inside a name in lower case.
bool is_link(const Word& w) {
  static constexpr std::string_view kLinks[] = {
      "de",  "la", "le",  "del", "al", "el", "ez", "es",  "ad",   "ar", "as", "an", "az", "ash",
      "at",  "of", "the", "and", "du", "da", "do", "dos", "upon", "on", "e",  "i",  "d'", "d’",
      "und", "in", "-",   "‐",   "–",  "'",  "’",  "‘",   ".",    "&",  "ul", "y"};
  return std::find(std::begin(kLinks), std::end(kLinks), w.low) != std::end(kLinks);
}

class Spotter {
 public:
  Spotter(const Document& doc, const Gazetteer& gazetteer, const PlaceWords& words,
          std::span<const Span> given)
      : doc_(doc), gaz_(gazetteer), words_(words), given_(given), tokens_(doc.all<Token>()) {}

  std::vector<PlaceCandidate> run() {
    read_words();
    for (const Sentence& s : doc_.all<Sentence>()) scan(s);
    link_holders(doc_, gaz_, words_, out_);
    mark_repeats(out_);
    return std::move(out_);
  }

 private:
  void read_words();
  void add_tagged(Range<Token> tokens);
  void scan(const Sentence& sentence);
  bool match(std::uint32_t first, std::uint32_t count, PlaceCandidate& c) const;
  bool match(std::uint32_t first, std::uint32_t count, Span span, PlaceCandidate& c) const;
  bool match_skeleton(PlaceCandidate& c) const;
  PlaceCandidate take_given(std::uint32_t first, std::uint32_t end, Span span) const;
  bool is_speaker(const PlaceCandidate& c) const;
  bool is_prefix(const PlaceCandidate& c) const;
  bool continues(const PlaceCandidate& c, std::uint32_t end) const;
  bool keeps_s(const PlaceCandidate& c, const Sentence& s) const;
  std::uint32_t plain_end(std::uint32_t first, std::uint32_t end) const;
  KindMask class_told(std::uint32_t end, const Sentence& s) const;
  bool is_settlement(std::uint32_t first, std::uint32_t end, const Sentence& s) const;
  void add_cues(PlaceCandidate& c, const Sentence& sentence);
  void add_place_cues(PlaceCandidate& c);

  const Word* word(std::int64_t i, const Sentence& s) const {
    return i >= s.tokens.first && i < s.tokens.end() ? &text_[static_cast<std::size_t>(i)] : nullptr;
  }
  std::string_view slice(std::uint32_t first, std::uint32_t last) const {
    return doc_.text(Span{tokens_[first].span.begin, tokens_[last].span.end});
  }

  const Document& doc_;
  const Gazetteer& gaz_;
  const PlaceWords& words_;
  std::span<const Span> given_;
  std::span<const Token> tokens_;
  std::vector<Word> text_;
  bool tagged_ = false;
  std::vector<PlaceCandidate> out_;
  std::unordered_map<std::uint32_t, std::uint32_t> mention_end_;      // first token of a tagged place -> end
  std::map<std::uint32_t, std::pair<std::uint32_t, Span>> given_at_;  // first token -> end, the span itself
};

void Spotter::read_words() {
  text_.resize(tokens_.size());
  std::unordered_map<std::string_view, int> lower_seen;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    Word& w = text_[i];
    w.text = doc_.text(tokens_[i].span);
    w.low = lower(w.text);
    w.upper = starts_upper(w.text);
    w.dots = w.text.find('.') != std::string_view::npos;
    bool caps = true;
    for (char c : w.text) {
      if (is_alpha(c) || static_cast<unsigned char>(c) >= 0x80) w.letters = true;
      if (is_lower(c)) caps = false;
    }
    w.all_caps = caps && w.letters;
  }
  for (const Word& w : text_)
    if (!w.upper && w.letters) ++lower_seen[w.low];
  for (Word& w : text_) w.lower_in_doc = w.upper && lower_seen.contains(w.low);
  for (const Mention& m : doc_.all<Mention>()) {
    if (m.form != MentionForm::name) continue;
    tagged_ = true;
    const bool place = m.type == EntityType::gpe || m.type == EntityType::loc || m.type == EntityType::fac;
    const std::uint8_t tag = place ? 1 : m.type == EntityType::norp ? 2 : m.type == EntityType::per ? 3 : 4;
    for (std::uint32_t t = m.tokens.first; t < m.tokens.end() && t < text_.size(); ++t) {
      text_[t].tag = tag;
      text_[t].name = m.tokens;
    }
    if (place) add_tagged(m.tokens);
  }
  for (const Span& span : given_) {
    const auto by_begin = [](const Token& t, std::uint32_t at) { return t.span.end <= at; };
    const auto at = [&](std::uint32_t byte) {
      return static_cast<std::uint32_t>(std::lower_bound(tokens_.begin(), tokens_.end(), byte, by_begin) -
                                        tokens_.begin());
    };
    if (span.end > span.begin && at(span.end - 1) < tokens_.size())
      given_at_.emplace(at(span.begin), std::pair(at(span.end - 1) + 1, span));
  }
}

/// The candidate of a given span: its words, else by sound, else the longest name that it begins or ends
/// with.
PlaceCandidate Spotter::take_given(std::uint32_t first, std::uint32_t end, Span span) const {
  PlaceCandidate c;
  bool found = match(first, end - first, span, c);
  if (!found) {
    c = {};
    c.tokens = {first, end - first};
    c.span = span;
    found = match_skeleton(c);
  }
  // "South West England": England.
  for (std::uint32_t at = first; !found && at + 1 < end && words_.direction.contains(text_[at].low); ++at)
    if (PlaceCandidate whole; match(at + 1, end - at - 1, whole)) {
      c.postings = whole.postings;
      c.demonym = whole.demonym;
      found = true;
    }
  // "Hartley Park Hospital": Hartley Park, not the village of Hospital; "Russian Embassy" is not all Russia.
  const auto names_part = [&](std::uint32_t at, std::uint32_t n, PlaceCandidate& part) {
    if (n == 1 && (words_.never.contains(text_[at].low) || words_.org_after.contains(text_[at].low) ||
                   words_.given.contains(text_[at].low) || kinds(words_.class_after, text_[at].low)))
      return false;
    return match(at, n, part) && !part.demonym;
  };
  for (std::uint32_t n = end - first - 1; n > 0 && !found; --n) {
    PlaceCandidate part;
    found = names_part(first, n, part) || names_part(end - n, n, part);
    if (found) {
      c.postings = part.postings;
      c.demonym = part.demonym;
      c.part = true;
    }
  }
  c.given = true;
  return c;
}

/// A tagged name ends at a comma, a slash or a bracket; what follows is a name of its own: "X, Y". So does it
/// at an "and" if no gazetteer has the whole: "X and Y". A direction in lower case is not of it.
void Spotter::add_tagged(Range<Token> tokens) {
  const std::uint32_t end = std::min<std::uint32_t>(tokens.end(), static_cast<std::uint32_t>(text_.size()));
  // "Homs - Al Waer" is a town and its quarter; "Deir-ez-Zor" is one name.
  const auto spaced_dash = [&](std::uint32_t t) {
    const std::string_view w = text_[t].text;
    return (w == "-" || w == "–" || w == "—") && t > 0 && t + 1 < tokens_.size() &&
           tokens_[t - 1].span.end < tokens_[t].span.begin && tokens_[t].span.end < tokens_[t + 1].span.begin;
  };
  const auto divides = [&](std::uint32_t t) {
    return !text_[t].letters &&
           (text_[t].text.find_first_of(",;/()[]") != std::string_view::npos || spaced_dash(t));
  };
  const auto known = [&](std::uint32_t first, std::uint32_t stop) {
    return !gaz_.find(name_key(slice(first, stop - 1))).empty();
  };
  // "Northern Nicosia", but not "West Nile" or "Central Plateau".
  const auto is_side = [](std::string_view w) { return w.ends_with("ern") || w == "central"; };
  const auto large = [&](std::uint32_t first, std::uint32_t stop) {
    const auto postings = gaz_.find(name_key(slice(first, stop - 1)));
    return !postings.empty() && gaz_[postings.front().place()].importance > kNotedPlace;
  };
  for (std::uint32_t t = tokens.first; t < end;) {
    std::uint32_t first = t, both = 0;
    for (; t < end && !divides(t); ++t)
      if (text_[t].low == "and" && t > first && t + 1 < end && text_[t + 1].upper) both = t;
    while (first + 1 < t && words_.direction.contains(text_[first].low) &&
           (!text_[first].upper || (is_side(text_[first].low) && !known(first, t) && large(first + 1, t))))
      ++first;
    if (both > first && !known(first, t) && (known(first, both) || known(both + 1, t))) {
      mention_end_.emplace(first, both);
      mention_end_.emplace(both + 1, t);
    } else if (t > first) {
      mention_end_.emplace(first, t);
    }
    while (t < end && divides(t)) ++t;
  }
}

bool Spotter::match(std::uint32_t first, std::uint32_t count, PlaceCandidate& c) const {
  return match(first, count, Span{tokens_[first].span.begin, tokens_[first + count - 1].span.end}, c);
}

/// `span`: of the words [first, first + count), or a part of them.
bool Spotter::match(std::uint32_t first, std::uint32_t count, Span span, PlaceCandidate& c) const {
  c.key = name_key(doc_.text(span));
  if (c.key.size() < 2 || (count == 1 && words_.direction.contains(text_[first].low))) return false;
  if (c.key == "st" || c.key == "mt" || c.key == "ft") return false;  // parts of names, or streets
  c.postings = gaz_.find(c.key);
  if (c.postings.empty()) {
    const std::string loose = loose_key(c.key);
    if (loose == c.key || loose.size() < 4) return false;
    c.postings = gaz_.find(loose);
    if (c.postings.empty()) return false;
  }
  // Short keys are names only as they are usually written: "US", "U.S.", not "Us"; "UP", not "Up".
  if (c.key.size() <= 3 && !text_[first].all_caps && !text_[first].dots)
    if (c.postings.front().kind() != NameKind::official) return false;
  c.span = span;
  c.tokens = {first, count};
  // "Canadian" is a town in Texas too: a demonym of a country or great unit is meant unless a container
  // follows.
  c.demonym = std::any_of(c.postings.begin(), c.postings.end(), [&](Posting p) {
    return p.kind() == NameKind::demonym &&
           (p.packed == c.postings.front().packed || gaz_[p.place()].kind <= PlaceKind::country ||
            (gaz_[p.place()].kind == PlaceKind::admin1 && gaz_[p.place()].importance > kLargePlace));
  });
  return true;
}

/// The end of the capitalised words at `first`, with only articles and hyphens between: an unknown name has
/// no gazetteer to say that "X on Saturday" is no name.
std::uint32_t Spotter::plain_end(std::uint32_t first, std::uint32_t end) const {
  std::uint32_t stop = first + 1;
  for (std::uint32_t t = first + 1; t < end; ++t) {
    if (text_[t].upper)
      stop = t + 1;
    else if (text_[t].low != "-" && loose_key(text_[t].low + " x") != "x")
      break;
  }
  return stop;
}

/// "X, a village on the border": what stands behind the comma says what X is.
KindMask Spotter::class_told(std::uint32_t end, const Sentence& s) const {
  const Word *comma = word(end, s), *article = word(std::int64_t(end) + 1, s);
  const Word* noun = word(std::int64_t(end) + 2, s);
  if (noun && words_.direction.contains(noun->low)) noun = word(std::int64_t(end) + 3, s);
  if (!comma || comma->text != "," || !article || article->low != "a" || !noun) return 0;
  return kinds(words_.class_of, noun->low);
}

/// "the village of X", "X village": a settlement, whether the gazetteer has it or not.
bool Spotter::is_settlement(std::uint32_t first, std::uint32_t end, const Sentence& s) const {
  const Word *before = word(std::int64_t(first) - 1, s), *before2 = word(std::int64_t(first) - 2, s);
  const Word* after = word(end, s);
  constexpr KindMask kTown = mask_of(PlaceKind::town);
  if (before && before2 && before->low == "of" && (kinds(words_.class_of, before2->low) & kTown)) return true;
  if (words_.never.contains(text_[first].low)) return false;
  return (class_told(end, s) & kTown) ||
         (after && !after->upper && (kinds(words_.class_after, after->low) & kTown));
}

/// Whether a found name goes on as names in Romance languages do: "de", "do" and another capital.
bool Spotter::continues(const PlaceCandidate& c, std::uint32_t end) const {
  static constexpr std::string_view kOf[] = {"de", "do", "da", "dos", "das", "del", "di"};
  const std::uint32_t next = c.tokens.end();
  return next + 1 < end && text_[next + 1].upper && !c.demonym &&
         std::find(std::begin(kOf), std::end(kOf), text_[next].low) != std::end(kOf) &&
         gaz_[c.postings.front().place()].kind > PlaceKind::country;
}

/// Whether an "'s" follows that may be of the name.
bool Spotter::keeps_s(const PlaceCandidate& c, const Sentence& s) const {
  const Word* after = word(c.tokens.end(), s);
  return after && (after->low == "'s" || after->low == "’s");
}

/// "US$10,000", "US-24": no place.
bool Spotter::is_prefix(const PlaceCandidate& c) const {
  const std::string_view rest = doc_.text().substr(c.span.end, 2);
  return !rest.empty() && c.key.size() <= 3 &&
         (rest[0] == '$' || (rest.size() == 2 && rest[0] == '-' && is_digit(rest[1])));
}

bool Spotter::match_skeleton(PlaceCandidate& c) const {
  c.key = name_key(doc_.text(c.span));
  const std::string skeleton = skeleton_key(c.key);
  if (skeleton.empty()) return false;
  c.postings = gaz_.find_skeleton(skeleton);
  c.skeleton = std::any_of(c.postings.begin(), c.postings.end(), [&](Posting p) {
    return spelling_gap(c.key, name_key(gaz_.name(gaz_[p.place()]))) <= kFarSpelling;
  });
  if (!c.skeleton) c.postings = {};
  return c.skeleton;
}

void Spotter::scan(const Sentence& sentence) {
  std::uint32_t i = sentence.tokens.first;
  while (i < sentence.tokens.end()) {
    const auto given = given_at_.lower_bound(i);
    if (given != given_at_.end() && given->first == i) {
      PlaceCandidate c = take_given(i, given->second.first, given->second.second);
      add_cues(c, sentence);
      i = given->second.first;
      out_.push_back(std::move(c));
      continue;
    }
    // Nothing else reaches into a given name.
    const std::uint32_t last =
        given == given_at_.end() ? sentence.tokens.end() : std::min(given->first, sentence.tokens.end());
    const Word& start = text_[i];
    const auto tagged = mention_end_.find(i);
    if ((!start.upper && tagged == mention_end_.end()) || !start.letters) {
      ++i;
      continue;
    }
    // How far a name could reach: capitalised words with links between them, no commas.
    std::uint32_t end = i + 1, reach = i + 1;
    while (reach < last && reach - i < kLongestName) {
      if (text_[reach].upper)
        end = reach + 1;
      else if (!is_link(text_[reach]))
        break;
      ++reach;
    }
    PlaceCandidate c;
    bool found = false;
    for (std::uint32_t count = end - i; count > 0 && !found; --count) {
      if (count > 1 && !text_[i + count - 1].upper) continue;
      found = match(i, count, c);
    }
    if (PlaceCandidate whole; found && keeps_s(c, sentence) && match(i, c.tokens.count + 1, whole))
      c = std::move(whole);  // "St. John's"
    if (tagged != mention_end_.end() && (!found || c.tokens.end() < tagged->second) &&
        tagged->second <= last) {
      // The tagger sees a longer name than the gazetteer has: its words, resolved by sound if they can be.
      PlaceCandidate whole;
      std::uint32_t stop = tagged->second;
      while (stop > i + 1 && kinds(words_.class_after, text_[stop - 1].low)) --stop;
      whole.tokens = {i, stop - i};
      whole.span = {tokens_[i].span.begin, tokens_[stop - 1].span.end};
      // "Hickory House" is no Hickory; "Texas Panhandle" is still of Texas.
      const auto is_large = [&](const PlaceCandidate& x) {
        return !x.postings.empty() && gaz_[x.postings.front().place()].importance > kLargePlace;
      };
      const bool longer = found && c.tokens.end() < stop && text_[stop - 1].upper &&
                          text_[stop - 1].letters && !words_.org_after.contains(text_[stop - 1].low) &&
                          !is_large(c);
      if (PlaceCandidate exact; c.tokens.end() < stop && match(i, stop - i, exact)) {
        c = std::move(exact);  // "Villeneuve-sur-Yonne": with words that names rarely have inside
        found = true;
      } else if (!found || longer || (c.tokens.end() < stop && match_skeleton(whole))) {
        if (longer) match_skeleton(whole);
        if (!found) match_skeleton(whole);
        c = std::move(whole);
        found = true;
      }
    } else if (found && continues(c, end)) {
      // "Porto de Pedras" is no Porto.
      c.postings = {};
      c.tokens = {i, end - i};
      c.span = {tokens_[i].span.begin, tokens_[end - 1].span.end};
      match_skeleton(c);
    } else if (const std::uint32_t stop = plain_end(i, end); !found && is_settlement(i, stop, sentence)) {
      c.tokens = {i, stop - i};
      c.span = {tokens_[i].span.begin, tokens_[stop - 1].span.end};
      c.cue(Cue::class_of) = 1;
      found = true;
      match_skeleton(c);
    }
    if (!found || is_prefix(c)) {
      ++i;
      continue;
    }
    add_cues(c, sentence);
    i = c.tokens.end();
    out_.push_back(std::move(c));
  }
}

/// By the parse, if there is one: the subject of a verb of speaking, also as one of several.
bool Spotter::is_speaker(const PlaceCandidate& c) const {
  const auto syntax = doc_.all<Syntax>();
  if (syntax.size() != tokens_.size()) return false;
  for (std::uint32_t t = c.tokens.first; t < c.tokens.end(); ++t) {
    Id<Token> at(t);
    if (syntax[at.value].deprel == Deprel::conj && syntax[at.value].head) at = syntax[at.value].head;
    const Syntax& x = syntax[at.value];
    if (x.deprel == Deprel::nsubj && x.head && words_.speech.contains(doc_.str(syntax[x.head.value].lemma)))
      return true;
  }
  return false;
}

void Spotter::add_place_cues(PlaceCandidate& c) {
  float best = 0;
  bool country = false, admin1 = false, capital = false, region = false, official = false, loose = true;
  for (std::size_t k = 0; k < c.postings.size() && k < 24; ++k) {
    const PlaceRecord& p = gaz_[c.postings[k].place()];
    const NameKind name = c.postings[k].kind();
    if (name <= NameKind::alias) loose = false;
    if (name == NameKind::official) official = true;
    best = std::max(best, p.importance / 255.0f * (name == NameKind::official ? 1.0f : 0.8f));
    if (name > NameKind::alias) continue;
    country |= p.kind == PlaceKind::country || p.kind == PlaceKind::continent;
    admin1 |= p.kind == PlaceKind::admin1;
    capital |= p.kind == PlaceKind::capital;
    region |= p.kind == PlaceKind::region || p.kind == PlaceKind::water || p.kind == PlaceKind::facility;
  }
  c.cue(Cue::importance) = best;
  c.cue(Cue::country) = country;
  c.cue(Cue::admin1) = admin1 && !country;
  c.cue(Cue::capital) = capital && !country;
  c.cue(Cue::region) = region && !country;
  c.cue(Cue::official) = official;
  c.cue(Cue::loose) = loose && !c.demonym;
  c.cue(Cue::demonym) = c.demonym;
}

void Spotter::add_cues(PlaceCandidate& c, const Sentence& s) {
  add_place_cues(c);
  c.cue(Cue::bias) = 1;
  const std::int64_t first = c.tokens.first, end = c.tokens.end();
  const Word& head = text_[c.tokens.first];
  const Word *before = word(first - 1, s), *before2 = word(first - 2, s), *before3 = word(first - 3, s);
  const Word *after = word(end, s), *after2 = word(end + 1, s);
  if (after && (after->low == "'s" || after->low == "’s" || after->low == "'" || after->low == "’")) {
    c.cue(Cue::possessive) = 1;
    after = word(end + 1, s);
    after2 = word(end + 2, s);
  }

  bool known_place = false;  // that it is one, whatever the gazetteer knows
  if (tagged_) {
    bool place = false, group = false, person = false, other = false;
    for (std::int64_t t = first; t < end; ++t) {
      const auto tag = text_[static_cast<std::size_t>(t)].tag;
      place |= tag == 1;
      group |= tag == 2;
      person |= tag == 3;
      other |= tag == 4;
    }
    if (person && !place && !c.skeleton && c.tokens.count > 1 && !c.postings.empty() &&
        words_.place_head.contains(head.low)) {
      place = true;
      person = false;
    }
    c.cue(Cue::tagged_place) = place;
    c.cue(Cue::tagged_group) = group && !place;
    c.cue(Cue::tagged_person) = person && !place;
    c.cue(Cue::tagged_other) = other && !place && !person;
    c.cue(Cue::untagged) = !place && !group && !person && !other;
    // What fills its brackets alone is no part of the longer name in front of them: "Suwon Centre (Suwon)".
    const bool bracketed =
        before && before->text == "(" && after && (after->text == ")" || after->text == ",");
    const bool whole = other && head.name.first == c.tokens.first && head.name.end() == c.tokens.end();
    c.embedded = (other || person) && !place && !bracketed && !whole;
    known_place = place;
  }

  // Words in front.
  const Word* lead = before;
  if (lead && lead->low == "the" && before2) lead = before2;
  if (before && words_.direction.contains(before->low)) {
    c.cue(Cue::direction) = 1;
    lead = before2 && before2->low == "the" ? before3 : before2;
  }
  if (lead) {
    if (words_.preposition_in.contains(lead->low))
      c.cue(Cue::in_word) = 1;
    else if (words_.preposition_at.contains(lead->low))
      c.cue(Cue::at_word) = 1;
    c.near = words_.near.contains(lead->low) ||
             (lead->low == "of" && before2 && words_.near_of.contains(before2->low));
  }
  if (before && before2 && before->low == "of") {
    c.class_kinds |= kinds(words_.class_of, before2->low);
    if (c.class_kinds && !before2->upper) c.cue(Cue::class_of) = 1;
    if (before2->low.ends_with('s')) c.class_of_list = c.class_kinds;
  }
  if (before) {
    if (before->upper || kinds(words_.class_of, before->low))
      c.class_kinds |= kinds(words_.class_before, before->low);
    if (words_.given.contains(before->low) || words_.title.contains(before->low)) {
      if (before->upper) c.cue(Cue::given_name) = 1;
    } else if (before->upper && before->letters && !words_.never.contains(before->low) &&
               !words_.direction.contains(before->low) && before->low != "the" &&
               (out_.empty() || out_.back().tokens.end() != c.tokens.first)) {
      c.cue(Cue::name_before) = 1;
    }
    if ((before->low == "of" && before2 && words_.org_before.contains(before2->low)))
      c.cue(Cue::org_word) = 1;
  }
  // Words behind.
  if (const KindMask told = class_told(c.tokens.end(), s); told) {
    c.class_kinds |= told;
    c.cue(Cue::class_of) = 1;
    if (c.postings.empty()) c.cue(Cue::loose) = 0;
  }
  if (after) {
    // "Idlib Province", but not "Columbus City Council": there the class word belongs to a longer name.
    const bool longer = after->upper && after2 && after2->upper && after2->letters;
    c.part |= !after->upper && words_.part.contains(after->low);
    if (!longer) {
      c.class_kinds |= kinds(words_.class_after, after->low);
      if (after->low.ends_with('s')) c.class_plural = kinds(words_.class_after, after->low);
    }
    c.class_kinds |= kinds(words_.class_rules, after->low.substr(0, after->low.find('.')));
    if (words_.org_after.contains(after->low) && after->upper)
      c.cue(Cue::org_word) = 1;
    else if (after->upper && after->letters && (longer || !kinds(words_.class_after, after->low)) &&
             !words_.never.contains(after->low) && !words_.title.contains(after->low) &&
             !c.cue(Cue::possessive))
      c.cue(Cue::name_after) = 1;
    c.actor = words_.speech.contains(after->low) ||
              ((after->low == "has" || after->low == "had") && after2 && words_.speech.contains(after2->low));
  }
  c.actor |= is_speaker(c);
  if (c.cue(Cue::in_word) || c.cue(Cue::at_word)) c.actor = false;
  const bool rules = c.cue(Cue::country) || c.cue(Cue::capital) || c.cue(Cue::admin1);
  c.cue(Cue::speaks) = c.actor && !rules;
  // A tagged name or "the village of X" that no gazetteer has: its missing fame says nothing against it.
  if ((known_place || c.cue(Cue::class_of)) && (c.postings.empty() || c.skeleton))
    c.cue(Cue::importance) = kUnknownImportance;
  c.cue(Cue::class_word) = c.class_kinds != 0 && !c.cue(Cue::class_of);
  if (c.cue(Cue::org_word) || c.cue(Cue::given_name)) c.embedded = true;

  c.part |= c.class_kinds == mask_of(PlaceKind::water);

  // The words themselves.
  const bool single = c.tokens.count == 1;
  c.cue(Cue::several_words) = !single;
  c.cue(Cue::never_word) = words_.never_phrase.contains(c.key) ||
                           (single && (words_.never.contains(head.low) || words_.given.contains(head.low)));
  c.cue(Cue::sentence_start) = first == s.tokens.first;
  c.cue(Cue::all_caps) = head.all_caps && c.key.size() > 3;
  c.cue(Cue::lower_case_too) = single && head.lower_in_doc && !head.all_caps;
  const bool ends_in_stop = head.text.back() == '.' || (after && after->text == ".");
  c.cue(Cue::short_form) =
      single && !c.cue(Cue::country) &&
      (c.key.size() <= 2 || (c.postings.size() && c.postings.front().kind() == NameKind::alias &&
                             c.key.size() <= 5 && ends_in_stop && !head.all_caps));

  // A dateline: the page stage's, or a name in capitals before a dash, near the start of the text.
  const Span dateline = doc_.page().dateline.span;
  c.dateline = dateline.overlaps(c.span);
  if (!c.dateline && dateline.empty() && s.span.begin < kDatelineBefore && head.all_caps &&
      first - s.tokens.first < 6) {
    for (std::int64_t t = end; t < end + 9; ++t) {
      const Word* w = word(t, s);
      if (w && (w->text == "—" || w->text == "–" || w->text == "--" || w->text == "-")) c.dateline = true;
      if (!w || c.dateline || (w->letters && !w->upper)) break;
    }
  }
  c.cue(Cue::dateline) = c.dateline;
  const auto in_capitals = [](const Word* w) { return w && w->letters && w->text.size() > 1 && w->all_caps; };
  c.cue(Cue::acronym) = single && head.all_caps && c.key.size() <= 5 && !head.dots && !c.cue(Cue::country) &&
                        !c.cue(Cue::capital) && !(rules && c.key.size() <= 2) && !c.dateline &&
                        !in_capitals(before) && !in_capitals(after);
}

}  // namespace

float spelling_gap(std::string_view key, std::string_view other) {
  return static_cast<float>(edit_distance(loose_key(key), loose_key(other), 12)) /
         static_cast<float>(std::max<std::size_t>(1, key.size()));
}

std::vector<PlaceCandidate> spot_places(const Document& doc, const Gazetteer& gazetteer,
                                        const PlaceWords& words, std::span<const Span> given) {
  return Spotter(doc, gazetteer, words, given).run();
}

}  // namespace annalist
