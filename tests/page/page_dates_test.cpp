// The day of publication where a page tells several. Pages of our own.
#include <doctest/doctest.h>

#include "page/reader.h"
#include "page/support.h"

namespace annalist {
namespace {

using test::kProse;

std::string published(const std::string& head, const std::string& near, std::string url = {}) {
  return test::read_page(head, "<main><h1>Army enters the port town</h1>" + near + kProse + "</main>",
                         std::move(url), "de")
      .page()
      .published.value.substr(0, 10);
}

std::string ld(const std::string& when) {
  return "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Army enters the port "
         "town\",\"datePublished\":\"" +
         when + "\"}</script>";
}

}  // namespace

TEST_CASE("the day near the headline wins with a second witness and not without") {
  const std::string shown = "<div>14.11.2014</div>";
  CHECK(published(ld("2013-02-01T10:00:00+01:00"), shown) == "2013-02-01");
  CHECK(published(ld("2013-02-01T10:00:00+01:00") + "<meta name=date content='2014-11-14'>", shown) ==
        "2014-11-14");
  CHECK(published(ld("2013-02-01T10:00:00+01:00"), shown, "https://news.example.org/2014/11/14/port.html") ==
        "2014-11-14");
  CHECK(published(ld("2013-02-01T10:00:00+01:00"), "<time datetime='2014-11-14'>14.11.2014</time>") ==
        "2014-11-14");
}

TEST_CASE("a <time> alone does not win over a head that says the same twice") {
  const std::string head = ld("2013-02-01T10:00:00+01:00") +
                           "<meta property='article:published_time' content='2013-02-01T10:00:00+01:00'>";
  CHECK(published(head, "<time datetime='2014-11-14'>14.11.2014</time>") == "2013-02-01");
}

TEST_CASE("a date of change and tomorrow's paper are not the day of publication") {
  const std::string head = ld("2014-11-13T19:30:00+01:00") + "<meta name=date content='2014-11-14'>";
  CHECK(published(head, "<div>14.11.2014</div>") == "2014-11-13");
  CHECK(published(ld("2013-02-01T10:00:00+01:00") + "<meta name=date content='2014-11-14'>",
                  "<div>Aktualisiert: 14.11.2014</div>") == "2013-02-01");
}

TEST_CASE("numbers read the wrong way round are no other day") {
  const std::string given = ld("2014-11-03T10:00:00Z") + "<meta name=date content='2014-03-11'>";
  CHECK(published(given, "<div>11.03.2014</div>") == "2014-11-03");
}

}  // namespace annalist
