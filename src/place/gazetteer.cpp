#include "place/gazetteer.h"

#include <algorithm>
#include <cmath>

#include "place/name_key.h"

namespace annalist {

const PlaceRecord Gazetteer::kNothing{};

Result<Gazetteer::KeyTable> Gazetteer::key_table(const Pack& pack, const std::string& prefix) {
  Section parts[4];
  const char* suffixes[4] = {".hash", ".first", ".bucket", ".place"};
  for (int i = 0; i < 4; ++i) {
    auto section = pack.section(prefix + suffixes[i]);
    if (!section) return std::unexpected(section.error());
    parts[i] = *section;
  }
  const KeyTable table{parts[0].as<std::uint64_t>(), parts[1].as<std::uint32_t>(),
                       parts[2].as<std::uint32_t>(), parts[3].as<Posting>()};
  if (table.first.size() != table.hashes.size() + 1 || table.buckets.size() != 65537 ||
      table.buckets.back() != table.hashes.size() || table.first.back() != table.postings.size())
    return fail("the name index '" + prefix + "' is damaged", pack.path(), "run `make data`");
  return table;
}

Result<Gazetteer> Gazetteer::open(const std::string& path) {
  auto pack = Pack::open(path, PackKind::gazetteer, "run `make data`");
  if (!pack) return std::unexpected(pack.error());
  const auto places = pack->section("places"), countries = pack->section("countries"),
             strings = pack->section("strings");
  for (const auto* section : {&places, &countries, &strings})
    if (!*section) return std::unexpected(section->error());
  auto keys = key_table(*pack, "name");
  if (!keys) return std::unexpected(keys.error());
  auto skeletons = key_table(*pack, "skeleton");
  if (!skeletons) return std::unexpected(skeletons.error());
  Gazetteer g;
  g.places_ = places->as<PlaceRecord>();
  g.countries_ = countries->as<CountryRecord>();
  g.strings_ = strings->bytes;
  g.keys_ = *keys;
  g.skeletons_ = *skeletons;
  if (g.strings_.empty() || g.strings_.back() != '\0')
    return fail("the string section is damaged", path, "run `make data`");
  if (const auto sources = pack->section("sources")) g.sources_ = sources->bytes;
  const auto outlines = pack->section("outline"), points = pack->section("outline.point");
  if (outlines && points) {
    g.outlines_ = outlines->as<OutlineRecord>();
    g.outline_points_ = points->as<OutlinePoint>();
  }
  g.pack_ = std::move(*pack);
  return g;
}

std::span<const Posting> Gazetteer::find(const KeyTable& table, std::string_view key) {
  const std::uint64_t hash = key_hash(key);
  const std::size_t bucket = hash >> 48;
  const std::uint32_t from = table.buckets[bucket], to = table.buckets[bucket + 1];
  if (from > to || to > table.hashes.size()) return {};  // damaged
  const auto at = std::lower_bound(table.hashes.begin() + from, table.hashes.begin() + to, hash);
  if (at == table.hashes.begin() + to || *at != hash) return {};
  const auto i = static_cast<std::size_t>(at - table.hashes.begin());
  const std::uint32_t first = table.first[i], last = table.first[i + 1];
  if (first > last || last > table.postings.size()) return {};
  return table.postings.subspan(first, last - first);
}

std::string_view Gazetteer::string_at(std::uint32_t offset) const {
  if (offset >= strings_.size()) return {};
  return std::string_view(strings_.data() + offset);  // the section ends in NUL: open() checked
}

std::optional<bool> Gazetteer::within(double lat, double lon, Id<PlaceRecord> place) const {
  const auto it = std::lower_bound(outlines_.begin(), outlines_.end(), place.value,
                                   [](const OutlineRecord& o, std::uint32_t v) { return o.place.value < v; });
  if (it == outlines_.end() || it->place != place) return std::nullopt;
  if (it->first > outline_points_.size() || it->count > outline_points_.size() - it->first)
    return std::nullopt;  // damaged
  // Even-odd rule over all rings: holes come out by themselves.
  const auto points = outline_points_.subspan(it->first, it->count);
  const double y = lat * 1e5, x = lon * 1e5;
  bool inside = false;
  for (std::size_t i = 0, ring = 0; i < points.size(); ++i) {
    if (points[i].lat_e5 == OutlinePoint::kRingEnd) {
      ring = i + 1;
      continue;
    }
    const bool last = i + 1 == points.size() || points[i + 1].lat_e5 == OutlinePoint::kRingEnd;
    const OutlinePoint &a = points[i], &b = points[last ? ring : i + 1];
    if ((a.lat_e5 > y) != (b.lat_e5 > y)) {
      const double at =
          a.lon_e5 + (y - a.lat_e5) * (double(b.lon_e5) - a.lon_e5) / (double(b.lat_e5) - a.lat_e5);
      if (x < at) inside = !inside;
    }
  }
  return inside;
}

std::string_view Gazetteer::country(const PlaceRecord& p) const {
  return p.country < countries_.size() ? countries_[p.country].code2() : std::string_view();
}

std::string_view Gazetteer::admin1_name(const PlaceRecord& p) const {
  return p.admin1 ? name((*this)[p.admin1]) : std::string_view();
}

std::uint16_t Gazetteer::country_index(std::string_view iso2) const {
  for (std::size_t i = 0; i < countries_.size(); ++i)
    if (countries_[i].code2() == iso2) return static_cast<std::uint16_t>(i);
  return PlaceRecord::kNoCountry;
}

bool Gazetteer::are_neighbours(std::uint16_t a, std::uint16_t b) const {
  if (a >= countries_.size() || b >= countries_.size()) return false;
  return string_at(countries_[a].neighbours).find(countries_[b].code2()) != std::string_view::npos;
}

double distance_km(double lat1, double lon1, double lat2, double lon2) {
  constexpr double kRad = 0.017453292519943295, kEarth = 6371.0;
  const double dlat = (lat2 - lat1) * kRad / 2, dlon = (lon2 - lon1) * kRad / 2;
  const double h = std::sin(dlat) * std::sin(dlat) +
                   std::cos(lat1 * kRad) * std::cos(lat2 * kRad) * std::sin(dlon) * std::sin(dlon);
  return 2 * kEarth * std::asin(std::min(1.0, std::sqrt(h)));
}

double distance_km(const PlaceRecord& a, const PlaceRecord& b) {
  return distance_km(a.lat(), a.lon(), b.lat(), b.lon());
}

}  // namespace annalist
