#include "claim/draft.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist::claims {
namespace {

bool is_quote_mark(std::string_view s) {
  return s == "\"" || s == "''" || s == "``" || s == "\u201C" || s == "\u201D" || s == "'" || s == "\u2018" ||
         s == "\u2019" || s == "\u00AB" || s == "\u00BB" || s == "`";
}
bool is_edge_punctuation(std::string_view s) {
  return s == "," || s == "." || s == ";" || s == ":" || s == "-" || s == "--" || s == "\u2014" ||
         s == "\u2013" || s == "\u2026" || s == "...";
}

/// True if the mark at an end of [first, last] has its partner inside.
bool has_partner(const Context& c, std::uint32_t mark, std::uint32_t first, std::uint32_t last) {
  const Span all = c.tree.token(Id<Token>(first)).span.join(c.tree.token(Id<Token>(last)).span);
  const Span here = c.tree.token(Id<Token>(mark)).span;
  const auto at = std::lower_bound(c.quotes.begin(), c.quotes.end(), all.begin,
                                   [](const Quote& q, std::uint32_t b) { return q.outer.begin < b; });
  for (auto q = at; q != c.quotes.end() && q->outer.begin < all.end; ++q)
    if (all.contains(q->outer) && (q->outer.begin == here.begin || q->outer.end == here.end)) return true;
  return false;
}

}  // namespace

Context::Context(const Document& d, const CueTable& c) : doc(d), cues(c), tree(d), quotes(find_quotes(d)) {
  const std::size_t n = tree.size();
  quote_of.assign(n, Quote::kNone);
  if (doc.all<ModelTags>().size() == n) tags = doc.all<ModelTags>();
  mention_of_head.assign(n, kNoToken);
  eventive.assign(n, false);
  triggers.assign(n, false);
  const auto tokens = doc.all<Token>();
  for (std::size_t q = 0; q < quotes.size(); ++q) {  // parents come first, children overwrite them
    auto t = std::lower_bound(tokens.begin(), tokens.end(), quotes[q].inner.begin,
                              [](const Token& x, std::uint32_t b) { return x.span.begin < b; });
    for (; t != tokens.end() && t->span.begin < quotes[q].inner.end; ++t)
      if (std::size_t i = static_cast<std::size_t>(t - tokens.begin()); i < n)
        quote_of[i] = static_cast<std::uint32_t>(q);
  }
  place_at.assign(n, kNoToken);
  time_at.assign(n, kNoToken);
  const auto cover = [&](Span span, std::size_t record, std::vector<std::uint32_t>& to) {
    auto t = std::lower_bound(tokens.begin(), tokens.end(), span.begin,
                              [](const Token& x, std::uint32_t b) { return x.span.begin < b; });
    for (; t != tokens.end() && t->span.begin < span.end; ++t)
      if (const auto i = static_cast<std::size_t>(t - tokens.begin()); i < n)
        to[i] = static_cast<std::uint32_t>(record);
  };
  for (std::size_t p = 0; p < doc.all<Place>().size(); ++p)
    if (doc.all<Place>()[p].role == PlaceRole::mention) cover(doc.all<Place>()[p].span, p, place_at);
  for (std::size_t x = 0; x < doc.all<Time>().size(); ++x) cover(doc.all<Time>()[x].span, x, time_at);
  const auto mentions = doc.all<Mention>();
  for (std::size_t m = 0; m < mentions.size(); ++m)
    if (const auto h = mentions[m].head; h && h.value < n) {
      std::uint32_t& slot = mention_of_head[h.value];
      if (slot == kNoToken || mentions[slot].span.size() < mentions[m].span.size())
        slot = static_cast<std::uint32_t>(m);
    }
  const auto links = doc.all<MentionEntity>();
  first_mention_.assign(doc.all<Entity>().size() + 1, 0);
  const auto known = [&](Id<Entity> e) { return e && e.value + std::size_t(1) < first_mention_.size(); };
  for (const MentionEntity& link : links)
    if (known(link.entity)) ++first_mention_[link.entity.value + 1];
  for (std::size_t e = 1; e < first_mention_.size(); ++e) first_mention_[e] += first_mention_[e - 1];
  mentions_.resize(first_mention_.back());
  std::vector<std::uint32_t> at(first_mention_.begin(), first_mention_.end());
  for (std::size_t m = 0; m < links.size(); ++m)
    if (known(links[m].entity)) mentions_[at[links[m].entity.value]++] = static_cast<std::uint32_t>(m);
  for (const EventMention& m : doc.all<EventMention>())
    if (m.trigger && m.trigger.value < n) eventive[m.trigger.value] = triggers[m.trigger.value] = true;
  for (const Predicate& p : doc.all<Predicate>())
    if (p.token && p.token.value < n) eventive[p.token.value] = true;
}

