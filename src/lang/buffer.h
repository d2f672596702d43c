// Memory for numbers that kernels read 64 bytes at a time: 64-aligned, grows, never shrinks. Growing does not
// keep the contents: a buffer is written before it is read. One owner, one thread while it is written.
#pragma once

#include <cstddef>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

namespace annalist::lang {

template <class T>
class Buffer {
  static_assert(std::is_trivial_v<T>);

 public:
  Buffer() = default;
  explicit Buffer(std::size_t size) { reset(size); }
  Buffer(Buffer&& other) noexcept { swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    swap(other);
    return *this;
  }
  ~Buffer() { release(); }

  /// Room for `size` values; what they hold is unknown. Keeps the memory it has if that is enough.
  T* reset(std::size_t size) {
    if (size > capacity_) {
      release();
      capacity_ = size + size / 4;
      data_ = static_cast<T*>(::operator new(capacity_ * sizeof(T), kAlign));
    }
    size_ = size;
    return data_;
  }
  T* data() { return data_; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }
  std::span<T> all() { return {data_, size_}; }
  std::span<const T> all() const { return {data_, size_}; }

 private:
  static constexpr std::align_val_t kAlign{64};
  void release() {
    if (data_) ::operator delete(data_, kAlign);
    data_ = nullptr;
    capacity_ = 0;
  }
  void swap(Buffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }
  T* data_ = nullptr;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace annalist::lang
