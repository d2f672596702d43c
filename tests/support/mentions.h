// Mentions for hand-made trees: the names a test lists, and every noun phrase and personal pronoun beside
// them, as the language layer would find them (src/lang/mentions.h).
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "doc/document.h"

namespace annalist::test {

/// Fills the Mention layer. Every occurrence of a listed text at word boundaries is a name of that type;
/// longer texts first. Throws std::runtime_error when a listed text does not occur.
void add_mentions(Document& doc, std::vector<std::pair<std::string_view, EntityType>> names);

/// The first mention at or after mention `from` with exactly that text; throws when there is none.
Id<Mention> mention_of(const Document& doc, std::string_view text, std::size_t from = 0);

}  // namespace annalist::test
