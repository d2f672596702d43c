// The gazetteer: names of places -> records with coordinates. One memory-mapped pack, never parsed.
//
// Immutable after open, shared by all threads; every string_view and span points into the mapped file and
// dies with the Gazetteer. Byte layout: docs/formats/gazetteer.md. Made by place/build.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "pack/pack.h"

namespace annalist {

enum class PlaceKind : std::uint8_t {
  continent,  // and world regions: Middle East, Sahel
  country,
  admin1,
  admin2,
  capital,
  seat,     // seat of a first-level unit
  town,     // any other populated place
  section,  // part of a town
  region,   // named area without a government: front, mountains, desert, historical region
  water,
  facility  // base, camp, crossing, airport, dam ...
};

/// 48 bytes, as stored.
struct PlaceRecord {
  static constexpr std::uint16_t kNoCountry = 0xFFFF;
  std::int32_t lat_e5 = 0, lon_e5 = 0;  // degrees * 100,000, WGS 84
  std::uint32_t name = 0, id = 0;       // offsets in "strings"
  std::uint32_t population = 0;         // 0: unknown
  Id<PlaceRecord> admin1, admin2;       // the unit it lies in (or is, for the unit itself)
  std::uint16_t country = kNoCountry;   // index in "countries"
  std::uint16_t radius_km = 0;          // how far it reaches from its point; 0: a point
  PlaceKind kind = PlaceKind::town;
  std::uint8_t importance = 0;  // 0..255: log population, capitals, and how many languages name it
  char feature[6] = {};         // GeoNames feature code, NUL-padded
  std::uint32_t source = 0;     // line of "sources"; 0: the default gazetteer
  std::uint32_t other_ids = 0;  // offset in "strings" of the ids other sources give it, ';' between; 0: none

  double lat() const { return lat_e5 * 1e-5; }
  double lon() const { return lon_e5 * 1e-5; }
  std::string_view feature_code() const {
    const std::string_view all(feature, sizeof feature);
    return all.substr(0, all.find('\0'));
  }
};
static_assert(sizeof(PlaceRecord) == 48);

/// How a name belongs to a place.
enum class NameKind : std::uint8_t {
  official,
  alias,
  loose,    // without articles, or without the class word: "Zabadani", "Laurel" for Laurel County
  demonym,  // "Syrian"
  skeleton  // only the consonants agree
};

struct Posting {
  std::uint32_t packed = 0;
  Id<PlaceRecord> place() const { return Id<PlaceRecord>(packed >> 3); }
  NameKind kind() const { return static_cast<NameKind>(packed & 7); }
};

/// 16 bytes, as stored.
struct CountryRecord {
  char iso2[2] = {}, iso3[3] = {}, pad[3] = {};
  Id<PlaceRecord> place;         // its own record
  std::uint32_t neighbours = 0;  // offset in "strings": "IQ;JO;IL"
  std::string_view code2() const { return {iso2, 2}; }
  std::string_view code3() const { return {iso3, 3}; }
};
static_assert(sizeof(CountryRecord) == 16);

/// The outline of a place: points of all rings in "outline.point", a ring's end marked.
struct OutlineRecord {
  Id<PlaceRecord> place;
  std::uint32_t first = 0, count = 0;
};
static_assert(sizeof(OutlineRecord) == 12);
struct OutlinePoint {
  static constexpr std::int32_t kRingEnd = 0x7FFFFFFF;  // as lat_e5
  std::int32_t lat_e5 = 0, lon_e5 = 0;
};

class Gazetteer {
 public:
  /// Maps the file and checks the shape of its sections, not their contents. Errors name the file and
  /// `make data`.
  static Result<Gazetteer> open(const std::string& path);

  /// The places filed under a name_key or loose_key, best name first, then most important; empty if none.
  std::span<const Posting> find(std::string_view key) const { return find(keys_, key); }
  /// The places whose skeleton_key is `key`.
  std::span<const Posting> find_skeleton(std::string_view key) const { return find(skeletons_, key); }

  std::size_t size() const { return places_.size(); }
  /// The record of an id that find() gave. An id out of range (a damaged file) gives an empty record.
  const PlaceRecord& operator[](Id<PlaceRecord> id) const {
    return id.value < places_.size() ? places_[id.value] : kNothing;
  }
  std::string_view name(const PlaceRecord& p) const { return string_at(p.name); }
  /// "geonames:169389", "geonames:SY.12" (an administrative code) or "annalist:jabal-zawiya" (the overlay).
  std::string_view id(const PlaceRecord& p) const { return string_at(p.id); }
  /// "ocha:SY07;..." for an entry that imports were joined with; empty for others.
  std::string_view other_ids(const PlaceRecord& p) const { return string_at(p.other_ids); }
  /// A line for each imported file: what it is, its licence. Line n is PlaceRecord::source n.
  std::string_view sources() const { return sources_; }
  std::string_view strings() const { return strings_; }
  /// Whether the point lies within the outline of that place; nothing if the outline is not known.
  std::optional<bool> within(double lat, double lon, Id<PlaceRecord> place) const;
  /// ISO 3166-1 alpha-2; empty if it lies in none or several.
  std::string_view country(const PlaceRecord& p) const;
  std::string_view admin1_name(const PlaceRecord& p) const;

  std::span<const CountryRecord> countries() const { return countries_; }
  /// Index of a country by alpha-2 code, or PlaceRecord::kNoCountry.
  std::uint16_t country_index(std::string_view iso2) const;
  bool are_neighbours(std::uint16_t a, std::uint16_t b) const;

  const Pack& pack() const { return pack_; }

 private:
  struct KeyTable {
    std::span<const std::uint64_t> hashes;   // ascending
    std::span<const std::uint32_t> first;    // hashes.size() + 1 offsets into postings
    std::span<const std::uint32_t> buckets;  // by the top 16 bits: 65,537 offsets into hashes
    std::span<const Posting> postings;
  };
  static const PlaceRecord kNothing;
  static std::span<const Posting> find(const KeyTable& table, std::string_view key);
  static Result<KeyTable> key_table(const Pack& pack, const std::string& prefix);
  std::string_view string_at(std::uint32_t offset) const;

  Pack pack_;
  std::span<const PlaceRecord> places_;
  std::span<const CountryRecord> countries_;
  std::string_view strings_, sources_;
  std::span<const OutlineRecord> outlines_;
  std::span<const OutlinePoint> outline_points_;
  KeyTable keys_, skeletons_;
};

/// Great-circle distance in km.
double distance_km(double lat1, double lon1, double lat2, double lon2);
double distance_km(const PlaceRecord& a, const PlaceRecord& b);

}  // namespace annalist