void add_subtree(const Tree& tree, Id<Token> root, Id<Token> without, std::vector<std::uint32_t>& out) {
  const std::size_t first = out.size(), limit = first + tree.sentence_of(root).tokens.count;
  out.push_back(root.value);
  for (std::size_t i = first; i < out.size() && out.size() <= limit; ++i)
    for (Id<Token> c : tree.children(Id<Token>(out[i])))
      if (c != without) out.push_back(c.value);
}

void tidy(std::vector<std::uint32_t>& tokens) {
  std::sort(tokens.begin(), tokens.end());
  tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
}

std::vector<Span> spans_of(const Context& c, const std::vector<std::uint32_t>& content) {
  const auto block_of = [&](std::uint32_t t) { return c.tree.sentence_of(Id<Token>(std::size_t{t})).block; };
  std::vector<Span> out;
  for (std::size_t i = 0; i < content.size();) {
    std::size_t j = i;
    while (j + 1 < content.size()) {
      std::uint32_t next = content[j] + 1;
      while (next < content[j + 1] && c.is_punct(next)) ++next;
      if (next != content[j + 1] || block_of(content[j]) != block_of(next))
        break;  // a span ends with its paragraph
      ++j;
    }
    std::uint32_t a = content[i], b = content[j];
    const auto cut = [&](std::uint32_t t) {
      const std::string_view s = c.form(t);
      return is_edge_punctuation(s) || (is_quote_mark(s) && !has_partner(c, t, a, b));
    };
    while (a < b && cut(a)) ++a;
    while (a < b && cut(b)) --b;
    // A quotation that is the whole of the run is given without its marks.
    while (b > a + 1 && is_quote_mark(c.form(a)) && is_quote_mark(c.form(b)) &&
           c.quote_of[a + 1] == c.quote_of[b - 1] && c.quote_of[a + 1] != Quote::kNone &&
           c.quotes[c.quote_of[a + 1]].outer.begin == c.tree.token(Id<Token>(a)).span.begin)
      ++a, --b;
    while (a < b && is_edge_punctuation(c.form(b))) --b;
    if (!(a == b && c.is_punct(a)))
      out.push_back(c.tree.token(Id<Token>(a)).span.join(c.tree.token(Id<Token>(b)).span));
    i = j + 1;
  }
  return out;
}

bool is_negated(const Tree& tree, Id<Token> predicate) {
  for (Id<Token> c : tree.children(predicate)) {
    const std::string_view lemma = tree.lemma(c);
    switch (tree[c].deprel) {
      case Deprel::advmod:
        if (lemma == "not" || lemma == "never" || lemma == "n't" || lemma == "no") return true;
        break;
      case Deprel::cc:  // "neither confirmed nor denied"
      case Deprel::cc_preconj:
        if (lemma == "neither" || lemma == "nor") return true;
        break;
      case Deprel::nsubj:
      case Deprel::nsubj_pass:
      case Deprel::obj:
      case Deprel::det:
        if (lemma == "nobody" || lemma == "none" || lemma == "nothing" || lemma == "no") return true;
        if (const auto det = tree.child(c, Deprel::det); det && tree.lemma(det) == "no") return true;
        break;
      default:
        break;
    }
  }
  return false;
}

bool marked_by(const Tree& tree, Id<Token> t, std::string_view word) {
  for (Id<Token> c : tree.children(t)) {
    const Deprel rel = tree[c].deprel;
    if ((rel == Deprel::case_ || rel == Deprel::mark) && equals_ignore_case(tree.text(c), word)) return true;
  }
  return false;
}

}  // namespace annalist::claims
