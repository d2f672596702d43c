#include "actor/check.h"

#include <algorithm>
#include <map>

#include "base/strings.h"

namespace annalist {

namespace {

constexpr int kYear = 366;  // a term "2001..2005" may end any day of 2005

std::string days(const DayRange& when) {
  return (when.from ? when.from.iso() : std::string()) + ".." + (when.to ? when.to.iso() : std::string());
}

/// Offices that one person holds at a time.
bool one_seat(std::string_view role) {
  static constexpr std::string_view kRoles[] = {"president",
                                                "prime minister",
                                                "king",
                                                "queen",
                                                "emperor",
                                                "pope",
                                                "chancellor",
                                                "supreme leader",
                                                "foreign minister",
                                                "defense minister",
                                                "crown prince",
                                                "emir"};
  return std::ranges::find(kRoles, role) != std::end(kRoles);
}

/// Offices whose holders are all listed, so that a gap means something.
bool always_held(std::string_view role) {
  return role == "president" || role == "prime minister" || role == "chancellor";
}

struct Seat {
  const ActorEntry* who;
  const ActorTerm* term;
};

void check_seats(const ActorBase& base, std::vector<std::string>& out) {
  std::map<std::pair<std::string, std::string>, std::vector<Seat>> seats;
  for (const ActorEntry& e : base.entries())
    for (const ActorTerm& t : e.terms)
      if (one_seat(t.role) && t.group.empty() && !t.country.empty())
        seats[{t.country, t.role}].push_back({&e, &t});
  for (auto& [seat, terms] : seats) {
    std::ranges::stable_sort(terms, {}, [](const Seat& s) { return s.term->when.from; });
    const std::string office = seat.second + " of " + seat.first;
    for (std::size_t i = 0; i + 1 < terms.size(); ++i) {
      const DayRange &a = terms[i].term->when, &b = terms[i + 1].term->when;
      const std::string both =
          terms[i].who->name + " " + days(a) + " and " + terms[i + 1].who->name + " " + days(b);
      if (!a.to || (b.from && b.from.value + kYear < a.to.value))
        out.push_back(terms[i].who->where + ": overlap: " + office + ": " + both +
                      "; correct a date or the office");
      else if (always_held(seat.second) && b.from && b.from.value > a.to.value + 3 * kYear)
        out.push_back(terms[i].who->where + ": gap: " + office + ": nobody between " + both +
                      "; add who held it");
    }
  }
}

void check_entry(const ActorBase& base, const ActorEntry& e, std::vector<std::string>& out) {
  for (std::size_t i = 0; i + 1 < e.terms.size(); ++i) {
    const ActorTerm &a = e.terms[i], &b = e.terms[i + 1];
    if (a.role == b.role && a.country == b.country && a.group == b.group && a.when.overlaps(b.when) &&
        !(a.when.to && b.when.from && a.when.to.value - b.when.from.value < kYear))
      out.push_back(e.where + ": overlap: " + e.name + " is " + a.role + " twice, " + days(a.when) + " and " +
                    days(b.when) + "; make it one term");
  }
  for (const ActorTie& tie : e.parents) {
    const ActorEntry* parent = base.entry(tie.id);
    if (!parent) continue;
    if (!tie.when.overlaps(e.when))
      out.push_back(e.where + ": dates: '" + e.id + "' " + days(e.when) + " belongs to '" + tie.id + "' " +
                    days(tie.when) + ", outside its own time; correct one of the two");
    if (!tie.when.overlaps(parent->when))
      out.push_back(e.where + ": dates: '" + e.id + "' belongs to '" + tie.id + "' " + days(tie.when) +
                    ", outside the time of that, " + days(parent->when) + "; correct one of the two");
  }
  if (const ActorEntry* next = base.entry(e.successor); next && e.when.to && next->when.from) {
    if (next->when.from.value > e.when.to.value + kYear)
      out.push_back(e.where + ": gap: '" + e.id + "' ends " + e.when.to.iso() + ", its successor '" +
                    next->id + "' begins " + next->when.from.iso() + "; correct a date");
  }
  std::vector<std::string_view> trail{e.id};
  for (const ActorEntry* next = base.entry(e.successor); next; next = base.entry(next->successor)) {
    if (std::ranges::find(trail, next->id) != trail.end()) {
      out.push_back(e.where + ": loop: the successors of '" + e.id + "' come back to '" + next->id +
                    "'; break it");
      break;
    }
    trail.push_back(next->id);
  }
}

void check_lineage(const ActorBase& base, std::vector<std::string>& out) {
  for (const ActorLineage& link : base.lineage()) {
    const ActorEntry *a = base.entry(link.actor), *b = base.entry(link.other);
    if (!link.when.from && !link.when.to) continue;
    const auto near = [&](const ActorEntry& e) {
      DayRange wide = e.when;
      if (wide.from) wide.from.value -= kYear;
      if (wide.to) wide.to.value += kYear;
      return wide.overlaps(link.when);
    };
    for (const ActorEntry* e : {a, b})
      if (!near(*e))
        out.push_back(link.where + ": dates: the link of " + days(link.when) + " lies outside the time of '" +
                      e->id + "', " + days(e->when) + "; correct one of the two");
  }
}

/// Two persons of one country whose names sound the same and whose terms overlap.
void check_doubles(const ActorBase& base, std::vector<std::string>& out) {
  std::map<std::string, std::vector<const ActorEntry*>> sounds;
  for (const ActorEntry& e : base.entries())
    if (e.is_person())
      if (const std::string sound = person_sound(actor_key(e.name)); !sound.empty())
        sounds[sound + e.country].push_back(&e);
  for (const auto& [sound, who] : sounds)
    for (std::size_t i = 0; i + 1 < who.size(); ++i)
      if (who[i]->when.overlaps(who[i + 1]->when))
        out.push_back(who[i + 1]->where + ": double: " + who[i]->name + " and " + who[i + 1]->name +
                      " may be one person; use one name, the other as alias");
}

}  // namespace

std::vector<std::string> check_actors(const ActorBase& base) {
  std::vector<std::string> out;
  check_seats(base, out);
  for (const ActorEntry& e : base.entries()) check_entry(base, e, out);
  check_lineage(base, out);
  check_doubles(base, out);
  for (const std::string& shared : base.ambiguities())
    out.push_back("alias: " + shared +
                  ": one name for two at a time; give one a priority, or take the alias away");
  return out;
}

}  // namespace annalist
