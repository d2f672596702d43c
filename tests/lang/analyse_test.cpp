#include "lang/analyse.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "doc/tree.h"
#include "lang/mentions.h"
#include "lang/name_types.h"
#include "lang/toy_model.h"
#include "support/conllu_doc.h"

namespace annalist {
namespace {

/// A document with blocks, sentences and tokens: words divided by blanks, sentences by " | ".
Document words_document(const std::vector<std::pair<BlockKind, std::string>>& blocks) {
  std::string text;
  std::vector<Block> block_records;
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  for (const auto& [kind, words] : blocks) {
    const auto begin = static_cast<std::uint32_t>(text.size());
    std::uint32_t first = static_cast<std::uint32_t>(tokens.size());
    const auto end_sentence = [&] {
      const auto last = static_cast<std::uint32_t>(tokens.size());
      const Span span = first < last ? tokens[first].span.join(tokens.back().span) : Span{begin, begin};
      sentences.push_back({span, Id<Block>(block_records.size()), {first, last - first}});
      first = last;
    };
    std::size_t at = 0;
    while (at < words.size()) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      if (words.substr(at, end - at) == "|")
        end_sentence();
      else
        tokens.push_back(
            {{begin + std::uint32_t(at), begin + std::uint32_t(end)}, std::uint32_t(sentences.size())});
      at = end + 1;
    }
    end_sentence();
    text += words + "\n";
    block_records.push_back({{begin, begin + std::uint32_t(words.size())}, kind});
  }
  Document doc("test", text);
  doc.fill(block_records);
  doc.fill(sentences);
  doc.fill(tokens);
  return doc;
}

std::string dump(const Document& doc) {
  std::string out;
  const auto number = [&](std::uint32_t n) { out += std::to_string(n) + ' '; };
  for (const Syntax& s : doc.all<Syntax>()) {
    out += doc.str(s.lemma);
    out += doc.str(s.feats);
    for (std::uint32_t n :
         {s.head.value, std::uint32_t(s.deprel), std::uint32_t(s.upos), std::uint32_t(s.flags)})
      number(n);
  }
  for (const Predicate& p : doc.all<Predicate>()) {
    out += doc.str(p.roleset);
    number(p.token.value);
    for (const Argument& a : doc[p.arguments])
      for (std::uint32_t n : {a.head.value, a.span.begin, a.span.end, std::uint32_t(a.label)}) number(n);
  }
  for (const Mention& m : doc.all<Mention>())
    for (std::uint32_t n :
         {m.span.begin, m.span.end, m.head.value, std::uint32_t(m.type), std::uint32_t(m.form)})
      number(n);
  return out;
}

/// Mentions of a hand-made tree as "form:type:text(head)"; `tags` are positions in the toy model's tag list.
std::string mentions(const Document& doc, lang::TokenTags tags) {
  static const auto model = test::toy_model();
  tags.resize(doc.all<Token>().size());
  const Tree tree(doc);
  std::vector<Mention> found;
  for (const Sentence& s : doc.all<Sentence>()) lang::find_mentions(tree, s, *model, tags, found);
  std::string out;
  for (const Mention& m : found) {
    CHECK(m.tokens.contains(m.head));
    out += std::string(name_of(m.form)) + ':' + std::string(name_of(m.type)) + ':' +
           std::string(doc.text(m.span)) + '(' + std::string(tree.text(m.head)) + ") ";
  }
  return out;
}

constexpr std::uint8_t O = 0, B_PER = 1, I_PER = 2, B_LOC = 3, I_LOC = 4, B_PROD = 5;

}  // namespace

