// Plain text -> blocks, by layout and wording: what is the report and what stands around it.
//
// The text itself is never changed. Blocks cover every line that is not blank, in order, without overlap.
#pragma once

#include <string_view>
#include <vector>

#include "doc/document.h"
#include "page/patterns.h"

namespace annalist::page {

/// Blocks of `text`. `headline` (may be empty) is a hint: a line that equals it is the headline. Lines that
/// were wrapped at a fixed width are joined into one block. Linear in the text.
std::vector<Block> lay_out_text(std::string_view text, std::string_view headline, const Patterns& patterns);

/// What the wording alone says of a short or long block inside a report: byline, caption, sign-off, teaser,
/// boilerplate, or paragraph where it says nothing.
BlockKind kind_by_wording(std::string_view block, const Patterns& patterns);

/// A line that heads a list of other articles ("Related Articles").
bool heads_other_articles(std::string_view line, const Patterns& patterns);

/// Runs between blanks; scripts that write no blanks count a word for two characters.
std::size_t count_words(std::string_view text);

}  // namespace annalist::page
