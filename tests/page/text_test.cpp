// Plain text: blocks by layout and wording, datelines, dates, language.
#include <doctest/doctest.h>

#include "base/utf8.h"
#include "page/date_text.h"
#include "page/dateline.h"
#include "page/language.h"
#include "page/layout.h"
#include "support.h"

using namespace annalist;
using namespace annalist::test;

namespace {

constexpr auto kText = RawPage::Form::text;

std::string iso(std::string_view text, page::NumericOrder order = page::NumericOrder::month_first) {
  const auto hit = page::find_date(text, patterns(), order, true);
  return hit ? hit->stamp.value : "";
}

page::DatelineHit dateline(std::string_view text, Day published = Day::from_ymd(2015, 3, 4)) {
  return page::read_dateline(text, published, patterns()).value_or(page::DatelineHit{});
}

}  // namespace

TEST_CASE("a copied news page falls into its parts") {
  const std::string text =
      "Home > World > Africa\n"
      "Rebels overrun garrison near northern border\n"
      "By Jane Example - Mar 03,2015 - Last updated at Mar 04,2015\n"
      "NORTHTOWN \xE2\x80\x94 Rebels overran a garrison near the northern border on Tuesday, officials "
      "said.\n"
      "The army denied that it had lost the base and said fighting went on around it.\n"
      "A doctor in the town told reporters that eleven wounded men had reached his clinic.\n"
      "The fighting began on Sunday after a truce of three weeks had run out.\n"
      "(Reporting by Jane Example; Editing by John Sample)\n"
      "Related Articles\n"
      "Two weeks ago the same group attacked a convoy on the coast road and killed four drivers.\n";
  const Document doc = read(text, kText);
  CHECK(doc.text() == text);
  CHECK(
      dump(doc) ==
      "boilerplate: Home > World > Africa\n"
      "headline: Rebels overrun garrison near northern border\n"
      "byline: By Jane Example - Mar 03,2015 - Last updated at Mar 04,2015\n"
      "paragraph: NORTHTOWN \xE2\x80\x94 Rebels overran a garrison near the northern border on Tuesday, "
      "officials "
      "said.\n"
      "paragraph: The army denied that it had lost the base and said fighting went on around it.\n"
      "paragraph: A doctor in the town told reporters that eleven wounded men had reached his clinic.\n"
      "paragraph: The fighting began on Sunday after a truce of three weeks had run out.\n"
      "signoff: (Reporting by Jane Example; Editing by John Sample)\n"
      "teaser: Related Articles\n"
      "teaser: Two weeks ago the same group attacked a convoy on the coast road and killed four drivers.\n");
  CHECK(doc.page().headline == "Rebels overrun garrison near northern border");
  CHECK(doc.page().authors == std::vector<std::string>{"Jane Example"});
  CHECK(doc.page().published.value == "2015-03-03");
  CHECK(doc.page().published.source == DateSource::visible);
  CHECK(doc.page().updated.value == "2015-03-04");
  CHECK(doc.page().dateline.place == "NORTHTOWN");
  CHECK(doc.page().language == "en");
  CHECK(doc.diagnostics().empty());
}

TEST_CASE("snippets are all report") {
  for (const char* text : {"Police fired on the crowd.", "police fired on the crowd",
                           "Two men killed in raid", "TROOPS LEFT THE TOWN ON MONDAY. NOBODY WAS HURT.",
                           "Armed men stopped the bus. They took three people. One was freed later."}) {
    CAPTURE(text);
    const Document doc = read(text, kText);
    REQUIRE(doc.all<Block>().size() == 1);
    CHECK(doc.all<Block>()[0].kind == BlockKind::paragraph);
    CHECK(doc.page().headline == "");
    CHECK(doc.page().language == "en");
  }
}

