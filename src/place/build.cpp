#include "place/build.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <map>
#include <unordered_map>

#include "base/file.h"
#include "base/strings.h"
#include "place/filing.h"
#include "place/gazetteer.h"
#include "place/geonames.h"
#include "place/name_key.h"
#include "place/overlay.h"

namespace annalist {
namespace {

constexpr std::uint8_t kUnknownUnit = 25;
constexpr std::string_view kSomewhere = "ADM2?";  // a unit that stands at the middle of the one around it

class Builder {
 public:
  void add_countries(const Overlay& overlay);
  void add_admin1(const std::vector<AdminName>& names, const Overlay& overlay);
  void add_admin2(const std::vector<AdminName>& names);
  void add_towns(const Overlay& overlay);
  void add_own_towns(const Overlay& overlay);
  void add_regions(const Overlay& overlay);
  std::string pack();

  std::vector<GeonamesRow> rows;

 private:
  struct Middle {  // of the towns of a unit
    double lat = 0, lon = 0, min_lat = 90, max_lat = -90, min_lon = 180, max_lon = -180;
    std::uint64_t population = 0;
    std::uint32_t count = 0;
    void add(const GeonamesRow& row) {
      lat += row.lat;
      lon += row.lon;
      min_lat = std::min(min_lat, row.lat);
      max_lat = std::max(max_lat, row.lat);
      min_lon = std::min(min_lon, row.lon);
      max_lon = std::max(max_lon, row.lon);
      population += row.population;
      ++count;
    }
    // Half the mean of the towns, half the middle of their box: towns crowd at one end of a large unit.
    double mid_lat() const { return (lat / count + (min_lat + max_lat) / 2) / 2; }
    double mid_lon() const { return (lon / count + (min_lon + max_lon) / 2) / 2; }
    unsigned radius_km() const {
      return static_cast<unsigned>(distance_km(min_lat, min_lon, max_lat, max_lon) / 2);
    }
  };

  std::uint32_t string(std::string_view s) {
    const auto [it, fresh] = string_at_.emplace(std::string(s), static_cast<std::uint32_t>(strings_.size()));
    if (fresh) {
      strings_ += s;
      strings_ += '\0';
    }
    return it->second;
  }
  std::uint16_t country_of(std::string_view iso2) const {
    const auto it = country_index_.find(std::string(iso2));
    return it == country_index_.end() ? PlaceRecord::kNoCountry : it->second;
  }
  std::uint32_t add(PlaceRecord record, std::string_view name, std::string_view id, std::string_view feature,
                    double lat, double lon) {
    record.name = string(name);
    record.id = string(id);
    record.lat_e5 = static_cast<std::int32_t>(std::lround(lat * 1e5));
    record.lon_e5 = static_cast<std::int32_t>(std::lround(lon * 1e5));
    std::memcpy(record.feature, feature.data(), std::min(feature.size(), sizeof record.feature));
    places_.push_back(record);
    return static_cast<std::uint32_t>(places_.size() - 1);
  }
  void file_key(std::map<std::string, std::vector<Posting>>& table, const std::string& key,
                std::uint32_t place, NameKind kind) {
    if (key.empty() || key.size() > 80) return;
    std::vector<Posting>& list = table[key];
    for (Posting& p : list)
      if (p.place().value == place) {
        if (kind < p.kind()) p.packed = (place << 3) | static_cast<std::uint32_t>(kind);
        return;
      }
    list.push_back({(place << 3) | static_cast<std::uint32_t>(kind)});
  }
  void file_name(std::string_view name, std::uint32_t place, NameKind kind, bool transliterated);
  Middle middle_of(const std::string& code) const {
    const auto it = middles_.find(code);
    return it == middles_.end() ? Middle() : it->second;
  }
  void measure_towns();
  Id<PlaceRecord> nearest_unit(const PlaceRecord& record, const OverlayRegion& region) const;
  void add_table(PackWriter& writer, const std::string& prefix,
                 std::map<std::string, std::vector<Posting>>& table) const;

