// Packs: the compiled data files (model, gazetteer, codebook). One header, a table of named sections, the
// sections. Little-endian, mapped read-only, never parsed as a whole. Byte layout: docs/formats/pack.md.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"

namespace annalist {

enum class PackKind : std::uint32_t {
  model = 0x4C444F4D,
  gazetteer = 0x545A4147,
  codebook = 0x45444F43
};  // MODL GAZT CODE
enum class ElementType : std::uint32_t { bytes, i8, u8, i32, f32, u32, u16, i64 };

struct Section {
  std::string_view bytes;
  ElementType type = ElementType::bytes;
  std::uint32_t rows = 0, cols = 0;

  /// The section as records of T. Sections start 64-aligned. A trailing part record is left out.
  template <class T>
  std::span<const T> as() const {
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
};

/// An open pack. Immutable after open, shared by all threads; sections view into the mapped file.
class Pack {
 public:
  /// Checks magic, version, kind, size and section bounds; not the hash (verify does, it reads every byte).
  /// `remedy` goes into the errors: the command that makes the file.
  static Result<Pack> open(const std::string& path, PackKind kind, std::string remedy);

  /// The section of that name; an Error when it is missing.
  Result<Section> section(std::string_view name) const;
  bool has(std::string_view name) const;
  std::vector<std::string_view> names() const;
  /// The first 12 hexadecimal digits of the stored SHA-256: the version users see.
  std::string hash() const;
  /// Reads every byte and compares the hash.
  Status verify() const;
  const std::string& path() const { return path_; }

 private:
  struct Entry;
  const Entry* find(std::string_view name) const;
  MappedFile file_;
  std::string path_, remedy_;
};

/// Collects sections and writes a pack. Sections keep the order of add().
class PackWriter {
 public:
  explicit PackWriter(PackKind kind) : kind_(kind) {}
  /// `name` is at most 31 bytes of ASCII and new.
  void add(std::string_view name, std::string bytes, ElementType type = ElementType::bytes,
           std::uint32_t rows = 0, std::uint32_t cols = 0);
  /// A section whose bytes stay with the caller until write(): for files larger than memory.
  void add_view(std::string_view name, std::string_view bytes, std::uint32_t rows = 0);
  template <class T>
  void add_records(std::string_view name, const std::vector<T>& records) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::string bytes(records.size() * sizeof(T), '\0');
    if (!records.empty()) std::memcpy(bytes.data(), records.data(), bytes.size());
    add(name, std::move(bytes), ElementType::bytes, static_cast<std::uint32_t>(records.size()));
  }
  std::string bytes() const;
  /// Writes the same bytes piece by piece; the file appears under its name only when it is whole.
  Status write(const std::string& path) const;

 private:
  struct Item {
    std::string name, bytes;
    ElementType type;
    std::uint32_t rows, cols;
    std::string_view view = {};  // instead of bytes
    std::string_view content() const { return view.data() ? view : std::string_view(bytes); }
  };
  std::string table() const;  // the section table and the gap behind it
  PackKind kind_;
  std::vector<Item> items_;
};

}  // namespace annalist