TEST_CASE("lines wrapped at a width are one paragraph, blank lines part paragraphs") {
  const Document doc = read(
      "NORTHTOWN, 3 MAR 91 (EFE) -- [TEXT] GUNMEN ATTACKED A POST OF THE\n"
      "BORDER POLICE NEAR THE TOWN LAST NIGHT AND KILLED TWO MEN, A\n"
      "SPOKESMAN SAID TODAY. THE ATTACKERS FLED INTO THE HILLS BEFORE THE\n"
      "ARMY CAME.\n"
      "\n"
      "NOBODY CLAIMED THE ATTACK, BUT THE GOVERNOR BLAMED A GROUP THAT HAS\n"
      "OPERATED IN THE HILLS FOR YEARS.\n",
      kText);
  REQUIRE(doc.all<Block>().size() == 2);
  CHECK(doc.text(doc.all<Block>()[1].span).starts_with("NOBODY CLAIMED"));
  CHECK(doc.text(doc.all<Block>()[1].span).ends_with("FOR YEARS."));
  CHECK(doc.page().dateline.place == "NORTHTOWN");
  CHECK(doc.page().dateline.date == Day::from_ymd(1991, 3, 3));
  CHECK(doc.page().agency == "EFE");
  CHECK(doc.text(doc.page().dateline.span) == "NORTHTOWN, 3 MAR 91 (EFE) -- [TEXT]");
}

TEST_CASE("an inset of other titles does not end the report") {
  const Document doc = read(
      "Governor resigns after protest\n"
      "The governor resigned on Friday after a week of protest in the city.\n"
      "Read also:\n"
      "Market burns in the old town\n"
      "Protesters had asked for his resignation since the shooting of a student.\n",
      kText);
  CHECK(
      dump(doc).find("teaser: Read also:\nteaser: Market burns in the old town\nparagraph: Protesters had") !=
      std::string::npos);
}

TEST_CASE("datelines: a bracket behind capitals names the outlet, and may hold the date") {
  const auto outlet = dateline(
      "NORTHTOWN, Free Republic of the Rivers (Great Plains Wire) - The army and the rebels agreed.");
  CHECK(outlet.place == "NORTHTOWN, Free Republic of the Rivers");
  CHECK(outlet.agency == "Great Plains Wire");
  const auto dated = dateline("EAST CITY (Plains Observer/March 1, 2015) -- Troops clashed with rebels.");
  CHECK(dated.place == "EAST CITY");
  CHECK(dated.agency == "Plains Observer");
  CHECK(dated.date == Day::from_ymd(2015, 3, 1));
  CHECK(dateline("NATO (which has no army of its own) - is an alliance.").place.empty());
}

TEST_CASE("datelines: a report from several places") {
  const auto two = dateline("NORTHTOWN/SAN ELMO, March 2 2015 (Own) - Ships left the bay.");
  CHECK(two.place == "NORTHTOWN/SAN ELMO");
  CHECK(two.date == Day::from_ymd(2015, 3, 2));
  CHECK(dateline("AND/OR - a choice of words that is none.").place.empty());
}

TEST_CASE("datelines") {
  CHECK(dateline("NORTHTOWN, Westland (AP) \xE2\x80\x94 Men came.").place == "NORTHTOWN, Westland");
  CHECK(dateline("NORTHTOWN, Westland (AP) \xE2\x80\x94 Men came.").agency == "AP");
  const auto dated = dateline("SAN ELMO, Feb 28 (Reuters) - Men came.");
  CHECK(dated.place == "SAN ELMO");
  CHECK(dated.date == Day::from_ymd(2015, 2, 28));
  CHECK(dateline("SAN ELMO, Dec 30 (Reuters) - Men came.").date == Day::from_ymd(2014, 12, 30));
  CHECK(dateline("Northtown, March 2 (AFP) -- Men came.").place == "Northtown");
  CHECK(dateline("(Reuters) - Men came.").agency == "Reuters");
  CHECK(dateline("NEW ELMO: Two men came.").place == "NEW ELMO");
  for (const char* none :
       {"UPDATED: Two men came.", "WESTLAND-backed rebels came.", "The army - what is left - came.",
        "He said (again) - and left.", "", "Two men (AP) came."})
    CHECK_MESSAGE(dateline(none).bytes == 0, none);
}

