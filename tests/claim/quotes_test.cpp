// Quotation marks of many languages and hands.
#include "claim/quotes.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using annalist::Block;
using annalist::BlockKind;
using annalist::Document;
using annalist::Id;
using annalist::Sentence;
namespace claims = annalist::claims;

namespace {

/// What stands in the quotations of a text; paragraphs at line ends, sentences at full stops.
std::vector<std::string> quoted(const std::string& text) {
  Document doc("t", text);
  std::vector<Block> blocks;
  std::vector<Sentence> sentences;
  for (std::size_t a = 0; a < text.size();) {
    std::size_t b = text.find('\n', a);
    if (b == std::string::npos) b = text.size();
    blocks.push_back({{std::uint32_t(a), std::uint32_t(b)}, BlockKind::paragraph});
    for (std::size_t s = a; s < b;) {
      std::size_t e = text.find(". ", s);
      e = e == std::string::npos || e >= b ? b : e + 1;
      sentences.push_back({{std::uint32_t(s), std::uint32_t(e)}, Id<Block>(blocks.size() - 1), {}});
      s = e + 1;
    }
    a = b + 1;
  }
  doc.fill(blocks);
  doc.fill(sentences);
  std::vector<std::string> out;
  for (const claims::Quote& q : claims::find_quotes(doc)) out.emplace_back(doc.text(q.inner));
  return out;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("quotation marks of eight languages") {
  CHECK(quoted("He said, \"They left.\" Then he sat.") == List{"They left."});
  CHECK(quoted("He said, “They left.” Then he sat.") == List{"They left."});
  CHECK(quoted("Er sagte: „Sie gingen.“ Dann sass er.") == List{"Sie gingen."});
  CHECK(quoted("Il dit : «Ils sont partis.» Puis rien.") == List{"Ils sont partis."});
  CHECK(quoted("Han sade: ”De gick.” Sedan satt han.") == List{"De gick."});
  CHECK(quoted("Han sagde: »De gik.« Så sad han.") == List{"De gik."});
  CHECK(quoted("Powiedział: „Poszli.” Usiadł.") == List{"Poszli."});
  CHECK(quoted("Hij zei: ‘Ze gingen weg.’ Toen zat hij.") == List{"Ze gingen weg."});
  CHECK(quoted("他说「他们走了」。") == List{"他们走了"});
  CHECK(quoted("He said, ``They left.'' Then he sat.") == List{"They left."});
}

TEST_CASE("apostrophes are no quotation marks") {
  CHECK(quoted("The rebels' men didn't leave the farmers' fields in '14.").empty());
  CHECK(quoted("The fighters’ camp wasn’t theirs.").empty());
  CHECK(quoted("A man of 5'10\" left.").empty());
}

TEST_CASE("apostrophes as quotation marks, with apostrophes inside") {
  CHECK(quoted("He said 'they didn't leave' and sat.") == List{"they didn't leave"});
  CHECK(quoted("\"He called 'stop' twice,\" she said.") == List{"He called 'stop' twice,", "stop"});
}

TEST_CASE("a mark without its partner ends with its sentence or paragraph") {
  CHECK(quoted("He said \"they left. Then he sat.") == List{"they left."});
  CHECK(quoted("\"They left. They never came back.\nHe sat.") == List{"They left. They never came back."});
  CHECK(quoted("They left.\" Then he sat.").size() <= 1);
}

TEST_CASE("a whole report in one quotation, paragraph after paragraph") {
  std::string text;
  for (int i = 0; i < 400; ++i) text += "\"They left the town. Nobody came back\n";
  const List got = quoted(text);
  REQUIRE(got.size() == 400);
  CHECK(got.front() == "They left the town. Nobody came back");
}

TEST_CASE("nothing but marks") {
  CHECK(quoted("\"\"\"\"''''“”").size() < 8);
  CHECK(quoted(std::string(5000, '"')).size() < 5001);
}
