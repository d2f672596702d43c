// HTML: the tree, the choice of the report, metadata, hostile pages. All pages are written for these tests.
#include <doctest/doctest.h>

#include <string>

#include "base/utf8.h"
#include "page/html.h"
#include "page/json_ld.h"
#include "support.h"

using namespace annalist;
using namespace annalist::test;

namespace {

constexpr auto kHtml = RawPage::Form::html;

const std::string kP1 = "Rebels overran a garrison near the northern border on Tuesday, two officials said.";
const std::string kP2 =
    "The army denied that it had lost the base, and said that fighting went on around it.";
const std::string kP3 = "A doctor in the town told reporters that eleven wounded men had reached his clinic.";

std::string page_with(const std::string& head, const std::string& body) {
  return "<!doctype html><html lang=en><head><title>Rebels overrun garrison | The Example</title>" + head +
         "</head><body>" + body + "</body></html>";
}

std::string article() {
  return "<article><h1>Rebels overrun garrison</h1><div class=byline>By <a rel=author href=/j>Jane "
         "Example</a></div>"
         "<div class='article-body'><p>" +
         kP1 + "</p><p>" + kP2 +
         "</p>"
         "<div class='related-links'><h3>Related</h3><ul><li><a href=/1>Market burns in the old "
         "town</a></li></ul></div>"
         "<figure><img src=x><figcaption>Soldiers near the border last week.</figcaption></figure>"
         "<p>" +
         kP3 + "</p></div></article>";
}

}  // namespace

TEST_CASE("the report without what stands around it") {
  const Document doc =
      read(page_with("<meta property='article:published_time' content='2015-03-03T10:00:00Z'>",
                     "<nav><a href=/>Home</a> <a href=/w>World</a></nav>" + article() +
                         "<div id=comments><p>I was there myself and saw it all happen, believe me, it was "
                         "bad.</p></div>"
                         "<footer><p>Copyright The Example. All rights reserved.</p></footer>"),
           kHtml);
  CHECK(doc.text() == "Rebels overrun garrison\n\n" + kP1 + "\n\n" + kP2 + "\n\n" + kP3);
  CHECK(doc.all<Block>()[0].kind == BlockKind::headline);
  CHECK(doc.page().headline == "Rebels overrun garrison");
  CHECK(doc.page().authors == std::vector<std::string>{"Jane Example"});
  CHECK(doc.page().published.value == "2015-03-03T10:00:00Z");
  CHECK(doc.page().published.precision == DatePrecision::second);
  CHECK(doc.page().published.source == DateSource::meta);
  CHECK(doc.page().language == "en");
}

TEST_CASE("JSON-LD wins over meta, and a full body in it decides about units") {
  const std::string ld =
      "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Rebels overrun "
      "garrison\",\n"
      "\"datePublished\":\"2015-03-04\",\"author\":[{\"name\":\"Ann Other\"}],\"articleBody\":\"" +
      kP1 + " " + kP2 + " " + kP3 + "\",}</script>";
  const Document doc = read(
      page_with(ld + "<meta name=date content=2001-01-01>",
                "<div><p>" + kP1 + "</p><p>" + kP2 +
                    "</p><p>Our shop sells books about the border, and today all of them are cheap.</p><p>" +
                    kP3 + "</p></div>"),
      kHtml);
  CHECK(doc.page().published.value == "2015-03-04");
  CHECK(doc.page().published.source == DateSource::json_ld);
  CHECK(doc.page().authors == std::vector<std::string>{"Ann Other"});
  CHECK(doc.text().find("Our shop") == std::string_view::npos);
  CHECK(doc.text().find("A doctor") != std::string_view::npos);
}

TEST_CASE("broken JSON-LD is mended or searched") {
  const auto ld = page::read_json_ld(
      {"<!-- {\"@type\":\"Article\",\"headline\":\"A\nB\",\"datePublished\":\"2015-01-02\",} -->"});
  CHECK(ld.headline == "A\nB");
  CHECK(ld.published == "2015-01-02");
  const auto worse =
      page::read_json_ld({"{\"@type\":\"NewsArticle\",\"datePublished\":\"2015-01-02\",\"x\":}"});
  CHECK(worse.published == "2015-01-02");
  CHECK(page::read_json_ld({std::string_view("[[[[")}).type == "");
}

