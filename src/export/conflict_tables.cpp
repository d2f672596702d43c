// The tables of human-coded conflict data: ACLED (31 columns, since March 2023) and UCDP GED (49
// columns, 22.1).
#include <algorithm>
#include <cmath>

#include "export/fields.h"
#include "export/formats.h"

namespace annalist {
namespace {

using store::ArgumentRecord;

// ---- ACLED ---------------------------------------------------------------------------------------------

const std::vector<ExportColumn> kAcled = {
    {"event_id_cnty", "text", "ISO 3166-1 alpha-3 and a number made from the event's id"},
    {"event_date", "date", "first day of the event"},
    {"year", "integer", ""},
    {"time_precision", "integer", "1 day, 2 week, 3 month"},
    {"disorder_type", "text", "from event and sub-event type"},
    {"event_type", "text", "ACLED codebook"},
    {"sub_event_type", "text", "ACLED codebook"},
    {"actor1", "text", "named in ACLED's manner; actor1 and actor2 imply no direction"},
    {"assoc_actor_1", "text", "further actors of that side, joined by '; '"},
    {"inter1", "integer",
     "1 state 2 rebel 3 political militia 4 identity militia 5 rioters 6 protesters 7 civilians 8 external "
     "or other"},
    {"actor2", "text", ""},
    {"assoc_actor_2", "text", ""},
    {"inter2", "integer", ""},
    {"interaction", "integer", "inter1 and inter2, the smaller first; one actor: its code and 0"},
    {"civilian_targeting", "text", "'Civilian targeting' or empty"},
    {"iso", "integer", "ISO 3166-1 numeric"},
    {"region", "text", "ACLED's regions"},
    {"country", "text", ""},
    {"admin1", "text", ""},
    {"admin2", "text", "not known to the store"},
    {"admin3", "text", "not known to the store"},
    {"location", "text", ""},
    {"latitude", "decimal", ""},
    {"longitude", "decimal", ""},
    {"geo_precision", "integer", "1 exact, 2 near or second-level region, 3 first-level region"},
    {"source", "text", "outlet"},
    {"source_scale", "text", "not assessed"},
    {"notes", "text", "the sentence, who says so, who denies it"},
    {"fatalities", "integer", "the lowest number claimed; 0 where none is said"},
    {"tags", "text", ""},
    {"timestamp", "integer", "Unix time of this version"}};

/// Where the actor is from, in words: its own country, else that of the event.
std::string home(const ArgumentRecord& a, const store::EventRecord& e, const Codes& codes) {
  const CountryCodes& own = codes.country(a.actor.country);
  return own.name.empty() ? codes.country(e.place.country).name : own.name;
}

bool is_foreign(const ArgumentRecord& a, const store::EventRecord& e, const Codes& codes) {
  const std::string& own = codes.country(a.actor.country).iso2;
  return !own.empty() && !e.place.country.empty() && own != e.place.country;
}

std::string acled_name(const ArgumentRecord& a, const store::EventRecord& e, const Codes& codes) {
  const std::string where = home(a, e, codes);
  const std::string& kind = a.actor.kind;
  const auto in = [&](const std::string& what) { return where.empty() ? what : what + " (" + where + ")"; };
  const bool named = a.actor.listed && kind != "state" && a.actor.name != where;
  if (kind == "police") return where.empty() ? "Police Forces" : "Police Forces of " + where;
  if (kind == "military" || kind == "state" || kind == "intelligence")
    return named && kind != "state" ? a.actor.name
           : where.empty()          ? "Military Forces"
                                    : "Military Forces of " + where;
  if (kind == "government" || kind == "judiciary" || kind == "legislature")
    return where.empty() ? "Government" : "Government of " + where;
  if (kind == "protesters") return in(e.acled_type == "Riots" ? "Rioters" : "Protesters");
  if (is_civilian(a.actor) && !named) return in("Civilians");
  if (is_armed(a.actor) && !named) return in("Unidentified Armed Group");
  return actor_name(a);
}

int inter_code(const ArgumentRecord& a, const store::EventRecord& e, const Codes& codes) {
  const std::string& kind = a.actor.kind;
  if (is_state(a.actor)) return is_foreign(a, e, codes) ? 8 : 1;
  if (kind == "protesters") return e.acled_type == "Riots" ? 5 : 6;
  if (kind == "igo" || kind == "coalition") return 8;
  if (kind == "militia") return 3;
  if (is_armed(a.actor)) return a.actor.listed ? 2 : 3;
  if (is_civilian(a.actor) || kind == "party" || kind == "opposition") return 7;
  return 0;
}

std::string disorder_of(const store::EventRecord& e) {
  if (e.acled_sub_type == "Excessive force against protesters") return "Political violence; Demonstrations";
  if (e.acled_type == "Protests" || e.acled_sub_type == "Violent demonstration") return "Demonstrations";
  return e.acled_type == "Strategic developments" ? e.acled_type : "Political violence";
}

std::int64_t unix_time(std::string_view iso) {
  const Day d = Day::parse_iso(iso);
  if (!d || iso.size() < 19) return 0;
  const auto two = [&](std::size_t at) { return (iso[at] - '0') * 10 + (iso[at + 1] - '0'); };
  return std::int64_t(d.value) * 86400 + two(11) * 3600 + two(14) * 60 + two(17);
}

void acled_row(const store::EventDetail& d, ExportContext& c, std::string& out) {
  const store::EventRecord& e = d.event;
  if (e.acled_type.empty()) return c.losses.left_out(e.uid, "ACLED has no such event: " + e.type);
  const CountryCodes& country = c.codes.country(e.place.country);
  if (country.iso3.empty()) return c.losses.left_out(e.uid, "the country is not known");
  if (!e.place.located || e.place.precision == "country")
    return c.losses.left_out(e.uid, "no place below the country");
  const int precision = e.date_precision == "day"     ? 1
                        : e.date_precision == "week"  ? 2
                        : e.date_precision == "month" ? 3
                                                      : 0;
  if (precision == 0 || e.date_from.empty()) return c.losses.left_out(e.uid, "no date to the month");
  Sides sides = sides_of(e);
  if (sides.a.empty()) std::swap(sides.a, sides.b);
  if (sides.a.empty()) return c.losses.left_out(e.uid, "no actor");
  if (e.contested) c.losses.field("contested", e.uid, "only the notes say that it is denied");
  if (e.date_to > e.date_from) c.losses.field("event_date", e.uid, "lasts several days; the first is given");
  const int inter1 = inter_code(*sides.a[0], e, c.codes),
            inter2 = sides.b.empty() ? 0 : inter_code(*sides.b[0], e, c.codes);
  const auto further = [&](const std::vector<const ArgumentRecord*>& side) {
    std::vector<std::string> names;
    for (std::size_t i = 1; i < side.size(); ++i) names.push_back(acled_name(*side[i], e, c.codes));
    return join_text(names, "; ");
  };
  const bool on_civilians =
      inter2 == 7 &&
      (e.acled_type == "Violence against civilians" || e.acled_type == "Explosions/Remote violence" ||
       e.acled_sub_type == "Excessive force against protesters" || e.acled_sub_type == "Mob violence");
  const std::int32_t dead = e.deaths.low >= 0    ? e.deaths.low
                            : e.deaths.best >= 0 ? e.deaths.best
                                                 : std::max(0, e.deaths.high);
  if (!e.deaths.known()) c.losses.field("fatalities", e.uid, "not said; ACLED writes 0");
  Cells cells(out, Cells::Form::csv);
  cells.text(country.iso3 + std::to_string(number_of(e.uid)))
      .text(e.date_from)
      .text(e.date_from.substr(0, 4))
      .number(precision);
  cells.text(disorder_of(e)).text(e.acled_type).text(e.acled_sub_type);
  cells.text(acled_name(*sides.a[0], e, c.codes)).text(further(sides.a)).number(inter1);
  if (sides.b.empty())
    cells.empty(2).number(0);
  else
    cells.text(acled_name(*sides.b[0], e, c.codes)).text(further(sides.b)).number(inter2);
  cells.number(inter2 == 0   ? inter1 * 10
               : inter1 == 0 ? inter2 * 10
                             : std::min(inter1, inter2) * 10 + std::max(inter1, inter2));
  cells.text(on_civilians ? "Civilian targeting" : "")
      .text(country.isonum)
      .text(country.region)
      .text(country.name);
  cells.text(e.place.admin1).empty(2).text(e.place.name).decimal(e.place.lat, 4).decimal(e.place.lon, 4);
  cells.number(e.place.precision == "exact" ? 1 : e.place.precision == "admin1" ? 3 : 2);
  cells.text(!e.site.empty() ? e.site : e.agency)
      .empty()
      .text(notes_of(d))
      .number(dead)
      .empty()
      .number(unix_time(e.recorded_at))
      .end();
}

// ---- UCDP GED --------------------------------------------------------------------------------------------

const std::vector<ExportColumn> kUcdp = {
    {"id", "integer", "a number made from the event's id"},
    {"relid", "text", "empty since GED 22.1"},
    {"year", "integer", ""},
    {"active_year", "integer", "not known: needs the year's total"},
    {"code_status", "text", "'Clear' only in UCDP's monthly releases"},
    {"type_of_violence", "integer", "1 state-based, 2 non-state, 3 one-sided"},
    {"conflict_dset_id", "text", "empty since GED 22.1"},
    {"conflict_new_id", "integer", "not known"},
    {"conflict_name", "text", "as dyad_name"},
    {"dyad_dset_id", "text", "empty since GED 22.1"},
    {"dyad_new_id", "integer", "not known"},
    {"dyad_name", "text", "side_a - side_b"},
    {"side_a_dset_id", "text", "empty since GED 22.1"},
    {"side_a_new_id", "integer", "UCDP actor id where the actor list has it"},
    {"side_a", "text", ""},
    {"side_b_dset_id", "text", "empty since GED 22.1"},
    {"side_b_new_id", "integer", "as side_a_new_id"},
    {"side_b", "text", ""},
    {"number_of_sources", "integer", "reports"},
    {"source_article", "text", "\"headline\",outlet,day"},
    {"source_office", "text", "outlet or agency"},
    {"source_date", "date", ""},
    {"source_headline", "text", ""},
    {"source_original", "text", "who says so, as in the report"},
    {"where_prec", "integer", "1 exact, 2 near, 3 second-level, 4 first-level region, 6 country"},
    {"where_coordinates", "text", ""},
    {"where_description", "text", ""},
    {"adm_1", "text", ""},
    {"adm_2", "text", "not known to the store"},
    {"latitude", "decimal", ""},
    {"longitude", "decimal", ""},
    {"geom_wkt", "text", "POINT (lon lat)"},
    {"priogrid_gid", "integer", "PRIO-GRID cell, half a degree"},
    {"country", "text", ""},
    {"country_id", "integer", "Gleditsch and Ward"},
    {"region", "text", "Africa, Americas, Asia, Europe, Middle East"},
    {"event_clarity", "integer", "1: one happening; 2: a total over several days"},
    {"date_prec", "integer", "1 day, 2 2-6 days, 3 week, 4 month, 5 year"},
    {"date_start", "date", ""},
    {"date_end", "date", ""},
    {"deaths_a", "integer", "not told apart: 0"},
    {"deaths_b", "integer", "not told apart: 0"},
    {"deaths_civilians", "integer", "best where the target is civilians"},
    {"deaths_unknown", "integer", "best otherwise"},
    {"best", "integer", ""},
    {"high", "integer", ""},
    {"low", "integer", ""},
    {"gwnoa", "integer", "Gleditsch and Ward, if a state"},
    {"gwnob", "integer", "Gleditsch and Ward, if a state"}};

std::string ucdp_name(const ArgumentRecord& a, const Codes& codes) {
  if (!is_state(a.actor)) return is_civilian(a.actor) ? "Civilians" : actor_name(a);
  const std::string& country = codes.country(a.actor.country).name;
  return country.empty() ? actor_name(a) : "Government of " + country;
}

std::string ucdp_region(std::string_view acled) {
  if (acled.find("Africa") != acled.npos) return "Africa";
  if (acled == "Middle East" || acled == "Europe") return std::string(acled);
  if (acled.find("America") != acled.npos || acled == "Caribbean") return "Americas";
  return "Asia";
}

void ucdp_row(const store::EventDetail& d, const store::DocumentRecord& report, ExportContext& c,
              std::string& out) {
  const store::EventRecord& e = d.event;
  const std::int32_t best = e.deaths.best >= 0  ? e.deaths.best
                            : e.deaths.low >= 0 ? e.deaths.low
                                                : e.deaths.high;
  if (best < 1) return c.losses.left_out(e.uid, "no death is said: GED lists deadly events");
  const Sides sides = sides_of(e);
  if (sides.a.empty()) return c.losses.left_out(e.uid, "no actor");
  const ArgumentRecord& a = *sides.a[0];
  const ArgumentRecord* b = sides.b.empty() ? nullptr : sides.b[0];
  const bool armed_a = is_state(a.actor) || is_armed(a.actor),
             armed_b = b && (is_state(b->actor) || is_armed(b->actor));
  const bool civilians = b && is_civilian(b->actor);
  if (!armed_a || (!armed_b && !civilians))
    return c.losses.left_out(e.uid, "not between organised armed sides, nor on civilians");
  const CountryCodes& country = c.codes.country(e.place.country);
  if (country.gw.empty() || !e.place.located)
    return c.losses.left_out(e.uid, "the country or place is not known");
  if (e.date_from.empty() || e.date_precision == "unknown") return c.losses.left_out(e.uid, "no date");
  const int violence = civilians ? 3 : is_state(a.actor) || is_state(b->actor) ? 1 : 2;
  // In a state-based conflict side A is the government.
  const ArgumentRecord *side_a = &a, *side_b = b;
  if (violence == 1 && !is_state(a.actor)) std::swap(side_a, side_b);
  const std::string name_a = ucdp_name(*side_a, c.codes),
                    name_b = violence == 3 ? "Civilians" : ucdp_name(*side_b, c.codes);
  if (e.contested) c.losses.field("contested", e.uid, "GED has no denial; source_original names who says so");
  if (!side_a->actor.ucdp.empty() || is_state(side_a->actor)) {
  } else {
    c.losses.field("side_a_new_id", e.uid, "the actor has no UCDP id in the actor list");
  }
  const std::string last = e.date_to.empty() ? e.date_from : e.date_to;
  const int days = Day::parse_iso(last).value - Day::parse_iso(e.date_from).value + 1;
  const int date_prec = days <= 1 ? 1 : days <= 6 ? 2 : days == 7 ? 3 : days <= 31 ? 4 : 5;
  const std::int32_t high = std::max(best, e.deaths.high),
                     low = e.deaths.low >= 0 ? std::min(best, e.deaths.low) : best;
  const std::string& office = e.site.empty() ? e.agency : e.site;
  const int row = int(std::floor((e.place.lat + 90) * 2)), column = int(std::floor((e.place.lon + 180) * 2));
  Cells cells(out, Cells::Form::csv);
  cells.number(number_of(e.uid)).empty().text(e.date_from.substr(0, 4)).empty(2).number(violence).empty(2);
  cells.text(name_a + " - " + name_b)
      .empty(2)
      .text(name_a + " - " + name_b)
      .empty()
      .text(side_a->actor.ucdp)
      .text(name_a)
      .empty();
  cells.text(violence == 3 ? "" : side_b->actor.ucdp).text(name_b).number(1);
  cells.text("\"" + e.headline + "\"," + office + "," + e.published.substr(0, 10))
      .text(office)
      .text(e.published.substr(0, 10));
  cells.text(e.headline).text(join_text(sources_of(d, false), ", "));
  cells.number(e.place.precision == "exact"    ? 1
               : e.place.precision == "near"   ? 2
               : e.place.precision == "admin2" ? 3
               : e.place.precision == "admin1" ? 4
                                               : 6);
  cells.text(e.place.name)
      .empty()
      .text(e.place.admin1)
      .empty()
      .decimal(e.place.lat, 6)
      .decimal(e.place.lon, 6);
  std::string wkt = "POINT (";
  Cells(wkt, Cells::Form::tsv).decimal(e.place.lon, 6);
  wkt += ' ';
  Cells(wkt, Cells::Form::tsv).decimal(e.place.lat, 6);
  cells.text(wkt + ")").number(std::int64_t(std::clamp(row, 0, 359)) * 720 + std::clamp(column, 0, 719) + 1);
  cells.text(country.name)
      .text(country.gw)
      .text(ucdp_region(country.region))
      .number(days <= 1 ? 1 : 2)
      .number(date_prec);
  cells.text(e.date_from)
      .text(last)
      .number(0)
      .number(0)
      .number(civilians ? best : 0)
      .number(civilians ? 0 : best);
  cells.number(best).number(high).number(low);
  cells.text(is_state(side_a->actor) ? c.codes.country(side_a->actor.country).gw : "");
  cells.text(violence != 3 && is_state(side_b->actor) ? c.codes.country(side_b->actor.country).gw : "").end();
  (void)report;
}

}  // namespace

ExportFormat acled_format() {
  ExportFormat f{"acled", ".acled.csv", "ACLED's 31 columns", {{"", kAcled}}, {}, {}, {}};
  f.head = [](std::size_t, const ExportContext& c) {
    c.losses.never("admin2, admin3", "the store knows first-level regions only");
    c.losses.never("source_scale", "not assessed");
    return header_of(kAcled, Cells::Form::csv);
  };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool, ExportContext& c,
             std::vector<std::string>& out) { acled_row(d, c, out[0]); };
  return f;
}

ExportFormat ucdp_format() {
  ExportFormat f{"ucdp", ".ged.csv", "UCDP GED's 49 columns", {{"", kUcdp}}, {}, {}, {}};
  f.head = [](std::size_t, const ExportContext& c) {
    c.losses.never("conflict_new_id, dyad_new_id, active_year", "UCDP assigns them; ours are empty");
    c.losses.never("deaths_a, deaths_b", "the dead are not told apart by side");
    c.losses.never("adm_2", "the store knows first-level regions only");
    return header_of(kUcdp, Cells::Form::csv);
  };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord& r, bool, ExportContext& c,
             std::vector<std::string>& out) { ucdp_row(d, r, c, out[0]); };
  return f;
}

}  // namespace annalist
