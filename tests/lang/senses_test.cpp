#include "lang/senses.h"

#include <doctest/doctest.h>

#include <string>

namespace annalist::lang {
namespace {

Result<SenseViews> loaded(std::string_view text, std::size_t hidden = 2) {
  return SenseViews::load({{"patterns/sense-weights.txt", text}}, hidden);
}

constexpr std::string_view kViews =
    "bias\t7\nview word deed\t1\t2\nview word talk\t0.5\t0\nview report deed\t-1\t1\nview report "
    "talk\t0\t-2\n";

}  // namespace

TEST_CASE("a state is seen by each view of sense-weights.txt") {
  const auto views = loaded(kViews);
  REQUIRE(views);
  const float state[] = {3, 10};
  const SenseTag tag = views->read(state);
  CHECK(tag.read);
  CHECK(tag.word[SenseTag::deed] == 23);
  CHECK(tag.word[SenseTag::talk] == 1.5F);
  CHECK(tag.report[SenseTag::deed] == 7);
  CHECK(tag.report[SenseTag::talk] == -20);
}

TEST_CASE("weights of another encoder are refused, none at all are none") {
  CHECK(loaded(kViews, 3).error().message().find("sense-weights.txt:2") != std::string::npos);
  CHECK(loaded("view word deed\t1\t2\n").error().message().find("every view") != std::string::npos);
  const auto none = SenseViews::load({}, 2);
  REQUIRE(none);
  CHECK(none->empty());
}

}  // namespace annalist::lang
