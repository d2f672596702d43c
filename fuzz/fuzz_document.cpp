// JSON -> Document -> JSON -> Document -> JSON: what is read must be written the same twice.
#include <cstdint>
#include <string>

#include "doc/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace annalist;
  const auto first = read_json({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!first) return 0;
  std::string once, twice;
  write_json(first->document, first->engine, kEverything, once);
  const auto second = read_json(once, "fuzz");
  if (!second) __builtin_trap();
  write_json(second->document, second->engine, kEverything, twice);
  if (once != twice) __builtin_trap();
  return 0;
}
