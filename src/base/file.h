// The only door to the file system besides src/source: whole-file reads, mapped files, whole-file writes.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// write_file in pieces. Until finish() there is only a temporary file, which goes when this object does.
class FileWriter {
 public:
  FileWriter(FileWriter&& other) noexcept : file_(other.file_), path_(std::move(other.path_)) {
    other.file_ = nullptr;
  }
  FileWriter& operator=(FileWriter&&) = delete;
  ~FileWriter();
  static Result<FileWriter> create(const std::string& path);
  Status append(std::string_view bytes);
  Status finish();

 private:
  FileWriter(std::FILE* file, std::string path) : file_(file), path_(std::move(path)) {}
  std::string temporary() const { return path_ + ".part"; }
  std::FILE* file_;
  std::string path_;
};

/// The regular files below a folder whose names end in one of `endings`, as paths relative to it, sorted by
/// bytes.
Result<std::vector<std::string>> list_files(const std::string& folder,
                                            const std::vector<std::string>& endings);
/// The folder this program was started from; "." if the system does not tell.
std::string program_folder();

}  // namespace annalist
