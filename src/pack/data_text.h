// One checked text of data/, as the codebook pack carries it: "actors/syria.txt" and its bytes.
// A stage that is built from data takes a list of these and picks the names it knows.
#pragma once

#include <string_view>
#include <vector>

namespace annalist {

struct DataText {
  std::string_view name;  // path below data/
  std::string_view text;  // lives as long as the pack
};

}  // namespace annalist
