// Keys under which the gazetteer files a place name, so that spellings meet. Pure functions, any thread.
//
//   name_key      exact: fold() plus Saint/St, Mount/Mt, Fort/Ft made equal.      "St. Louis"   -> "st louis"
//   loose_key     exact without Arabic articles.                                  "Az Zabadani" -> "zabadani"
//   skeleton_key  consonants only, for transliterated Arabic, Persian and Hebrew. "Deir Sonbol" -> "drsnbl"
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace annalist {

std::string name_key(std::string_view name);

/// `key` (a name_key) without article words (al, el, ad, ash ...) and with nothing else changed. Equal to
/// `key` when it has none, or nothing would be left.
std::string loose_key(std::string_view key);

/// The consonants of `key` (a name_key) in one spelling: kh=x, gh=g, q=c=k, dj=j, p=b, v=f; vowels, w, y, h,
/// articles and doubled letters gone. Empty when fewer than three consonants are left: too little to tell
/// places apart.
std::string skeleton_key(std::string_view key);

/// 64-bit hash of a key, the same on every machine: it is stored in the gazetteer file.
std::uint64_t key_hash(std::string_view key);

/// Edit distance of two short names, counted in bytes, at most `limit` + 1. O(a * b).
unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit);

}  // namespace annalist