TEST_CASE("dates in text") {
  CHECK(iso("on Nov 01,2014 at noon") == "2014-11-01");
  CHECK(iso("1st of November 2014") == "2014-11-01");
  CHECK(iso("1. November 2014") == "2014-11-01");
  CHECK(iso("le 1er novembre 2014") == "2014-11-01");
  CHECK(iso("1 de noviembre de 2014") == "2014-11-01");
  CHECK(iso("2014-11-01T08:05:00+02:00") == "2014-11-01T08:05:00+02:00");
  CHECK(iso("03/04/2014") == "2014-03-04");
  CHECK(iso("03/04/2014", page::NumericOrder::day_first) == "2014-04-03");
  CHECK(iso("13/04/2014") == "2014-04-13");
  CHECK(iso("03.04.2014") == "2014-04-03");
  CHECK(iso("2014\xE5\xB9\xB4"
            "11\xE6\x9C\x88"
            "1\xE6\x97\xA5") == "2014-11-01");
  CHECK(iso("31 February 2014") == "");
  CHECK(iso("version 10.2.2014.5 of May") != "2014-05-01");
  CHECK(iso("in May 2014") == "");
  CHECK(page::date_in_url("https://news.example/2014/11/01/town-falls").value().value == "2014-11-01");
  CHECK_FALSE(page::date_in_url("https://news.example/article/20143399").has_value());
}

TEST_CASE("language") {
  const auto guess = [](std::string_view s) { return page::guess_language(s, "", patterns()); };
  CHECK(guess("The army said on Monday that it had taken the town and would stay.") == "en");
  CHECK(guess("Abu Omar, Bab al-Hawa, Jisr, Nahr, Tell, Wadi, Qasr, Deir, Kafr") == "en");
  CHECK(guess("El ejército dijo el lunes que había tomado la ciudad y que se quedaría en la zona.") == "es");
  CHECK(guess("Die Armee teilte am Montag mit, dass sie die Stadt eingenommen hat und nicht mehr verlassen "
              "wird.") == "de");
  CHECK(guess("\xD0\x90\xD1\x80\xD0\xBC\xD0\xB8\xD1\x8F \xD0\xB7\xD0\xB0\xD0\xBD\xD1\x8F\xD0\xBB\xD0\xB0 "
              "\xD0\xB3\xD0\xBE\xD1\x80\xD0\xBE\xD0\xB4") == "ru");
  CHECK(guess("") == "en");
}

TEST_CASE("what is ugly is noted, nothing is lost") {
  CHECK(has_code(read("", kText), "W001"));
  CHECK(has_code(read("   \n\n ", kText), "W001"));
  CHECK(has_code(read(std::string("\x89PNG\r\n\x1A\n\0\0\0\0", 12)), "W002"));
  const Document latin = read(
      "Le pr\xE9sident a dit que l'arm\xE9"
      "e quittera la ville et que les \xE9"
      "coles de la r\xE9gion rouvriront.",
      kText);
  CHECK(is_valid_utf8(latin.text()));
  CHECK(latin.text().find("pr\xC3\xA9sident") != std::string_view::npos);
  CHECK(latin.page().language == "fr");
  CHECK(has_code(latin, "W006"));
  const Document nul = read(std::string("The men left\0 the town.", 23), kText);
  CHECK(has_code(nul, "W003"));
  CHECK(nul.text().find('\0') == std::string_view::npos);
  CHECK(has_code(read("Nothing here is dated.", kText), "W005"));
}

TEST_CASE("given date and headline win") {
  RawPage raw;
  raw.bytes = "Mar 03,2015\nRebels overran a garrison near the northern border on Tuesday, officials said.";
  raw.form = kText;
  raw.date = "2015-03-09";
  raw.id = "mine";
  Workspace work;
  const Document doc = reader().read(raw, work);
  CHECK(doc.id() == "mine");
  CHECK(doc.page().published.value == "2015-03-09");
  CHECK(doc.page().published.source == DateSource::given);
}

TEST_CASE("blocks cover the text in order, whatever the text") {
  std::string odd;
  for (int i = 0; i < 3000; ++i)
    odd += (i % 7 == 0) ? "\r\n\n" : (i % 5 == 0) ? "Related Articles\n" : "x, \"y\". (Z) -- 1/2/";
  const Document doc = read(odd, kText);
  std::uint32_t at = 0;
  for (const Block& b : doc.all<Block>()) {
    REQUIRE(b.span.begin >= at);
    REQUIRE(b.span.end > b.span.begin);
    at = b.span.end;
  }
  CHECK(at <= doc.text().size());
}
