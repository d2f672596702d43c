#include "story/facts.h"

#include <algorithm>

#include "base/strings.h"

namespace annalist::story {
namespace {

bool is_content(Upos u) {
  return u == Upos::noun || u == Upos::propn || u == Upos::verb || u == Upos::adj || u == Upos::num;
}

void finish(WordSet& set) {
  std::ranges::sort(set);
  set.erase(std::unique(set.begin(), set.end()), set.end());
}

/// Words that say nothing of who is meant.
bool is_empty_word(std::string_view w) {
  static constexpr std::string_view kWords[] = {
      "a",   "an",   "and",   "he",   "her",  "his",   "i",     "it", "its", "of",    "she",
      "the", "they", "their", "that", "this", "these", "those", "we", "who", "which", "you"};
  return std::ranges::find(kWords, w) != std::end(kWords);
}

/// The entity a token heads a mention of; a scan of the mentions, made once a document.
class Reading {
 public:
  explicit Reading(const Document& doc) : doc_(doc), entity_(doc.all<Token>().size(), Id<Entity>()) {
    const auto mentions = doc.all<Mention>();
    const auto entities = doc.all<MentionEntity>();
    for (std::size_t i = 0; i < mentions.size() && i < entities.size(); ++i)
      if (mentions[i].head && entities[i].entity) entity_[mentions[i].head.value] = entities[i].entity;
  }

  Id<Entity> entity(std::size_t token) const { return entity_[token]; }
  std::string lemma(std::size_t token) const { return lower(doc_.str(doc_.all<Syntax>()[token].lemma)); }

  /// The words by which a participant can be recognised in another report.
  void words_of(std::size_t token, WordSet& out, WordSet& names) const {
    const Syntax& s = doc_.all<Syntax>()[token];
    std::string name;
    if (const Id<Entity> e = entity(token)) name = fold(doc_.str(doc_[e].name));
    if (s.upos == Upos::pron && name.empty()) return;
    const std::string own = lemma(token);
    if (s.upos != Upos::pron && !is_empty_word(own)) out.push_back(own);
    for (std::string_view part : split_list(name, ' '))
      if (!is_empty_word(part)) out.emplace_back(part);
    if (s.upos == Upos::propn || (!name.empty() && name != own)) {
      const auto parts = split_list(name.empty() ? std::string_view(own) : std::string_view(name), ' ');
      if (!parts.empty() && !is_empty_word(parts.back())) names.emplace_back(parts.back());
    }
  }

 private:
  const Document& doc_;
  std::vector<Id<Entity>> entity_;
};

enum class Side { none, agent, patient, other };

Side side_of(const Syntax& child, const Syntax& head) {
  switch (child.deprel) {
    case Deprel::nsubj:
    case Deprel::obl_agent:
    case Deprel::nmod_poss:
    case Deprel::csubj:
      return Side::agent;
    case Deprel::obj:
    case Deprel::nsubj_pass:
      return Side::patient;
    case Deprel::nmod:
      return head.upos == Upos::verb ? Side::other : Side::patient;
    case Deprel::iobj:
    case Deprel::obl:
    case Deprel::obl_unmarked:
    case Deprel::compound:
    case Deprel::amod:
    case Deprel::appos:
      return Side::other;
    default:
      return Side::none;
  }
}

}  // namespace

std::size_t shared(const WordSet& a, const WordSet& b) {
  std::size_t n = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (const int order = i->compare(*j); order < 0)
      ++i;
    else if (order > 0)
      ++j;
    else
      ++n, ++i, ++j;
  }
  return n;
}

bool contains(const WordSet& set, std::string_view word) {
  return std::binary_search(set.begin(), set.end(), word, std::less<>());
}

Id<Token> head_of(const Document& doc, Span mention) {
  const auto tokens = doc.all<Token>();
  const auto syntax = doc.all<Syntax>();
  const auto it = std::upper_bound(tokens.begin(), tokens.end(), mention.begin,
                                   [](std::uint32_t b, const Token& t) { return b < t.span.end; });
  for (auto i = std::size_t(it - tokens.begin()); i < syntax.size() && tokens[i].span.begin < mention.end;
       ++i) {
    const Id<Token> head = syntax[i].head;
    if (!head || !tokens[head.value].span.overlaps(mention)) return Id<Token>(i);
  }
  return {};
}

