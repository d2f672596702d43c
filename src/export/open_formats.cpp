// Formats without a coding scheme of their own: JSONL, CSV, HXL, GeoJSON, KML, Atom, RSS.
#include <cstdio>

#include "base/json.h"
#include "export/fields.h"
#include "export/formats.h"
#include "store/json.h"

namespace annalist {
namespace {

std::string xml(std::string_view s) {
  std::string out;
  for (const char c : s) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
          out += c;  // XML 1.0 has no other controls
    }
  }
  return out;
}

std::string count_text(std::int32_t n) { return n < 0 ? std::string() : std::to_string(n); }
std::string degrees(double v) {
  std::string out;
  JsonWriter(out).number(float(v));
  return out;
}

/// "capture: Islamic State against Free Syrian Army, Morek, Syria"
std::string title_of(const store::EventRecord& e) {
  std::string out = e.type;
  if (!e.actors.empty()) out += ": " + e.actors;
  if (!e.targets.empty()) out += (e.actors.empty() ? ": " : " / ") + e.targets;
  if (!e.place.name.empty())
    out += ", " + e.place.name + (e.place.country.empty() ? "" : ", " + e.place.country);
  if (e.contested) out += " (contested)";
  return out;
}

std::string days_of(const store::EventRecord& e) {
  if (e.date_from.empty()) return e.date;
  return e.date_to.empty() || e.date_to == e.date_from ? e.date_from : e.date_from + "/" + e.date_to;
}

std::string rfc822(std::string_view iso) {
  const Day d = Day::parse_iso(iso);
  if (!d) return {};
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto ymd = d.ymd();
  char buffer[64];
  const std::string time = iso.size() >= 19 ? std::string(iso.substr(11, 8)) : "00:00:00";
  std::snprintf(buffer, sizeof buffer, "%s, %02u %s %04d %s GMT", kDays[d.weekday()], unsigned(ymd.day()),
                kMonths[unsigned(ymd.month()) - 1], int(ymd.year()), time.c_str());
  return buffer;
}

}  // namespace

const std::vector<ExportColumn>& event_columns() {
  static const std::vector<ExportColumn> columns = {
      {"event_id", "text", "id of the event in the store; stays through recodings"},
      {"document_id", "text", "id of the report"},
      {"event_date", "date", "first day of the event, else the day of publication"},
      {"date_from", "date", "first day it may have happened on"},
      {"date_to", "date", "last day it may have happened on"},
      {"date_precision", "text", "day, week, month, year, unknown"},
      {"event_type", "text", "type of Annalist's codebook"},
      {"status", "text", "actual, ongoing, planned, denied ..."},
      {"contested", "boolean", "claims contradict each other on whether it happened"},
      {"main", "boolean", "the report is about it"},
      {"actors", "text", "names as in the report, joined by '; '"},
      {"actor_ids", "text", "ids of the actors, joined by '; '"},
      {"actor_codes", "text", "CAMEO-style codes, joined by '; '"},
      {"targets", "text", "as actors"},
      {"target_ids", "text", "as actor_ids"},
      {"target_codes", "text", "as actor_codes"},
      {"place", "text", "name of the place"},
      {"place_id", "text", "its id in the gazetteer (geonames:...)"},
      {"admin1", "text", "first-level region"},
      {"country_iso2", "text", "ISO 3166-1 alpha-2"},
      {"latitude", "decimal", "degrees, WGS 84"},
      {"longitude", "decimal", "degrees, WGS 84"},
      {"geo_precision", "text", "exact, near, admin2, admin1, country"},
      {"deaths_low", "integer", "as claimed; empty: not said"},
      {"deaths_best", "integer", "as claimed; empty: not said"},
      {"deaths_high", "integer", "as claimed; empty: not said"},
      {"injured_low", "integer", "as deaths_low"},
      {"injured_best", "integer", "as deaths_best"},
      {"injured_high", "integer", "as deaths_high"},
      {"plover_type", "text", "PLOVER 2.0"},
      {"plover_mode", "text", "PLOVER 2.0"},
      {"plover_contexts", "text", "PLOVER 2.0, joined by '|'"},
      {"cameo_code", "text", "CAMEO; leading zeros count"},
      {"acled_event_type", "text", "empty: ACLED has no such event"},
      {"acled_sub_event_type", "text", "empty: ACLED has no such event"},
      {"asserted_by", "text", "sources of claims that it happened, joined by '; '"},
      {"denied_by", "text", "sources of claims that it did not"},
      {"confidence", "decimal", "0 to 1"},
      {"rules", "text", "what in the codebook made it"},
      {"review", "text", "a person's verdict: accepted, rejected, edited, skipped"},
      {"sentence", "text", "the sentence it was read in"},
      {"headline", "text", "of the report"},
      {"source", "text", "outlet"},
      {"agency", "text", "news agency"},
      {"published", "text", "of the report, ISO 8601"},
      {"url", "text", "of the report"},
      {"merged_id", "text", "id of the event across reports"},
      {"story_id", "text", "id of the story"},
      {"recorded_at", "text", "when this version entered the store, ISO 8601 UTC"}};
  return columns;
}

