#include <doctest/doctest.h>

#include <sstream>

#include "base/file.h"
#include "base/strings.h"
#include "lang/conllu.h"
#include "lang/toy_model.h"

namespace annalist::lang {
namespace {

struct Copy {
  Status status;
  std::string out;
};

Copy copy(const std::string& text) {
  static const auto model = test::toy_model();
  std::istringstream in(text);
  std::ostringstream out;
  Status status = parse_conllu(*model, in, out);
  return {std::move(status), out.str()};
}

std::string row(std::string_view id, std::string_view form) {
  return std::string(id) + "\t" + std::string(form) + "\tL\tU\tXPOS\tF\t7\tdep\t7:dep\tSpaceAfter=No\n";
}

}  // namespace

TEST_CASE("words are filled, all else is kept") {
  const std::string range = "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n",
                    empty = "3.1\tgone\t_\t_\t_\t_\t_\t_\t0:root\t_\n";
  const std::string text = "# sent_id = 1\n" + row("1", "He") + range + row("2", "do") + row("3", "n't") +
                           empty + "\n# only a comment\n\n" + row("1", "The-end.") + "\n";
  const Copy got = copy(text);
  REQUIRE(got.status);
  const auto lines = split(got.out, '\n'), before = split(text, '\n');
  REQUIRE(lines.size() == before.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CAPTURE(lines[i]);
    const auto cells = split(lines[i], '\t'), old = split(before[i], '\t');
    const bool word = cells.size() == 10 && cells[0].find_first_of("-.") == std::string_view::npos;
    if (!word) {
      CHECK(lines[i] == before[i]);
      continue;
    }
    for (std::size_t kept : {0, 1, 4, 9}) CHECK(cells[kept] == old[kept]);
    for (std::size_t filled : {2, 3, 5, 6, 7}) CHECK(cells[filled] != old[filled]);
    CHECK(cells[8] == "_");
  }
  CHECK(got.out.find("\t0\troot\t") != std::string::npos);
}

TEST_CASE("roles: predicates are the model's, or those that the sentence names") {
  static const auto model = test::toy_model();
  const auto read = [&](const std::string& text) {
    std::istringstream in(text);
    std::ostringstream out;
    REQUIRE(parse_conllu(*model, in, out, {.roles = true}));
    const std::string written = out.str();
    std::vector<std::string> misc;
    for (std::string_view line : split(written, '\n'))
      if (const auto cells = split(line, '\t'); cells.size() == 10) misc.emplace_back(cells[9]);
    return misc;
  };
  const auto word = [](const char* id, const char* form, const char* misc) {
    return std::string(id) + "\t" + form + "\t_\t_\t_\t_\t_\t_\t_\t" + misc + "\n";
  };
  const auto given =
      read(word("1", "he", "_") + word("2", "attacked", "SpaceAfter=No|Pred=x.99|Args=9:ARG0") +
           word("3", "bombs", "_") + "\n" + word("1", "bombs", "Pred=_") + "\n");
  REQUIRE(given.size() == 4);
  CHECK(given[0] == "_");
  CHECK(given[1].starts_with("SpaceAfter=No|Pred="));
  CHECK(given[1].find("x.99") == std::string::npos);
  CHECK(given[1].find("9:ARG0") == std::string::npos);
  CHECK(given[2] == "_");
  CHECK(given[3].starts_with("Pred="));
  for (const std::string& misc : given)
    if (const auto at = misc.find("Args="); at != std::string::npos)
      for (std::string_view role : split(std::string_view(misc).substr(at + 5), ',')) {
        CAPTURE(misc);
        CHECK((role[0] >= '1' && role[0] <= '3' && role[1] == ':'));
      }
  CHECK(copy(word("1", "bombs", "Pred=_")).out.find("\tPred=_\n") != std::string::npos);  // not asked for
}

TEST_CASE("what was written reads back to the same") {
  const Copy once =
      copy(row("1", "Attacked") + row("2", "Aleppo") + row("3", ".") + "\n" + row("1", "he") + "\n");
  REQUIRE(once.status);
  const Copy twice = copy(once.out);
  REQUIRE(twice.status);
  CHECK(once.out == twice.out);
}

TEST_CASE("line ends of Windows and a missing last blank line are read") {
  const std::string text = row("1", "he") + "\n" + row("1", "the");
  std::string windows;
  for (char c : text) windows += c == '\n' ? "\r\n" : std::string(1, c);
  CHECK(copy(windows).out == copy(text).out);
  CHECK(copy(text).out == copy(text + "\n").out);
  CHECK(copy("").out.empty());
}

TEST_CASE("many sentences pass in pieces, in order") {
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += "# sent_id = " + std::to_string(i) + "\n" + row("1", "he") + row("2", "went") + "\n";
  const Copy got = copy(text);
  REQUIRE(got.status);
  const std::string first = got.out.substr(0, got.out.find("\n\n") + 2);
  std::string expected;
  for (int i = 0; i < 3000; ++i)
    expected += "# sent_id = " + std::to_string(i) + first.substr(first.find('\n'));
  CHECK(got.out == expected);
}

TEST_CASE("lines that are no CoNLL-U are named") {
  const auto error_of = [](const std::string& text) {
    const Copy got = copy(text);
    return got.status ? std::string("none") : got.status.error().message();
  };
  const std::string good = row("1", "he");
  CHECK(error_of(good + "2 he\n\n").starts_with("line 2: "));
  CHECK(error_of(good + row("3", "the")).find("word 3 stands where word 2 belongs") != std::string::npos);
  CHECK(error_of(good + row("x", "the")).find("ID is no number") != std::string::npos);
  CHECK(error_of(good + row("2-", "the")).starts_with("line 2: "));
  CHECK(error_of(good + row("2x3", "the")).starts_with("line 2: "));
  CHECK(error_of(good + row("2", "")).find("empty FORM") != std::string::npos);
  CHECK(error_of(row("0", "he")).starts_with("line 1: "));
  CHECK(error_of(row("99999999999999999999", "he")).starts_with("line 1: "));
  CHECK(error_of(good + "2\ta\tb\tc\td\te\tf\tg\th\ti\tj\n").find("ten columns") != std::string::npos);
  CHECK(error_of(std::string(2000000, 'x')).find("longer than") != std::string::npos);
  CHECK(error_of(good) == "none");
}

TEST_CASE("plain text becomes sentences of its own words") {
  static const auto model = test::toy_model();
  const std::string data = read_file("data/patterns/abbreviations.txt").value();
  const Segment segment = Segment::load({{"patterns/abbreviations.txt", data}}).value();
  std::ostringstream out;
  parse_text(*model, segment, "He attacked Aleppo, the town.\n\nThe town fell.\n", out);
  const std::string written = out.str();
  std::size_t words = 0, paragraphs = 0;
  for (std::string_view line : split(written, '\n')) {
    words += !line.empty() && is_digit(line[0]);
    paragraphs += line == "# newpar";
  }
  CHECK(words == 11);
  CHECK(paragraphs == 2);
}

TEST_CASE("Penn tags: the entry of the word goes before that of its tags, what is unknown stays open") {
  static const auto model = test::toy_model();
  std::size_t verb = 0, punct = 0, none = 0;
  for (std::size_t i = 0; i < model->upos_names.size(); ++i) {
    if (model->upos_names[i] == "VERB") verb = i;
    if (model->upos_names[i] == "PUNCT") punct = i;
  }
  while (model->feats_names[none] != "_") ++none;
  CHECK(model->xpos(verb, none, "fell") == "VBD");
  CHECK(model->xpos(punct, none, ",") == ",");
  CHECK(model->xpos(punct, none, "!") == ".");
  CHECK(model->xpos(verb, none == 0 ? 1 : 0, "fell") == "_");
}

}  // namespace annalist::lang