TEST_CASE("inline marks join, blocks and double breaks part") {
  const Document doc = read(page_with("", "<div>" + kP1 + " <b>They</b> <i>left</i> again.<br><br>" + kP2 +
                                              "<br>" + kP3 + "</div>"),
                            kHtml);
  CHECK(doc.text().find("said. They left again.\n\n" + kP2 + " " + kP3) != std::string_view::npos);
}

TEST_CASE("charsets") {
  const std::string body =
      "<p>Le pr\xE9sident a dit que l'arm\xE9"
      "e quitte la ville et que les combats sont finis depuis hier.</p>";
  for (const char* charset : {"iso-8859-1", "windows-1252"}) {
    const Document doc =
        read("<html><head><meta charset=" + std::string(charset) + "></head><body>" + body, kHtml);
    CHECK(doc.text().find("pr\xC3\xA9sident") != std::string_view::npos);
  }
  // The header of the server against bytes that are UTF-8: the bytes are right.
  RawPage raw;
  raw.bytes =
      "<html><body><p>The pr\xC3\xA9sident left the town, as all of its people did before him on that "
      "day.</p>";
  raw.charset = "iso-8859-1";
  Workspace work;
  CHECK(reader().read(raw, work).text().find("pr\xC3\xA9sident") != std::string_view::npos);
  std::string utf16 = "\xFF\xFE";
  for (char c : std::string("<html><body><p>") + kP1) utf16 += {c, '\0'};
  CHECK(read(utf16, kHtml).text().find(kP1) != std::string_view::npos);
}

TEST_CASE("the tree keeps order and bounds") {
  page::HtmlParser parser;
  const auto tree = parser.parse("<div id=a><p>one<p>two</div>tail<script>no</script><svg>no</svg>");
  std::string text;
  for (std::uint32_t i = 0; i < tree.nodes().size(); ++i) {
    CHECK(tree[i].end > i);
    CHECK(tree[i].parent <= i);
    CHECK(tree[i].end <= tree[tree[i].parent].end);
    text += tree[i].text;
  }
  CHECK(text.find("onetwotail") != std::string::npos);
  CHECK(text.find("no") == std::string::npos);
}

TEST_CASE("hostile pages are read in bounded time and depth") {
  const auto repeat = [](std::string_view s, int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += s;
    return out;
  };
  const std::string deep = repeat("<div>", 10'000) + "<p>" + kP1 + "</p>" + repeat("</div>", 10'000);
  const Document doc = read(deep, kHtml);
  CHECK(doc.text().find(kP1) != std::string_view::npos);
  CHECK(has_code(doc, "W008"));
  for (const std::string& bytes :
       {repeat("<b id=1><p>", 20'000), repeat("<table>", 20'000), repeat("<a href=x><table>", 5'000),
        repeat("<!--", 20'000), repeat("<script>", 20'000), repeat("<a b=\"", 20'000), repeat("<", 50'000),
        repeat("<svg>", 20'000),
        "<script type=application/ld+json>" + repeat("[", 50'000) + "</script>" + kP1,
        repeat("<ul><li>", 20'000)}) {
    const Document odd = read(bytes, kHtml);
    CHECK(is_valid_utf8(odd.text()));
  }
}

TEST_CASE("pages without a report say so") {
  const Document doc = read(page_with("", "<nav><a href=/>Home</a></nav>"), kHtml);
  CHECK((doc.all<Block>().size() <= 1));
  CHECK(has_code(read("", kHtml), "W001"));
  CHECK(has_code(doc, "W007"));
}

TEST_CASE("cut pages keep what is there") {
  const std::string whole = page_with("", article());
  for (std::size_t n = 0; n <= whole.size(); n += 7) {
    const Document doc = read(whole.substr(0, n), kHtml);
    CHECK(is_valid_utf8(doc.text()));
  }
}
