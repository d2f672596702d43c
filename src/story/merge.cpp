#include "story/merge.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/strings.h"

namespace annalist::story {
namespace {

using store::EventRow;
using store::PlaceRow;

constexpr float kJoin = 3.0F;       // agreement that makes two events one
constexpr float kSaid = 100.0F;     // more than any agreement: what a person said
constexpr std::size_t kMost = 400;  // events of one bucket that are compared with each other

bool happened(const std::string& status) {
  return status == "actual" || status == "ongoing" || status == "historical" || status == "denied";
}
bool told(const std::string& status) {
  return happened(status) || status == "planned" || status == "threatened" || status == "demanded";
}

struct Interval {
  int from = INT32_MIN, to = INT32_MAX;
  bool known = false, exact = false;
};

/// When the report's own day is all we know, the event may lie some days before it.
Interval days_of(const EventRow& e, bool dated) {
  Interval out;
  const Day from = Day::parse_iso(e.date_from), to = Day::parse_iso(e.date_to);
  if (!from && !to) return out;
  out.known = true;
  out.from = from ? from.value : to.value;
  out.to = to ? to.value : from.value;
  out.exact = dated && e.date_precision == "day" && out.from == out.to;
  if (!dated) out.from -= 3;
  return out;
}

double kilometres(const PlaceRow& a, const PlaceRow& b) {
  constexpr double kRadian = 3.14159265358979 / 180;
  const double x = (b.lon - a.lon) * std::cos((a.lat + b.lat) / 2 * kRadian), y = b.lat - a.lat;
  return std::sqrt(x * x + y * y) * 111.2;
}

struct Side {
  std::vector<std::string> listed, others, vague,
      sides;  // uids of listed actors, of others, of "gunmen"; of sides
};
/// "we", "they": nobody that another report could mean.
bool is_pronoun(std::string_view name) {
  static constexpr std::string_view kWords[] = {"he",  "she",   "it",   "they", "we",   "i",     "you",
                                                "him", "her",   "them", "us",   "who",  "which", "that",
                                                "his", "their", "its",  "one",  "some", "others"};
  return std::ranges::count(kWords, name) > 0;
}
Side side_of(const Told& t, const EventRow& e, std::string_view role) {
  Side out;
  for (const auto& a : e.actors) {
    if (a.role != role) continue;
    if (a.actor >= 0) {
      const auto& actor = t.rows.actors[std::size_t(a.actor)];
      // "~armed_group:" of no country and no name is any gunmen anywhere.
      const bool vague =
          !actor.listed && actor.country.empty() && actor.uid.find(':') >= actor.uid.find_last_of(':');
      (actor.listed ? out.listed : vague ? out.vague : out.others).push_back(actor.uid);
    } else if (std::string name = fold(a.name); !name.empty() && !is_pronoun(name)) {
      out.others.push_back(std::move(name));
    }
    if (a.side >= 0 && t.rows.actors[std::size_t(a.side)].listed)
      out.sides.push_back(t.rows.actors[std::size_t(a.side)].uid);
  }
  return out;
}

bool share(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::any_of(
      a, [&](const std::string& x) { return !x.empty() && std::ranges::count(b, x) > 0; });
}

bool takes_in(const TypeKin& kin, const std::string& strong, const std::string& weak) {
  const auto it = kin.find(strong);
  return it != kin.end() && std::ranges::count(it->second, weak) > 0;
}

/// The agreement of two events.
struct Agreement {
  float score = 0;
  int arguments = 0;   // how many of place, actor, target, day, toll agree
  int anchors = 0;     // of these, those that hardly two happenings share: a town, a told day, a toll, a
                       // listed actor
  bool never = false;  // they cannot be one, and `why` says what forbids it
  std::string why;
};

/// Adds what agrees; a contradiction makes the score negative for good.
class Judge {
 public:
  enum Weight { aside, argument, anchor };
  void plus(float score, std::string why, Weight weight = aside) {
    if (failed_) return;
    out_.score += score;
    out_.arguments += weight != aside;
    out_.anchors += weight == anchor;
    out_.why += (out_.why.empty() ? "" : "; ") + why;
  }
  void never(std::string why) {
    if (failed_) return;
    failed_ = true;
    out_ = {-1, 0, 0, true, std::move(why)};
  }
  bool failed() const { return failed_; }
  Agreement done() { return std::move(out_); }

