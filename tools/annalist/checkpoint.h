// What a long run leaves behind so that it can be resumed: how many inputs are done, how long the output then
// was, and a digest of those inputs. Written beside, then renamed: a crash leaves the last whole one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace annalist::tool {

struct Checkpoint {
  std::uint64_t items = 0;   // inputs done, failed ones too
  std::uint64_t failed = 0;  // of them
  std::uint64_t bytes = 0;   // of output
  std::uint64_t digest = 0;  // over the inputs done
  std::string made_by;       // hashes of version and data files: other ones would write other bytes

  /// Takes an input into the digest.
  void add(std::string_view id, std::string_view origin);
  /// A missing file is an empty checkpoint; one of another program version is an Error.
  static Result<Checkpoint> read(const std::string& path, const std::string& made_by);
  Status write(const std::string& path) const;
};

/// A line of the quarantine file: where, offset or line, reason, remedy.
std::string quarantine_line(const Error& error);

}  // namespace annalist::tool
