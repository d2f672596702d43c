#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "lang/gate.h"
#include "lang/toy_model.h"

namespace annalist::lang {
namespace {

using test::ToySection;

Status open(const std::vector<ToySection>& sections) {
  const std::string path = test::write_pack(sections);
  Status status;
  for (const Tier tier : {Tier::accurate, Tier::fast})
    if (const auto model = Model::open(path, tier); !model && status) status = std::unexpected(model.error());
  std::filesystem::remove(path);
  return status;
}

ToySection& find(std::vector<ToySection>& sections, std::string_view name) {
  return *std::find_if(sections.begin(), sections.end(), [&](const ToySection& s) { return s.name == name; });
}

struct Input {
  std::vector<std::string> forms;
  std::vector<std::string_view> words;
  std::vector<std::uint32_t> ends;
};

// Sentences of 1 to 40 words; the toy's windows hold 16 pieces, so the long ones are cut.
Input sentences() {
  Input in;
  const char* const forms[] = {"The", "attack", "attacked", "Aleppo", ",", "he", "M16", "bombs", "."};
  std::uint32_t state = 1;
  for (std::size_t length : {1, 3, 7, 12, 40, 2, 25, 9}) {
    for (std::size_t i = 0; i < length; ++i) {
      state = state * 1664525 + 1013904223;
      in.forms.emplace_back(forms[(state >> 16) % std::size(forms)]);
    }
    in.ends.push_back(static_cast<std::uint32_t>(in.forms.size()));
  }
  in.words.assign(in.forms.begin(), in.forms.end());
  return in;
}

std::string dump(const Parsed& p) {
  std::string out = p.lemma_text;
  const auto number = [&](std::uint32_t n) { out += ' ' + std::to_string(n); };
  for (const ParsedWord& w : p.words)
    for (std::uint32_t n : {w.head, std::uint32_t(w.deprel), std::uint32_t(w.feats), std::uint32_t(w.upos),
                            std::uint32_t(w.name_tag)})
      number(n);
  for (const ParsedPredicate& q : p.predicates)
    for (std::uint32_t n : {q.word, q.roleset, q.first_role, q.role_count}) number(n);
  for (const ParsedRole& r : p.roles) number(r.word), number(r.label);
  for (const DeedTag& t : p.deeds) {
    for (const std::uint8_t n : t.begin) number(n);
    for (const std::uint8_t n : t.inside) number(n);
    for (const std::uint8_t n : t.police) number(n);
  }
  return out;
}

}  // namespace

TEST_CASE("a model that lacks a section, or has one of the wrong size, says which") {
  const std::vector<ToySection> whole = test::toy_sections();
  REQUIRE(open(whole));
  for (const ToySection& section : whole) {
    CAPTURE(section.name);
    std::vector<ToySection> less = whole;
    std::erase_if(less, [&](const ToySection& s) { return s.name == section.name; });
    const Status missing = open(less);
    REQUIRE_FALSE(missing);
    CHECK(missing.error().message().find(section.name) != std::string::npos);
    CHECK(missing.error().remedy == "run `make data`");
    if (section.type == ElementType::bytes) continue;
    if (section.name != "sense.items") {  // as long as it likes; sense.range must stay within
      std::vector<ToySection> longer = whole;
      find(longer, section.name).bytes += std::string(64, '\0');
      CHECK_FALSE(open(longer));
    }
    std::vector<ToySection> retyped = whole;
    find(retyped, section.name).type = ElementType::i64;
    CHECK_FALSE(open(retyped));
  }
}

TEST_CASE("numbers in a model that point nowhere are refused") {
  const auto broken = [](std::string_view name, std::string_view from, std::string_view to) {
    std::vector<ToySection> sections = test::toy_sections();
    std::string& bytes = find(sections, name).bytes;
    const std::size_t at = bytes.find(from);
    REQUIRE(at != std::string::npos);
    bytes.replace(at, from.size(), to);
    return !open(sections);
  };
  CHECK(broken("meta", "{", "["));
  CHECK(broken("meta", "\"format\":1", "\"format\":2"));
  CHECK(broken("meta", "\"hidden\":64", "\"hidden\":65"));
  CHECK(broken("meta", "\"heads\":2", "\"heads\":3"));
  CHECK(broken("meta", "\"max_pieces\":16", "\"max_pieces\":-1"));
  CHECK(broken("meta", "\"cls\":2", "\"cls\":999"));
  CHECK(broken("head.rows", "sense 80 88", "sense 115 123"));
  CHECK(broken("head.rows", "pred 15 16", "pred 15 17"));
  CHECK(broken("head.rows", "arc_dep", "arc_dip"));
  CHECK(broken("label.deprel", "root", "rout"));
  CHECK(broken("label.deprel", "nsubj", "nsabj"));
  CHECK(broken("label.ner", "O\n", "P\n"));
  CHECK(broken("lemma.rules", "k\t0\t", "q\t0\t"));
  CHECK(broken("lemma.rule", std::string_view("\x02\x00", 2), std::string_view("\x63\x00", 2)));
  CHECK(broken("sense.items", std::string_view("\x02\x00", 2), std::string_view("\x63\x00", 2)));
  CHECK(broken("fast.meta", "{", "["));
  CHECK(broken("fast.meta", "\"hidden\":64", "\"hidden\":128"));
  CHECK(broken("fast.meta", "\"layers\":1", "\"layers\":2"));
  CHECK(broken("fast.head.rows", "claim 72 81", "claim 73 82"));
  CHECK(broken("sense.range", std::string_view("\x02\x00", 2), std::string_view("\x63\x00", 2)));
}

TEST_CASE("no file is a model that is none") {
  CHECK_FALSE(Model::open("/no/such/file"));
  std::vector<ToySection> none;
  CHECK_FALSE(open(none));
}

TEST_CASE("results depend neither on the batch nor on the kernels") {
  Tier tier = Tier::accurate;
  SUBCASE("accurate") {}
  SUBCASE("fast") { tier = Tier::fast; }
  const auto model = test::toy_model(tier);
  const Input in = sentences();
  ParseScratch scratch;
  Parsed parsed;
  parse(*model, portable_kernels(), in.words, in.ends, scratch, parsed, 1);
  const std::string expected = dump(parsed);
  REQUIRE(parsed.words.size() == in.words.size());
  for (const Kernels* kernels : usable_kernels())
    for (std::size_t batch : {1, 20, 50, 100000}) {
      CAPTURE(kernels->name);
      CAPTURE(batch);
      parse(*model, *kernels, in.words, in.ends, scratch, parsed, batch);
      CHECK(dump(parsed) == expected);
    }
  // Each sentence alone gives what it gives in company.
  std::uint32_t first = 0;
  for (std::size_t s = 0; s < in.ends.size(); ++s) {
    const std::uint32_t count = in.ends[s] - first;
    Parsed alone;
    parse(*model, best_kernels(), std::span(in.words).subspan(first, count), std::vector{count}, scratch,
          alone);
    for (std::uint32_t i = 0; i < count; ++i) {
      const ParsedWord &a = alone.words[i], &b = parsed.words[first + i];
      CHECK(a.deprel == b.deprel);
      CHECK((a.head == kNoHead ? kNoHead : a.head + first) == b.head);
    }
    first = in.ends[s];
  }
}

TEST_CASE("every sentence is one tree, the cut ones too") {
  Tier tier = Tier::accurate;
  SUBCASE("accurate") {}
  SUBCASE("fast") { tier = Tier::fast; }
  const auto model = test::toy_model(tier);
  const Input in = sentences();
  ParseScratch scratch;
  Parsed parsed;
  parse(*model, best_kernels(), in.words, in.ends, scratch, parsed);
  std::vector<std::uint32_t> mark;
  std::uint32_t first = 0;
  for (const std::uint32_t end : in.ends) {
    std::vector<std::uint32_t> heads{0};
    for (std::uint32_t i = first; i < end; ++i) {
      const std::uint32_t head = parsed.words[i].head;
      if (head != kNoHead) REQUIRE((head >= first && head < end));
      heads.push_back(head == kNoHead ? 0 : head - first + 1);
      CHECK((head == kNoHead) == (model->deprel_names[parsed.words[i].deprel] == "root"));
    }
    CHECK(is_tree(heads, mark));
    first = end;
  }
}

TEST_CASE("odd words and empty sentences do no harm") {
  Tier tier = Tier::accurate;
  SUBCASE("accurate") {}
  SUBCASE("fast") { tier = Tier::fast; }
  const auto model = test::toy_model(tier);
  ParseScratch scratch;
  Parsed parsed;
  const std::string huge(100000, 'x');
  const std::vector<std::string_view> words{"", "\xFF", huge, "\n", "\xE2\x80\x99"};
  parse(*model, best_kernels(), words, std::vector<std::uint32_t>{0, 2, 2, 5, 5}, scratch, parsed);
  CHECK(parsed.words.size() == words.size());
  parse(*model, best_kernels(), {}, {}, scratch, parsed);
  CHECK(parsed.words.empty());
}

TEST_CASE("a sentence of 20,000 one-letter words is read in windows, to one tree") {
  Tier tier = Tier::accurate;
  SUBCASE("accurate") {}
  SUBCASE("fast") { tier = Tier::fast; }
  const auto model = test::toy_model(tier);
  const std::vector<std::string_view> words(20'000, "a");
  ParseScratch scratch;
  Parsed parsed;
  parse(*model, best_kernels(), words, std::vector<std::uint32_t>{20'000}, scratch, parsed);
  REQUIRE(parsed.words.size() == words.size());
  CHECK(std::count_if(parsed.words.begin(), parsed.words.end(),
                      [](const ParsedWord& w) { return w.head == kNoHead; }) == 1);
  CHECK(scratch.encoder.x.size() <= 200 * model->sizes.hidden);  // what a batch takes, not a sentence
}

TEST_CASE("behind the gate a sentence is read as the tier that it falls to reads it") {
  const auto accurate = test::toy_model(), fast = test::toy_model(Tier::fast);
  const Input in = sentences();
  ParseScratch scratch;
  Parsed slow, quick, gated;
  parse(*accurate, best_kernels(), in.words, in.ends, scratch, slow);
  parse(*fast, best_kernels(), in.words, in.ends, scratch, quick);
  std::vector<std::uint8_t> passes(in.ends.size(), 0);
  passes[0] = 1;  // as if an event had been found there
  GateScratch gate;
  // Sentences of less than six words pass.
  const auto words = GateWords::load({{"patterns/gate-weights.txt", "# short\nbias\t-0.5\nwords=0\t20\n"}});
  REQUIRE(words);
  words->open(*fast, quick, in.ends, gate, passes);
  for (std::size_t s = 1; s < in.ends.size(); ++s) {
    const std::uint32_t count = in.ends[s] - in.ends[s - 1];
    CHECK(passes[s] == (count > 0 && count < 6));
  }
  CHECK(std::count(passes.begin(), passes.end(), 1) > 1);
  CHECK(std::count(passes.begin(), passes.end(), 0) > 0);
  gate.fast = quick;
  read_again(*accurate, best_kernels(), in.words, in.ends, passes, scratch, gate, gated);
  REQUIRE(gated.words.size() == in.words.size());
  std::uint32_t first = 0;
  for (std::size_t s = 0; s < in.ends.size(); first = in.ends[s++]) {
    const Parsed& expected = passes[s] ? slow : quick;
    const auto inside = [&](const Parsed& p) {
      std::string out;
      for (std::uint32_t i = first; i < in.ends[s]; ++i)
        out += std::string(p.lemma(i)) + ' ' + std::to_string(p.words[i].head) + ' ' +
               std::to_string(p.words[i].deprel) + ' ' + std::to_string(p.tags[i].begin[0]) + '\n';
      for (const ParsedPredicate& q : p.predicates)
        if (q.word >= first && q.word < in.ends[s]) {
          out += std::to_string(q.word) + ' ' + std::to_string(q.roleset);
          for (const ParsedRole& r : std::span(p.roles).subspan(q.first_role, q.role_count))
            out += ' ' + std::to_string(r.word) + ':' + std::to_string(r.label);
          out += '\n';
        }
      return out;
    };
    CHECK(inside(gated) == inside(expected));
  }
  // Deeds: those of the sentences that pass, read as one report; nobody is in a role in the others.
  std::vector<std::string_view> passed;
  std::vector<std::uint32_t> passed_ends;
  first = 0;
  for (std::size_t s = 0; s < in.ends.size(); first = in.ends[s++])
    if (passes[s]) {
      passed.insert(passed.end(), in.words.begin() + first, in.words.begin() + in.ends[s]);
      passed_ends.push_back(static_cast<std::uint32_t>(passed.size()));
    }
  parse(*accurate, best_kernels(), passed, passed_ends, scratch, slow);
  REQUIRE(gated.deeds.size() == in.words.size());
  std::size_t next = 0;
  first = 0;
  for (std::size_t s = 0; s < in.ends.size(); first = in.ends[s++])
    for (std::uint32_t i = first; i < in.ends[s]; ++i)
      CHECK(std::ranges::equal(gated.deeds[i].begin, (passes[s] ? slow.deeds[next++] : DeedTag{}).begin));
  gate.fast.clear();
  read_again(*accurate, best_kernels(), {}, {}, {}, scratch, gate, gated);
  CHECK(gated.words.empty());
}

TEST_CASE("what the gate sees: lemmas and relations of words, names only as a number") {
  Model model;
  model.upos = {Upos::verb, Upos::noun, Upos::propn, Upos::det};
  model.deprel = {Deprel::root, Deprel::nsubj, Deprel::obj, Deprel::det};
  Parsed parsed;
  const auto word = [&](std::string_view lemma, std::uint8_t upos, std::uint16_t deprel, std::uint32_t head) {
    parsed.words.push_back({head, deprel, 0, upos, 0});
    parsed.lemma_text += lemma;
    parsed.lemma_end.push_back(static_cast<std::uint32_t>(parsed.lemma_text.size()));
  };
  word("Omar", 2, 1, 1), word("Seize", 0, 0, kNoHead), word("the", 3, 3, 3), word("town", 1, 2, 1);
  const std::vector<std::uint32_t> ends{0, 4};  // the first is empty
  const auto passes = [&](std::string feature) {
    const std::string text = "bias\t-0.01\n" + feature + "\t0.1\n";
    const auto gate = GateWords::load({{"patterns/gate-weights.txt", text}});
    REQUIRE(gate);
    GateScratch scratch;
    std::vector<std::uint8_t> out(2, 0);
    gate->open(model, parsed, ends, scratch, out);
    CHECK(out[0] == 0);
    return out[1] == 1;
  };
  for (const char* seen :
       {"seize|VERB", "seize|root", "town|NOUN", "town|obj", "the|DET", "names=1", "words=0"}) {
    CAPTURE(seen);
    CHECK(passes(seen));
  }
  for (const char* unseen : {"omar|PROPN", "omar|nsubj", "the|det", "Seize|VERB", "names=0", "words=1"}) {
    CAPTURE(unseen);
    CHECK_FALSE(passes(unseen));
  }
}

TEST_CASE("weights of the gate that are none are refused by line") {
  const auto error = [](const char* text) {
    const auto gate = GateWords::load({{"patterns/gate-weights.txt", text}});
    return gate ? std::string("none") : gate.error().message();
  };
  CHECK(error("bias\t1\na|VERB\n").find(":2") != std::string::npos);
  CHECK(error("a|VERB\tmuch\n").find(":1") != std::string::npos);
  CHECK(error("# nothing\n").find("gate-weights.txt") != std::string::npos);
  CHECK(error("#|SYM\t0.5\n") == "none");
  CHECK_FALSE(GateWords::load({}));
}

TEST_CASE("the shipped model gives the same answer on every kernel" *
          doctest::skip(!std::getenv("ANNALIST_DATA") ||
                        !std::filesystem::exists(std::filesystem::path(std::getenv("ANNALIST_DATA")) /
                                                 "annalist.model"))) {
  Tier tier = Tier::accurate;
  SUBCASE("accurate") {}
  SUBCASE("fast") { tier = Tier::fast; }
  const auto model =
      Model::open(std::filesystem::path(std::getenv("ANNALIST_DATA")) / "annalist.model", tier);
  REQUIRE(model);
  const std::vector<std::string_view> words{
      "Rebels", "seized",     "two",   "villages", "near", "the", "border", "on",     "Monday", ",",
      "a",      "monitoring", "group", "said",     ".",    "The", "army",   "denied", "it",     "."};
  const std::vector<std::uint32_t> ends{15, 20};
  ParseScratch scratch;
  Parsed parsed;
  parse(**model, portable_kernels(), words, ends, scratch, parsed);
  const std::string expected = dump(parsed);
  for (const Kernels* kernels : usable_kernels())
    for (std::size_t batch : {1, 1000}) {
      parse(**model, *kernels, words, ends, scratch, parsed, batch);
      CHECK(dump(parsed) == expected);
    }
  std::size_t periods = 0;
  for (std::size_t i : {14u, 19u}) periods += (*model)->upos[parsed.words[i].upos] == Upos::punct;
  CHECK(periods == 2);
}

}  // namespace annalist::lang