 private:
  Agreement out_;
  bool failed_ = false;
};

void judge_place(const Told& ta, const EventRow& a, const Told& tb, const EventRow& b, Judge& judge) {
  if (a.place < 0 || b.place < 0) return;
  const PlaceRow &p = ta.rows.places[std::size_t(a.place)], &q = tb.rows.places[std::size_t(b.place)];
  const auto rank = [](const std::string& precision) {
    return precision == "country" ? 3 : precision == "admin1" ? 2 : precision == "admin2" ? 1 : 0;
  };
  const int x = rank(a.place_precision), y = rank(b.place_precision), coarse = std::max(x, y);
  if (p.uid == q.uid) {
    constexpr float kScore[] = {2.0F, 1.5F, 1.0F, 0.25F};
    judge.plus(kScore[coarse], "both in " + p.name,
               coarse < 2   ? Judge::anchor
               : coarse < 3 ? Judge::argument
                            : Judge::aside);
    return;
  }
  if (!p.country.empty() && !q.country.empty() && p.country != q.country)
    return judge.never(p.name + " and " + q.name + " lie in different countries");
  if (coarse == 3) return judge.plus(0.25F, p.name + " and " + q.name + " lie in one country");
  if (!p.admin1.empty() && !q.admin1.empty() && p.admin1 != q.admin1)
    return judge.never(p.name + " and " + q.name + " lie in different provinces");
  if (coarse == 2) return judge.plus(0.5F, p.name + " and " + q.name + " lie in one province");
  if (!p.located || !q.located) {
    if (fold(p.name) == fold(q.name)) return judge.plus(1.5F, "both in " + p.name, Judge::anchor);
    return judge.never(p.name + " is not known to be " + q.name);
  }
  const double far = kilometres(p, q);
  const double most = coarse == 1 || a.place_precision == "near" || b.place_precision == "near" ? 25 : 5;
  if (far > most)
    return judge.never(p.name + " and " + q.name + " are " + std::to_string(int(far)) + " km apart");
  judge.plus(1.0F, p.name + " is near " + q.name, Judge::anchor);
}

void judge_side(std::string_view role, const Side& a, const Side& b, Judge& judge) {
  const std::string name(role);
  if (share(a.listed, b.listed)) return judge.plus(1.5F, "the same " + name, Judge::anchor);
  if (share(a.others, b.others)) return judge.plus(0.75F, "the same kind of " + name, Judge::argument);
  if (share(a.sides, b.sides)) return judge.plus(0.75F, name + " of one side", Judge::argument);
  if (share(a.vague, b.vague)) judge.plus(0.25F, "some " + name + " of one kind");
  if (!a.listed.empty() && !b.listed.empty()) judge.never("another " + name + " is named");
}

void judge_toll(const Count& a, const Count& b, std::string_view what, Judge& judge) {
  if (a.best <= 0 || b.best <= 0) return;
  if (a.best == b.best)
    judge.plus(0.75F, std::to_string(a.best) + " " + std::string(what) + " in both",
               a.best > 2 ? Judge::anchor : Judge::argument);
  else if (std::max(a.best, b.best) > 3 * std::min(a.best, b.best))
    judge.plus(-0.75F, "far apart counts of " + std::string(what));
}

float likeness(const Told& a, const Told& b) {
  float dot = 0, x = 0, y = 0;
  for (const auto& [w, n] : a.words) x += n * n;
  for (const auto& [w, n] : b.words) y += n * n;
  for (auto i = a.words.begin(), j = b.words.begin(); i != a.words.end() && j != b.words.end();) {
    if (i->first < j->first)
      ++i;
    else if (j->first < i->first)
      ++j;
    else
      dot += i->second * j->second, ++i, ++j;
  }
  return x > 0 && y > 0 ? dot / std::sqrt(x * y) : 0.0F;
}

/// What two events share, the words of their reports aside.
Agreement agree_on_arguments(const Told& ta, std::size_t ia, const Told& tb, std::size_t ib,
                             const TypeKin& kin) {
  const EventRow &a = ta.rows.events[ia], &b = tb.rows.events[ib];
  Judge judge;
  if (a.type == b.type)
    judge.plus(1.0F, "both " + a.type);
  else if (takes_in(kin, a.type, b.type) || takes_in(kin, b.type, a.type))
    judge.plus(0.5F, a.type + " may be told as " + b.type);
  else
    judge.never(a.type + " is not " + b.type);
  if (happened(a.status) != happened(b.status) || (!happened(a.status) && a.status != b.status))
    judge.never(a.status + " is not " + b.status);
  if (judge.failed()) return judge.done();

  const Interval x = days_of(a, ta.dated[ia]), y = days_of(b, tb.dated[ib]);
  if (x.known && y.known) {
    if (std::max(x.from, y.from) > std::min(x.to, y.to))
      judge.never(a.date_from + " to " + a.date_to + " does not meet " + b.date_from + " to " + b.date_to);
    else if (x.exact && y.exact)
      judge.plus(1.5F, "both on " + a.date_from, Judge::anchor);
    else if (std::max(x.to - x.from, y.to - y.from) <= 31)
      judge.plus(0.5F, "days that meet");
  }
  judge_place(ta, a, tb, b, judge);
  if (judge.failed()) return judge.done();
  const Side aa = side_of(ta, a, "actor"), at = side_of(ta, a, "target"), ba = side_of(tb, b, "actor"),
             bt = side_of(tb, b, "target");
  const bool turned = share(aa.listed, bt.listed) && share(at.listed, ba.listed);
  const bool both_sides = a.type == "clash" || b.type == "clash";
  if (turned && both_sides) {
    judge.plus(2.5F, "the same two sides", Judge::anchor);
  } else {
    judge_side("actor", aa, ba, judge);
    judge_side("target", at, bt, judge);
  }
  judge_toll(a.deaths, b.deaths, "dead", judge);
  judge_toll(a.injured, b.injured, "injured", judge);
  if (judge.failed()) return judge.done();
  if (!a.rules.empty() && a.rules == b.rules) judge.plus(0.25F, "told in the same way");
  return judge.done();
}

/// Words that reports share speak for one event; comparing them takes most of the time, so it comes last.
constexpr float kWords = 1.0F;  // at most
void add_words(const Told& ta, const Told& tb, Agreement& to) {
  if (to.never) return;
  const float like = likeness(ta, tb);
  if (like >= 0.5F)
    to.score += kWords, to.why += "; reports much alike";
  else if (like >= 0.3F)
    to.score += 0.5F, to.why += "; reports alike";
}

struct Node {
  std::uint32_t report, event;
};

struct Link {
  std::uint32_t a, b;
  float score;
  std::string why;
};

class Merger {
 public:
  Merger(const std::vector<Told>& reports, const Voices& voices, const TypeKin& kin, const Said& said)
      : reports_(reports), voices_(voices), kin_(kin), said_(said) {
    for (std::uint32_t r = 0; r < reports.size(); ++r)
      for (std::uint32_t e = 0; e < reports[r].rows.events.size(); ++e)
        if (told(reports[r].rows.events[e].status)) nodes_.push_back({r, e});
    cluster_.resize(nodes_.size());
    std::iota(cluster_.begin(), cluster_.end(), 0U);
    members_.resize(nodes_.size());
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) members_[i] = {i};
    best_.resize(nodes_.size());
  }

