// How names and places are filed in the gazetteer: under which keys, as which kind, how important. Shared by
// the build of the default gazetteer and the import of other sources. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "place/gazetteer.h"
#include "place/name_key.h"

namespace annalist {

/// Names there reach English through several transliterations; they get a skeleton key.
bool is_skeleton_country(std::string_view iso2);
/// 0..255: ten steps a doubling of population above 500, and a bonus for the kind.
std::uint8_t importance(std::uint32_t population, PlaceKind kind, std::size_t alternates);
PlaceKind kind_of_town(std::string_view feature);
/// The kind of anything but a populated place, by GeoNames' feature code.
PlaceKind kind_of_area(std::string_view feature);
/// Airport and language codes ("LAX") stand among the alternate names; they are no names.
bool is_code(std::string_view name);
bool is_filed_script(std::string_view key);
bool is_latin(std::string_view key);
/// "Laurel County" -> "laurel"; empty if the key (a name_key) has no class word.
std::string without_class_word(std::string_view key);
/// The same, but "la matanza" for "partido de la matanza", whose plain form is "matanza"; empty if there is
/// none.
std::string with_article(std::string_view key);
/// "la seu d urgell" -> "seu d urgell": a name of several words without its Romance article; empty if it has
/// none.
std::string_view without_article(std::string_view key);
/// "Syrian" -> "Syrians"; empty where English has no such plural.
std::string plural_of(std::string_view demonym);

/// Calls file(is_skeleton, key, kind) for every key of a name.
template <class File>
void each_key(std::string_view name, NameKind kind, bool transliterated, File file) {
  if (kind == NameKind::demonym)
    if (const std::string plural = plural_of(name); !plural.empty()) file(false, name_key(plural), kind);
  const std::string key = name_key(name);
  if (key.size() < 2 || !is_filed_script(key)) return;
  file(false, key, kind);
  if (const std::string_view bare = without_article(key); !bare.empty() && kind <= NameKind::alias)
    file(false, std::string(bare), NameKind::loose);
  if (!transliterated || kind == NameKind::demonym || !is_latin(key)) return;
  if (const std::string loose = loose_key(key); loose != key && loose.size() >= 3)
    file(false, loose, NameKind::loose);
  if (const std::string skeleton = skeleton_key(key); !skeleton.empty())
    file(true, skeleton, NameKind::skeleton);
}

}  // namespace annalist
