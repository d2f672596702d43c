// What the readers of PETRARCH dictionaries share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pack/petrarch.h"

namespace annalist::petrarch {

struct Line {
  std::string_view text;  // without comment
  int number = 0;
  bool indented = false;
};

/// Lines that say something: no comments ("#", ";", "<!-- -->"), no blank lines.
std::vector<Line> lines_of(const DataText& dictionary);

/// "MINAS_TIRITH " -> "Minas Tirith"; a single word of capitals of up to five letters, or with dots, stays.
std::string written(std::string_view name);
/// "minas-tirith".
std::string slug(std::string_view name);
/// What a code says of the kind of an actor: the first role in it ("USAGOVMIL" -> government); "state" for
/// none.
std::string_view kind_of(std::string_view code);

std::string fault(const DataText& file, int line, const std::string& what, const std::string& remedy);

/// YYMMDD or YYYYMMDD as YYYY-MM-DD; nothing when it is no day.
std::optional<std::string> day(std::string_view digits);

}  // namespace annalist::petrarch
