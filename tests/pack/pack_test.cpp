#include <doctest/doctest.h>

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "pack/pack.h"
#include "pack/stanza.h"

using namespace annalist;

namespace {

/// A path of this process alone: the release and the sanitizer build may run side by side.
std::string temporary(const char* name) {
  return (std::filesystem::temp_directory_path() /
          ("annalist_test_" + std::to_string(::getpid()) + "_" + name))
      .string();
}

std::string sample() {
  PackWriter writer(PackKind::codebook);
  writer.add("words", "alpha\nbeta\n");
  writer.add_records("numbers", std::vector<std::uint32_t>{1, 2, 3});
  return writer.bytes();
}

}  // namespace

TEST_CASE("pack: what was written is read back") {
  const std::string path = temporary("roundtrip");
  REQUIRE(write_file(path, sample()));
  const auto pack = Pack::open(path, PackKind::codebook, "make it");
  REQUIRE(pack);
  CHECK(pack->section("words")->bytes == "alpha\nbeta\n");
  CHECK(pack->section("numbers")->as<std::uint32_t>()[2] == 3);
  CHECK(pack->names().size() == 2);
  CHECK(pack->verify());
  CHECK(pack->hash().size() == 12);
  CHECK_FALSE(pack->section("no such"));
  std::remove(path.c_str());
}

TEST_CASE("pack: a wrong file is an error that names the file and the remedy") {
  const std::string path = temporary("bad");
  const auto message = [&](std::string bytes, PackKind kind) {
    REQUIRE(write_file(path, bytes));
    const auto pack = Pack::open(path, kind, "run `make data`");
    return pack ? std::string() : pack.error().message();
  };
  for (const std::string& said :
       {message("hello", PackKind::codebook), message(sample().substr(0, 150), PackKind::codebook),
        message("", PackKind::codebook), message(sample(), PackKind::model),
        message(sample().replace(8, 1, "\x09"), PackKind::codebook)}) {
    CHECK(said.find(path) != std::string::npos);
    CHECK(said.find("make data") != std::string::npos);
  }
  std::string flipped = sample();
  flipped[flipped.size() - 60] ^= 1;
  REQUIRE(write_file(path, flipped));
  const auto pack = Pack::open(path, PackKind::codebook, "run `make data`");
  REQUIRE(pack);
  CHECK_FALSE(pack->verify());
  // Any byte of header and table may be wrong: open must answer, not crash.
  for (std::size_t i = 0; i < 64 + 2 * 64; ++i) {
    std::string broken = sample();
    broken[i] = static_cast<char>(broken[i] ^ 0xFF);
    REQUIRE(write_file(path, broken));
    if (const auto p = Pack::open(path, PackKind::codebook, "")) CHECK(p->names().size() <= 3);
  }
  std::remove(path.c_str());
  CHECK_FALSE(Pack::open(temporary("missing"), PackKind::model, "run `make data`"));
}

TEST_CASE("stanzas: values, lists, continuations") {
  const auto parsed = parse_stanzas(
      "# head\n[a]\nname: First\nalias: x; y\nalias: z\nnote: one\n  two\n\n[b]\nname: B: c\n", "t.txt");
  REQUIRE(parsed);
  REQUIRE(parsed->size() == 2);
  CHECK(parsed->at(0).get("name") == "First");
  CHECK(parsed->at(0).list("alias").size() == 3);
  CHECK(parsed->at(0).get("note") == "one two");
  CHECK(parsed->at(1).get("name") == "B: c");
  CHECK(parsed->at(1).where() == "t.txt:9");
  CHECK(parsed->at(1).get("none") == "");
}

TEST_CASE("stanzas: faults name file and line") {
  const auto where = [](std::string_view text, std::vector<std::string_view> allowed = {}) {
    const auto parsed = parse_stanzas(text, "t.txt", allowed);
    return parsed ? std::string("fine") : parsed.error().where;
  };
  CHECK(where("name: x\n") == "t.txt:1");
  CHECK(where("[a]\nname x\n") == "t.txt:2");
  CHECK(where("[a]\n[a]\n") == "t.txt:2");
  CHECK(where("[a\n") == "t.txt:1");
  CHECK(where("[a]\nnaem: x\n", {"name"}) == "t.txt:2");
  CHECK(where("[a]\n  hanging\n") == "t.txt:2");
  CHECK(where("[a]\nname: x\n", {"name"}) == "fine");
}

TEST_CASE("tables: cells and faults") {
  const auto table = parse_table("# c\na\tb\n1\t2\n\n3\t\n", "t.tsv");
  REQUIRE(table);
  CHECK(table->rows.size() == 2);
  CHECK(table->rows[1][1] == "");
  CHECK(*table->column("b", "t.tsv") == 1);
  CHECK_FALSE(table->column("z", "t.tsv"));
  const auto bad = parse_table("a\tb\n1\n", "t.tsv");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().where == "t.tsv:2");
}
