// Parquet without a library: flat tables of optional columns, PLAIN values, zstd pages, one row group a
// flush.
//
// Types: text (UTF8), integer (INT64), decimal (DOUBLE), boolean, date (DATE). Rows come as cells in text
// form, as in CSV; an empty cell is null; a cell that does not read as its type is null too. After the Apache
// Parquet format specification 2.x (thrift compact protocol for the headers).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "export/selection.h"

namespace annalist {

class ParquetWriter {
 public:
  explicit ParquetWriter(const std::vector<ExportColumn>& columns);
  /// Adds a row; appends to `out` when a row group is full. The bytes in `out` over all calls are the file.
  void add(const std::vector<std::string>& cells, std::string& out);
  /// Appends what is left and the footer.
  void finish(std::string& out);

 private:
  enum class Type : std::uint8_t { boolean = 0, int32 = 1, int64 = 2, real = 5, bytes = 6 };
  struct Column {
    std::string name;
    Type type;
    int converted;                // -1: none
    std::string values, present;  // present: a byte a row
    std::vector<bool> bits;       // values of a boolean column
  };
  struct Chunk {
    std::int64_t offset, packed, plain;
  };
  struct Group {
    std::vector<Chunk> chunks;
    std::int64_t rows;
  };
  void start(std::string& out);
  void flush(std::string& out);
  void emit(std::string_view bytes, std::string& out);

  static constexpr std::int64_t kGroupRows = 65536;
  std::vector<Column> columns_;
  std::vector<Group> groups_;
  std::int64_t rows_ = 0, total_ = 0, written_ = 0;
};

}  // namespace annalist
