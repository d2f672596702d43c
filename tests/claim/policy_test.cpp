#include "claim/policy.h"

#include <doctest/doctest.h>

using annalist::Count;
using annalist::CountPolicy;
using annalist::Figure;
using annalist::settle;

namespace {

Figure says(std::uint32_t voice, std::int32_t n, bool party = false) {
  Figure f;
  f.value.best = n;
  f.voice = voice;
  f.party = party;
  return f;
}

void same(const Count& c, std::int32_t low, std::int32_t best, std::int32_t high) {
  CHECK(c.low == low);
  CHECK(c.best == best);
  CHECK(c.high == high);
}

}  // namespace

TEST_CASE("nobody says a number: none is made up") {
  CHECK_FALSE(settle({}, CountPolicy::conservative).known());
  const Figure unknown[] = {Figure{}};
  CHECK_FALSE(settle(unknown, CountPolicy::ucdp).known());
}

TEST_CASE("conservative takes the lowest figure, median the middle one with its bounds") {
  const Figure all[] = {says(1, 12), says(2, 30), says(3, 17)};
  same(settle(all, CountPolicy::conservative), 12, 12, 12);
  same(settle(all, CountPolicy::median), 12, 17, 30);
  const Figure two[] = {says(1, 12), says(2, 30)};
  same(settle(two, CountPolicy::median), 12, 12, 30);
}

TEST_CASE("the last figure of a voice stands") {
  const Figure all[] = {says(1, 5), says(1, 9)};
  same(settle(all, CountPolicy::conservative), 9, 9, 9);
}

TEST_CASE("UCDP: a third party before a side of the fight, and no boast in the high estimate") {
  const Figure all[] = {says(1, 200, true), says(2, 15), says(3, 20)};
  same(settle(all, CountPolicy::ucdp), 15, 15, 20);
  const Figure modest[] = {says(1, 25, true), says(2, 15)};
  same(settle(modest, CountPolicy::ucdp), 15, 15, 25);
}

TEST_CASE("UCDP: an admission counts as a third party's word; the number that most give is best") {
  Figure own = says(1, 40, true);
  own.admission = true;
  const Figure all[] = {own, says(2, 90, true)};
  same(settle(all, CountPolicy::ucdp), 40, 40, 90);
  const Figure agree[] = {says(1, 20), says(2, 18), says(3, 20)};
  same(settle(agree, CountPolicy::ucdp), 18, 20, 20);
}

TEST_CASE("bounds count as such: at least 10, between 30 and 50") {
  Figure least, between;
  least.value.low = 10;
  least.voice = 1;
  between.value = {30, -1, 50};
  between.voice = 2;
  const Figure all[] = {least, between};
  same(settle(all, CountPolicy::median), 10, 10, 50);
  same(settle(all, CountPolicy::ucdp), 10, 10, 50);
}
