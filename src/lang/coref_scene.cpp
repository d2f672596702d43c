#include "lang/coref_scene.h"

#include <algorithm>
#include <numeric>

#include "base/strings.h"

namespace annalist::lang {

namespace {

bool has(const ActorLink& link, ActorFlag flag) {
  return (link.flags & static_cast<std::uint8_t>(flag)) != 0;
}

bool is_subject(Deprel rel) {
  return rel == Deprel::nsubj || rel == Deprel::nsubj_pass || rel == Deprel::nsubj_outer;
}

std::string name_key(std::string_view text) {
  for (std::string_view end : {"'s", "’s"})
    if (text.ends_with(end)) text.remove_suffix(end.size());
  const std::string folded = fold(text);
  std::string out;
  for (std::string_view word : split_list(folded, ' ')) {
    if (word == "the" || word == "al" || word == "a" || word == "an") continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out.empty() ? folded : out;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

CorefScene::CorefScene(const Document& doc, const CorefWords& words)
    : doc_(&doc), words_(&words), tree_(doc), mentions_(doc.all<Mention>()), links_(doc.all<ActorLink>()) {
  const std::size_t n = mentions_.size();
  views_.resize(n);
  order_.resize(n);
  std::iota(order_.begin(), order_.end(), 0u);
  std::stable_sort(order_.begin(), order_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return mentions_[a].head < mentions_[b].head; });
  parent_.resize(n);
  std::iota(parent_.begin(), parent_.end(), 0u);
  count_.assign(n, 1);
  gender_.resize(n);
  number_.resize(n);
  body_.resize(n);
  actor_.resize(n);
  group_.resize(n);
  leads_.assign(n, -1);
  find_quotes();
  for (std::size_t i = 0; i < n; ++i) describe(i);
  // Possessors: "his" and "Haddad" of "his men", "Haddad's group".
  std::vector<std::int32_t> headed(tree_.size(), -1);
  for (std::size_t i = 0; i < n; ++i)
    if (mentions_[i].head && mentions_[i].form != MentionForm::nominal)
      headed[mentions_[i].head.value] = std::int32_t(i);
  for (std::size_t i = 0; i < n; ++i) {
    if (mentions_[i].form != MentionForm::nominal || !mentions_[i].head) continue;
    if (const Id<Token> owner = tree_.child(mentions_[i].head, Deprel::nmod_poss)) {
      views_[i].possessor = headed[owner.value];
      views_[i].definite = Definite::possessed;
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    const View& v = views_[i];
    gender_[i] = v.gender;
    number_[i] = v.number;
    body_[i] = v.body && mentions_[i].form == MentionForm::name;
    if (links_[i].kind != ActorKind::none && mentions_[i].form == MentionForm::name) actor_[i] = links_[i].id;
    if (links_[i].kind == ActorKind::person || (v.human && v.number == Number::singular))
      group_[i] = links_[i].part_of;
  }
  find_speakers();
}

std::uint32_t CorefScene::find(std::uint32_t i) const {
  while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
  return i;
}

void CorefScene::merge(std::uint32_t a, std::uint32_t b) {
  a = find(a);
  b = find(b);
  if (a == b) return;
  if (b < a) std::swap(a, b);
  parent_[b] = a;
  count_[a] += count_[b];
  if (gender_[a] == Gender::unknown) gender_[a] = gender_[b];
  if (number_[a] == Number::unknown) number_[a] = number_[b];
  if (body_[b]) body_[a] = true;
  if (!actor_[a]) actor_[a] = actor_[b];
  if (!group_[a]) group_[a] = group_[b];
  if (leads_[a] < 0) leads_[a] = leads_[b];
}

void CorefScene::describe(std::size_t i) {
  const Mention& m = mentions_[i];
  View& v = views_[i];
  if (!m.head || m.head.value >= tree_.size()) return;
  const Syntax& s = tree_[m.head];
  v.sentence = tree_.token(m.head).sentence;
  v.head = lower(tree_.lemma(m.head));
  if (v.head.empty() || v.head == "_") v.head = lower(tree_.text(m.head));
  const Sentence& sentence = doc_->all<Sentence>()[v.sentence];
  v.headline = sentence.block && (*doc_)[sentence.block].kind == BlockKind::headline;
  const auto quote = std::upper_bound(quotes_.begin(), quotes_.end(), m.span.begin,
                                      [](std::uint32_t at, const Quote& q) { return at < q.span.begin; });
  if (quote != quotes_.begin() && std::prev(quote)->span.contains(m.span.begin))
    v.quote = static_cast<std::int32_t>(std::prev(quote) - quotes_.begin());
  if (is_subject(s.deprel) && s.head) {
    std::string verb = lower(tree_.lemma(s.head));
    v.speaks = words_->is(verb, WordClass::speech);
  }
  v.actor = links_[i].kind != ActorKind::none;
  v.time = words_->is(v.head, WordClass::time);
  switch (m.form) {
    case MentionForm::pronoun:
      describe_pronoun(i, v);
      break;
    case MentionForm::nominal:
      describe_nominal(i, v);
      break;
    case MentionForm::name:
      describe_name(i, v);
      break;
  }
}

void CorefScene::describe_pronoun(std::size_t i, View& v) {
  const std::string word = lower(doc_->text(mentions_[i].span));
  v.key = word;
  v.reflexive = word.ends_with("self") || word.ends_with("selves");
  v.possessive = one_of(word, {"his", "her", "its", "their", "my", "our", "your", "whose"}) &&
                 tree_[mentions_[i].head].deprel == Deprel::nmod_poss;
  if (one_of(word, {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}))
    v.person = 1;
  else if (word.starts_with("you"))
    v.person = 2;
  else
    v.person = 3;
  if (one_of(word, {"they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"}))
    v.number = Number::plural;
  else if (v.person != 2)
    v.number = Number::singular;
  if (one_of(word, {"he", "him", "his", "himself"})) v.gender = Gender::male;
  if (one_of(word, {"she", "her", "hers", "herself"})) v.gender = Gender::female;
  v.human = v.gender != Gender::unknown || v.person < 3;
}

void CorefScene::describe_nominal(std::size_t i, View& v) {
  const Mention& m = mentions_[i];
  const ActorLink& link = links_[i];
  std::uint32_t first = m.tokens.first;
  const std::string lead = lower(tree_.text(Id<Token>(first)));
  if (lead == "the")
    v.definite = Definite::definite;
  else if (one_of(lead, {"this", "that", "these", "those", "such"}))
    v.definite = Definite::demonstrative;
  else if (one_of(lead, {"a", "an", "some", "any", "another", "other", "no", "several", "many", "few", "each",
                         "every"}))
    v.definite = Definite::indefinite;
  if (tree_[Id<Token>(first)].upos == Upos::det && m.tokens.count > 1) ++first;
  v.key = name_key(doc_->text({tree_.token(Id<Token>(first)).span.begin, m.span.end}));
  const bool plural = tree_[m.head].is(MorphFlag::plural);
  v.number = plural ? Number::plural : Number::singular;
  for (Id<Token> c : tree_.children(m.head)) switch (tree_[c].deprel) {
      case Deprel::amod:
      case Deprel::compound:
      case Deprel::nmod:
      case Deprel::acl:
      case Deprel::nummod:
        v.modified = true;
        break;
      case Deprel::acl_relcl:  // "the group, which ...," tells more of it; "the group which" tells it from
                               // others
        v.modified |= m.head.value + 1 >= tree_.size() || tree_.text(Id<Token>(m.head.value + 1)) != ",";
        break;
      default:
        break;
    }
  v.place = words_->is(v.head, WordClass::place);
  v.body = (v.actor && has(link, ActorFlag::collective) && !plural) || words_->is(v.head, WordClass::group);
  v.human = v.actor && !v.body;
  if (words_->is(v.head, WordClass::male)) v.gender = Gender::male;
  if (words_->is(v.head, WordClass::female)) v.gender = Gender::female;
  if (v.gender != Gender::unknown) v.human = true;
}

void CorefScene::describe_name(std::size_t i, View& v) {
  const Mention& m = mentions_[i];
  const ActorLink& link = links_[i];
  v.key = name_key(doc_->text(m.span));
  v.human = link.kind == ActorKind::person || (m.type == EntityType::per && !v.actor);
  v.place = !v.human && (m.type == EntityType::loc || m.type == EntityType::gpe || m.type == EntityType::fac);
  v.body = !v.human && (v.actor || m.type == EntityType::org || m.type == EntityType::group);
  if (v.human) {
    v.number = Number::singular;
    for (std::uint32_t t = m.tokens.first; t < m.tokens.end() && v.gender == Gender::unknown; ++t) {
      std::string word = fold(tree_.text(Id<Token>(t)));
      if (words_->is(word, WordClass::male)) v.gender = Gender::male;
      if (words_->is(word, WordClass::female)) v.gender = Gender::female;
    }
    // A title before the name: "Mrs Clinton".
    if (m.tokens.first > 0 && v.gender == Gender::unknown) {
      const Id<Token> before(std::size_t(m.tokens.first - 1));
      const std::string word = fold(tree_.text(before));
      if (words_->is(word, WordClass::male)) v.gender = Gender::male;
      if (words_->is(word, WordClass::female)) v.gender = Gender::female;
    }
  } else if (m.type == EntityType::norp) {
    v.number = tree_[m.head].is(MorphFlag::plural) ? Number::plural : Number::unknown;
  }
}

void CorefScene::find_quotes() {
  for (const Block& block : doc_->all<Block>()) {
    if (!block.is_body()) continue;
    const std::string_view text = doc_->text(block.span);
    std::int64_t open = -1;
    const auto close = [&](std::size_t end) {
      quotes_.push_back(
          {{block.span.begin + std::uint32_t(open), block.span.begin + std::uint32_t(end)}, -1});
      open = -1;
    };
    for (std::size_t at = 0; at < text.size();) {
      const bool straight = text[at] == '"';
      const bool left = text.substr(at).starts_with("“"), right = text.substr(at).starts_with("”");
      if (open >= 0 && (straight || right))
        close(at + (straight ? 1 : 3));
      else if (open < 0 && (straight || left))
        open = static_cast<std::int64_t>(at);
      at += left || right ? 3 : 1;
    }
    // A quotation that goes on in the next paragraph is not closed in this one.
    if (open >= 0) close(text.size());
  }
}

/// The subject of the verb of speech that stands outside the quotation in a sentence the quotation touches;
/// without one, whoever spoke last.
void CorefScene::find_speakers() {
  if (quotes_.empty()) return;
  std::vector<std::vector<std::uint32_t>> speakers(doc_->all<Sentence>().size());
  for (std::uint32_t i = 0; i < size(); ++i)
    if (views_[i].speaks && views_[i].quote < 0) speakers[views_[i].sentence].push_back(i);
  const auto sentences = doc_->all<Sentence>();
  std::size_t at = 0;
  std::int32_t last = -1;
  for (Quote& q : quotes_) {
    while (at > 0 && sentences[at - 1].span.end > q.span.begin) --at;
    while (at < sentences.size() && sentences[at].span.end <= q.span.begin) ++at;
    for (std::size_t s = at; s < sentences.size() && sentences[s].span.begin < q.span.end; ++s)
      for (std::uint32_t i : speakers[s])
        if (q.speaker < 0) q.speaker = static_cast<std::int32_t>(i);
    // "X told reporters: " may stand in the sentence before.
    if (q.speaker < 0 && at > 0 &&
        sentences[at - 1].block == sentences[std::min(at, sentences.size() - 1)].block &&
        !speakers[at - 1].empty())
      q.speaker = static_cast<std::int32_t>(speakers[at - 1].back());
    if (q.speaker < 0) q.speaker = last;
    last = q.speaker;
  }
}

}  // namespace annalist::lang
