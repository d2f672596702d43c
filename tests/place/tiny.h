// A tiny gazetteer of hand-entered rows, and documents from plain sentences: what the place tests run on.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "doc/document.h"
#include "place/build.h"
#include "place/find_places.h"
#include "place/gazetteer.h"

namespace annalist::test {

/// The sources of the tiny gazetteer; replace one to test an error.
GazetteerSources tiny_sources();
/// The tiny gazetteer, built and mapped once.
const Gazetteer& tiny_gazetteer();
/// The stage over the tiny gazetteer with the words and weights of data/places.
const FindPlaces& tiny_stage();
/// A whole file of the repository (tests run in its root).
std::string repository_file(const std::string& path);
/// A file in the temporary folder that holds `bytes`; its path.
std::string temporary_file(const std::string& name, std::string_view bytes);

/// A document of one paragraph a line, split at ". " into sentences and at blanks and punctuation into words.
/// Syntax is trivial; `names` become name mentions, first occurrence each.
Document plain_document(std::string_view text,
                        const std::vector<std::pair<std::string, EntityType>>& names = {});
/// As plain_document, with the place stage run.
Document placed(std::string_view text, const std::vector<std::pair<std::string, EntityType>>& names = {});
/// The n-th place whose words are `words`, or null.
const Place* place_of(const Document& doc, std::string_view words, int n = 0);

}  // namespace annalist::test
