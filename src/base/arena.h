// Bump allocator: memory that lives exactly as long as one document. Not thread-safe; one owner.
// Only trivially destructible things go in, since nothing is ever destroyed one by one.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace annalist {

class Arena {
 public:
  Arena() = default;
  Arena(Arena&&) noexcept = default;
  Arena& operator=(Arena&&) noexcept = default;

  /// Uninitialised memory; `align` is a power of two up to 16. Valid until the arena dies.
  void* allocate(std::size_t bytes, std::size_t align = 8) {
    std::size_t at = (used_ + align - 1) & ~(align - 1);
    if (blocks_.empty() || at + bytes > size_) {
      grow(bytes);
      at = 0;
    }
    used_ = at + bytes;
    return blocks_.back().get() + at;
  }

  /// A copy of `records` that the arena owns.
  template <class T>
  std::span<const T> copy(std::span<const T> records) {
    static_assert(std::is_trivially_copyable_v<T>, "arena records are plain data");
    if (records.empty()) return {};
    T* to = static_cast<T*>(allocate(records.size_bytes(), alignof(T)));
    std::memcpy(static_cast<void*>(to), records.data(), records.size_bytes());
    return {to, records.size()};
  }

  std::string_view copy(std::string_view s) {
    if (s.empty()) return {};
    char* to = static_cast<char*>(allocate(s.size(), 1));
    std::memcpy(to, s.data(), s.size());
    return {to, s.size()};
  }

 private:
  void grow(std::size_t at_least) {
    size_ = at_least > kBlock ? at_least : kBlock;
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size_));
    used_ = 0;
  }

  static constexpr std::size_t kBlock = 64 * 1024;
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t size_ = 0;
  std::size_t used_ = 0;
};

}  // namespace annalist
