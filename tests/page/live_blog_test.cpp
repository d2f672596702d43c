// The entries of live blogs. Pages of our own.
#include <doctest/doctest.h>

#include "page/support.h"

namespace annalist {
namespace {

/// "time | heading | first words", one line an entry.
std::string entries(const Document& doc) {
  std::string out;
  for (const PageEntry& e : doc.page().entries) {
    const std::string_view text = doc.text(e.span);
    out.append(e.time.value).append(" | ").append(e.heading).append(" | ");
    out.append(text.substr(0, text.find(','))).append("\n");
  }
  return out;
}

std::string prose(const std::string& who) {
  return "<p>" + who +
         ", who had left the town in the early morning, came back at noon and met no resistance.</p>";
}

Document live(const std::string& head, const std::string& body) {
  return test::read_page("<meta property='article:published_time' content='2015-03-14T09:00:00Z'>" + head,
                         "<main><h1>Siege of the port town: live updates</h1>" + body + "</main>");
}

}  // namespace

TEST_CASE("times over the entries, or under their headings") {
  const std::string want =
      "2015-03-14T14:35 | The port is open | The port is open\n\nThe guards\n"
      "2015-03-14T13:10 |  | The soldiers\n2015-03-14T12:05 |  | The mayor\n";
  CHECK(entries(live("", prose("The reporters") + "<div><span>14:35</span><h2>The port is open</h2>" +
                             prose("The guards") + "<p>They stayed.</p></div><div><time>1.10 pm</time>" +
                             prose("The soldiers") +
                             "</div><div><time datetime='2015-03-14T12:05'>12.05</time>" +
                             prose("The mayor") + "</div>")) == want);
  CHECK(entries(live("", "<div><h2>The port is open</h2><p>14:35</p>" + prose("The guards") +
                             "<p>They stayed.</p></div><div><p>13:10</p>" + prose("The soldiers") +
                             "</div><div><p>12:05</p>" + prose("The mayor") + "</div>")) == want);
}

TEST_CASE("what JSON-LD tells of the updates is found again in the text") {
  const std::string ld =
      "<script "
      "type='application/ld+json'>{\"@type\":\"LiveBlogPosting\",\"headline\":\"Siege\",\"liveBlogUpdate\":["
      "{\"headline\":\"The port is open\",\"datePublished\":\"2015-03-14T14:35:10Z\"},"
      "{\"datePublished\":\"2015-03-14T13:10:00Z\",\"articleBody\":\"The soldiers, who had left the town in "
      "the early "
      "morning, came back\"},{\"headline\":5},7]}</script>";
  CHECK(entries(live(ld, prose("The reporters") + "<h3>The port is open</h3>" + prose("The guards") +
                             prose("The soldiers") + prose("The mayor"))) ==
        "2015-03-14T14:35:10Z | The port is open | The port is open\n\nThe guards\n"
        "2015-03-14T13:10:00Z |  | The soldiers\n");
}

TEST_CASE("no entries where the page tells none apart, and on no other page") {
  CHECK(entries(live("", prose("The guards") + "<p>14:35</p>" + prose("The soldiers"))).empty());
  const Document report = test::read_page(
      "", "<main><h1>Army enters the port town</h1><p>14:35</p>" + prose("The guards") + "<p>13:10</p>" +
              prose("The soldiers") + "<p>12:05</p>" + prose("The mayor") + "</main>");
  CHECK(report.page().kind == PageKind::article);
  CHECK(report.page().entries.empty());
}

}  // namespace annalist
