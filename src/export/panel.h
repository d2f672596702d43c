// Panels: events counted by unit (country, pair of actors, PRIO-GRID cell) and period (day, week, month).
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "export/codes.h"
#include "export/selection.h"
#include "store/records.h"

namespace annalist {

class Panel {
 public:
  enum class Unit { country, pair, grid };
  enum class Period { day, week, month };
  Panel(const Codes& codes, Unit unit, Period period) : codes_(codes), unit_(unit), period_(period) {}

  /// Counts an event once in each of its units; in the period of its first day. What has no unit or day is
  /// noted in `losses`.
  void add(const store::EventRecord& event, Losses& losses);
  /// CSV. Balanced: a row for every unit in every period between the first and the last, zeros filled in.
  std::string table(bool balanced, bool hxl) const;
  std::vector<ExportColumn> columns() const;

 private:
  struct Cell {
    std::int64_t events = 0, contested = 0, deaths_low = 0, deaths_best = 0, deaths_high = 0,
                 deaths_unknown = 0;
    std::map<std::string, std::int64_t> by_type;
  };
  std::string period_of(Day day) const;
  Day next_period(Day start) const;

  const Codes& codes_;
  Unit unit_;
  Period period_;
  std::map<std::vector<std::string>, std::map<std::string, Cell>> units_;  // unit columns -> period -> cell
  std::set<std::string> types_;
};

}  // namespace annalist
