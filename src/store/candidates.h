// What a page is picked from: events of an actor or in a box in the order of the page, and events that a
// full-text query finds. All read no more than the page needs.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "store/sqlite.h"

namespace annalist::store {

struct Dated {
  std::int32_t day = 0;  // as Day; the least number where it is not known
  std::int64_t id = 0;
  auto operator<=>(const Dated&) const = default;
};

/// Events by day and id, each once, from statements that give (id, date).
class Candidates {
 public:
  explicit Candidates(bool newest) : newest_(newest) {}
  /// Takes all rows of a statement, in any order. False, and none taken, when they are more than `most`.
  Result<bool> gather(Statement rows, std::size_t most);
  /// Takes the rows of a statement as they are asked for; they come in the order of the page.
  Status follow(Statement rows);
  Result<std::optional<Dated>> next();
  std::size_t gathered() const { return heap_.size(); }

 private:
  struct Stream {
    Statement rows;
    std::optional<Dated> head;
  };
  bool later(const Dated& a, const Dated& b) const { return newest_ ? a < b : b < a; }
  static Status advance(Stream& stream);

  bool newest_;
  std::vector<Dated> heap_;
  std::vector<Stream> streams_;
  std::optional<Dated> last_;
};

/// A set of ids.
class IdSet {
 public:
  void add(std::int64_t id) {
    const auto at = std::size_t(id) >> 6;
    if (at >= bits_.size()) bits_.resize(at + 1);
    bits_[at] |= std::uint64_t(1) << (id & 63);
  }
  bool has(std::int64_t id) const {
    const auto at = std::size_t(id) >> 6;
    return id >= 0 && at < bits_.size() && (bits_[at] >> (id & 63) & 1) != 0;
  }

 private:
  std::vector<std::uint64_t> bits_;
};

/// Sets that an event must be in, for `annalist_has(?, id)`. A set of very many is asked one by one, which
/// fills a page of a common word at once, and read whole only when that has been done often.
class Narrowing {
 public:
  void add(IdSet set) { sets_.push_back(std::move(set)); }
  /// `one` gives a row when the event that is bound as its second parameter belongs, `all` every id; the
  /// first parameter of both is `query`.
  void ask(std::string query, Statement one, Statement all) {
    asked_.emplace_back(std::move(query), std::move(one), std::move(all));
  }
  bool empty() const { return sets_.empty() && asked_.empty(); }
  Result<bool> has(std::int64_t id);

 private:
  struct Asked {
    Asked(std::string q, Statement o, Statement a)
        : query(std::move(q)), one(std::move(o)), all(std::move(a)) {}
    std::string query;
    Statement one, all;
    int times = 0;
    IdSet set;
  };
  std::vector<IdSet> sets_;
  std::vector<Asked> asked_;
};

}  // namespace annalist::store
