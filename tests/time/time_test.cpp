// Runs tests/cases/time.case and the sentences of data/time/refs.txt, and checks the stage on trees and on
// hostile text. The words and sentences of a case are cut here in a simple way: the stage must not depend on
// the finer points of segmentation.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/strings.h"
#include "support/conllu_doc.h"
#include "time/find_times.h"
#include "time/lexicon.h"

namespace annalist {
namespace {

struct Data {
  std::vector<std::string> texts;
  std::vector<DataText> files;
};

const Data& data() {
  static const Data loaded = [] {
    Data d;
    const char* names[] = {"time/words.tsv", "time/refs.txt", "time/feasts.tsv"};
    for (const char* name : names) {
      auto text = read_file(std::string("data/") + name);
      REQUIRE_MESSAGE(text, name);
      d.texts.push_back(std::move(*text));
    }
    for (std::size_t i = 0; i < d.texts.size(); ++i) d.files.push_back({names[i], d.texts[i]});
    return d;
  }();
  return loaded;
}

const FindTimes& stage() {
  static const FindTimes loaded = [] {
    auto s = FindTimes::load(data().files);
    REQUIRE(s);
    return std::move(*s);
  }();
  return loaded;
}

/// A document of paragraphs (separated by blank lines) with sentences, tokens and no parse.
Document make(std::string text, std::string_view date) {
  Document doc("case", std::move(text));
  PageInfo page;
  if (date != "-") page.published = {std::string(date), DatePrecision::day, DateSource::given};
  doc.set_page(page);
  const std::string_view all = doc.text();
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < all.size();) {
    std::size_t end = std::min(all.find("\n\n", at), all.size());
    blocks.push_back({{std::uint32_t(at), std::uint32_t(end)}, BlockKind::paragraph});
    Sentence s{{std::uint32_t(at), std::uint32_t(end)}, Id<Block>(blocks.size() - 1), {}};
    s.tokens.first = static_cast<std::uint32_t>(tokens.size());
    for (std::size_t i = at; i < end;) {
      std::size_t j = i;
      while (j < end && (is_alpha(all[j]) || is_digit(all[j]) || (all[j] & 0x80))) ++j;
      if (j == i && !is_space(all[i])) ++j;
      if (j > i) tokens.push_back({{std::uint32_t(i), std::uint32_t(j)}, std::uint32_t(sentences.size())});
      const bool stop = j > i && all[i] == '.' && j + 1 < end && all[j] == ' ' && is_upper(all[j + 1]) &&
                        i > 3 && is_lower(all[i - 1]) && is_lower(all[i - 3]);
      i = j > i ? j : i + 1;
      if (stop || i >= end) {
        s.tokens.count = static_cast<std::uint32_t>(tokens.size()) - s.tokens.first;
        s.span.end = static_cast<std::uint32_t>(i);
        sentences.push_back(s);
        s = {{std::uint32_t(i), std::uint32_t(end)}, s.block, {std::uint32_t(tokens.size()), 0}};
      }
    }
    at = end + 2;
  }
  doc.fill(blocks);
  doc.fill(sentences);
  doc.fill(tokens);
  doc.fill(std::vector<Syntax>{});
  return doc;
}

std::string days_of(const Time& t) {
  if (!t.from && !t.to) return "";
  return t.from == t.to ? t.from.iso() : t.from.iso() + "/" + t.to.iso();
}

/// "[words] TYPE value mod=.. days=.." of everything found; `wanted` says which of mod and days to show.
std::string show(const Document& doc, const Time& t, std::string_view wanted) {
  std::string out = "[" + std::string(doc.text(t.span)) + "] " + std::string(name_of(t.type)) + " ";
  out += doc.str(t.value);
  if (wanted.find("mod=") != wanted.npos) out += " mod=" + std::string(doc.str(t.mod));
  if (wanted.find("days=") != wanted.npos) out += " days=" + days_of(t);
  return out;
}

std::string plain(std::string_view marked) {
  std::string text;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked.substr(i).starts_with(" // ")) {
      text += "\n\n";
      i += 3;
    } else if (marked[i] != '[' && marked[i] != ']') {
      text += marked[i];
    }
  }
  return text;
}

TEST_CASE("every line of tests/cases/time.case") {
  auto file = read_file("tests/cases/time.case");
  REQUIRE(file);
  int cases = 0, line_number = 0;
  for (std::string_view line : split(*file, '\n')) {
    ++line_number;
    if (trim(line).empty() || line.front() == '#') continue;
    const auto parts = split(line, '|');
    CAPTURE(line_number);
    CAPTURE(line);
    REQUIRE(parts.size() == 3);
    const std::string_view marked = trim(parts[1]);
    auto wanted = split_list(parts[2]);
    if (wanted.size() == 1 && wanted[0] == "none") wanted.clear();
    std::string expected, found;
    std::size_t bracket = 0;
    for (std::string_view w : wanted) {
      bracket = marked.find('[', bracket);
      REQUIRE(bracket != marked.npos);
      const std::size_t close = marked.find(']', bracket);
      expected += std::string(marked.substr(bracket, close - bracket + 1)) + " " + std::string(w) + "; ";
      bracket = close;
    }
    CHECK(std::count(marked.begin(), marked.end(), '[') == std::ptrdiff_t(wanted.size()));
    Document doc = make(plain(marked), trim(parts[0]));
    Workspace work;
    stage().run(doc, work);
    const auto times = doc.all<Time>();
    for (std::size_t i = 0; i < times.size(); ++i)
      found += show(doc, times[i], i < wanted.size() ? wanted[i] : "mod=days=") + "; ";
    CHECK(found == expected);
    ++cases;
  }
  CHECK(cases >= 120);
}

