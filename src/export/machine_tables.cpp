// The tables of machine-coded event data: GDELT 2.0 events and mentions, ICEWS, POLECAT, PLOVER.
#include <algorithm>
#include <cstdio>

#include "base/json.h"
#include "base/strings.h"
#include "export/fields.h"
#include "export/formats.h"

namespace annalist {
namespace {

using store::ArgumentRecord;

// ---- GDELT -----------------------------------------------------------------------------------------------

#define ANNALIST_GDELT_ACTOR(N)                                                          \
  {N "Code", "text", "CAMEO actor code"}, {N "Name", "text", "upper case"},              \
      {N "CountryCode", "text", "CAMEO country"}, {N "KnownGroupCode", "text", ""},      \
      {N "EthnicCode", "text", "not filled"}, {N "Religion1Code", "text", "not filled"}, \
      {N "Religion2Code", "text", "not filled"}, {N "Type1Code", "text", "CAMEO role"},  \
      {N "Type2Code", "text", "CAMEO role"}, {                                           \
    N "Type3Code", "text", "CAMEO role"                                                  \
  }
#define ANNALIST_GDELT_GEO(N)                                                              \
  {N "_Type", "integer", "0 none, 1 country, 2 US state, 3 US city, 4 city, 5 region"},    \
      {N "_FullName", "text", ""}, {N "_CountryCode", "text", "FIPS 10-4"},                \
      {N "_ADM1Code", "text", "country part only"}, {N "_ADM2Code", "text", "not filled"}, \
      {N "_Lat", "decimal", ""}, {N "_Long", "decimal", ""}, {                             \
    N "_FeatureID", "text", "GeoNames id, or FIPS of a country"                            \
  }

const std::vector<ExportColumn> kGdeltEvents = {
    {"GLOBALEVENTID", "integer", "a number made from the event's id"},
    {"SQLDATE", "integer", "YYYYMMDD"},
    {"MonthYear", "integer", "YYYYMM"},
    {"Year", "integer", ""},
    {"FractionDate", "decimal", "year and (month * 30 + day) / 365"},
    ANNALIST_GDELT_ACTOR("Actor1"),
    ANNALIST_GDELT_ACTOR("Actor2"),
    {"IsRootEvent", "integer", "1: the report is about it"},
    {"EventCode", "text", "CAMEO"},
    {"EventBaseCode", "text", ""},
    {"EventRootCode", "text", ""},
    {"QuadClass", "integer", "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict"},
    {"GoldsteinScale", "decimal", ""},
    {"NumMentions", "integer", "in this report"},
    {"NumSources", "integer", "1: a row a report"},
    {"NumArticles", "integer", "1: a row a report"},
    {"AvgTone", "decimal", "not computed"},
    ANNALIST_GDELT_GEO("Actor1Geo"),
    ANNALIST_GDELT_GEO("Actor2Geo"),
    ANNALIST_GDELT_GEO("ActionGeo"),
    {"DATEADDED", "integer", "YYYYMMDDHHMMSS, UTC"},
    {"SOURCEURL", "text", ""}};
const std::vector<ExportColumn> kGdeltMentions = {{"GLOBALEVENTID", "integer", ""},
                                                  {"EventTimeDate", "integer", "YYYYMMDDHHMMSS"},
                                                  {"MentionTimeDate", "integer", "YYYYMMDDHHMMSS"},
                                                  {"MentionType", "integer", "1 web, 2 citation only"},
                                                  {"MentionSourceName", "text", "host or outlet"},
                                                  {"MentionIdentifier", "text", "URL, or the citation"},
                                                  {"SentenceID", "integer", "from 1"},
                                                  {"Actor1CharOffset", "integer", "code points; -1 none"},
                                                  {"Actor2CharOffset", "integer", "code points; -1 none"},
                                                  {"ActionCharOffset", "integer", "code points"},
                                                  {"InRawText", "integer", "1: the text was not edited"},
                                                  {"Confidence", "integer", "10 to 100"},
                                                  {"MentionDocLen", "integer", "characters"},
                                                  {"MentionDocTone", "decimal", "not computed"},
                                                  {"MentionDocTranslationInfo", "text", ""},
                                                  {"Extras", "text", ""}};

void gdelt_actor(Cells& cells, const ArgumentRecord* a, const Codes& codes) {
  if (!a) {
    cells.empty(10);
    return;
  }
  constexpr std::string_view kRoles[] = {"COP", "GOV", "INS", "JUD", "MIL", "OPP", "REB", "SEP", "SPY", "UAF",
                                         "AGR", "BUS", "CRM", "CVL", "DEV", "EDU", "ELI", "ENV", "HLH", "HRI",
                                         "LAB", "LEG", "MED", "REF", "MOD", "RAD", "AMN", "IRC", "GRP", "UNO",
                                         "PKO", "NGO", "IGO", "NGM", "MNC", "INT", "TOP", "SET", "IMG"};
  const std::string& code = a->actor.cameo;
  std::string country, group, types[3];
  std::size_t n = 0;
  for (std::size_t at = 0; at + 3 <= code.size(); at += 3) {
    const std::string part = code.substr(at, 3);
    if (at == 0 && !codes.country(part).iso3.empty())
      country = part;
    else if (std::ranges::find(kRoles, part) != std::end(kRoles))
      n < 3 ? void(types[n++] = part) : void();
    else if (group.empty())
      group = part;
  }
  std::string name = actor_name(*a);
  for (char& c : name)
    if (is_lower(c)) c = char(c - 32);
  cells.text(code).text(name).text(country).text(group).empty(3).text(types[0]).text(types[1]).text(types[2]);
}

/// The number of a GeoNames entry; regions are known to the gazetteer by code ("SD.49") and have none here.
std::string geonames_number(const store::PlaceRecord& p) {
  if (!p.uid.starts_with("geonames:") || p.uid.find_first_not_of("0123456789", 9) != std::string::npos)
    return {};
  return p.uid.substr(9);
}

void gdelt_place(Cells& cells, const store::PlaceRecord& p, const Codes& codes) {
  const CountryCodes& country = codes.country(p.country);
  if (!p.located || country.fips.empty()) {
    cells.number(0).empty(7);
    return;
  }
  const bool us = p.country == "US";
  const int type = p.precision == "country" ? 1 : p.precision == "admin1" ? us ? 2 : 5 : us ? 3 : 4;
  std::string full = p.name;
  if (type != 1 && !p.admin1.empty() && p.admin1 != p.name) full += ", " + p.admin1;
  if (p.name != country.name) full += ", " + country.name;
  cells.number(type)
      .text(full)
      .text(country.fips)
      .text(country.fips)
      .empty()
      .decimal(p.lat, 4)
      .decimal(p.lon, 4);
  cells.text(type == 1 ? country.fips : geonames_number(p));
}

std::string compact_time(std::string_view iso) {
  std::string out;
  for (const char c : iso.substr(0, 19))
    if (is_digit(c)) out += c;
  out.resize(14, '0');
  return out;
}

void gdelt_row(const store::EventDetail& d, const store::DocumentRecord& report, ExportContext& c,
               std::vector<std::string>& out) {
  const store::EventRecord& e = d.event;
  if (e.cameo.size() < 2) return c.losses.left_out(e.uid, "CAMEO has no such event: " + e.type);
  const std::string& day = e.date_from.empty() ? e.date : e.date_from;
  if (day.empty()) return c.losses.left_out(e.uid, "no date");
  if (e.date_from.empty())
    c.losses.field("SQLDATE", e.uid, "not said when: the day of publication stands, as in GDELT");
  if (e.date_to > e.date_from) c.losses.field("SQLDATE", e.uid, "lasts several days; the first is given");
  if (e.contested) c.losses.field("contested", e.uid, "GDELT has no denial");
  if (e.status != "actual" && e.status != "ongoing")
    return c.losses.left_out(e.uid, "GDELT has no " + e.status + " events");
  const Sides sides = sides_of(e);
  if (sides.a.size() > 1 || sides.b.size() > 1)
    c.losses.field("Actor1, Actor2", e.uid, "one actor a side; the first is given");
  if (e.deaths.known()) c.losses.field("deaths", e.uid, "GDELT events carry no counts");
  const ArgumentRecord *a = sides.a.empty() ? nullptr : sides.a[0],
                       *b = sides.b.empty() ? nullptr : sides.b[0];
  const int root = (e.cameo[0] - '0') * 10 + (e.cameo[1] - '0');
  const Day first = Day::parse_iso(day);
  const auto ymd = first.ymd();
  char fraction[32];
  std::snprintf(fraction, sizeof fraction, "%.4f",
                int(ymd.year()) + (unsigned(ymd.month()) * 30 + unsigned(ymd.day())) / 365.0);
  const std::string id = std::to_string(number_of(e.uid));
  std::int64_t mentions = 0;
  for (const store::EvidenceRecord& x : d.evidence) mentions += x.role == "mention";
  const std::string identifier = !e.url.empty() ? e.url : e.site + (e.site.empty() ? "" : ", ") + e.headline;
  Cells cells(out[0], Cells::Form::tsv);
  cells.text(id)
      .text(compact_day(day))
      .text(compact_day(day).substr(0, 6))
      .text(day.substr(0, 4))
      .text(fraction);
  gdelt_actor(cells, a, c.codes);
  gdelt_actor(cells, b, c.codes);
  cells.number(e.main).text(e.cameo).text(e.cameo.substr(0, 3)).text(e.cameo.substr(0, 2));
  cells.number(root <= 5    ? 1
               : root <= 8  ? 2
               : root <= 13 ? 3
                            : 4)
      .text(c.codes.scale("cameo", e.cameo).score);
  cells.number(std::max<std::int64_t>(1, mentions)).number(1).number(1).empty();
  cells.number(0).empty(7).number(0).empty(7);
  gdelt_place(cells, e.place, c.codes);
  cells.text(compact_time(e.recorded_at)).text(identifier).end();
  Cells mention(out[1], Cells::Form::tsv);
  mention.text(id)
      .text(compact_time(day))
      .text(compact_time(e.published.empty() ? e.recorded_at : e.published))
      .number(e.url.empty() ? 2 : 1);
  mention.text(report.host.empty() ? e.site : report.host).text(identifier).number(e.sentence_number);
  mention.number(a && !a->at.empty() ? std::int64_t(a->at.start) : -1)
      .number(b && !b->at.empty() ? std::int64_t(b->at.start) : -1);
  mention.number(e.trigger.start)
      .number(1)
      .number(std::clamp<std::int64_t>(std::int64_t(e.confidence * 10 + 0.5) * 10, 10, 100));
  mention.number(report.characters).empty(3).end();
}

// ---- what ICEWS and POLECAT share
// --------------------------------------------------------------------------

/// PLOVER's sector of a kind of actor.
std::string sector_of(const store::ActorRecord& a) {
  constexpr std::pair<std::string_view, std::string_view> kSectors[] = {
      {"state", "GOV"},      {"government", "GOV"},    {"military", "MIL"},     {"police", "COP"},
      {"judiciary", "JUD"},  {"legislature", "LEG"},   {"intelligence", "SPY"}, {"armed_group", "REB"},
      {"militia", "PRM"},    {"unknown_armed", "UAF"}, {"criminal", "CRM"},     {"party", "PTY"},
      {"opposition", "OPP"}, {"civilians", "CVL"},     {"protesters", "CVL"},   {"person", "CVL"},
      {"media", "JRN"},      {"medical", "MED"},       {"education", "EDU"},    {"business", "BUS"},
      {"labor", "LAB"},      {"religious", "REL"},     {"refugees", "REF"},     {"monitor", "SOC"},
      {"ngo", "SOC"},        {"ethnic", "SOC"}};
  for (const auto& [kind, sector] : kSectors)
    if (a.kind == kind) return std::string(sector);
  return a.kind.empty() || a.kind == "none" ? "" : "UNK";
}

std::string icews_sector(const store::ActorRecord& a) {
  constexpr std::pair<std::string_view, std::string_view> kSectors[] = {
      {"state", "Government"},
      {"government", "Government"},
      {"military", "Military,Government"},
      {"police", "Police,Government"},
      {"judiciary", "Judicial,Government"},
      {"legislature", "Legislative / Parliamentary,Government"},
      {"intelligence", "Intelligence,Government"},
      {"armed_group", "Rebel,Dissident"},
      {"militia", "Organized Violent,Dissident"},
      {"unknown_armed", "Unidentified Forces"},
      {"criminal", "Criminals / Gangs"},
      {"party", "Parties"},
      {"opposition", "Opposition Major Party"},
      {"civilians", "General Population / Civilian / Social,Social"},
      {"protesters", "Protestors / Popular Opposition / Mobs,Dissident"},
      {"media", "News,Media"},
      {"medical", "Medical / Health,Social"},
      {"education", "Education,Social"},
      {"business", "Business"},
      {"labor", "Labor,Social"},
      {"religious", "Religious,Social"},
      {"refugees", "Refugees / Displaced,Social"},
      {"ngo", "Nongovernmental Organizations"},
      {"monitor", "Nongovernmental Organizations"},
      {"igo", "International Government Organization"}};
  for (const auto& [kind, sector] : kSectors)
    if (a.kind == kind) return std::string(sector);
  return {};
}

std::string country_name(const store::ActorRecord& a, const Codes& codes) {
  return codes.country(a.country).name;
}

bool usual_status(const store::EventRecord& e, ExportContext& c) {
  if (e.status == "actual" || e.status == "ongoing") return true;
  c.losses.left_out(e.uid, "the format has no " + e.status + " events");
  return false;
}

/// Name of the town or region of a precision, in three columns: City, District, Province.
void town_columns(Cells& cells, const store::PlaceRecord& p) {
  const bool town = p.precision == "exact" || p.precision == "near";
  cells.text(town ? p.name : "").text(p.precision == "admin2" ? p.name : "");
  cells.text(p.precision == "admin1" && p.admin1.empty() ? p.name : p.admin1);
}

// ---- ICEWS
// -------------------------------------------------------------------------------------------------

const std::vector<ExportColumn> kIcews = {
    {"Event ID", "integer", "a number made from the event's id; unique, unlike in ICEWS"},
    {"Event Date", "date", ""},
    {"Source Name", "text", ""},
    {"Source Sectors", "text", ""},
    {"Source Country", "text", ""},
    {"Event Text", "text", "CAMEO label"},
    {"CAMEO Code", "text", ""},
    {"Intensity", "decimal", "Goldstein score"},
    {"Target Name", "text", ""},
    {"Target Sectors", "text", ""},
    {"Target Country", "text", ""},
    {"Story ID", "integer", "a number made from the report's id"},
    {"Sentence Number", "integer", "from 1"},
    {"Publisher", "text", ""},
    {"City", "text", ""},
    {"District", "text", ""},
    {"Province", "text", ""},
    {"Country", "text", ""},
    {"Latitude", "decimal", ""},
    {"Longitude", "decimal", ""}};

void icews_row(const store::EventDetail& d, ExportContext& c, std::string& out) {
  const store::EventRecord& e = d.event;
  if (e.cameo.empty()) return c.losses.left_out(e.uid, "CAMEO has no such event: " + e.type);
  if (!usual_status(e, c)) return;
  if (e.date.empty()) return c.losses.left_out(e.uid, "no date");
  const Sides sides = sides_of(e);
  if (sides.a.empty() && sides.b.empty()) return c.losses.left_out(e.uid, "no actor");
  if (sides.a.size() > 1 || sides.b.size() > 1)
    c.losses.field("Source Name, Target Name", e.uid, "one actor a side; the first is given");
  if (e.contested) c.losses.field("contested", e.uid, "ICEWS has no denial");
  const auto& label = c.codes.scale("cameo", e.cameo);
  const auto actor = [&](Cells& cells, const std::vector<const ArgumentRecord*>& side) {
    if (side.empty())
      cells.empty(3);
    else
      cells.text(actor_name(*side[0]))
          .text(icews_sector(side[0]->actor))
          .text(country_name(side[0]->actor, c.codes));
  };
  Cells cells(out, Cells::Form::tsv);
  cells.number(number_of(e.uid)).text(e.date);
  actor(cells, sides.a);
  cells.text(label.label).text(e.cameo).text(label.score);
  actor(cells, sides.b);
  cells.number(number_of(e.document)).number(e.sentence_number).text(!e.site.empty() ? e.site : e.agency);
  town_columns(cells, e.place);
  cells.text(c.codes.country(e.place.country).name);
  if (e.place.located)
    cells.decimal(e.place.lat, 4).decimal(e.place.lon, 4);
  else
    cells.empty(2);
  cells.end();
}

// ---- POLECAT
// -----------------------------------------------------------------------------------------------

const std::vector<ExportColumn> kPolecat = {{"Event ID", "text", ""},
                                            {"Event Date", "date", ""},
                                            {"Event Type", "text", "PLOVER 2.0"},
                                            {"Event Mode", "text", "PLOVER 2.0"},
                                            {"Intensity", "decimal", "PLOVER 2.0"},
                                            {"Quad Code", "text", ""},
                                            {"Contexts", "text", "joined by '; '"},
                                            {"Actor Name", "text", "joined by '; '"},
                                            {"Actor Country", "text", "ISO 3166-1 alpha-3"},
                                            {"Actor COW", "text", "Correlates of War number"},
                                            {"Primary Actor Sector", "text", ""},
                                            {"Actor Sectors", "text", ""},
                                            {"Actor Title", "text", "not filled"},
                                            {"Actor Name Raw", "text", "words of the report"},
                                            {"Wikipedia Actor ID", "text", "Wikidata id where known"},
                                            {"Recipient Name", "text", ""},
                                            {"Recipient Country", "text", ""},
                                            {"Recipient COW", "text", ""},
                                            {"Primary Recipient Sector", "text", ""},
                                            {"Recipient Sectors", "text", ""},
                                            {"Recipient Title", "text", "not filled"},
                                            {"Recipient Name Raw", "text", ""},
                                            {"Wikipedia Recipient ID", "text", ""},
                                            {"Placename", "text", ""},
                                            {"City", "text", ""},
                                            {"District", "text", ""},
                                            {"Province", "text", ""},
                                            {"Country", "text", ""},
                                            {"Latitude", "decimal", ""},
                                            {"Longitude", "decimal", ""},
                                            {"GeoNames ID", "integer", ""},
                                            {"Raw Placename", "text", ""},
                                            {"Feature Type", "text", "GeoNames feature code"},
                                            {"Source", "text", "outlet"},
                                            {"Publication Date", "date", ""},
                                            {"Story People", "text", "not filled"},
                                            {"Story Organizations", "text", "not filled"},
                                            {"Story Locations", "text", "not filled"},
                                            {"Language", "text", ""},
                                            {"Version", "text", ""}};

std::string_view quad_of(std::string_view type) {
  constexpr std::pair<std::string_view, std::string_view> kQuads[] = {
      {"AGREE", "VERBAL COOPERATION"},       {"CONSULT", "VERBAL COOPERATION"},
      {"SUPPORT", "VERBAL COOPERATION"},     {"CONCEDE", "VERBAL COOPERATION"},
      {"COOPERATE", "MATERIAL COOPERATION"}, {"AID", "MATERIAL COOPERATION"},
      {"RETREAT", "MATERIAL COOPERATION"},   {"REQUEST", "VERBAL CONFLICT"},
      {"ACCUSE", "VERBAL CONFLICT"},         {"REJECT", "VERBAL CONFLICT"},
      {"THREATEN", "VERBAL CONFLICT"}};
  for (const auto& [t, q] : kQuads)
    if (t == type) return q;
  return "MATERIAL CONFLICT";
}

std::string intensity(const store::EventRecord& e, const Codes& codes) {
  const std::string& mode = codes.scale("plover", e.plover_type + "/" + e.plover_mode).score;
  return mode.empty() ? codes.scale("plover", e.plover_type).score : mode;
}

void polecat_actor(Cells& cells, const std::vector<const ArgumentRecord*>& side, const Codes& codes) {
  std::vector<std::string> names, countries, cows, sectors, raw, wiki;
  const auto once = [](std::vector<std::string>& list, const std::string& v) {
    if (!v.empty() && std::ranges::find(list, v) == list.end()) list.push_back(v);
  };
  for (const ArgumentRecord* a : side) {
    once(names, actor_name(*a));
    once(raw, a->name);
    once(countries, a->actor.country);
    once(cows, codes.country(a->actor.country).cow);
    once(sectors, sector_of(a->actor));
    once(wiki, a->actor.wikidata);
  }
  cells.text(join_text(names, "; "))
      .text(join_text(countries, "; "))
      .text(join_text(cows, "; "))
      .text(sectors.empty() ? "" : sectors[0]);
  cells.text(join_text(sectors, "; ")).empty().text(join_text(raw, "; ")).text(join_text(wiki, "; "));
}

std::string contexts_of(const store::EventRecord& e) {
  std::string out;
  for (std::string_view c : split_list(e.plover_contexts, '|'))
    out += (out.empty() ? "" : "; ") + std::string(c);
  return out;
}

void polecat_row(const store::EventDetail& d, ExportContext& c, std::string& out) {
  const store::EventRecord& e = d.event;
  if (e.plover_type.empty()) return c.losses.left_out(e.uid, "PLOVER has no such event: " + e.type);
  if (!usual_status(e, c)) return;
  if (e.date.empty()) return c.losses.left_out(e.uid, "no date");
  if (e.contested) c.losses.field("contested", e.uid, "POLECAT has no denial");
  if (e.deaths.known()) c.losses.field("deaths", e.uid, "POLECAT carries no counts");
  const Sides sides = sides_of(e);
  Cells cells(out, Cells::Form::tsv);
  cells.text(e.uid)
      .text(e.date)
      .text(e.plover_type)
      .text(e.plover_mode)
      .text(intensity(e, c.codes))
      .text(quad_of(e.plover_type));
  cells.text(contexts_of(e));
  // Two-sided violence has both sides as actors and no recipient, as PLOVER rules.
  std::vector<const ArgumentRecord*> actors = sides.a, recipients = sides.b;
  if (std::ranges::none_of(e.arguments, [](const ArgumentRecord& a) { return a.role == "target"; })) {
    actors.insert(actors.end(), recipients.begin(), recipients.end());
    recipients.clear();
  }
  polecat_actor(cells, actors, c.codes);
  polecat_actor(cells, recipients, c.codes);
  cells.text(e.place.name);
  town_columns(cells, e.place);
  cells.text(c.codes.country(e.place.country).iso3);
  if (e.place.located)
    cells.decimal(e.place.lat, 4).decimal(e.place.lon, 4);
  else
    cells.empty(2);
  cells.text(geonames_number(e.place)).text(e.place.name).text(e.place.feature);
  cells.text(!e.site.empty() ? e.site : e.agency)
      .text(e.published.substr(0, 10))
      .empty(3)
      .text(e.language)
      .text("annalist/1")
      .end();
}

// ---- PLOVER
// --------------------------------------------------------------------------------------------------

void plover_side(JsonWriter& json, std::string_view key, const std::vector<const ArgumentRecord*>& side,
                 const Codes& codes) {
  json.key(key).begin_array();
  for (const ArgumentRecord* a : side) {
    const std::string sector = sector_of(a->actor);
    json.begin_object()
        .field("raw_text", a->name)
        .field("entity_name", actor_name(*a))
        .field("wikidata_id", a->actor.wikidata);
    json.field("wiki_description", "")
        .field("country_name", country_name(a->actor, codes))
        .field("sector_code", sector);
    json.key("other_sector_codes").begin_array().end_array().end_object();
  }
  json.end_array();
}

void plover_row(const store::EventDetail& d, ExportContext& c, std::string& out) {
  const store::EventRecord& e = d.event;
  if (e.plover_type.empty()) return c.losses.left_out(e.uid, "PLOVER has no such event: " + e.type);
  Sides sides = sides_of(e);
  if (std::ranges::none_of(e.arguments, [](const ArgumentRecord& a) { return a.role == "target"; })) {
    sides.a.insert(sides.a.end(), sides.b.begin(), sides.b.end());
    sides.b.clear();
  }
  JsonWriter json(out);
  json.begin_object()
      .field("id", e.uid)
      .field("has_event", true)
      .field("date", e.date_from.empty() ? e.date : e.date_from);
  json.field("time", "").field("enddate", e.date_to).field("endtime", "");
  plover_side(json, "actor", sides.a, c.codes);
  plover_side(json, "recipient", sides.b, c.codes);
  json.key("event").begin_array().string(e.plover_type).end_array();
  json.field("event_loc", "").field("event_text", e.sentence).field("quad_code", quad_of(e.plover_type));
  json.key("event_scale");
  const std::string score = intensity(e, c.codes);
  score.empty() ? json.null() : json.raw(score);
  json.key("mode").begin_array();
  if (!e.plover_mode.empty()) json.string(e.plover_mode);
  // PLOVER's auxiliary modes, which no other project fills.
  if (e.status == "historical") json.string("historical");
  if (e.status == "planned" || e.status == "threatened" || e.status == "demanded") json.string("future");
  if (e.status == "hypothetical" || e.status == "generic") json.string("hypothetical");
  if (e.status == "denied") json.string("negation");
  json.end_array().key("context").begin_array();
  for (std::string_view context : split_list(e.plover_contexts, '|')) json.string(context);
  json.end_array()
      .field("link", e.url)
      .field("text", e.sentence)
      .field("text_info", e.headline)
      .field("cite_info", e.site);
  json.key("size").begin_object();
  for (const auto& [name, n] : {std::pair{"dead", e.deaths.best}, {"injured", e.injured.best}}) {
    json.key(name);
    n >= 0 ? json.number(n) : json.null();
  }
  json.key("arrested").null().end_object().key("location").begin_object();
  json.field("extracted_place", e.place.name).field("resolved_place", e.place.name);
  json.field("geonameid", geonames_number(e.place)).key("lat");
  e.place.located ? json.number(float(e.place.lat)) : json.null();
  json.key("lon");
  e.place.located ? json.number(float(e.place.lon)) : json.null();
  const bool town = e.place.precision == "exact" || e.place.precision == "near";
  json.field("city", town ? e.place.name : "")
      .field("district", e.place.precision == "admin2" ? e.place.name : "");
  json.field("province", e.place.admin1).field("country", c.codes.country(e.place.country).name);
  json.field("country_code", c.codes.country(e.place.country).iso3)
      .field("feature_class", "")
      .field("feature_code", e.place.feature);
  json.key("resolution");
  constexpr std::pair<std::string_view, int> kResolution[] = {
      {"country", 1}, {"admin1", 2}, {"admin2", 3}, {"near", 4}, {"exact", 4}};
  const auto* found =
      std::ranges::find(kResolution, e.place.precision, [](const auto& x) { return x.first; });
  found == std::end(kResolution) ? json.null() : json.number(found->second);
  json.end_object().field("coder", "annalist").field("coded_date", e.recorded_at.substr(0, 10));
  json.field("coded_time", e.recorded_at.size() >= 19 ? e.recorded_at.substr(11, 8) : "")
      .field("comment", notes_of(d))
      .end_object();
  out += '\n';
}

}  // namespace

ExportFormat gdelt_format() {
  ExportFormat f{"gdelt",
                 ".export.CSV",
                 "GDELT 2.0 events (61 columns) and mentions (16), tabs, no header",
                 {{"", kGdeltEvents}, {".mentions.CSV", kGdeltMentions}},
                 {},
                 {},
                 {}};
  f.head = [](std::size_t file, const ExportContext& c) {
    if (file == 0) {
      c.losses.never("AvgTone, MentionDocTone", "tone is not computed");
      c.losses.never("Actor1Geo, Actor2Geo", "actors are not placed; type 0");
      c.losses.never("ActionGeo_ADM1Code, ActionGeo_ADM2Code",
                     "FIPS regions are not known; the country's code stands");
      c.losses.never("ActionGeo_FeatureID", "GeoNames ids instead of GNS ids");
      c.losses.never("Actor1EthnicCode, Religion codes", "not coded");
    }
    return std::string();
  };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord& r, bool, ExportContext& c,
             std::vector<std::string>& out) { gdelt_row(d, r, c, out); };
  return f;
}

