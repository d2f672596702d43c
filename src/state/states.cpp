#include "state/states.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/strings.h"

namespace annalist::state {
namespace {

using store::DocumentRows;
using store::State;

constexpr int kSilence = 730;  // days without evidence after which a relation is told anew, not continued

std::string hex(std::uint64_t h) {
  char buffer[20];
  std::snprintf(buffer, sizeof buffer, "%016llx", static_cast<unsigned long long>(h));
  return buffer;
}

struct Party {
  std::string uid, name;
  bool known() const { return !uid.empty() || !name.empty(); }
  std::string key() const { return uid.empty() ? "~" + fold(name) : uid; }
};

Party party(const DocumentRows& doc, int index, const std::string& name) {
  if (index < 0) return {{}, name};
  const auto& actor = doc.actors[std::size_t(index)];
  return {actor.uid, actor.name};
}

/// Whoever holds a place holds it for a side: soldiers, police and ministers for their country.
Party holder(const DocumentRows& doc, int index, const std::string& name, const CountryNames& countries) {
  if (index < 0) return {{}, name};
  const auto& actor = doc.actors[std::size_t(index)];
  static constexpr std::string_view kOfState[] = {"state", "military", "police", "government",
                                                  "intelligence"};
  const auto country = countries.find(actor.country);
  if (std::ranges::count(kOfState, actor.kind) > 0 && country != countries.end())
    return {country->first, country->second};
  return {actor.uid, actor.name};
}

void add_member(State& state, std::string uid, std::string role, std::string why) {
  for (const store::Member& m : state.members)
    if (m.uid == uid && m.role == role) return;
  store::Member m;
  m.uid = std::move(uid), m.role = std::move(role), m.why = std::move(why);
  state.members.push_back(std::move(m));
}

void name_state(State& s) {
  s.uid = "h" + hex(hash64(s.attribute + "|" + s.place + "|" + s.a + s.a_name + "|" + s.b + s.b_name + "|" +
                           s.valid_from + "|" + (s.members.empty() ? "" : s.members[0].uid)));
}

// ---- control
// -----------------------------------------------------------------------------------------------

struct Fact {
  std::string date, published, how, evidence;
  std::string evidence_of, year_from;  // the report; of a fact known to the year, its first day
  Party from, to;
  bool contested = false;
  double confidence = 0.5;
};

class PlaceHistory {
 public:
  PlaceHistory(std::string place, std::vector<State>& out) : place_(std::move(place)), out_(out) {}

  void add(const Fact& f) {
    if (f.date.empty()) return undated(f);
    if (f.how == "besieged") return besieged(f);
    if (f.how == "contested") return disputed(f);
    if (f.how == "withdrew") return withdrew(f);
    if (f.to.known()) taken(f);
  }
  void finish() {
    for (State* s : {&now_, &siege_}) close(*s, {}, {}, {});
    // What is told without a day stands only where no dated state says the same.
    for (State& s : undated_) {
      const bool told =
          std::ranges::any_of(done_, [&](const State& d) { return d.a == s.a && d.a_name == s.a_name; });
      if (!told) done_.push_back(std::move(s));
    }
    for (State& s : done_) {
      name_state(s);
      out_.push_back(std::move(s));
    }
  }

 private:
  State fresh(std::string attribute, const Party& holder, const Fact& f) const {
    State s;
    s.attribute = std::move(attribute), s.place = place_;
    s.a = holder.uid, s.a_name = holder.name;
    s.valid_from = f.date, s.from_precision = f.date.empty() ? "unknown" : "day";
    s.contested = f.contested, s.confidence = f.confidence,
    s.last_evidence = f.date.empty() ? f.published : f.date;
    s.status = "open";
    return s;
  }
  static bool holds(const State& s, const Party& p) {
    return !s.attribute.empty() && Party{s.a, s.a_name}.key() == p.key();
  }
  static void support(State& s, const Fact& f, std::string why) {
    add_member(s, f.evidence, "supports", std::move(why));
    s.last_evidence = std::max(s.last_evidence, f.date);
    s.confidence = 1 - (1 - s.confidence) * (1 - f.confidence / 2);
    s.contested = s.contested && f.contested;
  }
  void close(State& s, const std::string& date, const std::string& evidence, const std::string& why) {
    if (s.attribute.empty()) return;
    s.valid_to = date;
    s.to_precision = date.empty() ? "" : "day";
    if (!date.empty()) s.status = "closed";
    if (s.contested) s.status = date.empty() ? "contested" : "closed";
    if (!evidence.empty()) add_member(s, evidence, "closes", why);
    done_.push_back(std::move(s));
    s = State();
  }

