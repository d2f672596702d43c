#include "source/robots.h"

#include <doctest/doctest.h>

#include "source/fetch.h"

using namespace annalist::source;

TEST_CASE("robots.txt: the group of the agent, longest rule, stars and ends") {
  const Robots r = Robots::parse(
      "# rules\nUser-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /all\n\n"
      "User-agent: Annalist\nuser-agent: third\nDisallow: /private\nAllow: /private/open\nDisallow: "
      "/*.pdf$\nCrawl-delay: 20\n",
      "annalist");
  CHECK(r.allows("/all"));
  CHECK_FALSE(r.allows("/private/x"));
  CHECK(r.allows("/private/open/x"));
  CHECK_FALSE(r.allows("/a/b.pdf"));
  CHECK(r.allows("/a/b.pdf?x"));
  CHECK(r.delay() == 20);
  const Robots all = Robots::parse("User-agent: *\nDisallow: /all\nAllow: /all\n", "annalist");
  CHECK(all.allows("/all"));  // equal lengths: allow
  CHECK(Robots::parse("", "annalist").allows("/x"));
  CHECK(Robots::parse("User-agent: *\nDisallow:\n", "annalist").allows("/x"));
  CHECK_FALSE(Robots::nothing_allowed().allows("/x"));
  CHECK(Robots::nothing_allowed().allows("/robots.txt"));
}

TEST_CASE("addresses: only http, no names in them") {
  CHECK(split_address("HTTPS://Example.org:8080/a?b#c") ==
        std::pair<std::string, std::string>("https://example.org:8080", "/a?b"));
  CHECK(split_address("http://example.org?x").second == "/?x");
  CHECK(split_address("ftp://example.org/").first.empty());
  CHECK(split_address("http://user@example.org/").first.empty());
  CHECK(split_address("file:///etc/passwd").first.empty());
}
