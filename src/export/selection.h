// A selection of the store in the formats of the field. Each format is a list of files with their columns,
// and a function that turns one event into a row of each. What a format cannot carry is counted and named in
// Losses; an event it has no code for is left out, never given a wrong one.
//
// A Selection belongs to one thread and keeps no reference to the store. Bytes go to strings the caller
// writes.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "export/codes.h"
#include "store/records.h"

namespace annalist {

struct ExportColumn {
  std::string_view name, type, meaning;  // type: text, integer, decimal, date, ...
};

/// What got lost: left-out events and unfilled or coarsened fields, with the first events that show each.
class Losses {
 public:
  /// The event is not in the file at all.
  void left_out(std::string_view event, std::string_view why) { note("event", event, why); }
  void field(std::string_view field, std::string_view event, std::string_view why) {
    note(field, event, why);
  }
  /// A column that the format has and we never fill.
  void never(std::string_view field, std::string_view why) { note(field, "", why); }
  /// TSV: what, why, events, first_events.
  std::string table() const;
  std::size_t left_out_count() const;

 private:
  struct Seen {
    std::size_t count = 0;
    std::string first;
  };
  void note(std::string_view what, std::string_view event, std::string_view why);
  std::map<std::pair<std::string, std::string>, Seen> seen_;
};

struct ExportContext {
  const Codes& codes;
  Losses& losses;
  std::string made_at;  // ISO time, for feeds
  std::string title;
};

struct ExportFile {
  std::string_view suffix;  // added to the name that was given; "" for the main file
  std::vector<ExportColumn> columns;
};

struct ExportFormat {
  std::string_view name, ending, summary;
  std::vector<ExportFile> files;
  /// What comes before and after all rows of a file.
  std::function<std::string(std::size_t file, const ExportContext&)> head, tail;
  /// Appends the event to each file's bytes. `first`: no event was written before.
  std::function<void(const store::EventDetail&, const store::DocumentRecord&, bool first, ExportContext&,
                     std::vector<std::string>& out)>
      row;
};

/// Every format but panels and Parquet.
const std::vector<ExportFormat>& export_formats();
/// nullptr when there is none of that name.
const ExportFormat* export_format(std::string_view name);

/// The data dictionary of a file: CSV column, type, meaning.
std::string data_dictionary(const std::vector<ExportColumn>& columns);

}  // namespace annalist
