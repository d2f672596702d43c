// Rules for single sites. Pages and sites of our own.
#include <doctest/doctest.h>

#include "page/support.h"

namespace annalist {
namespace {

using test::kProse;

const char* const kRules = "[hill.example]\ntitle: .top b\nbody: x\n";  // "b" behind a blank: no selector

constexpr std::string_view kGood =
    "[hill.example]\ntitle: div.top\nbody: #story\nbyline: .who\ndrop: .more; aside[role=note]\n";

Document read_at(const Reader& reader, const std::string& url, const std::string& body) {
  RawPage raw;
  raw.bytes = "<html lang=en><body>" + body + "</body></html>";
  raw.form = RawPage::Form::html;
  raw.url = url;
  Workspace work;
  return reader.read(raw, work);
}

std::string other(const std::string& where) {
  return "<p>In the " + where +
         ", the harbour master counted forty ships, more than ever in one month of spring.</p>";
}

}  // namespace

TEST_CASE("a rule names headline, report and byline, and what is never of the report") {
  const auto reader = test::reader_with("pages/sites.txt", kGood);
  REQUIRE(reader);
  const std::string page = "<main><h1>The Hill</h1><div class='big top'>Army enters the port town</div>" +
                           other("north") + "<span class=who>Jane Example</span><div id=story>" + kProse +
                           "<div class=more>" + other("south") + "</div><aside role=note>" + other("west") +
                           "</aside><aside>" + other("east") + "</aside></div></main>";
  const Document ruled = read_at(*reader, "https://www.hill.example/a", page);
  CHECK(ruled.page().headline == "Army enters the port town");
  CHECK(ruled.page().authors == std::vector<std::string>{"Jane Example"});
  CHECK(ruled.text().find("Soldiers entered") != std::string_view::npos);
  for (const char* where : {"north", "south", "west"})
    CHECK_MESSAGE(ruled.text().find(where) == std::string_view::npos, where);
  // Another site, whose name only ends alike, is read as ever.
  const Document free = read_at(*reader, "https://thehill.example/a", page);
  CHECK(free.page().headline == "The Hill");
  CHECK(free.text().find("south") != std::string_view::npos);
  RawPage raw;
  raw.bytes = page;
  raw.form = RawPage::Form::html;
  raw.url = "https://www.hill.example/a";
  Workspace work;
  const std::string why = reader->explain(raw, work);
  CHECK(why.find("site rule: hill.example, pages/sites.txt:1") != std::string::npos);
  CHECK(why.find("left out by the rule for the site") != std::string::npos);
  CHECK(why.find("[rule for the site]") != std::string::npos);
}

TEST_CASE("a rule whose elements are not there, or several times, changes nothing") {
  const auto reader = test::reader_with("pages/sites.txt", kGood);
  REQUIRE(reader);
  for (const std::string& page :
       {"<main><h1>Army enters the port town</h1>" + kProse + "</main>",
        "<main><h1>Army enters the port town</h1><div id=story></div>" + kProse + "</main>",
        "<main><h1>Army enters the port town</h1><div id=story>" + kProse + "</div><div id=story>" +
            other("north") + other("south") + other("west") + "</div></main>"})
    CHECK(read_at(*reader, "https://hill.example/a", page).text() ==
          read_at(*reader, "https://other.example/a", page).text());
}

TEST_CASE("bad rules are named by line") {
  const auto fault = [](std::string_view text) {
    const auto reader = test::reader_with("pages/sites.txt", text);
    return reader ? std::string() : reader.error().where + ": " + reader.error().what;
  };
  CHECK(fault(kRules) == "pages/sites.txt:1: '.top b' selects nothing");
  CHECK(fault("[hill.example]\nbody: nosuchtag\n") == "pages/sites.txt:1: 'nosuchtag' selects nothing");
  CHECK(fault("[hill.example]\nbody: [onclick=x]\n") == "pages/sites.txt:1: '[onclick=x]' selects nothing");
  CHECK(fault("[hill.example]\nbody: [role]\n") == "pages/sites.txt:1: '[role]' selects nothing");
  CHECK(fault("[Hill.example]\nbody: p\n") == "pages/sites.txt:1: 'Hill.example' is no host");
  CHECK(fault("[hill.example]\nbody: p\n[hill.example]\nbody: p\n") ==
        "pages/sites.txt:3: entry [hill.example] stands twice");
  CHECK(!fault("[hill.example]\nfoot: p\n").empty());
  CHECK(fault("").empty());
}

}  // namespace annalist