  std::vector<PlaceRecord> places_;
  std::vector<CountryRecord> countries_;
  std::string strings_ = std::string(1, '\0');
  std::unordered_map<std::string, std::uint32_t> string_at_{{"", 0}};
  std::unordered_map<std::string, std::uint16_t> country_index_;
  std::unordered_map<std::string, std::uint32_t> unit_at_;  // "SY.12", "US.KY.125" -> place
  std::unordered_map<std::string, Middle> middles_;
  std::map<std::string, std::vector<Posting>> keys_, skeletons_;
};

void Builder::file_name(std::string_view name, std::uint32_t place, NameKind kind, bool transliterated) {
  each_key(name, kind, transliterated, [&](bool skeleton, const std::string& key, NameKind as) {
    file_key(skeleton ? skeletons_ : keys_, key, place, as);
  });
}

void Builder::measure_towns() {
  for (const GeonamesRow& row : rows) {
    const std::string country(row.country), unit = country + "." + std::string(row.admin1);
    middles_[country].add(row);
    middles_[unit].add(row);
    if (!row.admin2.empty()) middles_[unit + "." + std::string(row.admin2)].add(row);
  }
}

void Builder::add_countries(const Overlay& overlay) {
  measure_towns();
  for (const OverlayCountry& c : overlay.countries) {
    PlaceRecord record;
    record.kind = PlaceKind::country;
    record.country = static_cast<std::uint16_t>(countries_.size());
    record.population = c.population;
    record.importance = 255;
    record.radius_km = static_cast<std::uint16_t>(std::min(9000u, middle_of(c.iso2).radius_km()));
    if (middle_of(c.iso2).count == 0) record.radius_km = 50;
    const std::uint32_t at = add(record, c.name, "geonames:" + c.geonames, "PCLI", c.lat, c.lon);
    CountryRecord country;
    std::memcpy(country.iso2, c.iso2.data(), 2);
    std::memcpy(country.iso3, c.iso3.data(), 3);
    country.place = Id<PlaceRecord>(at);
    country.neighbours = string(c.neighbours);
    country_index_.emplace(c.iso2, static_cast<std::uint16_t>(countries_.size()));
    countries_.push_back(country);
    file_name(c.name, at, NameKind::official, false);
    for (const std::string& alias : c.aliases) file_name(alias, at, NameKind::alias, false);
    for (const std::string& demonym : c.demonyms) file_name(demonym, at, NameKind::demonym, false);
  }
}

void Builder::add_admin1(const std::vector<AdminName>& names, const Overlay& overlay) {
  std::unordered_map<std::string, const OverlayUnit*> extra;
  for (const OverlayUnit& u : overlay.units) extra.emplace(u.code, &u);
  for (const AdminName& unit : names) {
    const std::string iso2 = unit.code.substr(0, 2);
    const Middle middle = middle_of(unit.code);
    const auto it = extra.find(unit.code);
    const OverlayUnit* more = it == extra.end() ? nullptr : it->second;
    if (middle.count == 0 && !(more && more->has_point)) continue;
    PlaceRecord record;
    record.kind = PlaceKind::admin1;
    record.country = country_of(iso2);
    record.population = static_cast<std::uint32_t>(std::min<std::uint64_t>(middle.population, 4000000000u));
    record.importance = static_cast<std::uint8_t>(
        std::clamp(60 + int(importance(record.population, PlaceKind::admin1, 0)), 0, 220));
    record.radius_km =
        middle.count ? static_cast<std::uint16_t>(std::clamp(middle.radius_km(), 10u, 3000u)) : 100;
    const bool point = more && more->has_point;
    const std::string_view name = more && !more->name.empty() ? more->name : unit.name;
    const std::uint32_t at = add(record, name, "geonames:" + unit.code, "ADM1",
                                 point ? more->lat : middle.mid_lat(), point ? more->lon : middle.mid_lon());
    places_[at].admin1 = Id<PlaceRecord>(at);
    unit_at_.emplace(unit.code, at);
    const bool transliterated = is_skeleton_country(iso2);
    file_name(name, at, NameKind::official, transliterated);
    file_name(unit.name, at, more && !more->name.empty() ? NameKind::alias : NameKind::official,
              transliterated);
    if (const std::string plain = without_class_word(name_key(unit.name)); plain.size() > 2)
      file_name(plain, at, NameKind::official, transliterated);
    if (!more) continue;
    for (const std::string& alias : more->aliases) file_name(alias, at, NameKind::alias, transliterated);
    for (const std::string& demonym : more->demonyms) file_name(demonym, at, NameKind::demonym, false);
  }
}

void Builder::add_admin2(const std::vector<AdminName>& names) {
  for (const AdminName& unit : names) {
    const Middle middle = middle_of(unit.code);
    const auto parent = unit_at_.find(unit.code.substr(0, unit.code.rfind('.')));
    if (middle.count == 0 && parent == unit_at_.end()) continue;
    PlaceRecord record;
    record.kind = PlaceKind::admin2;
    record.country = country_of(std::string_view(unit.code).substr(0, 2));
    record.population = static_cast<std::uint32_t>(std::min<std::uint64_t>(middle.population, 4000000000u));
    // Of a unit without a known town no population is known either: that does not make it small.
    record.importance =
        record.population > 0 ? importance(record.population, PlaceKind::admin2, 0) / 2 : kUnknownUnit;
    if (parent != unit_at_.end()) record.admin1 = Id<PlaceRecord>(parent->second);
    // Where GeoNames has no town of it, it is somewhere in its first-level unit.
    const PlaceRecord around = middle.count ? PlaceRecord() : places_[parent->second];
    record.radius_km = middle.count ? static_cast<std::uint16_t>(std::clamp(middle.radius_km(), 5u, 1000u))
                                    : around.radius_km;
    const std::uint32_t at =
        add(record, unit.name, "geonames:" + unit.code, middle.count ? "ADM2" : kSomewhere,
            middle.count ? middle.mid_lat() : around.lat(), middle.count ? middle.mid_lon() : around.lon());
    places_[at].admin2 = Id<PlaceRecord>(at);
    unit_at_.emplace(unit.code, at);
    const bool transliterated = is_skeleton_country(std::string_view(unit.code).substr(0, 2));
    file_name(unit.name, at, NameKind::official, transliterated);
    if (const std::string plain = without_class_word(name_key(unit.name)); plain.size() > 2)
      file_name(plain, at, NameKind::loose, transliterated);
    if (const std::string plain = with_article(name_key(unit.name)); !plain.empty())
      file_name(plain, at, NameKind::loose, transliterated);
  }
}

void Builder::add_towns(const Overlay& overlay) {
  std::unordered_map<std::string_view, const OverlayTown*> named;
  for (const OverlayTown& t : overlay.towns) named.emplace(t.id, &t);
  for (const GeonamesRow& row : rows) {
    PlaceRecord record;
    record.kind = kind_of_town(row.feature);
    record.country = country_of(row.country);
    record.population = row.population;
    const std::string unit = std::string(row.country) + "." + std::string(row.admin1);
    if (const auto it = unit_at_.find(unit); it != unit_at_.end())
      record.admin1 = Id<PlaceRecord>(it->second);
    if (const auto it = unit_at_.find(unit + "." + std::string(row.admin2)); it != unit_at_.end())
      record.admin2 = Id<PlaceRecord>(it->second);
    const auto alternates = split_list(row.alternate_names, ',');
    record.importance = importance(row.population, record.kind, alternates.size());
    const std::uint32_t at =
        add(record, row.name, "geonames:" + std::string(row.id), row.feature, row.lat, row.lon);
    const bool transliterated = is_skeleton_country(row.country);
    file_name(row.name, at, NameKind::official, transliterated);
    file_name(row.ascii_name, at, NameKind::official, transliterated);
    for (std::string_view name : alternates)
      if (!is_code(name)) file_name(name, at, NameKind::alias, transliterated);
    if (const auto it = named.find(row.id); it != named.end() && it->second->country == row.country)
      for (const std::string& name : it->second->names)
        file_name(name, at, NameKind::official, transliterated);
  }
}

/// The first-level unit of the nearest town, for something small that lies in one country.
Id<PlaceRecord> Builder::nearest_unit(const PlaceRecord& record, const OverlayRegion& region) const {
  constexpr double kFar = 90;
  if (record.country == PlaceRecord::kNoCountry || region.radius_km > kFar) return {};
  Id<PlaceRecord> best;
  double nearest = kFar;
  for (const PlaceRecord& p : places_) {
    if (p.country != record.country || !p.admin1 || p.kind < PlaceKind::capital) continue;
    if (std::abs(p.lat() - region.lat) > 0.9) continue;
    if (const double d = distance_km(p.lat(), p.lon(), region.lat, region.lon); d < nearest) {
      nearest = d;
      best = p.admin1;
    }
  }
  return best;
}

/// Our own towns are small regions: "Hpakant".
void Builder::add_own_towns(const Overlay& overlay) {
  Overlay own;
  for (const OverlayTown& t : overlay.towns) {
    if (!t.has_point) continue;
    OverlayRegion r;
    r.id = t.id;
    r.name = t.names.front();
    r.aliases.assign(t.names.begin() + 1, t.names.end());
    r.feature = "PPL";
    r.countries = {t.country};
    r.lat = t.lat;
    r.lon = t.lon;
    own.regions.push_back(std::move(r));
  }
  add_regions(own);
}

void Builder::add_regions(const Overlay& overlay) {
  for (const OverlayRegion& r : overlay.regions) {
    PlaceRecord record;
    record.kind = kind_of_area(r.feature);
    record.country = r.countries.size() == 1 ? country_of(r.countries.front()) : PlaceRecord::kNoCountry;
    const bool large = record.kind == PlaceKind::continent || r.feature == "OCN" || r.feature == "SEA";
    const bool small = record.kind == PlaceKind::town || record.kind == PlaceKind::section;
    record.importance = large ? 230 : small ? 90 : 170;
    record.radius_km = static_cast<std::uint16_t>(r.radius_km);
    record.admin1 = nearest_unit(record, r);
    const std::uint32_t at = add(record, r.name, "annalist:" + r.id, r.feature, r.lat, r.lon);
    const bool transliterated = r.countries.size() == 1 && is_skeleton_country(r.countries.front());
    file_name(r.name, at, NameKind::official, transliterated);
    for (const std::string& alias : r.aliases) file_name(alias, at, NameKind::alias, transliterated);
    for (const std::string& demonym : r.demonyms) file_name(demonym, at, NameKind::demonym, false);
  }
}

void Builder::add_table(PackWriter& writer, const std::string& prefix,
                        std::map<std::string, std::vector<Posting>>& table) const {
  struct Key {
    std::uint64_t hash;
    std::vector<Posting>* list;
  };
  std::vector<Key> sorted;
  for (auto& [key, list] : table) {
    std::sort(list.begin(), list.end(), [&](Posting a, Posting b) {
      const auto rank = [&](Posting p) {
        return std::tuple(p.kind(), 255 - places_[p.place().value].importance, p.place().value);
      };
      return rank(a) < rank(b);
    });
    sorted.push_back({key_hash(key), &list});
  }
  std::sort(sorted.begin(), sorted.end(), [](const Key& a, const Key& b) { return a.hash < b.hash; });
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint32_t> first, buckets(65537, 0);
  std::vector<Posting> postings;
  for (const Key& key : sorted) {
    if (hashes.empty() || hashes.back() != key.hash) {
      hashes.push_back(key.hash);
      first.push_back(static_cast<std::uint32_t>(postings.size()));
      ++buckets[(key.hash >> 48) + 1];
    }
    postings.insert(postings.end(), key.list->begin(), key.list->end());
  }
  first.push_back(static_cast<std::uint32_t>(postings.size()));
  for (std::size_t i = 1; i < buckets.size(); ++i) buckets[i] += buckets[i - 1];
  writer.add_records(prefix + ".hash", hashes);
  writer.add_records(prefix + ".first", first);
  writer.add_records(prefix + ".bucket", buckets);
  writer.add_records(prefix + ".place", postings);
}

std::string Builder::pack() {
  PackWriter writer(PackKind::gazetteer);
  writer.add_records("places", places_);
  writer.add_records("countries", countries_);
  add_table(writer, "name", keys_);
  add_table(writer, "skeleton", skeletons_);
  writer.add("strings", strings_);
  return writer.bytes();
}

}  // namespace

Result<std::string> build_gazetteer(const GazetteerSources& sources) {
  const auto overlay = read_overlay(sources.overlay);
  if (!overlay) return std::unexpected(overlay.error());
  auto rows = read_geonames(sources.towns, "cities500.txt");
  if (!rows) return std::unexpected(rows.error());
  const auto admin1 = read_admin_names(sources.admin1, "admin1.json");
  if (!admin1) return std::unexpected(admin1.error());
  const auto admin2 = read_admin_names(sources.admin2, "admin2.json");
  if (!admin2) return std::unexpected(admin2.error());
  for (const OverlayUnit& unit : overlay->units)
    if (std::none_of(admin1->begin(), admin1->end(), [&](const AdminName& a) { return a.code == unit.code; }))
      return fail("GeoNames has no first-level unit " + unit.code, unit.where);
  Builder builder;
  builder.rows = std::move(*rows);
  builder.add_countries(*overlay);
  builder.add_admin1(*admin1, *overlay);
  builder.add_admin2(*admin2);
  builder.add_towns(*overlay);
  builder.add_own_towns(*overlay);
  builder.add_regions(*overlay);
  return builder.pack();
}

Status build_gazetteer_file(const std::string& cities_dir, const std::string& overlay_dir,
                            const std::string& out) {
  const std::array<std::string, 7> paths = {cities_dir + "/cities500.txt", cities_dir + "/admin1.json",
                                            cities_dir + "/admin2.json",   overlay_dir + "/countries.tsv",
                                            overlay_dir + "/admin1.txt",   overlay_dir + "/regions.txt",
                                            overlay_dir + "/towns.tsv"};
  std::array<std::string, 7> texts;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    auto text = read_file(paths[i]);
    if (!text) return fail(text.error().what, paths[i], i < 3 ? "run scripts/build_gazetteer.sh" : "");
    texts[i] = std::move(*text);
  }
  const auto bytes = build_gazetteer({texts[0],
                                      texts[1],
                                      texts[2],
                                      {{"places/countries.tsv", texts[3]},
                                       {"places/admin1.txt", texts[4]},
                                       {"places/regions.txt", texts[5]},
                                       {"places/towns.tsv", texts[6]}}});
  if (!bytes) return std::unexpected(bytes.error());
  return write_file(out, *bytes);
}

}  // namespace annalist
