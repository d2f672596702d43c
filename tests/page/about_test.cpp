// What a page says its report is about, and whether it is a later version of it. Pages of our own.
#include <doctest/doctest.h>

#include "page/reader.h"
#include "page/support.h"

namespace annalist {
namespace {

using test::kProse;

PageInfo about(const std::string& head, const std::string& body) {
  return test::read_page(head, body).page();
}

}  // namespace

TEST_CASE("subtitle, section and tags") {
  const PageInfo told = about(
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Army enters the port "
      "town\","
      "\"alternativeHeadline\":\"Governor promises to open the "
      "road\",\"articleSection\":[\"World\",\"Asia\"],"
      "\"keywords\":[\"Port town\",\"army, truce\",\"https://news.example.org/t/1\"]}</script>",
      kProse);
  CHECK(told.subtitle == "Governor promises to open the road");
  CHECK(told.section == "World");
  CHECK(told.tags == std::vector<std::string>{"Port town", "army", "truce"});
  const PageInfo shown = about(
      "<meta name=description content='The governor promises to open the road'>"
      "<meta property='article:section' content=World><meta property='article:tag' content=army>"
      "<meta property='article:tag' content=Army>",
      "<main><h1>Army enters the port town</h1><h2>The governor promises to open the road</h2>" + kProse +
          "</main>");
  CHECK(shown.subtitle == "The governor promises to open the road");
  CHECK(shown.section == "World");
  CHECK(shown.tags == std::vector<std::string>{"army"});
  // A description that is the first paragraph is no subtitle.
  CHECK(about("<meta name=description content='Soldiers entered the town, residents said.'>",
              "<main><h1>Army enters the port town</h1><p>Soldiers entered the town, residents said.</p>" +
                  kProse + "</main>")
            .subtitle.empty());
  const PageInfo bare = about(
      "<meta name=keywords content=', ,army,,ARMY , a'>"
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":5,"
      "\"alternativeHeadline\":{},\"articleSection\":[],\"keywords\":[null,7,[]]}</script>",
      kProse);
  CHECK(bare.subtitle.empty());
  CHECK(bare.section.empty());
  CHECK(bare.tags == std::vector<std::string>{"army"});
}

TEST_CASE("the form says more closely what the kind is") {
  const PageInfo video =
      about("<meta property='og:type' content='video.other'>",
            "<main><h1>Watch: army enters the port town</h1><p>Soldiers entered the town in "
            "the early morning, residents said on Sunday.</p></main>");
  CHECK(video.form == PageForm::video);
  CHECK(video.kind == PageKind::other);
  const PageInfo stub = about("", "<main><h1>Army enters the port town</h1>" + kProse +
                                      "<div><p>Subscribe to continue reading this article.</p></div></main>");
  CHECK(stub.form == PageForm::paywall_stub);
  CHECK(stub.kind == PageKind::article);
}

TEST_CASE("a later version of a report says so") {
  CHECK(about("", "<main><h1>UPDATE 2-Army enters the port town</h1>" + kProse + "</main>").revised);
  CHECK(about("", "<main><h1>Army enters the port town</h1>" + kProse +
                      "<p>This story has been corrected to fix the name of the town.</p></main>")
            .revised);
  CHECK(about("",
              "<main><h1>Army enters the port town</h1><p>(Corrects the number of wounded in paragraph "
              "three)</p>" +
                  kProse + "</main>")
            .revised);
  for (const std::string title : {"Army enters the port town", "Correction officers on strike",
                                  "First lead investigator names the army", "Updates from the front"})
    CHECK_MESSAGE(!about("", "<main><h1>" + title + "</h1>" + kProse +
                                 "<p>The governor said that the law on land had been amended.</p></main>")
                       .revised,
                  title);
  RawPage wire;
  wire.bytes = "2nd lead: Army enters the port town\n\nSoldiers entered the town in the early morning.\n";
  wire.form = RawPage::Form::text;
  Workspace work;
  CHECK(test::reader().read(wire, work).page().revised);
}

}  // namespace annalist
