#include "place/merge_pack.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <queue>

#include "pack/pack.h"
#include "place/filing.h"

namespace annalist {
namespace {

constexpr std::uint16_t kUnitRadius = 25;  // km, of a second-level unit of which nothing is known

constexpr std::size_t kRun = std::size_t(1) << 22;                // keys sorted in memory at once: 64 MB
constexpr double kSameTown = 6, kSameArea = 25, kSameUnit = 250;  // km

bool is_unit(PlaceKind k) { return k == PlaceKind::admin1 || k == PlaceKind::admin2; }
bool is_settled(PlaceKind k) { return k >= PlaceKind::capital && k <= PlaceKind::section; }

std::string_view source_of(std::string_view id) { return id.substr(0, id.find(':')); }

}  // namespace

Result<PackMerge> PackMerge::open(const std::string& base, const std::string& out, std::string source) {
  auto gazetteer = Gazetteer::open(base);
  if (!gazetteer) return std::unexpected(gazetteer.error());
  PackMerge m;
  m.base_ = std::make_unique<Gazetteer>(std::move(*gazetteer));
  m.out_ = out;
  m.source_ = std::move(source);
  for (SpillFile* f : {&m.places_, &m.strings_, &m.points_, &m.outlines_, &m.names_.hashes, &m.names_.first,
                       &m.names_.buckets, &m.names_.postings, &m.skeletons_.hashes, &m.skeletons_.first,
                       &m.skeletons_.buckets, &m.skeletons_.postings}) {
    auto file = SpillFile::create(out);
    if (!file) return std::unexpected(file.error());
    *f = std::move(*file);
  }
  m.ids_.reserve(m.base_->size());
  for (std::uint32_t i = 0; i < m.base_->size(); ++i) {
    const PlaceRecord& p = (*m.base_)[Id<PlaceRecord>(i)];
    m.ids_.emplace_back(key_hash(m.base_->id(p)), i);
    for (std::string_view others = m.base_->other_ids(p); !others.empty();) {
      const auto end = std::min(others.find(';'), others.size());
      m.ids_.emplace_back(key_hash(others.substr(0, end)), i);
      others.remove_prefix(std::min(end + 1, others.size()));
    }
  }
  std::sort(m.ids_.begin(), m.ids_.end());
  const std::string_view sources = m.base_->sources();
  m.source_index_ = 1 + static_cast<std::uint32_t>(std::count(sources.begin(), sources.end(), '\n'));
  return m;
}

Id<PlaceRecord> PackMerge::by_id(std::string_view id) const {
  if (const auto it = added_ids_.find(id); it != added_ids_.end()) return it->second;
  const auto at = std::lower_bound(ids_.begin(), ids_.end(), std::pair(key_hash(id), std::uint32_t(0)));
  return at != ids_.end() && at->first == key_hash(id) ? Id<PlaceRecord>(at->second) : Id<PlaceRecord>();
}

Id<PlaceRecord> PackMerge::same_place(const NewPlace& p) const {
  Id<PlaceRecord> best;
  double nearest = 1e9;
  const auto consider = [&](std::span<const Posting> postings) {
    for (const Posting posting : postings) {
      if (posting.kind() == NameKind::demonym) continue;
      const PlaceRecord& q = (*base_)[posting.place()];
      if (q.country != p.country || source_of(base_->id(q)) == source_of(p.id)) continue;
      const bool kindred = is_unit(p.kind)      ? q.kind == p.kind
                           : is_settled(p.kind) ? is_settled(q.kind)
                                                : !is_unit(q.kind) && !is_settled(q.kind);
      if (!kindred || q.kind == PlaceKind::country) continue;
      const double reach = is_unit(p.kind)      ? kSameUnit
                           : is_settled(p.kind) ? kSameTown
                                                : std::max<double>(kSameArea, q.radius_km);
      if (p.kind == PlaceKind::admin2 && p.admin1 && q.admin1 && q.admin1 != p.admin1) continue;
      const double d = distance_km(q.lat(), q.lon(), p.lat, p.lon);
      if (d <= reach && d < nearest) {
        nearest = d;
        best = posting.place();
      }
    }
  };
  const auto look_up = [&](std::string_view name) {
    each_key(name, NameKind::official, true, [&](bool skeleton, const std::string& key, NameKind) {
      if (!best) consider(skeleton ? base_->find_skeleton(key) : base_->find(key));
    });
    if (is_unit(p.kind) && !best)
      if (const std::string plain = without_class_word(name_key(name)); !plain.empty())
        consider(base_->find(plain));
  };
  look_up(p.name);
  for (const auto& [name, kind] : p.names)
    if (!best && is_latin(name_key(name))) look_up(name);
  return best;
}

PlaceRecord* PackMerge::changed(Id<PlaceRecord> place) {
  if (place.value >= base_->size()) return nullptr;
  return &changes_.try_emplace(place.value, (*base_)[place]).first->second;
}

Result<std::uint32_t> PackMerge::string(std::string_view s) {
  const std::uint64_t at = base_->strings().size() + strings_.size();
  if (at + s.size() + 1 > 0xFFFFFFFFu)
    return fail("names take more than 4 GB", out_, "import fewer countries");
  std::string bytes(s);
  bytes.erase(std::remove(bytes.begin(), bytes.end(), '\0'), bytes.end());
  bytes += '\0';
  if (auto written = strings_.append(bytes); !written) return std::unexpected(written.error());
  return static_cast<std::uint32_t>(at);
}

Status PackMerge::put(Table& table, const Key& key) {
  table.buffer.push_back(key);
  return table.buffer.size() < kRun ? Status() : spill(table);
}

Status PackMerge::spill(Table& table) {
  if (table.buffer.empty()) return {};
  std::sort(table.buffer.begin(), table.buffer.end());
  auto run = SpillFile::create(out_);
  if (!run) return std::unexpected(run.error());
  for (const Key& key : table.buffer)
    if (auto written = run->append_record(key); !written) return written;
  table.buffer.clear();
  table.runs.push_back(std::move(*run));
  return {};
}

Status PackMerge::file_names(Id<PlaceRecord> place, const NewPlace& p, std::uint8_t importance, bool known) {
  const bool transliterated =
      p.country < base_->countries().size() && is_skeleton_country(base_->countries()[p.country].code2());
  Status status;
  const auto file = [&](std::string_view name, NameKind as) {
    each_key(name, as, transliterated, [&](bool skeleton, const std::string& key, NameKind kind) {
      if (key.size() > 80 || !status) return;
      status = put(skeleton ? skeletons_ : names_,
                   {key_hash(key), (place.value << 3) | static_cast<std::uint32_t>(kind), 255u - importance});
    });
  };
  file(p.name, known ? NameKind::alias : NameKind::official);
  if (is_unit(p.kind))
    if (const std::string plain = without_class_word(name_key(p.name)); plain.size() > 2)
      file(plain, known ? NameKind::alias : NameKind::official);
  for (const auto& [name, kind] : p.names)
    if (!is_code(name)) file(name, known && kind == NameKind::official ? NameKind::alias : kind);
  return status;
}

Status PackMerge::join(Id<PlaceRecord> place, const NewPlace& p) {
  PlaceRecord* record = changed(place);
  if (!record) return {};
  const bool same_id = base_->id(*record) == p.id;
  if (!same_id) {
    std::string ids(base_->other_ids((*base_)[place]));
    ids += (ids.empty() ? "" : ";") + p.id;
    const auto at = string(ids);
    if (!at) return std::unexpected(at.error());
    record->other_ids = *at;
  }
  if (p.better_point) {
    record->lat_e5 = static_cast<std::int32_t>(std::lround(p.lat * 1e5));
    record->lon_e5 = static_cast<std::int32_t>(std::lround(p.lon * 1e5));
    if (record->feature_code() == "ADM2?") {  // it stood at the middle of the unit around it until now
      record->feature[4] = '\0';
      record->radius_km = kUnitRadius;
    }
  }
  if (p.radius_km) record->radius_km = static_cast<std::uint16_t>(std::min(p.radius_km, 9000u));
  if (record->population == 0) record->population = p.population;
  if (!record->admin1) record->admin1 = p.admin1;
  if (!record->admin2) record->admin2 = p.admin2;
  return file_names(place, p, record->importance, true);
}

Result<Id<PlaceRecord>> PackMerge::add(const NewPlace& p) {
  const std::uint64_t at = base_->size() + std::uint64_t(added_);
  if (at >= (1u << 29) - 1) return fail("more places than a gazetteer holds", out_);
  const Id<PlaceRecord> id(static_cast<std::uint32_t>(at));
  PlaceRecord r;
  const auto name = string(p.name), own_id = string(p.id);
  if (!name) return std::unexpected(name.error());
  if (!own_id) return std::unexpected(own_id.error());
  r.name = *name;
  r.id = *own_id;
  r.lat_e5 = static_cast<std::int32_t>(std::lround(p.lat * 1e5));
  r.lon_e5 = static_cast<std::int32_t>(std::lround(p.lon * 1e5));
  r.population = p.population;
  r.country = p.country;
  r.kind = p.kind;
  r.admin1 = p.kind == PlaceKind::admin1 ? id : p.admin1;
  r.admin2 = p.kind == PlaceKind::admin2 && p.feature == "ADM2" ? id : p.admin2;
  r.importance = p.importance;
  r.radius_km = static_cast<std::uint16_t>(std::min(p.radius_km, 9000u));
  r.source = source_index_;
  std::memcpy(r.feature, p.feature.data(), std::min(p.feature.size(), sizeof r.feature));
  if (auto s = places_.append_record(r); !s) return std::unexpected(s.error());
  if (auto s = file_names(id, p, p.importance, false); !s) return std::unexpected(s.error());
  ++added_;
  return id;
}

Status PackMerge::outline(Id<PlaceRecord> place, const Outline& outline) {
  OutlineRecord entry;
  entry.place = place;
  entry.first = static_cast<std::uint32_t>(points_.size() / sizeof(OutlinePoint));
  for (const auto& ring : outline.rings) {
    for (const auto& [lat, lon] : ring) {
      const OutlinePoint point{static_cast<std::int32_t>(std::lround(lat * 1e5)),
                               static_cast<std::int32_t>(std::lround(lon * 1e5))};
      if (auto s = points_.append_record(point); !s) return s;
    }
    if (auto s = points_.append_record(OutlinePoint{OutlinePoint::kRingEnd, 0}); !s) return s;
  }
  entry.count = static_cast<std::uint32_t>(points_.size() / sizeof(OutlinePoint)) - entry.first;
  return outlines_.append_record(entry);
}

Status PackMerge::merge_table(const std::string& prefix, Table& table) {
  if (auto s = spill(table); !s) return s;
  struct Cursor {
    std::span<const Key> keys;
    std::size_t at = 0;
  };
  std::vector<Cursor> cursors;
  for (SpillFile& run : table.runs) {
    const auto bytes = run.map();
    if (!bytes) return std::unexpected(bytes.error());
    cursors.push_back({SpillFile::records<Key>(*bytes)});
  }
  const auto later = [&](std::size_t a, std::size_t b) {
    return cursors[b].keys[cursors[b].at] < cursors[a].keys[cursors[a].at];
  };
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(later)> queue(later);
  for (std::size_t i = 0; i < cursors.size(); ++i)
    if (!cursors[i].keys.empty()) queue.push(i);

  const auto hash = base_->pack().section(prefix + ".hash"), first = base_->pack().section(prefix + ".first"),
             place = base_->pack().section(prefix + ".place");
  if (!hash || !first || !place) return fail("the name index is damaged", base_->pack().path());
  const auto old_hashes = hash->as<std::uint64_t>();
  const auto old_first = first->as<std::uint32_t>();
  const auto old_postings = place->as<Posting>();

  std::vector<std::uint32_t> buckets(65537, 0);
  std::uint32_t count = 0, total = 0;
  std::vector<Key> list;
  std::size_t old = 0;
  while (old < old_hashes.size() || !queue.empty()) {
    std::uint64_t key = ~std::uint64_t(0);
    if (old < old_hashes.size()) key = old_hashes[old];
    if (!queue.empty()) key = std::min(key, cursors[queue.top()].keys[cursors[queue.top()].at].hash);
    list.clear();
    if (old < old_hashes.size() && old_hashes[old] == key) {
      for (std::uint32_t i = old_first[old]; i < old_first[old + 1] && i < old_postings.size(); ++i) {
        const Posting p = old_postings[i];
        list.push_back({key, p.packed, 255u - (*base_)[p.place()].importance});
      }
      ++old;
    }
    while (!queue.empty() && cursors[queue.top()].keys[cursors[queue.top()].at].hash == key) {
      const std::size_t c = queue.top();
      queue.pop();
      list.push_back(cursors[c].keys[cursors[c].at]);
      if (++cursors[c].at < cursors[c].keys.size()) queue.push(c);
    }
    std::sort(list.begin(), list.end());
    Status status = table.hashes.append_record(key);
    if (status) status = table.first.append_record(total);
    ++buckets[(key >> 48) + 1];
    ++count;
    // A place stands once under a key, with its best kind of name: that comes first.
    for (std::size_t i = 0; i < list.size() && status; ++i) {
      const std::uint32_t own = list[i].packed >> 3;
      if (list.size() < 64 && std::any_of(list.begin(), list.begin() + std::ptrdiff_t(i),
                                          [&](const Key& k) { return k.packed >> 3 == own; }))
        continue;
      if (i > 0 && list[i].packed == list[i - 1].packed) continue;
      status = table.postings.append_record(Posting{list[i].packed});
      ++total;
    }
    if (!status) return status;
  }
  if (auto s = table.first.append_record(total); !s) return s;
  for (std::size_t i = 1; i < buckets.size(); ++i) buckets[i] += buckets[i - 1];
  for (const std::uint32_t b : buckets)
    if (auto s = table.buckets.append_record(b); !s) return s;
  return {};
}

Status PackMerge::finish() {
  PackWriter writer(PackKind::gazetteer);
  SpillFile places, strings, outlines, points;
  for (SpillFile* f : {&places, &strings, &outlines, &points}) {
    auto file = SpillFile::create(out_);
    if (!file) return std::unexpected(file.error());
    *f = std::move(*file);
  }
  for (std::uint32_t i = 0; i < base_->size(); ++i) {
    const auto it = changes_.find(i);
    if (auto s = places.append_record(it == changes_.end() ? (*base_)[Id<PlaceRecord>(i)] : it->second); !s)
      return s;
  }
  const auto glue = [&](SpillFile& to, std::string_view base, SpillFile& more) -> Result<std::string_view> {
    auto bytes = more.map();
    if (!bytes) return bytes;
    constexpr std::size_t kPiece = std::size_t(1) << 24;
    for (const std::string_view part : {base, *bytes})
      for (std::size_t at = 0; at < part.size(); at += kPiece)
        if (auto s = to.append(part.substr(at, kPiece)); !s) return std::unexpected(s.error());
    return to.map();
  };
  if (auto s = merge_table("name", names_); !s) return s;
  if (auto s = merge_table("skeleton", skeletons_); !s) return s;
  // Points of the base keep their places; the new entries come behind them.
  const auto old_points = base_->pack().section("outline.point"),
             old_outlines = base_->pack().section("outline");
  const std::string_view known_points = old_points ? old_points->bytes : std::string_view();
  auto fresh = outlines_.map();
  if (!fresh) return std::unexpected(fresh.error());
  std::vector<OutlineRecord> all;
  if (old_outlines)
    for (const OutlineRecord& o : old_outlines->as<OutlineRecord>()) all.push_back(o);
  for (OutlineRecord o : SpillFile::records<OutlineRecord>(*fresh)) {
    o.first += static_cast<std::uint32_t>(known_points.size() / sizeof(OutlinePoint));
    std::erase_if(all, [&](const OutlineRecord& known) { return known.place == o.place; });
    all.push_back(o);
  }
  std::sort(all.begin(), all.end(),
            [](const OutlineRecord& a, const OutlineRecord& b) { return a.place.value < b.place.value; });

  const auto place_bytes = glue(places, {}, places_);
  const auto string_bytes = glue(strings, base_->strings(), strings_);
  const auto point_bytes = glue(points, known_points, points_);
  if (!place_bytes) return std::unexpected(place_bytes.error());
  if (!string_bytes) return std::unexpected(string_bytes.error());
  if (!point_bytes) return std::unexpected(point_bytes.error());
  const auto countries = base_->pack().section("countries");
  if (!countries) return std::unexpected(countries.error());
  writer.add_view("places", *place_bytes);
  writer.add_view("countries", countries->bytes);
  for (auto& [prefix, table] : {std::pair<std::string, Table*>{"name", &names_}, {"skeleton", &skeletons_}})
    for (auto& [suffix, file] : {std::pair<std::string, SpillFile*>{".hash", &table->hashes},
                                 {".first", &table->first},
                                 {".bucket", &table->buckets},
                                 {".place", &table->postings}}) {
      const auto bytes = file->map();
      if (!bytes) return std::unexpected(bytes.error());
      writer.add_view(prefix + suffix, *bytes);
    }
  writer.add_view("strings", *string_bytes);
  std::string sources(base_->sources());
  if (!sources.empty() && sources.back() != '\n') sources += '\n';
  writer.add("sources", sources + source_ + "\n");
  if (!all.empty()) {
    writer.add_records("outline", all);
    writer.add_view("outline.point", *point_bytes);
  }
  return writer.write(out_);
}

}  // namespace annalist
