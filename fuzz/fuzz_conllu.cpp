// CoNLL-U -> the engine (a toy model: random weights, all of the code) -> CoNLL-U, which must be readable
// again.
#include <cstdint>
#include <sstream>
#include <string>

#include "lang/conllu.h"
#include "lang/toy_model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace annalist;
  static const auto model = test::toy_model();
  std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
  std::ostringstream out;
  const lang::ConlluMore roles{.roles = true};
  if (!lang::parse_conllu(*model, in, out, roles)) return 0;
  std::istringstream written(out.str());
  std::ostringstream again;
  if (!lang::parse_conllu(*model, written, again, roles)) __builtin_trap();
  return 0;
}
