// Which of the headlines that a page gives is its headline. Pages of our own.
#include <doctest/doctest.h>

#include "page/support.h"

namespace annalist {
namespace {

/// The headline of a page with these candidates; an empty one is not on the page.
std::string headline(std::string_view h1, std::string_view ld, std::string_view og, std::string_view twitter,
                     std::string_view title, std::string url = "https://news.example.org/a/1") {
  std::string html = "<html><head>";
  const auto put = [&](std::string_view before, std::string_view value, std::string_view after) {
    if (!value.empty()) html.append(before).append(value).append(after);
  };
  put("<title>", title, "</title>");
  put("<meta property='og:title' content=\"", og, "\">");
  put("<meta name='twitter:title' content=\"", twitter, "\">");
  html += "<meta property='og:site_name' content='Example News'>";
  put("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"", ld, "\"}</script>");
  html += "</head><body><article>";
  put("<h1>", h1, "</h1>");
  html +=
      "<p>Soldiers entered the town in the early morning, residents said on "
      "Sunday.</p></article></body></html>";
  RawPage raw;
  raw.bytes = std::move(html);
  raw.form = RawPage::Form::html;
  raw.url = std::move(url);
  Workspace work;
  return test::reader().read(raw, work).page().headline;
}

}  // namespace

TEST_CASE("a part behind a dash is the headline's unless the visible one does without it") {
  CHECK(headline("", "Army enters the port town – 'no resistance'", "", "", "") ==
        "Army enters the port town – 'no resistance'");
  CHECK(headline("Army enters the port town", "", "Army enters the port town – World", "",
                 "Army enters the port town - World") == "Army enters the port town");
  CHECK(headline("", "", "", "", "Army enters the port town - World Desk") == "Army enters the port town");
  CHECK(headline("", "", "Army enters the port town | Example News", "", "") == "Army enters the port town");
}

TEST_CASE("a word in front of a headline goes where the head of the page does without it") {
  CHECK(headline("World: Army enters the port town", "Army enters the port town", "", "", "") ==
        "Army enters the port town");
  CHECK(headline("Live: Army enters the port town", "Live: Army enters the port town",
                 "Army enters the port town", "", "") == "Live: Army enters the port town");
  CHECK(headline("At the coast<span>Army</span> enters the port town", "Army enters the port town",
                 "At the coast / Army enters the port town", "",
                 "") == "At the coast / Army enters the port town");
}

TEST_CASE("the address bears out one of two headlines") {
  const std::string url =
      "https://news.example.org/world/article123/guenther-troops-take-the-port-at-dawn.html";
  CHECK(headline("Harbour: troops in control after one night", "Günther: troops take the port at dawn", "",
                 "", "Harbour: troops in control after one night",
                 url) == "Günther: troops take the port at dawn");
  CHECK(headline("Harbour: troops in control after one night", "Fighters hold the old harbour", "", "",
                 "Harbour: troops in control after one night",
                 url) == "Harbour: troops in control after one night");
}

TEST_CASE("twitter:title votes and does not win over what the page tells elsewhere") {
  CHECK(headline("", "Rebel army enters the port town at dawn",
                 "Army enters the port town at dawn, rebels say", "Army enters the port town at dawn",
                 "Army enters port town") != "Army enters the port town at dawn");
  CHECK(headline("", "", "", "Army enters the port town", "") == "Army enters the port town");
}

TEST_CASE("the whole head of a news report wins over its heading; a part of it does not") {
  const std::string renamed = "Johanna's army enters the port town", shown = "Jo's army enters the port town";
  CHECK(headline(shown, renamed, renamed, renamed, renamed) == renamed);
  CHECK(headline(shown, "", renamed, renamed, renamed) == shown);
}

TEST_CASE("a heading that leaves out the end of the headline") {
  const std::string url = "https://news.example.org/world/army-enters-port-town-without-a-fight.html";
  CHECK(headline("Army enters port town", "", "", "", "Army enters port town - without a fight", url) ==
        "Army enters port town - without a fight");
  CHECK(headline("Army enters port town", "", "", "", "Army enters port town - World news today",
                 "https://news.example.org/world/army-enters-port-town.html") == "Army enters port town");
}

}  // namespace annalist