TEST_CASE("every layer is filled, within bounds, and only for the coded blocks") {
  const Analyse stage(test::toy_model());
  Document doc = words_document({{BlockKind::headline, "Attack on the town"},
                                 {BlockKind::teaser, "Read More"},
                                 {BlockKind::paragraph,
                                  "He attacked | | bombs , the army fled . attacked attacked "
                                  "attacked attacked attacked attacked attacked attacked"}});
  Workspace work;
  stage.run(doc, work);
  const auto tokens = doc.all<Token>();
  REQUIRE(doc.all<Syntax>().size() == tokens.size());
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    const Syntax& s = doc.all<Syntax>()[t];
    CHECK_FALSE(doc.str(s.lemma).empty());
    if (s.head) CHECK(tokens[s.head.value].sentence == tokens[t].sentence);
  }
  const Syntax& outside = doc.all<Syntax>()[5];
  CHECK(doc.str(outside.lemma) == "more");
  CHECK(outside.upos == Upos::x);
  CHECK_FALSE(outside.head);
  CHECK(doc.filled<Mention>());
  CHECK_FALSE(doc.all<Predicate>().empty());
  for (const Predicate& p : doc.all<Predicate>()) {
    CHECK(tokens[p.token.value].sentence != 1);
    std::vector<RoleLabel> numbered;
    for (const Argument& a : doc[p.arguments])
      if (a.label <= RoleLabel::arg5) numbered.push_back(a.label);
    std::sort(numbered.begin(), numbered.end());
    CHECK(std::adjacent_find(numbered.begin(), numbered.end()) == numbered.end());
    for (const Argument& a : doc[p.arguments]) {
      CHECK(a.span.contains(tokens[a.head.value].span));
      CHECK(a.label != RoleLabel::none);
      CHECK((a.head == p.token || !a.span.overlaps(tokens[p.token.value].span)));
    }
  }
}

TEST_CASE("the same document gives the same layers, whatever the workspace did before") {
  const Analyse stage(test::toy_model());
  const auto make = [](const std::string& words) { return words_document({{BlockKind::paragraph, words}}); };
  const std::string words = "He attacked the town | the army bombs Aleppo , he attacked .";
  Workspace fresh, used;
  Document other = make("Bombs bombs bombs , M16 the attack . he he he he he he he he he he he he he he");
  stage.run(other, used);
  Document a = make(words), b = make(words);
  stage.run(a, fresh);
  stage.run(b, used);
  CHECK(dump(a) == dump(b));
  Document empty = make("");
  stage.run(empty, used);
  CHECK(empty.filled<Syntax>());
}

TEST_CASE("names, noun phrases and pronouns are mentions") {
  const Document doc = test::document_from_conllu(R"(
1 Commander commander NOUN 2 compound
2 Abu Abu PROPN 5 nsubj
3 Omar Omar PROPN 2 flat
4 himself himself PRON PronType=Prs|Reflex=Yes 5 obl:unmarked
5 led lead VERB 0 root
6 his his PRON Gender=Masc|Poss=Yes|PronType=Prs 7 nmod:poss
7 fighters fighter NOUN 5 obj
8 into into ADP 11 case
9 the the DET 11 det
10 border border NOUN 11 compound
11 town town NOUN 5 obl
12 of of ADP 13 case
13 Azaz Azaz PROPN 11 nmod
14 . . PUNCT 5 punct
)");
  CHECK(mentions(doc, {O, B_PER, I_PER, O, O, O, O, O, O, O, O, O, B_LOC}) ==
        "name:PER:Abu Omar(Abu) pronoun:MISC:himself(himself) nominal:MISC:his fighters(fighters) "
        "pronoun:PER:his(his) nominal:MISC:the border town of Azaz(town) name:LOC:Azaz(Azaz) ");
  // What the tagger passes over, or calls by a type that documents do not have, still makes a phrase.
  CHECK(mentions(doc, {}).find("nominal:MISC:Azaz(Azaz)") != std::string::npos);
  CHECK(mentions(doc, {O, O, O, O, O, O, O, O, O, O, O, O, B_PROD}).find("nominal:MISC:Azaz(Azaz)") !=
        std::string::npos);
}

TEST_CASE("a noun inside a name, an expletive and a relative pronoun are no mentions") {
  const Document doc = test::document_from_conllu(R"(
1 It it PRON PronType=Prs 3 expl
2 is be AUX 3 cop
3 Republic republic NOUN 0 root
4 of of ADP 5 case
5 Peoples people NOUN 3 nmod
6 that that PRON PronType=Rel 7 nsubj
7 fell fall VERB 3 acl:relcl
)");
  CHECK(mentions(doc, {O, O, B_LOC, I_LOC, I_LOC}) == "name:LOC:Republic of Peoples(Republic) ");
}

TEST_CASE("a name ends before its comma") {
  const Document doc = test::document_from_conllu(R"(
1 Omar Omar PROPN 3 nsubj
2 , , PUNCT 1 punct
3 left leave VERB 0 root
4 Soma Soma PROPN 3 obj
5 , , PUNCT 6 punct
6 Homs Homs PROPN 4 appos
7 - - PUNCT 6 punct
)");
  CHECK(mentions(doc, {B_PER, I_PER, O, B_LOC, I_LOC, I_LOC, I_LOC}) ==
        "name:PER:Omar(Omar) name:LOC:Soma , Homs(Soma) ");
}