TEST_CASE("references match the sentences they must and pass over those they must not") {
  auto lexicon = timex::Lexicon::load(data().files);
  REQUIRE(lexicon);
  const auto has = [](const timex::Reference& r, const std::string& sentence) {
    Document doc = make(sentence, "2014-11-01");
    Workspace work;
    stage().run(doc, work);
    for (const Time& t : doc.all<Time>()) {
      const std::string text = lower(doc.text(t.span));
      for (const std::string& phrase : r.phrases)
        if (text == phrase) return true;
    }
    return false;
  };
  REQUIRE(!lexicon->references().empty());
  for (const timex::Reference& r : lexicon->references()) {
    CAPTURE(r.id);
    CHECK(!r.must.empty());
    for (const std::string& s : r.must) CHECK_MESSAGE(has(r, s), s);
    for (const std::string& s : r.must_not) CHECK_MESSAGE(!has(r, s), s);
  }
}

TEST_CASE("the parse tells the direction of a weekday") {
  // Both verbs are near "Monday"; only the tree says which one it belongs to.
  const auto value = [](const char* conllu) {
    Document doc = test::document_from_conllu(conllu);
    Workspace work;
    stage().run(doc, work);
    REQUIRE(doc.all<Time>().size() == 1);
    return std::string(doc.str(doc.all<Time>()[0].value));
  };
  CHECK(value("# date = 2014-11-01\n"
              "1 They they PRON 2 nsubj\n"
              "2 said say VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root\n"
              "3 on on ADP 4 case\n"
              "4 Monday Monday PROPN 2 obl\n"
              "5 troops troop NOUN 7 nsubj\n"
              "6 will will AUX 7 aux\n"
              "7 leave leave VERB VerbForm=Inf 2 ccomp\n") == "2014-10-27");
  CHECK(value("# date = 2014-11-01\n"
              "1 They they PRON 2 nsubj\n"
              "2 said say VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root\n"
              "3 troops troop NOUN 5 nsubj\n"
              "4 will will AUX 5 aux\n"
              "5 leave leave VERB VerbForm=Inf 2 ccomp\n"
              "6 on on ADP 7 case\n"
              "7 Monday Monday PROPN 5 obl\n") == "2014-11-03");
  CHECK(value("# date = 2014-11-01\n"
              "1 They they PRON 3 nsubj\n"
              "2 are be AUX Mood=Ind|Tense=Pres|VerbForm=Fin 3 aux\n"
              "3 hosting host VERB VerbForm=Ger 0 root\n"
              "4 talks talk NOUN 3 obj\n"
              "5 on on ADP 6 case\n"
              "6 Monday Monday PROPN 3 obl\n") == "2014-11-03");
}

TEST_CASE("only body blocks are read") {
  const std::string text = "It fell on Monday.";
  Document doc("d", text);
  doc.fill(std::vector<Block>{{{0, std::uint32_t(text.size())}, BlockKind::teaser}});
  doc.fill(std::vector<Sentence>{});
  doc.fill(std::vector<Token>{});
  doc.fill(std::vector<Syntax>{});
  Workspace work;
  stage().run(doc, work);
  CHECK(doc.all<Time>().empty());
}

TEST_CASE("hostile text neither crashes nor leaves the text") {
  const std::string pieces[] = {"99999999999999 years ago ",
                                "the last the last ",
                                "-",
                                "'",
                                "31 February 2013 ",
                                "9999 BC ",
                                "the 0th century ",
                                "12/31/9999 ",
                                "one hundred thousand thousand years later ",
                                "\xF0\x9F\x98\x80",
                                "\xE2\x80\x99",
                                "early late mid ",
                                "twenty-",
                                "8888888 centuries from now ",
                                "0000 GMT ",
                                "a.m.",
                                "the end of the end of ",
                                "00:00:00 ",
                                "1st ",
                                "January "};
  std::uint32_t state = 12345;
  for (int round = 0; round < 400; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
      state = state * 1664525u + 1013904223u;
      text += pieces[(state >> 16) % std::size(pieces)];
    }
    Document doc = make(text, round % 3 ? "2014-11-01" : "-");
    Workspace work;
    stage().run(doc, work);
    std::uint32_t last = 0;
    for (const Time& t : doc.all<Time>()) {
      CHECK(t.span.begin >= last);
      CHECK(t.span.end > t.span.begin);
      CHECK(t.span.end <= text.size());
      CHECK(!doc.str(t.value).empty());
      CHECK(bool(t.from) == bool(t.to));
      CHECK(t.from <= t.to);
      last = t.span.end;
    }
  }
}

TEST_CASE("bad data is an error that names the file") {
  CHECK(!FindTimes::load({}));
  const auto bad = FindTimes::load({{"time/words.tsv", "word\tclass\tvalue\nmonday\tweekdy\t1\n"}});
  REQUIRE(!bad);
  CHECK(bad.error().message().find("words.tsv") != std::string::npos);
}

}  // namespace
}  // namespace annalist
