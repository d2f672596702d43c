// What the table formats share: cells, numbers from ids, who stands on which side, the sentence for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "export/codes.h"
#include "export/selection.h"

namespace annalist {

/// One row of CSV (RFC 4180) or TSV (no quoting; tabs and line ends become blanks).
class Cells {
 public:
  enum class Form { csv, tsv };
  Cells(std::string& out, Form form) : out_(out), form_(form) {}
  Cells& text(std::string_view value);
  Cells& number(std::int64_t v) { return text(std::to_string(v)); }
  /// Empty for a negative number.
  Cells& count(std::int64_t v) { return v < 0 ? text("") : number(v); }
  Cells& decimal(double v, int digits);
  Cells& empty(int n = 1);
  /// Ends the row: CRLF in CSV, LF in TSV.
  void end();

 private:
  std::string& out_;
  Form form_;
  bool any_ = false;
};

std::string header_of(const std::vector<ExportColumn>& columns, Cells::Form form);

/// A positive number of at most 53 bits that stands for a uid, the same in every export.
std::int64_t number_of(std::string_view uid);

/// Who fights or deals with whom: for two-sided events the two sides among the actors, else actors and
/// targets.
struct Sides {
  std::vector<const store::ArgumentRecord*> a, b;
};
Sides sides_of(const store::EventRecord& e);

bool is_state(const store::ActorRecord& a);  // government, military, police ...
bool is_armed(const store::ActorRecord& a);  // non-state armed
bool is_civilian(const store::ActorRecord& a);

/// The name of an argument's actor: the list's name, else the words of the report.
std::string actor_name(const store::ArgumentRecord& a);

/// "…sentence. Said by A, B; denied by C." — what a reader of a table reads first.
std::string notes_of(const store::EventDetail& d);
/// The sources of claims about the event, each once; `denials`: those who deny it.
std::vector<std::string> sources_of(const store::EventDetail& d, bool denials);

/// 20141101 of "2014-11-01".
std::string compact_day(std::string_view iso);
std::string join_text(const std::vector<std::string>& parts, std::string_view separator);

}  // namespace annalist
