// Inputs made by hand in memory and in a folder of the system's temporary directory.
#include "source/source.h"

#include <doctest/doctest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <string>

#include "base/file.h"
#include "source/http.h"

using namespace annalist;

namespace {

std::string gzip(const std::string& bytes) {
  z_stream state{};
  deflateInit2(&state, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(bytes.size() + 200, '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  state.avail_in = uInt(bytes.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = uInt(out.size());
  deflate(&state, Z_FINISH);
  out.resize(out.size() - state.avail_out);
  deflateEnd(&state);
  return out;
}

std::string record(const std::string& url, const std::string& http, const std::string& type = "response",
                   long long length = -1) {
  return "WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Target-URI: " + url +
         "\r\nContent-Length: " + std::to_string(length < 0 ? (long long)http.size() : length) + "\r\n\r\n" +
         http + "\r\n\r\n";
}

std::string http(const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + more + "\r\n" + body;
}

struct Summary {
  std::string pages, errors;
};
Summary summary(const std::vector<Result<RawPage>>& items) {
  Summary out;
  for (const auto& item : items) {
    if (item)
      out.pages += item->bytes + "|";
    else
      out.errors += item.error().message() + "|";
  }
  return out;
}

}  // namespace

TEST_CASE("JSONL: keys, numeric ids, bad lines by number") {
  const auto items = read_pages(
      "{\"id\": 7, \"text\": \"One.\", \"date\": \"2015-03-03\", \"url\": \"u\", \"headline\": \"h\", "
      "\"publisher\": \"p\"}\n"
      "\n"
      "{broken\n"
      "{\"id\": \"x\"}\n"
      "{\"html\": \"<p>Two\"}",
      "a.jsonl");
  REQUIRE(items.size() == 4);
  REQUIRE(items[0].has_value());
  CHECK(items[0]->id == "7");
  CHECK(items[0]->date == "2015-03-03");
  CHECK(items[0]->publisher == "p");
  CHECK(items[0]->form == RawPage::Form::text);
  CHECK(items[0]->origin == "a.jsonl:1");
  CHECK(items[1].error().where == "a.jsonl:3");
  CHECK(items[2].error().where == "a.jsonl:4");
  REQUIRE(items[3].has_value());
  CHECK(items[3]->form == RawPage::Form::html);
  CHECK(items[3]->id.size() == 16);
}

TEST_CASE("JSON: one object or an array; gzip anywhere") {
  CHECK(summary(read_pages("{\"text\":\n\"One.\"}", "a.json")).pages == "One.|");
  CHECK(summary(read_pages("[{\"text\":\"One.\"},{\"text\":\"Two.\"}]", "-")).pages == "One.|Two.|");
  CHECK(summary(read_pages(gzip("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n"), "-")).pages == "One.|Two.|");
  CHECK(summary(read_pages("", "a.json")).errors != "");
}

TEST_CASE("WARC: HTML responses only, decoded") {
  const std::string warc =
      record("", "software: x", "warcinfo") + record("http://a/1", http("<p>One")) +
      record("http://a/2", "HTTP/1.1 404 Gone\r\nContent-Type: text/html\r\n\r\nno") +
      record("http://a/3", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nno") +
      record("http://a/4", http("3\r\n<p>\r\n4\r\nFour\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n")) +
      record("http://a/5", http(gzip("<p>Five"), "Content-Encoding: gzip\r\n"));
  const auto items = read_pages(warc, "a.warc");
  CHECK(summary(items).pages == "<p>One|<p>Four|<p>Five|");
  CHECK(summary(items).errors == "");
  CHECK(items[0]->url == "http://a/1");
  CHECK(items[0]->charset == "utf-8");
}

TEST_CASE("WARC: broken lengths, junk and cut tails are named, the rest is read") {
  const std::string good = record("http://a/1", http("<p>One")), last = record("http://a/9", http("<p>Last"));
  auto items = read_pages(good + "junk\r\nmore junk\r\n" + last, "a.warc");
  CHECK(summary(items).pages == "<p>One|<p>Last|");
  CHECK(summary(items).errors.find("no WARC record") != std::string::npos);
  // A length that reaches into the next record.
  items = read_pages(record("http://a/1", http("<p>One"), "response", 500) + last, "a.warc");
  CHECK(summary(items).pages == "<p>One|<p>Last|");
  REQUIRE(items[0].has_value());
  CHECK(items[0]->truncated);
  items =
      read_pages("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nx\r\n\r\n" + last, "a.warc");
  CHECK(summary(items).pages == "<p>Last|");
  CHECK(summary(items).errors.find("Content-Length") != std::string::npos);
  items = read_pages((good + last).substr(0, good.size() + last.size() - 8), "a.warc");
  REQUIRE(items.size() == 2);
  CHECK(items[1]->truncated);
}

TEST_CASE(
    "a gzip member cut anywhere, with the beginning of another behind it, yields what was read of it or an "
    "error") {
  std::string prose;
  for (int i = 0; i < 40; ++i) prose += "<p>One ";
  const std::string whole = gzip(record("http://a/1", http(prose)));
  for (std::size_t cut = 10; cut < whole.size(); ++cut) {
    const Summary s = summary(read_pages(whole.substr(0, cut) + whole.substr(0, cut / 2), "a.warc.gz"));
    CHECK((!s.pages.empty() || !s.errors.empty()));
    CHECK(summary(read_pages(whole + whole.substr(0, cut), "a.warc.gz")).pages.starts_with("<p>One"));
  }
}

TEST_CASE("WARC in gzip members: a broken member costs only itself") {
  std::string bad = gzip(
      record("http://a/2", http("<p>Two, which is long enough to be compressed, compressed, compressed.")));
  for (std::size_t i = 20; i < 40; ++i) bad[i] = char(i * 37);
  const std::string warc =
      gzip(record("http://a/1", http("<p>One"))) + bad + gzip(record("http://a/3", http("<p>Three")));
  const auto items = read_pages(warc, "a.warc.gz");
  const Summary s = summary(items);
  CHECK(s.pages.find("<p>One|") != std::string::npos);
  CHECK(s.pages.find("<p>Three|") != std::string::npos);
  CHECK(s.errors.find("gzip") != std::string::npos);
  const std::string cut = gzip(record("http://a/1", http("<p>One"))) + bad.substr(0, 15);
  CHECK(summary(read_pages(cut, "a.warc.gz")).pages == "<p>One|");
  CHECK(summary(read_pages(cut, "a.warc.gz")).errors.find("gzip") != std::string::npos);
}

TEST_CASE("feeds: RSS and Atom items") {
  const auto rss = read_pages(
      "<?xml version='1.0'?><rss><channel><title>The Example</title>"
      "<item><title>A &amp; B</title><link>http://a/1</link><pubDate>Tue, 03 Mar 2015 10:00:00 GMT</pubDate>"
      "<description><![CDATA[<p>One]]></description></item>"
      "<item><title>No text</title></item></channel></rss>",
      "feed.xml");
  REQUIRE(rss.size() == 2);
  REQUIRE(rss[0].has_value());
  CHECK(rss[0]->headline == "A & B");
  CHECK(rss[0]->url == "http://a/1");
  CHECK(rss[0]->publisher == "The Example");
  CHECK(rss[0]->bytes == "<p>One");
  CHECK_FALSE(rss[1].has_value());
  const auto atom = read_pages(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><entry><title>E</title>"
      "<link "
      "href=\"http://a/2\"/><updated>2015-03-03T10:00:00Z</updated><summary>Two.</summary></entry></feed>",
      "-");
  REQUIRE(atom.size() == 1);
  CHECK(atom[0]->url == "http://a/2");
  CHECK(atom[0]->bytes == "Two.");
}

TEST_CASE("folders are read in order; what is missing does not stop the rest") {
  const auto folder =
      std::filesystem::temp_directory_path() / ("annalist_source_test_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "b");
  REQUIRE(write_file((folder / "c.txt").string(), "Three."));
  REQUIRE(write_file((folder / "a.html").string(), "<p>One"));
  REQUIRE(write_file((folder / "b" / "x.jsonl").string(),
                     "{\"path\": \"../c.txt\", \"id\": \"via\"}\n{\"path\": \"none.html\"}\n"));
  REQUIRE(write_file((folder / "skip.png").string(), "no"));
  Source source({(folder / "missing.txt").string(), folder.string()});
  std::string seen;
  while (auto item = source.next()) seen += *item ? (*item)->bytes + "|" : std::string("error|");
  CHECK(seen == "error|<p>One|Three.|error|Three.|");
  std::filesystem::remove_all(folder);
}

TEST_CASE("HTTP bodies that lie about themselves") {
  CHECK(source::read_http(http("plain", "Content-Encoding: gzip\r\n"))->body == "plain");
  CHECK(source::read_http(http("not chunked at all", "Transfer-Encoding: chunked\r\n"))->body ==
        "not chunked at all");
  CHECK(source::read_http(http("5\r\nab", "Transfer-Encoding: chunked\r\n"))->truncated);
  CHECK_FALSE(source::read_http("SMTP").has_value());
  CHECK_FALSE(source::read_http("HTTP/1.1 200 OK\r\nno end").has_value());
  // A bomb is cut at the page limit.
  const auto bomb = source::read_http(http(gzip(std::string(40u << 20, 'a')), "Content-Encoding: gzip\r\n"));
  REQUIRE(bomb.has_value());
  CHECK(bomb->truncated);
  CHECK(bomb->body.size() == source::kMaxPage);
}

TEST_CASE("any bytes are read without a crash") {
  std::string odd = "WARC/1.0\r\n\r\n{[<rss><item>\x1F\x8B\x08";
  for (int i = 0; i < 200; ++i) odd += char(i * 73 + 11);
  for (const char* name : {"a.warc", "a.warc.gz", "a.jsonl", "a.json", "feed.xml", "-", "a.html"})
    for (std::size_t from = 0; from < odd.size(); from += 3)
      (void)read_pages(std::string_view(odd).substr(from), name);
}