  void taken(const Fact& f) {
    if (holds(now_, f.to)) return support(now_, f, f.how + " again");
    if (!now_.attribute.empty() && now_.valid_from == f.date && !(f.from.known() && holds(now_, f.from))) {
      // Two holders told for one day: neither is surely right.
      now_.contested = true;
      add_member(now_, f.evidence, "contradicts", "another holder on the same day");
    }
    const bool was_held = !now_.attribute.empty();
    if (!was_held && f.from.known() && Party(f.from).key() != f.to.key() && done_.empty()) {
      State before = fresh("control", f.from, f);
      before.valid_from.clear(), before.from_precision = "unknown";
      before.why = "lost it";
      close(before, f.date, f.evidence, f.how + " by " + f.to.name);
    }
    close(now_, f.date, f.evidence, f.how + " by " + f.to.name);
    now_ = fresh("control", f.to, f);
    now_.why = f.how;
    if (f.how == "entered" && was_held) now_.contested = true;  // being in a place is not yet holding it
    add_member(now_, f.evidence, "opens", f.how);
    if (!siege_.attribute.empty()) close(siege_, f.date, f.evidence, f.how + " by " + f.to.name);
  }
  void withdrew(const Fact& f) {
    if (holds(siege_, f.from)) return close(siege_, f.date, f.evidence, "withdrew");
    if (holds(now_, f.from)) {
      close(now_, f.date, f.evidence, "withdrew");
    } else if (now_.attribute.empty() && done_.empty()) {
      State before = fresh("control", f.from, f);
      before.valid_from.clear(), before.from_precision = "unknown";
      before.why = "withdrew";
      close(before, f.date, f.evidence, "withdrew");
    }
    if (f.to.known()) taken(f);
  }
  void besieged(const Fact& f) {
    const Party& who = f.to.known() ? f.to : f.from;
    if (!siege_.attribute.empty()) return support(siege_, f, "besieged");
    siege_ = fresh("besieged", who, f);
    siege_.why = "besieged";
    add_member(siege_, f.evidence, "opens", "besieged");
  }
  void disputed(const Fact& f) {
    if (now_.attribute.empty()) return;
    now_.contested = true;
    add_member(now_, f.evidence, "contradicts", "told to be contested");
  }
  void undated(const Fact& f) {
    if (f.how == "withdrew" || f.how == "besieged" || !f.to.known()) return;
    for (State& s : undated_)
      if (holds(s, f.to)) return support(s, f, "told without a day");
    State s = fresh("control", f.to, f);
    s.status = "undated";
    s.why = f.how + ", told without a day";
    add_member(s, f.evidence, "supports", "told without a day");
    undated_.push_back(std::move(s));
  }

