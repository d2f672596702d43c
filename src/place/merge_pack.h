// The merging side of the import: a gazetteer pack plus new places -> a new pack. Keys of new places are
// sorted in runs of bounded size on disk and merged with the keys of the base at the end. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/spill_file.h"
#include "place/gazetteer.h"

namespace annalist {

/// A place on its way into the gazetteer. Views live until add() returns.
struct NewPlace {
  std::string id;  // "geonames:169389", "ocha:C4293"
  std::string_view name, feature;
  std::vector<std::pair<std::string_view, NameKind>> names;  // others than `name`
  double lat = 0, lon = 0;
  std::uint16_t country = PlaceRecord::kNoCountry;
  Id<PlaceRecord> admin1, admin2;
  std::uint32_t population = 0;
  PlaceKind kind = PlaceKind::town;
  std::uint8_t importance = 0;
  unsigned radius_km = 0;
  bool better_point = false;  // than that of the place it is the same as
};

struct Outline {
  std::vector<std::vector<std::pair<double, double>>> rings;  // lat, lon; closed or not
};

class PackMerge {
 public:
  /// `source` is one line about the file: name, licence. Errors name the base.
  static Result<PackMerge> open(const std::string& base, const std::string& out, std::string source);

  const Gazetteer& base() const { return *base_; }
  /// The record of that id in the base or among what was added with remember(); none if there is none.
  Id<PlaceRecord> by_id(std::string_view id) const;
  /// A unit added in this run, to be found by by_id.
  void remember(const std::string& id, Id<PlaceRecord> place) { added_ids_.emplace(id, place); }

  /// The place of the base that `p` is: the same country, a kindred class, a name in common, and near.
  Id<PlaceRecord> same_place(const NewPlace& p) const;
  /// Adds names and the id to a place of the base.
  Status join(Id<PlaceRecord> place, const NewPlace& p);
  Result<Id<PlaceRecord>> add(const NewPlace& p);
  Status outline(Id<PlaceRecord> place, const Outline& outline);
  /// Writes the new pack under its name.
  Status finish();

 private:
  struct Key {
    std::uint64_t hash;
    std::uint32_t packed;
    std::uint32_t rank;  // 255 - importance
    bool operator<(const Key& o) const {
      if (hash != o.hash) return hash < o.hash;
      const std::uint32_t kind = packed & 7, other = o.packed & 7;
      if (kind != other) return kind < other;
      return rank != o.rank ? rank < o.rank : packed < o.packed;
    }
  };
  struct Table {
    std::vector<Key> buffer;
    std::vector<SpillFile> runs;
    SpillFile hashes, first, buckets, postings;
  };

  PlaceRecord* changed(Id<PlaceRecord> place);
  Status file_names(Id<PlaceRecord> place, const NewPlace& p, std::uint8_t importance, bool known);
  Status put(Table& table, const Key& key);
  Status spill(Table& table);
  Status merge_table(const std::string& prefix, Table& table);
  Result<std::uint32_t> string(std::string_view s);

  std::unique_ptr<Gazetteer> base_;
  std::string out_, source_;
  std::uint32_t source_index_ = 0;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> ids_;  // hash -> record of the base
  std::map<std::string, Id<PlaceRecord>, std::less<>> added_ids_;
  std::map<std::uint32_t, PlaceRecord> changes_;  // records of the base that gained something
  SpillFile places_, strings_, points_, outlines_;
  std::uint32_t added_ = 0;
  Table names_, skeletons_;
};

}  // namespace annalist
