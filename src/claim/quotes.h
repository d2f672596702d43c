// Quotation marks paired into spans: straight, curly, doubled single, guillemets; single inside double;
// speech that runs over paragraphs; marks that are never closed. Text in, spans out; no state.
#pragma once

#include <cstdint>
#include <vector>

#include "doc/document.h"

namespace annalist::claims {

struct Quote {
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  Span outer;                    // marks included
  Span inner;                    // marks excluded
  std::uint32_t parent = kNone;  // the quotation that this one stands in
  bool continued = false;        // the next paragraph goes on with the same speech (no closing mark)
};

/// The quotations of all body blocks in text order, parents before children. O(bytes).
///
/// An apostrophe is no mark: single quotes open only before a letter at the start of a word and close only
/// behind one. A mark without partner ends with its sentence, or with its paragraph where the paragraph
/// begins with it.
std::vector<Quote> find_quotes(const Document& doc);

}  // namespace annalist::claims
