// SHA-256 (FIPS 180-4), for the hashes of data files and the ids of documents. Not for secrets.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace annalist {

class Sha256 {
 public:
  Sha256();
  void update(std::string_view bytes);
  std::array<std::uint8_t, 32> finish();

 private:
  std::array<std::uint32_t, 8> state_;
  std::array<std::uint8_t, 64> buffer_;
  std::size_t buffered_ = 0;
  std::uint64_t total_ = 0;
};

std::array<std::uint8_t, 32> sha256(std::string_view bytes);
/// The first `digits` hexadecimal digits of a hash.
std::string hex(const std::array<std::uint8_t, 32>& hash, std::size_t digits = 64);

}  // namespace annalist