std::vector<std::string> event_cells(const store::EventDetail& d) {
  const store::EventRecord& e = d.event;
  std::string ids[2], codes[2];
  for (const store::ArgumentRecord& a : e.arguments) {
    if (a.role != "actor" && a.role != "target") continue;
    const int side = a.role == "target";
    if (!a.actor.uid.empty()) ids[side] += (ids[side].empty() ? "" : "; ") + a.actor.uid;
    if (!a.actor.cameo.empty()) codes[side] += (codes[side].empty() ? "" : "; ") + a.actor.cameo;
  }
  const auto truth = [](bool b) { return std::string(b ? "true" : "false"); };
  return {e.uid,
          e.document,
          e.date,
          e.date_from,
          e.date_to,
          e.date_precision,
          e.type,
          e.status,
          truth(e.contested),
          truth(e.main),
          e.actors,
          ids[0],
          codes[0],
          e.targets,
          ids[1],
          codes[1],
          e.place.name,
          e.place.uid,
          e.place.admin1,
          e.place.country,
          e.place.located ? degrees(e.place.lat) : "",
          e.place.located ? degrees(e.place.lon) : "",
          e.place.precision,
          count_text(e.deaths.low),
          count_text(e.deaths.best),
          count_text(e.deaths.high),
          count_text(e.injured.low),
          count_text(e.injured.best),
          count_text(e.injured.high),
          e.plover_type,
          e.plover_mode,
          e.plover_contexts,
          e.cameo,
          e.acled_type,
          e.acled_sub_type,
          join_text(sources_of(d, false), "; "),
          join_text(sources_of(d, true), "; "),
          degrees(e.confidence),
          e.rules,
          e.review,
          e.sentence,
          e.headline,
          e.site,
          e.agency,
          e.published,
          e.url,
          d.merged,
          d.story,
          e.recorded_at};
}

ExportFormat jsonl_format() {
  ExportFormat f{"jsonl", ".jsonl", "one JSON object an event, with claims and evidence", {{"", {}}}, {},
                 {},      {}};
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool, ExportContext&,
             std::vector<std::string>& out) {
    store::write_json(d, out[0]);
    out[0] += '\n';
  };
  return f;
}

ExportFormat csv_format() {
  ExportFormat f{"csv", ".csv", "one row an event, all columns", {{"", event_columns()}}, {}, {}, {}};
  f.head = [](std::size_t, const ExportContext&) { return header_of(event_columns(), Cells::Form::csv); };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool, ExportContext&,
             std::vector<std::string>& out) {
    Cells cells(out[0], Cells::Form::csv);
    for (const std::string& v : event_cells(d)) cells.text(v);
    cells.end();
  };
  return f;
}

