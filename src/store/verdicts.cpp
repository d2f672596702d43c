#include "store/verdicts.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "store/parts.h"
#include "store/read.h"

namespace annalist::store {
namespace {

using EventPair = std::pair<std::string, std::string>;
/// Verdicts are kept pair by pair; what asks for more pairs than these names the wrong things.
constexpr std::size_t kMostPairs = 10000;

std::string json_list(const std::vector<std::string>& strings) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const std::string& s : strings) json.string(s);
  json.end_array();
  return out;
}

std::string said_by(const PairVerdict& p) {
  return "revision " + std::to_string(p.revision) + (p.reviewer.empty() ? "" : ", " + p.reviewer);
}

/// The events of single reports that an id stands for.
Result<std::vector<std::string>> events_of(Db& db, const std::string& uid) {
  const auto strings = [&](const char* sql) -> Result<std::vector<std::string>> {
    ANNALIST_TRY(s, db.prepare(sql));
    s.text(uid);
    std::vector<std::string> out;
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) return out;
      out.emplace_back(s.str(0));
    }
  };
  if (uid.starts_with('e')) {
    ANNALIST_TRY(found, strings("SELECT uid FROM events WHERE uid = ? AND recorded_to IS NULL"));
    if (found.empty()) return fail("no current event is called '" + uid + "'", db.path());
    return found;
  }
  if (!uid.starts_with('m'))
    return fail("'" + uid + "' is no event", db.path(),
                "give the ids of events of reports (e...) or of merged events (m...)");
  ANNALIST_TRY(members, strings("SELECT event FROM merged_members WHERE merged = ? AND recorded_to IS NULL "
                                "ORDER BY event"));
  if (!members.empty()) return members;
  ANNALIST_TRY(leads, strings("SELECT target FROM redirects WHERE uid = ? ORDER BY recorded_from DESC"));
  if (!leads.empty())
    return fail("'" + uid + "' is a former id, which leads to '" + leads[0] + "' now", db.path(),
                "name that one, or the events of reports that are meant (e...)");
  return fail("no merged event is called '" + uid + "'", db.path());
}

/// Which events are one by verdict.
class Together {
 public:
  explicit Together(const std::vector<PairVerdict>& pairs) {
    for (const PairVerdict& p : pairs)
      if (p.same) of_[root(p.a)] = root(p.b);
  }
  std::string root(std::string event) const {
    for (auto it = of_.find(event); it != of_.end() && it->second != event; it = of_.find(event))
      event = it->second;
    return event;
  }

 private:
  std::map<std::string, std::string, std::less<>> of_;
};

/// Says where verdicts contradict each other: of two events that are kept apart, others say that they are
/// one. Empty: nowhere.
std::string contradiction(const std::vector<PairVerdict>& pairs) {
  const Together together(pairs);
  for (const PairVerdict& apart : pairs) {
    if (apart.same || together.root(apart.a) != together.root(apart.b)) continue;
    std::string through;
    for (const PairVerdict& p : pairs)
      if (p.same && together.root(p.a) == together.root(apart.a) &&
          (p.a == apart.a || p.a == apart.b || p.b == apart.a || p.b == apart.b))
        through += (through.empty() ? "" : "; ") + said_by(p);
    return "'" + apart.a + "' and '" + apart.b + "' are kept apart (" + said_by(apart) +
           "), and others make them one (" + through + ")";
  }
  return {};
}

Status insert_pair(Db& db, const Store::Verdict& verdict, const EventPair& pair, std::int64_t undoes,
                   std::int64_t revision) {
  ANNALIST_TRY(s,
               db.prepare("INSERT INTO reviews (target, other, decision, reviewer, note, undoes, revision) "
                          "VALUES (?,?,?,?,?,?,?)"));
  s.text(pair.first).text(pair.second).text(verdict.decision);
  s.text_or_null(verdict.reviewer).text_or_null(verdict.note).id_or_null(undoes).integer(revision);
  return s.run();
}

}  // namespace

