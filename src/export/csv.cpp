#include <array>

#include "base/json.h"
#include "export/describe.h"
#include "export/export.h"

namespace annalist {
namespace {

constexpr std::array<std::string_view, 41> kColumns = {"document",
                                                       "event",
                                                       "type",
                                                       "status",
                                                       "contested",
                                                       "main",
                                                       "date_from",
                                                       "date_to",
                                                       "date_precision",
                                                       "actor",
                                                       "actor_code",
                                                       "target",
                                                       "target_code",
                                                       "place",
                                                       "admin1",
                                                       "country",
                                                       "latitude",
                                                       "longitude",
                                                       "place_precision",
                                                       "deaths_low",
                                                       "deaths_best",
                                                       "deaths_high",
                                                       "injured_low",
                                                       "injured_best",
                                                       "injured_high",
                                                       "abducted_best",
                                                       "plover_type",
                                                       "plover_mode",
                                                       "plover_contexts",
                                                       "cameo",
                                                       "acled_event_type",
                                                       "acled_sub_event_type",
                                                       "asserted_by",
                                                       "denied_by",
                                                       "confidence",
                                                       "rules",
                                                       "sentence",
                                                       "published",
                                                       "agency",
                                                       "headline",
                                                       "url"};

class Row {
 public:
  explicit Row(std::string& out) : out_(&out) {}
  Row& cell(std::string_view value) {
    if (count_++) out_->push_back(',');
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) {
      out_->append(value);
      return *this;
    }
    out_->push_back('"');
    for (const char c : value) {
      if (c == '"') out_->push_back('"');
      out_->push_back(c);
    }
    out_->push_back('"');
    return *this;
  }
  Row& count(std::int32_t n) { return cell(n < 0 ? std::string() : std::to_string(n)); }
  void end() { out_->append("\r\n"); }

 private:
  std::string* out_;
  std::size_t count_ = 0;
};

std::string decimal(float v) {
  std::string out;
  JsonWriter(out).number(v);
  return out;
}

void event_row(const Document& doc, Id<Event> id, std::string& out) {
  const Event& e = doc[id];
  Row row(out);
  row.cell(doc.id()).cell("v" + std::to_string(id.value + 1)).cell(doc.str(e.type)).cell(name_of(e.status));
  row.cell(is_contested(doc, id) ? "true" : "false").cell(e.main ? "true" : "false");
  row.cell(e.from.iso()).cell(e.to.iso()).cell(name_of(e.precision));
  for (const EventRole role : {EventRole::actor, EventRole::target})
    row.cell(join(argument_names(doc, e, role), "; ")).cell(join(argument_codes(doc, e, role), "; "));
  if (e.place) {
    const Place& p = doc[e.place];
    row.cell(p.name ? doc.str(p.name) : doc.text(p.span)).cell(doc.str(p.admin1)).cell(doc.str(p.country));
    row.cell(p.placed ? decimal(p.lat) : "").cell(p.placed ? decimal(p.lon) : "");
    row.cell(p.placed ? name_of(p.precision) : "");
  } else {
    for (int i = 0; i < 6; ++i) row.cell("");
  }
  for (const Count& c : {e.deaths, e.injured}) row.count(c.low).count(c.best).count(c.high);
  row.count(e.abducted.best);
  row.cell(doc.str(e.plover_type))
      .cell(doc.str(e.plover_mode))
      .cell(e.plover_type ? doc.str(e.plover_contexts) : "")
      .cell(doc.str(e.cameo));
  row.cell(doc.str(e.acled_type)).cell(doc.str(e.acled_sub_type));
  std::vector<std::string> yes, no, rules;
  for (const Id<Claim> c : claims_of(doc, id))
    (doc[c].stance == Stance::denies || !doc[c].positive ? no : yes).push_back(source_label(doc, doc[c]));
  for (const Why& w : doc[e.why]) rules.emplace_back(doc.str(w.rule));
  row.cell(join(yes, "; ")).cell(join(no, "; ")).cell(decimal(e.confidence)).cell(join(rules, "; "));
  const PageInfo& page = doc.page();
  row.cell(sentence_text(doc, e.trigger.begin)).cell(page.published.value).cell(page.agency);
  row.cell(page.headline).cell(page.url).end();
}

}  // namespace

void write_csv_header(std::string& out) {
  Row row(out);
  for (std::string_view name : kColumns) row.cell(name);
  row.end();
}

void write_csv(const Document& doc, bool all_status, std::string& out) {
  for (std::size_t i = 0; i < doc.all<Event>().size(); ++i)
    if (all_status || in_tables(doc.all<Event>()[i])) event_row(doc, Id<Event>(i), out);
}

}  // namespace annalist
