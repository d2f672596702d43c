// Reads the texts of data/actors into an ActorBase. Everything that is wrong with the data is found here.
#include <algorithm>
#include <optional>

#include "actor/actor_base.h"
#include "actor/leaders.h"
#include "base/strings.h"
#include "pack/stanza.h"

namespace annalist {

namespace {

std::optional<int> number(std::string_view s) {
  if (s.empty() || s.size() > 4 || !std::all_of(s.begin(), s.end(), is_digit)) return std::nullopt;
  int n = 0;
  for (char c : s) n = n * 10 + (c - '0');
  return n;
}

std::string dash(std::string_view cell) { return cell == "-" ? std::string() : std::string(trim(cell)); }

std::vector<std::string> dash_list(std::string_view cell) {
  std::vector<std::string> out;
  for (std::string_view s : split_list(cell == "-" ? std::string_view() : cell)) out.emplace_back(s);
  return out;
}

}  // namespace

class ActorReader {
 public:
  explicit ActorReader(ActorBase& base) : base_(base) {}

  Status read(const std::vector<DataText>& files) {
    // Countries first: the others are checked against them.
    for (const DataText& f : files)
      if (f.name == "places/countries.tsv")
        if (auto s = countries(f); !s) return s;
    if (base_.countries_.empty())
      return fail("no country table among the actor texts", "places/countries.tsv",
                  "run `annalist data build`");
    for (const DataText& f : files) {
      if (!f.name.starts_with("actors/")) continue;
      Status s;
      if (f.name == "actors/persons.tsv")
        s = persons(f);
      else if (f.name == "actors/nouns.tsv")
        s = nouns(f);
      else if (f.name == "actors/modifiers.tsv")
        s = modifiers(f);
      else if (f.name == "actors/name-words.tsv")
        s = name_words(f);
      else if (f.name == "actors/ties.tsv")
        s = ties(f);
      else if (f.name.ends_with("institutions.tsv"))
        s = bodies(f);
      else if (f.name.ends_with("links.tsv"))
        s = lineage(f);
      else if (f.name.starts_with("actors/leaders"))
        continue;  // below: they add terms to persons of the others
      else if (f.name.ends_with(".txt"))
        s = groups(f);
      if (!s) return s;
    }
    for (const DataText& f : files)
      if (f.name.starts_with("actors/leaders"))
        if (auto s = leaders(f); !s) return s;
    return links();
  }

 private:
  struct Columns {
    Table table;
    std::string file;
    std::vector<std::size_t> at;
    std::string_view cell(std::size_t row, std::size_t column) const { return table.rows[row][at[column]]; }
    std::string where(std::size_t row) const { return file + ":" + std::to_string(table.lines[row]); }
  };

  static Result<Columns> open(const DataText& f, const std::vector<std::string_view>& names) {
    auto table = parse_table(f.text, f.name);
    if (!table) return std::unexpected(table.error());
    Columns out{std::move(*table), std::string(f.name), {}};
    for (std::string_view name : names) {
      const auto column = out.table.column(name, f.name);
      if (!column) return std::unexpected(column.error());
      out.at.push_back(*column);
    }
    return out;
  }

  Status countries(const DataText& f) {
    auto t = open(f, {"iso2", "iso3", "name", "capital", "aliases", "demonyms"});
    if (!t) return std::unexpected(t.error());
    for (std::size_t r = 0; r < t->table.rows.size(); ++r) {
      const auto n = static_cast<std::uint32_t>(base_.countries_.size());
      base_.countries_.push_back({dash(t->cell(r, 0)), dash(t->cell(r, 1)), dash(t->cell(r, 2))});
      base_.iso2_.emplace(t->cell(r, 0), n);
      base_.iso3_.emplace(t->cell(r, 1), n);
      // emplace: the first country to claim a name keeps it.
      base_.country_names_.emplace(actor_key(t->cell(r, 2)), n);
      for (const std::string& a : dash_list(t->cell(r, 4))) base_.country_names_.emplace(actor_key(a), n);
      for (const std::string& d : dash_list(t->cell(r, 5))) base_.demonyms_.emplace(actor_key(d), n);
      if (t->cell(r, 3) != "-") base_.capitals_.emplace(actor_key(t->cell(r, 3)), n);
    }
    return {};
  }

  Status known_country(const std::string& iso3, const std::string& where) const {
    if (iso3.empty() || base_.iso3_.contains(iso3)) return {};
    return fail("'" + iso3 + "' is no country code", where,
                "use ISO 3166-1 alpha-3 as in places/countries.tsv");
  }