namespace {

struct HxlColumn {
  std::string_view column, tag;
};
constexpr HxlColumn kHxl[] = {{"event_id", "#event+id"},
                              {"date_from", "#date+start"},
                              {"date_to", "#date+end"},
                              {"event_type", "#event+type"},
                              {"status", "#status"},
                              {"country_iso2", "#country+code+v_iso2"},
                              {"admin1", "#adm1+name"},
                              {"place", "#loc+name"},
                              {"latitude", "#geo+lat"},
                              {"longitude", "#geo+lon"},
                              {"geo_precision", "#geo+precision"},
                              {"actors", "#org+actor+name"},
                              {"targets", "#org+target+name"},
                              {"deaths_best", "#affected+killed"},
                              {"deaths_low", "#affected+killed+min"},
                              {"deaths_high", "#affected+killed+max"},
                              {"injured_best", "#affected+injured"},
                              {"contested", "#meta+contested"},
                              {"asserted_by", "#meta+source+claim"},
                              {"denied_by", "#meta+source+denial"},
                              {"sentence", "#description"},
                              {"source", "#meta+source"},
                              {"url", "#meta+url"},
                              {"published", "#date+published"}};

}  // namespace

ExportFormat hxl_format() {
  std::vector<ExportColumn> columns;
  for (const HxlColumn& h : kHxl)
    for (const ExportColumn& c : event_columns())
      if (c.name == h.column) columns.push_back(c);
  ExportFormat f{"hxl", ".hxl.csv", "CSV with a row of HXL hashtags under the header", {{"", columns}}, {},
                 {},    {}};
  f.head = [columns](std::size_t, const ExportContext&) {
    std::string out = header_of(columns, Cells::Form::csv);
    Cells tags(out, Cells::Form::csv);
    for (const HxlColumn& h : kHxl) tags.text(h.tag);
    tags.end();
    return out;
  };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool, ExportContext&,
             std::vector<std::string>& out) {
    const auto all = event_cells(d);
    Cells cells(out[0], Cells::Form::csv);
    for (const HxlColumn& h : kHxl)
      for (std::size_t i = 0; i < all.size(); ++i)
        if (event_columns()[i].name == h.column) cells.text(all[i]);
    cells.end();
  };
  return f;
}

ExportFormat geojson_format() {
  ExportFormat f{"geojson",
                 ".geojson",
                 "points with properties (RFC 7946); events without a place have no geometry",
                 {{"", event_columns()}},
                 {},
                 {},
                 {}};
  f.head = [](std::size_t, const ExportContext&) {
    return std::string("{\"type\":\"FeatureCollection\",\"features\":[\n");
  };
  f.tail = [](std::size_t, const ExportContext&) { return std::string("\n]}\n"); };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool first, ExportContext&,
             std::vector<std::string>& out) {
    if (!first) out[0] += ",\n";
    JsonWriter json(out[0]);
    json.begin_object().field("type", "Feature").field("id", d.event.uid).key("geometry");
    if (d.event.place.located)
      json.begin_object()
          .field("type", "Point")
          .key("coordinates")
          .begin_array()
          .number(float(d.event.place.lon))
          .number(float(d.event.place.lat))
          .end_array()
          .end_object();
    else
      json.null();
    json.key("properties").begin_object();
    const auto cells = event_cells(d);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const ExportColumn& c = event_columns()[i];
      json.key(c.name);
      if (cells[i].empty())
        json.null();
      else if (c.type == "integer" || c.type == "decimal" || c.type == "boolean")
        json.raw(cells[i]);
      else
        json.string(cells[i]);
    }
    json.end_object().end_object();
  };
  return f;
}

