#include <doctest/doctest.h>

#include "base/date.h"
#include "base/sha256.h"
#include "base/sha256_blocks.h"
#include "base/strings.h"
#include "base/utf8.h"

using namespace annalist;

TEST_CASE("fold: names in any Latin spelling give one key") {
  CHECK(fold("Al-Ḥamīdīya") == "al hamidiya");
  CHECK(fold("Jabhat al‐Nuṣra") == "jabhat al nusra");
  CHECK(fold("Sana'a") == fold("Sanaʿa"));
  CHECK(fold("Łódź") == "lodz");
  CHECK(fold("  İzmir -- Çeşme ") == "izmir cesme");
  CHECK(fold("Straße") == "strasse");
  CHECK(fold("حلب") == "حلب");
  CHECK(fold("") == "");
}

TEST_CASE("utf-8: repair keeps good text and marks bad bytes") {
  CHECK(repair_utf8("naïve") == "naïve");
  CHECK(repair_utf8("a\xff b") == "a\uFFFD b");
  CHECK(repair_utf8(std::string_view("a\0b", 3)) == "a\uFFFDb");
  CHECK(repair_utf8("\xc0\xaf") == "\uFFFD\uFFFD");                      // overlong
  CHECK(repair_utf8("\xed\xa0\x80").find('\xed') == std::string::npos);  // surrogate
  CHECK(is_valid_utf8("Дейр-эз-Зор"));
  CHECK_FALSE(is_valid_utf8("\xe2\x82"));
}

TEST_CASE("offset map: bytes and code points agree both ways") {
  std::string text;
  for (int i = 0; i < 50; ++i) text += i % 3 ? "ab’c" : "Сé𝄞";
  const OffsetMap map(text);
  std::uint32_t code_point = 0;
  for (std::size_t at = 0; at < text.size(); ++code_point) {
    CHECK(map.to_code_points(static_cast<std::uint32_t>(at)) == code_point);
    CHECK(map.to_bytes(code_point) == at);
    next_code_point(text, at);
  }
  CHECK(map.to_bytes(code_point) == text.size());
  CHECK(map.to_code_points(static_cast<std::uint32_t>(text.size())) == count_code_points(text));
}

TEST_CASE("both ways to compute SHA-256 agree") {
  Sha256 now;  // with the instructions of the processor where it has them
  std::string bytes;
  for (int i = 0; i < 64 * 41; ++i) bytes.push_back(char(i * 31 + i / 64));
  now.update(bytes);
  std::uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                            0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  const auto* p = reinterpret_cast<const std::uint8_t*>(bytes.data());
  detail::sha256_blocks_portable(state, p, 41);
  std::uint8_t end[64] = {0x80};
  for (int i = 0; i < 8; ++i) end[63 - i] = std::uint8_t(std::uint64_t(64 * 41 * 8) >> (8 * i));
  detail::sha256_blocks_portable(state, end, 1);
  std::array<std::uint8_t, 32> slow;
  for (int i = 0; i < 32; ++i) slow[std::size_t(i)] = std::uint8_t(state[i / 4] >> (24 - 8 * (i % 4)));
  CHECK(now.finish() == slow);
}

TEST_CASE("sha-256: the vectors of FIPS 180-4") {
  CHECK(hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(sha256(std::string(1000000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("days: ISO in and out, weekdays, impossible dates") {
  CHECK(Day::parse_iso("2014-11-01").iso() == "2014-11-01");
  CHECK(Day::parse_iso("2014-11-01").weekday() == 6);  // a Saturday
  CHECK(Day::parse_iso("1969-12-31").value == -1);
  CHECK_FALSE(Day::parse_iso("2015-02-29"));
  CHECK_FALSE(Day::parse_iso("2015-13-01"));
  CHECK_FALSE(Day::parse_iso("soon"));
}