  static Result<ActorKind> kind_of(std::string_view name, const std::string& where) {
    if (const auto kind = from_name<ActorKind>(name)) return *kind;
    return fail("'" + std::string(name) + "' is no kind of actor", where, "see ActorKind in src/doc/enums.h");
  }

  Status add(ActorEntry entry) {
    const auto [it, fresh] = base_.ids_.emplace(entry.id, static_cast<std::uint32_t>(base_.entries_.size()));
    if (!fresh)
      return fail("actor '" + entry.id + "' is defined twice", entry.where,
                  "first in " + base_.entries_[it->second].where);
    base_.entries_.push_back(std::move(entry));
    return {};
  }

  Status groups(const DataText& f) {
    auto stanzas = parse_stanzas(f.text, f.name,
                                 {"name", "alias", "kind", "country", "dates", "parent", "successor", "code",
                                  "ucdp", "wikidata", "priority", "source", "note"});
    if (!stanzas) return std::unexpected(stanzas.error());
    for (const Stanza& s : *stanzas) {
      ActorEntry e;
      e.id = s.id;
      e.where = s.where();
      e.name = s.get("name");
      if (e.name.empty()) return fail("an actor without a name", e.where);
      const auto kind = kind_of(s.get("kind"), e.where);
      if (!kind) return std::unexpected(kind.error());
      e.kind = *kind;
      e.country = s.get("country");
      if (auto ok = known_country(e.country, e.where); !ok) return ok;
      for (std::string_view a : s.list("alias")) e.aliases.emplace_back(a);
      if (!s.get("dates").empty()) {
        const auto range = read_day_range(s.get("dates"), e.where);
        if (!range) return std::unexpected(range.error());
        e.when = *range;
      }
      for (std::string_view p : s.all("parent")) {
        const auto words = split_list(p, ' ');
        ActorTie tie{std::string(words[0]), {}};
        if (words.size() > 1) {
          const auto range = read_day_range(words[1], e.where);
          if (!range) return std::unexpected(range.error());
          tie.when = *range;
        }
        e.parents.push_back(std::move(tie));
      }
      e.successor = s.get("successor");
      e.ucdp = s.get("ucdp");
      e.wikidata = s.get("wikidata");
      e.code = s.get("code");
      if (e.code.empty()) e.code = e.country + std::string(role_of(e.kind));
      if (const auto p = s.get("priority"); !p.empty()) {
        const auto n = number(p.starts_with('-') ? p.substr(1) : p);
        if (!n) return fail("'" + std::string(p) + "' is no priority", e.where);
        e.priority = p.starts_with('-') ? -*n : *n;
      }
      if (auto ok = add(std::move(e)); !ok) return ok;
    }
    return {};
  }

  Status persons(const DataText& f) {
    auto t = open(f, {"id", "name", "aliases", "role", "sector", "country", "group", "from", "to"});
    if (!t) return std::unexpected(t.error());
    for (std::size_t r = 0; r < t->table.rows.size(); ++r) {
      const std::string where = t->where(r), id(t->cell(r, 0));
      ActorTerm term{dash(t->cell(r, 3)), dash(t->cell(r, 4)), dash(t->cell(r, 5)), dash(t->cell(r, 6)), {}};
      if (auto ok = known_country(term.country, where); !ok) return ok;
      const auto range = read_day_range(t->cell(r, 7), t->cell(r, 8), where);
      if (!range) return std::unexpected(range.error());
      term.when = *range;
      if (base_.entries_.empty() || base_.entries_.back().id != id) {
        ActorEntry e;
        e.id = id;
        e.where = where;
        e.name = t->cell(r, 1);
        e.kind = ActorKind::person;
        e.country = term.country;
        e.aliases = dash_list(t->cell(r, 2));
        e.when = term.when;
        e.code = term.country + term.sector;
        if (auto ok = add(std::move(e)); !ok) return ok;
      }
      ActorEntry& e = base_.entries_.back();
      if (!e.terms.empty() && e.terms.back().when.from > term.when.from)
        return fail("the terms of '" + id + "' are not in order of date", where);
      e.terms.push_back(std::move(term));
      e.when.to = range->to;
    }
    return {};
  }

