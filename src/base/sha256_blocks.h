// What the two ways to compute SHA-256 share. Not for use outside base.
#pragma once

#include <cstddef>
#include <cstdint>

namespace annalist::detail {

extern const std::uint32_t kSha256Rounds[64];

/// Takes `blocks` blocks of 64 bytes into the state.
void sha256_blocks_portable(std::uint32_t* state, const std::uint8_t* p, std::size_t blocks);
void sha256_blocks_x86(std::uint32_t* state, const std::uint8_t* p, std::size_t blocks);

}  // namespace annalist::detail