ExportFormat kml_format() {
  ExportFormat f{"kml", ".kml", "placemarks with time and description (OGC KML 2.2)", {{"", {}}}, {}, {}, {}};
  f.head = [](std::size_t, const ExportContext& c) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml "
           "xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>" +
           xml(c.title) + "</name>\n";
  };
  f.tail = [](std::size_t, const ExportContext&) { return std::string("</Document>\n</kml>\n"); };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool, ExportContext& c,
             std::vector<std::string>& out) {
    const store::EventRecord& e = d.event;
    if (!e.place.located) {
      c.losses.left_out(e.uid, "no coordinates: a map cannot show it");
      return;
    }
    std::string& o = out[0];
    o += "<Placemark id=\"" + e.uid + "\">\n<name>" + xml(title_of(e)) + "</name>\n<description>" +
         xml(notes_of(d)) + "</description>\n";
    if (!e.date_from.empty() && !e.date_to.empty() && e.date_to != e.date_from)
      o += "<TimeSpan><begin>" + e.date_from + "</begin><end>" + e.date_to + "</end></TimeSpan>\n";
    else if (!e.date.empty())
      o += "<TimeStamp><when>" + e.date + "</when></TimeStamp>\n";
    o += "<ExtendedData>\n";
    const auto cells = event_cells(d);
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (!cells[i].empty())
        o += "<Data name=\"" + std::string(event_columns()[i].name) + "\"><value>" + xml(cells[i]) +
             "</value></Data>\n";
    o += "</ExtendedData>\n<Point><coordinates>" + degrees(e.place.lon) + "," + degrees(e.place.lat) +
         "</coordinates></Point>\n</Placemark>\n";
  };
  return f;
}

ExportFormat atom_format() {
  ExportFormat f{"atom", ".atom", "a feed (RFC 4287) with GeoRSS points", {{"", {}}}, {}, {}, {}};
  f.head = [](std::size_t, const ExportContext& c) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" "
           "xmlns:georss=\"http://www.georss.org/georss\">\n"
           "<title>" +
           xml(c.title) + "</title>\n<id>urn:annalist:feed</id>\n<updated>" + c.made_at +
           "</updated>\n<author><name>Annalist</name></author>\n";
  };
  f.tail = [](std::size_t, const ExportContext&) { return std::string("</feed>\n"); };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool, ExportContext&,
             std::vector<std::string>& out) {
    const store::EventRecord& e = d.event;
    std::string& o = out[0];
    o += "<entry>\n<id>urn:annalist:" + e.uid + "</id>\n<title>" + xml(title_of(e)) + "</title>\n<updated>" +
         e.recorded_at + "</updated>\n";
    if (!e.url.empty()) o += "<link href=\"" + xml(e.url) + "\"/>\n";
    o += "<category term=\"" + xml(e.type) + "\"/>\n<summary>" + xml(days_of(e) + " " + notes_of(d)) +
         "</summary>\n";
    if (e.place.located)
      o += "<georss:point>" + degrees(e.place.lat) + " " + degrees(e.place.lon) + "</georss:point>\n";
    o += "</entry>\n";
  };
  return f;
}

ExportFormat rss_format() {
  ExportFormat f{"rss", ".rss", "a feed (RSS 2.0) with GeoRSS points", {{"", {}}}, {}, {}, {}};
  f.head = [](std::size_t, const ExportContext& c) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
           "xmlns:georss=\"http://www.georss.org/georss\">\n<channel>\n<title>" +
           xml(c.title) +
           "</title>\n<link>urn:annalist:feed</link>\n<description>Events read from news "
           "reports</description>\n<lastBuildDate>" +
           rfc822(c.made_at) + "</lastBuildDate>\n";
  };
  f.tail = [](std::size_t, const ExportContext&) { return std::string("</channel>\n</rss>\n"); };
  f.row = [](const store::EventDetail& d, const store::DocumentRecord&, bool, ExportContext&,
             std::vector<std::string>& out) {
    const store::EventRecord& e = d.event;
    std::string& o = out[0];
    o += "<item>\n<title>" + xml(title_of(e)) + "</title>\n";
    if (!e.url.empty()) o += "<link>" + xml(e.url) + "</link>\n";
    o += "<guid isPermaLink=\"false\">" + e.uid + "</guid>\n<pubDate>" + rfc822(e.recorded_at) +
         "</pubDate>\n<category>" + xml(e.type) + "</category>\n<description>" +
         xml(days_of(e) + " " + notes_of(d)) + "</description>\n";
    if (e.place.located)
      o += "<georss:point>" + degrees(e.place.lat) + " " + degrees(e.place.lon) + "</georss:point>\n";
    o += "</item>\n";
  };
  return f;
}

}  // namespace annalist
