// Who may do what: keys with scopes, kept as SHA-256 of 32 random bytes (nothing to guess, so nothing slower
// is needed), and a token bucket for each caller.
//
// The key file is text, one key a line: hash, name, scopes, day made. The key itself is shown once and never
// kept.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace annalist::serve {

enum Scope : unsigned { kRead = 1, kIngest = 2, kReview = 4, kAdmin = 8 };
/// "read,review" -> bits. An Error names the unknown one.
Result<unsigned> parse_scopes(std::string_view list);
std::string scope_names(unsigned scopes);

struct Key {
  std::string hash, name, made;
  unsigned scopes = 0;
};

class KeyRing {
 public:
  /// A file that is not there holds no keys.
  static Result<KeyRing> load(const std::string& path);
  Status save(const std::string& path) const;
  /// Makes a key and returns it; `made` is the day for the record.
  Result<std::string> add(std::string_view name, unsigned scopes, std::string_view made);
  bool remove(std::string_view name);
  /// The key that was presented, or none. Takes the same time for any wrong key.
  const Key* find(std::string_view presented) const;
  const std::vector<Key>& keys() const { return keys_; }

 private:
  std::vector<Key> keys_;
};

/// A token bucket a caller: `rate` a second, bursts of `burst`. Shared by all threads.
class RateLimit {
 public:
  RateLimit(double rate, double burst) : rate_(rate), burst_(burst) {}
  /// Takes one; 0 when granted, else the seconds after which it would be.
  double take(std::string_view caller, std::chrono::steady_clock::time_point now);
  double rate() const { return rate_; }

 private:
  struct Bucket {
    double tokens = 0;
    std::chrono::steady_clock::time_point at;
  };
  double rate_, burst_;
  std::mutex lock_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace annalist::serve