  std::string place_;
  std::vector<State>& out_;
  State now_, siege_;  // attribute empty: none
  std::vector<State> done_, undated_;
};

void find_control(const std::vector<const DocumentRows*>& reports, const CountryNames& countries,
                  std::vector<State>& out) {
  std::map<std::string, std::vector<Fact>> of_place;
  for (const DocumentRows* doc : reports) {
    int order = 0;
    for (const store::ControlRow& c : doc->controls) {
      ++order;
      if (c.place < 0) continue;
      Fact f;
      f.date = c.date, f.published = doc->published_date, f.how = c.how;
      f.from = holder(*doc, c.from, c.from_name, countries), f.to = holder(*doc, c.to, c.to_name, countries);
      f.evidence = f.evidence_of = doc->uid;
      if (c.event >= 0) {
        const store::EventRow& e = doc->events[std::size_t(c.event)];
        f.evidence = e.uid, f.contested = e.contested || e.status == "denied",
        f.confidence = double(e.confidence);
        if (e.date_precision == "unknown") f.date.clear();
        // Somewhere in a week or month: from its first day on. In a year: only what follows its end is sure.
        if ((e.date_precision == "week" || e.date_precision == "month") && !e.date_from.empty())
          f.date = e.date_from;
        if (e.date_precision == "year") f.year_from = e.date_from;
      }
      auto& facts = of_place[doc->places[std::size_t(c.place)].uid];
      // "Taken in 2012 and lost on 3 October 2012": what is told before a day of its year came before it.
      if (!facts.empty() && facts.back().evidence_of == doc->uid && !facts.back().year_from.empty() &&
          !f.date.empty() && f.date < facts.back().date && f.date > facts.back().year_from)
        facts.back().date = facts.back().year_from;
      facts.push_back(std::move(f));
    }
  }
  for (auto& [place, facts] : of_place) {
    // By day; on one day what ends before what begins, then the order in which it was told.
    std::ranges::stable_sort(facts, [](const Fact& a, const Fact& b) {
      // What is said to be held then was so before the day's changes.
      const auto rank = [](const Fact& f) { return f.how == "held" ? 0 : f.how == "withdrew" ? 1 : 2; };
      return std::tuple(a.date, rank(a), a.published, a.evidence) <
             std::tuple(b.date, rank(b), b.published, b.evidence);
    });
    PlaceHistory history(place, out);
    for (const Fact& f : facts) history.add(f);
    history.finish();
  }
}

// ---- relations
// ---------------------------------------------------------------------------------------------

struct Said {
  std::string date, to, evidence, kind;
};

/// The attribute a relation speaks of; "" for one that is an act, not a state.
std::string_view attribute_of(std::string_view kind) {
  if (kind == "part_of" || kind == "affiliate" || kind == "joined" || kind == "defected_from")
    return "member_of";
  if (kind == "hostile" || kind == "allied" || kind == "supports" || kind == "leads") return kind;
  return {};
}
bool symmetric(std::string_view attribute) { return attribute == "hostile" || attribute == "allied"; }

/// A listed actor, or one with a name: "~kind:COUNTRY:name". Not "gunmen" or "a British group".
bool known_elsewhere(std::string_view uid) {
  if (!uid.starts_with('~')) return !uid.empty();
  const std::size_t last = uid.rfind(':');
  return last != std::string_view::npos && last + 1 < uid.size() && uid.find(':') != last;
}

void find_relations(const std::vector<const DocumentRows*>& reports, std::vector<State>& out) {
  struct Pair {
    Party a, b;
    std::vector<Said> said;
  };
  std::map<std::string, Pair> pairs;
  for (const DocumentRows* doc : reports)
    for (const store::RelationRow& r : doc->relations) {
      const std::string_view attribute = attribute_of(r.kind);
      Party a = party(*doc, r.a, r.a_name), b = party(*doc, r.b, r.b_name);
      if (attribute.empty() || !a.known() || !b.known() || a.key() == b.key()) continue;
      if (!known_elsewhere(a.uid) || !known_elsewhere(b.uid)) continue;
      if (symmetric(attribute) && b.key() < a.key()) std::swap(a, b);
      Pair& p = pairs[std::string(attribute) + "|" + a.key() + "|" + b.key()];
      p.a = a, p.b = b;
      p.said.push_back(
          {r.date_from.empty() ? doc->published_date : r.date_from, r.date_to, doc->uid, r.kind});
    }
  for (auto& [key, p] : pairs) {
    const std::string attribute = key.substr(0, key.find('|'));
    std::ranges::sort(p.said, [](const Said& x, const Said& y) {
      return std::tie(x.date, x.evidence, x.kind) < std::tie(y.date, y.evidence, y.kind);
    });
    State now;
    std::vector<State> done;
    const auto close = [&](const std::string& date) {
      if (now.attribute.empty()) return;
      if (!date.empty()) now.valid_to = date, now.to_precision = "day", now.status = "closed";
      name_state(now);
      done.push_back(std::move(now));
      now = State();
    };
    for (const Said& s : p.said) {
      const Day last = Day::parse_iso(now.last_evidence), day = Day::parse_iso(s.date);
      if (s.kind == "defected_from") {
        if (now.attribute.empty()) {
          now.attribute = attribute, now.a = p.a.uid, now.a_name = p.a.name, now.b = p.b.uid,
          now.b_name = p.b.name;
          now.from_precision = "unknown", now.confidence = 0.6, now.why = "left it";
        }
        now.last_evidence = s.date;
        add_member(now, s.evidence, "closes", "defected");
        close(s.date);
        continue;
      }
      if (last && day && day.value - last.value > kSilence) close({});
      if (now.attribute.empty()) {
        now.attribute = attribute, now.a = p.a.uid, now.a_name = p.a.name, now.b = p.b.uid,
        now.b_name = p.b.name;
        now.valid_from = s.date, now.from_precision = s.date.empty() ? "unknown" : "day";
        now.status = s.date.empty() ? "undated" : "open";
        now.confidence = 0.6, now.why = s.kind;
        add_member(now, s.evidence, "opens", s.kind);
      } else {
        add_member(now, s.evidence, "supports", s.kind);
        now.confidence = 1 - (1 - now.confidence) * 0.7;
      }
      now.last_evidence = std::max({now.last_evidence, s.date, s.to});
    }
    close({});
    for (State& s : done) out.push_back(std::move(s));
  }
  // Friends and foes at once: both stand, both are marked. A later friendship ends an older enmity, and back.
  std::map<std::string, std::vector<std::size_t>> between;
  for (std::size_t i = 0; i < out.size(); ++i)
    if (symmetric(out[i].attribute)) between[out[i].a + "|" + out[i].b].push_back(i);
  for (const auto& [key, list] : between)
    for (const std::size_t i : list)
      for (const std::size_t j : list) {
        State &x = out[i], &y = out[j];
        if (x.attribute == y.attribute || x.valid_from.empty() || y.valid_from.empty() || !x.valid_to.empty())
          continue;
        if (x.last_evidence < y.valid_from) {
          x.valid_to = y.valid_from, x.to_precision = "day", x.status = "closed";
          if (!y.members.empty()) add_member(x, y.members[0].uid, "closes", y.attribute);
        } else if (y.valid_to.empty()) {
          x.contested = true;
        }
      }
}

}  // namespace

std::vector<State> find_states(const std::vector<const DocumentRows*>& reports,
                               const CountryNames& countries) {
  std::vector<const DocumentRows*> sorted = reports;
  std::ranges::sort(sorted, [](const auto* a, const auto* b) {
    return std::tie(a->published_date, a->uid) < std::tie(b->published_date, b->uid);
  });
  std::vector<State> out;
  find_control(sorted, countries, out);
  find_relations(sorted, out);
  for (State& s : out) s.confidence = std::round(s.confidence * 1000) / 1000;
  std::ranges::sort(out, {}, &State::uid);
  return out;
}

namespace {
/// Countries are named by their ISO 3166-1 alpha-3 code.
bool is_state(std::string_view uid) { return uid.size() == 3 && std::ranges::all_of(uid, is_upper); }
}  // namespace

Holder holder_at(const std::vector<State>& states, std::string_view place_uid, Day day,
                 const Successors& successors) {
  Holder out;
  const std::string iso = day.iso();
  const State* best = nullptr;
  for (const State& s : states) {
    if (s.attribute != "control" || s.place != place_uid) continue;
    if (s.status == "undated") {
      if (!best) best = &s;
      continue;
    }
    const bool begun = s.valid_from.empty() || s.valid_from <= iso,
               over = !s.valid_to.empty() && s.valid_to <= iso;
    if (!begun || over) continue;
    if (!best || best->status == "undated" || best->valid_from < s.valid_from) best = &s;
  }
  if (!best) return out;
  out.uid = best->a, out.name = best->a_name, out.contested = best->contested, out.state = best->uid;
  const Day last = Day::parse_iso(best->last_evidence);
  if (const std::string now = successors.at(best->a, last, day); now != best->a && !best->a.empty())
    out.uid = now, out.name = successors.name(now);
  if (out.side = successors.side(out.uid, day); !out.side.empty()) out.side_name = successors.name(out.side);
  const double age = last && day ? std::max(0, day.value - last.value) : 0;
  out.confidence =
      best->confidence *
      std::pow(0.5, age / (is_state(best->a) || is_state(out.side) ? kHalfLifeOfStates : kHalfLife));
  return out.confidence < kFaded ? Holder{} : out;
}

}  // namespace annalist::state