  Status leaders(const DataText& f) {
    auto terms = parse_leaders(f);
    if (!terms) return std::unexpected(terms.error());
    for (LeaderTerm& t : *terms) {
      if (auto ok = known_country(t.term.country, t.where); !ok) return ok;
      const ActorNoun* office = base_.noun(t.term.role);
      if (!office || !office->person)
        return fail("'" + t.term.role + "' is no office", t.where, "add it to actors/nouns.tsv as a person");
      t.term.sector = office->code;
      const auto known = base_.ids_.find(t.id);
      if (known == base_.ids_.end()) {
        ActorEntry e;
        e.id = t.id;
        e.where = t.where;
        e.name = t.name;
        e.kind = ActorKind::person;
        if (auto ok = add(std::move(e)); !ok) return ok;
      }
      ActorEntry& e = base_.entries_[base_.ids_.find(t.id)->second];
      if (!e.is_person())
        return fail("'" + t.id + "' is the id of another actor", t.where, "first in " + e.where);
      for (std::string& alias : t.aliases) {
        auto& names = alias.find(' ') == std::string::npos ? e.short_names : e.aliases;
        if (alias != e.name && std::ranges::find(e.aliases, alias) == e.aliases.end() &&
            std::ranges::find(names, alias) == names.end())
          names.push_back(std::move(alias));
      }
      e.family_name = e.family_name && !t.no_family_name;
      add_term(e, std::move(t.term));
    }
    return {};
  }

  /// In order of date; a term that the table of persons has already stays as it is there.
  static void add_term(ActorEntry& e, ActorTerm term) {
    for (const ActorTerm& old : e.terms)
      if (old.role == term.role && old.country == term.country && old.when.overlaps(term.when)) return;
    const auto at =
        std::ranges::upper_bound(e.terms, term.when.from, {}, [](const ActorTerm& t) { return t.when.from; });
    e.terms.insert(at, std::move(term));
    e.country = e.terms.front().country;
    e.code = e.terms.front().country + e.terms.front().sector;
    e.when = {e.terms.front().when.from, e.terms.back().when.to};
    for (const ActorTerm& t : e.terms)
      if (!t.when.to || (e.when.to && e.when.to < t.when.to)) e.when.to = t.when.to;
  }

  Status nouns(const DataText& f) {
    auto t = open(f, {"noun", "kind", "code", "flags"});
    if (!t) return std::unexpected(t.error());
    for (std::size_t r = 0; r < t->table.rows.size(); ++r) {
      const auto kind = kind_of(t->cell(r, 1), t->where(r));
      if (!kind) return std::unexpected(kind.error());
      ActorNoun noun;
      noun.kind = *kind;
      noun.code = dash(t->cell(r, 2));
      for (std::string_view flag : split_list(t->cell(r, 3), ' ')) {
        bool* const on = flag == "person"     ? &noun.person
                         : flag == "body"     ? &noun.body
                         : flag == "armed"    ? &noun.armed
                         : flag == "leader"   ? &noun.leader
                         : flag == "generic"  ? &noun.generic
                         : flag == "office"   ? &noun.office
                         : flag == "part"     ? &noun.part
                         : flag == "title"    ? &noun.title
                         : flag == "quantity" ? &noun.quantity
                         : flag == "weapon"   ? &noun.weapon
                         : flag == "plural"   ? &noun.plural
                                              : nullptr;
        if (flag == "-") continue;
        if (!on) return fail("'" + std::string(flag) + "' is no flag of a noun", t->where(r));
        *on = true;
      }
      if (!base_.nouns_.emplace(t->cell(r, 0), std::move(noun)).second)
        return fail("noun '" + std::string(t->cell(r, 0)) + "' is listed twice", t->where(r));
    }
    return {};
  }

  Status modifiers(const DataText& f) {
    auto t = open(f, {"word", "kind", "code", "force"});
    if (!t) return std::unexpected(t.error());
    for (std::size_t r = 0; r < t->table.rows.size(); ++r) {
      ActorModifier m;
      if (t->cell(r, 1) != "-") {
        const auto kind = kind_of(t->cell(r, 1), t->where(r));
        if (!kind) return std::unexpected(kind.error());
        m.kind = *kind;
      }
      m.code = dash(t->cell(r, 2));
      m.force = t->cell(r, 3) == "yes";
      if (!base_.modifiers_.emplace(t->cell(r, 0), std::move(m)).second)
        return fail("modifier '" + std::string(t->cell(r, 0)) + "' is listed twice", t->where(r));
    }
    return {};
  }

  Status name_words(const DataText& f) {
    auto t = open(f, {"word", "kind", "code"});
    if (!t) return std::unexpected(t.error());
    for (std::size_t r = 0; r < t->table.rows.size(); ++r) {
      const auto kind = kind_of(t->cell(r, 1), t->where(r));
      if (!kind) return std::unexpected(kind.error());
      base_.name_words_.push_back({std::string(t->cell(r, 0)), dash(t->cell(r, 2)), *kind});
    }
    return {};
  }