  std::vector<store::MergedEvent> run() {
    join_said();
    std::vector<Link> links = find_links();
    std::ranges::sort(links, [&](const Link& x, const Link& y) {
      return x.score != y.score ? x.score > y.score
                                : std::pair(uid(x.a), uid(x.b)) < std::pair(uid(y.a), uid(y.b));
    });
    for (const Link& link : links) join(link);
    std::vector<store::MergedEvent> out;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i)
      if (cluster_[i] == i) out.push_back(merged(members_[i]));
    std::ranges::sort(out, {}, &store::MergedEvent::uid);
    return out;
  }

 private:
  const EventRow& row(std::uint32_t n) const {
    return reports_[nodes_[n].report].rows.events[nodes_[n].event];
  }
  const Told& report(std::uint32_t n) const { return reports_[nodes_[n].report]; }
  const std::string& uid(std::uint32_t n) const { return row(n).uid; }
  Agreement on_arguments(std::uint32_t a, std::uint32_t b) const {
    return agree_on_arguments(report(a), nodes_[a].event, report(b), nodes_[b].event, kin_);
  }
  /// Two events that cannot stand in one cluster.
  bool contradict(std::uint32_t a, std::uint32_t b) const {
    Agreement g = on_arguments(a, b);
    if (g.score >= 0 || g.never) return g.never;
    add_words(report(a), report(b), g);
    return g.score < 0;
  }
  bool forbidden(std::uint32_t a, std::uint32_t b) const {
    return nodes_[a].report == nodes_[b].report || apart(a, b);
  }
  bool apart(std::uint32_t a, std::uint32_t b) const {
    return said_.apart.contains(std::minmax(uid(a), uid(b)));
  }

