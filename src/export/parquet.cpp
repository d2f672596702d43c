#include "export/parquet.h"

#include <zstd.h>

#include <charconv>
#include <cstring>

#include "base/date.h"

namespace annalist {
namespace {

/// Thrift's compact protocol, the part that Parquet's headers need.
class Thrift {
 public:
  explicit Thrift(std::string& out) : out_(out) {}
  void i32(int field, std::int64_t v) { head(field, 5), zigzag(v); }
  void i64(int field, std::int64_t v) { head(field, 6), zigzag(v); }
  void text(int field, std::string_view s) { head(field, 8), bytes(s); }
  void list(int field, int type, std::size_t n) {
    head(field, 9);
    if (n < 15) {
      out_ += char(n << 4 | unsigned(type));
    } else {
      out_ += char(0xF0 | type);
      varint(n);
    }
  }
  void item(std::int64_t v) { zigzag(v); }
  void item(std::string_view s) { bytes(s); }
  /// A struct as a field, or as an item of a list (field 0).
  void open(int field) {
    if (field) head(field, 12);
    last_.push_back(0);
  }
  void close() {
    out_ += '\0';
    last_.pop_back();
  }

 private:
  void head(int field, int type) {
    const int step = field - last_.back();
    if (step > 0 && step < 16) {
      out_ += char(step << 4 | type);
    } else {
      out_ += char(type);
      zigzag(field);
    }
    last_.back() = field;
  }
  void varint(std::uint64_t v) {
    for (; v >= 0x80; v >>= 7) out_ += char(v | 0x80);
    out_ += char(v);
  }
  void zigzag(std::int64_t v) { varint(std::uint64_t(v) << 1 ^ std::uint64_t(v >> 63)); }
  void bytes(std::string_view s) {
    varint(s.size());
    out_ += s;
  }
  std::string& out_;
  std::vector<int> last_;
};

template <class T>
void append(std::string& out, T v) {
  char raw[sizeof v];
  std::memcpy(raw, &v, sizeof v);  // Parquet is little-endian, as is every machine we build for
  out.append(raw, sizeof v);
}

template <class T>
bool parse(std::string_view s, T& v) {
  const auto [end, fault] = std::from_chars(s.data(), s.data() + s.size(), v);
  return fault == std::errc() && end == s.data() + s.size();
}

constexpr std::string_view kMagic = "PAR1";
constexpr int kPlain = 0, kRle = 3, kZstd = 6;

/// Eight flags a byte, the first in the lowest bit.
template <class Flags>
std::string packed(const Flags& flags) {
  std::string out((flags.size() + 7) / 8, '\0');
  for (std::size_t i = 0; i < flags.size(); ++i)
    if (flags[i]) out[i / 8] = char(static_cast<unsigned char>(out[i / 8]) | 1U << (i % 8));
  return out;
}

}  // namespace

ParquetWriter::ParquetWriter(const std::vector<ExportColumn>& columns) {
  for (const ExportColumn& c : columns) {
    Column x{std::string(c.name), Type::bytes, 0, {}, {}, {}};
    if (c.type == "integer") x.type = Type::int64, x.converted = -1;
    if (c.type == "decimal") x.type = Type::real, x.converted = -1;
    if (c.type == "boolean") x.type = Type::boolean, x.converted = -1;
    if (c.type == "date") x.type = Type::int32, x.converted = 6;
    columns_.push_back(std::move(x));
  }
}

void ParquetWriter::emit(std::string_view bytes, std::string& out) {
  out += bytes;
  written_ += std::int64_t(bytes.size());
}

void ParquetWriter::start(std::string& out) {
  if (written_ == 0) emit(kMagic, out);
}

void ParquetWriter::add(const std::vector<std::string>& cells, std::string& out) {
  start(out);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    Column& c = columns_[i];
    const std::string& cell = cells[i];
    bool good = !cell.empty();
    switch (good ? c.type : Type::bytes) {
      case Type::boolean:
        c.bits.push_back(cell == "true");
        break;
      case Type::int32: {
        const Day day = Day::parse_iso(cell);
        good = bool(day);
        if (good) append(c.values, day.value);
        break;
      }
      case Type::int64: {
        std::int64_t v = 0;
        good = parse(cell, v);
        if (good) append(c.values, v);
        break;
      }
      case Type::real: {
        double v = 0;
        good = parse(cell, v);
        if (good) append(c.values, v);
        break;
      }
      case Type::bytes:
        if (!good) break;
        append(c.values, std::uint32_t(cell.size()));
        c.values += cell;
        break;
    }
    c.present += char(good);
  }
  if (++rows_ == kGroupRows) flush(out);
}

