#include "lang/analyse.h"

#include <algorithm>
#include <functional>

#include "doc/tree.h"
#include "lang/gate.h"
#include "lang/mend.h"
#include "lang/mentions.h"
#include "lang/name_types.h"

namespace annalist {
namespace {

using namespace lang;

struct AnalyseScratch {
  std::vector<std::string_view> words;
  std::vector<std::uint32_t> ends;         // of sentences, in `words`
  std::vector<std::uint32_t> sentence_of;  // of each of them
  std::vector<std::uint8_t> passes;        // likewise
  std::vector<std::uint32_t> token_of;     // of each word
  ParseScratch parse;
  GateScratch gate;
  Parsed parsed;
  TokenTags tags;
  std::vector<Syntax> syntax;
  std::vector<ModelTags> model_tags;
  std::vector<DeedTag> deeds;
  std::vector<SenseTag> senses;
  std::vector<Predicate> predicates;
  std::vector<Argument> arguments;
  std::vector<Mention> mentions;
  std::vector<std::uint32_t> stack, inside;  // of Arguments
  std::string lemma;
};

bool is_coded(const Document& doc, const Sentence& sentence) {
  return !sentence.block || doc[sentence.block].is_body();
}

void collect_words(const Document& doc, AnalyseScratch& s) {
  s.words.clear();
  s.ends.clear();
  s.sentence_of.clear();
  s.token_of.clear();
  for (const Sentence& sentence : doc.all<Sentence>()) {
    if (!is_coded(doc, sentence)) continue;
    for (std::uint32_t t = sentence.tokens.first; t < sentence.tokens.end(); ++t) {
      s.words.push_back(doc.text(doc.all<Token>()[t].span));
      s.token_of.push_back(t);
    }
    s.ends.push_back(static_cast<std::uint32_t>(s.words.size()));
    s.sentence_of.push_back(static_cast<std::uint32_t>(&sentence - doc.all<Sentence>().data()));
  }
}

void fill_syntax(Document& doc, const Model& model, AnalyseScratch& s) {
  const auto tokens = doc.all<Token>();
  s.syntax.assign(tokens.size(), Syntax{});
  s.tags.assign(tokens.size(), 0);
  s.model_tags.assign(tokens.size(), ModelTags{});
  std::size_t next = 0;
  for (std::uint32_t t = 0; t < tokens.size(); ++t) {
    Syntax& out = s.syntax[t];
    if (next == s.token_of.size() || s.token_of[next] != t) {
      lower_utf8(doc.text(tokens[t].span), s.lemma);
      out.lemma = doc.intern(s.lemma);
      continue;
    }
    const ParsedWord& word = s.parsed.words[next];
    out.lemma = doc.intern(s.parsed.lemma(next));
    if (const std::string_view feats = model.feats_names[word.feats]; feats != "_")
      out.feats = doc.intern(feats);
    if (word.head != kNoHead) out.head = Id<Token>(std::size_t(s.token_of[word.head]));
    out.deprel = model.deprel[word.deprel];
    out.upos = model.upos[word.upos];
    out.flags = model.feats_flags[word.feats];
    s.tags[t] = word.name_tag;
    s.model_tags[t] = s.parsed.tags[next];
    ++next;
  }
  doc.fill(s.syntax);
  doc.fill(s.model_tags);
  s.deeds.clear();
  if (!s.parsed.deeds.empty() && s.parsed.deeds.size() == s.parsed.words.size()) {
    s.deeds.resize(tokens.size());
    for (std::size_t i = 0; i < s.token_of.size(); ++i) s.deeds[s.token_of[i]] = s.parsed.deeds[i];
  }
  doc.fill(s.deeds);
  s.senses.clear();
  if (!s.parsed.senses.empty() && s.parsed.senses.size() == s.parsed.words.size()) {
    s.senses.resize(tokens.size());
    for (std::size_t i = 0; i < s.token_of.size(); ++i) s.senses[s.token_of[i]] = s.parsed.senses[i];
  }
  doc.fill(s.senses);
}

// Spans of arguments: the subtree of the head, without the branch that holds the predicate (the relative
// clause in "the man [who was] killed"), as far as it runs on from the head without a gap.
class Arguments {
 public:
  Arguments(const Tree& tree, AnalyseScratch& s) : tree_(tree), s_(s) { s_.inside.assign(tree.size(), 0); }