  /// First come the joins that a person asked for, in the order of the events.
  void join_said() {
    if (said_.same.empty()) return;
    std::map<std::string_view, std::uint32_t> node;
    for (std::uint32_t n = 0; n < nodes_.size(); ++n) node.emplace(uid(n), n);
    for (const auto& [x, y] : said_.same) {
      const auto a = node.find(x), b = node.find(y);
      if (a == node.end() || b == node.end()) continue;  // not told any more, or not as having happened
      const Link link{a->second, b->second, kSaid, "a reviewer says that they are the same"};
      const auto &left = members_[cluster_[link.a]], &right = members_[cluster_[link.b]];
      if (std::ranges::none_of(left, [&](std::uint32_t m) {
            return std::ranges::any_of(right, [&](std::uint32_t n) { return apart(m, n); });
          }))
        unite(link);
    }
  }

  /// Pairs that share a place, a side, or a province and a day's neighbourhood.
  std::vector<Link> find_links() const {
    std::map<std::string, std::vector<std::uint32_t>> buckets;
    for (std::uint32_t n = 0; n < nodes_.size(); ++n) {
      const EventRow& e = row(n);
      std::vector<std::string> keys;
      if (e.place >= 0) {
        const PlaceRow& p = report(n).rows.places[std::size_t(e.place)];
        keys.push_back("p" + p.uid);
        if (!p.admin1.empty()) keys.push_back("r" + p.country + p.admin1);
      }
      for (const auto& a : e.actors)
        if (a.actor >= 0) keys.push_back("a" + report(n).rows.actors[std::size_t(a.actor)].uid);
      const Interval days = days_of(e, report(n).dated[nodes_[n].event]);
      for (const std::string& key : keys) {
        if (!days.known || days.to - days.from > 62) {
          buckets[key + "@"].push_back(n);
          continue;
        }
        for (int block = (days.from - 3) >> 4; block <= (days.to + 3) >> 4; ++block)
          buckets[key + "@" + std::to_string(block)].push_back(n);
      }
    }
    std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
    std::vector<Link> out;
    for (const auto& [key, list] : buckets) {
      const std::size_t n = std::min(list.size(), kMost);
      for (std::size_t x = 0; x < n; ++x)
        for (std::size_t y = x + 1; y < n; ++y) {
          const std::uint32_t a = list[x], b = list[y];
          if (a == b || forbidden(a, b) || !seen.emplace(std::min(a, b), std::max(a, b)).second) continue;
          Agreement g = on_arguments(a, b);
          if (g.score + kWords < kJoin || g.arguments < 2 || g.anchors < 1) continue;
          add_words(report(a), report(b), g);
          if (g.score >= kJoin) out.push_back({a, b, g.score, std::move(g.why)});
        }
    }
    return out;
  }

  void join(const Link& link) {
    const std::uint32_t a = cluster_[link.a], b = cluster_[link.b];
    if (a == b) return;
    for (const std::uint32_t x : members_[a])
      for (const std::uint32_t y : members_[b])
        if (forbidden(x, y) || (!(x == link.a && y == link.b) && contradict(x, y))) return;
    unite(link);
  }

  void unite(const Link& link) {
    for (const std::uint32_t n : {link.a, link.b})
      if (link.score > best_[n].score) best_[n] = link;
    std::uint32_t a = cluster_[link.a], b = cluster_[link.b];
    if (a == b) return;
    if (a > b) std::swap(a, b);
    for (const std::uint32_t x : members_[b]) cluster_[x] = a;
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
    members_[b].clear();
  }

  /// The report that is followed where only one value can stand: a count that most voices give, else the
  /// lower one.
  Count counts(const std::vector<std::uint32_t>& members, Count EventRow::*which) const {
    Count out;
    std::map<std::int32_t, std::set<std::uint32_t>> said;
    for (const std::uint32_t n : members) {
      const Count& c = row(n).*which;
      if (!c.known()) continue;
      const std::int32_t best = c.best >= 0 ? c.best : c.low >= 0 ? c.low : c.high;
      const std::int32_t low = c.low >= 0 ? c.low : best, high = c.high >= 0 ? c.high : best;
      out.low = out.low < 0 ? low : std::min(out.low, low);
      out.high = std::max(out.high, high);
      if (row(n).status != "denied") said[best].insert(voices_.voice[nodes_[n].report]);
    }
    std::size_t most = 0;
    for (const auto& [best, voices] : said)
      if (voices.size() > most) most = voices.size(), out.best = best;
    return out;
  }

