// Lines of an import file with their numbers, checked for UTF-8; and the line that names the file in the
// gazetteer. Views into the mapped file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace annalist {

class LineReader {
 public:
  LineReader(std::string_view text, std::string path) : text_(text), path_(std::move(path)) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }
  /// Moves to the next line; false at the end. A carriage return at the end is taken off.
  bool next();
  std::string_view line() const { return line_; }
  std::uint64_t number() const { return number_; }
  std::string where() const { return path_ + ":" + std::to_string(number_); }
  /// An Error for a line that is not UTF-8, holds NUL bytes or is absurdly long.
  Status check() const;

 private:
  std::string_view text_, line_;
  std::string path_;
  std::size_t at_ = 0;
  std::uint64_t number_ = 0;
};

/// "GeoNames: SY.txt (CC BY 4.0)". `licence` empty: `usual`.
std::string source_line(std::string_view kind, const std::string& path, std::string_view licence,
                        std::string_view usual);

}  // namespace annalist
