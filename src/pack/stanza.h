// The text form of everything under data/: entries of "key: value" lines that a person can review.
//
//     # a comment, anywhere at the start of a line
//     [nusra-front]
//     name: Al Nusra Front
//     alias: Jabhat al-Nusra; Nusra Front
//     alias: Front for the Defence of the Syrian People     (a key may come again)
//     note: a long value goes on in the next line
//       if that line is indented
//
// Plain tables (countries, demonyms) are TSV: parse_table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace annalist {

struct StanzaField {
  std::string key, value;
  int line = 0;
};

struct Stanza {
  std::string id;
  std::string file;
  int line = 0;
  std::vector<StanzaField> fields;

  /// The first value of a key, or "".
  std::string_view get(std::string_view key) const;
  /// All values of a key.
  std::vector<std::string_view> all(std::string_view key) const;
  /// All values of a key, each split at ';'.
  std::vector<std::string_view> list(std::string_view key) const;
  /// "data/actors/syria.txt:12", for errors.
  std::string where() const { return file + ":" + std::to_string(line); }
};

/// Reads stanzas. Errors name file and line: a field outside an entry, a line that is no field, an id twice.
/// `allowed` lists the keys an entry may have (empty: any); an unknown key is an error, so that a typing
/// mistake cannot pass as data.
Result<std::vector<Stanza>> parse_stanzas(std::string_view text, std::string_view file,
                                          const std::vector<std::string_view>& allowed = {});

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<int> lines;  // of the rows, counted from 1
  /// Index of a column, or an Error that names the file.
  Result<std::size_t> column(std::string_view name, std::string_view file) const;
};

/// Reads a TSV with a header line; '#' lines and blank lines are skipped. A row with another number of cells
/// than the header is an Error with its line.
Result<Table> parse_table(std::string_view text, std::string_view file);

}  // namespace annalist
