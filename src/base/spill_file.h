// A temporary file for what does not fit in memory: append, then map. It has no name once it is open, so that
// nothing is left behind however the program ends. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/result.h"

namespace annalist {

class SpillFile {
 public:
  SpillFile() = default;
  SpillFile(SpillFile&& other) noexcept { swap(other); }
  SpillFile& operator=(SpillFile&& other) noexcept {
    swap(other);
    return *this;
  }
  ~SpillFile();

  /// Makes the file in the folder of `beside`, where the result will go: there must be room.
  static Result<SpillFile> create(const std::string& beside);
  Status append(std::string_view bytes);
  template <class T>
  Status append_record(const T& record) {
    static_assert(std::is_trivially_copyable_v<T>);
    return append({reinterpret_cast<const char*>(&record), sizeof record});
  }
  std::uint64_t size() const { return size_; }

  /// Ends writing and maps the bytes; the view lives as long as this object.
  Result<std::string_view> map();
  template <class T>
  static std::span<const T> records(std::string_view bytes) {
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }

 private:
  Status flush();
  void swap(SpillFile& other) noexcept;
  int fd_ = -1;
  std::string buffer_, folder_;
  std::uint64_t size_ = 0;
  const char* mapped_ = nullptr;
};

}  // namespace annalist
