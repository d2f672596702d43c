// Where the accurate tier is worth its time. The fast tier reads everything; a sentence in which it sees a
// word that may be an event's is read again by the accurate one, the others keep the fast reading.
// Pure functions; scratch is the caller's.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "lang/parse.h"

namespace annalist::lang {

struct GateScratch {
  Parsed fast, accurate;
  std::vector<std::uint8_t> passes;  // of each sentence
  std::vector<std::string_view> words;
  std::vector<std::uint32_t> ends;
};

/// For each sentence (as parse() takes them), whether the head `gate` is above 0 at one of its words.
void read_gate(const Parsed& fast, std::span<const std::uint32_t> ends, std::vector<std::uint8_t>& passes);

/// As parse(), with both tiers of one file. `fast` has the head `gate`.
void parse_gated(const Model& fast, const Model& accurate, const Kernels& kernels,
                 std::span<const std::string_view> words, std::span<const std::uint32_t> ends,
                 ParseScratch& scratch, GateScratch& gate, Parsed& out);

}  // namespace annalist::lang