ExportFormat icews_format() {
  ExportFormat f{"icews", ".icews.tab", "ICEWS' 20 columns, tabs", {{"", kIcews}}, {}, {}, {}};
  f.head = [](std::size_t, const ExportContext&) { return header_of(kIcews, Cells::Form::tsv); };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool, ExportContext& c,
             std::vector<std::string>& out) { icews_row(d, c, out[0]); };
  return f;
}

ExportFormat polecat_format() {
  ExportFormat f{"polecat", ".polecat.txt", "POLECAT's 40 columns, tabs", {{"", kPolecat}}, {}, {}, {}};
  f.head = [](std::size_t, const ExportContext& c) {
    c.losses.never("Actor Title, Recipient Title", "not kept in the store");
    c.losses.never("Story People, Story Organizations, Story Locations", "not kept in the store");
    return header_of(kPolecat, Cells::Form::tsv);
  };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool, ExportContext& c,
             std::vector<std::string>& out) { polecat_row(d, c, out[0]); };
  return f;
}

ExportFormat plover_format() {
  ExportFormat f{"plover", ".plover.jsonl", "PLOVER 2.0 records, one JSON object a line", {{"", {}}}, {}, {},
                 {}};
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool, ExportContext& c,
             std::vector<std::string>& out) { plover_row(d, c, out[0]); };
  return f;
}

}  // namespace annalist