Result<std::vector<VerdictRecord>> read_verdicts(Db& db, const std::vector<std::string>& events) {
  ANNALIST_TRY(
      s, db.prepare("SELECT r.revision, v.at, r.target, coalesce(r.other, ''), r.decision, "
                    "coalesce(r.reviewer, ''), coalesce(r.note, ''), coalesce(r.before, ''), "
                    "coalesce(r.after, ''), coalesce(r.undoes, 0) FROM reviews r JOIN revisions v ON v.id = "
                    "r.revision WHERE r.id IN (SELECT id FROM reviews WHERE target IN (SELECT value FROM "
                    "json_each(?1)) UNION SELECT id FROM reviews WHERE other IN (SELECT value FROM "
                    "json_each(?1))) ORDER BY r.id"));
  s.text(json_list(events));
  std::vector<VerdictRecord> out;
  // Of each event, or pair, what has not been taken back, the last on top.
  std::map<EventPair, std::vector<std::size_t>> standing;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) break;
    VerdictRecord v;
    v.revision = s.num(0);
    int c = 1;
    for (std::string* f :
         {&v.at, &v.target, &v.other, &v.decision, &v.reviewer, &v.note, &v.before, &v.after})
      *f = s.str(c++);
    auto& stack = standing[{v.target, v.other}];
    if (v.decision != "undone")
      stack.push_back(out.size());
    else if (const std::int64_t undoes = s.num(9))
      std::erase_if(stack, [&](std::size_t i) { return out[i].revision == undoes; });
    else if (!stack.empty())
      stack.pop_back();
    out.push_back(std::move(v));
  }
  for (const auto& [pair, stack] : standing)
    for (const std::size_t i : stack) out[i].stands = pair.second.empty() || i == stack.back();
  return out;
}

Result<std::vector<PairVerdict>> standing_pairs(Db& db) {
  ANNALIST_TRY(s, db.prepare("SELECT r.target, r.other, coalesce(r.reviewer, ''), r.decision = 'same', "
                             "r.revision FROM reviews r WHERE r.other IS NOT NULL AND r.decision <> 'undone' "
                             "AND NOT EXISTS (SELECT 1 FROM reviews u WHERE u.target = r.target AND u.other "
                             "= r.other AND u.undoes = r.revision) ORDER BY r.target, r.other, r.id"));
  std::vector<PairVerdict> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    PairVerdict p{std::string(s.str(0)), std::string(s.str(1)), std::string(s.str(2)), s.num(3) != 0,
                  s.num(4)};
    if (!out.empty() && out.back().a == p.a && out.back().b == p.b)
      out.back() = std::move(p);
    else
      out.push_back(std::move(p));
  }
}