  Span span(Id<Token> head, Id<Token> predicate) {
    if (head == predicate) return tree_.token(head).span;
    ++stamp_;
    const Id<Token> left_out = branch_with(predicate, head);
    s_.stack.assign(1, head.value);
    while (!s_.stack.empty()) {
      const Id<Token> t{std::size_t(s_.stack.back())};
      s_.stack.pop_back();
      s_.inside[t.value] = stamp_;
      for (const Id<Token> child : tree_.children(t))
        if (child != left_out) s_.stack.push_back(child.value);
    }
    std::uint32_t first = head.value, last = head.value;
    while (first > 0 && s_.inside[first - 1] == stamp_) --first;
    while (last + 1 < tree_.size() && s_.inside[last + 1] == stamp_) ++last;
    return tree_.token(Id<Token>(std::size_t(first)))
        .span.join(tree_.token(Id<Token>(std::size_t(last))).span);
  }

 private:
  // The child of `above` whose subtree holds `t`; none if `above` is not above it.
  Id<Token> branch_with(Id<Token> t, Id<Token> above) const {
    while (t && tree_.head(t) != above) t = tree_.head(t);
    return t;
  }

  const Tree& tree_;
  AnalyseScratch& s_;
  std::uint32_t stamp_ = 0;
};

void fill_predicates(Document& doc, const Tree& tree, const Model& model, AnalyseScratch& s) {
  s.predicates.clear();
  s.arguments.clear();
  Arguments spans(tree, s);
  for (const ParsedPredicate& parsed : s.parsed.predicates) {
    Predicate out;
    out.token = Id<Token>(std::size_t(s.token_of[parsed.word]));
    if (parsed.roleset != ParsedPredicate::kNoRoleset)
      out.roleset = doc.intern(model.roleset_names[parsed.roleset]);
    out.arguments = {static_cast<std::uint32_t>(s.arguments.size()), parsed.role_count};
    for (std::uint32_t r = parsed.first_role; r < parsed.first_role + parsed.role_count; ++r) {
      const Id<Token> head{std::size_t(s.token_of[s.parsed.roles[r].word])};
      s.arguments.push_back({head, spans.span(head, out.token), model.roles[s.parsed.roles[r].label]});
    }
    s.predicates.push_back(out);
  }
  doc.fill(s.predicates);
  doc.fill(s.arguments);
}

void fill_layers(Document& doc, const Model& model, const TerritoryWords* territory, AnalyseScratch& s) {
  fill_syntax(doc, model, s);
  const Tree tree(doc);
  fill_predicates(doc, tree, model, s);
  s.mentions.clear();
  for (const Sentence& sentence : doc.all<Sentence>())
    if (is_coded(doc, sentence)) find_mentions(tree, sentence, model, s.tags, s.mentions, territory);
  settle_name_types(tree, s.mentions, territory);
  doc.fill(s.mentions);
}

}  // namespace

Result<Analyse> Analyse::open(const std::string& path) {
  auto model = Model::open(path);
  if (!model) return std::unexpected(model.error());
  return Analyse(std::move(*model));
}

void Analyse::run(Document& doc, Workspace& work) const {
  AnalyseScratch& s = work.scratch<AnalyseScratch>();
  collect_words(doc, s);
  s.parse.senses = senses_.get();
  parse(*model_, best_kernels(), s.words, s.ends, s.parse, s.parsed);
  fill_layers(doc, *model_, territory_.get(), s);
}

GateCount Analyse::run_again(Document& doc, Workspace& work, std::span<const std::uint8_t> found) const {
  AnalyseScratch& s = work.scratch<AnalyseScratch>();
  collect_words(doc, s);
  s.passes.clear();
  for (const std::uint32_t sentence : s.sentence_of) s.passes.push_back(found[sentence]);
  std::swap(s.gate.fast, s.parsed);
  gate_->open(*model_, s.gate.fast, s.ends, s.gate, s.passes);
  s.parse.senses = senses_.get();
  read_again(*second_, best_kernels(), s.words, s.ends, s.passes, s.parse, s.gate, s.parsed);
  fill_layers(doc, *model_, territory_.get(), s);
  return {s.passes.size(), static_cast<std::uint64_t>(std::ranges::count_if(s.passes, std::identity{}))};
}

}  // namespace annalist
