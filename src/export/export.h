// Documents in forms for people and spreadsheets. All functions append to a string; none touches the
// operating system. Shared by any thread: no state.
#pragma once

#include <span>
#include <string>

#include "doc/document.h"
#include "doc/json.h"

namespace annalist {

struct TableOptions {
  bool all_status = false;  // also planned, threatened, demanded, hypothetical, denied, historical, generic
  bool colour = false;      // ANSI
  std::size_t width = 120;  // columns of the terminal
};
/// A readable table of one document: events, then who says what, then what is contested.
void write_table(const Document& doc, const TableOptions& options, std::string& out);

/// The CSV header line (RFC 4180, comma, CRLF). Columns: docs/formats/csv.md.
void write_csv_header(std::string& out);
/// One row an event. Without `all_status` only actual and ongoing ones, as the codebook asks.
void write_csv(const Document& doc, bool all_status, std::string& out);

/// Why each record was made: the words, the rule or model, the links. Plain text.
void write_explanation(const Document& doc, std::string& out);

/// One self-contained HTML page over any number of documents: text with every record highlighted, each record
/// beside the words it rests on, contested ones side by side. No external request.
void write_report(std::span<const Document> docs, const EngineInfo& engine, std::string& out);

}  // namespace annalist