  store::MergedEvent merged(std::vector<std::uint32_t> members) const {
    std::ranges::sort(members);  // reports are sorted: the first told it first
    store::MergedEvent out;
    const std::uint32_t first = members[0];
    out.uid = "m" + uid(first).substr(1);
    std::map<std::string, std::size_t> types;
    std::set<std::uint32_t> reports, voices;
    std::set<std::string> statuses;
    std::vector<std::string> actors, targets;
    const auto add = [](std::vector<std::string>& list, const std::string& name) {
      if (!name.empty() && std::ranges::count(list, name) == 0) list.push_back(name);
    };
    double doubt = 1;
    std::uint32_t placed = first, when = first;
    const auto precision = [&](std::uint32_t n) {
      const EventRow& e = row(n);
      if (e.place < 0) return 5;
      return e.place_precision == "country"  ? 4
             : e.place_precision == "admin1" ? 3
             : e.place_precision == "admin2" ? 2
             : e.place_precision == "near"   ? 1
                                             : 0;
    };
    const auto width = [&](std::uint32_t n) {
      const Interval d = days_of(row(n), report(n).dated[nodes_[n].event]);
      return d.known ? d.to - d.from : INT32_MAX;
    };
    for (const std::uint32_t n : members) {
      const EventRow& e = row(n);
      ++types[e.type];
      statuses.insert(e.status);
      reports.insert(nodes_[n].report);
      if (voices.insert(voices_.voice[nodes_[n].report]).second) doubt *= 1 - double(e.confidence);
      out.contested |= e.contested;
      for (const auto& a : e.actors) {
        const std::string& name = a.actor >= 0 ? report(n).rows.actors[std::size_t(a.actor)].name : a.name;
        if (a.role == "actor") add(actors, name);
        if (a.role == "target") add(targets, name);
      }
      if (precision(n) < precision(placed)) placed = n;
      if (width(n) < width(when)) when = n;
      store::Member m;
      m.uid = e.uid;
      m.score = best_[n].score;
      m.why = best_[n].score > 0
                  ? best_[n].why + " (as " + uid(best_[n].a == n ? best_[n].b : best_[n].a) + ")"
                  : "";
      out.members.push_back(std::move(m));
    }
    // The most telling type: the one that takes in the others, else the commonest.
    for (const auto& [type, count] : types) {
      const bool stronger = out.type.empty() || takes_in(kin_, type, out.type) ||
                            (!takes_in(kin_, out.type, type) && count > types[out.type]);
      if (stronger) out.type = type;
    }
    out.contested |= statuses.contains("denied") && statuses.size() > 1;
    for (const char* status :
         {"actual", "ongoing", "historical", "denied", "planned", "threatened", "demanded"})
      if (out.status.empty() && statuses.contains(status)) out.status = status;
    const EventRow& e = row(when);
    out.date_from = e.date_from, out.date_to = e.date_to, out.date_precision = e.date_precision;
    const EventRow& at = row(placed);
    if (at.place >= 0) {
      const PlaceRow& p = report(placed).rows.places[std::size_t(at.place)];
      out.place = p.uid, out.country = p.country, out.place_precision = at.place_precision;
      out.lat = p.lat, out.lon = p.lon, out.located = p.located;
    }
    const auto joined = [](const std::vector<std::string>& list) {
      std::string text;
      for (const std::string& s : list) text += (text.empty() ? "" : "; ") + s;
      return text;
    };
    out.actors = joined(actors), out.targets = joined(targets);
    out.deaths = counts(members, &EventRow::deaths), out.injured = counts(members, &EventRow::injured);
    out.mentions = std::int64_t(members.size());
    out.reports = std::int64_t(reports.size()), out.sources = std::int64_t(voices.size());
    out.confidence = std::round((1 - doubt) * 1000) / 1000;
    if (members.size() > 1)
      out.why = std::to_string(reports.size()) + " reports by " + std::to_string(voices.size()) +
                (voices.size() == 1 ? " voice" : " voices") + " agree: " + best_[members[1]].why;
    else
      out.why = "one report";
    return out;
  }

  const std::vector<Told>& reports_;
  const Voices& voices_;
  const TypeKin& kin_;
  const Said& said_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> cluster_;
  std::vector<std::vector<std::uint32_t>> members_;
  std::vector<Link> best_;  // the strongest link that joined each node
};

}  // namespace

std::vector<store::MergedEvent> merge_events(const std::vector<Told>& reports, const Voices& voices,
                                             const TypeKin& kin, const Said& said) {
  return Merger(reports, voices, kin, said).run();
}

}  // namespace annalist::story