ReportFacts report_facts(const Document& doc) {
  ReportFacts out;
  out.id = doc.id();
  const auto tokens = doc.all<Token>();
  const auto syntax = doc.all<Syntax>();
  for (std::size_t i = 0; i < syntax.size(); ++i) {
    const Syntax& s = syntax[i];
    std::string lemma = lower(doc.str(s.lemma));
    if (lemma.size() > 1 && is_content(s.upos)) {
      out.words[lemma] += s.upos == Upos::propn ? 2.0F : 1.0F;
      if (s.upos == Upos::noun || s.upos == Upos::adj) out.nouns[lemma] += 1;
      if (s.upos == Upos::num) out.numbers[lemma] += 1;
      if (tokens[i].sentence < 3) out.lead[lemma] += 1;
    }
    out.vocabulary.push_back(std::move(lemma));
  }
  finish(out.vocabulary);
  for (const Time& t : doc.all<Time>())
    if (t.from && t.to && t.to.value - t.from.value < 40) out.days[t.from.iso()] += 1;
  std::map<std::string, std::uint32_t> people;
  for (const Entity& e : doc.all<Entity>()) {
    if (e.type != EntityType::per) continue;
    const std::string name = fold(doc.str(e.name));
    if (const auto parts = split_list(name, ' '); !parts.empty())
      people[std::string(parts.back())] += std::max(1U, e.mention_count);
  }
  std::vector<std::pair<std::uint32_t, std::string>> ranked;
  for (const auto& [name, count] : people) ranked.emplace_back(count, name);
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; i < ranked.size() && i < 3; ++i) out.protagonists.push_back(ranked[i].second);
  return out;
}

MentionFacts mention_facts(const Document& doc, Span mention, std::string id, std::uint32_t report) {
  MentionFacts out;
  out.id = std::move(id);
  out.report = report;
  const Id<Token> head = head_of(doc, mention);
  if (!head) {
    if (mention.end <= doc.text().size()) out.lemma = fold(doc.text(mention));
    return out;
  }
  const Reading reading(doc);
  const auto tokens = doc.all<Token>();
  const auto syntax = doc.all<Syntax>();
  const Syntax& h = syntax[head.value];
  out.lemma = lower(doc.str(h.lemma));
  out.upos = h.upos;
  out.verb = h.upos == Upos::verb;
  out.sentence = tokens[head.value].sentence;
  for (const EventMention& m : doc.all<EventMention>())
    if (m.span.overlaps(mention)) out.type = doc.str(doc[m.event].type);

  const Sentence& sentence = doc.all<Sentence>()[out.sentence];
  std::vector<std::size_t> tokens_in;
  for (std::uint32_t t = sentence.tokens.first; t < sentence.tokens.end(); ++t) {
    const Syntax& s = syntax[t];
    if (tokens[t].span.overlaps(mention)) out.span.push_back(reading.lemma(t));
    if (t != head.value && is_content(s.upos)) {
      std::string lemma = reading.lemma(t);
      if (lemma.size() > 1) out.sentence_words.push_back(std::move(lemma));
    }
    if (s.upos == Upos::num) out.numbers.push_back(std::string(doc.text(tokens[t].span)));
    if (const Id<Entity> e = reading.entity(t)) {
      const Entity& entity = doc[e];
      out.entities.push_back(fold(entity.actor && !doc.str(doc[entity.actor].id).empty()
                                      ? doc.str(doc[entity.actor].id)
                                      : doc.str(entity.name)));
    }
    if (s.head != head) continue;
    const Side side = side_of(s, h);
    if (side == Side::none) continue;
    WordSet& to = side == Side::agent ? out.agents : side == Side::patient ? out.patients : out.around;
    reading.words_of(t, to, out.names);
  }
  // "went in and took", "vowed to return", "the men seen there": who does it stands further up.
  const bool passive = h.is(MorphFlag::passive);
  if (out.agents.empty() && h.head) {
    const Syntax& above = syntax[h.head.value];
    const bool shares = h.deprel == Deprel::conj || h.deprel == Deprel::xcomp || h.deprel == Deprel::advcl;
    if (shares && above.upos == Upos::verb) {
      for (std::uint32_t t = sentence.tokens.first; t < sentence.tokens.end(); ++t)
        if (syntax[t].head == h.head &&
            (syntax[t].deprel == Deprel::nsubj || syntax[t].deprel == Deprel::nsubj_pass))
          reading.words_of(t, passive ? out.patients : out.agents, out.names);
    } else if (h.deprel == Deprel::acl || h.deprel == Deprel::acl_relcl) {
      const bool suffers = passive || (h.is(MorphFlag::past) && h.is(MorphFlag::participle));
      reading.words_of(h.head.value, suffers ? out.patients : out.agents, out.names);
    }
  }
  for (const Place& p : doc.all<Place>())
    if (p.resolved && p.span.begin >= sentence.span.begin && p.span.end <= sentence.span.end)
      out.places.push_back(std::string(doc.str(p.gazetteer)));
  for (const Time& t : doc.all<Time>())
    if (t.from && t.to && t.span.begin >= sentence.span.begin && t.span.end <= sentence.span.end)
      out.days.emplace_back(t.from, t.to);
  out.around.insert(out.around.end(), out.agents.begin(), out.agents.end());
  out.around.insert(out.around.end(), out.patients.begin(), out.patients.end());
  for (WordSet* set : {&out.span, &out.agents, &out.patients, &out.around, &out.names, &out.sentence_words,
                       &out.numbers, &out.places, &out.entities})
    finish(*set);
  return out;
}

}  // namespace annalist::story
