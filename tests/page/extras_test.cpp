// What stands among the paragraphs of a report and is none of it. Pages of our own.
#include <doctest/doctest.h>

#include "page/support.h"

namespace annalist {
namespace {

const std::string kFirst =
    "<p>Soldiers entered the town in the early morning, residents said. They met no resistance, and the "
    "market "
    "opened at noon as on every other day of the week.</p>";
const std::string kLast =
    "<p>Teachers said that the schools would stay closed until the end of the week because the buses could "
    "not "
    "pass the bridge.</p><p>Fishermen brought in the first catch since the autumn, and the price of bread "
    "fell by "
    "half on the same evening.</p>";

/// Kinds of the blocks between the first paragraph and the last two; what is left out has none.
std::string kinds(const std::string& between) {
  const Document doc = test::read_page(
      "", "<article><h1>Army enters the port town</h1>" + kFirst + between + kLast + "</article>");
  std::string out;
  const auto& blocks = doc.all<Block>();
  for (std::size_t i = 2; i + 2 < blocks.size(); ++i) out.append(name_of(blocks[i].kind)).append(" ");
  return out;
}

}  // namespace

TEST_CASE("consent, newsletters, calls to readers and rights are left out") {
  for (const char* text :
       {"We use cookies and other technologies to personalise content. By clicking \"Accept\" you agree to "
        "it.",
        "Sign up for our newsletter to get the best of our reporting in your inbox every morning.",
        "Get our daily newsletter. Enter your email address to subscribe.",
        "Subscribe now for unlimited access to all our reporting.",
        "Follow us on Facebook and Twitter for more updates.",
        "Have a story to tell? Contact our newsroom at news@example.org",
        "Copyright 2015 The Example Press. All rights reserved. This material may not be published."})
    CHECK_MESSAGE(kinds("<p>" + std::string(text) + "</p>").empty(), text);
}

TEST_CASE("captions and leads to other articles are left out") {
  for (const char* html :
       {"<figure><figcaption>Soldiers stand at the gate of the port town on Sunday.</figcaption></figure>",
        "<p>A soldier stands at the gate of the port town, March 14, 2015. REUTERS/A. Example</p>",
        "<p>A soldier stands at the gate of the port town. (A. Example/AFP via Getty Images)</p>",
        "<p>Read more: Port workers end their strike after ten days</p>",
        "<p>Also read | Port workers end their strike after ten days</p>",
        "<p><strong><a href=/x>RELATED: Port workers end their strike after ten days</a></strong></p>"})
    CHECK_MESSAGE(kinds(html).empty(), html);
}

TEST_CASE("who wrote, and what was corrected, is a sign-off") {
  for (const char* text :
       {"(Reporting by Jane Example; Editing by John Sample)",
        "About the author: Jane Example is a writer based in Amman.",
        "Jane Example is a correspondent who has covered the coast since 2003. Follow her on Twitter @jane.",
        "Correction: An earlier version of this article misstated the name of the town.",
        "This article was amended on 15 March 2015 to correct the name of the governor."})
    CHECK_MESSAGE(kinds("<p>" + std::string(text) + "</p>") == "signoff ", text);
}

TEST_CASE("what only sounds alike is of the report") {
  for (const char* text :
       {"Correction officers went on strike at the prison of the port town on the same morning, their union "
        "said.",
        "The general had told the author in an earlier interview that he would follow her convoy to the "
        "coast.",
        "Have a look at the harbour, the mayor said, and you will see why the ships stay away from it.",
        "The reporters of Reuters and of AFP were not let through the gate, the governor's office said on "
        "Sunday."})
    CHECK_MESSAGE(kinds("<p>" + std::string(text) + "</p>") == "paragraph ", text);
}

}  // namespace annalist
