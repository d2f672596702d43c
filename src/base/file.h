// The only door to the file system besides src/source: whole-file reads, mapped files, whole-file writes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace annalist {

/// A read-only memory-mapped file. Movable; unmapped when it dies. Views into it die with it.
class MappedFile {
 public:
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept { swap(other); }
  MappedFile& operator=(MappedFile&& other) noexcept {
    swap(other);
    return *this;
  }
  ~MappedFile();
  static Result<MappedFile> open(const std::string& path);
  std::string_view bytes() const { return {data_, size_}; }

 private:
  void swap(MappedFile& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
  }
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

/// The whole file; an Error names it. Larger than `limit` bytes is an error.
Result<std::string> read_file(const std::string& path, std::size_t limit = std::size_t(1) << 31);
/// Writes a temporary file beside `path` and renames it, so that no reader sees half a file.
Status write_file(const std::string& path, std::string_view bytes);

}  // namespace annalist
