// Exports, tables and archives made by hand. All text is ours.
#include <brotli/encode.h>
#include <doctest/doctest.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "base/file.h"
#include "source/docx.h"
#include "source/source.h"
#include "source/xml.h"
#include "source/zip.h"

using namespace annalist;
using source::zip_member;

namespace {

std::string little(std::uint32_t n, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += char(n >> (8 * i) & 0xFF);
  return out;
}

/// A zip archive of one member. `flags` 1: marked as encrypted.
std::string zip(const std::string& name, const std::string& content, int flags = 0) {
  z_stream state{};
  deflateInit2(&state, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(content.size() + 200, '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  state.avail_in = uInt(content.size());
  state.next_out = reinterpret_cast<Bytef*>(packed.data());
  state.avail_out = uInt(packed.size());
  deflate(&state, Z_FINISH);
  packed.resize(packed.size() - state.avail_out);
  deflateEnd(&state);
  const std::string sizes = little(0, 4) + little(std::uint32_t(packed.size()), 4) +
                            little(std::uint32_t(content.size()), 4) + little(std::uint32_t(name.size()), 2);
  const std::string local = "PK\x03\x04" + little(20, 2) + little(std::uint32_t(flags), 2) + little(8, 2) +
                            little(0, 4) + sizes + little(0, 2) + name + packed;
  const std::string central = "PK\x01\x02" + little(20, 2) + little(20, 2) + little(std::uint32_t(flags), 2) +
                              little(8, 2) + little(0, 4) + sizes + little(0, 2) + little(0, 2) +
                              little(0, 2) + little(0, 2) + little(0, 4) + little(0, 4) + name;
  return local + central + "PK\x05\x06" + little(0, 4) + little(1, 2) + little(1, 2) +
         little(std::uint32_t(central.size()), 4) + little(std::uint32_t(local.size()), 4) + little(0, 2);
}

std::string word(const std::vector<std::string>& paragraphs) {
  std::string xml = "<?xml version=\"1.0\"?><w:document><w:body>";
  for (const std::string& p : paragraphs) {
    if (p == "SECTION")
      xml += "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>";
    else
      xml += "<w:p><w:pPr/><w:r><w:t xml:space=\"preserve\">" + p.substr(0, std::min(p.find(' '), p.size())) +
             "</w:t></w:r><w:r><w:t>" + p.substr(std::min(p.find(' '), p.size())) + "</w:t></w:r></w:p>";
  }
  return zip("word/document.xml", xml + "<w:sectPr/></w:body></w:document>");
}

std::string zstd(const std::string& bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

std::string response(const std::string& body, const std::string& more = "") {
  const std::string http = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + "\r\n" + body;
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a\r\nContent-Length: " +
         std::to_string(http.size()) + "\r\n\r\n" + http + "\r\n\r\n";
}

}  // namespace

TEST_CASE("CSV: usual names, quotes, separators, short rows by line") {
  const auto items = read_pages(
      "ID;Title;Full text;Published;Source\r\n"
      "a1;\"Troops; tanks\";\"First line.\nHe said \"\"no\"\".\";2015-03-03;Hill Times\r\n"
      "a2;Only a title\r\n"
      "\r\n"
      "a3;T;Text three;3 March 2015;Post\r\n",
      "reports.csv");
  REQUIRE(items.size() == 3);
  REQUIRE(items[0].has_value());
  CHECK(items[0]->id == "a1");
  CHECK(items[0]->headline == "Troops; tanks");
  CHECK(items[0]->bytes == "First line.\nHe said \"no\".");
  CHECK(items[0]->date == "2015-03-03");
  CHECK(items[0]->publisher == "Hill Times");
  CHECK(items[1].error().where == "reports.csv:4");
  REQUIRE(items[2].has_value());
  CHECK(items[2]->origin == "reports.csv:6");
}

TEST_CASE("CSV: the caller names the columns") {
  SourceOptions options;
  options.columns = {{"text", "Notes field"}, {"date", "when"}};
  const auto items = read_pages("when,Notes field,text\n2015-01-02,\"A, b\",wrong\n", "x.csv", options);
  REQUIRE(items.size() == 1);
  REQUIRE(items[0].has_value());
  CHECK(items[0]->bytes == "A, b");
  CHECK(items[0]->date == "2015-01-02");
  options.columns = {{"text", "absent"}};
  CHECK(read_pages("a,b\n1,2\n", "x.csv", options)[0].error().remedy == "columns: a, b");
  CHECK_FALSE(read_pages("a,b\n1,2\n", "x.csv")[0].has_value());
  CHECK(read_pages("id\ttext\n1\tA \"quoted\" word\n", "x.tsv")[0]->bytes == "A \"quoted\" word");
}

TEST_CASE("MHTML: the HTML part, quoted-printable or base64, cut files marked") {
  const std::string head =
      "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/s\r\nMIME-Version: "
      "1.0\r\n"
      "Content-Type: multipart/related;\r\n\tboundary=\"--b1\"\r\n\r\n"
      "----b1\r\nContent-Type: image/png\r\n\r\nxx\r\n----b1\r\n"
      "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: ";
  const auto quoted =
      read_pages(head +
                     "quoted-printable\r\nContent-Location: https://example.org/p\r\n\r\n<p>caf=C3=A9 is "
                     "=\r\nopen</p>\r\n----b1--\r\n",
                 "page.mhtml");
  REQUIRE(quoted.size() == 1);
  REQUIRE(quoted[0].has_value());
  CHECK(quoted[0]->bytes.starts_with("<p>caf\xC3\xA9 is open</p>"));
  CHECK(quoted[0]->url == "https://example.org/p");
  CHECK_FALSE(quoted[0]->truncated);
  const auto base64 = read_pages(head + "base64\r\n\r\nPHA+aGk8\r\nL3A+", "noname");
  REQUIRE(base64[0].has_value());
  CHECK(base64[0]->bytes == "<p>hi</p>");
  CHECK(base64[0]->url == "https://example.org/s");
  CHECK(base64[0]->truncated);
  CHECK_FALSE(read_pages("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=q\r\n\r\n--q\r\n",
                         "a.mht")[0]);
}

TEST_CASE("sitemaps: titles of a news sitemap; others are named") {
  const auto items = read_pages(
      "<?xml "
      "version='1.0'?><urlset><url><loc>http://e.org/1</loc><news:news><news:publication><news:name>Hill "
      "Times</news:name></news:publication><news:publication_date>2015-03-03</news:publication_date>"
      "<news:title>Army &amp; rebels "
      "agree</news:title></news:news></url><url><loc>http://e.org/2</loc></url></urlset>",
      "sitemap.xml");
  REQUIRE(items.size() == 1);
  REQUIRE(items[0].has_value());
  CHECK(items[0]->headline == "Army & rebels agree");
  CHECK(items[0]->url == "http://e.org/1");
  const auto plain = read_pages("<urlset><url><loc>http://e.org/2</loc></url></urlset>", "s.xml");
  REQUIRE(plain.size() == 1);
  CHECK_FALSE(plain[0].has_value());
}

TEST_CASE("JSON Feed") {
  const auto items = read_pages(
      "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Hill Times\", \"items\": ["
      "{\"id\": \"7\", \"title\": \"T\", \"content_html\": \"<p>Body</p>\", \"authors\": [{\"name\": \"Jane "
      "Roe\"}]}, "
      "{\"id\": \"8\"}]}",
      "-");
  REQUIRE(items.size() == 2);
  CHECK(items[0]->authors == std::vector<std::string>{"Jane Roe"});
  CHECK(items[0]->publisher == "Hill Times");
  CHECK_FALSE(items[1].has_value());
}

TEST_CASE("Factiva: XML and HTML, an article without text named") {
  const auto xml = read_pages(
      "<?xml "
      "version=\"1.0\"?><PPSResponse><ppsarticle><article><accessionNo>X1</accessionNo><headline><paragraph>"
      "<hlt>Rebels</hlt> leave</paragraph></headline><byline>By Jane "
      "Roe</byline><leadParagraph><paragraph>One.</paragraph>"
      "</leadParagraph><publicationDate><date>2015-03-03</date></publicationDate><sourceName>Hill "
      "Times</sourceName>"
      "<tailParagraphs><paragraph>Two &amp; three.</paragraph></tailParagraphs></article></ppsarticle>"
      "<ppsarticle><article><accessionNo>X2</accessionNo></article></ppsarticle></PPSResponse>",
      "export.xml");
  REQUIRE(xml.size() == 2);
  REQUIRE(xml[0].has_value());
  CHECK(xml[0]->id == "X1");
  CHECK(xml[0]->bytes == "Rebels leave\n\nOne.\n\nTwo & three.");
  CHECK(xml[0]->date == "2015-03-03");
  CHECK_FALSE(xml[1].has_value());
  const auto row = [](const std::string& code, const std::string& value) {
    return "<tr><td class=\"index\"><b>" + code + "</b>&nbsp;</td><td>" + value + "</td></tr>";
  };
  const auto html =
      read_pages("<html><head><title>Factiva</title></head><body><div class=\"article enArticle\"><table>" +
                     row("HD", "<b class='enHeadline'>Rebels leave</b>") + row("PD", "3 March 2015") +
                     row("SN", "Hill Times") + row("LP", "<p class=\"articleParagraph\">One.</p>") +
                     row("TD", "<p>Two.</p><p>Three.</p>") + row("AN", "Document HILL0001") +
                     "</table></div></body></html>",
                 "export.html");
  REQUIRE(html.size() == 1);
  REQUIRE(html[0].has_value());
  CHECK(html[0]->id == "HILL0001");
  CHECK(html[0]->bytes == "Rebels leave\n\nOne.\n\nTwo.\n\nThree.");
  CHECK(html[0]->publisher == "Hill Times");
}

TEST_CASE("Nexis TXT: documents, keys, wrapped lines") {
  const auto items = read_pages(
      "Terms: (hill)\r\n\r\n                               1 of 2 DOCUMENTS\r\n\r\n\r\n"
      "                                  Hill Times\r\n\r\n                            March 3, 2015 "
      "Tuesday\r\n\r\n"
      "Rebels leave the town on\r\nthe hill\r\n\r\nBYLINE: Jane Roe\r\n\r\nSECTION: NEWS; Pg. "
      "6\r\n\r\nLENGTH: 9 words\r\n\r\n"
      "The first paragraph goes on\r\nin a second line.\r\n\r\nThe second: it stays.\r\n\r\nLOAD-DATE: March "
      "4, 2015\r\n\r\n"
      "LANGUAGE: ENGLISH\r\n\r\n                       Copyright 2015 Hill\r\n"
      "                               2 of 2 DOCUMENTS\r\n\r\n                      Post\r\n\r\n"
      "                 4. M\xC3\xA4rz 2015\r\n\r\nTitel\r\n\r\nL\xC3\x84NGE: 3 W\xC3\xB6rter\r\n\r\nText "
      "hier.\r\n",
      "nexis.txt");
  REQUIRE(items.size() == 2);
  REQUIRE(items[0].has_value());
  CHECK(items[0]->headline == "Rebels leave the town on the hill");
  CHECK(items[0]->publisher == "Hill Times");
  CHECK(items[0]->date == "March 3, 2015 Tuesday");
  CHECK(items[0]->authors == std::vector<std::string>{"Jane Roe"});
  CHECK(items[0]->bytes ==
        "Rebels leave the town on the hill\n\nThe first paragraph goes on in a second line.\n\nThe second: "
        "it stays.");
  REQUIRE(items[1].has_value());
  CHECK(items[1]->bytes == "Titel\n\nText hier.");
}

TEST_CASE("plain text that only mentions documents is no Nexis export") {
  const auto items = read_pages("They found 3 of 10 documents.\n\nNothing else was there.\n", "note.txt");
  REQUIRE(items.size() == 1);
  CHECK(items[0]->bytes.starts_with("They found"));
}

TEST_CASE("Nexis DOCX: documents behind a list of contents; passwords and broken files named") {
  const std::string file = word({"1. Rebels leave",
                                 "Search Terms: hill",
                                 "SECTION",
                                 "Rebels leave",
                                 "Hill Times",
                                 "March 3, 2015 Tuesday 9:20 AM GMT",
                                 "Section: NEWS",
                                 "Length: 9 words",
                                 "Byline: Jane Roe",
                                 "Body",
                                 "One &amp; one.",
                                 "Two.",
                                 "Load-Date: March 4, 2015",
                                 "End of Document",
                                 "SECTION",
                                 "Second title",
                                 "Post",
                                 "March 5, 2015",
                                 "Length: 1 word",
                                 "Body",
                                 "Three.",
                                 "End of Document",
                                 ""});
  const auto items = read_pages(file, "export.DOCX");
  REQUIRE(items.size() == 2);
  REQUIRE(items[0].has_value());
  CHECK(items[0]->headline == "Rebels leave");
  CHECK(items[0]->publisher == "Hill Times");
  CHECK(items[0]->bytes == "Rebels leave\n\nOne & one.\n\nTwo.");
  CHECK(items[1]->bytes == "Second title\n\nThree.");
  const auto plain = read_pages(word({"A title", "Some text."}), "note.docx");
  REQUIRE(plain.size() == 1);
  CHECK(plain[0]->bytes == "A title\n\nSome text.");

  CHECK(read_pages("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest", "x.docx")[0].error().what.find("password") !=
        std::string::npos);
  CHECK(read_pages(file.substr(0, file.size() / 2), "x.docx")[0].error().what.find("cut") !=
        std::string::npos);
  CHECK(zip_member(zip("a", "b", 1), "a", 100).error().what.find("encrypted") != std::string::npos);
  CHECK(zip_member(zip("a", std::string(5000, 'x')), "a", 1000).error().what.find("larger") !=
        std::string::npos);
  CHECK(*zip_member(zip("a", "b"), "a", 100) == "b");
}

TEST_CASE("PETRARCH XML: a sentence a page") {
  const auto items = read_pages(
      "<Sentences>\n<Sentence date=\"20150303\" id=\"H_1\" source=\"HILL\" "
      "sentence=\"True\">\n<Text>\nRebels left\nthe "
      "town.\n</Text>\n<Parse>(ROOT)</Parse></Sentence>\n<Sentence id=\"H_2\"></Sentence>\n</Sentences>",
      "in.xml");
  REQUIRE(items.size() == 2);
  CHECK(items[0]->id == "H_1");
  CHECK(items[0]->bytes == "Rebels left the town.");
  CHECK(items[0]->date == "20150303");
  CHECK_FALSE(items[1].has_value());
}

TEST_CASE("ARC records; what is none is named once") {
  const std::string http = "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Body</p>";
  const auto items = read_pages(
      "filedesc://x.arc 0.0.0.0 20150303000000 text/plain 2\nab\nhttp://e.org/a b 1.2.3.4 "
      "20150303000000 text/html " +
          std::to_string(http.size()) + "\n" + http + "\nrubbish\nmore rubbish\n",
      "x.arc");
  REQUIRE(items.size() == 2);
  REQUIRE(items[0].has_value());
  CHECK(items[0]->url == "http://e.org/a b");
  CHECK(items[0]->bytes == "<p>Body</p>");
  CHECK_FALSE(items[1].has_value());
}

TEST_CASE("WARC in zstd frames, one broken; with a dictionary") {
  const std::string good = zstd(response("<p>One</p>"));
  std::string broken = zstd(response("<p>Lost</p>"));
  broken[9] = char(broken[9] ^ 0xFF);
  broken[12] = char(broken[12] ^ 0xFF);
  const auto items = read_pages(good + broken.substr(0, broken.size() - 20) + good, "a.warc.zst");
  std::size_t pages = 0, errors = 0;
  for (const auto& item : items) item ? ++pages : ++errors;
  CHECK(pages == 2);
  CHECK(errors >= 1);

  const std::string raw = response("<p>Two words more</p>");
  const std::string dictionary = response("<p>words that repeat</p>");
  ZSTD_CCtx* state = ZSTD_createCCtx();
  ZSTD_CCtx_loadDictionary(state, dictionary.data(), dictionary.size());
  std::string packed(ZSTD_compressBound(raw.size()), '\0');
  packed.resize(ZSTD_compress2(state, packed.data(), packed.size(), raw.data(), raw.size()));
  ZSTD_freeCCtx(state);
  for (const std::string& d : {dictionary, zstd(dictionary)}) {
    const auto with =
        read_pages("\x5D\x2A\x4D\x18" + little(std::uint32_t(d.size()), 4) + d + packed, "a.warc.zst");
    REQUIRE(with.size() == 1);
    REQUIRE(with[0].has_value());
    CHECK(with[0]->bytes == "<p>Two words more</p>");
  }
}

TEST_CASE("a zstd bomb is cut at the size of a page") {
  const auto items = read_pages(zstd(std::string(100u << 20, 'a')), "bomb.txt.zst");
  REQUIRE(items.size() == 1);
  REQUIRE(items[0].has_value());
  CHECK(items[0]->bytes.size() == source::kMaxPage);
  CHECK(items[0]->truncated);
}

TEST_CASE("brotli bodies") {
  const std::string html = "<html><body><p>Brotli text</p></body></html>";
  std::string packed(1000, '\0');
  std::size_t size = packed.size();
  BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, html.size(),
                        reinterpret_cast<const std::uint8_t*>(html.data()), &size,
                        reinterpret_cast<std::uint8_t*>(packed.data()));
  packed.resize(size);
  const auto items =
      read_pages(response(packed, "Content-Encoding: br\r\n") + response(html, "Content-Encoding: br\r\n") +
                     response("\x01\x02\x03zz", "Content-Encoding: br\r\n"),
                 "a.warc");
  REQUIRE(items.size() == 3);
  CHECK(items[0]->bytes == html);
  CHECK(items[1]->bytes == html);
  CHECK(items[2].error().what.find("brotli") != std::string::npos);
}

TEST_CASE("WARC resource and conversion records") {
  const auto record = [](const std::string& type, const std::string& content_type, const std::string& body) {
    return "WARC/1.0\r\nWARC-Type: " + type + "\r\nContent-Type: " + content_type +
           "\r\nWARC-Target-URI: http://e.org/\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body + "\r\n\r\n";
  };
  const auto items =
      read_pages(record("resource", "text/html", "<p>R</p>") + record("resource", "image/png", "x") +
                     record("conversion", "text/plain", "Words."),
                 "a.warc");
  REQUIRE(items.size() == 2);
  CHECK(items[0]->form == RawPage::Form::html);
  CHECK(items[1]->bytes == "Words.");
}

TEST_CASE("patterns: matching files in order, none is an error") {
  const auto folder =
      std::filesystem::temp_directory_path() / ("annalist-glob-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  for (const char* name : {"b.txt", "a.txt", "c.html"}) REQUIRE(write_file((folder / name).string(), name));
  Source source({(folder / "*.txt").string(), (folder / "*.pdf").string()});
  std::string seen;
  std::size_t errors = 0;
  while (auto item = source.next()) {
    if (*item)
      seen += (*item)->bytes;
    else
      ++errors;
  }
  CHECK(seen == "a.txtb.txt");
  CHECK(errors == 1);
  std::filesystem::remove_all(folder);
}

TEST_CASE("tolerant XML: entities, CDATA, elements without an end") {
  using namespace annalist::source;
  CHECK(unescape_xml(" &lt;a&gt; &#65;&#x42; &unknown; <![CDATA[<b>]]> ") == "<a> AB &unknown; <b>");
  CHECK(plain_text("One <b>two</b> &amp; three") == "One two & three");
  CHECK(attribute("date=\"1\" id='x y'", "id") == "x y");
  Elements open("<a>1<a>2", "a");
  REQUIRE(open.next());
  CHECK(open.content == "1");
  REQUIRE(open.next());
  CHECK(open.content == "2");
  CHECK_FALSE(open.next());
}