void ParquetWriter::flush(std::string& out) {
  if (rows_ == 0) return;
  Group group{{}, rows_};
  for (Column& c : columns_) {
    // A page: its length, the levels (one bit-packed run), the values.
    std::string levels;
    for (std::uint64_t v = std::uint64_t((rows_ + 7) / 8) << 1 | 1;; v >>= 7) {
      if (v < 0x80) {
        levels += char(v);
        break;
      }
      levels += char(v | 0x80);
    }
    levels += packed(c.present);
    std::string page;
    append(page, std::uint32_t(levels.size()));
    page += levels;
    page += c.type == Type::boolean ? packed(c.bits) : c.values;
    std::string small(ZSTD_compressBound(page.size()), '\0');
    small.resize(ZSTD_compress(small.data(), small.size(), page.data(), page.size(), 3));
    std::string head;
    Thrift t(head);
    t.open(0);
    t.i32(1, 0), t.i32(2, std::int64_t(page.size())), t.i32(3, std::int64_t(small.size()));
    t.open(5);
    t.i32(1, rows_), t.i32(2, kPlain), t.i32(3, kRle), t.i32(4, kRle);
    t.close();
    t.close();
    group.chunks.push_back(
        {written_, std::int64_t(head.size() + small.size()), std::int64_t(head.size() + page.size())});
    emit(head, out);
    emit(small, out);
    c.values.clear();
    c.present.clear();
    c.bits.clear();
  }
  total_ += rows_;
  rows_ = 0;
  groups_.push_back(std::move(group));
}

void ParquetWriter::finish(std::string& out) {
  start(out);
  flush(out);
  std::string footer;
  Thrift t(footer);
  t.open(0);
  t.i32(1, 1);
  t.list(2, 12, columns_.size() + 1);
  t.open(0);
  t.text(4, "events"), t.i32(5, std::int64_t(columns_.size()));
  t.close();
  for (const Column& c : columns_) {
    t.open(0);
    t.i32(1, int(c.type)), t.i32(3, 1), t.text(4, c.name);
    if (c.converted >= 0) t.i32(6, c.converted);
    t.close();
  }
  t.i64(3, total_);
  t.list(4, 12, groups_.size());
  for (const Group& g : groups_) {
    std::int64_t bytes = 0;
    for (const Chunk& c : g.chunks) bytes += c.plain;
    t.open(0);
    t.list(1, 12, g.chunks.size());
    for (std::size_t i = 0; i < g.chunks.size(); ++i) {
      const Chunk& c = g.chunks[i];
      t.open(0);
      t.i64(2, c.offset);
      t.open(3);
      t.i32(1, int(columns_[i].type));
      t.list(2, 5, 2), t.item(kPlain), t.item(kRle);
      t.list(3, 8, 1), t.item(std::string_view(columns_[i].name));
      t.i32(4, kZstd), t.i64(5, g.rows), t.i64(6, c.plain), t.i64(7, c.packed), t.i64(9, c.offset);
      t.close();
      t.close();
    }
    t.i64(2, bytes), t.i64(3, g.rows);
    t.close();
  }
  t.text(6, "annalist");
  t.close();
  emit(footer, out);
  std::string tail;
  append(tail, std::uint32_t(footer.size()));
  emit(tail, out);
  emit(kMagic, out);
}

}  // namespace annalist
