// Where the accurate tier is worth its time. The fast tier reads everything; sentences that may hold an event
// are read again by the accurate one, the others keep the fast reading.
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
  std::vector<std::string_view> words;
  std::vector<std::uint32_t> ends;
};

/// Sets passes[i] for each sentence i (as parse() takes them) in which the head `gate` is above 0 at some
/// word. Does nothing if the model has no such head.
void open_gate(const Parsed& fast, std::span<const std::uint32_t> ends, std::span<std::uint8_t> passes);

/// `out`: the sentences that pass as `accurate` reads them, the others as in `gate.fast`, which is what the
/// fast tier of the same file said of these words. Deeds are tagged over the sentences that pass, as if they
/// were the whole report; the others have none.
void read_again(const Model& accurate, const Kernels& kernels, std::span<const std::string_view> words,
                std::span<const std::uint32_t> ends, std::span<const std::uint8_t> passes,
                ParseScratch& scratch, GateScratch& gate, Parsed& out);

}  // namespace annalist::lang
