#include "export/foreign.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/strings.h"

namespace annalist {
namespace {

/// Rows of CSV (RFC 4180: quotes, doubled quotes, line ends inside them) or TSV (nothing is quoted).
class Rows {
 public:
  Rows(std::string_view text, char separator) : text_(text), separator_(separator) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  /// False at the end. `cells` keeps its strings' memory from row to row.
  bool next(std::vector<std::string>& cells) {
    if (at_ >= text_.size()) return false;
    first_line_ = line_;
    std::size_t n = 0;
    const auto cell = [&]() -> std::string& {
      if (n == cells.size()) cells.emplace_back();
      cells[n].clear();
      return cells[n++];
    };
    std::string* now = &cell();
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      line_ += c == '\n';
      if (quoted) {
        if (c != '"')
          *now += c;
        else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"')
          *now += text_[++at_];
        else
          quoted = false;
      } else if (c == '"' && separator_ != '\t' && now->empty()) {
        quoted = true;
      } else if (c == separator_) {
        now = &cell();
      } else if (c == '\n') {
        ++at_;
        break;
      } else if (c != '\r') {
        *now += c;
      }
    }
    cells.resize(n);
    return true;
  }
  std::size_t line() const { return first_line_; }

 private:
  std::string_view text_;
  char separator_;
  std::size_t at_ = 0, line_ = 1, first_line_ = 1;
};

template <class T>
bool parse_number(std::string_view text, T& out) {
  text = trim(text);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

/// "2014-11-01", "2014-11-01 00:00:00.000", "01 November 2014", "20141101".
Day day_of(std::string_view text) {
  text = trim(text);
  if (const Day d = Day::parse_iso(text)) return d;
  int year = 0;
  unsigned month = 0, day = 0;
  if (text.size() == 8 && parse_number(text.substr(0, 4), year) && parse_number(text.substr(4, 2), month) &&
      parse_number(text.substr(6, 2), day))
    return Day::from_ymd(year, month, day);
  const auto parts = split_list(text, ' ');
  if (parts.size() != 3 || !parse_number(parts[0], day) || !parse_number(parts[2], year)) return {};
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  const auto it = std::ranges::find(kMonths, lower(parts[1].substr(0, 3)));
  return it == kMonths.end() ? Day() : Day::from_ymd(year, unsigned(it - kMonths.begin()) + 1, day);
}

void widen(ComparedEvent& e, int days_before, int days_after) {
  e.from = e.from - days_before;
  e.to = e.to + days_after;
}

// How far from the given point it may have been, in km, by what the point stands for.
constexpr double kTown = 5, kNear = 25, kDistrict = 60, kProvince = 150;

class Reader {
 public:
  Reader(const std::string& name, const Codes& codes) : name_(name), codes_(codes) {}

  Result<ForeignTable> named(Rows& rows, std::vector<std::string>& head) {
    for (std::size_t i = 0; i < head.size(); ++i) column_.emplace(lower(trim(head[i])), i);
    if (column_.contains("event_id_cnty")) {
      out_.form = ForeignForm::acled;
      for (const char* c : {"event_date", "event_type", "actor1", "latitude", "longitude", "fatalities"})
        if (!column_.contains(c)) return lacks(c, "ACLED");
    } else if (column_.contains("type_of_violence")) {
      out_.form = ForeignForm::ucdp;
      for (const char* c :
           {"id", "date_start", "date_end", "side_a", "side_b", "latitude", "longitude", "best"})
        if (!column_.contains(c)) return lacks(c, "UCDP GED");
    } else {
      return fail("neither ACLED nor UCDP GED by its header, nor GDELT 2.0 by 61 columns", name_,
                  "ACLED has event_id_cnty, UCDP GED type_of_violence");
    }
    std::vector<std::string> cells;
    while (rows.next(cells)) {
      if (cells.size() == 1 && trim(cells[0]).empty()) continue;
      if (cells.size() != head.size()) {
        bad(rows, std::to_string(cells.size()) + " cells under " + std::to_string(head.size()) + " columns");
        continue;
      }
      cells_ = &cells;
      if (out_.form == ForeignForm::acled)
        acled(rows);
      else
        ucdp(rows);
    }
    return std::move(out_);
  }

  Result<ForeignTable> gdelt(Rows& rows, std::vector<std::string>& cells) {
    out_.form = ForeignForm::gdelt;
    do {
      if (cells.size() == 1 && trim(cells[0]).empty()) continue;
      if (cells.size() != kGdeltColumns) {
        bad(rows, std::to_string(cells.size()) + " columns; GDELT 2.0 has 61");
        continue;
      }
      cells_ = &cells;
      gdelt_row(rows);
    } while (rows.next(cells));
    return std::move(out_);
  }

  static constexpr std::size_t kGdeltColumns = 61;

 private:
  std::unexpected<Error> lacks(const char* column, const char* what) const {
    return fail("no column " + std::string(column) + ", which " + what + " has", name_);
  }
  void bad(const Rows& rows, std::string what) {
    out_.bad_rows.push_back({std::move(what), name_ + ":" + std::to_string(rows.line()), {}});
  }
  std::string_view at(std::size_t i) const { return (*cells_)[i]; }
  std::string_view at(const char* column) const {
    const auto it = column_.find(column);
    return it == column_.end() ? std::string_view() : std::string_view((*cells_)[it->second]);
  }
  int small(const char* column) const {
    int out = 0;
    return parse_number(at(column), out) ? out : 0;
  }
  void point(ComparedEvent& e, std::string_view lat, std::string_view lon) const {
    e.located = parse_number(lat, e.lat) && parse_number(lon, e.lon) && std::abs(e.lat) <= 90 &&
                std::abs(e.lon) <= 180;
  }
  void add_actor(ComparedEvent& e, std::string_view who) const {
    if (who = trim(who); !who.empty()) e.actors.emplace_back(who);
  }
  bool take(const Rows& rows, ComparedEvent& e) {
    if (trim(e.id).empty()) return bad(rows, "no id"), false;
    if (!e.from || !e.to || e.to < e.from) return bad(rows, "no day, or an end before the begin"), false;
    out_.events.push_back(std::move(e));
    return true;
  }

  void acled(const Rows& rows) {
    ComparedEvent e;
    e.id = at("event_id_cnty"), e.code = std::string(at("event_type"));
    if (const std::string_view sub = at("sub_event_type"); !sub.empty()) e.code += " / " + std::string(sub);
    e.kind = kind_of_acled(at("event_type"));
    e.from = e.to = day_of(at("event_date"));
    if (e.from && small("time_precision") == 2) widen(e, 3, 3);
    if (e.from && small("time_precision") == 3) widen(e, 15, 15);
    e.place = at("location");
    e.country = codes_.iso2_of("isonum", at("iso"));
    if (e.country.empty()) e.country = codes_.iso2_of("name", at("country"));
    point(e, at("latitude"), at("longitude"));
    const int precision = small("geo_precision");
    e.radius = precision == 3 ? kProvince : precision == 2 ? kNear : kTown;
    for (const char* c : {"actor1", "assoc_actor_1", "actor2", "assoc_actor_2"})
      for (const std::string_view who : split_list(at(c))) add_actor(e, who);
    if (!parse_number(at("fatalities"), e.deaths)) e.deaths = -1;
    take(rows, e);
  }

  void ucdp(const Rows& rows) {
    constexpr std::string_view kTypes[] = {"", "1 state-based", "2 non-state", "3 one-sided"};
    ComparedEvent e;
    e.id = at("id");
    const int type = small("type_of_violence");
    e.code = type >= 1 && type <= 3 ? kTypes[type] : at("type_of_violence");
    e.kind = EventKind::violence;
    e.from = day_of(at("date_start")), e.to = day_of(at("date_end"));
    e.place = at("where_coordinates");
    e.country = codes_.iso2_of("gw", at("country_id"));
    if (e.country.empty()) {
      const std::string_view country = at("country");  // "Yemen (North Yemen)"
      e.country = codes_.iso2_of("name", trim(country.substr(0, country.find('('))));
    }
    point(e, at("latitude"), at("longitude"));
    const int precision = small("where_prec");
    e.radius = precision <= 1 ? kTown : precision == 2 ? kNear : precision == 3 ? kDistrict : kProvince;
    e.whole_country = precision >= 6;
    add_actor(e, at("side_a")), add_actor(e, at("side_b"));
    if (!parse_number(at("best"), e.deaths)) e.deaths = -1;
    take(rows, e);
  }

  void gdelt_row(const Rows& rows) {
    enum {
      id = 0,
      day = 1,
      actor1 = 6,
      actor2 = 16,
      code = 26,
      geo_type = 51,
      geo_name = 52,
      geo_country = 53,
      lat = 56,
      lon = 57
    };
    ComparedEvent e;
    e.id = at(id), e.code = at(code), e.kind = kind_of_cameo(at(code));
    e.from = e.to = day_of(at(day));
    const std::string_view name = at(geo_name);
    e.place = trim(name.substr(0, name.find(',')));
    e.country = codes_.iso2_of("fips", at(geo_country));
    point(e, at(lat), at(lon));
    const std::string_view type = at(geo_type);
    e.whole_country = type == "1";
    e.radius = type == "2" || type == "5" ? kProvince : kTown;
    add_actor(e, at(actor1)), add_actor(e, at(actor2));
    take(rows, e);
  }

  const std::string& name_;
  const Codes& codes_;
  std::map<std::string, std::size_t, std::less<>> column_;
  const std::vector<std::string>* cells_ = nullptr;
  ForeignTable out_;
};

}  // namespace

std::string_view name_of(ForeignForm form) {
  constexpr std::string_view kNames[] = {"acled", "ucdp", "gdelt"};
  return kNames[std::size_t(form)];
}

EventKind kind_of_acled(std::string_view type) {
  if (type == "Battles" || type == "Explosions/Remote violence" || type == "Violence against civilians")
    return EventKind::violence;
  if (type == "Protests" || type == "Riots") return EventKind::demonstration;
  return type == "Strategic developments" ? EventKind::strategic : EventKind::other;
}

EventKind kind_of_cameo(std::string_view code) {
  const std::string_view root = code.substr(0, 2);
  if (root == "14") return EventKind::demonstration;
  if (root == "18" || root == "19" || root == "20") return EventKind::violence;
  return root == "08" || root == "15" || root == "17" ? EventKind::strategic : EventKind::other;
}

Result<ForeignTable> read_foreign(std::string_view text, const std::string& name, const Codes& codes) {
  const std::string_view first = text.substr(0, text.find('\n'));
  const bool tabs = std::ranges::count(first, '\t') >= 20;
  const char separator = tabs                                                              ? '\t'
                         : std::ranges::count(first, ';') > std::ranges::count(first, ',') ? ';'
                                                                                           : ',';
  Rows rows(text, separator);
  std::vector<std::string> head;
  if (!rows.next(head)) return fail("an empty file", name);
  Reader reader(name, codes);
  if (tabs && head.size() == Reader::kGdeltColumns && day_of(head[1])) return reader.gdelt(rows, head);
  return reader.named(rows, head);
}

}  // namespace annalist
