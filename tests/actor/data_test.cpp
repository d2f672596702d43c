// The reviewed data under data/actors must load, and its entries must keep their promises.
#include <doctest/doctest.h>

#include "actor_texts.h"

using namespace annalist;

TEST_CASE("the shipped actor data loads") {
  const ActorBase& base = test::actor_base();
  std::size_t groups = 0, persons = 0;
  for (const ActorEntry& e : base.entries()) (e.is_person() ? persons : groups) += 1;
  CHECK(groups >= 300);
  CHECK(persons >= 200);
  for (const ActorEntry& e : base.entries()) {
    CAPTURE(e.id);
    CHECK(e.kind != ActorKind::none);
    CHECK_FALSE(e.code.empty());
    CHECK(e.name.find('|') == std::string::npos);
    for (const std::string& alias : e.aliases) CHECK(alias != e.name);
  }
}

TEST_CASE("aliases that mean two actors at once carry a priority") {
  const auto open = test::actor_base().ambiguities();
  for (const std::string& line : open) MESSAGE(line);
  CHECK(open.empty());
}
