// Who wrote a page, and frames whose names mislead. Pages of our own.
#include <doctest/doctest.h>

#include "page/reader.h"
#include "page/support.h"

using namespace annalist;

namespace {

std::string authors_of(const std::string& head, const std::string& body) {
  const Document doc = test::read(
      "<html><head><title>Rebels leave the hill town</title>" + head +
      "</head><body><article><h1>Rebels leave the hill town</h1>" + body +
      "<p>Rebel fighters left the hill town of Morek on Tuesday after a week of talks, the governor said.</p>"
      "<p>Residents said the last trucks drove north before dawn, and shops opened again in the "
      "afternoon.</p>"
      "<p>The army said that its troops would enter the town within two days and keep the road open.</p>"
      "</article></body></html>");
  std::string out;
  for (const std::string& a : doc.page().authors) out += (out.empty() ? "" : "; ") + a;
  return out;
}

}  // namespace

TEST_CASE("authors: JSON-LD, entities, posts left out, agencies beside people kept") {
  const auto ld = [](const std::string& author) {
    return "<script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"headline\": \"Rebels leave "
           "the hill town\", "
           "\"publisher\": {\"name\": \"Hill Times\"}, \"author\": " +
           author + "}</script>";
  };
  CHECK(authors_of(ld("{\"@type\": \"Person\", \"name\": \"Jane O&#039;Roe\"}"), "") == "Jane O'Roe");
  CHECK(authors_of(ld("[\"Jane Roe, Money Reporter\", \"Reuters\"]"), "") == "Jane Roe; Reuters");
  // The site itself only where no person is named.
  CHECK(authors_of(ld("\"Hill Times\""), "<p class=\"byline\">By Jane Roe in Beirut</p>") == "Jane Roe");
  CHECK(authors_of(ld("\"Hill Times\""), "") == "Hill Times");
}

TEST_CASE("authors: visible bylines") {
  CHECK(authors_of("<meta name=\"twitter:label1\" content=\"Written by\"><meta name=\"twitter:data1\" "
                   "content=\"Jane Roe\">",
                   "") == "Jane Roe");
  CHECK(authors_of("", "<div>By <a href=\"/author/jane\">Jane Roe</a> <time>March 3, 2015</time></div>") ==
        "Jane Roe");
  CHECK(authors_of("", "<p>Posted on 3 March 2015 by Jane Roe</p>") == "Jane Roe");
  CHECK(authors_of("", "<div class=\"author-bio\">her work on roads and rivers won a prize</div>") == "");
  CHECK(authors_of("", "<a class=\"author\" href=\"/authors\">View all articles by this author</a>") == "");
}

TEST_CASE("a name of a frame that most of the prose stands under is not believed") {
  const std::string slides =
      "<div class=\"gallery\"><p>Rebel fighters left the hill town of Morek on Tuesday after a week of "
      "talks, the governor said.</p></div>"
      "<div class=\"gallery\"><p>Residents said the last trucks drove north before dawn, and shops opened "
      "again in the afternoon.</p></div>"
      "<div class=\"gallery\"><p>The army said that its troops would enter the town within two days and keep "
      "the road open for all.</p></div>"
      "<div class=\"gallery\"><p>Schools would stay closed until Sunday, the council said, because two of "
      "them had been used as shelters.</p></div>"
      "<div class=\"gallery\"><p>Aid workers said they had counted four hundred families on the road and "
      "handed out blankets and water.</p></div>";
  const std::string head = "<html><body><h1>Rebels leave the hill town</h1><p>All pictures.</p>";
  CHECK(test::read(head + slides + "</body></html>").text().find("four hundred families") !=
        std::string_view::npos);
  // Comments stay out however long they are.
  std::string comments = slides;
  for (std::size_t at; (at = comments.find("gallery")) != std::string::npos;)
    comments.replace(at, 7, "comment");
  CHECK(test::read(
            head +
            "<p>The town of Morek was quiet on Tuesday after the fighters had left it, officials said.</p>" +
            comments + "</body></html>")
            .text()
            .find("four hundred families") == std::string_view::npos);
}

TEST_CASE("datelines of the wire: no comma behind the region, small letters, one short line") {
  const auto place = [](const std::string& line) {
    RawPage raw;
    raw.bytes = "Rebels leave the hill town\n\n" + line +
                "\n\nResidents said the last trucks drove north before dawn on that day.\n";
    raw.date = "2015-03-04";
    raw.form = RawPage::Form::text;
    Workspace work;
    const Document doc = test::reader().read(raw, work);
    return doc.page().dateline.place;
  };
  CHECK(place("MOREK, Va. March 3 - Rebels left the town, the governor said on Tuesday.") == "MOREK, Va.");
  CHECK(place("Morek, March 3 - Rebels left the town, the governor said on Tuesday.") == "Morek");
  CHECK(place("MOREK, March 3- Rebels left the town, the governor said on Tuesday.") == "MOREK");
  CHECK(place("MOREK, March 3 - Trucks 12, tanks 4") == "MOREK");
  CHECK(place("Tuesday, March 3 - a day on which rebels left the town, the governor said.") == "");
  CHECK(place("Morek, Syria - Rebels left the town, the governor said on Tuesday.") == "Morek, Syria");
  CHECK(place("Morek, Syria – “We left the town,” the governor said on Tuesday.") == "Morek, Syria");
  CHECK(place("Morek, Syria - which rebels left on Tuesday - is quiet, the governor said.") == "");
  CHECK(place("Morek-Syria road opened, the governor said on Tuesday - Rebels left.") == "");
  CHECK(place("MOREK-based rebels left the town, the governor said on Tuesday.") == "");
}