Status review_pair(Db& db, const Store::Verdict& verdict, std::int64_t run) {
  const bool undo = verdict.decision == "undone";
  if (!undo && verdict.decision != "apart" && verdict.decision != "same")
    return fail("'" + verdict.decision + "' is no verdict on two events", {}, "apart, same or undone");
  if (!verdict.fields.empty()) return fail("a verdict on two events changes no fields");
  if (verdict.other.empty()) return fail("'" + verdict.decision + "' needs a second event", verdict.target);
  ANNALIST_TRY(work, Transaction::begin(db, true));
  ANNALIST_TRY(left, events_of(db, verdict.target));
  ANNALIST_TRY(right, events_of(db, verdict.other));
  std::set<EventPair> pairs;
  if (verdict.target != verdict.other)
    for (const std::string& a : left)
      for (const std::string& b : right)
        if (a != b) pairs.insert(std::minmax(a, b));
  if (pairs.empty())
    return fail("a verdict on two events needs two: '" + verdict.target + "' and '" + verdict.other +
                "' are one and the same record");
  if (pairs.size() > kMostPairs)
    return fail("these are " + std::to_string(pairs.size()) + " pairs of events, more than one verdict takes",
                {}, "name events of single reports (e...)");
  ANNALIST_TRY(before, standing_pairs(db));
  const PairVerdict* last = nullptr;
  std::size_t so_already = 0;
  for (const PairVerdict& p : before) {
    if (!pairs.contains({p.a, p.b})) continue;
    if (!last || last->revision < p.revision) last = &p;
    so_already += p.same == (verdict.decision == "same");
  }
  if (undo && !last) return fail("there is no verdict on these two to undo", verdict.target);
  if (!undo && so_already == pairs.size())
    return fail(std::string("that stands already: they are ") + (last->same ? "the same" : "kept apart") +
                " (" + said_by(*last) + ")");
  ANNALIST_TRY(revision,
               new_revision(db, run, "review", verdict.target, verdict.decision + ", with " + verdict.other));
  if (undo) {
    // What was decided at once is taken back at once.
    pairs.clear();
    ANNALIST_TRY(s, db.prepare("SELECT target, other FROM reviews WHERE revision = ? AND other IS NOT NULL"));
    s.integer(last->revision);
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) break;
      pairs.emplace(s.str(0), s.str(1));
    }
  }
  for (const EventPair& pair : pairs)
    ANNALIST_CHECK(insert_pair(db, verdict, pair, undo ? last->revision : 0, revision));
  ANNALIST_TRY(after, standing_pairs(db));
  if (const std::string fault = contradiction(after); !fault.empty())
    return fail("verdicts would contradict each other: " + fault, db.path(), "undo one of them first");
  return work.commit();
}

Status check_pairs(Db& db, std::vector<std::string>& faults) {
  for (const char* sql :
       {"SELECT 'verdict ' || id || ' is on ' || target || ' and ' || other || ', which are no pair' FROM "
        "reviews WHERE other <= target OR (other IS NOT NULL AND decision NOT IN ('apart', 'same', "
        "'undone'))",
        "SELECT 'verdict ' || r.id || ' is on an event that is not there: ' || x.uid FROM (SELECT id, target "
        "AS uid FROM reviews WHERE other IS NOT NULL UNION ALL SELECT id, other FROM reviews WHERE other IS "
        "NOT NULL) x JOIN reviews r ON r.id = x.id WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.uid = "
        "x.uid)",
        "SELECT 'verdict ' || u.id || ' undoes none' FROM reviews u WHERE u.other IS NOT NULL AND u.decision "
        "= 'undone' AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.target = u.target AND r.other = u.other "
        "AND r.revision = u.undoes AND r.id < u.id AND r.decision <> 'undone')"}) {
    ANNALIST_TRY(s, db.prepare_once(sql));
    while (true) {
      ANNALIST_TRY(row, s.step());
      if (!row) break;
      faults.emplace_back(s.str(0));
    }
  }
  ANNALIST_TRY(pairs, standing_pairs(db));
  if (std::string fault = contradiction(pairs); !fault.empty())
    faults.push_back("verdicts contradict each other: " + fault);
  Findings findings(db, 0);
  for (const PairVerdict& p : pairs) {
    ANNALIST_TRY(of_a, findings.merged_of(p.a));
    ANNALIST_TRY(of_b, findings.merged_of(p.b));
    if (of_a.empty() || of_b.empty() || (of_a == of_b) == p.same) continue;
    faults.push_back("events " + p.a + " and " + p.b + (p.same ? " are the same" : " are to be kept apart") +
                     " (" + said_by(p) + ") and are " + (p.same ? "not merged" : "merged in " + of_a) +
                     ": run `annalist connect`");
  }
  return {};
}

}  // namespace annalist::store

namespace annalist {

using namespace store;

Result<std::vector<VerdictRecord>> Store::verdicts(std::string_view uid) {
  std::vector<std::string> events{std::string(uid)};
  if (uid.starts_with('m')) {
    ANNALIST_TRY(merged, findings().merged(uid));
    events.clear();
    for (const Member& m : merged.members) events.push_back(m.uid);
  }
  return read_verdicts(*parts_->db, events);
}

Result<std::vector<PairVerdict>> Store::pair_verdicts() { return standing_pairs(*parts_->db); }

}  // namespace annalist
