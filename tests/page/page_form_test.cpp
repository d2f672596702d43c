// What kind of page it is. Pages of our own.
#include <doctest/doctest.h>

#include "page/reader.h"
#include "page/support.h"

namespace annalist {
namespace {

using test::kProse;
using test::read_page;

/// The kind, and what W009 says of it.
std::string kind(const Document& doc) {
  std::string out(name_of(doc.page().kind));
  for (const Diagnostic& d : doc.diagnostics())
    if (doc.str(d.code) == "W009") out += ": " + std::string(doc.str(d.message).substr(12));
  return out;
}

/// Prose that does not say the same twice.
std::string long_prose() {
  std::string out;
  for (int day = 1; day <= 4; ++day)
    out += "<p>On day " + std::to_string(day) +
           " soldiers entered one more town in the early morning, residents said. They met no resistance, "
           "and the "
           "market opened at noon as on every other day of the week.</p><p>On the evening of day " +
           std::to_string(day) +
           " the governor said that the road to the coast would be open again before the end of the month, "
           "and that "
           "the wounded had been brought to the capital.</p>";
  return out;
}

}  // namespace

TEST_CASE("a report is an article, also with a cookie notice and an offer to subscribers below") {
  CHECK(kind(read_page(
            "<meta property='og:type' content='website'>",
            "<main><h1>Army enters the port town</h1>" + long_prose() +
                "</main><div class=cookie-banner><p>We use cookies. Accept all cookies or manage "
                "preferences in our cookie settings.</p></div><p>Already a subscriber? Log in.</p>")) ==
        "article");
}

TEST_CASE("a live blog by its type, or by its headline and the hours over its entries") {
  const std::string live = "liveblog: a live blog: its entries are told one after the other";
  const std::string type =
      "<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\",\"headline\":\"Storm\"}</script>";
  CHECK(kind(read_page(type, kProse)) == live);
  const std::string title = "<main><h1>Siege of the port town: live updates</h1>";
  CHECK(kind(read_page("", title + "<div>14:35</div>" + kProse + "<div>13.10</div>" + kProse +
                               "<div>2 hours ago</div>" + kProse + "</main>")) == live);
  CHECK(kind(read_page("", title + long_prose() + "</main>")) == "article");
}

TEST_CASE("a page that asks for consent says nothing that is coded") {
  const Document doc = read_page(
      "",
      "<main><h1>Before you continue</h1><p>We and our partners use cookies to store information on a "
      "device and "
      "to show personalised ads.</p><p>You can withdraw your consent at any time in the privacy "
      "settings of this "
      "site.</p><p>Our partners process data on the ground of legitimate interest.</p></main>");
  CHECK(kind(doc) == "other: a page that asks for consent; it is not coded");
  for (const Block& b : doc.all<Block>()) CHECK(b.kind != BlockKind::paragraph);
}

TEST_CASE("the head of a report behind a pay wall; a whole report is none") {
  const std::string stub = "article: only the head of a report; the rest is for subscribers";
  const std::string title = "<main><h1>Army enters the port town</h1>";
  const std::string wall = "<div><p>Subscribe to continue reading this article.</p></div></main>";
  CHECK(kind(read_page("", title + kProse + wall)) == stub);
  const std::string not_free =
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Army enters the port "
      "town\",\"isAccessibleForFree\":\"False\"}</script>";
  CHECK(kind(read_page(not_free, title + kProse + "</main>")) == stub);
  CHECK(kind(read_page("", title + kProse + "</main>")) == "article");
  CHECK(kind(read_page("", title + long_prose() + wall)) == "article");
}

TEST_CASE("lists and videos") {
  std::string list = "<main><h1>World</h1>";
  for (int i = 0; i < 20; ++i)
    list += "<div><a href=/w/" + std::to_string(i) + ">Troops leave the border town number " +
            std::to_string(i) + "</a></div>";
  CHECK(kind(read_page("", list + "</main>", "https://news.example.org/")) == "list: a list of other pages");
  CHECK(kind(read_page("", list + "</main>")) == "list: a list of other pages");
  CHECK(kind(read_page("", list + long_prose() + "</main>")) == "article");
  CHECK(kind(read_page(
            "<meta property='og:type' content='video.other'>",
            "<main><h1>Watch: army enters the port town</h1><p>Soldiers entered the town in the early "
            "morning, residents said on Sunday.</p></main>")) == "other: a video with few words");
}

}  // namespace annalist
