#include "store/candidates.h"

#include <algorithm>

#include "base/date.h"
#include "store/parts.h"

namespace annalist::store {
namespace {

/// So often is full text asked for one event before all its events are read: about as dear either way.
constexpr int kAskOne = 1000;

Dated dated(const Statement& s) { return {Day::parse_iso(s.str(1)).value, s.num(0)}; }

}  // namespace

Result<bool> Candidates::gather(Statement rows, std::size_t most) {
  const std::size_t before = heap_.size();
  while (true) {
    ANNALIST_TRY(row, rows.step());
    if (!row) break;
    if (heap_.size() - before == most) {
      heap_.resize(before);
      return false;
    }
    heap_.push_back(dated(rows));
  }
  std::ranges::make_heap(heap_, [&](const Dated& a, const Dated& b) { return later(a, b); });
  return true;
}

Status Candidates::advance(Stream& stream) {
  ANNALIST_TRY(row, stream.rows.step());
  stream.head = row ? std::optional(dated(stream.rows)) : std::nullopt;
  return {};
}

Status Candidates::follow(Statement rows) {
  Stream& stream = streams_.emplace_back(std::move(rows), std::nullopt);
  return advance(stream);
}

Result<std::optional<Dated>> Candidates::next() {
  const auto order = [&](const Dated& a, const Dated& b) { return later(a, b); };
  while (true) {
    Stream* from = nullptr;
    std::optional<Dated> best;
    if (!heap_.empty()) best = heap_.front();
    for (Stream& s : streams_)
      if (s.head && (!best || later(*best, *s.head))) best = s.head, from = &s;
    if (!best) return best;
    if (from) {
      ANNALIST_CHECK(advance(*from));
    } else {
      std::ranges::pop_heap(heap_, order);
      heap_.pop_back();
    }
    if (last_ == best) continue;  // in two roles, or once itself and once as a side
    last_ = best;
    return best;
  }
}

Result<bool> Narrowing::has(std::int64_t id) {
  for (const IdSet& set : sets_)
    if (!set.has(id)) return false;
  for (Asked& a : asked_) {
    if (a.times < kAskOne) {
      ++a.times;
      a.one.text(a.query).integer(id);
      ANNALIST_TRY(row, a.one.step());
      a.one.reset();
      if (!row) return false;
      continue;
    }
    if (a.times == kAskOne) {
      ++a.times;
      a.all.text(a.query);
      while (true) {
        ANNALIST_TRY(row, a.all.step());
        if (!row) break;
        a.set.add(a.all.num(0));
      }
    }
    if (!a.set.has(id)) return false;
  }
  return true;
}

}  // namespace annalist::store