TEST_CASE("two names side by side stay two") {
  const Document doc = test::document_from_conllu(R"(
1 Omar Omar PROPN 3 nsubj
2 Aleppo Aleppo PROPN 3 obl
3 left leave VERB 0 root
4 Ali Ali PROPN 3 obj
5 Hasan Hasan PROPN 3 obj
)");
  CHECK(mentions(doc, {B_PER, B_LOC, O, B_PER, B_PER}) ==
        "name:PER:Omar(Omar) name:LOC:Aleppo(Aleppo) name:PER:Ali(Ali) name:PER:Hasan(Hasan) ");
}

TEST_CASE("a name has one type in a document: that of most mentions, of equals the first") {
  const Document doc = test::document_from_conllu(R"(
1 Morek Morek PROPN 2 nsubj
2 fell fall VERB 0 root
3 to to ADP 4 case
4 Hasan Hasan PROPN 2 obl

1 Ali Ali PROPN 3 nsubj
2 Hasan Hasan PROPN 1 flat
3 left leave VERB 0 root
4 Morek Morek PROPN 3 obj
)");
  static const auto model = test::toy_model();
  const lang::TokenTags tags{B_LOC, O, O, B_LOC, B_PER, I_PER, O, B_PER};
  const Tree tree(doc);
  std::vector<Mention> found;
  for (const Sentence& s : doc.all<Sentence>()) lang::find_mentions(tree, s, *model, tags, found);
  lang::settle_name_types(tree, found);
  std::string out;
  for (const Mention& m : found)
    out += std::string(name_of(m.type)) + ':' + std::string(doc.text(m.span)) + ' ';
  CHECK(out == "LOC:Morek PER:Hasan PER:Ali Hasan LOC:Morek ");
}

TEST_CASE("what is under control is ground, whatever the tagger says; who controls it is somebody") {
  const Document doc = test::document_from_conllu(R"(
1 Morek Morek PROPN 5 nsubj
2 is be AUX 5 cop
3 under under ADP 5 case
4 rebel rebel NOUN 5 compound
5 control control NOUN 0 root

1 Omar Omar PROPN 5 nsubj
2 is be AUX 5 cop
3 under under ADP 5 case
4 birth birth NOUN 5 compound
5 pressure pressure NOUN 0 root
)");
  static const auto model = test::toy_model();
  const auto words = lang::TerritoryWords::load(
      {{"patterns/territory.txt", "[power]\nwords: control\n[taken]\nwords: retake\n"}});
  REQUIRE(words);
  const lang::TokenTags tags{B_PER, O, O, O, O, B_PER, O, O, O, O};
  const Tree tree(doc);
  std::vector<Mention> found;
  for (const Sentence& s : doc.all<Sentence>()) lang::find_mentions(tree, s, *model, tags, found, &*words);
  lang::settle_name_types(tree, found, &*words);
  std::string out;
  for (const Mention& m : found)
    out += std::string(name_of(m.type)) + ':' + std::string(doc.text(m.span)) + ';';
  CHECK(out.starts_with("LOC:Morek;"));
  CHECK(out.find("MISC:rebel;") != std::string::npos);
  CHECK(out.find("PER:Omar;") != std::string::npos);
  CHECK(out.find("MISC:birth;") == std::string::npos);
}

TEST_CASE("a name with two places behind it by commas alone lies there") {
  const Document doc = test::document_from_conllu(R"(
# text = Soma, Homs, Syria
1 Soma Soma PROPN _ _ 0 root _ SpaceAfter=No
2 , , PUNCT 1 punct
3 Homs Homs PROPN _ _ 1 appos _ SpaceAfter=No
4 , , PUNCT 1 punct
5 Syria Syria PROPN 1 appos

1 Soma Soma PROPN 2 nsubj
2 fell fall VERB 0 root
)");
  static const auto model = test::toy_model();
  const lang::TokenTags tags{B_PER, O, B_LOC, O, B_LOC, B_PER, O};
  const Tree tree(doc);
  std::vector<Mention> found;
  for (const Sentence& s : doc.all<Sentence>()) lang::find_mentions(tree, s, *model, tags, found);
  lang::settle_name_types(tree, found);
  const bool commas = doc.text().find("Soma, Homs, Syria") != std::string_view::npos;
  REQUIRE(commas);
  CHECK(found.front().type == EntityType::loc);
  CHECK(found.back().type == EntityType::loc);
}

}  // namespace annalist