  /// Short entries, one a row; the same rows that `annalist data import actors-csv` makes.
  Status bodies(const DataText& f) {
    auto t = open(f, {"id", "name", "aliases", "kind", "country", "from", "to"});
    if (!t) return std::unexpected(t.error());
    for (std::size_t r = 0; r < t->table.rows.size(); ++r) {
      ActorEntry e;
      e.id = t->cell(r, 0);
      e.where = t->where(r);
      e.name = t->cell(r, 1);
      if (e.id.empty() || e.name.empty()) return fail("an actor without an id or a name", e.where);
      e.aliases = dash_list(t->cell(r, 2));
      const auto kind = kind_of(t->cell(r, 3), e.where);
      if (!kind) return std::unexpected(kind.error());
      e.kind = *kind;
      e.country = dash(t->cell(r, 4));
      if (auto ok = known_country(e.country, e.where); !ok) return ok;
      const auto range = read_day_range(t->cell(r, 5), t->cell(r, 6), e.where);
      if (!range) return std::unexpected(range.error());
      e.when = *range;
      e.code = e.country + std::string(role_of(e.kind));
      if (auto ok = add(std::move(e)); !ok) return ok;
    }
    return {};
  }

  Status lineage(const DataText& f) {
    auto t = open(f, {"actor", "link", "other", "from", "to"});
    if (!t) return std::unexpected(t.error());
    for (std::size_t r = 0; r < t->table.rows.size(); ++r) {
      const std::string_view link = t->cell(r, 1);
      const std::string where = t->where(r);
      ActorLineage out{
          std::string(t->cell(r, 0)), std::string(t->cell(r, 2)), ActorLinkKind::split_from, {}, where};
      if (link == "merged_into")
        out.kind = ActorLinkKind::merged_into;
      else if (link == "renamed_to")
        out.kind = ActorLinkKind::renamed_to;
      else if (link == "member_of")
        out.kind = ActorLinkKind::member_of;
      else if (link != "split_from")
        return fail("'" + std::string(link) + "' is no link between actors", where,
                    "use split_from, merged_into, renamed_to or member_of");
      const auto range = read_day_range(t->cell(r, 3), t->cell(r, 4), where);
      if (!range) return std::unexpected(range.error());
      out.when = *range;
      if (out.actor == out.other) return fail("'" + out.actor + "' is linked to itself", where);
      base_.lineage_.push_back(std::move(out));
    }
    return {};
  }

  Status ties(const DataText& f) {
    auto t = open(f, {"word", "sense"});
    if (!t) return std::unexpected(t.error());
    for (std::size_t r = 0; r < t->table.rows.size(); ++r) {
      const std::string_view sense = t->cell(r, 1);
      const ActorTieSense value = sense == "tie"      ? ActorTieSense::tie
                                  : sense == "led"    ? ActorTieSense::led
                                  : sense == "backed" ? ActorTieSense::backed
                                  : sense == "where"  ? ActorTieSense::where
                                                      : ActorTieSense::none;
      if (value == ActorTieSense::none)
        return fail("'" + std::string(sense) + "' is no sense of a tie", t->where(r),
                    "use tie, led, backed or where");
      base_.ties_.emplace(t->cell(r, 0), value);
    }
    return {};
  }

  /// Every id that an entry names must exist.
  Status links() const {
    const auto known = [&](const std::string& id, const ActorEntry& e) -> Status {
      if (id.empty() || base_.ids_.contains(id)) return {};
      return fail("'" + e.id + "' names an unknown actor '" + id + "'", e.where,
                  "correct the id, or add the actor");
    };
    for (const ActorLineage& link : base_.lineage_)
      for (const std::string& id : {link.actor, link.other})
        if (!base_.ids_.contains(id))
          return fail("'" + id + "' is no actor", link.where, "correct the id, or add the actor");
    for (const ActorEntry& e : base_.entries_) {
      if (auto ok = known(e.successor, e); !ok) return ok;
      for (const ActorTie& tie : e.parents)
        if (auto ok = known(tie.id, e); !ok) return ok;
      for (const ActorTerm& term : e.terms)
        if (auto ok = known(term.group, e); !ok) return ok;
    }
    return {};
  }

  ActorBase& base_;
};

Result<ActorBase> ActorBase::load(const std::vector<DataText>& files) {
  ActorBase base;
  if (auto ok = ActorReader(base).read(files); !ok) return std::unexpected(ok.error());
  base.index();
  return base;
}

}  // namespace annalist
